//! What ends of pipes tell and how they are set: `SetNamedPipeHandleState GetNamedPipeHandleStateA/W GetNamedPipeInfo
//! GetNamedPipeClientProcessId GetNamedPipeServerProcessId GetNamedPipeClientComputerNameA/W`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, len, put, put_all, truth};
use super::start::of_kernel;
use super::types::{HANDLE, ULONG};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::pipes::calls;
use crate::platform::code::Code;
use crate::sys::platform::environment;
use crate::sys::room;
use crate::sys::user::memory;

/// `BOOL SetNamedPipeHandleState(HANDLE hNamedPipe, LPDWORD lpMode, LPDWORD lpMaxCollectionCount, LPDWORD lpCollectDataTimeout)`
///
/// Sets how an end reads, PIPE_READMODE_MESSAGE or PIPE_READMODE_BYTE, and whether its calls wait, PIPE_WAIT or PIPE_NOWAIT: both at
/// once. `lpMode` may be NULL. The other two are for pipes of other machines and have to be NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no pipe; another bit; PIPE_READMODE_MESSAGE where the pipe keeps no messages apart; one of the last two is
///   given.
/// * `ERROR_INVALID_HANDLE`: no handle. `ERROR_NOACCESS`: `lpMode` cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// In pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetNamedPipeHandleState(
    hNamedPipe: HANDLE,
    lpMode: *mut DWORD,
    lpMaxCollectionCount: *mut DWORD,
    lpCollectDataTimeout: *mut DWORD,
) -> BOOL {
    let act = || -> Answer<()> {
        calls::of_file(hNamedPipe.addr()).map_err(of_kernel)?;
        if !lpMaxCollectionCount.is_null() || !lpCollectDataTimeout.is_null() {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        if lpMode.is_null() {
            return Ok(());
        }
        // SAFETY: an in pointer; any bits are a number.
        let mode = unsafe { memory::read(lpMode.cast_const()) }.ok_or(Code::ERROR_NOACCESS)?;
        calls::set_mode(hNamedPipe.addr(), mode).map_err(of_kernel)
    };
    truth(act())
}

/// Writes what is wanted.
///
/// # Safety
/// Out pointers.
unsafe fn tell<T: Copy>(places: &[(*mut T, T)]) -> Answer<()> {
    for &(place, value) in places.iter().filter(|(place, _)| !place.is_null()) {
        // SAFETY: passed on to the caller.
        unsafe { put(place, value)? };
    }
    Ok(())
}

/// # Safety
/// Out pointers.
unsafe fn state<T: Unit>(
    handle: HANDLE,
    [mode, instances, count, time]: [*mut DWORD; 4],
    (name, size): (*mut T, DWORD),
) -> BOOL {
    let act = || -> Answer<()> {
        let (is, there) = calls::mode(handle.addr(), !instances.is_null()).map_err(of_kernel)?;
        let is_server = calls::is_server(handle.addr()).map_err(of_kernel)?;
        if !count.is_null() || !time.is_null() || !name.is_null() && !is_server {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        // SAFETY: out pointers.
        unsafe { tell(&[(mode, is), (instances, there)])? };
        if name.is_null() {
            return Ok(());
        }
        calls::process(handle.addr(), false).map_err(of_kernel)?;
        // Only the user's own processes come.
        let user = environment::user()?.ok_or(Code::ERROR_NO_SUCH_USER)?;
        let mut units = T::units(user.to_bytes())?;
        room::push(&mut units, T::default())?;
        if units.len() > len(size) {
            return Err(Code::ERROR_INSUFFICIENT_BUFFER);
        }
        // SAFETY: an out pointer.
        unsafe { put_all(name, &units) }
    };
    truth(act())
}

/// `BOOL GetNamedPipeHandleStateA(HANDLE hNamedPipe, LPDWORD lpState, LPDWORD lpCurInstances, LPDWORD lpMaxCollectionCount, LPDWORD lpCollectDataTimeout, LPSTR lpUserName, DWORD nMaxUserNameSize)`
///
/// How an end is set, PIPE_NOWAIT and PIPE_READMODE_MESSAGE; how many instances of the pipe there are; at the server's end the name
/// of the client's user, which is the process's own. What is not wanted is NULL, and the two for pipes of other machines have to be.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: one of these two is given; the user's name at a client's end.
/// * `ERROR_INSUFFICIENT_BUFFER`: the user's name does not fit. `ERROR_NO_SUCH_USER`: the system does not know it.
/// * `ERROR_PIPE_LISTENING`, `ERROR_PIPE_NOT_CONNECTED`: a user's name, and no client is there.
/// * `ERROR_INVALID_FUNCTION`: no pipe. `ERROR_INVALID_HANDLE`: no handle. `ERROR_NOACCESS`: a place cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// Out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeHandleStateA(
    hNamedPipe: HANDLE,
    lpState: *mut DWORD,
    lpCurInstances: *mut DWORD,
    lpMaxCollectionCount: *mut DWORD,
    lpCollectDataTimeout: *mut DWORD,
    lpUserName: *mut c_char,
    nMaxUserNameSize: DWORD,
) -> BOOL {
    let places = [lpState, lpCurInstances, lpMaxCollectionCount, lpCollectDataTimeout];
    // SAFETY: out pointers.
    unsafe { state(hNamedPipe, places, (lpUserName, nMaxUserNameSize)) }
}

/// `BOOL GetNamedPipeHandleStateW(HANDLE hNamedPipe, LPDWORD lpState, LPDWORD lpCurInstances, LPDWORD lpMaxCollectionCount, LPDWORD lpCollectDataTimeout, LPWSTR lpUserName, DWORD nMaxUserNameSize)`
///
/// [`GetNamedPipeHandleStateA`](ws2_GetNamedPipeHandleStateA) with the name in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeHandleStateW(
    hNamedPipe: HANDLE,
    lpState: *mut DWORD,
    lpCurInstances: *mut DWORD,
    lpMaxCollectionCount: *mut DWORD,
    lpCollectDataTimeout: *mut DWORD,
    lpUserName: *mut WCHAR,
    nMaxUserNameSize: DWORD,
) -> BOOL {
    let places = [lpState, lpCurInstances, lpMaxCollectionCount, lpCollectDataTimeout];
    // SAFETY: out pointers.
    unsafe { state(hNamedPipe, places, (lpUserName, nMaxUserNameSize)) }
}

/// `BOOL GetNamedPipeInfo(HANDLE hNamedPipe, LPDWORD lpFlags, LPDWORD lpOutBufferSize, LPDWORD lpInBufferSize, LPDWORD lpMaxInstances)`
///
/// What `CreateNamedPipe` has laid down: PIPE_SERVER_END (1) or PIPE_CLIENT_END, and PIPE_TYPE_MESSAGE (4) or PIPE_TYPE_BYTE; the
/// sizes; the most instances. What is not wanted is NULL.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no pipe. `ERROR_INVALID_HANDLE`: no handle. `ERROR_NOACCESS`: a place cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// Out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeInfo(
    hNamedPipe: HANDLE,
    lpFlags: *mut DWORD,
    lpOutBufferSize: *mut DWORD,
    lpInBufferSize: *mut DWORD,
    lpMaxInstances: *mut DWORD,
) -> BOOL {
    truth(calls::information(hNamedPipe.addr()).map_err(of_kernel).and_then(|[flags, out, input, most]| {
        // SAFETY: out pointers.
        unsafe {
            tell(&[(lpFlags, flags), (lpOutBufferSize, out), (lpInBufferSize, input), (lpMaxInstances, most)])
        }
    }))
}

/// # Safety
/// An out pointer.
unsafe fn process(handle: HANDLE, of_server: bool, to: *mut ULONG) -> BOOL {
    truth(calls::process(handle.addr(), of_server).map_err(of_kernel).and_then(|number| {
        // SAFETY: passed on to the caller.
        unsafe { put(to, number) }
    }))
}

/// `BOOL GetNamedPipeClientProcessId(HANDLE Pipe, PULONG ClientProcessId)`
///
/// The number of the process that has opened the client's end.
///
/// # Errors
/// * `ERROR_PIPE_LISTENING`, `ERROR_PIPE_NOT_CONNECTED`: there is no client.
/// * `ERROR_INVALID_FUNCTION`: no pipe. `ERROR_INVALID_HANDLE`: no handle. `ERROR_NOACCESS`: the place cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// An out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeClientProcessId(Pipe: HANDLE, ClientProcessId: *mut ULONG) -> BOOL {
    // SAFETY: an out pointer.
    unsafe { process(Pipe, false, ClientProcessId) }
}

/// `BOOL GetNamedPipeServerProcessId(HANDLE Pipe, PULONG ServerProcessId)`
///
/// The number of the process that has made the server's end.
///
/// # Errors
/// As [`GetNamedPipeClientProcessId`](ws2_GetNamedPipeClientProcessId) at a client's end; the server's knows it without a client.
///
/// Source: Windows documentation.
///
/// # Safety
/// An out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeServerProcessId(Pipe: HANDLE, ServerProcessId: *mut ULONG) -> BOOL {
    // SAFETY: an out pointer.
    unsafe { process(Pipe, true, ServerProcessId) }
}

/// `BOOL GetNamedPipeClientComputerNameA(HANDLE Pipe, LPSTR ClientComputerName, ULONG ClientComputerNameLength)`
///
/// The machine of the client, where that is another one, which it never is.
///
/// # Errors
/// * `ERROR_PIPE_LOCAL`: the client is on this machine.
/// * Those of [`GetNamedPipeClientProcessId`](ws2_GetNamedPipeClientProcessId).
///
/// Source: Windows documentation.
///
/// # Safety
/// An out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeClientComputerNameA(
    Pipe: HANDLE,
    ClientComputerName: *mut c_char,
    ClientComputerNameLength: ULONG,
) -> BOOL {
    let _ = (ClientComputerName, ClientComputerNameLength);
    truth(calls::process(Pipe.addr(), false).map_err(of_kernel).and(Err(Code::ERROR_PIPE_LOCAL)))
}

/// `BOOL GetNamedPipeClientComputerNameW(HANDLE Pipe, LPWSTR ClientComputerName, ULONG ClientComputerNameLength)`
///
/// [`GetNamedPipeClientComputerNameA`](ws2_GetNamedPipeClientComputerNameA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// An out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNamedPipeClientComputerNameW(
    Pipe: HANDLE,
    ClientComputerName: *mut WCHAR,
    ClientComputerNameLength: ULONG,
) -> BOOL {
    let _ = (ClientComputerName, ClientComputerNameLength);
    truth(calls::process(Pipe.addr(), false).map_err(of_kernel).and(Err(Code::ERROR_PIPE_LOCAL)))
}
