//! Many threads at once: a signal is consumed exactly once, and a wait for all takes all or nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ws2_32::ffi::*;

use crate::words::*;

/// How often every thread does its part; more with WS2_CASES.
fn turns() -> usize {
    std::env::var("WS2_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3000)
}

/// Each permit of a semaphore goes to exactly one wait, whether it waits for one, any or all, and with time-outs that race.
#[test]
fn every_signal_is_consumed_exactly_once() {
    let (semaphore, never) = (Shared::from(semaphore(0, i32::MAX)), Shared::from(event(true, true)));
    let (taken, total) = (Arc::new(AtomicUsize::new(0)), turns() * 2);
    let takers: Vec<_> = (0..6)
        .map(|kind| {
            let taken = Arc::clone(&taken);
            thread(move || {
                let list = [semaphore.get(), never.get()];
                while taken.load(Ordering::SeqCst) < total {
                    let time = u32::try_from(kind % 3).unwrap();
                    let outcome = match kind % 3 {
                        0 => wait(list[0], time),
                        1 => any(&list[..1], time),
                        _ => all(&list, time),
                    };
                    if outcome == 0 {
                        taken.fetch_add(1, Ordering::SeqCst);
                    }
                }
                0
            })
        })
        .collect();
    let givers: Vec<_> = (0..2)
        .map(|_| {
            thread(move || {
                for _ in 0..turns() {
                    assert_eq!(unsafe { ws2_ReleaseSemaphore(semaphore.get(), 1, std::ptr::null_mut()) }, 1);
                }
                0
            })
        })
        .collect();
    givers.into_iter().chain(takers).for_each(|thread| assert_eq!(join(thread), 0));
    assert_eq!(taken.load(Ordering::SeqCst), total);
    assert_eq!(wait(semaphore.get(), 0), TIMED_OUT);
}

/// Philosophers: each needs both its forks, which are taken together, so none starves for ever and no fork is lost.
#[test]
fn wait_for_all_takes_all_or_nothing() {
    const SEATS: usize = 5;
    let forks: [Shared; SEATS] = std::array::from_fn(|_| Shared::from(event(false, true)));
    let eating: Arc<[AtomicUsize; SEATS]> = Arc::new(std::array::from_fn(|_| AtomicUsize::new(0)));
    let philosophers: Vec<_> = (0..SEATS)
        .map(|seat| {
            let eating = Arc::clone(&eating);
            thread(move || {
                let next = (seat + 1) % SEATS;
                let pair = [forks[seat].get(), forks[next].get()];
                let mut meals = 0;
                while meals < turns() / 10 {
                    let time = if meals % 3 == 0 { 1 } else { INFINITE };
                    if all(&pair, time) != 0 {
                        continue;
                    }
                    for fork in [seat, next] {
                        assert_eq!(eating[fork].fetch_add(1, Ordering::SeqCst), 0, "a fork in two hands");
                    }
                    for fork in [seat, next] {
                        eating[fork].fetch_sub(1, Ordering::SeqCst);
                    }
                    pair.iter().for_each(|fork| assert_eq!(ws2_SetEvent(*fork), 1));
                    meals += 1;
                }
                0
            })
        })
        .collect();
    philosophers.into_iter().for_each(|philosopher| assert_eq!(join(philosopher), 0));
    let table: Vec<_> = forks.iter().map(|fork| fork.get()).collect();
    assert_eq!(all(&table, 0), 0, "every fork lies there");
}

/// A mutex that threads abandon all the time is never lost and never in two hands.
#[test]
fn abandoned_mutexes_go_from_hand_to_hand() {
    let held = Shared::from(mutex(false));
    let inside = Arc::new(AtomicUsize::new(0));
    for _ in 0..20 {
        let threads: Vec<_> = (0..8)
            .map(|at| {
                let inside = Arc::clone(&inside);
                thread(move || {
                    let outcome = wait(held.get(), INFINITE);
                    assert!(matches!(outcome, 0 | ABANDONED));
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    inside.fetch_sub(1, Ordering::SeqCst);
                    if at % 2 == 0 {
                        assert_eq!(ws2_ReleaseMutex(held.get()), 1);
                    }
                    0
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| assert_eq!(join(thread), 0));
    }
}
