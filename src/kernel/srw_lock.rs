//! `SRWLOCK`: for many who read or one who writes, in the program's memory; all zero is free.
//!
//! The first word; the second is not used:
//!
//! | bits | mean |
//! |---|---|
//! | 0…28 | how many read |
//! | 29 | readers may be asleep |
//! | 30 | writers may be asleep, or one that was has the lock: no new readers |
//! | 31 | one writes |

use std::sync::atomic::{AtomicU32, Ordering};

use crate::sys::event::futex;
use crate::sys::process::sanitizer;

/// The words of Windows' structure.
#[repr(C, align(8))]
pub struct SrwLock {
    state: AtomicU32,
    _unused: AtomicU32,
}

const READS: u32 = (1 << 29) - 1;
const READERS: u32 = 1 << 29;
const WRITERS: u32 = 1 << 30;
const WRITES: u32 = 1 << 31;

/// Who sleeps says as what.
const AS_READER: u32 = 1;
const AS_WRITER: u32 = 2;

impl SrwLock {
    /// Makes it free, whatever it was.
    pub fn initialize(&self) {
        self.state.store(0, Ordering::Release);
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> Result<u32, u32> {
        let changed = self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, change);
        if changed.is_ok() {
            sanitizer::locks(self);
        }
        changed
    }

    /// Takes it for writing if nobody has it.
    #[must_use]
    pub fn try_write(&self) -> bool {
        self.change(|state| (state & (WRITES | READS) == 0).then_some(state | WRITES)).is_ok()
    }

    /// Takes it for reading if nobody writes or waits to.
    #[must_use]
    pub fn try_read(&self) -> bool {
        self.change(|state| (state & (WRITES | WRITERS) == 0 && state & READS < READS).then_some(state + 1))
            .is_ok()
    }

    /// Takes it for writing.
    pub fn write(&self) {
        if self.try_write() {
            return;
        }
        // After having slept, others may be asleep of whom nobody else knows.
        loop {
            let taken =
                self.change(|state| (state & (WRITES | READS) == 0).then_some(state | WRITES | WRITERS));
            let Err(state) = taken else { return };
            let marked = state | WRITERS;
            if self.state.compare_exchange(state, marked, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                futex::wait_for(&self.state, marked, None, AS_WRITER);
            }
        }
    }

    /// Takes it for reading.
    pub fn read(&self) {
        while !self.try_read() {
            let state = self.state.load(Ordering::Relaxed);
            if state & (WRITES | WRITERS) == 0 {
                continue;
            }
            let marked = state | READERS;
            if self.state.compare_exchange(state, marked, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                futex::wait_for(&self.state, marked, None, AS_READER);
            }
        }
    }

    /// Gives up writing. Nothing happens if nobody writes.
    pub fn end_write(&self) {
        self.release(|state| state & WRITES != 0, WRITES);
    }

    /// Gives up reading once. Nothing happens if nobody reads.
    pub fn end_read(&self) {
        self.release(|state| state & READS != 0, 1);
    }

    fn release(&self, holds: impl Fn(u32) -> bool, less: u32) {
        sanitizer::unlocks(self);
        let released = |state: u32| {
            let state = if holds(state) { state - less } else { return None };
            Some(if state & (WRITES | READS) != 0 {
                state
            } else if state & WRITERS != 0 {
                // The writer that is woken marks it again; readers stay marked.
                state & READERS
            } else {
                0
            })
        };
        let Ok(before) = self.state.fetch_update(Ordering::Release, Ordering::Relaxed, released) else {
            return;
        };
        if (before - less) & (WRITES | READS) != 0 {
            return;
        }
        // Where the mark was set by a writer that is not asleep yet, or by one that has left, readers have their turn.
        if (before & WRITERS == 0 || futex::wake_for(&self.state, 1, AS_WRITER) == 0) && before & READERS != 0
        {
            futex::wake_for(&self.state, u32::MAX, AS_READER);
        }
    }
}
