//! `fork`: a child goes on with the objects as they were, without the other threads. Waits of theirs are never claimed,
//! a mutex of theirs is abandoned, and they have ended.

use super::{handle, names, thread};
use crate::sys::process::pause_for_a_moment;

/// Everything that a thread may hold for a moment; whoever drops it lets the others go on.
pub(crate) struct Held {
    _table: handle::Held,
    _names: names::Held,
}

/// How often `fork` tries for all of the objects' locks together. One of them may belong to the very thread that forks, from a
/// signal handler: that thread goes on with it on both sides, so `fork` need not have it.
pub(super) struct Patience(u32);

impl Patience {
    pub(super) fn wait_for<T>(&mut self, attempt: impl Fn() -> Option<T>) -> Option<T> {
        loop {
            let got = attempt();
            if got.is_some() || self.0 == 0 {
                return got;
            }
            self.0 -= 1;
            pause_for_a_moment();
        }
    }
}

/// Waits until no other thread is among the objects' locks, but not for ever.
pub(crate) fn hold() -> Held {
    let mut patience = Patience(2000);
    let names = names::hold(&mut patience);
    Held { _table: handle::hold(&mut patience), _names: names }
}

impl Held {
    /// In a child: the other threads are not there.
    pub(crate) fn forget_waiters(&mut self) {
        thread::forked();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A signal handler that forks may have interrupted its thread there.
    #[test]
    fn fork_does_not_wait_for_its_own_thread() {
        let inside = handle::inside();
        drop(hold());
        drop(inside);
        let held = hold();
        let mut none = Patience(0);
        assert!(none.wait_for(|| None::<()>).is_none());
        drop(held);
    }
}
