//! The functions that may take a time, for programs whose `struct timeval` is libc's.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::{GetAddrInfoExA, GetAddrInfoExW};
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::socket::{WSAConnectByList, WSAConnectByNameA, WSAConnectByNameW};
use crate::ffi::types::lookup::{
    ADDRINFOEXA, ADDRINFOEXW, LPLOOKUPSERVICE_COMPLETION_ROUTINE, SOCKET_ADDRESS_LIST,
};
use crate::ffi::types::select::{ws2_timeval, ws2_wide_timeval};
use crate::ffi::types::{BOOL, DWORD, GUID, OVERLAPPED, SOCKET, WCHAR, ws2_sockaddr};
use crate::sys::user::memory;

/// Gives the call the time in Windows' structure; one that cannot be read is the call's to report.
///
/// # Safety
/// `from` is an in pointer.
unsafe fn narrowed<T>(from: *const ws2_wide_timeval, call: impl FnOnce(*const ws2_timeval) -> T) -> T {
    if from.is_null() {
        return call(std::ptr::null());
    }
    // SAFETY: passed on to the caller; any bits are a value.
    let Some(wide) = (unsafe { memory::read(from) }) else { return call(from.cast()) };
    let time = ws2_timeval {
        tv_sec: c_int::try_from(wide.tv_sec).unwrap_or(if wide.tv_sec < 0 { -1 } else { c_int::MAX }),
        tv_usec: c_int::try_from(wide.tv_usec).unwrap_or(-1),
    };
    call(&raw const time)
}

/// [`WSAConnectByNameA`] with libc's `struct timeval`. Not a function of Windows.
///
/// # Safety
/// As [`WSAConnectByNameA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WSAConnectByNameA_timeval(
    s: SOCKET,
    nodename: *const c_char,
    servicename: *const c_char,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_wide_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe {
        narrowed(timeout, |timeout| {
            WSAConnectByNameA(
                s,
                nodename,
                servicename,
                LocalAddressLength,
                LocalAddress,
                RemoteAddressLength,
                RemoteAddress,
                timeout,
                Reserved,
            )
        })
    }
}

/// [`WSAConnectByNameW`] with libc's `struct timeval`. Not a function of Windows.
///
/// # Safety
/// As [`WSAConnectByNameW`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WSAConnectByNameW_timeval(
    s: SOCKET,
    nodename: *const WCHAR,
    servicename: *const WCHAR,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_wide_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe {
        narrowed(timeout, |timeout| {
            WSAConnectByNameW(
                s,
                nodename,
                servicename,
                LocalAddressLength,
                LocalAddress,
                RemoteAddressLength,
                RemoteAddress,
                timeout,
                Reserved,
            )
        })
    }
}

/// [`WSAConnectByList`] with libc's `struct timeval`. Not a function of Windows.
///
/// # Safety
/// As [`WSAConnectByList`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WSAConnectByList_timeval(
    s: SOCKET,
    SocketAddress: *mut SOCKET_ADDRESS_LIST,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_wide_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe {
        narrowed(timeout, |timeout| {
            WSAConnectByList(
                s,
                SocketAddress,
                LocalAddressLength,
                LocalAddress,
                RemoteAddressLength,
                RemoteAddress,
                timeout,
                Reserved,
            )
        })
    }
}

/// [`GetAddrInfoExA`] with libc's `struct timeval`. Not a function of Windows.
///
/// # Safety
/// As [`GetAddrInfoExA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetAddrInfoExA_timeval(
    pName: *const c_char,
    pServiceName: *const c_char,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    hints: *const ADDRINFOEXA,
    ppResult: *mut *mut ADDRINFOEXA,
    timeout: *const ws2_wide_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpNameHandle: *mut HANDLE,
) -> c_int {
    // SAFETY: passed on to the caller.
    unsafe {
        narrowed(timeout, |timeout| {
            GetAddrInfoExA(
                pName,
                pServiceName,
                dwNameSpace,
                lpNspId,
                hints,
                ppResult,
                timeout.cast_mut(),
                lpOverlapped,
                lpCompletionRoutine,
                lpNameHandle,
            )
        })
    }
}

/// [`GetAddrInfoExW`] with libc's `struct timeval`. Not a function of Windows.
///
/// # Safety
/// As [`GetAddrInfoExW`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetAddrInfoExW_timeval(
    pName: *const WCHAR,
    pServiceName: *const WCHAR,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    hints: *const ADDRINFOEXW,
    ppResult: *mut *mut ADDRINFOEXW,
    timeout: *const ws2_wide_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpHandle: *mut HANDLE,
) -> c_int {
    // SAFETY: passed on to the caller.
    unsafe {
        narrowed(timeout, |timeout| {
            GetAddrInfoExW(
                pName,
                pServiceName,
                dwNameSpace,
                lpNspId,
                hints,
                ppResult,
                timeout.cast_mut(),
                lpOverlapped,
                lpCompletionRoutine,
                lpHandle,
            )
        })
    }
}
