//! Which addresses `bind`, `connect` and `sendto` take, and what is looked at first.

use ws2_32::socket::options::numbers::*;

use crate::support::network::{EVERYBODY, HERE, Net, THERE, pair_or_return, possible};
use crate::support::options::{self as support, *};
use crate::words::{
    WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, at, bind, connect, name, scoped, send_to, send_to_bytes, windows,
};

/// X22: the address of a group or a broadcast is no socket's.
#[test]
fn x22_no_group_and_no_broadcast_is_bound() {
    let pair = pair_or_return!();
    let nets =
        [EVERYBODY.to_string(), "255.255.255.255".into(), "127.255.255.255".into(), "224.0.0.1".into()];
    pair.here.run(move || {
        for kind in [STREAM, DATAGRAM] {
            for host in nets.iter().map(String::as_str).chain(["239.1.2.3"]) {
                let s = socket(AF_INET, kind);
                assert_eq!(bind(s, at(host, 0)), WSAEADDRNOTAVAIL, "{host}");
                // Programs bind the wildcard then.
                assert_eq!(bind(s, at("0.0.0.0", 0)), 0, "{host}");
                close(s);
                let s = dual(kind);
                assert_eq!(bind(s, at(&format!("::ffff:{host}"), 0)), WSAEADDRNOTAVAIL, "mapped {host}");
                close(s);
            }
            for host in ["ff02::1", "ff0e::1234"] {
                let s = socket(AF_INET6, kind);
                assert_eq!(bind(s, at(host, 0)), WSAEADDRNOTAVAIL, "{host}");
                close(s);
            }
            for host in [HERE.to_string(), "127.0.0.1".into(), "127.1.2.3".into()] {
                let s = socket(AF_INET, kind);
                assert_eq!(bind(s, at(&host, 0)), 0, "{host}");
                close(s);
            }
            let s = socket(AF_INET, kind);
            assert_eq!(bind(s, at(&THERE.to_string(), 0)), WSAEADDRNOTAVAIL, "another machine's");
            close(s);
        }
    });
}

/// A socket of IPv6 that takes IPv4, too.
fn dual(kind: i32) -> usize {
    let s = socket(AF_INET6, kind);
    assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0), 0);
    s
}

/// X24: the length first, by the socket's family; then the address' family.
#[test]
fn x24_the_length_comes_first() {
    let (four, six) = (windows(at("127.0.0.1", 9)), windows(at("::1", 9)));
    for kind in [STREAM, DATAGRAM] {
        let calls: [fn(usize, &[u8]) -> i32; 3] = [bind_bytes, connect_bytes, send_to_bytes];
        for (number, call) in calls.into_iter().enumerate() {
            if number == 2 && kind == STREAM {
                continue;
            }
            let rows = [
                (AF_INET6, &four[..], WSAEFAULT),
                (AF_INET6, &six[..27], WSAEFAULT),
                (AF_INET6, &six[..1], WSAEFAULT),
                (AF_INET, &four[..15], WSAEFAULT),
                (AF_INET, &six[..], WSAEAFNOSUPPORT),
                (AF_INET, &six[..16], WSAEAFNOSUPPORT),
                (AF_INET, &six[..15], WSAEFAULT),
            ];
            for (family, bytes, expected) in rows {
                let s = socket(family, kind);
                assert_eq!(
                    call(s, bytes),
                    expected,
                    "call {number}, kind {kind}, family {family}, {bytes:?}"
                );
                close(s);
            }
            // Longer than it need be, and yet of another family.
            let long = [&four[..], &[0; 12]].concat();
            let s = socket(AF_INET6, kind);
            assert_eq!(call(s, &long), WSAEAFNOSUPPORT, "call {number}, kind {kind}");
            close(s);
        }
    }
}

fn bind_bytes(s: usize, bytes: &[u8]) -> i32 {
    let len = bytes.len().try_into().unwrap();
    // SAFETY: as many bytes as are told.
    outcome(unsafe { ws2_32::ffi::ws2_bind(s, bytes.as_ptr().cast(), len) })
}

fn connect_bytes(s: usize, bytes: &[u8]) -> i32 {
    let len = bytes.len().try_into().unwrap();
    // SAFETY: as many bytes as are told.
    outcome(unsafe { ws2_32::ffi::ws2_connect(s, bytes.as_ptr().cast(), len) })
}

/// X24: a new socket of IPv6 takes no address of IPv4 in the form of IPv6.
#[test]
fn x24_mapped_addresses() {
    let server = listener();
    let to = at("::ffff:127.0.0.1", port(server));
    for (kind, only) in [(STREAM, true), (DATAGRAM, true), (STREAM, false), (DATAGRAM, false)] {
        let make = || if only { socket(AF_INET6, kind) } else { dual(kind) };
        let expected = if only { WSAEADDRNOTAVAIL } else { 0 };
        let s = make();
        assert_eq!(connect(s, to), expected, "connect, kind {kind}");
        close(s);
        let s = make();
        assert_eq!(bind(s, at("::ffff:127.0.0.1", 0)), expected, "bind, kind {kind}");
        close(s);
        if kind == DATAGRAM {
            let s = make();
            assert_eq!(send_to(s, to), expected, "sendto");
            close(s);
        }
    }
    close(server);
}

/// X6: scopes of addresses that are bound.
#[test]
fn x6_scopes_of_own_addresses() {
    if !possible() {
        return;
    }
    let net = Net::new();
    net.ip("link add one type veth peer name two");
    for device in ["one", "two"] {
        net.ip(&format!("link set {device} up"));
    }
    net.ip("addr add fe80::11/64 dev one nodad");
    net.ip("addr add fe80::22/64 dev two nodad");
    net.ip("addr add fd00::1/64 dev one nodad");
    net.run(|| {
        let index = |name: &std::ffi::CStr| {
            // SAFETY: a name with its end.
            let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
            assert_ne!(index, 0);
            index
        };
        let (one, two) = (index(c"one"), index(c"two"));
        for kind in [STREAM, DATAGRAM] {
            let rows = [
                ("fe80::11", 0, Ok(one)),
                ("fe80::22", 0, Ok(two)),
                ("fe80::11", one, Ok(one)),
                ("fe80::11", two, Err(WSAEADDRNOTAVAIL)),
                ("fe80::33", 0, Err(WSAEADDRNOTAVAIL)),
                ("::1", 0x00ab_acab, Err(WSAEADDRNOTAVAIL)),
                ("::1", one, Err(WSAEADDRNOTAVAIL)),
                ("::1", 0, Ok(0)),
                ("fd00::1", two, Err(WSAEADDRNOTAVAIL)),
                ("fd00::1", one, Ok(0)),
                ("fd00::1", 0, Ok(0)),
            ];
            for (host, scope, expected) in rows {
                let s = socket(AF_INET6, kind);
                let code = bind(s, scoped(host, 0, scope));
                let got = if code == 0 { Ok(name(s).unwrap()) } else { Err(code) };
                let got = got.map(|address| match address {
                    std::net::SocketAddr::V6(v6) => v6.scope_id(),
                    std::net::SocketAddr::V4(_) => panic!("IPv4"),
                });
                assert_eq!(got, expected, "{host}%{scope}, kind {kind}");
                close(s);
            }
        }
        // The other direction: who is told no interface takes the one that has the address, or the socket's own.
        let server = socket(AF_INET6, STREAM);
        assert_eq!((bind(server, scoped("fe80::11", 0, 0)), listen(server)), (0, 0));
        let to = scoped("fe80::11", name(server).unwrap().port(), 0);
        let near = socket(AF_INET6, STREAM);
        assert_eq!(connect(near, to), 0);
        let far = accept(server);
        let receiver = socket(AF_INET6, DATAGRAM);
        assert_eq!(bind(receiver, scoped("fe80::22", 0, 0)), 0);
        let to = scoped("fe80::22", name(receiver).unwrap().port(), 0);
        let sender = socket(AF_INET6, DATAGRAM);
        assert_eq!(send_to(sender, to), 0);
        assert_eq!(recv(receiver, 9, 0), Ok(b"x".to_vec()));
        assert_eq!(connect(sender, to), 0);
        support::send(sender, b"y", 0);
        assert_eq!(recv(receiver, 9, 0), Ok(b"y".to_vec()));
        for s in [near, far, server, receiver, sender] {
            close(s);
        }
    });
}
