//! Signal handlers that close the socket on which their own thread waits, as a server's handler of Ctrl-C does.

use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{Blocked, alone, here};
use crate::support::sets::{self, Set};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::{WSACleanup, closesocket};

static TO_CLOSE: AtomicUsize = AtomicUsize::new(INVALID_SOCKET);
static GAVE: AtomicI32 = AtomicI32::new(99);

extern "C" fn closes(_: i32) {
    GAVE.store(closesocket(TO_CLOSE.swap(INVALID_SOCKET, Ordering::AcqRel)), Ordering::Release);
}

extern "C" fn cleans_up(_: i32) {
    GAVE.store(WSACleanup(), Ordering::Release);
}

fn handle(handler: extern "C" fn(i32)) {
    // SAFETY: all zeros are a value; a handler of this test.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as *const () as usize;
        must(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()));
    }
}

fn for_one(handler: extern "C" fn(i32), s: SOCKET, wait: impl FnOnce() -> Result<i32, i32> + Send + 'static) {
    handle(handler);
    TO_CLOSE.store(s, Ordering::Release);
    GAVE.store(99, Ordering::Release);
    let blocked = Blocked::on(wait);
    // SAFETY: the thread waits, and is joined below.
    assert_eq!(unsafe { libc::pthread_kill(blocked.pthread() as _, libc::SIGUSR1) }, 0);
    assert_eq!(blocked.outcome(), Err(E::WSAEINTR.number()));
    assert_eq!(GAVE.load(Ordering::Acquire), 0);
}

type Kind = (&'static str, fn() -> (SOCKET, Option<Peer>), fn(SOCKET) -> Result<i32, i32>);

const KINDS: [Kind; 2] = [
    ("accept", || (listener().0, None), |s| accept(s).map(|_| 0).map_err(|code| code.number())),
    (
        "recv",
        || {
            let (s, peer) = ours().leave();
            (s, Some(peer))
        },
        |s| recv(s, &mut [0; 4], 0).map_err(|code| code.number()),
    ),
];

#[test]
fn closesocket_in_a_handler() {
    alone(here!("closesocket_in_a_handler"), || {
        start();
        for (_, make, wait) in KINDS {
            let (s, _peer) = make();
            for_one(closes, s, move || wait(s));
            assert_eq!(close(s), Err(E::WSAENOTSOCK));
        }
    });
}

/// C3: `select` calls a socket that was closed meanwhile readable.
#[test]
fn closesocket_in_a_handler_of_select() {
    alone(here!("closesocket_in_a_handler_of_select"), || {
        start();
        let (s, _peer) = ours().leave();
        handle(closes);
        TO_CLOSE.store(s, Ordering::Release);
        let blocked = Blocked::on(move || sets::select(Some(&mut Set::of(&[s])), None, None, -1));
        // SAFETY: the thread waits, and is joined below.
        assert_eq!(unsafe { libc::pthread_kill(blocked.pthread() as _, libc::SIGUSR1) }, 0);
        assert_eq!(blocked.outcome(), Ok(1));
        assert_eq!(GAVE.load(Ordering::Acquire), 0);
    });
}

#[test]
fn cleanup_in_a_handler() {
    alone(here!("cleanup_in_a_handler"), || {
        for (_, make, wait) in KINDS {
            start();
            let (s, _peer) = make();
            for_one(cleans_up, s, move || wait(s));
        }
        start();
        let (s, _peer) = ours().leave();
        for_one(cleans_up, s, move || sets::select(Some(&mut Set::of(&[s])), None, None, -1));
    });
}

static HANDLED: AtomicUsize = AtomicUsize::new(0);

extern "C" fn closes_if_there(_: i32) {
    // SAFETY: the thread's own errno.
    unsafe { *libc::__errno_location() = 77 };
    let s = TO_CLOSE.swap(INVALID_SOCKET, Ordering::AcqRel);
    if s != INVALID_SOCKET {
        closesocket(s);
        HANDLED.fetch_add(1, Ordering::Relaxed);
    }
    // SAFETY: likewise.
    assert_eq!(unsafe { *libc::__errno_location() }, 77);
}

/// Signals at every moment, those when the thread holds a lock of the library included: none is lost, none dead-locks.
#[test]
fn signals_at_every_moment() {
    alone(here!("signals_at_every_moment"), || {
        start();
        handle(closes_if_there);
        let seconds = std::env::var("WS2_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
        crate::support::process::watch_for(std::time::Duration::from_secs(seconds + 120));
        let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
        let busy = Blocked::started(move || {
            while std::time::Instant::now() < end {
                let prepared = ws2_32::ffi::ws2_socket(AF_INET, DGRAM, 0);
                let s = ws2_32::ffi::ws2_socket(AF_INET, DGRAM, 0);
                TO_CLOSE.store(prepared, Ordering::Release);
                let mut read = Set::of(&[s]);
                let time = ws2_32::ffi::types::select::ws2_timeval { tv_sec: 0, tv_usec: 0 };
                // SAFETY: memory of this test.
                unsafe {
                    let none = std::ptr::null_mut();
                    ws2_32::ffi::ws2_connect(s, loopback(9).ptr(), 16);
                    ws2_32::ffi::ws2_select(0, read.at(), none, none, &raw const time);
                }
                assert_eq!(closesocket(s), 0);
                let left = TO_CLOSE.swap(INVALID_SOCKET, Ordering::AcqRel);
                if left != INVALID_SOCKET {
                    assert_eq!(closesocket(left), 0);
                }
            }
        });
        while !busy.has_returned() {
            // SAFETY: the thread is joined below.
            unsafe { libc::pthread_kill(busy.pthread() as _, libc::SIGUSR1) };
            std::thread::sleep(std::time::Duration::from_micros(20));
        }
        busy.outcome();
        assert!(HANDLED.load(Ordering::Relaxed) > 0);
        assert_eq!(WSACleanup(), 0);
        let open = crate::support::process::descriptors();
        assert!(!open.iter().any(|line| line.contains("socket:")), "{open:?}");
    });
}
