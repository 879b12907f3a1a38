//! A destructor of a key in a late round, when what the thread had is gone: calls work there, too.

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use ws2_32::ffi::messages::types::{MSG, POINT};
use ws2_32::ffi::*;

use crate::support::process::{alone, here, succeeded};
use crate::walk::start_with_databases;

static KEY: AtomicU32 = AtomicU32::new(0);
static ROUND: AtomicU32 = AtomicU32::new(0);
static DONE: AtomicU32 = AtomicU32::new(0);

/// What a thread can ask; each is a bit.
fn ask() -> u32 {
    let made = |value: bool, bit: u32| u32::from(value) << bit;
    let mut msg =
        MSG { hwnd: null_mut(), message: 0, wParam: 0, lParam: 0, time: 0, pt: POINT { x: 0, y: 0 } };
    unsafe {
        let child = libc::fork();
        if child == 0 {
            let s = ws2_socket(2, 1, 0);
            libc::alarm(60);
            libc::_exit(i32::from(s == usize::MAX || closesocket(s) != 0));
        }
        let event = ws2_CreateEventA(null_mut(), 1, 1, null());
        made(succeeded(child), 0)
            | made(!ws2_gethostbyname(null()).is_null(), 1)
            | made(!ws2_getservbyname(c"http".as_ptr(), null()).is_null(), 2)
            | made(ws2_PeekMessageA(&raw mut msg, null_mut(), 0, 0, 1) == 0, 3)
            | made(ws2_PostThreadMessageA(ws2_GetCurrentThreadId(), 0x400, 0, 0) == 1, 4)
            | made(ws2_WaitForSingleObject(event, 0) == 0 && ws2_CloseHandle(event) == 1, 5)
            | made(!gai_strerrorA(11001).is_null(), 6)
    }
}

extern "C" fn late(value: *mut libc::c_void) {
    if ROUND.fetch_add(1, Ordering::Relaxed) < 2 {
        // The key lives as long as the process; the destructor runs once more.
        unsafe { libc::pthread_setspecific(KEY.load(Ordering::Relaxed), value) };
    } else {
        DONE.store(ask(), Ordering::Release);
    }
}

#[test]
fn a_destructor_in_a_late_round() {
    alone(here!("a_destructor_in_a_late_round"), || {
        start_with_databases();
        let mut key = 0;
        assert_eq!(unsafe { libc::pthread_key_create(&raw mut key, Some(late)) }, 0);
        KEY.store(key, Ordering::Relaxed);
        for asks_before in [false, true] {
            ROUND.store(0, Ordering::Relaxed);
            DONE.store(0, Ordering::Relaxed);
            let thread = std::thread::spawn(move || {
                assert_eq!(unsafe { libc::pthread_setspecific(key, std::ptr::dangling()) }, 0);
                if asks_before {
                    assert_eq!(ask(), 0x7F);
                }
            });
            thread.join().unwrap();
            crate::support::waiting::wait_until("the destructor has run", || {
                DONE.load(Ordering::Acquire) == 0x7F
            });
        }
    });
}
