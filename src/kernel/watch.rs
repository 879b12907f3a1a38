//! The processes that handles stand for, one object for each, and the one thread that sees their ends.
//!
//! A descriptor stands for each process for as long as it runs, so that nothing that is meant for it reaches another that has got its
//! number. The thread is there while there is a process to watch. A child of this process is watched, and reaped, whether or not there
//! are handles to it; where the program has reaped it itself, its end is seen, and nothing is reaped.
//!
//! One lock, `TABLE`, taken inside of the table of handles and outside of the objects.

use std::time::Duration;

use super::code::Code;
use super::handle::inside;
use super::object::{Object, Signalled};
use super::state::State;
use super::sync::{self, Mutex, MutexGuard, lock};
use crate::sys::event::pipe::Pipe;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::process::child::{End, Running};
use crate::sys::process::pidfd::{self, Seen};
use crate::sys::process::{pause_for_a_moment, thread as sys};
use crate::sys::shared::{Arc, Weak};
use crate::sys::{Errno, Fd, room};

/// A process.
struct Known {
    number: u32,
    object: Weak<Object>,
    /// The object of a child, until it has ended.
    child: Option<Arc<Object>>,
    /// What stands for it, `Fd::NONE` where that is to be had again; none when it has ended.
    fd: Option<Fd>,
}

struct Table {
    /// Whose table it is: a fork changes the number, and leaves the thread and the children to the parent.
    process: u64,
    /// The newest last: a number may come again.
    known: Vec<Known>,
    /// Programs that are about to be started.
    expected: usize,
    /// What wakes the thread; none where there is no thread.
    bell: Option<Pipe>,
    /// Which thread it is: the last one that was started.
    turn: u64,
}

/// The table. To be called inside.
fn table() -> MutexGuard<'static, Table> {
    static TABLE: Mutex<Table> =
        Mutex::new(Table { process: 0, known: Vec::new(), expected: 0, bell: None, turn: 0 });
    let mut table = lock(&TABLE);
    if table.process != sync::process() {
        table.process = sync::process();
        table.expected = 0;
        table.turn = table.turn.wrapping_add(1);
        if let Some(bell) = table.bell.take() {
            bell.close();
        }
        table.known.iter_mut().for_each(|known| known.child = None);
    }
    table
}

fn code_of(errno: Errno) -> Code {
    match errno.number() {
        libc::ESRCH | libc::EINVAL | libc::ENOENT => Code::INVALID_PARAMETER,
        libc::ENOSYS => Code::NOT_SUPPORTED,
        _ => Code::NO_SYSTEM_RESOURCES,
    }
}

impl Known {
    /// The object that handles have, or would have.
    fn object(&self) -> Option<Arc<Object>> {
        self.child.clone().or_else(|| self.object.upgrade())
    }

    fn is_needed(&self) -> bool {
        self.child.is_some() || self.object.is_owned()
    }
}

impl Table {
    fn newest(&self, number: u32) -> Option<&Known> {
        self.known.iter().rev().find(|known| known.number == number)
    }

    fn at_object(&self, object: &Arc<Object>) -> Option<&Known> {
        self.known.iter().find(|known| known.object.is_of(object))
    }

    fn watches_any(&self) -> bool {
        self.expected > 0 || self.known.iter().any(|known| known.fd.is_some())
    }

    /// Forgets what nobody has a handle to; whether there was anything.
    fn sweep(&mut self) -> bool {
        let before = self.known.len();
        self.known.retain(|known| {
            // Asked once: another thread may be giving its handle up.
            let is_needed = known.is_needed();
            if let (false, Some(fd)) = (is_needed, known.fd) {
                pidfd::close(fd);
            }
            is_needed
        });
        self.known.len() < before
    }

    /// Has the thread look again, and has one.
    fn listen(&mut self) -> Result<(), Code> {
        const STACK: usize = 256 << 10;
        if let Some(bell) = self.bell {
            if bell.is_whole() {
                let _ = bell.set();
                return Ok(());
            }
            // The program has closed a descriptor that it does not know; the thread ends.
            bell.close();
            self.bell = None;
            self.turn = self.turn.wrapping_add(1);
        }
        let bell = Pipe::new().map_err(|_| Code::NO_SYSTEM_RESOURCES)?;
        let turn = self.turn.wrapping_add(1);
        let started = room::boxed(Listener { bell, turn }).map_err(Code::from).and_then(|listener| {
            sys::without_signals(|| sys::start(Some(STACK), listener, listen))
                .map_err(|_| Code::NO_SYSTEM_RESOURCES)
        });
        match started {
            Ok(()) => {
                (self.bell, self.turn) = (Some(bell), turn);
                Ok(())
            }
            Err(code) => {
                bell.close();
                Err(code)
            }
        }
    }

    /// Room for one more, and a thread that will see its end.
    fn prepare(&mut self) -> Result<(), Code> {
        self.sweep();
        self.known.try_reserve(self.expected.saturating_add(1)).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        self.listen()
    }

    /// Puts one more at the end, for which there is room.
    fn add(&mut self, known: Known) {
        // Whose number the kernel gives away has none any more: the program has closed it.
        for robbed in self.known.iter_mut().filter(|other| known.fd.is_some() && other.fd == known.fd) {
            robbed.fd = Some(pidfd::open(robbed.number).unwrap_or(Fd::NONE));
        }
        self.known.push(known);
    }

    /// Notes the end of a process, if it has ended.
    fn look_at(&mut self, at: usize) -> Signalled {
        let mut ended = || {
            let known = self.known.get_mut(at)?;
            let fd = known.fd?;
            match pidfd::look(fd) {
                Seen::Running => return None,
                Seen::Ended => {}
                // The number of one that has not been reaped is still its own.
                Seen::Lost => match pidfd::open(known.number) {
                    Err(errno) if errno.number() == libc::ESRCH => {}
                    again => {
                        known.fd = Some(again.unwrap_or(Fd::NONE));
                        return None;
                    }
                },
            }
            known.fd = None;
            let end = pidfd::end(fd, known.child.is_some());
            pidfd::close(fd);
            let object = known.object()?;
            known.child = None;
            let ((), signalled) = object.signal(|state| {
                if let State::Other { ended, killed, .. } = state {
                    *ended = Some(exit_code(end, *killed));
                }
            });
            Some(signalled)
        };
        ended().unwrap_or_default()
    }
}

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

/// What the thread is given.
struct Listener {
    bell: Pipe,
    turn: u64,
}

/// The main function of the thread.
#[allow(clippy::boxed_local, reason = "it comes in a box")]
fn listen(listener: Box<Listener>) {
    /// Where there are no descriptors or no memory to watch all of them at once.
    const LOOK_AGAIN: Duration = Duration::from_millis(50);
    /// A poll that is woken goes by the numbers that it was given: where the program has closed the descriptors and got others of those
    /// numbers it would never end.
    const AT_LEAST: Duration = Duration::from_secs(10);
    let Listener { mut bell, turn } = *listener;
    let mut fds: Vec<PollFd> = Vec::new();
    loop {
        let mut limit = None;
        {
            let _inside = inside();
            let mut table = table();
            table.sweep();
            if table.turn != turn {
                return;
            }
            if !table.watches_any() {
                table.bell = None;
                bell.close();
                return;
            }
            if !bell.is_whole() {
                // The program has closed a descriptor that it does not know.
                bell.close();
                match Pipe::new() {
                    Ok(another) => bell = another,
                    Err(_) => limit = Some(LOOK_AGAIN),
                }
                table.bell = Some(bell);
            }
            bell.reset();
            fds.clear();
            let heard = limit.is_none().then(|| bell.read_end());
            for fd in heard.into_iter().chain(table.known.iter().filter_map(|known| known.fd)) {
                if fd == Fd::NONE {
                    limit = Some(LOOK_AGAIN);
                    continue;
                }
                if room::push(&mut fds, PollFd::new(fd, libc::POLLIN)).is_err() {
                    limit = Some(LOOK_AGAIN);
                }
            }
        }
        if poll(&mut fds, limit.or(Some(AT_LEAST))).is_err() {
            fds.clear();
            pause_for_a_moment();
        }
        // Without a list every process is looked at.
        for at in 0.. {
            let signalled = {
                let _inside = inside();
                let mut table = table();
                let Some(fd) = table.known.get(at).map(|known| known.fd) else { break };
                let quiet = |fd| fds.iter().any(|seen| seen.is_on(fd) && seen.happened() == 0);
                if table.turn != turn || fd.is_none_or(quiet) {
                    continue;
                }
                table.look_at(at).settle()
            };
            signalled.wake();
        }
    }
}

/// A place for a program that is about to be started: it cannot be refused any more.
pub(super) struct Place(());

impl Place {
    /// Makes it.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
    pub(super) fn new() -> Result<Self, Code> {
        let _inside = inside();
        let mut table = table();
        table.prepare()?;
        table.expected += 1;
        Ok(Self(()))
    }

    /// The program runs.
    pub(super) fn take(self, running: Running, object: &Arc<Object>) {
        let _inside = inside();
        let known = Known {
            number: running.number,
            object: Arc::downgrade(object),
            child: Some(Arc::clone(object)),
            fd: Some(running.fd),
        };
        table().add(known);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _inside = inside();
        let mut table = table();
        table.expected = table.expected.saturating_sub(1);
        if let Some(bell) = table.bell {
            let _ = bell.set();
        }
    }
}

/// The object of another process by its number.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is no such process. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`;
/// `ERROR_NOT_SUPPORTED` before Linux 5.4.
pub(super) fn object_of(number: u32) -> Result<Arc<Object>, Code> {
    let _inside = inside();
    let mut table = table();
    let known = table.newest(number);
    if let Some(object) =
        known.filter(|known| known.fd.is_some_and(pidfd::has_its_number)).and_then(Known::object)
    {
        return Ok(object);
    }
    let fd = match pidfd::open(number) {
        Ok(fd) => fd,
        // As long as there is a handle to one that has ended, others can be had.
        Err(errno) => return known.and_then(Known::object).ok_or(code_of(errno)),
    };
    let made = pidfd::are_there().then_some(()).ok_or(Code::NOT_SUPPORTED).and_then(|()| {
        table.prepare()?;
        Ok(Arc::try_new(Object::new(State::Other { number, ended: None, killed: None }))?)
    });
    let object = made.inspect_err(|_| pidfd::close(fd))?;
    table.add(Known { number, object: Arc::downgrade(&object), child: None, fd: Some(fd) });
    Ok(object)
}

/// Sends the process of an object the signal that it cannot refuse. To be called inside.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`: the user may not, or it has ended.
pub(super) fn kill(object: &Arc<Object>, code: u32) -> Result<(), Code> {
    let table = table();
    let fd = table.at_object(object).and_then(|known| known.fd).ok_or(Code::ACCESS_DENIED)?;
    pidfd::kill(fd).map_err(|_| Code::ACCESS_DENIED)?;
    object.change(|state| {
        if let State::Other { killed, .. } = state {
            killed.get_or_insert(code);
        }
    });
    Ok(())
}

/// A handle to a process was closed.
pub(super) fn closed() {
    let _inside = inside();
    let mut table = table();
    if table.sweep()
        && let Some(bell) = table.bell
    {
        let _ = bell.set();
    }
}

/// Somebody waits for a process, or asks whether it has ended: in a child of `fork` nobody watches yet.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub(super) fn go_on() -> Result<(), Code> {
    let _inside = inside();
    let mut table = table();
    if table.bell.is_none() && table.watches_any() { table.listen() } else { Ok(()) }
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
