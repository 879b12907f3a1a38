//! `WSADuplicateSocketA WSADuplicateSocketW`: a second socket for what a socket stands for, here or in another process.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::types::{DWORD, SOCKET, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW};
use crate::socket::duplicate;
use crate::sys::user::memory;

/// # Safety
/// `to` is an out pointer.
unsafe fn duplicate_into<T>(s: SOCKET, process: DWORD, to: *mut T, wide: bool) -> Result<c_int, Failure> {
    const BAD: Failure = WsaError::WSAEFAULT.because("lpProtocolInfo cannot be written");
    if to.is_null() || !memory::writable(to as usize, size_of::<T>()) {
        return Err(duplicate::bad(s, process, BAD));
    }
    let bytes = duplicate::offer(s, process, wide)?;
    // SAFETY: passed on to the caller.
    if unsafe { memory::write_all(to.cast::<u8>(), &bytes) } { Ok(0) } else { Err(BAD) }
}

/// `int WSADuplicateSocketA(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOA lpProtocolInfo)`
///
/// Makes a second socket for what `s` stands for, for the process of this number, which gets it once from
/// [`WSASocketA`](crate::ffi::WSASocketA) with the structure that is filled here. How the structure gets there is the program's affair.
/// What is sent to one is read from the other; each is closed by itself, and the connection ends with the last of them.
///
/// For another process the calling one has to live until the other has called `WSASocketA`; the two must be in one
/// network namespace, and this process must be allowed to send signals to that one. Of what this library remembers
/// about the socket, and Linux does not, the other process gets its mode only.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: `dwProcessId` is 0, or there is no such process.
/// * `WSAEFAULT`: `lpProtocolInfo` cannot be written.
/// * `WSAEACCES`: the process is another user's.
/// * `WSAEMFILE`, `WSAENOBUFS`; `WSAEOPNOTSUPP`: another process, and Linux is older than 5.3.
///
/// Source: rows DS1 to DS3; Windows' documentation.
///
/// # Safety
/// `lpProtocolInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSADuplicateSocketA(
    s: SOCKET,
    dwProcessId: DWORD,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOA,
) -> c_int {
    call(
        |f| write!(f, "WSADuplicateSocketA({s}, {dwProcessId})", s = s.cast_signed()),
        // SAFETY: an out pointer, as this function asks for.
        |_| unsafe { duplicate_into(s, dwProcessId, lpProtocolInfo, false) },
    )
}

/// `int WSADuplicateSocketW(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo)`
///
/// [`WSADuplicateSocketA`], with the structure of [`WSASocketW`](crate::ffi::WSASocketW).
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSADuplicateSocketA`].
///
/// Source: rows DS1 to DS3; Windows' documentation.
///
/// # Safety
/// `lpProtocolInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSADuplicateSocketW(
    s: SOCKET,
    dwProcessId: DWORD,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOW,
) -> c_int {
    call(
        |f| write!(f, "WSADuplicateSocketW({s}, {dwProcessId})", s = s.cast_signed()),
        // SAFETY: an out pointer, as this function asks for.
        |_| unsafe { duplicate_into(s, dwProcessId, lpProtocolInfo, true) },
    )
}
