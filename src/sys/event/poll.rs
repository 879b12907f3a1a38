//! Waiting for descriptors.

use std::time::Duration;

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// A descriptor to wait for, and what for; layout of the kernel's `struct pollfd`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollFd {
    fd: i32,
    events: i16,
    revents: i16,
}

impl PollFd {
    /// Waits on `fd` for `events`, Linux's `POLL…` bits.
    #[must_use]
    pub const fn new(fd: Fd, events: i16) -> Self {
        Self { fd: fd.number(), events, revents: 0 }
    }

    /// An entry that the kernel passes over.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { fd: -1, events: 0, revents: 0 }
    }

    /// Whether it waits on `fd`.
    #[must_use]
    pub const fn is_on(&self, fd: Fd) -> bool {
        self.fd == fd.number()
    }

    /// The events that it waits for.
    #[must_use]
    pub const fn events(&self) -> i16 {
        self.events
    }

    /// What happened.
    #[must_use]
    pub const fn happened(&self) -> i16 {
        self.revents
    }
}

/// Waits until something happens to one of the descriptors, for ever without a limit; the number of entries to
/// which something happened.
///
/// # Errors
/// The kernel's error; `EINTR` after a signal.
#[inline(always)]
pub fn poll(fds: &mut [PollFd], limit: Option<Duration>) -> Result<usize, Errno> {
    #[cfg(target_arch = "x86_64")]
    if limit == Some(Duration::ZERO) {
        return look(fds);
    }
    let mut spec = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let spec_at = match limit {
        None => 0,
        Some(limit) => {
            spec.tv_sec = limit.as_secs().try_into().unwrap_or(i64::MAX);
            spec.tv_nsec = limit.subsec_nanos().into();
            (&raw mut spec) as usize
        }
    };
    // SAFETY: the kernel writes to a slice of its own layout and to a local.
    unsafe { call(Sysno::ppoll, [fds.as_mut_ptr() as usize, fds.len(), spec_at, 0, 0, 0]) }
}

/// The same without waiting: the older call has no time in memory, and writes none back.
#[cfg(target_arch = "x86_64")]
#[inline]
fn look(fds: &mut [PollFd]) -> Result<usize, Errno> {
    // SAFETY: the kernel writes to a slice of its own layout.
    unsafe { call(Sysno::poll, [fds.as_mut_ptr() as usize, fds.len(), 0, 0, 0, 0]) }
}
