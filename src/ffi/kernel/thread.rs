//! Starting and ending threads: `CreateThread ExitThread GetExitCodeThread TerminateThread SuspendThread ResumeThread`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Out, answer, handle, inherited, pointer, truth};
use super::types::{HANDLE, LPTHREAD_START_ROUTINE, SECURITY_ATTRIBUTES, SIZE_T};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::{start, thread};

/// The thread waits for `ResumeThread`.
pub(super) const CREATE_SUSPENDED: DWORD = 4;
/// The size of the stack is all of it, not its first part.
const STACK_SIZE_PARAM_IS_A_RESERVATION: DWORD = 0x0001_0000;
/// What Windows' linkers reserve for a stack where nothing is said: a size that is meant for the first part is not less.
const USUAL_STACK: usize = 1 << 20;
const FAILED: DWORD = DWORD::MAX;

/// Calls a thread's main function with its argument.
extern "C" fn main_function(function: usize, argument: usize) -> u32 {
    // SAFETY: `ws2_CreateThread` made the number of a function of this type.
    let main = unsafe { std::mem::transmute::<*mut c_void, LPTHREAD_START_ROUTINE>(pointer(function)) };
    // SAFETY: a routine, which the caller handed out with its argument.
    main.map_or(0, |main| unsafe { main(pointer(argument)) })
}

/// The size of a stack for the size and flags that a program gives.
pub(super) fn stack(size: usize, flags: DWORD) -> usize {
    match size {
        0 => 0,
        size if flags & STACK_SIZE_PARAM_IS_A_RESERVATION != 0 => size,
        size => size.max(USUAL_STACK),
    }
}

/// `HANDLE CreateThread(LPSECURITY_ATTRIBUTES lpThreadAttributes, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter, DWORD dwCreationFlags, LPDWORD lpThreadId)`
///
/// Starts a thread, which ends with what its function returns or gives to `ExitThread`. Flags: 4 (`CREATE_SUSPENDED`) lets
/// it wait for `ResumeThread`; 0x10000 takes `dwStackSize`, in bytes, for the whole stack, which else has at least 1 MiB
/// (0: what the system gives to threads). A stack has at least 256 KiB.
///
/// # Returns
/// A handle with all rights, which is signalled when the thread has ended; or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no function.
/// * `ERROR_NOACCESS`: a pointer that cannot be read or written.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no more threads; a million handles.
///
/// Source: KO8, Windows' documentation.
///
/// # Safety
/// The attributes are an in pointer, `lpThreadId` is an out pointer, and `lpStartAddress` a routine for a thread of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateThread(
    lpThreadAttributes: *mut SECURITY_ATTRIBUTES,
    dwStackSize: SIZE_T,
    lpStartAddress: LPTHREAD_START_ROUTINE,
    lpParameter: *mut c_void,
    dwCreationFlags: DWORD,
    lpThreadId: *mut DWORD,
) -> HANDLE {
    let begin = || {
        let function = lpStartAddress.ok_or(Code::INVALID_PARAMETER)?;
        let place = Out::optional(lpThreadId)?;
        let started = start::start(start::Start {
            main: main_function,
            with: [(function as *mut c_void).expose_provenance(), lpParameter.expose_provenance()],
            stack: stack(dwStackSize, dwCreationFlags),
            suspended: dwCreationFlags & CREATE_SUSPENDED != 0,
            // SAFETY: an in pointer.
            inherited: unsafe { inherited(lpThreadAttributes) }?,
            closes_handle: false,
            always_calls: false,
        })?;
        if !lpThreadId.is_null() {
            // SAFETY: an out pointer.
            unsafe { place.put(started.number()) }?;
        }
        Ok(started.handle)
    };
    handle(
        |f| write!(f, "CreateThread(..., {dwStackSize}, ..., {dwCreationFlags:#x}, {lpThreadId:p})"),
        begin(),
    )
}

/// `void ExitThread(DWORD dwExitCode)`
///
/// Ends the calling thread. Its functions are left as they are, without running destructors of C++, as on Windows. The process ends
/// with its last thread.
///
/// Source: KO9, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ExitThread(dwExitCode: DWORD) {
    thread::exit(dwExitCode)
}

/// `BOOL GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode)`
///
/// Tells a thread's exit code: 259 (`STILL_ACTIVE`) before it has ended.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOACCESS`: `lpExitCode` cannot be written.
///
/// Source: KO9.
///
/// # Safety
/// `lpExitCode` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetExitCodeThread(hThread: HANDLE, lpExitCode: *mut DWORD) -> BOOL {
    let told = Out::needed(lpExitCode).and_then(|place| {
        let code = start::exit_code(hThread.addr())?;
        // SAFETY: an out pointer.
        unsafe { place.put(code) }
    });
    truth(|f| write!(f, "GetExitCodeThread({hThread:p}, {lpExitCode:p})"), told)
}

/// `BOOL TerminateThread(HANDLE hThread, DWORD dwExitCode)`
///
/// Ends a thread of `CreateThread` or `_beginthreadex` when it next waits in one of these functions, at once where it
/// waits now, and before it begins where it was not resumed. A thread that never waits here is not ended. The calling
/// thread ends at once. Locks of the thread stay taken, and its mutexes are abandoned.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it; the thread has ended, or was made in another way.
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
///
/// Source: KO11.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TerminateThread(hThread: HANDLE, dwExitCode: DWORD) -> BOOL {
    truth(
        |f| write!(f, "TerminateThread({hThread:p}, {dwExitCode})"),
        start::terminate(hThread.addr(), dwExitCode),
    )
}

/// `DWORD ResumeThread(HANDLE hThread)`
///
/// Takes one suspension from a thread; without the last one a thread of `CREATE_SUSPENDED` begins.
///
/// # Returns
/// How many suspensions there were, 0 for a thread that runs; or 0xFFFFFFFF.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO12.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ResumeThread(hThread: HANDLE) -> DWORD {
    answer(|f| write!(f, "ResumeThread({hThread:p})"), start::resume(hThread.addr()), FAILED)
}

/// `DWORD SuspendThread(HANDLE hThread)`
///
/// Adds a suspension to a thread of `CREATE_SUSPENDED` that has not begun. A thread that runs cannot be stopped here.
///
/// # Returns
/// How many suspensions there were; or 0xFFFFFFFF.
///
/// # Errors
/// * `ERROR_CALL_NOT_IMPLEMENTED`: the thread has begun.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it, or the thread has ended.
/// * `ERROR_SIGNAL_REFUSED`: it was suspended 127 times.
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
///
/// Source: KO12.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SuspendThread(hThread: HANDLE) -> DWORD {
    answer(|f| write!(f, "SuspendThread({hThread:p})"), start::suspend(hThread.addr()), FAILED)
}
