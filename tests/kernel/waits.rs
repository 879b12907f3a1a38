//! Waits for one, any and all: EO5 to EO14, KO5, KO6.

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::*;

use crate::words::*;

#[test]
fn eo5_eo6_one_to_64_handles() {
    let events: Vec<_> = (0..65).map(|at| event(true, at == 63)).collect();
    for (count, outcome, code) in
        [(64, 63, UNTOUCHED), (63, TIMED_OUT, UNTOUCHED), (65, FAILED, 87), (0, FAILED, 87)]
    {
        assert_eq!(with_error(|| any(&events[..count], 0)), (outcome, code), "{count}");
    }
    events[..63].iter().for_each(|event| assert_eq!(ws2_SetEvent(*event), 1));
    assert_eq!(all(&events[..64], 0), 0);
    assert_eq!(with_error(|| all(&events, 0)), (FAILED, 87));
    assert_eq!(with_error(|| all(&[], 0)), (FAILED, 87));
    close(events[3]);
    assert_eq!(
        with_error(|| any(&events[..8], 0)),
        (FAILED, 6),
        "one that was closed, though another is set"
    );
}

#[test]
fn eo8_the_first_in_the_list_is_taken_alone() {
    let events = [event(false, false), event(false, true), event(false, true)];
    assert_eq!((any(&events, 0), any(&events, 0), any(&events, 0)), (1, 2, TIMED_OUT));
    let semaphore = semaphore(1, 1);
    assert_eq!(any(&[semaphore, semaphore], 0), 0, "the same twice");
}

#[test]
fn eo9_all_or_nothing() {
    let (auto, semaphore, mutex) = (event(false, true), semaphore(1, 1), mutex(false));
    let late = event(false, false);
    let list = [auto, semaphore, mutex, late];
    assert_eq!(all(&list, 0), TIMED_OUT);
    assert_eq!(all(&list, A_MOMENT), TIMED_OUT);
    assert_eq!((wait(auto, 0), wait(semaphore, 0)), (0, 0), "nothing was taken");
    assert_eq!(ws2_SetEvent(auto), 1);
    assert_eq!(unsafe { ws2_ReleaseSemaphore(semaphore, 1, std::ptr::null_mut()) }, 1);
    assert_eq!(ws2_SetEvent(late), 1);
    assert_eq!(all(&list, 0), 0);
    assert_eq!(any(&[auto, semaphore, late], 0), TIMED_OUT, "all were taken");
    assert_eq!((ws2_ReleaseMutex(mutex), ws2_ReleaseMutex(mutex)), (1, 0));
    assert_eq!(with_error(|| all(&[auto, semaphore, auto], 0)), (FAILED, 87), "the same twice");
    let mut second = std::ptr::null_mut();
    let process = ws2_GetCurrentProcess();
    assert_eq!(unsafe { ws2_DuplicateHandle(process, auto, process, &raw mut second, 0, 0, 2) }, 1);
    assert_eq!(with_error(|| all(&[auto, second], 0)), (FAILED, 87), "and under another handle");
}

#[test]
fn eo9_last_signal_ends_a_wait_for_all() {
    let events: Vec<_> = (0..4).map(|_| Shared::from(event(false, false))).collect();
    let list = events.clone();
    let waiter = asleep(move || {
        let handles: Vec<HANDLE> = list.iter().map(|event| event.get()).collect();
        all(&handles, INFINITE)
    });
    for event in &events {
        assert_eq!(exit_code(waiter), 259);
        ws2_SetEvent(event.get());
    }
    assert_eq!(join(waiter), 0);
    let handles: Vec<HANDLE> = events.iter().map(|event| event.get()).collect();
    assert_eq!(any(&handles, 0), TIMED_OUT);
}

#[test]
fn eo10_eo14_success_and_time_outs_leave_the_last_error() {
    let (set, reset) = (event(true, true), event(true, false));
    for (event, time, outcome) in
        [(set, 0, 0), (set, INFINITE, 0), (reset, 0, TIMED_OUT), (reset, 1, TIMED_OUT)]
    {
        assert_eq!(with_error(|| wait(event, time)), (outcome, UNTOUCHED));
        assert_eq!(with_error(|| any(&[event], time)), (outcome, UNTOUCHED));
        assert_eq!(with_error(|| all(&[event], time)), (outcome, UNTOUCHED));
    }
}

#[test]
fn eo11_two_low_bits_are_the_programs() {
    let event = event(true, true);
    for bits in 0..4 {
        let handle = event.map_addr(|address| address | bits);
        assert_eq!((wait(handle, 0), any(&[handle], 0)), (0, 0));
    }
}

#[test]
fn eo12_pseudo_handles_only_alone() {
    for handle in [ws2_GetCurrentThread(), ws2_GetCurrentProcess()] {
        assert_eq!(wait(handle, 0), TIMED_OUT);
        assert_eq!(with_error(|| any(&[event(true, true), handle], 0)), (FAILED, 6));
    }
}

#[test]
fn eo13_a_handle_closed_during_a_wait() {
    let event = Shared::from(event(false, false));
    let name = ws2_GetCurrentProcess();
    let mut second = std::ptr::null_mut();
    assert_eq!(unsafe { ws2_DuplicateHandle(name, event.get(), name, &raw mut second, 0, 0, 2) }, 1);
    let waiter = asleep(move || wait(event.get(), INFINITE));
    close(event.get());
    assert_eq!(with_error(|| wait(event.get(), 0)), (FAILED, 6));
    assert_eq!(exit_code(waiter), 259, "the wait goes on");
    ws2_SetEvent(second);
    assert_eq!(join(waiter), 0);
}

#[test]
fn eo13_last_handle_closed_during_a_wait() {
    let event = Shared::from(event(false, false));
    let waiter = asleep(move || wait(event.get(), 50));
    close(event.get());
    assert_eq!(join(waiter), TIMED_OUT);
}

#[test]
fn ko5_rights() {
    let deaf = unsafe { ws2_CreateEventExA(std::ptr::null_mut(), std::ptr::null(), 2, 2) };
    assert_eq!(with_error(|| wait(deaf, 0)), (FAILED, 5));
    assert_eq!(with_error(|| any(&[deaf], 0)), (FAILED, 5));
    assert_eq!(ws2_ResetEvent(deaf), 1);
}

#[test]
fn ko6_signal_and_wait() {
    let signal = |a, b, ms| with_error(|| ws2_SignalObjectAndWait(a, b, ms, 0));
    let (auto, other) = (event(false, false), event(false, false));
    assert_eq!(signal(auto, auto, 0), (0, UNTOUCHED), "the same object");
    assert_eq!(signal(auto, other, 0), (TIMED_OUT, UNTOUCHED));
    assert_eq!(wait(auto, 0), 0, "signalled all the same");
    let (mutex, semaphore) = (mutex(true), semaphore(0, 1));
    assert_eq!(signal(mutex, auto, 0), (TIMED_OUT, UNTOUCHED));
    assert_eq!(signal(mutex, auto, 0), (FAILED, 288), "not owned any more");
    assert_eq!(signal(semaphore, semaphore, 0), (0, UNTOUCHED));
    assert_eq!(signal(semaphore, auto, 0).0, TIMED_OUT);
    assert_eq!(signal(semaphore, auto, 0), (FAILED, 298));
    assert_eq!(signal(ws2_GetCurrentThread(), auto, 0), (FAILED, 6));
    assert_eq!(signal(timer(true), auto, 0), (FAILED, 6));
    assert_eq!(signal(auto, std::ptr::null_mut(), 0), (FAILED, 6));
    assert_eq!(wait(auto, 0), TIMED_OUT, "nothing signalled for a bad second handle");
    assert_eq!(signal(std::ptr::null_mut(), auto, 0), (FAILED, 6));
}
