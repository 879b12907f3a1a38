//! What else a socket has that does something asynchronous: its completion port, how completions are told, and the object
//! that stands for the socket's handle in a wait.

use crate::kernel::event::Kept;
use crate::kernel::port::Port;
use crate::sys::Fd;
use crate::sys::shared::Arc;

/// All of it, under the side's lock.
#[derive(Clone, Default)]
pub(crate) struct Attached {
    /// The completion port, and the number by which its packets name the socket.
    pub(crate) port: Option<(Arc<Port>, usize)>,
    /// What `SetFileCompletionNotificationModes` has said.
    pub(crate) modes: u8,
    /// The listener's descriptor and cookie, and the OVERLAPPED, of an `AcceptEx` for this socket.
    pub(crate) accepts: Option<(Fd, u64, usize)>,
    /// What a wait for the socket's handle waits for (OE4).
    pub(crate) signal: Option<Kept>,
}

impl Attached {
    /// What goes over to another socket that gets the number. An operation that has begun tells by what it found.
    pub(crate) fn pass_on(&mut self) -> Self {
        self.accepts = None;
        self.clone()
    }
}
