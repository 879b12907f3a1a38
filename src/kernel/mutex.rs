//! Mutexes: owned by a thread, any number of times over; abandoned when it ends.

use super::code::Code;
use super::handle;
use super::names::{self, Created, Wish};
use super::object::{Kind, Object, Signalled};
use super::state::State;
use super::thread;
use crate::sys::shared::Arc;

/// A new mutex, or a handle to that of the name, which the caller does not own then.
///
/// # Errors
/// Those of names; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create(name: Option<&[u16]>, wish: Wish, owned: bool) -> Result<Created, Code> {
    // Its end is to be noticed.
    let owner = if owned { thread::current()?.id() } else { 0 };
    let state = State::Mutex { owner, count: u32::from(owned), abandoned: false };
    let created = names::create(name, wish, state)?;
    if owned && !created.existed {
        let target = handle::target(created.handle, 0)?;
        thread::note_owned(target.object());
    }
    Ok(created)
}

/// Gives it up once.
///
/// # Errors
/// `ERROR_NOT_OWNER`: the calling thread does not own it. `ERROR_INVALID_HANDLE`.
pub fn release(handle: usize) -> Result<(), Code> {
    let by = thread::local_id();
    let (given_up, signalled) = handle::with(handle, Some(Kind::Mutex), 0, |target| {
        let mutex = target.object();
        let (free, signalled) = mutex.signal(|state| {
            let State::Mutex { owner, count, .. } = state else { return Err(Code::INVALID_HANDLE) };
            if *owner != by {
                return Err(Code::NOT_OWNER);
            }
            *count = count.saturating_sub(1);
            if *count == 0 {
                *owner = 0;
            }
            Ok(*count == 0)
        });
        Ok((free?.then(|| Arc::clone(mutex)), signalled.settle()))
    })?;
    if let Some(mutex) = given_up {
        thread::forget_owned(&mutex);
    }
    signalled.wake();
    Ok(())
}

/// The owner has ended.
pub(super) fn abandon(mutex: &Object, by: u64) -> Signalled {
    let ((), signalled) = mutex.signal(|state| {
        if let State::Mutex { owner, count, abandoned } = state
            && *owner == by
        {
            (*owner, *count, *abandoned) = (0, 0, true);
        }
    });
    signalled.settle()
}
