//! Events: set, reset, and both at once.

use super::code::Code;
use super::handle;
use super::names::{self, Created, Wish};
use super::object::Kind;
use super::rights;
use super::state::State;

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
