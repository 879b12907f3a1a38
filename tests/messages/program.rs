//! The example in the classic form: a hidden window, WSAAsyncSelect, a message loop, several clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::support::{compile, made};

/// The server, which ends with this value at the latest.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn several_clients_of_a_message_loop() {
    let directory = compile::scratch();
    made::link_into(directory.path());
    let program = directory.path().join("window_server");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/window_server.c");
    let done = Command::new("gcc")
        .args(["-Wall", "-Wextra", "-Werror", "-I"])
        .arg(compile::include())
        .arg(source)
        .arg("-o")
        .arg(&program)
        .arg("-L")
        .arg(directory.path())
        .arg("-lws2_32")
        .arg(format!("-Wl,-rpath,{}", directory.path().display()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut command = Command::new(&program);
    command.arg("3").env("LD_LIBRARY_PATH", directory.path()).stdout(Stdio::piped());
    let mut server = Server(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port: u16 = line.trim().parse().unwrap();
    let bytes: Vec<u8> =
        (0..1_000_000_u32).map(|number| (number.wrapping_mul(number) >> 7).to_le_bytes()[0]).collect();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
                let mut writer = stream.try_clone().unwrap();
                let mut back = vec![0; bytes.len()];
                std::thread::scope(|scope| {
                    scope.spawn(|| writer.write_all(&bytes).unwrap());
                    stream.read_exact(&mut back).unwrap();
                });
                assert!(back == bytes, "something else came back");
                stream.shutdown(Shutdown::Both).unwrap();
            });
        }
    });
    assert!(server.0.wait().unwrap().success());
}
