//! `RtlNtStatusToDosError`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::types::NTSTATUS;
use crate::ffi::kernel::types::ULONG;
use crate::windows::dos_error;

/// `ULONG RtlNtStatusToDosError(NTSTATUS Status)`
///
/// The code of Windows itself for a status: for `STATUS_PENDING` `ERROR_IO_PENDING`, for `STATUS_TIMEOUT` `WAIT_TIMEOUT`. A status of
/// the program's own, and one that has a code of Windows in it, is that.
///
/// # Returns
/// The code; `ERROR_MR_MID_NOT_FOUND` (317) for a status that is not known here: COMPATIBILITY.md says which those are.
///
/// Source: NT10.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_RtlNtStatusToDosError(Status: NTSTATUS) -> ULONG {
    dos_error::of(Status.cast_unsigned())
}
