//! What Linux forgets about a socket and Winsock remembers, in a table by descriptor.
//!
//! The successful path of `send` and `recv` never comes here. A record carries the kernel's number for the
//! socket, so that one whose descriptor was closed and given to another socket is noticed.

pub mod family;
pub mod hint;
pub mod known;
mod slot;
mod table;
pub mod waker;
mod watch;

use std::time::Instant;

pub use slot::{CLOSED, Closing, Waiting, close, epoch, wait_on};
pub(crate) use table::{Held, hold};
pub use table::{bound, close_all, insert, read, receive_shut_changed, set_nonblocking, update};
pub use watch::{Watching, watch};

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::option;
use crate::sys::{Address, Errno, Fd};

/// The answer to a value that can be no descriptor.
pub const NO_DESCRIPTOR: Failure = WsaError::WSAENOTSOCK.because("the value fits no descriptor");

/// The descriptor behind a value of C's `SOCKET`.
///
/// # Errors
/// `WSAENOTSOCK` where no descriptor can have that value.
#[inline]
pub fn of(socket: usize) -> Result<Fd, Failure> {
    Fd::from_socket(socket).ok_or(NO_DESCRIPTOR)
}

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
    /// This program has shut down sending.
    pub shut_send: bool,
    /// This program has shut down receiving.
    pub shut_receive: bool,
    /// The code that every later `send` and `recv` repeats.
    pub fatal: Option<WsaError>,
    /// How far the connection has come.
    pub connection: Connection,
    /// The peer, which `getpeername` tells also after the connection's end.
    pub peer: Option<Address>,
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
    /// `SO_SNDBUF` as the program set it.
    pub send_buffer: Option<i32>,
    /// `SO_RCVBUF` as the program set it.
    pub receive_buffer: Option<i32>,
    /// `SO_REUSEADDR` as the program set it.
    pub reuse_address: bool,
    /// `SO_EXCLUSIVEADDRUSE` as the program set it.
    pub exclusive_address: bool,
    /// Options that are taken and read back and have no effect, by Windows' level and name.
    pub no_effect: Vec<((i32, i32), u32)>,
    /// `IP_RECEIVE_BROADCAST` is off.
    pub no_broadcasts: bool,
    /// `IP_IFLIST` is on: datagrams count only if they come by one of `interfaces`.
    pub only_interfaces: bool,
    /// The numbers of the interfaces in that list.
    pub interfaces: Vec<u32>,
    /// When the connection was made, for `SO_CONNECT_TIME`.
    pub connected_at: Option<Instant>,
    /// Connections that `WSAAccept`'s condition function has put off, oldest first.
    pub deferred: Vec<(Fd, Address)>,
    /// Calls that have made a blocking descriptor non-blocking for a moment.
    pub borrowed_mode: u32,
    /// The program has made it non-blocking meanwhile, so the last of these calls leaves it so.
    pub stays_nonblocking: bool,
}

impl Record {
    /// A `connect` failed, and the socket listens all the same.
    #[must_use]
    pub fn is_failed_listener(&self) -> bool {
        self.listening && self.connection == Connection::Failed
    }

    fn new(cookie: u64) -> Self {
        Self { cookie, ..Self::default() }
    }

    /// Whether a descriptor that is non-blocking now is so only for a moment, for a call of another thread.
    #[must_use]
    pub const fn is_blocking_at_heart(&self) -> bool {
        self.borrowed_mode > 0 && !self.stays_nonblocking
    }

    /// The value of an option that has no effect; 0 if it was never set.
    #[must_use]
    pub fn remembered(&self, level: i32, name: i32) -> u32 {
        self.no_effect.iter().find(|(option, _)| *option == (level, name)).map_or(0, |(_, value)| *value)
    }

    /// The value that an option was set to, which the kernel does not keep.
    #[must_use]
    pub fn recalled(&self, level: i32, name: i32) -> Option<u32> {
        self.no_effect.iter().find(|(option, _)| *option == (level, name)).map(|(_, value)| *value)
    }

    /// Keeps the value of an option that has no effect.
    pub fn remember(&mut self, level: i32, name: i32, value: u32) {
        self.no_effect.retain(|(option, _)| *option != (level, name));
        self.no_effect.push(((level, name), value));
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

/// Whether the descriptor is in non-blocking mode, as the program set it.
///
/// # Errors
/// The kernel's error.
pub fn nonblocking(fd: Fd) -> Result<bool, Errno> {
    table::nonblocking(fd)
}

/// Runs `attempt` while the descriptor is non-blocking, whatever its mode; for the calls that Linux gives no
/// "do not wait" flag.
///
/// # Errors
/// Those of the attempt, and the kernel's from changing the mode.
pub fn without_waiting<T>(fd: Fd, attempt: impl FnOnce() -> Result<T, Errno>) -> Result<T, Errno> {
    let loan = table::borrow_mode(fd)?;
    let result = attempt();
    if let Some(loan) = loan {
        table::return_mode(fd, loan);
    }
    result
}

fn cookie(fd: Fd) -> Result<u64, Errno> {
    option::cookie(fd)
}
