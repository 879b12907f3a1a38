//! The join between `Result` and C for these functions, and the forms that arguments come in.

use std::ffi::{c_char, c_void};
use std::fmt;

use super::super::call::Show;
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::error::last_error;
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::kernel::names::{Created, Wish};
use crate::runtime::trace;
use crate::sys::user::memory;

pub(in crate::ffi) const TRUE: BOOL = 1;
pub(in crate::ffi) const FALSE: BOOL = 0;

/// Stores the code of a call that failed, traces the call, and gives the value that C sees.
pub(in crate::ffi) fn answer<T: fmt::Display>(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    result: Result<T, Code>,
    failed: T,
) -> T {
    match result {
        Ok(value) => {
            if trace::wanted() {
                trace::succeeded(&Show(describe), &value);
            }
            value
        }
        Err(code) => {
            refused(&Show(describe), &failed, code);
            failed
        }
    }
}

/// [`answer`] of a call that may wait, which the trace tells of when it begins to.
pub(in crate::ffi) fn waiting<T: fmt::Display>(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce() -> Result<T, Code>,
    failed: T,
) -> T {
    let _begun = trace::begins(&Show(&describe));
    answer(describe, act(), failed)
}

#[cold]
fn refused(describe: &dyn fmt::Display, failed: &dyn fmt::Display, code: Code) {
    if trace::wanted() {
        trace::refused(describe, failed, &code);
    }
    set_last(code.number());
}

pub(in crate::ffi) fn set_last(code: u32) {
    last_error::set(code.cast_signed());
}

/// [`answer`] of a function that returns TRUE or FALSE.
#[inline]
pub(in crate::ffi) fn truth(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    result: Result<(), Code>,
) -> BOOL {
    answer(describe, result.map(|()| TRUE), FALSE)
}

/// [`answer`] of a function that returns a handle or NULL.
pub(in crate::ffi) fn handle(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    result: Result<usize, Code>,
) -> HANDLE {
    let value = answer(describe, result.map(Hex), Hex(0));
    std::ptr::without_provenance_mut(value.0)
}

/// [`handle`] of a function that says by the last error whether the object was there before.
pub(in crate::ffi) fn created(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    result: Result<Created, Code>,
) -> HANDLE {
    if let Ok(created) = result {
        set_last(if created.existed { Code::ALREADY_EXISTS.number() } else { 0 });
    }
    handle(describe, result.map(|created| created.handle))
}

/// A number as the trace shows it.
#[derive(Clone, Copy)]
pub(in crate::ffi) struct Hex(pub(in crate::ffi) usize);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// What the caller wants of a new handle.
///
/// # Safety
/// An in pointer.
pub(in crate::ffi) unsafe fn wish(attributes: *const SECURITY_ATTRIBUTES, access: u32) -> Result<Wish, Code> {
    // SAFETY: passed on to the caller.
    Ok(Wish { access, inherited: unsafe { inherited(attributes) }? })
}

/// Whether the handle is to be inherited; not, where nothing is said.
///
/// # Safety
/// An in pointer.
pub(in crate::ffi) unsafe fn inherited(attributes: *const SECURITY_ATTRIBUTES) -> Result<bool, Code> {
    if attributes.is_null() {
        return Ok(false);
    }
    // SAFETY: an in pointer; any bits are a value of these numbers.
    unsafe { memory::read(attributes) }.map(|found| found.bInheritHandle != 0).ok_or(Code::NOACCESS)
}

/// A name in 8-bit characters, UTF-8 as all texts here, in the form that both kinds of functions share. Bytes that are no
/// UTF-8 stay different from each other and from all else.
///
/// # Safety
/// An in pointer to a text.
pub(in crate::ffi) unsafe fn narrow(name: *const c_char) -> Result<Option<Vec<u16>>, Code> {
    if name.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    let text = unsafe { memory::text(name) }.ok_or(Code::NOACCESS)?;
    let mut units = Vec::new();
    // Never more units than bytes.
    units.try_reserve(text.count_bytes()).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    for chunk in text.to_bytes().utf8_chunks() {
        units.extend(chunk.valid().encode_utf16());
        units.extend(chunk.invalid().iter().map(|byte| 0xDC00 | u16::from(*byte)));
    }
    Ok(Some(units))
}

/// A name in 16-bit characters.
///
/// # Safety
/// An in pointer to a text.
pub(in crate::ffi) unsafe fn wide(name: *const u16) -> Result<Option<Vec<u16>>, Code> {
    if name.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { memory::wide_text(name) }?.map(Some).ok_or(Code::NOACCESS)
}

/// Where a result goes, which is not wanted if it is NULL.
pub(in crate::ffi) struct Out<T>(*mut T);

impl<T: Copy> Out<T> {
    /// Asks beforehand whether it can be written, so that nothing is done whose result would be lost.
    pub(in crate::ffi) fn optional(place: *mut T) -> Result<Self, Code> {
        if place.is_null() || memory::writable(place.addr(), size_of::<T>()) {
            Ok(Self(place))
        } else {
            Err(Code::NOACCESS)
        }
    }

    /// Likewise; it must not be NULL.
    pub(in crate::ffi) fn needed(place: *mut T) -> Result<Self, Code> {
        if place.is_null() { Err(Code::NOACCESS) } else { Self::optional(place) }
    }

    /// Writes the result, if it is wanted.
    ///
    /// # Safety
    /// An out pointer.
    pub(in crate::ffi) unsafe fn put(self, value: T) -> Result<(), Code> {
        // SAFETY: passed on to the caller.
        if self.0.is_null() || unsafe { memory::write(self.0, value) } { Ok(()) } else { Err(Code::NOACCESS) }
    }
}

/// An address that came through numbers as a pointer again.
pub(in crate::ffi) fn pointer(address: usize) -> *mut c_void {
    std::ptr::with_exposed_provenance_mut(address)
}
