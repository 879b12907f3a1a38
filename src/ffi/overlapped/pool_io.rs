//! The ends of a socket's operations by the thread pool: `BindIoCompletionCallback CreateThreadpoolIo StartThreadpoolIo
//! CancelThreadpoolIo WaitForThreadpoolIoCallbacks CloseThreadpoolIo`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::super::kernel::call::{handle, pointer, truth};
use super::super::kernel::pool_call::environment;
use super::super::kernel::types::{
    HANDLE, LPOVERLAPPED_COMPLETION_ROUTINE, PTP_IO, PTP_WIN32_IO_CALLBACK, TP_CALLBACK_ENVIRON, ULONG,
};
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Callback, Invocation, Of};
use crate::overlapped::callbacks;
use crate::windows::status;

/// `BOOL BindIoCompletionCallback(HANDLE FileHandle, LPOVERLAPPED_COMPLETION_ROUTINE Function, ULONG Flags)`
///
/// Has a function called, on a thread of the pool of the process, for the end of each operation on a socket that would be a packet at
/// a completion port: with the operation's NTSTATUS (`RtlNtStatusToDosError` makes a code of it on Windows, and
/// `GetOverlappedResult` here, too), the number of bytes and the OVERLAPPED. It takes the place of a port for the socket's
/// life. `Flags` is not looked at.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no function; no socket; a file; a socket without WSA_FLAG_OVERLAPPED, or one that has a port or a
///   function already.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no descriptor, no thread.
///
/// Source: CP25.
///
/// # Safety
/// `Function` is a routine for threads of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_BindIoCompletionCallback(
    FileHandle: HANDLE,
    Function: LPOVERLAPPED_COMPLETION_ROUTINE,
    Flags: ULONG,
) -> BOOL {
    fn call(by: Invocation) {
        // SAFETY: the number of a function of this type, made below.
        let routine = unsafe {
            std::mem::transmute::<*mut c_void, LPOVERLAPPED_COMPLETION_ROUTINE>(pointer(by.routine))
        };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(by.packet.status, by.packet.bytes, pointer(by.packet.overlapped).cast()) }
        }
    }
    let bound = || {
        let routine = Function.ok_or(Code::INVALID_PARAMETER)?;
        let callback = Callback { call, routine: (routine as *mut c_void).expose_provenance() };
        callbacks::bind(FileHandle.addr(), callback).map_err(|code| match code {
            Code::INVALID_HANDLE => Code::INVALID_PARAMETER,
            other => other,
        })
    };
    truth(|f| write!(f, "BindIoCompletionCallback({FileHandle:p}, {Flags:#x})"), bound())
}

/// `PTP_IO CreateThreadpoolIo(HANDLE fl, PTP_WIN32_IO_CALLBACK pfnio, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)`
///
/// Has a function called, on a thread of the pool, for the end of each operation on a socket that would be a packet at a completion
/// port: with the instance, `pv`, the OVERLAPPED, the operation's code (0 after success), the number of bytes and the object. It
/// takes the place of a port for the socket's life. [`ws2_StartThreadpoolIo`] is to be called before each operation.
///
/// # Returns
/// The object, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no socket.
/// * `ERROR_INVALID_PARAMETER`: no function; a file; a socket without WSA_FLAG_OVERLAPPED, or one that has a port or a function
///   already; an environment of another version, or with a pool or a cleanup group that is none.
/// * `ERROR_NOACCESS`: `pcbe` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no descriptor, no thread.
///
/// Source: CP26.
///
/// # Safety
/// `pfnio` is a routine for threads of the library. `pcbe` is an in pointer; the functions in it are routines, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateThreadpoolIo(
    fl: HANDLE,
    pfnio: PTP_WIN32_IO_CALLBACK,
    pv: *mut c_void,
    pcbe: *mut TP_CALLBACK_ENVIRON,
) -> PTP_IO {
    fn call(by: Invocation) {
        // SAFETY: the number of a function of this type, made below.
        let routine =
            unsafe { std::mem::transmute::<*mut c_void, PTP_WIN32_IO_CALLBACK>(pointer(by.routine)) };
        let Some(routine) = routine else { return };
        let bytes = usize::try_from(by.packet.bytes).unwrap_or(0);
        // SAFETY: the program's own, which it has handed out for threads of the library.
        unsafe {
            routine(
                pointer(by.instance).cast(),
                pointer(by.context),
                pointer(by.packet.overlapped),
                status::to_windows(by.packet.status),
                bytes,
                pointer(by.object).cast(),
            );
        }
    }
    let made = || {
        let routine = pfnio.ok_or(Code::INVALID_PARAMETER)?;
        let callback = Callback { call, routine: (routine as *mut c_void).expose_provenance() };
        // SAFETY: an in pointer.
        let wanted = unsafe { environment(pcbe) }?;
        callbacks::create(fl.addr(), callback, pv.expose_provenance(), wanted)
    };
    handle(|f| write!(f, "CreateThreadpoolIo({fl:p}, {pv:p}, {pcbe:p})"), made()).cast()
}

/// `void StartThreadpoolIo(PTP_IO pio)`
///
/// Says that an operation is about to begin whose end the object is to tell. Waiting for the object's callbacks waits for the
/// operation from now on.
///
/// Source: CP26.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_StartThreadpoolIo(pio: PTP_IO) {
    pool::start_io(pio.addr());
}

/// `void CancelThreadpoolIo(PTP_IO pio)`
///
/// Takes back what [`ws2_StartThreadpoolIo`] has said: the operation has failed at once, or has succeeded at once on a socket with
/// FILE_SKIP_COMPLETION_PORT_ON_SUCCESS. It cancels no operation.
///
/// Source: CP26.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CancelThreadpoolIo(pio: PTP_IO) {
    pool::cancel_io(pio.addr());
}

/// `void WaitForThreadpoolIoCallbacks(PTP_IO pio, BOOL fCancelPendingCallbacks)`
///
/// Waits until all operations that were said have ended and no callback is due or runs. With `fCancelPendingCallbacks` those that
/// have not begun are not called, neither for operations that go on; it waits for those that run. From the function itself it
/// never returns.
///
/// Source: CP26.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForThreadpoolIoCallbacks(pio: PTP_IO, fCancelPendingCallbacks: BOOL) {
    pool::wait(pio.addr(), Of::Io, fCancelPendingCallbacks != 0);
}

/// `void CloseThreadpoolIo(PTP_IO pio)`
///
/// Gives the object back. Operations that were said and have not ended are told of all the same; the socket stays as it is,
/// and gets no other port or function.
///
/// Source: CP26.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolIo(pio: PTP_IO) {
    pool::close(pio.addr(), Of::Io);
}
