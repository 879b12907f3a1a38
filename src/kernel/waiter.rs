//! One thread's wait: the word in which it reads how the wait has ended.
//!
//! | word | means |
//! |---|---|
//! | 0…63 | the object at that place of the list was taken for it (wait-all: 0) |
//! | 0x80…0xBF | likewise, and it is a mutex whose owner ended without releasing it |
//! | `APC` | there are routines to run |
//! | `AGAIN` | something has changed that the wait has to look at; nothing was taken |
//! | `TIMED_OUT` | the deadline has passed |
//! | `STOP` | the thread is to end |
//! | `WAITING` | none of it yet |
//!
//! Whoever changes the word from `WAITING` has *claimed* the wait. That succeeds once in a wait, so a signal is
//! consumed if and only if a waiter was claimed for it.

use super::sync::Word;

pub(crate) const ABANDONED: u32 = 0x80;
pub(crate) const APC: u32 = 0xC0;
pub(crate) const AGAIN: u32 = 0x100;
pub(crate) const TIMED_OUT: u32 = 0x102;
pub(crate) const STOP: u32 = 0x103;
const WAITING: u32 = u32::MAX;

/// A thread as a waiter: one for each, used for one wait after the other.
pub(crate) struct Waiter {
    thread: u64,
    outcome: Word,
}

impl Waiter {
    pub(crate) fn new(thread: u64) -> Self {
        Self { thread, outcome: Word::new(TIMED_OUT) }
    }

    /// The identifier of the thread that waits.
    pub(crate) const fn thread(&self) -> u64 {
        self.thread
    }

    /// Begins a wait: from here on it can be claimed. It is in no list.
    pub(crate) fn arm(&self) {
        self.outcome.store(WAITING);
    }

    /// Ends the wait in this way, if nobody has ended it. The thread is not woken by that.
    pub(crate) fn claim(&self, outcome: u32) -> bool {
        self.outcome.change(WAITING, outcome)
    }

    /// How the wait has ended; `None` while it has not.
    pub(crate) fn outcome(&self) -> Option<u32> {
        Some(self.outcome.load()).filter(|outcome| *outcome != WAITING)
    }

    /// Sleeps until the wait has ended or the deadline has passed; may return for no reason.
    pub(crate) fn sleep(&self, deadline: Option<u64>) {
        self.outcome.sleep(WAITING, deadline);
    }

    /// Wakes the thread, whose wait was claimed. Without a lock: it goes on at once.
    pub(crate) fn wake(&self) {
        self.outcome.wake();
    }

    /// [`Self::claim`] and [`Self::wake`].
    pub(crate) fn end(&self, outcome: u32) {
        if self.claim(outcome) {
            self.wake();
        }
    }
}
