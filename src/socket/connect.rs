//! `connect`: starting a connection, waiting for it, starting another one after a failure.

mod datagram;
mod settle;

pub use settle::{State, settle, settle_as};

use std::net::IpAddr;
use std::time::Duration;

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::family::{self, Family};
use crate::descriptor::wait::{self, Deadline};
use crate::descriptor::{self, Connection, Identity, Peer, Record, Waiting};
use crate::error::WsaError;
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::runtime::hook::CANCELLED_BY_HOOK;
use crate::runtime::startup;
use crate::socket::address::{ANOTHER_FAMILY, read_for_known};
use crate::socket::{lending, scope};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd, UserAddress};

/// Connects a socket.
///
/// # Errors
/// See [`crate::ffi::ws2_connect`], which lists every code.
pub fn connect(socket: usize, address: UserAddress<'_>) -> Result<(), Failure> {
    let fd = descriptor::of(socket)?;
    let waiting = Waiting::hold(fd)?;
    // Asked of the kernel: a call that is not on the common path notices here what POSIX code did with the number.
    let identity = descriptor::identify(fd)?;
    let address = &read_for_known(identity, address)?;
    if descriptor::is_stream(fd)? {
        stream(identity, &waiting, address, None)
    } else {
        datagram::connect(fd, address)
    }
}

/// Connects a stream socket and waits for it, blocking or not, until the deadline.
///
/// # Errors
/// Those of [`connect`]; `WSAETIMEDOUT`: the deadline has passed. `WSAEOPNOTSUPP`: no stream socket.
pub fn connect_within(socket: usize, address: &Address, deadline: Deadline) -> Result<(), Failure> {
    let fd = descriptor::of(socket)?;
    let waiting = Waiting::hold(fd)?;
    let identity = descriptor::identify(fd)?;
    if !descriptor::is_stream(fd)? {
        return Err(WsaError::WSAEOPNOTSUPP.because("only a stream socket is connected by a name or a list"));
    }
    stream(identity, &waiting, address, Some(deadline))
}

/// Linux's `connect`, which says EINVAL where a blackhole route means that there is no way (Q20); and where the
/// address is a link-local one of IPv6 without its interface.
fn attempt(fd: Fd, address: &Address) -> Result<(), Errno> {
    let link_local = matches!(address.ip(), Some(IpAddr::V6(ip)) if ip.is_unicast_link_local());
    sys::connect(fd, address).map_err(|errno| match errno.number() {
        libc::EINVAL if address.ip().is_some() && !link_local => Errno::new(libc::EHOSTUNREACH),
        _ => errno,
    })
}

/// 255.255.255.255, for which Linux looks for a route before it looks for the permission.
pub(crate) fn is_limited_broadcast(address: &Address) -> bool {
    address.host() == Some(std::net::Ipv4Addr::BROADCAST.into())
}

pub(crate) fn may_broadcast(fd: Fd) -> bool {
    option::get_int(fd, libc::SOL_SOCKET, libc::SO_BROADCAST).is_ok_and(|value| value != 0)
}

fn same_family(fd: Fd, address: &Address) -> Result<(), Failure> {
    let family = Family::from_linux(address.family());
    let same = family::of(fd)? == family && (family != Family::Other || address.family() == libc::AF_UNIX);
    if !same {
        return Err(ANOTHER_FAMILY);
    }
    if scope::is_mapped_for_ipv6_only(fd, address) {
        return Err(scope::MAPPED);
    }
    Ok(())
}

/// With a deadline the call waits, whatever the socket's mode.
fn stream(
    identity: Identity,
    waiting: &Waiting,
    address: &Address,
    within: Option<Deadline>,
) -> Result<(), Failure> {
    let fd = waiting.fd();
    let is_fresh = is_believed_fresh(identity);
    if !is_fresh {
        prepare(identity, settle_as(identity, fd)?)?;
    }
    same_family(fd, address)?;
    if address.port() == Some(0) || address.ip().is_some_and(|ip| ip.is_unspecified()) {
        return Err(WsaError::WSAEADDRNOTAVAIL.because("an address without a host or without a port"));
    }
    let result = begin(identity, waiting, &scope::to_reach(fd, address).unwrap_or(*address), within);
    if is_fresh && matches!(&result, Err(failure) if is_used_already(failure.code)) {
        // POSIX code has connected it, or has begun to, or lets it listen: what is said is what that is.
        let is_under_way = matches!(&result, Err(failure) if failure.code == WsaError::WSAEALREADY);
        identity.update(|record| {
            record.connection = if is_under_way { Connection::Pending } else { Connection::Never };
            record.peer = Peer::default();
        })?;
        prepare(identity, settle_as(identity, fd)?)?;
    }
    result
}

/// A socket of this library's on which the program has called neither `connect` nor `listen`: the kernel is not asked how
/// far it has come, since it refuses a second connection.
fn is_believed_fresh(identity: Identity) -> bool {
    let is_new = |record: &Record| {
        record.ours && record.connection == Connection::Never && !record.listening && !record.reserved
    };
    identity.look(is_new) == Some(true)
        && family::of(identity.fd()).is_ok_and(|family| family != Family::Other)
}

/// What the kernel's `connect` says of a socket that is no fresh one.
const fn is_used_already(code: WsaError) -> bool {
    matches!(code, WsaError::WSAEISCONN | WsaError::WSAEALREADY)
}

/// Makes a socket ready for a connection, or says what forbids that.
fn prepare(identity: Identity, state: State) -> Result<(), Failure> {
    let (reserved, wants_context) =
        identity.look(|record| (record.reserved, record.wants_context)).unwrap_or_default();
    if reserved {
        return Err(WsaError::WSAEINVAL.because("AcceptEx or ConnectEx is at work on the socket"));
    }
    match state {
        State::Connected if wants_context => {
            Err(WsaError::WSAEINVAL.because("connected by ConnectEx, without SO_UPDATE_CONNECT_CONTEXT"))
        }
        State::Listening => Err(WsaError::WSAEINVAL.because("the socket listens")),
        State::Connected => Err(WsaError::WSAEISCONN.because("the socket is connected, or was")),
        State::Pending => Err(under_way()),
        State::Failed => {
            dissolve(identity.fd());
            Ok(())
        }
        State::Fresh => Ok(()),
    }
}

/// Begins a connection for `ConnectEx`, whatever the socket's mode, and does not wait for it. What the network says at once
/// is the connection's end, not the call's. `prepare` makes ready what tells of it, when nothing else forbids it and before
/// anything is sent.
///
/// # Errors
/// `WSAEINVAL`: the socket has no address, listens, or is being connected. `WSAEISCONN`. Those of `prepare`, and of [`connect`].
pub fn begin_later(
    waiting: &Waiting,
    address: &Address,
    prepare: impl FnOnce() -> Result<(), Failure>,
) -> Result<Option<Failure>, Failure> {
    let fd = waiting.fd();
    let identity = descriptor::identify(fd)?;
    if !descriptor::is_stream(fd)? {
        return Err(WsaError::WSAEINVAL.because("not a stream socket"));
    }
    let record = identity.read();
    if record.as_ref().is_some_and(|record| record.reserved) {
        return Err(WsaError::WSAEINVAL.because("AcceptEx or ConnectEx is at work on the socket"));
    }
    match settle_as(identity, fd)? {
        State::Listening => return Err(WsaError::WSAEINVAL.because("the socket listens")),
        State::Connected => return Err(WsaError::WSAEISCONN.because("the socket is connected, or was")),
        State::Pending => return Err(WsaError::WSAEINVAL.because("a connect is under way")),
        State::Failed => dissolve(fd),
        State::Fresh => {}
    }
    if !record.is_some_and(|record| record.bound) && sys::local_name(fd)?.port() == Some(0) {
        return Err(WsaError::WSAEINVAL.because("ConnectEx wants a socket that has an address"));
    }
    same_family(fd, address)?;
    if address.port() == Some(0) || address.ip().is_some_and(|ip| ip.is_unspecified()) {
        return Err(WsaError::WSAEADDRNOTAVAIL.because("an address without a host or without a port"));
    }
    let address = &scope::to_reach(fd, address).unwrap_or(*address);
    prepare()?;
    identity.update(|record| {
        record.connection = Connection::Pending;
        record.peer = (*address).into();
        record.bound = true;
        record.reserved = true;
    })?;
    let tried = if descriptor::nonblocking(fd)? { attempt(fd, address) } else { try_now(waiting, address) };
    let begun = match tried {
        Ok(()) => established(identity, fd),
        Err(errno) if matches!(errno.number(), libc::EINPROGRESS | libc::EINTR) => Ok(()),
        Err(errno) => failed(identity, address, errno),
    };
    match begun {
        Ok(()) => Ok(None),
        Err(failure)
            if matches!(
                failure.code,
                WsaError::WSAECONNREFUSED
                    | WsaError::WSAETIMEDOUT
                    | WsaError::WSAEHOSTUNREACH
                    | WsaError::WSAENETUNREACH
            ) =>
        {
            Ok(Some(failure))
        }
        Err(failure) => {
            identity.update(|record| record.reserved = false)?;
            Err(failure)
        }
    }
}

/// How far a connection has come that [`begin_later`] has begun: whether it is made.
///
/// # Errors
/// Why it could not be made.
pub fn is_made(fd: Fd) -> Result<bool, Failure> {
    match settle(fd)? {
        State::Pending => Ok(false),
        State::Connected => Ok(true),
        State::Failed => {
            let code = descriptor::read(fd).map_or(0, |record| record.error);
            Err(WsaError::from_number(code).because("the connection could not be made"))
        }
        State::Fresh | State::Listening => Err(WsaError::WSAENOTCONN.because("no connection is being made")),
    }
}

/// Winsock 1.1 had another code for it (L8).
fn under_way() -> Failure {
    let code = if startup::mode().is_legacy() { WsaError::WSAEINVAL } else { WsaError::WSAEALREADY };
    code.because("a connect is under way")
}

/// One attempt on a blocking socket, which does not wait.
fn try_now(waiting: &Waiting, address: &Address) -> Result<(), Errno> {
    lending::with_least_time_out(waiting, libc::SO_SNDTIMEO, || attempt(waiting.fd(), address))
}

fn begin(
    identity: Identity,
    waiting: &Waiting,
    address: &Address,
    within: Option<Deadline>,
) -> Result<(), Failure> {
    let fd = waiting.fd();
    // Where it is not known, the attempt that does not wait serves for both; the kernel is asked if there is anything to wait
    // for. A Unix socket tells by its answer.
    let nonblocking = within.is_none()
        && if address.family() == libc::AF_UNIX {
            descriptor::nonblocking(fd)?
        } else {
            facts::seen(fd).has(Facts::NONBLOCKING)
        };
    let deadline = within.unwrap_or(Deadline::NEVER);
    identity.update(|record| {
        record.connection = Connection::Pending;
        record.peer = (*address).into();
        record.bound = true;
    })?;
    if nonblocking {
        return match attempt(fd, address) {
            Ok(()) => established(identity, fd),
            Err(errno) if errno.number() == libc::EINPROGRESS => Err(BEING_MADE),
            Err(errno) => failed(identity, address, errno),
        };
    }
    match try_now(waiting, address) {
        Ok(()) => established(identity, fd),
        Err(errno) if matches!(errno.number(), libc::EINPROGRESS | libc::EINTR) => {
            if within.is_none() && descriptor::nonblocking(fd)? {
                return Err(BEING_MADE);
            }
            finish(identity, waiting, address, deadline)
        }
        Err(errno) if errno.number() == libc::EAGAIN && address.family() == libc::AF_UNIX => {
            wait_for_backlog(identity, waiting, address, deadline)
        }
        Err(errno) => failed(identity, address, errno),
    }
}

const BEING_MADE: Failure = WsaError::WSAEWOULDBLOCK.because("the connection is being made");

/// Waits until the handshake is over. SO_SNDTIMEO does not limit it (Q7).
fn finish(
    identity: Identity,
    waiting: &Waiting,
    address: &Address,
    deadline: Deadline,
) -> Result<(), Failure> {
    let fd = waiting.fd();
    match wait::ready(waiting, libc::POLLOUT, deadline) {
        Ok(true) => {}
        Ok(false) => return give_up(fd, TOO_LATE),
        Err(CANCELLED_BY_HOOK) => return give_up(fd, CANCELLED_BY_HOOK),
        Err(failure) => return Err(failure),
    }
    match option::take_error(fd)? {
        Some(errno) => failed(identity, address, errno),
        None if settle_as(identity, fd)? == State::Failed => Err(taken_by_another(fd)),
        None => established(identity, fd),
    }
}

/// The failure of a `connect` that another thread's call on the socket has noticed first.
fn taken_by_another(fd: Fd) -> Failure {
    let code = descriptor::read(fd).map_or(0, |record| record.error);
    WsaError::from_number(code).because("the connect failed, as another call on the socket found out")
}

/// Makes the kernel forget an attempt to connect. A Unix socket needs that not, and refuses it.
pub fn dissolve(fd: Fd) {
    let _ = sys::connect(fd, &Address::unspecified());
}

const TOO_LATE: Failure = WsaError::WSAETIMEDOUT.because("no connection within the time that was given");

/// The hook has cancelled the call, or its time is over: the attempt ends with it.
fn give_up(fd: Fd, why: Failure) -> Result<(), Failure> {
    dissolve(fd);
    descriptor::update(fd, |record| record.connection = Connection::Failed)?;
    Err(why)
}

/// A Unix listener whose queue is full: Linux offers nothing to wait for, so ask again.
fn wait_for_backlog(
    identity: Identity,
    waiting: &Waiting,
    address: &Address,
    deadline: Deadline,
) -> Result<(), Failure> {
    loop {
        wait::pause(waiting, Duration::from_millis(5), deadline)?;
        if deadline.has_passed() {
            return give_up(waiting.fd(), TOO_LATE);
        }
        match try_now(waiting, address) {
            Ok(()) => return established(identity, waiting.fd()),
            Err(errno) if matches!(errno.number(), libc::EAGAIN | libc::EINTR) => {}
            Err(errno) => return failed(identity, address, errno),
        }
    }
}

fn established(identity: Identity, fd: Fd) -> Result<(), Failure> {
    let seen = facts::seen(fd);
    identity.update(|record| {
        record.connection = Connection::Established;
        record.note_connected();
        record.error = 0;
    })?;
    facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    Ok(())
}

/// A `connect` that failed before it returned; SO_ERROR stays as it was (O1).
fn failed(identity: Identity, address: &Address, errno: Errno) -> Result<(), Failure> {
    identity.update(|record| record.connection = Connection::Failed)?;
    Err(refused(address, errno))
}

/// The failure of Linux's `connect` to an address (X21).
fn refused(address: &Address, errno: Errno) -> Failure {
    if address.family() == libc::AF_UNIX {
        return by_call::failure(Call::ConnectUnix, errno);
    }
    if errno.number() == libc::EADDRNOTAVAIL && lacks_a_source(address) {
        return WsaError::WSAENETUNREACH.because("EADDRNOTAVAIL: no address of this machine to connect from");
    }
    by_call::failure(Call::Connect, errno)
}

/// IPv6 says EADDRNOTAVAIL also where a route leads there, but no address of this machine goes with it. A socket
/// that needs no particular port is told the same then.
fn lacks_a_source(address: &Address) -> bool {
    if address.family() != libc::AF_INET6 {
        return false;
    }
    let Ok(probe) = sys::socket(libc::AF_INET6, libc::SOCK_DGRAM, libc::IPPROTO_UDP) else { return false };
    let result = sys::connect(probe, address);
    sys::close(probe);
    result.is_err_and(|errno| errno.number() == libc::EADDRNOTAVAIL)
}
