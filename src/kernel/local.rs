//! What a thread knows of itself alone: its number, the mutexes that it owns, its timers, its values, its port.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem::ManuallyDrop;

use super::code::Code;
use super::object::Object;
use super::port::Port;
use super::thread::{Call, Thread};
use crate::sys::shared::{Arc, Weak};

/// What a thread keeps for itself. Nothing in it is dropped by the thread's end: other code's destructors may call
/// this library until the very last moment.
pub(super) struct Local {
    pub(super) id: Cell<u64>,
    pub(super) number: Cell<u32>,
    /// The number by which it owns critical sections: it stays over a fork.
    pub(super) owner: Cell<u32>,
    pub(super) thread: RefCell<Option<Arc<Thread>>>,
    pub(super) ended: Cell<bool>,
    /// The mutexes that it owns.
    pub(super) owned: RefCell<VecDeque<Arc<Object>>>,
    /// The timers that it has set with a routine, and how that is called.
    pub(super) timers: RefCell<Vec<(Weak<Object>, Call)>>,
    /// Values by the index of `TlsAlloc`, as in [`Thread::fls`].
    pub(super) tls: RefCell<Vec<(u32, usize)>>,
    /// The completion port for which it runs.
    pub(super) port: RefCell<Option<Arc<Port>>>,
}

thread_local! {
    pub(super) static LOCAL: ManuallyDrop<Local> = const {
        ManuallyDrop::new(Local {
            id: Cell::new(0),
            number: Cell::new(0),
            owner: Cell::new(0),
            thread: RefCell::new(None),
            ended: Cell::new(false),
            owned: RefCell::new(VecDeque::new()),
            timers: RefCell::new(Vec::new()),
            tls: RefCell::new(Vec::new()),
            port: RefCell::new(None),
        })
    };
}

/// The calling thread runs for no completion port any more.
pub(super) fn leave_port() {
    if let Some(port) = LOCAL.with(|local| local.port.borrow_mut().take()) {
        port.leave();
    }
}

/// It has got a packet from a port, which counts it as running.
pub(super) fn note_port(port: &Arc<Port>) {
    LOCAL.with(|local| *local.port.borrow_mut() = Some(Arc::clone(port)));
}

/// The completion port for which the calling thread runs.
pub(super) fn port() -> Option<Arc<Port>> {
    LOCAL.with(|local| local.port.borrow().clone())
}

/// The mutexes of the calling thread: one more.
pub(super) fn note_owned(mutex: &Arc<Object>) {
    LOCAL.with(|local| {
        let mut owned = local.owned.borrow_mut();
        let known = owned.iter().any(|known| Arc::ptr_eq(known, mutex));
        // Without memory for the note it is not told of when the thread ends.
        if !known && owned.try_reserve(1).is_ok() {
            owned.push_back(Arc::clone(mutex));
        }
    });
}

/// One less.
pub(super) fn forget_owned(mutex: &Arc<Object>) {
    let gone = LOCAL.with(|local| {
        let mut owned = local.owned.borrow_mut();
        let at = owned.iter().rposition(|known| Arc::ptr_eq(known, mutex))?;
        owned.swap_remove_back(at)
    });
    drop(gone);
}

/// The calling thread's timers with a routine. None of it is held meanwhile.
pub(super) fn timers() -> impl Iterator<Item = (Arc<Object>, Call)> {
    let at = |at: usize| {
        LOCAL.with(|local| local.timers.borrow().get(at).map(|(timer, call)| (timer.upgrade(), *call)))
    };
    (0..).map_while(at).filter_map(|(timer, call)| Some((timer?, call)))
}

/// Whether it has any.
pub(super) fn has_timers() -> bool {
    LOCAL.with(|local| !local.timers.borrow().is_empty())
}

/// Notes a timer with a routine; those that are gone make room.
pub(super) fn note_timer(timer: &Arc<Object>, call: Call) -> Result<(), Code> {
    LOCAL.with(|local| {
        let mut timers = local.timers.borrow_mut();
        timers.retain(|(known, _)| known.is_owned() && !known.is_of(timer));
        timers.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        timers.push((Arc::downgrade(timer), call));
        Ok(())
    })
}

/// The calling thread's values of `TlsSetValue`.
pub(super) fn with_tls<T>(run: impl FnOnce(&mut Vec<(u32, usize)>) -> T) -> T {
    LOCAL.with(|local| run(&mut local.tls.borrow_mut()))
}
