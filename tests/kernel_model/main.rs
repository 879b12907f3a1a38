//! Waits and signals under every order of steps that shuttle tries: the library's own `object.rs`, `state.rs` and
//! `waiter.rs`, with locks that it schedules. A lost wake-up is a deadlock, which it reports.
//!
//! `WS2_CASES=100000 cargo test --test kernel_model` tries more.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the files that it shares with the library have more than it needs"
)]

#[path = "../../src/kernel/object.rs"]
mod object;
#[path = "../../src/kernel/state.rs"]
mod state;
mod sync;
#[path = "../../src/kernel/waiter.rs"]
mod waiter;

use object::{Object, Together, enlist_any, leave, take_any};
use shuttle::sync::atomic::{AtomicUsize, Ordering};
use shuttle::thread;
use state::State;
use sync::Arc;
use waiter::{ABANDONED, AGAIN, APC, TIMED_OUT, Waiter};

fn explore(scenario: impl Fn() + Send + Sync + 'static) {
    let cases = std::env::var("WS2_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    let scenario = std::sync::Arc::new(scenario);
    let again = std::sync::Arc::clone(&scenario);
    shuttle::check_random(move || scenario(), cases);
    shuttle::check_pct(move || again(), cases, 4);
}

fn semaphore(count: u32) -> Arc<Object> {
    Arc::new(Object::new(State::Semaphore { count, maximum: 100 }))
}

fn count(object: &Object) -> usize {
    object.change(|state| match state {
        State::Semaphore { count, .. } => *count as usize,
        State::Event { set, .. } => usize::from(*set),
        _ => 0,
    })
}

fn release(object: &Object) {
    let ((), signalled) = object.signal(|state| match state {
        State::Semaphore { count, .. } => *count += 1,
        State::Event { set, .. } => *set = true,
        State::Mutex { owner, count, .. } => (*owner, *count) = (0, 0),
        _ => {}
    });
    signalled.settle().wake();
}

/// A wait as `wait.rs` does it. One that may time out does so as soon as it is scheduled.
fn wait(objects: &[Arc<Object>], all: bool, may_time_out: bool, waiter: &Arc<Waiter>) -> u32 {
    waiter.arm();
    let together = all.then(|| Together::new(Arc::clone(waiter), objects.to_vec()).unwrap());
    match &together {
        Some(together) => Together::enlist(together).unwrap(),
        None => enlist_any(objects, waiter).unwrap(),
    }
    let outcome = loop {
        if let Some(outcome) = waiter.outcome() {
            break outcome;
        }
        waiter.sleep(may_time_out.then_some(0));
        if may_time_out {
            waiter.claim(TIMED_OUT);
        }
    };
    match &together {
        Some(together) => together.leave(),
        None => leave(objects, waiter),
    }
    outcome
}

/// Runs waits in threads of their own; how many were satisfied.
fn waits(wanted: Vec<(Vec<Arc<Object>>, bool, bool)>, meanwhile: impl FnOnce()) -> Vec<u32> {
    let threads: Vec<_> = (1_u64..)
        .zip(wanted)
        .map(|(id, (objects, all, may_time_out))| {
            thread::spawn(move || wait(&objects, all, may_time_out, &Arc::new(Waiter::new(id))))
        })
        .collect();
    meanwhile();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}

#[test]
fn a_signal_is_consumed_exactly_once() {
    explore(|| {
        let one = semaphore(0);
        let list = vec![Arc::clone(&one)];
        let wanted = vec![(list.clone(), false, true), (list.clone(), true, true), (list, false, false)];
        let outcomes = waits(wanted, || (0..3).for_each(|_| release(&one)));
        let taken = outcomes.iter().filter(|outcome| **outcome == 0).count();
        assert_eq!(outcomes[2], 0);
        assert_eq!(taken + count(&one), 3, "{outcomes:?}");
    });
}

#[test]
fn any_takes_one_of_two_that_are_signalled_at_once() {
    explore(|| {
        let (first, second) = (semaphore(0), semaphore(0));
        let list = vec![Arc::clone(&first), Arc::clone(&second)];
        let outcomes = waits(vec![(list, false, false)], || {
            let other = Arc::clone(&second);
            let signaller = thread::spawn(move || release(&other));
            release(&first);
            signaller.join().unwrap();
        });
        assert_eq!([count(&first), count(&second)], if outcomes[0] == 0 { [0, 1] } else { [1, 0] });
    });
}

#[test]
fn all_takes_all_or_nothing() {
    explore(|| {
        let (first, second) = (semaphore(0), semaphore(0));
        let both = vec![Arc::clone(&first), Arc::clone(&second)];
        let wanted = vec![(both, true, true), (vec![Arc::clone(&first)], false, true)];
        let outcomes = waits(wanted, || {
            let other = Arc::clone(&second);
            let signaller = thread::spawn(move || release(&other));
            release(&first);
            signaller.join().unwrap();
        });
        let [all, any] = [outcomes[0] == 0, outcomes[1] == 0].map(usize::from);
        assert_eq!([count(&first), count(&second)], [1 - all - any, 1 - all], "{outcomes:?}");
    });
}

#[test]
fn waits_for_all_in_different_orders_are_satisfied_one_after_the_other() {
    explore(|| {
        let (first, second) = (semaphore(0), semaphore(0));
        let both = vec![Arc::clone(&first), Arc::clone(&second)];
        let reversed = vec![Arc::clone(&second), Arc::clone(&first)];
        let outcomes = waits(vec![(both, true, false), (reversed, true, false)], || {
            let other = Arc::clone(&second);
            let signaller = thread::spawn(move || (0..2).for_each(|_| release(&other)));
            (0..2).for_each(|_| release(&first));
            signaller.join().unwrap();
        });
        assert_eq!(outcomes, [0, 0]);
        assert_eq!([count(&first), count(&second)], [0, 0]);
    });
}

/// Who has signalled an object comes to a wait for all late: it is over, and the thread waits with the same waiter for something else.
#[test]
fn a_wait_that_is_over_claims_nothing_of_the_next() {
    explore(|| {
        let (first, second, third) = (semaphore(0), semaphore(0), semaphore(0));
        let (both, alone) = (vec![Arc::clone(&first), Arc::clone(&second)], vec![Arc::clone(&third)]);
        let other = Arc::clone(&second);
        let sleeper = thread::spawn(move || {
            let waiter = Arc::new(Waiter::new(1));
            let outcome = wait(&both, true, true, &waiter);
            release(&other);
            (outcome, wait(&alone, false, true, &waiter))
        });
        release(&first);
        let (all, next) = sleeper.join().unwrap();
        assert_eq!([all, next], [TIMED_OUT, TIMED_OUT]);
        assert_eq!([count(&first), count(&second), count(&third)], [1, 1, 0]);
    });
}

/// The same of a wait for all that looks again: what it was given late is not lost.
#[test]
fn a_wait_for_all_that_looks_again_keeps_what_it_was_given() {
    explore(|| {
        let (first, second) = (semaphore(0), semaphore(0));
        let both = vec![Arc::clone(&first), Arc::clone(&second)];
        let sleeper = thread::spawn(move || {
            let waiter = Arc::new(Waiter::new(1));
            let together = Together::new(Arc::clone(&waiter), both).unwrap();
            (0..3).any(|_| {
                if together.take().is_some() {
                    return true;
                }
                waiter.arm();
                Together::enlist(&together).unwrap();
                waiter.claim(AGAIN);
                together.leave();
                waiter.outcome() == Some(0)
            })
        });
        let other = Arc::clone(&second);
        let signaller = thread::spawn(move || release(&other));
        release(&first);
        signaller.join().unwrap();
        let taken = usize::from(sleeper.join().unwrap());
        assert_eq!([count(&first), count(&second)], [1 - taken, 1 - taken]);
    });
}

#[test]
fn a_routine_or_a_signal_ends_a_wait_but_not_both() {
    explore(|| {
        let one = semaphore(0);
        let waiter = Arc::new(Waiter::new(1));
        let (object, armed) = (Arc::clone(&one), Arc::clone(&waiter));
        let sleeper = thread::spawn(move || wait(&[object], false, false, &armed));
        let (object, claimed) = (Arc::clone(&one), Arc::clone(&waiter));
        let signaller = thread::spawn(move || release(&object));
        claimed.end(APC);
        signaller.join().unwrap();
        let outcome = sleeper.join().unwrap();
        assert_eq!(count(&one), usize::from(outcome == APC), "{outcome:#x}");
    });
}

#[test]
fn a_mutex_is_in_one_hand_and_abandoned_once() {
    explore(|| {
        let mutex = Arc::new(Object::new(State::Mutex { owner: 9, count: 1, abandoned: false }));
        let inside = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (1..=2)
            .map(|id| {
                let (mutex, inside) = (Arc::clone(&mutex), Arc::clone(&inside));
                thread::spawn(move || {
                    let list = [mutex];
                    let outcome = match take_any(&list, id) {
                        Some(outcome) => outcome,
                        None => wait(&list, id == 2, false, &Arc::new(Waiter::new(id))),
                    };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    inside.fetch_sub(1, Ordering::SeqCst);
                    release(&list[0]);
                    outcome
                })
            })
            .collect();
        let ((), signalled) =
            mutex.signal(|state| *state = State::Mutex { owner: 0, count: 0, abandoned: true });
        signalled.settle().wake();
        let abandoned = threads.into_iter().map(|thread| thread.join().unwrap());
        assert_eq!(abandoned.filter(|outcome| outcome & ABANDONED != 0).count(), 1);
    });
}

/// An auto-reset event that is pulsed: who gets through was waiting, and it is reset afterwards.
#[test]
fn a_pulse_leaves_nothing() {
    explore(|| {
        let event = Arc::new(Object::new(State::Event { manual: false, set: false }));
        let list = vec![Arc::clone(&event)];
        let outcomes = waits(vec![(list.clone(), false, true), (list, true, true)], || {
            let ((), signalled) = event.signal(|state| *state = State::Event { manual: false, set: true });
            let signalled = signalled.settle();
            event.change(|state| *state = State::Event { manual: false, set: false });
            signalled.wake();
        });
        assert!(outcomes.iter().filter(|outcome| **outcome == 0).count() <= 1, "{outcomes:?}");
        assert_eq!(count(&event), 0);
    });
}
