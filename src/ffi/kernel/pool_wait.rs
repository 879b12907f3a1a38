//! Waits of the thread pool: `CreateThreadpoolWait SetThreadpoolWait SetThreadpoolWaitEx WaitForThreadpoolWaitCallbacks
//! CloseThreadpoolWait`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::pool_call::{environment, wait};
use super::pool_timer::due;
use super::types::{HANDLE, PTP_WAIT, PTP_WAIT_CALLBACK, TP_CALLBACK_ENVIRON};
use crate::ffi::platform::types::FILETIME;
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Of};

/// `PTP_WAIT CreateThreadpoolWait(PTP_WAIT_CALLBACK pfnwa, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)`
///
/// Makes an object whose function is called, with `pv`, on a thread of the pool when a wait has ended that [`ws2_SetThreadpoolWait`] has
/// begun. It waits for nothing. Waits take no thread while they go on.
///
/// # Returns
/// The object, or NULL.
///
/// # Errors
/// Those of `CreateThreadpoolWork`.
///
/// Source: TP10, Windows' documentation.
///
/// # Safety
/// `pfnwa` is a routine for threads of the library. `pcbe` is an in pointer; the functions in it are routines, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateThreadpoolWait(
    pfnwa: PTP_WAIT_CALLBACK,
    pv: *mut c_void,
    pcbe: *mut TP_CALLBACK_ENVIRON,
) -> PTP_WAIT {
    let made = || {
        let callback = wait(pfnwa).ok_or(Code::INVALID_PARAMETER)?;
        // SAFETY: an in pointer.
        let wanted = unsafe { environment(pcbe) }?;
        pool::create_wait(callback, pv.expose_provenance(), wanted)
    };
    super::call::handle(|f| write!(f, "CreateThreadpoolWait({pv:p}, {pcbe:p})"), made()).cast()
}

/// `void SetThreadpoolWait(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout)`
///
/// Has the object wait for `h` from now on, once, in place of what it waited for. Its function is called with WAIT_OBJECT_0 (0) when the
/// wait has taken the object, as any wait does; or with WAIT_TIMEOUT (258) after `pftTimeout`, in units of 100 nanoseconds: from now where it
/// is negative, else a date, since 1601 (UTC); at once where that is past, or 0, and `h` is not signalled; NULL for never. With `h` NULL it
/// waits no more, and `pftTimeout` is not looked at; what is due is called all the same.
///
/// A handle that cannot be waited for and a time that cannot be read change nothing (on Windows they are exceptions). So does a mutex: no
/// thread would own it.
///
/// Source: TP10, Windows' documentation.
///
/// # Safety
/// `pftTimeout` is an in pointer, unless `h` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadpoolWait(pwa: PTP_WAIT, h: HANDLE, pftTimeout: *mut FILETIME) {
    // SAFETY: an in pointer.
    unsafe { ws2_SetThreadpoolWaitEx(pwa, h, pftTimeout, std::ptr::null_mut()) };
}

/// `BOOL SetThreadpoolWaitEx(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout, PVOID Reserved)`
///
/// [`ws2_SetThreadpoolWait`] that tells what was before. `Reserved` is not looked at.
///
/// # Returns
/// TRUE: the object waited until now, and that wait has taken nothing. FALSE: it did not wait: nothing was set, or its wait had ended already,
/// and its call is due or under way; or the arguments change nothing.
///
/// Source: TP10, Windows' documentation.
///
/// # Safety
/// `pftTimeout` is an in pointer, unless `h` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadpoolWaitEx(
    pwa: PTP_WAIT,
    h: HANDLE,
    pftTimeout: *mut FILETIME,
    Reserved: *mut c_void,
) -> BOOL {
    let _ = Reserved;
    let set = || {
        if h.is_null() {
            return pool::set_wait(pwa.addr(), None, None);
        }
        // SAFETY: an in pointer.
        let due = unsafe { due(pftTimeout) }?;
        pool::set_wait(pwa.addr(), Some(h.addr()), due)
    };
    BOOL::from(set() == Ok(true))
}

/// `void WaitForThreadpoolWaitCallbacks(PTP_WAIT pwa, BOOL fCancelPendingCallbacks)`
///
/// Waits until no call of the object's function is due or runs; with `fCancelPendingCallbacks` what has not begun is not called. A wait that
/// has not ended goes on, and is not waited for. From the function itself it never returns.
///
/// Source: TP2, TP10, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForThreadpoolWaitCallbacks(pwa: PTP_WAIT, fCancelPendingCallbacks: BOOL) {
    pool::wait(pwa.addr(), Of::Wait, fCancelPendingCallbacks != 0);
}

/// `void CloseThreadpoolWait(PTP_WAIT pwa)`
///
/// Has the object wait no more and gives it back. Calls that are due still happen.
///
/// Source: TP3, TP10, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolWait(pwa: PTP_WAIT) {
    pool::close(pwa.addr(), Of::Wait);
}
