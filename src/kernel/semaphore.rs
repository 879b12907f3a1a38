//! Semaphores.

use super::code::Code;
use super::handle;
use super::names::{self, Created, Wish};
use super::object::Kind;
use super::rights;
use super::state::State;

/// A new semaphore, or a handle to that of the name.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a maximum below 1, an initial count below 0 or above the maximum. Those of names;
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create(name: Option<&[u16]>, wish: Wish, initial: i32, maximum: i32) -> Result<Created, Code> {
    match (u32::try_from(initial), u32::try_from(maximum)) {
        (Ok(count), Ok(maximum)) if maximum > 0 && count <= maximum => {
            names::create(name, wish, State::Semaphore { count, maximum })
        }
        _ => Err(Code::INVALID_PARAMETER),
    }
}

/// Adds to the count; what it was before.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: less than 1. `ERROR_TOO_MANY_POSTS`: more than the maximum, and nothing is added.
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn release(handle: usize, by: i32) -> Result<i32, Code> {
    let by = u32::try_from(by).ok().filter(|by| *by > 0).ok_or(Code::INVALID_PARAMETER)?;
    let (previous, signalled) =
        handle::with(handle, Some(Kind::Semaphore), rights::MODIFY_STATE, |target| {
            let (previous, signalled) = target.object().signal(|state| {
                let State::Semaphore { count, maximum } = state else { return Err(Code::INVALID_HANDLE) };
                let sum = count.checked_add(by).filter(|sum| sum <= maximum).ok_or(Code::TOO_MANY_POSTS)?;
                Ok(std::mem::replace(count, sum))
            });
            Ok((previous?, signalled.settle()))
        })?;
    signalled.wake();
    i32::try_from(previous).map_err(|_| Code::INVALID_PARAMETER)
}
