//! What a program does with handles whatever they stand for, descriptors included: close, duplicate, inherit, compare.

use super::code::Code;
use super::handle::{self, Target};
use super::names;
use super::object::Kind;
use super::rights;
use crate::descriptor::{
    self,
    facts::{self, Facts},
};
use crate::error::WsaError;
use crate::socket::create;
use crate::sys::shared::Arc;
use crate::sys::{Errno, Fd, file};

/// A program that is started gets the handle.
pub const INHERIT: u32 = 1;
/// `CloseHandle` refuses it.
pub const PROTECT_FROM_CLOSE: u32 = 2;

/// How a handle is duplicated.
pub const CLOSE_SOURCE: u32 = 1;
/// With the rights of the first.
pub const SAME_ACCESS: u32 = 2;

fn code_of(errno: Errno) -> Code {
    match errno.number() {
        libc::EMFILE | libc::ENFILE => Code::NO_SYSTEM_RESOURCES,
        libc::ENOMEM => Code::NOT_ENOUGH_MEMORY,
        _ => Code::INVALID_HANDLE,
    }
}

/// Closes a handle. A socket is closed as `closesocket` does it.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`.
pub fn close(handle: usize) -> Result<(), Code> {
    let Some(fd) = handle::descriptor(handle) else {
        // That of the current process or thread is none, and closing it does nothing.
        return if handle::is_pseudo(handle) { Ok(()) } else { names::close(handle) };
    };
    let before = facts::seen(fd);
    match create::closesocket(fd.to_socket()) {
        Err(failure) if failure.code == WsaError::WSAENOTSOCK => {
            let now = facts::seen(fd);
            if before.has(Facts::CLOSING) || now.has(Facts::CLOSING) || now.closing() != before.closing() {
                // Another thread is closing the socket, or has closed it since.
                return Err(Code::INVALID_HANDLE);
            }
            // The closing is over for the facts, but the number is not let go yet.
            if descriptor::is_placeholder(fd) {
                return Err(Code::INVALID_HANDLE);
            }
            match file::close(fd) {
                Err(errno) if errno.number() == libc::EBADF => Err(Code::INVALID_HANDLE),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Whether programs that are started get the descriptor.
fn is_inherited(fd: Fd) -> Result<bool, Code> {
    let inherited = file::is_inherited(fd).map_err(code_of)?;
    if descriptor::is_placeholder(fd) { Err(Code::INVALID_HANDLE) } else { Ok(inherited) }
}

/// A second descriptor of the same file.
fn second(fd: Fd, inherited: bool) -> Result<Fd, Code> {
    let made = file::duplicate(fd, inherited).map_err(code_of)?;
    // Asked of the one that was made: the first one's socket may be being closed just now.
    if descriptor::is_placeholder(made) {
        let _ = file::close(made);
        return Err(Code::INVALID_HANDLE);
    }
    Ok(made)
}

/// What is noted of a handle: [`INHERIT`], [`PROTECT_FROM_CLOSE`].
///
/// # Errors
/// `ERROR_INVALID_HANDLE`.
pub fn information(handle: usize) -> Result<u32, Code> {
    if let Some(fd) = handle::descriptor(handle) {
        return Ok(if is_inherited(fd)? { INHERIT } else { 0 });
    }
    let entry = handle::entry(handle)?;
    let flag = |is: bool, flag: u32| if is { flag } else { 0 };
    Ok(flag(entry.inherited, INHERIT) | flag(entry.protected, PROTECT_FROM_CLOSE))
}

/// Notes those of the flags that are in the mask.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a flag that does not exist. `ERROR_NOT_SUPPORTED`: a descriptor cannot be protected.
/// `ERROR_INVALID_HANDLE`.
pub fn set_information(handle: usize, mask: u32, flags: u32) -> Result<(), Code> {
    if (mask | flags) & !(INHERIT | PROTECT_FROM_CLOSE) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    let set = flags & mask;
    if let Some(fd) = handle::descriptor(handle) {
        is_inherited(fd)?;
        if set & PROTECT_FROM_CLOSE != 0 {
            return Err(Code::NOT_SUPPORTED);
        }
        return if mask & INHERIT == 0 { Ok(()) } else { file::set_inherited(fd, set != 0).map_err(code_of) };
    }
    handle::change(handle, |entry| {
        if mask & INHERIT != 0 {
            entry.inherited = set & INHERIT != 0;
        }
        if mask & PROTECT_FROM_CLOSE != 0 {
            entry.protected = set & PROTECT_FROM_CLOSE != 0;
        }
    })
}

/// Whether a handle stands for this process.
fn is_process(handle: usize) -> Result<(), Code> {
    handle::with(handle, Some(Kind::Process), 0, |target| {
        if target.object().is_this_process() { Ok(()) } else { Err(Code::INVALID_HANDLE) }
    })
}

/// What is asked of a duplicate.
#[derive(Clone, Copy)]
pub struct Duplicate {
    /// The process that has the handle, and the one that is to get the other: this one.
    pub processes: [usize; 2],
    /// The first handle.
    pub handle: usize,
    /// Windows' access mask.
    pub access: u32,
    /// Programs that are started get it.
    pub inherited: bool,
    /// [`CLOSE_SOURCE`], [`SAME_ACCESS`].
    pub options: u32,
}

/// Whether both processes are this one, and the options are in order.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_PARAMETER`.
pub fn may_duplicate(wanted: Duplicate) -> Result<(), Code> {
    is_process(wanted.processes[0])?;
    if wanted.options & !(CLOSE_SOURCE | SAME_ACCESS) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    is_process(wanted.processes[1])
}

/// A second handle for what the first stands for; that of a socket is a socket, too. With [`CLOSE_SOURCE`] the first one
/// is closed in any case.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: the handle, or a process that is not this one. `ERROR_INVALID_PARAMETER`: an option that does
/// not exist. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub fn duplicate(wanted: Duplicate) -> Result<usize, Code> {
    let [source, target] = wanted.processes;
    is_process(source)?;
    if wanted.options & !(CLOSE_SOURCE | SAME_ACCESS) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    let made = is_process(target).and_then(|()| match handle::descriptor(wanted.handle) {
        Some(fd) => second(fd, wanted.inherited).map(Fd::to_socket),
        None => names::duplicate(wanted.handle, |entry| {
            entry.inherited = wanted.inherited;
            if wanted.options & SAME_ACCESS == 0 {
                entry.access = rights::granted(entry.target.object().kind(), wanted.access);
            }
        }),
    });
    if wanted.options & CLOSE_SOURCE != 0 {
        let closed = close(wanted.handle);
        if let (Err(code), Ok(handle)) = (closed, made) {
            let _ = close(handle);
            return Err(code);
        }
    }
    made
}

/// Closes the handle of another process, which is this one: `DuplicateHandle` with [`CLOSE_SOURCE`] and no place for a
/// second.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`.
pub fn close_in(process: usize, handle: usize) -> Result<(), Code> {
    is_process(process)?;
    close(handle)
}

/// Whether two handles stand for the same.
///
/// # Errors
/// `ERROR_NOT_SAME_OBJECT`, `ERROR_INVALID_HANDLE`.
pub fn compare(one: usize, other: usize) -> Result<(), Code> {
    let same = match (handle::descriptor(one), handle::descriptor(other)) {
        (Some(one), Some(other)) => {
            is_inherited(one).and_then(|_| is_inherited(other))?;
            file::are_same(one, other)
        }
        (None, None) => match (handle::target(one, 0)?, handle::target(other, 0)?) {
            (Target::Object(one), Target::Object(other)) => {
                Arc::ptr_eq(&one, &other) || one.is_this_process() && other.is_this_process()
            }
            (Target::Thread(one), Target::Thread(other)) => Arc::ptr_eq(&one, &other),
            (Target::Port(one), Target::Port(other)) => Arc::ptr_eq(&one, &other),
            (Target::Section(one), Target::Section(other)) => Arc::ptr_eq(&one, &other),
            (Target::Device(one), Target::Device(other)) => Arc::ptr_eq(&one, &other),
            (Target::Keyed(one), Target::Keyed(other)) => Arc::ptr_eq(&one, &other),
            _ => false,
        },
        _ => false,
    };
    if same { Ok(()) } else { Err(Code::NOT_SAME_OBJECT) }
}
