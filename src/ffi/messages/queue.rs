//! Messages: got, posted, sent, waited for.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::call::{answer as answer_sent, call, handle, send, window};
use super::types::{HWND, LPARAM, LRESULT, MSG, POINT, TIMERPROC, UINT, WPARAM};
use crate::ffi::kernel::call::{answer, narrow, truth, wide};
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::code::Code;
use crate::messages::{self, Filter, Given, INPUT, Message};
use crate::sys::user::memory;

const WM_QUIT: UINT = 0x12;
const PM_REMOVE: UINT = 1;
const WAIT_FAILED: DWORD = u32::MAX;
const MWMO_WAITALL: DWORD = 1;
const MWMO_ALERTABLE: DWORD = 2;
const MWMO_INPUTAVAILABLE: DWORD = 4;

fn filter(of: HWND, first: UINT, last: UINT) -> Result<Filter, Code> {
    let window = match of.addr() {
        0 => None,
        usize::MAX => Some(0),
        _ => Some(handle(of)?),
    };
    Ok(Filter { window, first, last })
}

fn msg(message: Message) -> MSG {
    MSG {
        hwnd: window(message.window),
        message: message.number,
        wParam: message.wparam,
        lParam: message.lparam,
        time: message.time,
        pt: POINT { x: 0, y: 0 },
    }
}

/// The next message, or when to look again; what other threads have sent is answered meanwhile.
fn next(filter: Filter, remove: bool) -> Result<Result<Message, Option<u64>>, Code> {
    loop {
        match messages::look(filter, remove)? {
            Given::Sent(sent) => answer_sent(&sent),
            Given::Message(message) => return Ok(Ok(message)),
            Given::Nothing(due) => return Ok(Err(due)),
        }
    }
}

/// `BOOL GetMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax)`
///
/// Takes the next message out of the calling thread's queue, and waits until there is one: for the window `hWnd`,
/// any (NULL), or none (-1); with numbers from `wMsgFilterMin` to `wMsgFilterMax`, all where both are 0. `WM_QUIT`
/// comes in any case, once nothing else that is asked for is left; timers come last. What other threads send is
/// answered meanwhile.
///
/// # Returns
/// 0 for `WM_QUIT`, TRUE for any other message, -1 where it fails.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_NOACCESS`: `lpMsg` cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetMessageA(
    lpMsg: *mut MSG,
    hWnd: HWND,
    wMsgFilterMin: UINT,
    wMsgFilterMax: UINT,
) -> BOOL {
    // SAFETY: an out pointer, as this function asks for.
    let result = unsafe { get(lpMsg, hWnd, wMsgFilterMin, wMsgFilterMax) };
    answer(|f| write!(f, "GetMessageA({hWnd:p})"), result, -1)
}

/// `BOOL GetMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax)`
///
/// The same as [`GetMessageA`](ws2_GetMessageA).
///
/// # Returns
/// 0 for `WM_QUIT`, TRUE for any other message, -1 where it fails.
///
/// # Errors
/// * As [`GetMessageA`](ws2_GetMessageA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetMessageW(
    lpMsg: *mut MSG,
    hWnd: HWND,
    wMsgFilterMin: UINT,
    wMsgFilterMax: UINT,
) -> BOOL {
    // SAFETY: an out pointer, as this function asks for.
    let result = unsafe { get(lpMsg, hWnd, wMsgFilterMin, wMsgFilterMax) };
    answer(|f| write!(f, "GetMessageW({hWnd:p})"), result, -1)
}

/// # Safety
/// `to` is an out pointer.
unsafe fn get(to: *mut MSG, of: HWND, first: UINT, last: UINT) -> Result<BOOL, Code> {
    if !memory::writable(to.addr(), size_of::<MSG>()) {
        return Err(Code::NOACCESS);
    }
    let filter = filter(of, first, last)?;
    let message = loop {
        match next(filter, true)? {
            Ok(message) => break message,
            Err(due) => messages::sleep(due)?,
        }
    };
    // SAFETY: passed on to the caller.
    let _ = unsafe { memory::write(to, msg(message)) };
    Ok(BOOL::from(message.number != WM_QUIT))
}

/// # Safety
/// `to` is an out pointer.
unsafe fn peek(to: *mut MSG, of: HWND, first: UINT, last: UINT, flags: UINT) -> Result<BOOL, Code> {
    if !memory::writable(to.addr(), size_of::<MSG>()) {
        return Err(Code::NOACCESS);
    }
    match next(filter(of, first, last)?, flags & PM_REMOVE != 0)? {
        // SAFETY: passed on to the caller.
        Ok(message) => Ok(BOOL::from(unsafe { memory::write(to, msg(message)) })),
        Err(_) => Ok(0),
    }
}

/// `BOOL PeekMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg)`
///
/// Looks for the next message as [`GetMessageA`](ws2_GetMessageA) does, without waiting. With `PM_REMOVE` it is
/// taken out of the queue.
///
/// # Returns
/// TRUE where there is one; FALSE where there is none, or where it fails.
///
/// # Errors
/// * As [`GetMessageA`](ws2_GetMessageA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_PeekMessageA(
    lpMsg: *mut MSG,
    hWnd: HWND,
    wMsgFilterMin: UINT,
    wMsgFilterMax: UINT,
    wRemoveMsg: UINT,
) -> BOOL {
    // SAFETY: an out pointer, as this function asks for.
    let result = unsafe { peek(lpMsg, hWnd, wMsgFilterMin, wMsgFilterMax, wRemoveMsg) };
    answer(|f| write!(f, "PeekMessageA({hWnd:p})"), result, 0)
}

/// `BOOL PeekMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg)`
///
/// The same as [`PeekMessageA`](ws2_PeekMessageA).
///
/// # Returns
/// TRUE where there is one; FALSE where there is none, or where it fails.
///
/// # Errors
/// * As [`GetMessageA`](ws2_GetMessageA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_PeekMessageW(
    lpMsg: *mut MSG,
    hWnd: HWND,
    wMsgFilterMin: UINT,
    wMsgFilterMax: UINT,
    wRemoveMsg: UINT,
) -> BOOL {
    // SAFETY: an out pointer, as this function asks for.
    let result = unsafe { peek(lpMsg, hWnd, wMsgFilterMin, wMsgFilterMax, wRemoveMsg) };
    answer(|f| write!(f, "PeekMessageW({hWnd:p})"), result, 0)
}

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

/// `BOOL TranslateMessage(const MSG *lpMsg)`
///
/// Makes characters of pressed keys, of which there are none.
///
/// # Returns
/// FALSE.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TranslateMessage(lpMsg: *const MSG) -> BOOL {
    let _ = lpMsg;
    0
}

/// `LRESULT DispatchMessageA(const MSG *lpMsg)`
///
/// Calls the procedure of the window that a message is for; that of the timer, where the message is of one that has
/// its own. Nothing is done with a message for no window, or for one that is gone.
///
/// # Returns
/// The procedure's answer, or 0.
///
/// # Errors
/// * `ERROR_NOACCESS`: `lpMsg` cannot be read.
/// * `ERROR_INVALID_WINDOW_HANDLE`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an in pointer, to a message of this queue.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DispatchMessageA(lpMsg: *const MSG) -> LRESULT {
    // SAFETY: an in pointer, as this function asks for.
    let result = unsafe { dispatch(lpMsg) };
    answer(|f| write!(f, "DispatchMessageA({lpMsg:p})"), result, 0)
}

/// `LRESULT DispatchMessageW(const MSG *lpMsg)`
///
/// The same as [`DispatchMessageA`](ws2_DispatchMessageA).
///
/// # Returns
/// The procedure's answer, or 0.
///
/// # Errors
/// * `ERROR_NOACCESS`: `lpMsg` cannot be read.
/// * `ERROR_INVALID_WINDOW_HANDLE`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpMsg` is an in pointer, to a message of this queue.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DispatchMessageW(lpMsg: *const MSG) -> LRESULT {
    // SAFETY: an in pointer, as this function asks for.
    let result = unsafe { dispatch(lpMsg) };
    answer(|f| write!(f, "DispatchMessageW({lpMsg:p})"), result, 0)
}

/// # Safety
/// `from` is an in pointer.
unsafe fn dispatch(from: *const MSG) -> Result<LRESULT, Code> {
    // SAFETY: passed on to the caller; any bits are a value.
    let given = unsafe { memory::read(from) }.ok_or(Code::NOACCESS)?;
    if given.message == messages::WM_TIMER && given.lParam != 0 {
        let procedure = std::ptr::with_exposed_provenance::<()>(given.lParam.cast_unsigned());
        // SAFETY: what the program gave to `SetTimer`.
        if let Some(procedure) = unsafe { std::mem::transmute::<*const (), TIMERPROC>(procedure) } {
            // SAFETY: the program's function, called as its type says.
            unsafe { procedure(given.hwnd, given.message, given.wParam, given.time) };
        }
        return Ok(0);
    }
    if given.hwnd.is_null() {
        return Ok(0);
    }
    let (procedure, _) = messages::procedure(handle(given.hwnd)?)?;
    Ok(call(procedure, given.hwnd, given.message, given.wParam, given.lParam))
}

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
        given.push(handle.addr());
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
