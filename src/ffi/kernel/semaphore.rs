//! Semaphores: `CreateSemaphore OpenSemaphore ReleaseSemaphore`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::call::{Out, created, handle, narrow, truth, wide, wish};
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::ffi::types::{BOOL, DWORD, LONG, WCHAR};
use crate::kernel::Kind;
use crate::kernel::code::Code;
use crate::kernel::names::{self, Wish};
use crate::kernel::semaphore;

/// Every right to a semaphore.
const SEMAPHORE_ALL_ACCESS: DWORD = 0x001F_0003;

/// `HANDLE CreateSemaphoreA(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, LPCSTR lpName)`
///
/// Makes a semaphore: a count that a wait takes one from, if it is not 0, and that `ReleaseSemaphore` adds to.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: a maximum below 1, or an initial count below 0 or above the maximum.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO4, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateSemaphoreA(
    lpSemaphoreAttributes: *mut SECURITY_ATTRIBUTES,
    lInitialCount: LONG,
    lMaximumCount: LONG,
    lpName: *const c_char,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpSemaphoreAttributes, SEMAPHORE_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateSemaphoreA({lpSemaphoreAttributes:p}, {lInitialCount}, {lMaximumCount}, ...)"),
        given.and_then(|(name, wish)| semaphore::create(name.as_deref(), wish, lInitialCount, lMaximumCount)),
    )
}

/// `HANDLE CreateSemaphoreW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, LPCWSTR lpName)`
///
/// [`ws2_CreateSemaphoreA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateSemaphoreW(
    lpSemaphoreAttributes: *mut SECURITY_ATTRIBUTES,
    lInitialCount: LONG,
    lMaximumCount: LONG,
    lpName: *const WCHAR,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpSemaphoreAttributes, SEMAPHORE_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateSemaphoreW({lpSemaphoreAttributes:p}, {lInitialCount}, {lMaximumCount}, ...)"),
        given.and_then(|(name, wish)| semaphore::create(name.as_deref(), wish, lInitialCount, lMaximumCount)),
    )
}

/// `HANDLE CreateSemaphoreExA(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateSemaphoreA`] with the rights of the handle.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: flags other than 0, or counts that cannot be.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO4, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateSemaphoreExA(
    lpSemaphoreAttributes: *mut SECURITY_ATTRIBUTES,
    lInitialCount: LONG,
    lMaximumCount: LONG,
    lpName: *const c_char,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpSemaphoreAttributes, dwDesiredAccess) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateSemaphoreExA({lpSemaphoreAttributes:p}, {lInitialCount}, {lMaximumCount}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"
            )
        },
        given.and_then(|(name, wish)| {
            if dwFlags == 0 {
                semaphore::create(name.as_deref(), wish, lInitialCount, lMaximumCount)
            } else {
                Err(Code::INVALID_PARAMETER)
            }
        }),
    )
}

/// `HANDLE CreateSemaphoreExW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateSemaphoreExA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateSemaphoreExW(
    lpSemaphoreAttributes: *mut SECURITY_ATTRIBUTES,
    lInitialCount: LONG,
    lMaximumCount: LONG,
    lpName: *const WCHAR,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpSemaphoreAttributes, dwDesiredAccess) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateSemaphoreExW({lpSemaphoreAttributes:p}, {lInitialCount}, {lMaximumCount}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"
            )
        },
        given.and_then(|(name, wish)| {
            if dwFlags == 0 {
                semaphore::create(name.as_deref(), wish, lInitialCount, lMaximumCount)
            } else {
                Err(Code::INVALID_PARAMETER)
            }
        }),
    )
}

/// `HANDLE OpenSemaphoreA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)`
///
/// A handle to the semaphore of a name that this process has given to one before.
///
/// # Returns
/// A handle, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name.
/// * `ERROR_FILE_NOT_FOUND`: nothing has the name.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO1, Windows' documentation.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenSemaphoreA(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { narrow(lpName) };
    handle(
        |f| write!(f, "OpenSemaphoreA({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Semaphore, name.as_deref(), wish)),
    )
}

/// `HANDLE OpenSemaphoreW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)`
///
/// [`ws2_OpenSemaphoreA`] for a name in 16-bit characters.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenSemaphoreW(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { wide(lpName) };
    handle(
        |f| write!(f, "OpenSemaphoreW({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Semaphore, name.as_deref(), wish)),
    )
}

/// `BOOL ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LPLONG lpPreviousCount)`
///
/// Adds to a semaphore's count and tells what it was before, where that is wanted. As many waits pass.
///
/// # Returns
/// TRUE, or FALSE, and nothing was added.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: less than 1.
/// * `ERROR_TOO_MANY_POSTS`: more than the maximum.
/// * `ERROR_INVALID_HANDLE`: no semaphore, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOACCESS`: `lpPreviousCount` cannot be written.
///
/// Source: KO4, Windows' documentation.
///
/// # Safety
/// `lpPreviousCount` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReleaseSemaphore(
    hSemaphore: HANDLE,
    lReleaseCount: LONG,
    lpPreviousCount: *mut LONG,
) -> BOOL {
    let released = Out::optional(lpPreviousCount).and_then(|place| {
        let previous = semaphore::release(hSemaphore.addr(), lReleaseCount)?;
        // SAFETY: an out pointer.
        unsafe { place.put(previous) }
    });
    truth(|f| write!(f, "ReleaseSemaphore({hSemaphore:p}, {lReleaseCount}, {lpPreviousCount:p})"), released)
}
