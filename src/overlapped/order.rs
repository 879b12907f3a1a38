//! What `role` is made of. A model checker puts its own in place of this file (`tests/overlapped_model`).

pub(super) use std::sync::atomic::{AtomicU64, Ordering};

use std::sync::atomic::AtomicU32;

use crate::sys::event::futex;

/// By which threads are woken that sleep until something has changed: each ring counts.
pub(super) struct Bell(AtomicU32);

impl Bell {
    pub(super) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// The number of the last ring. What is looked at after this is not missed by [`Self::sleep`].
    pub(super) fn number(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }

    /// Sleeps until the ring after that one, at most until the deadline; may return for no reason.
    pub(super) fn sleep(&self, number: u32, deadline: Option<u64>) {
        futex::wait(&self.0, number, deadline);
    }

    pub(super) fn ring(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        futex::wake(&self.0, u32::MAX);
    }
}
