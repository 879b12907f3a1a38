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
//! | `ELSEWHERE` | likewise, and the thread does not sleep on the word, but listens to sockets meanwhile |
//!
//! Whoever changes the word from `WAITING` has *claimed* the wait. That succeeds once in a wait, so a signal is
//! consumed if and only if a waiter was claimed for it.

use super::sync::{Arc, Mutex, Word, lock, tell_pool, wake_elsewhere};

pub(crate) const ABANDONED: u32 = 0x80;
pub(crate) const APC: u32 = 0xC0;
pub(crate) const AGAIN: u32 = 0x100;
pub(crate) const TIMED_OUT: u32 = 0x102;
pub(crate) const STOP: u32 = 0x103;
const WAITING: u32 = u32::MAX;
const ELSEWHERE: u32 = u32::MAX - 1;

/// A thread as a waiter: one for each, used for one wait after the other. Or an object of the thread pool, for one wait: no thread
/// sleeps for it.
pub(crate) struct Waiter {
    thread: u64,
    outcome: Word,
    /// 1 while it may be [`ELSEWHERE`].
    elsewhere: Word,
    /// The object of the thread pool that waits in a thread's place; 0: the thread itself.
    object: usize,
    /// The next of those that are to be told. Each is told once, so it is in one such chain.
    next: Mutex<Option<Arc<Waiter>>>,
}

impl Waiter {
    pub(crate) fn new(thread: u64) -> Self {
        Self::of(thread, 0)
    }

    fn of(thread: u64, object: usize) -> Self {
        let (outcome, elsewhere) = (Word::new(TIMED_OUT), Word::new(0));
        Self { thread, outcome, elsewhere, object, next: Mutex::new(None) }
    }

    /// For an object of the thread pool, by its number.
    #[allow(dead_code, reason = "the model has no pool")]
    pub(crate) fn of_pool(thread: u64, object: usize) -> Self {
        Self::of(thread, object)
    }

    /// Whether an object of the thread pool is told, and no thread.
    pub(crate) const fn is_of_pool(&self) -> bool {
        self.object != 0
    }

    /// Which one is told behind it.
    pub(crate) fn set_next(&self, next: Arc<Self>) {
        *lock(&self.next) = Some(next);
    }

    /// Takes it out.
    pub(crate) fn take_next(&self) -> Option<Arc<Self>> {
        lock(&self.next).take()
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
        loop {
            if self.outcome.change(WAITING, outcome) || self.outcome.change(ELSEWHERE, outcome) {
                return true;
            }
            if self.outcome().is_some() {
                return false;
            }
        }
    }

    /// The thread is going to sleep elsewhere; `false` where its wait has ended.
    pub(crate) fn go_elsewhere(&self) -> bool {
        // Before the word: who claims what it finds there sees this, too.
        self.elsewhere.store(1);
        let goes = self.outcome.change(WAITING, ELSEWHERE);
        if !goes {
            self.elsewhere.store(0);
        }
        goes
    }

    /// The thread is back.
    pub(crate) fn come_back(&self) {
        self.outcome.change(ELSEWHERE, WAITING);
        self.elsewhere.store(0);
    }

    /// How the wait has ended; `None` while it has not.
    pub(crate) fn outcome(&self) -> Option<u32> {
        Some(self.outcome.load()).filter(|outcome| *outcome != WAITING && *outcome != ELSEWHERE)
    }

    /// Sleeps until the wait has ended or the deadline has passed; may return for no reason.
    pub(crate) fn sleep(&self, deadline: Option<u64>) {
        self.outcome.sleep(WAITING, deadline);
    }

    /// Wakes the thread, whose wait was claimed. Without a lock: it goes on at once.
    pub(crate) fn wake(&self) {
        if self.is_of_pool() {
            return tell_pool(self.object);
        }
        // A thread that claims its own wait, by what it finds elsewhere, looks anyway.
        if self.elsewhere.load() == 0 || wake_elsewhere(self.thread) {
            self.outcome.wake();
        }
    }

    /// [`Self::claim`] and [`Self::wake`].
    pub(crate) fn end(&self, outcome: u32) {
        if self.claim(outcome) {
            self.wake();
        }
    }
}
