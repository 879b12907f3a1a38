//! Pipes: making them, and what is in one without taking it out.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// A pipe: where it is read and where it is written. `inherited` says whether programs that are started get both.
///
/// # Errors
/// `EMFILE`, `ENFILE`.
pub fn make(inherited: bool) -> Result<[Fd; 2], Errno> {
    let mut ends = [0_i32; 2];
    let flags = if inherited { 0 } else { libc::O_CLOEXEC.unsigned_abs() as usize };
    // SAFETY: the kernel writes two numbers to a local.
    unsafe { call(Sysno::pipe2, [ends.as_mut_ptr() as usize, flags, 0, 0, 0, 0])? };
    let [read, write] = ends.map(|end| Fd::from_kernel(end.unsigned_abs() as usize));
    Ok([above_standard(read?, inherited)?, above_standard(write?, inherited)?])
}

/// A number that is not one of the standard descriptors: 0 would be NULL, and a program that has closed its output would
/// write into the pipe by mistake.
fn above_standard(fd: Fd, inherited: bool) -> Result<Fd, Errno> {
    if fd.number() > 2 {
        return Ok(fd);
    }
    let moved = crate::sys::file::duplicate(fd, inherited);
    let _ = crate::sys::file::close(fd);
    moved
}

/// Makes room in a pipe for so many bytes, if the system lets it.
pub fn set_room(fd: Fd, bytes: u32) {
    const F_SETPIPE_SZ: usize = 1031;
    // SAFETY: numbers only.
    let _ = unsafe { call(Sysno::fcntl, [fd.raw(), F_SETPIPE_SZ, bytes as usize, 0, 0, 0]) };
}

/// Whether every writer has gone.
#[must_use]
pub fn is_broken(fd: Fd) -> bool {
    use crate::sys::event::poll::{PollFd, poll};
    let mut fds = [PollFd::new(fd, 0)];
    poll(&mut fds, Some(std::time::Duration::ZERO)).is_ok()
        && fds.iter().any(|fd| fd.happened() & (libc::POLLHUP | libc::POLLERR) != 0)
}

/// Copies the beginning of what is in a pipe, which keeps it: at most as much as fits.
///
/// # Errors
/// `EINVAL`: no pipe. `EMFILE`.
pub fn peek(fd: Fd, into: &mut [u8]) -> Result<usize, Errno> {
    const SPLICE_F_NONBLOCK: usize = 2;
    let [read, write] = make(false)?;
    set_room(write, u32::try_from(into.len()).unwrap_or(u32::MAX));
    // SAFETY: numbers only.
    let copied = unsafe { call(Sysno::tee, [fd.raw(), write.raw(), into.len(), SPLICE_F_NONBLOCK, 0, 0]) };
    let result = match copied {
        Ok(0) => Ok(0),
        // SAFETY: the kernel fills a slice of ours.
        Ok(count) => unsafe {
            call(Sysno::read, [read.raw(), into.as_mut_ptr() as usize, count.min(into.len()), 0, 0, 0])
        },
        Err(errno) if errno.number() == libc::EAGAIN => Ok(0),
        Err(errno) => Err(errno),
    };
    let _ = (crate::sys::file::close(read), crate::sys::file::close(write));
    result
}
