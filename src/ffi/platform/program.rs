//! Other programs: `CreateProcess OpenProcess GetExitCodeProcess TerminateProcess GetProcessId GetStartupInfo WinExec`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CString, c_char, c_void};

use super::answer::{Answer, Unit, c_text, file_name, give, needed, put, truth};
use super::environment::environment_block;
use super::file::descriptor;
use super::types::{HANDLE, PROCESS_INFORMATION, SECURITY_ATTRIBUTES, STARTUPINFOA, STARTUPINFOW, UINT};
use crate::ffi::types::{BOOL, DWORD, WCHAR, WORD};
use crate::kernel::process::{self, StartError};
use crate::platform::code::Code;
use crate::platform::command;
use crate::sys::platform::{control, environment, file};
use crate::sys::process::child::Plan;
use crate::sys::user::memory;
use crate::sys::{Errno, Fd};

const CREATE_SUSPENDED: DWORD = 0x4;
const DETACHED_PROCESS: DWORD = 0x8;
const CREATE_NEW_PROCESS_GROUP: DWORD = 0x200;
const CREATE_UNICODE_ENVIRONMENT: DWORD = 0x400;
const DEBUG_PROCESSES: DWORD = 0x3;
const STARTF_USESTDHANDLES: DWORD = 0x100;

fn of_kernel(code: crate::kernel::code::Code) -> Code {
    Code::from_number(code.number())
}

/// The file that is to be started and its arguments.
struct Program {
    /// Where it may be, in the order in which it is tried.
    places: Vec<Vec<u8>>,
    arguments: Vec<Vec<u8>>,
}

/// The places of a name: with a directory as it stands, else where Windows looks.
fn places(name: &[u8], searched: bool) -> Vec<Vec<u8>> {
    let own = environment::program();
    let path = environment::get(c"PATH").unwrap_or_default();
    let spellings = command::spellings(name);
    if searched {
        spellings.iter().flat_map(|name| command::places(name, &own, &path)).collect()
    } else {
        spellings
    }
}

/// Reads the name of the program and the command line, of which one may be missing.
fn program(name: Option<Vec<u8>>, line: Option<Vec<u8>>) -> Answer<Program> {
    let text = line.clone().or_else(|| name.clone().map(|name| [b"\"", name.as_slice(), b"\""].concat()));
    let text = text.ok_or(Code::ERROR_INVALID_PARAMETER)?;
    let (first, rest) = command::first(&text);
    let named = name.as_deref().unwrap_or(first);
    if named.is_empty() {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    if command::is_interpreter(named) {
        return Ok(Program { places: vec![b"/bin/sh".to_vec()], arguments: command::shell(rest) });
    }
    let mut arguments = command::arguments(&text);
    if let (Some(own), None) = (arguments.first_mut(), &name) {
        *own = own.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }).collect();
    }
    Ok(Program { places: places(named, name.is_none()), arguments })
}

/// The block of `NAME=value` texts, each with its end, and an empty one behind the last.
///
/// # Safety
/// An in pointer to such a block.
unsafe fn block(at: *const c_void, wide: bool) -> Answer<Option<Vec<CString>>> {
    if at.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    let texts = unsafe {
        if wide { environment_block(at.cast::<WCHAR>()) } else { environment_block(at.cast::<c_char>()) }
    };
    texts?.into_iter().map(c_text).collect::<Answer<Vec<_>>>().map(Some)
}

/// What the structure at the beginning of the program's says, in either width.
#[derive(Clone, Copy)]
struct Startup {
    flags: DWORD,
    standard: [HANDLE; 3],
}

fn standard(startup: Startup) -> Answer<[Option<Fd>; 3]> {
    if startup.flags & STARTF_USESTDHANDLES == 0 {
        return Ok([None; 3]);
    }
    let mut found = [None; 3];
    for (place, handle) in found.iter_mut().zip(startup.standard) {
        // NULL and INVALID_HANDLE_VALUE stand for none: the program's own stay.
        if !handle.is_null() && handle.addr() != usize::MAX {
            let fd = descriptor(handle)?;
            file::look(fd)?;
            *place = Some(fd);
        }
    }
    Ok(found)
}

/// Why the last place of a program was refused.
fn refused(errno: Errno) -> Code {
    const ERROR_BAD_EXE_FORMAT: Code = Code::from_number(193);
    match errno.number() {
        libc::ENOEXEC => ERROR_BAD_EXE_FORMAT,
        libc::EAGAIN => Code::ERROR_NOT_ENOUGH_MEMORY,
        libc::E2BIG => Code::ERROR_FILENAME_EXCED_RANGE,
        _ => errno.into(),
    }
}

/// What both forms of `CreateProcess` get in one width.
struct Wanted<T> {
    name: *const T,
    line: *const T,
    security: [*const SECURITY_ATTRIBUTES; 2],
    inherit: bool,
    flags: DWORD,
    environment: *const c_void,
    directory: *const T,
    startup: Answer<Startup>,
    told: *mut PROCESS_INFORMATION,
}

/// # Safety
/// In pointers, and an out pointer at the end.
unsafe fn start<T: Unit>(wanted: Wanted<T>) -> Answer<()> {
    // SAFETY: passed on to the caller; any bytes are numbers and addresses.
    let (name, line, environment, directory, inherited) = unsafe {
        let text = |from: *const T| {
            if from.is_null() { Ok(None) } else { needed(from, Code::ERROR_NOACCESS).map(Some) }
        };
        let directory = if wanted.directory.is_null() { None } else { Some(file_name(wanted.directory)?) };
        let inherits = |given: *const SECURITY_ATTRIBUTES| {
            memory::read(given).is_some_and(|given| given.bInheritHandle != 0)
        };
        let wide = wanted.flags & CREATE_UNICODE_ENVIRONMENT != 0;
        (
            text(wanted.name)?,
            text(wanted.line)?,
            block(wanted.environment, wide)?,
            directory,
            wanted.security.map(inherits),
        )
    };
    if wanted.told.is_null() || !memory::writable(wanted.told.addr(), size_of::<PROCESS_INFORMATION>()) {
        return Err(Code::ERROR_NOACCESS);
    }
    let startup = wanted.startup?;
    if wanted.flags & (CREATE_SUSPENDED | DEBUG_PROCESSES) != 0 {
        return Err(Code::ERROR_NOT_SUPPORTED);
    }
    let found = program(name, line)?;
    let mut plan = Plan {
        program: CString::default(),
        arguments: found.arguments.into_iter().map(c_text).collect::<Answer<_>>()?,
        environment,
        directory,
        standard: standard(startup)?,
        inherit: wanted.inherit,
        group: wanted.flags & CREATE_NEW_PROCESS_GROUP != 0,
        session: wanted.flags & DETACHED_PROCESS != 0,
    };
    let is_directory = |name: &CString| file::look_at(name).is_ok_and(|facts| facts.kind == libc::S_IFDIR);
    if plan.directory.as_ref().is_some_and(|directory| !is_directory(directory)) {
        return Err(Code::ERROR_DIRECTORY);
    }
    let mut last = Code::ERROR_FILE_NOT_FOUND;
    for place in found.places {
        plan.program = c_text(place)?;
        // A relative name is meant from where this program runs, not from where the other one will.
        if !file::look_at(&plan.program).is_ok_and(|facts| facts.kind == libc::S_IFREG) {
            continue;
        }
        match process::start(&plan, inherited) {
            Ok(started) => {
                let [process, thread] = started.handles.map(std::ptr::without_provenance_mut);
                let (id, told) = (started.number, wanted.told);
                let information = PROCESS_INFORMATION {
                    hProcess: process,
                    hThread: thread,
                    dwProcessId: id,
                    dwThreadId: id,
                };
                // SAFETY: an out pointer.
                return unsafe { put(told, information) };
            }
            Err(StartError::Code(code)) => return Err(of_kernel(code)),
            Err(StartError::System(errno)) if errno.number() == libc::ENOENT => {}
            Err(StartError::System(errno)) => last = refused(errno),
        }
    }
    Err(last)
}

/// `BOOL CreateProcessA(LPCSTR lpApplicationName, LPSTR lpCommandLine, LPSECURITY_ATTRIBUTES lpProcessAttributes, LPSECURITY_ATTRIBUTES lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags, LPVOID lpEnvironment, LPCSTR lpCurrentDirectory, LPSTARTUPINFOA lpStartupInfo, LPPROCESS_INFORMATION lpProcessInformation)`
///
/// Starts a program. It is named by `lpApplicationName`, or by the first word of the command line: then it is looked for beside
/// this program, in the current directory and in `PATH`. A name that ends with `.exe` is tried without that, too. `cmd`,
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
/// * `ERROR_NOT_SUPPORTED`: CREATE_SUSPENDED, DEBUG_PROCESS.
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
/// * `ERROR_NOT_SUPPORTED`: a Linux older than 5.3.
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
/// SIGABRT, else 1. Of a process that this one has not started it is 0.
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
