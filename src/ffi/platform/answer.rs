//! Between `Result` and the way these functions report: the thread's last error and a value that means failure. And the
//! program's texts, which come in two widths.

use std::ffi::{CStr, CString, c_char};

use super::types::SECURITY_ATTRIBUTES;
use crate::error::last_error;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::platform::{path, text};
use crate::sys::platform::file;
use crate::sys::user::memory;
use crate::sys::{Errno, room};

/// A function's result.
pub(super) type Answer<T> = Result<T, Code>;

/// Sets the last error.
pub(super) fn set(code: Code) {
    last_error::set(code.number().cast_signed());
}

/// The value, or after an error the one that means failure.
pub(super) fn give<T>(answer: Answer<T>, failed: T) -> T {
    answer.unwrap_or_else(|code| {
        set(code);
        failed
    })
}

/// `TRUE`, or `FALSE` after an error.
pub(super) fn truth(answer: Answer<()>) -> BOOL {
    give(answer.map(|()| 1), 0)
}

/// A unit of text: a byte of UTF-8, or 16 bits of UTF-16.
pub(super) trait Unit: Copy + Default + PartialEq + 'static {
    /// The program's text at an address, as bytes of UTF-8.
    ///
    /// # Errors
    /// `ERROR_NOACCESS`: it cannot be read. `ERROR_NOT_ENOUGH_MEMORY`.
    ///
    /// # Safety
    /// `from` is an in pointer.
    unsafe fn read(from: *const Self) -> Answer<Vec<u8>>;

    /// The program's text as it is, without its end.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    ///
    /// # Safety
    /// `from` is an in pointer.
    unsafe fn read_units(from: *const Self) -> Answer<Vec<Self>>;

    /// How many units the program's text at an address has; none where it cannot be read. It takes no memory.
    ///
    /// # Safety
    /// `from` is an in pointer.
    unsafe fn length(from: *const Self) -> Option<usize>;

    /// The units of a text in UTF-8, one after the other.
    fn each(bytes: &[u8]) -> impl Iterator<Item = Self>;

    /// The units of a text in UTF-8, without an end.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    fn units(bytes: &[u8]) -> Answer<Vec<Self>> {
        Ok(room::list(Self::each(bytes))?)
    }

    /// Likewise, with their end.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    fn ended(bytes: &[u8]) -> Answer<Vec<Self>> {
        let mut units = Self::units(bytes)?;
        room::push(&mut units, Self::default())?;
        Ok(units)
    }
}

impl Unit for c_char {
    unsafe fn read(from: *const Self) -> Answer<Vec<u8>> {
        // SAFETY: passed on to the caller.
        let text = unsafe { memory::text(from) }.ok_or(Code::ERROR_NOACCESS)?;
        Ok(room::copy(text.to_bytes())?)
    }

    unsafe fn read_units(from: *const Self) -> Answer<Vec<Self>> {
        // SAFETY: passed on to the caller.
        let text = unsafe { memory::text(from) }.ok_or(Code::ERROR_NOACCESS)?;
        Ok(room::list(text.to_bytes().iter().map(|&byte| Self::from_ne_bytes([byte])))?)
    }

    unsafe fn length(from: *const Self) -> Option<usize> {
        // SAFETY: passed on to the caller.
        unsafe { memory::text(from) }.map(CStr::count_bytes)
    }

    fn each(bytes: &[u8]) -> impl Iterator<Item = Self> {
        bytes.iter().map(|&byte| Self::from_ne_bytes([byte]))
    }
}

impl Unit for WCHAR {
    unsafe fn read(from: *const Self) -> Answer<Vec<u8>> {
        // SAFETY: passed on to the caller.
        text::narrow(&unsafe { Self::read_units(from) }?, false)
    }

    unsafe fn read_units(from: *const Self) -> Answer<Vec<Self>> {
        // SAFETY: passed on to the caller.
        unsafe { memory::wide_text(from) }?.ok_or(Code::ERROR_NOACCESS)
    }

    unsafe fn length(from: *const Self) -> Option<usize> {
        // SAFETY: passed on to the caller.
        unsafe { memory::wide_length(from) }
    }

    fn each(bytes: &[u8]) -> impl Iterator<Item = Self> {
        room::wide_units(bytes)
    }
}

/// A text that must be there.
///
/// # Errors
/// `missing` for NULL, `ERROR_NOACCESS` for what cannot be read, `ERROR_NOT_ENOUGH_MEMORY`.
///
/// # Safety
/// `from` is an in pointer.
pub(super) unsafe fn needed<T: Unit>(from: *const T, missing: Code) -> Answer<Vec<u8>> {
    if from.is_null() {
        return Err(missing);
    }
    // SAFETY: passed on to the caller.
    unsafe { T::read(from) }
}

/// A name for the system, which has no zero inside.
pub(super) fn c_text(bytes: &[u8]) -> Answer<CString> {
    if bytes.contains(&0) { Err(Code::ERROR_INVALID_NAME) } else { Ok(room::c_text(bytes)?) }
}

/// The name of a file, as Linux has it.
///
/// # Errors
/// As [`needed`] with `ERROR_PATH_NOT_FOUND`, and as [`path::linux`].
///
/// # Safety
/// `from` is an in pointer.
pub(super) unsafe fn file_name<T: Unit>(from: *const T) -> Answer<CString> {
    // SAFETY: passed on to the caller.
    path::linux(&unsafe { needed(from, Code::ERROR_PATH_NOT_FOUND) }?)
}

/// The code for a call on a name. Linux says ENOENT for a name that is missing and for a directory on the way to it, and ENOTDIR
/// for a file where a directory is meant, the last part or one on the way; Windows tells them apart.
pub(super) fn of_name(name: &CStr, errno: Errno) -> Code {
    let last = match errno.number() {
        libc::ENOENT => Code::ERROR_FILE_NOT_FOUND,
        libc::ENOTDIR => Code::ERROR_DIRECTORY,
        _ => return errno.into(),
    };
    let bytes = name.to_bytes();
    let bytes = bytes.strip_suffix(b"/").unwrap_or(bytes);
    let directory = match bytes.iter().rposition(|&byte| byte == b'/') {
        Some(at) => bytes.get(..at.max(1)).unwrap_or_default(),
        None => b".",
    };
    match room::c_text(directory) {
        Ok(directory) => {
            let there = file::look_at(&directory).is_ok_and(|facts| facts.kind == libc::S_IFDIR);
            if there { last } else { Code::ERROR_PATH_NOT_FOUND }
        }
        Err(none) => none.into(),
    }
}

/// Whether the programs that are started get a new handle; not, where nothing is said.
///
/// # Errors
/// `ERROR_NOACCESS`.
///
/// # Safety
/// `given` is an in pointer.
pub(super) unsafe fn inherits(given: *const SECURITY_ATTRIBUTES) -> Answer<bool> {
    if given.is_null() {
        return Ok(false);
    }
    // SAFETY: passed on to the caller; any bytes are numbers and an address.
    let found = unsafe { memory::read(given) };
    found.map(|found| found.bInheritHandle != 0).ok_or(Code::ERROR_NOACCESS)
}

/// Writes a value to a place that must be there.
///
/// # Safety
/// `to` is an out pointer.
pub(super) unsafe fn put<T: Copy>(to: *mut T, value: T) -> Answer<()> {
    // SAFETY: passed on to the caller.
    if unsafe { memory::write(to, value) } { Ok(()) } else { Err(Code::ERROR_NOACCESS) }
}

/// Writes units.
///
/// # Safety
/// `to` is an out pointer.
pub(super) unsafe fn put_all<T: Copy>(to: *mut T, values: &[T]) -> Answer<()> {
    // SAFETY: passed on to the caller.
    if unsafe { memory::write_all(to, values) } { Ok(()) } else { Err(Code::ERROR_NOACCESS) }
}

/// A count as Windows has it.
pub(super) fn count(len: usize) -> DWORD {
    DWORD::try_from(len).unwrap_or(DWORD::MAX)
}

/// A size as Linux has it.
pub(super) fn len(size: DWORD) -> usize {
    size as usize
}

/// Writes a text as `GetCurrentDirectory` and others do: its length if it fits with its end; else the room that it needs,
/// end included, and nothing is written.
///
/// # Safety
/// `to` is an out pointer.
pub(super) unsafe fn fill<T: Unit>(to: *mut T, size: DWORD, text: &[u8]) -> Answer<DWORD> {
    let units = T::ended(text)?;
    if len(size) < units.len() {
        return Ok(count(units.len()));
    }
    // SAFETY: passed on to the caller.
    unsafe { put_all(to, &units)? };
    Ok(count(units.len() - 1))
}

/// Writes a text whose room is given and told through `size`, as `GetComputerName` does. Told is the room that the text
/// needs; after success `ended` says whether the end counts.
///
/// # Errors
/// `short` where the room is too small, `ERROR_NOACCESS`.
///
/// # Safety
/// Both are out pointers.
pub(super) unsafe fn fill_sized<T: Unit>(
    to: *mut T,
    size: *mut DWORD,
    text: &[u8],
    ended: bool,
    short: Code,
) -> Answer<()> {
    let units = T::ended(text)?;
    // SAFETY: passed on to the caller.
    unsafe {
        let room = memory::read(size.cast_const()).ok_or(Code::ERROR_NOACCESS)?;
        if len(room) < units.len() || to.is_null() {
            put(size, count(units.len()))?;
            return Err(short);
        }
        put_all(to, &units)?;
        put(size, count(units.len() - usize::from(!ended)))
    }
}

/// A text in the room that a structure has, cut where it does not fit.
pub(super) fn placed<T: Unit, const N: usize>(text: &[u8]) -> [T; N] {
    let mut room = [T::default(); N];
    room.iter_mut().take(N.saturating_sub(1)).zip(T::each(text)).for_each(|(to, from)| *to = from);
    room
}
