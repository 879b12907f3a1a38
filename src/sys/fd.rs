//! A file descriptor's number.

use super::Errno;

/// A number that can be a file descriptor: 0 to `i32::MAX`. Whether one is open under it is the kernel's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fd(i32);

impl Fd {
    /// A number that no descriptor has: the kernel's limit is lower.
    pub const NONE: Self = Self(i32::MAX);

    /// The descriptor behind a value of C's `SOCKET`; none where no descriptor can have that value.
    #[must_use]
    #[inline(always)]
    pub fn from_socket(socket: usize) -> Option<Self> {
        i32::try_from(socket).ok().map(Self)
    }

    /// The descriptor that the kernel just returned.
    pub(super) fn from_kernel(number: usize) -> Result<Self, Errno> {
        Self::from_socket(number).ok_or(Errno::new(libc::EBADF))
    }

    /// The number as a system call's argument.
    #[inline(always)]
    pub(super) const fn raw(self) -> usize {
        self.to_socket()
    }

    /// The number, never negative.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The value of C's `SOCKET` for this descriptor.
    #[must_use]
    pub const fn to_socket(self) -> usize {
        self.0.unsigned_abs() as usize
    }
}
