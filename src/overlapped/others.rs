//! What else than a socket has operations that end later: the ends of pipes with a name, of which this folder knows nothing.

use std::sync::OnceLock;

use super::attached::Destination;
use super::side::Which;
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::sys::Fd;

/// What they can be asked for by handle; none where the handle is something else.
pub(crate) struct Others {
    /// What a wait for the handle waits for.
    pub(crate) signal: fn(Fd) -> Option<Kept>,
    /// Where the ends of operations are told from now on.
    pub(crate) associate: fn(usize, Destination) -> Option<Result<(), Code>>,
    /// `SetFileCompletionNotificationModes`.
    pub(crate) add_modes: fn(usize, u8) -> Option<Result<(), Code>>,
    /// Cancels operations: how many there were.
    pub(crate) cancel: fn(usize, Which) -> Option<usize>,
    /// A thread ends.
    pub(crate) end_thread: fn(u64),
}

static OTHERS: OnceLock<Others> = OnceLock::new();

/// Says how to ask them.
pub(crate) fn are(others: Others) {
    let _ = OTHERS.set(others);
}

/// What a wait for the handle waits for.
pub(super) fn signal(fd: Fd) -> Option<Kept> {
    OTHERS.get().and_then(|others| (others.signal)(fd))
}

/// Where the ends of operations are told from now on.
pub(super) fn associate(handle: usize, destination: &Destination) -> Option<Result<(), Code>> {
    OTHERS.get().and_then(|others| (others.associate)(handle, destination.clone()))
}

/// `SetFileCompletionNotificationModes`.
pub(super) fn add_modes(handle: usize, modes: u8) -> Option<Result<(), Code>> {
    OTHERS.get().and_then(|others| (others.add_modes)(handle, modes))
}

/// Cancels operations.
pub(super) fn cancel(handle: usize, which: Which) -> Option<usize> {
    OTHERS.get().and_then(|others| (others.cancel)(handle, which))
}

/// A thread ends.
pub(super) fn end_thread(thread: u64) {
    if let Some(others) = OTHERS.get() {
        (others.end_thread)(thread);
    }
}
