//! What programs do for a window that is shown: nothing happens, and it succeeds.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::call::handle;
use super::types::{HCURSOR, HGDIOBJ, HICON, HINSTANCE, HWND};
use crate::ffi::kernel::call::{FALSE, truth};
use crate::ffi::types::{BOOL, WCHAR};
use crate::kernel::code::Code;
use crate::messages;

/// What stands for a picture that nobody sees: no address of anything.
fn picture<T>() -> *mut T {
    std::ptr::without_provenance_mut(0x1_0001)
}

/// `HICON LoadIconA(HINSTANCE hInstance, LPCSTR lpIconName)`
///
/// A handle for no picture of a program: nobody sees it.
///
/// # Returns
/// A handle that is not NULL.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_LoadIconA(hInstance: HINSTANCE, lpIconName: *const c_char) -> HICON {
    let _ = (hInstance, lpIconName);
    picture()
}

/// `HICON LoadIconW(HINSTANCE hInstance, LPCWSTR lpIconName)`
///
/// A handle for no picture of a program: nobody sees it.
///
/// # Returns
/// A handle that is not NULL.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_LoadIconW(hInstance: HINSTANCE, lpIconName: *const WCHAR) -> HICON {
    let _ = (hInstance, lpIconName);
    picture()
}

/// `HCURSOR LoadCursorA(HINSTANCE hInstance, LPCSTR lpCursorName)`
///
/// A handle for no picture of the place of the mouse: nobody sees it.
///
/// # Returns
/// A handle that is not NULL.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_LoadCursorA(hInstance: HINSTANCE, lpCursorName: *const c_char) -> HCURSOR {
    let _ = (hInstance, lpCursorName);
    picture()
}

/// `HCURSOR LoadCursorW(HINSTANCE hInstance, LPCWSTR lpCursorName)`
///
/// A handle for no picture of the place of the mouse: nobody sees it.
///
/// # Returns
/// A handle that is not NULL.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_LoadCursorW(hInstance: HINSTANCE, lpCursorName: *const WCHAR) -> HCURSOR {
    let _ = (hInstance, lpCursorName);
    picture()
}

/// `HGDIOBJ GetStockObject(int i)`
///
/// A handle for nothing to draw with.
///
/// # Returns
/// A handle that is not NULL.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetStockObject(i: c_int) -> HGDIOBJ {
    let _ = i;
    picture()
}

fn there(window: HWND) -> Result<(), Code> {
    if messages::is_window(handle(window)?) { Ok(()) } else { Err(Code::INVALID_WINDOW_HANDLE) }
}

/// `BOOL ShowWindow(HWND hWnd, int nCmdShow)`
///
/// Shows nothing.
///
/// # Returns
/// FALSE: the window was not to be seen before.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ShowWindow(hWnd: HWND, nCmdShow: c_int) -> BOOL {
    let _ = nCmdShow;
    truth(|f| write!(f, "ShowWindow({hWnd:p})"), there(hWnd));
    FALSE
}

/// `BOOL UpdateWindow(HWND hWnd)`
///
/// Draws nothing.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_UpdateWindow(hWnd: HWND) -> BOOL {
    truth(|f| write!(f, "UpdateWindow({hWnd:p})"), there(hWnd))
}
