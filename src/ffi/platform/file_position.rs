//! Where a file is read and written, and how long it is.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, give, put, set, truth};
use super::file::{descriptor, facts};
use super::types::{HANDLE, LARGE_INTEGER};
use crate::ffi::types::{BOOL, DWORD, LONG};
use crate::pipes::{self, calls};
use crate::platform::code::Code;
use crate::sys::UserBufMut;
use crate::sys::platform::{console, file};
use crate::sys::user::memory;

const INVALID_SET_FILE_POINTER: DWORD = DWORD::MAX;

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

/// Of a pipe it is what waits to be read at this end.
fn size(handle: HANDLE) -> Answer<u64> {
    let (fd, facts) = facts(handle)?;
    match facts.kind {
        libc::S_IFREG => Ok(facts.size),
        libc::S_IFIFO if file::is_for_writing_only(fd)? => Ok(0),
        libc::S_IFIFO => Ok(u64::from(console::waiting(fd)?)),
        libc::S_IFSOCK => {
            let pipe = pipes::at(fd).ok_or(Code::ERROR_INVALID_FUNCTION)?;
            // SAFETY: no room at all.
            let none = unsafe { UserBufMut::new(0, 0) };
            // Of an end that is only written to, or not connected, nothing waits.
            Ok(calls::peek(&pipe, &none).map_or(0, |found| found.there as u64))
        }
        _ => Err(Code::ERROR_INVALID_FUNCTION),
    }
}

/// `DWORD GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh)`
///
/// A file's size in bytes, or how many bytes wait to be read in a pipe; its upper half is told at `lpFileSizeHigh`, which may be NULL.
///
/// # Returns
/// The lower half; INVALID_FILE_SIZE (0xFFFFFFFF) after an error. Where that is also a size the last error is 0 after
/// success.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no open file.
/// * `ERROR_INVALID_FUNCTION`: a directory, a socket, the console.
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
/// A file's size in bytes, or how many bytes wait to be read in a pipe.
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
