//! `SystemFunction036`, by which programs have called `RtlGenRandom` since Windows XP.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::types::{BOOLEAN, ULONG};
use crate::sys::process::other;

/// `BOOLEAN SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength)`
///
/// Fills a buffer with random bytes of the kernel's. Programs declare it themselves, or call it `RtlGenRandom`.
///
/// # Returns
/// TRUE, or FALSE where the buffer cannot be written. The last error is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `RandomBuffer` is a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SystemFunction036(
    RandomBuffer: *mut c_void,
    RandomBufferLength: ULONG,
) -> BOOLEAN {
    BOOLEAN::from(other::fill(RandomBuffer as usize, RandomBufferLength as usize).is_ok())
}
