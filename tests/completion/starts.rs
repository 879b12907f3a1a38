//! How overlapped operations begin: rows OV1 to OV17.

use std::ptr::{null_mut, without_provenance_mut};

use crate::support::process::{Blocked, alone, here};
use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

unsafe extern "C" fn never(_: DWORD, _: DWORD, _: *mut OVERLAPPED, _: DWORD) {
    panic!("a routine that must not run");
}

/// OV1: without an OVERLAPPED it is an ordinary call, and a routine is ignored.
#[test]
fn ov1_no_overlapped() {
    let (a, b) = both();
    assert_eq!(send_with(a, &mut [buf(b"abc")], 0, null_mut(), Some(never)), (Ok(0), 3));
    let mut bytes = [0; 8];
    assert_eq!(recv_with(b, &mut [room(&mut bytes)], 0, null_mut(), Some(never)), (Ok(0), 3));
    assert_eq!(ws2_SleepEx(0, 1), 0, "nothing was queued");
    shut_all([a, b]);
}

/// OV2, LE5: what ends at once returns 0, and is told of all the same.
#[test]
fn ov2_at_once() {
    let (a, b) = both();
    let port = Port::of(&[a, b]);
    let (sent, got) = (Over::with(event(true, false)), Over::with(event(false, false)));
    let events = unsafe { ((*sent.ptr()).hEvent, (*got.ptr()).hEvent) };
    assert_eq!(send_over(a, b"hello", &sent), (Ok(0), 5));
    assert_eq!(sent.state(), (0, 5));
    assert!(is_set(events.0));
    assert_eq!(port.get(0), success(5, a, sent.ptr().addr()));
    wait_until("it has come", || readable(b));
    let mut bytes = [0; 8];
    assert_eq!(recv_over(b, &mut bytes, &got), (Ok(0), 5));
    assert_eq!((got.state(), &bytes[..5]), ((0, 5), &b"hello"[..]));
    assert!(is_set(events.1) && !is_set(events.1), "an auto-reset event, too");
    assert_eq!(port.get(0), success(5, b, got.ptr().addr()));
    assert!(port.is_empty());
    [events.0, events.1].into_iter().for_each(close_handle);
    shut_all([a, b]);
}

pub(crate) fn readable(s: SOCKET) -> bool {
    let mut count = 0;
    unsafe { ioctlsocket(s, 0x4004_667F, &raw mut count) };
    count > 0
}

/// OV3, OV10, LE5: what waits is WSA_IO_PENDING, also on a non-blocking socket; the event is reset.
#[test]
fn ov3_pending() {
    for nonblocking in [false, true] {
        let (a, b) = both();
        set_nonblocking(a, nonblocking);
        let signal = event(true, true);
        let over = Over::with(signal);
        let mut bytes = [0; 8];
        assert_eq!(recv_over(a, &mut bytes, &over), IO_PENDING);
        assert_eq!(over.state(), (PENDING, 0xBEEF), "InternalHigh is left alone");
        assert!(!is_set(signal));
        assert_eq!(outcome(a, &over, false), (Err(996), COUNT, 0xABCD));
        assert_eq!(send(b, b"xy", 0), Ok(2));
        wait_for(signal);
        assert_eq!(over.state(), (0, 2));
        assert_eq!(outcome(a, &over, true), (Ok(()), 2, 0));
        close_handle(signal);
        shut_all([a, b]);
    }
}

/// OV4: what fails at once is told to the caller, and to nobody else.
#[test]
fn ov4_failed_at_once() {
    let (a, mut peer) = ours().leave();
    let port = Port::of(&[a]);
    let fresh = socket(AF_INET, STREAM);
    port.add(fresh, fresh);
    let signal = event(true, true);
    let over = Over::with(signal);
    let mut bytes = [0; 8];
    assert_eq!(send_over(fresh, b"x", &over), (Err(E::WSAENOTCONN), COUNT));
    assert_eq!(recv_over(fresh, &mut bytes, &over), (Err(E::WSAENOTCONN), COUNT));
    peer.reset();
    wait_until("the reset is here", || recv_over(a, &mut bytes, &over) == (Err(E::WSAECONNRESET), COUNT));
    assert_eq!(recv_over(a, &mut bytes, &over), (Err(E::WSAECONNRESET), COUNT));
    assert_eq!(send_over(a, b"x", &over), (Err(E::WSAECONNRESET), COUNT));
    while let got @ Got { over: 1.., .. } = port.get(0) {
        assert_eq!(got, failure(64, 0, a, over.ptr().addr()), "of one that had to wait for the reset");
    }
    let udp = socket(AF_INET, DGRAM);
    assert_eq!(recv_over(udp, &mut bytes, &over), (Err(E::WSAEINVAL), COUNT), "R1");
    let (near, far) = both();
    assert_eq!(call(|| ws2_shutdown(near, SD_BOTH)), Ok(0));
    assert_eq!(send_over(near, b"x", &over), (Err(E::WSAESHUTDOWN), COUNT));
    assert_eq!(recv_over(near, &mut bytes, &over), (Err(E::WSAESHUTDOWN), COUNT));
    shut_all([near, far]);
    close_handle(signal);
    shut_all([a, fresh, udp]);
}

/// OV18: a datagram that is too long is told of at the operation's end; without an OVERLAPPED by the call.
#[test]
fn ov18_too_long() {
    stay_started();
    let (to, from) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
    connect(from, &bound(to, AF_INET)).unwrap();
    let port = Port::of(&[from]);
    let long = vec![1; 65_536];
    assert_eq!(send(from, &long, 0), Err(E::WSAEMSGSIZE));
    assert!(port.is_empty());
    let over = Over::new();
    assert_eq!(send_over(from, &long, &over), IO_PENDING);
    assert_eq!(port.get(1000), failure(1784, 0, from, over.ptr().addr()), "ERROR_INVALID_USER_BUFFER");
    assert_eq!(outcome(from, &over, false).0, Err(10040));
    assert_eq!(send_over(from, b"short", &Over::new()), (Ok(0), 5), "the next one goes");
    shut_all([to, from]);
}

/// OV5: a cut datagram is WSAEMSGSIZE and a packet, but for mode 1.
#[test]
fn ov5_cut() {
    stay_started();
    for mode in [0, 1] {
        let (to, from) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
        let name = bound(to, AF_INET);
        connect(from, &name).unwrap();
        let port = Port::of(&[to]);
        assert_eq!(ws2_SetFileCompletionNotificationModes(handle(to), mode), 1);
        assert_eq!(send(from, b"0123456789", 0), Ok(10));
        wait_until("it has come", || readable(to));
        let over = Over::new();
        let mut bytes = [0; 4];
        assert_eq!(recv_over(to, &mut bytes, &over), (Err(E::WSAEMSGSIZE), 4));
        assert_eq!((over.state(), &bytes), ((0x8000_0005, 4), b"0123"));
        assert_eq!(outcome(to, &over, false), (Err(10040), 4, 0xABCD), "OR3, OR4");
        assert_eq!(windows_outcome(to, &over, false), (Err(234), 4));
        if mode == 0 {
            assert_eq!(port.get(0), failure(234, 4, to, over.ptr().addr()));
        }
        assert!(port.is_empty());
        shut_all([to, from]);
    }
}

/// OV7: the place for the count may be NULL; that for the flags may not; neither may be wild.
#[test]
fn ov7_places() {
    let (near, far) = both();
    let over = Over::new();
    let mut bytes = [0; 8];
    let (mut send, mut recv) = ([buf(b"abc")], [room(&mut bytes)]);
    let (send, recv) = (send.as_mut_ptr(), recv.as_mut_ptr());
    let mut flags = 0;
    let wild = without_provenance_mut(0x10_0000_0000_0000);
    unsafe {
        assert_eq!(call(|| WSASend(near, send, 1, null_mut(), 0, over.ptr(), None)), Ok(0));
        assert_eq!(call(|| WSASend(near, send, 1, wild, 0, over.ptr(), None)), Err(E::WSAEFAULT));
        assert_eq!(call(|| WSASend(near, send, 1, null_mut(), 0, null_mut(), None)), Err(E::WSAEFAULT));
        wait_until("it has come", || readable(far));
        assert_eq!(
            call(|| WSARecv(far, recv, 1, null_mut(), null_mut(), over.ptr(), None)),
            Err(E::WSAEFAULT)
        );
        assert_eq!(call(|| WSARecv(far, recv, 1, null_mut(), wild, over.ptr(), None)), Err(E::WSAEFAULT));
        assert_eq!(call(|| WSARecv(far, recv, 1, wild, &raw mut flags, over.ptr(), None)), Err(E::WSAEFAULT));
        assert_eq!(call(|| WSARecv(far, recv, 1, null_mut(), &raw mut flags, over.ptr(), None)), Ok(0));
    }
    assert_eq!(over.state(), (0, 3));
    shut_all([near, far]);
}

/// OV8: no buffer, or no list.
#[test]
fn ov8_no_buffers() {
    let (near, far) = both();
    let over = Over::new();
    for over in [over.ptr(), null_mut()] {
        assert_eq!(send_with(near, &mut [], 0, over, None), (Err(E::WSAEINVAL), COUNT));
        assert_eq!(recv_with(far, &mut [], 0, over, None), (Err(E::WSAEINVAL), COUNT));
        let mut flags = 0;
        let null = call(|| unsafe { WSARecv(far, null_mut(), 1, &mut 0, &raw mut flags, over, None) });
        assert_eq!(null, Err(E::WSAEINVAL), "no list");
    }
    assert_eq!(over.state(), (0xDEAD, 0xBEEF), "nothing was begun");
    shut_all([near, far]);
}

/// An OVERLAPPED, or an event in it, that makes no sense is refused when the operation is to begin.
#[test]
fn bad_overlapped() {
    let (near, far) = both();
    let mut bytes = [0; 8];
    for wild in [8_usize, 4095, usize::MAX - 7, 0x10_0000_0000_0000, never as *const () as usize] {
        let wild = without_provenance_mut(wild);
        assert_eq!(send_with(near, &mut [buf(b"x")], 0, wild, None).0, Err(E::WSAEFAULT), "{wild:p}");
        assert_eq!(recv_with(far, &mut [room(&mut bytes)], 0, wild, None).0, Err(E::WSAEFAULT), "{wild:p}");
    }
    let closed = event(true, true);
    close_handle(closed);
    let port = Port::new(0);
    for bad in [closed, handle(0x4FFF_FFF0), handle(far), port.0, handle(INVALID_HANDLE)] {
        let over = Over::with(bad);
        assert_eq!(recv_over(far, &mut bytes, &over), (Err(E::WSA_INVALID_HANDLE), COUNT), "{bad:p}");
        assert_eq!(over.state(), (0xDEAD, 0xBEEF));
    }
    for (s, code) in [(INVALID_SOCKET, E::WSAENOTSOCK), (0x4000_0000, E::WSAENOTSOCK)] {
        assert_eq!(recv_over(s, &mut bytes, &Over::new()).0, Err(code));
        assert_eq!(send_over(s, b"x", &Over::new()).0, Err(code));
    }
    assert!(!readable(far), "nothing was sent");
    shut_all([near, far]);
}

/// OV11: on a socket without WSA_FLAG_OVERLAPPED the call ends with the operation, whatever the socket's mode.
#[test]
fn ov11_not_overlapped() {
    stay_started();
    for nonblocking in [false, true] {
        let (listening, name) = listener();
        let near = unsafe { WSASocketA(AF_INET, STREAM, 0, null_mut(), 0, 0) };
        connect(near, &name).unwrap();
        let far = accept(listening).unwrap();
        set_nonblocking(near, nonblocking);
        let (sender, receiver) = std::sync::mpsc::channel();
        let worker = Blocked::started(move || {
            let (over, mut bytes) = (Over::new(), [0; 8]);
            let got = recv_over(near, &mut bytes, &over);
            sender.send((got, over.state(), bytes[0])).unwrap();
        });
        worker.wait_until_it_waits();
        assert_eq!(send(far, b"Q", 0), Ok(1));
        assert_eq!(receiver.recv().unwrap(), ((Ok(0), 1), (0, 1), b'Q'));
        worker.outcome();
        if nonblocking {
            let mut bytes = [0; 8];
            let got = recv_with(near, &mut [room(&mut bytes)], 0, null_mut(), None);
            assert_eq!(got, (Err(E::WSAEWOULDBLOCK), COUNT));
        }
        shut_all([near, far, listening]);
    }
}

unsafe extern "C" fn receives(socket: *mut std::ffi::c_void) -> DWORD {
    let (over, mut bytes) = (Over::new(), [0; 8]);
    let _ = recv_over(socket.addr(), &mut bytes, &over);
    7
}

/// OV11: the operation of a thread that is ended in such a call ends before the thread's stack, and nothing of it keeps the
/// socket from being closed.
#[test]
fn ov11_a_thread_that_is_ended() {
    alone(here!("ov11_a_thread_that_is_ended"), || {
        stay_started();
        let (listening, name) = listener();
        let near = unsafe { WSASocketA(AF_INET, STREAM, 0, null_mut(), 0, 0) };
        connect(near, &name).unwrap();
        let far = accept(listening).unwrap();
        for _ in 0..20 {
            let mut number = 0;
            let thread =
                unsafe { ws2_CreateThread(null_mut(), 0, Some(receives), handle(near), 0, &raw mut number) };
            assert!(!thread.is_null());
            crate::support::waiting::sleeps(number.cast_signed());
            assert_eq!(ws2_TerminateThread(thread, 5), 1);
            wait_for(thread);
            close_handle(thread);
        }
        // Nothing of theirs takes what comes.
        assert_eq!(send(far, b"Q", 0), Ok(1));
        wait_until("it comes", || take(near).is_ok_and(|bytes| bytes == b"Q"));
        shut_all([near, far, listening]);
    });
}

/// OV12: SO_RCVTIMEO is for blocking calls.
#[test]
fn ov12_no_time_out() {
    let (near, far) = both();
    let one = 1_u32;
    let set = call(|| unsafe { ws2_setsockopt(near, 0xFFFF, 0x1006, (&raw const one).cast(), 4) });
    assert_eq!(set, Ok(0));
    let mut bytes = [0; 8];
    assert_eq!(recv_with(near, &mut [room(&mut bytes)], 0, null_mut(), None).0, Err(E::WSAETIMEDOUT));
    let over = Over::new();
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    std::thread::sleep(std::time::Duration::from_millis(A_MOMENT.into()));
    assert!(over.is_pending());
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(over.ends(), (0, 3));
    shut_all([near, far]);
}

/// OV13: MSG_PEEK works.
#[test]
fn ov13_peek() {
    let (near, far) = both();
    let (first, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_with(near, &mut [room(&mut bytes)], 2, first.ptr(), None), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(first.ends(), (0, 3));
    let second = Over::new();
    // Still there: at once, or in a moment where the first one is not yet out of the queue.
    match recv_over(near, &mut bytes, &second) {
        IO_PENDING => {}
        at_once => assert_eq!(at_once, (Ok(0), 3)),
    }
    assert_eq!(second.ends(), (0, 3));
    shut_all([near, far]);
}

/// OV15: no routine beside a port.
#[test]
fn ov15_routine_and_port() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let (over, mut bytes) = (Over::new(), [0; 8]);
    let got = recv_with(near, &mut [room(&mut bytes)], 0, over.ptr(), Some(never));
    assert_eq!(got, (Err(E::WSAEINVAL), COUNT));
    assert_eq!(send_with(near, &mut [buf(b"x")], 0, over.ptr(), Some(never)), (Err(E::WSAEINVAL), COUNT));
    assert_eq!(over.state(), (0xDEAD, 0xBEEF));
    assert!(!readable(far) && port.is_empty());
    shut_all([near, far]);
}

/// OV17: two operations on one OVERLAPPED, which no program should begin: both go on, and nothing is lost or leaks.
#[test]
fn ov17_one_overlapped_twice() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let (over, mut one, mut two) = (Over::new(), [0; 2], [0; 2]);
    assert_eq!(recv_over(near, &mut one, &over), IO_PENDING);
    assert_eq!(recv_over(near, &mut two, &over), IO_PENDING);
    assert_eq!(send(far, b"abcd", 0), Ok(4));
    let expected = success(2, near, over.ptr().addr());
    assert_eq!((port.next(), port.next()), (expected, expected));
    assert_eq!((&one, &two), (b"ab", b"cd"));
    assert_eq!(recv_over(near, &mut one, &over), IO_PENDING);
    assert_eq!(recv_over(near, &mut two, &over), IO_PENDING);
    assert_eq!(ws2_CancelIoEx(handle(near), over.ptr()), 1);
    let expected = failure(995, 0, near, over.ptr().addr());
    assert_eq!((port.next(), port.next()), (expected, expected));
    assert!(port.is_empty());
    shut_all([near, far]);
}
