//! `ReadFile` and `WriteFile`: files, pipes, the console and sockets.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, count, len, put, truth};
use super::file::{OF_OVERLAPPED, facts, facts_of_any};
use super::named_pipe::{run_and_count, wish};
use super::start::of_kernel;
use super::types::HANDLE;
use crate::error::last_error;
use crate::ffi::overlapped::file as overlapped;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED};
use crate::ffi::{ws2_recv, ws2_send};
use crate::kernel::event;
use crate::pipes::{self, Pipe, What};
use crate::platform::code::Code;
use crate::platform::{errno, serial};
use crate::sys::platform::file::Place;
use crate::sys::platform::{file, serial as line};
use crate::sys::shared::Arc;
use crate::sys::user::memory;
use crate::sys::{Errno, Fd, UserBuf, UserBufMut};
use crate::windows::status;

/// What an OVERLAPPED says: where to read or write, where the file has places; and the event.
#[derive(Clone, Copy, Default)]
struct Asked {
    at: Option<u64>,
    event: usize,
}

/// Reads an OVERLAPPED, if there is one. Its event is reset while the call goes on.
///
/// # Errors
/// `ERROR_NOACCESS`; `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`: what is no event, or may not be set.
///
/// # Safety
/// `request` is an in pointer.
unsafe fn asked(request: *const OVERLAPPED, kind: u32) -> Answer<Asked> {
    if request.is_null() {
        return Ok(Asked::default());
    }
    // SAFETY: passed on to the caller; any bytes are numbers.
    let request = unsafe { memory::read(request) }.ok_or(Code::ERROR_NOACCESS)?;
    let event = request.hEvent.addr();
    if event != 0 {
        event::reset(event).map_err(of_kernel)?;
    }
    let has_places = !matches!(kind, libc::S_IFCHR | libc::S_IFIFO);
    let at = has_places.then(|| u64::from(request.OffsetHigh) << 32 | u64::from(request.Offset));
    Ok(Asked { at, event })
}

/// Tells that it has ended well.
fn set(asked: Asked) -> Answer<()> {
    if asked.event == 0 { Ok(()) } else { event::set(asked.event).map_err(of_kernel) }
}

/// Tells how much was moved, and how it has ended.
///
/// # Safety
/// Both are out pointers.
unsafe fn tell_end(moved: usize, to: *mut DWORD, request: *mut OVERLAPPED, ended: u32) -> Answer<()> {
    // SAFETY: passed on to the caller.
    unsafe {
        if !request.is_null() {
            put(&raw mut (*request).Internal, len(ended))?;
            put(&raw mut (*request).InternalHigh, moved)?;
        }
        if to.is_null() { Ok(()) } else { put(to, count(moved)) }
    }
}

/// Likewise, of what has ended well.
///
/// # Safety
/// Both are out pointers.
unsafe fn tell(moved: usize, to: *mut DWORD, request: *mut OVERLAPPED) -> Answer<()> {
    // SAFETY: passed on to the caller.
    unsafe { tell_end(moved, to, request, status::SUCCESS) }
}

/// Nothing has been moved yet: that is told before anything else, and stays where a call fails.
///
/// # Errors
/// `ERROR_NOACCESS`, which is reported where the handle is good.
///
/// # Safety
/// An out pointer.
unsafe fn tell_none(to: *mut DWORD) -> Answer<()> {
    // SAFETY: passed on to the caller.
    if to.is_null() { Ok(()) } else { unsafe { put(to, 0) } }
}

/// Where both halves of the place in an OVERLAPPED are all ones, it is written behind the end.
const END: u64 = u64::MAX;

/// A call with a place of its own moves the position behind what it has moved, unless the file was opened with
/// FILE_FLAG_OVERLAPPED: such a file has none that moves.
fn move_behind(fd: Fd, place: Option<u64>, moved: usize) {
    let Some(place) = place.filter(|&place| place != END) else { return };
    let stays = file::flags(fd).is_ok_and(|flags| flags & OF_OVERLAPPED != 0);
    if let (false, Ok(to)) = (stays, i64::try_from(place.saturating_add(moved as u64))) {
        let _ = file::seek(fd, to, 0);
    }
}

/// The pipe with a name behind a handle.
pub(super) fn pipe_of(handle: HANDLE) -> Option<Arc<Pipe>> {
    let (fd, _) = facts_of_any(handle).ok().filter(|(_, facts)| facts.kind == libc::S_IFSOCK)?;
    pipes::at(fd)
}

/// Reads or writes at a pipe with a name.
///
/// # Safety
/// An out pointer, an overlapped pointer.
unsafe fn on_pipe(pipe: &Arc<Pipe>, what: What, told: *mut DWORD, request: *mut OVERLAPPED) -> Answer<()> {
    let is_good = memory::writable(told.addr(), size_of::<DWORD>());
    if (told.is_null() && request.is_null()) || !told.is_null() && !is_good {
        return Err(Code::ERROR_NOACCESS);
    }
    // SAFETY: passed on to the caller.
    unsafe { run_and_count(pipe, what, wish(request)?, told) }
}

pub(super) fn is_socket(handle: HANDLE) -> bool {
    facts(handle).is_ok_and(|(_, facts)| facts.kind == libc::S_IFSOCK)
}

/// What a socket's own function gave: a count, or the last error in the words of `ReadFile`.
fn of_socket(moved: i32) -> Answer<usize> {
    usize::try_from(moved).map_err(|_| errno::of_socket(last_error::get()))
}

/// As much as fits into an `int` at a time.
fn int(size: DWORD) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}

/// `BOOL ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead, LPOVERLAPPED lpOverlapped)`
///
/// Reads from a file, the console, a pipe or a socket. With an OVERLAPPED it begins at the place that is given there, and the call has
/// ended when it returns: its event, which was reset at first, is set where the call has succeeded. The file's position is then behind
/// what was read, but where the file was opened with FILE_FLAG_OVERLAPPED: there it stays. Of a socket see there. Of a serial line it
/// ends by the times of `SetCommTimeouts`. At the end of a file and of a connection it succeeds with 0 bytes; what was typed ends
/// with `\n` and not with `\r\n`. How much was read is told where `lpNumberOfBytesRead` is not NULL, and 0 at first, which stays after an
/// error.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file; in the OVERLAPPED no event.
/// * `ERROR_ACCESS_DENIED`: not opened for reading. `ERROR_INVALID_FUNCTION`: a directory.
/// * `ERROR_NOACCESS`: a pointer is bad.
/// * `ERROR_BROKEN_PIPE`: a pipe whose other end is closed.
/// * `ERROR_HANDLE_EOF`: with an OVERLAPPED, at or behind the end of the file; `GetOverlappedResult` says so, too.
/// * `ERROR_NETNAME_DELETED`: a connection was reset; others as `recv` reports them.
/// * `ERROR_IO_PENDING`: of a socket or a pipe with a name, with an OVERLAPPED: the operation has begun.
/// * Of a pipe with a name: `ERROR_MORE_DATA`: the message is longer, and the rest of it comes next; `ERROR_NO_DATA`: with
///   PIPE_NOWAIT, nothing is there; `ERROR_PIPE_LISTENING`: no client has come; `ERROR_PIPE_NOT_CONNECTED`: the server has cut the
///   connection off.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is a buffer, the other pointers are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReadFile(
    hFile: HANDLE,
    lpBuffer: *mut c_void,
    nNumberOfBytesToRead: DWORD,
    lpNumberOfBytesRead: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    // SAFETY: an out pointer.
    let begun = unsafe { tell_none(lpNumberOfBytesRead) };
    if let Some(pipe) = pipe_of(hFile) {
        // SAFETY: a buffer of the caller's, until the end.
        let room = unsafe { UserBufMut::new(lpBuffer.expose_provenance(), len(nNumberOfBytesToRead)) };
        // SAFETY: an out pointer and an overlapped pointer.
        return truth(unsafe { on_pipe(&pipe, What::Read(room), lpNumberOfBytesRead, lpOverlapped) });
    }
    if !lpOverlapped.is_null() && is_socket(hFile) {
        let room = (lpBuffer.expose_provenance(), nNumberOfBytesToRead);
        // SAFETY: the caller's pointers, handed on.
        return unsafe { overlapped::read(hFile.addr(), room, lpNumberOfBytesRead, lpOverlapped) };
    }
    let act = || -> Answer<()> {
        let (fd, facts) = facts(hFile)?;
        begun?;
        // SAFETY: a buffer and out pointers of the caller.
        unsafe {
            if facts.kind == libc::S_IFSOCK {
                let before = last_error::get();
                let got = of_socket(ws2_recv(fd.to_socket(), lpBuffer.cast(), int(nNumberOfBytesToRead), 0))?;
                last_error::set(before);
                return tell(got, lpNumberOfBytesRead, lpOverlapped);
            }
            let asked = asked(lpOverlapped, facts.kind)?;
            if let (libc::S_IFCHR, Some(times)) = (facts.kind, serial::timeouts(facts.identity)) {
                let limits = serial::limits(times, len(nNumberOfBytesToRead));
                let got = line::read(fd, lpBuffer as usize, len(nNumberOfBytesToRead), limits)?;
                tell(got, lpNumberOfBytesRead, lpOverlapped)?;
                return set(asked);
            }
            let got =
                file::read(fd, lpBuffer as usize, len(nNumberOfBytesToRead), asked.at).map_err(of_reading)?;
            let (ended, code) = match (got, facts.kind) {
                (0, libc::S_IFIFO) if nNumberOfBytesToRead > 0 => {
                    (status::STATUS_PIPE_BROKEN, Some(Code::ERROR_BROKEN_PIPE))
                }
                (0, _) if asked.at.is_some() && nNumberOfBytesToRead > 0 => {
                    (status::STATUS_END_OF_FILE, Some(Code::ERROR_HANDLE_EOF))
                }
                _ => (status::SUCCESS, None),
            };
            tell_end(got, lpNumberOfBytesRead, lpOverlapped, ended)?;
            if let Some(code) = code {
                return Err(code);
            }
            move_behind(fd, asked.at, got);
            set(asked)
        }
    };
    truth(act())
}

/// EBADF for an open file means that it was opened for the other direction.
fn of_mode(errno: Errno) -> Code {
    if errno.number() == libc::EBADF { Code::ERROR_ACCESS_DENIED } else { errno.into() }
}

/// A directory has no bytes to be read.
fn of_reading(errno: Errno) -> Code {
    if errno.number() == libc::EISDIR { Code::ERROR_INVALID_FUNCTION } else { of_mode(errno) }
}

/// What cannot be read from, to be written to a file, has a code of its own.
fn of_writing(errno: Errno, kind: u32) -> Code {
    const ERROR_INVALID_USER_BUFFER: Code = Code::from_number(1784);
    match (errno.number(), kind) {
        (libc::EFAULT, libc::S_IFREG) => ERROR_INVALID_USER_BUFFER,
        _ => of_mode(errno),
    }
}

/// Writes; how much, and why no more. A file system that cannot write behind the end in one step does it in two.
fn write(fd: Fd, bytes: UserBuf<'_>, place: Option<u64>, kind: u32) -> (usize, Result<(), Errno>) {
    let is_pipe = kind == libc::S_IFIFO;
    let place = match place {
        None => Place::Position,
        Some(END) => Place::End,
        Some(at) => Place::At(at),
    };
    match file::write_all(fd, bytes, place, is_pipe) {
        (0, Err(errno))
            if place == Place::End && matches!(errno.number(), libc::EOPNOTSUPP | libc::ENOSYS) =>
        {
            match file::seek(fd, 0, 2) {
                Ok(_) => file::write_all(fd, bytes, Place::Position, is_pipe),
                Err(errno) => (0, Err(errno)),
            }
        }
        other => other,
    }
}

/// `BOOL WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPDWORD lpNumberOfBytesWritten, LPOVERLAPPED lpOverlapped)`
///
/// Writes to a file, the console, a pipe or a socket: all of it, unless the disk is full or the other side goes. With an
/// OVERLAPPED it begins at the place that is given there, behind the end of the file where both halves of it are 0xFFFFFFFF; and the
/// call has ended when it returns: its event, which was reset at first, is set where the call has succeeded. The file's position is then
/// behind what was written, as with [`ReadFile`](ws2_ReadFile). How much was written is told where `lpNumberOfBytesWritten` is not NULL;
/// after an error, what was written before it.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file; in the OVERLAPPED no event.
/// * `ERROR_ACCESS_DENIED`: not opened for writing.
/// * `ERROR_INVALID_USER_BUFFER` (1784): of a file, the buffer cannot be read. `ERROR_NOACCESS`: another pointer, or of what is no file.
/// * `ERROR_NO_DATA`: a pipe that nobody reads any more, from the beginning or while it was written to. `SIGPIPE` does not rise.
/// * `ERROR_DISK_FULL`, `ERROR_FILE_TOO_LARGE`, `ERROR_IO_DEVICE`.
/// * `ERROR_NETNAME_DELETED`: a connection was reset; others as `send` reports them.
/// * `ERROR_IO_PENDING`: of a socket or a pipe with a name, with an OVERLAPPED: the operation has begun.
/// * Of a pipe with a name: `ERROR_PIPE_LISTENING`: no client has come; `ERROR_PIPE_NOT_CONNECTED`: the server has cut the connection
///   off; `ERROR_NO_SYSTEM_RESOURCES`: a message that is longer than the system lets one be (twice `net.core.wmem_max`).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is a buffer, the other pointers are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteFile(
    hFile: HANDLE,
    lpBuffer: *const c_void,
    nNumberOfBytesToWrite: DWORD,
    lpNumberOfBytesWritten: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    // SAFETY: an out pointer.
    let begun = unsafe { tell_none(lpNumberOfBytesWritten) };
    if let Some(pipe) = pipe_of(hFile) {
        let bytes = UserBuf::new(lpBuffer.expose_provenance(), len(nNumberOfBytesToWrite));
        // SAFETY: an out pointer and an overlapped pointer.
        return truth(unsafe { on_pipe(&pipe, What::Write(bytes, 0), lpNumberOfBytesWritten, lpOverlapped) });
    }
    if !lpOverlapped.is_null() && is_socket(hFile) {
        let bytes = (lpBuffer.expose_provenance(), nNumberOfBytesToWrite);
        // SAFETY: the caller's pointers, handed on.
        return unsafe { overlapped::write(hFile.addr(), bytes, lpNumberOfBytesWritten, lpOverlapped) };
    }
    let act = || -> Answer<()> {
        let (fd, facts) = facts(hFile)?;
        begun?;
        // SAFETY: a buffer and out pointers of the caller.
        unsafe {
            if facts.kind == libc::S_IFSOCK {
                let before = last_error::get();
                let sent =
                    of_socket(ws2_send(fd.to_socket(), lpBuffer.cast(), int(nNumberOfBytesToWrite), 0))?;
                last_error::set(before);
                return tell(sent, lpNumberOfBytesWritten, lpOverlapped);
            }
            let asked = asked(lpOverlapped, facts.kind)?;
            let bytes = UserBuf::new(lpBuffer as usize, len(nNumberOfBytesToWrite));
            let (written, done) = write(fd, bytes, asked.at, facts.kind);
            // A result tells of no success where a part only was written.
            let result = if done.is_ok() { lpOverlapped } else { std::ptr::null_mut() };
            tell(written, lpNumberOfBytesWritten, result)?;
            done.map_err(|errno| of_writing(errno, facts.kind))?;
            move_behind(fd, asked.at, written);
            set(asked)
        }
    };
    truth(act())
}
