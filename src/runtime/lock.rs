//! Locks. Waiting for one leaves the caller's `errno` as it was: the standard library waits with a system call
//! through libc, which may set it.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use crate::sys::errno_kept;

/// Takes a lock. That a thread panicked with it says nothing about what it guards.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => errno_kept(|| mutex.lock().unwrap_or_else(PoisonError::into_inner)),
    }
}

/// Waits until another thread unparks this one, or for no reason.
pub(crate) fn park() {
    errno_kept(std::thread::park);
}
