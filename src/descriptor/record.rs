//! What Linux forgets about a socket and Winsock remembers.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, Ordering};

use super::peer::Peer;
use super::special::Special;
use crate::error::WsaError;
use crate::sys::event::clock;
use crate::sys::shared::Arc;

/// How far a connection has come, as far as this library saw it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// No `connect` yet, or none of ours.
    #[default]
    Never,
    /// A `connect` is under way.
    Pending,
    /// The last `connect` failed.
    Failed,
    /// Connected, now or once.
    Established,
}

/// The record of one socket.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The kernel's number for the socket (`SO_COOKIE`).
    pub cookie: u64,
    /// This library made the socket, so the last `WSACleanup` closes it.
    pub ours: bool,
    /// Made without WSA_FLAG_OVERLAPPED: a call with an OVERLAPPED ends before it returns (OV11).
    pub not_overlapped: bool,
    /// An operation is about to give it a connection: `AcceptEx` or `ConnectEx`.
    pub reserved: bool,
    /// `ConnectEx` has connected it, and SO_UPDATE_CONNECT_CONTEXT was not set yet (CX5).
    pub wants_context: bool,
    /// This program has shut down sending.
    pub shut_send: bool,
    /// This program has shut down receiving.
    pub shut_receive: bool,
    /// The code that every later `send` and `recv` repeats.
    pub fatal: Option<WsaError>,
    /// How far the connection has come.
    pub connection: Connection,
    /// The connection was taken from a listener.
    pub accepted: bool,
    /// The peer, which `getpeername` tells also after the connection's end.
    pub peer: Peer,
    /// A `bind` of the program's own, or an implied one, has happened.
    pub bound: bool,
    /// `listen` has succeeded.
    pub listening: bool,
    /// `SO_SNDTIMEO` in milliseconds, 0 for ever; `None`: never set through this interface.
    pub send_timeout: Option<u32>,
    /// `SO_RCVTIMEO` in milliseconds, 0 for ever; `None`: never set through this interface.
    pub receive_timeout: Option<u32>,
    /// `SO_ERROR`: reading does not clear it.
    pub error: i32,
    /// `SIO_UDP_CONNRESET` is off: "port unreachable" is not reported.
    pub ignores_port_unreachable: bool,
    /// `SO_REUSEADDR` as the program set it.
    pub reuse_address: bool,
    /// `SO_EXCLUSIVEADDRUSE` as the program set it.
    pub exclusive_address: bool,
    /// `SO_BROADCAST` or `IP_RECEIVE_BROADCAST` was set: a socket that is bound to one address hears broadcasts.
    pub hears_broadcasts: bool,
    /// `IP_RECEIVE_BROADCAST` is off.
    pub no_broadcasts: bool,
    /// `IP_IFLIST` is on: datagrams count only if they come by one of the interfaces of the list.
    pub only_interfaces: bool,
    /// When the connection was made, for `SO_CONNECT_TIME`, in nanoseconds of the monotonic clock.
    pub connected_at: Option<NonZeroU64>,
    /// What few sockets have; see [`Self::special`].
    pub special: Option<Arc<Special>>,
}

impl Record {
    /// A `connect` failed, and the socket listens all the same.
    #[must_use]
    pub fn is_failed_listener(&self) -> bool {
        self.listening && self.connection == Connection::Failed
    }

    pub(super) fn new(cookie: u64) -> Self {
        Self { cookie, ..Self::default() }
    }

    /// Notes the moment at which the connection was made, if none is noted yet: in nanoseconds of the monotonic clock.
    pub fn note_connected(&mut self) -> u64 {
        let now = NonZeroU64::new(clock::monotonic()).unwrap_or(NonZeroU64::MIN);
        self.connected_at.get_or_insert(now).get()
    }

    /// Whether an accepted connection has anything from a listener with this record.
    #[must_use]
    pub fn has_to_pass_on(&self) -> bool {
        self.send_timeout.is_some()
            || self.receive_timeout.is_some()
            || self.reuse_address
            || self.exclusive_address
            || self.special.is_some()
    }

    /// What an accepted connection has from a listener with this record: as the program set it.
    #[must_use]
    pub fn passed_on(&self) -> Self {
        Self {
            send_timeout: self.send_timeout,
            receive_timeout: self.receive_timeout,
            reuse_address: self.reuse_address,
            exclusive_address: self.exclusive_address,
            // A stream has nothing there but options.
            special: self.special.clone(),
            ..Self::default()
        }
    }
}

/// Whether there ever was a socket whose `connect` failed and that listened afterwards: `select` looks for them
/// only then.
static FAILED_LISTENER: AtomicBool = AtomicBool::new(false);

/// Says that there is one.
pub fn note_failed_listener() {
    FAILED_LISTENER.store(true, Ordering::Relaxed);
}

/// Whether there ever was one.
#[must_use]
pub fn has_failed_listener() -> bool {
    FAILED_LISTENER.load(Ordering::Relaxed)
}
