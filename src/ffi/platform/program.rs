//! Other programs: `CreateProcess OpenProcess GetExitCodeProcess TerminateProcess GetProcessId GetStartupInfo WinExec`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::answer::{give, put, truth};
use super::start::{Startup, Wanted, of_kernel, start};
use super::types::{HANDLE, PROCESS_INFORMATION, SECURITY_ATTRIBUTES, STARTUPINFOA, STARTUPINFOW, UINT};
use crate::ffi::types::{BOOL, DWORD, WCHAR, WORD};
use crate::kernel::process;
use crate::platform::code::Code;
use crate::sys::platform::control;
use crate::sys::user::memory;

/// `BOOL CreateProcessA(LPCSTR lpApplicationName, LPSTR lpCommandLine, LPSECURITY_ATTRIBUTES lpProcessAttributes, LPSECURITY_ATTRIBUTES lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags, LPVOID lpEnvironment, LPCSTR lpCurrentDirectory, LPSTARTUPINFOA lpStartupInfo, LPPROCESS_INFORMATION lpProcessInformation)`
///
/// Starts a program. It is named by `lpApplicationName`, or by the first word of the command line: then it is looked for beside
/// this program, in the current directory and in `PATH`. A name that ends with `.exe` is tried without that, too, and
/// one without an extension in a command line with it. `cmd`,
/// `cmd.exe` and `command.com` are this system's shell: what follows `/c` is run by `sh -c`.
///
/// The command line is split by the rules of Windows' C run-time. `lpEnvironment` is a block of texts, in 16-bit characters with
/// CREATE_UNICODE_ENVIRONMENT (0x400). With STARTF_USESTDHANDLES the three handles, which may be sockets, become the standard
/// ones; of the other things in `lpStartupInfo` nothing has an effect. With `bInheritHandles` the program gets every descriptor
/// that may be inherited; without, none but the standard ones.
///
/// Flags: CREATE_NEW_PROCESS_GROUP (0x200) begins a process group, DETACHED_PROCESS (8) a session without a terminal;
/// CREATE_NO_WINDOW, CREATE_NEW_CONSOLE and priorities are taken, and have no effect.
///
/// # Returns
/// TRUE, and the handles and numbers of the process. Its thread's handle is signalled with the process, and has no other use.
///
/// # Errors
/// * `ERROR_FILE_NOT_FOUND`, `ERROR_PATH_NOT_FOUND`: there is no such program.
/// * `ERROR_ACCESS_DENIED`: it may not be run, or is a directory.
/// * `ERROR_BAD_EXE_FORMAT` (193): it is no program.
/// * `ERROR_DIRECTORY`: `lpCurrentDirectory` is none.
/// * `ERROR_INVALID_PARAMETER`: neither name nor command line.
/// * `ERROR_INVALID_HANDLE`: a standard handle is no descriptor.
/// * `ERROR_NOT_SUPPORTED`: CREATE_SUSPENDED, DEBUG_PROCESS; a Linux older than 5.4.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NO_SYSTEM_RESOURCES`.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// All are in pointers but `lpProcessInformation`, which is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateProcessA(
    lpApplicationName: *const c_char,
    lpCommandLine: *mut c_char,
    lpProcessAttributes: *mut SECURITY_ATTRIBUTES,
    lpThreadAttributes: *mut SECURITY_ATTRIBUTES,
    bInheritHandles: BOOL,
    dwCreationFlags: DWORD,
    lpEnvironment: *mut c_void,
    lpCurrentDirectory: *const c_char,
    lpStartupInfo: *mut STARTUPINFOA,
    lpProcessInformation: *mut PROCESS_INFORMATION,
) -> BOOL {
    // SAFETY: in pointers, and an out pointer.
    truth(unsafe {
        let startup = memory::read(lpStartupInfo.cast_const()).ok_or(Code::ERROR_NOACCESS).map(|given| {
            Startup { flags: given.dwFlags, standard: [given.hStdInput, given.hStdOutput, given.hStdError] }
        });
        start(Wanted {
            name: lpApplicationName,
            line: lpCommandLine,
            security: [lpProcessAttributes, lpThreadAttributes],
            inherit: bInheritHandles != 0,
            flags: dwCreationFlags,
            environment: lpEnvironment,
            directory: lpCurrentDirectory,
            startup,
            told: lpProcessInformation,
        })
    })
}

/// `BOOL CreateProcessW(LPCWSTR lpApplicationName, LPWSTR lpCommandLine, LPSECURITY_ATTRIBUTES lpProcessAttributes, LPSECURITY_ATTRIBUTES lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags, LPVOID lpEnvironment, LPCWSTR lpCurrentDirectory, LPSTARTUPINFOW lpStartupInfo, LPPROCESS_INFORMATION lpProcessInformation)`
///
/// [`CreateProcessA`](ws2_CreateProcessA) with texts in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// All are in pointers but `lpProcessInformation`, which is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateProcessW(
    lpApplicationName: *const WCHAR,
    lpCommandLine: *mut WCHAR,
    lpProcessAttributes: *mut SECURITY_ATTRIBUTES,
    lpThreadAttributes: *mut SECURITY_ATTRIBUTES,
    bInheritHandles: BOOL,
    dwCreationFlags: DWORD,
    lpEnvironment: *mut c_void,
    lpCurrentDirectory: *const WCHAR,
    lpStartupInfo: *mut STARTUPINFOW,
    lpProcessInformation: *mut PROCESS_INFORMATION,
) -> BOOL {
    // SAFETY: in pointers, and an out pointer.
    truth(unsafe {
        let startup = memory::read(lpStartupInfo.cast_const()).ok_or(Code::ERROR_NOACCESS).map(|given| {
            Startup { flags: given.dwFlags, standard: [given.hStdInput, given.hStdOutput, given.hStdError] }
        });
        start(Wanted {
            name: lpApplicationName,
            line: lpCommandLine,
            security: [lpProcessAttributes, lpThreadAttributes],
            inherit: bInheritHandles != 0,
            flags: dwCreationFlags,
            environment: lpEnvironment,
            directory: lpCurrentDirectory,
            startup,
            told: lpProcessInformation,
        })
    })
}

/// `HANDLE OpenProcess(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwProcessId)`
///
/// A handle to a process of this machine by its number, also to this one.
///
/// # Returns
/// A handle, which is signalled when the process has ended; or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: there is no such process.
/// * `ERROR_NOT_SUPPORTED`: a Linux older than 5.4.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_OpenProcess(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    dwProcessId: DWORD,
) -> HANDLE {
    let opened = process::open(dwProcessId, dwDesiredAccess, bInheritHandle != 0).map_err(of_kernel);
    std::ptr::without_provenance_mut(give(opened, 0))
}

/// `BOOL GetExitCodeProcess(HANDLE hProcess, LPDWORD lpExitCode)`
///
/// The code with which a process has ended, or STILL_ACTIVE (259). Linux keeps the lowest 8 bits of what a program gives. Where a
/// signal has ended it, it is the code that Windows has for such an end: 0xC0000005 for SIGSEGV, 0xC000013A for SIGINT, 3 for
/// SIGABRT, else 1. Of a process that is no child of this one, or that the program has reaped itself, Linux does not tell it: then it is 0,
/// or what `TerminateProcess` was given here.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no process.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to ask.
/// * `ERROR_NOACCESS`: `lpExitCode` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpExitCode` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetExitCodeProcess(hProcess: HANDLE, lpExitCode: *mut DWORD) -> BOOL {
    let code = process::exit_code_of(hProcess.addr()).map_err(of_kernel);
    // SAFETY: an out pointer.
    truth(code.and_then(|code| unsafe { put(lpExitCode, code) }))
}

/// `BOOL TerminateProcess(HANDLE hProcess, UINT uExitCode)`
///
/// Ends a process at once, by SIGKILL; `GetExitCodeProcess` tells the code. This process ends without `atexit` functions.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no process.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to, the user may not, or it has ended.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TerminateProcess(hProcess: HANDLE, uExitCode: UINT) -> BOOL {
    truth(match process::terminate(hProcess.addr(), uExitCode) {
        Ok(true) => Ok(()),
        Ok(false) => control::terminate(uExitCode),
        Err(code) => Err(of_kernel(code)),
    })
}

/// `DWORD GetProcessId(HANDLE Process)`
///
/// The number of a process.
///
/// # Returns
/// The number, or 0.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no process.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to ask.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetProcessId(Process: HANDLE) -> DWORD {
    give(process::number(Process.addr()).map_err(of_kernel), 0)
}

/// `void GetStartupInfoA(LPSTARTUPINFOA lpStartupInfo)`
///
/// What the program was started with. Linux keeps nothing of it: all is 0 but the structure's size.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpStartupInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetStartupInfoA(lpStartupInfo: *mut STARTUPINFOA) {
    let size = DWORD::try_from(size_of::<STARTUPINFOA>()).unwrap_or(0);
    // SAFETY: an out pointer; the function has no way to report a bad one.
    let _ = unsafe { memory::write(lpStartupInfo, STARTUPINFOA { cb: size, ..STARTUPINFOA::default() }) };
}

/// `void GetStartupInfoW(LPSTARTUPINFOW lpStartupInfo)`
///
/// [`GetStartupInfoA`](ws2_GetStartupInfoA) with places for texts in 16-bit characters.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpStartupInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetStartupInfoW(lpStartupInfo: *mut STARTUPINFOW) {
    let size = DWORD::try_from(size_of::<STARTUPINFOW>()).unwrap_or(0);
    // SAFETY: an out pointer; the function has no way to report a bad one.
    let _ = unsafe { memory::write(lpStartupInfo, STARTUPINFOW { cb: size, ..STARTUPINFOW::default() }) };
}

/// `UINT WinExec(LPCSTR lpCmdLine, UINT uCmdShow)`
///
/// Starts a program by a command line and does not wait for it, as [`CreateProcess`](ws2_CreateProcessA) does. `uCmdShow` says how
/// its window is shown, of which there is none.
///
/// # Returns
/// A number above 31, or what has failed: 2 (no such file), 3 (no such path), 11 (no program), 0 (no memory, or anything else).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpCmdLine` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WinExec(lpCmdLine: *const c_char, uCmdShow: UINT) -> UINT {
    let _ = uCmdShow;
    let mut told = PROCESS_INFORMATION::default();
    // SAFETY: an in pointer, and a local.
    let started = unsafe {
        start(Wanted {
            name: std::ptr::null(),
            line: lpCmdLine,
            security: [std::ptr::null(); 2],
            inherit: false,
            flags: 0,
            environment: std::ptr::null(),
            directory: std::ptr::null(),
            startup: Ok(Startup { flags: 0, standard: [std::ptr::null_mut(); 3] }),
            told: &raw mut told,
        })
    };
    match started {
        Ok(()) => {
            let close = |handle: HANDLE| crate::kernel::hold::close(handle.addr());
            let _ = (close(told.hProcess), close(told.hThread));
            33
        }
        Err(code) => {
            super::answer::set(code);
            match code.number() {
                code @ (2 | 3) => code,
                193 => 11,
                _ => 0,
            }
        }
    }
}

/// The numbers that `STARTUPINFO` has in both widths, so that its layout is checked once.
const _: () =
    assert!(size_of::<STARTUPINFOA>() == 104 && size_of::<STARTUPINFOW>() == 104 && size_of::<WORD>() == 2);
