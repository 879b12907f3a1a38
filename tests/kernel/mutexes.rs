//! Mutexes and semaphores: KO3, KO4.

use std::ptr::{null, null_mut};

use ws2_32::ffi::*;

use crate::words::*;

#[test]
fn ko3_recursion_and_owner() {
    let mutex = Shared::from(mutex(true));
    assert_eq!(wait(mutex.get(), 0), 0, "its owner gets it again");
    let other = || join(thread(move || wait(mutex.get(), 0)));
    let release = || join(thread(move || with_error(|| ws2_ReleaseMutex(mutex.get())).1));
    assert_eq!((other(), release()), (TIMED_OUT, 288));
    assert_eq!((ws2_ReleaseMutex(mutex.get()), other()), (1, TIMED_OUT), "once of twice");
    assert_eq!(ws2_ReleaseMutex(mutex.get()), 1);
    assert_eq!(with_error(|| ws2_ReleaseMutex(mutex.get())), (0, 288));
    // That thread has ended with it.
    assert_eq!(other(), 0);
    assert_eq!((wait(mutex.get(), 0), wait(mutex.get(), 0)), (ABANDONED, 0));
}

#[test]
fn ko3_abandoned_mutex_goes_to_who_waits() {
    for for_all in [false, true] {
        let mutex = Shared::from(mutex(false));
        let (owns, leave) = (Shared::from(event(false, false)), Shared::from(event(false, false)));
        let owner = thread(move || {
            assert_eq!(wait(mutex.get(), 0), 0);
            ws2_SetEvent(owns.get());
            wait(leave.get(), INFINITE)
        });
        assert_eq!(wait(owns.get(), INFINITE), 0);
        let waiter = asleep(move || {
            let list = [event(true, for_all), mutex.get()];
            let outcome = if for_all { all(&list, INFINITE) } else { any(&list, INFINITE) };
            assert_eq!((wait(mutex.get(), 0), ws2_ReleaseMutex(mutex.get())), (0, 1));
            assert_eq!(ws2_ReleaseMutex(mutex.get()), 1);
            outcome
        });
        assert_eq!(wait(mutex.get(), 0), TIMED_OUT);
        ws2_SetEvent(leave.get());
        assert_eq!(join(owner), 0);
        assert_eq!(join(waiter), if for_all { ABANDONED } else { ABANDONED + 1 });
        assert_eq!(wait(mutex.get(), 0), 0, "abandoned once");
    }
}

#[test]
fn ko3_initial_owner_of_an_existing_mutex_is_who_owned_it() {
    let name = text("ko3");
    let create = move |owned| unsafe { ws2_CreateMutexA(null_mut(), owned, name.as_ptr()) };
    let first = create(1);
    let second = join(thread(move || {
        let (mutex, code) = with_error(|| create(1));
        assert_eq!(code, 183);
        wait(mutex, 0)
    }));
    assert_eq!(second, TIMED_OUT);
    assert_eq!(ws2_ReleaseMutex(first), 1);
}

#[test]
fn ko4_semaphores_count() {
    for (initial, maximum, code) in [(0, 1, 0), (1, 1, 0), (2, 1, 87), (-1, 1, 87), (0, 0, 87), (0, -1, 87)] {
        let made = with_error(|| unsafe { ws2_CreateSemaphoreA(null_mut(), initial, maximum, null()) });
        assert_eq!((made.0.is_null(), made.1), (code != 0, code), "{initial} {maximum}");
    }
    let semaphore = semaphore(1, 3);
    let mut previous = -1;
    let mut release = |count| {
        let done = with_error(|| unsafe { ws2_ReleaseSemaphore(semaphore, count, &raw mut previous) });
        (done.0, done.1, previous)
    };
    assert_eq!(release(2), (1, UNTOUCHED, 1));
    assert_eq!(release(1), (0, 298, 1), "beyond the maximum");
    assert_eq!(release(i32::MAX), (0, 298, 1));
    assert_eq!(release(0), (0, 87, 1));
    assert_eq!(release(-1), (0, 87, 1));
    let waits: Vec<_> = (0..4).map(|_| wait(semaphore, 0)).collect();
    assert_eq!(waits, [0, 0, 0, TIMED_OUT]);
    assert_eq!(unsafe { ws2_ReleaseSemaphore(semaphore, 3, null_mut()) }, 1);
}
