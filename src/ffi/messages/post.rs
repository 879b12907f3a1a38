//! Messages: posted, sent, and numbered by a name.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::call::{handle, send};
use super::types::{HWND, LPARAM, LRESULT, UINT, WPARAM};
use crate::ffi::kernel::call::{answer, narrow, truth, wide};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::code::Code;
use crate::messages;

/// `BOOL PostMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// Puts a message into the queue of a window's thread, or for NULL into the calling thread's own, and does not
/// wait.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_NOT_ENOUGH_QUOTA`: 10,000 messages wait there.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostMessageA(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> BOOL {
    let result = handle(hWnd).and_then(|to| messages::post(to, Msg, wParam, lParam));
    truth(|f| write!(f, "PostMessageA({hWnd:p}, {Msg:#x})"), result)
}

/// `BOOL PostMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// The same as [`PostMessageA`](ws2_PostMessageA).
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * As [`PostMessageA`](ws2_PostMessageA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostMessageW(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> BOOL {
    let result = handle(hWnd).and_then(|to| messages::post(to, Msg, wParam, lParam));
    truth(|f| write!(f, "PostMessageW({hWnd:p}, {Msg:#x})"), result)
}

/// `LRESULT SendMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// Calls a window's procedure. Where the window is another thread's, that thread does it when it next looks into
/// its queue, and this one waits, and answers meanwhile what is sent to it.
///
/// # Returns
/// The procedure's answer; 0 where it fails, or where the thread ends before it answers.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SendMessageA(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> LRESULT {
    let result = handle(hWnd).and_then(|to| send(to, Msg, wParam, lParam));
    answer(|f| write!(f, "SendMessageA({hWnd:p}, {Msg:#x})"), result, 0)
}

/// `LRESULT SendMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// The same as [`SendMessageA`](ws2_SendMessageA).
///
/// # Returns
/// The procedure's answer; 0 where it fails, or where the thread ends before it answers.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SendMessageW(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> LRESULT {
    let result = handle(hWnd).and_then(|to| send(to, Msg, wParam, lParam));
    answer(|f| write!(f, "SendMessageW({hWnd:p}, {Msg:#x})"), result, 0)
}

/// `BOOL PostThreadMessageA(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// Puts a message for no window into the queue of a thread, which must have one: it has looked for a message
/// before, or made a window.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_THREAD_ID`: no such thread, or it has no queue.
/// * `ERROR_NOT_ENOUGH_QUOTA`: 10,000 messages wait there.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostThreadMessageA(idThread: DWORD, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> BOOL {
    let result = messages::post_to_thread(idThread, Msg, wParam, lParam);
    truth(|f| write!(f, "PostThreadMessageA({idThread}, {Msg:#x})"), result)
}

/// `BOOL PostThreadMessageW(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// The same as [`PostThreadMessageA`](ws2_PostThreadMessageA).
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_THREAD_ID`: no such thread, or it has no queue.
/// * `ERROR_NOT_ENOUGH_QUOTA`: 10,000 messages wait there.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostThreadMessageW(idThread: DWORD, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> BOOL {
    let result = messages::post_to_thread(idThread, Msg, wParam, lParam);
    truth(|f| write!(f, "PostThreadMessageW({idThread}, {Msg:#x})"), result)
}

/// `void PostQuitMessage(int nExitCode)`
///
/// Has the calling thread's loop end: once nothing else is left in its queue, `WM_QUIT` comes, with `nExitCode` in
/// `wParam`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostQuitMessage(nExitCode: c_int) {
    let _ = messages::post_quit(nExitCode.cast_unsigned() as usize);
}

/// `UINT RegisterWindowMessageA(LPCSTR lpString)`
///
/// A number for a message by its name, from 0xC000 on, the same for all of this process who ask by that name.
///
/// # Returns
/// The number, or 0.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name.
/// * `ERROR_NOACCESS`: it cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: 16,384 names are there.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterWindowMessageA(lpString: *const c_char) -> UINT {
    let act = || {
        // SAFETY: an in pointer, as this function asks for.
        let name = unsafe { narrow(lpString) }?;
        let name = name.filter(|name| !name.is_empty()).ok_or(Code::INVALID_PARAMETER)?;
        messages::registered_message(&name)
    };
    answer(|f| write!(f, "RegisterWindowMessageA({lpString:p})"), act(), 0)
}

/// `UINT RegisterWindowMessageW(LPCWSTR lpString)`
///
/// [`RegisterWindowMessageA`](ws2_RegisterWindowMessageA) with 16-bit characters.
///
/// # Returns
/// The number, or 0.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name.
/// * `ERROR_NOACCESS`: it cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: 16,384 names are there.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterWindowMessageW(lpString: *const WCHAR) -> UINT {
    let act = || {
        // SAFETY: an in pointer, as this function asks for.
        let name = unsafe { wide(lpString) }?;
        let name = name.filter(|name| !name.is_empty()).ok_or(Code::INVALID_PARAMETER)?;
        messages::registered_message(&name)
    };
    answer(|f| write!(f, "RegisterWindowMessageW({lpString:p})"), act(), 0)
}
