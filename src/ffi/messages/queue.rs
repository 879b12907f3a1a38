//! Messages: got out of the queue, and given to the procedures that they are for.

#![allow(non_snake_case, reason = "Windows' names")]

use super::call::{answer as answer_sent, call, handle, window};
use super::types::{HWND, LRESULT, MSG, POINT, TIMERPROC, UINT};
use crate::ffi::kernel::call::answer;
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::messages::{self, Filter, Given, Message};
use crate::sys::user::memory;

const WM_QUIT: UINT = 0x12;
const PM_REMOVE: UINT = 1;

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
