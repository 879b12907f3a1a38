//! `CreateFile`, whose handle is a file descriptor, and what such a file is.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, give, inherits, needed, put, set, truth};
use super::file_open;
use super::named_pipe::pipe_name;
use super::start::of_kernel;
use super::types::{FILETIME, HANDLE, SECURITY_ATTRIBUTES};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::pipes::{self, calls, open as client};
use crate::platform::code::Code;
use crate::platform::{filetime, open, path};
use crate::sys::Fd;
use crate::sys::platform::file::{self, Facts};
use crate::sys::user::memory;

const INVALID_HANDLE_VALUE: HANDLE = usize::MAX as HANDLE;
const FILE_FLAG_OVERLAPPED: DWORD = 0x4000_0000;

/// The mark of a file that was opened with FILE_FLAG_OVERLAPPED, among the bits that its duplicates share. Of a file itself it has no
/// other meaning.
pub(super) const OF_OVERLAPPED: i32 = libc::O_NONBLOCK;

/// The mark of the screen, which is the same terminal as the keyboard. Of a terminal it has no other meaning.
pub(super) const OF_SCREEN: i32 = libc::O_APPEND;

/// The marks of a file that was just opened.
fn mark(is_screen: bool, is_overlapped: bool, fd: Fd) -> i32 {
    if !is_screen && !is_overlapped {
        return 0;
    }
    match file::look(fd).map(|facts| facts.kind) {
        Ok(libc::S_IFCHR) if is_screen => OF_SCREEN,
        Ok(libc::S_IFREG) if is_overlapped => OF_OVERLAPPED,
        _ => 0,
    }
}

/// The descriptor of a handle that a file can have. NULL is none: descriptor 0 has a number of its own as a handle.
pub(super) fn descriptor(handle: HANDLE) -> Answer<Fd> {
    super::standard::standard(handle)
        .or_else(|| Fd::from_socket(handle as usize).filter(|fd| (1..0x4000_0000).contains(&fd.number())))
        .ok_or(Code::ERROR_INVALID_HANDLE)
}

/// The descriptor, and what the kernel says of it; nothing where a thread is closing the handle.
pub(super) fn facts(handle: HANDLE) -> Answer<(Fd, Facts)> {
    let (fd, facts) = facts_of_any(handle)?;
    if facts.kind == libc::S_IFSOCK && pipes::is_closing(handle.addr()) {
        return Err(Code::ERROR_INVALID_HANDLE);
    }
    Ok((fd, facts))
}

/// The same for who asks by himself whether a pipe with a name is being closed.
pub(super) fn facts_of_any(handle: HANDLE) -> Answer<(Fd, Facts)> {
    let fd = descriptor(handle)?;
    let facts = file::look(fd)?;
    if crate::descriptor::is_placeholder_file(facts.identity) {
        return Err(Code::ERROR_INVALID_HANDLE);
    }
    Ok((fd, facts))
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
        // SAFETY: passed on to the caller.
        let (pipe, inherited) =
            unsafe { (pipe_name(name, Code::ERROR_PATH_NOT_FOUND)?, inherits(security)?) };
        if let Some(pipe) = pipe {
            open::plan(access | open::GENERIC_WRITE, disposition, attributes, inherited)?;
            let opened = client::open(&pipe, access, attributes & FILE_FLAG_OVERLAPPED != 0, inherited);
            let opened = opened.map_err(of_kernel)?;
            set(Code::ERROR_SUCCESS);
            return Ok(std::ptr::without_provenance_mut(opened));
        }
        // SAFETY: passed on to the caller.
        let text = unsafe { needed(name, Code::ERROR_PATH_NOT_FOUND)? };
        let name = path::linux(&text)?;
        let plan = open::plan(access, disposition, attributes, inherited)?;
        let (fd, existed) = file_open::open(&name, &plan)?;
        let bits = mark(path::is_screen(&text), attributes & FILE_FLAG_OVERLAPPED != 0, fd);
        if bits != 0 {
            file::add_flags(fd, bits).inspect_err(|_| file::close(fd))?;
        }
        set(if existed && plan.create { Code::ERROR_ALREADY_EXISTS } else { Code::ERROR_SUCCESS });
        Ok(fd.to_socket() as HANDLE)
    };
    give(act(), INVALID_HANDLE_VALUE)
}

/// `HANDLE CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)`
///
/// Opens or makes a file. The name may have `\` or `/`; letter case counts in it. NUL, CON, CONIN$ and CONOUT$ are what they
/// are on Windows. COM1 to COM9, and with `\\.\` in front others, too, are the serial lines from `/dev/ttyS0` on. The handle is a file
/// descriptor, 3 or more.
///
/// Sharing is not enforced: others may open the file as they like. A file with FILE_FLAG_DELETE_ON_CLOSE loses its name at
/// once. With FILE_FLAG_OVERLAPPED reading and writing ends before the call returns all the same; what is read and written with an
/// OVERLAPPED leaves such a file's position alone. CREATE_ALWAYS empties a file that is there whatever the handle may do with it.
///
/// `\.\pipe\NAME` is the client's end of a pipe of [`CreateNamedPipe`](super::ws2_CreateNamedPipeA), whatever the disposition. It
/// reads bytes and its calls wait, until [`SetNamedPipeHandleState`](super::ws2_SetNamedPipeHandleState) says otherwise; there
/// FILE_FLAG_OVERLAPPED means what it says.
///
/// # Returns
/// The handle, which `CloseHandle` closes, or INVALID_HANDLE_VALUE. After success the last error is 0; with CREATE_ALWAYS and
/// OPEN_ALWAYS `ERROR_ALREADY_EXISTS` if the file was there.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`: there is none of that name.
/// * `ERROR_PATH_NOT_FOUND`: a directory on the way is missing; the name is NULL or empty; it is a directory's with a `\` at its end, without
///   FILE_FLAG_BACKUP_SEMANTICS.
/// * `ERROR_FILE_EXISTS`: with CREATE_NEW, it is there.
/// * `ERROR_ACCESS_DENIED`: not permitted; a directory without FILE_FLAG_BACKUP_SEMANTICS, with CREATE_NEW, too.
/// * `ERROR_INVALID_PARAMETER`: no such disposition; TRUNCATE_EXISTING without GENERIC_WRITE.
/// * `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_DISK_FULL`, `ERROR_WRITE_PROTECT`.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Of pipes: `ERROR_FILE_NOT_FOUND`: there is no instance; `ERROR_PIPE_BUSY`: there are, and none is free; `ERROR_ACCESS_DENIED`: the pipe
/// goes the other way; `ERROR_INVALID_NAME`; `ERROR_BAD_NETPATH`: on another machine.
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
/// Waits until a file is on the disk; of a pipe with a name, until the other end has read all. Of a pipe without one it waits for
/// nothing, since Linux does not tell when it was read.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file, or the console. `ERROR_DISK_FULL`, `ERROR_IO_DEVICE`.
/// * Of a pipe with a name: `ERROR_BROKEN_PIPE`: the other end was closed before; `ERROR_PIPE_NOT_CONNECTED`: the server has cut the
///   connection off meanwhile; `ERROR_ACCESS_DENIED`: an end that only reads.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlushFileBuffers(hFile: HANDLE) -> BOOL {
    truth(facts(hFile).and_then(|(fd, facts)| match facts.kind {
        libc::S_IFSOCK => match pipes::at(fd) {
            Some(pipe) => calls::flush(&pipe).map_err(of_kernel),
            None => Ok(()),
        },
        libc::S_IFIFO => Ok(()),
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

/// `BOOL SetFileTime(HANDLE hFile, const FILETIME *lpCreationTime, const FILETIME *lpLastAccessTime, const FILETIME *lpLastWriteTime)`
///
/// Sets when a file was read and written. A time that is NULL, 0 or all ones stays as it is. The time of creation is looked at
/// and not set, since Linux sets it alone.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no open file. `ERROR_NOACCESS`: a time cannot be read. `ERROR_ACCESS_DENIED`: another user's file.
/// `ERROR_WRITE_PROTECT`: the file system is read-only.
///
/// Source: Windows documentation.
///
/// # Safety
/// The times are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetFileTime(
    hFile: HANDLE,
    lpCreationTime: *const FILETIME,
    lpLastAccessTime: *const FILETIME,
    lpLastWriteTime: *const FILETIME,
) -> BOOL {
    let time = |from: *const FILETIME| -> Answer<Option<(i64, i64)>> {
        if from.is_null() {
            return Ok(None);
        }
        // SAFETY: an in pointer; any bits are a time.
        Ok(filetime::to_set(unsafe { memory::read(from) }.ok_or(Code::ERROR_NOACCESS)?.into()))
    };
    truth(facts(hFile).and_then(|(fd, _)| {
        let [_, read, written] = [time(lpCreationTime)?, time(lpLastAccessTime)?, time(lpLastWriteTime)?];
        Ok(file::set_times(fd, read, written)?)
    }))
}
