//! `GetFullPathName`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, file_name, fill, give, put};
use crate::ffi::types::{DWORD, WCHAR};
use crate::platform::path;
use crate::sys::platform::environment;

/// # Safety
/// `name` is an in pointer, the others are out pointers.
unsafe fn full<T: Unit>(name: *const T, size: DWORD, to: *mut T, part: *mut *mut T) -> DWORD {
    let act = || -> Answer<DWORD> {
        // SAFETY: passed on to the caller.
        let name = unsafe { file_name(name)? };
        let whole = path::absolute(name.to_bytes(), &environment::directory()?)?;
        // SAFETY: passed on to the caller.
        let told = unsafe { fill(to, size, &whole)? };
        if !part.is_null() && told < size {
            let directory = whole.iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1);
            let last = whole.get(..directory).unwrap_or_default();
            let place = if directory == whole.len() {
                std::ptr::null_mut()
            } else {
                to.wrapping_add(T::units(last)?.len())
            };
            // SAFETY: passed on to the caller.
            unsafe { put(part, place)? };
        }
        Ok(told)
    };
    give(act(), 0)
}

/// `DWORD GetFullPathNameA(LPCSTR lpFileName, DWORD nBufferLength, LPSTR lpBuffer, LPSTR *lpFilePart)`
///
/// The whole name of a file from the root on, without `.` and `..`. Nobody looks whether there is such a file. It has `/` where
/// Windows has `\`. `lpFilePart`, which may be NULL, gets the place of the last part; NULL where the name ends with `/`.
///
/// # Returns
/// The length without the end; where the room is too small, the room that it needs with it; 0 after an error.
///
/// # Errors
/// * `ERROR_PATH_NOT_FOUND`: NULL, or an empty name.
/// * `ERROR_FILE_NOT_FOUND`: `\\?\` or `\\.\` with neither a device that is here nor a name from the root on behind it.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer, `lpBuffer` and `lpFilePart` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFullPathNameA(
    lpFileName: *const c_char,
    nBufferLength: DWORD,
    lpBuffer: *mut c_char,
    lpFilePart: *mut *mut c_char,
) -> DWORD {
    // SAFETY: in and out pointers.
    unsafe { full(lpFileName, nBufferLength, lpBuffer, lpFilePart) }
}

/// `DWORD GetFullPathNameW(LPCWSTR lpFileName, DWORD nBufferLength, LPWSTR lpBuffer, LPWSTR *lpFilePart)`
///
/// [`GetFullPathNameA`](ws2_GetFullPathNameA) in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer, `lpBuffer` and `lpFilePart` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFullPathNameW(
    lpFileName: *const WCHAR,
    nBufferLength: DWORD,
    lpBuffer: *mut WCHAR,
    lpFilePart: *mut *mut WCHAR,
) -> DWORD {
    // SAFETY: in and out pointers.
    unsafe { full(lpFileName, nBufferLength, lpBuffer, lpFilePart) }
}
