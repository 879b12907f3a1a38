//! `INIT_ONCE`: something that is made once, in the program's memory.
//!
//! | two low bits | means |
//! |---|---|
//! | 0 | not begun |
//! | 1 | one thread is at it; the others wait |
//! | 2 | done; the other bits are the program's |
//! | 3 | any number of threads are at it, and the first to complete wins |

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use super::code::Code;
use crate::sys::event::futex;

/// The word of Windows' structure.
#[repr(transparent)]
pub struct Once(AtomicUsize);

/// Only looks whether it is done.
pub const CHECK_ONLY: u32 = 1;
/// Any number of threads may be at it.
pub const ASYNC: u32 = 2;
/// It was not to be made: another thread may try.
pub const INIT_FAILED: u32 = 4;

const BEGUN: usize = 1;
const DONE: usize = 2;
const MANY: usize = 3;
/// The bits that are not the program's.
const BITS: usize = 3;

/// Whether the caller has to make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// Yes, and then to complete.
    Pending,
    /// It is there, with this.
    Done(usize),
}

/// Those who wait for a word of a pointer's size sleep on this one, whichever it is: waits are short and rare.
static ASLEEP: AtomicU32 = AtomicU32::new(0);

impl Once {
    /// Makes it one that has not begun.
    pub fn initialize(&self) {
        self.0.store(0, Ordering::Release);
    }

    fn change(&self, from: usize, to: usize) -> bool {
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Begins, or waits for the one who has begun.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: flags that do not go together, or not with those of another thread.
    /// `ERROR_GEN_FAILURE`: with [`CHECK_ONLY`], it is not done.
    pub fn begin(&self, flags: u32) -> Result<Begin, Code> {
        if !matches!(flags, 0 | CHECK_ONLY | ASYNC) {
            return Err(Code::INVALID_PARAMETER);
        }
        loop {
            let asleep = ASLEEP.load(Ordering::Acquire);
            let now = self.0.load(Ordering::Acquire);
            match (now & BITS, flags) {
                (DONE, _) => return Ok(Begin::Done(now & !BITS)),
                (_, CHECK_ONLY) => return Err(Code::GEN_FAILURE),
                (0, flags) => {
                    if self.change(now, if flags == ASYNC { MANY } else { BEGUN }) {
                        return Ok(Begin::Pending);
                    }
                }
                (MANY, ASYNC) => return Ok(Begin::Pending),
                (BEGUN, 0) => futex::wait(&ASLEEP, asleep, None),
                _ => return Err(Code::INVALID_PARAMETER),
            }
        }
    }

    /// Ends what [`Self::begin`] has begun.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: flags or a value that cannot be, or not with those of the beginning.
    /// `ERROR_GEN_FAILURE`: it has not begun, or another thread was first.
    pub fn complete(&self, flags: u32, with: usize) -> Result<(), Code> {
        let failed = flags & INIT_FAILED != 0;
        let many = flags & ASYNC != 0;
        if flags & !(ASYNC | INIT_FAILED) != 0 || with & BITS != 0 || failed && (many || with != 0) {
            return Err(Code::INVALID_PARAMETER);
        }
        let end = if failed { 0 } else { with | DONE };
        let now = self.0.load(Ordering::Acquire);
        match now & BITS {
            BEGUN if many => Err(Code::INVALID_PARAMETER),
            BEGUN => {
                self.0.store(end, Ordering::Release);
                ASLEEP.fetch_add(1, Ordering::Release);
                futex::wake(&ASLEEP, u32::MAX);
                Ok(())
            }
            MANY if !many => Err(Code::INVALID_PARAMETER),
            MANY if self.change(now, end) => Ok(()),
            _ => Err(Code::GEN_FAILURE),
        }
    }
}
