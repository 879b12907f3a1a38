//! Waiting for pipes with a name, and messages that are answered: `WaitNamedPipeA/W CallNamedPipeA/W TransactNamedPipe`. A client's
//! end is opened by `CreateFile`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::answer::{Answer, Unit, len, put, truth};
use super::named_pipe::{pipe_name, run_and_count, told, wish};
use super::start::of_kernel;
use super::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, WCHAR};
use crate::pipes::open::{self, Patience};
use crate::pipes::{Ran, What, calls};
use crate::platform::code::Code;
use crate::sys::user::memory;
use crate::sys::{UserBuf, UserBufMut};

/// # Safety
/// An in pointer.
unsafe fn wait<T: Unit>(from: *const T, time: DWORD) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        let name = unsafe { pipe_name(from, Code::ERROR_PATH_NOT_FOUND) }?;
        let name = name.ok_or(Code::ERROR_FILE_NOT_FOUND)?;
        open::wait(&name, Patience::from_number(time)).map_err(of_kernel)
    };
    truth(act())
}

/// `BOOL WaitNamedPipeA(LPCSTR lpNamedPipeName, DWORD nTimeOut)`
///
/// Waits until a client can come to an instance of a pipe, for so many milliseconds: NMPWAIT_USE_DEFAULT_WAIT (0) stands for what
/// [`CreateNamedPipe`](super::ws2_CreateNamedPipeA) has said, NMPWAIT_WAIT_FOREVER for no end. Another client may be faster than the
/// `CreateFile` that follows.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is no instance at all, or that is no name of a pipe.
/// * `ERROR_SEM_TIMEOUT`: none became free in time.
/// * `ERROR_BAD_NETPATH`: a pipe on another machine.
/// * `ERROR_INVALID_NAME`, `ERROR_PATH_NOT_FOUND` for NULL, `ERROR_NOACCESS`, `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// An in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WaitNamedPipeA(lpNamedPipeName: *const c_char, nTimeOut: DWORD) -> BOOL {
    // SAFETY: an in pointer.
    unsafe { wait(lpNamedPipeName, nTimeOut) }
}

/// `BOOL WaitNamedPipeW(LPCWSTR lpNamedPipeName, DWORD nTimeOut)`
///
/// [`WaitNamedPipeA`](ws2_WaitNamedPipeA) with a name in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// An in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WaitNamedPipeW(lpNamedPipeName: *const WCHAR, nTimeOut: DWORD) -> BOOL {
    // SAFETY: an in pointer.
    unsafe { wait(lpNamedPipeName, nTimeOut) }
}

/// A message to be written, and room for the answer.
type Both = ((*const c_void, DWORD), (*mut c_void, DWORD));

/// # Safety
/// Buffers.
unsafe fn transaction(((bytes, count), (room, size)): Both) -> What {
    let bytes = UserBuf::new(bytes.expose_provenance(), len(count));
    // SAFETY: passed on to the caller.
    What::Transact(bytes, unsafe { UserBufMut::new(room.expose_provenance(), len(size)) })
}

/// Whether a count can be told there; it may be NULL.
fn may_tell(place: *mut DWORD) -> Answer<()> {
    if place.is_null() || memory::writable(place.addr(), size_of::<DWORD>()) {
        Ok(())
    } else {
        Err(Code::ERROR_NOACCESS)
    }
}

/// # Safety
/// An in pointer, buffers, an out pointer.
unsafe fn call<T: Unit>(from: *const T, both: Both, read: *mut DWORD, time: DWORD) -> BOOL {
    const NMPWAIT_NOWAIT: DWORD = 1;
    let act = || -> Answer<()> {
        may_tell(read)?;
        let time = (time != NMPWAIT_NOWAIT).then(|| Patience::from_number(time));
        // SAFETY: passed on to the caller.
        let (name, what) = unsafe { (pipe_name(from, Code::ERROR_PATH_NOT_FOUND)?, transaction(both)) };
        let name = name.ok_or(Code::ERROR_FILE_NOT_FOUND)?;
        let (bytes, done) = match calls::call(&name, what, time).map_err(of_kernel)? {
            Ran::Done(outcome) => told(outcome),
            Ran::Pending => (0, Err(Code::ERROR_INTERNAL_ERROR)),
        };
        if !read.is_null() {
            // SAFETY: an out pointer.
            unsafe { put(read, bytes)? };
        }
        done
    };
    truth(act())
}

/// `BOOL CallNamedPipeA(LPCSTR lpNamedPipeName, LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesRead, DWORD nTimeOut)`
///
/// Opens a pipe that keeps messages apart, writes a message, reads the answer, and closes the pipe. Where no instance is free it waits
/// as [`WaitNamedPipe`](ws2_WaitNamedPipeA); with NMPWAIT_NOWAIT (1) it does not.
///
/// # Errors
/// * `ERROR_MORE_DATA`: the answer is longer than its room; the rest is lost.
/// * `ERROR_PIPE_BUSY`: with NMPWAIT_NOWAIT, no instance is free.
/// * `ERROR_BAD_PIPE`: it does not keep messages apart.
/// * Those of `WaitNamedPipe`, of `CreateFile`, and of [`TransactNamedPipe`](ws2_TransactNamedPipe).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpNamedPipeName` is an in pointer, `lpInBuffer` and `lpOutBuffer` are buffers, `lpBytesRead` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CallNamedPipeA(
    lpNamedPipeName: *const c_char,
    lpInBuffer: *mut c_void,
    nInBufferSize: DWORD,
    lpOutBuffer: *mut c_void,
    nOutBufferSize: DWORD,
    lpBytesRead: *mut DWORD,
    nTimeOut: DWORD,
) -> BOOL {
    let both = ((lpInBuffer.cast_const(), nInBufferSize), (lpOutBuffer, nOutBufferSize));
    // SAFETY: the caller's pointers, handed on.
    unsafe { call(lpNamedPipeName, both, lpBytesRead, nTimeOut) }
}

/// `BOOL CallNamedPipeW(LPCWSTR lpNamedPipeName, LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesRead, DWORD nTimeOut)`
///
/// [`CallNamedPipeA`](ws2_CallNamedPipeA) with a name in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CallNamedPipeW(
    lpNamedPipeName: *const WCHAR,
    lpInBuffer: *mut c_void,
    nInBufferSize: DWORD,
    lpOutBuffer: *mut c_void,
    nOutBufferSize: DWORD,
    lpBytesRead: *mut DWORD,
    nTimeOut: DWORD,
) -> BOOL {
    let both = ((lpInBuffer.cast_const(), nInBufferSize), (lpOutBuffer, nOutBufferSize));
    // SAFETY: the caller's pointers, handed on.
    unsafe { call(lpNamedPipeName, both, lpBytesRead, nTimeOut) }
}

/// `BOOL TransactNamedPipe(HANDLE hNamedPipe, LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesRead, LPOVERLAPPED lpOverlapped)`
///
/// Writes a message and reads the next one that comes.
///
/// # Errors
/// * `ERROR_MORE_DATA`: the answer is longer than its room; `ReadFile` reads the rest.
/// * `ERROR_BAD_PIPE`: the pipe does not keep messages apart, or this end does not read by messages.
/// * `ERROR_PIPE_BUSY`: there is something to be read, or somebody waits for it.
/// * `ERROR_IO_PENDING`: with an OVERLAPPED, the operation has begun.
/// * `ERROR_ACCESS_DENIED`: this end does not read and write.
/// * Those of `ReadFile` and `WriteFile` on a pipe.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpInBuffer` and `lpOutBuffer` are buffers, until the operation has ended; `lpBytesRead` is an out pointer, `lpOverlapped` an
/// overlapped pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TransactNamedPipe(
    hNamedPipe: HANDLE,
    lpInBuffer: *mut c_void,
    nInBufferSize: DWORD,
    lpOutBuffer: *mut c_void,
    nOutBufferSize: DWORD,
    lpBytesRead: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    let both = ((lpInBuffer.cast_const(), nInBufferSize), (lpOutBuffer, nOutBufferSize));
    let act = || -> Answer<()> {
        let pipe = calls::of(hNamedPipe.addr()).map_err(of_kernel)?;
        may_tell(lpBytesRead)?;
        // SAFETY: an overlapped pointer; buffers, until the end.
        let (wish, what) = unsafe { (wish(lpOverlapped)?, transaction(both)) };
        // SAFETY: an out pointer.
        unsafe { run_and_count(&pipe, what, wish, lpBytesRead) }
    };
    truth(act())
}
