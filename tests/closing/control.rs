//! Console events in a child of `fork`.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::process::{alone, here};
use ws2_32::ffi::ws2_SetConsoleCtrlHandler;

static CALLS: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn takes(_: u32) -> i32 {
    CALLS.fetch_add(1, Ordering::AcqRel);
    1
}

/// Sends itself Ctrl+C and waits until the handler was asked.
fn is_asked() -> bool {
    let before = CALLS.load(Ordering::Acquire);
    // SAFETY: numbers only; a signal to this process.
    unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
    for _ in 0..20_000 {
        if CALLS.load(Ordering::Acquire) != before {
            return true;
        }
        // SAFETY: a number.
        unsafe { libc::usleep(1000) };
    }
    false
}

#[test]
fn a_child_of_fork_asks_its_own_handlers() {
    alone(here!("a_child_of_fork_asks_its_own_handlers"), || {
        // SAFETY: a function that stays.
        let add = || unsafe { ws2_SetConsoleCtrlHandler(Some(takes), 1) };
        assert_eq!(add(), 1);
        assert!(is_asked());
        // SAFETY: the child calls this library and ends.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let good = add() == 1 && is_asked() && is_asked();
            // SAFETY: ends the child.
            unsafe { libc::_exit(if good { 7 } else { 8 }) };
        }
        let mut status = -1;
        // SAFETY: a local; the child is this test's.
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert!(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 7, "{status:#x}");
        assert!(is_asked(), "the parent's go on");
    });
}
