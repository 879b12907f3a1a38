//! `fork`: a child goes on with the objects and without the other threads.

use std::sync::atomic::{AtomicBool, Ordering};

use ws2_32::ffi::*;

use crate::words::*;

/// Runs something in a child; whether it ended well. (The child must not allocate more than it has to: another thread may
/// have held the allocator's lock. glibc takes care of its own.)
fn in_child(body: impl FnOnce() -> bool) -> bool {
    let child = unsafe { libc::fork() };
    if child == 0 {
        unsafe { libc::alarm(20) };
        let code = i32::from(!body());
        unsafe { libc::_exit(code) };
    }
    let mut status = 0;
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0
}

#[test]
fn signals_of_a_child_are_not_lost_to_threads_that_it_has_not() {
    let (auto, both) = (Shared::from(event(false, false)), Shared::from(event(false, false)));
    let held = Shared::from(mutex(false));
    let done = Shared::from(event(true, false));
    let owner = asleep(move || {
        assert_eq!(wait(held.get(), 0), 0);
        wait(done.get(), INFINITE)
    });
    while wait(held.get(), 0) == 0 {
        ws2_ReleaseMutex(held.get());
        std::thread::yield_now();
    }
    let waiters = [
        asleep(move || any(&[auto.get(), both.get()], INFINITE)),
        asleep(move || all(&[auto.get(), both.get()], INFINITE)),
    ];
    let number = ws2_GetCurrentThreadId();
    let child = in_child(|| {
        let mut good = ws2_GetCurrentThreadId() != number && wait(owner, 0) == 0;
        good &= ws2_SetEvent(auto.get()) == 1 && wait(auto.get(), 0) == 0 && wait(auto.get(), 0) == TIMED_OUT;
        good &= ws2_SetEvent(both.get()) == 1 && wait(both.get(), 0) == 0;
        good &= wait(held.get(), 0) == ABANDONED && ws2_ReleaseMutex(held.get()) == 1;
        let own = thread(move || wait(auto.get(), INFINITE));
        good && ws2_SetEvent(auto.get()) == 1 && join(own) == 0
    });
    assert!(child);
    // The parent's are as they were.
    ws2_SetEvent(auto.get());
    assert_eq!(join(waiters[0]), 0);
    ws2_SetEvent(auto.get());
    ws2_SetEvent(both.get());
    assert_eq!(join(waiters[1]), 0);
    assert_eq!(wait(held.get(), 0), TIMED_OUT);
    ws2_SetEvent(done.get());
    assert_eq!(join(owner), 0);
}

#[test]
fn children_of_a_busy_process_find_every_lock_free() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let events: Vec<_> = (0..3).map(|_| Shared::from(event(false, false))).collect();
    let list = events.clone();
    let threads: Vec<_> = (0..3)
        .map(|at| {
            let list = list.clone();
            std::thread::spawn(move || {
                while !STOP.load(Ordering::Relaxed) {
                    let handles = [list[at].get(), list[(at + 1) % 3].get()];
                    ws2_SetEvent(handles[0]);
                    let _ = if at == 0 { all(&handles, 1) } else { any(&handles, 1) };
                    close(event(true, true));
                    let name = text("busy");
                    close(unsafe { ws2_CreateEventA(std::ptr::null_mut(), 0, 0, name.as_ptr()) });
                }
            })
        })
        .collect();
    for _ in 0..30 {
        let good = in_child(|| {
            for event in &events {
                ws2_ResetEvent(event.get());
                ws2_SetEvent(event.get());
            }
            let handles = [events[0].get(), events[1].get(), events[2].get()];
            all(&handles, 0) == 0 && ws2_CloseHandle(handles[0]) == 1
        });
        assert!(good);
    }
    STOP.store(true, Ordering::Relaxed);
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// A thread that was just being made is none in a child: its number is either known there, or nobody waits for it.
#[test]
fn the_number_of_a_thread_that_was_being_made() {
    unsafe extern "C" fn nothing(_: *mut std::ffi::c_void) -> u32 {
        0
    }
    let (security, place) = (std::ptr::null_mut(), std::ptr::null_mut());
    for _ in 0..50 {
        let thread = unsafe { ws2_CreateThread(security, 0, Some(nothing), std::ptr::null_mut(), 0, place) };
        assert!(in_child(|| {
            let (number, error) = with_error(|| ws2_GetThreadId(thread));
            number != 0 || error == 6
        }));
        assert_eq!(join(thread), 0);
    }
}
