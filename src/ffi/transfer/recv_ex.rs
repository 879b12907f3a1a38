//! `WSARecvEx` of mswsock: `recv` that tells of a datagram's missing rest by a flag.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::{count, received_into};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::types::SOCKET;
use crate::overlapped::ordinary;
use crate::socket::transfer::{recv, socket_first};
use crate::sys::UserBufMut;
use crate::sys::user::memory;
use crate::windows::abi::MSG_PARTIAL;

/// `int WSARecvEx(SOCKET s, char *buf, int len, int *flags)`
///
/// [`recv`](crate::ffi::ws2_recv), with the flags in `*flags`. Afterwards `*flags` is 0, or `MSG_PARTIAL` where a datagram was longer
/// than `buf`: that is no failure here. The rest of it is lost, as always.
///
/// # Returns
/// The number of bytes, or `SOCKET_ERROR`.
///
/// # Errors
/// Those of [`recv`](crate::ffi::ws2_recv) but `WSAEMSGSIZE`; `WSAEFAULT`: `flags` cannot be read and written.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `buf` is a buffer of `len` bytes that the caller hands out; `flags` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WSARecvEx(s: SOCKET, buf: *mut c_char, len: c_int, flags: *mut c_int) -> c_int {
    const BAD: Failure = WsaError::WSAEFAULT.because("flags cannot be read and written");
    call(
        |f| write!(f, "WSARecvEx({s}, {len} bytes)", s = s.cast_signed()),
        |mode| {
            // SAFETY: an out pointer.
            let given =
                unsafe { memory::read(flags) }.filter(|given| unsafe { memory::write(flags, *given) });
            let given = given.ok_or(BAD).map_err(|failure| socket_first(s, failure))?;
            let address = buf.expose_provenance();
            let Ok(room) = usize::try_from(len) else {
                return count(recv::refuse(s, given, recv::NEGATIVE));
            };
            // SAFETY: the caller hands out `len` bytes.
            let buf = unsafe { UserBufMut::new(address, room) };
            let (result, told) = match received_into(mode, (address, room), || {
                ordinary::receiving(s, given, || recv::recv(s, buf, given, recv::Attempt::none()))
            }) {
                Err(failure) if failure.code == WsaError::WSAEMSGSIZE => (Ok(len), MSG_PARTIAL),
                result => (result, 0),
            };
            if result.is_ok() {
                // SAFETY: an out pointer, written before.
                let _ = unsafe { memory::write(flags, told) };
            }
            result
        },
    )
}
