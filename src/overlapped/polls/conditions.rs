//! What a poll finds that holds of a socket (PL4 to PL13), in Windows' bits of `AFD_POLL_…`.

use crate::descriptor::{self, companions, deferred};
use crate::overlapped::arrived::{self, Arrived};
use crate::overlapped::operation::Direction;
use crate::overlapped::reactor::{ERR, HUP, IN, OUT, PRI};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::sys::net::socket;
use crate::windows::status;

/// Data, or a datagram.
pub(super) const RECEIVE: u32 = 1;
/// An urgent byte that is not in line.
pub(super) const RECEIVE_EXPEDITED: u32 = 2;
/// Room to send.
pub(super) const SEND: u32 = 4;
/// The peer sends no more.
pub(super) const DISCONNECT: u32 = 8;
/// The connection was reset, or is broken otherwise.
pub(super) const ABORT: u32 = 0x10;
/// The socket was closed; told of whatever is asked for.
pub(super) const LOCAL_CLOSE: u32 = 0x20;
/// The socket is connected.
pub(super) const CONNECT: u32 = 0x40;
/// A connection that can be accepted.
pub(super) const ACCEPT: u32 = 0x80;
/// The last attempt to connect failed.
pub(super) const CONNECT_FAIL: u32 = 0x100;

/// What the reactor tells of only where somebody asks for room to send.
pub(in crate::overlapped) const WITH_ROOM: u32 = SEND | CONNECT | CONNECT_FAIL;

/// What holds, and with which status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::overlapped) struct Holds {
    pub(in crate::overlapped) events: u32,
    pub(in crate::overlapped) status: u32,
}

impl Holds {
    const fn only(events: u32) -> Self {
        Self { events, status: status::SUCCESS }
    }

    /// As far as it was asked for.
    pub(in crate::overlapped) fn asked(self, events: u32) -> Option<Self> {
        let events = self.events & events;
        (events != 0).then_some(Self { events, ..self })
    }
}

/// What holds of a socket; not what operations wait for.
pub(super) fn of(fd: Fd, waits: &dyn Fn(Direction) -> bool) -> Holds {
    let holds = if descriptor::is_stream(fd).unwrap_or(false) { stream(fd) } else { datagram(fd) };
    let mut taken = 0;
    for (direction, events) in
        [(Direction::Receive, RECEIVE), (Direction::Urgent, RECEIVE_EXPEDITED), (Direction::Accept, ACCEPT)]
    {
        taken |= if waits(direction) { events } else { 0 };
    }
    Holds { events: holds.events & !taken, ..holds }
}

const fn flag(holds: bool, event: u32) -> u32 {
    if holds { event } else { 0 }
}

fn datagram(fd: Fd) -> Holds {
    let bits = arrived::readiness(fd);
    let is_heard = || companions::exist() && companions::have_data(fd);
    Holds::only(
        flag(bits & (IN | ERR) != 0 || is_heard(), RECEIVE)
            | flag(bits & OUT != 0, SEND)
            | flag(socket::peer_name(fd).is_ok(), CONNECT),
    )
}

fn stream(fd: Fd) -> Holds {
    // Asked first: what a connection has that is made in between is looked at after it.
    let state = settle(fd);
    let bits = arrived::readiness(fd);
    match state {
        Ok(State::Listening) => Holds::only(flag(bits & IN != 0 || deferred::exist(fd), ACCEPT)),
        Ok(State::Failed) => {
            let error = descriptor::read(fd).map_or(0, |record| record.error);
            Holds { events: CONNECT_FAIL, status: status::from_winsock(error) }
        }
        Ok(State::Connected) => {
            let arrived = Arrived::at(fd);
            let end = arrived::connection_end(fd, bits, arrived.state);
            let is_broken = end.is_some_and(|code| code != 0);
            let is_urgent = bits & PRI != 0;
            // What lies behind an urgent byte the kernel does not count, and asking for it would take an error away.
            let may_hide = is_urgent && bits & (ERR | HUP) == 0;
            let has_data = arrived.lie_here > 0 || may_hide && arrived::has_data(fd, 0);
            Holds::only(
                flag(has_data, RECEIVE)
                    | flag(is_urgent && !arrived::is_in_line(fd), RECEIVE_EXPEDITED)
                    | flag(bits & OUT != 0, SEND)
                    | flag(end == Some(0), DISCONNECT)
                    | flag(is_broken, ABORT)
                    | CONNECT,
            )
        }
        Ok(State::Fresh | State::Pending) | Err(_) => Holds::default(),
    }
}
