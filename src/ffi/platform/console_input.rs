//! The console's input, key by key, and cells written to its screen.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, count, len, put, put_all, truth};
use super::console::{Sequence, colours, terminal};
use super::types::{CHAR_INFO, COORD, HANDLE, INPUT_RECORD, SMALL_RECT};
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::keys::{self, Key};
use crate::platform::{terminal as modes, text};
use crate::sys::platform::{console, file};
use crate::sys::user::memory;
use crate::sys::{Fd, UserBuf, room};

const KEY_EVENT: u16 = 1;

/// Reads one byte; the end of the terminal is an error.
fn byte(fd: Fd) -> Answer<u8> {
    let mut byte = [0_u8];
    // SAFETY: memory of this function.
    match unsafe { file::read(fd, byte.as_mut_ptr() as usize, 1, None)? } {
        1 => Ok(byte[0]),
        _ => Err(Code::ERROR_HANDLE_EOF),
    }
}

/// Reads one key, waiting for it if there is none and `wait` says so. Only while it reads are lines and their echo taken from the terminal.
fn read_key(fd: Fd, wait: bool) -> Answer<()> {
    modes::keys_begin(fd)?;
    let act = || -> Answer<()> {
        if !wait && console::waiting(fd)? == 0 {
            return Ok(());
        }
        let place = keys::Place::new()?;
        let (mut bytes, mut length) = ([0; keys::LONGEST], 0);
        while let Some(at) = bytes.get_mut(length) {
            *at = byte(fd)?;
            length += 1;
            let so_far = bytes.get(..length).unwrap_or_default();
            if !keys::goes_on(so_far) || console::waiting(fd)? == 0 {
                break;
            }
        }
        place.fill(keys::events(bytes.get(..length).unwrap_or_default()));
        Ok(())
    };
    let done = act();
    modes::keys_end(fd)?;
    done
}

fn record(key: Key, wide: bool) -> INPUT_RECORD {
    // Narrow: a byte of ASCII; other characters have no one byte in UTF-8.
    let character = if wide || key.unit < 0x80 { key.unit } else { u16::from(b'?') };
    INPUT_RECORD {
        EventType: KEY_EVENT,
        reserved: 0,
        bKeyDown: BOOL::from(key.down),
        wRepeatCount: 1,
        wVirtualKeyCode: key.code,
        wVirtualScanCode: 0,
        UnicodeChar: character,
        dwControlKeyState: key.state,
    }
}

/// # Safety
/// Out pointers.
unsafe fn input(
    handle: HANDLE,
    to: *mut INPUT_RECORD,
    room: DWORD,
    told: *mut DWORD,
    take: bool,
    wide: bool,
) -> Answer<()> {
    let (fd, _) = terminal(handle)?;
    let room = len(room).min(4096);
    if told.is_null() || room > 0 && !memory::writable(to.addr(), room * size_of::<INPUT_RECORD>()) {
        return Err(Code::ERROR_NOACCESS);
    }
    if keys::waiting() == 0 && room > 0 {
        read_key(fd, take)?;
    }
    let records = keys::first(room, take, |key| record(key, wide))?;
    // SAFETY: passed on to the caller.
    unsafe {
        put_all(to, &records)?;
        put(told, count(records.len()))
    }
}

/// `BOOL ReadConsoleInputA(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength, LPDWORD lpNumberOfEventsRead)`
///
/// Takes events of the console's input, of one key at least, for which it waits: each key that a terminal sends goes down and up. Keys
/// that send several bytes (arrows, Insert, the keys with F and the like) are one key, Alt is told by Escape in front, Shift and Ctrl as far as the
/// character shows them; scan codes are 0; there are no events of the mouse, the window or the focus. Lines and echo are off only while this
/// function waits: a program that reads keys switches them off with `SetConsoleMode`.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal.
/// * `ERROR_HANDLE_EOF`: the terminal has ended.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer to that many records, `lpNumberOfEventsRead` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReadConsoleInputA(
    hConsoleInput: HANDLE,
    lpBuffer: *mut INPUT_RECORD,
    nLength: DWORD,
    lpNumberOfEventsRead: *mut DWORD,
) -> BOOL {
    // SAFETY: out pointers.
    truth(unsafe { input(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead, true, false) })
}

/// `BOOL ReadConsoleInputW(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength, LPDWORD lpNumberOfEventsRead)`
///
/// [`ReadConsoleInputA`](ws2_ReadConsoleInputA) with 16-bit characters; the narrow one has `?` for what is not ASCII.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReadConsoleInputW(
    hConsoleInput: HANDLE,
    lpBuffer: *mut INPUT_RECORD,
    nLength: DWORD,
    lpNumberOfEventsRead: *mut DWORD,
) -> BOOL {
    // SAFETY: out pointers.
    truth(unsafe { input(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead, true, true) })
}

/// `BOOL PeekConsoleInputA(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength, LPDWORD lpNumberOfEventsRead)`
///
/// Tells the events that [`ReadConsoleInputA`](ws2_ReadConsoleInputA) would take, without waiting: those of the next key. `ReadFile` does not
/// get that key any more; `ReadConsole` does.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_PeekConsoleInputA(
    hConsoleInput: HANDLE,
    lpBuffer: *mut INPUT_RECORD,
    nLength: DWORD,
    lpNumberOfEventsRead: *mut DWORD,
) -> BOOL {
    // SAFETY: out pointers.
    truth(unsafe { input(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead, false, false) })
}

/// `BOOL PeekConsoleInputW(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength, LPDWORD lpNumberOfEventsRead)`
///
/// [`PeekConsoleInputA`](ws2_PeekConsoleInputA) with 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_PeekConsoleInputW(
    hConsoleInput: HANDLE,
    lpBuffer: *mut INPUT_RECORD,
    nLength: DWORD,
    lpNumberOfEventsRead: *mut DWORD,
) -> BOOL {
    // SAFETY: out pointers.
    truth(unsafe { input(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead, false, true) })
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
    truth(terminal(hConsoleInput).and_then(|(fd, _)| {
        keys::forget();
        Ok(console::flush(fd)?)
    }))
}

/// `BOOL GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, LPDWORD lpcNumberOfEvents)`
///
/// How many events [`ReadConsoleInputA`](ws2_ReadConsoleInputA) can take without waiting: those of the next key, two for most, or 0.
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
        if keys::waiting() == 0 {
            match read_key(fd, false) {
                Err(code) if code == Code::ERROR_HANDLE_EOF => {}
                done => done?,
            }
        }
        // SAFETY: an out pointer.
        unsafe { put(lpcNumberOfEvents, count(keys::waiting())) }
    }))
}

/// Writes a rectangle of cells, each with its character and colours.
///
/// # Safety
/// `cells` is an in pointer to `size` cells, `region` an out pointer that holds a value.
unsafe fn cells(
    handle: HANDLE,
    cells: *const CHAR_INFO,
    size: COORD,
    from: COORD,
    region: *mut SMALL_RECT,
    wide: bool,
) -> Answer<()> {
    let (fd, _) = terminal(handle)?;
    // SAFETY: passed on to the caller; any bytes are numbers.
    let asked = unsafe { memory::read(region.cast_const()) }.ok_or(Code::ERROR_NOACCESS)?;
    let (columns, rows) = console::size(fd)?;
    let short = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    let (left, top) = (asked.Left.max(0), asked.Top.max(0));
    let (across, down) = (from.X.saturating_sub(asked.Left), from.Y.saturating_sub(asked.Top));
    // Neither beyond the screen nor beyond the cells.
    let last = |asked: i16, have: i16, offset: i16, screen: u16| {
        asked.min(have.saturating_sub(1).saturating_sub(offset)).min(short(screen).saturating_sub(1))
    };
    let (right, bottom) =
        (last(asked.Right, size.X, across, columns), last(asked.Bottom, size.Y, down, rows));
    let mut sequence = room::copy(b"\x1b7")?;
    for row in top..=bottom {
        let place = Sequence::new(format_args!("\x1b[{};{}H", i32::from(row) + 1, i32::from(left) + 1));
        room::append(&mut sequence, place.as_bytes())?;
        let mut colour = None;
        let mut units = Vec::new();
        for column in left..=right {
            let place = |at: i16, offset: i16| usize::try_from(at.saturating_add(offset)).ok();
            let at = place(column, across).zip(place(row, down));
            let (x, y) = at.ok_or(Code::ERROR_INVALID_PARAMETER)?;
            let at = y * usize::from(size.X.unsigned_abs()) + x;
            // SAFETY: passed on to the caller; any bytes are numbers.
            let cell = unsafe { memory::read(cells.wrapping_add(at)) }.ok_or(Code::ERROR_NOACCESS)?;
            if colour.replace(cell.Attributes) != Some(cell.Attributes) {
                room::append(&mut sequence, &text::narrow(&units, false)?)?;
                units.clear();
                room::append(&mut sequence, colours(cell.Attributes).as_bytes())?;
            }
            let unit = if wide { cell.UnicodeChar } else { cell.UnicodeChar & 0xFF };
            let is_blank = unit < 0x20 || unit == 0x7F || !wide && unit > 0x7F;
            room::push(&mut units, if is_blank { u16::from(b' ') } else { unit })?;
        }
        room::append(&mut sequence, &text::narrow(&units, false)?)?;
    }
    room::append(&mut sequence, b"\x1b[0m\x1b8")?;
    if top <= bottom && left <= right {
        file::write(fd, UserBuf::from(sequence.as_slice()), None, false)?;
    }
    // SAFETY: passed on to the caller.
    unsafe { put(region, SMALL_RECT { Left: left, Top: top, Right: right, Bottom: bottom }) }
}

/// `BOOL WriteConsoleOutputA(HANDLE hConsoleOutput, const CHAR_INFO *lpBuffer, COORD dwBufferSize, COORD dwBufferCoord, PSMALL_RECT lpWriteRegion)`
///
/// Writes a rectangle of characters with their colours to the screen, from `dwBufferCoord` in the cells on; what lies beyond the screen or
/// the cells is left out, and `lpWriteRegion` gets what was written. The cursor stays where it is. Bytes that are no ASCII are blanks: one byte
/// is no character of UTF-8.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no terminal. `ERROR_INVALID_PARAMETER`: a negative place in the cells.
/// * `ERROR_NOACCESS`: a pointer is bad. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an in pointer to that many cells, `lpWriteRegion` an in and out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleOutputA(
    hConsoleOutput: HANDLE,
    lpBuffer: *const CHAR_INFO,
    dwBufferSize: COORD,
    dwBufferCoord: COORD,
    lpWriteRegion: *mut SMALL_RECT,
) -> BOOL {
    // SAFETY: an in pointer, and an in and out pointer.
    truth(unsafe { cells(hConsoleOutput, lpBuffer, dwBufferSize, dwBufferCoord, lpWriteRegion, false) })
}

/// `BOOL WriteConsoleOutputW(HANDLE hConsoleOutput, const CHAR_INFO *lpBuffer, COORD dwBufferSize, COORD dwBufferCoord, PSMALL_RECT lpWriteRegion)`
///
/// [`WriteConsoleOutputA`](ws2_WriteConsoleOutputA) with 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteConsoleOutputW(
    hConsoleOutput: HANDLE,
    lpBuffer: *const CHAR_INFO,
    dwBufferSize: COORD,
    dwBufferCoord: COORD,
    lpWriteRegion: *mut SMALL_RECT,
) -> BOOL {
    // SAFETY: an in pointer, and an in and out pointer.
    truth(unsafe { cells(hConsoleOutput, lpBuffer, dwBufferSize, dwBufferCoord, lpWriteRegion, true) })
}
