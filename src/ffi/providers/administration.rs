//! The administration of providers of protocols. The catalogue is a part of this library, so all of it is refused.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::told;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::types::{DWORD, GUID, WCHAR, WSAPROTOCOL_INFOW};

const REFUSED: Failure = WsaError::WSANO_RECOVERY.because("there is no catalogue to change");

/// `int WSCInstallProvider(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath, LPWSAPROTOCOL_INFOW
/// lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)`
///
/// Would install a provider of protocols. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes
/// to `*lpErrno`.
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
pub unsafe extern "C" fn WSCInstallProvider(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *const WCHAR,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCInstallProvider64_32(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath, LPWSAPROTOCOL_INFOW
/// lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)`
///
/// Would install a provider of protocols. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes
/// to `*lpErrno`.
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
pub unsafe extern "C" fn WSCInstallProvider64_32(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *const WCHAR,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCInstallProviderAndChains(LPGUID lpProviderId, LPWSTR lpszProviderDllPath, LPWSTR lpszLspName, DWORD
/// dwServiceFlags, LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD dwNumberOfEntries, LPDWORD lpdwCatalogEntryId,
/// LPINT lpErrno)`
///
/// Would install a provider and chains of it. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code
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
pub unsafe extern "C" fn WSCInstallProviderAndChains(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *mut WCHAR,
    lpszLspName: *mut WCHAR,
    dwServiceFlags: DWORD,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpdwCatalogEntryId: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (
        lpProviderId,
        lpszProviderDllPath,
        lpszLspName,
        dwServiceFlags,
        lpProtocolInfoList,
        dwNumberOfEntries,
        lpdwCatalogEntryId,
    );
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCInstallProviderAndChains64_32(LPGUID lpProviderId, LPWSTR lpszProviderDllPath, LPWSTR
/// lpszProviderDllPath32, LPWSTR lpszLspName, DWORD dwServiceFlags, LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD
/// dwNumberOfEntries, LPDWORD lpdwCatalogEntryId, LPINT lpErrno)`
///
/// Would install a provider and chains of it. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code
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
pub unsafe extern "C" fn WSCInstallProviderAndChains64_32(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *mut WCHAR,
    lpszProviderDllPath32: *mut WCHAR,
    lpszLspName: *mut WCHAR,
    dwServiceFlags: DWORD,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpdwCatalogEntryId: *mut DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (
        lpProviderId,
        lpszProviderDllPath,
        lpszProviderDllPath32,
        lpszLspName,
        dwServiceFlags,
        lpProtocolInfoList,
        dwNumberOfEntries,
        lpdwCatalogEntryId,
    );
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCDeinstallProvider(LPGUID lpProviderId, LPINT lpErrno)`
///
/// Would take a provider away. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes to
/// `*lpErrno`.
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
pub unsafe extern "C" fn WSCDeinstallProvider(lpProviderId: *mut GUID, lpErrno: *mut c_int) -> c_int {
    let _ = lpProviderId;
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCDeinstallProvider32(LPGUID lpProviderId, LPINT lpErrno)`
///
/// Would take a provider away. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes to
/// `*lpErrno`.
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
pub unsafe extern "C" fn WSCDeinstallProvider32(lpProviderId: *mut GUID, lpErrno: *mut c_int) -> c_int {
    let _ = lpProviderId;
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCUpdateProvider(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath, LPWSAPROTOCOL_INFOW
/// lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)`
///
/// Would change a provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes to
/// `*lpErrno`.
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
pub unsafe extern "C" fn WSCUpdateProvider(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *const WCHAR,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCUpdateProvider32(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath, LPWSAPROTOCOL_INFOW
/// lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)`
///
/// Would change a provider. Works without [`WSAStartup`](crate::ffi::WSAStartup); the error code goes to
/// `*lpErrno`.
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
pub unsafe extern "C" fn WSCUpdateProvider32(
    lpProviderId: *mut GUID,
    lpszProviderDllPath: *const WCHAR,
    lpProtocolInfoList: *mut WSAPROTOCOL_INFOW,
    dwNumberOfEntries: DWORD,
    lpErrno: *mut c_int,
) -> c_int {
    let _ = (lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
    // SAFETY: an out pointer, as this function asks for.
    unsafe { told(Err(WsaError::WSANO_RECOVERY), lpErrno) }
}

/// `int WSCWriteProviderOrder(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries)`
///
/// Would change the order of the catalogue. Returns the code itself and leaves the last error alone.
///
/// # Returns
/// The error code.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCWriteProviderOrder(lpwdCatalogEntryId: *mut DWORD, dwNumberOfEntries: DWORD) -> c_int {
    let _ = (lpwdCatalogEntryId, dwNumberOfEntries);
    REFUSED.code.number()
}

/// `int WSCWriteProviderOrder32(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries)`
///
/// Would change the order of the catalogue. Returns the code itself and leaves the last error alone.
///
/// # Returns
/// The error code.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCWriteProviderOrder32(lpwdCatalogEntryId: *mut DWORD, dwNumberOfEntries: DWORD) -> c_int {
    let _ = (lpwdCatalogEntryId, dwNumberOfEntries);
    REFUSED.code.number()
}
