//! Little memory, and little kernel: what cannot be had is refused and never stops the program.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use crate::support::calls::*;
use crate::support::process::{Blocked, alone, here};
use crate::support::sets::{self, Set};
use crate::support::supervised::let_fail;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::WSACleanup;
use ws2_32::ffi::types::message::WSABUF;

/// The system's allocator, until a thread says that it fails.
struct Failing;

thread_local! {
    static FAILS: Cell<bool> = const { Cell::new(false) };
}

fn fails() -> bool {
    FAILS.try_with(Cell::get).unwrap_or(false)
}

// SAFETY: the system's allocator, or none of its memory.
unsafe impl GlobalAlloc for Failing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        if fails() { std::ptr::null_mut() } else { unsafe { System.alloc(layout) } }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Failing = Failing;

/// Runs one call in this thread without a byte of memory to be had.
fn without_memory<T>(job: impl FnOnce() -> T) -> T {
    FAILS.set(true);
    let result = job();
    FAILS.set(false);
    result
}

fn enough_or_refused<T: std::fmt::Debug + Copy>(what: &str, outcome: Result<T, E>) {
    assert!(outcome.is_ok() || matches!(outcome, Err(E::WSAENOBUFS)), "{what}: {outcome:?}");
}

#[test]
fn no_memory_is_no_crash() {
    alone(here!("no_memory_is_no_crash"), || {
        start();
        for _ in 0..100 {
            let made = without_memory(|| call_for_socket(|| ws2_32::ffi::ws2_socket(AF_INET, STREAM, 0)));
            enough_or_refused("socket", made);
            if let Ok(s) = made {
                close(s).unwrap();
            }
        }
        let (near, far) = tcp_pair();
        set_number(near, 0xffff, 0x1006, 20);
        let waited = without_memory(|| recv(near, &mut [0; 4], 0));
        assert!([Err(E::WSAENOBUFS), Err(E::WSAETIMEDOUT)].contains(&waited), "recv: {waited:?}");
        let mut read = Set::of(&[near]);
        let answer = without_memory(|| sets::select(Some(&mut read), None, None, 10));
        assert!([Ok(0), Err(E::WSAENOBUFS.number())].contains(&answer), "select: {answer:?}");
        let mut bytes = [b'x'; 20];
        let mut pieces = bytes.each_mut().map(|byte| WSABUF { len: 1, buf: std::ptr::from_mut(byte).cast() });
        let (at, mut sent) = (pieces.as_mut_ptr(), 0);
        // SAFETY: locals.
        let outcome = without_memory(|| {
            // SAFETY: locals.
            call(|| unsafe {
                ws2_32::ffi::WSASend(near, at, 20, &raw mut sent, 0, std::ptr::null_mut(), None)
            })
        });
        enough_or_refused("WSASend", outcome);
        enough_or_refused("closesocket", without_memory(|| close(near)));
        enough_or_refused("closesocket", without_memory(|| close(far)));
    });
}

/// Linux before 4.12, and some sandboxes, have no SO_COOKIE.
#[test]
fn without_so_cookie() {
    alone(here!("without_so_cookie"), || {
        let cookie = u32::try_from(libc::SO_COOKIE).unwrap();
        let_fail(libc::SYS_getsockopt, Some((2, cookie)), libc::ENOPROTOOPT);
        start();
        let (near, far) = tcp_pair();
        assert_eq!(send(near, b"data", 0), Ok(4));
        assert_eq!(take(far), Ok(b"data".to_vec()));
        let receiver = Blocked::on(move || recv(near, &mut [0; 4], 0));
        assert_eq!(close(near), Ok(0));
        assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        assert_eq!(shutdown(far, SD_SEND), Ok(0));
        assert_eq!(send(far, b"x", 0), Err(E::WSAESHUTDOWN));
        let (l, _) = listener();
        let accepter = Blocked::on(move || accept(l).map(|_| 0));
        assert_eq!(close(l), Ok(0));
        assert_eq!(accepter.outcome(), Err(E::WSAEINTR));
        assert_eq!(WSACleanup(), 0);
    });
}

/// C7: a receive that is between its first attempt and its registration when the last WSACleanup comes does not wait;
/// a socket that is being made then is not left open.
#[test]
fn calls_under_way_during_cleanup() {
    use std::os::fd::IntoRawFd;
    alone(here!("calls_under_way_during_cleanup"), || {
        for _ in 0..300 {
            start();
            let (near, _far) = std::os::unix::net::UnixDatagram::pair().unwrap();
            let near: usize = near.into_raw_fd().try_into().unwrap();
            let receiver = Blocked::started(move || recv(near, &mut [0; 4], 0));
            let maker = Blocked::started(|| {
                for _ in 0..20 {
                    let _ = call_for_socket(|| ws2_32::ffi::ws2_socket(AF_INET, DGRAM, 0));
                }
            });
            assert_eq!(WSACleanup(), 0);
            let outcome = receiver.outcome();
            assert!([Err(E::WSAEINTR), Err(E::WSANOTINITIALISED)].contains(&outcome), "{outcome:?}");
            maker.outcome();
            // SAFETY: the test's own.
            unsafe { libc::close(fd(near)) };
        }
        wait_until("no socket of ours is open", || {
            let open = crate::support::process::descriptors();
            !open.iter().any(|line| line.contains("socket:"))
        });
    });
}
