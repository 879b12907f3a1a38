//! The types of `CreateProcess`, with the layout of 64-bit Windows.

#![allow(non_snake_case, missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
#![allow(non_camel_case_types, reason = "C's names")]

use super::types::HANDLE;
use crate::ffi::types::{DWORD, WCHAR, WORD};

/// How a program is started: numbers of its window, and its standard handles.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct STARTUPINFOA {
    pub cb: DWORD,
    pub lpReserved: *mut std::ffi::c_char,
    pub lpDesktop: *mut std::ffi::c_char,
    pub lpTitle: *mut std::ffi::c_char,
    pub dwX: DWORD,
    pub dwY: DWORD,
    pub dwXSize: DWORD,
    pub dwYSize: DWORD,
    pub dwXCountChars: DWORD,
    pub dwYCountChars: DWORD,
    pub dwFillAttribute: DWORD,
    pub dwFlags: DWORD,
    pub wShowWindow: WORD,
    pub cbReserved2: WORD,
    pub lpReserved2: *mut u8,
    pub hStdInput: HANDLE,
    pub hStdOutput: HANDLE,
    pub hStdError: HANDLE,
}

impl Default for STARTUPINFOA {
    fn default() -> Self {
        let none = std::ptr::null_mut();
        Self {
            cb: 0,
            lpReserved: std::ptr::null_mut(),
            lpDesktop: std::ptr::null_mut(),
            lpTitle: std::ptr::null_mut(),
            dwX: 0,
            dwY: 0,
            dwXSize: 0,
            dwYSize: 0,
            dwXCountChars: 0,
            dwYCountChars: 0,
            dwFillAttribute: 0,
            dwFlags: 0,
            wShowWindow: 0,
            cbReserved2: 0,
            lpReserved2: std::ptr::null_mut(),
            hStdInput: none,
            hStdOutput: none,
            hStdError: none,
        }
    }
}

/// How a program is started: numbers of its window, and its standard handles.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct STARTUPINFOW {
    pub cb: DWORD,
    pub lpReserved: *mut WCHAR,
    pub lpDesktop: *mut WCHAR,
    pub lpTitle: *mut WCHAR,
    pub dwX: DWORD,
    pub dwY: DWORD,
    pub dwXSize: DWORD,
    pub dwYSize: DWORD,
    pub dwXCountChars: DWORD,
    pub dwYCountChars: DWORD,
    pub dwFillAttribute: DWORD,
    pub dwFlags: DWORD,
    pub wShowWindow: WORD,
    pub cbReserved2: WORD,
    pub lpReserved2: *mut u8,
    pub hStdInput: HANDLE,
    pub hStdOutput: HANDLE,
    pub hStdError: HANDLE,
}

impl Default for STARTUPINFOW {
    fn default() -> Self {
        let none = std::ptr::null_mut();
        Self {
            cb: 0,
            lpReserved: std::ptr::null_mut(),
            lpDesktop: std::ptr::null_mut(),
            lpTitle: std::ptr::null_mut(),
            dwX: 0,
            dwY: 0,
            dwXSize: 0,
            dwYSize: 0,
            dwXCountChars: 0,
            dwYCountChars: 0,
            dwFillAttribute: 0,
            dwFlags: 0,
            wShowWindow: 0,
            cbReserved2: 0,
            lpReserved2: std::ptr::null_mut(),
            hStdInput: none,
            hStdOutput: none,
            hStdError: none,
        }
    }
}

/// A program that was started.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PROCESS_INFORMATION {
    pub hProcess: HANDLE,
    pub hThread: HANDLE,
    pub dwProcessId: DWORD,
    pub dwThreadId: DWORD,
}

impl Default for PROCESS_INFORMATION {
    fn default() -> Self {
        Self { hProcess: std::ptr::null_mut(), hThread: std::ptr::null_mut(), dwProcessId: 0, dwThreadId: 0 }
    }
}
