//! The library's locks, and the one order in which they are taken.
//!
//! A thread notes which ranks it holds. In debug builds a lock taken out of order stops the program; in every build
//! the note tells a signal handler, which may run at any moment, that its own thread holds a lock: what it asks for is
//! then put off until the lock is free again ([`crate::runtime::put_off`]).

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

use crate::runtime::put_off;
use crate::sys::event::lock;
use crate::sys::process::fork::InChild;

/// The order: a lock may be taken while locks further up are held, never while one of its own rank or further down is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The count of starts.
    Starts,
    /// One end of a pipe with a name. One attempt to move data is made with it.
    Pipe,
    /// Which descriptors are ends of pipes.
    Pipes,
    /// The descriptor that tells of ends of pipes, and the thread that listens to it.
    PipeEngine,
    /// What one socket does asynchronously. One attempt to move data is made with it.
    Side,
    /// A part of the table of sockets that do something asynchronous.
    Sides,
    /// Sharing an address for a moment.
    Sharing,
    /// Changing a foreign socket's time-out for a moment.
    Lending,
    /// A part of the table of descriptors.
    Slots,
    /// The calls that wait on many descriptors.
    Watches,
    /// The companions of sockets.
    Companions,
    /// The descriptor that tells of many sockets, and the thread that listens to it.
    Reactor,
    /// The alarm that ends waits.
    Alarm,
    /// The duplicates that nobody has taken yet.
    Duplicates,
    /// The look-ups that go on.
    Lookups,
    /// The searches in name spaces.
    NameSpaces,
    /// Windows, and the queues of messages.
    Messages,
    /// Who is told of Ctrl+C.
    Handlers,
    /// Keys that were read and not taken.
    Keys,
    /// The terminals at which keys are read.
    Terminals,
    /// The times of serial lines.
    Lines,
    /// The searches for files that go on.
    Searches,
    /// The libraries that the program has loaded.
    Libraries,
    /// The regions of memory.
    Regions,
    /// The blocks of the heaps.
    Heaps,
    /// The locks of Windows' objects, which are none of this file's: a thread notes that it is among them.
    Objects,
    /// The way to wake the thread that listens to sockets. Nothing is done with it but that.
    Wake,
}

impl Rank {
    const LAST: Self = Self::Wake;

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// How many there are.
const RANKS: usize = Rank::LAST as usize + 1;

/// What a thread notes. In one place, which is looked up once.
struct Own {
    /// The ranks that this thread holds, or is about to hold.
    held: Cell<u32>,
    /// By rank, which lock this thread is inside of: of a rank there may be many. Its address, or 0.
    inside: [Cell<usize>; RANKS],
}

thread_local! {
    static OWN: Own = const { Own { held: Cell::new(0), inside: [const { Cell::new(0) }; RANKS] } };
}

impl Own {
    /// Notes which lock of a rank the thread is inside of.
    #[inline]
    fn go_inside(&self, rank: usize, address: usize) {
        if let Some(place) = self.inside.get(rank) {
            place.set(address);
        }
    }

    /// In debug builds: whether a lock of a rank may be taken now.
    #[inline]
    fn check(&self, rank: Rank) {
        let held = self.held.get();
        debug_assert!(held < rank.bit(), "{rank:?} is taken while {held:#b} are held");
    }

    /// Notes a rank.
    #[inline]
    fn add(&self, rank: Rank) -> Note {
        let (held, bit) = (self.held.get(), rank.bit());
        self.held.set(held | bit);
        Note(bit & !held)
    }
}

/// Whether the calling thread holds a lock, as a signal handler may find.
#[must_use]
pub(crate) fn holds_any() -> bool {
    OWN.with(|own| own.held.get()) != 0
}

/// A lock with its place in the order.
#[derive(Debug)]
pub(crate) struct Lock<T> {
    rank: Rank,
    lock: lock::Lock<T>,
}

/// A lock that is held.
#[derive(Debug)]
#[must_use = "the lock is free again when this is dropped"]
pub(crate) struct Guard<T: 'static> {
    // Dropped in this order: the lock is free before the note says so.
    guard: lock::Guard<'static, T>,
    _note: Note,
}

/// A lock of something that is not there for ever, held.
#[derive(Debug)]
#[must_use = "the lock is free again when this is dropped"]
pub(crate) struct Within<'a, T> {
    guard: lock::Guard<'a, T>,
    _note: Note,
}

/// A bit of the note, taken out when dropped; 0 where another guard of the same rank does it.
#[derive(Debug)]
pub(crate) struct Note(u32);

impl Note {
    /// Whether no other guard of the rank was there before.
    pub(crate) const fn is_first(&self) -> bool {
        self.0 != 0
    }
}

/// Notes that the calling thread takes a lock which is none of this file's: a signal handler that closes a socket may have
/// to wait for a thread that wants that lock. To be dropped after the lock is free again.
#[inline]
#[must_use]
pub(crate) fn note(rank: Rank) -> Note {
    OWN.with(|own| own.add(rank))
}

impl<T> Lock<T> {
    pub(crate) const fn new(rank: Rank, value: T) -> Self {
        Self { rank, lock: lock::Lock::new(value) }
    }

    /// Takes the lock.
    #[inline]
    pub(crate) fn take(&'static self) -> Guard<T> {
        OWN.with(|own| {
            own.check(self.rank);
            // Noted first: from here on a signal handler of this thread must not take it.
            let note = own.add(self.rank);
            let guard = self.lock.take();
            own.go_inside(self.rank as usize, self.address());
            Guard { guard, _note: note }
        })
    }

    fn address(&'static self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// Whether the calling thread holds it: a signal handler has interrupted it.
    fn is_own(&'static self) -> bool {
        OWN.with(|own| own.inside.get(self.rank as usize).is_some_and(|place| place.get() == self.address()))
    }

    /// Takes the lock of something that is not there for ever.
    pub(crate) fn take_within(&self) -> Within<'_, T> {
        let note = OWN.with(|own| {
            own.check(self.rank);
            own.add(self.rank)
        });
        Within { guard: self.lock.take(), _note: note }
    }

    /// In a child of `fork`: takes it unless a thread has it that is not there.
    pub(crate) fn take_if_free(&self, _: InChild) -> Option<Within<'_, T>> {
        let guard = self.lock.try_take()?;
        Some(Within { guard, _note: note(self.rank) })
    }

    /// Takes the lock for `fork`, unless that takes too long, or this very thread holds it (a signal handler forks).
    pub(crate) fn take_for_fork(&'static self) -> Option<Guard<T>> {
        const ATTEMPTS: u32 = 2000;
        for _ in 0..ATTEMPTS {
            if let Some(guard) = self.lock.try_take() {
                return Some(Guard { guard, _note: note(self.rank) });
            }
            if self.is_own() {
                break;
            }
            crate::sys::process::pause_for_a_moment();
        }
        None
    }

    /// In a child whose parent could not take it: makes it anew, unless this thread is inside of it.
    pub(crate) fn renew(&'static self, value: T, child: InChild) {
        if !self.is_own() {
            self.lock.renew(value, child);
        }
    }
}

/// Takes several locks for `fork`, as [`Lock::take_for_fork`]; none of them where there is no memory to note which.
pub(crate) fn take_all_for_fork<T>(locks: &'static [Lock<T>]) -> Vec<Option<Guard<T>>> {
    let mut held = Vec::new();
    if held.try_reserve_exact(locks.len()).is_ok() {
        held.extend(locks.iter().map(Lock::take_for_fork));
    }
    held
}

/// What was taken of the lock with this number, which is the last one left.
pub(crate) fn last_taken<T>(held: &mut Vec<Option<Guard<T>>>, number: usize) -> Option<Guard<T>> {
    if held.len() > number { held.pop().flatten() } else { None }
}

impl<T> Deref for Guard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Guard<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> Deref for Within<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Within<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl Drop for Note {
    #[inline]
    fn drop(&mut self) {
        if self.0 != 0 {
            let left = OWN.with(|own| {
                let rank = usize::try_from(self.0.trailing_zeros()).unwrap_or(RANKS);
                own.go_inside(rank, 0);
                own.held.set(own.held.get() & !self.0);
                own.held.get()
            });
            if left == 0 {
                put_off::run();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static OUTER: Lock<i32> = Lock::new(Rank::Slots, 0);
    static INNER: Lock<i32> = Lock::new(Rank::Alarm, 0);

    #[test]
    fn the_note_follows_the_locks() {
        assert!(!holds_any());
        let outer = OUTER.take();
        let inner = INNER.take();
        drop(outer);
        assert!(holds_any());
        drop(inner);
        assert!(!holds_any());
    }

    static FIRST: Lock<i32> = Lock::new(Rank::Lending, 1);
    static SECOND: Lock<i32> = Lock::new(Rank::Lending, 2);

    /// Of two locks of one rank a thread that is gone in the child holds the second.
    #[test]
    fn a_lock_of_another_thread_is_made_anew() {
        let guard = SECOND.take();
        let forks = std::thread::spawn(|| {
            let first = FIRST.take_for_fork();
            let second = SECOND.take_for_fork();
            assert!(first.is_some() && second.is_none());
            let child = InChild::after_fork();
            SECOND.renew(3, child);
            drop(first);
            *SECOND.take()
        });
        assert_eq!(forks.join().ok(), Some(3));
        drop(guard);
    }

    /// The thread that forks is inside of the first lock of the two: its own is left to it.
    #[test]
    fn a_lock_of_the_own_thread_is_left_to_it() {
        static FIRST: Lock<i32> = Lock::new(Rank::Sharing, 1);
        static SECOND: Lock<i32> = Lock::new(Rank::Sharing, 2);
        let guard = FIRST.take();
        let (first, second) = (FIRST.take_for_fork(), SECOND.take_for_fork());
        assert!(first.is_none() && second.is_some());
        let child = InChild::after_fork();
        drop(second);
        FIRST.renew(4, child);
        assert!(holds_any());
        assert_eq!(*guard, 1);
        drop(guard);
        assert!(!holds_any());
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "Slots is taken while")]
    fn the_wrong_order_is_noticed() {
        let _inner = INNER.take();
        let _outer = OUTER.take();
    }
}
