//! Locks in the program's memory: KO19, KO20, KO27.

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::mem::zeroed;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::*;

use crate::words::*;

/// Memory that several threads hand to the library.
struct Place<T>(UnsafeCell<T>);

unsafe impl<T> Sync for Place<T> {}

impl<T> Place<T> {
    fn zero() -> Self {
        Self(UnsafeCell::new(unsafe { zeroed() }))
    }

    fn at(&self) -> *mut T {
        self.0.get()
    }
}

/// Counts in a way that loses counts without a lock.
fn count_with(lock: impl Fn() + Sync, unlock: impl Fn() + Sync) {
    const THREADS: usize = 6;
    const TURNS: usize = 3000;
    let count = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..TURNS {
                    lock();
                    let seen = count.load(Ordering::Relaxed);
                    std::hint::spin_loop();
                    count.store(seen + 1, Ordering::Relaxed);
                    unlock();
                }
            });
        }
    });
    assert_eq!(count.into_inner(), THREADS * TURNS);
}

#[test]
fn ko19_critical_section() {
    let section = Place::<CRITICAL_SECTION>::zero();
    let at = section.at();
    unsafe {
        ws2_InitializeCriticalSection(at);
        assert_eq!(((*at).LockCount, (*at).RecursionCount, (*at).OwningThread), (-1, 0, null_mut()));
        ws2_EnterCriticalSection(at);
        assert_eq!(ws2_TryEnterCriticalSection(at), 1, "again");
        assert_eq!((*at).RecursionCount, 2);
        assert_eq!((*at).OwningThread.addr(), ws2_GetCurrentThreadId() as usize);
        let elsewhere =
            || std::thread::scope(|scope| scope.spawn(|| ws2_TryEnterCriticalSection(section.at())).join());
        assert_eq!(elsewhere().unwrap(), 0);
        ws2_LeaveCriticalSection(at);
        assert_eq!(elsewhere().unwrap(), 0, "left once of twice");
        // Another thread's leaving changes nothing.
        std::thread::scope(|scope| scope.spawn(|| ws2_LeaveCriticalSection(section.at())).join()).unwrap();
        assert_eq!((*at).RecursionCount, 1);
        ws2_LeaveCriticalSection(at);
        assert_eq!((*at).LockCount, -1);
        ws2_DeleteCriticalSection(at);
        assert_eq!(ws2_InitializeCriticalSectionAndSpinCount(at, 0x8000_0400), 1);
        assert_eq!(ws2_SetCriticalSectionSpinCount(at, 7), 0x400);
        assert_eq!(ws2_InitializeCriticalSectionEx(at, 100, 0x0100_0000), 1);
        assert_eq!(with_error(|| ws2_InitializeCriticalSectionEx(at, 100, 0x2000_0000)), (0, 87));
        // As curl does.
        assert_eq!(ws2_InitializeCriticalSectionEx(at, 0, 1), 1);
    }
    for spins in [0, 1000] {
        unsafe { ws2_SetCriticalSectionSpinCount(at, spins) };
        count_with(
            || unsafe { ws2_EnterCriticalSection(section.at()) },
            || unsafe {
                ws2_LeaveCriticalSection(section.at());
            },
        );
    }
}

#[test]
fn ko20_slim_lock() {
    let lock = Place::<SRWLOCK>::zero();
    let at = lock.at();
    unsafe {
        assert_eq!((ws2_TryAcquireSRWLockShared(at), ws2_TryAcquireSRWLockShared(at)), (1, 1));
        assert_eq!(ws2_TryAcquireSRWLockExclusive(at), 0);
        ws2_ReleaseSRWLockShared(at);
        ws2_ReleaseSRWLockShared(at);
        assert_eq!(ws2_TryAcquireSRWLockExclusive(at), 1);
        assert_eq!((ws2_TryAcquireSRWLockExclusive(at), ws2_TryAcquireSRWLockShared(at)), (0, 0));
        ws2_ReleaseSRWLockExclusive(at);
        assert!((*at).Ptr.is_null());
        ws2_InitializeSRWLock(at);
    }
    count_with(
        || unsafe { ws2_AcquireSRWLockExclusive(lock.at()) },
        || unsafe {
            ws2_ReleaseSRWLockExclusive(lock.at());
        },
    );
}

#[test]
fn ko20_slim_lock_readers_see_no_writer() {
    let lock = Place::<SRWLOCK>::zero();
    let pair = [AtomicUsize::new(0), AtomicUsize::new(0)];
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..2000 {
                    unsafe { ws2_AcquireSRWLockExclusive(lock.at()) };
                    let next = pair[0].load(Ordering::Relaxed) + 1;
                    pair[0].store(next, Ordering::Relaxed);
                    std::thread::yield_now();
                    pair[1].store(next, Ordering::Relaxed);
                    unsafe { ws2_ReleaseSRWLockExclusive(lock.at()) };
                }
            });
            scope.spawn(|| {
                for _ in 0..2000 {
                    unsafe { ws2_AcquireSRWLockShared(lock.at()) };
                    assert_eq!(pair[0].load(Ordering::Relaxed), pair[1].load(Ordering::Relaxed));
                    unsafe { ws2_ReleaseSRWLockShared(lock.at()) };
                }
            });
        }
    });
    assert_eq!(pair[0].load(Ordering::Relaxed), 6000);
    assert!(unsafe { (*lock.at()).Ptr.is_null() } || unsafe { (*lock.at()).Ptr.addr() } & 0x8000_0000 == 0);
}

/// Numbers through a buffer of one, with either kind of lock.
#[test]
fn ko20_condition_variables() {
    for srw in [false, true] {
        let (section, lock) = (Place::<CRITICAL_SECTION>::zero(), Place::<SRWLOCK>::zero());
        let (full, empty) = (Place::<CONDITION_VARIABLE>::zero(), Place::<CONDITION_VARIABLE>::zero());
        unsafe { ws2_InitializeCriticalSection(section.at()) };
        let enter = || unsafe {
            if srw { ws2_AcquireSRWLockExclusive(lock.at()) } else { ws2_EnterCriticalSection(section.at()) }
        };
        let leave = || unsafe {
            if srw { ws2_ReleaseSRWLockExclusive(lock.at()) } else { ws2_LeaveCriticalSection(section.at()) }
        };
        let sleep = |on: &Place<CONDITION_VARIABLE>, time| unsafe {
            if srw {
                ws2_SleepConditionVariableSRW(on.at(), lock.at(), time, 0)
            } else {
                ws2_SleepConditionVariableCS(on.at(), section.at(), time)
            }
        };
        enter();
        let late = with_error(|| while sleep(&full, 5) == 1 {});
        leave();
        assert_eq!(late.1, 1460);
        let buffer = AtomicUsize::new(0);
        let mut got = Vec::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 1..=2000 {
                    enter();
                    while buffer.load(Ordering::Relaxed) != 0 {
                        assert_eq!(sleep(&empty, INFINITE), 1);
                    }
                    buffer.store(number, Ordering::Relaxed);
                    leave();
                    unsafe { ws2_WakeConditionVariable(full.at()) };
                }
            });
            for _ in 0..2000 {
                enter();
                while buffer.load(Ordering::Relaxed) == 0 {
                    assert_eq!(sleep(&full, INFINITE), 1);
                }
                got.push(buffer.swap(0, Ordering::Relaxed));
                leave();
                unsafe { ws2_WakeAllConditionVariable(empty.at()) };
            }
        });
        assert_eq!(got, (1..=2000).collect::<Vec<_>>());
    }
    let (condition, lock) = (Place::<CONDITION_VARIABLE>::zero(), Place::<SRWLOCK>::zero());
    unsafe {
        ws2_InitializeConditionVariable(condition.at());
        ws2_AcquireSRWLockShared(lock.at());
        let slept = |flags| with_error(|| ws2_SleepConditionVariableSRW(condition.at(), lock.at(), 1, flags));
        assert_eq!(slept(1), (0, 1460));
        assert_eq!(slept(2), (0, 87));
        ws2_ReleaseSRWLockShared(lock.at());
    }
}

unsafe extern "C" fn make(_: *mut INIT_ONCE, count: *mut c_void, made: *mut *mut c_void) -> i32 {
    ws2_Sleep(5);
    let count = unsafe { &*count.cast::<AtomicUsize>() };
    let first = count.fetch_add(1, Ordering::SeqCst) == 0;
    unsafe { *made = without_provenance_mut(0x40) };
    i32::from(!first)
}

#[test]
fn ko20_once() {
    let (once, count) = (Place::<INIT_ONCE>::zero(), AtomicUsize::new(0));
    let execute = || {
        let mut made = null_mut();
        let argument = std::ptr::from_ref(&count).cast_mut().cast();
        let done = unsafe { ws2_InitOnceExecuteOnce(once.at(), Some(make), argument, &raw mut made) };
        (done, made.addr())
    };
    assert_eq!(execute(), (0, 0), "the first one fails");
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(execute)).collect();
        threads.into_iter().for_each(|thread| assert_eq!(thread.join().unwrap(), (1, 0x40)));
    });
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[test]
fn ko20_once_in_steps() {
    let once = Place::<INIT_ONCE>::zero();
    let begin = |flags| {
        let (mut pending, mut context) = (9, null_mut());
        let done = with_error(|| unsafe {
            ws2_InitOnceBeginInitialize(once.at(), flags, &raw mut pending, &raw mut context)
        });
        (done.0, done.1, pending, context.addr())
    };
    let complete = |flags, with| {
        with_error(|| unsafe { ws2_InitOnceComplete(once.at(), flags, without_provenance_mut(with)) })
    };
    assert_eq!(complete(0, 0), (0, 31), "not begun");
    assert_eq!(begin(1), (0, 31, 9, 0));
    assert_eq!(begin(0), (1, UNTOUCHED, 1, 0));
    assert_eq!(begin(2), (0, 87, 9, 0));
    assert_eq!(complete(0, 1), (0, 87), "a low bit");
    assert_eq!(complete(4, 0), (1, UNTOUCHED), "it was not to be made");
    assert_eq!((begin(2), begin(2)), ((1, UNTOUCHED, 1, 0), (1, UNTOUCHED, 1, 0)));
    assert_eq!(begin(0), (0, 87, 9, 0));
    assert_eq!((complete(0, 8), complete(2 | 4, 0)), ((0, 87), (0, 87)));
    assert_eq!((complete(2, 8), complete(2, 16)), ((1, UNTOUCHED), (0, 31)), "the first wins");
    assert_eq!((begin(0), begin(1)), ((1, UNTOUCHED, 0, 8), (1, UNTOUCHED, 0, 8)));
    unsafe { ws2_InitOnceInitialize(once.at()) };
    assert_eq!(begin(3), (0, 87, 9, 0));
    assert_eq!(begin(0).2, 1);
}

#[test]
fn ko27_values_of_all_sizes() {
    #[repr(C, align(8))]
    struct Values(AtomicU8, AtomicU8, AtomicU16, AtomicU32, AtomicU64);
    let values =
        Values(AtomicU8::new(0), AtomicU8::new(0), AtomicU16::new(0), AtomicU32::new(0), AtomicU64::new(0));
    let wait_on = |address: *mut c_void, size, time| {
        let zero = 0_u64;
        with_error(|| unsafe { ws2_WaitOnAddress(address, (&raw const zero).cast_mut().cast(), size, time) })
    };
    let places: [(*mut c_void, usize); 5] = [
        (values.0.as_ptr().cast(), 1),
        (values.1.as_ptr().cast(), 1),
        (values.2.as_ptr().cast(), 2),
        (values.3.as_ptr().cast(), 4),
        (values.4.as_ptr().cast(), 8),
    ];
    for (address, size) in places {
        assert_eq!(wait_on(address, size, 2), (0, 1460), "{size}");
        let shared = Shared::from(address);
        let waiter = asleep(move || {
            let zero = 0_u64;
            let compared = (&raw const zero).cast_mut().cast();
            let first = |at: *mut c_void| unsafe { (*at.cast::<AtomicU8>()).load(Ordering::SeqCst) };
            while first(std::ptr::with_exposed_provenance_mut(shared.0)) == 0 {
                unsafe {
                    ws2_WaitOnAddress(
                        std::ptr::with_exposed_provenance_mut(shared.0),
                        compared,
                        size,
                        INFINITE,
                    )
                };
            }
            0
        });
        let _ = address.expose_provenance();
        unsafe { (*address.cast::<AtomicU8>()).store(1, Ordering::SeqCst) };
        if size == 4 {
            ws2_WakeByAddressAll(address)
        } else {
            ws2_WakeByAddressSingle(address)
        }
        assert_eq!(join(waiter), 0);
        assert_eq!(wait_on(address, size, INFINITE), (1, UNTOUCHED), "another value");
    }
    assert_eq!(wait_on(places[0].0, 3, 0), (0, 87));
    assert_eq!(wait_on(null_mut(), 4, 0), (0, 998));
    ws2_WakeByAddressAll(null_mut());
}
