//! The kernel's tables of connections, ports and routes of IPv4, and what adapters have counted.

use crate::sys::platform::adapter::{from_route, words};
use crate::sys::process::kernel_file;
use crate::sys::room::{self, Made};

/// An end of a connection, or a port that is bound: the address and the port as they are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// In network order, as it lies in memory.
    pub address: u32,
    /// As a number.
    pub port: u16,
}

/// A socket of TCP or UDP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// Its own end.
    pub local: End,
    /// The other one.
    pub remote: End,
    /// Linux' number of the state.
    pub state: u8,
}

/// A route.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The adapter's name.
    pub adapter: String,
    /// Where it leads, in network order as the others.
    pub to: u32,
    /// The mask of that.
    pub mask: u32,
    /// The router; 0 where there is none.
    pub gateway: u32,
    /// The smaller the better.
    pub metric: u32,
}

fn end(text: &str) -> Option<End> {
    let (address, port) = text.split_once(':')?;
    Some(End { address: u32::from_str_radix(address, 16).ok()?, port: u16::from_str_radix(port, 16).ok()? })
}

fn bound(table: &str) -> Made<Vec<Bound>> {
    let line = |line: &str| {
        let mut fields = line.split_ascii_whitespace().skip(1);
        let (local, remote) = (end(fields.next()?)?, end(fields.next()?)?);
        Some(Bound { local, remote, state: u8::from_str_radix(fields.next()?, 16).ok()? })
    };
    room::list(table.lines().skip(1).filter_map(line))
}

/// The sockets of TCP over IPv4.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn tcp() -> Made<Vec<Bound>> {
    bound(&kernel_file::text(&"/proc/net/tcp")?)
}

/// The sockets of UDP over IPv4.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn udp() -> Made<Vec<Bound>> {
    bound(&kernel_file::text(&"/proc/net/udp")?)
}

fn routes_of(table: &str) -> Made<Vec<Route>> {
    let mut found = Vec::new();
    let address = |text: &str| from_route(text).map(|address| u32::from_ne_bytes(address.octets()));
    for line in table.lines().skip(1) {
        let Some([adapter, to, gateway, _flags, _, _, metric, mask]) = words(line) else { continue };
        let numbers = address(to).zip(address(mask)).zip(address(gateway)).zip(metric.parse().ok());
        if let Some((((to, mask), gateway), metric)) = numbers {
            room::push(&mut found, Route { adapter: room::text(adapter)?, to, mask, gateway, metric })?;
        }
    }
    Ok(found)
}

/// The routes of IPv4.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn routes() -> Made<Vec<Route>> {
    routes_of(&super::adapters::routes()?)
}

/// What an adapter has counted, under Linux' name for it; the lowest 32 bits, as Windows' table has them.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn counted(adapter: &str, what: &str) -> Made<u32> {
    let text = kernel_file::text(&format_args!("/sys/class/net/{adapter}/statistics/{what}"))?;
    let count: u64 = text.trim().parse().unwrap_or(0);
    Ok(u32::try_from(count & 0xFFFF_FFFF).unwrap_or(0))
}

/// Whether packets of others are passed on.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn forwards() -> Made<bool> {
    Ok(kernel_file::text(&"/proc/sys/net/ipv4/ip_forward")?.trim() == "1")
}

/// The machine's name, which may have a line's end behind it.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn host() -> Made<String> {
    kernel_file::text(&"/proc/sys/kernel/hostname")
}

/// The domain that the resolver's configuration names.
#[must_use]
pub fn domain(resolver: &str) -> &str {
    resolver
        .lines()
        .filter_map(|line| match words(line)? {
            ["domain" | "search", name] => Some(name),
            _ => None,
        })
        .next_back()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_proc() {
        let table = "  sl  local_address rem_address   st tx_queue\n   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000\nbad\n";
        let listens = Bound {
            local: End { address: u32::from_ne_bytes([127, 0, 0, 1]), port: 8080 },
            remote: End::default(),
            state: 10,
        };
        assert_eq!(bound(table).as_deref(), Ok(&[listens][..]));
        let table = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n\
                     eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\tx\n";
        let gateway = u32::from_ne_bytes([192, 168, 1, 1]);
        assert_eq!(
            routes_of(table).as_deref(),
            Ok(&[Route { adapter: "eth0".into(), gateway, metric: 100, ..Route::default() }][..])
        );
        assert_eq!(domain("nameserver 1.1.1.1\ndomain a.example\nsearch b.example c.example\n"), "b.example");
        assert_eq!(domain("#\n"), "");
    }
}
