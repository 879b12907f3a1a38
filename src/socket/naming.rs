//! `bind`, `getsockname`, `getpeername`.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Connection, Waiting};
use crate::error::WsaError;
use crate::error::by_call::{self, Call};
use crate::error::evidence::{Tcp, TcpState};
use crate::error::failure::Failure;
use crate::runtime::trace;
use crate::socket::address::{ANOTHER_FAMILY, read_for};
use crate::socket::{companion, scope, sharing};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd, UserAddress};

/// Gives a socket its local address.
///
/// `TIME_WAIT` does not keep an address from being bound (O11).
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: the address cannot be read, or is too short for the socket's family.
/// * `WSAEINVAL`: the socket has an address.
/// * `WSAEAFNOSUPPORT`: the address is of another family than the socket.
/// * `WSAEADDRINUSE`, `WSAEACCES` (O10), `WSAENOBUFS`.
/// * `WSAEADDRNOTAVAIL`: not an address of this machine, not of the interface that the scope names (X6), or that of
///   a group or a broadcast (X22).
pub fn bind(socket: usize, address: UserAddress<'_>) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let fd = held.fd();
    let address = &read_for(fd, address)?;
    let seen = facts::seen(fd);
    let now = own_name(fd)?;
    if is_bound(fd, &now) {
        return Err(WsaError::WSAEINVAL.because("the socket has an address already"));
    }
    if address.family() != now.family() {
        return Err(ANOTHER_FAMILY);
    }
    scope::refuse_many(address)?;
    let address = &scope::to_bind(address)?;
    match sys::bind(fd, address) {
        Err(errno) if errno.number() == libc::EADDRINUSE => bind_to_taken(fd, address)?,
        // A mapped address for a socket of IPv6 alone, or a scope that does not fit the address (N2).
        Err(errno) if errno.number() == libc::EINVAL && address.family() == libc::AF_INET6 => {
            return Err(WsaError::WSAEADDRNOTAVAIL.because("EINVAL: not an address that the socket can have"));
        }
        result => result.map_err(|errno| by_call::failure(Call::Bind, errno))?,
    }
    let hears_more = descriptor::update(fd, |record| {
        record.bound = true;
        record.hears_broadcasts || !record.special().memberships.is_empty()
    })?;
    if hears_more && let Err(failure) = companion::refresh(fd) {
        // The address cannot be given back; the socket hears what is sent to it alone.
        trace::note(&format_args!("bind: no companion for groups or broadcasts: {}", failure.code));
    }
    if !descriptor::is_stream(fd)? {
        facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    }
    Ok(())
}

/// The local address as the kernel has it. A raw socket has no port: Linux tells its protocol's number there (N9).
fn own_name(fd: Fd) -> Result<Address, Errno> {
    let mut name = sys::local_name(fd)?;
    if name.port().is_some_and(|port| port != 0) && descriptor::kind(fd)? == libc::SOCK_RAW {
        name.set_port(0);
    }
    Ok(name)
}

/// Whether a socket has a local address: a port, a path, or by the record.
fn is_bound(fd: Fd, name: &Address) -> bool {
    match name.port() {
        Some(port) if port != 0 => true,
        None if name.len() > 2 => true,
        _ => descriptor::read(fd).is_some_and(|record| record.bound),
    }
}

/// Over sockets in TIME_WAIT, or beside others as far as Windows allows it.
fn bind_to_taken(fd: Fd, address: &Address) -> Result<(), Failure> {
    match bind_over_time_wait(fd, address) {
        Err(errno) if errno.number() == libc::EADDRINUSE => {
            sharing::share(fd, address, || sys::bind(fd, address))
        }
        result => Ok(result.map_err(|errno| by_call::failure(Call::Bind, errno))?),
    }
}

/// Linux lets a socket bind over others in TIME_WAIT only while SO_REUSEADDR is set; left on, it would let
/// others bind over this one.
fn bind_over_time_wait(fd: Fd, address: &Address) -> Result<(), Errno> {
    if option::tcp_counters(fd).is_err() {
        return Err(Errno::new(libc::EADDRINUSE));
    }
    let before = option::get_int(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR)?;
    option::set(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1_i32)?;
    let result = sys::bind(fd, address);
    option::set(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, before)?;
    result
}

/// The local address.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: the socket has no address yet (N5).
pub fn getsockname(fd: Fd) -> Result<Address, Failure> {
    let (name, is_bound) = descriptor::of_one(fd, || {
        let name = own_name(fd)?;
        Ok((name, is_bound(fd, &name)))
    })?;
    if is_bound {
        return Ok(name);
    }
    Err(WsaError::WSAEINVAL.because("the socket has no address yet"))
}

/// The peer's address, also while connecting and after the connection's end (N6, T4, T12).
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAENOTCONN`: no peer.
pub fn getpeername(fd: Fd) -> Result<Address, Failure> {
    descriptor::of_one(fd, || match sys::peer_name(fd) {
        Ok(name) => Ok(name),
        Err(errno) if errno.number() == libc::ENOTCONN => remembered_peer(fd),
        Err(errno) => Err(errno.into()),
    })
}

fn remembered_peer(fd: Fd) -> Result<Address, Failure> {
    const NO_PEER: Failure = WsaError::WSAENOTCONN.because("the socket has no peer");
    let record = descriptor::read(fd).ok_or(NO_PEER)?;
    let connected = match record.connection {
        Connection::Never | Connection::Failed => false,
        Connection::Established => true,
        Connection::Pending => option::tcp_counters(fd)
            .map(Tcp::from)
            .is_ok_and(|tcp| tcp.state == TcpState::Connecting || tcp.was_connected),
    };
    record.peer.address().filter(|_| connected).ok_or(NO_PEER)
}
