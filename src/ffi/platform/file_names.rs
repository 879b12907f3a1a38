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
const ANY_WRITE: u32 = 0o222;

/// What is behind a name.
pub(super) fn look_at(name: &CStr) -> Answer<Facts> {
    file::look_at(name).map_err(|errno| of_name(name, errno))
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
