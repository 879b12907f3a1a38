//! Registering names, services and classes of services: no name service of Linux lets a program do that here, so all
//! of it is refused.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{call, call_for_code};
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::lookup::{
    BLOB, LPLOOKUPSERVICE_COMPLETION_ROUTINE, SOCKET_ADDRESS, WSAQUERYSETA, WSAQUERYSETW,
    WSASERVICECLASSINFOA, WSASERVICECLASSINFOW,
};
use crate::ffi::types::select::ws2_timeval;
use crate::ffi::types::{DWORD, GUID, OVERLAPPED, WCHAR};

const REFUSED: Failure = WsaError::WSAEACCES.because("nothing can be registered");

/// `INT WSAInstallServiceClassA(LPWSASERVICECLASSINFOA lpServiceClassInfo)`
///
/// Would register a class of services.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAInstallServiceClassA(lpServiceClassInfo: *mut WSASERVICECLASSINFOA) -> c_int {
    let _ = lpServiceClassInfo;
    call(|f| write!(f, "WSAInstallServiceClassA"), |_| Err(REFUSED))
}

/// `INT WSAInstallServiceClassW(LPWSASERVICECLASSINFOW lpServiceClassInfo)`
///
/// Would register a class of services.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAInstallServiceClassW(lpServiceClassInfo: *mut WSASERVICECLASSINFOW) -> c_int {
    let _ = lpServiceClassInfo;
    call(|f| write!(f, "WSAInstallServiceClassW"), |_| Err(REFUSED))
}

/// `INT WSARemoveServiceClass(LPGUID lpServiceClassId)`
///
/// Would take a class of services away.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSARemoveServiceClass(lpServiceClassId: *mut GUID) -> c_int {
    let _ = lpServiceClassId;
    call(|f| write!(f, "WSARemoveServiceClass"), |_| Err(REFUSED))
}

/// `INT WSASetServiceA(LPWSAQUERYSETA lpqsRegInfo, WSAESETSERVICEOP essoperation, DWORD dwControlFlags)`
///
/// Would register or take away a service in a name space.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSASetServiceA(
    lpqsRegInfo: *mut WSAQUERYSETA,
    essoperation: c_int,
    dwControlFlags: DWORD,
) -> c_int {
    let _ = (lpqsRegInfo, essoperation, dwControlFlags);
    call(|f| write!(f, "WSASetServiceA"), |_| Err(REFUSED))
}

/// `INT WSASetServiceW(LPWSAQUERYSETW lpqsRegInfo, WSAESETSERVICEOP essoperation, DWORD dwControlFlags)`
///
/// Would register or take away a service in a name space.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSASetServiceW(
    lpqsRegInfo: *mut WSAQUERYSETW,
    essoperation: c_int,
    dwControlFlags: DWORD,
) -> c_int {
    let _ = (lpqsRegInfo, essoperation, dwControlFlags);
    call(|f| write!(f, "WSASetServiceW"), |_| Err(REFUSED))
}

/// `INT SetAddrInfoExA(PCSTR pName, PCSTR pServiceName, SOCKET_ADDRESS *pAddresses, DWORD dwAddressCount, LPBLOB
/// lpBlob, DWORD dwFlags, DWORD dwNameSpace, LPGUID lpNspId, struct timeval *timeout, LPWSAOVERLAPPED lpOverlapped,
/// LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpNameHandle)`
///
/// Would register a name with addresses. Nothing is written.
///
/// # Returns
/// The error code, which is the last error, too.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn SetAddrInfoExA(
    pName: *const c_char,
    pServiceName: *const c_char,
    pAddresses: *mut SOCKET_ADDRESS,
    dwAddressCount: DWORD,
    lpBlob: *mut BLOB,
    dwFlags: DWORD,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    timeout: *mut ws2_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpNameHandle: *mut HANDLE,
) -> c_int {
    let _ = (
        pName,
        pServiceName,
        pAddresses,
        dwAddressCount,
        lpBlob,
        dwFlags,
        dwNameSpace,
        lpNspId,
        timeout,
        lpOverlapped,
        lpCompletionRoutine,
        lpNameHandle,
    );
    call_for_code(|f| write!(f, "SetAddrInfoExA"), |_| Err(REFUSED))
}

/// `INT SetAddrInfoExW(PCWSTR pName, PCWSTR pServiceName, SOCKET_ADDRESS *pAddresses, DWORD dwAddressCount, LPBLOB
/// lpBlob, DWORD dwFlags, DWORD dwNameSpace, LPGUID lpNspId, struct timeval *timeout, LPWSAOVERLAPPED lpOverlapped,
/// LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpNameHandle)`
///
/// Would register a name with addresses. Nothing is written.
///
/// # Returns
/// The error code, which is the last error, too.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEACCES`, always else: nothing can be registered.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn SetAddrInfoExW(
    pName: *const WCHAR,
    pServiceName: *const WCHAR,
    pAddresses: *mut SOCKET_ADDRESS,
    dwAddressCount: DWORD,
    lpBlob: *mut BLOB,
    dwFlags: DWORD,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    timeout: *mut ws2_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpNameHandle: *mut HANDLE,
) -> c_int {
    let _ = (
        pName,
        pServiceName,
        pAddresses,
        dwAddressCount,
        lpBlob,
        dwFlags,
        dwNameSpace,
        lpNspId,
        timeout,
        lpOverlapped,
        lpCompletionRoutine,
        lpNameHandle,
    );
    call_for_code(|f| write!(f, "SetAddrInfoExW"), |_| Err(REFUSED))
}
