//! Which thread and which process, and what is noted of a thread: numbers, handles, priority, description.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::call::{Hex, answer, handle, truth};
use super::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::code::Code;
use crate::kernel::{start, thread};
use crate::sys::process::thread as sys;
use crate::sys::user::memory;

/// `HANDLE GetCurrentThread(void)`
///
/// A handle that means the thread that uses it, with all rights; it need not be closed. `DuplicateHandle` makes one of it
/// that other threads can use.
///
/// Source: KO13.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCurrentThread() -> HANDLE {
    std::ptr::without_provenance_mut(usize::MAX - 1)
}

/// `HANDLE GetCurrentProcess(void)`
///
/// A handle that means this process; it need not be closed. Its value is that of `INVALID_HANDLE_VALUE`.
///
/// Source: KO13.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCurrentProcess() -> HANDLE {
    std::ptr::without_provenance_mut(usize::MAX)
}

/// `DWORD GetCurrentThreadId(void)`
///
/// The calling thread's number, as Linux counts threads.
///
/// Source: KO25.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCurrentThreadId() -> DWORD {
    thread::number()
}

/// `DWORD GetCurrentProcessId(void)`
///
/// This process's number.
///
/// Source: KO25.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetCurrentProcessId() -> DWORD {
    sys::process()
}

/// `DWORD GetThreadId(HANDLE Thread)`
///
/// The number of a thread.
///
/// # Returns
/// The number, or 0.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetThreadId(Thread: HANDLE) -> DWORD {
    answer(|f| write!(f, "GetThreadId({Thread:p})"), start::number_of(Thread.addr()), 0)
}

/// `HANDLE OpenThread(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwThreadId)`
///
/// A handle to a thread of this process by its number. A thread that the program made without these functions is found
/// once it has used them.
///
/// # Returns
/// A handle, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: there is no such thread.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_OpenThread(dwDesiredAccess: DWORD, bInheritHandle: BOOL, dwThreadId: DWORD) -> HANDLE {
    handle(
        |f| write!(f, "OpenThread({dwDesiredAccess:#x}, {bInheritHandle}, {dwThreadId})"),
        start::open(dwThreadId, dwDesiredAccess, bInheritHandle != 0),
    )
}

/// `BOOL SwitchToThread(void)`
///
/// Lets another thread run.
///
/// # Returns
/// TRUE: Linux does not tell whether another one did.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SwitchToThread() -> BOOL {
    sys::give_way();
    1
}

/// `BOOL SetThreadPriority(HANDLE hThread, int nPriority)`
///
/// Notes a thread's priority: -15, -2 to 2 or 15. It changes nothing else; Linux shares the processors fairly.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another priority.
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetThreadPriority(hThread: HANDLE, nPriority: c_int) -> BOOL {
    truth(
        |f| write!(f, "SetThreadPriority({hThread:p}, {nPriority})"),
        start::set_priority(hThread.addr(), nPriority),
    )
}

/// `int GetThreadPriority(HANDLE hThread)`
///
/// The priority that was noted, 0 for a new thread.
///
/// # Returns
/// The priority, or 0x7FFFFFFF (`THREAD_PRIORITY_ERROR_RETURN`).
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetThreadPriority(hThread: HANDLE) -> c_int {
    answer(|f| write!(f, "GetThreadPriority({hThread:p})"), start::priority(hThread.addr()), c_int::MAX)
}

/// `HRESULT SetThreadDescription(HANDLE hThread, LPCWSTR lpThreadDescription)`
///
/// Names a thread for debuggers, which show the first 15 bytes of the name of a thread that has named itself.
///
/// # Returns
/// 0 (`S_OK`), or 0x80070000 plus the code of Windows.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows' documentation.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadDescription(
    hThread: HANDLE,
    lpThreadDescription: *const WCHAR,
) -> HRESULT {
    const FROM_WINDOWS: u32 = 0x8007_0000;
    // SAFETY: an in pointer.
    let name = unsafe { memory::wide_text(lpThreadDescription) };
    let name = name.map_err(Code::from).and_then(|name| name.ok_or(Code::NOACCESS));
    let named = name.and_then(|name| start::describe(hThread.addr(), &name));
    let result = named.map_or_else(|code| FROM_WINDOWS | code.number(), |()| 0);
    if crate::runtime::trace::wanted() {
        let call = super::super::call::Show(|f: &mut std::fmt::Formatter<'_>| {
            write!(f, "SetThreadDescription({hThread:p}, ...)")
        });
        crate::runtime::trace::succeeded(&call, &Hex(result as usize));
    }
    result.cast_signed()
}

/// A result of 32 bits; negative for failure.
pub type HRESULT = c_int;
