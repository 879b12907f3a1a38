//! Who is told when objects of the pool have gone.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::sys::shared::Arc;

/// An event that is set when the last of some objects has gone.
pub(super) struct Finish {
    left: AtomicUsize,
    event: Kept,
}

impl Finish {
    /// For one: that of the caller, who says by [`Self::one_less`] that there are no more to come.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`: no event that can be set. `ERROR_NOT_ENOUGH_MEMORY`.
    pub(super) fn new(event: usize) -> Result<Arc<Self>, Code> {
        Ok(Arc::try_new(Self { left: AtomicUsize::new(1), event: Kept::of(event)? })?)
    }

    /// For one more.
    pub(super) fn of_another(this: &Arc<Self>) -> Arc<Self> {
        this.left.fetch_add(1, Ordering::Relaxed);
        Arc::clone(this)
    }

    /// One has gone. No lock is held.
    pub(super) fn one_less(&self) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.event.set().wake();
        }
    }
}
