//! Mutexes: `CreateMutex OpenMutex ReleaseMutex`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::call::{created, handle, narrow, truth, wide, wish};
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::Kind;
use crate::kernel::code::Code;
use crate::kernel::mutex;
use crate::kernel::names::{self, Wish};

/// Every right to a mutex.
const MUTEX_ALL_ACCESS: DWORD = 0x001F_0001;

/// `HANDLE CreateMutexA(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCSTR lpName)`
///
/// Makes a mutex, which a wait gives to the calling thread and `ReleaseMutex` takes from it, as many times as it was
/// waited for. The mutex of a thread that has ended goes to the next that waits, which is told so (`WAIT_ABANDONED`).
/// Whoever gets an existing one by its name does not own it.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO3, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateMutexA(
    lpMutexAttributes: *mut SECURITY_ATTRIBUTES,
    bInitialOwner: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpMutexAttributes, MUTEX_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateMutexA({lpMutexAttributes:p}, {bInitialOwner}, ...)"),
        given.and_then(|(name, wish)| mutex::create(name.as_deref(), wish, bInitialOwner != 0)),
    )
}

/// `HANDLE CreateMutexW(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCWSTR lpName)`
///
/// [`ws2_CreateMutexA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateMutexW(
    lpMutexAttributes: *mut SECURITY_ATTRIBUTES,
    bInitialOwner: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpMutexAttributes, MUTEX_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateMutexW({lpMutexAttributes:p}, {bInitialOwner}, ...)"),
        given.and_then(|(name, wish)| mutex::create(name.as_deref(), wish, bInitialOwner != 0)),
    )
}

/// `HANDLE CreateMutexExA(LPSECURITY_ATTRIBUTES lpMutexAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateMutexA`] with a flag (1: the caller owns it) and the rights of the handle.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another flag.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO3, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateMutexExA(
    lpMutexAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const c_char,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpMutexAttributes, dwDesiredAccess) }?)));
    created(
        |f| write!(f, "CreateMutexExA({lpMutexAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"),
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE CreateMutexExW(LPSECURITY_ATTRIBUTES lpMutexAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateMutexExA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateMutexExW(
    lpMutexAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const WCHAR,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpMutexAttributes, dwDesiredAccess) }?)));
    created(
        |f| write!(f, "CreateMutexExW({lpMutexAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"),
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE OpenMutexA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)`
///
/// A handle to the mutex of a name that this process has given to one before.
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
pub unsafe extern "C" fn ws2_OpenMutexA(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { narrow(lpName) };
    handle(
        |f| write!(f, "OpenMutexA({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Mutex, name.as_deref(), wish)),
    )
}

/// `HANDLE OpenMutexW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)`
///
/// [`ws2_OpenMutexA`] for a name in 16-bit characters.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenMutexW(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { wide(lpName) };
    handle(
        |f| write!(f, "OpenMutexW({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Mutex, name.as_deref(), wish)),
    )
}

/// The flag of `CreateMutexEx`.
fn by_flags(name: Option<&[u16]>, wish: Wish, flags: u32) -> Result<names::Created, Code> {
    const INITIAL_OWNER: u32 = 1;
    if flags & !INITIAL_OWNER != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    mutex::create(name, wish, flags & INITIAL_OWNER != 0)
}

/// `BOOL ReleaseMutex(HANDLE hMutex)`
///
/// Gives a mutex up once. After as many times as it was taken the next thread that waits gets it.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_NOT_OWNER`: the calling thread does not own it.
/// * `ERROR_INVALID_HANDLE`: no mutex, or one that was closed.
///
/// Source: KO3, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ReleaseMutex(hMutex: HANDLE) -> BOOL {
    truth(|f| write!(f, "ReleaseMutex({hMutex:p})"), mutex::release(hMutex.addr()))
}
