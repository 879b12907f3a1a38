//! Calls that wait on one descriptor.
//!
//! Of the calls that wait for the same thing on one descriptor one polls for all, and the others sleep: a datagram
//! wakes one of them, not each. Whose call ends hands the place on.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::alarm;
use super::facts;
use super::table::{Identity, SHARDS, Slot, shard, shard_number};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::startup;
use crate::sys::Fd;
use crate::sys::event::futex;
use crate::sys::net::{option, socket, transfer};
use crate::sys::process::thread;

/// Closings so far. A closing takes the next number.
static CLOSINGS: Apart<AtomicU64> = Apart(AtomicU64::new(0));

/// Every call reads it: on a cache line of its own.
#[repr(align(128))]
struct Apart<T>(T);

/// The number of closings so far.
#[must_use]
#[inline(always)]
pub fn epoch() -> u64 {
    CLOSINGS.0.load(Ordering::Acquire)
}

/// The next closing's number.
pub(super) fn next_closing() -> u64 {
    CLOSINGS.0.fetch_add(1, Ordering::AcqRel) + 1
}

/// Of the last `WSACleanup`: the number that it took as its own, so that calls which began before end.
static CLEANED: AtomicU64 = AtomicU64::new(0);

/// The library comes to rest.
pub(super) fn clean() {
    CLEANED.store(next_closing(), Ordering::Release);
}

/// What an attempt is made on.
pub trait On {
    /// The descriptor.
    fn fd(&self) -> Fd;
}

/// A call's first attempt, of which there is only one: it is used up by being made. Only a call that has asked the kernel nothing
/// makes it; every other one attempts under a registration alone.
#[derive(Debug)]
pub struct Once {
    fd: Fd,
    began: u64,
}

impl Once {
    /// The beginning of a call on a descriptor.
    #[must_use]
    #[inline(always)]
    pub fn begin(fd: Fd) -> Self {
        Self { fd, began: epoch() }
    }

    /// Makes the attempt.
    #[inline(always)]
    pub fn spend<T>(self, attempt: impl FnOnce(&Self) -> T) -> T {
        attempt(&self)
    }

    /// When the call began, by the count of closings.
    #[must_use]
    #[inline(always)]
    pub const fn began(&self) -> u64 {
        self.began
    }
}

/// A descriptor that nobody of this library closes while this is there: any number of attempts may be made on it.
pub trait Steady: On {
    /// Whether what is under way goes on after this program's `shutdown(SD_RECEIVE)`, and gets what comes (Q24).
    fn outlasts_shutdown(&self) -> bool;
}

impl Steady for Waiting {
    fn outlasts_shutdown(&self) -> bool {
        self.is_to_outlast_shutdown()
    }
}

impl On for Once {
    #[inline(always)]
    fn fd(&self) -> Fd {
        self.fd
    }
}

impl On for Waiting {
    #[inline(always)]
    fn fd(&self) -> Fd {
        self.fd
    }
}

/// Who polls among those that wait for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// It does not wait now.
    None,
    /// It polls.
    Polls,
    /// It sleeps until it is its turn.
    Sleeps,
}

/// A registered call, in its descriptor's slot.
#[derive(Debug)]
pub(super) struct Waiter {
    id: u64,
    /// The thread: one that closes a socket on which it waits itself (in a signal handler) does not wait for itself.
    thread: usize,
    /// It waits for data, or may come to do so.
    receives: bool,
    evicted: bool,
    /// The closing left the alarm raised for it.
    alarmed: bool,
    events: i16,
    turn: Turn,
}

impl Waiter {
    pub(super) const fn is_not_evicted(&self) -> bool {
        !self.evicted
    }
}

/// Where the sleepers of a shard sleep, each for a bit of its own.
static SLEEP: [AtomicU32; SHARDS] = [const { AtomicU32::new(0) }; SHARDS];

/// Where closings wait until the calls of a shard have left.
static LEFT: [AtomicU32; SHARDS] = [const { AtomicU32::new(0) }; SHARDS];

fn word(of: &'static [AtomicU32; SHARDS], fd: Fd) -> &'static AtomicU32 {
    let [first, ..] = of;
    of.get(shard_number(fd)).unwrap_or(first)
}

const fn bit(id: u64) -> u32 {
    1 << (id % 32)
}

/// A call that may wait on a descriptor, which this library does not close before this is dropped.
#[derive(Debug)]
pub struct Waiting {
    fd: Fd,
    id: u64,
    cancellation: i32,
}

/// The answer to a call whose socket was closed while it was under way.
pub const CLOSED: Failure = WsaError::WSAEINTR.because("another thread closed the socket");

const NOT_ANY_MORE: Failure = WsaError::WSAENOTSOCK.because("another thread is closing the socket");

/// What a wait has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To poll.
    Poll,
    /// To sleep until somebody hands the place on, see [`Waiting::sleep`].
    Sleep(u32),
}

impl Waiting {
    /// Registers a call on `fd` that began at `began`.
    ///
    /// # Errors
    /// `WSAEINTR` if the descriptor has been closed since, or Winsock ended; `WSAENOTSOCK` if it is being closed and
    /// was so when the call began; `WSAENOBUFS`.
    pub fn register(fd: Fd, began: u64) -> Result<Self, Failure> {
        Self::register_as(fd, began, false)
    }

    /// The same for a call that receives: it outlasts its own program's `shutdown(SD_RECEIVE)` (Q24).
    ///
    /// # Errors
    /// Those of [`Self::register`].
    pub fn register_to_receive(fd: Fd, began: u64) -> Result<Self, Failure> {
        Self::register_as(fd, began, true)
    }

    /// Holds a socket for a call that changes it in several steps, each of which has to meet the same socket.
    ///
    /// # Errors
    /// Those of [`Self::register`]; `WSAENOTSOCK` where there is no socket.
    pub fn hold(fd: Fd) -> Result<Self, Failure> {
        let began = epoch();
        if !facts::is_socket(fd) {
            // Says whether nothing is open under the number, or something else.
            facts::learn(fd)?;
        }
        Self::register(fd, began)
    }

    fn register_as(fd: Fd, began: u64, receives: bool) -> Result<Self, Failure> {
        static IDS: AtomicU64 = AtomicU64::new(0);
        let cancellation = thread::disable_cancellation();
        let refused = |failure| {
            thread::restore_cancellation(cancellation);
            Err(failure)
        };
        let mut shard = shard(fd);
        if facts::seen(fd).closing() > began || CLEANED.load(Ordering::Acquire) > began {
            return refused(CLOSED);
        }
        if !startup::mode().is_started() {
            return refused(CLOSED);
        }
        let slot = match shard.slot(fd) {
            Ok(slot) => slot,
            Err(errno) => return refused(errno.into()),
        };
        if slot.closing != 0 {
            return refused(NOT_ANY_MORE);
        }
        if slot.waiters.try_reserve(1).is_err() {
            return refused(WsaError::WSAENOBUFS.because("no memory to wait with"));
        }
        let id = IDS.fetch_add(1, Ordering::Relaxed);
        let thread = thread::current();
        slot.waiters.push(Waiter {
            id,
            thread,
            receives,
            evicted: false,
            alarmed: false,
            events: 0,
            turn: Turn::None,
        });
        Ok(Self { fd, id, cancellation })
    }

    /// The descriptor.
    #[must_use]
    pub const fn fd(&self) -> Fd {
        self.fd
    }

    fn with<T>(&self, look: impl FnOnce(&mut Slot, usize) -> T) -> Option<T> {
        let mut shard = shard(self.fd);
        let slot = shard.existing(self.fd)?;
        let at = slot.waiters.iter().position(|waiter| waiter.id == self.id)?;
        Some(look(slot, at))
    }

    /// What the call has to do to learn of these events.
    ///
    /// # Errors
    /// `WSAEINTR` when another thread is closing the socket.
    pub fn next(&self, events: i16) -> Result<Next, Failure> {
        let seen = word(&SLEEP, self.fd).load(Ordering::Acquire);
        let next = self.with(|slot, at| {
            let polls = |waiter: &Waiter| waiter.turn == Turn::Polls && waiter.events == events;
            let taken = slot.waiters.iter().any(|waiter| waiter.id != self.id && polls(waiter));
            let waiter = slot.waiters.get_mut(at)?;
            if waiter.evicted {
                return None;
            }
            waiter.events = events;
            waiter.turn = if taken { Turn::Sleeps } else { Turn::Polls };
            Some(if taken { Next::Sleep(seen) } else { Next::Poll })
        });
        next.flatten().ok_or(CLOSED)
    }

    /// Sleeps until it may be the call's turn, or the socket is being closed; at most until `deadline`, in nanoseconds
    /// of the monotonic clock.
    pub fn sleep(&self, seen: u32, deadline: Option<u64>) {
        futex::wait_for(word(&SLEEP, self.fd), seen, deadline, bit(self.id));
    }

    /// After the alarm's entry has told of something: waits until it is over, unless it is meant for this call.
    ///
    /// # Errors
    /// `WSAEINTR` when another thread is closing the socket.
    pub fn alarmed(&self, deadline: Option<u64>) -> Result<(), Failure> {
        let seen = alarm::changes();
        self.still_open()?;
        alarm::pass(seen, deadline);
        self.still_open()
    }

    /// Whether this program has shut down receiving while this call, or another one, waited for data.
    #[must_use]
    fn is_to_outlast_shutdown(&self) -> bool {
        self.with(|slot, _| slot.shuts_later).unwrap_or(false)
    }

    /// Whether nobody is closing the socket.
    ///
    /// # Errors
    /// `WSAEINTR` when somebody is.
    pub fn still_open(&self) -> Result<(), Failure> {
        let open = self.with(|slot, at| slot.waiters.get(at).is_some_and(Waiter::is_not_evicted));
        if open == Some(true) { Ok(()) } else { Err(CLOSED) }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut heir = None;
        let mut alarmed = false;
        let mut somebody_waits = false;
        if let Some(slot) = shard(self.fd).existing(self.fd)
            && let Some(at) = slot.waiters.iter().position(|waiter| waiter.id == self.id)
        {
            let gone = slot.waiters.remove(at);
            alarmed = gone.alarmed;
            somebody_waits = gone.evicted;
            if slot.shuts_later && !slot.waiters.iter().any(|waiter| waiter.receives) {
                slot.shuts_later = false;
                if slot.closing == 0 {
                    // Under the lock, so that the number is still this socket's.
                    let _ = socket::shutdown(self.fd, libc::SHUT_RD);
                    transfer::discard_received(self.fd);
                }
            }
            if gone.turn == Turn::Polls {
                let sleeps =
                    |waiter: &&mut Waiter| waiter.turn == Turn::Sleeps && waiter.events == gone.events;
                if let Some(next) = slot.waiters.iter_mut().find(sleeps) {
                    next.turn = Turn::Polls;
                    heir = Some(next.id);
                }
            }
        }
        if let Some(id) = heir {
            let word = word(&SLEEP, self.fd);
            word.fetch_add(1, Ordering::Release);
            futex::wake_for(word, u32::MAX, bit(id));
        }
        if somebody_waits {
            let word = word(&LEFT, self.fd);
            word.fetch_add(1, Ordering::Release);
            futex::wake(word, u32::MAX);
        }
        if alarmed {
            alarm::lower();
        }
        thread::restore_cancellation(self.cancellation);
    }
}

impl Identity {
    /// Holds the socket, if it is still the one that was identified.
    ///
    /// # Errors
    /// Those of [`Waiting::hold`]; `WSAEINTR`: another one stands under the number.
    pub fn hold(self) -> Result<Waiting, Failure> {
        let held = Waiting::hold(self.fd())?;
        if option::cookie(held.fd())? == self.cookie() { Ok(held) } else { Err(CLOSED) }
    }
}

/// After this program has shut down receiving on a TCP socket: whether calls wait there for data, which go on doing so
/// (Q24). The kernel is told when they have left, since `poll` is always ready from then on.
#[must_use]
pub fn puts_off_shutdown(fd: Fd) -> bool {
    let mut shard = shard(fd);
    let Some(slot) = shard.existing(fd) else { return false };
    slot.shuts_later = slot.waiters.iter().any(|waiter| waiter.receives);
    slot.shuts_later
}

/// For a closing, which holds the slot's lock: ends the calls that wait. Whether there are any of other threads.
pub(super) fn evict(fd: Fd, slot: &mut Slot) -> Evicted {
    let own = thread::current();
    let mut evicted = Evicted { others: false, own: 0 };
    let mut bits = 0;
    for waiter in slot.waiters.iter_mut().filter(|waiter| !waiter.evicted) {
        waiter.evicted = true;
        bits |= bit(waiter.id);
        if waiter.thread == own {
            waiter.alarmed = true;
            evicted.own += 1;
        } else {
            evicted.others = true;
        }
    }
    if bits != 0 {
        let word = word(&SLEEP, fd);
        word.fetch_add(1, Ordering::Release);
        futex::wake_for(word, u32::MAX, bits);
    }
    evicted
}

/// What [`evict`] found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evicted {
    /// Calls of other threads, which the closing waits for.
    pub(super) others: bool,
    /// How many calls of the closing thread itself: a signal handler has interrupted them.
    pub(super) own: u32,
}

/// For a closing: waits until the calls of other threads have left.
pub(super) fn wait_until_left(fd: Fd) {
    let own = thread::current();
    loop {
        let seen = word(&LEFT, fd).load(Ordering::Acquire);
        let waits = |waiter: &Waiter| waiter.evicted && waiter.thread != own;
        if !shard(fd).existing(fd).is_some_and(|slot| slot.waiters.iter().any(waits)) {
            return;
        }
        futex::wait(word(&LEFT, fd), seen, None);
    }
}
