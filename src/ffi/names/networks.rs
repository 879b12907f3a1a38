//! `getnetbyname inet_network` of mswsock: names and numbers of networks.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{call, pure_call};
use crate::ffi::names::netdb_image;
use crate::ffi::names::resolve::{Shown, name};
use crate::ffi::types::netdb::ws2_netent;
use crate::ffi::types::ws2_u_long;
use crate::names;
use crate::names::inet;
use crate::sys::user::memory;

/// `struct netent *getnetbyname(const char *name)`
///
/// The network of this name or alias in the machine's database (`/etc/networks`; with musl there is none).
///
/// # Returns
/// The thread's `netent`, valid until its next call of this function; or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `name` is NULL or cannot be read.
/// * `WSANO_DATA`: there is no such network.
///
/// Source: Windows' documentation of its like, [`getservbyname`](crate::ffi::ws2_getservbyname).
///
/// # Safety
/// `name` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getnetbyname(name: *const c_char) -> *mut ws2_netent {
    const NULL: Failure = WsaError::WSAEFAULT.because("name is NULL");
    call(
        |f| write!(f, "getnetbyname({})", Shown(name)),
        |_| {
            // SAFETY: an in pointer.
            let name = unsafe { self::name(name) }?.ok_or(NULL)?;
            netdb_image::network(&names::network_by_name(&name)?)
        },
    )
}

/// `unsigned long inet_network(const char *cp)`
///
/// The number of a network, one to four bytes with dots between them, in this machine's order: `127.1` is 0x7F01. Works
/// without [`WSAStartup`](crate::ffi::WSAStartup) and leaves the last error alone when it succeeds.
///
/// # Returns
/// The number, or `INADDR_NONE`.
///
/// # Errors
/// * `WSAEFAULT`: `cp` is NULL or cannot be read.
/// * `WSAEINVAL`: it is no such number.
///
/// Source: BSD's manual, which Windows follows.
///
/// # Safety
/// `cp` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_inet_network(cp: *const c_char) -> ws2_u_long {
    pure_call(
        |f| write!(f, "inet_network({})", Shown(cp)),
        || {
            // SAFETY: an in pointer.
            let text = unsafe { memory::text(cp) }.ok_or(WsaError::WSAEFAULT.because("cp cannot be read"))?;
            inet::parse_network(text.to_bytes()).ok_or(WsaError::WSAEINVAL.because("no number of a network"))
        },
    )
}
