//! How operations end: rows OE1 to OE19, OR1 to OR8, CP5, CP17 to CP19, CP22.

use std::cell::RefCell;
use std::ptr::{null_mut, without_provenance_mut};
use std::thread;

use crate::support::process::Blocked;
use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

thread_local! {
    static CALLS: RefCell<Vec<(u32, u32, usize, u32)>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" fn routine(error: DWORD, bytes: DWORD, over: *mut OVERLAPPED, flags: DWORD) {
    CALLS.with_borrow_mut(|calls| calls.push((error, bytes, over.addr(), flags)));
}

fn called() -> Vec<(u32, u32, usize, u32)> {
    CALLS.with_borrow_mut(std::mem::take)
}

/// OE4: without an event the socket itself is the signal.
#[test]
fn oe4_the_socket_is_the_signal() {
    let (near, far) = both();
    let (over, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert!(!is_set(handle(near)));
    let waiter = Blocked::on(move || ws2_WaitForSingleObject(handle(near), LONG));
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(waiter.outcome(), 0);
    assert!(is_set(handle(near)), "until the next one begins");
    assert_eq!(outcome(near, &over, true), (Ok(()), 3, 0));
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert!(!is_set(handle(near)));
    let both = [handle(near), event(true, true)];
    assert_eq!(unsafe { ws2_WaitForMultipleObjects(2, both.as_ptr(), 0, 0) }, 1);
    assert_eq!(with_error(|| ws2_SetEvent(handle(near))), (0, 6), "no event");
    close_handle(both[1]);
    shut_all([near, far]);
}

/// OE5, OE7, AL1: a routine runs on its thread, in an alertable wait; `hEvent` is the program's.
#[test]
fn oe7_routines() {
    let (near, far) = both();
    let over = Over::with(without_provenance_mut(0x1234_5677));
    let mut bytes = [0; 8];
    assert_eq!(recv_with(near, &mut [room(&mut bytes)], 0, over.ptr(), Some(routine)), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(over.ends(), (0, 3));
    thread::spawn(|| assert_eq!(ws2_SleepEx(0, 1), 0)).join().unwrap();
    assert_eq!(ws2_SleepEx(0, 0), 0);
    assert_eq!(called(), []);
    until_called();
    assert_eq!(called(), [(0, 3, over.ptr().addr(), 0)]);
    // At once: queued all the same (OV2).
    let sent = Over::with(without_provenance_mut(1));
    assert_eq!(send_with(near, &mut [buf(b"xy")], 0, sent.ptr(), Some(routine)), (Ok(0), 2));
    assert_eq!(ws2_SleepEx(INFINITE, 1), 0xC0);
    assert_eq!(called(), [(0, 2, sent.ptr().addr(), 0)]);
    // A failure has Winsock's code.
    assert_eq!(recv_with(near, &mut [room(&mut bytes)], 0, over.ptr(), Some(routine)), IO_PENDING);
    assert_eq!(ws2_CancelIo(handle(near)), 1);
    assert_eq!(ws2_SleepEx(INFINITE, 1), 0xC0);
    assert_eq!(called(), [(995, 0, over.ptr().addr(), 0)]);
    shut_all([near, far]);
}

fn until_called() {
    assert_eq!(ws2_SleepEx(INFINITE, 1), 0xC0);
}

/// OE6: with the lowest bit of `hEvent` set no packet is made; the event is set.
#[test]
fn oe6_no_packet() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let signal = event(true, false);
    let over = Over::with(without_provenance_mut(signal.addr() | 1));
    let mut bytes = [0; 8];
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    wait_for(signal);
    assert_eq!(outcome(near, &over, true), (Ok(()), 3, 0), "OR6: without the low bit");
    assert!(port.is_empty());
    assert_eq!(send_over(near, b"abc", &over), (Ok(0), 3));
    assert!(port.is_empty());
    close_handle(signal);
    shut_all([near, far]);
}

/// OE8: reset while a receive waits: 64 and 10054; later calls fail at once.
#[test]
fn oe8_reset() {
    let (near, mut peer) = ours().leave();
    let port = Port::of(&[near]);
    let (over, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    peer.reset();
    assert_eq!(port.next(), failure(64, 0, near, over.ptr().addr()));
    assert_eq!(over.state(), (0xC000_020D, 0));
    assert_eq!(outcome(near, &over, false), (Err(10054), 0, 0xABCD), "OR3, OR4");
    assert_eq!(windows_outcome(near, &over, false), (Err(64), 0), "OR8");
    assert_eq!(recv_over(near, &mut bytes, &over), (Err(E::WSAECONNRESET), COUNT));
    assert!(port.is_empty());
    close(near).unwrap();
}

/// OE9, OE10, CP19: closing the socket ends its operations, each with one packet; without operations nothing comes.
#[test]
fn oe9_closing() {
    for by_handle in [false, true] {
        let (near, far) = both();
        let port = Port::of(&[near, far]);
        let overs: Vec<_> = (0..3).map(|_| Over::new()).collect();
        let mut rooms = [[0_u8; 4]; 3];
        for (over, room) in overs.iter().zip(&mut rooms) {
            assert_eq!(recv_over(near, room, over), IO_PENDING);
        }
        if by_handle {
            close_handle(handle(near));
        } else {
            close(near).unwrap();
        }
        for over in &overs {
            assert_eq!(port.get(0), failure(1236, 0, near, over.ptr().addr()));
            assert_eq!(over.state(), (0xC000_0241, 0));
        }
        close(far).unwrap();
        assert!(port.is_empty(), "CP19");
    }
}

/// OE13, OE14, OE15: cancelling those of a thread, one, all.
#[test]
fn oe14_cancelling() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let mine = [Over::new(), Over::new(), Over::new()];
    let theirs = Over::new();
    let mut rooms = [[0_u8; 4]; 4];
    let [a, b, c, d] = &mut rooms;
    let cancel = |over: *mut OVERLAPPED| with_error(|| ws2_CancelIoEx(handle(near), over));
    assert_eq!(cancel(null_mut()), (0, 1168), "nothing there");
    assert_eq!(with_error(|| ws2_CancelIo(handle(near))), (1, UNTOUCHED), "OE13: none is fine");
    assert_eq!(recv_over(near, a, &mine[0]), IO_PENDING);
    assert_eq!(recv_over(near, b, &mine[1]), IO_PENDING);
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(recv_over(near, d, &theirs), IO_PENDING)).join().unwrap();
    });
    assert_eq!(recv_over(near, c, &mine[2]), IO_PENDING);
    assert_eq!(cancel(mine[1].ptr()), (1, UNTOUCHED));
    assert_eq!(port.get(0), failure(995, 0, near, mine[1].ptr().addr()));
    assert_eq!(mine[1].state(), (CANCELLED, 0));
    assert_eq!(cancel(mine[1].ptr()), (0, 1168), "once");
    assert_eq!(send(far, b"01", 0), Ok(2));
    assert_eq!(port.next(), success(2, near, mine[0].ptr().addr()), "the others keep their order");
    assert_eq!(with_error(|| ws2_CancelIo(handle(near))), (1, UNTOUCHED));
    assert_eq!(port.get(0), failure(995, 0, near, mine[2].ptr().addr()));
    assert!(theirs.is_pending() && port.is_empty(), "OE13: of the calling thread");
    assert_eq!(cancel(null_mut()), (1, UNTOUCHED));
    assert_eq!(port.get(0), failure(995, 0, near, theirs.ptr().addr()));
    for bad in [0, 0x4FFF_FFF0, INVALID_HANDLE, port.0.addr()] {
        assert_eq!(with_error(|| ws2_CancelIo(handle(bad))), (0, 6), "{bad:#x}");
        assert_eq!(with_error(|| ws2_CancelIoEx(handle(bad), null_mut())), (0, 6), "{bad:#x}");
    }
    shut_all([near, far]);
}

/// OE16: a thread's end cancels its operations, but for those of a port that have neither an event nor a routine.
#[test]
fn oe16_thread_exit() {
    let (near, far) = both();
    let (bound, other) = both();
    let port = Port::of(&[bound]);
    let signal = event(true, false);
    let (plain, with_event, on_port, on_port_with_event) =
        (Over::new(), Over::with(signal), Over::new(), Over::with(signal));
    let mut rooms = [[0_u8; 4]; 4];
    let [a, b, c, d] = &mut rooms;
    thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(recv_over(near, a, &plain), IO_PENDING);
            assert_eq!(recv_over(near, b, &with_event), IO_PENDING);
            assert_eq!(recv_over(bound, c, &on_port), IO_PENDING);
            assert_eq!(recv_over(bound, d, &on_port_with_event), IO_PENDING);
        });
    });
    assert_eq!(plain.ends(), (CANCELLED, 0));
    assert_eq!(with_event.ends(), (CANCELLED, 0));
    assert_eq!(port.next(), failure(995, 0, bound, on_port_with_event.ptr().addr()));
    assert!(on_port.is_pending());
    assert_eq!(send(other, b"xy", 0), Ok(2));
    assert_eq!(port.next(), success(2, bound, on_port.ptr().addr()));
    close_handle(signal);
    shut_all([near, far, bound, other]);
}

/// OE17: a receive that waits outlasts this program's shutdown(SD_RECEIVE).
#[test]
fn oe17_shutdown() {
    let (near, far) = both();
    let (over, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(call(|| ws2_shutdown(near, SD_RECEIVE)), Ok(0));
    assert!(over.is_pending());
    let second = Over::new();
    assert_eq!(recv_over(near, &mut [0; 4], &second), (Err(E::WSAESHUTDOWN), COUNT));
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(over.ends(), (0, 3));
    shut_all([near, far]);
}

/// OE18: port unreachable on a connected datagram socket.
#[test]
fn oe18_port_unreachable() {
    stay_started();
    let (gone, near) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
    let name = bound(gone, AF_INET);
    connect(near, &name).unwrap();
    close(gone).unwrap();
    let port = Port::of(&[near]);
    let (over, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(near, b"x", 0), Ok(1));
    assert_eq!(port.next(), failure(1234, 0, near, over.ptr().addr()));
    assert_eq!(outcome(near, &over, false), (Err(10054), 0, 0xABCD));
    close(near).unwrap();
}

/// OR1 to OR8: what is asked of an OVERLAPPED, whoever has filled it.
#[test]
fn or1_results() {
    let (near, far) = both();
    let over = Over::new();
    for (status, winsock, windows) in [
        (0, 0, 0),
        (0x103, 996, 996),
        (0x8000_0005, 10040, 234),
        (0xC000_0120, 995, 995),
        (0xC000_0241, 10053, 1236),
        (0xC000_020D, 10054, 64),
        (0xC000_0236, 10061, 1225),
        (0xC000_00B5, 10060, 121),
        (0xC000_0023, 10014, 122),
        (0xC0FF_FFFF, 10022, 317),
        (0x4000_0000, 0, 0),
    ] {
        unsafe { ((*over.ptr()).Internal, (*over.ptr()).InternalHigh) = (status, 9) };
        let pending = status == 0x103;
        let (result, count, flags) = outcome(near, &over, false);
        assert_eq!(result.err().unwrap_or(0), winsock, "OR1 {status:#x}");
        assert_eq!(count, if pending { COUNT } else { 9 }, "OR3 {status:#x}");
        assert_eq!(flags, if winsock == 0 { 0 } else { 0xABCD }, "OR4 {status:#x}");
        let (result, count) = windows_outcome(near, &over, false);
        assert_eq!(result.err().unwrap_or(0), windows, "OR8 {status:#x}");
        assert_eq!(count, if pending { COUNT } else { 9 }, "OR8 {status:#x}");
    }
    unsafe { (*over.ptr()).Internal = 0 };
    let ask = |s: SOCKET, over: *mut OVERLAPPED, count: *mut u32, flags: *mut u32| {
        with_error(|| unsafe { WSAGetOverlappedResult(s, over, count, 0, flags) })
    };
    let wild = without_provenance_mut::<u8>(8);
    assert_eq!(ask(near, over.ptr(), &mut 0, null_mut()), (1, 0), "OR4: no place for the flags");
    for (what, got, code) in [
        ("OR2", ask(INVALID_SOCKET, over.ptr(), &mut 0, null_mut()), 10038),
        ("OR2", ask(1 << 20, null_mut(), &mut 0, null_mut()), 10038),
        ("OR5", ask(near, null_mut(), &mut 0, null_mut()), 10014),
        ("wild", ask(near, wild.cast(), &mut 0, null_mut()), 10014),
        ("no count", ask(near, over.ptr(), null_mut(), null_mut()), 10014),
        ("wild flags", ask(near, over.ptr(), &mut 0, wild.cast()), 10014),
    ] {
        assert_eq!(got, (0, code), "{what}");
    }
    shut_all([near, far]);
}

/// OR8: GetOverlappedResultEx has a time, and may be interrupted.
#[test]
fn or8_with_a_time() {
    let (near, far) = both();
    let (over, mut bytes) = (Over::new(), [0; 8]);
    let ask = |milliseconds, alertable: bool| {
        let mut count = COUNT;
        with_error(|| unsafe {
            ws2_GetOverlappedResultEx(
                handle(near),
                over.ptr(),
                &raw mut count,
                milliseconds,
                alertable.into(),
            )
        })
    };
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(ask(0, false), (0, 996));
    assert_eq!(ask(1, false), (0, 258));
    let sent = Over::new();
    assert_eq!(send_with(near, &mut [buf(b"x")], 0, sent.ptr(), Some(routine)).0, Ok(0));
    assert_eq!(ask(INFINITE, true), (0, 192));
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(ask(INFINITE, true), (1, UNTOUCHED));
    shut_all([near, far]);
}

/// CP5, OV16: the association counts when the operation ends; a routine stays a routine.
#[test]
fn cp5_associated_later() {
    let (near, far) = both();
    let (first, second) = (Over::new(), Over::new());
    let (mut a, mut b) = ([0; 4], [0; 4]);
    assert_eq!(recv_with(near, &mut [room(&mut a)], 0, first.ptr(), Some(routine)), IO_PENDING);
    assert_eq!(recv_over(near, &mut b, &second), IO_PENDING);
    let port = Port::of(&[near]);
    assert_eq!(send(far, b"01234567", 0), Ok(8));
    assert_eq!(port.next(), success(4, near, second.ptr().addr()));
    assert!(port.is_empty());
    until_called();
    assert_eq!(called(), [(0, 4, first.ptr().addr(), 0)], "OV16");
    shut_all([near, far]);
}

/// CP22, CP23: with mode 1 what succeeds at once makes no packet, what had to wait does; mode 2 leaves the socket's signal
/// alone.
#[test]
fn cp22_modes() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let set = |modes| with_error(|| ws2_SetFileCompletionNotificationModes(handle(near), modes));
    assert_eq!(set(4), (0, 87));
    assert_eq!(set(1), (1, UNTOUCHED));
    assert_eq!(set(0), (1, UNTOUCHED), "CP23: nothing is taken back");
    let (over, mut bytes) = (Over::with(event(true, false)), [0; 8]);
    let signal = unsafe { (*over.ptr()).hEvent };
    assert_eq!(send_over(near, b"abc", &over), (Ok(0), 3));
    assert!(is_set(signal) && port.is_empty());
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(port.next(), success(3, near, over.ptr().addr()));
    let bare = Over::new();
    assert_eq!(send_over(near, b"abc", &bare), (Ok(0), 3));
    assert!(is_set(handle(near)));
    assert_eq!(set(2), (1, UNTOUCHED));
    assert_eq!(recv_over(near, &mut bytes, &bare), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(port.next(), success(3, near, bare.ptr().addr()));
    assert!(!is_set(handle(near)));
    close_handle(signal);
    shut_all([near, far]);
}
