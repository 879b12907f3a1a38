//! The address family of a socket, remembered: `sendto` and `recvfrom` have to know before they move anything
//! whether C's addresses have the kernel's form, and how long they are.
//!
//! A small table of words, one per descriptor modulo its size, read without a lock. It is a hint that is mostly
//! right: sockets made here are put in, closed ones taken out, others asked about once. A descriptor that POSIX
//! code closed and opened again with another family is found out by the call that then fails.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::sys::{Errno, Fd};

use crate::sys::net::option;

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

    const fn code(self) -> u64 {
        match self {
            Self::V4 => 1,
            Self::V6 => 2,
            Self::Other => 3,
        }
    }
}

const SIZE: usize = 1024;

/// Each word: descriptor × 4 + code; 0 where nothing is known.
static KNOWN: [AtomicU64; SIZE] = [const { AtomicU64::new(0) }; SIZE];

#[inline(always)]
fn place(fd: Fd) -> &'static AtomicU64 {
    let [first, ..] = &KNOWN;
    KNOWN.get(fd.to_socket() % SIZE).unwrap_or(first)
}

#[inline(always)]
fn key(fd: Fd) -> u64 {
    u64::from(fd.number().unsigned_abs()) * 4
}

/// The family of the socket.
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
    match place(fd).load(Ordering::Relaxed).wrapping_sub(key(fd)) {
        1 => Some(Family::V4),
        2 => Some(Family::V6),
        3 => Some(Family::Other),
        _ => None,
    }
}

/// Asks the kernel, and remembers.
///
/// # Errors
/// The kernel's error.
#[cold]
pub fn learn(fd: Fd) -> Result<Family, Errno> {
    let family = Family::from_linux(option::get_int(fd, libc::SOL_SOCKET, libc::SO_DOMAIN)?);
    note(fd, family);
    Ok(family)
}

/// Remembers.
fn note(fd: Fd, family: Family) {
    place(fd).store(key(fd) + family.code(), Ordering::Relaxed);
}

/// Forgets, before the descriptor is closed.
pub fn forget(fd: Fd) {
    let place = place(fd);
    let word = place.load(Ordering::Relaxed);
    if word / 4 == key(fd) / 4 {
        // Another thread's note about another descriptor must stay.
        let _ = place.compare_exchange(word, 0, Ordering::Relaxed, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fd(number: usize) -> Fd {
        Fd::from_socket(number).expect("a descriptor")
    }

    #[test]
    fn remembers_until_told_otherwise() {
        // Numbers that no descriptor of this test has, so that asking fails.
        let (one, rival) = (fd(1_000_003), fd(1_000_003 + SIZE));
        assert!(of(one).is_err());
        for family in [Family::V4, Family::V6, Family::Other] {
            note(one, family);
            assert_eq!(of(one), Ok(family));
        }
        note(rival, Family::V4);
        assert_eq!(of(rival), Ok(Family::V4));
        assert!(of(one).is_err(), "the place is the rival's now");
        forget(one);
        assert_eq!(of(rival), Ok(Family::V4));
        forget(rival);
        assert!(of(rival).is_err());
        let last = fd(0x7fff_ffff);
        note(last, Family::V6);
        assert_eq!(of(last), Ok(Family::V6));
        forget(last);
    }
}
