//! The console: its modes, title and colours, and its code pages.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::answer::{Answer, Unit, needed, put, truth};
use super::file::{OF_SCREEN, descriptor};
use super::types::{CONSOLE_SCREEN_BUFFER_INFO, COORD, HANDLE, HWND, SMALL_RECT, UINT};
use crate::ffi::types::{BOOL, DWORD, WCHAR, WORD};
use crate::platform::code::Code;
use crate::platform::terminal;
use crate::sys::platform::{console, file};
use crate::sys::{Fd, UserBuf, room};

const ENABLE_PROCESSED_INPUT: DWORD = 1;
const ENABLE_LINE_INPUT: DWORD = 2;
const ENABLE_ECHO_INPUT: DWORD = 4;
const ENABLE_PROCESSED_OUTPUT: DWORD = 1;
const ENABLE_WRAP_AT_EOL_OUTPUT: DWORD = 2;

/// The code page that the program has set, which changes nothing: UTF-8.
static CODE_PAGES: [AtomicU32; 2] = [const { AtomicU32::new(65001) }; 2];

/// Whether a handle is for what is typed: it was opened neither for writing only nor as CONOUT$. A terminal's descriptors are
/// often all the same, so the standard ones count by their number.
fn is_input(handle: HANDLE) -> bool {
    match handle as usize {
        1 | 2 => false,
        _ => !descriptor(handle)
            .and_then(|fd| Ok(file::flags(fd)?))
            .is_ok_and(|flags| flags & OF_SCREEN != 0 || flags & libc::O_ACCMODE == libc::O_WRONLY),
    }
}

/// A terminal; everything else is no console.
pub(super) fn terminal(handle: HANDLE) -> Answer<(Fd, console::Modes)> {
    let fd = descriptor(handle)?;
    let modes = terminal::modes(fd).map_err(|_| Code::ERROR_INVALID_HANDLE)?;
    Ok((fd, modes))
}

/// `BOOL GetConsoleMode(HANDLE hConsoleHandle, LPDWORD lpMode)`
///
/// The modes of the terminal. For input: ENABLE_PROCESSED_INPUT (1, signals), ENABLE_LINE_INPUT (2), ENABLE_ECHO_INPUT (4).
/// For output: 7, since control sequences are always understood.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal, such as a file that output was redirected to.
/// * `ERROR_NOACCESS`: `lpMode` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpMode` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetConsoleMode(hConsoleHandle: HANDLE, lpMode: *mut DWORD) -> BOOL {
    truth(terminal(hConsoleHandle).and_then(|(_, modes)| {
        let bits = if is_input(hConsoleHandle) {
            let bit = |on: bool, bit: DWORD| if on { bit } else { 0 };
            bit(modes.signals, ENABLE_PROCESSED_INPUT)
                | bit(modes.lines, ENABLE_LINE_INPUT)
                | bit(modes.echo, ENABLE_ECHO_INPUT)
        } else {
            ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT | 4
        };
        // SAFETY: an out pointer.
        unsafe { put(lpMode, bits) }
    }))
}

/// `BOOL SetConsoleMode(HANDLE hConsoleHandle, DWORD dwMode)`
///
/// Sets the modes of the terminal for input; those for output are taken and of no effect. They stay when the process ends. For output
/// are the standard handles for it, CONOUT$, and what was opened for writing only. While a thread waits for a key, those of lines and
/// echo show when it has got it.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleMode(hConsoleHandle: HANDLE, dwMode: DWORD) -> BOOL {
    truth(terminal(hConsoleHandle).and_then(|(fd, _)| {
        if !is_input(hConsoleHandle) {
            return Ok(());
        }
        let modes = console::Modes {
            signals: dwMode & ENABLE_PROCESSED_INPUT != 0,
            lines: dwMode & ENABLE_LINE_INPUT != 0,
            echo: dwMode & ENABLE_ECHO_INPUT != 0,
        };
        Ok(terminal::set_modes(fd, modes)?)
    }))
}

/// Writes to standard output if that is a terminal.
pub(super) fn to_terminal(bytes: &[u8]) {
    if let Some(out) = Fd::from_socket(1).filter(|&fd| console::modes(fd).is_ok()) {
        let _ = file::write(out, UserBuf::from(bytes), None, false);
    }
}

/// The title that the program has set last.
static TITLE: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// A copy of it; empty where another thread is just setting it.
pub(super) fn title() -> Answer<Vec<u8>> {
    TITLE.try_lock().map_or_else(|_| Ok(Vec::new()), |title| Ok(room::copy(&title)?))
}

/// # Safety
/// `title` is an in pointer.
unsafe fn set_title<T: Unit>(title: *const T) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { needed(title, Code::ERROR_NOACCESS) }.and_then(|title| {
        let shown = title.iter().copied().filter(|byte| !byte.is_ascii_control());
        to_terminal(&room::list(b"\x1b]0;".iter().copied().chain(shown).chain([7]))?);
        if let Ok(mut kept) = TITLE.try_lock() {
            *kept = title;
        }
        Ok(())
    }))
}

/// `BOOL SetConsoleTitleA(LPCSTR lpConsoleTitle)`
///
/// Sets the terminal's title, where standard output is a terminal.
///
/// # Errors
/// `ERROR_NOACCESS`: the title cannot be read. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleTitle` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetConsoleTitleA(lpConsoleTitle: *const c_char) -> BOOL {
    // SAFETY: an in pointer.
    unsafe { set_title(lpConsoleTitle) }
}

/// `BOOL SetConsoleTitleW(LPCWSTR lpConsoleTitle)`
///
/// [`SetConsoleTitleA`](ws2_SetConsoleTitleA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleTitle` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetConsoleTitleW(lpConsoleTitle: *const WCHAR) -> BOOL {
    // SAFETY: an in pointer.
    unsafe { set_title(lpConsoleTitle) }
}

/// A control sequence, which takes no memory of its own.
pub(super) struct Sequence {
    bytes: [u8; 64],
    length: usize,
}

impl Sequence {
    /// More than 64 bytes are cut; no sequence has as many.
    pub(super) fn new(what: std::fmt::Arguments<'_>) -> Self {
        let mut bytes = [0; 64];
        let mut rest = bytes.as_mut_slice();
        let _ = std::io::Write::write_fmt(&mut rest, what);
        let left = rest.len();
        Self { bytes, length: bytes.len() - left }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// The control sequence for Windows' attributes: blue, green, red and bright, for the letters and for what is behind them.
pub(super) fn colours(attributes: WORD) -> Sequence {
    let swapped = |bits: WORD| (bits & 1) << 2 | bits & 2 | (bits & 4) >> 2;
    let code =
        |bits: WORD, plain: WORD, bright: WORD| swapped(bits) + if bits & 8 == 0 { plain } else { bright };
    match attributes & 0xFF {
        7 => Sequence::new(format_args!("\x1b[0m")),
        bits => {
            Sequence::new(format_args!("\x1b[0;{};{}m", code(bits & 0xF, 30, 90), code(bits >> 4, 40, 100)))
        }
    }
}

/// `BOOL SetConsoleTextAttribute(HANDLE hConsoleOutput, WORD wAttributes)`
///
/// Sets the colours of what is written from now on. The program's stdio buffer goes first if the program flushes it.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleTextAttribute(hConsoleOutput: HANDLE, wAttributes: WORD) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        file::write(fd, UserBuf::from(colours(wAttributes).as_bytes()), None, false)?;
        Ok(())
    }))
}

/// `BOOL SetConsoleCursorPosition(HANDLE hConsoleOutput, COORD dwCursorPosition)`
///
/// Moves the cursor to a column and a row of the terminal, counted from 0.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal. `ERROR_INVALID_PARAMETER`: a negative place.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleCursorPosition(hConsoleOutput: HANDLE, dwCursorPosition: COORD) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        let COORD { X, Y } = dwCursorPosition;
        if X < 0 || Y < 0 {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let sequence = Sequence::new(format_args!("\x1b[{};{}H", i32::from(Y) + 1, i32::from(X) + 1));
        file::write(fd, UserBuf::from(sequence.as_bytes()), None, false)?;
        Ok(())
    }))
}

/// `BOOL GetConsoleScreenBufferInfo(HANDLE hConsoleOutput, PCONSOLE_SCREEN_BUFFER_INFO lpConsoleScreenBufferInfo)`
///
/// The terminal's size. Where the cursor is, and the colours, a terminal does not tell: 0,0 and 7.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal. `ERROR_NOACCESS`: the structure cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleScreenBufferInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetConsoleScreenBufferInfo(
    hConsoleOutput: HANDLE,
    lpConsoleScreenBufferInfo: *mut CONSOLE_SCREEN_BUFFER_INFO,
) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        let (columns, rows) = console::size(fd)?;
        let short = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
        let size = COORD { X: short(columns), Y: short(rows) };
        let info = CONSOLE_SCREEN_BUFFER_INFO {
            dwSize: size,
            dwCursorPosition: COORD::default(),
            wAttributes: 7,
            srWindow: SMALL_RECT { Left: 0, Top: 0, Right: size.X - 1, Bottom: size.Y - 1 },
            dwMaximumWindowSize: size,
        };
        // SAFETY: an out pointer.
        unsafe { put(lpConsoleScreenBufferInfo, info) }
    }))
}

/// Sets one of the code pages.
fn set_page(which: usize, page: UINT) -> BOOL {
    let known = if (1..=0xFFFF).contains(&page) { Ok(()) } else { Err(Code::ERROR_INVALID_PARAMETER) };
    truth(known.map(|()| {
        if let Some(place) = CODE_PAGES.get(which) {
            place.store(page, Ordering::Relaxed);
        }
    }))
}

/// `BOOL SetConsoleOutputCP(UINT wCodePageID)`
///
/// Sets the code page of what is written, which is remembered and changes nothing: it is UTF-8.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: 0, or a number that no code page has: above 65535.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleOutputCP(wCodePageID: UINT) -> BOOL {
    set_page(0, wCodePageID)
}

/// `BOOL SetConsoleCP(UINT wCodePageID)`
///
/// Likewise of what is typed.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: 0, or a number that no code page has: above 65535.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleCP(wCodePageID: UINT) -> BOOL {
    set_page(1, wCodePageID)
}

/// `UINT GetConsoleOutputCP(void)`
///
/// The code page that was set for what is written; 65001, UTF-8, at the beginning.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetConsoleOutputCP() -> UINT {
    CODE_PAGES.first().map_or(65001, |page| page.load(Ordering::Relaxed))
}

/// `UINT GetConsoleCP(void)`
///
/// Likewise for what is typed.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetConsoleCP() -> UINT {
    CODE_PAGES.get(1).map_or(65001, |page| page.load(Ordering::Relaxed))
}

/// `HWND GetConsoleWindow(void)`
///
/// The console's window, which there is none of.
///
/// # Returns
/// NULL, as on Windows without a console.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetConsoleWindow() -> HWND {
    std::ptr::null_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_become_colours() {
        for (attributes, expected) in [
            (7, "\x1b[0m"),
            (4, "\x1b[0;31;40m"),
            (1, "\x1b[0;34;40m"),
            (0xC, "\x1b[0;91;40m"),
            (0x1F, "\x1b[0;97;44m"),
            (0x80, "\x1b[0;30;100m"),
        ] {
            assert_eq!(colours(attributes).as_bytes(), expected.as_bytes(), "{attributes:#x}");
        }
    }
}
