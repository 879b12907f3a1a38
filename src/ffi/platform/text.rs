//! Between narrow and wide characters. Every narrow encoding is UTF-8; a wide character has 16 bits.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::answer::{Answer, give, put, put_all};
use super::types::UINT;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::platform::text::{self, MB_ERR_INVALID_CHARS, WC_ERR_INVALID_CHARS};
use crate::sys::room;
use crate::sys::user::memory;

/// So many units of the caller's.
///
/// # Safety
/// `from` is an in pointer to them; any bytes are values of `T`.
unsafe fn given<T: Copy>(from: *const T, len: usize) -> Answer<Vec<T>> {
    let bytes = len.checked_mul(size_of::<T>()).ok_or(Code::ERROR_INVALID_PARAMETER)?;
    if !memory::readable(from as usize, bytes) {
        return Err(Code::ERROR_NOACCESS);
    }
    let mut units = Vec::new();
    units.try_reserve_exact(len).map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)?;
    // SAFETY: readable, as just asked; the vector has the room, and all of it is written.
    unsafe {
        std::ptr::copy_nonoverlapping(from.cast::<u8>(), units.as_mut_ptr() as *mut u8, bytes);
        units.set_len(len);
    }
    Ok(units)
}

/// So many 16-bit characters of the caller's.
///
/// # Safety
/// As for [`given`].
pub(super) unsafe fn given_units(from: *const WCHAR, len: usize) -> Answer<Vec<WCHAR>> {
    // SAFETY: passed on to the caller.
    unsafe { given(from, len) }
}

/// Whether a room is claimed that cannot be.
fn no_room<T>(to: *mut T, room: c_int) -> bool {
    room < 0 || (room > 0 && to.is_null())
}

/// Writes what fits, or tells the length.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn converted<T: Copy>(units: &[T], to: *mut T, room: c_int) -> Answer<c_int> {
    let len = c_int::try_from(units.len()).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
    if room == 0 {
        return Ok(len);
    }
    let room = usize::try_from(room).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
    let fitting = units.get(..room.min(units.len())).unwrap_or_default();
    // SAFETY: passed on to the caller.
    unsafe { put_all(to, fitting)? };
    if room < units.len() { Err(Code::ERROR_INSUFFICIENT_BUFFER) } else { Ok(len) }
}

/// `int MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCCH lpMultiByteStr, int cbMultiByte, LPWSTR lpWideCharStr, int cchWideChar)`
///
/// Turns UTF-8 into 16-bit characters. The code pages CP_ACP (0), CP_OEMCP (1), CP_THREAD_ACP (3), CP_UTF8 (65001) and 20127
/// are all UTF-8. A length of −1 means a text with its end, which is turned, too. What is no UTF-8 becomes U+FFFD, unless
/// MB_ERR_INVALID_CHARS (8) is set.
///
/// # Returns
/// The characters written; with `cchWideChar` 0 those that are needed; 0 after an error.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another code page, a length of 0, NULL, no room where one is claimed, both pointers are the same.
/// * `ERROR_INSUFFICIENT_BUFFER`: they do not fit; what fits is written.
/// * `ERROR_INVALID_FLAGS`: CP_UTF8 with another flag than that one; the other code pages' flags are not looked at.
/// * `ERROR_NO_UNICODE_TRANSLATION`: with MB_ERR_INVALID_CHARS, it is no UTF-8.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpMultiByteStr` is an in pointer, `lpWideCharStr` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MultiByteToWideChar(
    CodePage: UINT,
    dwFlags: DWORD,
    lpMultiByteStr: *const c_char,
    cbMultiByte: c_int,
    lpWideCharStr: *mut WCHAR,
    cchWideChar: c_int,
) -> c_int {
    let act = || -> Answer<c_int> {
        text::code_page(CodePage)?;
        let same = lpMultiByteStr.addr() == lpWideCharStr.addr();
        if lpMultiByteStr.is_null() || same || cbMultiByte == 0 || no_room(lpWideCharStr, cchWideChar) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        text::flags(CodePage, dwFlags, MB_ERR_INVALID_CHARS)?;
        let bytes = match usize::try_from(cbMultiByte) {
            // SAFETY: an in pointer.
            Ok(len) => unsafe { given(lpMultiByteStr.cast::<u8>(), len)? },
            Err(_) => {
                // SAFETY: likewise.
                let text = unsafe { memory::text(lpMultiByteStr) }.ok_or(Code::ERROR_NOACCESS)?;
                room::copy(text.to_bytes_with_nul())?
            }
        };
        let units = text::widen(&bytes, dwFlags & MB_ERR_INVALID_CHARS != 0)?;
        // SAFETY: an out pointer.
        unsafe { converted(&units, lpWideCharStr, cchWideChar) }
    };
    give(act(), 0)
}

/// `int WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWCH lpWideCharStr, int cchWideChar, LPSTR lpMultiByteStr, int cbMultiByte, LPCCH lpDefaultChar, LPBOOL lpUsedDefaultChar)`
///
/// Turns 16-bit characters into UTF-8. Code pages and lengths are as for `MultiByteToWideChar`. Halves of pairs that stand
/// alone become U+FFFD, unless WC_ERR_INVALID_CHARS (0x80) is set.
///
/// # Returns
/// The bytes written; with `cbMultiByte` 0 those that are needed; 0 after an error.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: as there, or a default character together with CP_UTF8.
/// * `ERROR_INSUFFICIENT_BUFFER`: they do not fit; what fits is written.
/// * `ERROR_INVALID_FLAGS`: CP_UTF8 with another flag than that one; the other code pages' flags are not looked at.
/// * `ERROR_NO_UNICODE_TRANSLATION`: with WC_ERR_INVALID_CHARS, it is no UTF-16.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpWideCharStr` and `lpDefaultChar` are in pointers, the others out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WideCharToMultiByte(
    CodePage: UINT,
    dwFlags: DWORD,
    lpWideCharStr: *const WCHAR,
    cchWideChar: c_int,
    lpMultiByteStr: *mut c_char,
    cbMultiByte: c_int,
    lpDefaultChar: *const c_char,
    lpUsedDefaultChar: *mut BOOL,
) -> c_int {
    let act = || -> Answer<c_int> {
        text::code_page(CodePage)?;
        let defaults = !lpDefaultChar.is_null() || !lpUsedDefaultChar.is_null();
        let same = lpMultiByteStr.addr() == lpWideCharStr.addr();
        let room = !same && !no_room(lpMultiByteStr, cbMultiByte);
        if lpWideCharStr.is_null() || !room || cchWideChar == 0 || (CodePage == 65001 && defaults) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        text::flags(CodePage, dwFlags, WC_ERR_INVALID_CHARS)?;
        let units = if let Ok(len) = usize::try_from(cchWideChar) {
            // SAFETY: an in pointer.
            unsafe { given(lpWideCharStr, len)? }
        } else {
            // SAFETY: likewise.
            let mut units = unsafe { memory::wide_text(lpWideCharStr) }
                .map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)?
                .ok_or(Code::ERROR_NOACCESS)?;
            room::push(&mut units, 0)?;
            units
        };
        let bytes = text::narrow(&units, dwFlags & WC_ERR_INVALID_CHARS != 0)?;
        if !lpUsedDefaultChar.is_null() {
            // SAFETY: an out pointer.
            unsafe { put(lpUsedDefaultChar, 0)? };
        }
        // SAFETY: an out pointer.
        unsafe { converted(&bytes, lpMultiByteStr.cast::<u8>(), cbMultiByte) }
    };
    give(act(), 0)
}

/// `UINT GetACP(void)`
///
/// The code page of narrow texts: 65001, UTF-8.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetACP() -> UINT {
    65001
}

/// `UINT GetOEMCP(void)`
///
/// The code page of the console: 65001, UTF-8.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetOEMCP() -> UINT {
    65001
}

/// `BOOL IsDBCSLeadByte(BYTE TestChar)`
///
/// Whether a byte begins a character of two bytes. There is no such code page here.
///
/// # Returns
/// FALSE.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IsDBCSLeadByte(TestChar: u8) -> BOOL {
    let _ = TestChar;
    0
}
