//! The server's end of pipes with a name: `CreateNamedPipeA/W ConnectNamedPipe DisconnectNamedPipe ImpersonateNamedPipeClient
//! RevertToSelf`; and what all functions of pipes share.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, give, inherits, needed, put, truth};
use super::start::of_kernel;
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::ffi::overlapped::call;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, WCHAR};
use crate::overlapped::request::Wish;
use crate::pipes::name::{Name, Named};
use crate::pipes::{Outcome, Pipe, Ran, What, calls, name, open, rules, run};
use crate::platform::code::Code;
use crate::sys::shared::Arc;

const INVALID_HANDLE_VALUE: HANDLE = usize::MAX as HANDLE;

/// The pipe that a name means; none where it means something else.
///
/// # Errors
/// `ERROR_INVALID_NAME`; `ERROR_BAD_NETPATH`: on another machine.
///
/// # Safety
/// An in pointer.
pub(super) unsafe fn pipe_name<T: Unit>(from: *const T, missing: Code) -> Answer<Option<Name>> {
    // SAFETY: passed on to the caller.
    match name::read(&unsafe { needed(from, missing) }?).map_err(of_kernel)? {
        Named::Pipe(name) => Ok(Some(name)),
        Named::Elsewhere => Err(Code::ERROR_BAD_NETPATH),
        Named::Other => Ok(None),
    }
}

/// How C wants to be told of an operation's end, if by an OVERLAPPED.
///
/// # Errors
/// `ERROR_NOACCESS`.
///
/// # Safety
/// An overlapped pointer.
pub(super) unsafe fn wish(overlapped: *mut OVERLAPPED) -> Answer<Option<Wish>> {
    if overlapped.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { call::wish((overlapped, None)) }.map(Some).map_err(|_| Code::ERROR_NOACCESS)
}

/// Does something on a pipe.
///
/// # Errors
/// `ERROR_IO_PENDING`: it ends later. The pipe's.
pub(super) fn run_on(pipe: &Arc<Pipe>, what: What, wish: Option<Wish>) -> Answer<Outcome> {
    const ERROR_IO_PENDING: Code = Code::from_number(997);
    match run(pipe, what, wish).map_err(of_kernel)? {
        Ran::Done(outcome) => Ok(outcome),
        Ran::Pending => Err(ERROR_IO_PENDING),
    }
}

/// Does something on a pipe and tells how many bytes were moved, if C asks for that: none at first, and the number where it has ended.
/// Of what ends later nothing is told here: the place may be gone with whoever has learnt of the end.
///
/// # Errors
/// `ERROR_IO_PENDING`: it ends later. `ERROR_MORE_DATA`, with the bytes told. `ERROR_NOACCESS`. The pipe's.
///
/// # Safety
/// `moved` is an out pointer.
pub(super) unsafe fn run_and_count(
    pipe: &Arc<Pipe>,
    what: What,
    wish: Option<Wish>,
    moved: *mut DWORD,
) -> Answer<()> {
    let tell = |bytes| {
        // SAFETY: passed on to the caller.
        if moved.is_null() { Ok(()) } else { unsafe { put(moved, bytes) } }
    };
    tell(0)?;
    let (bytes, done) = told(run_on(pipe, what, wish)?);
    tell(bytes)?;
    done
}

/// How an outcome is told without an OVERLAPPED.
pub(super) fn told(outcome: Outcome) -> (DWORD, Answer<()>) {
    (outcome.bytes, outcome.code().map_err(of_kernel))
}

/// # Safety
/// In pointers.
unsafe fn create<T: Unit>(
    from: *const T,
    [open_mode, pipe_mode, most, out, input, time]: [DWORD; 6],
    security: *const SECURITY_ATTRIBUTES,
) -> HANDLE {
    let act = || -> Answer<HANDLE> {
        // SAFETY: passed on to the caller.
        let (name, inherited) = unsafe { (pipe_name(from, Code::ERROR_PATH_NOT_FOUND), inherits(security)?) };
        let name = match name {
            // A pipe can be made on this machine only.
            Err(Code::ERROR_BAD_NETPATH) => return Err(Code::ERROR_INVALID_NAME),
            name => name?.ok_or(Code::ERROR_INVALID_NAME)?,
        };
        let wanted = rules::wanted(open_mode, pipe_mode, most, [out, input], time).map_err(of_kernel)?;
        let made = open::create(&name, wanted, inherited).map_err(of_kernel)?;
        Ok(std::ptr::without_provenance_mut(made))
    };
    give(act(), INVALID_HANDLE_VALUE)
}

/// `HANDLE CreateNamedPipeA(LPCSTR lpName, DWORD dwOpenMode, DWORD dwPipeMode, DWORD nMaxInstances, DWORD nOutBufferSize, DWORD nInBufferSize, DWORD nDefaultTimeOut, LPSECURITY_ATTRIBUTES lpSecurityAttributes)`
///
/// Makes an instance of a pipe, to which a client can come at once, and gives the server's end. The name is `\\.\pipe\NAME` with at
/// most 256 characters in all, in which letter case does not count; all processes of the user's on this machine find it. `/` serves
/// for `\`, but behind `\\?\`.
///
/// The first instance lays down the direction, whether messages are kept apart, and how many instances there may be; 255 is as
/// many as the system lets be. The sizes are wishes, which `GetNamedPipeInfo` tells. `nDefaultTimeOut` is in milliseconds; 0 stands
/// for 50. Of the security attributes the inheritance is looked at: only the user's own processes, and root's, get to the pipe.
///
/// The handle is a descriptor, of a socket of `AF_UNIX`.
///
/// # Returns
/// The handle, which `CloseHandle` closes, or INVALID_HANDLE_VALUE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: an unknown bit in a mode; no direction; PIPE_READMODE_MESSAGE with PIPE_TYPE_BYTE; `nMaxInstances` is 0
///   or above 255.
/// * `ERROR_INVALID_NAME`: no such name, or one on another machine. `ERROR_PATH_NOT_FOUND`: NULL.
/// * `ERROR_ACCESS_DENIED`: FILE_FLAG_FIRST_PIPE_INSTANCE, and there is one; the direction or the type is not that of the first
///   one; `/tmp/.ws2-pipes-UID`, where pipes are found, is not the user's own.
/// * `ERROR_PIPE_BUSY`: there are `nMaxInstances` already.
/// * `ERROR_NOACCESS`: the name cannot be read.
/// * `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_DISK_FULL`, `ERROR_NO_SYSTEM_RESOURCES`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpName` and `lpSecurityAttributes` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateNamedPipeA(
    lpName: *const c_char,
    dwOpenMode: DWORD,
    dwPipeMode: DWORD,
    nMaxInstances: DWORD,
    nOutBufferSize: DWORD,
    nInBufferSize: DWORD,
    nDefaultTimeOut: DWORD,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
) -> HANDLE {
    let numbers = [dwOpenMode, dwPipeMode, nMaxInstances, nOutBufferSize, nInBufferSize, nDefaultTimeOut];
    // SAFETY: in pointers.
    unsafe { create(lpName, numbers, lpSecurityAttributes) }
}

/// `HANDLE CreateNamedPipeW(LPCWSTR lpName, DWORD dwOpenMode, DWORD dwPipeMode, DWORD nMaxInstances, DWORD nOutBufferSize, DWORD nInBufferSize, DWORD nDefaultTimeOut, LPSECURITY_ATTRIBUTES lpSecurityAttributes)`
///
/// [`CreateNamedPipeA`](ws2_CreateNamedPipeA) with a name in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpName` and `lpSecurityAttributes` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateNamedPipeW(
    lpName: *const WCHAR,
    dwOpenMode: DWORD,
    dwPipeMode: DWORD,
    nMaxInstances: DWORD,
    nOutBufferSize: DWORD,
    nInBufferSize: DWORD,
    nDefaultTimeOut: DWORD,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
) -> HANDLE {
    let numbers = [dwOpenMode, dwPipeMode, nMaxInstances, nOutBufferSize, nInBufferSize, nDefaultTimeOut];
    // SAFETY: in pointers.
    unsafe { create(lpName, numbers, lpSecurityAttributes) }
}

/// `BOOL ConnectNamedPipe(HANDLE hNamedPipe, LPOVERLAPPED lpOverlapped)`
///
/// Waits until a client has come to the server's end; after [`DisconnectNamedPipe`](ws2_DisconnectNamedPipe) the next one can come
/// from here on. With an OVERLAPPED, where the end was made with FILE_FLAG_OVERLAPPED, the call returns at once and the end of the
/// wait is told as of any operation.
///
/// # Returns
/// TRUE: a client has come during the call; with PIPE_NOWAIT: one can come from now on. Else FALSE, also where a client was there
/// before.
///
/// # Errors
/// * `ERROR_PIPE_CONNECTED`: a client was there before the call: all is well, and nothing else is told of it.
/// * `ERROR_IO_PENDING`: the operation has begun.
/// * `ERROR_PIPE_LISTENING`: with PIPE_NOWAIT, no client has come.
/// * `ERROR_NO_DATA`: the client has closed its end; `DisconnectNamedPipe` is to come first.
/// * `ERROR_PIPE_NOT_CONNECTED`: `DisconnectNamedPipe` in another thread has ended the wait. `ERROR_BROKEN_PIPE`: so has `CloseHandle`.
/// * `ERROR_OPERATION_ABORTED`: the wait was cancelled.
/// * `ERROR_INVALID_FUNCTION`: a client's end, or no pipe. `ERROR_INVALID_HANDLE`: no handle; in the OVERLAPPED no event.
/// * `ERROR_NOACCESS`: the OVERLAPPED cannot be read and written.
/// * `ERROR_TOO_MANY_OPEN_FILES`: no descriptor is left. `ERROR_NO_SYSTEM_RESOURCES`: so it was when a client came; that waits for the
///   next call.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpOverlapped` is an overlapped pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConnectNamedPipe(hNamedPipe: HANDLE, lpOverlapped: *mut OVERLAPPED) -> BOOL {
    let act = || -> Answer<()> {
        let pipe = calls::of(hNamedPipe.addr()).map_err(of_kernel)?;
        // SAFETY: an overlapped pointer.
        let wish = unsafe { wish(lpOverlapped) }?;
        run_on(&pipe, What::Connect, wish).map(drop)
    };
    truth(act())
}

/// `BOOL DisconnectNamedPipe(HANDLE hNamedPipe)`
///
/// Cuts the client off: what it has not read yet is lost, and its calls fail with `ERROR_PIPE_NOT_CONNECTED` from now on, as those
/// at this end do until [`ConnectNamedPipe`](ws2_ConnectNamedPipe). [`FlushFileBuffers`](super::ws2_FlushFileBuffers) before it waits
/// until all is read.
///
/// # Errors
/// * `ERROR_PIPE_NOT_CONNECTED`: that has happened already.
/// * `ERROR_INVALID_FUNCTION`: a client's end, or no pipe. `ERROR_INVALID_HANDLE`: no handle.
/// * `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DisconnectNamedPipe(hNamedPipe: HANDLE) -> BOOL {
    truth(calls::disconnect(hNamedPipe.addr()).map_err(of_kernel))
}

/// `BOOL ImpersonateNamedPipeClient(HANDLE hNamedPipe)`
///
/// The thread works with the client's rights from now on. Those are the process's own: only processes of the user's get to a pipe.
/// So nothing changes.
///
/// # Errors
/// * `ERROR_CANNOT_IMPERSONATE`: nothing was read from the client yet; or it is root's, and the process is not.
/// * `ERROR_PIPE_LISTENING`, `ERROR_PIPE_NOT_CONNECTED`: there is no client.
/// * `ERROR_INVALID_FUNCTION`: a client's end, or no pipe. `ERROR_INVALID_HANDLE`: no handle.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ImpersonateNamedPipeClient(hNamedPipe: HANDLE) -> BOOL {
    truth(calls::impersonate(hNamedPipe.addr()).map_err(of_kernel))
}

/// `BOOL RevertToSelf(void)`
///
/// The thread works with the process's rights again, which it always does.
///
/// # Errors
/// None.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_RevertToSelf() -> BOOL {
    1
}
