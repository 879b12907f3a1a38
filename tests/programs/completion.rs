//! The echo server on a completion port, its client with routines, and the server that transmits a file.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};

use crate::run::{Build, Server, build, command, output, scratch};

/// Sends the bytes and reads what comes back; one that vanishes leaves in the middle, with a reset.
fn client(address: SocketAddr, number: usize) -> usize {
    let bytes: Vec<u8> = (0..1000 + number * 37).map(|at| (at * number).to_le_bytes()[0]).collect();
    let mut stream = TcpStream::connect(address).unwrap();
    if number % 7 == 3 {
        stream.write_all(&bytes[..500]).unwrap();
        socket2::SockRef::from(&stream).set_linger(Some(std::time::Duration::ZERO)).unwrap();
        return 0;
    }
    let mut writer = stream.try_clone().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            writer.write_all(&bytes).unwrap();
            writer.shutdown(Shutdown::Write).unwrap();
        });
        let mut back = Vec::new();
        stream.read_to_end(&mut back).unwrap();
        assert!(back == bytes, "something else came back");
    });
    bytes.len()
}

/// 500 connections, of which some vanish: every byte that came back is counted by the server, which ends by itself.
#[test]
fn completion_server() {
    const CLIENTS: usize = 500;
    for how in [Build::Shared, Build::Static, Build::Win32] {
        let server = Server::start(&build("completion_server.c", how), &[&CLIENTS.to_string()]);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port));
        let back: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..10)
                .map(|first| {
                    scope.spawn(move || {
                        (0..CLIENTS / 10).map(|at| client(address, at * 10 + first)).sum::<usize>()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        let said = server.rest();
        let (clients, bytes) = said.trim_end().split_once(" clients, ").unwrap();
        let bytes: usize = bytes.strip_suffix(" bytes").unwrap().parse().unwrap();
        let clients: usize = clients.parse().unwrap();
        assert!(clients == CLIENTS && bytes >= back, "{said}, {back} came back");
        assert!(bytes <= back + 500 * CLIENTS / 7 + 500, "{said}, {back} came back");
    }
}

#[test]
fn completion_client() {
    let mut server = Server::start(&build("completion_server.c", Build::Shared), &[]);
    for how in [Build::Shared, Build::Static, Build::Win32] {
        let client = build("completion_client.c", how);
        let said = output(command(&client).args(["127.0.0.1", &server.port_text(), "hello there"]));
        assert_eq!(said, "sent 11 bytes\nhello there\n");
    }
    server.assert_runs();
}

#[test]
fn transmit_server() {
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at / 3).to_le_bytes()[0]).collect();
    let file = scratch().join("file");
    std::fs::write(&file, &bytes).unwrap();
    for how in [Build::Shared, Build::Win32] {
        let program = build("transmit_server.c", how);
        let server = Server::start(&program, &[file.to_str().unwrap(), "2"]);
        for _ in 0..2 {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
            let mut got = Vec::new();
            stream.read_to_end(&mut got).unwrap();
            assert!(got == [b"3000000 bytes\n", &bytes[..], b"\nend\n"].concat());
        }
        assert_eq!(server.rest(), "sent 3000019 bytes\nsent 3000019 bytes\n");
    }
}
