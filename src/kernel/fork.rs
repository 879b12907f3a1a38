//! `fork`: a child goes on with the objects as they were, without the other threads. Waits of theirs are never claimed,
//! a mutex of theirs is abandoned, and they have ended.

use super::{handle, names, thread};

/// Everything that a thread may hold for a moment; whoever drops it lets the others go on.
pub(crate) struct Held {
    _table: handle::Held,
    _names: names::Held,
}

/// Waits until no other thread is among the objects' locks.
pub(crate) fn hold() -> Held {
    let names = names::hold();
    Held { _table: handle::hold(), _names: names }
}

impl Held {
    /// In a child: the other threads are not there.
    pub(crate) fn forget_waiters(&mut self) {
        thread::forked();
    }
}
