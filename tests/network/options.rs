//! Options: who has them, their lengths, and what is remembered where Linux has nothing like them.

use std::ffi::{c_char, c_int};

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::network::{Pair, THERE, pair_or_return};
use crate::support::options::{self as support, *};
use crate::words::{WSAENOBUFS, WSAENOTCONN, at, bind, name};

fn set_len(s: usize, level: c_int, name: c_int, value: u32, len: c_int) -> c_int {
    // SAFETY: no more than four bytes are read, which are there.
    outcome(unsafe { ws2_setsockopt(s, level, name, (&raw const value).cast::<c_char>(), len) })
}

/// X4: a socket of IPv4 has IPV6_V6ONLY until it is bound; one of IPv6 has it at any time.
#[test]
fn x4_v6_only() {
    let read = |s| get_bytes(s, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    for kind in [STREAM, DATAGRAM] {
        let s = socket(AF_INET, kind);
        assert_eq!(read(s), (0, vec![1], 1));
        for value in [0, 1, 0] {
            assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, value), 0);
            assert_eq!(read(s), (0, vec![u8::try_from(value).unwrap()], 1));
        }
        assert_eq!(bind(s, at("127.0.0.1", 0)), 0);
        assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, 1), WSAEINVAL);
        assert_eq!(read(s), (0, vec![0], 1));
        close(s);
        let s = socket(AF_INET6, kind);
        assert_eq!(read(s), (0, vec![1], 1));
        assert_eq!(bind(s, at("::1", 0)), 0);
        for value in [0, 1] {
            assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, value), 0);
            assert_eq!(read(s), (0, vec![u8::try_from(value).unwrap()], 1));
        }
        close(s);
    }
}

/// X11: streams have no options of groups and of packet information; both ways, both families.
#[test]
fn x11_what_streams_refuse() {
    let four = [
        IP_MULTICAST_IF,
        IP_MULTICAST_TTL,
        IP_MULTICAST_LOOP,
        IP_ADD_MEMBERSHIP,
        IP_DROP_MEMBERSHIP,
        IP_ADD_SOURCE_MEMBERSHIP,
        MCAST_JOIN_GROUP,
        MCAST_LEAVE_GROUP,
        IP_PKTINFO,
        IP_RECVIF,
        IP_RECVDSTADDR,
        IP_RECVTTL,
        IP_RECVTOS,
        IP_ECN,
        IP_RECEIVE_BROADCAST,
        IP_IFLIST,
        IP_ADD_IFLIST,
    ];
    let six = [
        IPV6_MULTICAST_IF,
        IPV6_MULTICAST_HOPS,
        IPV6_MULTICAST_LOOP,
        IPV6_ADD_MEMBERSHIP,
        IPV6_DROP_MEMBERSHIP,
        MCAST_JOIN_GROUP,
        MCAST_JOIN_SOURCE_GROUP,
        IPV6_PKTINFO,
        IPV6_RECVIF,
        IPV6_RECVDSTADDR,
        IPV6_HOPLIMIT,
        IPV6_RECVTCLASS,
        IPV6_ECN,
        IPV6_IFLIST,
    ];
    for (family, level, names) in [(AF_INET, IPPROTO_IP, &four[..]), (AF_INET6, IPPROTO_IPV6, &six[..])] {
        let s = socket(family, STREAM);
        for &name in names {
            assert_eq!(set_bytes(s, level, name, &[1; 264]), WSAEINVAL, "set {name}");
            assert_eq!(get_bytes(s, level, name, 64).0, WSAEINVAL, "get {name}");
        }
        close(s);
    }
}

/// X11: "not set" is what a new socket reads, and cannot be set; a new stream does not let its packets be fragmented.
#[test]
fn x11_fragments() {
    for (family, level, name) in
        [(AF_INET, IPPROTO_IP, IP_MTU_DISCOVER), (AF_INET6, IPPROTO_IPV6, IPV6_MTU_DISCOVER)]
    {
        for kind in [STREAM, DATAGRAM] {
            let s = socket(family, kind);
            assert_eq!(get(s, level, name), Ok(0));
            for value in [1, 2, 3] {
                assert_eq!((support::set(s, level, name, value), get(s, level, name)), (0, Ok(value)));
            }
            assert_eq!((support::set(s, level, name, 0), get(s, level, name)), (WSAEINVAL, Ok(3)));
            assert_eq!(support::set(s, level, name, 4), WSAEINVAL);
            close(s);
        }
    }
    for (kind, at_first) in [(STREAM, 1), (DATAGRAM, 0)] {
        let s = socket(AF_INET, kind);
        assert_eq!(get(s, IPPROTO_IP, IP_DONTFRAGMENT), Ok(at_first), "kind {kind}");
        for value in [0, 1, 0] {
            assert_eq!(support::set(s, IPPROTO_IP, IP_DONTFRAGMENT, value), 0);
            assert_eq!(get(s, IPPROTO_IP, IP_DONTFRAGMENT), Ok(value), "kind {kind}");
        }
        close(s);
    }
}

/// X12: of these, one byte is written whatever the room.
#[test]
fn x12_one_byte() {
    for (family, level, name) in [
        (AF_INET, SOL_SOCKET, SO_KEEPALIVE),
        (AF_INET, SOL_SOCKET, SO_DONTROUTE),
        (AF_INET, IPPROTO_TCP, TCP_NODELAY),
        (AF_INET, IPPROTO_IPV6, IPV6_V6ONLY),
        (AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY),
    ] {
        let s = socket(family, STREAM);
        for value in [1, 0] {
            assert_eq!(support::set(s, level, name, value), 0);
            for room in [1, 2, 4, 8] {
                let (code, bytes, len) = get_bytes(s, level, name, room);
                assert_eq!((code, len, u32::from(bytes[0])), (0, 1, value), "{name:#x}, room {room}");
                assert!(bytes[1..].iter().all(|byte| *byte == 0xef), "{name:#x}, room {room}");
            }
        }
        close(s);
    }
}

/// X12: what is too short for a number or structure of SOL_SOCKET is cleared.
#[test]
fn x12_short_room_is_cleared() {
    let s = socket(AF_INET, STREAM);
    for name in [SO_RCVBUF, SO_SNDBUF, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO, SO_ERROR, SO_TYPE] {
        for room in [1, 2, 3] {
            let (code, bytes, _) = get_bytes(s, SOL_SOCKET, name, room);
            assert_eq!((code, bytes), (WSAEFAULT, vec![0; room]), "{name:#x}");
        }
    }
    assert_eq!(get_bytes(s, IPPROTO_TCP, TCP_KEEPIDLE, 2), (WSAEFAULT, vec![0xef; 2], 0));
    close(s);
}

/// X12: l_onoff is a number.
#[test]
fn x12_linger_reads_as_it_was_set() {
    let s = socket(AF_INET, STREAM);
    let read = || {
        let (code, bytes, len) = get_bytes(s, SOL_SOCKET, SO_LINGER, 4);
        assert_eq!((code, len), (0, 4));
        (u16::from_ne_bytes([bytes[0], bytes[1]]), u16::from_ne_bytes([bytes[2], bytes[3]]))
    };
    for (on, time) in [(0x100_u16, 0_u16), (1, 5), (0xffff, 7), (0, 9), (2, 1)] {
        let value = [on.to_ne_bytes(), time.to_ne_bytes()].concat();
        assert_eq!(set_bytes(s, SOL_SOCKET, SO_LINGER, &value), 0);
        assert_eq!(read().0, on);
        if on != 0 {
            assert_eq!(read().1, time);
        }
        assert_eq!(get(s, SOL_SOCKET, SO_DONTLINGER), Ok(u32::from(on == 0)));
    }
    assert_eq!(support::set(s, SOL_SOCKET, SO_DONTLINGER, 1), 0);
    assert_eq!(read().0, 0);
    assert_eq!(support::set(s, SOL_SOCKET, SO_DONTLINGER, 0), 0);
    assert_eq!(read().0, 1);
    close(s);
}

/// Lengths of 0 and -1, by who keeps the option: Winsock itself, or the protocol below it.
#[test]
fn x12_lengths_of_zero_and_less() {
    let winsock = [SO_OOBINLINE, SO_REUSEADDR, SO_DONTLINGER, SO_DEBUG];
    for name in winsock {
        let s = socket(AF_INET, STREAM);
        assert_eq!(
            (set_len(s, SOL_SOCKET, name, 1, -1), get(s, SOL_SOCKET, name)),
            (0, Ok(1)),
            "{name:#x}, -1"
        );
        assert_eq!(
            (set_len(s, SOL_SOCKET, name, 1, 0), get(s, SOL_SOCKET, name)),
            (0, Ok(0)),
            "{name:#x}, 0"
        );
        close(s);
    }
    let s = socket(AF_INET, STREAM);
    for name in [SO_RCVBUF, SO_SNDBUF, SO_RCVTIMEO, SO_SNDTIMEO] {
        assert_eq!(
            (set_len(s, SOL_SOCKET, name, 9000, -1), get(s, SOL_SOCKET, name)),
            (0, Ok(9000)),
            "{name:#x}"
        );
        assert_eq!(set_len(s, SOL_SOCKET, name, 9000, 0), WSAEFAULT, "{name:#x}");
    }
    let below = [
        (SOL_SOCKET, SO_KEEPALIVE),
        (SOL_SOCKET, SO_DONTROUTE),
        (IPPROTO_TCP, TCP_NODELAY),
        (IPPROTO_TCP, TCP_KEEPIDLE),
        (IPPROTO_IP, IP_TTL),
        (IPPROTO_IP, IP_TOS),
    ];
    for (level, name) in below {
        assert_eq!(set_len(s, level, name, 1, -1), WSAENOBUFS, "{name:#x}");
        assert_eq!(set_len(s, level, name, 1, i32::MIN), WSAENOBUFS, "{name:#x}");
        assert_eq!(set_len(s, level, name, 1, 0), WSAEFAULT, "{name:#x}");
    }
    let mut len = -1;
    let mut value = 7_u32;
    let at = (&raw mut value).cast::<c_char>();
    // SAFETY: locals; four bytes are there.
    assert_eq!(outcome(unsafe { ws2_getsockopt(s, SOL_SOCKET, SO_OPENTYPE, at, &raw mut len) }), 0);
    close(s);
}

/// X18: no options at first; what is set is read back, and can be taken away.
#[test]
fn x18_ip_options() {
    for kind in [STREAM, DATAGRAM] {
        let s = socket(AF_INET, kind);
        assert_eq!(get_bytes(s, IPPROTO_IP, IP_OPTIONS, 40), (0, vec![0xef; 40], 0));
        // No operation, three times, and the end.
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_OPTIONS, &[1, 1, 1, 0]), 0);
        let (code, bytes, len) = get_bytes(s, IPPROTO_IP, IP_OPTIONS, 40);
        assert_eq!((code, &bytes[..4], len), (0, &[1, 1, 1, 0][..], 4));
        assert_eq!(get_bytes(s, IPPROTO_IP, IP_OPTIONS, 3).0, WSAEFAULT);
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_OPTIONS, &[1; 41]), WSAEINVAL);
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_OPTIONS, &[0; 0]), 0);
        assert_eq!(get_bytes(s, IPPROTO_IP, IP_OPTIONS, 40).2, 0);
        close(s);
    }
}

/// Options that Linux does not have, or has otherwise: what was set is read back, beside what is there at first.
#[test]
fn what_is_remembered() {
    let rows = [
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_USER_MTU, u32::MAX, 1300),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_USER_MTU, u32::MAX, 1300),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_USER_MTU, u32::MAX, u32::MAX),
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_ECN, 0, 1),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_ECN, 0, 1),
        (AF_INET, STREAM, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR, 0, 1),
        (AF_INET, DATAGRAM, IPPROTO_UDP, UDP_RECV_MAX_COALESCED_SIZE, 0, 65535),
        (AF_INET, STREAM, SOL_SOCKET, SO_COMPARTMENT_ID, 1, 1),
        (AF_INET, STREAM, IPPROTO_TCP, TCP_EXPEDITED_1122, 0, 0),
        (AF_INET6, STREAM, IPPROTO_TCP, TCP_OFFLOAD_PREFERENCE, 0, 2),
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_RECVIF, 0, 1),
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_RECVDSTADDR, 0, 1),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_RECVIF, 0, 1),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_RECVDSTADDR, 0, 1),
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_RECEIVE_BROADCAST, 1, 0),
        (AF_INET, DATAGRAM, IPPROTO_IP, IP_IFLIST, 0, 1),
        (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_IFLIST, 0, 1),
    ];
    for (family, kind, level, name, at_first, value) in rows {
        let s = socket(family, kind);
        assert_eq!(get(s, level, name), Ok(at_first), "option {name}");
        assert_eq!(
            (support::set(s, level, name, value), get(s, level, name)),
            (0, Ok(value)),
            "option {name}"
        );
        close(s);
    }
    for (kind, level, name, value, expected) in [
        (STREAM, SOL_SOCKET, SO_COMPARTMENT_ID, 2, WSAEINVAL),
        (STREAM, IPPROTO_TCP, TCP_EXPEDITED_1122, 1, WSAEINVAL),
        (STREAM, IPPROTO_TCP, TCP_OFFLOAD_PREFERENCE, 3, WSAEINVAL),
        (DATAGRAM, IPPROTO_TCP, TCP_EXPEDITED_1122, 0, WSAENOPROTOOPT),
        (DATAGRAM, IPPROTO_TCP, TCP_OFFLOAD_PREFERENCE, 0, WSAENOPROTOOPT),
    ] {
        let s = socket(AF_INET, kind);
        assert_eq!(support::set(s, level, name, value), expected, "{name}");
        close(s);
    }
}

/// IP_ECN and IP_RECVTOS are one option of the kernel: it is on as long as either is.
#[test]
fn ecn_beside_tos() {
    let s = socket(AF_INET, DATAGRAM);
    let kernel = || kernel(s, libc::IPPROTO_IP, libc::IP_RECVTOS);
    let steps = [(IP_ECN, 1, 1), (IP_RECVTOS, 1, 1), (IP_ECN, 0, 1), (IP_RECVTOS, 0, 0), (IP_RECVTOS, 1, 1)];
    for (name, value, expected) in steps {
        assert_eq!(support::set(s, IPPROTO_IP, name, value), 0);
        assert_eq!(kernel(), expected, "{name} {value}");
    }
    close(s);
}

/// So are the three that tell of a packet's way, of both families.
#[test]
fn three_of_a_way() {
    for (family, level, linux) in [
        (AF_INET, IPPROTO_IP, (libc::IPPROTO_IP, libc::IP_PKTINFO)),
        (AF_INET6, IPPROTO_IPV6, (libc::IPPROTO_IPV6, libc::IPV6_RECVPKTINFO)),
    ] {
        let s = socket(family, DATAGRAM);
        for (name, value, expected) in [
            (IP_RECVIF, 1, 1),
            (IP_PKTINFO, 1, 1),
            (IP_RECVIF, 0, 1),
            (IP_RECVDSTADDR, 1, 1),
            (IP_PKTINFO, 0, 1),
            (IP_RECVDSTADDR, 0, 0),
        ] {
            assert_eq!(support::set(s, level, name, value), 0);
            assert_eq!(kernel(s, linux.0, linux.1), expected, "{name} {value}");
            assert_eq!(get(s, level, name), Ok(value));
        }
        close(s);
    }
}

/// TCP_ICMP_ERROR_INFO: which message of ICMP ended a `connect`.
#[test]
fn icmp_errors_of_a_connect() {
    let pair: Pair = pair_or_return!();
    pair.there.set("ip_forward", 1);
    pair.there.route("unreachable", "192.0.2.0/24");
    pair.here.ip(&format!("route add 192.0.2.0/24 via {THERE}"));
    pair.here.run(|| {
        let s = socket(AF_INET, STREAM);
        assert_eq!(get_bytes(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, 36).0, WSAENOTCONN);
        assert_eq!(support::set(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR, 1), 0);
        assert_eq!(connect(s, [192, 0, 2, 1], 9), 10065, "WSAEHOSTUNREACH");
        assert_eq!(get_bytes(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, 35).0, WSAEFAULT);
        let (code, bytes, len) = get_bytes(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, 36);
        assert_eq!((code, len), (0, 36));
        // From 10.77.0.x; ICMP; "destination unreachable", "host unreachable".
        assert_eq!((&bytes[..2], &bytes[4..7]), (&[2, 0][..], &[10, 77, 0][..]));
        assert_eq!(bytes[28..34], [1, 0, 0, 0, 3, 1]);
        assert_eq!(get_bytes(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, 36).0, WSAENOTCONN, "told once");
        close(s);
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(get_bytes(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, 36).0, WSAENOPROTOOPT);
        assert!(name(s).is_err());
        close(s);
    });
}

/// X3: an urgent byte that was received apart does not come again when SO_OOBINLINE is set afterwards; one that was
/// not comes in line then, and so does the next one.
#[test]
fn x3_an_urgent_byte_comes_once() {
    let (near, far) = pair();
    let has_urgent = |s| ioctl(s, SIOCATMARK, 1) == (0, 0);
    send(near, b"A", 1);
    until("it arrives", || has_urgent(far));
    assert_eq!(recv(far, 1, 1), Ok(b"A".to_vec()));
    // What follows it is not lost.
    send(near, b"bc", 0);
    until("it arrives", || recv(far, 8, 2) == Ok(b"bc".to_vec()));
    assert_eq!(support::set(far, SOL_SOCKET, SO_OOBINLINE, 1), 0);
    assert_eq!(recv(far, 8, 0), Ok(b"bc".to_vec()));
    send(near, b"D", 1);
    until("it arrives", || ioctl(far, FIONREAD, 0) == (0, 1));
    assert_eq!(recv(far, 8, 0), Ok(b"D".to_vec()));
    assert_eq!(support::set(far, SOL_SOCKET, SO_OOBINLINE, 0), 0);
    // One that was not received apart is not dropped.
    send(near, b"E", 1);
    until("it arrives", || has_urgent(far));
    assert_eq!(support::set(far, SOL_SOCKET, SO_OOBINLINE, 1), 0);
    assert_eq!(recv(far, 8, 0), Ok(b"E".to_vec()));
    assert_eq!(ioctl(far, FIONBIO, 1).0, 0);
    assert_eq!(recv(far, 8, 0), Err(WSAEWOULDBLOCK));
    close(near);
    close(far);
}
