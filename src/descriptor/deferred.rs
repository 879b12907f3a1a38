//! Connections that were taken from a listener and put off: by `WSAAccept`'s condition function, or because the `AcceptEx`
//! that took them could not use them. They are bare descriptors without a record. They belong to the listener's number, until
//! somebody accepts them or the listener is closed; a duplicate of the listener does not have them.

use std::collections::VecDeque;

use super::facts::{self, Facts};
use super::table::{Identity, Slot, shard};
use crate::runtime::startup;
use crate::sys::net::{option, socket};
use crate::sys::room::{self, NoMemory};
use crate::sys::{Address, Errno, Fd};

/// A connection, and its peer.
type Connection = (Fd, Address);

/// Those of one listener, oldest first.
#[derive(Debug)]
pub(super) struct Deferred {
    /// The kernel's number for the listener.
    listener: u64,
    connections: VecDeque<Connection>,
}

/// Puts a connection off: the next one who accepts gets it.
///
/// # Errors
/// `EBADF`: the listener is being closed, or is not there any more. `ESHUTDOWN`: after the last `WSACleanup`. `ENOMEM`. The connection is the caller's still.
pub fn put(listener: Identity, connection: Connection) -> Result<(), Errno> {
    let fd = listener.fd();
    let (put, stale) = {
        let mut shard = shard(fd);
        if option::cookie(fd)? != listener.cookie() {
            return Err(Errno::new(libc::EBADF));
        }
        // Under the lock: WSACleanup says first that the library is at rest, and then goes through the table.
        if !startup::mode().is_started() {
            return Err(Errno::new(libc::ESHUTDOWN));
        }
        let slot = shard.slot(fd)?;
        if slot.closing != 0 {
            return Err(Errno::new(libc::EBADF));
        }
        let stale = slot.deferred.take_if(|deferred| deferred.listener != listener.cookie());
        let put = put_first(slot, listener.cookie(), connection);
        if put.is_ok() {
            // Under the lock, as its taking back.
            facts::note(fd, facts::seen(fd), Facts::DEFERRED);
        }
        (put, stale)
    };
    abort_all(stale);
    Ok(put?)
}

fn put_first(slot: &mut Slot, listener: u64, connection: Connection) -> Result<(), NoMemory> {
    let deferred = match &mut slot.deferred {
        Some(deferred) => deferred,
        none => none.insert(room::boxed(Deferred { listener, connections: VecDeque::new() })?),
    };
    deferred.connections.try_reserve(1)?;
    deferred.connections.push_front(connection);
    Ok(())
}

/// Takes the oldest, if one was put off and nobody is closing the listener.
#[must_use]
pub fn take(fd: Fd) -> Option<Connection> {
    if !facts::seen(fd).has(Facts::DEFERRED) {
        return None;
    }
    let (connection, stale) = {
        let mut shard = shard(fd);
        let slot = shard.existing(fd).filter(|slot| slot.closing == 0)?;
        let cookie = option::cookie(fd);
        let stale = slot.deferred.take_if(|deferred| cookie != Ok(deferred.listener));
        let connections = slot.deferred.as_mut().map(|deferred| &mut deferred.connections);
        let connection = connections.and_then(VecDeque::pop_front);
        if slot.deferred.as_ref().is_none_or(|deferred| deferred.connections.is_empty()) {
            facts::unnote(fd, facts::seen(fd), Facts::DEFERRED);
        }
        (connection, stale)
    };
    abort_all(stale);
    connection
}

/// Whether there are some.
#[must_use]
pub fn exist(fd: Fd) -> bool {
    facts::seen(fd).has(Facts::DEFERRED)
        && shard(fd)
            .existing(fd)
            .and_then(|slot| slot.deferred.as_ref())
            .is_some_and(|deferred| !deferred.connections.is_empty())
}

/// The listener is being closed: its connections are reset. Frees no memory, since a signal handler may close.
pub(super) fn end(fd: Fd) {
    if !facts::seen(fd).has(Facts::DEFERRED) {
        return;
    }
    let next = || shard(fd).existing(fd)?.deferred.as_mut()?.connections.pop_front();
    while let Some((connection, _)) = next() {
        abort(connection);
    }
}

/// Those of a listener that POSIX code has closed.
pub(super) fn abort_all(stale: Option<Box<Deferred>>) {
    for (connection, _) in stale.into_iter().flat_map(|stale| stale.connections) {
        abort(connection);
    }
}

fn abort(connection: Fd) {
    option::reset_at_close(connection);
    socket::close(connection);
}
