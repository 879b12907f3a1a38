//! `NtWaitForSingleObject`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::call::{time, waiting};
use super::types::{BOOLEAN, NTSTATUS};
use crate::ffi::kernel::types::{HANDLE, LARGE_INTEGER};
use crate::kernel::wait;
use crate::overlapped::{polls, reactor};

/// `NTSTATUS NtWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, PLARGE_INTEGER Timeout)`
///
/// [`WaitForSingleObjectEx`](crate::ffi::ws2_WaitForSingleObjectEx) with a time that counts 100 nanoseconds: from now where it is
/// negative, else from 1601, by the clock as it stands now. 0 only looks; without a time it waits for ever.
///
/// # Returns
/// `STATUS_SUCCESS`: the object was signalled. `STATUS_ABANDONED_WAIT_0` (0x80): it is a mutex whose owner ended with it.
/// `STATUS_TIMEOUT` (0x102). `STATUS_USER_APC` (0xC0): routines have run.
///
/// # Errors
/// * `STATUS_INVALID_HANDLE`: no handle of an object, a socket or standard input.
/// * `STATUS_ACCESS_DENIED`: the handle has no right to wait.
/// * `STATUS_ACCESS_VIOLATION`: `Timeout` cannot be read.
/// * `STATUS_NO_MEMORY`: no memory to note the wait.
///
/// Source: NT8.
///
/// # Safety
/// `Timeout` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtWaitForSingleObject(
    Handle: HANDLE,
    Alertable: BOOLEAN,
    Timeout: *mut LARGE_INTEGER,
) -> NTSTATUS {
    waiting(
        |f| write!(f, "NtWaitForSingleObject({Handle:p}, {Alertable})"),
        || {
            // SAFETY: an in pointer.
            let due = unsafe { time(Timeout) }?;
            reactor::resume();
            // The words of waits are statuses.
            wait::single_until(Handle.addr(), due, Alertable != 0).map_err(polls::status_of)
        },
    )
}
