//! Being told when this machine's addresses or routes change: a netlink socket.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// What may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The addresses of IPv4.
    Addresses,
    /// The addresses of IPv6.
    AddressesOfIpv6,
    /// Addresses, routes and interfaces of either: what can lead a packet another way.
    Ways,
}

impl What {
    const fn groups(self) -> u32 {
        let groups = match self {
            Self::Addresses => libc::RTMGRP_IPV4_IFADDR,
            Self::AddressesOfIpv6 => libc::RTMGRP_IPV6_IFADDR,
            Self::Ways => {
                libc::RTMGRP_LINK
                    | libc::RTMGRP_IPV4_IFADDR
                    | libc::RTMGRP_IPV4_ROUTE
                    | libc::RTMGRP_IPV6_IFADDR
                    | libc::RTMGRP_IPV6_ROUTE
            }
        };
        groups.cast_unsigned()
    }
}

/// A descriptor that becomes readable when something has changed; to be closed.
///
/// # Errors
/// The kernel's error.
pub fn watch(what: What) -> Result<Fd, Errno> {
    let fd = super::socket::socket(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE)?;
    let family = u16::try_from(libc::AF_NETLINK).unwrap_or(0);
    // `struct sockaddr_nl`: family, padding, port, groups.
    let [low, high] = family.to_ne_bytes();
    let name = [u32::from_ne_bytes([low, high, 0, 0]), 0, what.groups()];
    // SAFETY: the kernel reads a local.
    match unsafe { call(Sysno::bind, [fd.raw(), name.as_ptr() as usize, size_of_val(&name), 0, 0, 0]) } {
        Ok(_) => Ok(fd),
        Err(errno) => {
            super::socket::close(fd);
            Err(errno)
        }
    }
}

/// Takes what was told so far. What was lost because nobody took it counts as told.
pub fn take(fd: Fd) {
    let mut bytes = [0_u8; 4096];
    let flags = libc::MSG_DONTWAIT.cast_unsigned() as usize;
    let mut more = true;
    while more {
        // SAFETY: the kernel writes to a local, no more than its length.
        let told = unsafe {
            call(Sysno::recvfrom, [fd.raw(), bytes.as_mut_ptr() as usize, bytes.len(), flags, 0, 0])
        };
        more = told.map_or_else(|errno| errno.number() == libc::ENOBUFS, |len| len > 0);
    }
}
