//! Waitable timers. No thread runs them: who waits for one, or has set one with a routine and waits alertably, sleeps no
//! longer than until it comes due.

use super::apc::Apc;
use super::code::Code;
use super::handle::{self, inside};
use super::names::{self, Created, Wish};
use super::object::{Kind, Object};
use super::rights;
use super::state::{Caller, Due, State, Timer};
use super::sync;
use super::thread::{self, Call, Thread};
use crate::sys::shared::Arc;

/// From the beginning of 1601 to that of 1970, in the 100 nanoseconds of a FILETIME.
const BEFORE_1970: u64 = 116_444_736_000_000_000;

/// A new timer, or a handle to that of the name.
///
/// # Errors
/// Those of names; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create(name: Option<&[u16]>, wish: Wish, manual: bool) -> Result<Created, Code> {
    let timer = Timer { manual, set: false, due: None, period: 0, caller: None };
    names::create(name, wish, State::Timer(timer))
}

/// A routine that is called when the timer comes due, and its argument.
#[derive(Clone, Copy)]
pub struct Routine {
    /// Makes the call; it gets `with` and the time, as a FILETIME in one number.
    pub call: Call,
    /// The routine and its argument.
    pub with: [usize; 2],
}

/// When a timer is due: from now where it is negative, else from 1601, in 100 nanoseconds.
pub(super) fn due_of(due: i64) -> Due {
    match u64::try_from(due) {
        Ok(date) => Due::At(date.saturating_sub(BEFORE_1970).saturating_mul(100)),
        Err(_) => Due::In(sync::now()[0].saturating_add(due.unsigned_abs().saturating_mul(100))),
    }
}

/// Starts it anew. `due` counts 100 nanoseconds: from now where it is negative, else from 1601. `period` counts
/// milliseconds.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a negative period. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`,
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn set(handle: usize, due: i64, period: i32, routine: Option<Routine>) -> Result<(), Code> {
    let period = u64::try_from(period).map_err(|_| Code::INVALID_PARAMETER)?.saturating_mul(1_000_000);
    let due = due_of(due);
    let timer = &handle::with(handle, Some(Kind::Timer), rights::MODIFY_STATE, |target| {
        Ok(Arc::clone(target.object()))
    })?;
    let caller = match routine {
        None => None,
        Some(routine) => {
            let thread = thread::current()?;
            thread::note_timer(timer, routine.call)?;
            Some(Caller { thread: thread.id(), with: routine.with, pending: None })
        }
    };
    let told = {
        let _inside = inside();
        timer.change_and_tell(|state| {
            if let State::Timer(timer) = state {
                *timer = Timer { manual: timer.manual, set: false, due: Some(due), period, caller };
            }
        })
    };
    told.wake();
    Ok(())
}

/// Stops it; whether it is signalled stays as it is.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn cancel(handle: usize) -> Result<(), Code> {
    handle::with(handle, Some(Kind::Timer), rights::MODIFY_STATE, |target| {
        target.object().change(|state| {
            if let State::Timer(timer) = state {
                timer.advance(sync::now());
                timer.due = None;
                timer.caller = None;
            }
        });
        Ok(())
    })
}

/// The thread that is to be called has ended: the timer stops.
pub(super) fn forget_caller(timer: &Object, thread: u64) {
    timer.change(|state| {
        if let State::Timer(timer) = state
            && timer.caller.is_some_and(|caller| caller.thread == thread)
        {
            timer.advance(sync::now());
            timer.due = None;
            timer.caller = None;
        }
    });
}

/// When a thread that waits for the object has to look at the clock; never, if it is no timer.
pub(super) fn next_look(object: &Object) -> Option<u64> {
    if object.kind() != Kind::Timer {
        return None;
    }
    object.change(|state| if let State::Timer(timer) = state { timer.next_look(sync::now()) } else { None })
}

/// When the next routine of the calling thread's timers is due.
pub(super) fn next_routine() -> Option<u64> {
    let id = thread::local_id();
    let look = |timer: &Object| {
        timer.change(|state| match state {
            State::Timer(timer) => match timer.caller {
                Some(Caller { thread, pending: Some(_), .. }) if thread == id => Some(0),
                Some(Caller { thread, pending: None, .. }) if thread == id => timer.next_look(sync::now()),
                _ => None,
            },
            _ => None,
        })
    };
    thread::timers().filter_map(|(timer, _)| look(&timer)).min()
}

/// A routine of the calling thread's timers that is due.
pub(super) fn due_routine(thread: &Arc<Thread>) -> Option<Apc> {
    let id = thread.id();
    thread::timers().find_map(|(timer, call)| {
        let _inside = inside();
        let (with, time) = timer.change(|state| {
            let State::Timer(timer) = state else { return None };
            timer.advance(sync::now());
            let caller = timer.caller.as_mut().filter(|caller| caller.thread == id)?;
            let time = caller.pending.take()?;
            Some((caller.with, time))
        })?;
        let [routine, argument] = with;
        let time = usize::try_from(time / 100 + BEFORE_1970).unwrap_or(usize::MAX);
        Some(Apc { call, with: [routine, argument, time, 0] })
    })
}
