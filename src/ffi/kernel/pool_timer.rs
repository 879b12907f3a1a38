//! Timers of the thread pool: `CreateThreadpoolTimer SetThreadpoolTimer SetThreadpoolTimerEx IsThreadpoolTimerSet
//! WaitForThreadpoolTimerCallbacks CloseThreadpoolTimer`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::pool_call::{environment, timer};
use super::types::{PTP_TIMER, PTP_TIMER_CALLBACK, TP_CALLBACK_ENVIRON};
use crate::ffi::platform::types::FILETIME;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Of};
use crate::sys::user::memory;

/// `PTP_TIMER CreateThreadpoolTimer(PTP_TIMER_CALLBACK pfnti, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)`
///
/// Makes a timer whose function is called, with `pv`, on a thread of the pool when the time has come that
/// [`ws2_SetThreadpoolTimer`] has said. It is not set.
///
/// # Returns
/// The timer, or NULL.
///
/// # Errors
/// Those of `CreateThreadpoolWork`.
///
/// Source: TP9, Windows' documentation.
///
/// # Safety
/// `pfnti` is a routine for threads of the library. `pcbe` is an in pointer; the functions in it are routines, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateThreadpoolTimer(
    pfnti: PTP_TIMER_CALLBACK,
    pv: *mut c_void,
    pcbe: *mut TP_CALLBACK_ENVIRON,
) -> PTP_TIMER {
    let made = || {
        let callback = timer(pfnti).ok_or(Code::INVALID_PARAMETER)?;
        // SAFETY: an in pointer.
        let wanted = unsafe { environment(pcbe) }?;
        pool::create_timer(callback, pv.expose_provenance(), wanted)
    };
    super::call::handle(|f| write!(f, "CreateThreadpoolTimer({pv:p}, {pcbe:p})"), made()).cast()
}

/// When a timer is due: NULL for never. A time that cannot be read is none at all.
///
/// # Safety
/// An in pointer.
pub(super) unsafe fn due(place: *const FILETIME) -> Result<Option<i64>, Code> {
    if place.is_null() {
        return Ok(None);
    }
    // SAFETY: an in pointer; any bits are a value of these numbers.
    let time = unsafe { memory::read(place) }.ok_or(Code::NOACCESS)?;
    Ok(Some((u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime)).cast_signed()))
}

/// `void SetThreadpoolTimer(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)`
///
/// Sets the timer anew: its function is called once after `pftDueTime`, in units of 100 nanoseconds: from now where it is negative, else
/// a date, since 1601 (UTC); at once where that is past, or 0. Then it is called every `msPeriod` milliseconds, if that is not 0; times
/// that pass while all threads of the pool are busy count once. With NULL the timer stops; what is due is called all the same. The call may be
/// put off by `msWindowLength` milliseconds, which this library does not do. In a child of `fork` no timer is set.
///
/// A time that cannot be read changes nothing.
///
/// Source: TP9, Windows' documentation.
///
/// # Safety
/// `pftDueTime` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadpoolTimer(
    pti: PTP_TIMER,
    pftDueTime: *mut FILETIME,
    msPeriod: DWORD,
    msWindowLength: DWORD,
) {
    // SAFETY: an in pointer.
    unsafe { ws2_SetThreadpoolTimerEx(pti, pftDueTime, msPeriod, msWindowLength) };
}

/// `BOOL SetThreadpoolTimerEx(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)`
///
/// [`ws2_SetThreadpoolTimer`] that tells what was before.
///
/// # Returns
/// TRUE: the timer ran, and its next call will not come. FALSE: it did not run: it was not set, or it was due already, and its call may be under way.
///
/// Source: TP9, Windows' documentation.
///
/// # Safety
/// `pftDueTime` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadpoolTimerEx(
    pti: PTP_TIMER,
    pftDueTime: *mut FILETIME,
    msPeriod: DWORD,
    msWindowLength: DWORD,
) -> BOOL {
    // Time to put it off: none is used.
    let _ = msWindowLength;
    // SAFETY: an in pointer.
    let due = unsafe { due(pftDueTime) };
    BOOL::from(due.is_ok_and(|due| pool::set_timer(pti.addr(), due, msPeriod)))
}

/// `BOOL IsThreadpoolTimerSet(PTP_TIMER pti)`
///
/// Whether the timer was set, and not stopped since. One that was due once counts as set still.
///
/// # Returns
/// TRUE, or FALSE: it is not set, or `pti` is no timer.
///
/// Source: TP9, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IsThreadpoolTimerSet(pti: PTP_TIMER) -> BOOL {
    BOOL::from(pool::is_timer_set(pti.addr()))
}

/// `void WaitForThreadpoolTimerCallbacks(PTP_TIMER pti, BOOL fCancelPendingCallbacks)`
///
/// Waits until no call of the timer's function is due or runs; with `fCancelPendingCallbacks` what has not begun is not called. The
/// timer goes on; a time that is still to come is not waited for. From the function itself it never returns.
///
/// Source: TP2, TP9, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForThreadpoolTimerCallbacks(pti: PTP_TIMER, fCancelPendingCallbacks: BOOL) {
    pool::wait(pti.addr(), Of::Timer, fCancelPendingCallbacks != 0);
}

/// `void CloseThreadpoolTimer(PTP_TIMER pti)`
///
/// Stops the timer and gives it back. Calls that are due still happen.
///
/// Source: TP3, TP9, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolTimer(pti: PTP_TIMER) {
    pool::close(pti.addr(), Of::Timer);
}
