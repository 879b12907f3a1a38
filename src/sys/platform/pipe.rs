//! Pipes: making them, and what is in one without taking it out.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call, file};

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
    let (read, write) = (read?, write?);
    let read = above_standard(read, inherited).inspect_err(|_| _ = file::close(write))?;
    let write = above_standard(write, inherited).inspect_err(|_| _ = file::close(read))?;
    Ok([read, write])
}

/// A number that is not one of the standard descriptors: 0 would be NULL, and a program that has closed its output would
/// write into the pipe by mistake.
fn above_standard(fd: Fd, inherited: bool) -> Result<Fd, Errno> {
    if fd.number() > 2 {
        return Ok(fd);
    }
    let moved = file::duplicate(fd, inherited);
    let _ = file::close(fd);
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
    happens(fd, 0) & (libc::POLLHUP | libc::POLLERR) != 0
}

/// Whether there is something to be read, a connection to be accepted, or an end.
#[must_use]
pub fn is_readable(fd: Fd) -> bool {
    happens(fd, libc::POLLIN) != 0
}

/// What of this happens at a descriptor now, and whether it has ended.
fn happens(fd: Fd, events: i16) -> i16 {
    use crate::sys::event::poll::{PollFd, poll};
    let mut fds = [PollFd::new(fd, events)];
    match poll(&mut fds, Some(std::time::Duration::ZERO)) {
        Ok(_) => fds.iter().fold(0, |all, fd| all | fd.happened()),
        Err(_) => 0,
    }
}

/// Makes room in a pipe for as much as another one holds: of short writes each takes a page.
fn set_room_as(fd: Fd, of: Fd) {
    const F_GETPIPE_SZ: usize = 1032;
    // SAFETY: numbers only.
    if let Ok(bytes) = unsafe { call(Sysno::fcntl, [of.raw(), F_GETPIPE_SZ, 0, 0, 0, 0]) } {
        set_room(fd, u32::try_from(bytes).unwrap_or(u32::MAX));
    }
}

/// Copies the beginning of what is in a pipe, which keeps it, to memory of the program's: at most `len` bytes.
///
/// # Errors
/// `EINVAL`: no pipe. `EMFILE`. `EFAULT`: the memory cannot be written.
pub fn peek(fd: Fd, at: usize, len: usize) -> Result<usize, Errno> {
    const SPLICE_F_NONBLOCK: usize = 2;
    let [read, write] = make(false)?;
    set_room_as(write, fd);
    // SAFETY: numbers only.
    let copied = unsafe { call(Sysno::tee, [fd.raw(), write.raw(), len, SPLICE_F_NONBLOCK, 0, 0]) };
    let result = match copied {
        Ok(0) => Ok(0),
        // SAFETY: the kernel writes to the program's memory, and says where it cannot.
        Ok(count) => unsafe { call(Sysno::read, [read.raw(), at, count.min(len), 0, 0, 0]) },
        Err(errno) if errno.number() == libc::EAGAIN => Ok(0),
        Err(errno) => Err(errno),
    };
    let _ = (file::close(read), file::close(write));
    result
}
