//! Waits of the thread pool: row TP10, and TP2, TP3, TP5 for them.

use std::ffi::c_void;
use std::ptr::{null, null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::pool::{Told, environment, tell};
use crate::support::process::{Blocked, alone, fork, here, succeeded};
use crate::support::waiting::wait_until;
use crate::words::*;
use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::platform::types::FILETIME;
use ws2_32::ffi::*;

unsafe extern "C" fn ended(
    instance: PTP_CALLBACK_INSTANCE,
    context: *mut c_void,
    wait: PTP_WAIT,
    result: TP_WAIT_RESULT,
) {
    assert!(!instance.is_null());
    tell(context, (0, result, 0, wait.addr()));
}

fn make(told: &Told, environment: *mut TP_CALLBACK_ENVIRON) -> PTP_WAIT {
    let wait = unsafe { ws2_CreateThreadpoolWait(Some(ended), told.context(), environment) };
    assert!(!wait.is_null());
    wait
}

/// 100 nanoseconds.
const MS: i64 = 10_000;
const HOUR: i64 = 3_600_000 * MS;

fn set(wait: PTP_WAIT, handle: HANDLE, due: Option<i64>) -> i32 {
    let mut time = due.map(|due| FILETIME {
        dwLowDateTime: due.cast_unsigned() as u32,
        dwHighDateTime: (due.cast_unsigned() >> 32) as u32,
    });
    let time = time.as_mut().map_or(null_mut(), |time| time);
    unsafe { ws2_SetThreadpoolWaitEx(wait, handle, time, null_mut()) }
}

fn stop(wait: PTP_WAIT) -> i32 {
    // The time is not looked at.
    unsafe { ws2_SetThreadpoolWaitEx(wait, null_mut(), without_provenance_mut(8), null_mut()) }
}

fn semaphore(count: i32, most: i32) -> HANDLE {
    let made = unsafe { ws2_CreateSemaphoreA(null_mut(), count, most, null()) };
    assert!(!made.is_null());
    made
}

fn release(semaphore: HANDLE, count: i32) {
    assert_eq!(unsafe { ws2_ReleaseSemaphore(semaphore, count, null_mut()) }, 1);
}

fn timer(milliseconds: i64) -> HANDLE {
    let made = unsafe { ws2_CreateWaitableTimerA(null_mut(), 0, null()) };
    let due = -milliseconds * MS;
    assert_eq!(unsafe { ws2_SetWaitableTimer(made, (&raw const due).cast(), 0, None, null_mut(), 0) }, 1);
    made
}

unsafe extern "C" fn thread(_: *mut c_void) -> u32 {
    7
}

fn suspended_thread() -> HANDLE {
    const CREATE_SUSPENDED: u32 = 4;
    let made =
        unsafe { ws2_CreateThread(null_mut(), 0, Some(thread), null_mut(), CREATE_SUSPENDED, null_mut()) };
    assert!(!made.is_null());
    made
}

fn come_soon(timer: HANDLE) {
    let soon = -MS;
    assert_eq!(unsafe { ws2_SetWaitableTimer(timer, (&raw const soon).cast(), 0, None, null_mut(), 0) }, 1);
}

/// TP10: whatever is waited for, the function is called once, and the wait has taken what a wait takes.
#[test]
fn tp10_every_kind_of_object() {
    type Row = (&'static str, fn() -> HANDLE, fn(HANDLE), bool);
    let told = Told::new();
    let wait = make(told, null_mut());
    let set_event = |handle: HANDLE| assert_eq!(ws2_SetEvent(handle), 1);
    let rows: &[Row] = &[
        ("an event", || event(false, false), set_event, false),
        ("an event that stays set", || event(true, false), set_event, true),
        ("a semaphore", || semaphore(0, 2), |handle| release(handle, 1), false),
        ("a semaphore with one left", || semaphore(0, 2), |handle| release(handle, 2), true),
        ("a thread", suspended_thread, |handle| assert_eq!(ws2_ResumeThread(handle), 1), true),
        ("a timer", || timer(30), |_| {}, false),
        ("a timer that is set anew", || timer(3_600_000), come_soon, false),
    ];
    for (what, make_object, signal, stays) in rows {
        for is_signalled_before in [false, true] {
            let object = make_object();
            if is_signalled_before {
                signal(object);
            }
            assert_eq!(set(wait, object, None), 0, "{what}");
            if !is_signalled_before {
                signal(object);
            }
            assert_eq!(told.next(), (0, 0, 0, wait.addr()), "{what}");
            ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
            assert!(told.is_empty(), "{what}: once");
            assert_eq!(ws2_WaitForSingleObject(object, 0) == 0, *stays, "{what}");
            assert_eq!(stop(wait), 0, "{what}: it has ended");
            close_handle(object);
        }
    }
    ws2_CloseThreadpoolWait(wait);
}

/// TP10: a socket's handle, a completion port, a child process.
#[test]
fn tp10_sockets_ports_processes() {
    let told = Told::new();
    let wait = make(told, null_mut());
    let (near, far) = both();
    let over = Over::new();
    let mut bytes = [0; 4];
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(set(wait, handle(near), None), 0);
    assert_eq!(send(far, b"x", 0), Ok(1));
    assert_eq!(told.next().1, 0, "a socket");
    shut_all([near, far]);
    let port = Port::new(1);
    assert_eq!(set(wait, port.0, None), 0);
    port.post(1, 2, 3);
    assert_eq!(told.next().1, 0, "a port");
    assert_eq!(set(wait, without_provenance_mut(usize::MAX), Some(-MS)), 0);
    assert_eq!(told.next().1, TIMED_OUT, "this process");
    ws2_CloseThreadpoolWait(wait);
}

/// Now, as a date.
fn now() -> i64 {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    116_444_736_000_000_000 + (since_1970.as_nanos() / 100) as i64
}

/// TP10: the time, from now or as a date; at once where it is past, but what is signalled comes first.
#[test]
fn tp10_times() {
    let told = Told::new();
    let wait = make(told, null_mut());
    for (what, time, is_date, signalled, result) in [
        ("at once", 0, false, false, TIMED_OUT),
        ("at once, and it is set", 0, false, true, 0),
        ("a date that is past", -HOUR, true, false, TIMED_OUT),
        ("a moment from now", -1, false, false, TIMED_OUT),
        ("a while from now", -30 * MS, false, false, TIMED_OUT),
        ("a date", 40 * MS, true, false, TIMED_OUT),
        ("a long time, and it is set", -HOUR, false, true, 0),
        ("a late date, and it is set", HOUR, true, true, 0),
    ] {
        let event = event(false, signalled);
        let begun = now();
        let due = if is_date { begun + time } else { time };
        assert_eq!(set(wait, event, Some(due)), 0, "{what}");
        assert_eq!(told.next().1, result, "{what}");
        if result == TIMED_OUT {
            let least = if is_date { due } else { begun - time };
            assert!(now() >= least, "{what}: too early");
        }
        ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
        assert!(told.is_empty() && !is_set(event), "{what}");
        close_handle(event);
    }
    // What ends before its time does not end once more.
    let event = event(false, false);
    set(wait, event, Some(-50 * MS));
    ws2_SetEvent(event);
    assert_eq!(told.next().1, 0);
    let sentinel = make(told, null_mut());
    set(sentinel, event, Some(-100 * MS));
    assert_eq!(told.next(), (0, TIMED_OUT, 0, sentinel.addr()));
    ws2_CloseThreadpoolWait(sentinel);
    ws2_CloseThreadpoolWait(wait);
    close_handle(event);
}

/// TP10: setting it anew, or for nothing, ends what went on, which takes nothing any more.
#[test]
fn tp10_replaced() {
    let told = Told::new();
    let wait = make(told, null_mut());
    let [first, second] = [event(false, false), event(false, false)];
    assert_eq!(stop(wait), 0, "nothing was set");
    assert_eq!(set(wait, first, None), 0);
    assert_eq!(set(wait, second, Some(-HOUR)), 1, "it waited");
    ws2_SetEvent(first);
    assert!(is_set(first), "nobody waits for it");
    assert_eq!(stop(wait), 1, "it waited");
    assert_eq!(stop(wait), 0, "it does not");
    ws2_SetEvent(second);
    assert!(is_set(second), "nobody waits for it");
    ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
    assert!(told.is_empty());
    // A time that is replaced by a nearer one, and the other way round.
    ws2_ResetEvent(first);
    assert_eq!(set(wait, first, Some(-HOUR)), 0);
    assert_eq!(set(wait, first, Some(-MS)), 1);
    assert_eq!(told.next().1, TIMED_OUT);
    assert_eq!(set(wait, first, Some(-30 * MS)), 0);
    assert_eq!(set(wait, first, None), 1);
    std::thread::sleep(std::time::Duration::from_millis(60));
    assert!(told.is_empty(), "the time that was replaced does not count");
    unsafe { ws2_SetThreadpoolWait(wait, null_mut(), null_mut()) };
    assert_eq!(stop(wait), 0);
    ws2_CloseThreadpoolWait(wait);
    [first, second].into_iter().for_each(close_handle);
}

/// TP10: of several that wait for one object as many are called as it lets pass, the first first.
#[test]
fn tp10_one_object() {
    for count in [1, 2] {
        let told = Told::new();
        let waits = [make(told, null_mut()), make(told, null_mut())];
        let object = semaphore(0, 2);
        for wait in waits {
            assert_eq!(set(wait, object, None), 0);
        }
        release(object, count);
        let mut called: Vec<usize> = (0..count).map(|_| told.next().3).collect();
        called.sort_unstable();
        assert!(count == 2 || called == [waits[0].addr()]);
        assert!(!is_set(object));
        assert_eq!(stop(waits[1]), i32::from(count == 1));
        waits.into_iter().for_each(|wait| ws2_CloseThreadpoolWait(wait));
        assert!(told.is_empty());
        close_handle(object);
    }
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// TP10, TP13: a thousand at once, for one object and for a thousand, take no threads.
#[test]
fn tp13_many() {
    alone(here!("tp13_many"), || {
        const COUNT: usize = 1000;
        let told = Told::new();
        let waits: Vec<_> = (0..COUNT).map(|_| make(told, null_mut())).collect();
        let one = event(true, false);
        let own: Vec<_> = (0..COUNT).map(|_| event(false, false)).collect();
        for wait in &waits {
            assert_eq!(set(*wait, one, Some(-HOUR)), 0);
        }
        assert!(threads() < 20, "{}", threads());
        ws2_SetEvent(one);
        let expect_all = || {
            let mut called: Vec<usize> = (0..COUNT).map(|_| told.next().3).collect();
            called.sort_unstable();
            called.dedup();
            assert_eq!(called.len(), COUNT);
        };
        expect_all();
        for (wait, event) in waits.iter().zip(&own) {
            assert_eq!(set(*wait, *event, None), 0);
        }
        own.iter().for_each(|event| assert_eq!(ws2_SetEvent(*event), 1));
        expect_all();
        // Half of them time out, the others are closed meanwhile.
        for (at, wait) in waits.iter().enumerate() {
            set(*wait, own[at], Some(if at % 2 == 0 { -MS } else { -HOUR }));
        }
        (0..COUNT / 2).for_each(|_| assert_eq!(told.next().1, TIMED_OUT));
        waits.into_iter().for_each(|wait| ws2_CloseThreadpoolWait(wait));
        own.iter().for_each(|event| assert!(ws2_SetEvent(*event) == 1 && is_set(*event)));
        assert!(told.is_empty());
        own.into_iter().chain([one]).for_each(close_handle);
    });
}

/// A callback that sets its own wait anew until it has been called often enough, and closes it then.
struct Own {
    event: HANDLE,
    left: AtomicU32,
    done: HANDLE,
}

unsafe extern "C" fn again(_: PTP_CALLBACK_INSTANCE, context: *mut c_void, wait: PTP_WAIT, result: u32) {
    let own = unsafe { &*context.cast::<Own>() };
    assert_eq!(result, 0);
    if own.left.fetch_sub(1, Ordering::AcqRel) > 1 {
        assert_eq!(set(wait, own.event, None), 0);
        ws2_SetEvent(own.event);
    } else {
        set(wait, own.event, None);
        ws2_CloseThreadpoolWait(wait);
        // It is none any more.
        assert_eq!((set(wait, own.event, None), stop(wait)), (0, 0));
        ws2_SetEvent(own.done);
    }
}

/// TP10, TP3: from its own function it may be set anew and closed.
#[test]
fn tp10_from_its_own_callback() {
    let own = Own { event: event(false, false), left: AtomicU32::new(1000), done: event(false, false) };
    let context = (&raw const own).cast_mut().cast();
    let wait = unsafe { ws2_CreateThreadpoolWait(Some(again), context, null_mut()) };
    assert_eq!(set(wait, own.event, None), 0);
    ws2_SetEvent(own.event);
    wait_for(own.done);
    ws2_SetEvent(own.event);
    assert!(is_set(own.event), "nobody waits for it");
    [own.event, own.done].into_iter().for_each(close_handle);
}

unsafe extern "C" fn holds(_: PTP_CALLBACK_INSTANCE, context: *mut c_void, _: PTP_WAIT, _: u32) {
    let [began, goes_on] = unsafe { *context.cast::<[HANDLE; 2]>() };
    ws2_SetEvent(began);
    assert_eq!(ws2_WaitForSingleObject(goes_on, LONG), 0);
}

/// TP2, TP3, TP5: waiting for calls, with and without those that have not begun; closing; the end of a group.
#[test]
fn tp10_ends() {
    for cancel in [0, 1] {
        let told = Told::new();
        let pool = ws2_CreateThreadpool(null_mut());
        ws2_SetThreadpoolThreadMaximum(pool, 1);
        let mut wanted = environment(pool, null_mut());
        let mut words = [event(false, false), event(false, false)];
        let context = (&raw mut words).cast();
        let slow = unsafe { ws2_CreateThreadpoolWait(Some(holds), context, &raw mut wanted) };
        let wait = make(told, &raw mut wanted);
        let object = event(true, true);
        set(slow, object, None);
        wait_for(words[0]);
        // The only thread is busy.
        set(wait, object, None);
        let [slow_number, wait_number] = [slow.addr(), wait.addr()];
        let waiter = Blocked::started(move || {
            let wait = without_provenance_mut(if cancel == 1 { wait_number } else { slow_number });
            ws2_WaitForThreadpoolWaitCallbacks(wait, cancel);
        });
        if cancel == 1 {
            waiter.outcome();
            ws2_SetEvent(words[1]);
        } else {
            waiter.wait_until_it_waits();
            ws2_SetEvent(words[1]);
            waiter.outcome();
            assert_eq!(told.next().1, 0);
        }
        ws2_WaitForThreadpoolWaitCallbacks(slow, 0);
        // What is due is called all the same.
        set(slow, object, None);
        wait_for(words[0]);
        set(wait, object, None);
        ws2_CloseThreadpoolWait(wait);
        ws2_SetEvent(words[1]);
        assert_eq!(told.next().3, wait_number);
        ws2_CloseThreadpoolWait(slow);
        ws2_CloseThreadpool(pool);
        assert!(told.is_empty());
        words.into_iter().chain([object]).for_each(close_handle);
    }
    let told = Told::new();
    let group = ws2_CreateThreadpoolCleanupGroup();
    let mut wanted = environment(null_mut(), group);
    let wait = make(told, &raw mut wanted);
    let object = event(true, false);
    set(wait, object, Some(-30 * MS));
    ws2_CloseThreadpoolCleanupGroupMembers(group, 0, null_mut());
    ws2_SetEvent(object);
    assert_eq!((set(wait, object, None), stop(wait)), (0, 0), "it is none any more");
    std::thread::sleep(std::time::Duration::from_millis(60));
    assert!(told.is_empty());
    ws2_CloseThreadpoolCleanupGroup(group);
    close_handle(object);
}

/// TP10: what is refused changes nothing.
#[test]
fn tp10_refused() {
    let told = Told::new();
    let none = with_error(|| unsafe { ws2_CreateThreadpoolWait(None, null_mut(), null_mut()) });
    assert_eq!(none, (null_mut(), 87));
    let wild = without_provenance_mut(8);
    let none = with_error(|| unsafe { ws2_CreateThreadpoolWait(Some(ended), null_mut(), wild) });
    assert_eq!(none, (null_mut(), 998));
    let wait = make(told, null_mut());
    let [object, mutex] = [event(false, false), unsafe { ws2_CreateMutexA(null_mut(), 0, null()) }];
    assert_eq!(set(wait, object, None), 0);
    for (what, handle) in [
        ("no handle", without_provenance_mut(0x7FFF_FFF0)),
        ("a number", without_provenance_mut(1 << 40)),
        ("a mutex", mutex),
    ] {
        assert_eq!(set(wait, handle, Some(0)), 0, "{what}");
    }
    let unreadable = unsafe { ws2_SetThreadpoolWaitEx(wait, object, without_provenance_mut(8), null_mut()) };
    assert_eq!(unreadable, 0);
    assert_eq!(ws2_WaitForSingleObject(mutex, 0), 0, "it is free");
    assert_eq!(ws2_ReleaseMutex(mutex), 1);
    assert!(told.is_empty());
    ws2_SetEvent(object);
    assert_eq!(told.next().1, 0, "it waited still");
    for wild in [null_mut(), without_provenance_mut(16), wait.wrapping_byte_add(8)] {
        assert_eq!((set(wild, object, None), stop(wild)), (0, 0));
        ws2_WaitForThreadpoolWaitCallbacks(wild, 1);
        ws2_CloseThreadpoolWait(wild);
    }
    ws2_CloseThreadpoolWait(wait);
    [object, mutex].into_iter().for_each(close_handle);
}

unsafe extern "C" fn counts(_: PTP_CALLBACK_INSTANCE, context: *mut c_void, wait: PTP_WAIT, result: u32) {
    let (semaphore, count) = unsafe { &*context.cast::<(usize, AtomicU32)>() };
    count.fetch_add(u32::from(result == 0), Ordering::AcqRel);
    set(wait, handle(*semaphore), Some(-MS / 10));
}

/// TP10: whatever races, each signal is taken once: by a call, by a wait of a thread, or it is left.
#[test]
fn tp10_no_signal_is_lost() {
    const ROUNDS: u32 = 3000;
    let object = semaphore(0, i32::MAX);
    let shared: &'static _ = Box::leak(Box::new((object.addr(), AtomicU32::new(0))));
    let context = (&raw const *shared).cast_mut().cast();
    let waits: Vec<_> = (0..4)
        .map(|_| unsafe { ws2_CreateThreadpoolWait(Some(counts), context, null_mut()) })
        .inspect(|wait| assert_eq!(set(*wait, object, None), 0))
        .collect();
    let numbers: Vec<usize> = waits.iter().map(|wait| wait.addr()).collect();
    let mut taken = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| (0..ROUNDS).for_each(|_| release(handle(shared.0), 1)));
        scope.spawn(|| {
            for round in 0..ROUNDS as usize {
                let wait = without_provenance_mut(numbers[round % 4]);
                if round % 3 == 0 {
                    stop(wait);
                }
                set(wait, handle(shared.0), Some(if round % 2 == 0 { 0 } else { -HOUR }));
            }
        });
        taken = (0..ROUNDS).filter(|_| ws2_WaitForSingleObject(object, 0) == 0).count() as u32;
    });
    for wait in waits {
        // From now on nothing is taken that is not told.
        while stop(wait) == 1 {}
        ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
        while stop(wait) == 1 {
            ws2_WaitForThreadpoolWaitCallbacks(wait, 0);
        }
        ws2_CloseThreadpoolWait(wait);
    }
    // A call that was under way may have begun a last one.
    wait_until("all are there", || {
        let left = std::iter::from_fn(|| (ws2_WaitForSingleObject(object, 0) == 0).then_some(())).count();
        taken += left as u32;
        taken + shared.1.load(Ordering::Acquire) == ROUNDS
    });
    close_handle(object);
}

/// TP13: threads that make handles while times are set: none of them waits for ever.
#[test]
fn tp13_times_beside_handles() {
    alone(here!("tp13_times_beside_handles"), || {
        let told = Told::new();
        let wait = make(told, null_mut());
        let object = event(false, false);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| (0..20_000).for_each(|_| close_handle(event(false, false))));
            }
            (0..20_000).for_each(|_| {
                set(wait, object, Some(-HOUR));
            });
        });
        ws2_CloseThreadpoolWait(wait);
        close_handle(object);
    });
}

/// TP13: in a child of `fork` no wait goes on, and new ones can be begun.
#[test]
fn tp13_fork() {
    alone(here!("tp13_fork"), || {
        let told = Told::new();
        let wait = make(told, null_mut());
        let object = event(false, false);
        set(wait, object, Some(-HOUR));
        let child = fork(|| {
            ws2_SetEvent(object);
            let goes_on = !is_set(object) || stop(wait) == 1;
            let new = make(told, null_mut());
            let own = event(false, true);
            set(new, own, None);
            !goes_on
                && told.next() == (0, 0, 0, new.addr())
                && set(wait, own, Some(0)) == 0
                && told.next().1 == TIMED_OUT
        });
        assert!(succeeded(child));
        assert_eq!(stop(wait), 1, "here it goes on");
        ws2_CloseThreadpoolWait(wait);
        close_handle(object);
    });
}
