//! The echo server and client, the datagrams, the client by name and the server with WSAPoll.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Stdio;

use crate::run::{Build, Server, build, command, output, scratch};
use crate::support::compile::left_out;

/// Bytes without a pattern that a lost or doubled piece would leave alone.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn file_of(bytes: &[u8]) -> PathBuf {
    let file = scratch().join("file");
    fs::write(&file, bytes).unwrap();
    file
}

/// Everything that comes back for these bytes.
fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut writer = stream.try_clone().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            writer.write_all(bytes).unwrap();
            writer.shutdown(Shutdown::Write).unwrap();
        });
        let mut back = Vec::new();
        stream.read_to_end(&mut back).unwrap();
        back
    })
}

fn echo(server: Build, client: Build) {
    let (server, client) = (build("echo_server.c", server), build("echo_client.c", client));
    let mut server = Server::start(&server, &[]);
    let bytes = noise(3_000_000);
    let file = file_of(&bytes);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port));

    // One that says nothing, one that takes nothing back, and one that leaves in the middle.
    let _silent = TcpStream::connect(address).unwrap();
    let mut stuffed = TcpStream::connect(address).unwrap();
    stuffed.set_nonblocking(true).unwrap();
    while stuffed.write(&bytes).is_ok() {}
    let mut leaver = TcpStream::connect(address).unwrap();
    leaver.write_all(&bytes[..100_000]).unwrap();
    drop(leaver);

    let clients: Vec<_> = (0..4)
        .map(|_| {
            let mut one = command(&client);
            one.args(["127.0.0.1", &server.port_text()]).arg(&file).stdout(Stdio::piped());
            one.spawn().unwrap()
        })
        .collect();
    assert!(exchange(address, &bytes) == bytes, "something else came back");
    for client in clients {
        let done = client.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout), "3000000 bytes came back unchanged\n");
        assert!(done.status.success());
    }
    server.assert_runs();
}

#[test]
fn echo_with_the_shared_library() {
    echo(Build::Shared, Build::Win32);
}

#[test]
fn echo_with_the_static_library() {
    echo(Build::Static, Build::Shared);
}

#[test]
fn echo_server_with_win32_defined() {
    echo(Build::Win32, Build::Static);
}

#[test]
fn thread_for_each_client() {
    const CLIENTS: usize = 70;
    for how in [Build::Shared, Build::Static, Build::Win32] {
        let mut server = Server::start(&build("thread_server.c", how), &[&CLIENTS.to_string()]);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port));
        let bytes = noise(200_000);
        // One that leaves in the middle, so that its thread sees an error or an end.
        let mut leaver = TcpStream::connect(address).unwrap();
        leaver.write_all(&bytes[..1000]).unwrap();
        // More at a time than the server has places for would wait for each other: it takes 64.
        std::thread::scope(|scope| {
            for _ in 0..7 {
                let bytes = &bytes;
                scope.spawn(move || {
                    for _ in 0..9 {
                        assert!(exchange(address, bytes) == *bytes, "something else came back");
                    }
                });
            }
        });
        server.assert_runs();
        drop(leaver);
        (64..CLIENTS).for_each(|_| assert!(exchange(address, b"last") == b"last"));
        let said = server.rest();
        let sent: usize = said
            .trim_end()
            .strip_prefix("70 clients, ")
            .and_then(|rest| rest.strip_suffix(" bytes"))
            .unwrap()
            .parse()
            .unwrap();
        let least = 63 * bytes.len() + 6 * 4;
        assert!((least..=least + 1000).contains(&sent), "{said}");
    }
}

#[test]
fn refused_connection_of_the_client_that_never_waits() {
    let client = build("echo_client.c", Build::Shared);
    // Bound, so that nobody else gets the port, and not listening.
    let deaf = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    deaf.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    let port = deaf.local_addr().unwrap().as_socket().unwrap().port().to_string();
    let done = command(client).args(["127.0.0.1", &port]).arg(file_of(b"x")).output().unwrap();
    assert!(!done.status.success());
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.starts_with("failed: 10061 "), "{said}");
}

fn datagrams(how: Build, to: &str, group: Option<&str>) {
    let program = build("datagrams.c", how);
    let mut arguments = vec!["receive", "127.0.0.1"];
    arguments.extend(group);
    let receiver = Server::start(&program, &arguments);
    let mut sender = command(&program);
    sender.args(["send", "127.0.0.1", to, &receiver.port_text(), "one", "two and three", "bye"]);
    let said = output(&mut sender);
    let mut lines: Vec<_> = said.lines().collect();
    if group.is_none() {
        assert!(lines.remove(0).starts_with("before SO_BROADCAST: 10013 "), "{said}");
    }
    assert_eq!(lines, ["127.0.0.1: 3 bytes", "127.0.0.1: 13 bytes"]);
    assert_eq!(receiver.rest(), "127.0.0.1: one\n127.0.0.1: two and three\n127.0.0.1: bye\n");
}

#[test]
fn datagrams_by_broadcast() {
    // What is sent there does not leave the loopback interface.
    datagrams(Build::Shared, "127.255.255.255", None);
    datagrams(Build::Win32, "127.255.255.255", None);
}

#[test]
fn datagrams_to_a_group() {
    datagrams(Build::Shared, "239.255.71.3", Some("239.255.71.3"));
    datagrams(Build::Win32, "239.255.71.4", Some("239.255.71.4"));
}

#[test]
fn client_by_name_and_server_with_wsapoll() {
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        return left_out("no IPv6 on loopback");
    }
    for (server, client) in [(Build::Shared, Build::Win32), (Build::Win32, Build::Shared)] {
        let mut server = Server::start(&build("poll_server.cpp", server), &["0"]);
        let client = build("name_client.c", client);
        let port = server.port_text();
        let talk = |host: &str| output(command(&client).args([host, &port, "Grüße, all of you"]));

        assert_eq!(talk("::1"), format!("IPv6 [::1]:{port}\nGRüßE, ALL OF YOU\n"));
        assert_eq!(talk("127.0.0.1"), format!("IPv4 [127.0.0.1]:{port}\nGRüßE, ALL OF YOU\n"));
        let by_name = talk("localhost");
        assert!(by_name.ends_with(&format!("]:{port}\nGRüßE, ALL OF YOU\n")), "{by_name}");

        let bytes = noise(2_000_000);
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, server.port));
        let _silent = TcpStream::connect(address).unwrap();
        let mut leaver = TcpStream::connect(address).unwrap();
        leaver.write_all(&bytes[..100_000]).unwrap();
        drop(leaver);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    assert!(
                        exchange(address, &bytes) == bytes.to_ascii_uppercase(),
                        "something else came back"
                    );
                });
            }
        });
        server.assert_runs();
    }
}

/// More clients than it serves at once: those wait for a place. Of every one that stays, every byte comes back.
fn by_events(build_of: Build, clients: usize) {
    let mut server = Server::start(&build("event_server.c", build_of), &[]);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port));
    let bytes = noise(300_000);
    {
        // They take places for a while: one says nothing, one takes nothing back, and one leaves in the middle.
        let _silent = TcpStream::connect(address).unwrap();
        let mut stuffed = TcpStream::connect(address).unwrap();
        stuffed.set_nonblocking(true).unwrap();
        while stuffed.write(&bytes).is_ok() {}
        for at in 0..20 {
            let mut leaver = TcpStream::connect(address).unwrap();
            leaver.write_all(&bytes[..at * 1000]).unwrap();
        }
        let next = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while next.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < clients {
                        assert!(exchange(address, &bytes) == bytes, "something else came back");
                    }
                });
            }
        });
    }
    // All at once, so that there are more than places.
    let mut streams: Vec<_> = (0..200).map(|_| TcpStream::connect(address).unwrap()).collect();
    for (stream, number) in streams.iter_mut().zip(0_u8..) {
        stream.write_all(&[number; 1000]).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
    }
    for (stream, number) in streams.iter_mut().zip(0_u8..) {
        let mut back = Vec::new();
        stream.read_to_end(&mut back).unwrap();
        assert!(back == [number; 1000], "client {number}");
    }
    server.assert_runs();
}

#[test]
fn server_with_events() {
    by_events(Build::Shared, 250);
    by_events(Build::Static, 25);
    by_events(Build::Win32, 25);
}

#[test]
fn names_that_do_not_exist() {
    let client = build("name_client.c", Build::Shared);
    let done = command(client).args(["nowhere.invalid.", "1", "x"]).output().unwrap();
    assert!(!done.status.success());
    let said = String::from_utf8(done.stdout).unwrap();
    // 11001 where a name server answers or none is configured, 11002 where it is out of reach.
    assert!(said.starts_with("getaddrinfo: 11001 ") || said.starts_with("getaddrinfo: 11002 "), "{said}");
}
