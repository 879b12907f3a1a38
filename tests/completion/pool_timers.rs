//! Timers of the thread pool: row TP9, and TP2, TP3, TP5 for them.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::time::Instant;

use crate::pool::{Told, environment, tell};
use crate::support::process::{Blocked, alone, here, succeeded};
use crate::words::*;
use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::platform::types::FILETIME;
use ws2_32::ffi::*;

unsafe extern "C" fn due(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void, timer: PTP_TIMER) {
    assert!(!instance.is_null());
    tell(context, (0, 0, 0, timer.addr()));
}

fn make(told: &Told, environment: *mut TP_CALLBACK_ENVIRON) -> PTP_TIMER {
    let timer = unsafe { ws2_CreateThreadpoolTimer(Some(due), told.context(), environment) };
    assert!(!timer.is_null());
    timer
}

fn time(units: i64) -> FILETIME {
    let [low, high] = [units as u32, (units >> 32) as u32];
    FILETIME { dwLowDateTime: low, dwHighDateTime: high }
}

/// 100 nanoseconds.
const MS: i64 = 10_000;
const HOUR: i64 = 3_600_000 * MS;

fn set(timer: PTP_TIMER, due: i64, period: u32) -> i32 {
    let mut due = time(due);
    unsafe { ws2_SetThreadpoolTimerEx(timer, &raw mut due, period, 0) }
}

fn stop(timer: PTP_TIMER) -> i32 {
    unsafe { ws2_SetThreadpoolTimerEx(timer, null_mut(), 0, 0) }
}

/// Now, as a date.
fn now() -> i64 {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    116_444_736_000_000_000 + (since_1970.as_nanos() / 100) as i64
}

/// TP9: once, after a time or at a date; not before.
#[test]
fn tp9_once() {
    let told = Told::new();
    let timer = make(told, null_mut());
    assert_eq!(ws2_IsThreadpoolTimerSet(timer), 0);
    ws2_WaitForThreadpoolTimerCallbacks(timer, 0);
    let date = now();
    for (what, units, least) in [
        ("at once", 0, 0),
        ("a date that is past", 1, 0),
        ("a date that is past", date - HOUR, 0),
        ("a moment from now", -1, 0),
        ("a while from now", -30 * MS, 30),
        ("a date", date + 60 * MS, 0),
    ] {
        let begun = Instant::now();
        assert_eq!(set(timer, units, 0), 0, "{what}: the one before was due");
        assert_eq!(ws2_IsThreadpoolTimerSet(timer), 1, "{what}");
        assert_eq!(told.next().3, timer.addr(), "{what}");
        assert!(begun.elapsed().as_millis() >= least, "{what}: too early");
        assert!(now() >= units, "{what}: too early");
        assert_eq!(ws2_IsThreadpoolTimerSet(timer), 1, "{what}: set, though it has come");
        ws2_WaitForThreadpoolTimerCallbacks(timer, 0);
        assert!(told.is_empty(), "{what}: once");
    }
    // Without the code that tells what was before.
    let mut soon = time(-1);
    unsafe { ws2_SetThreadpoolTimer(timer, &raw mut soon, 0, 100) };
    assert_eq!(told.next().3, timer.addr());
    ws2_CloseThreadpoolTimer(timer);
}

/// TP9: again and again, until it is stopped or set anew.
#[test]
fn tp9_periods() {
    let told = Told::new();
    let timer = make(told, null_mut());
    assert_eq!(set(timer, 0, 2), 0);
    (0..5).for_each(|_| assert_eq!(told.next().3, timer.addr()));
    assert_eq!(stop(timer), 1, "it ran");
    assert_eq!((stop(timer), ws2_IsThreadpoolTimerSet(timer)), (0, 0), "it does not");
    ws2_WaitForThreadpoolTimerCallbacks(timer, 1);
    while !told.is_empty() {}
    // What is far away is replaced by what is near, and the other way round.
    assert_eq!(set(timer, -HOUR, 1), 0);
    assert_eq!(set(timer, -MS, 0), 1);
    assert_eq!(told.next().3, timer.addr());
    assert_eq!(set(timer, -HOUR, 1), 0);
    assert_eq!(set(timer, i64::MAX, u32::MAX), 1);
    assert_eq!(set(timer, i64::MIN, u32::MAX), 1);
    // A time that is to come is not waited for; and it is not stopped by that.
    ws2_WaitForThreadpoolTimerCallbacks(timer, 1);
    assert_eq!(stop(timer), 1);
    assert!(told.is_empty());
    ws2_CloseThreadpoolTimer(timer);
}

/// TP9: each of many at its time, whatever is set or stopped meanwhile.
#[test]
fn tp9_many() {
    let told = Told::new();
    let timers: Vec<_> = (0..100).map(|_| make(told, null_mut())).collect();
    timers.iter().enumerate().for_each(|(at, timer)| {
        set(*timer, -(100 - at as i64) * MS / 2, 0);
    });
    timers.iter().step_by(2).for_each(|timer| {
        stop(*timer);
    });
    let mut seen: Vec<usize> = timers.iter().skip(1).step_by(2).map(|timer| timer.addr()).collect();
    while !seen.is_empty() {
        let called = told.next().3;
        // One that was due before it was stopped may come, too.
        seen.retain(|timer| *timer != called);
    }
    timers.into_iter().for_each(|timer| ws2_CloseThreadpoolTimer(timer));
}

unsafe extern "C" fn blocks(_: PTP_CALLBACK_INSTANCE, context: *mut c_void) {
    let [began, goes_on] = unsafe { *context.cast::<[HANDLE; 2]>() };
    ws2_SetEvent(began);
    assert_eq!(ws2_WaitForSingleObject(goes_on, LONG), 0);
}

/// TP9, TP4: with all threads busy another one looks at the clock; without another one the call comes when one is free again.
#[test]
fn tp9_busy_threads() {
    for most in [1, 2] {
        let told = Told::new();
        let pool = ws2_CreateThreadpool(null_mut());
        ws2_SetThreadpoolThreadMaximum(pool, most);
        let mut wanted = environment(pool, null_mut());
        let timer = make(told, &raw mut wanted);
        let mut events = [event(false, false), event(false, false)];
        let context = (&raw mut events).cast();
        for is_set_before in [false, true] {
            if is_set_before {
                assert_eq!(set(timer, -50 * MS, 0), 0);
            }
            assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(blocks), context, &raw mut wanted) }, 1);
            wait_for(events[0]);
            if !is_set_before {
                assert_eq!(set(timer, -MS, 0), 0);
            }
            if most == 1 {
                wait_until("it is due", || set_and_due(timer));
                assert!(told.is_empty(), "the only thread is busy");
                ws2_SetEvent(events[1]);
                assert_eq!(told.next().3, timer.addr());
            } else {
                assert_eq!(told.next().3, timer.addr());
                ws2_SetEvent(events[1]);
            }
        }
        ws2_CloseThreadpoolTimer(timer);
        ws2_CloseThreadpool(pool);
        events.into_iter().for_each(close_handle);
    }
}

/// Whether its time must have come by now; nobody may have looked.
fn set_and_due(timer: PTP_TIMER) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(60));
    ws2_IsThreadpoolTimerSet(timer) == 1
}

/// TP3, TP5, TP9: closing stops it, and so does the end of its group.
#[test]
fn tp9_ends() {
    let told = Told::new();
    let group = ws2_CreateThreadpoolCleanupGroup();
    let mut wanted = environment(null_mut(), group);
    let timers = [-HOUR, 0].map(|first| {
        let timer = make(told, &raw mut wanted);
        set(timer, first, 1);
        timer
    });
    assert_eq!(told.next().3, timers[1].addr());
    let address = group.addr();
    let closer = Blocked::started(move || {
        ws2_CloseThreadpoolCleanupGroupMembers(without_provenance_mut(address), 0, null_mut());
    });
    closer.outcome();
    while !told.is_empty() {}
    for timer in timers {
        assert_eq!((set(timer, 0, 0), ws2_IsThreadpoolTimerSet(timer)), (0, 0), "it is none any more");
        ws2_WaitForThreadpoolTimerCallbacks(timer, 1);
        ws2_CloseThreadpoolTimer(timer);
    }
    ws2_CloseThreadpoolCleanupGroup(group);
    let timer = make(told, null_mut());
    set(timer, -50 * MS, 1);
    ws2_CloseThreadpoolTimer(timer);
    let sentinel = make(told, null_mut());
    set(sentinel, -100 * MS, 0);
    assert_eq!(told.next().3, sentinel.addr(), "the closed one comes no more");
    ws2_CloseThreadpoolTimer(sentinel);
}

/// TP9: threads that make handles while timers are set: none of them waits for ever.
#[test]
fn tp9_beside_handles() {
    alone(here!("tp9_beside_handles"), || {
        let told = Told::new();
        let timer = make(told, null_mut());
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| (0..20_000).for_each(|_| close_handle(event(false, false))));
            }
            (0..20_000).for_each(|_| {
                set(timer, -HOUR, 0);
            });
        });
        ws2_CloseThreadpoolTimer(timer);
    });
}

/// TP9: what is refused.
#[test]
fn tp9_refused() {
    let told = Told::new();
    let none = with_error(|| unsafe { ws2_CreateThreadpoolTimer(None, null_mut(), null_mut()) });
    assert_eq!(none, (null_mut(), 87));
    let wild = without_provenance_mut(8);
    let none = with_error(|| unsafe { ws2_CreateThreadpoolTimer(Some(due), null_mut(), wild) });
    assert_eq!(none, (null_mut(), 998));
    let timer = make(told, null_mut());
    for wild in [null_mut(), without_provenance_mut(16), timer.wrapping_byte_add(8)] {
        assert_eq!((set(wild, 0, 0), stop(wild), ws2_IsThreadpoolTimerSet(wild)), (0, 0, 0));
        ws2_WaitForThreadpoolTimerCallbacks(wild, 1);
        ws2_CloseThreadpoolTimer(wild);
    }
    // A wild time changes nothing; nor is the timer work.
    assert_eq!(set(timer, -HOUR, 0), 0);
    assert_eq!(unsafe { ws2_SetThreadpoolTimerEx(timer, without_provenance_mut(8), 0, 0) }, 0);
    ws2_SubmitThreadpoolWork(timer.cast());
    ws2_CloseThreadpoolWork(timer.cast());
    assert_eq!(stop(timer), 1);
    assert!(told.is_empty());
    ws2_CloseThreadpoolTimer(timer);
}

/// TP9: in a child none is set; it can be.
#[test]
fn tp9_in_a_child() {
    alone(here!("tp9_in_a_child"), || {
        // No call is under way when it forks, which tells by what is made for threads.
        let (told, childs) = (Told::new(), Told::new());
        let [timer, other] = [told, childs].map(|told| make(told, null_mut()));
        assert_eq!(set(timer, 0, 0), 0);
        assert_eq!(told.next().3, timer.addr());
        ws2_WaitForThreadpoolTimerCallbacks(timer, 0);
        [timer, other].into_iter().for_each(|timer| assert_eq!(set(timer, -HOUR, 20), 0));
        let child = unsafe { libc::fork() };
        if child == 0 {
            unsafe { libc::alarm(20) };
            let was_set = [timer, other].map(|timer| ws2_IsThreadpoolTimerSet(timer) | stop(timer));
            let now_set = set(other, -MS, 5);
            let is_called = (0..3).all(|_| childs.next().3 == other.addr());
            unsafe { libc::_exit(i32::from(was_set != [0, 0] || now_set != 0 || !is_called)) };
        }
        assert!(succeeded(child));
        assert_eq!((ws2_IsThreadpoolTimerSet(timer), set(timer, 0, 0)), (1, 1), "it goes on in the parent");
        assert_eq!(told.next().3, timer.addr());
        ws2_CloseThreadpoolTimer(other);
        ws2_CloseThreadpoolTimer(timer);
    });
}
