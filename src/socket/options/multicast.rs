//! Multicast: the interface that IPv4 sends on, and groups that a socket joins and leaves, by the old structures
//! of each protocol and by the `group_req` of both.

use super::Target;
use super::form::{Answer, Form, TOO_SHORT};
use super::numbers::{self as n, IPPROTO_IP, IPPROTO_IPV6};
use crate::descriptor;
use crate::descriptor::special::Membership;
use crate::error::WsaError;
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::socket::address::from_windows;
use crate::socket::bytes::{self, Bytes};
use crate::socket::companion::Leaving;
use crate::socket::{companion, scope};
use crate::sys::net::option;
use crate::sys::{Address, Errno, Fd};

/// `sizeof(SOCKADDR_STORAGE)`.
const STORAGE: usize = 128;

/// Whether an option belongs here.
pub(super) fn is_one(level: i32, name: i32) -> bool {
    (level, name) == (IPPROTO_IP, n::IP_MULTICAST_IF) || linux_name(level, name).is_some()
}

/// Linux's name of an option that takes a structure.
const fn linux_name(level: i32, name: i32) -> Option<i32> {
    let name = match (level, name) {
        (IPPROTO_IP, n::IP_ADD_MEMBERSHIP) => libc::IP_ADD_MEMBERSHIP,
        (IPPROTO_IP, n::IP_DROP_MEMBERSHIP) => libc::IP_DROP_MEMBERSHIP,
        (IPPROTO_IP, n::IP_ADD_SOURCE_MEMBERSHIP) => libc::IP_ADD_SOURCE_MEMBERSHIP,
        (IPPROTO_IP, n::IP_DROP_SOURCE_MEMBERSHIP) => libc::IP_DROP_SOURCE_MEMBERSHIP,
        (IPPROTO_IP, n::IP_BLOCK_SOURCE) => libc::IP_BLOCK_SOURCE,
        (IPPROTO_IP, n::IP_UNBLOCK_SOURCE) => libc::IP_UNBLOCK_SOURCE,
        (IPPROTO_IPV6, n::IPV6_ADD_MEMBERSHIP) => libc::IPV6_ADD_MEMBERSHIP,
        (IPPROTO_IPV6, n::IPV6_DROP_MEMBERSHIP) => libc::IPV6_DROP_MEMBERSHIP,
        (_, n::MCAST_JOIN_GROUP) => libc::MCAST_JOIN_GROUP,
        (_, n::MCAST_LEAVE_GROUP) => libc::MCAST_LEAVE_GROUP,
        (_, n::MCAST_BLOCK_SOURCE) => libc::MCAST_BLOCK_SOURCE,
        (_, n::MCAST_UNBLOCK_SOURCE) => libc::MCAST_UNBLOCK_SOURCE,
        (_, n::MCAST_JOIN_SOURCE_GROUP) => libc::MCAST_JOIN_SOURCE_GROUP,
        (_, n::MCAST_LEAVE_SOURCE_GROUP) => libc::MCAST_LEAVE_SOURCE_GROUP,
        _ => return None,
    };
    Some(name)
}

/// Sets an option.
pub(super) fn set(
    target: Target,
    level: i32,
    name: i32,
    value: Result<&[u8], Failure>,
) -> Result<(), Failure> {
    refuse_streams(target)?;
    let value = value?;
    // Level and name that are none were turned away by `is_one`.
    let linux = linux_name(level, name).unwrap_or(libc::IP_MULTICAST_IF);
    let bytes = match (level, name) {
        (IPPROTO_IP, n::IP_MULTICAST_IF) => bytes::of(&interface_request(value)?)?,
        (IPPROTO_IP, n::IP_ADD_MEMBERSHIP | n::IP_DROP_MEMBERSHIP) => bytes::of(&membership(value)?)?,
        (IPPROTO_IP, 15..=18) => bytes::of(&source_membership(value)?)?,
        (IPPROTO_IPV6, n::IPV6_ADD_MEMBERSHIP | n::IPV6_DROP_MEMBERSHIP) => {
            bytes::of(&first::<20>(value, 0)?)?
        }
        (_, n::MCAST_JOIN_GROUP | n::MCAST_LEAVE_GROUP) => group_request(value, level, 1)?,
        _ => group_request(value, level, 2)?,
    };
    // Before the kernel is told: without memory nothing changes.
    let group = group_of(level, name, &bytes).filter(|_| target.kind == libc::SOCK_DGRAM);
    let membership = match group {
        Some(group) => Some(Membership { level, name: linux, request: bytes::kept(&bytes)?, group }),
        None => None,
    };
    let leaving = match &membership {
        Some(membership) if leaves(level, linux) => Some(Leaving::begin(target.fd, membership)?),
        _ => None,
    };
    // The two systems' numbers of the levels are the same.
    let told = match option::set_bytes(target.fd, level, linux, &bytes) {
        Err(errno) if errno.number() == libc::ENODEV => {
            by_an_interface(target.fd, (level, linux), bytes, place_of_interface(level, name), errno)
        }
        result => result.map(|()| bytes).map_err(|errno| refused_to(level, linux, errno)),
    };
    let bytes = match told {
        Ok(bytes) => bytes,
        Err(failure) => {
            if let Some(leaving) = leaving {
                leaving.take_back(target.fd);
            }
            return Err(failure);
        }
    };
    if let Some(membership) = membership {
        note(target.fd, name, membership, leaving, &bytes)?;
    }
    if (level, name) == (IPPROTO_IP, n::IP_MULTICAST_IF) {
        let number = u32::from_ne_bytes(first::<4>(value, 0)?);
        descriptor::change(target.fd, |record| record.remember(level, name, number))?;
    }
    Ok(())
}

/// Notes what the kernel was told of a group, which names the interface by now.
fn note(
    fd: Fd,
    name: i32,
    mut membership: Membership,
    leaving: Option<Leaving>,
    bytes: &[u8],
) -> Result<(), Failure> {
    let is_as_before = membership.request == bytes;
    membership.request.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    membership.group = group_of(membership.level, name, bytes).unwrap_or(membership.group);
    match (leaving, name) {
        (Some(leaving), _) if is_as_before => leaving.finish(fd, &membership),
        (Some(leaving), _) => {
            leaving.take_back(fd);
            Leaving::begin(fd, &membership)?.finish(fd, &membership);
        }
        (
            None,
            n::IP_ADD_MEMBERSHIP
            | n::IP_ADD_SOURCE_MEMBERSHIP
            | n::MCAST_JOIN_GROUP
            | n::MCAST_JOIN_SOURCE_GROUP,
        ) => companion::joined(fd, &membership)?,
        (None, _) => companion::also(fd, &membership),
    }
    Ok(())
}

/// X11.
fn refuse_streams(target: Target) -> Result<(), Failure> {
    if target.is_stream() {
        return Err(WsaError::WSAEINVAL.because("multicast needs a datagram socket"));
    }
    Ok(())
}

fn refused(errno: Errno) -> Failure {
    by_call::failure(Call::Group, errno)
}

/// The same where a group or a source is left: of a source that was not joined the kernel says EINVAL.
fn refused_to(level: i32, name: i32, errno: Errno) -> Failure {
    if leaves(level, name) && errno.number() == libc::EINVAL {
        return WsaError::WSAEADDRNOTAVAIL.because("EINVAL: the source was not joined");
    }
    refused(errno)
}

/// Where a structure names the interface, as the kernel wants it: an address of IPv4, a number, or a number in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Address(usize),
    Number(usize),
}

/// None where an interface has to be named.
const fn place_of_interface(level: i32, name: i32) -> Option<Place> {
    match (level, name) {
        (IPPROTO_IP, n::IP_ADD_MEMBERSHIP | n::IP_DROP_MEMBERSHIP) => Some(Place::Number(8)),
        (IPPROTO_IP, 15..=18) => Some(Place::Address(4)),
        (IPPROTO_IPV6, n::IPV6_ADD_MEMBERSHIP | n::IPV6_DROP_MEMBERSHIP) => Some(Place::Number(16)),
        (_, n::MCAST_JOIN_GROUP..=n::MCAST_LEAVE_SOURCE_GROUP) => Some(Place::Number(0)),
        _ => None,
    }
}

/// The group that a structure in the kernel's form names, without a port; with its interface as the scope where the
/// group means nothing without it.
fn group_of(level: i32, name: i32, bytes: &[u8]) -> Option<Address> {
    let (mut group, interface) = match (level, name) {
        (_, n::MCAST_JOIN_GROUP..=n::MCAST_LEAVE_SOURCE_GROUP) => {
            (Address::new(bytes.get(8..36)?).ok()?, bytes.get(..4)?)
        }
        (IPPROTO_IPV6, n::IPV6_ADD_MEMBERSHIP | n::IPV6_DROP_MEMBERSHIP) => {
            let ip: [u8; 16] = *bytes.first_chunk()?;
            (Address::of(std::net::Ipv6Addr::from(ip).into(), 0).ok()?, bytes.get(16..20)?)
        }
        (IPPROTO_IP, 12..=18) => {
            let ip: [u8; 4] = *bytes.first_chunk()?;
            (Address::of(std::net::Ipv4Addr::from(ip).into(), 0).ok()?, &[0; 4][..])
        }
        _ => return None,
    };
    let ip = group.ip()?;
    group = Address::of(ip, 0).ok()?;
    if scope::lacks_one(&group) {
        group.set_scope(u32::from_ne_bytes(*interface.first_chunk()?));
    }
    Some(group)
}

/// X23: where no interface is named and no route leads to the group, the first interface that can be used is meant;
/// who leaves a group leaves it where it was joined, whichever interface is the first by now.
fn by_an_interface(
    fd: Fd,
    (level, name): (i32, i32),
    mut bytes: Bytes,
    place: Option<Place>,
    errno: Errno,
) -> Result<Bytes, Failure> {
    let Some(place) = place else { return Err(refused(errno)) };
    let at = match place {
        // An `ip_mreqn` names the interface by an address as well, in front of the number.
        Place::Number(8) if bytes.get(4..8) != Some(&[0; 4]) => return Err(refused(errno)),
        Place::Number(at) | Place::Address(at) => at,
    };
    let mut last = errno;
    let family = if level == IPPROTO_IP { libc::AF_INET } else { libc::AF_INET6 };
    for local in scope::for_everybody(family)? {
        let interface = match (place, local.address.ip()) {
            (Place::Number(_), _) => local.index.to_ne_bytes(),
            (Place::Address(_), Some(std::net::IpAddr::V4(ip))) => ip.octets(),
            _ => continue,
        };
        match bytes.get_mut(at..at + 4) {
            Some(named) if *named == [0; 4] => {}
            _ => return Err(refused(errno)),
        }
        put(&mut bytes, at, interface);
        match option::set_bytes(fd, level, name, &bytes) {
            Ok(()) => return Ok(bytes),
            // Not joined there; maybe on another one.
            Err(errno) if leaves(level, name) => last = errno,
            // Joined already, on the first interface that can be used, so none behind it is meant.
            Err(errno) => return Err(refused(errno)),
        }
        put(&mut bytes, at, [0; 4]);
    }
    Err(refused_to(level, name, last))
}

/// Whether an option, by Linux's name, leaves a group or a source.
const fn leaves(level: i32, name: i32) -> bool {
    match name {
        libc::MCAST_LEAVE_GROUP | libc::MCAST_LEAVE_SOURCE_GROUP => true,
        libc::IP_DROP_MEMBERSHIP | libc::IP_DROP_SOURCE_MEMBERSHIP => level == IPPROTO_IP,
        libc::IPV6_DROP_MEMBERSHIP => level == IPPROTO_IPV6,
        _ => false,
    }
}

fn put(bytes: &mut [u8], at: usize, number: [u8; 4]) {
    if let Some(place) = bytes.get_mut(at..at + 4) {
        place.copy_from_slice(&number);
    }
}

/// Reads an option; only the interface can be read.
pub(super) fn get(
    target: Target,
    level: i32,
    name: i32,
    room: Result<usize, Failure>,
) -> Result<Answer, Failure> {
    refuse_streams(target)?;
    if (level, name) != (IPPROTO_IP, n::IP_MULTICAST_IF) {
        return Err(WsaError::WSAENOPROTOOPT.because("the option can only be set"));
    }
    let room = room?;
    // The kernel tells only an address; the program may have given a number.
    let number = match descriptor::read(target.fd).map_or(0, |record| record.remembered(level, name)) {
        0 => option::get_int(target.fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF)
            .map_err(refused)?
            .cast_unsigned(),
        own => own,
    };
    Ok(Form::Whole.print(number, room))
}

/// `N` bytes at an offset.
fn first<const N: usize>(value: &[u8], offset: usize) -> Result<[u8; N], Failure> {
    value.get(offset..).and_then(|rest| rest.first_chunk()).copied().ok_or(TOO_SHORT)
}

/// Windows' way to name an interface of IPv4 in four bytes: an address of it, or 0.x.x.x, its number. As the two
/// last fields of Linux's `ip_mreqn`: address, number.
fn interface(bytes: [u8; 4]) -> [u8; 8] {
    let [a, b, c, d] = bytes;
    let number = u32::from_be_bytes(bytes);
    if a == 0 && number != 0 {
        let [e, f, g, h] = number.to_ne_bytes();
        [0, 0, 0, 0, e, f, g, h]
    } else {
        [a, b, c, d, 0, 0, 0, 0]
    }
}

/// The value of IP_MULTICAST_IF as an `ip_mreqn`, whose first field does not matter.
fn interface_request(value: &[u8]) -> Result<[u8; 12], Failure> {
    request([0; 4], first::<4>(value, 0)?)
}

/// `struct ip_mreq` as an `ip_mreqn`.
fn membership(value: &[u8]) -> Result<[u8; 12], Failure> {
    request(first::<4>(value, 0)?, first::<4>(value, 4)?)
}

fn request(group: [u8; 4], at: [u8; 4]) -> Result<[u8; 12], Failure> {
    let mut bytes = [0; 12];
    for (to, from) in bytes.iter_mut().zip(group.into_iter().chain(interface(at))) {
        *to = from;
    }
    Ok(bytes)
}

/// `struct ip_mreq_source`: group, source, interface on Windows; group, interface, source on Linux, which takes
/// an interface's address only.
fn source_membership(value: &[u8]) -> Result<[u8; 12], Failure> {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = first::<12>(value, 0)?;
    Ok([a, b, c, d, i, j, k, l, e, f, g, h])
}

/// `struct group_req` with one address, `struct group_source_req` with two: the same on both systems but for the
/// numbers of the families. An address of another family than the level's is no value of the option: `WSAEINVAL`,
/// whichever of the six options and whichever of the two addresses it is.
fn group_request(value: &[u8], level: i32, addresses: usize) -> Result<Bytes, Failure> {
    const ANOTHER_FAMILY: Failure =
        WsaError::WSAEINVAL.because("an address of another family than the level's");
    let family = if level == IPPROTO_IP { libc::AF_INET } else { libc::AF_INET6 };
    let mut bytes = bytes::of(&first::<8>(value, 0)?)?;
    for at in 0..addresses {
        let address = from_windows(&first::<STORAGE>(value, 8 + at * STORAGE)?)
            .ok()
            .filter(|address| address.family() == family)
            .ok_or(ANOTHER_FAMILY)?;
        bytes::add(&mut bytes, address.bytes())?;
        bytes::fill_up(&mut bytes, 8 + (at + 1) * STORAGE)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_by_address_and_by_number() {
        assert_eq!(interface([127, 0, 0, 1]), [127, 0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(interface([0; 4]), [0; 8]);
        let [a, b, c, d] = 258_u32.to_ne_bytes();
        assert_eq!(interface([0, 0, 1, 2]), [0, 0, 0, 0, a, b, c, d]);
    }

    #[test]
    fn structures() {
        let value: Vec<u8> = (1..=12).collect();
        assert_eq!(membership(&value), Ok([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]));
        assert_eq!(source_membership(&value), Ok([1, 2, 3, 4, 9, 10, 11, 12, 5, 6, 7, 8]));
        for short in 0..12 {
            let value = value.get(..short).unwrap();
            assert_eq!(membership(value).is_ok(), short >= 8, "{short}");
            assert_eq!(source_membership(value), Err(TOO_SHORT), "{short}");
            assert_eq!(group_request(value, IPPROTO_IP, 1), Err(TOO_SHORT), "{short}");
        }
    }

    #[test]
    fn families_of_groups_are_translated() {
        let mut value = vec![0; 264];
        value[0] = 3;
        value[8] = 23;
        value[9 + 127] = 23;
        value[8 + 127] = 9;
        let got = group_request(&value, IPPROTO_IPV6, 2).unwrap();
        assert_eq!((got.len(), got[0], got[8], got[136]), (264, 3, 10, 10));
        // What stands behind an address of 28 bytes is no part of it.
        assert_eq!(got[8 + 127], 0);
        assert_eq!(group_request(&value[..136], IPPROTO_IPV6, 1).unwrap().len(), 136);
        assert_eq!(group_request(&value[..136], IPPROTO_IPV6, 2), Err(TOO_SHORT));
        let code = |value: &[u8], level, count| group_request(value, level, count).map_err(|f| f.code);
        assert_eq!(code(&value, IPPROTO_IP, 1), Err(WsaError::WSAEINVAL));
        value[9 + 127] = 2;
        assert_eq!(code(&value, IPPROTO_IPV6, 2), Err(WsaError::WSAEINVAL), "the source's family");
        assert!(code(&value, IPPROTO_IPV6, 1).is_ok());
        for family in [0, 1, 2, 10, 255] {
            value[8] = family;
            assert_eq!(code(&value, IPPROTO_IPV6, 1), Err(WsaError::WSAEINVAL), "{family}");
        }
    }
}
