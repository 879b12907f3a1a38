//! Which interface an address means where the program does not say: scopes of IPv6, broadcasts and groups without a
//! route.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::interfaces::{self, Local};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd};

const fn has(flags: u32, flag: i32) -> bool {
    flags & flag.cast_unsigned() != 0
}

fn is_usable(local: &Local) -> bool {
    has(local.flags, libc::IFF_UP) && has(local.flags, libc::IFF_RUNNING)
}

fn is_loopback(local: &Local) -> bool {
    has(local.flags, libc::IFF_LOOPBACK)
}

/// The interfaces by which a broadcast or a group of this family can be reached, the first one first, that of the
/// loopback last: Windows has a route for them on each.
///
/// # Errors
/// `ENOBUFS`, `ENOMEM`: there is no memory to list them. Where the system does not tell them otherwise, there are none.
pub fn for_everybody(family: i32) -> Result<Vec<Local>, Errno> {
    let mut all = match interfaces::all() {
        Ok(all) => all,
        Err(errno) if matches!(errno.number(), libc::ENOMEM | libc::ENOBUFS) => return Err(errno),
        Err(_) => Vec::new(),
    };
    all.retain(|local| is_usable(local) && local.address.family() == family);
    // In place: sorting in order takes memory.
    let mut others = 0;
    for at in 0..all.len() {
        if all.get(at).is_some_and(|local| !is_loopback(local))
            && let Some(part) = all.get_mut(others..=at)
        {
            part.rotate_right(1);
            others += 1;
        }
    }
    all.dedup_by_key(|local| local.index);
    Ok(all)
}

/// Whether an address is one of IPv4 that stands for many: a group, or 255.255.255.255; also in the form of IPv6.
#[must_use]
pub fn stands_for_many(address: &Address) -> bool {
    matches!(address.host(), Some(IpAddr::V4(ip)) if ip.is_multicast() || ip.is_broadcast())
}

/// An address of IPv6 that means nothing without its interface.
fn needs_scope(ip: Ipv6Addr) -> bool {
    ip.is_unicast_link_local()
        || (ip.is_multicast() && matches!(ip.octets(), [_, second, ..] if second & 15 <= 2))
}

/// The address to bind, X6: a link-local one without a scope gets that of its interface.
///
/// # Errors
/// `WSAEADDRNOTAVAIL`: an address that this machine has not, or not on the interface that the scope names. The kernel
/// looks at the scope of link-local addresses only.
pub fn to_bind(address: &Address) -> Result<Address, Failure> {
    let Some(IpAddr::V6(ip)) = address.ip() else { return Ok(*address) };
    let (scope, link_local) = (address.scope(), ip.is_unicast_link_local());
    if ip.is_unspecified() || link_local == (scope != 0) {
        return Ok(*address);
    }
    let same = |local: &&Local| local.address.ip() == Some(ip.into());
    let locals = interfaces::all()?;
    match locals.iter().find(|local| same(local) && (scope == 0 || local.index == scope)) {
        Some(_) if scope != 0 => Ok(*address),
        Some(local) => Ok(with_scope(address, local.index)),
        None => {
            Err(WsaError::WSAEADDRNOTAVAIL.because("not an address of the interface that the scope names"))
        }
    }
}

/// Whether an address means nothing without its interface, and names none.
#[must_use]
pub fn lacks_one(address: &Address) -> bool {
    matches!(address.ip(), Some(IpAddr::V6(ip)) if needs_scope(ip)) && address.scope() == 0
}

/// The address to send or connect to: a link-local one without a scope gets that of the socket's own address, else of
/// the interface that has it, else of the first interface.
#[must_use]
pub fn to_reach(fd: Fd, address: &Address) -> Option<Address> {
    let IpAddr::V6(ip) = address.ip()? else { return None };
    if !lacks_one(address) {
        return None;
    }
    let own = sys::local_name(fd).map_or(0, |name| name.scope());
    if own != 0 {
        return Some(with_scope(address, own));
    }
    if ip.is_multicast() {
        let chosen = option::get_int(fd, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_IF).unwrap_or(0);
        if chosen != 0 {
            return Some(with_scope(address, chosen.cast_unsigned()));
        }
    }
    let locals = interfaces::all().ok()?;
    let own = locals.iter().find(|local| local.address.ip() == Some(ip.into()));
    let link_local = |local: &&Local| {
        is_usable(local) && matches!(local.address.ip(), Some(IpAddr::V6(ip)) if ip.is_unicast_link_local())
    };
    let first = own.or_else(|| locals.iter().find(link_local))?;
    Some(with_scope(address, first.index))
}

fn with_scope(address: &Address, scope: u32) -> Address {
    let mut address = *address;
    address.set_scope(scope);
    address
}

/// X22: Windows lets no socket have an address that stands for many. Programs take that as the sign to bind the
/// wildcard address instead.
///
/// # Errors
/// `WSAEADDRNOTAVAIL`: the address of a group, or of a broadcast.
pub fn refuse_many(address: &Address) -> Result<(), Failure> {
    let many = match address.host() {
        Some(IpAddr::V4(ip)) => ip.is_multicast() || is_broadcast(ip),
        Some(IpAddr::V6(ip)) => ip.is_multicast(),
        None => false,
    };
    if many {
        return Err(WsaError::WSAEADDRNOTAVAIL.because("the address of a group, or of a broadcast"));
    }
    Ok(())
}

/// Whether an address is a broadcast of a network of this machine: what the kernel refuses to a socket without
/// SO_BROADCAST. Nothing is sent.
fn is_broadcast(ip: Ipv4Addr) -> bool {
    if ip.is_unspecified() || ip == Ipv4Addr::LOCALHOST {
        return false;
    }
    if ip.is_broadcast() {
        return true;
    }
    let Ok(probe) = sys::socket(libc::AF_INET, libc::SOCK_DGRAM, libc::IPPROTO_UDP) else { return false };
    let result = Address::of(ip.into(), 9).map(|address| sys::connect(probe, &address));
    sys::close(probe);
    matches!(result, Ok(Err(errno)) if errno.number() == libc::EACCES)
}

/// X24: whether a socket of IPv6 that takes no addresses of IPv4 is given one.
#[must_use]
pub fn is_mapped_for_ipv6_only(fd: Fd, address: &Address) -> bool {
    address.is_mapped()
        && option::get_int(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY).is_ok_and(|value| value != 0)
}

/// The answer to that.
pub const MAPPED: Failure =
    WsaError::WSAEADDRNOTAVAIL.because("an address of IPv4 for a socket with IPV6_V6ONLY");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_addresses_need_an_interface() {
        let rows = [
            ("fe80::1", true),
            ("febf::1", true),
            ("fec0::1", false),
            ("ff02::1", true),
            ("ff01::1", true),
            ("ff05::1", false),
            ("ff0e::1", false),
            ("::1", false),
            ("2001:db8::1", false),
        ];
        for (text, expected) in rows {
            assert_eq!(needs_scope(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn which_addresses_stand_for_many() {
        let address = |ip: IpAddr| Address::of(ip, 1).unwrap();
        let rows = [
            ("224.0.0.1", true, true),
            ("239.255.255.255", true, true),
            ("255.255.255.255", true, true),
            ("::ffff:224.0.0.1", true, true),
            ("::ffff:255.255.255.255", true, true),
            ("ff02::1", false, true),
            ("127.0.0.1", false, false),
            ("0.0.0.0", false, false),
            ("::", false, false),
            ("::1", false, false),
        ];
        for (text, many, refused) in rows {
            let address = address(text.parse().unwrap());
            assert_eq!(stands_for_many(&address), many, "{text}");
            assert_eq!(refuse_many(&address).is_err(), refused, "{text}");
        }
    }
}
