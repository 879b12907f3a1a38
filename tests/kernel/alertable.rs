//! Routines that are queued to threads: AL1 to AL5, AL8, KO17, KO18.

use std::cell::RefCell;

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::*;

use crate::words::*;

thread_local! {
    static RAN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" fn note(data: usize) {
    RAN.with_borrow_mut(|ran| ran.push(data));
}

unsafe extern "C" fn set_event(event: usize) {
    assert_eq!(ws2_SetEvent(Shared(event).get()), 1);
}

unsafe extern "C" fn queue_another(data: usize) {
    RAN.with_borrow_mut(|ran| ran.push(data));
    if data > 0 {
        queue(ws2_GetCurrentThread(), data - 1, queue_another);
    }
}

unsafe extern "C" fn exit_thread(code: usize) {
    ws2_ExitThread(code as u32);
}

fn queue(thread: HANDLE, data: usize, routine: unsafe extern "C" fn(usize)) {
    assert_ne!(unsafe { ws2_QueueUserAPC(Some(routine), thread, data) }, 0);
}

fn ran() -> Vec<usize> {
    RAN.take()
}

#[test]
fn al1_only_alertable_waits_run_routines() {
    let me = ws2_GetCurrentThread();
    let (set, never) = (event(true, true), event(true, false));
    queue(me, 1, note);
    ws2_Sleep(1);
    assert_eq!((ws2_SleepEx(0, 0), wait(set, 0), wait(never, 1)), (0, 0, TIMED_OUT));
    assert_eq!(any(&[never], 1), TIMED_OUT);
    assert_eq!(ws2_SignalObjectAndWait(set, never, 1, 0), TIMED_OUT);
    assert!(ran().is_empty());
    let list = [never];
    let waits: [(&str, &dyn Fn() -> u32); 5] = [
        ("SleepEx", &|| ws2_SleepEx(INFINITE, 1)),
        ("WaitForSingleObjectEx", &|| ws2_WaitForSingleObjectEx(never, INFINITE, 1)),
        ("any", &|| unsafe { ws2_WaitForMultipleObjectsEx(1, list.as_ptr(), 0, INFINITE, 1) }),
        ("all", &|| unsafe { WSAWaitForMultipleEvents(1, list.as_ptr(), 1, INFINITE, 1) }),
        ("SignalObjectAndWait", &|| ws2_SignalObjectAndWait(set, never, INFINITE, 1)),
    ];
    for (name, wait) in waits {
        queue(me, 2, note);
        assert_eq!(wait(), IO_COMPLETION, "{name}");
        assert_eq!(ran().last(), Some(&2), "{name}");
    }
}

#[test]
fn al1_a_routine_ends_a_wait_that_sleeps() {
    let never = Shared::from(event(true, false));
    for way in 0..4 {
        let waiter = asleep(move || {
            let list = [never.get()];
            let outcome = match way {
                0 => ws2_SleepEx(INFINITE, 1),
                1 => ws2_WaitForSingleObjectEx(never.get(), INFINITE, 1),
                2 => unsafe { ws2_WaitForMultipleObjectsEx(1, list.as_ptr(), 0, INFINITE, 1) },
                _ => unsafe { ws2_WaitForMultipleObjectsEx(1, list.as_ptr(), 1, INFINITE, 1) },
            };
            assert_eq!(ran(), [7]);
            outcome
        });
        queue(waiter, 7, note);
        assert_eq!(join(waiter), IO_COMPLETION, "{way}");
    }
}

#[test]
fn al2_a_routine_that_signals_the_object_ends_the_wait_all_the_same() {
    let auto = event(false, false);
    queue(ws2_GetCurrentThread(), auto.addr(), set_event);
    assert_eq!(ws2_WaitForSingleObjectEx(auto, INFINITE, 1), IO_COMPLETION);
    assert_eq!(wait(auto, 0), 0, "it stays signalled");
}

#[test]
fn al3_all_run_first_in_first_out() {
    (0..5).for_each(|data| queue(ws2_GetCurrentThread(), data, note));
    assert_eq!((ws2_SleepEx(INFINITE, 1), ran()), (IO_COMPLETION, vec![0, 1, 2, 3, 4]));
    queue(ws2_GetCurrentThread(), 3, queue_another);
    assert_eq!((ws2_SleepEx(INFINITE, 1), ran()), (IO_COMPLETION, vec![3, 2, 1, 0]));
}

#[test]
fn al4_a_signalled_object_wins() {
    let auto = event(false, true);
    queue(ws2_GetCurrentThread(), 1, note);
    assert_eq!((ws2_WaitForSingleObjectEx(auto, INFINITE, 1), ran()), (0, vec![]));
    assert_eq!((ws2_WaitForSingleObjectEx(auto, INFINITE, 1), ran()), (IO_COMPLETION, vec![1]));
}

#[test]
fn al5_sleepex() {
    assert_eq!(with_error(|| ws2_SleepEx(0, 1)), (0, UNTOUCHED));
    assert_eq!(with_error(|| ws2_SleepEx(1, 1)), (0, UNTOUCHED));
    assert_eq!(with_error(|| ws2_SleepEx(1, 0)), (0, UNTOUCHED));
    assert_eq!(with_error(|| ws2_Sleep(1)), ((), UNTOUCHED));
    queue(ws2_GetCurrentThread(), 1, note);
    assert_eq!(with_error(|| ws2_SleepEx(0, 1)), (IO_COMPLETION, UNTOUCHED));
}

#[test]
fn al8_no_routine_for_a_thread_that_has_ended() {
    let ended = thread(|| 0);
    assert_eq!(wait(ended, INFINITE), 0);
    assert_eq!(with_error(|| unsafe { ws2_QueueUserAPC(Some(note), ended, 0) }), (0, 31));
    let event = event(true, true);
    assert_eq!(with_error(|| unsafe { ws2_QueueUserAPC(Some(note), event, 0) }), (0, 6));
    assert_eq!(with_error(|| unsafe { ws2_QueueUserAPC(None, ws2_GetCurrentThread(), 0) }), (0, 87));
}

#[test]
fn ko17_routines_of_a_thread_that_has_not_begun_run_first() {
    let (suspended, _) = thread_with(4, || ran().len() as u32);
    queue(suspended, 1, note);
    queue(suspended, 2, note);
    assert_eq!(ws2_ResumeThread(suspended), 1);
    assert_eq!(join(suspended), 2);
    let (suspended, _) = thread_with(4, || panic!("it ends before"));
    queue(suspended, 5, exit_thread);
    ws2_ResumeThread(suspended);
    assert_eq!(join(suspended), 5);
}

#[test]
fn ko17_a_routine_may_end_its_thread() {
    let waiter = asleep(|| ws2_SleepEx(INFINITE, 1));
    queue(waiter, 77, exit_thread);
    assert_eq!(join(waiter), 77);
}
