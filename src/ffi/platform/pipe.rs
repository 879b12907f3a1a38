//! Pipes without a name, `CreatePipe`; and what is in a pipe of either kind, `PeekNamedPipe`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, count, inherits, len, put, truth};
use super::file::facts;
use super::start::of_kernel;
use super::types::{HANDLE, SECURITY_ATTRIBUTES};
use crate::ffi::types::{BOOL, DWORD};
use crate::pipes::{self, calls};
use crate::platform::code::Code;
use crate::sys::UserBufMut;
use crate::sys::platform::{console, file, pipe};
use crate::sys::user::memory;

/// `BOOL CreatePipe(PHANDLE hReadPipe, PHANDLE hWritePipe, LPSECURITY_ATTRIBUTES lpPipeAttributes, DWORD nSize)`
///
/// Makes a pipe: what is written at one end is read at the other. Programs that are started get both ends where
/// `lpPipeAttributes` says so. `nSize` is a wish; 0 stands for the system's own, 64 KiB.
///
/// # Errors
/// * `ERROR_NOACCESS`: a pointer is bad.
/// * `ERROR_TOO_MANY_OPEN_FILES`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPipeAttributes` is an in pointer, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreatePipe(
    hReadPipe: *mut HANDLE,
    hWritePipe: *mut HANDLE,
    lpPipeAttributes: *mut SECURITY_ATTRIBUTES,
    nSize: DWORD,
) -> BOOL {
    let act = || -> Answer<()> {
        let there =
            |place: *mut HANDLE| !place.is_null() && memory::writable(place.addr(), size_of::<HANDLE>());
        if !there(hReadPipe) || !there(hWritePipe) {
            return Err(Code::ERROR_NOACCESS);
        }
        // SAFETY: an in pointer.
        let inherited = unsafe { inherits(lpPipeAttributes)? };
        let [read, write] = pipe::make(inherited)?;
        if nSize > 0 {
            pipe::set_room(write, nSize);
        }
        // SAFETY: out pointers.
        let told = unsafe {
            put(hReadPipe, read.to_socket() as HANDLE)
                .and_then(|()| put(hWritePipe, write.to_socket() as HANDLE))
        };
        told.inspect_err(|_| {
            file::close(read);
            file::close(write);
        })
    };
    truth(act())
}

/// `BOOL PeekNamedPipe(HANDLE hNamedPipe, LPVOID lpBuffer, DWORD nBufferSize, LPDWORD lpBytesRead, LPDWORD lpTotalBytesAvail, LPDWORD lpBytesLeftThisMessage)`
///
/// Tells how much a pipe has to read, and copies its beginning, without taking it out. Every pointer may be NULL. Of a pipe that keeps messages apart the first one is copied, and what is left of it is told.
///
/// # Errors
/// * `ERROR_BROKEN_PIPE`: nothing is left and nobody will write.
/// * `ERROR_BAD_PIPE`: of a pipe with a name, no other end is connected.
/// * `ERROR_INVALID_FUNCTION`: no pipe; `recv` with MSG_PEEK looks at a socket.
/// * `ERROR_ACCESS_DENIED`: the end where it is written.
/// * `ERROR_INVALID_HANDLE`, `ERROR_NOACCESS`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is a buffer, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_PeekNamedPipe(
    hNamedPipe: HANDLE,
    lpBuffer: *mut c_void,
    nBufferSize: DWORD,
    lpBytesRead: *mut DWORD,
    lpTotalBytesAvail: *mut DWORD,
    lpBytesLeftThisMessage: *mut DWORD,
) -> BOOL {
    let act = || -> Answer<()> {
        let (fd, facts) = facts(hNamedPipe)?;
        let told = |copied, available, left| {
            let places =
                [(lpBytesRead, copied), (lpTotalBytesAvail, available), (lpBytesLeftThisMessage, left)];
            for (place, value) in places.into_iter().filter(|(place, _)| !place.is_null()) {
                // SAFETY: an out pointer.
                unsafe { put(place, value)? };
            }
            Ok(())
        };
        if facts.kind == libc::S_IFSOCK
            && let Some(pipe) = pipes::at(fd)
        {
            let size = if lpBuffer.is_null() { 0 } else { len(nBufferSize) };
            // SAFETY: a buffer of the caller's.
            let room = unsafe { UserBufMut::new(lpBuffer.expose_provenance(), size) };
            let found = calls::peek(&pipe, &room).map_err(of_kernel)?;
            return told(count(found.copied), count(found.there), count(found.left));
        }
        if facts.kind != libc::S_IFIFO {
            return Err(Code::ERROR_INVALID_FUNCTION);
        }
        if file::is_for_writing_only(fd)? {
            return Err(Code::ERROR_ACCESS_DENIED);
        }
        let available = console::waiting(fd)?;
        // A writer may have written and gone since: then there is something.
        if available == 0 && pipe::is_broken(fd) && console::waiting(fd)? == 0 {
            return Err(Code::ERROR_BROKEN_PIPE);
        }
        let wanted = if lpBuffer.is_null() { 0 } else { nBufferSize.min(available) };
        let copied = match wanted {
            0 => 0,
            wanted => count(pipe::peek(fd, lpBuffer.expose_provenance(), len(wanted))?),
        };
        told(copied, available, 0)
    };
    truth(act())
}
