//! The providers of name spaces, listed: `WSAEnumNameSpaceProvidersA` and its like.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;
use std::mem::offset_of;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{call, pure_call};
use crate::ffi::names::image::Image;
use crate::ffi::types::DWORD;
use crate::ffi::types::lookup::{
    WSANAMESPACE_INFOA, WSANAMESPACE_INFOEXA, WSANAMESPACE_INFOEXW, WSANAMESPACE_INFOW,
};
use crate::names::spaces::SPACES;
use crate::sys::user::memory;

/// Writes an image that the caller gives `*length` bytes for, or says how many it takes.
///
/// # Safety
/// `to` and `length` are out pointers.
pub(super) unsafe fn answer<T>(image: Image, to: *mut T, length: *mut DWORD) -> Result<(), Failure> {
    const BAD: Failure = WsaError::WSAEFAULT.because("the buffer or its length cannot be used");
    const SMALL: Failure = WsaError::WSAEFAULT.because("the buffer is too small");
    image.complete()?;
    let needed = DWORD::try_from(image.len()).unwrap_or(DWORD::MAX);
    // SAFETY: passed on to the caller.
    unsafe {
        let room = memory::read(length).ok_or(BAD)?;
        if to.is_null() || room < needed {
            return Err(if memory::write(length, needed) { SMALL } else { BAD });
        }
        image.write(to)
    }
}

/// The providers as structures of that size, which begin alike, with the texts behind them.
///
/// # Safety
/// `length` and `to` are out pointers.
unsafe fn enumerate<T>(length: *mut DWORD, to: *mut T, wide: bool) -> Result<c_int, Failure> {
    let size = size_of::<T>();
    let mut image = Image::of::<()>();
    let table = image.room(size * SPACES.len());
    for (nth, space) in SPACES.iter().enumerate() {
        let at = table + nth * size;
        image.put(at, &space.provider);
        image.long(at + offset_of!(WSANAMESPACE_INFOA, dwNameSpace), space.number);
        image.long(at + offset_of!(WSANAMESPACE_INFOA, fActive), 1);
        let text_at = image.len();
        if wide {
            image.wide(space.identifier);
        } else {
            image.append(space.identifier.to_bytes_with_nul());
        }
        image.pointer(at + offset_of!(WSANAMESPACE_INFOA, lpszIdentifier), text_at);
    }
    // SAFETY: passed on to the caller.
    unsafe { answer(image, to, length) }?;
    c_int::try_from(SPACES.len()).map_err(|_| WsaError::WSAEFAULT.into())
}

/// `INT WSAEnumNameSpaceProvidersA(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOA lpnspBuffer)`
///
/// The name spaces that [`WSALookupServiceBeginA`](crate::ffi::WSALookupServiceBeginA) can look into: `NS_DNS` and `NS_NLA`. The
/// texts stand behind the structures in the buffer.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `*lpdwBufferLength` bytes are too few, and it is now how many it takes; or a pointer cannot be used.
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumNameSpaceProvidersA(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOA,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = |_| unsafe { enumerate(lpdwBufferLength, lpnspBuffer, false) };
    call(|f| write!(f, "WSAEnumNameSpaceProvidersA({lpnspBuffer:p})"), act)
}

/// `INT WSAEnumNameSpaceProvidersW(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOW lpnspBuffer)`
///
/// [`WSAEnumNameSpaceProvidersA`] with 16-bit characters.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAEnumNameSpaceProvidersA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumNameSpaceProvidersW(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOW,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = |_| unsafe { enumerate(lpdwBufferLength, lpnspBuffer, true) };
    call(|f| write!(f, "WSAEnumNameSpaceProvidersW({lpnspBuffer:p})"), act)
}

/// `INT WSAEnumNameSpaceProvidersExA(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOEXA lpnspBuffer)`
///
/// [`WSAEnumNameSpaceProvidersA`], with a field for what a provider itself knows: nothing.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAEnumNameSpaceProvidersA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumNameSpaceProvidersExA(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOEXA,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = |_| unsafe { enumerate(lpdwBufferLength, lpnspBuffer, false) };
    call(|f| write!(f, "WSAEnumNameSpaceProvidersExA({lpnspBuffer:p})"), act)
}

/// `INT WSAEnumNameSpaceProvidersExW(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOEXW lpnspBuffer)`
///
/// [`WSAEnumNameSpaceProvidersExA`] with 16-bit characters.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAEnumNameSpaceProvidersA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumNameSpaceProvidersExW(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOEXW,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = |_| unsafe { enumerate(lpdwBufferLength, lpnspBuffer, true) };
    call(|f| write!(f, "WSAEnumNameSpaceProvidersExW({lpnspBuffer:p})"), act)
}

/// `INT WSCEnumNameSpaceProviders32(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOW lpnspBuffer)`
///
/// The name spaces of 32-bit programs, which are the same here; works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// `WSAEFAULT`: as [`WSAEnumNameSpaceProvidersA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCEnumNameSpaceProviders32(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOW,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = || unsafe { enumerate(lpdwBufferLength, lpnspBuffer, true) };
    pure_call(|f| write!(f, "WSCEnumNameSpaceProviders32({lpnspBuffer:p})"), act)
}

/// `INT WSCEnumNameSpaceProvidersEx32(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOEXW lpnspBuffer)`
///
/// [`WSCEnumNameSpaceProviders32`], with a field for what a provider itself knows: nothing.
///
/// # Returns
/// How many structures were written, or `SOCKET_ERROR`.
///
/// # Errors
/// `WSAEFAULT`: as [`WSAEnumNameSpaceProvidersA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCEnumNameSpaceProvidersEx32(
    lpdwBufferLength: *mut DWORD,
    lpnspBuffer: *mut WSANAMESPACE_INFOEXW,
) -> c_int {
    // SAFETY: out pointers, as this function asks for.
    let act = || unsafe { enumerate(lpdwBufferLength, lpnspBuffer, true) };
    pure_call(|f| write!(f, "WSCEnumNameSpaceProvidersEx32({lpnspBuffer:p})"), act)
}
