//! Moving bytes from and to files, pipes and terminals.

use syscalls::Sysno;

use crate::sys::process::libc_call::KeptErrno;
use crate::sys::{Errno, Fd, UserBuf, call};

/// Repeats a call that a signal has interrupted.
fn again(mut ask: impl FnMut() -> Result<usize, Errno>) -> Result<usize, Errno> {
    loop {
        match ask() {
            Err(errno) if errno.number() == libc::EINTR => {}
            other => return other,
        }
    }
}

/// What Linux moves in one call at most.
const MOST: usize = 0x7FFF_F000;

/// Reads at the file's position, or at another one that does not move it. What is longer than the kernel reads at once is read
/// on, as far as it is there.
///
/// # Safety
/// The memory is the caller's to hand out, as far as it is there.
///
/// # Errors
/// The kernel's, if nothing was read.
pub unsafe fn read(fd: Fd, to: usize, len: usize, at: Option<u64>) -> Result<usize, Errno> {
    let mut done = 0;
    loop {
        let (to, rest) = (to.wrapping_add(done), len.saturating_sub(done));
        let result = again(|| match at {
            // SAFETY: passed on to the caller; the kernel checks the address.
            None => unsafe { call(Sysno::read, [fd.raw(), to, rest, 0, 0, 0]) },
            Some(at) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX).saturating_add(done);
                // SAFETY: likewise.
                unsafe { call(Sysno::pread64, [fd.raw(), to, rest, at, 0, 0]) }
            }
        });
        match result {
            Ok(count) => {
                done += count;
                if count < MOST || done >= len {
                    return Ok(done);
                }
            }
            Err(errno) if done == 0 => return Err(errno),
            Err(_) => return Ok(done),
        }
    }
}

/// Where bytes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// At the file's position, which moves.
    #[default]
    Position,
    /// Elsewhere; the position stays.
    At(u64),
    /// At the end, wherever that is then. The position moves there.
    End,
}

/// Writes once, as much as the kernel takes.
fn write_once(fd: Fd, from: &UserBuf<'_>, place: Place, written: usize) -> Result<usize, Errno> {
    const RWF_APPEND: usize = 0x10;
    let (address, len) = (from.address(), from.len());
    again(|| match place {
        // SAFETY: the kernel only reads, and checks the address.
        Place::Position => unsafe { call(Sysno::write, [fd.raw(), address, len, 0, 0, 0]) },
        Place::At(at) => {
            let at = usize::try_from(at).unwrap_or(usize::MAX).saturating_add(written);
            // SAFETY: likewise.
            unsafe { call(Sysno::pwrite64, [fd.raw(), address, len, at, 0, 0]) }
        }
        Place::End => {
            let piece =
                libc::iovec { iov_base: std::ptr::with_exposed_provenance_mut(address), iov_len: len };
            let pieces = (&raw const piece) as usize;
            // Both halves of -1: the position moves, too.
            // SAFETY: likewise; the kernel reads one local piece.
            unsafe { call(Sysno::pwritev2, [fd.raw(), pieces, 1, usize::MAX, usize::MAX, RWF_APPEND]) }
        }
    })
}

/// Writes all, unless it fails on the way: how much, and why no more. `SIGPIPE` does not rise.
pub fn write_all(fd: Fd, from: UserBuf<'_>, place: Place, may_be_pipe: bool) -> (usize, Result<(), Errno>) {
    let _quiet = may_be_pipe.then(QuietPipe::new);
    let mut written = 0;
    while written < from.len() || written == 0 {
        match write_once(fd, &from.skip(written), place, written) {
            Ok(0) if written < from.len() => return (written, Err(Errno::new(libc::ENOSPC))),
            Ok(0) => break,
            Ok(count) => written += count,
            Err(errno) => return (written, Err(errno)),
        }
    }
    (written, Ok(()))
}

/// Writes at the file's position, or at another one; all of it, unless it fails on the way. `SIGPIPE` does not rise.
///
/// # Errors
/// The kernel's, if nothing was written.
pub fn write(fd: Fd, from: UserBuf<'_>, at: Option<u64>, may_be_pipe: bool) -> Result<usize, Errno> {
    match write_all(fd, from, at.map_or(Place::Position, Place::At), may_be_pipe) {
        (0, Err(errno)) => Err(errno),
        (written, _) => Ok(written),
    }
}

/// Keeps `SIGPIPE` away from the thread while it writes: the signal is for whoever wrote, so one that was pending before
/// stays and one that came by this is taken away.
struct QuietPipe {
    before: libc::sigset_t,
    was_pending: bool,
}

fn sigpipe() -> libc::sigset_t {
    // SAFETY: a local set.
    unsafe {
        let mut set = std::mem::zeroed::<libc::sigset_t>();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGPIPE);
        set
    }
}

fn is_pending() -> bool {
    // SAFETY: a local set.
    unsafe {
        let mut set = std::mem::zeroed::<libc::sigset_t>();
        libc::sigpending(&raw mut set);
        libc::sigismember(&raw const set, libc::SIGPIPE) == 1
    }
}

impl QuietPipe {
    fn new() -> Self {
        let was_pending = is_pending();
        let set = sigpipe();
        // SAFETY: local sets.
        unsafe {
            let mut before = std::mem::zeroed::<libc::sigset_t>();
            libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, &raw mut before);
            Self { before, was_pending }
        }
    }
}

impl Drop for QuietPipe {
    fn drop(&mut self) {
        let _kept = KeptErrno::new();
        let set = sigpipe();
        let none = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: local structures.
        unsafe {
            if !self.was_pending && is_pending() {
                libc::sigtimedwait(&raw const set, std::ptr::null_mut(), &raw const none);
            }
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.before, std::ptr::null_mut());
        }
    }
}
