//! A lock on a futex: no allocation, nothing per thread, no trace of a panic. It may be taken where the standard
//! library's must not: late in a thread's end, and anew in a child that `fork` left with a lock of a thread that it
//! does not have.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};

use super::futex;
use crate::sys::process::fork::InChild;

const FREE: u32 = 0;
const TAKEN: u32 = 1;
/// Taken, and somebody sleeps until it is free.
const WANTED: u32 = 2;

/// A value that one thread at a time may use.
#[derive(Debug)]
pub struct Lock<T> {
    state: AtomicU32,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached by one thread at a time, through a guard; `T: Send` lets it go from one to the next.
unsafe impl<T: Send> Sync for Lock<T> {}

/// The right to use the value, until it is dropped.
#[derive(Debug)]
#[must_use = "the lock is free again when this is dropped"]
pub struct Guard<'a, T> {
    lock: &'a Lock<T>,
}

impl<T> Lock<T> {
    /// A free one.
    pub const fn new(value: T) -> Self {
        Self { state: AtomicU32::new(FREE), value: UnsafeCell::new(value) }
    }

    /// Takes it, after waiting for whoever has it.
    pub fn take(&self) -> Guard<'_, T> {
        // Acquire: what the last holder wrote is seen.
        if self.state.compare_exchange(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.wait();
        }
        Guard { lock: self }
    }

    /// Takes it if it is free.
    pub fn try_take(&self) -> Option<Guard<'_, T>> {
        let free = self.state.compare_exchange(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed);
        // Not `then_some`: a guard that is made is dropped, which frees the lock.
        free.is_ok().then(|| Guard { lock: self })
    }

    #[cold]
    fn wait(&self) {
        for _ in 0..64 {
            if self.state.compare_exchange(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return;
            }
            std::hint::spin_loop();
        }
        // Taken as "wanted", since others may sleep: the next release then wakes one, maybe for nothing.
        while self.state.swap(WANTED, Ordering::Acquire) != FREE {
            futex::wait(&self.state, WANTED, None);
        }
    }

    /// Makes it anew, free and with another value, in a child after `fork`: whoever held it is not there. What the
    /// old value owned is left behind, since it may be half changed.
    pub fn renew(&self, value: T, _: InChild) {
        // SAFETY: the child has one thread, this one, which does not hold the lock: the caller tried in vain to take
        // it before the fork. The old value is not dropped.
        unsafe { std::ptr::write(self.value.get(), value) };
        self.state.store(FREE, Ordering::Release);
    }
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard is the one way to the value.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard is the one way to the value.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        // Release: what this holder wrote is seen by the next.
        if self.lock.state.swap(FREE, Ordering::Release) == WANTED {
            futex::wake(&self.lock.state, 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trying in vain changes nothing: the lock stays its holder's.
    #[test]
    fn trying_does_not_free_it() {
        let lock = Lock::new(1);
        let guard = lock.take();
        for _ in 0..2 {
            assert!(lock.try_take().is_none());
        }
        drop(guard);
        assert_eq!(lock.try_take().map(|guard| *guard), Some(1));
    }

    #[test]
    fn one_at_a_time() {
        let lock = Lock::new(0_u64);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..20_000).for_each(|_| *lock.take() += 1));
            }
        });
        assert_eq!(*lock.take(), 80_000);
    }

    #[test]
    fn taken_is_taken() {
        let lock = Lock::new(());
        let guard = lock.take();
        assert!(lock.try_take().is_none());
        drop(guard);
        assert!(lock.try_take().is_some());
    }
}
