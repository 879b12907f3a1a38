//! `sendto`, `recvfrom` and the calls with several buffers, over loopback.

#![allow(clippy::undocumented_unsafe_blocks, reason = "addresses and buffers of the test itself")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]

use std::os::fd::AsRawFd;
use std::ptr::{null, null_mut};

use crate::support::calls::{
    DGRAM, Name, STREAM, bound, close, connect, local_name, nothing_there, result, socket, start, tcp_pair,
};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

fn send_to(s: SOCKET, bytes: &[u8], to: &Name) -> Result<i32, E> {
    result(unsafe { ws2_sendto(s, bytes.as_ptr().cast(), bytes.len() as i32, 0, to.ptr(), to.len) })
}

fn recv_from(s: SOCKET, room: &mut [u8]) -> Result<(i32, Name), E> {
    let mut name = Name::room();
    let got = unsafe {
        ws2_recvfrom(s, room.as_mut_ptr().cast(), room.len() as i32, 0, name.mut_ptr(), &raw mut name.len)
    };
    result(got).map(|got| (got, name))
}

fn receives(s: SOCKET, expected: &[u8]) -> Name {
    let mut room = [0; 64];
    let (got, name) = recv_from(s, &mut room).unwrap();
    assert_eq!(&room[..got as usize], expected);
    name
}

#[test]
fn datagrams_there_and_back() {
    start();
    for family in [2, 23] {
        let (a, b) = (socket(family, DGRAM), socket(family, DGRAM));
        let at_a = bound(a, family);
        assert_eq!(local_name(b), Err(E::WSAEINVAL), "not bound yet");
        // The sender is bound by sending.
        assert_eq!(send_to(b, b"hello", &at_a), Ok(5));
        let from = receives(a, b"hello");
        assert_eq!(from, Name::loopback(family, local_name(b).unwrap().port()));
        assert_eq!(from.len, if family == 2 { 16 } else { 28 });
        assert_eq!(i32::from(from.family()), family);
        assert_eq!(send_to(a, b"back", &from), Ok(4));
        assert_eq!(receives(b, b"back"), at_a);
        close(a).unwrap();
        close(b).unwrap();
    }
}

/// T25, and a length that is longer than needed.
#[test]
fn t25_empty_datagrams_and_long_lengths() {
    start();
    for family in [2, 23] {
        let (a, b) = (socket(family, DGRAM), socket(family, DGRAM));
        let at_a = bound(a, family);
        assert_eq!(send_to(b, b"", &at_a), Ok(0));
        receives(a, b"");
        for len in [at_a.len, at_a.len + 1, 128, 129, 1 << 20] {
            let got = unsafe { ws2_sendto(b, c"x".as_ptr(), 1, 0, at_a.ptr(), len) };
            assert_eq!(result(got), Ok(1), "family {family}, {len}");
            receives(a, b"x");
        }
        for len in [at_a.len - 1, 2, 1, 0, -1, i32::MIN] {
            let got = unsafe { ws2_sendto(b, c"x".as_ptr(), 1, 0, at_a.ptr(), len) };
            assert_eq!(result(got), Err(E::WSAEFAULT), "family {family}, {len}");
        }
        nothing_there(a);
        close(a).unwrap();
        close(b).unwrap();
    }
}

/// T26
#[test]
fn t26_port_0_swallows() {
    start();
    for family in [2, 23] {
        let a = socket(family, DGRAM);
        assert_eq!(send_to(a, b"lost", &Name::loopback(family, 0)), Ok(4));
        assert!(local_name(a).is_ok(), "bound all the same");
        close(a).unwrap();
    }
}

#[test]
fn families_that_do_not_fit() {
    start();
    let (four, six) = (socket(2, DGRAM), socket(23, DGRAM));
    bound(six, 23);
    let at_six = local_name(six).unwrap();
    for (s, to) in [
        (four, at_six),
        (four, Name::raw(6, 16)),
        (six, Name::raw(6, 28)),
        (four, Name::raw(10, 28)),
        (four, Name::raw(0xffff, 16)),
    ] {
        assert_eq!(send_to(s, b"x", &to), Err(E::WSAEAFNOSUPPORT), "{to:?}");
    }
    // X24: too short for the socket's family, whatever its own.
    assert_eq!(send_to(six, b"x", &Name::loopback(2, 9)), Err(E::WSAEFAULT));
    // Linux's number for IPv6 is none of Windows'.
    let mut linux = at_six;
    linux.set_family(10);
    assert_eq!(send_to(six, b"x", &linux), Err(E::WSAEAFNOSUPPORT));
    nothing_there(six);
    close(four).unwrap();
    close(six).unwrap();
}

/// Q13
#[test]
fn q13_no_address_and_no_peer() {
    start();
    let a = socket(2, DGRAM);
    for to in [null(), Name::loopback(2, 9).ptr()] {
        let len = if to.is_null() { 16 } else { 0 };
        let expected = if to.is_null() { E::WSAENOTCONN } else { E::WSAEFAULT };
        assert_eq!(result(unsafe { ws2_sendto(a, c"x".as_ptr(), 1, 0, to, len) }), Err(expected));
    }
    let stream = socket(2, STREAM);
    assert_eq!(send_to(stream, b"x", &Name::loopback(2, 9)), Err(E::WSAENOTCONN));
    close(a).unwrap();
    close(stream).unwrap();
}

/// The documentation of `sendto`: the address counts for this datagram only.
#[test]
fn an_address_on_a_connected_socket() {
    start();
    let (a, b, c) = (socket(2, DGRAM), socket(2, DGRAM), socket(2, DGRAM));
    let (at_a, at_b) = (bound(a, 2), bound(b, 2));
    connect(c, &at_a).unwrap();
    assert_eq!(send_to(c, b"to b", &at_b), Ok(4));
    receives(b, b"to b");
    assert_eq!(result(unsafe { ws2_sendto(c, c"to a".as_ptr(), 4, 0, null(), 0) }), Ok(4));
    receives(a, b"to a");
    for s in [a, b, c] {
        close(s).unwrap();
    }
}

/// R9
#[test]
fn r9_streams_ignore_addresses() {
    start();
    let (a, b) = tcp_pair();
    let junk = Name::raw(0xabcd, 5);
    for (to, len) in [
        (junk.ptr(), 5),
        (junk.ptr(), -3),
        (junk.ptr(), 0),
        (junk.ptr(), 1000),
        (std::ptr::without_provenance(1), 16),
        (Name::loopback(23, 1).ptr(), 28),
        (Name::loopback(2, 0).ptr(), 16),
        (null(), 16),
    ] {
        assert_eq!(result(unsafe { ws2_sendto(a, c"data".as_ptr(), 4, 0, to, len) }), Ok(4), "{to:?} {len}");
        let mut room = [0_u8; 8];
        let (mut from, mut fromlen) = ([0xee_u8; 16], 16);
        let got = unsafe {
            ws2_recvfrom(b, room.as_mut_ptr().cast(), 8, 0, from.as_mut_ptr().cast(), &raw mut fromlen)
        };
        assert_eq!((result(got), &room[..4]), (Ok(4), &b"data"[..]));
        assert_eq!((from, fromlen), ([0xee; 16], 16));
    }
    for fromlen in [null_mut(), std::ptr::without_provenance_mut(1), &raw mut *Box::leak(Box::new(-1_i32))] {
        assert_eq!(result(unsafe { ws2_send(a, c"d".as_ptr(), 1, 0) }), Ok(1));
        let (mut byte, mut from) = (0_u8, [0xee_u8; 16]);
        let got = unsafe { ws2_recvfrom(b, (&raw mut byte).cast(), 1, 0, from.as_mut_ptr().cast(), fromlen) };
        assert_eq!((result(got), from), (Ok(1), [0xee; 16]));
    }
    let (c, d) = socket2::Socket::pair(socket2::Domain::UNIX, socket2::Type::STREAM, None).unwrap();
    assert_eq!(send_to(c.as_raw_fd() as SOCKET, b"unix", &Name::loopback(2, 1)), Ok(4));
    let mut room = [0_u8; 8];
    assert_eq!(
        recv_from(d.as_raw_fd() as SOCKET, &mut room).map(|(got, name)| (got, name.len)),
        Ok((4, 128))
    );
    close(a).unwrap();
    close(b).unwrap();
}

/// R8
#[test]
fn r8_no_room_for_the_address_keeps_the_datagram() {
    start();
    for family in [2, 23] {
        let (a, b) = (socket(family, DGRAM), socket(family, DGRAM));
        let at_a = bound(a, family);
        assert_eq!(send_to(b, b"kept", &at_a), Ok(4));
        let (mut room, mut from) = ([0x11_u8; 8], [0x22_u8; 64]);
        let mut call = |fromlen: *mut i32| {
            let from = from.as_mut_ptr().cast();
            result(unsafe { ws2_recvfrom(a, room.as_mut_ptr().cast(), 8, 0, from, fromlen) })
        };
        for len in [0, 1, 15, at_a.len - 1, -1, i32::MIN] {
            let mut fromlen = len;
            assert_eq!(call(&raw mut fromlen), Err(E::WSAEFAULT), "{len}");
            assert_eq!(fromlen, len);
        }
        for bad in
            [null_mut(), std::ptr::without_provenance_mut(1), std::ptr::without_provenance_mut(usize::MAX)]
        {
            assert_eq!(call(bad), Err(E::WSAEFAULT));
        }
        let constant: &'static i32 = &100;
        assert_eq!(call((&raw const *constant).cast_mut()), Err(E::WSAEFAULT), "cannot be written");
        assert_eq!((room, from), ([0x11; 8], [0x22; 64]));
        receives(a, b"kept");
        close(a).unwrap();
        close(b).unwrap();
    }
}

/// R8 for a socket that POSIX code made, and whose number was another socket's before.
#[test]
fn r8_on_recycled_descriptors() {
    start();
    let four = socket(2, DGRAM);
    let at_four = bound(four, 2);
    assert_eq!(send_to(four, b"self", &at_four), Ok(4));
    receives(four, b"self");
    let six = socket2::Socket::new(socket2::Domain::IPV6, socket2::Type::DGRAM, None).unwrap();
    // POSIX code puts another socket under the number, and this library is not told.
    assert_eq!(unsafe { libc::dup2(six.as_raw_fd(), four as i32) }, four as i32);
    let at_six = bound(four, 23);
    assert_eq!(at_six.len, 28);
    assert_eq!(send_to(four, b"self", &at_six), Ok(4));
    let mut byte = 0_u8;
    let (mut from, mut fromlen) = ([0_u8; 28], 16);
    let got = unsafe {
        ws2_recvfrom(four, (&raw mut byte).cast(), 1, 0, from.as_mut_ptr().cast(), &raw mut fromlen)
    };
    assert_eq!(result(got), Err(E::WSAEFAULT));
    receives(four, b"self");
    close(four).unwrap();
}

/// R1, R2
#[test]
fn r1_r2_unbound_and_too_long() {
    start();
    let (a, b) = (socket(2, DGRAM), socket(2, DGRAM));
    let mut room = [0_u8; 4];
    assert_eq!(recv_from(a, &mut room).map(|_| ()), Err(E::WSAEINVAL));
    let at_a = bound(a, 2);
    assert_eq!(send_to(b, b"123456", &at_a), Ok(6));
    assert_eq!(send_to(b, b"next", &at_a), Ok(4));
    let mut name = Name::room();
    let got = unsafe { ws2_recvfrom(a, room.as_mut_ptr().cast(), 4, 0, name.mut_ptr(), &raw mut name.len) };
    assert_eq!((result(got), &room), (Err(E::WSAEMSGSIZE), b"1234"));
    assert_eq!(name, Name::loopback(2, local_name(b).unwrap().port()));
    assert_eq!(receives(a, b"next"), name);
    // Nobody asks for the sender.
    assert_eq!(send_to(b, b"anon", &at_a), Ok(4));
    let got = unsafe {
        ws2_recvfrom(a, room.as_mut_ptr().cast(), 4, 0, null_mut(), std::ptr::without_provenance_mut(1))
    };
    assert_eq!((result(got), &room), (Ok(4), b"anon"));
    close(a).unwrap();
    close(b).unwrap();
}

/// T24, R3
#[test]
fn t24_after_shutdown() {
    start();
    for connected in [false, true] {
        let (a, b) = (socket(2, DGRAM), socket(2, DGRAM));
        let (at_a, at_b) = (bound(a, 2), bound(b, 2));
        if connected {
            connect(b, &at_a).unwrap();
        }
        assert_eq!(result(ws2_shutdown(b, 1)), Ok(0));
        assert_eq!(send_to(b, b"x", &at_a), Err(E::WSAESHUTDOWN), "connected: {connected}");
        assert_eq!(send_to(b, b"x", &Name::loopback(2, 0)), Err(E::WSAESHUTDOWN));
        nothing_there(a);
        assert_eq!(result(ws2_shutdown(b, 0)), Ok(0));
        assert_eq!(send_to(a, b"late", &at_b), Ok(4));
        let mut room = [0_u8; 4];
        assert_eq!(recv_from(b, &mut room).map(|_| ()), Err(E::WSAESHUTDOWN));
        close(a).unwrap();
        close(b).unwrap();
    }
}

/// Q14. 255.255.255.255 has no route where there is no default route; the missing permission comes first.
#[test]
fn q14_broadcast_needs_permission() {
    start();
    let a = socket(2, DGRAM);
    for host in [[255, 255, 255, 255], [127, 255, 255, 255]] {
        assert_eq!(send_to(a, b"x", &Name::v4(host, 9)), Err(E::WSAEACCES), "{host:?}");
    }
    let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(a as i32) };
    socket2::SockRef::from(&borrowed).set_broadcast(true).unwrap();
    assert_eq!(send_to(a, b"x", &Name::v4([127, 255, 255, 255], 9)), Ok(1));
    close(a).unwrap();
}

/// R10, Q4: on a connected socket, as far as Linux knows of it.
#[test]
fn r10_port_unreachable() {
    start();
    let (a, b) = (socket(2, DGRAM), socket(2, DGRAM));
    let gone = bound(a, 2);
    close(a).unwrap();
    bound(b, 2);
    connect(b, &gone).unwrap();
    assert_eq!(send_to(b, b"x", &gone), Ok(1));
    let mut room = [0_u8; 4];
    assert_eq!(recv_from(b, &mut room).map(|_| ()), Err(E::WSAECONNRESET));
    assert_eq!(send_to(b, b"x", &gone), Ok(1), "reported once");
    close(b).unwrap();
}

/// Q15, Q17 and other arguments that cannot be right; the socket's own state comes first.
#[test]
fn bad_arguments() {
    start();
    let (a, b) = (socket(2, DGRAM), socket(2, DGRAM));
    let at_a = bound(a, 2);
    let wild = std::ptr::without_provenance::<ws2_sockaddr>(0x10_0000_0000_0000);
    let byte = c"x".as_ptr();
    unsafe {
        assert_eq!(result(ws2_sendto(b, byte, 1, 0, wild, 16)), Err(E::WSAEFAULT));
        assert_eq!(result(ws2_sendto(b, wild.cast(), 1, 0, at_a.ptr(), 16)), Err(E::WSAEFAULT));
        assert_eq!(result(ws2_sendto(b, byte, -1, 0, at_a.ptr(), 16)), Err(E::WSAEFAULT));
        assert_eq!(result(ws2_sendto(b, byte, 1, 0x40, at_a.ptr(), 16)), Err(E::WSAEINVAL));
        assert_eq!(result(ws2_sendto(b, byte, 1, 8, at_a.ptr(), 16)), Err(E::WSAEOPNOTSUPP));
        assert_eq!(result(ws2_sendto(b, byte, 1, 1, at_a.ptr(), 16)), Err(E::WSAEOPNOTSUPP), "no OOB");
        assert_eq!(result(ws2_sendto(b, byte, 1, 4, at_a.ptr(), 16)), Ok(1), "MSG_DONTROUTE");
        receives(a, b"x");
        let huge = vec![0_u8; 65536];
        for (len, expected) in
            [(65507, Ok(65507)), (65508, Err(E::WSAEMSGSIZE)), (65536, Err(E::WSAEMSGSIZE))]
        {
            assert_eq!(result(ws2_sendto(b, huge.as_ptr().cast(), len, 0, at_a.ptr(), 16)), expected);
        }
        for socket in [SOCKET::MAX, 0x1_0000_0000, 1 << 20] {
            for len in [1, -1] {
                let bad = std::ptr::without_provenance(1);
                assert_eq!(result(ws2_sendto(socket, byte, len, 0x40, bad, -1)), Err(E::WSAENOTSOCK));
                let got = ws2_recvfrom(socket, null_mut(), len, 0x40, bad.cast_mut().cast(), null_mut());
                assert_eq!(result(got), Err(E::WSAENOTSOCK));
            }
        }
        let file = std::fs::File::open("/dev/null").unwrap();
        assert_eq!(send_to(file.as_raw_fd() as SOCKET, b"x", &at_a), Err(E::WSAENOTSOCK));
        let mut room = [0_u8; 4];
        assert_eq!(recv_from(file.as_raw_fd() as SOCKET, &mut room).map(|_| ()), Err(E::WSAENOTSOCK));
        let c = socket(2, DGRAM);
        bound(c, 2);
        assert_eq!(result(ws2_recvfrom(c, null_mut(), -1, 0, null_mut(), null_mut())), Err(E::WSAEFAULT));
        assert_eq!(result(ws2_recvfrom(c, null_mut(), 1, 0x40, null_mut(), null_mut())), Err(E::WSAEINVAL));
        nothing_there(c);
        close(c).unwrap();
    }
    close(a).unwrap();
    close(b).unwrap();
}
