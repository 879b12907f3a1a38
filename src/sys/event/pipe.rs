//! A pipe by which one thread ends the waits of others: its reading end is polled, a byte in it is the signal.

use syscalls::Sysno;

use crate::sys::net::socket::close;
use crate::sys::{Errno, Fd, call};

/// The two ends, and what tells that the numbers still stand for them.
#[derive(Clone, Copy, Debug)]
pub struct Pipe {
    read: Fd,
    write: Fd,
    identity: (u64, u64),
}

/// Where the numbers are put if there is room: above those that programs get when they open something, so that a
/// program that closes every descriptor it does not know does not get these for something else.
const HIGH: u64 = 1000;

impl Pipe {
    /// Makes one that is closed on exec.
    ///
    /// # Errors
    /// The kernel's, `EMFILE` above all.
    pub fn new() -> Result<Self, Errno> {
        let mut ends = [0_i32; 2];
        let flags = word(libc::O_CLOEXEC | libc::O_NONBLOCK);
        // SAFETY: the kernel writes two numbers to a local.
        unsafe { call(Sysno::pipe2, [ends.as_mut_ptr() as usize, flags, 0, 0, 0, 0])? };
        let [read, write] = ends.map(|end| Fd::from_kernel(word(end)));
        let (read, write) = (high(read?), high(write?));
        match identity(read) {
            Ok(identity) => Ok(Self { read, write, identity }),
            Err(errno) => {
                close(read);
                close(write);
                Err(errno)
            }
        }
    }

    /// The end to poll.
    #[must_use]
    pub const fn read_end(&self) -> Fd {
        self.read
    }

    /// What file both ends are: device and inode.
    #[must_use]
    pub const fn file(&self) -> (u64, u64) {
        self.identity
    }

    /// Whether the reading end's number still stands for it.
    #[must_use]
    pub fn has_read_end(&self) -> bool {
        identity(self.read) == Ok(self.identity)
    }

    fn has_write_end(&self) -> bool {
        identity(self.write) == Ok(self.identity)
    }

    /// Whether both numbers still stand for the ends: programs close descriptors that they do not know.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.has_read_end() && self.has_write_end()
    }

    /// Puts a byte in. Whether it is there.
    #[must_use]
    pub fn set(&self) -> bool {
        let byte = 1_u8;
        // SAFETY: the kernel reads a local.
        self.is_whole()
            && unsafe { call(Sysno::write, [self.write.raw(), (&raw const byte) as usize, 1, 0, 0, 0]) }
                .is_ok()
    }

    /// Takes it out.
    pub fn reset(&self) {
        let mut bytes = [0_u8; 16];
        if self.has_read_end() {
            // SAFETY: the kernel writes to a local.
            let _ = unsafe {
                call(Sysno::read, [self.read.raw(), bytes.as_mut_ptr() as usize, bytes.len(), 0, 0, 0])
            };
        }
    }

    /// Closes what of it is left. Whoever polls the reading end is told, since the writing end is gone.
    pub fn close(self) {
        if self.has_write_end() {
            close(self.write);
        }
        if self.has_read_end() {
            close(self.read);
        }
    }

    /// Puts the reading end under a number that something else has, which closes that and leaves the number taken by
    /// what is no socket. Whether it is there.
    #[must_use]
    #[inline(always)]
    pub fn cover(&self, fd: Fd) -> bool {
        // Somebody else's pipe serves as well: it is no socket, and nothing happens when the second number is closed. To ask
        // for that takes half the time that its identity does.
        // SAFETY: numbers only; whose number it is, is the caller's business.
        is_pipe(self.read)
            && unsafe { call(Sysno::dup3, [self.read.raw(), fd.raw(), word(libc::O_CLOEXEC), 0, 0, 0]) }
                .is_ok()
    }
}

/// Whether a pipe stands behind a number: of nothing else the kernel tells the size.
#[inline(always)]
fn is_pipe(fd: Fd) -> bool {
    // SAFETY: numbers only.
    unsafe { call(Sysno::fcntl, [fd.raw(), word(libc::F_GETPIPE_SZ), 0, 0, 0, 0]) }.is_ok()
}

/// The same file under a high number; where there is none, as it is.
pub(in crate::sys) fn high(fd: Fd) -> Fd {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the kernel writes to a local.
    let told = unsafe {
        call(Sysno::prlimit64, [0, libc::RLIMIT_NOFILE as usize, 0, (&raw mut limit) as usize, 0, 0])
    };
    let least = if told.is_ok() { HIGH.min(limit.rlim_cur.saturating_sub(4)) } else { 0 };
    let args = [fd.raw(), word(libc::F_DUPFD_CLOEXEC), usize::try_from(least).unwrap_or(0), 0, 0, 0];
    // SAFETY: numbers only.
    match unsafe { call(Sysno::fcntl, args) }.and_then(Fd::from_kernel) {
        Ok(moved) => {
            close(fd);
            moved
        }
        Err(_) => fd,
    }
}

/// What file stands behind a number: device and inode.
fn identity(fd: Fd) -> Result<(u64, u64), Errno> {
    crate::sys::file_identity(fd)
}

const fn word(number: i32) -> usize {
    number.cast_unsigned() as usize
}
