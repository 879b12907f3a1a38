//! What can be learnt about a socket after a call on it failed, so that `diagnosis` can tell what Linux does not.
//!
//! Gathering has no effect on the socket: above all, the pending error is left alone.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Connection, Record};
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::option::{self, TcpCounters};
use crate::sys::net::socket;
use crate::sys::{Errno, Fd};

/// What kind of socket it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A stream: TCP, or a Unix stream socket.
    #[default]
    Stream,
    /// Messages: UDP, a Unix datagram socket, raw IP, and whatever else there is.
    Datagram,
}

/// The state of a TCP connection, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tcp {
    /// The kernel's state.
    pub state: TcpState,
    /// The handshake was once complete (PB2; the counters survive a reset).
    pub was_connected: bool,
    /// The connection died of unanswered keep-alive probes, as far as the counters tell.
    pub probes_unanswered: bool,
}

/// Linux's states, those that look the same to Winsock put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TcpState {
    /// Never connected, or dead.
    #[default]
    Closed,
    /// Listening.
    Listening,
    /// The handshake is under way.
    Connecting,
    /// Established, or half closed.
    Open,
}

impl TcpState {
    /// The state behind the kernel's number.
    #[must_use]
    pub const fn from_kernel(number: u8) -> Self {
        match number {
            2 | 3 | 12 => Self::Connecting,
            7 => Self::Closed,
            10 => Self::Listening,
            _ => Self::Open,
        }
    }
}

impl From<TcpCounters> for Tcp {
    fn from(counters: TcpCounters) -> Self {
        let state = TcpState::from_kernel(counters.state);
        // A refused attempt has seen one segment and no acknowledgement. An active opening has its SYN
        // acknowledged; a passive one has seen SYN and ACK.
        let counted = counters.bytes_acked >= 1 || counters.segs_in >= 2;
        Self {
            state,
            was_connected: state == TcpState::Open || (state == TcpState::Closed && counted),
            probes_unanswered: counters.probes > 0
                && counters.retransmits == 0
                && counters.notsent_bytes == 0,
        }
    }
}

/// What `diagnosis` decides from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Stream or datagrams.
    pub kind: Kind,
    /// For TCP.
    pub tcp: Option<Tcp>,
    /// The kernel knows a peer.
    pub has_peer: bool,
    /// `SO_KEEPALIVE` is on.
    pub keep_alive: bool,
    /// Non-blocking, as the program set it.
    pub nonblocking: bool,
    /// The kernel has an error that it has not reported.
    pub error_waits: bool,
    /// No local address yet: an IP socket with port 0.
    pub unbound: bool,
    /// A Unix socket.
    pub is_unix: bool,
    /// From the record: this program shut down sending.
    pub shut_send: bool,
    /// From the record: this program shut down receiving.
    pub shut_receive: bool,
    /// From the record: the code to repeat.
    pub fatal: Option<crate::error::WsaError>,
    /// From the record: a connection was once complete.
    pub established: bool,
    /// From the record: `SIO_UDP_CONNRESET` is off.
    pub ignores_port_unreachable: bool,
}

impl Evidence {
    /// Whether a stream was ever connected.
    #[must_use]
    pub fn was_connected(&self) -> bool {
        self.established || self.tcp.map_or(self.has_peer, |tcp| tcp.was_connected)
    }

    /// Whether a stream is in the middle of its handshake.
    #[must_use]
    pub fn is_connecting(&self) -> bool {
        self.tcp.is_some_and(|tcp| tcp.state == TcpState::Connecting)
    }
}

/// Gathers the evidence about a socket.
///
/// # Errors
/// The kernel's error where the descriptor is no socket.
pub fn gather(fd: Fd) -> Result<Evidence, Errno> {
    let kind = kind(fd)?;
    let record = descriptor::read(fd).unwrap_or_default();
    let tcp = match kind {
        Kind::Stream => option::tcp_counters(fd).ok().map(Tcp::from),
        Kind::Datagram => None,
    };
    let flag = |name| option::get_int(fd, libc::SOL_SOCKET, name).is_ok_and(|value| value != 0);
    Ok(Evidence {
        kind,
        tcp,
        has_peer: socket::peer_name(fd).is_ok(),
        keep_alive: flag(libc::SO_KEEPALIVE),
        nonblocking: descriptor::nonblocking(fd)?,
        error_waits: error_waits(fd),
        unbound: socket::local_name(fd).is_ok_and(|name| name.port() == Some(0)),
        ..from_record(&record)
    })
}

/// Gathers what decides whether a call that found nothing to do may wait; less than [`gather`] does, since a
/// program that polls a non-blocking socket comes here often.
///
/// # Errors
/// The kernel's error.
pub fn gather_idle(fd: Fd) -> Result<Evidence, Errno> {
    let nonblocking = descriptor::nonblocking(fd)?;
    let seen = facts::seen(fd);
    let facts = if seen.has(Facts::SOCKET) { seen.facts() } else { facts::learn(fd)? };
    let kind = if facts.contains(Facts::STREAM) { Kind::Stream } else { Kind::Datagram };
    let is_unix = facts.contains(Facts::OTHER);
    if seen.has(Facts::READY_TO_RECEIVE) {
        return Ok(Evidence { kind, nonblocking, is_unix, established: true, ..Evidence::default() });
    }
    if kind == Kind::Stream
        && let Ok(counters) = option::tcp_counters(fd)
    {
        let tcp = Tcp::from(counters);
        if tcp.state == TcpState::Open {
            facts::note(fd, seen, Facts::READY_TO_RECEIVE);
        }
        return Ok(Evidence { tcp: Some(tcp), nonblocking, ..Evidence::default() });
    }
    let unbound = socket::local_name(fd).is_ok_and(|name| name.port() == Some(0));
    if kind == Kind::Datagram && !unbound {
        facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    }
    Ok(Evidence { kind, nonblocking, unbound, is_unix, ..Evidence::default() })
}

fn kind(fd: Fd) -> Result<Kind, Errno> {
    let before = facts::seen(fd);
    let is_stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    facts::note(fd, before, if is_stream { Facts::SOCKET | Facts::STREAM } else { Facts::SOCKET });
    Ok(if is_stream { Kind::Stream } else { Kind::Datagram })
}

/// Whether the kernel has an error for whoever asks next. Looking does not take it.
fn error_waits(fd: Fd) -> bool {
    let mut look = [PollFd::new(fd, 0)];
    poll::poll(&mut look, Some(std::time::Duration::ZERO)).is_ok() && look[0].happened() & libc::POLLERR != 0
}

fn from_record(record: &Record) -> Evidence {
    Evidence {
        shut_send: record.shut_send,
        shut_receive: record.shut_receive,
        fatal: record.fatal,
        established: record.connection == Connection::Established,
        ignores_port_unreachable: record.ignores_port_unreachable,
        ..Evidence::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PB1, PB2, MS1 to MS24: what the counters say in each measured state.
    #[test]
    fn counters_tell_who_was_connected() {
        // state, bytes_acked, segs_in, was connected
        let rows = [
            ("fresh", 7, 0, 0, false),
            ("listener", 10, 0, 0, false),
            ("connecting", 2, 0, 0, false),
            ("refused, non-blocking", 7, 0, 1, false),
            ("reset, active side", 7, 1, 2, true),
            ("reset, accepted side", 7, 0, 2, true),
            ("established", 1, 1, 1, true),
            ("peer closed", 8, 1, 3, true),
            ("shut down for sending", 5, 2, 2, true),
        ];
        for (what, state, bytes_acked, segs_in, expected) in rows {
            let counters = TcpCounters::for_test(state, bytes_acked, segs_in);
            assert_eq!(Tcp::from(counters).was_connected, expected, "{what}");
        }
    }
}
