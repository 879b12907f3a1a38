//! The table once more, by a C program written for Winsock, while this side plays the network. Needs gcc.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, UdpSocket};
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::connections::v4;
use crate::support::made::{NATIVE, library, link_into};
use crate::support::network::{Pair, THERE, left_out, must, pair_or_return};
use crate::support::waiting::until;

#[test]
fn with_the_shared_library() {
    every_row(|gcc, directory| {
        link_into(directory);
        gcc.arg("-L").arg(directory).arg("-lws2_32");
    });
}

#[test]
fn with_the_static_library() {
    every_row(|gcc, _| {
        gcc.arg(library("a")).args(NATIVE);
    });
}

fn every_row(link: impl Fn(&mut Command, &Path)) {
    if Command::new("gcc").arg("--version").output().is_err() {
        return left_out("no gcc");
    }
    let pair = pair_or_return!();
    let directory = tempfile::tempdir().unwrap();
    let program = compile(&directory, link);
    assert_eq!(run(&pair, program, directory.path()), crate::table::made_in_c());
}

fn compile(directory: &TempDir, link: impl Fn(&mut Command, &Path)) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = directory.path().join("send_errors");
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Werror", "-I"]).arg(root.join("include"));
    gcc.arg(root.join("tests/c/send_errors.c")).arg("-o").arg(&program);
    link(&mut gcc, directory.path());
    let done = gcc.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    program
}

/// Runs the program in the near network and does what it asks; the codes that it printed.
fn run(pair: &Pair, program: PathBuf, libraries: &Path) -> Vec<String> {
    pair.give_up_after(2);
    let listener = pair.there.run(|| TcpListener::bind((THERE, 0)).unwrap());
    let peer = pair.there.run(|| UdpSocket::bind((THERE, 0)).unwrap());
    let (tcp, udp) = (listener.local_addr().unwrap(), peer.local_addr().unwrap());
    let packets = pair.packet_socket();
    let told = pair.socket(2);
    told.set_kernel(libc::IPPROTO_IP, libc::IP_RECVERR, 1_i32);
    told.connect(v4(udp)).unwrap();
    let inherited = [packets.fd(), told.fd()];
    let arguments =
        [packets.fd().to_string(), told.fd().to_string(), tcp.port().to_string(), udp.port().to_string()];
    let libraries = libraries.to_owned();
    let mut child = pair.here.run(move || {
        let mut command = Command::new(program);
        command.args(arguments).env("LD_LIBRARY_PATH", libraries);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // SAFETY: system calls only.
        unsafe {
            std::os::unix::process::CommandExt::pre_exec(&mut command, move || {
                inherited.into_iter().for_each(keep);
                Ok(())
            });
        }
        command.spawn().unwrap()
    });
    let mut answers = child.stdin.take().unwrap();
    let mut codes = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        match line.strip_prefix("? ") {
            Some(wish) => {
                play(pair, wish);
                // A program that has failed reads no answer; its status says so.
                let _ = answers.write_all(b"done\n");
            }
            None => codes.push(line),
        }
    }
    assert!(child.wait().unwrap().success());
    drop((listener, peer));
    codes
}

/// In the child before it becomes the program: the descriptor stays open.
fn keep(fd: RawFd) {
    // SAFETY: no pointers.
    must(unsafe { libc::fcntl(fd, libc::F_SETFD, 0) });
}

fn play(pair: &Pair, wish: &str) {
    match wish {
        "vanish" => pair.vanish(),
        "come back" => pair.come_back(),
        "until no connection is left" => pair.here.wait_for_no_connection(),
        "fill the queue" => drop(pair.here.tc("qdisc add dev here root tbf rate 8kbit burst 2kb limit 3kb")),
        "empty the queue" => drop(pair.here.tc("qdisc del dev here root")),
        command => drop(pair.here.ip(command)),
    }
}

impl crate::support::network::Net {
    /// Until no TCP connection over the wire is alive: the kernel's list has none.
    fn wait_for_no_connection(&self) {
        let there = format!("{:08X}:", u32::from_ne_bytes(THERE.octets()));
        until("what the test made happen", || {
            let list = self.run(|| std::fs::read_to_string("/proc/thread-self/net/tcp").unwrap());
            list.lines().all(|line| !line.contains(&there)).then_some(())
        });
    }
}
