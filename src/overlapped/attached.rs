//! What else a socket has that does something asynchronous: its completion port, how completions are told, and the object
//! that stands for the socket's handle in a wait.

use std::sync::Arc;

use crate::kernel::event::Kept;
use crate::kernel::port::Port;

/// All of it, under the side's lock.
#[derive(Default)]
pub(crate) struct Attached {
    /// The completion port, and the number by which its packets name the socket.
    pub(crate) port: Option<(Arc<Port>, usize)>,
    /// What `SetFileCompletionNotificationModes` has said.
    pub(crate) modes: u8,
    /// What a wait for the socket's handle waits for (OE4).
    pub(crate) signal: Option<Kept>,
}
