//! X21: no local port is left, and a pair of addresses that is taken. These are no "would block" and no "no such
//! address".

use std::time::Duration;

use ws2_32::socket::options::numbers::*;

use crate::support::network::{Net, possible};
use crate::support::options::{self as support, *};
use crate::words::{at, bind, connect, name, open, send_to};

/// A network with four local ports.
fn four_ports() -> Net {
    let net = Net::new();
    net.run(|| std::fs::write("/proc/sys/net/ipv4/ip_local_port_range", "40000 40003").unwrap());
    net
}

/// Takes every port.
fn take_all(family: i32, kind: i32, host: &str) -> Vec<usize> {
    let mut taken = Vec::new();
    loop {
        let s = socket(family, kind);
        match bind(s, at(host, 0)) {
            0 => taken.push(s),
            code => {
                assert_eq!(code, WSAEADDRINUSE, "bind");
                close(s);
                return taken;
            }
        }
    }
}

#[test]
fn x21_datagrams_without_a_port() {
    if !possible() {
        return;
    }
    four_ports().run(|| {
        for (family, any, to) in [(AF_INET, "0.0.0.0", "127.0.0.1"), (AF_INET6, "::", "::1")] {
            let taken = take_all(family, DATAGRAM, any);
            assert_eq!(taken.len(), 4);
            let to = at(to, 9);
            let blocking = socket(family, DATAGRAM);
            assert_eq!(send_to(blocking, to), WSAEADDRINUSE, "blocking");
            assert_eq!(support::set(blocking, SOL_SOCKET, SO_SNDTIMEO, 30_000), 0);
            assert_eq!(send_to(blocking, to), WSAEADDRINUSE, "with a time-out");
            assert_eq!(ioctl(blocking, FIONBIO, 1).0, 0);
            assert_eq!(send_to(blocking, to), WSAEADDRINUSE, "non-blocking");
            assert_eq!(connect(blocking, to), WSAEADDRINUSE, "connect");
            taken.into_iter().for_each(close);
            // A process that another test is starting has the ports, too, until it runs its program.
            until("there are ports again", || send_to(blocking, to) == 0);
            close(blocking);
        }
    });
}

#[test]
fn x21_streams_without_a_port() {
    if !possible() {
        return;
    }
    four_ports().run(|| {
        let server = listener();
        let to = at("127.0.0.1", port(server));
        let mut near = Vec::new();
        let code = loop {
            let s = socket(AF_INET, STREAM);
            match connect(s, to) {
                0 => near.push(s),
                code => {
                    near.push(s);
                    break code;
                }
            }
        };
        assert_eq!(code, WSAEADDRINUSE, "blocking");
        let s = socket(AF_INET, STREAM);
        assert_eq!((ioctl(s, FIONBIO, 1).0, connect(s, to)), (0, WSAEADDRINUSE), "non-blocking");
        near.push(s);
        near.into_iter().for_each(close);
        close(server);
    });
}

/// The pair of addresses is taken: by a connection, and by two datagram sockets it is not.
#[test]
fn x21_a_pair_that_is_taken() {
    let server = listener();
    let to = at("127.0.0.1", port(server));
    let shared = |from| {
        let s = socket(AF_INET, STREAM);
        assert_eq!((support::set(s, SOL_SOCKET, SO_REUSEADDR, 1), bind(s, from)), (0, 0));
        s
    };
    let one = shared(at("127.0.0.1", 0));
    let from = name(one).unwrap();
    assert_eq!(connect(one, to), 0);
    let other = shared(from);
    assert_eq!(connect(other, to), WSAEADDRINUSE);
    assert_eq!(ioctl(other, FIONBIO, 1).0, 0);
    assert_eq!(connect(other, to), WSAEADDRINUSE, "non-blocking");
    for s in [one, other, server] {
        close(s);
    }
}

/// A Unix listener whose queue is full: waiting for it would be in vain.
#[test]
fn x21_a_full_queue_of_a_unix_listener() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("full");
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    // SAFETY: numbers only.
    assert_eq!(unsafe { libc::listen(std::os::fd::AsRawFd::as_raw_fd(&listener), 0) }, 0);
    let mut address = [1_u16.to_ne_bytes().to_vec(), path.to_str().unwrap().as_bytes().to_vec()].concat();
    address.push(0);
    let connect = |s: usize| {
        let len = i32::try_from(address.len()).unwrap();
        // SAFETY: as many bytes as are told.
        outcome(unsafe { ws2_32::ffi::ws2_connect(s, address.as_ptr().cast(), len) })
    };
    let mut all = Vec::new();
    let code = loop {
        let s = open(1, STREAM, 0).unwrap();
        assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
        all.push(s);
        match connect(s) {
            0 => assert!(all.len() < 100),
            code => break code,
        }
    };
    assert_eq!(code, 10061, "WSAECONNREFUSED");
    // Who blocks waits for room.
    let waits = open(1, STREAM, 0).unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| connect(waits));
        let taken = std::iter::repeat_with(|| listener.accept().unwrap()).take(all.len() - 1);
        let kept: Vec<_> = taken.collect();
        assert_eq!(waiting.join().unwrap(), 0);
        drop(kept);
    });
    all.into_iter().chain([waits]).for_each(close);
    let _ = Duration::ZERO;
}
