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

fn ends(s: SOCKET, wait: impl FnOnce() -> Result<i32, i32> + Send + 'static) {
    for_one(closes, s, wait);
}

fn for_one(handler: extern "C" fn(i32), s: SOCKET, wait: impl FnOnce() -> Result<i32, i32> + Send + 'static) {
    handle(handler);
    TO_CLOSE.store(s, Ordering::Release);
    GAVE.store(99, Ordering::Release);
    let blocked = Blocked::on(wait);
    // SAFETY: the thread waits, and is joined below.
    assert_eq!(unsafe { libc::pthread_kill(blocked.pthread(), libc::SIGUSR1) }, 0);
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
            ends(s, move || wait(s));
            assert_eq!(close(s), Err(E::WSAENOTSOCK));
        }
    });
}

/// `select` calls a socket that was closed meanwhile no socket.
#[test]
fn closesocket_in_a_handler_of_select() {
    alone(here!("closesocket_in_a_handler_of_select"), || {
        start();
        let (s, _peer) = ours().leave();
        handle(closes);
        TO_CLOSE.store(s, Ordering::Release);
        let blocked = Blocked::on(move || sets::select(Some(&mut Set::of(&[s])), None, None, -1));
        // SAFETY: the thread waits, and is joined below.
        assert_eq!(unsafe { libc::pthread_kill(blocked.pthread(), libc::SIGUSR1) }, 0);
        let outcome = blocked.outcome();
        assert!([Err(E::WSAENOTSOCK.number()), Err(E::WSAEINTR.number())].contains(&outcome), "{outcome:?}");
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
