//! `lstrlen` and its kin: the C library's functions on texts, which give up where memory cannot be read instead of ending
//! the program.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::answer::{Unit, put_all};
use crate::ffi::types::WCHAR;
use crate::platform::text::compare;
use crate::sys::room;

/// A text, or an empty one for NULL and for what cannot be read.
///
/// # Safety
/// `from` is an in pointer.
unsafe fn given<T: Unit>(from: *const T) -> Option<String> {
    if from.is_null() {
        return None;
    }
    // SAFETY: passed on to the caller.
    let text = unsafe { T::read(from) }.ok()?;
    room::lossy(&text).ok()
}

/// The units before the end.
///
/// # Safety
/// `from` is an in pointer.
unsafe fn units<T: Unit>(from: *const T) -> Option<Vec<T>> {
    if from.is_null() {
        return None;
    }
    // SAFETY: passed on to the caller.
    unsafe { T::read_units(from) }.ok()
}

/// # Safety
/// `from` is an in pointer.
unsafe fn length<T: Unit>(from: *const T) -> c_int {
    // SAFETY: passed on to the caller.
    let length = if from.is_null() { None } else { unsafe { T::length(from) } };
    length.and_then(|length| c_int::try_from(length).ok()).unwrap_or(0)
}

/// Writes a text with its end behind so many units; NULL where that is not possible.
///
/// # Safety
/// `to` is an out pointer, `from` an in pointer.
unsafe fn write<T: Unit>(to: *mut T, skip: usize, from: *const T, room: usize) -> *mut T {
    // SAFETY: passed on to the caller.
    unsafe {
        let Some(mut text) = units(from) else { return std::ptr::null_mut() };
        if room == 0 {
            return to;
        }
        text.truncate(room - 1);
        if room::push(&mut text, T::default()).is_err() {
            return std::ptr::null_mut();
        }
        if put_all(to.wrapping_add(skip), &text).is_ok() { to } else { std::ptr::null_mut() }
    }
}

/// Writes a text behind another.
///
/// # Safety
/// `to` is an out pointer to a text, `from` an in pointer.
unsafe fn append<T: Unit>(to: *mut T, from: *const T) -> *mut T {
    // SAFETY: passed on to the caller.
    unsafe {
        match T::length(to.cast_const()) {
            Some(length) => write(to, length, from, usize::MAX),
            None => std::ptr::null_mut(),
        }
    }
}

/// NULL comes before every text.
///
/// # Safety
/// Both are in pointers.
unsafe fn order<T: Unit>(a: *const T, b: *const T, fold: bool) -> c_int {
    // SAFETY: passed on to the caller.
    match unsafe { (given(a), given(b)) } {
        (Some(a), Some(b)) => compare(&a, &b, fold),
        (a, b) => c_int::from(a.is_some()) - c_int::from(b.is_some()),
    }
}

/// `int lstrlenA(LPCSTR lpString)`
///
/// The bytes of a text.
///
/// # Returns
/// The number; 0 for NULL and for what cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrlenA(lpString: *const c_char) -> c_int {
    // SAFETY: as the caller says.
    unsafe { length(lpString) }
}

/// `LPSTR lstrcpyA(LPSTR lpString1, LPCSTR lpString2)`
///
/// Copies a text, in bytes.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcpyA(lpString1: *mut c_char, lpString2: *const c_char) -> *mut c_char {
    // SAFETY: as the caller says.
    unsafe { write(lpString1, 0, lpString2, usize::MAX) }
}

/// `LPSTR lstrcpynA(LPSTR lpString1, LPCSTR lpString2, int iMaxLength)`
///
/// Copies a text, in bytes, of which at most `iMaxLength` with the end.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcpynA(
    lpString1: *mut c_char,
    lpString2: *const c_char,
    iMaxLength: c_int,
) -> *mut c_char {
    // SAFETY: as the caller says.
    unsafe { write(lpString1, 0, lpString2, usize::try_from(iMaxLength).unwrap_or(0)) }
}

/// `LPSTR lstrcatA(LPSTR lpString1, LPCSTR lpString2)`
///
/// Puts a text behind another, in bytes.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer to a text, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcatA(lpString1: *mut c_char, lpString2: *const c_char) -> *mut c_char {
    // SAFETY: as the caller says.
    unsafe { append(lpString1, lpString2) }
}

/// `int lstrcmpA(LPCSTR lpString1, LPCSTR lpString2)`
///
/// How two texts stand to each other, by the numbers of their characters; Windows goes by the order of words.
///
/// # Returns
/// −1, 0 or 1. NULL, what cannot be read and what there is no memory for come before every text.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcmpA(lpString1: *const c_char, lpString2: *const c_char) -> c_int {
    // SAFETY: as the caller says.
    unsafe { order(lpString1, lpString2, false) }
}

/// `int lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2)`
///
/// Likewise without regard to letter case.
///
/// # Returns
/// −1, 0 or 1. NULL, what cannot be read and what there is no memory for come before every text.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcmpiA(lpString1: *const c_char, lpString2: *const c_char) -> c_int {
    // SAFETY: as the caller says.
    unsafe { order(lpString1, lpString2, true) }
}

/// `int lstrlenW(LPCWSTR lpString)`
///
/// The 16-bit characters of a text.
///
/// # Returns
/// The number; 0 for NULL and for what cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrlenW(lpString: *const WCHAR) -> c_int {
    // SAFETY: as the caller says.
    unsafe { length(lpString) }
}

/// `LPWSTR lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2)`
///
/// Copies a text, in 16-bit characters.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcpyW(lpString1: *mut WCHAR, lpString2: *const WCHAR) -> *mut WCHAR {
    // SAFETY: as the caller says.
    unsafe { write(lpString1, 0, lpString2, usize::MAX) }
}

/// `LPWSTR lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength)`
///
/// Copies a text, in 16-bit characters, of which at most `iMaxLength` with the end.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcpynW(
    lpString1: *mut WCHAR,
    lpString2: *const WCHAR,
    iMaxLength: c_int,
) -> *mut WCHAR {
    // SAFETY: as the caller says.
    unsafe { write(lpString1, 0, lpString2, usize::try_from(iMaxLength).unwrap_or(0)) }
}

/// `LPWSTR lstrcatW(LPWSTR lpString1, LPCWSTR lpString2)`
///
/// Puts a text behind another, in 16-bit characters.
///
/// # Returns
/// `lpString1`, or NULL where a text cannot be read or written, or there is no memory.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpString1` is an out pointer to a text, `lpString2` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcatW(lpString1: *mut WCHAR, lpString2: *const WCHAR) -> *mut WCHAR {
    // SAFETY: as the caller says.
    unsafe { append(lpString1, lpString2) }
}

/// `int lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2)`
///
/// How two texts stand to each other, by the numbers of their characters; Windows goes by the order of words.
///
/// # Returns
/// −1, 0 or 1. NULL, what cannot be read and what there is no memory for come before every text.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcmpW(lpString1: *const WCHAR, lpString2: *const WCHAR) -> c_int {
    // SAFETY: as the caller says.
    unsafe { order(lpString1, lpString2, false) }
}

/// `int lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2)`
///
/// Likewise without regard to letter case.
///
/// # Returns
/// −1, 0 or 1. NULL, what cannot be read and what there is no memory for come before every text.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_lstrcmpiW(lpString1: *const WCHAR, lpString2: *const WCHAR) -> c_int {
    // SAFETY: as the caller says.
    unsafe { order(lpString1, lpString2, true) }
}
