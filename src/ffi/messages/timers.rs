//! Timers whose time is told by messages.

#![allow(non_snake_case, reason = "Windows' names")]

use super::call::handle;
use super::types::{HWND, TIMERPROC, UINT, UINT_PTR};
use crate::ffi::kernel::call::{answer, truth};
use crate::ffi::types::BOOL;
use crate::messages;

/// `UINT_PTR SetTimer(HWND hWnd, UINT_PTR nIDEvent, UINT uElapse, TIMERPROC lpTimerFunc)`
///
/// Has `WM_TIMER` come every `uElapse` milliseconds, 10 at least, once nothing else is in the queue: for the
/// window, with `nIDEvent`, whose timer it takes the place of; or without a window for the calling thread, with a
/// new number, unless `nIDEvent` is one of its timers. With `lpTimerFunc`
/// [`DispatchMessageA`](crate::ffi::ws2_DispatchMessageA) calls that.
///
/// # Returns
/// The number of the timer, or 0.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_ACCESS_DENIED`: another thread's window.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetTimer(
    hWnd: HWND,
    nIDEvent: UINT_PTR,
    uElapse: UINT,
    lpTimerFunc: TIMERPROC,
) -> UINT_PTR {
    let procedure = lpTimerFunc.map_or(0, |procedure| (procedure as *const ()).expose_provenance());
    let result = handle(hWnd).and_then(|window| messages::set_timer(window, nIDEvent, uElapse, procedure));
    answer(|f| write!(f, "SetTimer({hWnd:p}, {nIDEvent}, {uElapse} ms)"), result, 0)
}

/// `BOOL KillTimer(HWND hWnd, UINT_PTR uIDEvent)`
///
/// Stops a timer of the calling thread.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_INVALID_PARAMETER`: no such timer.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_KillTimer(hWnd: HWND, uIDEvent: UINT_PTR) -> BOOL {
    let result = handle(hWnd).and_then(|window| messages::kill_timer(window, uIDEvent));
    truth(|f| write!(f, "KillTimer({hWnd:p}, {uIDEvent})"), result)
}
