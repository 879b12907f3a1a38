//! `CONDITION_VARIABLE`: in the program's memory; all zero is one that nobody waits for.

use std::sync::atomic::{AtomicU32, Ordering, fence};

use super::code::Code;
use super::critical_section::CriticalSection;
use super::srw_lock::SrwLock;
use super::wait::INFINITE;
use crate::sys::event::clock;
use crate::sys::event::futex;

/// The words of Windows' structure.
#[repr(C, align(8))]
pub struct Condition {
    /// How often it was signalled.
    signals: AtomicU32,
    /// How many wait or are about to.
    waiting: AtomicU32,
}

/// The lock that a thread gives up while it sleeps.
#[derive(Clone, Copy)]
pub enum Lock<'a> {
    /// A critical section that it has entered once.
    Section(&'a CriticalSection),
    /// A lock that it has for writing.
    Write(&'a SrwLock),
    /// A lock that it has for reading.
    Read(&'a SrwLock),
}

impl Lock<'_> {
    fn give_up(self) {
        match self {
            Self::Section(section) => section.leave(),
            Self::Write(lock) => lock.end_write(),
            Self::Read(lock) => lock.end_read(),
        }
    }

    fn take(self) {
        match self {
            Self::Section(section) => section.enter(),
            Self::Write(lock) => lock.write(),
            Self::Read(lock) => lock.read(),
        }
    }
}

impl Condition {
    /// Makes it one that nobody waits for.
    pub fn initialize(&self) {
        self.signals.store(0, Ordering::Relaxed);
        self.waiting.store(0, Ordering::Release);
    }

    /// Gives the lock up, sleeps until somebody signals, and takes the lock again. May return for no reason.
    ///
    /// # Errors
    /// `ERROR_TIMEOUT`: nobody signalled in that time. `ERROR_INVALID_PARAMETER`: the critical section is not the
    /// calling thread's, or was entered more than once: it would stay locked. The lock is the caller's then as before.
    pub fn sleep(&self, lock: Lock<'_>, milliseconds: u32) -> Result<(), Code> {
        if let Lock::Section(section) = lock
            && !section.is_mine_once()
        {
            return Err(Code::INVALID_PARAMETER);
        }
        let deadline = (milliseconds != INFINITE)
            .then(|| clock::monotonic().saturating_add(u64::from(milliseconds).saturating_mul(1_000_000)));
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let before = self.signals.load(Ordering::SeqCst);
        lock.give_up();
        futex::wait(&self.signals, before, deadline);
        let signalled = self.signals.load(Ordering::Acquire) != before;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let late = !signalled && deadline.is_some_and(|deadline| clock::monotonic() >= deadline);
        lock.take();
        if late { Err(Code::TIMEOUT) } else { Ok(()) }
    }

    /// Wakes one of those who sleep.
    pub fn wake_one(&self) {
        self.wake(1);
    }

    /// Wakes all.
    pub fn wake_all(&self) {
        self.wake(u32::MAX);
    }

    fn wake(&self, count: u32) {
        // Against the two steps of who goes to sleep: one of both sees the other.
        fence(Ordering::SeqCst);
        if self.waiting.load(Ordering::SeqCst) != 0 {
            self.signals.fetch_add(1, Ordering::SeqCst);
            futex::wake(&self.signals, count);
        }
    }
}
