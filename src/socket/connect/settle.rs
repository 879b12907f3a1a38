//! How far a stream socket has come.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Connection, Identity};
use crate::error::by_call::{self, Call};
use crate::error::evidence::{Tcp, TcpState};
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::net::option;
use crate::sys::net::socket as sys;

/// How far a stream socket has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing has happened.
    Fresh,
    /// It listens.
    Listening,
    /// A `connect` is under way.
    Pending,
    /// The last `connect` failed.
    Failed,
    /// Connected, now or once.
    Connected,
}

/// Finds out how far a stream socket has come, and moves the record on: a non-blocking `connect` ends without
/// telling anybody.
///
/// # Errors
/// `WSAENOTSOCK` where there is no socket.
pub fn settle(fd: Fd) -> Result<State, Failure> {
    settle_as(descriptor::identify(fd)?, fd)
}

/// The same for a socket that was identified before.
///
/// # Errors
/// Those of [`settle`].
pub fn settle_as(identity: Identity, fd: Fd) -> Result<State, Failure> {
    let known = identity.read().map_or(Connection::Never, |record| record.connection);
    let Ok(counters) = option::tcp_counters(fd) else { return Ok(without_counters(fd, known)) };
    let tcp = Tcp::from(counters);
    match (tcp.state, known) {
        (TcpState::Listening, _) => Ok(State::Listening),
        (TcpState::Connecting, _) => Ok(State::Pending),
        (_, Connection::Established) => Ok(State::Connected),
        (TcpState::Open, _) => note_established(identity, fd),
        (TcpState::Closed, _) if tcp.was_connected => note_established(identity, fd),
        (TcpState::Closed, Connection::Pending) => note_failure(identity, fd),
        (TcpState::Closed, Connection::Failed) => Ok(State::Failed),
        (TcpState::Closed, Connection::Never) => Ok(State::Fresh),
    }
}

fn without_counters(fd: Fd, known: Connection) -> State {
    let listening = option::get_int(fd, libc::SOL_SOCKET, libc::SO_ACCEPTCONN).is_ok_and(|value| value != 0);
    match known {
        _ if listening => State::Listening,
        Connection::Established => State::Connected,
        _ if sys::peer_name(fd).is_ok() => State::Connected,
        Connection::Failed => State::Failed,
        Connection::Pending | Connection::Never => State::Fresh,
    }
}

fn note_established(identity: Identity, fd: Fd) -> Result<State, Failure> {
    let peer = sys::peer_name(fd).ok();
    let seen = facts::seen(fd);
    identity.update(|record| {
        record.connection = Connection::Established;
        record.note_connected();
        record.error = 0;
        if peer.is_some() {
            record.peer = peer.into();
        }
    })?;
    facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    Ok(State::Connected)
}

/// The end of a non-blocking `connect` that failed: SO_ERROR keeps its code (O1).
fn note_failure(identity: Identity, fd: Fd) -> Result<State, Failure> {
    let error = option::take_error(fd)?;
    identity.update(|record| {
        record.connection = Connection::Failed;
        if let Some(errno) = error {
            record.error = by_call::failure(Call::Connect, errno).code.number();
        }
    })?;
    Ok(State::Failed)
}
