//! Groups and broadcasts for a datagram socket that is bound to one address of this machine (Q25, X19). Windows gives it
//! what is sent to the groups that it joined, and broadcasts of its network; Linux gives it nothing but what is sent
//! to its address.
//!
//! So such a socket gets *companions*: further descriptors, each bound to a group's address, or to one of a broadcast,
//! and to the socket's port. They have SO_REUSEADDR, since groups and broadcasts are for all who listen there; the socket
//! itself has not, so its own datagrams stay its own. What is received is taken from the socket first, and from its
//! companions where it has nothing. Everything that is sent goes out by the socket itself.
//!
//! Binding the wildcard with a filter instead would lose datagrams: of two sockets with different addresses on one port
//! the kernel chooses one before it looks at any filter.

use std::net::{IpAddr, Ipv4Addr};

use crate::descriptor::companions::{self, Companion};
use crate::descriptor::special::{Membership, Special};
use crate::descriptor::{self, On, Record, Steady};
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::socket::sharing;
use crate::socket::transfer::recv::Room;
use crate::sys::net::socket as sys;
use crate::sys::net::transfer::{Ask, Received};
use crate::sys::net::{filter, interfaces, option};
use crate::sys::room::{self, Made};
use crate::sys::shared::Arc;
use crate::sys::{Address, Errno, Fd};

/// Where the socket itself has nothing: what its companions have. Another thread may have it leave the group meanwhile: they are used under the lock of their list.
#[cold]
pub fn receive<R: Room>(held: &impl Steady, room: &mut R, ask: Ask) -> Option<Received> {
    if ask.oob {
        return None;
    }
    companions::with(held.fd(), |all| {
        all.iter().map(|companion| room.attempt(companion, ask)).find(|received| !received.is_nothing_yet())
    })
}

/// The size of the first datagram of a companion that has one.
#[must_use]
pub fn readable_bytes(fd: Fd) -> u32 {
    let size = |one: &Companion| option::ioctl_int(one.fd(), libc::FIONREAD).unwrap_or(0).cast_unsigned();
    companions::with(fd, |all| all.iter().map(size).find(|size| *size > 0).unwrap_or(0))
}

/// What is noted of a socket's groups before and after a change, so that it can be taken back without memory.
struct Noted {
    before: Option<Arc<Special>>,
    after: Option<Arc<Special>>,
}

impl Noted {
    /// Changes what is noted.
    fn change<T>(fd: Fd, change: impl FnOnce(&mut Special) -> Made<T>) -> Result<(T, Self), Errno> {
        descriptor::change(fd, |record| {
            let before = record.special.clone();
            let told = record.change_special(change)?;
            Ok((told, Self { before, after: record.special.clone() }))
        })
    }

    /// Has it be as before, unless another change has come meanwhile.
    fn take_back(self, fd: Fd) {
        let Self { before, after } = self;
        let _ = descriptor::update(fd, |record| {
            let is_the_last = record.special.as_ref().zip(after.as_ref());
            if is_the_last.is_some_and(|(now, after)| Arc::ptr_eq(now, after)) {
                record.special = before;
            }
        });
    }
}

/// A datagram socket has joined a group: it is remembered, and heard if the socket is bound to one address.
///
/// # Errors
/// What forbids making a companion: `WSAEMFILE`, `WSAENOBUFS`, `WSAEADDRINUSE`. The group is not joined then.
pub fn joined(fd: Fd, membership: &Membership) -> Result<(), Failure> {
    let noted = membership.copy().map_err(Errno::from);
    let noted =
        noted.and_then(|copy| Noted::change(fd, |special| room::push(&mut special.memberships, copy)));
    let made = match noted {
        Ok(((), noted)) => refresh(fd).inspect_err(|_| noted.take_back(fd)),
        Err(errno) => Err(errno.into()),
    };
    if made.is_err()
        && let Some(leave) = membership.leaving()
    {
        let _ = option::set_bytes(fd, membership.level, leave, &membership.request);
    }
    made
}

/// A group, or a source of one, that is about to be left: it is not noted any more.
pub struct Leaving {
    noted: Noted,
    /// The socket is a member of the group still, by others.
    stays: bool,
}

impl Leaving {
    /// Forgets it, before the kernel is told.
    ///
    /// # Errors
    /// `ENOMEM`: nothing has changed.
    pub fn begin(fd: Fd, leaving: &Membership) -> Result<Self, Errno> {
        let forget = |special: &mut Special| {
            remove_one(&mut special.memberships, leaving);
            Ok(special.memberships.iter().any(|other| other.is_same_group(leaving)))
        };
        Noted::change(fd, forget).map(|(stays, noted)| Self { noted, stays })
    }

    /// The socket has not left.
    pub fn take_back(self, fd: Fd) {
        self.noted.take_back(fd);
    }

    /// The socket has left.
    pub fn finish(self, fd: Fd, leaving: &Membership) {
        if self.stays {
            also(fd, leaving);
        } else {
            companions::remove(fd, |companion| leaving.is_of(&companion.address));
        }
    }
}

/// Of what was joined, the one that is left: by the same words, else of the same group.
fn remove_one(all: &mut Vec<Membership>, leaving: &Membership) {
    let same = |other: &Membership| other.is_same_group(leaving);
    let exact = all.iter().position(|other| same(other) && other.request == leaving.request);
    if let Some(at) = exact.or_else(|| all.iter().position(same)) {
        all.remove(at);
    }
}

/// A source was blocked or unblocked: for the companion as well.
pub fn also(fd: Fd, change: &Membership) {
    companions::with(fd, |all| {
        for companion in all.iter().filter(|companion| change.is_of(&companion.address)) {
            let _ = option::set_bytes(companion.fd(), change.level, change.name, &change.request);
        }
    });
}

/// Sets a plain option of the socket on its companions.
pub fn set_on_all(fd: Fd, level: i32, name: i32, value: i32) {
    if companions::exist() {
        companions::with(fd, |all| {
            for companion in all {
                let _ = option::set(companion.fd(), level, name, value);
            }
        });
    }
}

/// The socket hears broadcasts from now on, or no more.
///
/// # Errors
/// What forbids making a companion.
pub fn broadcasts(fd: Fd, on: bool) -> Result<(), Failure> {
    descriptor::update(fd, |record| record.hears_broadcasts = on)?;
    if on {
        return refresh(fd);
    }
    companions::remove(
        fd,
        |companion| matches!(companion.address.ip(), Some(IpAddr::V4(ip)) if !ip.is_multicast()),
    );
    Ok(())
}

/// What a socket wants to hear has changed: its companions are made anew.
///
/// # Errors
/// What forbids making them.
pub fn renew(fd: Fd) -> Result<(), Failure> {
    if companions::exist() {
        companions::remove(fd, |_| true);
    }
    refresh(fd)
}

/// The socket has a peer now, or none any more: no companion hears another one.
pub fn connect(fd: Fd, peer: &Address) {
    if companions::exist() {
        companions::with(fd, |all| {
            for companion in all {
                let _ = sys::connect(companion.fd(), peer);
            }
        });
    }
}

/// Makes the companions that a socket should have and has not: after `bind`, after joining a group, and so on.
///
/// # Errors
/// What forbids making one.
pub fn refresh(fd: Fd) -> Result<(), Failure> {
    let Some(record) =
        descriptor::read(fd).filter(|r| r.hears_broadcasts || !r.special().memberships.is_empty())
    else {
        return Ok(());
    };
    let name = sys::local_name(fd)?;
    let Some((ip, port)) = one_address(&name) else { return Ok(()) };
    if option::socket_type(fd)? != libc::SOCK_DGRAM {
        return Ok(());
    }
    let is_there = |address: &Address| {
        companions::with(fd, |all| all.iter().any(|companion| companion.address == *address))
    };
    let mut wanted: Vec<(Address, Option<u32>)> = Vec::new();
    for membership in &record.special().memberships {
        let Some(address) = membership.address(port).filter(|address| address.family() == name.family())
        else {
            continue;
        };
        if !wanted.iter().any(|(other, _)| *other == address) {
            room::push(&mut wanted, (address, None)).map_err(Errno::from)?;
        }
    }
    if record.hears_broadcasts
        && let IpAddr::V4(ip) = ip
    {
        for one in broadcast_addresses(ip, port)? {
            room::push(&mut wanted, one).map_err(Errno::from)?;
        }
    }
    for (address, interface) in wanted.into_iter().filter(|(address, _)| !is_there(address)) {
        let companion = make(fd, &record, &address, interface)?;
        companions::add(fd, record.cookie, companion)?;
    }
    Ok(())
}

/// The address and port of a socket that is bound to one address of this machine.
fn one_address(name: &Address) -> Option<(IpAddr, u16)> {
    let (ip, port) = (name.ip()?, name.port()?);
    (port != 0 && !ip.is_unspecified() && !ip.is_multicast()).then_some((ip, port))
}

/// The broadcast addresses of the network that an address of this machine is in, and 255.255.255.255, which counts if it
/// comes by the same interface.
fn broadcast_addresses(ip: Ipv4Addr, port: u16) -> Result<Vec<(Address, Option<u32>)>, Failure> {
    let all = interfaces::all()?;
    let index = all.iter().find(|local| local.address.ip() == Some(ip.into())).map(|local| local.index);
    let probe = sys::socket(libc::AF_INET, libc::SOCK_DGRAM, libc::IPPROTO_UDP)?;
    let networks = interfaces::list(probe);
    sys::close(probe);
    let mut found = Vec::new();
    for network in networks?.into_iter().filter(|network| Ipv4Addr::from(network.address) == ip) {
        let mask = u32::from_be_bytes(network.mask);
        // A network of one or two addresses has none for a broadcast.
        if mask.count_ones() < 31 {
            let broadcast = Ipv4Addr::from(u32::from(ip) | !mask);
            room::push(&mut found, (Address::of(broadcast.into(), port)?, None)).map_err(Errno::from)?;
        }
    }
    if let Some(index) = index {
        room::push(&mut found, (Address::of(Ipv4Addr::BROADCAST.into(), port)?, Some(index)))
            .map_err(Errno::from)?;
    }
    Ok(found)
}

/// Makes a companion: as the socket where it matters for receiving, and in the groups that it is for.
fn make(fd: Fd, record: &Record, address: &Address, interface: Option<u32>) -> Result<Companion, Failure> {
    let own = sys::socket(address.family(), libc::SOCK_DGRAM, libc::IPPROTO_UDP)?;
    let made = prepare(own, fd, record, address, interface);
    if made.is_err() {
        sys::close(own);
    }
    made.map(|()| Companion::new(own, *address))
}

fn prepare(
    own: Fd,
    fd: Fd,
    record: &Record,
    address: &Address,
    interface: Option<u32>,
) -> Result<(), Failure> {
    option::set(own, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1_i32)?;
    let _ = option::set(own, libc::IPPROTO_IP, libc::IP_MULTICAST_ALL, 0_i32);
    let same: &[(i32, i32)] = if address.family() == libc::AF_INET {
        &[
            (libc::IPPROTO_IP, libc::IP_PKTINFO),
            (libc::IPPROTO_IP, libc::IP_RECVTTL),
            (libc::IPPROTO_IP, libc::IP_RECVTOS),
        ]
    } else {
        option::set(own, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, 1_i32)?;
        let _ = option::set(own, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_ALL, 0_i32);
        &[
            (libc::IPPROTO_IPV6, libc::IPV6_RECVPKTINFO),
            (libc::IPPROTO_IPV6, libc::IPV6_RECVHOPLIMIT),
            (libc::IPPROTO_IPV6, libc::IPV6_RECVTCLASS),
        ]
    };
    for &(level, name) in same {
        if let Ok(value) = option::get_int(fd, level, name) {
            let _ = option::set(own, level, name, value);
        }
    }
    if let Ok(doubled) = option::get_int(fd, libc::SOL_SOCKET, libc::SO_RCVBUF) {
        let _ = option::set(own, libc::SOL_SOCKET, libc::SO_RCVBUF, doubled / 2);
    }
    let only = record.only_interfaces.then(|| record.special().interfaces.as_slice());
    let only = match &interface {
        Some(interface) if only.is_none_or(|list| list.contains(interface)) => {
            Some(std::slice::from_ref(interface))
        }
        Some(_) => Some(&[][..]),
        None => only,
    };
    filter::set_hearing(own, false, only)?;
    match sys::bind(own, address) {
        Err(errno) if errno.number() == libc::EADDRINUSE => {
            sharing::share(own, address, || sys::bind(own, address))?;
        }
        result => result.map_err(|errno| by_call::failure(Call::Bind, errno))?,
    }
    let refused = |errno: Errno| by_call::failure(Call::Group, errno);
    for membership in record.special().memberships.iter().filter(|membership| membership.is_of(address)) {
        option::set_bytes(own, membership.level, membership.name, &membership.request).map_err(refused)?;
    }
    if let Some(peer) = record.peer.address().filter(|peer| peer.family() == address.family()) {
        let _ = sys::connect(own, &peer);
    }
    Ok(())
}
