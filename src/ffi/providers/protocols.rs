//! The catalogue of protocols, listed: `WSAEnumProtocolsA WSAEnumProtocolsW WSCEnumProtocols WSCEnumProtocols32
//! WSCGetProviderPath WSCGetProviderPath32`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::told;
use crate::error::WsaError;
use crate::ffi::call::call;
use crate::ffi::types::{DWORD, GUID, WCHAR, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW};
use crate::sys::room;
use crate::sys::user::memory;
use crate::windows::catalogue::{ROWS, Row};

/// The library that provides the protocols.
const LIBRARY: &str = "libws2_32.so.2";

/// Reads a list of protocols, which ends with 0; `None` for all.
///
/// # Safety
/// `list` is an in pointer.
unsafe fn wanted(list: *const c_int) -> Result<Option<Vec<c_int>>, WsaError> {
    /// Nobody asks for more protocols than IP has numbers.
    const MOST: usize = 256;
    if list.is_null() {
        return Ok(None);
    }
    let mut numbers = Vec::new();
    for nth in 0..MOST {
        // SAFETY: passed on to the caller: no further than to the 0 that ends it.
        match unsafe { memory::read(list.wrapping_add(nth)) } {
            Some(0) => break,
            Some(number) => room::push(&mut numbers, number).map_err(|_| WsaError::WSAENOBUFS)?,
            None => return Err(WsaError::WSAEFAULT),
        }
    }
    Ok(Some(numbers))
}

/// Writes the entries that are asked for; how many they are.
///
/// # Safety
/// `list` is an in pointer, `buffer` and `length` are out pointers.
unsafe fn enumerate(
    list: *const c_int,
    buffer: *mut u8,
    length: *mut DWORD,
    wide: bool,
) -> Result<c_int, WsaError> {
    // SAFETY: passed on to the caller.
    let list = unsafe { wanted(list) }?;
    let is_wanted = |row: &&Row| list.as_ref().is_none_or(|list| list.contains(&row.protocol));
    let mut bytes = Vec::new();
    let mut count = 0_usize;
    for row in ROWS.iter().filter(is_wanted) {
        let added = row.bytes(wide);
        bytes.try_reserve(added.len()).map_err(|_| WsaError::WSAENOBUFS)?;
        bytes.extend_from_slice(added.as_slice());
        count += 1;
    }
    // SAFETY: passed on to the caller.
    let room = unsafe { memory::read(length) }.ok_or(WsaError::WSAEFAULT)?;
    let needed = DWORD::try_from(bytes.len()).unwrap_or(DWORD::MAX);
    if (buffer.is_null() && needed > 0) || room < needed {
        // SAFETY: passed on to the caller.
        let told = unsafe { memory::write(length, needed) };
        return Err(if told { WsaError::WSAENOBUFS } else { WsaError::WSAEFAULT });
    }
    // SAFETY: passed on to the caller.
    if unsafe { memory::write_all(buffer, &bytes) } {
        c_int::try_from(count).map_err(|_| WsaError::WSAENOBUFS)
    } else {
        Err(WsaError::WSAEFAULT)
    }
}

/// `int WSAEnumProtocolsA(LPINT lpiProtocols, LPWSAPROTOCOL_INFOA lpProtocolBuffer, LPDWORD lpdwBufferLength)`
///
/// The protocols that sockets can be made of, one structure of 372 bytes each: TCP, UDP and raw sockets of IPv4 and of IPv6,
/// and AF_UNIX. `lpiProtocols` is a list of the protocols (`IPPROTO_TCP` and so on) that are asked for, which ends with 0;
/// NULL asks for all. An entry goes to [`WSASocketA`](crate::ffi::WSASocketA).
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOBUFS`: `lpProtocolBuffer` is NULL, or `*lpdwBufferLength` bytes are too few. `*lpdwBufferLength` is then how many it
///   takes.
/// * `WSAEFAULT`: `lpdwBufferLength` cannot be read, the list cannot, or the buffer cannot be written.
///
/// Source: row EP1; Windows' documentation.
///
/// # Safety
/// `lpiProtocols` is an in pointer, `lpProtocolBuffer` and `lpdwBufferLength` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumProtocolsA(
    lpiProtocols: *mut c_int,
    lpProtocolBuffer: *mut WSAPROTOCOL_INFOA,
    lpdwBufferLength: *mut DWORD,
) -> c_int {
    call(
        |f| write!(f, "WSAEnumProtocolsA({lpiProtocols:p}, {lpProtocolBuffer:p})"),
        |_| {
            // SAFETY: in and out pointers, as this function asks for.
            let result = unsafe { enumerate(lpiProtocols, lpProtocolBuffer.cast(), lpdwBufferLength, false) };
            result.map_err(|code| code.because("the list, the buffer or its length"))
        },
    )
}

/// `int WSAEnumProtocolsW(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength)`
///
/// As [`WSAEnumProtocolsA`], with names in 16-bit characters: 628 bytes each.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAEnumProtocolsA`].
///
/// Source: row EP1; Windows' documentation.
///
/// # Safety
/// As [`WSAEnumProtocolsA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumProtocolsW(
    lpiProtocols: *mut c_int,
    lpProtocolBuffer: *mut WSAPROTOCOL_INFOW,
    lpdwBufferLength: *mut DWORD,
) -> c_int {
    call(
        |f| write!(f, "WSAEnumProtocolsW({lpiProtocols:p}, {lpProtocolBuffer:p})"),
        |_| {
            // SAFETY: in and out pointers, as this function asks for.
            let result = unsafe { enumerate(lpiProtocols, lpProtocolBuffer.cast(), lpdwBufferLength, true) };
            result.map_err(|code| code.because("the list, the buffer or its length"))
        },
    )
}

/// `int WSCEnumProtocols(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength, LPINT lpErrno)`
///
/// The same list as [`WSAEnumProtocolsW`]; works without [`WSAStartup`](crate::ffi::WSAStartup). The error code goes to
/// `*lpErrno`.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// `WSAENOBUFS`, `WSAEFAULT`: as [`WSAEnumProtocolsA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpiProtocols` is an in pointer, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCEnumProtocols(
    lpiProtocols: *mut c_int,
    lpProtocolBuffer: *mut WSAPROTOCOL_INFOW,
    lpdwBufferLength: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    unsafe { told(enumerate(lpiProtocols, lpProtocolBuffer.cast(), lpdwBufferLength, true), lpErrno) }
}

/// `int WSCEnumProtocols32(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength, LPINT lpErrno)`
///
/// [`WSCEnumProtocols`] for the catalogue of 32-bit programs, which is the same one here.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSCEnumProtocols`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSCEnumProtocols`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCEnumProtocols32(
    lpiProtocols: *mut c_int,
    lpProtocolBuffer: *mut WSAPROTOCOL_INFOW,
    lpdwBufferLength: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    unsafe { told(enumerate(lpiProtocols, lpProtocolBuffer.cast(), lpdwBufferLength, true), lpErrno) }
}

/// Writes where the library of a provider is.
///
/// # Safety
/// `id` is an in pointer, `path` and `length` are out pointers.
unsafe fn path_of(id: *const GUID, path: *mut WCHAR, length: *mut c_int) -> Result<c_int, WsaError> {
    // SAFETY: passed on to the caller; any bytes are a value.
    let id = unsafe { memory::read(id.cast::<[u8; 16]>()) }.ok_or(WsaError::WSAEFAULT)?;
    if !ROWS.iter().any(|row| row.provider() == id) {
        return Err(WsaError::WSAEINVAL);
    }
    let mut text = [0_u16; LIBRARY.len() + 1];
    text.iter_mut().zip(LIBRARY.encode_utf16()).for_each(|(to, from)| *to = from);
    let needed = c_int::try_from(text.len()).unwrap_or(c_int::MAX);
    // SAFETY: passed on to the caller.
    unsafe {
        let room = memory::read(length).ok_or(WsaError::WSAEFAULT)?;
        let told = memory::write(length, needed);
        if told && room >= needed && memory::write_all(path, &text) {
            Ok(0)
        } else {
            Err(WsaError::WSAEFAULT)
        }
    }
}

/// `int WSCGetProviderPath(LPGUID lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen, LPINT lpErrno)`
///
/// The name of the library that provides a protocol: this one. `*lpProviderDllPathLen` counts characters with the end; it
/// gets the number that there are, also where there is no room for them. The error code goes to `*lpErrno`.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSAEINVAL`: no entry of the catalogue has that provider.
/// * `WSAEFAULT`: a pointer cannot be used, or there is no room.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpProviderId` is an in pointer, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCGetProviderPath(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *mut WCHAR,
    lpProviderDllPathLen: *mut c_int,
    lpErrno: *mut c_int,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    unsafe { told(path_of(lpProviderId, lpszProviderDllPath, lpProviderDllPathLen), lpErrno) }
}

/// `int WSCGetProviderPath32(LPGUID lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen, LPINT lpErrno)`
///
/// [`WSCGetProviderPath`] for the catalogue of 32-bit programs, which is the same one here.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSCGetProviderPath`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSCGetProviderPath`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCGetProviderPath32(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *mut WCHAR,
    lpProviderDllPathLen: *mut c_int,
    lpErrno: *mut c_int,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    unsafe { told(path_of(lpProviderId, lpszProviderDllPath, lpProviderDllPathLen), lpErrno) }
}
