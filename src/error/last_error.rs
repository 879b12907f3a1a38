//! The thread's last error: a number of our own, never `errno` read later.

use std::cell::Cell;

thread_local! {
    static LAST_ERROR: Cell<i32> = const { Cell::new(0) };
}

/// The calling thread's last error; 0 in a fresh thread and after a successful call.
#[must_use]
#[inline(always)]
pub fn get() -> i32 {
    LAST_ERROR.with(Cell::get)
}

/// Sets the calling thread's last error. Any number is kept unchanged (LE8).
#[inline(always)]
pub fn set(code: i32) {
    // `LocalKey::set` is a call of its own in a library that is built to be small.
    LAST_ERROR.with(|last| last.set(code));
}
