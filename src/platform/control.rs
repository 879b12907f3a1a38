//! Console control events: which signal is which event, and who is asked, the latest handler first.
//!
//! One lock, `HANDLERS`, which no handler runs under.

use std::sync::atomic::{AtomicBool, Ordering};

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::room::{self, Made};

pub(crate) const CTRL_C_EVENT: u32 = 0;
pub(crate) const CTRL_BREAK_EVENT: u32 = 1;
pub(crate) const CTRL_CLOSE_EVENT: u32 = 2;
pub(crate) const CTRL_SHUTDOWN_EVENT: u32 = 6;

/// The exit status of a process that no handler kept.
pub(crate) const STATUS_CONTROL_C_EXIT: u32 = 0xC000_013A;

/// The signals that are events.
pub(crate) const SIGNALS: [(i32, u32); 4] = [
    (libc::SIGINT, CTRL_C_EVENT),
    (libc::SIGQUIT, CTRL_BREAK_EVENT),
    (libc::SIGHUP, CTRL_CLOSE_EVENT),
    (libc::SIGTERM, CTRL_SHUTDOWN_EVENT),
];

/// Whom `kill` tells where a group is meant; 0 is the caller's own, whose number is `own`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no group has such a number, or it is that of the system's first process: to `kill` -1 means every process
/// that there is.
pub fn target(group: u32, own: i32) -> Result<i32, Code> {
    match i32::try_from(group) {
        Ok(group) if group == own => Ok(0),
        Ok(group) if group != 1 => Ok(-group),
        _ => Err(Code::ERROR_INVALID_PARAMETER),
    }
}

/// What a program has registered: its address, by which it is removed, and how what is at an address is called.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    /// The address of the program's function.
    pub address: usize,
    /// Calls what is there with an event; whether it took it.
    pub run: fn(usize, u32) -> bool,
}

static HANDLERS: Lock<Vec<Handler>> = Lock::new(Rank::Handlers, Vec::new());
static CTRL_C_IGNORED: AtomicBool = AtomicBool::new(false);

fn handlers() -> Guard<Vec<Handler>> {
    crate::fork::prepare_once();
    HANDLERS.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Vec<Handler>>> {
    HANDLERS.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Vec<Handler>>>, child: InChild) {
    if held.is_none() {
        HANDLERS.renew(Vec::new(), child);
    }
}

/// Adds a handler in front of the others. One may be there more than once.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn add(handler: Handler) -> Made<()> {
    room::push(&mut handlers(), handler)
}

/// Removes the handler that was added last of those with this address.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is none.
pub fn remove(address: usize) -> Result<(), Code> {
    let mut handlers = handlers();
    let at = handlers.iter().rposition(|handler| handler.address == address);
    let at = at.ok_or(Code::ERROR_INVALID_PARAMETER)?;
    handlers.remove(at);
    Ok(())
}

/// Whether Ctrl+C does nothing at all.
pub fn ignore_ctrl_c(ignored: bool) {
    CTRL_C_IGNORED.store(ignored, Ordering::Relaxed);
}

/// What becomes of the process after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on.
    Lives,
    /// It ends with this status.
    Ends(u32),
}

/// Asks the handlers, the latest first, until one takes the event. After the end of the session the process ends whoever
/// took it.
pub fn dispatch(event: u32) -> Fate {
    if event == CTRL_C_EVENT && CTRL_C_IGNORED.load(Ordering::Relaxed) {
        return Fate::Lives;
    }
    // One at a time, since they may add and remove some themselves, and there may be no memory for a list.
    let count = handlers().len();
    let at = |at: usize| handlers().get(at).copied();
    let taken = (0..count).rev().filter_map(at).any(|handler| (handler.run)(handler.address, event));
    if taken && event <= CTRL_BREAK_EVENT { Fate::Lives } else { Fate::Ends(STATUS_CONTROL_C_EXIT) }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static ASKED: Mutex<Vec<(usize, u32)>> = Mutex::new(Vec::new());

    /// Notes that it was asked; it takes the event at odd addresses.
    fn note(address: usize, event: u32) -> bool {
        ASKED.lock().unwrap().push((address, event));
        address % 2 == 1
    }

    #[test]
    fn no_group_is_every_process() {
        const INVALID: Result<i32, Code> = Err(Code::ERROR_INVALID_PARAMETER);
        for (group, own, expected) in [
            (0, 1, Ok(0)),
            (0, 77, Ok(0)),
            (77, 77, Ok(0)),
            (77, 1, Ok(-77)),
            (2, 77, Ok(-2)),
            (1, 1, Ok(0)),
            (1, 77, INVALID),
            (1, 0, INVALID),
            (0x7FFF_FFFF, 77, Ok(-0x7FFF_FFFF)),
            (0x8000_0000, 77, INVALID),
            (u32::MAX, 77, INVALID),
        ] {
            assert_eq!(target(group, own), expected, "{group} {own}");
        }
    }

    /// One test, since the list is the process's.
    #[test]
    fn the_latest_handler_is_asked_first() {
        let add = |address: usize| add(Handler { address, run: note }).unwrap();
        let seen = || std::mem::take(&mut *ASKED.lock().unwrap());
        assert_eq!(dispatch(0), Fate::Ends(0xC000_013A));
        add(1);
        add(2);
        assert_eq!(dispatch(0), Fate::Lives);
        assert_eq!(seen(), [(2, 0), (1, 0)]);
        assert_eq!(dispatch(2), Fate::Ends(0xC000_013A));
        assert_eq!(seen(), [(2, 2), (1, 2)]);
        ignore_ctrl_c(true);
        assert_eq!((dispatch(0), dispatch(1)), (Fate::Lives, Fate::Lives));
        assert_eq!(seen(), [(2, 1), (1, 1)]);
        ignore_ctrl_c(false);
        remove(1).unwrap();
        assert_eq!(dispatch(1), Fate::Ends(0xC000_013A));
        remove(2).unwrap();
        assert_eq!(remove(2), Err(Code::ERROR_INVALID_PARAMETER));
    }
}
