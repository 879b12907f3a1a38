//! A signal of this library's own that waits can be told by, beside the handles that the program waits for: a thread's
//! queue of messages has one.

use super::code::Code;
use super::handle::inside;
use super::object::Object;
use super::state::State;
use crate::sys::shared::Arc;

/// It is set until a wait takes it.
#[derive(Clone)]
pub struct Signal(pub(super) Arc<Object>);

impl Signal {
    /// A signal that is not set.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    pub fn new() -> Result<Self, Code> {
        Ok(Self(Arc::try_new(Object::new(State::Event { manual: false, set: false }))?))
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
