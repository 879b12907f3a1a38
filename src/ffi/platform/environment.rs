//! Environment variables and the command line.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;
use std::sync::OnceLock;

use super::answer::{Answer, Unit, c_text, fill, give, needed, truth};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::sys::platform::environment;
use crate::sys::room::{self, NoMemory};

/// # Safety
/// `name` is an in pointer, `to` an out pointer.
unsafe fn get<T: Unit>(name: *const T, to: *mut T, size: DWORD) -> DWORD {
    let value = || -> Answer<DWORD> {
        // SAFETY: passed on to the caller.
        unsafe {
            let name = c_text(&needed(name, Code::ERROR_ENVVAR_NOT_FOUND)?)?;
            fill(to, size, &environment::get(&name)?.ok_or(Code::ERROR_ENVVAR_NOT_FOUND)?)
        }
    };
    give(value(), 0)
}

/// # Safety
/// Both are in pointers.
unsafe fn set<T: Unit>(name: *const T, value: *const T) -> BOOL {
    let change = || -> Answer<()> {
        // SAFETY: passed on to the caller.
        unsafe {
            let name = c_text(&needed(name, Code::ERROR_INVALID_PARAMETER)?)?;
            if value.is_null() {
                if environment::get(&name)?.is_none() {
                    return Err(Code::ERROR_ENVVAR_NOT_FOUND);
                }
                return Ok(environment::set(&name, None)?);
            }
            let value = c_text(&needed(value, Code::ERROR_INVALID_PARAMETER)?)?;
            Ok(environment::set(&name, Some(&value))?)
        }
    };
    truth(change())
}

/// The text in which `%NAME%` is the variable's value; what is no variable stays.
fn expanded(text: &[u8]) -> Answer<Vec<u8>> {
    let mut out = Vec::new();
    let mut add = |part: &[u8]| {
        out.try_reserve(part.len()).map_err(|_| NoMemory)?;
        out.extend_from_slice(part);
        Ok::<(), Code>(())
    };
    let mut rest = text;
    while let Some(begin) = rest.iter().position(|&byte| byte == b'%') {
        let (before, from) = rest.split_at(begin);
        add(before)?;
        let inside = from.get(1..).unwrap_or_default();
        let end = inside.iter().position(|&byte| byte == b'%');
        let name = end.and_then(|end| inside.get(..end));
        let value = match name.map(c_text) {
            Some(Ok(name)) => environment::get(&name)?,
            Some(Err(Code::ERROR_NOT_ENOUGH_MEMORY)) => return Err(NoMemory.into()),
            None | Some(Err(_)) => None,
        };
        if let (Some(value), Some(end)) = (value, end) {
            add(&value)?;
            rest = inside.get(end + 1..).unwrap_or_default();
        } else {
            add(b"%")?;
            rest = inside;
        }
    }
    add(rest)?;
    Ok(out)
}

/// # Safety
/// `from` is an in pointer, `to` an out pointer.
unsafe fn expand<T: Unit>(from: *const T, to: *mut T, size: DWORD) -> DWORD {
    // SAFETY: passed on to the caller.
    let filled = unsafe {
        needed(from, Code::ERROR_INVALID_PARAMETER).and_then(|text| {
            let text = expanded(&text)?;
            let told = fill(to, size, &text)?;
            // The end counts here in either case.
            Ok(DWORD::try_from(T::ended(&text)?.len()).unwrap_or(told))
        })
    };
    give(filled, 0)
}

/// The command line as one text: arguments with blanks or quotes are quoted so that Windows' rules take them apart again.
fn command_line() -> Answer<Vec<u8>> {
    let arguments = environment::arguments()?;
    let mut text = Vec::new();
    // Each of them twice as long at most, in quotes, and a blank.
    text.try_reserve(arguments.len().saturating_mul(2).saturating_add(3)).map_err(|_| NoMemory)?;
    for (number, argument) in arguments.split(|&byte| byte == 0).enumerate() {
        text.try_reserve(argument.len().saturating_mul(2).saturating_add(3)).map_err(|_| NoMemory)?;
        if number > 0 {
            text.push(b' ');
        }
        if !argument.is_empty() && !argument.iter().any(|byte| b" \t\n\"".contains(byte)) {
            text.extend_from_slice(argument);
            continue;
        }
        text.push(b'"');
        let mut backslashes = 0;
        for &byte in argument {
            if byte == b'"' {
                text.extend(std::iter::repeat_n(b'\\', backslashes + 1));
            }
            backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
            text.push(byte);
        }
        text.extend(std::iter::repeat_n(b'\\', backslashes));
        text.push(b'"');
    }
    Ok(text)
}

/// A text that stays; NULL, and ERROR_NOT_ENOUGH_MEMORY, where there is no memory for it yet.
fn kept<T: Unit>(place: &'static OnceLock<Vec<T>>) -> *mut T {
    if place.get().is_none() {
        match command_line().and_then(|text| T::ended(&text)) {
            // Another thread may have been faster: its text stays.
            Ok(units) => drop(place.set(units)),
            Err(code) => return give(Err(code), std::ptr::null_mut()),
        }
    }
    place.get().map_or(std::ptr::null_mut(), |units| units.as_ptr().cast_mut())
}

/// `DWORD GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize)`
///
/// The value of an environment variable. Letter case counts in its name. The program's getenv sees the same
/// variables.
///
/// # Returns
/// The length of the value without its end; or, if `nSize` is too small, the room that it needs with the end; 0
/// after an error, and for an empty value, which leaves the last error alone.
///
/// # Errors
/// * `ERROR_ENVVAR_NOT_FOUND`: there is none of that name.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpName` is an in pointer, `lpBuffer` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetEnvironmentVariableA(
    lpName: *const c_char,
    lpBuffer: *mut c_char,
    nSize: DWORD,
) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { get(lpName, lpBuffer, nSize) }
}

/// `DWORD GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize)`
///
/// [`GetEnvironmentVariableA`](ws2_GetEnvironmentVariableA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpName` is an in pointer, `lpBuffer` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetEnvironmentVariableW(
    lpName: *const WCHAR,
    lpBuffer: *mut WCHAR,
    nSize: DWORD,
) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { get(lpName, lpBuffer, nSize) }
}

/// `BOOL SetEnvironmentVariableA(LPCSTR lpName, LPCSTR lpValue)`
///
/// Sets an environment variable, or with NULL removes it, for this process and those that it starts.
///
/// # Errors
/// * `ERROR_ENVVAR_NOT_FOUND`: there is none to be removed.
/// * `ERROR_INVALID_PARAMETER`: the name is NULL, empty or holds `=`.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers; no other thread uses the environment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetEnvironmentVariableA(lpName: *const c_char, lpValue: *const c_char) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { set(lpName, lpValue) }
}

/// `BOOL SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue)`
///
/// [`SetEnvironmentVariableA`](ws2_SetEnvironmentVariableA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers; no other thread uses the environment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetEnvironmentVariableW(lpName: *const WCHAR, lpValue: *const WCHAR) -> BOOL {
    // SAFETY: passed on to the caller.
    unsafe { set(lpName, lpValue) }
}

/// `DWORD ExpandEnvironmentStringsA(LPCSTR lpSrc, LPSTR lpDst, DWORD nSize)`
///
/// A text in which every `%NAME%` is replaced by the value of that environment variable.
///
/// # Returns
/// The units of the result with its end, whether they fit or not; 0 after an error. NULL stands for an empty text.
///
/// # Errors
/// `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSrc` is an in pointer, `lpDst` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ExpandEnvironmentStringsA(
    lpSrc: *const c_char,
    lpDst: *mut c_char,
    nSize: DWORD,
) -> DWORD {
    let from = if lpSrc.is_null() { c"".as_ptr() } else { lpSrc };
    // SAFETY: passed on to the caller.
    unsafe { expand(from, lpDst, nSize) }
}

/// `DWORD ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize)`
///
/// [`ExpandEnvironmentStringsA`](ws2_ExpandEnvironmentStringsA) in 16-bit characters.
///
/// # Errors
/// As there, and `ERROR_INVALID_PARAMETER`: `lpSrc` is NULL.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSrc` is an in pointer, `lpDst` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ExpandEnvironmentStringsW(
    lpSrc: *const WCHAR,
    lpDst: *mut WCHAR,
    nSize: DWORD,
) -> DWORD {
    // SAFETY: passed on to the caller.
    unsafe { expand(lpSrc, lpDst, nSize) }
}

/// `LPSTR GetCommandLineA(void)`
///
/// The command line as one text; arguments with blanks are in quotes.
///
/// # Returns
/// The text, which stays and belongs to the library.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCommandLineA() -> *mut c_char {
    static TEXT: OnceLock<Vec<c_char>> = OnceLock::new();
    kept(&TEXT)
}

/// `LPWSTR GetCommandLineW(void)`
///
/// The command line as one text of 16-bit characters; arguments with blanks are in quotes.
///
/// # Returns
/// The text, which stays and belongs to the library.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCommandLineW() -> *mut WCHAR {
    static TEXT: OnceLock<Vec<WCHAR>> = OnceLock::new();
    kept(&TEXT)
}

/// Reads a block of texts, each with its end, that an empty one ends.
///
/// # Safety
/// `from` is an in pointer to such a block.
pub(super) unsafe fn environment_block<T: Unit>(from: *const T) -> Answer<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let mut at = from;
    loop {
        // SAFETY: passed on to the caller; the block goes on until its empty text.
        let (bytes, units) = unsafe {
            let units = T::read_units(at)?;
            (T::read(at)?, units.len())
        };
        if units == 0 {
            return Ok(found);
        }
        room::push(&mut found, bytes)?;
        at = at.wrapping_add(units + 1);
    }
}
