//! What Linux forgets about a socket and Winsock remembers.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, Ordering};

use super::peer::Peer;
use crate::error::WsaError;
use crate::sys::event::clock;
use crate::sys::{Address, Fd};

/// How far a connection has come, as far as this library saw it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// No `connect` yet, or none of ours.
    #[default]
    Never,
    /// A `connect` is under way.
    Pending,
    /// The last `connect` failed.
    Failed,
    /// Connected, now or once.
    Established,
}

/// A group that a datagram socket has joined, or a change of its sources, as the kernel was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The level of the option.
    pub level: i32,
    /// Linux's name of the option.
    pub name: i32,
    /// The option's value in Linux's form.
    pub request: Vec<u8>,
    /// The group's address without a port; of a link-local group of IPv6 with the interface as the scope.
    pub group: Address,
}

impl Membership {
    /// Whether both are about one group.
    #[must_use]
    pub fn is_same_group(&self, other: &Self) -> bool {
        self.group == other.group
    }

    /// Whether an address, whatever its port, is the group's.
    #[must_use]
    pub fn is_of(&self, address: &Address) -> bool {
        let mut address = *address;
        address.set_port(0);
        address == self.group
    }

    /// The group's address with a port.
    #[must_use]
    pub fn address(&self, port: u16) -> Option<Address> {
        self.group.ip()?;
        let mut address = self.group;
        address.set_port(port);
        Some(address)
    }

    /// The name of the option that takes it back.
    #[must_use]
    pub const fn leaving(&self) -> Option<i32> {
        match (self.level, self.name) {
            (_, libc::MCAST_JOIN_GROUP) => Some(libc::MCAST_LEAVE_GROUP),
            (_, libc::MCAST_JOIN_SOURCE_GROUP) => Some(libc::MCAST_LEAVE_SOURCE_GROUP),
            (libc::IPPROTO_IP, libc::IP_ADD_MEMBERSHIP) => Some(libc::IP_DROP_MEMBERSHIP),
            (libc::IPPROTO_IP, libc::IP_ADD_SOURCE_MEMBERSHIP) => Some(libc::IP_DROP_SOURCE_MEMBERSHIP),
            (libc::IPPROTO_IPV6, libc::IPV6_ADD_MEMBERSHIP) => Some(libc::IPV6_DROP_MEMBERSHIP),
            _ => None,
        }
    }
}

/// The record of one socket.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The kernel's number for the socket (`SO_COOKIE`).
    pub cookie: u64,
    /// This library made the socket, so the last `WSACleanup` closes it.
    pub ours: bool,
    /// Made without WSA_FLAG_OVERLAPPED: a call with an OVERLAPPED ends before it returns (OV11).
    pub not_overlapped: bool,
    /// An operation is about to give it a connection: `AcceptEx` or `ConnectEx`.
    pub reserved: bool,
    /// `ConnectEx` has connected it, and SO_UPDATE_CONNECT_CONTEXT was not set yet (CX5).
    pub wants_context: bool,
    /// This program has shut down sending.
    pub shut_send: bool,
    /// This program has shut down receiving.
    pub shut_receive: bool,
    /// The code that every later `send` and `recv` repeats.
    pub fatal: Option<WsaError>,
    /// How far the connection has come.
    pub connection: Connection,
    /// The connection was taken from a listener.
    pub accepted: bool,
    /// The peer, which `getpeername` tells also after the connection's end.
    pub peer: Peer,
    /// A `bind` of the program's own, or an implied one, has happened.
    pub bound: bool,
    /// `listen` has succeeded.
    pub listening: bool,
    /// `SO_SNDTIMEO` in milliseconds, 0 for ever; `None`: never set through this interface.
    pub send_timeout: Option<u32>,
    /// `SO_RCVTIMEO` in milliseconds, 0 for ever; `None`: never set through this interface.
    pub receive_timeout: Option<u32>,
    /// `SO_ERROR`: reading does not clear it.
    pub error: i32,
    /// `SIO_UDP_CONNRESET` is off: "port unreachable" is not reported.
    pub ignores_port_unreachable: bool,
    /// `SO_REUSEADDR` as the program set it.
    pub reuse_address: bool,
    /// `SO_EXCLUSIVEADDRUSE` as the program set it.
    pub exclusive_address: bool,
    /// `SO_BROADCAST` or `IP_RECEIVE_BROADCAST` was set: a socket that is bound to one address hears broadcasts.
    pub hears_broadcasts: bool,
    /// `IP_RECEIVE_BROADCAST` is off.
    pub no_broadcasts: bool,
    /// `IP_IFLIST` is on: datagrams count only if they come by one of the interfaces of the list.
    pub only_interfaces: bool,
    /// When the connection was made, for `SO_CONNECT_TIME`, in nanoseconds of the monotonic clock.
    pub connected_at: Option<NonZeroU64>,
    /// What few sockets have; see [`Self::special`].
    pub special: Option<Box<Special>>,
}

/// What few sockets have: in memory of its own, so that the record of the others is small.
#[derive(Clone, Debug, Default)]
pub struct Special {
    /// `SO_SNDBUF` as the program set it.
    pub send_buffer: Option<i32>,
    /// `SO_RCVBUF` as the program set it.
    pub receive_buffer: Option<i32>,
    /// Options that are taken and read back and have no effect, by Windows' level and name.
    pub no_effect: Vec<((i32, i32), u32)>,
    /// Groups that a datagram socket has joined, in order.
    pub memberships: Vec<Membership>,
    /// The numbers of the interfaces in the list of `IP_IFLIST`.
    pub interfaces: Vec<u32>,
    /// Connections that `WSAAccept`'s condition function has put off, oldest first.
    pub deferred: Vec<(Fd, Address)>,
}

static NOTHING_SPECIAL: Special = Special {
    send_buffer: None,
    receive_buffer: None,
    no_effect: Vec::new(),
    memberships: Vec::new(),
    interfaces: Vec::new(),
    deferred: Vec::new(),
};

impl Record {
    /// A `connect` failed, and the socket listens all the same.
    #[must_use]
    pub fn is_failed_listener(&self) -> bool {
        self.listening && self.connection == Connection::Failed
    }

    pub(super) fn new(cookie: u64) -> Self {
        Self { cookie, ..Self::default() }
    }

    /// What few sockets have.
    #[must_use]
    pub fn special(&self) -> &Special {
        self.special.as_deref().unwrap_or(&NOTHING_SPECIAL)
    }

    /// The same, to be changed.
    pub fn special_mut(&mut self) -> &mut Special {
        self.special.get_or_insert_default()
    }

    /// Takes out the connections that were put off.
    pub fn take_deferred(&mut self) -> Vec<(Fd, Address)> {
        self.special.as_mut().map(|special| std::mem::take(&mut special.deferred)).unwrap_or_default()
    }

    /// Notes the moment at which the connection was made, if none is noted yet: in nanoseconds of the monotonic clock.
    pub fn note_connected(&mut self) -> u64 {
        let now = NonZeroU64::new(clock::monotonic()).unwrap_or(NonZeroU64::MIN);
        self.connected_at.get_or_insert(now).get()
    }

    /// Whether an accepted connection has anything from a listener with this record.
    #[must_use]
    pub fn has_to_pass_on(&self) -> bool {
        self.send_timeout.is_some()
            || self.receive_timeout.is_some()
            || self.reuse_address
            || self.exclusive_address
            || self.special.is_some()
    }

    /// What an accepted connection has from a listener with this record: as the program set it.
    #[must_use]
    pub fn passed_on(&self) -> Self {
        let mut passed_on = Self {
            send_timeout: self.send_timeout,
            receive_timeout: self.receive_timeout,
            reuse_address: self.reuse_address,
            exclusive_address: self.exclusive_address,
            ..Self::default()
        };
        passed_on.take_options(self.special());
        passed_on
    }

    /// Takes over the options that another socket's record keeps apart.
    pub fn take_options(&mut self, from: &Special) {
        let Special { send_buffer, receive_buffer, ref no_effect, .. } = *from;
        if send_buffer.is_some()
            || receive_buffer.is_some()
            || !no_effect.is_empty()
            || self.special.is_some()
        {
            let to = self.special_mut();
            (to.send_buffer, to.receive_buffer) = (send_buffer, receive_buffer);
            to.no_effect.clone_from(no_effect);
        }
    }

    /// The value of an option that has no effect; 0 if it was never set.
    #[must_use]
    pub fn remembered(&self, level: i32, name: i32) -> u32 {
        self.recalled(level, name).unwrap_or(0)
    }

    /// The value that an option was set to, which the kernel does not keep.
    #[must_use]
    pub fn recalled(&self, level: i32, name: i32) -> Option<u32> {
        let options = &self.special().no_effect;
        options.iter().find(|(option, _)| *option == (level, name)).map(|(_, value)| *value)
    }

    /// Keeps the value of an option that has no effect.
    pub fn remember(&mut self, level: i32, name: i32, value: u32) {
        let options = &mut self.special_mut().no_effect;
        options.retain(|(option, _)| *option != (level, name));
        options.push(((level, name), value));
    }
}

/// Whether there ever was a socket whose `connect` failed and that listened afterwards: `select` looks for them
/// only then.
static FAILED_LISTENER: AtomicBool = AtomicBool::new(false);

/// Says that there is one.
pub fn note_failed_listener() {
    FAILED_LISTENER.store(true, Ordering::Relaxed);
}

/// Whether there ever was one.
#[must_use]
pub fn has_failed_listener() -> bool {
    FAILED_LISTENER.load(Ordering::Relaxed)
}
