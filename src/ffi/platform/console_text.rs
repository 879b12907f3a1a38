//! What is written to the console and read from it.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, count, len, put, put_all, truth};
use super::console::terminal;
use super::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::{keys, text};
use crate::sys::UserBuf;
use crate::sys::platform::file;

/// Writes a text to a terminal.
///
/// # Safety
/// `written` is an out pointer.
unsafe fn write(handle: HANDLE, bytes: UserBuf<'_>, units: DWORD, written: *mut DWORD) -> Answer<()> {
    let (fd, _) = terminal(handle)?;
    file::write(fd, bytes, None, false)?;
    if written.is_null() {
        return Ok(());
    }
    // SAFETY: passed on to the caller.
    unsafe { put(written, units) }
}

/// `BOOL WriteConsoleA(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved)`
///
/// Writes to the terminal.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal, such as a file that output was redirected to.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is a buffer, `lpNumberOfCharsWritten` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleA(
    hConsoleOutput: HANDLE,
    lpBuffer: *const c_void,
    nNumberOfCharsToWrite: DWORD,
    lpNumberOfCharsWritten: *mut DWORD,
    lpReserved: *mut c_void,
) -> BOOL {
    let _ = lpReserved;
    let bytes = UserBuf::new(lpBuffer as usize, len(nNumberOfCharsToWrite));
    // SAFETY: an out pointer.
    truth(unsafe { write(hConsoleOutput, bytes, nNumberOfCharsToWrite, lpNumberOfCharsWritten) })
}

/// `BOOL WriteConsoleW(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved)`
///
/// [`WriteConsoleA`](ws2_WriteConsoleA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an in pointer to that many characters, `lpNumberOfCharsWritten` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleW(
    hConsoleOutput: HANDLE,
    lpBuffer: *const c_void,
    nNumberOfCharsToWrite: DWORD,
    lpNumberOfCharsWritten: *mut DWORD,
    lpReserved: *mut c_void,
) -> BOOL {
    let _ = lpReserved;
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe {
        super::text::given_units(lpBuffer.cast(), len(nNumberOfCharsToWrite)).and_then(|units| {
            let bytes = text::narrow(&units, false)?;
            write(
                hConsoleOutput,
                UserBuf::from(bytes.as_slice()),
                nNumberOfCharsToWrite,
                lpNumberOfCharsWritten,
            )
        })
    })
}

/// `BOOL ReadConsoleA(HANDLE hConsoleInput, LPVOID lpBuffer, DWORD nNumberOfCharsToRead, LPDWORD lpNumberOfCharsRead, LPVOID pInputControl)`
///
/// Reads what was typed at the terminal, ended with `\r\n` as on Windows where there is room for both.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReadConsoleA(
    hConsoleInput: HANDLE,
    lpBuffer: *mut c_void,
    nNumberOfCharsToRead: DWORD,
    lpNumberOfCharsRead: *mut DWORD,
    pInputControl: *mut c_void,
) -> BOOL {
    let _ = pInputControl;
    /// For a character that needs more room than there is, and the end of a line.
    const BESIDE: usize = 8;
    let act = || -> Answer<()> {
        let (fd, modes) = terminal(hConsoleInput)?;
        let room = len(nNumberOfCharsToRead);
        // What was read as keys comes first.
        let mut bytes = Vec::new();
        // All that is needed at once, so that nothing that was typed is taken in vain.
        let most = room.min(65536);
        bytes.try_reserve_exact(most.saturating_add(BESIDE)).map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)?;
        keys::characters(&mut bytes, most)?;
        if bytes.is_empty() || modes.lines && !bytes.ends_with(b"\n") && bytes.len() < room {
            let before = bytes.len();
            bytes.resize(most.max(before), 0);
            let rest = bytes.get_mut(before..).unwrap_or_default();
            // SAFETY: memory of this function.
            let got = unsafe { file::read(fd, rest.as_mut_ptr() as usize, rest.len(), None)? };
            bytes.truncate(before + got);
        }
        if bytes.ends_with(b"\n") && bytes.len() < room {
            bytes.pop();
            bytes.extend(b"\r\n");
        }
        // SAFETY: out pointers.
        unsafe {
            put_all(lpBuffer.cast::<u8>(), &bytes)?;
            put(lpNumberOfCharsRead, count(bytes.len()))
        }
    };
    truth(act())
}
