//! Events: `CreateEvent OpenEvent SetEvent ResetEvent PulseEvent`, and Winsock's names for them.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::super::call::call;
use super::call::{created, handle, narrow, truth, wide, wish};
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::error::WsaError;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::Kind;
use crate::kernel::code::Code;
use crate::kernel::event;
use crate::kernel::names::{self, Wish};

/// Every right to an event.
const EVENT_ALL_ACCESS: DWORD = 0x001F_0003;

/// `HANDLE CreateEventA(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState, LPCSTR lpName)`
///
/// Makes an event. A manual-reset one lets all waits pass from `SetEvent` until `ResetEvent`, another one lets one pass and
/// is reset by that. With a name it is found by all of this process, not by others.
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
/// Source: KO1, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateEventA(
    lpEventAttributes: *mut SECURITY_ATTRIBUTES,
    bManualReset: BOOL,
    bInitialState: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpEventAttributes, EVENT_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateEventA({lpEventAttributes:p}, {bManualReset}, {bInitialState}, ...)"),
        given.and_then(|(name, wish)| {
            event::create(name.as_deref(), wish, bManualReset != 0, bInitialState != 0)
        }),
    )
}

/// `HANDLE CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState, LPCWSTR lpName)`
///
/// [`ws2_CreateEventA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateEventW(
    lpEventAttributes: *mut SECURITY_ATTRIBUTES,
    bManualReset: BOOL,
    bInitialState: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpEventAttributes, EVENT_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateEventW({lpEventAttributes:p}, {bManualReset}, {bInitialState}, ...)"),
        given.and_then(|(name, wish)| {
            event::create(name.as_deref(), wish, bManualReset != 0, bInitialState != 0)
        }),
    )
}

/// `HANDLE CreateEventExA(LPSECURITY_ATTRIBUTES lpEventAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateEventA`] with flags (1 manual reset, 2 set) and the rights of the handle.
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
/// Source: KO1, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateEventExA(
    lpEventAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const c_char,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpEventAttributes, dwDesiredAccess) }?)));
    created(
        |f| write!(f, "CreateEventExA({lpEventAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"),
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE CreateEventExW(LPSECURITY_ATTRIBUTES lpEventAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateEventExA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateEventExW(
    lpEventAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const WCHAR,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpEventAttributes, dwDesiredAccess) }?)));
    created(
        |f| write!(f, "CreateEventExW({lpEventAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"),
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)`
///
/// A handle to the event of a name that this process has given to one before.
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
pub unsafe extern "C" fn ws2_OpenEventA(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { narrow(lpName) };
    handle(
        |f| write!(f, "OpenEventA({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Event, name.as_deref(), wish)),
    )
}

/// `HANDLE OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)`
///
/// [`ws2_OpenEventA`] for a name in 16-bit characters.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenEventW(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { wide(lpName) };
    handle(
        |f| write!(f, "OpenEventW({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Event, name.as_deref(), wish)),
    )
}

/// Flags of `CreateEventEx`.
fn by_flags(name: Option<&[u16]>, wish: Wish, flags: u32) -> Result<names::Created, Code> {
    const MANUAL_RESET: u32 = 1;
    const INITIAL_SET: u32 = 2;
    if flags & !(MANUAL_RESET | INITIAL_SET) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    event::create(name, wish, flags & MANUAL_RESET != 0, flags & INITIAL_SET != 0)
}

/// `BOOL SetEvent(HANDLE hEvent)`
///
/// Sets an event. A manual-reset one lets all waits pass that there are and that come; another one lets the one pass that
/// has waited longest, or the next that comes. Setting one that is set changes nothing.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no event, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO2, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "SetEvent({hEvent:p})"), event::set(hEvent.addr()))
}

/// `BOOL ResetEvent(HANDLE hEvent)`
///
/// Resets an event.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no event, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO2, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ResetEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "ResetEvent({hEvent:p})"), event::reset(hEvent.addr()))
}

/// `BOOL PulseEvent(HANDLE hEvent)`
///
/// Lets the waits pass that there are now, all of them or the one that has waited longest, and resets the event.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no event, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO2, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PulseEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "PulseEvent({hEvent:p})"), event::pulse(hEvent.addr()))
}

/// `WSAEVENT WSACreateEvent(void)`
///
/// Makes an event: manual-reset, not set, without a name. Every function for handles of events takes it.
///
/// # Returns
/// A handle, or `WSA_INVALID_EVENT`, which is NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSA_NOT_ENOUGH_MEMORY`: no memory, or a million handles.
///
/// Source: EO1.
#[unsafe(no_mangle)]
pub extern "C" fn WSACreateEvent() -> HANDLE {
    call(
        |f| f.write_str("WSACreateEvent()"),
        |_| {
            let wish = Wish { access: EVENT_ALL_ACCESS, inherited: false };
            let event = event::create(None, wish, true, false);
            let event = event.map_err(|_| WsaError::WSA_NOT_ENOUGH_MEMORY)?;
            Ok(std::ptr::without_provenance_mut(event.handle))
        },
    )
}

/// `BOOL WSASetEvent(WSAEVENT hEvent)`
///
/// [`ws2_SetEvent`] under Winsock's name. Works without `WSAStartup`.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `WSA_INVALID_HANDLE` (6): no event, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: EO3.
#[unsafe(no_mangle)]
pub extern "C" fn WSASetEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "WSASetEvent({hEvent:p})"), event::set(hEvent.addr()))
}

/// `BOOL WSAResetEvent(WSAEVENT hEvent)`
///
/// [`ws2_ResetEvent`] under Winsock's name. Works without `WSAStartup`.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `WSA_INVALID_HANDLE` (6): no event, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: EO3.
#[unsafe(no_mangle)]
pub extern "C" fn WSAResetEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "WSAResetEvent({hEvent:p})"), event::reset(hEvent.addr()))
}

/// `BOOL WSACloseEvent(WSAEVENT hEvent)`
///
/// [`ws2_CloseHandle`](super::ws2_CloseHandle) under Winsock's name. Works without `WSAStartup`.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `WSA_INVALID_HANDLE` (6): no handle, or one that was closed.
///
/// Source: EO3.
#[unsafe(no_mangle)]
pub extern "C" fn WSACloseEvent(hEvent: HANDLE) -> BOOL {
    truth(|f| write!(f, "WSACloseEvent({hEvent:p})"), super::handle::close(hEvent))
}
