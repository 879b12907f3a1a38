//! The machine itself: its name, and the addresses of its interfaces.

use std::ffi::CString;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use syscalls::Sysno;

use crate::sys::names::resolve::{HostAddress, text};
use crate::sys::process::libc_call::KeptErrno;

/// An address of an interface that is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalAddress {
    /// The interface's name.
    pub interface: String,
    /// Whether the interface leads nowhere but here.
    pub loopback: bool,
    /// The address.
    pub address: HostAddress,
}

/// The machine's name, without its domain unless the administrator wrote it so; empty if it has none.
#[must_use]
pub fn name() -> CString {
    // SAFETY: all zero is a valid value of a structure of texts, which the kernel fills in.
    let names: libc::utsname = unsafe {
        let mut names = std::mem::zeroed::<libc::utsname>();
        let _ = crate::sys::call(Sysno::uname, [(&raw mut names) as usize, 0, 0, 0, 0, 0]);
        names
    };
    let bytes: Vec<u8> =
        names.nodename.iter().map(|c| c.to_ne_bytes()[0]).take_while(|&byte| byte != 0).collect();
    CString::new(bytes).unwrap_or_default()
}

/// The addresses of all interfaces that are up, in the kernel's order; none where the kernel does not tell.
#[must_use]
pub fn addresses() -> Vec<LocalAddress> {
    let _kept = KeptErrno::new();
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    let mut all = Vec::new();
    // SAFETY: the list that the C library makes is walked to its end and given back once.
    unsafe {
        if libc::getifaddrs(&raw mut list) != 0 {
            return all;
        }
        let mut at = list;
        while let Some(entry) = at.as_ref() {
            at = entry.ifa_next;
            let has = |flag: i32| entry.ifa_flags & flag.unsigned_abs() != 0;
            if let Some(address) = crate::sys::names::resolve::address(entry.ifa_addr)
                && has(libc::IFF_UP)
            {
                all.push(LocalAddress {
                    interface: text(entry.ifa_name).to_string_lossy().into_owned(),
                    loopback: has(libc::IFF_LOOPBACK),
                    address,
                });
            }
        }
        libc::freeifaddrs(list);
    }
    all
}

/// The interface over which packets to the rest of the world leave; none without a default route.
#[must_use]
pub fn default_interface() -> Option<String> {
    let _kept = KeptErrno::new();
    default_route(&std::fs::read_to_string("/proc/net/route").ok()?)
}

/// The interface of the default route with the lowest metric, in the kernel's table of IPv4 routes.
fn default_route(table: &str) -> Option<String> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split_ascii_whitespace();
            let interface = fields.next()?;
            let destination = fields.next()?;
            let metric: u32 = fields.nth(4)?.parse().ok()?;
            let mask = fields.next()?;
            (destination == "00000000" && mask == "00000000").then_some((metric, interface))
        })
        .min_by_key(|&(metric, _)| metric)
        .map(|(_, interface)| interface.to_owned())
}

/// The number of the interface with this name.
#[must_use]
pub fn interface_number(name: &str) -> Option<u32> {
    let _kept = KeptErrno::new();
    let name = CString::new(name).ok()?;
    // SAFETY: the name ends with a zero.
    let number = unsafe { libc::if_nametoindex(name.as_ptr()) };
    (number != 0).then_some(number)
}

/// The loopback address of each family.
pub const LOOPBACK: [IpAddr; 2] = [IpAddr::V6(Ipv6Addr::LOCALHOST), IpAddr::V4(Ipv4Addr::LOCALHOST)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_route_is_the_one_with_the_lowest_metric() {
        let table = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n\
            wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n\
            eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
        assert_eq!(default_route(table).as_deref(), Some("eth0"));
        assert_eq!(default_route("Iface\tDestination\n"), None);
        assert_eq!(default_route(""), None);
    }

    #[test]
    fn the_machine_has_a_name() {
        assert!(!name().is_empty());
    }
}
