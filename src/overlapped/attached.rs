//! What else a socket has that does something asynchronous: its completion port, how completions are told, and the object
//! that stands for the socket's handle in a wait.

use crate::kernel::event::Kept;

/// All of it, under the side's lock.
#[derive(Default)]
pub(crate) struct Attached {
    /// What `SetFileCompletionNotificationModes` has said.
    pub(crate) modes: u8,
    /// What a wait for the socket's handle waits for (OE4).
    pub(crate) signal: Option<Kept>,
}
