//! Other processes: starting one, waiting for its end, ending it, and its exit code.
//!
//! A thread of the library's own waits for each: it sees the end, notes the code, and reaps a child only then, under the
//! object's lock. So the number that `TerminateProcess` sends a signal to is never another's.

use super::code::Code;
use super::handle::{self, Target, inside};
use super::object::{Kind, Object};
use super::rights;
use super::state::State;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::process::child::{self, End, Plan};
use crate::sys::process::thread as sys;
use crate::sys::process::{errno_kept, other};
use crate::sys::shared::Arc;
use crate::sys::{Fd, file, room};

/// What `GetExitCodeProcess` says before the end.
pub const STILL_ACTIVE: u32 = 259;

/// The exit code of a process that a signal has ended, in Windows' words where Windows has such an end.
const fn of_signal(signal: i32) -> u32 {
    match signal {
        libc::SIGSEGV => 0xC000_0005,                // STATUS_ACCESS_VIOLATION
        libc::SIGBUS => 0xC000_0006,                 // STATUS_IN_PAGE_ERROR
        libc::SIGILL => 0xC000_001D,                 // STATUS_ILLEGAL_INSTRUCTION
        libc::SIGFPE => 0xC000_0094,                 // STATUS_INTEGER_DIVIDE_BY_ZERO
        libc::SIGTRAP => 0x8000_0003,                // STATUS_BREAKPOINT
        libc::SIGINT | libc::SIGQUIT => 0xC000_013A, // STATUS_CONTROL_C_EXIT
        libc::SIGABRT => 3,                          // what abort() gives
        _ => 1,                                      // as where the task manager has ended it
    }
}

/// The exit code: that of `TerminateProcess`, where that has ended it.
const fn exit_code(end: Option<End>, killed: Option<u32>) -> u32 {
    match (end, killed) {
        (Some(End::Exit(code)), _) => code,
        (Some(End::Signal(libc::SIGKILL)) | None, Some(code)) => code,
        (Some(End::Signal(signal)), _) => of_signal(signal),
        (None, None) => 0,
    }
}

/// What a thread watches.
enum Watched {
    /// A process that this one has started.
    Child(u32),
    /// Another one, by a descriptor that becomes readable when it ends.
    Stranger(Fd),
}

struct Watch {
    of: Watched,
    object: Arc<Object>,
}

/// The main function of the watching thread.
#[allow(clippy::boxed_local, reason = "it comes in a box")]
fn watch(watch: Box<Watch>) {
    let Watch { of, object } = *watch;
    let end = match of {
        Watched::Child(number) => child::wait(number),
        Watched::Stranger(fd) => {
            let mut fds = [PollFd::new(fd, libc::POLLIN)];
            while poll(&mut fds, None).is_err_and(|errno| errno.number() == libc::EINTR) {}
            let _ = file::close(fd);
            None
        }
    };
    let signalled = {
        let _inside = inside();
        let ((), signalled) = object.signal(|state| {
            if let State::Other { ended, killed, .. } = state {
                *ended = Some(exit_code(end, *killed));
                if let Watched::Child(number) = of {
                    child::reap(number);
                }
            }
        });
        signalled.settle()
    };
    signalled.wake();
}

/// Has a thread watch it.
fn watched(number: u32, of: Watched) -> Result<Arc<Object>, Code> {
    const STACK: usize = 256 << 10;
    let object = Arc::try_new(Object::new(State::Other { number, ended: None, killed: None }))?;
    let with = room::boxed(Watch { of, object: Arc::clone(&object) })?;
    sys::without_signals(|| sys::start(Some(STACK), with, watch)).map_err(|_| Code::NO_SYSTEM_RESOURCES)?;
    Ok(object)
}

/// A program that was started.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    /// Its handle, and a second one that stands for its first thread: both are signalled when it has ended.
    pub handles: [usize; 2],
    /// Its number.
    pub number: u32,
}

/// Starts a program. `inherited` says whether programs that are started later get the handles.
///
/// # Errors
/// Those of the system; `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub fn start(plan: &Plan, inherited: [bool; 2]) -> Result<Started, StartError> {
    // What comes after the program has been started must not fail for memory.
    room::probe(16 << 10).map_err(|no_memory| StartError::Code(no_memory.into()))?;
    crate::fork::prepare_once();
    let number = child::start(plan).map_err(StartError::System)?;
    let object = watched(number, Watched::Child(number)).map_err(StartError::Code)?;
    let all = rights::all(Kind::Process);
    let [first, second] = inherited;
    let new = |inherited| handle::insert_new(Target::Object(Arc::clone(&object)), all, inherited);
    let process = new(first).map_err(StartError::Code)?;
    let thread = new(second).map_err(|code| {
        let _ = super::names::close(process);
        StartError::Code(code)
    })?;
    Ok(Started { handles: [process, thread], number })
}

/// Why a program was not started.
#[derive(Clone, Copy, Debug)]
pub enum StartError {
    /// The system's word.
    System(crate::sys::Errno),
    /// The library's.
    Code(Code),
}

/// A handle to a process by its number, with these rights.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is no such process. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`;
/// `ERROR_NOT_SUPPORTED` before Linux 5.3.
pub fn open(number: u32, access: u32, inherited: bool) -> Result<usize, Code> {
    let access = rights::granted(Kind::Process, access);
    let object = if number == sys::process() {
        Arc::try_new(Object::new(State::Process))?
    } else {
        let fd = other::watch(number).map_err(|errno| match errno.number() {
            libc::ESRCH | libc::EINVAL => Code::INVALID_PARAMETER,
            libc::ENOSYS => Code::NOT_SUPPORTED,
            _ => Code::NO_SYSTEM_RESOURCES,
        })?;
        watched(number, Watched::Stranger(fd)).inspect_err(|_| {
            let _ = file::close(fd);
        })?
    };
    handle::insert_new(Target::Object(object), access, inherited)
}

fn look(handle: usize, right: u32) -> Result<State, Code> {
    handle::with(handle, Some(Kind::Process), right, |target| Ok(target.object().change(|state| *state)))
}

/// The exit code, or [`STILL_ACTIVE`].
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn exit_code_of(handle: usize) -> Result<u32, Code> {
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
        target.object().change(|state| match state {
            State::Other { ended: Some(_), .. } => Err(Code::ACCESS_DENIED),
            State::Other { number, killed, .. } => {
                errno_kept(|| child::kill(*number)).map_err(|_| Code::ACCESS_DENIED)?;
                killed.get_or_insert(code);
                Ok(true)
            }
            _ => Ok(false),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes() {
        let signal = |signal| Some(End::Signal(signal));
        for (end, killed, expected) in [
            (Some(End::Exit(3)), None, 3),
            (Some(End::Exit(3)), Some(9), 3),
            (signal(libc::SIGKILL), Some(9), 9),
            (signal(libc::SIGKILL), None, 1),
            (signal(libc::SIGTERM), None, 1),
            (signal(libc::SIGSEGV), None, 0xC000_0005),
            (signal(libc::SIGSEGV), Some(9), 0xC000_0005),
            (signal(libc::SIGABRT), None, 3),
            (None, Some(9), 9),
            (None, None, 0),
        ] {
            assert_eq!(exit_code(end, killed), expected, "{end:?} {killed:?}");
        }
    }
}
