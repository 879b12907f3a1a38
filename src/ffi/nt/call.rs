//! The join between results and an NTSTATUS, and what arguments have in common.

use std::fmt;

use super::types::{IO_STATUS_BLOCK, NTSTATUS};
use crate::ffi::call::Show;
use crate::ffi::kernel::call::Hex;
use crate::ffi::kernel::types::LARGE_INTEGER;
use crate::kernel::code::Code;
use crate::kernel::device;
use crate::overlapped::polls;
use crate::runtime::trace;
use crate::sys::user::memory;
use crate::windows::{dos_error, status};

/// What a function answers: a status of success, or one of failure.
pub(super) type Answer = Result<u32, u32>;

/// Traces a call, and gives what C sees.
pub(super) fn answer(describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result, result: Answer) -> NTSTATUS {
    let (Ok(status) | Err(status)) = result;
    if trace::wanted() {
        let value = Hex(usize::try_from(status).unwrap_or(0));
        match result {
            Ok(_) => trace::succeeded(&Show(describe), &value),
            Err(_) => trace::refused(&Show(describe), &value, &Code::from_number(dos_error::of(status))),
        }
    }
    status.cast_signed()
}

/// [`answer`] of a call that may wait.
pub(super) fn waiting(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce() -> Answer,
) -> NTSTATUS {
    let _begun = trace::begins(&Show(&describe));
    answer(describe, act())
}

/// The status of a code that a function gave about a handle: of the wrong kind, where there is one at all.
pub(super) fn about(handle: usize, code: Code) -> u32 {
    if code == Code::INVALID_HANDLE && device::find(handle).is_ok_and(is_open) {
        return status::STATUS_OBJECT_TYPE_MISMATCH;
    }
    polls::status_of(code)
}

/// A descriptor may be none that is open.
fn is_open(found: device::Found) -> bool {
    match found {
        device::Found::Descriptor(fd) => crate::sys::file::is_inherited(fd).is_ok(),
        device::Found::Device(_) | device::Found::Other => true,
    }
}

/// A time, if one is given.
///
/// # Errors
/// `STATUS_ACCESS_VIOLATION`.
///
/// # Safety
/// An in pointer.
pub(super) unsafe fn time(timeout: *const LARGE_INTEGER) -> Result<Option<i64>, u32> {
    if timeout.is_null() {
        return Ok(None);
    }
    // SAFETY: an in pointer; any bits are a value.
    unsafe { memory::read(timeout) }.map(|time| Some(time.QuadPart)).ok_or(status::STATUS_ACCESS_VIOLATION)
}

/// A place for a result.
pub(super) struct Place<T>(*mut T);

impl<T: Copy> Place<T> {
    /// # Errors
    /// `STATUS_ACCESS_VIOLATION`: nothing can be written there.
    pub(super) fn new(place: *mut T) -> Result<Self, u32> {
        if memory::writable(place.addr(), size_of::<T>()) && !place.is_null() {
            Ok(Self(place))
        } else {
            Err(status::STATUS_ACCESS_VIOLATION)
        }
    }

    /// Writes the result.
    ///
    /// # Safety
    /// An out pointer.
    pub(super) unsafe fn put(&self, value: T) -> Result<(), u32> {
        // SAFETY: passed on to the caller.
        if unsafe { memory::write(self.0, value) } { Ok(()) } else { Err(status::STATUS_ACCESS_VIOLATION) }
    }
}

impl Place<IO_STATUS_BLOCK> {
    /// Says how a call has ended.
    ///
    /// # Safety
    /// An out pointer.
    pub(super) unsafe fn tell(&self, status: u32, information: usize) -> Result<(), u32> {
        let block = IO_STATUS_BLOCK { Status: status.cast_signed(), Information: information };
        // SAFETY: passed on to the caller.
        unsafe { self.put(block) }
    }
}
