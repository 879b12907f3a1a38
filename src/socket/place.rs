//! Putting another socket under the number of one that the program has: the connection that `AcceptEx` has taken, and the
//! fresh socket that `DisconnectEx` leaves.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::family::Family;
use crate::descriptor::{self, Connection, Identity, Record, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd, file};

/// Options that a program may have set on the socket before: level and name of Linux.
const KEPT: &[(i32, i32)] = &[
    (libc::SOL_SOCKET, libc::SO_KEEPALIVE),
    (libc::SOL_SOCKET, libc::SO_OOBINLINE),
    (libc::IPPROTO_TCP, libc::TCP_NODELAY),
    (libc::IPPROTO_TCP, libc::TCP_KEEPIDLE),
    (libc::IPPROTO_TCP, libc::TCP_KEEPINTVL),
    (libc::IPPROTO_TCP, libc::TCP_KEEPCNT),
];

/// Gives one socket the plain options of another.
pub fn copy_options(from: Fd, to: Fd) {
    for &(level, name) in KEPT {
        if let Ok(value) = option::get_int(from, level, name) {
            let _ = option::set(to, level, name, value);
        }
    }
    if let Ok(linger) = option::get_value::<libc::linger>(from, libc::SOL_SOCKET, libc::SO_LINGER) {
        let _ = option::set(to, libc::SOL_SOCKET, libc::SO_LINGER, linger);
    }
}

/// What the program has set that only the record knows.
fn kept(record: &Record) -> Record {
    Record {
        ours: record.ours,
        not_overlapped: record.not_overlapped,
        reuse_address: false,
        exclusive_address: false,
        ..record.passed_on()
    }
}

/// Puts `new` under the number of the socket that is held, and begins its record. `new` itself is closed in any case.
fn put(held: &Waiting, new: Fd, more: Facts, change: impl FnOnce(&mut Record)) -> Result<(), Failure> {
    let fd = held.fd();
    let nonblocking = descriptor::nonblocking(fd).unwrap_or(false);
    let before = descriptor::read(fd).unwrap_or_default();
    let passed_on = facts::seen(fd).facts() & (Facts::LINGERS | Facts::TIMED | Facts::NONBLOCKING);
    copy_options(fd, new);
    let family = sys::local_name(new).map(|name| Family::from_linux(name.family()));
    let covered = option::set_nonblocking(new, nonblocking).and_then(|()| file::replace(new, fd));
    sys::close(new);
    covered?;
    let known = facts::of(libc::SOCK_STREAM, family?) | more | passed_on;
    descriptor::replace(held, known, |record| {
        *record = Record { cookie: record.cookie, ..kept(&before) };
        change(record);
    })?;
    Ok(())
}

/// A connection that was taken for the socket that is held.
///
/// # Errors
/// The kernel's; `WSANOTINITIALISED` after the last `WSACleanup`.
pub fn connection(held: &Waiting, new: Fd, peer: Address) -> Result<(), Failure> {
    put(held, new, Facts::READY_TO_RECEIVE, |record| {
        record.connection = Connection::Established;
        record.note_connected();
        record.peer = peer.into();
        record.bound = true;
        record.accepted = true;
    })
}

/// A fresh socket in the place of one whose connection is over; `keeps_address`: bound as that was (DX4).
///
/// # Errors
/// The kernel's.
pub fn fresh(held: &Waiting, keeps_address: bool) -> Result<(), Failure> {
    let fd = held.fd();
    let name = sys::local_name(fd)?;
    let new = sys::socket(name.family(), libc::SOCK_STREAM, libc::IPPROTO_TCP)?;
    if keeps_address {
        // The old connection may be in TIME_WAIT there.
        let bound = option::set(new, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1_i32)
            .and_then(|()| sys::bind(new, &name));
        if let Err(errno) = bound {
            sys::close(new);
            return Err(errno.into());
        }
    }
    put(held, new, Facts::empty(), |record| record.bound = keeps_address)
}

/// `SO_UPDATE_ACCEPT_CONTEXT`: the options of the listener (AX10).
///
/// # Errors
/// `WSAENOTSOCK`: the listener is no socket. `WSAEINVAL`: it does not listen; the socket has no connection. `WSAEFAULT`: the
/// value is no socket's.
pub fn update_accepted(fd: Fd, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    let bytes: [u8; 8] = value?
        .try_into()
        .map_err(|_| WsaError::WSAEFAULT.because("the value has another length than a SOCKET"))?;
    let listener = descriptor::of(usize::from_ne_bytes(bytes))?;
    let listens = option::get_int(listener, libc::SOL_SOCKET, libc::SO_ACCEPTCONN)?;
    if listens == 0 {
        return Err(WsaError::WSAEINVAL.because("the value is a socket that does not listen"));
    }
    if sys::peer_name(fd).is_err()
        && descriptor::read(fd).is_none_or(|record| record.peer.address().is_none())
    {
        return Err(WsaError::WSAENOTCONN.because("the socket has no connection"));
    }
    let inherited = descriptor::read(listener).unwrap_or_default();
    copy_options(listener, fd);
    let before = facts::seen(fd);
    facts::note(fd, before, facts::seen(listener).facts() & (Facts::LINGERS | Facts::TIMED));
    descriptor::update(fd, |record| {
        record.send_timeout = inherited.send_timeout;
        record.receive_timeout = inherited.receive_timeout;
        record.special = inherited.special;
    })?;
    Ok(())
}

/// `SO_UPDATE_CONNECT_CONTEXT` (CX5).
///
/// # Errors
/// `WSAENOTCONN`.
pub fn update_connected(fd: Fd) -> Result<(), Failure> {
    if descriptor::read(fd).is_none_or(|record| record.connection != Connection::Established) {
        return Err(WsaError::WSAENOTCONN.because("the socket is not connected"));
    }
    descriptor::update(fd, |record| record.wants_context = false)?;
    Ok(())
}

/// Notes that an operation is about to give the socket a connection, or is so no more; whether that changes anything.
///
/// # Errors
/// `EBADF`: the socket is closed. `ENOMEM`.
pub fn reserve(socket: Identity, on: bool) -> Result<bool, Errno> {
    socket.update(|record| std::mem::replace(&mut record.reserved, on) != on)
}
