//! The calling thread.

/// A number that no other living thread of this process has. A forked child's thread keeps it.
#[must_use]
pub fn current() -> usize {
    // SAFETY: asks for a number.
    let thread = unsafe { libc::pthread_self() };
    usize::try_from(thread).unwrap_or(0)
}

/// Keeps `pthread_cancel` from ending the calling thread; what was set before.
#[must_use]
pub fn disable_cancellation() -> i32 {
    let mut before = 0;
    // SAFETY: writes to a local.
    unsafe { pthread_setcancelstate(1, &raw mut before) };
    before
}

/// Puts back what [`disable_cancellation`] found. A request that has come meanwhile is met at the thread's next
/// cancellation point.
pub fn restore_cancellation(before: i32) {
    let mut now = 0;
    // SAFETY: writes to a local.
    unsafe { pthread_setcancelstate(before, &raw mut now) };
}

unsafe extern "C" {
    /// Of libc; the crate `libc` does not declare it for Linux.
    fn pthread_setcancelstate(state: i32, before: *mut i32) -> i32;
}
