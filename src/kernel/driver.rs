//! How a thread that waits for packets listens to sockets meanwhile, so that no other thread has to wake it: it sleeps in
//! the kernel's descriptor of many sockets instead of on its own word. What listens is another folder's.

use std::cell::Cell;
use std::sync::OnceLock;

use super::waiter::Waiter;
use crate::sys::event::clock;

/// What listens.
pub(crate) struct Driver {
    /// Whether there is anything to listen to.
    pub(crate) wanted: fn() -> bool,
    /// Takes the role of the one who listens: the number of this turn. Without one the thread counts as a sleeper.
    pub(crate) take: fn() -> Option<u64>,
    /// Listens once, until the deadline at most, and does what follows. `false`: the turn is over.
    pub(crate) round: fn(u64, Option<u64>) -> bool,
    /// Gives the role up.
    pub(crate) give_up: fn(u64),
    /// A sleeper has woken up.
    pub(crate) woke: fn(),
    /// Wakes the waiting thread that listens.
    pub(crate) wake: fn(),
}

static DRIVER: OnceLock<Driver> = OnceLock::new();

/// Says what listens.
pub(crate) fn set(driver: Driver) {
    let _ = DRIVER.set(driver);
}

/// The thread's turn; over when dropped, however the wait ends.
struct Turn(&'static Driver, u64);

impl Drop for Turn {
    fn drop(&mut self) {
        (self.0.give_up)(self.1);
    }
}

/// A sleeper, until it is dropped.
struct Sleeper(&'static Driver);

impl Drop for Sleeper {
    fn drop(&mut self) {
        (self.0.woke)();
    }
}

/// Sleeps until the wait has ended or the deadline has passed; may return for no reason.
pub(super) fn sleep(waiter: &Waiter, deadline: Option<u64>) {
    let Some(driver) = DRIVER.get().filter(|driver| (driver.wanted)()) else {
        return waiter.sleep(deadline);
    };
    let Some(number) = (driver.take)() else {
        let _sleeper = Sleeper(driver);
        return waiter.sleep(deadline);
    };
    let turn = Turn(driver, number);
    let mut goes_on = true;
    if waiter.go_elsewhere() {
        let past = || deadline.is_some_and(|deadline| clock::monotonic() >= deadline);
        while goes_on && waiter.outcome().is_none() && !past() {
            goes_on = (driver.round)(number, deadline);
        }
        waiter.come_back();
    }
    drop(turn);
    if !goes_on {
        waiter.sleep(deadline);
    }
}

/// Wakes a waiting thread that listens. `false`: it is the calling thread.
pub(super) fn wake(thread: u64) -> bool {
    if super::thread::local_id() == thread {
        return false;
    }
    if let Some(driver) = DRIVER.get() {
        (driver.wake)();
    }
    true
}

thread_local! {
    static HANDED: Cell<u32> = const { Cell::new(0) };
}

/// The calling thread has handed a packet to one that waited.
pub(super) fn note_handed() {
    HANDED.set(HANDED.get().wrapping_add(1));
}

/// How often it has done so.
pub(crate) fn handed() -> u32 {
    HANDED.get()
}
