//! Other processes: whether one is there, whose it is, and when it ends. And numbers that nobody can guess.

use syscalls::Sysno;

use crate::sys::process::kernel_file;
use crate::sys::room::Made;
use crate::sys::{Errno, Fd, call};

/// A descriptor that becomes readable when the process has ended; it stands for that process, whoever gets its number
/// later. Closed on exec.
///
/// # Errors
/// `ESRCH`: there is no such process. `EMFILE`, `ENFILE`, `ENOMEM`; `ENOSYS` before Linux 5.3.
pub fn watch(process: u32) -> Result<Fd, Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::pidfd_open, [process as usize, 0, 0, 0, 0, 0]) }.and_then(Fd::from_kernel)
}

/// Whether this process may do something to that one: whether it could send it a signal. None is sent.
///
/// # Errors
/// `ESRCH`, `EPERM`.
pub fn may_reach(process: u32) -> Result<(), Errno> {
    // SAFETY: numbers only; 0 is no signal.
    unsafe { call(Sysno::kill, [process as usize, 0, 0, 0, 0, 0])? };
    Ok(())
}

/// The user that a process acts for; none where `/proc` does not tell.
///
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
pub fn user_of(process: u32) -> Made<Option<u32>> {
    let status = kernel_file::text(&format_args!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    // Real, effective, saved, of the file system.
    Ok(line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()))
}

/// 128 bits that nobody can guess.
///
/// # Errors
/// `ENOSYS` where the kernel has none.
pub fn secret() -> Result<[u8; 16], Errno> {
    let mut bytes = [0_u8; 16];
    // SAFETY: the kernel writes to a local of that length. So few bytes come at once or not at all.
    unsafe { call(Sysno::getrandom, [bytes.as_mut_ptr() as usize, bytes.len(), 0, 0, 0, 0])? };
    Ok(bytes)
}

/// Fills memory of the program's with bytes that nobody can guess.
///
/// # Errors
/// `EFAULT`: it cannot be written. `ENOSYS` where the kernel has none.
pub fn fill(at: usize, len: usize) -> Result<(), Errno> {
    let mut done = 0;
    while done < len {
        // SAFETY: the kernel writes to the caller's memory, and says where it cannot.
        match unsafe { call(Sysno::getrandom, [at + done, len - done, 0, 0, 0, 0]) } {
            Ok(more) => done += more,
            Err(errno) if errno.number() == libc::EINTR => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}
