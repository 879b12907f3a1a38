//! What an object of the thread pool waits for that has a callback for the end of a wait. No thread sleeps for it: it stands in the list
//! of those who wait for the object, as a thread does, and whoever signals the object tells the pool.
//!
//! A wait has its own [`Waiter`], which is claimed once: by who signals, by the timer, or by who ends the wait. All of this is
//! under the lock of the task, inside of which the lock of what is waited for is taken, never the other way round.

use std::slice::from_ref;

use crate::kernel::object::{self, Object};
use crate::kernel::state::{Due, Timer};
use crate::kernel::waiter::{AGAIN, TIMED_OUT, Waiter};
use crate::kernel::{sync, thread, timer};
use crate::sys::shared::Arc;

/// Without memory to note that it waits: how long until it tries again, in nanoseconds.
const TRY_AGAIN: u64 = 10_000_000;

/// What is waited for, and until when.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) object: Arc<Object>,
    pub(super) limit: Option<Due>,
    /// How long it may take when it is begun again, in nanoseconds.
    pub(super) period: Option<u64>,
}

impl Target {
    /// The same for a wait that begins now.
    pub(super) fn for_now(self) -> Self {
        let limit = self.period.map(|period| Due::In(sync::now()[0].saturating_add(period)));
        Self { limit, ..self }
    }
}

/// A wait that goes on.
pub(super) struct Watching {
    target: Target,
    /// By what it stands in the object's list; none where there was no memory.
    waiter: Option<Arc<Waiter>>,
}

/// How a wait stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It goes on.
    Waits,
    /// A thread of the pool is to begin it anew: what it waits for has changed.
    Looks,
    /// The object was taken for it.
    Taken,
    /// Its time has passed.
    TimedOut,
}

impl Watching {
    /// Begins: for the object of the pool with this number.
    pub(super) fn begin(target: Target, number: usize) -> Self {
        let mut watching = Self { target, waiter: None };
        watching.enlist(number);
        watching
    }

    /// Begins it anew.
    pub(super) fn begin_again(&mut self, number: usize) {
        self.leave();
        self.enlist(number);
    }

    fn enlist(&mut self, number: usize) {
        // No mutex is waited for; and it is no thread that is there in a child of `fork`.
        let Ok(waiter) = Arc::try_new(Waiter::of_pool(thread::number_of_none(), number)) else { return };
        waiter.arm();
        if object::enlist_any(from_ref(&self.target.object), &waiter).is_err() {
            return;
        }
        if self.has_passed() {
            waiter.claim(TIMED_OUT);
        }
        self.waiter = Some(waiter);
    }

    fn has_passed(&self) -> bool {
        self.target.limit.is_some_and(|limit| limit.remaining(sync::now()) == 0)
    }

    fn leave(&mut self) {
        if let Some(waiter) = self.waiter.take() {
            object::leave(from_ref(&self.target.object), &waiter);
        }
    }

    pub(super) fn standing(&self) -> Standing {
        match self.waiter.as_ref().map(|waiter| waiter.outcome()) {
            None | Some(None) => Standing::Waits,
            Some(Some(AGAIN)) => Standing::Looks,
            Some(Some(TIMED_OUT)) => Standing::TimedOut,
            Some(Some(_)) => Standing::Taken,
        }
    }

    /// The clock says that somebody has to look: its time has passed, what it waits for is a timer, or there was no memory.
    pub(super) fn clock_says(&mut self) -> Standing {
        let passed = self.has_passed();
        match &self.waiter {
            Some(waiter) => {
                waiter.claim(if passed { TIMED_OUT } else { AGAIN });
                self.standing()
            }
            None if passed => Standing::TimedOut,
            None => Standing::Looks,
        }
    }

    /// Ends it, if it has not ended.
    pub(super) fn end(mut self) -> Standing {
        if let Some(waiter) = &self.waiter {
            waiter.claim(AGAIN);
        }
        let standing = self.standing();
        self.leave();
        standing
    }

    /// When the clock has to be looked at for it.
    pub(super) fn timer(&self) -> Option<Timer> {
        let now = sync::now();
        let look = match &self.waiter {
            None => Some(now[0].saturating_add(TRY_AGAIN)),
            Some(_) => timer::next_look(&self.target.object),
        };
        let due = match (look, self.target.limit) {
            (Some(look), Some(limit)) if look.saturating_sub(now[0]) >= limit.remaining(now) => Some(limit),
            (Some(look), _) => Some(Due::In(look)),
            (None, limit) => limit,
        };
        due.map(|due| Timer { manual: false, set: false, due: Some(due), period: 0, caller: None })
    }
}
