//! The machine itself: its name, and the addresses of its interfaces.

use std::ffi::CStr;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use syscalls::Sysno;

use crate::sys::names::resolve::HostAddress;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::room::{self, Made, NoMemory};

/// The room of an interface's name, with its NUL.
const INTERFACE_NAME: usize = libc::IFNAMSIZ;

/// A name that is short enough to be kept where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short<const ROOM: usize>([u8; ROOM]);

impl<const ROOM: usize> Short<ROOM> {
    /// The name with these bytes, up to the first NUL, cut where there is no room.
    #[must_use]
    pub fn new(from: impl IntoIterator<Item = u8>) -> Self {
        let mut bytes = [0; ROOM];
        let name = from.into_iter().take_while(|byte| *byte != 0).take(ROOM.saturating_sub(1));
        bytes.iter_mut().zip(name).for_each(|(to, from)| *to = from);
        Self(bytes)
    }
}

impl<const ROOM: usize> std::ops::Deref for Short<ROOM> {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.0).unwrap_or_default()
    }
}

/// An address of an interface that is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalAddress {
    /// The interface's name.
    pub interface: Short<INTERFACE_NAME>,
    /// Whether the interface leads nowhere but here.
    pub loopback: bool,
    /// The address.
    pub address: HostAddress,
}

/// The machine's name, without its domain unless the administrator wrote it so; empty if it has none.
#[must_use]
pub fn name() -> Short<66> {
    // SAFETY: all zero is a valid value of a structure of texts, which the kernel fills in.
    let names: libc::utsname = unsafe {
        let mut names = std::mem::zeroed::<libc::utsname>();
        let _ = crate::sys::call(Sysno::uname, [(&raw mut names) as usize, 0, 0, 0, 0, 0]);
        names
    };
    Short::new(names.nodename.iter().map(|c| c.to_ne_bytes()[0]))
}

/// The addresses of all interfaces that are up, in the kernel's order; none where the kernel does not tell.
///
/// # Errors
/// [`NoMemory`].
pub fn addresses() -> Made<Vec<LocalAddress>> {
    let _kept = KeptErrno::new();
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: the list that the C library makes is walked to its end and given back once.
    unsafe {
        if libc::getifaddrs(&raw mut list) != 0 {
            let no_memory = io::Error::last_os_error().raw_os_error() == Some(libc::ENOMEM);
            return if no_memory { Err(NoMemory) } else { Ok(Vec::new()) };
        }
        let all = copied(list);
        libc::freeifaddrs(list);
        all
    }
}

/// # Safety
/// `list` is one of the C library's.
unsafe fn copied(list: *const libc::ifaddrs) -> Made<Vec<LocalAddress>> {
    let mut all = Vec::new();
    // SAFETY: passed on to the caller.
    unsafe {
        let mut at = list;
        while let Some(entry) = at.as_ref() {
            at = entry.ifa_next;
            let has = |flag: i32| entry.ifa_flags & flag.unsigned_abs() != 0;
            if let Some(address) = crate::sys::names::resolve::address(entry.ifa_addr)
                && has(libc::IFF_UP)
            {
                let interface = Short::new(CStr::from_ptr(entry.ifa_name).to_bytes().iter().copied());
                room::push(&mut all, LocalAddress { interface, loopback: has(libc::IFF_LOOPBACK), address })?;
            }
        }
    }
    Ok(all)
}

/// The interface over which packets to the rest of the world leave; none without a default route.
///
/// # Errors
/// [`NoMemory`].
pub fn default_interface() -> Made<Option<Short<INTERFACE_NAME>>> {
    let _kept = KeptErrno::new();
    let Ok(mut file) = std::fs::File::open("/proc/net/route") else { return Ok(None) };
    let (mut table, mut len) = (Vec::new(), 0_usize);
    loop {
        const MORE: usize = 8192;
        table.try_reserve(MORE)?;
        table.resize(len + MORE, 0);
        match table.get_mut(len..).map(|room| io::Read::read(&mut file, room)) {
            Some(Ok(0)) | None => break,
            Some(Ok(more)) => len += more,
            Some(Err(_)) => return Ok(None),
        }
    }
    Ok(table.get(..len).and_then(|table| str::from_utf8(table).ok()).and_then(default_route))
}

/// The interface of the default route with the lowest metric, in the kernel's table of IPv4 routes.
fn default_route(table: &str) -> Option<Short<INTERFACE_NAME>> {
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
        .map(|(_, interface)| Short::new(interface.bytes()))
}

/// The number of the interface with this name.
#[must_use]
pub fn interface_number(name: &str) -> Option<u32> {
    let _kept = KeptErrno::new();
    let short = Short::<INTERFACE_NAME>::new(name.bytes());
    // Longer than any name is, or with a NUL within.
    if short.count_bytes() != name.len() {
        return None;
    }
    let name = short;
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
        assert_eq!(default_route(table).as_deref(), Some(c"eth0"));
        assert_eq!(default_route("Iface\tDestination\n"), None);
        assert_eq!(default_route(""), None);
    }

    #[test]
    fn the_machine_has_a_name() {
        assert!(!name().is_empty());
    }
}
