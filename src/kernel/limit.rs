//! How long a wait may take, as it is told: in milliseconds, or as a time of Windows'.

use super::sync;
use super::timer;
use super::wait::INFINITE;
use crate::sys::event::clock;

/// How long a wait may take.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    None,
    /// It only looks.
    Now,
    /// In nanoseconds of the clock that nobody sets.
    Until(u64),
}

impl Limit {
    pub(super) fn new(milliseconds: u32) -> Self {
        match milliseconds {
            0 => Self::Now,
            INFINITE => Self::None,
            some => Self::Until(clock::monotonic().saturating_add(u64::from(some).saturating_mul(1_000_000))),
        }
    }

    /// Without a time there is none; a time counts 100 nanoseconds: from now where it is negative, else from 1601, by the clock as it
    /// stands now.
    pub(super) fn due(due: Option<i64>) -> Self {
        match due.map(timer::due_of) {
            None => Self::None,
            Some(due) => {
                let now = sync::now();
                match due.remaining(now) {
                    0 => Self::Now,
                    left => Self::Until(now[0].saturating_add(left)),
                }
            }
        }
    }

    pub(super) fn is_past(self) -> bool {
        match self {
            Self::None => false,
            Self::Now => true,
            Self::Until(deadline) => clock::monotonic() >= deadline,
        }
    }
}
