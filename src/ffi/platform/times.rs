//! How long processes and threads have run.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, put, truth};
use super::start::of_kernel;
use super::types::{FILETIME, HANDLE};
use crate::ffi::types::BOOL;
use crate::kernel::{process, start};
use crate::platform::code::Code;
use crate::platform::filetime;
use crate::sys::platform::times::{self, Times};
use crate::sys::process::thread;

/// Writes the four times. The one of the end, which has not come, is 0.
///
/// # Safety
/// Out pointers.
unsafe fn tell(times: Times, places: [*mut FILETIME; 4]) -> Answer<()> {
    let began = times.began.saturating_add(filetime::from_unix(0, 0));
    for (place, time) in places.into_iter().zip([began, 0, times.kernel, times.user]) {
        // SAFETY: passed on to the caller.
        unsafe { put(place, FILETIME::from(time))? };
    }
    Ok(())
}

/// `BOOL GetProcessTimes(HANDLE hProcess, LPFILETIME lpCreationTime, LPFILETIME lpExitTime, LPFILETIME lpKernelTime, LPFILETIME lpUserTime)`
///
/// When a process began, and how long it has run in the kernel and in its own code, in 100 nanoseconds. The time of the end is 0.
/// Linux tells other processes' times in hundredths of a second.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no process. `ERROR_ACCESS_DENIED`: the handle has no right to ask.
/// * `ERROR_NOT_SUPPORTED`: the process has ended; Linux keeps nothing of its times.
/// * `ERROR_NOACCESS`: a time cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// All but the first are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetProcessTimes(
    hProcess: HANDLE,
    lpCreationTime: *mut FILETIME,
    lpExitTime: *mut FILETIME,
    lpKernelTime: *mut FILETIME,
    lpUserTime: *mut FILETIME,
) -> BOOL {
    truth(process::exit_code_of(hProcess.addr()).map_err(of_kernel).and_then(|code| {
        let number = process::number(hProcess.addr()).map_err(of_kernel)?;
        let running = code == process::STILL_ACTIVE;
        let times = if running { times::of_process(number, number == thread::process())? } else { None };
        let times = times.ok_or(Code::ERROR_NOT_SUPPORTED)?;
        // SAFETY: out pointers.
        unsafe { tell(times, [lpCreationTime, lpExitTime, lpKernelTime, lpUserTime]) }
    }))
}

/// `BOOL GetThreadTimes(HANDLE hThread, LPFILETIME lpCreationTime, LPFILETIME lpExitTime, LPFILETIME lpKernelTime, LPFILETIME lpUserTime)`
///
/// [`GetProcessTimes`](ws2_GetProcessTimes) of a thread of this process. Linux tells other threads' times in hundredths of a second.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no thread. `ERROR_ACCESS_DENIED`: the handle has no right to ask.
/// * `ERROR_NOT_SUPPORTED`: the thread has ended, or has not begun; Linux keeps nothing of its times.
/// * `ERROR_NOACCESS`: a time cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// All but the first are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetThreadTimes(
    hThread: HANDLE,
    lpCreationTime: *mut FILETIME,
    lpExitTime: *mut FILETIME,
    lpKernelTime: *mut FILETIME,
    lpUserTime: *mut FILETIME,
) -> BOOL {
    truth(start::number_of(hThread.addr()).map_err(of_kernel).and_then(|number| {
        let times = times::of_thread(number, number == thread::number())?.ok_or(Code::ERROR_NOT_SUPPORTED)?;
        // SAFETY: out pointers.
        unsafe { tell(times, [lpCreationTime, lpExitTime, lpKernelTime, lpUserTime]) }
    }))
}

/// `BOOL IsWow64Process(HANDLE hProcess, PBOOL Wow64Process)`
///
/// Whether a program for 32-bit Windows runs on a 64-bit one: never here.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no process. `ERROR_ACCESS_DENIED`: the handle has no right to ask.
/// * `ERROR_NOACCESS`: the answer cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `Wow64Process` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_IsWow64Process(hProcess: HANDLE, Wow64Process: *mut BOOL) -> BOOL {
    truth(process::number(hProcess.addr()).map_err(of_kernel).and_then(|_| {
        // SAFETY: an out pointer.
        unsafe { put(Wow64Process, 0) }
    }))
}
