//! The console's screen: the cursor, characters at a place, and its size.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;
use std::sync::atomic::{AtomicU32, Ordering};

use super::answer::{Answer, count, give, len, put, truth};
use super::console::{Sequence, terminal};
use super::types::{CONSOLE_CURSOR_INFO, COORD, HANDLE, SMALL_RECT};
use crate::ffi::types::{BOOL, DWORD, WCHAR, WORD};
use crate::platform::code::Code;
use crate::platform::text;
use crate::sys::platform::{console, file};
use crate::sys::user::memory;
use crate::sys::{Fd, UserBuf, room};

/// The cursor as the program has set it: its size in percent, and above it whether it is hidden.
static CURSOR: AtomicU32 = AtomicU32::new(25);
const HIDDEN: u32 = 0x100;

fn write(fd: Fd, bytes: &[u8]) -> Answer<()> {
    file::write(fd, UserBuf::from(bytes), None, false)?;
    Ok(())
}

/// `BOOL GetConsoleCursorInfo(HANDLE hConsoleOutput, PCONSOLE_CURSOR_INFO lpConsoleCursorInfo)`
///
/// The cursor's size in percent of a cell and whether it is seen, as `SetConsoleCursorInfo` has set them; 25 and TRUE before.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal. `ERROR_NOACCESS`: the structure cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleCursorInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetConsoleCursorInfo(
    hConsoleOutput: HANDLE,
    lpConsoleCursorInfo: *mut CONSOLE_CURSOR_INFO,
) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|_| {
        let cursor = CURSOR.load(Ordering::Relaxed);
        let info = CONSOLE_CURSOR_INFO { dwSize: cursor & 0xFF, bVisible: BOOL::from(cursor & HIDDEN == 0) };
        // SAFETY: an out pointer.
        unsafe { put(lpConsoleCursorInfo, info) }
    }))
}

/// `BOOL SetConsoleCursorInfo(HANDLE hConsoleOutput, const CONSOLE_CURSOR_INFO *lpConsoleCursorInfo)`
///
/// Shows or hides the cursor; its size, 1 to 100 percent, is remembered and has no effect.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_INVALID_PARAMETER`: another size.
/// * `ERROR_NOACCESS`: the structure cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleCursorInfo` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetConsoleCursorInfo(
    hConsoleOutput: HANDLE,
    lpConsoleCursorInfo: *const CONSOLE_CURSOR_INFO,
) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        // SAFETY: an in pointer; any bytes are numbers.
        let info = unsafe { memory::read(lpConsoleCursorInfo) }.ok_or(Code::ERROR_NOACCESS)?;
        if !(1..=100).contains(&info.dwSize) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let hidden = info.bVisible == 0;
        CURSOR.store(info.dwSize | if hidden { HIDDEN } else { 0 }, Ordering::Relaxed);
        write(fd, if hidden { b"\x1b[?25l" } else { b"\x1b[?25h" })
    }))
}

/// How many cells there are from a place to the end of the screen.
fn cells(fd: Fd, at: COORD) -> Answer<usize> {
    let (columns, rows) = console::size(fd)?;
    let (Ok(column), Ok(row)) = (u16::try_from(at.X), u16::try_from(at.Y)) else {
        return Err(Code::ERROR_INVALID_PARAMETER);
    };
    if column >= columns || row >= rows {
        return Ok(0);
    }
    Ok((usize::from(rows) - usize::from(row)) * usize::from(columns) - usize::from(column))
}

/// The control sequences around some text that is written at a place: the cursor stays where it was.
fn at_place(at: COORD, text: impl Iterator<Item = u8>) -> Answer<Vec<u8>> {
    let begin = Sequence::new(format_args!("\x1b7\x1b[{};{}H", i32::from(at.Y) + 1, i32::from(at.X) + 1));
    Ok(room::list(begin.as_bytes().iter().copied().chain(text).chain(*b"\x1b8"))?)
}

/// # Safety
/// `written` is an out pointer.
unsafe fn fill(handle: HANDLE, character: &[u8], times: DWORD, at: COORD, written: *mut DWORD) -> BOOL {
    truth(terminal(handle).and_then(|(fd, _)| {
        let times = len(times).min(cells(fd, at)?);
        let text = std::iter::repeat_n(character, times).flatten().copied();
        write(fd, &at_place(at, text)?)?;
        // SAFETY: passed on to the caller.
        if written.is_null() { Ok(()) } else { unsafe { put(written, count(times)) } }
    }))
}

/// `BOOL FillConsoleOutputCharacterA(HANDLE hConsoleOutput, CHAR cCharacter, DWORD nLength, COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten)`
///
/// Writes a character so many times, from a place to the end of the screen at most. The cursor stays where it was. Bytes
/// above 127, which are no character by themselves, become `?`; so do control characters.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_INVALID_PARAMETER`: a negative place.
/// * `ERROR_NOACCESS`: the number cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpNumberOfCharsWritten` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FillConsoleOutputCharacterA(
    hConsoleOutput: HANDLE,
    cCharacter: c_char,
    nLength: DWORD,
    dwWriteCoord: COORD,
    lpNumberOfCharsWritten: *mut DWORD,
) -> BOOL {
    let [byte] = cCharacter.to_ne_bytes();
    let byte = if (b' '..0x7F).contains(&byte) { byte } else { b'?' };
    // SAFETY: an out pointer.
    unsafe { fill(hConsoleOutput, &[byte], nLength, dwWriteCoord, lpNumberOfCharsWritten) }
}

/// `BOOL FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength, COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten)`
///
/// [`FillConsoleOutputCharacterA`](ws2_FillConsoleOutputCharacterA) with a 16-bit character.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpNumberOfCharsWritten` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FillConsoleOutputCharacterW(
    hConsoleOutput: HANDLE,
    cCharacter: WCHAR,
    nLength: DWORD,
    dwWriteCoord: COORD,
    lpNumberOfCharsWritten: *mut DWORD,
) -> BOOL {
    let mut bytes = [0; 4];
    let character =
        char::from_u32(cCharacter.into()).filter(|character| !character.is_control()).unwrap_or('?');
    // SAFETY: an out pointer.
    unsafe {
        let character = character.encode_utf8(&mut bytes).as_bytes();
        fill(hConsoleOutput, character, nLength, dwWriteCoord, lpNumberOfCharsWritten)
    }
}

/// `BOOL FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength, COORD dwWriteCoord, LPDWORD lpNumberOfAttrsWritten)`
///
/// Sets the colours of the characters that stand at a place. A terminal cannot do that: they keep theirs. What is written next
/// by `FillConsoleOutputCharacter` and others has the colours of `SetConsoleTextAttribute`.
///
/// # Errors
/// As [`FillConsoleOutputCharacterA`](ws2_FillConsoleOutputCharacterA).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpNumberOfAttrsWritten` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FillConsoleOutputAttribute(
    hConsoleOutput: HANDLE,
    wAttribute: WORD,
    nLength: DWORD,
    dwWriteCoord: COORD,
    lpNumberOfAttrsWritten: *mut DWORD,
) -> BOOL {
    let _ = wAttribute;
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        let times = len(nLength).min(cells(fd, dwWriteCoord)?);
        if lpNumberOfAttrsWritten.is_null() {
            return Ok(());
        }
        // SAFETY: an out pointer.
        unsafe { put(lpNumberOfAttrsWritten, count(times)) }
    }))
}

/// # Safety
/// `written` is an out pointer.
unsafe fn put_text(handle: HANDLE, text: &[u8], units: DWORD, at: COORD, written: *mut DWORD) -> Answer<()> {
    let (fd, _) = terminal(handle)?;
    let shown = text.iter().map(|&byte| if byte.is_ascii_control() { b'?' } else { byte });
    if cells(fd, at)? > 0 {
        write(fd, &at_place(at, shown)?)?;
    }
    // SAFETY: passed on to the caller.
    if written.is_null() { Ok(()) } else { unsafe { put(written, units) } }
}

/// `BOOL WriteConsoleOutputCharacterA(HANDLE hConsoleOutput, LPCSTR lpCharacter, DWORD nLength, COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten)`
///
/// Writes characters at a place of the screen. The cursor stays where it was.
///
/// # Errors
/// As [`FillConsoleOutputCharacterA`](ws2_FillConsoleOutputCharacterA); `ERROR_NOACCESS` where the text cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpCharacter` is an in pointer to that many characters, `lpNumberOfCharsWritten` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleOutputCharacterA(
    hConsoleOutput: HANDLE,
    lpCharacter: *const c_char,
    nLength: DWORD,
    dwWriteCoord: COORD,
    lpNumberOfCharsWritten: *mut DWORD,
) -> BOOL {
    let act = || -> Answer<()> {
        let bytes = UserBuf::new(lpCharacter as usize, len(nLength)).copy()?.ok_or(Code::ERROR_NOACCESS)?;
        // SAFETY: an out pointer.
        unsafe { put_text(hConsoleOutput, &bytes, nLength, dwWriteCoord, lpNumberOfCharsWritten) }
    };
    truth(act())
}

/// `BOOL WriteConsoleOutputCharacterW(HANDLE hConsoleOutput, LPCWSTR lpCharacter, DWORD nLength, COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten)`
///
/// [`WriteConsoleOutputCharacterA`](ws2_WriteConsoleOutputCharacterA) with 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpCharacter` is an in pointer to that many characters, `lpNumberOfCharsWritten` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleOutputCharacterW(
    hConsoleOutput: HANDLE,
    lpCharacter: *const WCHAR,
    nLength: DWORD,
    dwWriteCoord: COORD,
    lpNumberOfCharsWritten: *mut DWORD,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe {
        super::text::given_units(lpCharacter, len(nLength)).and_then(|units| {
            let bytes = text::narrow(&units, false)?;
            put_text(hConsoleOutput, &bytes, nLength, dwWriteCoord, lpNumberOfCharsWritten)
        })
    })
}

/// `BOOL SetConsoleWindowInfo(HANDLE hConsoleOutput, BOOL bAbsolute, const SMALL_RECT *lpConsoleWindow)`
///
/// Asks the terminal to have so many columns and rows, which it may pass over. `bAbsolute` is FALSE where the numbers are added
/// to what there is.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_INVALID_PARAMETER`: the right side is left of the left one, or the lower above the upper.
/// * `ERROR_NOACCESS`: the structure cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleWindow` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetConsoleWindowInfo(
    hConsoleOutput: HANDLE,
    bAbsolute: BOOL,
    lpConsoleWindow: *const SMALL_RECT,
) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        // SAFETY: an in pointer; any bytes are numbers.
        let given = unsafe { memory::read(lpConsoleWindow) }.ok_or(Code::ERROR_NOACCESS)?;
        let (columns, rows) = console::size(fd)?;
        let (before, more) =
            if bAbsolute != 0 { ((0, 0), 1) } else { ((i32::from(columns), i32::from(rows)), 0) };
        let wide = before.0 + i32::from(given.Right) - i32::from(given.Left) + more;
        let high = before.1 + i32::from(given.Bottom) - i32::from(given.Top) + more;
        if wide < 1 || high < 1 {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        write(fd, Sequence::new(format_args!("\x1b[8;{high};{wide}t")).as_bytes())
    }))
}

/// `BOOL SetConsoleScreenBufferSize(HANDLE hConsoleOutput, COORD dwSize)`
///
/// Sets how much is kept of what was written. A terminal decides that itself: nothing happens.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_INVALID_PARAMETER`: less than the terminal shows.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetConsoleScreenBufferSize(hConsoleOutput: HANDLE, dwSize: COORD) -> BOOL {
    truth(terminal(hConsoleOutput).and_then(|(fd, _)| {
        let (columns, rows) = console::size(fd)?;
        let fits = i32::from(dwSize.X) >= i32::from(columns) && i32::from(dwSize.Y) >= i32::from(rows);
        if fits { Ok(()) } else { Err(Code::ERROR_INVALID_PARAMETER) }
    }))
}

/// `COORD GetLargestConsoleWindowSize(HANDLE hConsoleOutput)`
///
/// How large the console could be: as large as the terminal is.
///
/// # Returns
/// Columns and rows, or 0 and 0.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no terminal.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetLargestConsoleWindowSize(hConsoleOutput: HANDLE) -> COORD {
    let short = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    let size = terminal(hConsoleOutput).and_then(|(fd, _)| Ok(console::size(fd)?));
    give(size.map(|(columns, rows)| COORD { X: short(columns), Y: short(rows) }), COORD::default())
}
