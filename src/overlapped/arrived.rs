//! What the kernel tells of a socket where it is asked: what it is ready for, what has come, how its connection ended.

use super::operation::Direction;
use super::reactor::{ERR, HUP, IN, PRI, RDHUP};
use crate::descriptor;
use crate::error::WsaError;
use crate::sys::Fd;
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::{option, transfer};

/// The code of an end that is none.
const WELL: i32 = 0;

/// What the socket is ready for now, in the bits of epoll.
pub(super) fn readiness(fd: Fd) -> u32 {
    let wanted = libc::POLLIN | libc::POLLPRI | libc::POLLOUT | libc::POLLRDHUP;
    let mut look = [PollFd::new(fd, wanted)];
    let _ = poll::poll(&mut look, Some(std::time::Duration::ZERO));
    // The bits of poll are those of epoll.
    u32::from(look[0].happened().cast_unsigned())
}

pub(super) fn amount(fd: Fd) -> u32 {
    option::ioctl_int(fd, libc::FIONREAD).map_or(0, i32::cast_unsigned)
}

/// What has come on a stream.
#[derive(Clone, Copy)]
pub(super) struct Arrived {
    /// So many bytes, ever; of a Unix socket, that lie here.
    pub(super) count: u64,
    /// So many lie here, before an urgent one.
    pub(super) lie_here: u32,
    /// The state of TCP, 0 for a Unix socket.
    pub(super) state: u8,
}

const CLOSED: u8 = 7;
const CLOSE_WAIT: u8 = 8;
const LAST_ACK: u8 = 9;
const CLOSING: u8 = 11;

impl Arrived {
    pub(super) fn at(fd: Fd) -> Self {
        let lie_here = amount(fd);
        match option::tcp_counters(fd) {
            Ok(tcp) => {
                // The peer's end counts as a byte.
                let ended = matches!(tcp.state, CLOSED | CLOSE_WAIT | LAST_ACK | CLOSING);
                let count = tcp.bytes_received.saturating_sub(u64::from(ended));
                Self { count, lie_here, state: tcp.state }
            }
            Err(_) => Self { count: u64::from(lie_here), lie_here, state: 0 },
        }
    }
}

/// Whether there is something to receive; the kernel counts the bytes before an urgent one only.
pub(super) fn has_data(fd: Fd, lie_here: u32) -> bool {
    lie_here > 0 || transfer::has_data(fd)
}

pub(super) fn is_in_line(fd: Fd) -> bool {
    option::get_int(fd, libc::SOL_SOCKET, libc::SO_OOBINLINE).is_ok_and(|value| value != 0)
}

/// The code of the end of a stream's connection, if the peer has ended it or it was reset.
pub(super) fn connection_end(fd: Fd, bits: u32, state: u8) -> Option<i32> {
    let record = || descriptor::read(fd).unwrap_or_default();
    match state {
        0 => {
            let by_peer = bits & HUP != 0 || bits & RDHUP != 0 && !record().shut_receive;
            by_peer.then_some(WELL)
        }
        CLOSE_WAIT | LAST_ACK | CLOSING => Some(WELL),
        CLOSED if bits & ERR != 0 || record().fatal.is_some() => Some(WsaError::WSAECONNABORTED.number()),
        CLOSED if bits & HUP != 0 => Some(WELL),
        _ => None,
    }
}

/// What the kernel tells that operations have not taken: what is left is looked at anew where one has moved something, and
/// nothing is left where one still waits.
pub(super) fn left(fd: Fd, bits: u32, moved: bool, waits: impl Fn(Direction) -> bool) -> u32 {
    let mut bits = if moved { bits & !(IN | PRI) | readiness(fd) & bits & (IN | PRI) } else { bits };
    if waits(Direction::Receive) || waits(Direction::Accept) {
        bits &= !IN;
    }
    if waits(Direction::Urgent) {
        bits &= !PRI;
    }
    bits
}
