//! Files that get another name, or a copy.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, c_char};

use super::answer::{Answer, Unit, file_name, of_name, truth};
use super::file_names::look_at;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::sys::Errno;
use crate::sys::platform::file;

const MOVEFILE_REPLACE_EXISTING: DWORD = 1;
const MOVEFILE_COPY_ALLOWED: DWORD = 2;

/// Copies a file, which must be one; onto itself, by whatever name, it would be emptied before it is read. Where nothing may have the name
/// of the copy yet and something has, `there` is the code.
fn copy_content(from: &CStr, to: &CStr, there: Option<Code>) -> Answer<()> {
    let facts = look_at(from)?;
    if facts.kind == libc::S_IFDIR {
        return Err(Code::ERROR_ACCESS_DENIED);
    }
    if there.is_none() && file::look_at(to).is_ok_and(|other| other.identity == facts.identity) {
        return Err(Code::ERROR_SHARING_VIOLATION);
    }
    file::copy(from, to, there.is_some()).map_err(|errno| match (errno.number(), there) {
        (libc::EEXIST, Some(code)) => code,
        _ => of_name(to, errno),
    })
}

/// Gives a file a name that nothing may have, in one step; a file system that cannot do so looks first.
fn rename_to_new(from: &CStr, to: &CStr) -> Result<(), Errno> {
    match file::rename_to_new(from, to) {
        Err(errno) if matches!(errno.number(), libc::EINVAL | libc::ENOSYS) => {
            if file::look_at(to).is_ok() {
                return Err(Errno::new(libc::EEXIST));
            }
            file::rename(from, to)
        }
        other => other,
    }
}

/// # Safety
/// Both are in pointers.
unsafe fn rename<T: Unit>(from: *const T, to: *const T, flags: DWORD) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        let (from, to) = unsafe { (file_name(from)?, file_name(to)?) };
        let directory = look_at(&from)?.kind == libc::S_IFDIR;
        let replaces = flags & MOVEFILE_REPLACE_EXISTING != 0;
        // A directory is never replaced, nor put in the place of anything.
        let there = if replaces { Code::ERROR_ACCESS_DENIED } else { Code::ERROR_ALREADY_EXISTS };
        let renamed = if from != to && (!replaces || directory) {
            rename_to_new(&from, &to)
        } else {
            file::rename(&from, &to)
        };
        match renamed {
            Err(errno) if errno.number() == libc::EEXIST => Err(there),
            Err(errno)
                if errno.number() == libc::EXDEV && flags & MOVEFILE_COPY_ALLOWED != 0 && !directory =>
            {
                copy_content(&from, &to, (!replaces).then_some(there))?;
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
        copy_content(&from, &to, (fail != 0).then_some(Code::ERROR_FILE_EXISTS))
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
/// * `ERROR_ALREADY_EXISTS`: something has the new name; of threads that move files to one name at once one succeeds.
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
/// As [`MoveFileA`](ws2_MoveFileA); `ERROR_ACCESS_DENIED` also where a directory would be replaced, or put in the place of something.
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
/// Copies a file's content, rights and time of writing. A copy that fails midway does not stay.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name, whatever has the new one.
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
