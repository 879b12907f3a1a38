//! What calls with an OVERLAPPED have in common: the wish that C expresses, and the answer that it gets.

use std::ffi::c_void;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::kernel::call::pointer;
use crate::ffi::types::{DWORD, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED};
use crate::overlapped::request::{Routine, RoutineCall, Wish};
use crate::sys::UserOverlapped;

/// How C wants to be told: by an OVERLAPPED, and maybe by a routine.
pub(in crate::ffi) type End = (*mut OVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE);

const BAD: Failure = WsaError::WSAEFAULT.because("lpOverlapped cannot be read and written");

/// Not ended yet: the call was in order.
pub(in crate::ffi) const PENDING: Failure = WsaError::WSA_IO_PENDING.because("the operation has begun");

/// The wish.
///
/// # Errors
/// `WSAEFAULT`.
///
/// # Safety
/// An overlapped pointer, and a routine for the calling thread.
pub(in crate::ffi) unsafe fn wish((overlapped, routine): End) -> Result<Wish, Failure> {
    // SAFETY: passed on to the caller.
    let overlapped = unsafe { UserOverlapped::new(overlapped.expose_provenance()) }.ok_or(BAD)?;
    let routine = routine
        .map(|routine| Routine { call: call_routine, address: (routine as *mut c_void).expose_provenance() });
    Ok(Wish { overlapped, routine, waits: false })
}

/// An OVERLAPPED of the library's own, for a call without one that is an operation all the same.
pub(in crate::ffi) struct Own(OVERLAPPED);

impl Own {
    pub(in crate::ffi) const fn new(at: u64) -> Self {
        let [a, b, c, d, e, f, g, h] = at.to_le_bytes();
        Self(OVERLAPPED {
            Internal: 0,
            InternalHigh: 0,
            Offset: DWORD::from_le_bytes([a, b, c, d]),
            OffsetHigh: DWORD::from_le_bytes([e, f, g, h]),
            hEvent: std::ptr::null_mut(),
        })
    }

    /// The wish to wait. The call must not return before the operation has ended.
    ///
    /// # Errors
    /// None that can happen.
    pub(in crate::ffi) fn wish(&mut self) -> Result<Wish, Failure> {
        // SAFETY: ours, and the operation ends before it goes.
        let overlapped = unsafe { UserOverlapped::new((&raw mut self.0).expose_provenance()) }.ok_or(BAD)?;
        Ok(Wish { overlapped, routine: None, waits: true })
    }
}

fn call_routine(words: [usize; 4]) {
    let RoutineCall { address, error, bytes, overlapped, flags } = RoutineCall::from_words(words);
    // SAFETY: `wish` made the number of a function of this type.
    let routine =
        unsafe { std::mem::transmute::<*mut c_void, LPWSAOVERLAPPED_COMPLETION_ROUTINE>(pointer(address)) };
    if let Some(routine) = routine {
        // SAFETY: a routine, which the caller handed out for its thread.
        unsafe { routine(error, bytes, pointer(overlapped).cast(), flags) }
    }
}
