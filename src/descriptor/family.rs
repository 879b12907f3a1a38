//! The address family of a socket: `sendto` and `recvfrom` have to know before they move anything whether C's
//! addresses have the kernel's form, and how long they are.

use super::facts::{self, Facts};
use crate::sys::{Errno, Fd};

/// A family, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4. Its number is the same on both systems.
    V4,
    /// IPv6. Its number has to be translated.
    V6,
    /// Another one, with the same number on both systems.
    Other,
}

impl Family {
    /// The family behind Linux's number.
    #[must_use]
    pub const fn from_linux(number: i32) -> Self {
        match number {
            libc::AF_INET => Self::V4,
            libc::AF_INET6 => Self::V6,
            _ => Self::Other,
        }
    }

    /// The room that an address needs. A Unix socket's has no fixed length.
    #[must_use]
    #[inline(always)]
    pub const fn room(self) -> u32 {
        match self {
            Self::V4 => 16,
            Self::V6 => 28,
            Self::Other => 2,
        }
    }

    #[inline(always)]
    const fn from_facts(facts: Facts) -> Option<Self> {
        if facts.contains(Facts::V4) {
            Some(Self::V4)
        } else if facts.contains(Facts::V6) {
            Some(Self::V6)
        } else if facts.contains(Facts::OTHER) {
            Some(Self::Other)
        } else {
            None
        }
    }
}

/// The socket's family, as far as is known or else as the kernel says.
///
/// # Errors
/// The kernel's error where the descriptor is no socket and nothing was known about it.
#[inline(always)]
pub fn of(fd: Fd) -> Result<Family, Errno> {
    match known(fd) {
        Some(family) => Ok(family),
        None => learn(fd),
    }
}

/// What is known of the socket's family.
#[must_use]
#[inline(always)]
pub fn known(fd: Fd) -> Option<Family> {
    Family::from_facts(facts::seen(fd).facts())
}

/// Asks the kernel, and notes it.
///
/// # Errors
/// The kernel's error.
#[cold]
pub fn learn(fd: Fd) -> Result<Family, Errno> {
    Ok(Family::from_facts(facts::learn(fd)?).unwrap_or(Family::Other))
}
