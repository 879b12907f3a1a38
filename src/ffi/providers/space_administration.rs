//! The administration of providers of name spaces. Their catalogue is a part of this library, so all of it is refused.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::pure_call;
use crate::ffi::types::lookup::BLOB;
use crate::ffi::types::{BOOL, DWORD, GUID, WCHAR};

const REFUSED: Failure = WsaError::WSANO_RECOVERY.because("there is no catalogue to change");

/// `int WSCInstallNameSpace(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion, LPGUID
/// lpProviderId)`
///
/// Would install a provider of a name space. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCInstallNameSpace(
    lpszIdentifier: *mut WCHAR,
    lpszPathName: *mut WCHAR,
    dwNameSpace: DWORD,
    dwVersion: DWORD,
    lpProviderId: *mut GUID,
) -> c_int {
    let _ = (lpszIdentifier, lpszPathName, dwNameSpace, dwVersion, lpProviderId);
    pure_call(|f| write!(f, "WSCInstallNameSpace"), || Err(REFUSED))
}

/// `int WSCInstallNameSpace32(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion,
/// LPGUID lpProviderId)`
///
/// Would install a provider of a name space. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCInstallNameSpace32(
    lpszIdentifier: *mut WCHAR,
    lpszPathName: *mut WCHAR,
    dwNameSpace: DWORD,
    dwVersion: DWORD,
    lpProviderId: *mut GUID,
) -> c_int {
    let _ = (lpszIdentifier, lpszPathName, dwNameSpace, dwVersion, lpProviderId);
    pure_call(|f| write!(f, "WSCInstallNameSpace32"), || Err(REFUSED))
}

/// `int WSCInstallNameSpaceEx(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion,
/// LPGUID lpProviderId, LPBLOB lpProviderSpecific)`
///
/// Would install a provider of a name space. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCInstallNameSpaceEx(
    lpszIdentifier: *mut WCHAR,
    lpszPathName: *mut WCHAR,
    dwNameSpace: DWORD,
    dwVersion: DWORD,
    lpProviderId: *mut GUID,
    lpProviderSpecific: *mut BLOB,
) -> c_int {
    let _ = (lpszIdentifier, lpszPathName, dwNameSpace, dwVersion, lpProviderId, lpProviderSpecific);
    pure_call(|f| write!(f, "WSCInstallNameSpaceEx"), || Err(REFUSED))
}

/// `int WSCInstallNameSpaceEx32(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion,
/// LPGUID lpProviderId, LPBLOB lpProviderSpecific)`
///
/// Would install a provider of a name space. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCInstallNameSpaceEx32(
    lpszIdentifier: *mut WCHAR,
    lpszPathName: *mut WCHAR,
    dwNameSpace: DWORD,
    dwVersion: DWORD,
    lpProviderId: *mut GUID,
    lpProviderSpecific: *mut BLOB,
) -> c_int {
    let _ = (lpszIdentifier, lpszPathName, dwNameSpace, dwVersion, lpProviderId, lpProviderSpecific);
    pure_call(|f| write!(f, "WSCInstallNameSpaceEx32"), || Err(REFUSED))
}

/// `int WSCUnInstallNameSpace(LPGUID lpProviderId)`
///
/// Would take a provider of a name space away. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCUnInstallNameSpace(lpProviderId: *mut GUID) -> c_int {
    let _ = lpProviderId;
    pure_call(|f| write!(f, "WSCUnInstallNameSpace"), || Err(REFUSED))
}

/// `int WSCUnInstallNameSpace32(LPGUID lpProviderId)`
///
/// Would take a provider of a name space away. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCUnInstallNameSpace32(lpProviderId: *mut GUID) -> c_int {
    let _ = lpProviderId;
    pure_call(|f| write!(f, "WSCUnInstallNameSpace32"), || Err(REFUSED))
}

/// `int WSCEnableNSProvider(LPGUID lpProviderId, BOOL fEnable)`
///
/// Would switch a provider of a name space on or off. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCEnableNSProvider(lpProviderId: *mut GUID, fEnable: BOOL) -> c_int {
    let _ = (lpProviderId, fEnable);
    pure_call(|f| write!(f, "WSCEnableNSProvider"), || Err(REFUSED))
}

/// `int WSCEnableNSProvider32(LPGUID lpProviderId, BOOL fEnable)`
///
/// Would switch a provider of a name space on or off. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCEnableNSProvider32(lpProviderId: *mut GUID, fEnable: BOOL) -> c_int {
    let _ = (lpProviderId, fEnable);
    pure_call(|f| write!(f, "WSCEnableNSProvider32"), || Err(REFUSED))
}

/// `int WSCWriteNameSpaceOrder(LPGUID lpProviderId, DWORD dwNumberOfEntries)`
///
/// Would change the order of name spaces. Returns the code itself and leaves the last error alone.
///
/// # Returns
/// The error code.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCWriteNameSpaceOrder(lpProviderId: *mut GUID, dwNumberOfEntries: DWORD) -> c_int {
    let _ = (lpProviderId, dwNumberOfEntries);
    REFUSED.code.number()
}

/// `int WSCWriteNameSpaceOrder32(LPGUID lpProviderId, DWORD dwNumberOfEntries)`
///
/// Would change the order of name spaces. Returns the code itself and leaves the last error alone.
///
/// # Returns
/// The error code.
///
/// # Errors
/// * `WSANO_RECOVERY`, always: there is no catalogue that a program could change.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSCWriteNameSpaceOrder32(lpProviderId: *mut GUID, dwNumberOfEntries: DWORD) -> c_int {
    let _ = (lpProviderId, dwNumberOfEntries);
    REFUSED.code.number()
}
