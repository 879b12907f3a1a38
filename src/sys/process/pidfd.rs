//! Descriptors that stand for processes (`man 2 pidfd_open`): whether one has ended, how, and signals to it. A number may be another
//! process' a moment later; such a descriptor never is.

use std::time::Duration;

use syscalls::Sysno;

use super::child::End;
use super::other;
use crate::sys::event::pipe::high;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::{Errno, Fd, call, file};

/// What can be seen of a process by its descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It runs.
    Running,
    /// It has ended.
    Ended,
    /// The number stands for no process any more: the program has closed a descriptor that it does not know.
    Lost,
}

/// What stands for a process by its number; closed on exec, and under a high number.
///
/// # Errors
/// As [`other::watch`].
pub fn open(process: u32) -> Result<Fd, Errno> {
    other::watch(process).map(high)
}

/// Looks at it.
#[must_use]
pub fn look(fd: Fd) -> Seen {
    if !is_one(fd) {
        return Seen::Lost;
    }
    let mut fds = [PollFd::new(fd, libc::POLLIN)];
    let _ = poll(&mut fds, Some(Duration::ZERO));
    if fds.iter().any(|fd| fd.happened() & libc::POLLIN != 0) { Seen::Ended } else { Seen::Running }
}

fn signal(fd: Fd, signal: usize) -> Result<(), Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::pidfd_send_signal, [fd.raw(), signal, 0, 0, 0, 0]) }.map(drop)
}

/// Whether a descriptor stands for a process, which may have ended.
fn is_one(fd: Fd) -> bool {
    !signal(fd, 0).is_err_and(|errno| errno.number() == libc::EBADF)
}

/// Whether the process' number is still its own: it runs, or has ended and was not reaped.
#[must_use]
pub fn has_its_number(fd: Fd) -> bool {
    !signal(fd, 0).is_err_and(|errno| matches!(errno.number(), libc::ESRCH | libc::EBADF))
}

/// Sends the process the signal that it cannot refuse.
///
/// # Errors
/// `ESRCH`, `EPERM`.
pub fn kill(fd: Fd) -> Result<(), Errno> {
    signal(fd, usize::try_from(libc::SIGKILL).unwrap_or(0))
}

/// Closes it, if the number still stands for a process.
pub fn close(fd: Fd) {
    if is_one(fd) {
        let _ = file::close(fd);
    }
}

const P_PIDFD: usize = 3;

/// Whether the kernel has all that is asked of these descriptors: Linux 5.4.
#[must_use]
pub fn are_there() -> bool {
    let flags = usize::try_from(libc::WEXITED | libc::WNOHANG).unwrap_or(0);
    // SAFETY: numbers only; no descriptor has that one.
    let asked = unsafe { call(Sysno::waitid, [P_PIDFD, Fd::NONE.raw(), 0, flags, 0, 0]) };
    asked.is_err_and(|errno| errno.number() == libc::EBADF)
}

/// Waits until a child has ended, and reaps it.
pub fn wait(fd: Fd) {
    let flags = usize::try_from(libc::WEXITED).unwrap_or(0);
    // SAFETY: numbers only; what there is to tell is not wanted.
    let ask = || unsafe { call(Sysno::waitid, [P_PIDFD, fd.raw(), 0, flags, 0, 0]) };
    while ask().is_err_and(|errno| errno.number() == libc::EINTR) {}
}

/// How a child that has ended did so; with `reap` it is gone then. `None`: it is no child of this process, runs, or was reaped by
/// others.
#[must_use]
pub fn end(fd: Fd, reap: bool) -> Option<End> {
    let mut told = std::mem::MaybeUninit::<libc::siginfo_t>::zeroed();
    let keep = if reap { 0 } else { libc::WNOWAIT };
    let flags = usize::try_from(libc::WEXITED | libc::WNOHANG | keep).unwrap_or(0);
    let at = told.as_mut_ptr() as usize;
    // SAFETY: the kernel writes to a local of its layout.
    unsafe { call(Sysno::waitid, [P_PIDFD, fd.raw(), at, flags, 0, 0]) }.ok()?;
    // SAFETY: all zero is a value, and the kernel has written what a child's end says.
    let (number, how, status) = unsafe {
        let told = told.assume_init();
        (told.si_pid(), told.si_code, told.si_status())
    };
    if number == 0 {
        return None;
    }
    Some(if how == libc::CLD_EXITED { End::Exit(status.cast_unsigned()) } else { End::Signal(status) })
}
