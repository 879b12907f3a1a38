//! The console: the standard handles, its modes, and what is written to it.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use super::answer::{Answer, Unit, count, give, len, needed, put, put_all, truth};
use super::file::descriptor;
use super::types::{CONSOLE_SCREEN_BUFFER_INFO, COORD, HANDLE, HWND, SMALL_RECT, UINT};
use crate::ffi::types::{BOOL, DWORD, WCHAR, WORD};
use crate::platform::code::Code;
use crate::platform::text;
use crate::sys::platform::{console, file};
use crate::sys::{Fd, UserBuf};

/// `(DWORD)-10`, -11, -12: input, output, errors.
const STD_INPUT_HANDLE: DWORD = 0_u32.wrapping_sub(10);

/// Standard input as a handle. Descriptor 0 would be NULL, which programs take for none; so it is this number, which
/// nothing else has: no multiple of four, and above all descriptors.
const INPUT: usize = 0x4000_0001;

/// What `SetStdHandle` has set; 0 stands for what there was at the beginning.
static SET: [AtomicUsize; 3] = [const { AtomicUsize::new(0) }; 3];

const ENABLE_PROCESSED_INPUT: DWORD = 1;
const ENABLE_LINE_INPUT: DWORD = 2;
const ENABLE_ECHO_INPUT: DWORD = 4;
const ENABLE_PROCESSED_OUTPUT: DWORD = 1;
const ENABLE_WRAP_AT_EOL_OUTPUT: DWORD = 2;

/// The code page that the program has set, which changes nothing: UTF-8.
static CODE_PAGES: [AtomicU32; 2] = [const { AtomicU32::new(65001) }; 2];

/// The descriptor of the handle that stands for standard input.
pub(super) fn standard(handle: HANDLE) -> Option<Fd> {
    (handle as usize == INPUT).then(|| Fd::from_socket(0))?
}

/// `HANDLE GetStdHandle(DWORD nStdHandle)`
///
/// Standard input, output or error output: STD_INPUT_HANDLE (-10), STD_OUTPUT_HANDLE (-11), STD_ERROR_HANDLE (-12). The
/// latter two are descriptors 1 and 2; the former is a number of its own, since 0 would be NULL.
///
/// # Returns
/// The handle; NULL where the process has none; INVALID_HANDLE_VALUE after an error.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such standard handle.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetStdHandle(nStdHandle: DWORD) -> HANDLE {
    let number = STD_INPUT_HANDLE.wrapping_sub(nStdHandle) as usize;
    let answer = SET.get(number).ok_or(Code::ERROR_INVALID_HANDLE).map(|set| {
        let handle = match (set.load(Ordering::Relaxed), number) {
            (0, 0) => INPUT,
            (0, number) => number,
            (set, _) => set,
        };
        let there = descriptor(handle as HANDLE).is_ok_and(|fd| file::look(fd).is_ok());
        if there { handle } else { 0 }
    });
    give(answer, usize::MAX) as HANDLE
}

/// `BOOL SetStdHandle(DWORD nStdHandle, HANDLE hHandle)`
///
/// Sets what `GetStdHandle` gives. The C library's stdin, stdout and stderr stay what they are, as on Windows.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such standard handle.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetStdHandle(nStdHandle: DWORD, hHandle: HANDLE) -> BOOL {
    let number = STD_INPUT_HANDLE.wrapping_sub(nStdHandle) as usize;
    truth(
        SET.get(number)
            .ok_or(Code::ERROR_INVALID_HANDLE)
            .map(|set| set.store(hHandle as usize, Ordering::Relaxed)),
    )
}

/// Whether a handle is for what is typed: it can be read and is not opened for writing only. A terminal's descriptors are
/// often all the same, so the standard ones count by their number.
fn is_input(handle: HANDLE) -> bool {
    !matches!(handle as usize, 1 | 2)
}

/// A terminal; everything else is no console.
fn terminal(handle: HANDLE) -> Answer<(Fd, console::Modes)> {
    let fd = descriptor(handle)?;
    let modes = console::modes(fd).map_err(|_| Code::ERROR_INVALID_HANDLE)?;
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
/// Sets the modes of the terminal for input; those for output are taken and of no effect. They stay when the process ends.
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
        Ok(console::set_modes(fd, modes)?)
    }))
}

/// Writes to standard output if that is a terminal.
fn to_terminal(bytes: &[u8]) {
    if let Some(out) = Fd::from_socket(1).filter(|&fd| console::modes(fd).is_ok()) {
        let _ = file::write(out, UserBuf::from(bytes), None, false);
    }
}

/// # Safety
/// `title` is an in pointer.
unsafe fn set_title<T: Unit>(title: *const T) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe { needed(title, Code::ERROR_NOACCESS) }.map(|title| {
        let mut sequence = b"\x1b]0;".to_vec();
        sequence.extend(title.into_iter().filter(|byte| !byte.is_ascii_control()));
        sequence.push(7);
        to_terminal(&sequence);
    }))
}

/// `BOOL SetConsoleTitleA(LPCSTR lpConsoleTitle)`
///
/// Sets the terminal's title, where standard output is a terminal.
///
/// # Errors
/// `ERROR_NOACCESS`: the title cannot be read.
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

/// The control sequence for Windows' attributes: blue, green, red and bright, for the letters and for what is behind them.
fn colours(attributes: WORD) -> String {
    let swapped = |bits: WORD| (bits & 1) << 2 | bits & 2 | (bits & 4) >> 2;
    let code =
        |bits: WORD, plain: WORD, bright: WORD| swapped(bits) + if bits & 8 == 0 { plain } else { bright };
    match attributes & 0xFF {
        7 => "\x1b[0m".into(),
        bits => format!("\x1b[0;{};{}m", code(bits & 0xF, 30, 90), code(bits >> 4, 40, 100)),
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
        let sequence = format!("\x1b[{};{}H", i32::from(Y) + 1, i32::from(X) + 1);
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
/// * `ERROR_NOACCESS`: a pointer is bad.
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
/// * `ERROR_NOACCESS`: a pointer is bad.
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
    let act = || -> Answer<()> {
        let (fd, _) = terminal(hConsoleInput)?;
        let room = len(nNumberOfCharsToRead);
        let mut bytes = vec![0_u8; room.min(65536)];
        // SAFETY: memory of this function.
        let got = unsafe { file::read(fd, bytes.as_mut_ptr() as usize, bytes.len(), None)? };
        bytes.truncate(got);
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

/// `BOOL FlushConsoleInputBuffer(HANDLE hConsoleInput)`
///
/// Throws away what was typed and not read.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlushConsoleInputBuffer(hConsoleInput: HANDLE) -> BOOL {
    truth(terminal(hConsoleInput).and_then(|(fd, _)| Ok(console::flush(fd)?)))
}

/// `BOOL GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, LPDWORD lpcNumberOfEvents)`
///
/// How many bytes that were typed wait to be read; with ENABLE_LINE_INPUT those of whole lines.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal. `ERROR_NOACCESS`: the number cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpcNumberOfEvents` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNumberOfConsoleInputEvents(
    hConsoleInput: HANDLE,
    lpcNumberOfEvents: *mut DWORD,
) -> BOOL {
    truth(terminal(hConsoleInput).and_then(|(fd, _)| {
        let waiting = console::waiting(fd)?;
        // SAFETY: an out pointer.
        unsafe { put(lpcNumberOfEvents, waiting) }
    }))
}

/// Sets one of the code pages.
fn set_page(which: usize, page: UINT) -> BOOL {
    truth(if page == 0 { Err(Code::ERROR_INVALID_PARAMETER) } else { Ok(()) }.map(|()| {
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
/// `ERROR_INVALID_PARAMETER`: 0.
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
/// `ERROR_INVALID_PARAMETER`: 0.
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
            assert_eq!(colours(attributes), expected, "{attributes:#x}");
        }
    }
}
