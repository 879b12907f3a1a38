//! The states of a socket that Winsock tells apart, and how they are seen through Linux's `poll`.

use bitflags::bitflags;

use crate::descriptor::{self, Record};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::sys::net::option;

bitflags! {
    /// What can be the case with a socket.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Conditions: u8 {
        /// Data, a datagram or a connection waits; or an error that receiving reports.
        const RECEIVE = 1;
        /// There is room to send.
        const SEND = 1 << 1;
        /// Urgent data waits, and is not in line.
        const URGENT = 1 << 2;
        /// The peer has closed its side.
        const ENDED = 1 << 3;
        /// The connection was reset, or died otherwise.
        const RESET = 1 << 4;
        /// The last `connect` failed.
        const FAILED = 1 << 5;
        /// Another thread has closed the socket.
        const CLOSED = 1 << 6;
        /// Only as a wish: that the peer has closed is to be told apart from data, which `poll` does if asked.
        const APART = 1 << 7;
    }
}

impl Conditions {
    /// The events to ask the kernel for.
    #[must_use]
    pub const fn events(self) -> i16 {
        let mut events = 0;
        if self.contains(Self::RECEIVE) {
            events |= libc::POLLIN;
        }
        if self.contains(Self::SEND) {
            events |= libc::POLLOUT;
        }
        if self.contains(Self::URGENT) {
            events |= libc::POLLPRI;
        }
        if self.contains(Self::APART) {
            events |= libc::POLLRDHUP;
        }
        events
    }

    /// What the kernel's answer means where it is not one of the states that need a closer look.
    #[must_use]
    #[inline]
    pub const fn plain(happened: i16) -> Option<Self> {
        match happened {
            libc::POLLIN => Some(Self::RECEIVE),
            libc::POLLOUT => Some(Self::SEND),
            BOTH => Some(Self::RECEIVE.union(Self::SEND)),
            _ => None,
        }
    }
}

const BOTH: i16 = libc::POLLIN | libc::POLLOUT;

/// What the kernel's answer means, found out by looking at the socket and at its record.
#[cold]
pub(super) fn examine(fd: Fd, happened: i16) -> Conditions {
    let has = |bit| happened & bit != 0;
    let record = descriptor::read(fd).unwrap_or_default();
    let mut now = Conditions::empty();
    now.set(Conditions::SEND, has(libc::POLLOUT));
    match option::socket_type(fd) {
        Ok(libc::SOCK_STREAM) => stream(fd, happened, &record, now),
        _ => {
            if has(libc::POLLERR) && record.ignores_port_unreachable {
                // Nobody is to hear of it.
                let _ = option::take_error(fd);
            } else if has(libc::POLLERR) || (has(libc::POLLIN) && !record.shut_receive) {
                now |= Conditions::RECEIVE;
            }
            now
        }
    }
}

fn stream(fd: Fd, happened: i16, record: &Record, mut now: Conditions) -> Conditions {
    let has = |bit| happened & bit != 0;
    if has(libc::POLLHUP) {
        // Linux reports POLLHUP for whatever is not connected. A connect of POSIX code has left no record: its
        // failure shows by the pending error.
        match settle(fd) {
            Ok(State::Fresh) if !has(libc::POLLERR) => return Conditions::empty(),
            Ok(State::Fresh | State::Failed) => return Conditions::FAILED,
            _ => {}
        }
    }
    now.set(Conditions::URGENT, has(libc::POLLPRI) && !in_line(fd));
    let ended = has(libc::POLLHUP) || has(libc::POLLRDHUP);
    if record.shut_receive {
        // Linux shows this program's own shutdown as the end of what comes in.
        if ended || has(libc::POLLIN) {
            now.set(Conditions::ENDED, peer_has_closed(fd, happened, record));
        }
    } else {
        now.set(Conditions::ENDED, ended);
        now.set(Conditions::RECEIVE, has(libc::POLLIN) && (!ended || something_to_read(fd)));
    }
    let dead = has(libc::POLLHUP) && (has(libc::POLLERR) || record.fatal.is_some());
    now.set(Conditions::RESET, dead);
    if has(libc::POLLERR) && !dead {
        now |= Conditions::RECEIVE;
    }
    now
}

fn in_line(fd: Fd) -> bool {
    option::get_int(fd, libc::SOL_SOCKET, libc::SO_OOBINLINE).is_ok_and(|value| value != 0)
}

fn something_to_read(fd: Fd) -> bool {
    option::ioctl_int(fd, libc::FIONREAD).is_ok_and(|count| count > 0)
}

/// Whether the peer has closed a connection on which this program receives no more.
fn peer_has_closed(fd: Fd, happened: i16, record: &Record) -> bool {
    const CLOSED: u8 = 7;
    const CLOSE_WAIT: u8 = 8;
    const LAST_ACK: u8 = 9;
    const CLOSING: u8 = 11;
    match option::tcp_counters(fd) {
        Ok(counters) => [CLOSED, CLOSE_WAIT, LAST_ACK, CLOSING].contains(&counters.state),
        Err(_) => happened & libc::POLLHUP != 0 && !record.shut_send,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ordinary_states_are_plain() {
        assert_eq!(Conditions::plain(libc::POLLIN), Some(Conditions::RECEIVE));
        assert_eq!(Conditions::plain(libc::POLLOUT), Some(Conditions::SEND));
        assert_eq!(Conditions::plain(BOTH), Some(Conditions::RECEIVE | Conditions::SEND));
        for closer_look in [libc::POLLHUP, libc::POLLERR, libc::POLLPRI, libc::POLLRDHUP, libc::POLLNVAL] {
            for others in [0, libc::POLLIN, libc::POLLOUT, BOTH] {
                assert_eq!(Conditions::plain(closer_look | others), None, "{closer_look} with {others}");
            }
        }
    }

    #[test]
    fn every_wish_becomes_an_event_or_comes_unasked() {
        assert_eq!((Conditions::RECEIVE | Conditions::SEND).events(), BOTH);
        assert_eq!((Conditions::URGENT | Conditions::APART).events(), libc::POLLPRI | libc::POLLRDHUP);
        assert_eq!(
            (Conditions::ENDED | Conditions::RESET | Conditions::FAILED | Conditions::CLOSED).events(),
            0
        );
    }
}
