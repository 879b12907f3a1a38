//! What the objects and waits are made of: locks, a word to sleep on, and the clock. A model checker puts its own in
//! place of this file (`tests/kernel_model`).

pub(crate) use crate::sys::shared::Arc;
pub(crate) use std::sync::{Mutex, MutexGuard};

pub(crate) use crate::sys::process::sanitizer::{hands_over, takes_over};

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{PoisonError, TryLockError};

use crate::sys::errno_kept;
use crate::sys::event::clock;
use crate::sys::event::futex;

/// Makes a value with several owners; none without memory.
pub(crate) fn shared<T>(value: T) -> Option<Arc<T>> {
    Arc::try_new(value).ok()
}

/// Takes a lock, and leaves the caller's `errno` as it was: the standard library waits with a system call through libc.
/// That a thread panicked with it says nothing about what it guards.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => errno_kept(|| mutex.lock().unwrap_or_else(PoisonError::into_inner)),
    }
}

/// The lock of those who lock more than one object at a time. Nobody who has it and waits for an object's lock can be
/// waited for by the one who has that: everybody else locks one object only.
pub(crate) fn lock_all() -> MutexGuard<'static, ()> {
    static ALL: Mutex<()> = Mutex::new(());
    lock(&ALL)
}

/// Nanoseconds of the clock that nobody sets, and of the one that tells the date.
pub(crate) fn now() -> [u64; 2] {
    [clock::monotonic(), clock::realtime()]
}

/// Wakes a thread that listens to sockets while it waits. `false`: it is the calling thread.
pub(crate) fn wake_elsewhere(thread: u64) -> bool {
    super::driver::wake(thread)
}

/// The wait of an object of the thread pool has ended. No lock is held.
pub(crate) fn tell_pool(object: usize) {
    super::pool::wait_has_ended(object);
}

/// A number that one thread sleeps on and others change.
pub(crate) struct Word(AtomicU32);

impl Word {
    pub(crate) const fn new(value: u32) -> Self {
        Self(AtomicU32::new(value))
    }

    /// Acquire: what the one who changed it did before is seen.
    pub(crate) fn load(&self) -> u32 {
        self.0.load(Ordering::Acquire)
    }

    /// Only where no other thread changes it.
    pub(crate) fn store(&self, value: u32) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// Whether it was `from` and is now `to`. Release for the sleeper, acquire for who finds that another was first.
    pub(crate) fn change(&self, from: u32, to: u32) -> bool {
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Sleeps while it is `value`, until the deadline at most; may return for no reason.
    pub(crate) fn sleep(&self, value: u32, deadline: Option<u64>) {
        futex::wait(&self.0, value, deadline);
    }

    pub(crate) fn wake(&self) {
        futex::wake(&self.0, 1);
    }
}

/// The lowest identifier of a thread that this process has started since it began or was forked.
static FIRST: AtomicU64 = AtomicU64::new(0);
/// The identifier of the thread that forked.
static SURVIVOR: AtomicU64 = AtomicU64::new(0);

/// Whether the thread can still be there: of those from before a fork only the one that forked is.
pub(crate) fn is_of_this_process(thread: u64) -> bool {
    thread >= FIRST.load(Ordering::Relaxed) || thread == SURVIVOR.load(Ordering::Relaxed)
}

/// A number that a fork changes in the child.
pub(super) fn process() -> u64 {
    FIRST.load(Ordering::Relaxed)
}

/// In a child: the threads with lower identifiers are not there, but for one.
pub(super) fn forked(first: u64, survivor: u64) {
    SURVIVOR.store(survivor, Ordering::Relaxed);
    FIRST.store(first, Ordering::Relaxed);
}
