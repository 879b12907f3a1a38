//! The machine's network adapters, as the kernel tells them.

use std::ffi::CStr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sys::Errno;
use crate::sys::platform::adapter::{Adapter, from_route, prefix, words};
use crate::sys::process::kernel_file;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::room::{self, Made};
use crate::sys::sorted::Sorted;

/// All of them, by number.
///
/// # Errors
/// `ENOMEM`; what else keeps the C library from asking the kernel.
pub fn all() -> Result<Vec<Adapter>, Errno> {
    let _kept = KeptErrno::new();
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: the C library writes to a local.
    if unsafe { libc::getifaddrs(&raw mut list) } != 0 {
        let error = std::io::Error::last_os_error();
        return Err(Errno::new(error.raw_os_error().unwrap_or(libc::ENOMEM)));
    }
    // SAFETY: the list that the C library made, which is given back once, after it was walked.
    let found = unsafe {
        let found = listed(list);
        libc::freeifaddrs(list);
        found
    };
    let mut found = found?;
    gateways(&mut found)?;
    let mut all = room::list(found.into_entries().into_iter().map(|(_, adapter)| adapter))?;
    all.sort_unstable_by(|a, b| (a.index, &a.name).cmp(&(b.index, &b.name)));
    Ok(all)
}

type Found = Sorted<String, Adapter>;

/// What is in the C library's list, by name.
///
/// # Safety
/// `at` is such a list.
unsafe fn listed(mut at: *const libc::ifaddrs) -> Made<Found> {
    let mut found = Found::new();
    // SAFETY: the list is walked to its end.
    unsafe {
        while let Some(entry) = at.as_ref() {
            at = entry.ifa_next;
            let name = room::lossy(CStr::from_ptr(entry.ifa_name).to_bytes())?;
            if !found.contains_key(&name) {
                let adapter = Adapter {
                    index: libc::if_nametoindex(entry.ifa_name),
                    flags: entry.ifa_flags,
                    mtu: number(&name, "mtu")?.unwrap_or(0),
                    speed: number(&name, "speed")?
                        .map_or(0, |megabits: u64| megabits.saturating_mul(1_000_000)),
                    name: room::text(&name)?,
                    ..Adapter::default()
                };
                found.insert(room::text(&name)?, adapter)?;
            }
            let Some(adapter) = found.get_mut(&name) else { continue };
            if let Some(address) = ip(entry.ifa_addr) {
                let len = ip(entry.ifa_netmask).map_or(0, prefix);
                room::push(&mut adapter.addresses, (address, len))?;
            } else {
                hardware(entry.ifa_addr, adapter)?;
            }
        }
    }
    Ok(found)
}

/// A number that the kernel tells of an adapter.
fn number<T: std::str::FromStr>(name: &str, what: &str) -> Made<Option<T>> {
    let text = kernel_file::text(&format_args!("/sys/class/net/{name}/{what}"))?;
    Ok(text.trim().parse().ok())
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
unsafe fn hardware(at: *const libc::sockaddr, adapter: &mut Adapter) -> Made<()> {
    // SAFETY: the family says which structure it is.
    unsafe {
        let packet = at.as_ref().is_some_and(|address| i32::from(address.sa_family) == libc::AF_PACKET);
        if packet {
            let address = at.cast::<libc::sockaddr_ll>().read_unaligned();
            adapter.hardware = address.sll_hatype;
            adapter.physical = room::list(address.sll_addr.iter().take(address.sll_halen.into()).copied())?;
        }
    }
    Ok(())
}

/// The kernel's table of IPv4 routes.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn routes() -> Made<String> {
    kernel_file::text(&"/proc/net/route")
}

/// The resolver's configuration.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn resolver() -> Made<String> {
    kernel_file::text(&"/etc/resolv.conf")
}

/// Notes the routers of the default routes.
fn gateways(adapters: &mut Found) -> Made<()> {
    for line in routes()?.lines().skip(1) {
        if let Some([name, "00000000", gateway]) = words(line)
            && let Some(address) = from_route(gateway).filter(|address| !address.is_unspecified())
            && let Some(adapter) = adapters.values_mut().find(|adapter| adapter.name == name)
        {
            room::push(&mut adapter.gateways, address.into())?;
        }
    }
    Ok(())
}
