//! Cancelling: `CancelIo CancelIoEx CancelSynchronousIo`.

#![allow(non_snake_case, reason = "Windows' names")]

use crate::ffi::kernel::call::truth;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{BOOL, OVERLAPPED};
use crate::kernel::apc;
use crate::overlapped::cancel;

/// `BOOL CancelIo(HANDLE hFile)`
///
/// Cancels the operations that the calling thread has begun on a socket: each ends with `ERROR_OPERATION_ABORTED` and is
/// told of as any other end, unless it has ended by itself before.
///
/// # Returns
/// TRUE, also where there was none, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: neither a socket nor a file.
///
/// Source: OE13, OE15.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CancelIo(hFile: HANDLE) -> BOOL {
    truth(|f| write!(f, "CancelIo({hFile:p})"), cancel::of_this_thread(hFile.expose_provenance()))
}

/// `BOOL CancelIoEx(HANDLE hFile, LPOVERLAPPED lpOverlapped)`
///
/// Cancels the operation of an OVERLAPPED on a socket, or all where that is NULL, whichever thread has begun it.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_NOT_FOUND` (1168): there is none; it may have ended already.
/// * `ERROR_INVALID_HANDLE`: neither a socket nor a file.
///
/// Source: OE14, OE15.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CancelIoEx(hFile: HANDLE, lpOverlapped: *mut OVERLAPPED) -> BOOL {
    truth(
        |f| write!(f, "CancelIoEx({hFile:p}, {lpOverlapped:p})"),
        cancel::any(hFile.expose_provenance(), lpOverlapped.expose_provenance()),
    )
}

/// `BOOL CancelSynchronousIo(HANDLE hThread)`
///
/// Ends the call of Winsock in which a thread waits, which fails with `WSA_OPERATION_ABORTED`. A call that does not wait goes
/// on, and so do the thread's operations. The thread must have used this library's threads, waits or overlapped calls before, or
/// be one of `CreateThread`.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_NOT_FOUND` (1168): the thread waits in no call.
/// * `ERROR_INVALID_HANDLE`: no thread.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO28.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CancelSynchronousIo(hThread: HANDLE) -> BOOL {
    truth(|f| write!(f, "CancelSynchronousIo({hThread:p})"), apc::cancel_call(hThread.addr()))
}
