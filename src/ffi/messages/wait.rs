//! Waiting for messages, alone or beside objects.

#![allow(non_snake_case, reason = "Windows' names")]

use crate::ffi::kernel::call::{answer, truth};
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::messages::{self, INPUT};
use crate::sys::room;
use crate::sys::user::memory;

const WAIT_FAILED: DWORD = u32::MAX;
const MWMO_WAITALL: DWORD = 1;
const MWMO_ALERTABLE: DWORD = 2;
const MWMO_INPUTAVAILABLE: DWORD = 4;

/// `BOOL WaitMessage(void)`
///
/// Waits until there is something new in the calling thread's queue.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitMessage() -> BOOL {
    truth(|f| write!(f, "WaitMessage()"), messages::wait(&[], false, u32::MAX, false, false).map(|_| ()))
}

/// # Safety
/// `handles` is an in pointer to `count` handles.
unsafe fn wait_for(
    count: DWORD,
    handles: *const HANDLE,
    milliseconds: DWORD,
    flags: DWORD,
) -> Result<DWORD, Code> {
    let count = usize::try_from(count).ok().filter(|count| *count < 64).ok_or(Code::INVALID_PARAMETER)?;
    let mut given = Vec::new();
    for nth in 0..count {
        // SAFETY: passed on to the caller.
        let handle = unsafe { memory::read(handles.wrapping_add(nth)) }.ok_or(Code::NOACCESS)?;
        room::push(&mut given, handle.addr())?;
    }
    let [all, alertable, any] =
        [MWMO_WAITALL, MWMO_ALERTABLE, MWMO_INPUTAVAILABLE].map(|flag| flags & flag != 0);
    let outcome = messages::wait(&given, all, milliseconds, alertable, any)?;
    Ok(if outcome == INPUT { DWORD::try_from(count).unwrap_or(0) } else { outcome })
}

/// `DWORD MsgWaitForMultipleObjects(DWORD nCount, const HANDLE *pHandles, BOOL fWaitAll, DWORD dwMilliseconds,
/// DWORD dwWakeMask)`
///
/// Waits for any of up to 63 objects or for something new in the calling thread's queue; with `fWaitAll` for all
/// objects and for that. `dwWakeMask` is not looked at: all that there is of input is messages, what is sent, and
/// timers. What was in the queue when it was last looked into is not new.
///
/// # Returns
/// As [`WaitForMultipleObjects`](crate::ffi::ws2_WaitForMultipleObjects); `WAIT_OBJECT_0 + nCount` for something in
/// the queue.
///
/// # Errors
/// * Those of [`WaitForMultipleObjects`](crate::ffi::ws2_WaitForMultipleObjects); `nCount` may be 0.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `pHandles` is an in pointer to `nCount` handles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MsgWaitForMultipleObjects(
    nCount: DWORD,
    pHandles: *const HANDLE,
    fWaitAll: BOOL,
    dwMilliseconds: DWORD,
    dwWakeMask: DWORD,
) -> DWORD {
    let _ = dwWakeMask;
    let flags = if fWaitAll == 0 { 0 } else { MWMO_WAITALL };
    // SAFETY: an in pointer, as this function asks for.
    let result = unsafe { wait_for(nCount, pHandles, dwMilliseconds, flags) };
    answer(|f| write!(f, "MsgWaitForMultipleObjects({nCount})"), result, WAIT_FAILED)
}

/// `DWORD MsgWaitForMultipleObjectsEx(DWORD nCount, const HANDLE *pHandles, DWORD dwMilliseconds, DWORD dwWakeMask,
/// DWORD dwFlags)`
///
/// [`MsgWaitForMultipleObjects`](ws2_MsgWaitForMultipleObjects) with flags: `MWMO_WAITALL`; `MWMO_ALERTABLE`:
/// routines that are queued to the thread run; `MWMO_INPUTAVAILABLE`: what is in the queue counts, new or not.
///
/// # Returns
/// As [`MsgWaitForMultipleObjects`](ws2_MsgWaitForMultipleObjects), or `WAIT_IO_COMPLETION`.
///
/// # Errors
/// * As [`MsgWaitForMultipleObjects`](ws2_MsgWaitForMultipleObjects).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `pHandles` is an in pointer to `nCount` handles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MsgWaitForMultipleObjectsEx(
    nCount: DWORD,
    pHandles: *const HANDLE,
    dwMilliseconds: DWORD,
    dwWakeMask: DWORD,
    dwFlags: DWORD,
) -> DWORD {
    let _ = dwWakeMask;
    // SAFETY: an in pointer, as this function asks for.
    let result = unsafe { wait_for(nCount, pHandles, dwMilliseconds, dwFlags) };
    answer(|f| write!(f, "MsgWaitForMultipleObjectsEx({nCount})"), result, WAIT_FAILED)
}
