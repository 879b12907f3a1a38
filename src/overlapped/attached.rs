//! What else a socket has that does something asynchronous: its completion port or callback, how completions are told, and the object
//! that stands for the socket's handle in a wait.

use super::callbacks::Callbacks;
use crate::kernel::event::Kept;
use crate::kernel::port::{Packet, Port};
use crate::sys::Fd;
use crate::sys::shared::Arc;

/// Where the ends of a socket's operations are told.
#[derive(Clone)]
pub(crate) enum Destination {
    /// A completion port, and the number by which its packets name the socket.
    Port(Arc<Port>, usize),
    /// A function that the thread pool calls.
    Callbacks(Arc<Callbacks>),
}

impl Destination {
    /// An operation has ended. No lock is held.
    pub(crate) fn post(&self, overlapped: usize, status: u32, bytes: u32) {
        // Without memory for the note nobody learns it but from the OVERLAPPED.
        let _ = match self {
            Self::Port(port, key) => port.post(Packet { key: *key, overlapped, status, bytes }),
            Self::Callbacks(callbacks) => callbacks.post(Packet { key: 0, overlapped, status, bytes }),
        };
    }
}

/// All of it, under the side's lock.
#[derive(Clone, Default)]
pub(crate) struct Attached {
    /// Where the ends of operations are told, beside what each says itself; for the socket's life.
    pub(crate) destination: Option<Destination>,
    /// What `SetFileCompletionNotificationModes` has said.
    pub(crate) modes: u8,
    /// The listener's descriptor and cookie, and the OVERLAPPED, of an `AcceptEx` for this socket.
    pub(crate) accepts: Option<(Fd, u64, usize)>,
    /// What a wait for the socket's handle waits for (OE4).
    pub(crate) signal: Option<Kept>,
}

impl Attached {
    /// Whether it was associated with something else than this port.
    pub(crate) fn belongs_to_another(&self, port: &Arc<Port>) -> bool {
        match &self.destination {
            Some(Destination::Port(own, _)) => !Arc::ptr_eq(own, port),
            Some(Destination::Callbacks(_)) => true,
            None => false,
        }
    }

    /// Whether the ends of its operations are learnt of from a port.
    pub(super) const fn is_served_by_port(&self) -> bool {
        matches!(self.destination, Some(Destination::Port(..)))
    }

    /// What goes over to another socket that gets the number. An operation that has begun tells by what it found.
    pub(crate) fn pass_on(&mut self) -> Self {
        self.accepts = None;
        self.clone()
    }
}
