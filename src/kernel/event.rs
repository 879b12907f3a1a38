//! Events: set, reset, and both at once.

use super::code::Code;
use super::handle;
use super::names::{self, Created, Wish};
use super::object::{Kind, Object, Signalled};
use super::rights;
use super::state::State;
use crate::sys::shared::Arc;

/// A new event, or a handle to that of the name.
///
/// # Errors
/// Those of names; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create(name: Option<&[u16]>, wish: Wish, manual: bool, set: bool) -> Result<Created, Code> {
    names::create(name, wish, State::Event { manual, set })
}

fn put(state: &mut State, value: bool) {
    if let State::Event { set, .. } = state {
        *set = value;
    }
}

/// Sets it: a manual one lets all pass until it is reset, another one the first that waits or comes.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn set(handle: usize) -> Result<(), Code> {
    let signalled = handle::with(handle, Some(Kind::Event), rights::MODIFY_STATE, |target| {
        Ok(target.object().signal(|state| put(state, true)).1.settle())
    })?;
    signalled.wake();
    Ok(())
}

/// Resets it.
///
/// # Errors
/// As for [`set`].
pub fn reset(handle: usize) -> Result<(), Code> {
    handle::with(handle, Some(Kind::Event), rights::MODIFY_STATE, |target| {
        target.object().change(|state| put(state, false));
        Ok(())
    })
}

/// Lets those pass who wait now: all, or the first. Then it is reset. Who comes in between may pass, too.
///
/// # Errors
/// As for [`set`].
pub fn pulse(handle: usize) -> Result<(), Code> {
    let signalled = handle::with(handle, Some(Kind::Event), rights::MODIFY_STATE, |target| {
        let event = target.object();
        let signalled = event.signal(|state| put(state, true)).1.settle();
        event.change(|state| put(state, false));
        Ok(signalled)
    })?;
    signalled.wake();
    Ok(())
}

/// An event that the library sets by itself, whatever becomes of the handle that the program had to it.
#[derive(Clone)]
pub(crate) struct Kept(Arc<Object>);

/// Those whose waits an event has ended.
#[must_use = "they sleep until they are woken"]
pub(crate) struct Woken(Signalled);

impl Woken {
    /// Wakes them. No lock is held.
    pub(crate) fn wake(self) {
        self.0.wake();
    }
}

impl Kept {
    /// The event behind a handle.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
    pub(crate) fn of(handle: usize) -> Result<Self, Code> {
        handle::with(handle, Some(Kind::Event), rights::MODIFY_STATE, |target| {
            Ok(Self(Arc::clone(target.object())))
        })
    }

    /// A new one, without a handle.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    #[allow(dead_code, reason = "for operations that end later")]
    pub(crate) fn new(manual: bool, set: bool) -> Result<Self, Code> {
        Ok(Self(Arc::try_new(Object::new(State::Event { manual, set }))?))
    }

    pub(super) const fn object(&self) -> &Arc<Object> {
        &self.0
    }

    /// Sets it. Locks of the library may be held; those who waited are woken when they are not.
    pub(crate) fn set(&self) -> Woken {
        let _inside = handle::inside();
        Woken(self.0.signal(|state| put(state, true)).1.settle())
    }

    /// Resets it.
    pub(crate) fn reset(&self) {
        let _inside = handle::inside();
        self.0.change(|state| put(state, false));
    }
}
