//! O4: which lengths are taken and what comes back, option by option as Windows was measured.

use std::ffi::{c_char, c_int};
use std::ptr::{null, null_mut};

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::options::*;

/// Family, type, level, option; whether short lengths are taken; the lengths told for room of 1, 2 and 4 bytes;
/// whether 256 is taken; whether it then reads 1 (else 256, or 0 where only one byte counts).
type Row = (c_int, c_int, c_int, c_int, bool, [c_int; 3], bool, bool);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (AF_INET, DATAGRAM, SOL_SOCKET, SO_BROADCAST, true, [1, 1, 4], true, true),
    (AF_INET, STREAM, SOL_SOCKET, SO_DONTLINGER, true, [1, 1, 4], true, true),
    (AF_INET, STREAM, SOL_SOCKET, SO_OOBINLINE, true, [1, 1, 4], true, true),
    (AF_INET, STREAM, SOL_SOCKET, SO_RCVBUF, false, [1, 2, 4], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_KEEPALIVE, true, [1, 1, 1], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_DONTROUTE, true, [1, 1, 1], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_RCVTIMEO, false, [1, 2, 4], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_REUSEADDR, true, [1, 1, 4], true, true),
    (AF_INET, STREAM, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, true, [1, 1, 4], true, true),
    (AF_INET, STREAM, SOL_SOCKET, SO_SNDBUF, false, [1, 2, 4], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_SNDTIMEO, false, [1, 2, 4], true, false),
    (AF_INET, STREAM, SOL_SOCKET, SO_OPENTYPE, false, [1, 2, 4], true, false),
    (AF_INET, STREAM, IPPROTO_TCP, TCP_NODELAY, true, [1, 1, 1], true, false),
    (AF_INET, STREAM, IPPROTO_TCP, TCP_KEEPIDLE, false, [0, 0, 4], true, false),
    (AF_INET, STREAM, IPPROTO_TCP, TCP_KEEPCNT, false, [0, 0, 4], false, false),
    (AF_INET, STREAM, IPPROTO_TCP, TCP_KEEPINTVL, false, [0, 0, 4], true, false),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_MULTICAST_LOOP, true, [1, 1, 4], true, true),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_MULTICAST_TTL, true, [1, 1, 4], false, false),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_PKTINFO, false, [0, 0, 4], true, true),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_RECVTOS, false, [0, 0, 4], true, true),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_RECVTTL, false, [0, 0, 4], true, true),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_TOS, true, [1, 1, 4], false, false),
    (AF_INET, DATAGRAM, IPPROTO_IP, IP_TTL, true, [1, 1, 4], false, false),
    (AF_INET6, STREAM, IPPROTO_IPV6, IPV6_DONTFRAG, true, [1, 1, 4], true, true),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_HOPLIMIT, false, [0, 0, 4], true, true),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, true, [1, 1, 4], false, false),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, true, [1, 1, 4], true, true),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_PKTINFO, false, [0, 0, 4], true, true),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_RECVTCLASS, false, [0, 0, 4], true, true),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_UNICAST_HOPS, true, [1, 1, 4], false, false),
    (AF_INET6, DATAGRAM, IPPROTO_IPV6, IPV6_V6ONLY, true, [1, 1, 1], true, false),
];

#[test]
fn o4_lengths() {
    for &(family, kind, level, name, short_taken, lens, large_taken, is_flag) in ROWS {
        let s = socket(family, kind);
        let what = format!("level {level:#x}, option {name:#x}");
        // Only the bytes that count are looked at.
        let long = 0xffff_ffff_0000_0001_u64.to_le_bytes();
        assert_eq!(set_bytes(s, level, name, &long), 0, "{what}");
        let (code, bytes, len) = get_bytes(s, level, name, 8);
        assert_eq!((code, len, bytes[0]), (0, lens[2], 1), "{what}");

        let expected = if large_taken { 0 } else { WSAEINVAL };
        assert_eq!(set(s, level, name, 0x100), expected, "{what}");
        if large_taken {
            let expected = match (is_flag, lens[2]) {
                (true, _) => 1,
                (false, 1) => 0,
                _ => 0x100,
            };
            assert_eq!(get(s, level, name), Ok(expected), "{what}");
        }
        for (room, told) in [1, 2, 4].into_iter().zip(lens) {
            let code = if short_taken || room == 4 { 0 } else { WSAEFAULT };
            let value = 1_u32.to_le_bytes();
            assert_eq!(set_bytes(s, level, name, &value[..room]), code, "{what}, {room} bytes");
            let (got, bytes, len) = get_bytes(s, level, name, room);
            assert_eq!((got, len), (code, told), "{what}, {room} bytes");
            if code == 0 {
                assert_eq!(bytes[0], 1, "{what}, {room} bytes");
            }
        }
        o4_bad_lengths(s, level, name, &what);
        close(s);
    }
}

/// Lengths of 0 and −1, NULL, and pointers to nowhere.
fn o4_bad_lengths(s: usize, level: c_int, name: c_int, what: &str) {
    let mut value = 1_u32;
    let at = (&raw mut value).cast::<c_char>();
    let wild = std::ptr::without_provenance_mut::<c_char>(8);
    for (pointer, len) in [(at, 0), (at, -1), (at, i32::MIN), (null_mut(), 4), (null_mut(), 0), (wild, 1)] {
        // SAFETY: in pointers, or such as cannot be read.
        let code = outcome(unsafe { ws2_setsockopt(s, level, name, pointer, len) });
        if pointer != at || len > 0 {
            // Lengths of 0 and less are another row's (X12).
            assert_eq!(code, WSAEFAULT, "{what}: set {pointer:p}, {len}");
        }
        let mut room = len;
        // SAFETY: out pointers, or such as cannot be written.
        let code = outcome(unsafe { ws2_getsockopt(s, level, name, pointer, &raw mut room) });
        if name != SO_OPENTYPE {
            assert_eq!((code, room.min(0)), (WSAEFAULT, len.min(0)), "{what}: get {pointer:p}, {len}");
        }
    }
    // SAFETY: NULL can be written nowhere.
    let code = outcome(unsafe { ws2_getsockopt(s, level, name, at, null_mut()) });
    assert_eq!(code, WSAEFAULT, "{what}");
}

#[test]
fn o4_tcp_nodelay_takes_any_length() {
    let s = socket(AF_INET, STREAM);
    for len in [1, 2, 3, 4, 42, i32::MAX] {
        for on in [1_u32, 0] {
            // SAFETY: the first four bytes are there, and no more of a number is read.
            let code =
                unsafe { ws2_setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (&raw const on).cast::<c_char>(), len) };
            assert_eq!((outcome(code), get(s, IPPROTO_TCP, TCP_NODELAY)), (0, Ok(on)), "{len}");
            assert_eq!(kernel(s, libc::IPPROTO_TCP, libc::TCP_NODELAY).cast_unsigned(), on);
        }
    }
    close(s);
}

/// O4: of a shorter number the missing bytes are 0.
#[test]
fn o4_multicast_ttl_of_one_to_four_bytes() {
    let s = socket(AF_INET, DATAGRAM);
    let rows = [(0xffff_ff0a_u32, 1, 0x0a), (0xffff_000b, 2, 0x0b), (0xff00_000c, 3, 0x0c), (0x0d, 4, 0x0d)];
    for (value, len, expected) in rows {
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_MULTICAST_TTL, &value.to_le_bytes()[..len]), 0);
        assert_eq!(get(s, IPPROTO_IP, IP_MULTICAST_TTL), Ok(expected));
    }
    close(s);
}

#[test]
fn o4_linger_takes_no_short_length() {
    let s = socket(AF_INET, STREAM);
    for len in 1..4 {
        assert_eq!(set_bytes(s, SOL_SOCKET, SO_LINGER, &[1, 0, 1, 0][..len]), WSAEFAULT);
        assert_eq!(get_bytes(s, SOL_SOCKET, SO_LINGER, len).0, WSAEFAULT);
    }
    close(s);
}

/// O5: which error wins: no socket, then no such level, then no such option, then a bad pointer.
#[test]
fn o5_order_of_checks() {
    let s = socket(AF_INET, STREAM);
    // SAFETY: a descriptor of this test's own.
    let file = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR) };
    let file = usize::try_from(file).unwrap();
    for bad in [usize::MAX, usize::MAX - 1, 1 << 40, file] {
        // SAFETY: NULL pointers.
        unsafe {
            let code = outcome(ws2_setsockopt(bad, -1, 99, null(), -1));
            assert_eq!(code, WSAENOTSOCK, "{bad}");
            assert_eq!(outcome(ws2_getsockopt(bad, -1, 99, null_mut(), null_mut())), WSAENOTSOCK, "{bad}");
        }
    }
    let rows = [
        (-1, SO_RCVTIMEO, WSAEINVAL),
        (0x8000, SO_RCVTIMEO, WSAEINVAL),
        (0x1234_ffff, SO_RCVTIMEO, WSAEINVAL),
        (1, SO_RCVTIMEO, WSAEINVAL),
        (SOL_SOCKET, 0x1003, WSAENOPROTOOPT),
        (SOL_SOCKET, 0x1004, WSAENOPROTOOPT),
        (SOL_SOCKET, i32::MAX, WSAENOPROTOOPT),
        (IPPROTO_TCP, 9999, WSAENOPROTOOPT),
        (IPPROTO_IP, 9999, WSAENOPROTOOPT),
        (IPPROTO_IPV6, 9999, WSAENOPROTOOPT),
        (IPPROTO_UDP, UDP_NOCHECKSUM, WSAENOPROTOOPT),
        (SOL_SOCKET, SO_DEBUG, WSAEFAULT),
    ];
    for (level, name, expected) in rows {
        // SAFETY: NULL pointers.
        unsafe {
            assert_eq!(outcome(ws2_setsockopt(s, level, name, null(), 4)), expected, "{level:#x} {name:#x}");
            let code = outcome(ws2_getsockopt(s, level, name, null_mut(), null_mut()));
            assert_eq!(code, expected, "{level:#x} {name:#x}");
        }
        let expected = if expected == WSAEFAULT { 0 } else { expected };
        assert_eq!(set(s, level, name, 1), expected, "{level:#x} {name:#x}");
    }
    // O14: SO_OPENTYPE belongs to no socket.
    for any in [usize::MAX, file, s] {
        assert_eq!(
            (set(any, SOL_SOCKET, SO_OPENTYPE, 0x20), get(any, SOL_SOCKET, SO_OPENTYPE)),
            (0, Ok(0x20))
        );
    }
    // SAFETY: opened above.
    unsafe { libc::close(i32::try_from(file).unwrap()) };
    close(s);
}
