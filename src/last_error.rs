//! The thread's last error: a number of our own, never `errno` read later.

use std::cell::Cell;

thread_local! {
    static LAST_ERROR: Cell<i32> = const { Cell::new(0) };
}

/// The calling thread's last error; 0 in a fresh thread and after a successful call.
#[must_use]
#[inline]
pub fn get() -> i32 {
    LAST_ERROR.get()
}

/// Sets the calling thread's last error. Any number is kept unchanged (SEMANTICS LE8).
#[inline]
pub fn set(code: i32) {
    LAST_ERROR.set(code);
}
