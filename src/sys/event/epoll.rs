//! One epoll instance: many descriptors to wait for at once, told of changes only.
//!
//! It comes with a pipe, by which another thread ends its wait, and by which it is known again: a program may have
//! closed the descriptor and have another epoll under its number.

use syscalls::Sysno;

use super::pipe::Pipe;
use crate::sys::net::socket::close;
use crate::sys::{Errno, Fd, call};

/// What is to be told, and what has happened: Linux's `EPOLL…` bits, and a number of the caller's.
#[repr(C)]
#[cfg_attr(target_arch = "x86_64", repr(packed))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Event {
    /// The bits.
    pub bits: u32,
    /// The number that was given with the descriptor.
    pub number: u64,
}

/// The number of the pipe's entry, which no caller uses.
pub const WOKEN: u64 = u64::MAX;

/// An epoll instance with its pipe.
#[derive(Clone, Copy, Debug)]
pub struct Epoll {
    fd: Fd,
    pipe: Pipe,
}

impl Epoll {
    /// Makes one; its descriptors are closed on exec.
    ///
    /// # Errors
    /// The kernel's: `EMFILE`, `ENFILE`, `ENOMEM`.
    pub fn new() -> Result<Self, Errno> {
        let pipe = Pipe::new()?;
        let flags = word(libc::EPOLL_CLOEXEC);
        // SAFETY: numbers only.
        let made = unsafe { call(Sysno::epoll_create1, [flags, 0, 0, 0, 0, 0]) }.and_then(Fd::from_kernel);
        let fd = match made {
            Ok(fd) => super::pipe::high(fd),
            Err(errno) => {
                pipe.close();
                return Err(errno);
            }
        };
        let this = Self { fd, pipe };
        match this.control(libc::EPOLL_CTL_ADD, pipe.read_end(), IN, WOKEN) {
            Ok(()) => Ok(this),
            Err(errno) => {
                close(fd);
                pipe.close();
                Err(errno)
            }
        }
    }

    /// Whether the numbers still stand for what was made: only the right epoll knows this pipe.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.pipe.is_whole() && self.can_wait()
    }

    /// Whether the numbers of the epoll and of the pipe's reading end still stand for what was made. That is all that a wait
    /// needs, for one system call.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        self.control(libc::EPOLL_CTL_MOD, self.pipe.read_end(), IN, WOKEN).is_ok()
    }

    /// Has it tell of changes of a descriptor, and of what holds now.
    ///
    /// # Errors
    /// The kernel's: `ENOMEM`, `ENOSPC`, `EBADF`.
    pub fn add(&self, fd: Fd, bits: u32, number: u64) -> Result<(), Errno> {
        match self.control(libc::EPOLL_CTL_ADD, fd, bits, number) {
            // Left behind by a socket that POSIX code closed while a duplicate of it is open.
            Err(errno) if errno.number() == libc::EEXIST => self.change(fd, bits, number),
            result => result,
        }
    }

    /// Changes what it tells of a descriptor, and has it tell again what holds now.
    ///
    /// # Errors
    /// The kernel's.
    pub fn change(&self, fd: Fd, bits: u32, number: u64) -> Result<(), Errno> {
        self.control(libc::EPOLL_CTL_MOD, fd, bits, number)
    }

    /// Has it forget a descriptor.
    pub fn remove(&self, fd: Fd) {
        let _ = self.control(libc::EPOLL_CTL_DEL, fd, 0, 0);
    }

    fn control(&self, what: i32, fd: Fd, bits: u32, number: u64) -> Result<(), Errno> {
        let event = Event { bits, number };
        let args = [self.fd.raw(), word(what), fd.raw(), (&raw const event) as usize, 0, 0];
        // SAFETY: the kernel reads a local.
        unsafe { call(Sysno::epoll_ctl, args) }.map(|_| ())
    }

    /// Waits until something happens, or somebody calls [`Self::wake`]; for that many milliseconds, −1 for ever. How
    /// many of `events` were filled in.
    ///
    /// # Errors
    /// The kernel's: `EINTR`, `EBADF`.
    pub fn wait(&self, events: &mut [Event], milliseconds: i32) -> Result<usize, Errno> {
        let time = word(milliseconds);
        let args = [self.fd.raw(), events.as_mut_ptr() as usize, events.len(), time, 0, 8];
        // SAFETY: the kernel writes to a slice of its own layout; no set of signals is given.
        unsafe { call(Sysno::epoll_pwait, args) }
    }

    /// Ends the wait that there is, or the next one. May be called by a signal handler.
    pub fn wake(&self) {
        let _ = self.pipe.set();
    }

    /// After a wait has told of [`WOKEN`].
    pub fn woken(&self) {
        self.pipe.reset();
    }

    /// Closes what of it is left.
    pub fn close(self) {
        if self.is_whole() {
            close(self.fd);
        }
        self.pipe.close();
    }
}

const IN: u32 = libc::EPOLLIN.cast_unsigned();

const fn word(number: i32) -> usize {
    number.cast_unsigned() as usize
}
