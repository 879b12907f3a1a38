//! The modes of terminals, from which lines and echo are taken while threads read keys: the first one takes them, the last one gives
//! them back, and what the program sets meanwhile is what it finds then.
//!
//! One lock, `TERMINALS`, under which terminals are asked and set.

use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::platform::console::{Modes, Terminal, line};
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;
use crate::sys::{Errno, Fd};

/// A terminal at which keys are read.
pub(super) struct Taken {
    readers: usize,
    /// What it gets back.
    before: Terminal,
}

/// By the terminal's number.
pub(super) type Terminals = Sorted<u32, Taken>;

static TERMINALS: Lock<Terminals> = Lock::new(Rank::Terminals, Sorted::new());

fn terminals() -> Guard<Terminals> {
    crate::fork::prepare_once();
    TERMINALS.take()
}

/// The modes that the program has set, or found.
///
/// # Errors
/// `ENOTTY`: it is no terminal.
pub fn modes(fd: Fd) -> Result<Modes, Errno> {
    let terminals = terminals();
    let now = Terminal::of(fd)?;
    let is_taken = terminals.iter().next().is_some();
    let taken = if is_taken { terminals.get(&line(fd)) } else { None };
    Ok(taken.map_or(now, |taken| taken.before).modes())
}

/// Sets the modes; lines and echo not before nobody reads keys any more.
///
/// # Errors
/// As [`modes`].
pub fn set_modes(fd: Fd, modes: Modes) -> Result<(), Errno> {
    let mut terminals = terminals();
    let now = Terminal::of(fd)?;
    let Some(taken) = terminals.get_mut(&line(fd)) else { return now.with(modes).set(fd) };
    taken.before = taken.before.with(modes);
    now.with(Modes { signals: modes.signals, ..now.modes() }).set(fd)
}

/// A thread begins to read keys.
///
/// # Errors
/// As [`modes`]. `ENOMEM`.
pub fn keys_begin(fd: Fd) -> Result<(), Errno> {
    let mut terminals = terminals();
    let (before, line) = (Terminal::of(fd)?, line(fd));
    if let Some(taken) = terminals.get_mut(&line) {
        taken.readers += 1;
        return Ok(());
    }
    terminals.insert(line, Taken { readers: 1, before })?;
    give(fd, before.for_keys()).inspect_err(|_| _ = terminals.remove(&line))
}

/// It has ended.
///
/// # Errors
/// As [`modes`].
pub fn keys_end(fd: Fd) -> Result<(), Errno> {
    let mut terminals = terminals();
    let line = line(fd);
    let Some(taken) = terminals.get_mut(&line) else { return Ok(()) };
    taken.readers -= 1;
    if taken.readers > 0 {
        return Ok(());
    }
    let before = taken.before;
    terminals.remove(&line);
    give(fd, before)
}

/// Sets what is not set so already: who is in the background may ask, and is stopped where he sets.
fn give(fd: Fd, wanted: Terminal) -> Result<(), Errno> {
    if Terminal::of(fd)? == wanted { Ok(()) } else { wanted.set(fd) }
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Terminals>> {
    TERMINALS.take_for_fork()
}

/// In a child: none of its threads reads keys.
pub(super) fn in_child(held: Option<Guard<Terminals>>, child: InChild) {
    match held {
        Some(mut terminals) => terminals.clear(),
        None => TERMINALS.renew(Sorted::new(), child),
    }
}
