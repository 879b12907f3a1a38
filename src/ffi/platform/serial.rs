//! Serial lines: `GetCommState SetCommState BuildCommDCB GetCommTimeouts SetCommTimeouts PurgeComm ClearCommError
//! EscapeCommFunction GetCommModemStatus SetCommBreak ClearCommBreak SetupComm TransmitCommChar`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, needed, put, truth};
use super::file::facts;
use super::types::{COMMTIMEOUTS, COMSTAT, DCB, HANDLE};
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::serial::{self, Block, Timeouts};
use crate::sys::platform::{file, serial as line};
use crate::sys::user::memory;
use crate::sys::{Errno, Fd, UserBuf};

/// What is no line cannot do what lines do.
fn of_line(errno: Errno) -> Code {
    if errno.number() == libc::ENOTTY { Code::ERROR_INVALID_FUNCTION } else { errno.into() }
}

/// The line behind a handle.
fn line_of(handle: HANDLE) -> Answer<(Fd, (u64, u64))> {
    let (fd, facts) = facts(handle)?;
    line::get(fd).map_err(of_line)?;
    Ok((fd, facts.identity))
}

/// `BOOL GetCommState(HANDLE hFile, LPDCB lpDCB)`
///
/// How a serial line is set: speed, bits, parity, stop bits and flow control. What Linux does not have is 0.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_INVALID_FUNCTION`: no serial line.
/// * `ERROR_NOACCESS`: `lpDCB` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpDCB` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetCommState(hFile: HANDLE, lpDCB: *mut DCB) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        let block = serial::block(line::get(fd).map_err(of_line)?);
        let [start, stop] = block.start_stop;
        let told = DCB {
            DCBlength: DWORD::try_from(size_of::<DCB>()).unwrap_or(28),
            BaudRate: block.speed,
            flags: block.flags,
            ByteSize: block.bits,
            Parity: block.parity,
            StopBits: block.stop,
            XonChar: start,
            XoffChar: stop,
            ..DCB::default()
        };
        // SAFETY: an out pointer.
        unsafe { put(lpDCB, told) }
    }))
}

/// `BOOL SetCommState(HANDLE hFile, LPDCB lpDCB)`
///
/// Sets a serial line; bytes pass as they are from then on. Taken are the speed, of any number, 5 to 8 bits, parity, stop bits,
/// hand-shaking by RTS and CTS, and by XON and XOFF with their characters. DSR, DTR and the limits of the buffers are the
/// driver's.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_INVALID_FUNCTION`: no serial line.
/// * `ERROR_INVALID_PARAMETER`: what does not exist, such as 9 bits, or 2 stop bits with 5 bits; what the device refuses.
/// * `ERROR_NOACCESS`: `lpDCB` cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpDCB` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetCommState(hFile: HANDLE, lpDCB: *mut DCB) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        // SAFETY: an in pointer; any bytes are numbers.
        let given = unsafe { memory::read(lpDCB.cast_const()) }.ok_or(Code::ERROR_NOACCESS)?;
        let wanted = serial::line(Block {
            speed: given.BaudRate,
            flags: given.flags,
            bits: given.ByteSize,
            parity: given.Parity,
            stop: given.StopBits,
            start_stop: [given.XonChar, given.XoffChar],
        })?;
        line::set(fd, wanted).map_err(of_line)
    }))
}

/// `BOOL BuildCommDCBA(LPCSTR lpDef, LPDCB lpDCB)`
///
/// Reads a text as the command `mode` takes it, `baud=9600 parity=N data=8 stop=1` or `9600,n,8,1`, into a control block. What it
/// does not name stays as it is.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: what the text does not say so.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpDef` is an in pointer, `lpDCB` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_BuildCommDCBA(lpDef: *const c_char, lpDCB: *mut DCB) -> BOOL {
    let act = || -> Answer<()> {
        // SAFETY: in pointers; any bytes are numbers.
        let (text, mut block) = unsafe {
            let text = needed(lpDef, Code::ERROR_INVALID_PARAMETER)?;
            (text, memory::read(lpDCB.cast_const()).ok_or(Code::ERROR_NOACCESS)?)
        };
        let text = String::from_utf8(text).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        let settings = serial::settings(&text)?;
        block.BaudRate = settings.speed.unwrap_or(block.BaudRate);
        block.Parity = settings.parity.unwrap_or(block.Parity);
        block.ByteSize = settings.bits.unwrap_or(block.ByteSize);
        block.StopBits = settings.stop.unwrap_or(block.StopBits);
        // SAFETY: an out pointer.
        unsafe { put(lpDCB, block) }
    };
    truth(act())
}

/// `BOOL GetCommTimeouts(HANDLE hFile, LPCOMMTIMEOUTS lpCommTimeouts)`
///
/// The times that were set for a serial line; 0 before.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpCommTimeouts` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetCommTimeouts(hFile: HANDLE, lpCommTimeouts: *mut COMMTIMEOUTS) -> BOOL {
    truth(line_of(hFile).and_then(|(_, device)| {
        let times = serial::timeouts(device).unwrap_or_default();
        let ([read_each, read_all], [write_each, write_all]) = (times.read, times.write);
        let told = COMMTIMEOUTS {
            ReadIntervalTimeout: times.interval,
            ReadTotalTimeoutMultiplier: read_each,
            ReadTotalTimeoutConstant: read_all,
            WriteTotalTimeoutMultiplier: write_each,
            WriteTotalTimeoutConstant: write_all,
        };
        // SAFETY: an out pointer.
        unsafe { put(lpCommTimeouts, told) }
    }))
}

/// `BOOL SetCommTimeouts(HANDLE hFile, LPCOMMTIMEOUTS lpCommTimeouts)`
///
/// Sets how long `ReadFile` waits on a serial line: for all of the bytes, in milliseconds per byte and in addition, and from one byte
/// to the next. MAXDWORD between bytes and 0 otherwise: it takes what is there. MAXDWORD, MAXDWORD and a time: it waits so long for
/// the first byte. The device keeps them. Those of writing are remembered: Linux' buffer takes what is written.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState); `ERROR_NOACCESS` where the times cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpCommTimeouts` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetCommTimeouts(hFile: HANDLE, lpCommTimeouts: *mut COMMTIMEOUTS) -> BOOL {
    truth(line_of(hFile).and_then(|(_, device)| {
        // SAFETY: an in pointer; any bytes are numbers.
        let given = unsafe { memory::read(lpCommTimeouts.cast_const()) }.ok_or(Code::ERROR_NOACCESS)?;
        let times = Timeouts {
            interval: given.ReadIntervalTimeout,
            read: [given.ReadTotalTimeoutMultiplier, given.ReadTotalTimeoutConstant],
            write: [given.WriteTotalTimeoutMultiplier, given.WriteTotalTimeoutConstant],
        };
        serial::set_timeouts(device, times)
    }))
}

/// `BOOL PurgeComm(HANDLE hFile, DWORD dwFlags)`
///
/// Throws away what a serial line has received (PURGE_RXCLEAR, 8) and not sent yet (PURGE_TXCLEAR, 4). Calls that wait in other
/// threads go on (PURGE_RXABORT, 2; PURGE_TXABORT, 1).
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState); `ERROR_INVALID_PARAMETER` for another flag or none.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PurgeComm(hFile: HANDLE, dwFlags: DWORD) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        if dwFlags == 0 || dwFlags & !0xF != 0 {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        line::purge(fd, dwFlags & 8 != 0, dwFlags & 4 != 0).map_err(of_line)
    }))
}

/// `BOOL ClearCommError(HANDLE hFile, LPDWORD lpErrors, COMSTAT *lpStat)`
///
/// How much a serial line has received and not sent yet; both places may be NULL. Linux drops what came wrong, so there are no
/// errors.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpErrors` and `lpStat` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ClearCommError(
    hFile: HANDLE,
    lpErrors: *mut DWORD,
    lpStat: *mut COMSTAT,
) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        let [received, unsent] = line::queued(fd).map_err(of_line)?;
        // SAFETY: out pointers.
        unsafe {
            if !lpErrors.is_null() {
                put(lpErrors, 0)?;
            }
            if !lpStat.is_null() {
                put(lpStat, COMSTAT { flags: 0, cbInQue: received, cbOutQue: unsent })?;
            }
        }
        Ok(())
    }))
}

/// `BOOL EscapeCommFunction(HANDLE hFile, DWORD dwFunc)`
///
/// SETRTS (3), CLRRTS (4), SETDTR (5), CLRDTR (6) set a wire; SETBREAK (8), CLRBREAK (9) begin and end a break; SETXOFF (1), SETXON
/// (2) stop what is sent and let it go on.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState); `ERROR_INVALID_PARAMETER` for another number, or a line without wires.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_EscapeCommFunction(hFile: HANDLE, dwFunc: DWORD) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        let done = match dwFunc {
            1 | 2 => line::hold(fd, dwFunc == 1),
            3 | 4 => line::set_wires(fd, libc::TIOCM_RTS, dwFunc == 3),
            5 | 6 => line::set_wires(fd, libc::TIOCM_DTR, dwFunc == 5),
            8 | 9 => line::set_break(fd, dwFunc == 8),
            _ => return Err(Code::ERROR_INVALID_PARAMETER),
        };
        done.map_err(|errno| {
            if errno.number() == libc::ENOTTY { Code::ERROR_INVALID_PARAMETER } else { errno.into() }
        })
    }))
}

/// `BOOL SetCommBreak(HANDLE hFile)`
///
/// Begins a break.
///
/// # Errors
/// As [`EscapeCommFunction`](ws2_EscapeCommFunction).
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetCommBreak(hFile: HANDLE) -> BOOL {
    ws2_EscapeCommFunction(hFile, 8)
}

/// `BOOL ClearCommBreak(HANDLE hFile)`
///
/// Ends a break.
///
/// # Errors
/// As [`EscapeCommFunction`](ws2_EscapeCommFunction).
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ClearCommBreak(hFile: HANDLE) -> BOOL {
    ws2_EscapeCommFunction(hFile, 9)
}

/// `BOOL GetCommModemStatus(HANDLE hFile, LPDWORD lpModemStat)`
///
/// The wires that the other side sets: MS_CTS_ON (0x10), MS_DSR_ON (0x20), MS_RING_ON (0x40), MS_RLSD_ON (0x80).
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState); `ERROR_INVALID_FUNCTION` also for a line without wires.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpModemStat` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetCommModemStatus(hFile: HANDLE, lpModemStat: *mut DWORD) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        let bits = line::wires(fd).map_err(|_| Code::ERROR_INVALID_FUNCTION)?;
        let told = [
            (libc::TIOCM_CTS, 0x10),
            (libc::TIOCM_DSR, 0x20),
            (libc::TIOCM_RI, 0x40),
            (libc::TIOCM_CD, 0x80),
        ]
        .into_iter()
        .filter(|&(wire, _)| bits & wire != 0)
        .fold(0, |told, (_, bit)| told | bit);
        // SAFETY: an out pointer.
        unsafe { put(lpModemStat, told) }
    }))
}

/// `BOOL SetupComm(HANDLE hFile, DWORD dwInQueue, DWORD dwOutQueue)`
///
/// Recommends sizes of the buffers, which are the driver's own here.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState).
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetupComm(hFile: HANDLE, dwInQueue: DWORD, dwOutQueue: DWORD) -> BOOL {
    let _ = (dwInQueue, dwOutQueue);
    truth(line_of(hFile).map(drop))
}

/// `BOOL TransmitCommChar(HANDLE hFile, char cChar)`
///
/// Sends one byte; here it follows those that wait to be sent.
///
/// # Errors
/// As [`GetCommState`](ws2_GetCommState).
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TransmitCommChar(hFile: HANDLE, cChar: c_char) -> BOOL {
    truth(line_of(hFile).and_then(|(fd, _)| {
        file::write(fd, UserBuf::from(&cChar.to_ne_bytes()[..]), None, false)?;
        Ok(())
    }))
}
