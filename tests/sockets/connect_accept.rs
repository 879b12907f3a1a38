//! Making, naming, connecting, accepting, shutting down: N1 to N8, K1 to K10, SH1 to SH5, IO6, O11.

use std::net::{TcpListener, TcpStream, UdpSocket};

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::Blocked;
use crate::support::process::{self, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::{ws2_accept, ws2_bind, ws2_getpeername, ws2_getsockname, ws2_listen, ws2_socket};

/// An address of loopback where nobody listens.
fn nobody() -> Name {
    Name::of(TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

/// Connects without waiting, and waits for the end of it.
fn connect_later(s: SOCKET, name: &Name) {
    set_nonblocking(s, true);
    assert_eq!(connect(s, name), Err(E::WSAEWOULDBLOCK), "K1");
    wait_for(s, libc::POLLOUT);
}

#[test]
fn k1_k3_nonblocking_connect() {
    start();
    let (l, name) = listener();
    let s = socket(AF_INET, STREAM);
    connect_later(s, &name);
    for _ in 0..3 {
        assert_eq!(connect(s, &name), Err(E::WSAEISCONN), "K3");
    }
    let a = accept(l).unwrap();
    assert_eq!(connect(a, &name), Err(E::WSAEISCONN), "K3, accepted");
    assert_eq!(send(s, b"x", 0), Ok(1));
    assert_eq!(take(a), Ok(b"x".to_vec()));
    close_all([l, s, a]);
}

/// K2, T4, R4, N6, SH4: while the connection is being made.
#[test]
fn k2_connecting() {
    start();
    let full = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    full.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    full.listen(0).unwrap();
    let name = Name::of(full.local_addr().unwrap().as_socket().unwrap());
    let connecting: Vec<SOCKET> = (0..4)
        .map(|_| {
            let s = socket(AF_INET, STREAM);
            set_nonblocking(s, true);
            assert_eq!(connect(s, &name), Err(E::WSAEWOULDBLOCK));
            s
        })
        .collect();
    let s = connecting[3];
    for blocking in [false, true] {
        set_nonblocking(s, !blocking);
        assert_eq!(events(fd(s), libc::POLLOUT), 0, "it still is being made");
        for _ in 0..2 {
            assert_eq!(connect(s, &name), Err(E::WSAEALREADY));
            assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN), "T4");
            assert_eq!(send(s, b"", 0), Err(E::WSAENOTCONN), "T4");
            assert_eq!(send(s, b"x", MSG_OOB), Err(E::WSAENOTCONN), "T4");
            assert_eq!(take(s), Err(E::WSAENOTCONN), "R4");
            assert_eq!(shutdown(s, SD_SEND), Err(E::WSAENOTCONN), "SH4");
            assert!(local_name(s).is_ok());
            assert_eq!(peer_name(s), Ok(name), "N6");
        }
    }
    close_all(connecting);
}

/// A socket whose queue of connections is full: who connects to it waits.
fn full() -> (socket2::Socket, Vec<socket2::Socket>, Name) {
    let tcp = || socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let full = tcp();
    full.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    full.listen(0).unwrap();
    let address = full.local_addr().unwrap();
    let waiting = (0..3).map(|_| {
        let client = tcp();
        client.set_nonblocking(true).unwrap();
        client.connect(&address).unwrap_err();
        client
    });
    let waiting = waiting.collect();
    (full, waiting, Name::of(address.as_socket().unwrap()))
}

/// K2, K3, K10: what POSIX code has done with a socket of this library's that is new as far as this library knows.
#[test]
fn k2_k3_after_posix_code() {
    start();
    let (l, name) = listener();
    let there = |name: &Name| {
        socket2::SockAddr::from(std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, name.port())))
    };
    // SAFETY: a socket of this test, which closes it at its end.
    let posix = |s: SOCKET| unsafe { std::os::fd::BorrowedFd::borrow_raw(fd(s)) };

    let s = socket(AF_INET, STREAM);
    socket2::SockRef::from(&posix(s)).connect(&there(&name)).unwrap();
    let a = accept(l).unwrap();
    for _ in 0..2 {
        assert_eq!(connect(s, &name), Err(E::WSAEISCONN), "connected by POSIX code");
    }
    assert_eq!(peer_name(s), Ok(name));
    assert_eq!(send(s, b"x", 0), Ok(1));
    assert_eq!(take(a), Ok(b"x".to_vec()));

    let listens = socket(AF_INET, STREAM);
    socket2::SockRef::from(&posix(listens)).listen(1).unwrap();
    for _ in 0..2 {
        assert_eq!(connect(listens, &name), Err(E::WSAEINVAL), "POSIX code lets it listen");
    }

    let (_full, _waiting, busy) = full();
    let begun = socket(AF_INET, STREAM);
    socket2::SockRef::from(&posix(begun)).set_nonblocking(true).unwrap();
    socket2::SockRef::from(&posix(begun)).connect(&there(&busy)).unwrap_err();
    for _ in 0..2 {
        assert_eq!(connect(begun, &busy), Err(E::WSAEALREADY), "begun by POSIX code");
    }

    let later = socket(AF_INET, STREAM);
    socket2::SockRef::from(&posix(later)).set_nonblocking(true).unwrap();
    assert_eq!(connect(later, &busy), Err(E::WSAEWOULDBLOCK), "made non-blocking by POSIX code");
    assert_eq!(connect(later, &busy), Err(E::WSAEALREADY));
    close_all([l, s, a, listens, begun, later]);
}

/// K4: after a failure it may be tried again at once. K7.
#[test]
fn k4_again_after_failure() {
    start();
    let (l, name) = listener();
    let nobody = nobody();
    for first_blocking in [true, false] {
        for second_blocking in [true, false] {
            let s = socket(AF_INET, STREAM);
            for _ in 0..2 {
                if first_blocking {
                    set_nonblocking(s, false);
                    assert_eq!(connect(s, &nobody), Err(E::WSAECONNREFUSED));
                } else {
                    connect_later(s, &nobody);
                    wait_for(s, libc::POLLERR);
                }
                assert_eq!(peer_name(s), Err(E::WSAENOTCONN));
            }
            if second_blocking {
                set_nonblocking(s, false);
                assert_eq!(connect(s, &name), Ok(0));
            } else {
                connect_later(s, &name);
            }
            let a = accept(l).unwrap();
            assert_eq!(send(s, b"x", 0), Ok(1));
            assert_eq!(take(a), Ok(b"x".to_vec()));
            assert_eq!(peer_name(s), Ok(name));
            close_all([s, a]);
        }
    }
    close(l).unwrap();
}

/// K4 on a Unix socket.
#[test]
fn k4_unix() {
    start();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("socket");
    let s = socket(1, STREAM);
    assert!(connect(s, &Name::unix(&path)).is_err());
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    assert_eq!(connect(s, &Name::unix(&path)), Ok(0));
    assert_eq!(connect(s, &Name::unix(&path)), Err(E::WSAEISCONN));
    drop(listener);
    close(s).unwrap();
}

/// N8: names of AF_UNIX are whole structures, also of a socket that has none.
#[test]
fn n8_names_of_af_unix() {
    start();
    let place = tempfile::tempdir().unwrap();
    let path = Name::unix(&place.path().join("socket"));
    let (l, s) = (socket(1, STREAM), socket(1, STREAM));
    bind(l, &path).unwrap();
    listen(l, 1).unwrap();
    assert_eq!(local_name(l), Ok(path));
    connect(s, &path).unwrap();
    let mut peer = Name::room();
    // SAFETY: locals.
    let a = call_for_socket(|| unsafe { ws2_accept(l, peer.mut_ptr(), &raw mut peer.len) }).unwrap();
    let mut nobody = Name::zeros(110);
    nobody.set_family(1);
    assert_eq!(peer, nobody);
    assert_eq!((local_name(s), peer_name(s)), (Ok(nobody), Ok(path)));
    assert_eq!((local_name(a), peer_name(a)), (Ok(path), Ok(nobody)));
    close_all([l, s, a]);
}

#[test]
fn k5_k6_k9_refused_at_once() {
    start();
    let (l, name) = listener();
    assert_eq!(connect(l, &name), Err(E::WSAEINVAL), "K5");
    let s = socket(AF_INET, STREAM);
    assert_eq!(connect(s, &Name::v4([0; 4], name.port())), Err(E::WSAEADDRNOTAVAIL), "K9");
    assert_eq!(connect(s, &loopback(0)), Err(E::WSAEADDRNOTAVAIL));
    assert_eq!(connect(s, &Name::v6(std::net::Ipv6Addr::LOCALHOST, 1)), Err(E::WSAEAFNOSUPPORT));
    assert_eq!(connect(s, &name), Ok(0), "none of this did any harm");
    shutdown(s, SD_BOTH).unwrap();
    assert_eq!(connect(s, &name), Err(E::WSAEISCONN), "K6");
    close_all([l, s]);
}

#[test]
fn k8_datagrams_connect_again() {
    start();
    let s = socket(AF_INET, DGRAM);
    let peers = [(); 2].map(|()| UdpSocket::bind("127.0.0.1:0").unwrap());
    for peer in peers.iter().chain(&peers) {
        let name = Name::of(peer.local_addr().unwrap());
        connect(s, &name).unwrap();
        connect(s, &name).unwrap();
        assert_eq!(peer_name(s), Ok(name));
        assert_eq!(send(s, b"x", 0), Ok(1));
        assert_eq!(peer.recv(&mut [0; 4]).unwrap(), 1);
    }
    // T22: nobody, as AF_UNSPEC and as zeros.
    let name = Name::of(peers[0].local_addr().unwrap());
    for nobody in [Name::zeros(16), Name::v4([0; 4], 0)] {
        connect(s, &name).unwrap();
        connect(s, &nobody).unwrap();
        assert_eq!(peer_name(s), Err(E::WSAENOTCONN));
        assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN));
    }
    // K9: with a port it is an address, which nobody has; the peer stays.
    connect(s, &name).unwrap();
    assert_eq!(connect(s, &Name::v4([0; 4], 9)), Err(E::WSAEADDRNOTAVAIL));
    assert_eq!(peer_name(s), Ok(name));
    close(s).unwrap();
    let six = socket(AF_INET6, DGRAM);
    assert_eq!(connect(six, &Name::v6(std::net::Ipv6Addr::UNSPECIFIED, 9)), Err(E::WSAEADDRNOTAVAIL));
    let peer = UdpSocket::bind("[::1]:0").unwrap();
    for nobody in [Name::zeros(28), Name::v6(std::net::Ipv6Addr::UNSPECIFIED, 0)] {
        connect(six, &Name::of(peer.local_addr().unwrap())).unwrap();
        connect(six, &nobody).unwrap();
        assert_eq!(peer_name(six), Err(E::WSAENOTCONN));
        assert_eq!(send(six, b"x", 0), Err(E::WSAENOTCONN));
    }
    close(six).unwrap();
}

/// N1: the order of checks is in `src/socket/create.rs`; here, what comes out.
#[test]
fn n1_socket() {
    start();
    for (family, kind, protocol, code) in [
        (AF_INET, 99, 0, E::WSAESOCKTNOSUPPORT),
        (99, STREAM, 0, E::WSAEAFNOSUPPORT),
        (AF_INET, STREAM, 17, E::WSAEPROTONOSUPPORT),
        (0, 0, 0, E::WSAEINVAL),
    ] {
        assert_eq!(call_for_socket(|| ws2_socket(family, kind, protocol)), Err(code));
    }
    for (family, kind, protocol) in [(AF_INET, 0, 0), (0, 0, 6), (AF_INET6, DGRAM, 0), (1, STREAM, 0)] {
        let s = call_for_socket(|| ws2_socket(family, kind, protocol)).unwrap();
        assert!(s > 2 && !is_nonblocking(s));
        close(s).unwrap();
    }
}

/// A4: no valid socket is so small that programs take it for something else, also where the standard descriptors are
/// closed; 0 is none.
#[test]
fn a4_small_numbers() {
    process::alone(here!("a4_small_numbers"), || {
        start();
        // SAFETY: standard input, which this process does not read.
        assert_eq!(unsafe { libc::close(0) }, 0);
        assert_eq!(INVALID_SOCKET, !0);
        assert_eq!(send(0, b"x", 0), Err(E::WSAENOTSOCK));
        let (l, name) = listener();
        let s = socket(AF_INET, STREAM);
        connect(s, &name).unwrap();
        let a = accept(l).unwrap();
        assert!([l, s, a].iter().all(|&s| (3..INVALID_SOCKET).contains(&s)), "{l} {s} {a}");
        assert_eq!(send(0, b"x", 0), Err(E::WSAENOTSOCK));
        close_all([l, s, a]);
    });
}

#[test]
fn n2_bind() {
    start();
    let s = socket(AF_INET, STREAM);
    let bind_raw = |name: &Name, len| {
        // SAFETY: memory of this test, of at least the length given.
        call(|| unsafe { ws2_bind(s, name.ptr(), len) })
    };
    // SAFETY: NULL has to be refused.
    assert_eq!(call(|| unsafe { ws2_bind(s, std::ptr::null(), 16) }), Err(E::WSAEFAULT));
    for len in [0, 1, 15, -1] {
        assert_eq!(bind_raw(&loopback(0), len), Err(E::WSAEFAULT), "{len}");
    }
    assert_eq!(bind(s, &Name::v6(std::net::Ipv6Addr::LOCALHOST, 0)), Err(E::WSAEAFNOSUPPORT));
    assert_eq!(bind(s, &Name::v4([192, 0, 2, 1], 0)), Err(E::WSAEADDRNOTAVAIL));
    let six = socket(AF_INET6, STREAM);
    // Scopes of no interface at all, and of one that has not got the address.
    for scope in [0, 1, 0x7fff_fff0, u32::MAX] {
        let mut link_local = Name::v6("fe80::5ee:bad".parse().unwrap(), 0);
        link_local.bytes[24..28].copy_from_slice(&scope.to_ne_bytes());
        assert_eq!(bind(six, &link_local), Err(E::WSAEADDRNOTAVAIL), "scope {scope}");
    }
    close(six).unwrap();
    assert_eq!(local_name(s), Err(E::WSAEINVAL), "N5");
    assert_eq!(bind(s, &Name::v4([0; 4], 0)), Ok(0));
    let name = local_name(s).unwrap();
    assert!(name.bytes[4..8] == [0; 4] && name.port() != 0, "N7");
    assert_eq!(bind(s, &loopback(0)), Err(E::WSAEINVAL), "twice");
    let other = socket(AF_INET, STREAM);
    assert_eq!(bind(other, &name), Err(E::WSAEADDRINUSE));
    close_all([s, other]);
}

#[test]
fn n3_listen() {
    start();
    for backlog in [-1, 0, 1, i32::MAX, i32::MIN] {
        assert_eq!(call(|| ws2_listen(usize::MAX, backlog)), Err(E::WSAENOTSOCK));
        let s = socket(AF_INET, STREAM);
        assert_eq!(listen(s, backlog), Err(E::WSAEINVAL), "unbound");
        bind(s, &loopback(0)).unwrap();
        assert_eq!(listen(s, backlog), Ok(0));
        assert_eq!(listen(s, backlog), Ok(0), "twice");
        close(s).unwrap();
    }
    let udp = socket(AF_INET, DGRAM);
    assert_eq!(listen(udp, 1), Err(E::WSAEOPNOTSUPP));
    close(udp).unwrap();
    let failed = socket(AF_INET, STREAM);
    connect_later(failed, &nobody());
    wait_for(failed, libc::POLLERR);
    assert_eq!(listen(failed, 1), Ok(0), "after a failed connect");
    let client = TcpStream::connect(("127.0.0.1", local_name(failed).unwrap().port())).unwrap();
    close(accept(failed).unwrap()).unwrap();
    drop(client);
    close(failed).unwrap();
    each(&STREAMS, |pair, what| assert_eq!(listen(pair.s, 1), Err(E::WSAEISCONN), "{what}"));
}

#[test]
fn n4_io6_accept() {
    start();
    let (l, name) = listener();
    let bound = socket(AF_INET, STREAM);
    bind(bound, &loopback(0)).unwrap();
    assert_eq!(accept(bound), Err(E::WSAEINVAL));
    let udp = socket(AF_INET, DGRAM);
    assert_eq!(accept(udp), Err(E::WSAEOPNOTSUPP));
    let connected = ours();
    assert_eq!(accept(connected.s), Err(E::WSAEINVAL));
    let accept_with = |addr: *mut [u8; 16], len: *mut i32| {
        // SAFETY: memory of this test.
        call_for_socket(|| unsafe { ws2_accept(l, addr.cast(), len) })
    };
    let mut clients = Vec::new();
    let mut client = || {
        clients.push(TcpStream::connect(("127.0.0.1", name.port())).unwrap());
        Name::of(clients.last().unwrap().local_addr().unwrap())
    };
    let (mut addr, mut len) = ([7_u8; 16], 16);
    let expected = client();
    let a = accept_with(&raw mut addr, &raw mut len).unwrap();
    assert_eq!((addr.to_vec(), len), (expected.bytes().to_vec(), 16));
    close(a).unwrap();
    (addr, len) = ([7; 16], 0);
    client();
    assert_eq!(accept_with(&raw mut addr, &raw mut len), Err(E::WSAEFAULT));
    assert_eq!((addr, len), ([7; 16], 0));
    client();
    close(accept_with(&raw mut addr, std::ptr::null_mut()).unwrap()).unwrap();
    client();
    close(accept_with(std::ptr::null_mut(), &raw mut len).unwrap()).unwrap();
    assert_eq!((addr, len), ([7; 16], 0));
    for nonblocking in [false, true] {
        set_mode(l, nonblocking);
        client();
        wait_for(l, libc::POLLIN);
        let a = accept(l).unwrap();
        assert_eq!(is_nonblocking(a), nonblocking, "IO6");
        close(a).unwrap();
    }
    assert_eq!(accept(l), Err(E::WSAEWOULDBLOCK));
    close_all([l, bound, udp]);
}

#[test]
fn n5_n6_names() {
    start();
    let pair = ours();
    let fresh = socket(AF_INET, STREAM);
    type Ask = unsafe extern "C" fn(SOCKET, *mut ws2_32::ffi::types::ws2_sockaddr, *mut i32) -> i32;
    for ask in [ws2_getsockname as Ask, ws2_getpeername as Ask] {
        let ask = |s, to: *mut [u8; 16], len: *mut i32| {
            // SAFETY: memory of this test, or NULL.
            call(|| unsafe { ask(s, to.cast(), len) })
        };
        let (mut to, mut len) = ([7_u8; 16], 15);
        let null = std::ptr::null_mut();
        assert_eq!(ask(usize::MAX, null, null.cast()), Err(E::WSAENOTSOCK), "first");
        let unnamed = ask(fresh, null, null.cast());
        assert!([Err(E::WSAEINVAL), Err(E::WSAENOTCONN)].contains(&unnamed), "then its state");
        assert_eq!(ask(pair.s, null, null.cast()), Err(E::WSAEFAULT));
        assert_eq!(ask(pair.s, &raw mut to, null.cast()), Err(E::WSAEFAULT));
        assert_eq!(ask(pair.s, null, &raw mut len), Err(E::WSAEFAULT));
        assert_eq!(ask(pair.s, &raw mut to, &raw mut len), Err(E::WSAEFAULT), "one too short");
        assert_eq!((to, len), ([7; 16], 15));
        len = 16;
        assert_eq!(ask(pair.s, &raw mut to, &raw mut len), Ok(0));
        assert_eq!(len, 16);
    }
    close(fresh).unwrap();
}

/// SH1, SH2, SH3, T12.
#[test]
fn sh_shutdown() {
    start();
    let (l, name) = listener();
    let fresh = socket(AF_INET, STREAM);
    for how in [SD_RECEIVE, SD_SEND, SD_BOTH] {
        assert_eq!(shutdown(fresh, how), Err(E::WSAENOTCONN), "SH1");
        assert_eq!(shutdown(l, how), Err(E::WSAENOTCONN), "SH1, listener");
    }
    assert_eq!(connect(fresh, &name), Ok(0), "it still connects, and the listener listens");
    let a = accept(l).unwrap();
    assert_eq!(send(fresh, b"x", 0), Ok(1));
    for how in [3, -1, i32::MAX] {
        assert_eq!(shutdown(fresh, how), Err(E::WSAEINVAL), "SH2");
    }
    let udp = socket(AF_INET, DGRAM);
    assert_eq!((shutdown(udp, SD_BOTH), shutdown(udp, SD_BOTH)), (Ok(0), Ok(0)), "SH2");
    close_all([l, fresh, a, udp]);
    each(&STREAMS, |mut pair, what| {
        let peer = peer_name(pair.s);
        assert!(peer.is_ok(), "{what}");
        assert_eq!(shutdown(pair.s, SD_SEND), Ok(0), "{what}");
        pair.peer.close();
        wait_for(pair.s, libc::POLLHUP);
        for how in [SD_SEND, SD_RECEIVE, SD_BOTH, SD_BOTH] {
            assert_eq!(shutdown(pair.s, how), Ok(0), "{what} SH3");
        }
        assert_eq!(send(pair.s, b"x", 0), Err(E::WSAESHUTDOWN), "{what}");
        assert_eq!(take(pair.s), Err(E::WSAESHUTDOWN), "{what}");
        assert_eq!(peer_name(pair.s), peer, "{what} T12, N6");
        assert_eq!(connect(pair.s, &peer.unwrap()), Err(E::WSAEISCONN), "{what} T12, K6");
    });
}

/// O11: a server starts again while connections of the one before are in TIME_WAIT; but not beside a living one.
#[test]
fn o11_restart_over_time_wait() {
    start();
    let (l, name) = listener();
    let mut client = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
    let a = accept(l).unwrap();
    let second = socket(AF_INET, STREAM);
    assert_eq!(bind(second, &name), Err(E::WSAEADDRINUSE));
    close(second).unwrap();
    // Who closes first is left in TIME_WAIT.
    close(a).unwrap();
    assert_eq!(std::io::Read::read(&mut client, &mut [0; 4]).unwrap(), 0);
    drop(client);
    close(l).unwrap();
    let again = socket(AF_INET, STREAM);
    assert_eq!(bind(again, &name), Ok(0));
    assert_eq!(listen(again, 1), Ok(0));
    let blocked = Blocked::on(move || accept(again));
    let client = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
    close(blocked.outcome().unwrap()).unwrap();
    drop(client);
    close(again).unwrap();
}
