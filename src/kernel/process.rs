//! Handles to other processes: starting one, its end, and its exit code.

use super::code::Code;
use super::handle::{self, Target};
use super::object::{Kind, Object};
use super::state::State;
use super::watch::{self, Place};
use super::{names, rights};
use crate::sys::process::child::{self, Plan};
use crate::sys::process::thread as sys;
use crate::sys::shared::Arc;

/// What `GetExitCodeProcess` says before the end.
pub const STILL_ACTIVE: u32 = 259;

/// A program that was started.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    /// Its handle, and a second one that stands for its first thread: both are signalled when it has ended.
    pub handles: [usize; 2],
    /// Its number.
    pub number: u32,
}

/// Why a program was not started.
#[derive(Clone, Copy, Debug)]
pub enum StartError {
    /// The system's word.
    System(crate::sys::Errno),
    /// The library's.
    Code(Code),
}

/// Starts a program. `inherited` says whether programs that are started later get the handles.
///
/// # Errors
/// Those of the system; `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`. The program does not run then: what it needs
/// here is there before it begins.
pub fn start(plan: &Plan, inherited: [bool; 2]) -> Result<Started, StartError> {
    crate::fork::prepare_once();
    let (object, place) = prepared().map_err(StartError::Code)?;
    let handles = handles(&object, inherited).map_err(StartError::Code)?;
    match child::start(plan) {
        Ok(running) => {
            let number = running.number;
            object.change(|state| *state = State::Other { number, ended: None, killed: None });
            place.take(running, &object);
            Ok(Started { handles, number })
        }
        Err(errno) => {
            close(handles);
            Err(StartError::System(errno))
        }
    }
}

/// The object of a program that is about to be started.
fn prepared() -> Result<(Arc<Object>, Place), Code> {
    let object = Arc::try_new(Object::new(State::Other { number: 0, ended: None, killed: None }))?;
    Ok((object, Place::new()?))
}

fn close<const COUNT: usize>(handles: [usize; COUNT]) {
    for handle in handles {
        let _ = names::close(handle);
    }
}

fn handles(object: &Arc<Object>, [first, second]: [bool; 2]) -> Result<[usize; 2], Code> {
    let all = rights::all(Kind::Process);
    let new = |inherited| handle::insert_new(Target::Object(Arc::clone(object)), all, inherited);
    let process = new(first)?;
    let thread = new(second).inspect_err(|_| close([process]))?;
    Ok([process, thread])
}

/// A handle to a process by its number, with these rights.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is no such process. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`;
/// `ERROR_NOT_SUPPORTED` before Linux 5.4.
pub fn open(number: u32, access: u32, inherited: bool) -> Result<usize, Code> {
    crate::fork::prepare_once();
    let object = if number == sys::process() {
        Arc::try_new(Object::new(State::Process))?
    } else {
        watch::object_of(number)?
    };
    handle::insert_new(Target::Object(object), rights::granted(Kind::Process, access), inherited)
        .inspect_err(|_| watch::closed())
}

fn look(handle: usize, right: u32) -> Result<State, Code> {
    handle::with(handle, Some(Kind::Process), right, |target| Ok(target.object().change(|state| *state)))
}

/// The exit code, or [`STILL_ACTIVE`].
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`. In a child of `fork` `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub fn exit_code_of(handle: usize) -> Result<u32, Code> {
    watch::go_on()?;
    Ok(match look(handle, rights::PROCESS_QUERY_LIMITED_INFORMATION)? {
        State::Other { ended: Some(code), .. } => code,
        _ => STILL_ACTIVE,
    })
}

/// The number of a process.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn number(handle: usize) -> Result<u32, Code> {
    Ok(match look(handle, rights::PROCESS_QUERY_LIMITED_INFORMATION)? {
        State::Other { number, .. } => number,
        _ => sys::process(),
    })
}

/// Ends a process at once; `false`: it is this one, which the caller is to end.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`. `ERROR_ACCESS_DENIED`: the handle or the user has no right to, or it has ended.
pub fn terminate(handle: usize, code: u32) -> Result<bool, Code> {
    handle::with(handle, Some(Kind::Process), rights::PROCESS_TERMINATE, |target| {
        if target.object().is_this_process() {
            return Ok(false);
        }
        watch::kill(target.object(), code).map(|()| true)
    })
}
