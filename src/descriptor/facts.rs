//! What is known of a descriptor without asking the kernel: one word each, read without a lock.
//!
//! | bits | hold |
//! |---|---|
//! | 0-19 | the [`Facts`] |
//! | 20-63 | the number of the last closing of this descriptor by this library: enough for years of closings without pause |
//!
//! A fact is believed until this library closes the descriptor. Facts are noted only while the number of the last
//! closing is the one that was read before the kernel was asked, so that a late call cannot note facts about the
//! next socket that gets the descriptor. A descriptor that POSIX code closed and opened again behind our back is
//! noticed by the calls that then fail, and where [`verify`] asks.

use std::sync::atomic::{AtomicU64, Ordering};

use bitflags::bitflags;

use super::family::Family;
use super::waiting::next_closing;
use crate::sys::net::{option, transfer};
use crate::sys::{Errno, Fd};

bitflags! {
    /// What can be known.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Facts: u32 {
        /// A socket stands under the number.
        const SOCKET = 1;
        /// A stream socket.
        const STREAM = 1 << 1;
        /// Of IPv4.
        const V4 = 1 << 2;
        /// Of IPv6.
        const V6 = 1 << 3;
        /// Of another family.
        const OTHER = 1 << 4;
        /// This library made the socket.
        const OURS = 1 << 5;
        /// This interface made it non-blocking.
        const NONBLOCKING = 1 << 6;
        /// A stream that was connected once, or a datagram socket with a local address: nothing forbids receiving.
        const READY_TO_RECEIVE = 1 << 7;
        /// This program has shut down receiving.
        const RECEIVE_SHUT = 1 << 8;
        /// SO_LINGER may be on.
        const LINGERS = 1 << 9;
        /// A time-out was set through this interface.
        const TIMED = 1 << 10;
        /// A listener that this library keeps non-blocking in the kernel, whatever mode the program wants.
        const LISTENER = 1 << 11;
        /// Connections wait that `WSAAccept`'s condition function has put off.
        const DEFERRED = 1 << 12;
        /// A thread of this program is closing the descriptor.
        const CLOSING = 1 << 13;
        /// Of a listener of this library's this is no duplicate: that was looked for.
        const NO_DUPLICATE = 1 << 14;
        /// The socket does something asynchronous.
        const ASYNCHRONOUS = 1 << 15;
        /// Of UDP, or of what receives datagrams like it: see [`transfer::recv_datagram`].
        const DATAGRAM = 1 << 16;
    }
}

const FAMILIES: Facts = Facts::V4.union(Facts::V6).union(Facts::OTHER);

/// So many descriptors have a word; a process has no more unless the system's limit (`fs.nr_open`) was raised.
const MOST: usize = 1 << 20;

static WORDS: [AtomicU64; MOST] = [const { AtomicU64::new(0) }; MOST];

/// Those beyond share words for the numbers of their closings, and nothing is known about them.
const SHARED: usize = 1 << 10;

static BEYOND: [AtomicU64; SHARED] = [const { AtomicU64::new(0) }; SHARED];

const SHIFT: u32 = 20;
const FACTS: u64 = (1 << SHIFT) - 1;

/// What was read of a descriptor at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(u64);

impl Seen {
    /// What was known.
    #[must_use]
    #[inline(always)]
    pub const fn facts(self) -> Facts {
        Facts::from_bits_retain((self.0 & FACTS) as u32)
    }

    /// Whether all of these were known.
    #[must_use]
    #[inline(always)]
    pub const fn has(self, facts: Facts) -> bool {
        self.0 & facts.bits() as u64 == facts.bits() as u64
    }

    /// Whether one of these was known.
    #[must_use]
    #[inline(always)]
    pub const fn has_any(self, facts: Facts) -> bool {
        self.0 & facts.bits() as u64 != 0
    }

    /// The number of the last closing of this descriptor.
    #[must_use]
    #[inline(always)]
    pub const fn closing(self) -> u64 {
        self.0 >> SHIFT
    }
}

#[inline(always)]
fn word(fd: Fd) -> Option<&'static AtomicU64> {
    WORDS.get(fd.to_socket())
}

#[cold]
fn beyond(fd: Fd) -> &'static AtomicU64 {
    let [first, ..] = &BEYOND;
    BEYOND.get(fd.to_socket() % SHARED).unwrap_or(first)
}

/// What is known of a descriptor.
#[must_use]
#[inline(always)]
pub fn seen(fd: Fd) -> Seen {
    // Acquire: whoever sees a closing's number sees what was done before it.
    Seen(match word(fd) {
        Some(word) => word.load(Ordering::Acquire),
        None => beyond(fd).load(Ordering::Acquire) & !FACTS,
    })
}

/// Whether the socket may do something asynchronous: nothing is known of descriptors beyond the array.
#[must_use]
#[inline]
pub fn may_be_asynchronous(fd: Fd) -> bool {
    word(fd).is_none() || seen(fd).has(Facts::ASYNCHRONOUS)
}

/// Notes facts that the kernel told after `before` was read, unless the descriptor was closed since.
pub fn note(fd: Fd, before: Seen, facts: Facts) {
    change(fd, Some(before), facts, Facts::empty());
}

/// Takes facts back, unless the descriptor was closed since `before` was read.
pub fn unnote(fd: Fd, before: Seen, facts: Facts) {
    change(fd, Some(before), Facts::empty(), facts);
}

/// Adds facts that this program's own action has just changed, unless the descriptor was closed since `before` was read,
/// and takes others away.
pub fn change_after(fd: Fd, before: Seen, add: Facts, remove: Facts) {
    change(fd, Some(before), add, remove);
}

/// Says what is known of a socket that was just made: nobody else knows it yet. Whoever has looked at the number before, since
/// another socket stood there that POSIX code has closed, notes nothing any more.
pub(super) fn begin(fd: Fd, known: Facts) {
    let number = next_closing();
    // Beyond the array others share the word, and nothing is noted there.
    if let Some(word) = word(fd) {
        word.store(number << SHIFT | u64::from(known.bits()), Ordering::Release);
    }
}

/// Says what is known of a socket that was put in the place of another one.
pub(super) fn replace(fd: Fd, known: Facts) {
    change(fd, None, known, Facts::all().difference(known));
}

/// Forgets what was known of a socket that is not there any more, without a closing of this library's; unless the
/// descriptor was closed since `before` was read.
fn lose(fd: Fd, before: Seen) {
    if before.facts().is_empty() {
        return;
    }
    change(fd, Some(before), Facts::empty(), LEARNT);
    // Whoever has kept that it was a socket asks again.
    next_closing();
}

fn change(fd: Fd, before: Option<Seen>, add: Facts, remove: Facts) {
    let Some(word) = word(fd) else { return };
    let mut now = word.load(Ordering::Relaxed);
    loop {
        if before.is_some_and(|before| before.closing() != Seen(now).closing()) {
            return;
        }
        let next = (now & !u64::from(remove.bits())) | u64::from(add.bits());
        // Release: what the facts rest on comes first.
        match word.compare_exchange_weak(now, next, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(other) => now = other,
        }
    }
}

/// Notes that a closing began; the facts hold until [`forget`].
pub(super) fn closing(fd: Fd, number: u64) {
    let word = word(fd).unwrap_or_else(|| beyond(fd));
    let mut now = word.load(Ordering::Relaxed);
    // The number only grows: those beyond the array share one.
    while number > Seen(now).closing() {
        match word.compare_exchange_weak(now, closing_word(number, now), Ordering::AcqRel, Ordering::Relaxed)
        {
            Ok(_) => return,
            Err(other) => now = other,
        }
    }
}

const fn closing_word(number: u64, now: u64) -> u64 {
    number << SHIFT | now & FACTS | Facts::CLOSING.bits() as u64
}

/// Forgets every fact, under a new closing's number: whoever asked the kernel before does not note it any more.
pub(super) fn forget(fd: Fd, number: u64) {
    match word(fd) {
        Some(word) => word.store(number << SHIFT, Ordering::Release),
        None => closing(fd, number),
    }
}

/// Asks the kernel whether the descriptor is a socket, of what kind and family, and notes it.
///
/// # Errors
/// The kernel's error where it is no socket; what was known is forgotten then.
#[cold]
pub fn learn(fd: Fd) -> Result<Facts, Errno> {
    let before = seen(fd);
    let told = option::socket_type(fd)
        .and_then(|kind| Ok((kind, option::get_int(fd, libc::SOL_SOCKET, libc::SO_DOMAIN)?)));
    match told {
        Ok((kind, family)) => {
            let facts = of(kind, Family::from_linux(family));
            if !before.has(facts) || !before.facts().difference(facts).intersection(KINDS).is_empty() {
                // Another socket than the one that was known.
                lose(fd, before);
            }
            note(fd, before, facts);
            Ok(facts)
        }
        Err(errno) => {
            lose(fd, before);
            Err(errno)
        }
    }
}

/// What is forgotten where another socket stands under the number, or none.
const LEARNT: Facts = Facts::all().difference(Facts::CLOSING);

const KINDS: Facts = FAMILIES.union(Facts::STREAM).union(Facts::DATAGRAM);

/// What is known of a new socket from the numbers that it was made with.
#[must_use]
pub fn of(kind: i32, family: Family) -> Facts {
    let stream = match (kind, family) {
        (libc::SOCK_STREAM, _) => Facts::STREAM,
        (libc::SOCK_DGRAM, Family::V4 | Family::V6)
            if transfer::datagrams_tell_their_length(family == Family::V6) =>
        {
            Facts::DATAGRAM
        }
        _ => Facts::empty(),
    };
    let family = match family {
        Family::V4 => Facts::V4,
        Family::V6 => Facts::V6,
        Family::Other => Facts::OTHER,
    };
    Facts::SOCKET | stream | family
}

/// Whether the descriptor is a socket, as far as is known or else as the kernel says.
#[must_use]
#[inline(always)]
pub fn is_socket(fd: Fd) -> bool {
    seen(fd).has(Facts::SOCKET) || verify(fd)
}

/// Asks the kernel whether the descriptor is a socket.
#[cold]
#[must_use]
pub fn verify(fd: Fd) -> bool {
    let before = seen(fd);
    match option::socket_type(fd) {
        Ok(kind) => {
            let stream = kind == libc::SOCK_STREAM;
            if before.has(Facts::SOCKET) && before.has(Facts::STREAM) != stream {
                lose(fd, before);
            }
            note(fd, before, if stream { Facts::SOCKET.union(Facts::STREAM) } else { Facts::SOCKET });
            true
        }
        Err(_) => {
            lose(fd, before);
            false
        }
    }
}

/// Nothing is open under the number, as `poll` has said after `before` was read: POSIX code closed it.
pub fn is_gone(fd: Fd, before: Seen) {
    lose(fd, before);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fd(number: usize) -> Fd {
        Fd::from_socket(number).expect("a descriptor")
    }

    #[test]
    fn facts_of_the_last_socket_are_not_noted_about_the_next() {
        // Numbers that no descriptor of this test has.
        let fd = fd(1_000_003);
        let before = seen(fd);
        note(fd, before, Facts::SOCKET | Facts::V4);
        assert!(seen(fd).has(Facts::SOCKET | Facts::V4) && !seen(fd).has(Facts::STREAM));
        closing(fd, 5);
        assert!(seen(fd).has(Facts::SOCKET), "known until the descriptor is let go");
        forget(fd, 6);
        assert_eq!((seen(fd).facts(), seen(fd).closing()), (Facts::empty(), 6));
        note(fd, before, Facts::STREAM);
        assert_eq!(seen(fd).facts(), Facts::empty(), "a late call");
        closing(fd, 3);
        assert_eq!(seen(fd).closing(), 6);
    }

    #[test]
    fn nothing_is_known_of_descriptors_beyond_the_array() {
        let fd = fd(0x7fff_ffff);
        begin(fd, Facts::SOCKET);
        assert_eq!(seen(fd).facts(), Facts::empty());
        let number = seen(fd).closing() + 7;
        closing(fd, number);
        assert_eq!(seen(fd).closing(), number);
    }

    #[test]
    fn what_is_no_socket_is_not_known_for_one() {
        let fd = fd(1_000_005);
        begin(fd, Facts::SOCKET | Facts::V6);
        assert!(is_socket(fd));
        assert!(!verify(fd));
        assert_eq!(seen(fd).facts(), Facts::empty());
        assert!(learn(fd).is_err());
    }
}
