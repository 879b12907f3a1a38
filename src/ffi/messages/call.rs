//! Handles of windows in C's form, and calling the program's procedures.

use super::types::{HWND, LPARAM, LRESULT, UINT, WNDPROC, WPARAM};
use crate::kernel::code::Code;
use crate::messages::{self, Handle, Sent};

/// `HWND_MESSAGE` and the like are below NULL.
pub(super) fn handle(window: HWND) -> Result<Handle, Code> {
    let value = window.addr();
    let low = u32::try_from(value & 0xFFFF_FFFF).map_err(|_| Code::INVALID_WINDOW_HANDLE)?;
    // Windows looks at 32 bits of it, with or without a sign.
    if value >> 32 == 0 || value >> 32 == 0xFFFF_FFFF { Ok(low) } else { Err(Code::INVALID_WINDOW_HANDLE) }
}

pub(super) fn window(handle: Handle) -> HWND {
    std::ptr::without_provenance_mut(handle as usize)
}

/// The number of a procedure.
pub(super) fn number(procedure: WNDPROC) -> usize {
    procedure.map_or(0, |procedure| (procedure as *const ()).expose_provenance())
}

/// Calls a window's procedure; without one it is the library's own.
pub(super) fn call(procedure: usize, window: HWND, message: UINT, wparam: WPARAM, lparam: LPARAM) -> LRESULT {
    if procedure == 0 {
        return super::windows::default(window, message);
    }
    let procedure = std::ptr::with_exposed_provenance::<()>(procedure);
    // SAFETY: what the program gave as the procedure of a window.
    let procedure = unsafe { std::mem::transmute::<*const (), WNDPROC>(procedure) };
    // SAFETY: the program's function, called as its type says.
    procedure.map_or(0, |procedure| unsafe { procedure(window, message, wparam, lparam) })
}

/// Answers what another thread has sent.
pub(super) fn answer(sent: &Sent) {
    let message = sent.message;
    let result = messages::procedure(message.window).map_or(0, |(procedure, _)| {
        call(procedure, window(message.window), message.number, message.wparam, message.lparam)
    });
    messages::answer(sent, result);
}

/// Sends a message: to a window of the calling thread by a call, to another's through its queue.
pub(super) fn send(to: Handle, message: UINT, wparam: WPARAM, lparam: LPARAM) -> Result<LRESULT, Code> {
    let (procedure, is_own) = messages::procedure(to)?;
    if is_own {
        return Ok(call(procedure, window(to), message, wparam, lparam));
    }
    let sent = messages::send_elsewhere(to, message, wparam, lparam)?;
    loop {
        match messages::expected(&sent)? {
            Ok(result) => return Ok(result),
            Err(other) => answer(&other),
        }
    }
}
