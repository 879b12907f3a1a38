//! Handles whatever they stand for: `CloseHandle DuplicateHandle GetHandleInformation SetHandleInformation
//! CompareObjectHandles`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::call::{Out, truth};
use super::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::hold::{self, Duplicate};
use crate::pipes;

/// `BOOL CloseHandle(HANDLE hObject)`
///
/// Closes a handle; the object lives as long as another handle or a wait refers to it. A socket is closed as
/// [`closesocket`](super::super::closesocket) does it, and another descriptor as `close`. A thread goes on.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no handle, one that was closed, or one that is protected from it.
///
/// Source: KO7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseHandle(hObject: HANDLE) -> BOOL {
    truth(|f| write!(f, "CloseHandle({hObject:p})"), close(hObject))
}

/// Closes a handle of any kind.
pub(in crate::ffi) fn close(handle: HANDLE) -> Result<(), Code> {
    pipes::close(handle.addr()).unwrap_or_else(|| beside_pipes(handle, || hold::close(handle.addr())))
}

/// Closes a handle that is not known as an end of a pipe.
fn beside_pipes<T>(handle: HANDLE, close: impl FnOnce() -> T) -> T {
    let closed = close();
    pipes::was_closed(handle.addr());
    closed
}

/// Whether a handle is not one of a pipe that a thread is closing.
fn stays(handle: HANDLE) -> Result<usize, Code> {
    if pipes::is_closing(handle.addr()) { Err(Code::INVALID_HANDLE) } else { Ok(handle.addr()) }
}

/// `BOOL DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle, LPHANDLE lpTargetHandle, DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwOptions)`
///
/// Makes a second handle for what the first one stands for, which may be `GetCurrentThread()`. Both processes are this
/// one. Of a socket it is a second socket, closed by itself. Options: 1 closes the first handle, also where the call
/// fails, 2 takes over its rights.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: the handle, or a process other than this one.
/// * `ERROR_INVALID_PARAMETER`: another option, or neither a place for the handle nor option 1.
/// * `ERROR_NOACCESS`: `lpTargetHandle` cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles, no descriptor left.
///
/// Source: KO13, KO14, Windows' documentation.
///
/// # Safety
/// `lpTargetHandle` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DuplicateHandle(
    hSourceProcessHandle: HANDLE,
    hSourceHandle: HANDLE,
    hTargetProcessHandle: HANDLE,
    lpTargetHandle: *mut HANDLE,
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    dwOptions: DWORD,
) -> BOOL {
    let wanted = Duplicate {
        processes: [hSourceProcessHandle.addr(), hTargetProcessHandle.addr()],
        handle: hSourceHandle.addr(),
        access: dwDesiredAccess,
        inherited: bInheritHandle != 0,
        options: dwOptions,
    };
    let done = Out::optional(lpTargetHandle).and_then(|place| {
        if lpTargetHandle.is_null() {
            return if dwOptions & hold::CLOSE_SOURCE != 0 {
                match hold::may_duplicate(wanted).ok().and_then(|()| pipes::close(hSourceHandle.addr())) {
                    Some(closed) => closed,
                    None => beside_pipes(hSourceHandle, || {
                        hold::close_in(hSourceProcessHandle.addr(), hSourceHandle.addr())
                    }),
                }
            } else {
                Err(Code::INVALID_PARAMETER)
            };
        }
        let made = duplicate(wanted, hSourceHandle)?;
        // SAFETY: an out pointer.
        unsafe { place.put(std::ptr::without_provenance_mut(made)) }
    });
    truth(|f| write!(f, "DuplicateHandle({hSourceHandle:p}, ..., {dwOptions:#x})"), done)
}

/// A second handle; for the end of a pipe one that stands for the same end.
fn duplicate(wanted: Duplicate, source: HANDLE) -> Result<usize, Code> {
    if pipes::find(wanted.handle).is_none() {
        stays(source)?;
        return beside_pipes(source, || hold::duplicate(wanted));
    }
    let closes = wanted.options & hold::CLOSE_SOURCE != 0;
    let may = hold::may_duplicate(wanted);
    let made = may.and_then(|()| {
        pipes::calls::duplicate(wanted.handle, wanted.inherited).ok_or(Code::INVALID_HANDLE)?
    });
    if closes {
        let _ = pipes::close(wanted.handle);
    }
    made
}

/// `BOOL GetHandleInformation(HANDLE hObject, LPDWORD lpdwFlags)`
///
/// Tells what is noted of a handle: 1 programs that are started get it, 2 it is protected from `CloseHandle`. Only
/// descriptors, sockets among them, do get there.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no handle, or one that was closed.
/// * `ERROR_NOACCESS`: `lpdwFlags` cannot be written.
///
/// Source: KO15, Windows' documentation.
///
/// # Safety
/// `lpdwFlags` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetHandleInformation(hObject: HANDLE, lpdwFlags: *mut DWORD) -> BOOL {
    let told = Out::needed(lpdwFlags).and_then(|place| {
        let flags = hold::information(stays(hObject)?)?;
        // SAFETY: an out pointer.
        unsafe { place.put(flags) }
    });
    truth(|f| write!(f, "GetHandleInformation({hObject:p}, {lpdwFlags:p})"), told)
}

/// `BOOL SetHandleInformation(HANDLE hObject, DWORD dwMask, DWORD dwFlags)`
///
/// Notes those flags that are in the mask; see [`ws2_GetHandleInformation`]. A socket is not inherited before it is said
/// here.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another flag.
/// * `ERROR_NOT_SUPPORTED`: a descriptor cannot be protected.
/// * `ERROR_INVALID_HANDLE`: no handle, or one that was closed.
///
/// Source: KO15, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetHandleInformation(hObject: HANDLE, dwMask: DWORD, dwFlags: DWORD) -> BOOL {
    truth(
        |f| write!(f, "SetHandleInformation({hObject:p}, {dwMask:#x}, {dwFlags:#x})"),
        stays(hObject).and_then(|handle| hold::set_information(handle, dwMask, dwFlags)),
    )
}

/// `BOOL CompareObjectHandles(HANDLE hFirstObjectHandle, HANDLE hSecondObjectHandle)`
///
/// Whether two handles stand for the same object, socket or file.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_NOT_SAME_OBJECT`: they do not.
/// * `ERROR_INVALID_HANDLE`: one is no handle, or was closed.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CompareObjectHandles(hFirstObjectHandle: HANDLE, hSecondObjectHandle: HANDLE) -> BOOL {
    truth(
        |f| write!(f, "CompareObjectHandles({hFirstObjectHandle:p}, {hSecondObjectHandle:p})"),
        stays(hFirstObjectHandle)
            .and_then(|first| Ok((first, stays(hSecondObjectHandle)?)))
            .and_then(|(first, second)| hold::compare(first, second)),
    )
}
