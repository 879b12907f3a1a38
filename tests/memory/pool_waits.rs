//! Waits of the thread pool, registered waits and queues of timers.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::*;

use crate::refusing::{Refusing, refusing};
use crate::support::process::{alone, here};
use crate::support::waiting::wait_until;
use crate::walk::{NO_MEMORY, walk, walk_prepared};

/// No memory.
const CODES: &[i32] = &[NO_MEMORY, 1450];

const ALL_ENDED: *mut c_void = without_provenance_mut(usize::MAX);

fn answer<T>(good: bool, value: T) -> Result<T, i32> {
    if good { Ok(value) } else { Err(ws2_GetLastError().cast_signed()) }
}

static CALLS: AtomicU32 = AtomicU32::new(0);

fn expect_call() {
    wait_until("it is called", || CALLS.load(Ordering::Acquire) == 1);
    CALLS.store(0, Ordering::Release);
}

unsafe extern "C" fn ended(_: PTP_CALLBACK_INSTANCE, _: *mut c_void, _: PTP_WAIT, _: TP_WAIT_RESULT) {
    CALLS.fetch_add(1, Ordering::AcqRel);
}

unsafe extern "C" fn called(_: *mut c_void, _: BOOLEAN) {
    CALLS.fetch_add(1, Ordering::AcqRel);
}

fn event() -> HANDLE {
    unsafe { ws2_CreateEventA(null_mut(), 0, 0, std::ptr::null()) }
}

#[test]
fn waits() {
    alone(here!("waits"), || {
        let object = event();
        let make = || {
            let wait = unsafe { ws2_CreateThreadpoolWait(Some(ended), null_mut(), null_mut()) };
            answer(!wait.is_null(), wait)
        };
        walk("CreateThreadpoolWait", CODES, make, |wait| {
            // What has no answer tries again when there is memory.
            let set = || unsafe { ws2_SetThreadpoolWait(wait, object, null_mut()) };
            let _ = refusing(Refusing::From(0), set);
            ws2_SetEvent(object);
            expect_call();
            ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
            let mut far =
                ws2_32::ffi::platform::types::FILETIME { dwLowDateTime: 0, dwHighDateTime: 1 << 31 };
            let far = &raw mut far;
            let _ = refusing(Refusing::From(0), || unsafe { ws2_SetThreadpoolWait(wait, object, far) });
            let replaced = unsafe { ws2_SetThreadpoolWaitEx(wait, null_mut(), null_mut(), null_mut()) };
            assert_eq!(replaced, 1, "it would have waited");
            ws2_CloseThreadpoolWait(wait);
        });
        let register = || {
            let mut wait = null_mut();
            let place = &raw mut wait;
            let good = unsafe {
                ws2_RegisterWaitForSingleObject(place, object, Some(called), null_mut(), u32::MAX, 0)
            };
            answer(good == 1, wait)
        };
        let done = event();
        walk("RegisterWaitForSingleObject", CODES, register, |wait| {
            ws2_SetEvent(object);
            expect_call();
            assert_eq!(ws2_UnregisterWaitEx(wait, ALL_ENDED), 1);
        });
        let current = std::cell::Cell::new(null_mut::<c_void>());
        let prepare = || {
            if current.get().is_null() {
                current.set(register().unwrap());
            }
        };
        let unregister = || answer(ws2_UnregisterWaitEx(current.get(), done) == 1, ());
        walk_prepared("UnregisterWaitEx", CODES, prepare, unregister, |()| {
            assert_eq!(ws2_WaitForSingleObject(done, 60_000), 0);
            current.set(null_mut());
        });
        assert_eq!(ws2_CloseHandle(object) & ws2_CloseHandle(done), 1);
    });
}

#[test]
fn queues_of_timers() {
    alone(here!("queues_of_timers"), || {
        let make = || {
            let queue = ws2_CreateTimerQueue();
            answer(!queue.is_null(), queue)
        };
        let end = |queue| assert_eq!(ws2_DeleteTimerQueueEx(queue, ALL_ENDED), 1);
        walk("CreateTimerQueue", CODES, make, end);
        let queue = make().unwrap();
        let make_timer = || {
            let mut timer = null_mut();
            let place = &raw mut timer;
            let good = unsafe { ws2_CreateTimerQueueTimer(place, queue, Some(called), null_mut(), 0, 0, 0) };
            answer(good == 1, timer)
        };
        walk("CreateTimerQueueTimer", CODES, make_timer, |timer| {
            expect_call();
            assert_eq!(ws2_DeleteTimerQueueTimer(queue, timer, ALL_ENDED), 1);
        });
        end(queue);
    });
}
