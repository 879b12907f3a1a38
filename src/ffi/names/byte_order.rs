//! Byte order: `htonl`, `htons`, `ntohl`, `ntohs`, and `WSAHtonl`, `WSAHtons`, `WSANtohl`, `WSANtohs`, which take
//! a socket besides.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::types::{SOCKET, ws2_u_long, ws2_u_short};
use crate::sys;

/// `u_long htonl(u_long hostlong)`
///
/// A 32-bit number of this machine in network order. Works without [`WSAStartup`](crate::ffi::WSAStartup) and leaves the
/// last error alone.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_htonl(hostlong: ws2_u_long) -> ws2_u_long {
    hostlong.to_be()
}

/// `u_short htons(u_short hostshort)`
///
/// A 16-bit number of this machine in network order. Works without [`WSAStartup`](crate::ffi::WSAStartup) and leaves the
/// last error alone.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_htons(hostshort: ws2_u_short) -> ws2_u_short {
    hostshort.to_be()
}

/// `u_long ntohl(u_long netlong)`
///
/// A 32-bit number in network order as this machine has it. Works without [`WSAStartup`](crate::ffi::WSAStartup) and
/// leaves the last error alone.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ntohl(netlong: ws2_u_long) -> ws2_u_long {
    ws2_u_long::from_be(netlong)
}

/// `u_short ntohs(u_short netshort)`
///
/// A 16-bit number in network order as this machine has it. Works without [`WSAStartup`](crate::ffi::WSAStartup) and
/// leaves the last error alone.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ntohs(netshort: ws2_u_short) -> ws2_u_short {
    ws2_u_short::from_be(netshort)
}

/// `int WSAHtonl(SOCKET s, u_long hostlong, u_long *lpnetlong)`
///
/// Stores a 32-bit number of this machine in the byte order of the socket's protocol, which is network order for
/// every socket there is.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: `s` is not a socket.
/// * `WSAEFAULT`: `lpnetlong` is NULL or cannot be written.
///
/// Source: Windows documentation; NS1 to NS15.
///
/// # Safety
/// `lpnetlong` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAHtonl(s: SOCKET, hostlong: ws2_u_long, lpnetlong: *mut ws2_u_long) -> c_int {
    call(
        |f| write!(f, "WSAHtonl({s}, {hostlong:#x})"),
        // SAFETY: `lpnetlong` is an out pointer.
        |_| unsafe { store(s, lpnetlong, hostlong.to_be()) },
    )
}

/// `int WSAHtons(SOCKET s, u_short hostshort, u_short *lpnetshort)`
///
/// Stores a 16-bit number of this machine in the byte order of the socket's protocol, which is network order for
/// every socket there is.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: `s` is not a socket.
/// * `WSAEFAULT`: `lpnetshort` is NULL or cannot be written.
///
/// Source: Windows documentation; NS1 to NS15.
///
/// # Safety
/// `lpnetshort` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAHtons(s: SOCKET, hostshort: ws2_u_short, lpnetshort: *mut ws2_u_short) -> c_int {
    call(
        |f| write!(f, "WSAHtons({s}, {hostshort:#x})"),
        // SAFETY: `lpnetshort` is an out pointer.
        |_| unsafe { store(s, lpnetshort, hostshort.to_be()) },
    )
}

/// `int WSANtohl(SOCKET s, u_long netlong, u_long *lphostlong)`
///
/// Stores a 32-bit number in the byte order of the socket's protocol as this machine has it.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: `s` is not a socket.
/// * `WSAEFAULT`: `lphostlong` is NULL or cannot be written.
///
/// Source: Windows documentation; NS1 to NS15.
///
/// # Safety
/// `lphostlong` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSANtohl(s: SOCKET, netlong: ws2_u_long, lphostlong: *mut ws2_u_long) -> c_int {
    call(
        |f| write!(f, "WSANtohl({s}, {netlong:#x})"),
        // SAFETY: `lphostlong` is an out pointer.
        |_| unsafe { store(s, lphostlong, ws2_u_long::from_be(netlong)) },
    )
}

/// `int WSANtohs(SOCKET s, u_short netshort, u_short *lphostshort)`
///
/// Stores a 16-bit number in the byte order of the socket's protocol as this machine has it.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: `s` is not a socket.
/// * `WSAEFAULT`: `lphostshort` is NULL or cannot be written.
///
/// Source: Windows documentation; NS1 to NS15.
///
/// # Safety
/// `lphostshort` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSANtohs(s: SOCKET, netshort: ws2_u_short, lphostshort: *mut ws2_u_short) -> c_int {
    call(
        |f| write!(f, "WSANtohs({s}, {netshort:#x})"),
        // SAFETY: `lphostshort` is an out pointer.
        |_| unsafe { store(s, lphostshort, ws2_u_short::from_be(netshort)) },
    )
}

/// Stores a number if `s` is a socket.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn store<T: Copy>(s: SOCKET, to: *mut T, value: T) -> Result<c_int, Failure> {
    let fd = sys::Fd::from_socket(s).ok_or(WsaError::WSAENOTSOCK)?;
    sys::net::option::socket_type(fd)?;
    // SAFETY: `to` is an out pointer.
    if unsafe { sys::user::memory::write(to, value) } {
        Ok(0)
    } else {
        Err(WsaError::WSAEFAULT.because("the result cannot be written"))
    }
}
