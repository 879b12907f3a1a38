//! The peer of a datagram socket.

use super::{attempt, is_limited_broadcast, may_broadcast, refused, same_family};
use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Peer};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::{companion, scope};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd};

/// A datagram socket's peer: set, changed, or with AF_UNSPEC or an address of zeros, its port too, taken away (K8).
pub(super) fn connect(fd: Fd, address: &Address) -> Result<(), Failure> {
    let is_nobody = address.ip().is_some_and(|ip| ip.is_unspecified());
    let dissolves = address.family() == libc::AF_UNSPEC || (address.port() == Some(0) && is_nobody);
    if dissolves {
        sys::connect(fd, &Address::unspecified())?;
        descriptor::update(fd, |record| record.peer = Peer::default())?;
        companion::connect(fd, &Address::unspecified());
        return Ok(());
    }
    let seen = facts::seen(fd);
    same_family(fd, address)?;
    // K9: Linux takes it for the loopback.
    if is_nobody {
        return Err(WsaError::WSAEADDRNOTAVAIL.because("an address without a host"));
    }
    if is_limited_broadcast(address) && !may_broadcast(fd) {
        return Err(WsaError::WSAEACCES.because("a broadcast address, and SO_BROADCAST is not set"));
    }
    let address = &scope::to_reach(fd, address).unwrap_or(*address);
    match attempt(fd, address) {
        Err(errno) if errno.number() == libc::ENETUNREACH && scope::stands_for_many(address) => {
            by_an_interface(fd, address, errno)?;
        }
        result => result.map_err(|errno| refused(address, errno))?,
    }
    descriptor::update(fd, |record| {
        record.peer = (*address).into();
        record.bound = true;
    })?;
    companion::connect(fd, address);
    facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    Ok(())
}

/// X23: makes a group or 255.255.255.255 the peer, where no route leads there, by the first interface that can be used.
fn by_an_interface(fd: Fd, address: &Address, errno: Errno) -> Result<(), Failure> {
    for local in scope::for_everybody(libc::AF_INET)? {
        if by_interface(fd, address, local.index).is_ok() {
            return Ok(());
        }
    }
    Err(refused(address, errno))
}

/// The interface for groups stays set, since every message asks for it. That for other hosts is set for this moment
/// only: the socket keeps the way that was found.
fn by_interface(fd: Fd, address: &Address, index: u32) -> Result<(), Errno> {
    if !is_limited_broadcast(address) {
        option::set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF, interface_request(index))?;
        return attempt(fd, address);
    }
    let before = option::get_int(fd, libc::IPPROTO_IP, libc::IP_UNICAST_IF)?;
    option::set(fd, libc::IPPROTO_IP, libc::IP_UNICAST_IF, index.to_be().cast_signed())?;
    let result = attempt(fd, address);
    option::set(fd, libc::IPPROTO_IP, libc::IP_UNICAST_IF, before)?;
    result
}

fn interface_request(index: u32) -> libc::ip_mreqn {
    let nowhere = libc::in_addr { s_addr: 0 };
    libc::ip_mreqn { imr_multiaddr: nowhere, imr_address: nowhere, imr_ifindex: index.cast_signed() }
}
