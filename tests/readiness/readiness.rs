//! Which states of a socket `select` shows in which set.

use crate::support::sets::*;
use ws2_32::ffi::*;

/// SE8.
#[test]
fn se8_fresh_tcp_is_ready_for_nothing() {
    start();
    let fresh = tcp();
    assert_eq!(ready(fresh), "");
    bind(fresh);
    assert_eq!(ready(fresh), "");
    // A time-out passes, though Linux calls the socket ready all the time.
    assert_eq!(select(Some(&mut Set::of(&[fresh])), Some(&mut Set::of(&[fresh])), None, 30), Ok(0));
    close(&[fresh]);
}

/// SE8: the socket is connected while another thread waits for it.
#[test]
fn se8_fresh_tcp_is_noticed_when_it_connects() {
    start();
    let (listener, fresh) = (listener(), tcp());
    let (tell, told) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn(move || {
        tell.send(thread_number()).unwrap();
        let mut write = Set::of(&[fresh]);
        (select(None, Some(&mut write), None, LONG), write.sockets().to_vec())
    });
    sleeps(told.recv().unwrap());
    assert_eq!(connect(fresh, port(listener)), 0);
    assert_eq!(waiting.join().unwrap(), (Ok(1), vec![fresh]));
    close(&[fresh, listener]);
}

/// SE9.
#[test]
fn se9_udp_is_writable() {
    start();
    let socket = udp();
    assert_eq!(ready(socket), "W");
    bind(socket);
    assert_eq!(ready(socket), "W");
    assert_eq!(connect(socket, port(socket)), 0);
    send(socket, b"x", 0);
    becomes("RW".into(), || ready(socket));
    assert_eq!(recv(socket), 1);
    assert_eq!(ready(socket), "W");
    close(&[socket]);
}

/// R10: the error that `recv` reports makes a datagram socket readable.
#[test]
fn udp_with_port_unreachable_is_readable() {
    start();
    let (gone, socket) = (udp(), udp());
    bind(gone);
    assert_eq!(connect(socket, port(gone)), 0);
    close(&[gone]);
    send(socket, b"x", 0);
    becomes("RW".into(), || ready(socket));
    assert_eq!(recv(socket), -1);
    assert_eq!(ready(socket), "W");
    close(&[socket]);
}

/// K1: a non-blocking connect that succeeds makes the socket writable.
#[test]
fn connected_without_waiting() {
    start();
    let (listener, client) = (listener(), tcp());
    set_nonblocking(client);
    assert_eq!(connect(client, port(listener)), 10035);
    let (mut write, mut except) = (Set::of(&[client]), Set::of(&[client]));
    assert_eq!(select(None, Some(&mut write), Some(&mut except), LONG), Ok(1));
    assert_eq!((write.sockets(), except.sockets()), (&[client][..], &[][..]));
    close(&[client, listener]);
}

/// SE10, and that it stays so after `listen`.
#[test]
fn se10_failed_nonblocking_connect() {
    start();
    let (keeper, port) = dead_port();
    let client = tcp();
    set_nonblocking(client);
    assert_eq!(connect(client, port), 10035);
    let mut sets = [(); 3].map(|()| Set::of(&[client]));
    let [read, write, except] = &mut sets;
    assert_eq!(select(Some(read), Some(write), Some(except), LONG), Ok(1));
    assert_eq!(except.sockets(), [client]);
    for _ in 0..3 {
        assert_eq!(ready(client), "X");
    }
    // Nothing comes for the other two sets.
    assert_eq!(select(Some(&mut Set::of(&[client])), Some(&mut Set::of(&[client])), None, 20), Ok(0));
    assert_eq!(ws2_listen(client, 1), 0);
    assert_eq!(ready(client), "X");
    close(&[client, keeper]);
}

/// SE10: a failed connect may be tried again (K4), and then counts.
#[test]
fn se10_connects_after_a_failure() {
    start();
    let (keeper, dead) = dead_port();
    let (listener, client) = (listener(), tcp());
    set_nonblocking(client);
    assert_eq!(connect(client, dead), 10035);
    becomes("X".into(), || ready(client));
    assert_eq!(connect(client, port(listener)), 10035);
    becomes("W".into(), || ready(client));
    close(&[client, listener, keeper]);
}

/// SE11.
#[test]
fn se11_failed_blocking_connect() {
    start();
    let (keeper, port) = dead_port();
    let client = tcp();
    assert_eq!(connect(client, port), 10061);
    assert_eq!(ready(client), "X");
    assert_eq!(select(None, Some(&mut Set::of(&[client])), None, 20), Ok(0));
    close(&[client, keeper]);
}

/// A connect that POSIX code made on a socket of its own, and that failed.
#[test]
fn failed_connect_of_posix_code() {
    start();
    let (keeper, port) = dead_port();
    // SAFETY: numbers, and memory of this test.
    let socket = unsafe {
        let fd = libc::socket(libc::AF_INET, libc::SOCK_STREAM | libc::SOCK_NONBLOCK, 0);
        let address = libc::sockaddr_in {
            sin_family: 2,
            sin_port: port.to_be(),
            sin_addr: libc::in_addr { s_addr: u32::from_ne_bytes([127, 0, 0, 1]) },
            sin_zero: [0; 8],
        };
        libc::connect(fd, (&raw const address).cast(), 16);
        usize::try_from(fd).unwrap()
    };
    becomes("X".into(), || ready(socket));
    close(&[socket, keeper]);
}

/// SE12.
#[test]
fn se12_urgent_data() {
    start();
    let (client, server) = pair();
    send(client, b"u", 1);
    becomes("WX".into(), || ready(server));
    send(client, b"data", 0);
    becomes("RWX".into(), || ready(server));
    close(&[client, server]);
}

/// SE12: with SO_OOBINLINE it is data, and nothing stays behind.
#[test]
fn se12_urgent_data_in_line() {
    start();
    let (client, server) = pair();
    set_option(server, libc::SOL_SOCKET, libc::SO_OOBINLINE, 1_i32);
    send(client, b"u", 1);
    becomes("RW".into(), || ready(server));
    assert_eq!(recv(server), 1);
    assert_eq!(ready(server), "W");
    assert_eq!(select(None, None, Some(&mut Set::of(&[server])), 20), Ok(0));
    close(&[client, server]);
}

/// SE13.
#[test]
fn se13_reset() {
    start();
    let (client, server) = pair();
    reset(client);
    becomes("RW".into(), || ready(server));
    assert_eq!(recv(server), -1);
    assert_eq!(WSAGetLastError(), 10054);
    assert_eq!(ready(server), "RW");
    assert_eq!(select(None, None, Some(&mut Set::of(&[server])), 20), Ok(0));
    close(&[server]);
}

/// SE14.
#[test]
fn se14_shutdown() {
    start();
    let (client, server) = pair();
    assert_eq!(ready(client), "W");
    assert_eq!(ws2_shutdown(client, 1), 0);
    becomes("RW".into(), || ready(server));
    assert_eq!(ready(client), "W");
    assert_eq!(recv(server), 0);
    assert_eq!(ready(server), "RW");

    assert_eq!(ws2_shutdown(client, 0), 0);
    assert_eq!(ready(client), "W");
    assert_eq!(select(Some(&mut Set::of(&[client])), None, None, 20), Ok(0));
    // The peer's closing is seen all the same.
    assert_eq!(ws2_shutdown(server, 1), 0);
    assert_eq!(select(Some(&mut Set::of(&[client])), None, None, LONG), Ok(1));
    close(&[client, server]);
}

/// SE14 with SD_RECEIVE alone, on TCP and UDP.
#[test]
fn se14_own_receive_shutdown() {
    start();
    let (client, server) = pair();
    assert_eq!(ws2_shutdown(client, 0), 0);
    assert_eq!(ready(client), "W");
    let socket = udp();
    for how in [0, 2] {
        assert_eq!(ws2_shutdown(socket, how), 0);
        assert_eq!(ready(socket), "W");
        assert_eq!(select(Some(&mut Set::of(&[socket])), None, None, 20), Ok(0));
    }
    close(&[server]);
    assert_eq!(select(Some(&mut Set::of(&[client])), None, None, LONG), Ok(1));
    close(&[client, socket]);
}

/// SE15.
#[test]
fn se15_listener() {
    start();
    let (listener, client) = (listener(), tcp());
    assert_eq!(ready(listener), "");
    assert_eq!(connect(client, port(listener)), 0);
    becomes("R".into(), || ready(listener));
    let server = accept(listener);
    assert_eq!(ready(listener), "");
    close(&[listener, client, server]);
}

/// Unix stream sockets: fresh, connected, closed by the peer.
#[test]
fn unix_sockets() {
    start();
    let fresh = ws2_socket(1, 1, 0);
    assert_eq!(ready(fresh), "");
    let mut ends = [0_i32; 2];
    // SAFETY: memory of this test.
    assert_eq!(unsafe { libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, ends.as_mut_ptr()) }, 0);
    let [one, other] = ends.map(|fd| usize::try_from(fd).unwrap());
    assert_eq!(ready(one), "W");
    send(other, b"x", 0);
    assert_eq!(ready(one), "RW");
    assert_eq!(recv(one), 1);
    close(&[other]);
    assert_eq!(ready(one), "RW");
    close(&[one, fresh]);
}
