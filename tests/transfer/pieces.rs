//! `WSASend`, `WSARecv` and the other forms of Winsock 2, over loopback.

#![allow(clippy::undocumented_unsafe_blocks, reason = "addresses and buffers of the test itself")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]

use std::ptr::{null_mut, without_provenance_mut};
use std::thread;

use crate::support::calls::{
    DGRAM, Name, STREAM, bound, call_for_socket, close, connect, listener, local_name, nothing_there, result,
    set_nonblocking, socket, start, tcp_pair,
};
use crate::support::process::{alone, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::message::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;
use ws2_32::windows::abi::{MSG_OOB, MSG_PARTIAL, MSG_PEEK, MSG_WAITALL};

fn buf(bytes: &[u8]) -> WSABUF {
    WSABUF { len: bytes.len() as u32, buf: bytes.as_ptr().cast_mut().cast() }
}

fn room(bytes: &mut [u8]) -> WSABUF {
    WSABUF { len: bytes.len() as u32, buf: bytes.as_mut_ptr().cast() }
}

fn send(s: SOCKET, bufs: &[WSABUF], flags: i32) -> Result<u32, E> {
    let mut count = 77;
    let list = bufs.as_ptr().cast_mut();
    let got = unsafe { WSASend(s, list, bufs.len() as u32, &raw mut count, flags as u32, null_mut(), None) };
    if got != 0 {
        assert_eq!(count, 77, "left alone");
    }
    result(got).map(|_| count)
}

fn send_to(s: SOCKET, bufs: &[WSABUF], to: &Name) -> Result<u32, E> {
    let mut count = 77;
    let (list, len) = (bufs.as_ptr().cast_mut(), bufs.len() as u32);
    result(unsafe { WSASendTo(s, list, len, &raw mut count, 0, to.ptr(), to.len, null_mut(), None) })
        .map(|_| count)
}

/// The result, and what `*lpNumberOfBytesRecvd` and `*lpFlags` are then.
fn recv(s: SOCKET, bufs: &[WSABUF], flags: i32) -> (Result<i32, E>, u32, i32) {
    let (mut count, mut flags) = (77, flags as u32);
    let list = bufs.as_ptr().cast_mut();
    let got =
        unsafe { WSARecv(s, list, bufs.len() as u32, &raw mut count, &raw mut flags, null_mut(), None) };
    (result(got), count, flags as i32)
}

/// R14: so it is for pieces and with a place for the sender's address; what has come is there for whichever call comes next.
#[test]
fn r14_pieces_and_a_time_out() {
    start();
    let (a, b) = tcp_pair();
    let limit = 50_u32;
    result(unsafe { ws2_setsockopt(b, 0xffff, 0x1006, (&raw const limit).cast(), 4) }).unwrap();
    send(a, &[buf(b"ab")], 0).unwrap();
    let (mut first, mut second) = ([0; 3], [0; 3]);
    let rooms = [room(&mut first), room(&mut second)];
    assert_eq!(recv(b, &rooms, MSG_WAITALL).0, Err(E::WSAETIMEDOUT));
    let mut all = [0; 6];
    let mut from = || {
        let (mut name, mut len) = (Name::room(), 28);
        let (to, name) = (all.as_mut_ptr().cast(), name.mut_ptr());
        result(unsafe { ws2_recvfrom(b, to, 6, MSG_WAITALL, name, &raw mut len) })
    };
    assert_eq!(from(), Err(E::WSAETIMEDOUT));
    send(a, &[buf(b"cdef")], 0).unwrap();
    assert_eq!(from(), Ok(6));
    assert_eq!(&all, b"abcdef");
    send(a, &[buf(b"ghijkl")], 0).unwrap();
    assert_eq!(recv(b, &rooms, MSG_WAITALL), (Ok(0), 6, 0));
    assert_eq!((&first, &second), (b"ghi", b"jkl"));
    close(a).unwrap();
    close(b).unwrap();
}

#[test]
fn pieces_are_one_stream_and_one_datagram() {
    start();
    let (a, b) = tcp_pair();
    for count in [1_usize, 2, 15, 16, 17, 100, 1024, 1025, 3000] {
        let bytes: Vec<u8> = (0..count * 3).map(|at| at as u8).collect();
        let mut bufs: Vec<WSABUF> = bytes.chunks(3).map(buf).collect();
        bufs.insert(count / 2, WSABUF { len: 0, buf: null_mut() });
        assert_eq!(send(a, &bufs, 0), Ok(bytes.len() as u32), "{count}");
        let mut back = vec![0; bytes.len()];
        let rooms: Vec<WSABUF> = back.chunks_mut(7).map(room).collect();
        assert_eq!(recv(b, &rooms, MSG_WAITALL), (Ok(0), bytes.len() as u32, 0), "{count}");
        assert_eq!(back, bytes);
    }
    close(a).unwrap();
    close(b).unwrap();
    for family in [2, 23] {
        let (a, b) = (socket(family, DGRAM), socket(family, DGRAM));
        let at_a = bound(a, family);
        assert_eq!(send_to(b, &[buf(b"one "), buf(b""), buf(b"datagram")], &at_a), Ok(12));
        let (mut first, mut second) = ([0; 5], [0; 20]);
        let rooms = [room(&mut first), room(&mut second)];
        let (mut count, mut flags, mut name) = (0, 0, Name::room());
        let got = unsafe {
            let list = rooms.as_ptr().cast_mut();
            let (count, flags) = (&raw mut count, &raw mut flags);
            WSARecvFrom(a, list, 2, count, flags, name.mut_ptr(), &raw mut name.len, null_mut(), None)
        };
        assert_eq!((result(got), count, flags), (Ok(0), 12, 0));
        assert_eq!((&first, &second[..7]), (b"one d", &b"atagram"[..]));
        assert_eq!(name, Name::loopback(family, local_name(b).unwrap().port()));
        // R8, and an address of the wrong kind.
        assert_eq!(send_to(b, &[buf(b"kept")], &at_a), Ok(4));
        let mut short = at_a.len - 1;
        let got = unsafe {
            let list = rooms.as_ptr().cast_mut();
            let (count, flags) = (&raw mut count, &raw mut flags);
            WSARecvFrom(a, list, 2, count, flags, name.mut_ptr(), &raw mut short, null_mut(), None)
        };
        assert_eq!((result(got), short), (Err(E::WSAEFAULT), at_a.len - 1));
        assert_eq!(recv(a, &rooms, 0), (Ok(0), 4, 0));
        assert_eq!(send_to(b, &[buf(b"x")], &Name::raw(10, 28)), Err(E::WSAEAFNOSUPPORT));
        // T25, T26
        assert_eq!(send_to(b, &[buf(b"")], &at_a), Ok(0));
        assert_eq!(recv(a, &rooms, 0), (Ok(0), 0, 0));
        assert_eq!(send_to(b, &[buf(b"ab"), buf(b"c")], &Name::loopback(family, 0)), Ok(3));
        let many = vec![buf(b"x"); 1025];
        assert_eq!(send_to(b, &many, &at_a), Err(E::WSAEMSGSIZE));
        assert_eq!(send_to(b, &many[..1024], &at_a), Ok(1024));
        close(a).unwrap();
        close(b).unwrap();
    }
}

/// R2 with several buffers: they are filled, the flag says that it is a part, and it does no harm in the next call.
#[test]
fn r2_a_datagram_longer_than_all_buffers() {
    start();
    let (a, b) = (socket(2, DGRAM), socket(2, DGRAM));
    let at_a = bound(a, 2);
    assert_eq!(send_to(b, &[buf(b"0123456789")], &at_a), Ok(10));
    assert_eq!(send_to(b, &[buf(b"next")], &at_a), Ok(4));
    let (mut first, mut second) = ([0; 3], [0; 4]);
    let rooms = [room(&mut first), room(&mut second)];
    assert_eq!(recv(a, &rooms, 0), (Err(E::WSAEMSGSIZE), 7, MSG_PARTIAL));
    assert_eq!((&first, &second), (b"012", b"3456"));
    assert_eq!(recv(a, &rooms, MSG_PARTIAL | MSG_PEEK), (Ok(0), 4, 0));
    assert_eq!(recv(a, &rooms, MSG_PARTIAL), (Ok(0), 4, 0));
    close(a).unwrap();
    close(b).unwrap();
}

/// R12, and which of two wrong arguments wins.
#[test]
fn r12_no_buffers_and_no_count() {
    start();
    let (a, b) = tcp_pair();
    let (mut count, mut flags, mut byte) = (0, 0, [0]);
    let (mut one, mut overlapped) = (buf(b"x"), unsafe { std::mem::zeroed::<OVERLAPPED>() });
    let mut into = room(&mut byte);
    unsafe {
        let (one, count, flags, into) = (&raw mut one, &raw mut count, &raw mut flags, &raw mut into);
        let (list, wild) = (null_mut::<WSABUF>(), without_provenance_mut::<WSABUF>(0x10_0000_0000_0000));
        for bad in [list, wild, without_provenance_mut(usize::MAX - 7)] {
            // OV8: no list at all is no buffer.
            let code = if bad.is_null() { E::WSAEINVAL } else { E::WSAEFAULT };
            assert_eq!(result(WSASend(a, bad, 1, count, 0, null_mut(), None)), Err(code));
            assert_eq!(result(WSARecv(b, bad, 1, count, flags, null_mut(), None)), Err(code));
        }
        assert_eq!(result(WSASend(a, one, u32::MAX, count, 0, null_mut(), None)), Err(E::WSAEFAULT));
        assert_eq!(result(WSASend(a, one, 0, count, 0, null_mut(), None)), Err(E::WSAEINVAL));
        assert_eq!(result(WSARecv(b, into, 0, count, flags, null_mut(), None)), Err(E::WSAEINVAL));
        assert_eq!(result(WSASend(a, one, 1, null_mut(), 0, null_mut(), None)), Err(E::WSAEFAULT));
        assert_eq!(result(WSARecv(b, into, 1, null_mut(), flags, null_mut(), None)), Err(E::WSAEFAULT));
        assert_eq!(result(WSARecv(b, into, 1, count, null_mut(), null_mut(), None)), Err(E::WSAEFAULT));
        let o = &raw mut overlapped;
        for s in [SOCKET::MAX, 1 << 20] {
            assert_eq!(result(WSASend(s, list, 0, null_mut(), 0, o, None)), Err(E::WSAENOTSOCK));
            assert_eq!(result(WSARecv(s, list, 0, null_mut(), null_mut(), o, None)), Err(E::WSAENOTSOCK));
        }
        let fresh = socket(2, STREAM);
        assert_eq!(result(WSASend(fresh, list, 0, null_mut(), 0, o, None)), Err(E::WSAENOTCONN));
        assert_eq!(result(WSARecv(fresh, list, 0, null_mut(), null_mut(), o, None)), Err(E::WSAENOTCONN));
        close(fresh).unwrap();
    }
    let bad = WSABUF { len: 4, buf: without_provenance_mut(8) };
    assert_eq!(send(a, &[bad], 0), Err(E::WSAEFAULT));
    let huge = WSABUF { len: u32::MAX, buf: null_mut() };
    assert_eq!(send(a, &[huge, huge], 0), Err(E::WSAENOBUFS));
    assert_eq!(send(a, &[one], 0x40), Err(E::WSAEINVAL));
    assert_eq!(send(a, &[one], MSG_PARTIAL), Err(E::WSAEOPNOTSUPP));
    nothing_there(b);
    assert_eq!(send(a, &[], 0), Err(E::WSAEINVAL));
    close(a).unwrap();
    close(b).unwrap();
}

/// B5, Q5: a blocking call moves everything, a non-blocking one a part; buffers are cut where the part ends.
#[test]
fn q6_blocking_and_partial() {
    start();
    let (a, b) = tcp_pair();
    let bytes: Vec<u8> = (0..6_000_000_u32).map(|at| (at % 251) as u8).collect();
    let bufs: Vec<WSABUF> = bytes.chunks(999_983).map(buf).collect();
    set_nonblocking(a, true);
    let part = send(a, &bufs, 0).unwrap() as usize;
    assert!(part > 0 && part < bytes.len(), "{part}");
    // The peer's acknowledgements may make room again.
    let mut expected = bytes[..part].to_vec();
    let refusal = loop {
        match send(a, &bufs, 0) {
            Ok(part) => expected.extend_from_slice(&bytes[..part as usize]),
            Err(code) => break code,
        }
    };
    assert_eq!(refusal, E::WSAEWOULDBLOCK);
    expected.extend_from_slice(&bytes);
    set_nonblocking(a, false);
    let reader = thread::spawn(move || {
        let (mut all, mut some) = (Vec::new(), vec![0; 100_000]);
        loop {
            let half = some.len() / 2;
            let (left, right) = some.split_at_mut(half);
            let (result, count, _) = recv(b, &[room(left), room(right)], 0);
            assert_eq!(result, Ok(0));
            if count == 0 {
                return all;
            }
            all.extend_from_slice(&some[..count as usize]);
        }
    });
    assert_eq!(send(a, &bufs, 0), Ok(bytes.len() as u32));
    assert_eq!(result(WSASendDisconnect(a, null_mut())), Ok(0));
    assert_eq!(send(a, &bufs, 0), Err(E::WSAESHUTDOWN));
    assert!(reader.join().unwrap() == expected);
    close(a).unwrap();
    close(b).unwrap();
}

/// F1: only the last byte of the last buffer is urgent.
#[test]
fn f1_urgent_bytes() {
    start();
    let (a, b) = tcp_pair();
    assert_eq!(send(a, &[buf(b"ab"), buf(b"cd")], MSG_OOB), Ok(4));
    let (mut urgent, mut rest) = ([0; 1], [0; 8]);
    assert_eq!(recv(b, &[room(&mut urgent)], MSG_OOB), (Ok(0), 1, MSG_OOB));
    assert_eq!(recv(b, &[room(&mut rest)], 0), (Ok(0), 3, 0));
    assert_eq!((&urgent, &rest[..3]), (b"d", &b"abc"[..]));
    close(a).unwrap();
    close(b).unwrap();
}

#[test]
fn disconnecting() {
    start();
    let (a, b) = tcp_pair();
    let mut data = buf(b"bye");
    assert_eq!(result(WSASendDisconnect(a, &raw mut data)), Err(E::WSAENOPROTOOPT));
    assert_eq!(result(WSARecvDisconnect(a, &raw mut data)), Err(E::WSAENOPROTOOPT));
    assert_eq!(result(WSASendDisconnect(SOCKET::MAX, &raw mut data)), Err(E::WSAENOTSOCK));
    assert_eq!(send(a, &[data], 0), Ok(3), "nothing has happened yet");
    assert_eq!(result(WSARecvDisconnect(b, null_mut())), Ok(0));
    let mut byte = [0];
    assert_eq!(recv(b, &[room(&mut byte)], 0), (Err(E::WSAESHUTDOWN), 77, 0));
    let fresh = socket(2, STREAM);
    assert_eq!(result(WSASendDisconnect(fresh, null_mut())), Err(E::WSAENOTCONN));
    for s in [a, b, fresh] {
        close(s).unwrap();
    }
}

/// N1 through `WSASocket`.
#[test]
fn n1_sockets_from_numbers_and_entries() {
    start();
    let mut info: WSAPROTOCOL_INFOW = unsafe { std::mem::zeroed() };
    (info.iAddressFamily, info.iSocketType, info.iProtocol) = (23, 2, 17);
    let mut narrow: WSAPROTOCOL_INFOA = unsafe { std::mem::zeroed() };
    (narrow.iAddressFamily, narrow.iSocketType, narrow.iProtocol) = (2, 1, 6);
    let made_as = |s: SOCKET| {
        let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(s as i32) };
        let socket = socket2::SockRef::from(&borrowed);
        let (domain, kind) = (socket.domain().unwrap(), socket.r#type().unwrap());
        close(s).unwrap();
        (domain, kind)
    };
    use socket2::{Domain, Type};
    unsafe {
        assert_eq!(made_as(WSASocketW(2, 1, 6, null_mut(), 0, 1)), (Domain::IPV4, Type::STREAM));
        assert_eq!(made_as(WSASocketW(-1, -1, -1, &raw mut info, 9, 0x81)), (Domain::IPV6, Type::DGRAM));
        assert_eq!(made_as(WSASocketW(2, -1, -1, &raw mut info, 0, 0)), (Domain::IPV4, Type::DGRAM));
        assert_eq!(made_as(WSASocketA(-1, -1, -1, &raw mut narrow, 0, 1)), (Domain::IPV4, Type::STREAM));
        for (numbers, flags, expected) in [
            ((2, 1, 6), 2, E::WSAEINVAL),
            ((2, 1, 6), 0x40, E::WSAEINVAL),
            ((2, 1, 6), 0x8000_0000, E::WSAEINVAL),
            ((2, 99, 6), 2, E::WSAESOCKTNOSUPPORT),
            ((-1, 1, 6), 1, E::WSAEAFNOSUPPORT),
            ((2, 1, 17), 1, E::WSAEPROTONOSUPPORT),
        ] {
            let (af, kind, protocol) = numbers;
            for s in [
                WSASocketW(af, kind, protocol, null_mut(), 0, flags),
                WSASocketA(af, kind, protocol, null_mut(), 0, flags),
            ] {
                assert_eq!((s, WSAGetLastError()), (SOCKET::MAX, expected.number()), "{numbers:?}");
            }
        }
        assert_eq!(WSASocketW(2, 1, 6, without_provenance_mut(8), 0, 1), SOCKET::MAX);
        assert_eq!(WSAGetLastError(), E::WSAEFAULT.number());
    }
}

#[test]
fn connecting_with_data() {
    start();
    let (l, name) = listener();
    let s = socket(2, STREAM);
    let (mut data, mut none) = (buf(b"data"), WSABUF { len: 0, buf: null_mut() });
    let mut back = buf(b"room");
    let connect = |s, caller: *mut WSABUF, callee: *mut WSABUF| {
        result(unsafe { WSAConnect(s, name.ptr(), name.len, caller, callee, null_mut(), null_mut()) })
    };
    assert_eq!(connect(s, &raw mut data, null_mut()), Err(E::WSAEPROTONOSUPPORT));
    assert_eq!(connect(s, without_provenance_mut(8), null_mut()), Err(E::WSAEFAULT));
    assert_eq!(connect(s, null_mut(), without_provenance_mut(8)), Err(E::WSAEFAULT));
    assert_eq!(connect(SOCKET::MAX, &raw mut data, null_mut()), Err(E::WSAENOTSOCK));
    assert_eq!(connect(s, &raw mut none, &raw mut back), Ok(0));
    assert_eq!(back.len, 0);
    assert_eq!(connect(s, null_mut(), null_mut()), Err(E::WSAEISCONN));
    close(s).unwrap();
    close(l).unwrap();
}

/// What the condition function is told, and what it is to answer.
struct Asked {
    answer: i32,
    peer: Vec<u8>,
    local: Vec<u8>,
}

unsafe extern "C" fn condition(
    caller: *mut WSABUF,
    caller_data: *mut WSABUF,
    wishes: *mut QOS,
    group_wishes: *mut QOS,
    callee: *mut WSABUF,
    callee_data: *mut WSABUF,
    group: *mut GROUP,
    data: usize,
) -> i32 {
    let bytes = |buf: *mut WSABUF| unsafe {
        std::slice::from_raw_parts((*buf).buf.cast::<u8>(), (*buf).len as usize).to_vec()
    };
    assert!(caller_data.is_null() && wishes.is_null() && group_wishes.is_null());
    assert_eq!(unsafe { ((*callee_data).len, *group) }, (0, 0));
    let asked = unsafe { &mut *std::ptr::with_exposed_provenance_mut::<Asked>(data) };
    (asked.peer, asked.local) = (bytes(caller), bytes(callee));
    asked.answer
}

#[test]
fn accepting_on_a_condition() {
    alone(here!("accepting_on_a_condition"), || {
        start();
        let (l, name) = listener();
        let mut asked = Asked { answer: 0, peer: Vec::new(), local: Vec::new() };
        let asked_at = &raw mut asked;
        let accept = |answer: Option<i32>| {
            if let Some(answer) = answer {
                unsafe { (*asked_at).answer = answer };
            }
            let mut peer = Name::room();
            let function: LPCONDITIONPROC = if answer.is_some() { Some(condition) } else { None };
            let s = unsafe {
                WSAAccept(l, peer.mut_ptr(), &raw mut peer.len, function, asked_at.expose_provenance())
            };
            if s == SOCKET::MAX { Err(E::from_number(WSAGetLastError())) } else { Ok((s, peer)) }
        };
        let client = || {
            let s = socket(2, STREAM);
            connect(s, &name).unwrap();
            (s, local_name(s).unwrap())
        };
        let bytes = |name: &Name| name.bytes[..name.len as usize].to_vec();

        let (s, at) = client();
        let (accepted, peer) = accept(Some(0)).unwrap();
        assert_eq!(peer, at);
        assert_eq!(
            unsafe { ((*asked_at).peer.clone(), (*asked_at).local.clone()) },
            (bytes(&at), bytes(&name))
        );
        close(accepted).unwrap();
        close(s).unwrap();

        // Rejected: the peer sees a reset. So it does for an answer that there is not.
        for (answer, expected) in [(1, E::WSAECONNREFUSED), (3, E::WSAEINVAL), (-1, E::WSAEINVAL)] {
            let (s, _) = client();
            assert_eq!(accept(Some(answer)).unwrap_err(), expected);
            let mut byte = [0];
            assert_eq!(recv(s, &[room(&mut byte)], 0).0, Err(E::WSAECONNRESET));
            close(s).unwrap();
        }

        // Deferred: the same connection comes again, before the ones behind it, as often as it is put off.
        let ((first, at_first), (second, at_second)) = (client(), client());
        for _ in 0..3 {
            assert_eq!(accept(Some(2)).unwrap_err(), E::WSATRY_AGAIN);
            assert_eq!(unsafe { (*asked_at).peer.clone() }, bytes(&at_first));
        }
        let (accepted, peer) = accept(None).unwrap();
        assert_eq!(peer, at_first);
        assert_eq!(send(first, &[buf(b"waited")], 0), Ok(6));
        let mut six = [0; 6];
        assert_eq!((recv(accepted, &[room(&mut six)], 0), &six), ((Ok(0), 6, 0), b"waited"));
        assert_eq!(accept(Some(2)).unwrap_err(), E::WSATRY_AGAIN);
        let mut peer = Name::room();
        let other = call_for_socket(|| unsafe { ws2_accept(l, peer.mut_ptr(), &raw mut peer.len) }).unwrap();
        assert_eq!(peer, at_second, "accept takes it, too");

        // One that is still put off goes with its listener.
        let (third, _) = client();
        assert_eq!(accept(Some(2)).unwrap_err(), E::WSATRY_AGAIN);
        close(l).unwrap();
        assert_eq!(accept(Some(0)).unwrap_err(), E::WSAENOTSOCK);
        let mut byte = [0];
        assert_eq!(recv(third, &[room(&mut byte)], 0).0, Err(E::WSAECONNRESET));
        for s in [first, second, third, accepted, other] {
            close(s).unwrap();
        }
    });
}
