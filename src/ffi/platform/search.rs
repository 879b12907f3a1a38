//! Looking for files by a pattern.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, CString, c_char};

use super::answer::{Answer, Unit, c_text, file_name, give, of_name, placed, put, truth};
use super::file_names::described;
use super::types::{HANDLE, WIN32_FILE_ATTRIBUTE_DATA, WIN32_FIND_DATAA, WIN32_FIND_DATAW};
use crate::ffi::types::{BOOL, WCHAR};
use crate::platform::code::Code;
use crate::platform::command;
use crate::platform::pattern::Pattern;
use crate::platform::search::{self, Search};
use crate::sys::Errno;
use crate::sys::platform::{environment, file};
use crate::sys::room;

/// A structure that tells of a file that was found.
trait Found: Copy {
    /// Makes it.
    fn new(about: WIN32_FILE_ATTRIBUTE_DATA, name: &[u8]) -> Self;
}

impl Found for WIN32_FIND_DATAA {
    fn new(about: WIN32_FILE_ATTRIBUTE_DATA, name: &[u8]) -> Self {
        Self {
            dwFileAttributes: about.dwFileAttributes,
            ftCreationTime: about.ftCreationTime,
            ftLastAccessTime: about.ftLastAccessTime,
            ftLastWriteTime: about.ftLastWriteTime,
            nFileSizeHigh: about.nFileSizeHigh,
            nFileSizeLow: about.nFileSizeLow,
            dwReserved0: 0,
            dwReserved1: 0,
            cFileName: placed(name),
            cAlternateFileName: [0; 14],
        }
    }
}

impl Found for WIN32_FIND_DATAW {
    fn new(about: WIN32_FILE_ATTRIBUTE_DATA, name: &[u8]) -> Self {
        Self {
            dwFileAttributes: about.dwFileAttributes,
            ftCreationTime: about.ftCreationTime,
            ftLastAccessTime: about.ftLastAccessTime,
            ftLastWriteTime: about.ftLastWriteTime,
            nFileSizeHigh: about.nFileSizeHigh,
            nFileSizeLow: about.nFileSizeLow,
            dwReserved0: 0,
            dwReserved1: 0,
            cFileName: placed(name),
            cAlternateFileName: [0; 14],
        }
    }
}

/// Writes about the next file; one that has gone meanwhile is left out.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn write_next<F: Found>(
    mut next: impl FnMut() -> Answer<(Vec<u8>, CString)>,
    to: *mut F,
) -> Answer<()> {
    loop {
        let (name, whole) = next()?;
        let Ok(facts) = file::look_at(&whole) else { continue };
        // SAFETY: passed on to the caller.
        return unsafe { put(to, F::new(described(&whole, &facts), &name)) };
    }
}

/// The search that a pattern means.
fn begin(pattern: &CStr) -> Answer<Search> {
    let bytes = pattern.to_bytes();
    let split = bytes.iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1);
    let (directory, pattern) = bytes.split_at(split);
    let place = c_text(if directory.is_empty() { b"." } else { directory })?;
    let failed = |errno: Errno| match of_name(&place, errno) {
        Code::ERROR_FILE_NOT_FOUND => Code::ERROR_PATH_NOT_FOUND,
        code => code,
    };
    let mut names = if pattern.contains(&b'*') || pattern.contains(&b'?') {
        let pattern = Pattern::new(pattern)?;
        let mut fitting = Vec::new();
        for name in file::list(&place).map_err(failed)? {
            if pattern.fits(&name)? {
                room::push(&mut fitting, name)?;
            }
        }
        fitting
    } else {
        file::look_at(&place).map_err(failed)?;
        if pattern.is_empty() {
            return Err(Code::ERROR_FILE_NOT_FOUND);
        }
        room::list([room::copy(pattern)?])?
    };
    // In place: sorting that keeps an order takes memory.
    names.sort_unstable_by(|a, b| b.cmp(a));
    let directory = if directory.starts_with(b"/") {
        room::copy(directory)?
    } else {
        command::joined(&[&environment::directory()?, b"/", directory])?
    };
    Ok(Search { directory, names })
}

/// # Safety
/// `name` is an in pointer, `to` an out pointer.
unsafe fn first<T: Unit, F: Found>(name: *const T, to: *mut F) -> HANDLE {
    let act = || -> Answer<usize> {
        // SAFETY: passed on to the caller.
        unsafe {
            let mut search = begin(&file_name(name)?)?;
            write_next(|| search.take_next()?.ok_or(Code::ERROR_FILE_NOT_FOUND), to)?;
            Ok(search::keep(search)?)
        }
    };
    give(act(), usize::MAX) as HANDLE
}

/// `HANDLE FindFirstFileA(LPCSTR lpFileName, LPWIN32_FIND_DATAA lpFindFileData)`
///
/// Begins to look for files by a pattern, whose last part may have `*` and `?`; letter case does not count there. `?` may also be
/// nothing, at the end of a name and before a full stop; `.*` fits the end of a name without one, too; `*.` fits names without one. Files
/// come sorted by name, `.` and `..` among them. A name that is longer than 259 bytes is cut. The search goes on in its directory
/// wherever the program goes.
///
/// # Returns
/// The search, which `FindClose` ends, or INVALID_HANDLE_VALUE.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: nothing fits; the name of a directory with a `\` at its end.
/// * `ERROR_PATH_NOT_FOUND`: there is no such directory; an empty name; NULL. `ERROR_DIRECTORY`: it is a file.
/// * `ERROR_ACCESS_DENIED`: the directory cannot be read.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` is an in pointer, `lpFindFileData` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindFirstFileA(
    lpFileName: *const c_char,
    lpFindFileData: *mut WIN32_FIND_DATAA,
) -> HANDLE {
    // SAFETY: an in pointer and an out pointer.
    unsafe { first(lpFileName, lpFindFileData) }
}

/// `BOOL FindNextFileA(HANDLE hFindFile, LPWIN32_FIND_DATAA lpFindFileData)`
///
/// The next file of a search.
///
/// # Errors
/// * `ERROR_NO_MORE_FILES`: there is none.
/// * `ERROR_INVALID_HANDLE`: no search.
/// * `ERROR_NOACCESS`: `lpFindFileData` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFindFileData` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindNextFileA(hFindFile: HANDLE, lpFindFileData: *mut WIN32_FIND_DATAA) -> BOOL {
    // SAFETY: an out pointer.
    truth(unsafe { write_next(|| search::next(hFindFile as usize), lpFindFileData) })
}

/// `HANDLE FindFirstFileW(LPCWSTR lpFileName, LPWIN32_FIND_DATAW lpFindFileData)`
///
/// [`FindFirstFileA`](ws2_FindFirstFileA) in 16-bit characters.
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
/// `lpFileName` is an in pointer, `lpFindFileData` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindFirstFileW(
    lpFileName: *const WCHAR,
    lpFindFileData: *mut WIN32_FIND_DATAW,
) -> HANDLE {
    // SAFETY: an in pointer and an out pointer.
    unsafe { first(lpFileName, lpFindFileData) }
}

/// `BOOL FindNextFileW(HANDLE hFindFile, LPWIN32_FIND_DATAW lpFindFileData)`
///
/// The next file of a search.
///
/// # Errors
/// * `ERROR_NO_MORE_FILES`: there is none.
/// * `ERROR_INVALID_HANDLE`: no search.
/// * `ERROR_NOACCESS`: `lpFindFileData` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFindFileData` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindNextFileW(hFindFile: HANDLE, lpFindFileData: *mut WIN32_FIND_DATAW) -> BOOL {
    // SAFETY: an out pointer.
    truth(unsafe { write_next(|| search::next(hFindFile as usize), lpFindFileData) })
}

/// `BOOL FindClose(HANDLE hFindFile)`
///
/// Ends a search.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no search.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FindClose(hFindFile: HANDLE) -> BOOL {
    truth(search::end(hFindFile as usize))
}
