//! `FormatMessage`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::answer::{Answer, Unit, count, give, len, needed, put, put_all};
use crate::ffi::types::{DWORD, WCHAR};
use crate::platform::code::Code;
use crate::platform::message::{self, Arguments};
use crate::sys::platform::block;
use crate::sys::room::{self, Made, NoMemory};
use crate::sys::user::memory;

/// The array of `FORMAT_MESSAGE_ARGUMENT_ARRAY`: a word per argument, a value or the address of a text.
struct Array(*const usize);

impl Array {
    fn word(&self, number: usize) -> Option<usize> {
        // SAFETY: the caller's array, asked before it is read.
        unsafe { memory::read(self.0.wrapping_add(number.checked_sub(1)?)) }
    }
}

impl Arguments for Array {
    fn text(&self, number: usize, wide: bool) -> Made<Option<String>> {
        let Some(at) = self.word(number) else { return Ok(None) };
        // SAFETY: a text of the caller's, asked before it is read.
        let text = unsafe {
            if wide {
                needed(at as *const WCHAR, Code::ERROR_NOACCESS)
            } else {
                needed(at as *const c_char, Code::ERROR_NOACCESS)
            }
        };
        match text {
            Ok(text) => room::lossy(&text).map(Some),
            Err(Code::ERROR_NOT_ENOUGH_MEMORY) => Err(NoMemory),
            Err(_) => Ok(None),
        }
    }

    fn value(&self, number: usize) -> Option<u64> {
        self.word(number).map(|word| word as u64)
    }
}

/// # Safety
/// `source` and `arguments` are in pointers, `buffer` is an out pointer.
unsafe fn format<T: Unit>(
    flags: DWORD,
    source: *const T,
    number: DWORD,
    buffer: *mut T,
    size: DWORD,
    arguments: *const c_void,
    wide: bool,
) -> DWORD {
    let act = || -> Answer<DWORD> {
        let allocates = flags & message::ALLOCATE_BUFFER != 0;
        if buffer.is_null() && wide {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        if buffer.is_null() && allocates {
            return Err(Code::ERROR_NOT_ENOUGH_MEMORY);
        }
        if allocates {
            // SAFETY: an out pointer.
            unsafe { put(buffer.cast::<*mut c_void>(), std::ptr::null_mut())? };
        }
        let text = if flags & message::FROM_STRING != 0 {
            // SAFETY: an in pointer.
            let source = unsafe { needed(source, Code::ERROR_INVALID_PARAMETER) }?;
            let source = room::lossy(&source)?;
            let array = Array(arguments.cast());
            let inserts = flags & message::IGNORE_INSERTS == 0;
            let array: Option<&dyn Arguments> = match (inserts, flags & message::ARGUMENT_ARRAY != 0) {
                (false, _) => None,
                (true, true) if !arguments.is_null() => Some(&array),
                (true, _) if arguments.is_null() => Some(&message::NoArguments),
                // A list of the C compiler's own form, which differs from Windows'.
                (true, _) => return Err(Code::ERROR_INVALID_PARAMETER),
            };
            message::inserted(&source, flags, array, wide)?
        } else if flags & (message::FROM_SYSTEM | message::FROM_HMODULE) != 0 {
            message::of_code(number, flags)?
        } else {
            return Err(Code::ERROR_INVALID_PARAMETER);
        };
        let units = T::ended(text.as_bytes())?;
        let length = count(units.len().saturating_sub(1));
        if length == 0 && (allocates || size > 0) {
            if wide && !allocates {
                // SAFETY: an out pointer.
                unsafe { put_all(buffer, &units)? };
            }
            return Err(Code::ERROR_NO_WORK_DONE);
        }
        if allocates {
            let bytes = units.len().max(len(size)).saturating_mul(size_of::<T>());
            let made = block::allocate(bytes, true, block::SINGLE, 0).ok_or(Code::ERROR_NOT_ENOUGH_MEMORY)?;
            // SAFETY: a new block with room for the text; an out pointer, which could be written before.
            unsafe {
                put_all(made as *mut T, &units)?;
                put(buffer.cast::<*mut c_void>(), made as *mut c_void)?;
            }
        } else if len(size) < units.len() {
            return Err(Code::ERROR_INSUFFICIENT_BUFFER);
        } else if buffer.is_null() {
            return Err(Code::ERROR_INVALID_PARAMETER);
        } else {
            // SAFETY: an out pointer.
            unsafe { put_all(buffer, &units)? };
        }
        Ok(length)
    };
    give(act(), 0)
}

/// `DWORD FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPSTR lpBuffer, DWORD nSize, va_list *Arguments)`
///
/// The text of an error code, of Winsock or of Windows, or of an `HRESULT`, in English, ended by a full stop and a new line, or a space with
/// FORMAT_MESSAGE_MAX_WIDTH_MASK. With FORMAT_MESSAGE_FROM_STRING the text at `lpSource`, in which `%1` and the like are
/// arguments of an array (FORMAT_MESSAGE_ARGUMENT_ARRAY). With FORMAT_MESSAGE_ALLOCATE_BUFFER `lpBuffer` is a pointer's
/// address, and `LocalFree` frees what it gets. FORMAT_MESSAGE_FROM_HMODULE looks where FORMAT_MESSAGE_FROM_SYSTEM does.
///
/// # Returns
/// The characters without the end, or 0.
///
/// # Errors
/// * `ERROR_MR_MID_NOT_FOUND`: the code has no text.
/// * `ERROR_NO_WORK_DONE` (235): the text is empty. Nothing is allocated, and `lpBuffer` is as it was.
/// * `ERROR_INSUFFICIENT_BUFFER`: it does not fit.
/// * `ERROR_INVALID_PARAMETER`: no source among the flags, NULL, an argument that is missing, or a `va_list`, which has another
///   form here.
/// * `ERROR_NOACCESS`: a pointer is bad.
/// * `ERROR_NOT_ENOUGH_MEMORY`: none, or `lpBuffer` is NULL with FORMAT_MESSAGE_ALLOCATE_BUFFER.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSource` and `Arguments` are in pointers, `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FormatMessageA(
    dwFlags: DWORD,
    lpSource: *const c_void,
    dwMessageId: DWORD,
    dwLanguageId: DWORD,
    lpBuffer: *mut c_char,
    nSize: DWORD,
    Arguments: *mut c_void,
) -> DWORD {
    let _ = dwLanguageId;
    // SAFETY: as the caller says.
    unsafe { format(dwFlags, lpSource.cast(), dwMessageId, lpBuffer, nSize, Arguments, false) }
}

/// `DWORD FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPWSTR lpBuffer, DWORD nSize, va_list *Arguments)`
///
/// [`FormatMessageA`](ws2_FormatMessageA) in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there, but:
/// * `ERROR_INVALID_PARAMETER`: `lpBuffer` is NULL, with any flags and size.
/// * `ERROR_NO_WORK_DONE`: an empty text is written with its end.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSource` and `Arguments` are in pointers, `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FormatMessageW(
    dwFlags: DWORD,
    lpSource: *const c_void,
    dwMessageId: DWORD,
    dwLanguageId: DWORD,
    lpBuffer: *mut WCHAR,
    nSize: DWORD,
    Arguments: *mut c_void,
) -> DWORD {
    let _ = dwLanguageId;
    // SAFETY: as the caller says.
    unsafe { format(dwFlags, lpSource.cast(), dwMessageId, lpBuffer, nSize, Arguments, true) }
}
