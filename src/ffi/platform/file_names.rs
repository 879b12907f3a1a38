//! Files by name.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, c_char};

use super::answer::{Answer, Unit, file_name, give, of_name, put, truth};
use super::types::{FILETIME, WIN32_FILE_ATTRIBUTE_DATA};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::platform::filetime;
use crate::sys::platform::file::{self, Facts};

const INVALID_FILE_ATTRIBUTES: DWORD = DWORD::MAX;
const FILE_ATTRIBUTE_READONLY: DWORD = 1;
const FILE_ATTRIBUTE_HIDDEN: DWORD = 2;
const FILE_ATTRIBUTE_DIRECTORY: DWORD = 0x10;
const FILE_ATTRIBUTE_DEVICE: DWORD = 0x40;
const FILE_ATTRIBUTE_NORMAL: DWORD = 0x80;
const MOVEFILE_REPLACE_EXISTING: DWORD = 1;
const MOVEFILE_COPY_ALLOWED: DWORD = 2;
const ANY_WRITE: u32 = 0o222;

fn look_at(name: &CStr) -> Answer<Facts> {
    file::look_at(name).map_err(|errno| of_name(name, errno))
}

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

/// Attributes of a file, by its rights and the beginning of its name.
fn attributes(name: &CStr, facts: &Facts) -> DWORD {
    let mut bits = match facts.kind {
        libc::S_IFDIR => FILE_ATTRIBUTE_DIRECTORY,
        libc::S_IFCHR | libc::S_IFBLK => FILE_ATTRIBUTE_DEVICE,
        _ => 0,
    };
    if facts.mode & ANY_WRITE == 0 {
        bits |= FILE_ATTRIBUTE_READONLY;
    }
    let last = name.to_bytes().rsplit(|&byte| byte == b'/').next().unwrap_or_default();
    if last.starts_with(b".") && last != b"." && last != b".." {
        bits |= FILE_ATTRIBUTE_HIDDEN;
    }
    if bits == 0 { FILE_ATTRIBUTE_NORMAL } else { bits }
}

/// What is told of a file.
pub(super) fn described(name: &CStr, facts: &Facts) -> WIN32_FILE_ATTRIBUTE_DATA {
    let time = |(seconds, nanoseconds)| FILETIME::from(filetime::from_unix(seconds, nanoseconds));
    let half = |bits: u64| DWORD::try_from(bits & 0xFFFF_FFFF).unwrap_or(0);
    WIN32_FILE_ATTRIBUTE_DATA {
        dwFileAttributes: attributes(name, facts),
        ftCreationTime: time(facts.written),
        ftLastAccessTime: time(facts.read),
        ftLastWriteTime: time(facts.written),
        nFileSizeHigh: half(facts.size >> 32),
        nFileSizeLow: half(facts.size),
    }
}

/// # Safety
/// `name` is an in pointer.
unsafe fn get_attributes<T: Unit>(name: *const T) -> DWORD {
    // SAFETY: passed on to the caller.
    let found = unsafe { file_name(name) }.and_then(|name| Ok(attributes(&name, &look_at(&name)?)));
    give(found, INVALID_FILE_ATTRIBUTES)
}

/// # Safety
/// `name` is an in pointer, `to` an out pointer.
unsafe fn get_all<T: Unit>(name: *const T, level: i32, to: *mut WIN32_FILE_ATTRIBUTE_DATA) -> BOOL {
    let all = || -> Answer<()> {
        if level != 0 {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        // SAFETY: passed on to the caller.
        let name = unsafe { file_name(name) }?;
        let facts = look_at(&name)?;
        let data = described(&name, &facts);
        // SAFETY: likewise.
        unsafe { put(to, data) }
    };
    truth(all())
}

/// # Safety
/// `name` is an in pointer.
unsafe fn set_attributes<T: Unit>(name: *const T, bits: DWORD) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { file_name(name) }.and_then(|name| {
        let facts = look_at(&name)?;
        let mode = if bits & FILE_ATTRIBUTE_READONLY != 0 {
            facts.mode & !ANY_WRITE
        } else if facts.mode & ANY_WRITE == 0 {
            facts.mode | 0o200
        } else {
            facts.mode
        };
        if mode != facts.mode {
            file::set_mode(&name, mode)?;
        }
        Ok(())
    }))
}

/// # Safety
/// `name` is an in pointer.
unsafe fn delete<T: Unit>(name: *const T) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { file_name(name) }.and_then(|name| {
        let facts = file::look_at(&name);
        if facts.is_ok_and(|facts| facts.kind == libc::S_IFREG && facts.mode & ANY_WRITE == 0) {
            return Err(Code::ERROR_ACCESS_DENIED);
        }
        file::remove(&name).map_err(|errno| of_name(&name, errno))
    }))
}

/// # Safety
/// Both are in pointers.
unsafe fn rename<T: Unit>(from: *const T, to: *const T, flags: DWORD) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        let (from, to) = unsafe { (file_name(from)?, file_name(to)?) };
        let directory = look_at(&from)?.kind == libc::S_IFDIR;
        if flags & MOVEFILE_REPLACE_EXISTING == 0 && file::look_at(&to).is_ok() {
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

/// `DWORD GetFileAttributesA(LPCSTR lpFileName)`
///
/// Attributes of a file: directory, read-only (nobody may write), hidden (the name begins with a full stop),
/// device, or else normal.
///
/// # Returns
/// The bits, or INVALID_FILE_ATTRIBUTES.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileAttributesA(lpFileName: *const c_char) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { get_attributes(lpFileName) }
}

/// `DWORD GetFileAttributesW(LPCWSTR lpFileName)`
///
/// [`GetFileAttributesA`](ws2_GetFileAttributesA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileAttributesW(lpFileName: *const WCHAR) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { get_attributes(lpFileName) }
}

/// `BOOL GetFileAttributesExA(LPCSTR lpFileName, int fInfoLevelId, LPVOID lpFileInformation)`
///
/// Attributes, size and times of a file. The time of creation is that of the last change, since Linux does not tell
/// it everywhere.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_INVALID_PARAMETER`: `fInfoLevelId` is not 0.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer, `lpFileInformation` an out pointer to 36 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileAttributesExA(
    lpFileName: *const c_char,
    fInfoLevelId: i32,
    lpFileInformation: *mut std::ffi::c_void,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { get_all(lpFileName, fInfoLevelId, lpFileInformation.cast()) }
}

/// `BOOL GetFileAttributesExW(LPCWSTR lpFileName, int fInfoLevelId, LPVOID lpFileInformation)`
///
/// [`GetFileAttributesExA`](ws2_GetFileAttributesExA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer, `lpFileInformation` an out pointer to 36 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileAttributesExW(
    lpFileName: *const WCHAR,
    fInfoLevelId: i32,
    lpFileInformation: *mut std::ffi::c_void,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { get_all(lpFileName, fInfoLevelId, lpFileInformation.cast()) }
}

/// `BOOL SetFileAttributesA(LPCSTR lpFileName, DWORD dwFileAttributes)`
///
/// Makes a file read-only, or not; the other attributes have no counterpart and are not looked at.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_ACCESS_DENIED`: it is another user's.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetFileAttributesA(lpFileName: *const c_char, dwFileAttributes: DWORD) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { set_attributes(lpFileName, dwFileAttributes) }
}

/// `BOOL SetFileAttributesW(LPCWSTR lpFileName, DWORD dwFileAttributes)`
///
/// [`SetFileAttributesA`](ws2_SetFileAttributesA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetFileAttributesW(lpFileName: *const WCHAR, dwFileAttributes: DWORD) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { set_attributes(lpFileName, dwFileAttributes) }
}

/// `BOOL DeleteFileA(LPCSTR lpFileName)`
///
/// Removes a file's name. A file that is open goes on for those who have it; Windows refuses where sharing does not
/// allow it.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way to it is missing; an empty name; NULL.
/// * `ERROR_ACCESS_DENIED`: a directory, a read-only file, or not permitted.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DeleteFileA(lpFileName: *const c_char) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { delete(lpFileName) }
}

/// `BOOL DeleteFileW(LPCWSTR lpFileName)`
///
/// [`DeleteFileA`](ws2_DeleteFileA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DeleteFileW(lpFileName: *const WCHAR) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { delete(lpFileName) }
}

/// `BOOL MoveFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName)`
///
/// Gives a file or directory another name.
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
