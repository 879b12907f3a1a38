//! `WSAProviderConfigChange`: being told of changes of the catalogue of protocols and name spaces, which never come.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::kernel::call::pointer;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::overlapped::call::{PENDING, wish};
use crate::ffi::types::{LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED};
use crate::overlapped::operations::{Started, receive};
use crate::socket::changes;
use crate::socket::transfer::recv::{self, Attempt};
use crate::sys::user::memory;
use crate::sys::{Pieces, UserBufMut, UserName};

/// `INT WSAProviderConfigChange(LPHANDLE lpNotificationHandle, LPWSAOVERLAPPED lpOverlapped,
/// LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Tells of changes of the catalogue. Where the handle is NULL, it gives one to wait with, at once, and does not look at the
/// other arguments. With that handle it waits for a change. Nobody can change this catalogue, so a wait lasts until the
/// handle is closed by [`CloseHandle`](crate::ffi::ws2_CloseHandle), is called off, or the last
/// [`WSACleanup`](crate::ffi::WSACleanup) comes: one with an OVERLAPPED then ends with `WSAECONNABORTED`, or
/// `WSA_OPERATION_ABORTED` where it was called off, and tells so by its event, its routine or the handle's completion port.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `lpNotificationHandle` cannot be written, or `lpOverlapped` cannot be used.
/// * `WSA_INVALID_HANDLE`: not a handle of this function's; or the OVERLAPPED's event is none.
/// * `WSA_IO_PENDING`: the wait has begun.
/// * `WSAEINVAL`: a routine, and the handle belongs to a completion port.
/// * `WSAEINTR`: the handle was closed while the call waited, or Winsock ended.
/// * `WSAEMFILE`, `WSAENOBUFS`: no descriptor is left for a handle; no memory.
///
/// Source: XT14, OE10, Windows' documentation.
///
/// # Safety
/// `lpNotificationHandle` is an in and out pointer. The OVERLAPPED stays until the wait has ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAProviderConfigChange(
    lpNotificationHandle: *mut HANDLE,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    const BAD: Failure = WsaError::WSAEFAULT.because("lpNotificationHandle cannot be written");
    const NOT_ONE: Failure = WsaError::WSA_INVALID_HANDLE.because("not a handle that tells of changes");
    call(
        |f| write!(f, "WSAProviderConfigChange({lpNotificationHandle:p})"),
        |_| {
            if !memory::writable(lpNotificationHandle.addr(), size_of::<HANDLE>()) {
                return Err(BAD);
            }
            // SAFETY: found writable, so readable.
            let handle = unsafe { lpNotificationHandle.read_unaligned() };
            if handle.is_null() {
                let made = changes::make()?;
                // SAFETY: found writable.
                unsafe { lpNotificationHandle.write_unaligned(pointer(made)) };
                return Ok(0);
            }
            if !changes::is_one(handle.addr()) {
                return Err(NOT_ONE);
            }
            if lpOverlapped.is_null() {
                let mut byte = 0_u8;
                // SAFETY: a local, which lives until the call has ended.
                let room = unsafe { UserBufMut::new((&raw mut byte).expose_provenance(), 1) };
                return recv::recv(handle.addr(), room, 0, Attempt::none()).map(|_| 0);
            }
            // SAFETY: an overlapped pointer, as this function asks for.
            let wish = unsafe { wish((lpOverlapped, lpCompletionRoutine)) }?;
            match receive::begin(handle.addr(), Pieces::default(), 0, UserName::NOWHERE, wish)? {
                Started::Pending => Err(PENDING),
                Started::Done(..) => Ok(0),
            }
        },
    )
}
