//! Winsock 1.1's control of blocking: `WSASetBlockingHook WSAUnhookBlockingHook WSACancelBlockingCall
//! WSAIsBlocking`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::ffi::call::{call, call_from_hook};
use crate::ffi::types::{BOOL, FARPROC};
use crate::runtime::hook::{self, Hook};

/// `FARPROC WSASetBlockingHook(FARPROC lpBlockFunc)`
///
/// Sets the function that is called again and again while a call of this thread waits: `BOOL hook(void)`. While
/// it returns nonzero it is called at once again. From inside it only [`WSAIsBlocking`],
/// [`WSACancelBlockingCall`], `WSAGetLastError` and `WSASetLastError` may be called; every other call fails with
/// `WSAEINPROGRESS`. Only for programs that have asked [`super::WSAStartup`] for version 1.x.
///
/// # Returns
/// The hook before, at first a default one that does nothing; or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINPROGRESS`: called from the hook.
/// * `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
/// * `WSAEFAULT`: `lpBlockFunc` is NULL.
///
/// Source: Windows documentation (Winsock 1.1), L3.
///
/// # Safety
/// `lpBlockFunc` is NULL or a function without arguments that returns an `int`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASetBlockingHook(lpBlockFunc: FARPROC) -> FARPROC {
    call(
        |f| f.write_str("WSASetBlockingHook()"),
        |mode| {
            // SAFETY: by contract it returns an `int`; FARPROC is only the type under which it travels.
            let hook = lpBlockFunc.map(|hook| unsafe { std::mem::transmute::<_, Hook>(hook) });
            let before = hook::set_hook(mode, hook)?;
            // SAFETY: the way back to the type under which it travels.
            Ok(Some(unsafe { std::mem::transmute::<Hook, unsafe extern "C" fn() -> isize>(before) }))
        },
    )
}

/// `int WSAUnhookBlockingHook(void)`
///
/// Puts the default hook back, which does nothing.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINPROGRESS`: called from the hook.
/// * `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
///
/// Source: Windows documentation (Winsock 1.1), L3.
#[unsafe(no_mangle)]
pub extern "C" fn WSAUnhookBlockingHook() -> c_int {
    call(|f| f.write_str("WSAUnhookBlockingHook()"), |mode| hook::unhook(mode).map(|()| 0))
}

/// `int WSACancelBlockingCall(void)`
///
/// From the blocking hook: ends the call that waits with `WSAEINTR`, as soon as the hook returns. If that call
/// had sent a part of its data, the connection is of no use any more: later transfers get `WSAECONNABORTED`.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
/// * `WSAEINVAL`: no call of this thread waits.
///
/// Source: rows L1, L7.
#[unsafe(no_mangle)]
pub extern "C" fn WSACancelBlockingCall() -> c_int {
    call_from_hook(|f| f.write_str("WSACancelBlockingCall()"), |mode| hook::cancel(mode).map(|()| 0))
}

/// `BOOL WSAIsBlocking(void)`
///
/// Whether a call of this thread waits, which only its blocking hook can find. Never an error.
///
/// Source: row L4.
#[unsafe(no_mangle)]
pub extern "C" fn WSAIsBlocking() -> BOOL {
    BOOL::from(hook::is_blocking())
}
