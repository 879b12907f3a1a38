//! The numbers that a window keeps: `GetWindowLongPtrA` and its like.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::call::handle;
use super::types::{HWND, LONG_PTR};
use crate::ffi::kernel::call::answer;
use crate::ffi::types::LONG;
use crate::kernel::code::Code;
use crate::messages::{self, Word};

/// Which number an index stands for; `size` is that of the function.
fn word(index: c_int, size: usize) -> Result<Word, Code> {
    Ok(match index {
        -4 if size == 8 => Word::Procedure,
        -6 if size == 8 => Word::Instance,
        -8 if size == 8 => Word::Parent,
        -12 => Word::Id,
        -16 => Word::Style,
        -20 => Word::ExtendedStyle,
        -21 => Word::User,
        index => Word::Extra(usize::try_from(index).map_err(|_| Code::INVALID_INDEX)?),
    })
}

fn access(window: HWND, index: c_int, size: usize, new: Option<usize>) -> Result<usize, Code> {
    messages::word(handle(window)?, word(index, size)?, size, new)
}

/// The lower half.
fn low(number: usize) -> LONG {
    u32::try_from(number & 0xFFFF_FFFF).unwrap_or(0).cast_signed()
}

/// `LONG_PTR GetWindowLongPtrA(HWND hWnd, int nIndex)`
///
/// Reads a number that a window keeps: `GWLP_USERDATA`, `GWLP_WNDPROC`, `GWLP_HINSTANCE`, `GWLP_HWNDPARENT`,
/// `GWLP_ID`, `GWL_STYLE`, `GWL_EXSTYLE`, or in the bytes that its class gives it, from byte `nIndex` on.
///
/// # Returns
/// The number, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_INVALID_INDEX`: no such number, or not so many bytes.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetWindowLongPtrA(hWnd: HWND, nIndex: c_int) -> LONG_PTR {
    let result = access(hWnd, nIndex, size_of::<LONG_PTR>(), None).map(usize::cast_signed);
    answer(|f| write!(f, "GetWindowLongPtrA({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG GetWindowLongA(HWND hWnd, int nIndex)`
///
/// [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA) for numbers of 32 bits: not for procedures, programs and windows.
///
/// # Returns
/// The number, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetWindowLongA(hWnd: HWND, nIndex: c_int) -> LONG {
    let result = access(hWnd, nIndex, size_of::<LONG>(), None).map(low);
    answer(|f| write!(f, "GetWindowLongA({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG_PTR SetWindowLongPtrA(HWND hWnd, int nIndex, LONG_PTR dwNewLong)`
///
/// Sets a number that [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA) reads. A new procedure gets the messages from
/// then on.
///
/// # Returns
/// The number before, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_INVALID_INDEX`: no such number, or not so many bytes.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetWindowLongPtrA(hWnd: HWND, nIndex: c_int, dwNewLong: LONG_PTR) -> LONG_PTR {
    let result =
        access(hWnd, nIndex, size_of::<LONG_PTR>(), Some(dwNewLong.cast_unsigned())).map(usize::cast_signed);
    answer(|f| write!(f, "SetWindowLongPtrA({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG SetWindowLongA(HWND hWnd, int nIndex, LONG dwNewLong)`
///
/// [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA) for numbers of 32 bits: not for procedures, programs and windows.
///
/// # Returns
/// The number before, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetWindowLongA(hWnd: HWND, nIndex: c_int, dwNewLong: LONG) -> LONG {
    let result = access(hWnd, nIndex, size_of::<LONG>(), Some(dwNewLong.cast_unsigned() as usize)).map(low);
    answer(|f| write!(f, "SetWindowLongA({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG_PTR GetWindowLongPtrW(HWND hWnd, int nIndex)`
///
/// The same as [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA).
///
/// # Returns
/// The number, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetWindowLongPtrW(hWnd: HWND, nIndex: c_int) -> LONG_PTR {
    let result = access(hWnd, nIndex, size_of::<LONG_PTR>(), None).map(usize::cast_signed);
    answer(|f| write!(f, "GetWindowLongPtrW({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG GetWindowLongW(HWND hWnd, int nIndex)`
///
/// [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA) for numbers of 32 bits: not for procedures, programs and windows.
///
/// # Returns
/// The number, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`GetWindowLongPtrA`](ws2_GetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetWindowLongW(hWnd: HWND, nIndex: c_int) -> LONG {
    let result = access(hWnd, nIndex, size_of::<LONG>(), None).map(low);
    answer(|f| write!(f, "GetWindowLongW({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG_PTR SetWindowLongPtrW(HWND hWnd, int nIndex, LONG_PTR dwNewLong)`
///
/// The same as [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA).
///
/// # Returns
/// The number before, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetWindowLongPtrW(hWnd: HWND, nIndex: c_int, dwNewLong: LONG_PTR) -> LONG_PTR {
    let result =
        access(hWnd, nIndex, size_of::<LONG_PTR>(), Some(dwNewLong.cast_unsigned())).map(usize::cast_signed);
    answer(|f| write!(f, "SetWindowLongPtrW({hWnd:p}, {nIndex})"), result, 0)
}

/// `LONG SetWindowLongW(HWND hWnd, int nIndex, LONG dwNewLong)`
///
/// [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA) for numbers of 32 bits: not for procedures, programs and windows.
///
/// # Returns
/// The number before, or 0. Where it was 0, the last error tells a failure, if it was 0 before.
///
/// # Errors
/// * As [`SetWindowLongPtrA`](ws2_SetWindowLongPtrA).
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetWindowLongW(hWnd: HWND, nIndex: c_int, dwNewLong: LONG) -> LONG {
    let result = access(hWnd, nIndex, size_of::<LONG>(), Some(dwNewLong.cast_unsigned() as usize)).map(low);
    answer(|f| write!(f, "SetWindowLongW({hWnd:p}, {nIndex})"), result, 0)
}
