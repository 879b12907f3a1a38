//! Readiness: what `select` and `WSAPoll` ask about many sockets, and how to wait for it.
//!
//! The kernel is asked with `poll`, once, before anything else: that is the whole of a call that need not wait.
//!
//! Some states are always "ready" to Linux and nothing to Winsock: a stream socket that was never connected, one
//! that this program has shut down. `poll` on them returns at once, for ever, and with no event to leave out
//! (POLLHUP is reported unasked). Such an entry is *muted*: passed over by the kernel while the call waits, and
//! looked at again from time to time, at first after 1 ms, then ever more rarely, at most every 64 ms; so long may
//! it take until a change of such a socket is noticed. No other socket is concerned. So is one whose data an overlapped
//! receive waits for (OD13).

use std::time::Duration;

use super::conditions::{self, Conditions};
use super::kept::Kept;
use crate::descriptor::companions;
use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::event::poll::{self, PollFd};

/// The answer to a descriptor that is no socket.
pub const NOT_A_SOCKET: Failure = WsaError::WSAENOTSOCK.because("one of the descriptors is no socket");

pub(super) const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for so many sockets");

/// How many of the descriptors a call that waits asks the kernel about again, in turn; see [`facts`].
const CHECKS: usize = 16;

/// A socket in question.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its descriptor; none if it turned out to be no socket.
    pub fd: Option<Fd>,
    /// What the caller wants to know of.
    pub wanted: Conditions,
    /// What of it there is.
    pub seen: Conditions,
    /// Where it stands first in each of the caller's sets; [`NOWHERE`] where it does not.
    pub places: [u32; 3],
}

/// In none of a set's places.
pub const NOWHERE: u32 = u32::MAX;

/// What it means that a descriptor is not open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gone {
    /// It never was, as far as this call knows.
    NoSocket,
    /// It was when the call began.
    Closed,
}

/// A question about many sockets. Its memory serves for the next one, too; and where that is about the same sockets,
/// its answer's places do (`kept`).
#[derive(Debug)]
pub struct Question {
    pub(super) entries: Vec<Entry>,
    /// Those of which there is something that is wanted, by their place in `entries`.
    pub(super) ready: Vec<u32>,
    pub(super) kept: Kept,
    /// For each entry what the kernel is asked, and at the end a place for the waker.
    pub(super) polls: Vec<PollFd>,
    /// By descriptor, where it stands; true only if it does stand there.
    places: Vec<u32>,
    /// The descriptors, while the call waits.
    pub(super) fds: Vec<Fd>,
    /// The number of entries that are no sockets.
    lost: usize,
    /// Some entry is muted, wholly or in part.
    pub(super) muted: bool,
    /// Where the next checks begin.
    turn: usize,
    /// When the call began, by the count of closings.
    pub(super) began: u64,
}

/// Asks more about a socket than `poll` tells, which is about the same one: a call that waits is told of closings, one that
/// only looks registers for this moment. None where the socket was closed since the call began.
#[cold]
fn examine(fd: Fd, happened: i16, gone: Gone, began: u64) -> Option<Conditions> {
    let _held = match gone {
        Gone::Closed => None,
        Gone::NoSocket => match Waiting::register(fd, began) {
            Ok(held) => Some(held),
            // Without memory to register the answer is what it can be.
            Err(failure) if failure.code == WsaError::WSAENOBUFS && facts::seen(fd).closing() <= began => {
                None
            }
            Err(_) => return None,
        },
    };
    let mut seen = conditions::examine(fd, happened);
    if seen.contains(Conditions::RECEIVE) && facts::may_be_asynchronous(fd) && was_taken(fd) {
        seen.remove(Conditions::RECEIVE);
    }
    Some(seen)
}

/// Whether an operation takes what the kernel has told of, or has done so since (OD13).
#[cold]
fn was_taken(fd: Fd) -> bool {
    let mut again = [PollFd::new(fd, libc::POLLIN)];
    descriptor::is_awaited(fd) || matches!(poll::poll(&mut again, Some(Duration::ZERO)), Ok(0))
}

/// Whether the kernel's word about data is to be taken as it is.
#[inline(always)]
fn is_for_all(fd: Fd) -> bool {
    let seen = facts::seen(fd);
    !seen.has_any(Facts::RECEIVE_SHUT.union(Facts::ASYNCHRONOUS)) || {
        !seen.has(Facts::RECEIVE_SHUT) && !was_taken(fd)
    }
}

impl Question {
    pub(super) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            ready: Vec::new(),
            kept: Kept::new(),
            polls: Vec::new(),
            places: Vec::new(),
            fds: Vec::new(),
            lost: 0,
            muted: false,
            turn: 0,
            began: 0,
        }
    }

    /// Begins a call with the sockets of the last question.
    pub(super) fn begin(&mut self) {
        self.began = descriptor::epoch();
        for at in self.ready.drain(..) {
            if let Some(entry) = usize::try_from(at).ok().and_then(|at| self.entries.get_mut(at)) {
                entry.seen = Conditions::empty();
            }
        }
        if self.muted {
            self.unmute();
        }
    }

    /// Forgets the sockets of the last question.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.polls.clear();
        self.ready.clear();
        self.kept.clear();
        self.lost = 0;
        self.muted = false;
    }

    /// What there is of an entry that had nothing yet.
    pub(super) fn answer(&mut self, at: usize, seen: Conditions) {
        if let Some(entry) = self.entries.get_mut(at) {
            if entry.seen.is_empty()
                && let Ok(at) = u32::try_from(at)
            {
                // As much room as for entries.
                self.ready.push(at);
            }
            entry.seen |= seen;
        }
    }

    /// An entry turned out to be no socket: it is asked about no more, and not kept.
    fn lose(&mut self, at: usize) {
        if let (Some(entry), Some(poll)) = (self.entries.get_mut(at), self.polls.get_mut(at)) {
            entry.fd = None;
            *poll = PollFd::nothing();
            self.lost += 1;
            self.kept.forget();
        }
    }

    /// The entries of which there is something that is wanted.
    pub fn ready(&self) -> impl Iterator<Item = &Entry> {
        self.ready.iter().filter_map(|at| self.entries.get(usize::try_from(*at).ok()?))
    }

    /// Puts them in the order of a key, where they are: no memory is needed.
    pub fn order<K: Ord>(&mut self, key: impl Fn(&Entry) -> K) {
        let entry = |at: u32| self.entries.get(usize::try_from(at).ok()?);
        self.ready.sort_unstable_by_key(|at| entry(*at).map(&key));
    }

    /// Adds to the entry of a socket, or makes it, where it stands at place `at` of set number `set`; `false` where it is
    /// no socket.
    ///
    /// # Errors
    /// `WSAENOBUFS`.
    #[inline(always)]
    pub fn merge(&mut self, socket: usize, wanted: Conditions, set: usize, at: u32) -> Result<bool, Failure> {
        let Some(fd) = Fd::from_socket(socket).filter(|fd| facts::is_socket(*fd)) else { return Ok(false) };
        if let Some(found) = self.find(socket) {
            if let (Some(entry), Some(poll)) = (self.entries.get_mut(found), self.polls.get_mut(found)) {
                entry.wanted |= wanted;
                if let Some(place) = entry.places.get_mut(set).filter(|place| **place == NOWHERE) {
                    *place = at;
                }
                *poll = PollFd::new(fd, entry.wanted.events());
            }
            return Ok(true);
        }
        let mut places = [NOWHERE; 3];
        if let Some(place) = places.get_mut(set) {
            *place = at;
        }
        if socket >= self.places.len() || self.entries.len() == self.entries.capacity() {
            self.make_room(socket)?;
        }
        if let Some(place) = self.places.get_mut(socket) {
            *place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        }
        self.entries.push(Entry { fd: Some(fd), wanted, seen: Conditions::empty(), places });
        self.polls.push(PollFd::new(fd, wanted.events()));
        Ok(true)
    }

    /// A socket stands under this number, so the kernel has a table of that size itself.
    #[cold]
    fn make_room(&mut self, socket: usize) -> Result<(), Failure> {
        let entries = self.entries.len().max(16);
        self.entries.try_reserve(entries).map_err(|_| NO_MEMORY)?;
        // As many as there may be entries, and one for the alarm.
        let polls = (self.entries.capacity() + 1).saturating_sub(self.polls.len());
        self.polls.try_reserve(polls).map_err(|_| NO_MEMORY)?;
        let ready = self.entries.capacity().saturating_sub(self.ready.len());
        self.ready.try_reserve(ready).map_err(|_| NO_MEMORY)?;
        if socket >= self.places.len() {
            let places = (socket + 1).next_power_of_two();
            self.places.try_reserve(places - self.places.len()).map_err(|_| NO_MEMORY)?;
            self.places.resize(places, 0);
        }
        Ok(())
    }

    /// The number of entries that are sockets.
    #[must_use]
    pub const fn alive(&self) -> usize {
        self.entries.len() - self.lost
    }

    /// Whether an entry turned out to be no socket after all.
    #[must_use]
    pub const fn has_lost(&self) -> bool {
        self.lost > 0
    }

    /// The entry of a socket.
    #[must_use]
    #[inline(always)]
    pub fn entry(&mut self, socket: usize) -> Option<&mut Entry> {
        let at = self.find(socket)?;
        self.entries.get_mut(at)
    }

    #[inline(always)]
    fn find(&self, socket: usize) -> Option<usize> {
        let at = usize::try_from(*self.places.get(socket)?).ok()?;
        let fd = self.entries.get(at)?.fd?;
        (fd.to_socket() == socket).then_some(at)
    }

    /// Looks how things stand, without waiting: how many entries have something that is wanted. An entry whose
    /// descriptor is not open loses it.
    ///
    /// # Errors
    /// `WSAENOBUFS` when the kernel has no memory.
    pub fn look(&mut self) -> Result<usize, Failure> {
        match poll::poll(&mut self.polls, Some(Duration::ZERO)) {
            Ok(0) => {}
            Ok(count) => {
                if descriptor::epoch() != self.began {
                    self.leave_out_closed();
                }
                self.judge(count, Gone::NoSocket);
            }
            Err(_) => return Err(WsaError::WSAENOBUFS.because("the kernel has no memory to look with")),
        }
        if descriptor::has_failed_listener() {
            self.look_for_failed_listeners();
        }
        if companions::exist() {
            self.look_at_companions();
        }
        Ok(self.ready.len())
    }

    /// What the kernel has told may be about other sockets under numbers that were closed since the call began.
    #[cold]
    fn leave_out_closed(&mut self) {
        for at in 0..self.entries.len() {
            let fd = self.entries.get(at).and_then(|entry| entry.fd);
            if fd.is_some_and(|fd| facts::seen(fd).closing() > self.began)
                && let Some(poll) = self.polls.get_mut(at)
            {
                *poll = PollFd::nothing();
                self.answer(at, Conditions::CLOSED);
            }
        }
    }

    /// A socket has data where a companion of it has.
    #[cold]
    pub(super) fn look_at_companions(&mut self) {
        self.look_for(Conditions::RECEIVE, |fd| companions::have_data(fd) && !descriptor::is_awaited(fd));
    }

    /// Looks whether one thing is the case with each entry that wants to know of it.
    fn look_for(&mut self, what: Conditions, is_so: impl Fn(Fd) -> bool) {
        for at in 0..self.entries.len() {
            let entry = self.entries.get(at).filter(|entry| entry.wanted.contains(what));
            if entry.and_then(|entry| entry.fd).is_some_and(&is_so) {
                self.answer(at, what);
            }
        }
    }

    /// Goes through the `count` entries of which the kernel reported something. Where nothing is wanted of it, the kernel
    /// is not asked for that any more.
    pub(super) fn judge(&mut self, count: usize, gone: Gone) {
        let mut left = count;
        let mut from = 0;
        while left > 0
            && let Some(next) = self.polls.get(from..).and_then(|polls| {
                let at = polls.iter().position(|poll| poll.happened() != 0)?;
                Some(from + at)
            })
        {
            left -= 1;
            from = next + 1;
            self.judge_one(next, gone);
        }
    }

    fn judge_one(&mut self, at: usize, gone: Gone) {
        let (Some(entry), Some(poll)) = (self.entries.get(at), self.polls.get_mut(at)) else { return };
        let Some(fd) = entry.fd else { return };
        let happened = poll.happened();
        let now = match Conditions::plain(happened) {
            Some(plain) if !plain.contains(Conditions::RECEIVE) || is_for_all(fd) => plain,
            _ if happened & libc::POLLNVAL != 0 => {
                let seen = facts::seen(fd);
                if seen.closing() <= self.began {
                    facts::is_gone(fd, seen);
                }
                *poll = PollFd::nothing();
                return match gone {
                    Gone::NoSocket => self.lose(at),
                    Gone::Closed => self.answer(at, Conditions::CLOSED),
                };
            }
            _ => match examine(fd, happened, gone, self.began) {
                Some(now) => now,
                None => {
                    *poll = PollFd::nothing();
                    return self.answer(at, Conditions::CLOSED);
                }
            },
        };
        let seen = now & entry.wanted;
        if !seen.is_empty() {
            return self.answer(at, seen);
        }
        self.muted = true;
        *poll = match happened & (libc::POLLHUP | libc::POLLERR) {
            0 => PollFd::new(fd, poll.events() & !happened),
            _ => PollFd::nothing(),
        };
    }

    /// SE10: a socket whose `connect` failed stays so when it listens.
    #[cold]
    fn look_for_failed_listeners(&mut self) {
        let is_one = |fd| descriptor::read(fd).is_some_and(|record| record.is_failed_listener());
        self.look_for(Conditions::FAILED, is_one);
    }

    /// Asks the kernel about some of the descriptors again, others each time; those that are no sockets any more
    /// lose their entry's descriptor.
    pub fn check(&mut self) {
        let count = self.entries.len();
        for _ in 0..CHECKS.min(count) {
            self.turn = (self.turn + 1) % count;
            let fd = self.entries.get(self.turn).and_then(|entry| entry.fd);
            if fd.is_some_and(|fd| !facts::verify(fd)) {
                self.lose(self.turn);
            }
        }
    }

    pub(super) fn unmute(&mut self) {
        self.muted = false;
        for (entry, poll) in self.entries.iter().zip(&mut self.polls) {
            *poll = entry.fd.map_or(PollFd::nothing(), |fd| PollFd::new(fd, entry.wanted.events()));
        }
    }
}
