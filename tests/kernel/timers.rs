//! Waitable timers: KO22. No time is measured: only what comes before what.

use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::{null, null_mut};

use ws2_32::ffi::kernel::types::{HANDLE, LARGE_INTEGER};
use ws2_32::ffi::*;

use crate::words::*;

/// From 1601 to 1970 in 100 nanoseconds.
const BEFORE_1970: i64 = 116_444_736_000_000_000;
const NEVER: i64 = -3600 * 10_000_000;

fn set(timer: HANDLE, due: i64, period: i32) -> (i32, u32) {
    let due = LARGE_INTEGER { QuadPart: due };
    with_error(|| unsafe { ws2_SetWaitableTimer(timer, &raw const due, period, None, null_mut(), 0) })
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    BEFORE_1970 + i64::try_from(since.as_nanos() / 100).unwrap()
}

#[test]
fn ko22_relative_absolute_and_past() {
    for manual in [false, true] {
        let timer = timer(manual);
        assert_eq!(wait(timer, 0), TIMED_OUT, "not set");
        for due in [-1, 0, 1, -200_000, now(), now() + 200_000] {
            assert_eq!(set(timer, due, 0), (1, UNTOUCHED));
            assert_eq!(wait(timer, INFINITE), 0, "{due}");
            assert_eq!(wait(timer, 0), if manual { 0 } else { TIMED_OUT }, "{due}");
        }
        assert_eq!((set(timer, NEVER, 0).0, wait(timer, 0)), (1, TIMED_OUT), "set anew it is not signalled");
        assert_eq!((set(timer, now() + 36_000_000_000, 0).0, wait(timer, 1)), (1, TIMED_OUT));
    }
}

#[test]
fn ko22_periodic() {
    let timer = timer(false);
    assert_eq!(set(timer, -1, 5), (1, UNTOUCHED));
    (0..4).for_each(|_| assert_eq!(wait(timer, INFINITE), 0));
    assert_eq!(ws2_CancelWaitableTimer(timer), 1);
    let _ = wait(timer, 0);
    assert_eq!(wait(timer, A_MOMENT), TIMED_OUT);
    assert_eq!(set(timer, -1, -1), (0, 87));
}

#[test]
fn ko22_in_lists() {
    let (first, second, never) = (timer(false), timer(true), event(true, false));
    set(first, -100_000, 0);
    assert_eq!(any(&[never, first], INFINITE), 1);
    set(first, -100_000, 0);
    set(second, -200_000, 0);
    assert_eq!(all(&[first, second], INFINITE), 0);
    assert_eq!((wait(first, 0), wait(second, 0)), (TIMED_OUT, 0));
}

#[test]
fn ko22_setting_it_reaches_those_who_wait() {
    let timer = Shared::from(timer(true));
    set(timer.get(), NEVER, 0);
    let waiters: Vec<_> = (0..3)
        .map(|all_of| {
            asleep(
                move || {
                    if all_of == 0 { all(&[timer.get()], INFINITE) } else { wait(timer.get(), INFINITE) }
                },
            )
        })
        .collect();
    set(timer.get(), -1000, 0);
    waiters.into_iter().for_each(|waiter| assert_eq!(join(waiter), 0));
}

thread_local! {
    static CALLED: RefCell<Vec<(usize, u64)>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" fn routine(argument: *mut c_void, low: u32, high: u32) {
    CALLED.with_borrow_mut(|called| called.push((argument.addr(), u64::from(high) << 32 | u64::from(low))));
}

fn set_with_routine(timer: HANDLE, due: i64, period: i32, argument: usize) {
    let due = LARGE_INTEGER { QuadPart: due };
    let argument = std::ptr::without_provenance_mut(argument);
    let set = unsafe { ws2_SetWaitableTimer(timer, &raw const due, period, Some(routine), argument, 0) };
    assert_eq!(set, 1);
}

#[test]
fn ko22_routine_on_the_setting_thread() {
    let (timer, before) = (timer(false), now());
    set_with_routine(timer, -50_000, 0, 1);
    assert_eq!(wait(timer, INFINITE), 0);
    assert!(CALLED.take().is_empty(), "not alertable");
    assert_eq!(ws2_SleepEx(0, 1), IO_COMPLETION);
    let called = CALLED.take();
    assert!(called.len() == 1 && called[0].0 == 1);
    let time = i64::try_from(called[0].1).unwrap();
    assert!((before..=now()).contains(&time), "the time at which it came due");
    set_with_routine(timer, -1, 3, 2);
    for _ in 0..3 {
        assert_eq!(ws2_SleepEx(INFINITE, 1), IO_COMPLETION);
        assert_eq!(CALLED.take().len(), 1);
    }
    ws2_CancelWaitableTimer(timer);
    assert_eq!(ws2_SleepEx(10, 1), 0);
    set_with_routine(timer, -1, 0, 3);
    close(timer);
    assert_eq!(ws2_SleepEx(10, 1), 0, "with the last handle the timer goes");
}

#[test]
fn ko22_ends_with_the_thread_that_set_its_routine() {
    let timer = Shared::from(timer(true));
    let setter = thread(move || {
        set_with_routine(timer.get(), -3_000_000, 0, 1);
        0
    });
    assert_eq!(join(setter), 0);
    assert_eq!(wait(timer.get(), 400), TIMED_OUT);
}

#[test]
fn ko22_resume_and_ex() {
    let (timer, due) = (timer(true), LARGE_INTEGER { QuadPart: -1 });
    let set = with_error(|| unsafe { ws2_SetWaitableTimer(timer, &raw const due, 0, None, null_mut(), 1) });
    assert_eq!(set, (1, 50));
    let set = with_error(|| unsafe {
        ws2_SetWaitableTimerEx(timer, &raw const due, 0, None, null_mut(), null_mut(), 5)
    });
    assert_eq!((set, wait(timer, INFINITE)), ((1, UNTOUCHED), 0));
    let bad = with_error(|| unsafe { ws2_SetWaitableTimer(timer, null(), 0, None, null_mut(), 0) });
    assert_eq!(bad, (0, 998));
    assert_eq!(with_error(|| ws2_CancelWaitableTimer(event(true, true))), (0, 6));
}
