//! What is told and noted of layered providers and of the programs that get them. There are none, so all of it is refused.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::told;
use crate::error::WsaError;
use crate::ffi::types::{DWORD, GUID, OVERLAPPED, SOCKET, WCHAR};

/// `int WSCGetProviderInfo(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, SIZE_T *InfoSize,
/// DWORD Flags, LPINT lpErrno)`
///
/// Would tell about a layered provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes
/// to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSAEINVAL`, always: there is no layered provider.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCGetProviderInfo(
    lpProviderId: *mut GUID,
    InfoType: c_int,
    Info: *mut u8,
    InfoSize: *mut usize,
    Flags: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, InfoType, Info, InfoSize, Flags);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSAEINVAL), lpErrno) }
}

/// `int WSCGetProviderInfo32(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, SIZE_T *InfoSize,
/// DWORD Flags, LPINT lpErrno)`
///
/// Would tell about a layered provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes
/// to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSAEINVAL`, always: there is no layered provider.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCGetProviderInfo32(
    lpProviderId: *mut GUID,
    InfoType: c_int,
    Info: *mut u8,
    InfoSize: *mut usize,
    Flags: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, InfoType, Info, InfoSize, Flags);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSAEINVAL), lpErrno) }
}

/// `int WSCSetProviderInfo(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, SIZE_T InfoSize, DWORD
/// Flags, LPINT lpErrno)`
///
/// Would note something of a layered provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code
/// goes to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCSetProviderInfo(
    lpProviderId: *mut GUID,
    InfoType: c_int,
    Info: *mut u8,
    InfoSize: usize,
    Flags: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, InfoType, Info, InfoSize, Flags);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCSetProviderInfo32(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, SIZE_T InfoSize,
/// DWORD Flags, LPINT lpErrno)`
///
/// Would note something of a layered provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code
/// goes to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCSetProviderInfo32(
    lpProviderId: *mut GUID,
    InfoType: c_int,
    Info: *mut u8,
    InfoSize: usize,
    Flags: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, InfoType, Info, InfoSize, Flags);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCGetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength, DWORD
/// *pPermittedLspCategories, LPINT lpErrno)`
///
/// Would tell which layered providers a program may get. Works without [`WSAStartup`](crate::ffi::WSAStartup); the
/// error code goes to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSAEINVAL`, always: no program is known.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCGetApplicationCategory(
    Path: *const WCHAR,
    PathLength: DWORD,
    Extra: *const WCHAR,
    ExtraLength: DWORD,
    pPermittedLspCategories: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (Path, PathLength, Extra, ExtraLength, pPermittedLspCategories);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSAEINVAL), lpErrno) }
}

/// `int WSCSetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength, DWORD
/// PermittedLspCategories, DWORD *pPrevPermLspCat, LPINT lpErrno)`
///
/// Would say which layered providers a program may get. Works without [`WSAStartup`](crate::ffi::WSAStartup); the
/// error code goes to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSCSetApplicationCategory(
    Path: *const WCHAR,
    PathLength: DWORD,
    Extra: *const WCHAR,
    ExtraLength: DWORD,
    PermittedLspCategories: DWORD,
    pPrevPermLspCat: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (Path, PathLength, Extra, ExtraLength, PermittedLspCategories, pPrevPermLspCat);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED lpOverlapped, DWORD dwError, DWORD cbTransferred,
/// LPINT lpErrno)`
///
/// Would end an overlapped call of a provider. The error code goes to `*lpErrno`.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSAEOPNOTSUPP`, always: it is for providers.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpErrno` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WPUCompleteOverlappedRequest(
    s: SOCKET,
    lpOverlapped: *mut OVERLAPPED,
    dwError: DWORD,
    cbTransferred: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (s, lpOverlapped, dwError, cbTransferred);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSAEOPNOTSUPP), lpErrno) }
}
