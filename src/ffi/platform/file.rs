//! `CreateFile` and what is done with its handle, which is a file descriptor. `ReadFile` and `WriteFile` take sockets, too.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::answer::{Answer, Unit, count, file_name, give, len, put, set, truth};
use super::types::{FILETIME, HANDLE, LARGE_INTEGER, SECURITY_ATTRIBUTES};
use crate::error::last_error;
use crate::ffi::overlapped::file as overlapped;
use crate::ffi::types::{BOOL, DWORD, LONG, OVERLAPPED, WCHAR};
use crate::ffi::{ws2_recv, ws2_send};
use crate::platform::code::Code;
use crate::platform::{errno, filetime, open};
use crate::sys::platform::file::{self, Facts};
use crate::sys::user::memory;
use crate::sys::{Errno, Fd, UserBuf};

const INVALID_HANDLE_VALUE: HANDLE = usize::MAX as HANDLE;
const INVALID_SET_FILE_POINTER: DWORD = DWORD::MAX;

/// The descriptor of a handle that a file can have.
pub(super) fn descriptor(handle: HANDLE) -> Answer<Fd> {
    super::console::standard(handle)
        .or_else(|| Fd::from_socket(handle as usize).filter(|fd| fd.number() < 0x4000_0000))
        .ok_or(Code::ERROR_INVALID_HANDLE)
}

/// The descriptor, and what the kernel says of it.
fn facts(handle: HANDLE) -> Answer<(Fd, Facts)> {
    let fd = descriptor(handle)?;
    Ok((fd, file::look(fd)?))
}

/// # Safety
/// `name` and `security` are in pointers.
unsafe fn create<T: Unit>(
    name: *const T,
    access: DWORD,
    security: *const SECURITY_ATTRIBUTES,
    disposition: DWORD,
    attributes: DWORD,
) -> HANDLE {
    let act = || -> Answer<HANDLE> {
        // SAFETY: passed on to the caller; any bytes are numbers and an address.
        let (name, inherited) = unsafe {
            (file_name(name)?, memory::read(security).is_some_and(|security| security.bInheritHandle != 0))
        };
        let plan = open::plan(access, disposition, attributes, inherited)?;
        let missing = |errno: Errno| match errno.number() {
            // A directory on the way is missing, or the file itself.
            libc::ENOENT => {
                let bytes = name.to_bytes();
                let parent = bytes
                    .iter()
                    .rposition(|&byte| byte == b'/')
                    .map_or(&b"."[..], |at| bytes.get(..at.max(1)).unwrap_or_default());
                let there = std::ffi::CString::new(parent).is_ok_and(|parent| file::look_at(&parent).is_ok());
                if there { Code::ERROR_FILE_NOT_FOUND } else { Code::ERROR_PATH_NOT_FOUND }
            }
            _ => errno.into(),
        };
        let mut existed = true;
        let fd = if plan.create {
            match file::open(&name, plan.flags | libc::O_CREAT | libc::O_EXCL, plan.mode) {
                Ok(fd) => {
                    existed = false;
                    fd
                }
                Err(errno) if errno.number() == libc::EEXIST && plan.existing => {
                    file::open(&name, plan.flags, 0).map_err(missing)?
                }
                Err(errno) => return Err(missing(errno)),
            }
        } else {
            file::open(&name, plan.flags, 0).map_err(missing)?
        };
        let finish = || -> Answer<()> {
            let facts = file::look(fd)?;
            if facts.kind == libc::S_IFDIR && !plan.directory {
                return Err(Code::ERROR_ACCESS_DENIED);
            }
            if existed && plan.truncate && facts.kind == libc::S_IFREG {
                file::set_size(fd, 0)?;
            }
            if plan.unlink {
                file::remove(&name)?;
            }
            Ok(())
        };
        if let Err(code) = finish() {
            file::close(fd);
            return Err(code);
        }
        if plan.create && plan.existing {
            set(if existed { Code::ERROR_ALREADY_EXISTS } else { Code::ERROR_SUCCESS });
        }
        Ok(fd.to_socket() as HANDLE)
    };
    give(act(), INVALID_HANDLE_VALUE)
}

/// `HANDLE CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)`
///
/// Opens or makes a file. The name may have `\` or `/`; letter case counts in it. NUL, CON, CONIN$ and CONOUT$ are what they
/// are on Windows. The handle is a file descriptor, 3 or more.
///
/// Sharing is not enforced: others may open the file as they like. A file with FILE_FLAG_DELETE_ON_CLOSE loses its name at
/// once. FILE_FLAG_OVERLAPPED is taken; reading and writing ends before the call returns all the same.
///
/// # Returns
/// The handle, which `CloseHandle` closes, or INVALID_HANDLE_VALUE. After success with CREATE_ALWAYS or OPEN_ALWAYS the last
/// error is `ERROR_ALREADY_EXISTS` if the file was there, else 0.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way is missing; the name is NULL or empty.
/// * `ERROR_FILE_EXISTS`: with CREATE_NEW, it is there.
/// * `ERROR_ACCESS_DENIED`: not permitted; a directory without FILE_FLAG_BACKUP_SEMANTICS.
/// * `ERROR_INVALID_PARAMETER`: no such disposition; TRUNCATE_EXISTING without GENERIC_WRITE.
/// * `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_DISK_FULL`, `ERROR_WRITE_PROTECT`.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` and `lpSecurityAttributes` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateFileA(
    lpFileName: *const c_char,
    dwDesiredAccess: DWORD,
    dwShareMode: DWORD,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
    dwCreationDisposition: DWORD,
    dwFlagsAndAttributes: DWORD,
    hTemplateFile: HANDLE,
) -> HANDLE {
    let _ = (dwShareMode, hTemplateFile);
    let (how, bits) = (dwCreationDisposition, dwFlagsAndAttributes);
    // SAFETY: in pointers.
    unsafe { create(lpFileName, dwDesiredAccess, lpSecurityAttributes, how, bits) }
}

/// `HANDLE CreateFileW(LPCWSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)`
///
/// [`CreateFileA`](ws2_CreateFileA) with a name in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileName` and `lpSecurityAttributes` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateFileW(
    lpFileName: *const WCHAR,
    dwDesiredAccess: DWORD,
    dwShareMode: DWORD,
    lpSecurityAttributes: *mut SECURITY_ATTRIBUTES,
    dwCreationDisposition: DWORD,
    dwFlagsAndAttributes: DWORD,
    hTemplateFile: HANDLE,
) -> HANDLE {
    let _ = (dwShareMode, hTemplateFile);
    let (how, bits) = (dwCreationDisposition, dwFlagsAndAttributes);
    // SAFETY: in pointers.
    unsafe { create(lpFileName, dwDesiredAccess, lpSecurityAttributes, how, bits) }
}

/// Where an overlapped call reads or writes; none without one.
///
/// # Safety
/// `request` is an in pointer.
unsafe fn place(request: *const OVERLAPPED) -> Answer<Option<u64>> {
    if request.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller; any bytes are numbers.
    let request = unsafe { memory::read(request) }.ok_or(Code::ERROR_NOACCESS)?;
    if !request.hEvent.is_null() {
        return Err(Code::ERROR_NOT_SUPPORTED);
    }
    Ok(Some(u64::from(request.OffsetHigh) << 32 | u64::from(request.Offset)))
}

/// Tells how much was moved.
///
/// # Safety
/// Both are out pointers.
unsafe fn tell(moved: usize, to: *mut DWORD, request: *mut OVERLAPPED) -> Answer<()> {
    // SAFETY: passed on to the caller.
    unsafe {
        if !request.is_null() {
            put(&raw mut (*request).Internal, 0)?;
            put(&raw mut (*request).InternalHigh, moved)?;
        }
        if !to.is_null() || request.is_null() {
            put(to, count(moved))?;
        }
        Ok(())
    }
}

/// What a socket's own function gave: a count, or the last error in the words of `ReadFile`.
fn is_socket(handle: HANDLE) -> bool {
    facts(handle).is_ok_and(|(_, facts)| facts.kind == libc::S_IFSOCK)
}

fn of_socket(moved: i32) -> Answer<usize> {
    usize::try_from(moved).map_err(|_| errno::of_socket(last_error::get()))
}

/// As much as fits into an `int` at a time.
fn int(size: DWORD) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}

/// `BOOL ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead, LPOVERLAPPED lpOverlapped)`
///
/// Reads from a file, the console, a pipe or a socket. With an OVERLAPPED the position is its own, and the call has ended
/// when it returns. At the end of a file and of a connection it succeeds with 0 bytes; what was typed ends with `\n` and not
/// with `\r\n`.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_ACCESS_DENIED`: not opened for reading.
/// * `ERROR_NOACCESS`: a pointer is bad.
/// * `ERROR_BROKEN_PIPE`: a pipe whose other end is closed.
/// * `ERROR_HANDLE_EOF`: with an OVERLAPPED, at or behind the end of the file.
/// * `ERROR_NETNAME_DELETED`: a connection was reset; others as `recv` reports them.
/// * `ERROR_NOT_SUPPORTED`: an OVERLAPPED with an event, for a file.
/// * `ERROR_IO_PENDING`: of a socket with an OVERLAPPED: the operation has begun.
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
    if !lpOverlapped.is_null() && is_socket(hFile) {
        let room = (lpBuffer.expose_provenance(), nNumberOfBytesToRead);
        // SAFETY: the caller's pointers, handed on.
        return unsafe { overlapped::read(hFile.addr(), room, lpNumberOfBytesRead, lpOverlapped) };
    }
    let act = || -> Answer<()> {
        let (fd, facts) = facts(hFile)?;
        // SAFETY: a buffer and out pointers of the caller.
        unsafe {
            if facts.kind == libc::S_IFSOCK {
                let before = last_error::get();
                let got = of_socket(ws2_recv(fd.to_socket(), lpBuffer.cast(), int(nNumberOfBytesToRead), 0))?;
                last_error::set(before);
                return tell(got, lpNumberOfBytesRead, lpOverlapped);
            }
            let at = place(lpOverlapped)?;
            let got = file::read(fd, lpBuffer as usize, len(nNumberOfBytesToRead), at).map_err(of_mode)?;
            tell(got, lpNumberOfBytesRead, lpOverlapped)?;
            match (got, facts.kind) {
                (0, libc::S_IFIFO) if nNumberOfBytesToRead > 0 => Err(Code::ERROR_BROKEN_PIPE),
                (0, _) if at.is_some() && nNumberOfBytesToRead > 0 => Err(Code::ERROR_HANDLE_EOF),
                _ => Ok(()),
            }
        }
    };
    truth(act())
}

/// EBADF for an open file means that it was opened for the other direction.
fn of_mode(errno: Errno) -> Code {
    if errno.number() == libc::EBADF { Code::ERROR_ACCESS_DENIED } else { errno.into() }
}

/// `BOOL WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPDWORD lpNumberOfBytesWritten, LPOVERLAPPED lpOverlapped)`
///
/// Writes to a file, the console, a pipe or a socket: all of it, unless the disk is full or the other side goes. With an
/// OVERLAPPED the position is its own, and the call has ended when it returns.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_ACCESS_DENIED`: not opened for writing.
/// * `ERROR_NOACCESS`: a pointer is bad.
/// * `ERROR_NO_DATA`: a pipe that nobody reads any more. `SIGPIPE` does not rise.
/// * `ERROR_DISK_FULL`.
/// * `ERROR_NETNAME_DELETED`: a connection was reset; others as `send` reports them.
/// * `ERROR_NOT_SUPPORTED`: an OVERLAPPED with an event, for a file.
/// * `ERROR_IO_PENDING`: of a socket with an OVERLAPPED: the operation has begun.
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
    if !lpOverlapped.is_null() && is_socket(hFile) {
        let bytes = (lpBuffer.expose_provenance(), nNumberOfBytesToWrite);
        // SAFETY: the caller's pointers, handed on.
        return unsafe { overlapped::write(hFile.addr(), bytes, lpNumberOfBytesWritten, lpOverlapped) };
    }
    let act = || -> Answer<()> {
        let (fd, facts) = facts(hFile)?;
        // SAFETY: a buffer and out pointers of the caller.
        unsafe {
            if facts.kind == libc::S_IFSOCK {
                let before = last_error::get();
                let sent =
                    of_socket(ws2_send(fd.to_socket(), lpBuffer.cast(), int(nNumberOfBytesToWrite), 0))?;
                last_error::set(before);
                return tell(sent, lpNumberOfBytesWritten, lpOverlapped);
            }
            let at = place(lpOverlapped)?;
            let bytes = UserBuf::new(lpBuffer as usize, len(nNumberOfBytesToWrite));
            let written = file::write(fd, bytes, at, facts.kind == libc::S_IFIFO).map_err(of_mode)?;
            tell(written, lpNumberOfBytesWritten, lpOverlapped)?;
            if written < bytes.len() { Err(Code::ERROR_DISK_FULL) } else { Ok(()) }
        }
    };
    truth(act())
}

fn seek(handle: HANDLE, distance: i64, method: DWORD) -> Answer<u64> {
    if method > 2 {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    file::seek(descriptor(handle)?, distance, method).map_err(|errno| match errno.number() {
        libc::EINVAL => Code::ERROR_NEGATIVE_SEEK,
        _ => errno.into(),
    })
}

/// `DWORD SetFilePointer(HANDLE hFile, LONG lDistanceToMove, PLONG lpDistanceToMoveHigh, DWORD dwMoveMethod)`
///
/// Moves a file's position: FILE_BEGIN (0), FILE_CURRENT (1), FILE_END (2). The upper half of the distance, and of the new
/// position, is at `lpDistanceToMoveHigh`, which may be NULL.
///
/// # Returns
/// The lower half of the position; INVALID_SET_FILE_POINTER (0xFFFFFFFF) after an error. Where that is also a position the
/// last error is 0 after success.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_NEGATIVE_SEEK`: it would be before the beginning; it stays.
/// * `ERROR_INVALID_PARAMETER`: no such method; the position has no room in 32 bits and there is no upper half.
/// * `ERROR_INVALID_FUNCTION`: it has no position.
/// * `ERROR_NOACCESS`: the upper half cannot be read or written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpDistanceToMoveHigh` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetFilePointer(
    hFile: HANDLE,
    lDistanceToMove: LONG,
    lpDistanceToMoveHigh: *mut LONG,
    dwMoveMethod: DWORD,
) -> DWORD {
    let act = || -> Answer<DWORD> {
        let distance = if lpDistanceToMoveHigh.is_null() {
            i64::from(lDistanceToMove)
        } else {
            // SAFETY: an out pointer, which is read, too.
            let high =
                unsafe { memory::read(lpDistanceToMoveHigh.cast_const()) }.ok_or(Code::ERROR_NOACCESS)?;
            i64::from(high) << 32 | i64::from(lDistanceToMove.cast_unsigned())
        };
        let before = seek(hFile, 0, 1)?;
        let at = seek(hFile, distance, dwMoveMethod)?;
        let low = DWORD::try_from(at & 0xFFFF_FFFF).unwrap_or(0);
        let high = LONG::try_from(at >> 32).unwrap_or(0);
        if !lpDistanceToMoveHigh.is_null() {
            // SAFETY: an out pointer.
            unsafe { put(lpDistanceToMoveHigh, high)? };
        } else if high != 0 {
            seek(hFile, before.cast_signed(), 0)?;
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        if low == INVALID_SET_FILE_POINTER {
            set(Code::ERROR_SUCCESS);
        }
        Ok(low)
    };
    give(act(), INVALID_SET_FILE_POINTER)
}

/// `BOOL SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove, PLARGE_INTEGER lpNewFilePointer, DWORD dwMoveMethod)`
///
/// Likewise in 64 bits; `lpNewFilePointer` may be NULL.
///
/// # Errors
/// As [`SetFilePointer`](ws2_SetFilePointer).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpNewFilePointer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetFilePointerEx(
    hFile: HANDLE,
    liDistanceToMove: LARGE_INTEGER,
    lpNewFilePointer: *mut LARGE_INTEGER,
    dwMoveMethod: DWORD,
) -> BOOL {
    truth(seek(hFile, liDistanceToMove, dwMoveMethod).and_then(|at| {
        if lpNewFilePointer.is_null() {
            return Ok(());
        }
        // SAFETY: an out pointer.
        unsafe { put(lpNewFilePointer, at.cast_signed()) }
    }))
}

/// `BOOL SetEndOfFile(HANDLE hFile)`
///
/// Ends a file at its position.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_ACCESS_DENIED`: not opened for writing.
/// * `ERROR_INVALID_FUNCTION`: it has no position.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetEndOfFile(hFile: HANDLE) -> BOOL {
    truth(seek(hFile, 0, 1).and_then(|at| {
        file::set_size(descriptor(hFile)?, at).map_err(|errno| match errno.number() {
            libc::EINVAL | libc::EBADF => Code::ERROR_ACCESS_DENIED,
            _ => errno.into(),
        })
    }))
}

fn size(handle: HANDLE) -> Answer<u64> {
    let (_, facts) = facts(handle)?;
    if facts.kind == libc::S_IFREG { Ok(facts.size) } else { Err(Code::ERROR_INVALID_FUNCTION) }
}

/// `DWORD GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh)`
///
/// A file's size in bytes; its upper half is told at `lpFileSizeHigh`, which may be NULL.
///
/// # Returns
/// The lower half; INVALID_FILE_SIZE (0xFFFFFFFF) after an error. Where that is also a size the last error is 0 after
/// success.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_INVALID_FUNCTION`: a pipe, a socket, the console.
/// * `ERROR_NOACCESS`: the upper half cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileSizeHigh` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileSize(hFile: HANDLE, lpFileSizeHigh: *mut DWORD) -> DWORD {
    let answer = size(hFile).and_then(|size| {
        let half = |bits: u64| DWORD::try_from(bits & 0xFFFF_FFFF).unwrap_or(0);
        if !lpFileSizeHigh.is_null() {
            // SAFETY: an out pointer.
            unsafe { put(lpFileSizeHigh, half(size >> 32))? };
        }
        if half(size) == DWORD::MAX {
            set(Code::ERROR_SUCCESS);
        }
        Ok(half(size))
    });
    give(answer, DWORD::MAX)
}

/// `BOOL GetFileSizeEx(HANDLE hFile, PLARGE_INTEGER lpFileSize)`
///
/// A file's size in bytes.
///
/// # Errors
/// As [`GetFileSize`](ws2_GetFileSize).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileSize` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileSizeEx(hFile: HANDLE, lpFileSize: *mut LARGE_INTEGER) -> BOOL {
    // SAFETY: an out pointer.
    truth(size(hFile).and_then(|size| unsafe { put(lpFileSize, size.cast_signed()) }))
}

/// `DWORD GetFileType(HANDLE hFile)`
///
/// What a handle is: FILE_TYPE_DISK (1), FILE_TYPE_CHAR (2, the console), FILE_TYPE_PIPE (3, also a socket).
///
/// # Returns
/// The kind; FILE_TYPE_UNKNOWN (0) after an error, and with last error 0 for anything else.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no open file.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetFileType(hFile: HANDLE) -> DWORD {
    give(
        facts(hFile).map(|(_, facts)| match facts.kind {
            libc::S_IFREG | libc::S_IFDIR | libc::S_IFBLK => 1,
            libc::S_IFCHR => 2,
            libc::S_IFIFO | libc::S_IFSOCK => 3,
            _ => {
                set(Code::ERROR_SUCCESS);
                0
            }
        }),
        0,
    )
}

/// `BOOL FlushFileBuffers(HANDLE hFile)`
///
/// Waits until a file is on the disk. Of a pipe it waits for nothing, since Linux does not tell when it was read.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no open file, or the console. `ERROR_DISK_FULL`, `ERROR_IO_DEVICE`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlushFileBuffers(hFile: HANDLE) -> BOOL {
    truth(facts(hFile).and_then(|(fd, facts)| match facts.kind {
        libc::S_IFIFO | libc::S_IFSOCK => Ok(()),
        libc::S_IFCHR => Err(Code::ERROR_INVALID_HANDLE),
        _ => Ok(file::flush(fd)?),
    }))
}

/// `BOOL GetFileTime(HANDLE hFile, LPFILETIME lpCreationTime, LPFILETIME lpLastAccessTime, LPFILETIME lpLastWriteTime)`
///
/// When a file was read and written; each may be NULL. The time of creation is that of the last change, since Linux does
/// not tell it everywhere.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no open file. `ERROR_NOACCESS`: a time cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// The times are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetFileTime(
    hFile: HANDLE,
    lpCreationTime: *mut FILETIME,
    lpLastAccessTime: *mut FILETIME,
    lpLastWriteTime: *mut FILETIME,
) -> BOOL {
    truth(facts(hFile).and_then(|(_, facts)| {
        let times = [
            (lpCreationTime, facts.written),
            (lpLastAccessTime, facts.read),
            (lpLastWriteTime, facts.written),
        ];
        for (to, (seconds, nanoseconds)) in times.into_iter().filter(|(to, _)| !to.is_null()) {
            // SAFETY: an out pointer.
            unsafe { put(to, filetime::from_unix(seconds, nanoseconds).into())? };
        }
        Ok(())
    }))
}
