//! `WSAAsyncSelect WSApSetPostRoutine`: network events as messages.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::call::handle;
use super::types::{HWND, LPARAM, UINT, WPARAM};
use crate::ffi::call::call;
use crate::ffi::types::{BOOL, LONG, SOCKET};
use crate::messages;
use crate::overlapped::events;
use crate::overlapped::target::Window;

/// Posts a message to a window, and does not wait: TRUE where that could be done.
pub type LPWPUPOSTMESSAGE = Option<unsafe extern "C" fn(HWND, UINT, WPARAM, LPARAM) -> BOOL>;

/// `int WSAAsyncSelect(SOCKET s, HWND hWnd, u_int wMsg, long lEvent)`
///
/// Has the message `wMsg` posted to a window when one of the things in `lEvent` happens to a socket: `FD_READ`, `FD_WRITE`,
/// `FD_OOB`, `FD_ACCEPT`, `FD_CONNECT`, `FD_CLOSE`; the other bits are taken, and nothing is ever told of them. `wParam` is the
/// socket; `lParam` has the one bit in its lower half (`WSAGETSELECTEVENT`) and an error code in its upper half
/// (`WSAGETSELECTERROR`). After a message nothing more of its kind comes until the program makes the call that goes with
/// it (`recv`, `accept`, …).
///
/// The socket is made non-blocking, and stays so while something is selected. A selection takes the place of an earlier one, of
/// [`WSAEventSelect`](crate::ffi::WSAEventSelect) as well, and what holds already is told at once; 0 ends it, and messages that were
/// posted stay where they are. A socket that `accept` gives has its listener's selection.
///
/// The window is one of this library ([`CreateWindowExA`](crate::ffi::ws2_CreateWindowExA)), or, after [`WSApSetPostRoutine`],
/// whatever that routine knows.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: something is selected, and there is no such window.
/// * `WSAENOBUFS`, `WSAEMFILE`: no memory, no descriptor or no thread to listen with.
///
/// Source: rows AS1 to AS10; Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAAsyncSelect(s: SOCKET, hWnd: HWND, wMsg: UINT, lEvent: LONG) -> c_int {
    call(
        |f| write!(f, "WSAAsyncSelect({s}, {hWnd:p}, {wMsg:#x}, {lEvent:#x})", s = s.cast_signed()),
        |_| {
            let window = handle(hWnd).ok().map(|handle| Window { handle, message: wMsg });
            events::select_by_messages(s, window, lEvent).map(|()| 0)
        },
    )
}

/// Calls the program's routine.
fn post(routine: usize, [window, message, wparam, lparam]: [usize; 4]) -> bool {
    let routine = std::ptr::with_exposed_provenance::<()>(routine);
    // SAFETY: what the program gave to `WSApSetPostRoutine`.
    let routine = unsafe { std::mem::transmute::<*const (), LPWPUPOSTMESSAGE>(routine) };
    let message = UINT::try_from(message).unwrap_or(0);
    let window = std::ptr::without_provenance_mut(window);
    // SAFETY: the program's function, called as its type says.
    routine.is_some_and(|routine| unsafe { routine(window, message, wparam, lparam.cast_signed()) != 0 })
}

/// `int WSApSetPostRoutine(LPWPUPOSTMESSAGE lpPostRoutine)`
///
/// Has the library post its messages by a routine of the program's, which has windows of its own: those of
/// [`WSAAsyncSelect`] and of [`WSAAsyncGetHostByName`](crate::ffi::WSAAsyncGetHostByName) and its like. The routine runs on any thread, and
/// must not wait. NULL takes it back: then messages go to windows of this library. Works without
/// [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// 0.
///
/// Source: row AS12.
///
/// # Safety
/// `lpPostRoutine` is such a function, or NULL, for as long as it is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSApSetPostRoutine(lpPostRoutine: LPWPUPOSTMESSAGE) -> c_int {
    let routine = lpPostRoutine.map_or(0, |routine| (routine as *const ()).expose_provenance());
    messages::set_routine(routine, post);
    0
}
