//! Files that get another name, or a copy.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, c_char};

use super::answer::{Answer, Unit, file_name, of_name, truth};
use super::file_names::look_at;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::sys::platform::file;

const MOVEFILE_REPLACE_EXISTING: DWORD = 1;
const MOVEFILE_COPY_ALLOWED: DWORD = 2;

/// Copies a file, which must be one; onto itself, by whatever name, it would be emptied before it is read.
fn copy_content(from: &CStr, to: &CStr) -> Answer<()> {
    let facts = look_at(from)?;
    if facts.kind == libc::S_IFDIR {
        return Err(Code::ERROR_ACCESS_DENIED);
    }
    if file::look_at(to).is_ok_and(|other| other.identity == facts.identity) {
        return Err(Code::ERROR_SHARING_VIOLATION);
    }
    file::copy(from, to).map_err(|errno| of_name(to, errno))
}

/// # Safety
/// Both are in pointers.
unsafe fn rename<T: Unit>(from: *const T, to: *const T, flags: DWORD) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        let (from, to) = unsafe { (file_name(from)?, file_name(to)?) };
        let directory = look_at(&from)?.kind == libc::S_IFDIR;
        if flags & MOVEFILE_REPLACE_EXISTING == 0 && from != to && file::look_at(&to).is_ok() {
            return Err(Code::ERROR_ALREADY_EXISTS);
        }
        match file::rename(&from, &to) {
            Err(errno)
                if errno.number() == libc::EXDEV && flags & MOVEFILE_COPY_ALLOWED != 0 && !directory =>
            {
                copy_content(&from, &to)?;
                Ok(file::remove(&from)?)
            }
            other => other.map_err(|errno| of_name(&to, errno)),
        }
    };
    truth(act())
}

/// # Safety
/// Both are in pointers.
unsafe fn copy<T: Unit>(from: *const T, to: *const T, fail: BOOL) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        let (from, to) = unsafe { (file_name(from)?, file_name(to)?) };
        if fail != 0 && file::look_at(&to).is_ok() {
            return Err(Code::ERROR_FILE_EXISTS);
        }
        copy_content(&from, &to)
    };
    truth(act())
}

/// `BOOL MoveFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName)`
///
/// Gives a file or directory another name; its own leaves it as it is.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_ALREADY_EXISTS`: something has the new name.
/// * `ERROR_NOT_SAME_DEVICE`: it would be on another file system and is a directory.
/// * `ERROR_ACCESS_DENIED`.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MoveFileA(
    lpExistingFileName: *const c_char,
    lpNewFileName: *const c_char,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { rename(lpExistingFileName, lpNewFileName, MOVEFILE_COPY_ALLOWED) }
}

/// `BOOL MoveFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName)`
///
/// [`MoveFileA`](ws2_MoveFileA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MoveFileW(
    lpExistingFileName: *const WCHAR,
    lpNewFileName: *const WCHAR,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { rename(lpExistingFileName, lpNewFileName, MOVEFILE_COPY_ALLOWED) }
}

/// `BOOL MoveFileExA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, DWORD dwFlags)`
///
/// Likewise; with MOVEFILE_REPLACE_EXISTING (1) in place of what has the new name, with MOVEFILE_COPY_ALLOWED (2)
/// also to another file system. Moving at the next start of the machine is not possible here, and that flag is not
/// looked at.
///
/// # Errors
/// As [`MoveFileA`](ws2_MoveFileA).
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MoveFileExA(
    lpExistingFileName: *const c_char,
    lpNewFileName: *const c_char,
    dwFlags: DWORD,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { rename(lpExistingFileName, lpNewFileName, dwFlags) }
}

/// `BOOL MoveFileExW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, DWORD dwFlags)`
///
/// [`MoveFileExA`](ws2_MoveFileExA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MoveFileExW(
    lpExistingFileName: *const WCHAR,
    lpNewFileName: *const WCHAR,
    dwFlags: DWORD,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { rename(lpExistingFileName, lpNewFileName, dwFlags) }
}

/// `BOOL CopyFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, BOOL bFailIfExists)`
///
/// Copies a file's content and rights.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_FILE_EXISTS`: something has the new name, and `bFailIfExists` is set.
/// * `ERROR_SHARING_VIOLATION`: both names are of the same file.
/// * `ERROR_ACCESS_DENIED`: one is a directory, or not permitted. `ERROR_DISK_FULL`.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CopyFileA(
    lpExistingFileName: *const c_char,
    lpNewFileName: *const c_char,
    bFailIfExists: BOOL,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { copy(lpExistingFileName, lpNewFileName, bFailIfExists) }
}

/// `BOOL CopyFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, BOOL bFailIfExists)`
///
/// [`CopyFileA`](ws2_CopyFileA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CopyFileW(
    lpExistingFileName: *const WCHAR,
    lpNewFileName: *const WCHAR,
    bFailIfExists: BOOL,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { copy(lpExistingFileName, lpNewFileName, bFailIfExists) }
}
