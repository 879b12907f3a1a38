//! A signal of this library's own that waits can be told by, beside the handles that the program waits for: a thread's
//! queue of messages has one.

use std::sync::Arc;

use super::code::{self, Code};
use super::handle::inside;
use super::object::Object;
use super::state::State;

/// It is set until a wait takes it.
#[derive(Clone)]
pub struct Signal(pub(super) Arc<Object>);

impl Signal {
    /// A signal that is not set.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    pub fn new() -> Result<Self, Code> {
        code::room()?;
        Ok(Self(Arc::new(Object::new(State::Event { manual: false, set: false }))))
    }

    fn put(&self, value: bool) {
        let signalled = {
            let _inside = inside();
            let change = |state: &mut State| {
                if let State::Event { set, .. } = state {
                    *set = value;
                }
            };
            self.0.signal(change).1.settle()
        };
        signalled.wake();
    }

    /// Sets it, and wakes who waits. No lock is held.
    pub fn set(&self) {
        self.put(true);
    }

    /// Takes it back.
    pub fn reset(&self) {
        self.put(false);
    }
}
