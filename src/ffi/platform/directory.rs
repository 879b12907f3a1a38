//! Directories, and the names of the process's own.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, file_name, fill, give, of_name, truth};
use super::types::SECURITY_ATTRIBUTES;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::sys::platform::{environment, file};
use crate::sys::{Errno, room};

/// The process's own directory has no name any more.
fn was_removed(errno: Errno) -> Code {
    if errno.number() == libc::ENOENT { Code::ERROR_PATH_NOT_FOUND } else { errno.into() }
}

/// # Safety
/// `to` is an out pointer.
unsafe fn current<T: Unit>(to: *mut T, size: DWORD) -> DWORD {
    // SAFETY: passed on to the caller.
    give(environment::directory().map_err(was_removed).and_then(|name| unsafe { fill(to, size, &name) }), 0)
}

/// # Safety
/// `to` is an out pointer.
unsafe fn temporary<T: Unit>(to: *mut T, size: DWORD) -> DWORD {
    let tell = || -> Answer<DWORD> {
        let mut name = environment::temporary()?;
        if !name.ends_with(b"/") {
            room::push(&mut name, b'/')?;
        }
        // SAFETY: passed on to the caller.
        unsafe { fill(to, size, &name) }
    };
    give(tell(), 0)
}

/// Does something with a directory of that name.
///
/// # Safety
/// `name` is an in pointer.
unsafe fn with<T: Unit>(
    name: *const T,
    act: impl FnOnce(&std::ffi::CStr) -> Result<(), Errno>,
) -> Answer<()> {
    // SAFETY: passed on to the caller.
    let name = unsafe { file_name(name) }?;
    act(&name).map_err(|errno| match errno.number() {
        libc::EEXIST => Code::ERROR_ALREADY_EXISTS,
        _ => of_name(&name, errno),
    })
}

/// `DWORD GetCurrentDirectoryA(DWORD nBufferLength, LPSTR lpBuffer)`
///
/// The working directory, with `/` between the names.
///
/// # Returns
/// Its length without the end; or, if `nBufferLength` is too small, the room that it needs with the end; 0 after an
/// error.
///
/// # Errors
/// * `ERROR_PATH_NOT_FOUND`: it was removed.
/// * `ERROR_NOACCESS`: `lpBuffer` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetCurrentDirectoryA(nBufferLength: DWORD, lpBuffer: *mut c_char) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { current(lpBuffer, nBufferLength) }
}

/// `DWORD GetCurrentDirectoryW(DWORD nBufferLength, LPWSTR lpBuffer)`
///
/// [`GetCurrentDirectoryA`](ws2_GetCurrentDirectoryA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetCurrentDirectoryW(nBufferLength: DWORD, lpBuffer: *mut WCHAR) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { current(lpBuffer, nBufferLength) }
}

/// `BOOL SetCurrentDirectoryA(LPCSTR lpPathName)`
///
/// Changes the working directory.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_DIRECTORY`: it is a file.
/// * `ERROR_ACCESS_DENIED`.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetCurrentDirectoryA(lpPathName: *const c_char) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, environment::set_directory) })
}

/// `BOOL SetCurrentDirectoryW(LPCWSTR lpPathName)`
///
/// [`SetCurrentDirectoryA`](ws2_SetCurrentDirectoryA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetCurrentDirectoryW(lpPathName: *const WCHAR) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, environment::set_directory) })
}

/// `BOOL CreateDirectoryA(LPCSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)`
///
/// Makes a directory, with the rights that the process's mask leaves; `lpSecurityAttributes` is not looked at.
///
/// # Errors
/// * `ERROR_ALREADY_EXISTS`.
/// * `ERROR_PATH_NOT_FOUND`: the directory that it is to be in does not exist; an empty name; NULL.
/// * `ERROR_ACCESS_DENIED`, `ERROR_DISK_FULL`, `ERROR_WRITE_PROTECT`.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateDirectoryA(
    lpPathName: *const c_char,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
) -> BOOL {
    let _ = lpSecurityAttributes;
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, file::make_directory) })
}

/// `BOOL CreateDirectoryW(LPCWSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)`
///
/// [`CreateDirectoryA`](ws2_CreateDirectoryA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateDirectoryW(
    lpPathName: *const WCHAR,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
) -> BOOL {
    let _ = lpSecurityAttributes;
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, file::make_directory) })
}

/// `BOOL RemoveDirectoryA(LPCSTR lpPathName)`
///
/// Removes an empty directory.
///
/// # Errors
/// * `ERROR_DIR_NOT_EMPTY`.
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_DIRECTORY`: it is a file.
/// * `ERROR_ACCESS_DENIED`.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RemoveDirectoryA(lpPathName: *const c_char) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, file::remove_directory) })
}

/// `BOOL RemoveDirectoryW(LPCWSTR lpPathName)`
///
/// [`RemoveDirectoryA`](ws2_RemoveDirectoryA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPathName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RemoveDirectoryW(lpPathName: *const WCHAR) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { with(lpPathName, file::remove_directory) })
}

/// `DWORD GetTempPathA(DWORD nBufferLength, LPSTR lpBuffer)`
///
/// The directory for temporary files, TMPDIR or `/tmp`, with a `/` at its end.
///
/// # Returns
/// Its length without the end; or, if `nBufferLength` is too small, the room that it needs with the end; 0 after an
/// error.
///
/// # Errors
/// `ERROR_NOACCESS`: `lpBuffer` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetTempPathA(nBufferLength: DWORD, lpBuffer: *mut c_char) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { temporary(lpBuffer, nBufferLength) }
}

/// `DWORD GetTempPathW(DWORD nBufferLength, LPWSTR lpBuffer)`
///
/// [`GetTempPathA`](ws2_GetTempPathA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetTempPathW(nBufferLength: DWORD, lpBuffer: *mut WCHAR) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { temporary(lpBuffer, nBufferLength) }
}
