//! How `CreateProcess` starts a program: its name and command line read, its places tried.

use std::ffi::{CString, c_char, c_void};

use super::answer::{Answer, Unit, c_text, file_name, inherits, needed, of_name, put};
use super::environment::environment_block;
use super::file::descriptor;
use super::types::{HANDLE, PROCESS_INFORMATION, SECURITY_ATTRIBUTES};
use crate::ffi::types::{DWORD, WCHAR};
use crate::kernel::process::{self, StartError};
use crate::platform::code::Code;
use crate::platform::command;
use crate::sys::platform::{environment, file};
use crate::sys::process::child::Plan;
use crate::sys::user::memory;
use crate::sys::{Errno, Fd, room};

const CREATE_SUSPENDED: DWORD = 0x4;
const DETACHED_PROCESS: DWORD = 0x8;
const CREATE_NEW_PROCESS_GROUP: DWORD = 0x200;
const CREATE_UNICODE_ENVIRONMENT: DWORD = 0x400;
const DEBUG_PROCESSES: DWORD = 0x3;
const STARTF_USESTDHANDLES: DWORD = 0x100;

pub(super) fn of_kernel(code: crate::kernel::code::Code) -> Code {
    Code::from_number(code.number())
}

/// The file that is to be started and its arguments.
struct Program {
    /// Where it may be, in the order in which it is tried.
    places: Vec<Vec<u8>>,
    arguments: Vec<Vec<u8>>,
    /// The program has named a place, which is not looked for elsewhere.
    is_place: bool,
}

/// The places of a name: with a directory as it stands, else where Windows looks.
fn places(name: &[u8], searched: bool) -> Answer<Vec<Vec<u8>>> {
    let spellings = command::spellings(name, searched)?;
    if !searched {
        return Ok(spellings);
    }
    let (own, path) = (environment::program()?, environment::get(c"PATH")?.unwrap_or_default());
    let mut found = Vec::new();
    for name in &spellings {
        for place in command::places(name, &own, &path)? {
            room::push(&mut found, place)?;
        }
    }
    Ok(found)
}

/// Reads the name of the program and the command line, of which one may be missing.
fn program(name: Option<&[u8]>, line: Option<&[u8]>) -> Answer<Program> {
    let quoted;
    let text = match (name, line) {
        (_, Some(line)) => line,
        (Some(name), None) => {
            quoted = command::joined(&[b"\"", name, b"\""])?;
            &quoted
        }
        (None, None) => return Err(Code::ERROR_INVALID_PARAMETER),
    };
    let (first, rest) = command::first(text);
    let named = name.unwrap_or(first);
    if named.is_empty() {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    if command::is_interpreter(named) {
        let mut places = Vec::new();
        room::push(&mut places, room::copy(b"/bin/sh")?)?;
        return Ok(Program { places, arguments: command::shell(rest)?, is_place: true });
    }
    let mut arguments = command::arguments(text)?;
    if let (Some(own), None) = (arguments.first_mut(), name) {
        *own = command::slashes(own)?;
    }
    let mut found = places(named, name.is_none())?;
    if name.is_none() {
        // `C:\My Files\x y` without marks: C:\My, then C:\My Files\x, and so on. The arguments stay what a C run-time makes of the line.
        for longer in command::longer_names(text) {
            for place in places(longer, true)? {
                room::push(&mut found, place)?;
            }
        }
    }
    let is_place = name.is_some() || named.iter().any(|byte| matches!(byte, b'/' | b'\\'));
    Ok(Program { places: found, arguments, is_place })
}

/// The file of a program for the system. A relative name is meant from where this program runs, not from where the other one will.
fn file_of(place: &[u8], runs_elsewhere: bool) -> Answer<CString> {
    if !runs_elsewhere || place.starts_with(b"/") {
        return c_text(place);
    }
    c_text(&command::joined(&[&environment::directory()?, b"/", place])?)
}

fn c_texts(texts: &[Vec<u8>]) -> Answer<Vec<CString>> {
    let mut found = Vec::new();
    for text in texts {
        room::push(&mut found, c_text(text)?)?;
    }
    Ok(found)
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
    c_texts(&texts?).map(Some)
}

/// What the structure at the beginning of the program's says, in either width.
#[derive(Clone, Copy)]
pub(super) struct Startup {
    pub(super) flags: DWORD,
    pub(super) standard: [HANDLE; 3],
}

fn standard(startup: Startup) -> Answer<[Option<Fd>; 3]> {
    let mut found = [None; 3];
    if startup.flags & STARTF_USESTDHANDLES == 0 {
        // Those that this program has set, as far as they are open.
        for (place, handle) in found.iter_mut().zip(super::standard::chosen()) {
            let open = |handle| descriptor(handle).ok().filter(|&fd| file::look(fd).is_ok());
            *place = handle.and_then(open);
        }
        return Ok(found);
    }
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
        libc::ENOSYS => Code::ERROR_NOT_SUPPORTED,
        libc::EAGAIN => Code::ERROR_NOT_ENOUGH_MEMORY,
        libc::E2BIG => Code::ERROR_FILENAME_EXCED_RANGE,
        _ => errno.into(),
    }
}

/// What both forms of `CreateProcess` get in one width.
pub(super) struct Wanted<T> {
    pub(super) name: *const T,
    pub(super) line: *const T,
    pub(super) security: [*const SECURITY_ATTRIBUTES; 2],
    pub(super) inherit: bool,
    pub(super) flags: DWORD,
    pub(super) environment: *const c_void,
    pub(super) directory: *const T,
    pub(super) startup: Answer<Startup>,
    pub(super) told: *mut PROCESS_INFORMATION,
}

/// # Safety
/// In pointers, and an out pointer at the end.
pub(super) unsafe fn start<T: Unit>(wanted: Wanted<T>) -> Answer<()> {
    // SAFETY: passed on to the caller; any bytes are numbers and addresses.
    let (name, line, environment, directory, inherited) = unsafe {
        let text = |from: *const T| {
            if from.is_null() { Ok(None) } else { needed(from, Code::ERROR_NOACCESS).map(Some) }
        };
        let directory = if wanted.directory.is_null() { None } else { Some(file_name(wanted.directory)?) };
        let wide = wanted.flags & CREATE_UNICODE_ENVIRONMENT != 0;
        let [process, thread] = wanted.security;
        (
            text(wanted.name)?,
            text(wanted.line)?,
            block(wanted.environment, wide)?,
            directory,
            [inherits(process)?, inherits(thread)?],
        )
    };
    if wanted.told.is_null() || !memory::writable(wanted.told.addr(), size_of::<PROCESS_INFORMATION>()) {
        return Err(Code::ERROR_NOACCESS);
    }
    let startup = wanted.startup?;
    if wanted.flags & (CREATE_SUSPENDED | DEBUG_PROCESSES) != 0 {
        return Err(Code::ERROR_NOT_SUPPORTED);
    }
    let found = program(name.as_deref(), line.as_deref())?;
    let mut plan = Plan {
        program: room::c_text(b"")?,
        arguments: c_texts(&found.arguments)?,
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
        plan.program = file_of(&place, plan.directory.is_some())?;
        let missing = match file::look_at(&plan.program) {
            Ok(facts) if facts.kind == libc::S_IFREG => None,
            Ok(_) => Some(Code::ERROR_ACCESS_DENIED),
            Err(errno) => Some(of_name(&plan.program, errno)),
        };
        if let Some(code) = missing {
            if found.is_place && last == Code::ERROR_FILE_NOT_FOUND {
                last = if code == Code::ERROR_DIRECTORY { Code::ERROR_PATH_NOT_FOUND } else { code };
            }
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
                return unsafe { put(told, information) }.inspect_err(|_| {
                    for handle in started.handles {
                        let _ = crate::kernel::hold::close(handle);
                    }
                });
            }
            Err(StartError::Code(code)) => return Err(of_kernel(code)),
            Err(StartError::System(errno)) if errno.number() == libc::ENOENT => {}
            Err(StartError::System(errno)) => last = refused(errno),
        }
    }
    Err(last)
}
