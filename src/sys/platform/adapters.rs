//! The machine's network adapters, as the kernel tells them.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sys::platform::adapter::{Adapter, from_route, prefix};
use crate::sys::process::libc_call::KeptErrno;

/// All of them, by number.
#[must_use]
pub fn all() -> Vec<Adapter> {
    let _kept = KeptErrno::new();
    let mut found = BTreeMap::<String, Adapter>::new();
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: the list that the C library makes is walked to its end and given back once.
    unsafe {
        if libc::getifaddrs(&raw mut list) != 0 {
            return Vec::new();
        }
        let mut at = list;
        while let Some(entry) = at.as_ref() {
            at = entry.ifa_next;
            let name = CStr::from_ptr(entry.ifa_name).to_string_lossy().into_owned();
            let adapter = found.entry(name.clone()).or_insert_with(|| Adapter {
                index: libc::if_nametoindex(entry.ifa_name),
                flags: entry.ifa_flags,
                mtu: number(&name, "mtu").unwrap_or(0),
                speed: number::<u64>(&name, "speed").map_or(0, |megabits| megabits.saturating_mul(1_000_000)),
                name,
                ..Adapter::default()
            });
            if let Some(address) = ip(entry.ifa_addr) {
                let len = ip(entry.ifa_netmask).map_or(0, prefix);
                adapter.addresses.push((address, len));
            } else {
                hardware(entry.ifa_addr, adapter);
            }
        }
        libc::freeifaddrs(list);
    }
    gateways(&mut found);
    let mut all: Vec<Adapter> = found.into_values().collect();
    all.sort_by_key(|adapter| adapter.index);
    all
}

/// A number that the kernel tells of an adapter.
fn number<T: std::str::FromStr>(name: &str, what: &str) -> Option<T> {
    std::fs::read_to_string(format!("/sys/class/net/{name}/{what}")).ok()?.trim().parse().ok()
}

/// The address in a socket address; none of another family.
///
/// # Safety
/// `at` is NULL or a socket address of the C library.
unsafe fn ip(at: *const libc::sockaddr) -> Option<IpAddr> {
    // SAFETY: the family says which structure it is.
    unsafe {
        match i32::from(at.as_ref()?.sa_family) {
            libc::AF_INET => {
                let address = at.cast::<libc::sockaddr_in>().read_unaligned().sin_addr;
                Some(Ipv4Addr::from(address.s_addr.to_ne_bytes()).into())
            }
            libc::AF_INET6 => {
                let address = at.cast::<libc::sockaddr_in6>().read_unaligned().sin6_addr;
                Some(Ipv6Addr::from(address.s6_addr).into())
            }
            _ => None,
        }
    }
}

/// Notes the kind of hardware and the address on the wire.
///
/// # Safety
/// As for [`ip`].
unsafe fn hardware(at: *const libc::sockaddr, adapter: &mut Adapter) {
    // SAFETY: the family says which structure it is.
    unsafe {
        let packet = at.as_ref().is_some_and(|address| i32::from(address.sa_family) == libc::AF_PACKET);
        if packet {
            let address = at.cast::<libc::sockaddr_ll>().read_unaligned();
            adapter.hardware = address.sll_hatype;
            adapter.physical = address.sll_addr.iter().take(address.sll_halen.into()).copied().collect();
        }
    }
}

/// The kernel's table of IPv4 routes.
#[must_use]
pub fn routes() -> String {
    let _kept = KeptErrno::new();
    std::fs::read_to_string("/proc/net/route").unwrap_or_default()
}

/// The resolver's configuration.
#[must_use]
pub fn resolver() -> String {
    let _kept = KeptErrno::new();
    std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default()
}

/// Notes the routers of the default routes.
fn gateways(adapters: &mut BTreeMap<String, Adapter>) {
    for line in routes().lines().skip(1) {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        if let &[name, "00000000", gateway, ..] = fields.as_slice()
            && let Some(address) = from_route(gateway).filter(|address| !address.is_unspecified())
            && let Some(adapter) = adapters.get_mut(name)
        {
            adapter.gateways.push(address.into());
        }
    }
}
