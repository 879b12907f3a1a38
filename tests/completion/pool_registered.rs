//! Registered waits and queues of timers: rows TP11, TP12.

use std::ffi::c_void;
use std::ptr::{null, null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::pool::{Told, tell};
use crate::support::process::Blocked;
use crate::support::waiting::wait_until;
use crate::words::*;
use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::*;

const IN_WAIT_THREAD: u32 = 4;
const ONLY_ONCE: u32 = 8;
const LONG_FUNCTION: u32 = 0x10;

unsafe extern "C" fn called(context: *mut c_void, time_is_over: BOOLEAN) {
    tell(context, (0, time_is_over.into(), 0, 0));
}

fn register(object: HANDLE, told: &Told, milliseconds: u32, flags: u32) -> HANDLE {
    with(object, called, told.context(), milliseconds, flags)
}

type Function = unsafe extern "C" fn(*mut c_void, BOOLEAN);

fn with(object: HANDLE, function: Function, context: *mut c_void, milliseconds: u32, flags: u32) -> HANDLE {
    let mut wait = null_mut();
    let registered = unsafe {
        ws2_RegisterWaitForSingleObject(&raw mut wait, object, Some(function), context, milliseconds, flags)
    };
    assert_eq!((registered, wait.is_null()), (1, false));
    wait
}

const ALL_ENDED: *mut c_void = without_provenance_mut(usize::MAX);

fn unregister(wait: HANDLE, event: HANDLE) -> (i32, u32) {
    with_error(|| ws2_UnregisterWaitEx(wait, event))
}

fn semaphore(count: i32) -> HANDLE {
    unsafe { ws2_CreateSemaphoreA(null_mut(), count, i32::MAX, null()) }
}

/// TP11: again and again, once for each signal, or each time that the time is over; with ONLY_ONCE once.
#[test]
fn tp11_again_and_once() {
    for flags in [0, IN_WAIT_THREAD, LONG_FUNCTION, 0x81, 500 << 16] {
        let told = Told::new();
        let object = semaphore(1);
        let wait = register(object, told, INFINITE, flags);
        assert_eq!(told.next().1, 0, "what is signalled before counts, too");
        unsafe { ws2_ReleaseSemaphore(object, 5, null_mut()) };
        (0..5).for_each(|_| assert_eq!(told.next().1, 0));
        assert_eq!(unregister(wait, ALL_ENDED).0, 1, "{flags}");
        unsafe { ws2_ReleaseSemaphore(object, 1, null_mut()) };
        assert!(is_set(object) && told.is_empty(), "nobody waits");
        let wait = register(object, told, 1, flags);
        (0..3).for_each(|_| assert_eq!(told.next().1, 1, "{flags}: the time is over"));
        assert_eq!(unregister(wait, ALL_ENDED).0, 1);
        while !told.is_empty() {}
        for (milliseconds, signalled) in [(0, false), (0, true), (20, false), (INFINITE, true)] {
            let wait = register(object, told, milliseconds, flags | ONLY_ONCE);
            if signalled {
                unsafe { ws2_ReleaseSemaphore(object, 1, null_mut()) };
            }
            let first = told.next().1;
            assert!(first == u32::from(!signalled) || milliseconds == 0);
            assert_eq!(unregister(wait, ALL_ENDED).0, 1);
            assert!(told.is_empty(), "once");
            ws2_WaitForSingleObject(object, 0);
        }
        close_handle(object);
    }
}

struct Held {
    began: HANDLE,
    goes_on: HANDLE,
    runs: AtomicU32,
    most: AtomicU32,
}

impl Held {
    fn new() -> &'static Self {
        let [began, goes_on] = [semaphore(0), event(true, false)];
        Box::leak(Box::new(Self { began, goes_on, runs: AtomicU32::new(0), most: AtomicU32::new(0) }))
    }

    fn context(&self) -> *mut c_void {
        (&raw const *self).cast_mut().cast()
    }
}

unsafe extern "C" fn holds(context: *mut c_void, _: BOOLEAN) {
    let held = unsafe { &*context.cast::<Held>() };
    let runs = held.runs.fetch_add(1, Ordering::AcqRel) + 1;
    held.most.fetch_max(runs, Ordering::AcqRel);
    unsafe { ws2_ReleaseSemaphore(held.began, 1, null_mut()) };
    assert_eq!(ws2_WaitForSingleObject(held.goes_on, LONG), 0);
    held.runs.fetch_sub(1, Ordering::AcqRel);
}

/// TP11: calls overlap; with IN_WAIT_THREAD they do not, and the wait goes on behind each.
#[test]
fn tp11_calls_that_overlap() {
    for (flags, most) in [(0, 2), (IN_WAIT_THREAD, 1)] {
        let held = Held::new();
        let object = semaphore(2);
        let wait = with(object, holds, held.context(), INFINITE, flags);
        (0..most).for_each(|_| wait_for(held.began));
        if most == 1 {
            assert!(is_set(object), "it waits behind the call");
            unsafe { ws2_ReleaseSemaphore(object, 1, null_mut()) };
        }
        ws2_SetEvent(held.goes_on);
        (most..2).for_each(|_| wait_for(held.began));
        assert_eq!(unregister(wait, ALL_ENDED).0, 1);
        assert_eq!(held.most.load(Ordering::Acquire), most);
        close_handle(object);
    }
}

/// TP11: the wait's end while its function runs, and what it is told by.
#[test]
fn tp11_ends_while_it_runs() {
    for once in [0, ONLY_ONCE, ONLY_ONCE | IN_WAIT_THREAD] {
        for (what, ends) in [("NULL", null_mut()), ("event", event(true, false)), ("waits", ALL_ENDED)] {
            let held = Held::new();
            let object = event(false, true);
            let wait = with(object, holds, held.context(), INFINITE, once);
            wait_for(held.began);
            if ends == ALL_ENDED {
                let wait = wait.addr();
                let waiter = Blocked::started(move || unregister(without_provenance_mut(wait), ALL_ENDED).0);
                waiter.wait_until_it_waits();
                ws2_SetEvent(held.goes_on);
                assert_eq!(waiter.outcome(), 1);
                assert_eq!(held.runs.load(Ordering::Acquire), 0);
            } else {
                assert_eq!(unregister(wait, ends), (0, 997), "{what}: a call runs");
                if what == "event" {
                    assert!(!is_set(ends));
                }
                ws2_SetEvent(held.goes_on);
                if what == "event" {
                    wait_for(ends);
                    assert_eq!(held.runs.load(Ordering::Acquire), 0);
                }
            }
            assert_eq!(unregister(wait, null_mut()), (0, 6), "{what}: it is none any more");
            wait_until("it has returned", || held.runs.load(Ordering::Acquire) == 0);
            ws2_SetEvent(object);
            assert!(is_set(object), "nobody waits");
            close_handle(object);
        }
    }
    // And while it does not.
    let (told, object, done) = (Told::new(), event(false, false), event(true, false));
    for ends in [null_mut(), done, ALL_ENDED] {
        let wait = register(object, told, INFINITE, 0);
        assert_eq!(unregister(wait, ends).0, 1);
        ws2_SetEvent(object);
        assert!(is_set(object));
    }
    wait_for(done);
    assert!(told.is_empty());
    [object, done].into_iter().for_each(close_handle);
}

unsafe extern "C" fn ends_itself(context: *mut c_void, _: BOOLEAN) {
    let (place, told) = unsafe { *context.cast::<(*const HANDLE, &Told)>() };
    let outcome = unregister(unsafe { place.read() }, null_mut());
    tell(told.context(), (0, outcome.1, 0, 0));
}

/// TP11: from its own function, by the handle that is there before the function is called.
#[test]
fn tp11_from_its_own_function() {
    for flags in [0, ONLY_ONCE, IN_WAIT_THREAD] {
        let told = Told::new();
        let object = event(true, true);
        // They stay: a call that has begun before the end may still read them when this test goes on.
        let wait: *mut HANDLE = Box::leak(Box::new(null_mut()));
        let context = Box::leak(Box::new((wait.cast_const(), told)));
        let context = (&raw mut *context).cast();
        let registered = unsafe {
            ws2_RegisterWaitForSingleObject(wait, object, Some(ends_itself), context, INFINITE, flags)
        };
        // Another call may have begun before the end, and be the first to tell.
        let outcome = std::iter::repeat_with(|| told.next().1).find(|code| flags == ONLY_ONCE || *code != 6);
        assert_eq!((registered, outcome), (1, Some(997)));
        wait_until("it is none any more", || {
            ws2_UnregisterWait(unsafe { wait.read() }) == 0 && ws2_GetLastError() == 6
        });
        close_handle(object);
    }
}

/// TP11: what is refused.
#[test]
fn tp11_refused() {
    let (told, object) = (Told::new(), event(false, false));
    let mutex = unsafe { ws2_CreateMutexA(null_mut(), 0, null()) };
    let mut wait = null_mut();
    let place = &raw mut wait;
    let wild: HANDLE = without_provenance_mut(8);
    for (what, place, handle, function, code) in [
        ("no place", null_mut(), object, Some(called as Function), 87),
        ("a wild place", wild.cast(), object, Some(called as Function), 998),
        ("no function", place, object, None, 87),
        ("NULL", place, null_mut(), Some(called as Function), 6),
        ("no handle", place, without_provenance_mut(0x7FFF_FFF0), Some(called as Function), 6),
        ("a mutex", place, mutex, Some(called as Function), 87),
    ] {
        let registered = with_error(|| unsafe {
            ws2_RegisterWaitForSingleObject(place, handle, function, told.context(), 0, 0)
        });
        assert_eq!(registered, (0, code), "{what}");
        assert!(wait.is_null() && told.is_empty());
    }
    let wait = register(object, told, INFINITE, 0);
    assert_eq!(unregister(wait, object.wrapping_byte_add(4)), (0, 6), "no event");
    assert_eq!(unregister(wait, mutex), (0, 6), "no event");
    ws2_SetEvent(object);
    assert_eq!(told.next().1, 0, "it goes on");
    for wild in [null_mut(), object, ALL_ENDED, wait.wrapping_byte_add(8)] {
        assert_eq!(unregister(wild, null_mut()), (0, 6));
        assert_eq!(with_error(|| ws2_UnregisterWait(wild)), (0, 6));
        assert_eq!(with_error(|| ws2_DeleteTimerQueueTimer(null_mut(), wild, null_mut())), (0, 87));
    }
    // It is no object of the pool's own functions.
    ws2_CloseThreadpoolWait(wait.cast());
    ws2_CloseThreadpoolTimer(wait.cast());
    assert_eq!(unregister(wait, ALL_ENDED).0, 1);
    [object, mutex].into_iter().for_each(close_handle);
}

fn timer(queue: HANDLE, told: &Told, due: u32, period: u32, flags: u32) -> HANDLE {
    let mut timer = null_mut();
    let made = unsafe {
        ws2_CreateTimerQueueTimer(&raw mut timer, queue, Some(called), told.context(), due, period, flags)
    };
    assert_eq!((made, timer.is_null()), (1, false));
    timer
}

fn delete(queue: HANDLE, timer: HANDLE, event: HANDLE) -> (i32, u32) {
    with_error(|| ws2_DeleteTimerQueueTimer(queue, timer, event))
}

const HOUR: u32 = 3_600_000;

/// TP12: once or again and again, in a queue or in none, and set anew.
#[test]
fn tp12_timers() {
    let own = ws2_CreateTimerQueue();
    assert!(!own.is_null());
    for queue in [own, null_mut()] {
        let told = Told::new();
        for (due, period, flags, count) in [
            (0, 0, 0, 1),
            (20, 0, 0, 1),
            (0, 1, 0, 5),
            (5, 2, 0x20, 3),
            (1, 1, ONLY_ONCE, 1),
            (1, 0, 0x10, 1),
        ] {
            let begun = Instant::now();
            let timer = timer(queue, told, due, period, flags);
            (0..count).for_each(|_| assert_eq!(told.next().1, 1));
            assert!(begun.elapsed() >= Duration::from_millis(due.into()), "too early");
            assert_eq!(delete(queue, timer, ALL_ENDED).0, 1);
            if count == 1 {
                assert!(told.is_empty(), "once");
            }
            while !told.is_empty() {}
            assert_eq!(delete(queue, timer, null_mut()), (0, 87), "it is none any more");
        }
        // Far away, then near; then again and again; and one that was due once stays so.
        let late = timer(queue, told, HOUR, 0, 0);
        assert_eq!(ws2_ChangeTimerQueueTimer(queue, late, 1, 1), 1);
        (0..3).for_each(|_| assert_eq!(told.next().1, 1));
        assert_eq!(ws2_ChangeTimerQueueTimer(queue, late, 0, 0), 1);
        assert_eq!(delete(queue, late, ALL_ENDED).0, 1);
        while !told.is_empty() {}
        let once = timer(queue, told, 0, 0, 0);
        assert_eq!(told.next().1, 1);
        assert_eq!(ws2_ChangeTimerQueueTimer(queue, once, 0, 1), 1);
        std::thread::sleep(Duration::from_millis(30));
        assert!(told.is_empty(), "it comes no more");
        // With NULL it is always said that somebody may run.
        assert_eq!(delete(queue, once, null_mut()), (0, 997));
        let unused = timer(queue, told, HOUR, HOUR, 0);
        assert_eq!(delete(queue, unused, null_mut()), (0, 997));
        assert_eq!(ws2_ChangeTimerQueueTimer(queue, unused, 0, 0), 0);
    }
    assert_eq!(ws2_DeleteTimerQueue(own), 1);
}

fn held_timer(queue: HANDLE, held: &Held) -> HANDLE {
    let mut timer = null_mut();
    let made =
        unsafe { ws2_CreateTimerQueueTimer(&raw mut timer, queue, Some(holds), held.context(), 0, 0, 0) };
    assert_eq!(made, 1);
    timer
}

/// TP12: ends of timers and queues while a function runs, and what they are told by.
#[test]
fn tp12_ends() {
    for of_queue in [false, true] {
        for (what, ends) in [("NULL", null_mut()), ("event", event(true, false)), ("waits", ALL_ENDED)] {
            let (held, told) = (Held::new(), Told::new());
            let queue = ws2_CreateTimerQueue();
            let first = held_timer(queue, held);
            let second = timer(queue, told, HOUR, 0, 0);
            wait_for(held.began);
            let numbers = [queue, first, ends].map(|handle| handle.addr());
            let end = move || {
                let [queue, first, ends] = numbers.map(without_provenance_mut);
                if of_queue {
                    with_error(|| ws2_DeleteTimerQueueEx(queue, ends))
                } else {
                    delete(queue, first, ends)
                }
            };
            if what == "waits" {
                let waiter = Blocked::started(end);
                waiter.wait_until_it_waits();
                ws2_SetEvent(held.goes_on);
                assert_eq!(waiter.outcome().0, 1);
                assert_eq!(held.runs.load(Ordering::Acquire), 0);
            } else {
                assert_eq!(end(), (0, 997), "{what}");
                assert!(what == "NULL" || !is_set(ends));
                ws2_SetEvent(held.goes_on);
                if what == "event" {
                    wait_for(ends);
                    assert_eq!(held.runs.load(Ordering::Acquire), 0);
                }
            }
            let after = if of_queue { 6 } else { 997 };
            assert_eq!(delete(queue, second, null_mut()), (0, after), "{what}");
            // The function may be on its way back.
            let queue = with_error(|| ws2_DeleteTimerQueue(queue));
            assert!(if of_queue { queue == (0, 6) } else { queue.0 == 1 || queue.1 == 997 }, "{queue:?}");
            assert!(told.is_empty());
            wait_until("it has returned", || held.runs.load(Ordering::Acquire) == 0);
        }
    }
    // A timer's own event, and that of its queue.
    let (held, queue, both) = (Held::new(), ws2_CreateTimerQueue(), [event(true, false), event(true, false)]);
    let timer = held_timer(queue, held);
    wait_for(held.began);
    assert_eq!(delete(queue, timer, both[0]), (0, 997));
    assert_eq!(with_error(|| ws2_DeleteTimerQueueEx(queue, both[1])), (0, 997));
    assert!(!is_set(both[0]) && !is_set(both[1]));
    ws2_SetEvent(held.goes_on);
    both.into_iter().for_each(|event| {
        wait_for(event);
        close_handle(event);
    });
    // An event is set where there is nothing to wait for, too.
    let done = event(true, false);
    assert_eq!(ws2_DeleteTimerQueueEx(ws2_CreateTimerQueue(), done), 1);
    wait_for(done);
    close_handle(done);
}

/// TP12: many in one queue, which are deleted with it while they come.
#[test]
fn tp12_many() {
    let told = Told::new();
    let queue = ws2_CreateTimerQueue();
    let timers: Vec<_> = (0..300).map(|at| timer(queue, told, at % 7, at % 3, 0)).collect();
    (0..300).for_each(|_| assert_eq!(told.next().1, 1));
    assert_eq!(ws2_DeleteTimerQueueEx(queue, ALL_ENDED), 1);
    while !told.is_empty() {}
    std::thread::sleep(Duration::from_millis(10));
    assert!(told.is_empty(), "none comes any more");
    for timer in timers {
        assert_eq!(delete(null_mut(), timer, null_mut()), (0, 87));
    }
}

/// TP12: what is refused.
#[test]
fn tp12_refused() {
    let told = Told::new();
    let queue = ws2_CreateTimerQueue();
    let mut made = null_mut();
    let place = &raw mut made;
    let wild: HANDLE = without_provenance_mut(8);
    for (what, place, queue, function, code) in [
        ("no place", null_mut(), queue, Some(called as Function), 87),
        ("a wild place", wild.cast(), queue, Some(called as Function), 998),
        ("no function", place, queue, None, 87),
        ("no queue", place, wild, Some(called as Function), 6),
    ] {
        let outcome = with_error(|| unsafe {
            ws2_CreateTimerQueueTimer(place, queue, function, told.context(), 0, 0, 0)
        });
        assert_eq!(outcome, (0, code), "{what}");
        assert!(made.is_null() && told.is_empty());
    }
    let timer = timer(queue, told, HOUR, 0, 0);
    assert_eq!(delete(wild, timer, null_mut()), (0, 6), "no queue");
    assert_eq!(delete(queue, timer, wild), (0, 6), "no event");
    assert_eq!(with_error(|| ws2_ChangeTimerQueueTimer(wild, timer, 0, 0)), (0, 6));
    assert_eq!(with_error(|| ws2_ChangeTimerQueueTimer(queue, queue, 0, 0)), (0, 87));
    assert_eq!(delete(queue, queue, null_mut()), (0, 87), "a queue is no timer");
    for none in [null_mut(), wild, timer, ALL_ENDED] {
        assert_eq!(with_error(|| ws2_DeleteTimerQueueEx(none, null_mut())), (0, 6));
        assert_eq!(with_error(|| ws2_DeleteTimerQueue(none)), (0, 6));
    }
    assert_eq!(with_error(|| ws2_DeleteTimerQueueEx(queue, wild)), (0, 6), "no event");
    assert_eq!(ws2_ChangeTimerQueueTimer(queue, timer, 0, 0), 1, "it is there still");
    assert_eq!(told.next().1, 1);
    assert_eq!(ws2_DeleteTimerQueueEx(queue, ALL_ENDED), 1);
}
