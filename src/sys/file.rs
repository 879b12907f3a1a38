//! What a handle that is a descriptor can do without being a socket: be closed, duplicated, inherited, compared.

use syscalls::Sysno;

use super::{Errno, Fd, call};

const CLOSE_ON_EXEC: usize = libc::FD_CLOEXEC.unsigned_abs() as usize;

fn control(fd: Fd, command: i32, argument: usize) -> Result<usize, Errno> {
    // SAFETY: the commands used here take numbers.
    unsafe { call(Sysno::fcntl, [fd.raw(), command.unsigned_abs() as usize, argument, 0, 0, 0]) }
}

/// Closes a descriptor of any kind.
///
/// # Errors
/// `EBADF`: none is open under the number. Any other error comes after the descriptor is gone.
pub fn close(fd: Fd) -> Result<(), Errno> {
    // SAFETY: a number; who may close it is the caller's business.
    unsafe { call(Sysno::close, [fd.raw(), 0, 0, 0, 0, 0]) }.map(|_| ())
}

/// Another descriptor, never 0 to 2, for what this one stands for.
///
/// # Errors
/// `EBADF`, `EMFILE`.
pub fn duplicate(fd: Fd, inherited: bool) -> Result<Fd, Errno> {
    let command = if inherited { libc::F_DUPFD } else { libc::F_DUPFD_CLOEXEC };
    control(fd, command, 3).and_then(Fd::from_kernel)
}

/// Puts what one descriptor stands for under the number of another, which is open and lets go what it stood for. The number
/// is closed when a program is started.
///
/// # Errors
/// `EBADF`, `EBUSY`.
pub fn replace(from: Fd, to: Fd) -> Result<(), Errno> {
    let on_exec = libc::O_CLOEXEC.unsigned_abs() as usize;
    // SAFETY: numbers; whose descriptors they are is the caller's business.
    unsafe { call(Sysno::dup3, [from.raw(), to.raw(), on_exec, 0, 0, 0]) }.map(|_| ())
}

/// Reads a part of a file, wherever its position is; the number of bytes, 0 at its end.
///
/// # Errors
/// The kernel's.
pub fn read_at(fd: Fd, into: &mut [u8], at: u64) -> Result<usize, Errno> {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    // SAFETY: the kernel fills a slice of ours, at most as long as it is.
    unsafe { call(Sysno::pread64, [fd.raw(), into.as_mut_ptr() as usize, into.len(), at, 0, 0]) }
}

/// Whether a program that is started gets the descriptor.
///
/// # Errors
/// `EBADF`.
pub fn is_inherited(fd: Fd) -> Result<bool, Errno> {
    control(fd, libc::F_GETFD, 0).map(|flags| flags & CLOSE_ON_EXEC == 0)
}

/// Says whether a program that is started gets the descriptor.
///
/// # Errors
/// `EBADF`.
pub fn set_inherited(fd: Fd, inherited: bool) -> Result<(), Errno> {
    control(fd, libc::F_SETFD, if inherited { 0 } else { CLOSE_ON_EXEC }).map(|_| ())
}

/// Whether two descriptors stand for the same open file or socket; by their numbers where the kernel does not tell.
#[must_use]
pub fn are_same(one: Fd, other: Fd) -> bool {
    const FILES: usize = 0;
    let process = super::process::thread::process() as usize;
    // SAFETY: numbers only.
    let answer = unsafe { call(Sysno::kcmp, [process, process, FILES, one.raw(), other.raw(), 0]) };
    answer.map_or(one == other, |order| order == 0)
}
