//! The process: its end, what it says to a debugger, and message boxes.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};
use std::sync::atomic::{AtomicU32, Ordering};

use super::answer::{Answer, Unit, give, needed};
use super::types::{HWND, UINT};
use crate::ffi::types::{BOOL, WCHAR, WORD};
use crate::platform::button;
use crate::platform::code::Code;
use crate::sys;
use crate::sys::platform::control;
use crate::sys::room;

/// `void ExitProcess(UINT uExitCode)`
///
/// Ends the process. Buffers of `stdio` are written and `atexit` functions run; Windows leaves that to `exit`. Linux keeps the
/// lowest 8 bits of the code.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ExitProcess(uExitCode: UINT) {
    control::exit(uExitCode)
}

/// `BOOL IsDebuggerPresent(void)`
///
/// Whether a debugger watches the process.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IsDebuggerPresent() -> BOOL {
    BOOL::from(control::is_debugged())
}

/// `void DebugBreak(void)`
///
/// Stops for a debugger; without one SIGTRAP ends the process.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DebugBreak() {
    control::trap();
}

/// `UINT SetErrorMode(UINT uMode)`
///
/// Says which boxes the system shows after failures. It shows none here; the mode is remembered.
///
/// # Returns
/// The mode before.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetErrorMode(uMode: UINT) -> UINT {
    static MODE: AtomicU32 = AtomicU32::new(0);
    MODE.swap(uMode, Ordering::Relaxed)
}

/// # Safety
/// `text` is an in pointer.
unsafe fn debug<T: Unit>(text: *const T) {
    // SAFETY: passed on to the caller.
    if let Ok(text) = unsafe { needed(text, Code::ERROR_NOACCESS) }
        && !text.is_empty()
    {
        sys::process::stderr::write(&text);
    }
}

/// `void OutputDebugStringA(LPCSTR lpOutputString)`
///
/// Writes a text to standard error, where a developer looks who has no debugger. What cannot be read is left out.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpOutputString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OutputDebugStringA(lpOutputString: *const c_char) {
    // SAFETY: an in pointer.
    unsafe { debug(lpOutputString) }
}

/// `void OutputDebugStringW(LPCWSTR lpOutputString)`
///
/// Likewise in 16-bit characters.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpOutputString` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OutputDebugStringW(lpOutputString: *const WCHAR) {
    // SAFETY: an in pointer.
    unsafe { debug(lpOutputString) }
}

/// # Safety
/// Both are in pointers.
unsafe fn message_box<T: Unit>(text: *const T, caption: *const T, style: UINT) -> c_int {
    let act = || -> Answer<c_int> {
        let (number, name) = button::cautious(style)?;
        // SAFETY: passed on to the caller.
        let (text, caption) = unsafe {
            let text = if text.is_null() { Vec::new() } else { needed(text, Code::ERROR_NOACCESS)? };
            let caption = if caption.is_null() {
                room::copy(b"Error")?
            } else {
                needed(caption, Code::ERROR_NOACCESS)?
            };
            (text, caption)
        };
        let (text, caption) = (room::lossy(&text)?, room::lossy(&caption)?);
        sys::process::stderr::write(button::written(&caption, &text, style, name)?.as_bytes());
        Ok(number)
    };
    give(act(), 0)
}

/// `int MessageBoxA(HWND hWnd, LPCSTR lpText, LPCSTR lpCaption, UINT uType)`
///
/// Writes the caption and the text to standard error, since there is no window, and answers for the user: OK where there is
/// nothing else, or the button that does the least (No, Cancel, Abort), which is then named in the text.
///
/// # Returns
/// IDOK (1) for MB_OK; IDCANCEL (2) where there is a Cancel; IDABORT (3) for MB_ABORTRETRYIGNORE; IDNO (7) for MB_YESNO; 0
/// after an error.
///
/// # Errors
/// * `ERROR_INVALID_MSGBOX_STYLE`: no such set of buttons.
/// * `ERROR_NOACCESS`: a text cannot be read. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation; the answer is this library's.
///
/// # Safety
/// `lpText` and `lpCaption` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MessageBoxA(
    hWnd: HWND,
    lpText: *const c_char,
    lpCaption: *const c_char,
    uType: UINT,
) -> c_int {
    let _ = hWnd;
    // SAFETY: in pointers.
    unsafe { message_box(lpText, lpCaption, uType) }
}

/// `int MessageBoxW(HWND hWnd, LPCWSTR lpText, LPCWSTR lpCaption, UINT uType)`
///
/// [`MessageBoxA`](ws2_MessageBoxA) in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation; the answer is this library's.
///
/// # Safety
/// `lpText` and `lpCaption` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MessageBoxW(
    hWnd: HWND,
    lpText: *const WCHAR,
    lpCaption: *const WCHAR,
    uType: UINT,
) -> c_int {
    let _ = hWnd;
    // SAFETY: in pointers.
    unsafe { message_box(lpText, lpCaption, uType) }
}

/// `int MessageBoxExA(HWND hWnd, LPCSTR lpText, LPCSTR lpCaption, UINT uType, WORD wLanguageId)`
///
/// [`MessageBoxA`](ws2_MessageBoxA); the language is not looked at.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation; the answer is this library's.
///
/// # Safety
/// `lpText` and `lpCaption` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_MessageBoxExA(
    hWnd: HWND,
    lpText: *const c_char,
    lpCaption: *const c_char,
    uType: UINT,
    wLanguageId: WORD,
) -> c_int {
    let _ = (hWnd, wLanguageId);
    // SAFETY: in pointers.
    unsafe { message_box(lpText, lpCaption, uType) }
}

/// `BOOL MessageBeep(UINT uType)`
///
/// Makes the terminal sound, if standard error is one.
///
/// # Returns
/// TRUE.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_MessageBeep(uType: UINT) -> BOOL {
    let _ = uType;
    let terminal = sys::Fd::from_socket(2).is_some_and(|fd| sys::platform::console::modes(fd).is_ok());
    if terminal {
        sys::process::stderr::write(b"\x07");
    }
    1
}
