//! What can be learnt about a socket after a call on it failed, so that `diagnosis` can tell what Linux does not.
//! Gathered by `socket::evidence`.

use crate::sys::net::option::TcpCounters;

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
