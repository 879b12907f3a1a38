//! `ReadFileEx` and `WriteFileEx`: the end is told by a routine, which the thread runs when it waits and may be interrupted.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, len, truth};
use super::file_transfer::{is_socket, pipe_of, ws2_ReadFile, ws2_WriteFile};
use super::named_pipe::{run_on, wish};
use super::start::of_kernel;
use super::types::HANDLE;
use crate::error::last_error;
use crate::ffi::kernel::call::pointer;
use crate::ffi::kernel::types::LPOVERLAPPED_COMPLETION_ROUTINE;
use crate::ffi::overlapped::file as overlapped;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED};
use crate::kernel::apc::Apc;
use crate::kernel::thread::Caller;
use crate::overlapped::cancel;
use crate::overlapped::request::{Routine, RoutineCall, Wish};
use crate::pipes::What;
use crate::platform::code::Code;
use crate::sys::{UserBuf, UserBufMut};
use crate::windows::status;

const ERROR_IO_PENDING: u32 = 997;

/// What is to be moved.
#[derive(Clone, Copy)]
enum Way {
    Read(*mut c_void, DWORD),
    Write(*const c_void, DWORD),
}

fn call_routine(words: [usize; 4]) {
    let RoutineCall { address, error, bytes, overlapped, .. } = RoutineCall::from_words(words);
    // SAFETY: `begin` made the number of a function of this type.
    let routine =
        unsafe { std::mem::transmute::<*mut c_void, LPOVERLAPPED_COMPLETION_ROUTINE>(pointer(address)) };
    if let Some(routine) = routine {
        // SAFETY: a routine, which the caller handed out for its thread.
        unsafe { routine(error, bytes, pointer(overlapped).cast()) }
    }
}

/// The same for a socket: its operations tell Winsock's code, which becomes Windows'.
fn call_for_socket(words: [usize; 4]) {
    let call = RoutineCall::from_words(words);
    let error = status::to_windows(status::from_winsock(call.error.cast_signed()));
    call_routine(RoutineCall { error, ..call }.words());
}

/// # Safety
/// A buffer and an overlapped pointer, until the end; a routine for the calling thread.
unsafe fn begin(
    handle: HANDLE,
    way: Way,
    overlapped: *mut OVERLAPPED,
    routine: LPOVERLAPPED_COMPLETION_ROUTINE,
) -> Answer<()> {
    let routine = routine.ok_or(Code::ERROR_INVALID_PARAMETER)?;
    // SAFETY: passed on to the caller.
    let wish = unsafe { wish(overlapped)? }.ok_or(Code::ERROR_INVALID_PARAMETER)?;
    let address = (routine as *mut c_void).expose_provenance();
    let told = Routine { call: call_routine, address };
    let wish = Wish { routine: Some(told), ..wish };
    if let Some(pipe) = pipe_of(handle) {
        let what = match way {
            // SAFETY: passed on to the caller.
            Way::Read(at, size) => What::Read(unsafe { UserBufMut::new(at.expose_provenance(), len(size)) }),
            Way::Write(at, size) => What::Write(UserBuf::new(at.expose_provenance(), len(size)), 0),
        };
        if !pipe.ends_later() {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        return match run_on(&pipe, what, Some(wish)) {
            Err(code) if code.number() == ERROR_IO_PENDING => Ok(()),
            // Also where the message is longer.
            other => other.map(drop),
        };
    }
    let before = last_error::get();
    if is_socket(handle) {
        let wish = Wish { routine: Some(Routine { call: call_for_socket, address }), ..wish };
        let begun = match way {
            // SAFETY: passed on to the caller.
            Way::Read(at, size) => unsafe {
                overlapped::read_by(handle.addr(), (at.expose_provenance(), size), wish)
            },
            Way::Write(at, size) => {
                // SAFETY: passed on to the caller.
                unsafe { overlapped::write_by(handle.addr(), (at.expose_provenance(), size), wish) }
            }
        };
        return match begun {
            Err(code) if code.number() == ERROR_IO_PENDING => Ok(()),
            other => other.map_err(of_kernel),
        };
    }
    // What is neither has ended when its call returns; the event is the program's own number here.
    let caller = Caller::begin(cancel::end_thread).map_err(of_kernel)?;
    let mut own = OVERLAPPED {
        Internal: 0,
        InternalHigh: 0,
        Offset: offset_of(wish)[0],
        OffsetHigh: offset_of(wish)[1],
        hEvent: std::ptr::null_mut(),
    };
    let mut moved = 0;
    // SAFETY: a buffer of the caller's, locals of this call's.
    let done = unsafe {
        match way {
            Way::Read(at, size) => ws2_ReadFile(handle, at, size, &raw mut moved, &raw mut own),
            Way::Write(at, size) => ws2_WriteFile(handle, at, size, &raw mut moved, &raw mut own),
        }
    };
    if done == 0 {
        caller.end();
        return Err(Code::from_number(last_error::get().cast_unsigned()));
    }
    last_error::set(before);
    wish.overlapped.end(status::SUCCESS, moved);
    let call = RoutineCall {
        address: told.address,
        error: 0,
        bytes: moved,
        overlapped: wish.overlapped.address(),
        flags: 0,
    };
    caller.queue(Apc { call: told.call, with: call.words() });
    caller.end();
    Ok(())
}

/// Both halves of the place in a file.
fn offset_of(wish: Wish) -> [DWORD; 2] {
    let at = wish.overlapped.offset();
    [DWORD::try_from(at & 0xFFFF_FFFF).unwrap_or(0), DWORD::try_from(at >> 32).unwrap_or(0)]
}

/// `BOOL ReadFileEx(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPOVERLAPPED lpOverlapped, LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// [`ReadFile`](ws2_ReadFile) whose end is told by a routine: the calling thread runs it when it waits alertably. It gets Windows' code,
/// 0 after success, the number of bytes, and `lpOverlapped`, whose `hEvent` is the program's.
///
/// # Returns
/// TRUE: the routine will be run. FALSE: it will not.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no OVERLAPPED or no routine; the handle belongs to a completion port; a pipe's end that was opened
///   without FILE_FLAG_OVERLAPPED.
/// * Those of [`ReadFile`](ws2_ReadFile), `ERROR_HANDLE_EOF` among them; not `ERROR_IO_PENDING`, nor `ERROR_MORE_DATA`, which the routine
///   gets.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is a buffer and `lpOverlapped` an overlapped pointer, until the routine is run; that is for the calling thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReadFileEx(
    hFile: HANDLE,
    lpBuffer: *mut c_void,
    nNumberOfBytesToRead: DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPOVERLAPPED_COMPLETION_ROUTINE,
) -> BOOL {
    let way = Way::Read(lpBuffer, nNumberOfBytesToRead);
    // SAFETY: the caller's pointers and routine, handed on.
    truth(unsafe { begin(hFile, way, lpOverlapped, lpCompletionRoutine) })
}

/// `BOOL WriteFileEx(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPOVERLAPPED lpOverlapped, LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// [`WriteFile`](ws2_WriteFile) whose end is told by a routine, as that of [`ReadFileEx`](ws2_ReadFileEx).
///
/// # Returns
/// As there.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: as there.
/// * Those of [`WriteFile`](ws2_WriteFile), but for `ERROR_IO_PENDING`.
///
/// Source: Windows documentation.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WriteFileEx(
    hFile: HANDLE,
    lpBuffer: *const c_void,
    nNumberOfBytesToWrite: DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPOVERLAPPED_COMPLETION_ROUTINE,
) -> BOOL {
    let way = Way::Write(lpBuffer, nNumberOfBytesToWrite);
    // SAFETY: the caller's pointers and routine, handed on.
    truth(unsafe { begin(hFile, way, lpOverlapped, lpCompletionRoutine) })
}
