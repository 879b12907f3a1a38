//! What few sockets have beside the rest of their record: in memory of its own, so that the record of the others is small.
//! Copies of a record share it; a change makes it anew, so that it is done as a whole or, without memory, not at all.

use super::record::Record;
use crate::sys::Address;
use crate::sys::room::{self, Made};
use crate::sys::shared::Arc;

/// A group that a datagram socket has joined, or a change of its sources, as the kernel was told.
#[derive(Debug, PartialEq, Eq)]
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
    /// A copy.
    ///
    /// # Errors
    /// [`room::NoMemory`].
    pub fn copy(&self) -> Made<Self> {
        let &Self { level, name, ref request, group } = self;
        Ok(Self { level, name, request: room::copy(request)?, group })
    }

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

/// What few sockets have.
#[derive(Debug, Default)]
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
}

static NOTHING: Special = Special {
    send_buffer: None,
    receive_buffer: None,
    no_effect: Vec::new(),
    memberships: Vec::new(),
    interfaces: Vec::new(),
};

impl Special {
    fn copy(&self) -> Made<Self> {
        let &Self { send_buffer, receive_buffer, ref no_effect, ref memberships, ref interfaces } = self;
        let mut copied = Vec::new();
        for membership in memberships {
            room::push(&mut copied, membership.copy()?)?;
        }
        Ok(Self {
            send_buffer,
            receive_buffer,
            no_effect: room::copy(no_effect)?,
            memberships: copied,
            interfaces: room::copy(interfaces)?,
        })
    }
}

impl Record {
    /// What few sockets have.
    #[must_use]
    pub fn special(&self) -> &Special {
        self.special.as_deref().unwrap_or(&NOTHING)
    }

    /// Changes it.
    ///
    /// # Errors
    /// [`room::NoMemory`]; nothing is changed then.
    pub fn change_special<T>(&mut self, change: impl FnOnce(&mut Special) -> Made<T>) -> Made<T> {
        let mut next = self.special().copy()?;
        let told = change(&mut next)?;
        self.special = Some(Arc::try_new(next)?);
        Ok(told)
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
    ///
    /// # Errors
    /// [`room::NoMemory`]; the value before is kept then.
    pub fn remember(&mut self, level: i32, name: i32, value: u32) -> Made<()> {
        self.change_special(|special| {
            special.no_effect.retain(|(option, _)| *option != (level, name));
            room::push(&mut special.no_effect, ((level, name), value))
        })
    }
}
