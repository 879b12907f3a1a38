//! What the IP Helper functions tell of the machine's network adapters, in Windows' words. `sys::platform::adapters` asks
//! the kernel.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sys::room::{self, Made};

/// An adapter.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Adapter {
    /// Its name, such as `eth0`.
    pub name: String,
    /// Its number.
    pub index: u32,
    /// Its address on the wire, at most eight bytes.
    pub physical: Vec<u8>,
    /// The largest packet in bytes.
    pub mtu: u32,
    /// Linux' number of the kind of hardware.
    pub hardware: u16,
    /// Linux' `IFF_…` bits.
    pub flags: u32,
    /// Bits per second; 0 where it is not told.
    pub speed: u64,
    /// Addresses and the lengths of their networks' prefixes.
    pub addresses: Vec<(IpAddr, u8)>,
    /// Routers that packets to the rest of the world go to.
    pub gateways: Vec<IpAddr>,
}

/// `IF_TYPE_…`.
pub(crate) const IF_TYPE_OTHER: u32 = 1;
pub(crate) const IF_TYPE_ETHERNET_CSMACD: u32 = 6;
pub(crate) const IF_TYPE_PPP: u32 = 23;
pub(crate) const IF_TYPE_SOFTWARE_LOOPBACK: u32 = 24;
pub(crate) const IF_TYPE_TUNNEL: u32 = 131;

impl Adapter {
    fn has(&self, flag: i32) -> bool {
        self.flags & flag.unsigned_abs() != 0
    }

    /// Whether it leads nowhere but here.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.has(libc::IFF_LOOPBACK)
    }

    /// `IF_TYPE_…`.
    #[must_use]
    pub fn kind(&self) -> u32 {
        match self.hardware {
            _ if self.is_loopback() => IF_TYPE_SOFTWARE_LOOPBACK,
            libc::ARPHRD_ETHER => IF_TYPE_ETHERNET_CSMACD,
            libc::ARPHRD_PPP => IF_TYPE_PPP,
            libc::ARPHRD_TUNNEL | libc::ARPHRD_TUNNEL6 | libc::ARPHRD_SIT | libc::ARPHRD_IPGRE => {
                IF_TYPE_TUNNEL
            }
            _ => IF_TYPE_OTHER,
        }
    }

    /// `IfOperStatusUp` or `IfOperStatusDown`.
    #[must_use]
    pub fn status(&self) -> i32 {
        if self.has(libc::IFF_UP) && (self.has(libc::IFF_RUNNING) || self.is_loopback()) { 1 } else { 2 }
    }

    /// Whether packets can go to many at once.
    #[must_use]
    pub fn has_multicast(&self) -> bool {
        self.has(libc::IFF_MULTICAST) || self.is_loopback()
    }

    /// `IF_LUID`: the kind in the upper 16 bits, the number in the 24 bits below.
    #[must_use]
    pub fn luid(&self) -> u64 {
        luid(self.kind(), self.index)
    }

    /// The first address of IPv4.
    #[must_use]
    pub fn first_v4(&self) -> Option<(Ipv4Addr, u8)> {
        self.all_v4().next()
    }

    /// All addresses of IPv4.
    pub fn all_v4(&self) -> impl DoubleEndedIterator<Item = (Ipv4Addr, u8)> + '_ {
        self.addresses.iter().filter_map(|&(address, len)| match address {
            IpAddr::V4(address) => Some((address, len)),
            IpAddr::V6(_) => None,
        })
    }
}

/// The `IF_LUID` of a kind and a number.
#[must_use]
pub const fn luid(kind: u32, index: u32) -> u64 {
    ((kind & 0xFFFF) as u64) << 48 | ((index & 0x00FF_FFFF) as u64) << 24
}

/// The number in an `IF_LUID`.
#[must_use]
pub fn index_of(luid: u64) -> u32 {
    u32::try_from(luid >> 24 & 0x00FF_FFFF).unwrap_or(0)
}

/// The mask of a prefix of IPv4.
#[must_use]
pub fn mask(len: u8) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::MAX.checked_shl(u32::from(32 - len.min(32))).unwrap_or(0))
}

/// The length of the prefix that a mask makes.
#[must_use]
pub fn prefix(mask: IpAddr) -> u8 {
    let ones = match mask {
        IpAddr::V4(mask) => mask.to_bits().leading_ones(),
        IpAddr::V6(mask) => mask.to_bits().leading_ones(),
    };
    u8::try_from(ones).unwrap_or(128)
}

/// The address of an IPv4 network in the kernel's table of routes, which is hexadecimal in the machine's order.
#[must_use]
pub fn from_route(text: &str) -> Option<Ipv4Addr> {
    u32::from_str_radix(text, 16).ok().map(|number| Ipv4Addr::from(number.to_ne_bytes()))
}

/// The first words of a line; none where there are fewer.
#[must_use]
pub(super) fn words<const N: usize>(line: &str) -> Option<[&str; N]> {
    let (mut words, mut all) = (line.split_ascii_whitespace(), [""; N]);
    for place in &mut all {
        *place = words.next()?;
    }
    Some(all)
}

/// The adapter by which packets to an address leave, from the kernel's table of IPv4 routes: the longest prefix, and of
/// equals the lowest metric.
#[must_use]
pub fn best_interface(table: &str, to: Ipv4Addr) -> Option<&str> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let [name, destination, _, _, _, _, metric, mask] = words(line)?;
            let (destination, mask) = (from_route(destination)?, from_route(mask)?);
            let metric: u32 = metric.parse().ok()?;
            (to & mask == destination).then_some((mask.to_bits(), std::cmp::Reverse(metric), name))
        })
        .max_by_key(|&(mask, metric, _)| (mask, metric))
        .map(|(_, _, name)| name)
}

/// The name servers in the resolver's configuration.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn name_servers(configuration: &str) -> Made<Vec<IpAddr>> {
    let servers = configuration
        .lines()
        .filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            (words.next()? == "nameserver").then(|| words.next())?
        })
        .filter_map(|word| word.split('%').next()?.parse().ok());
    room::list(servers)
}

/// `IpSuffixOriginLinkLayerAddress` and the like are not told by Linux: 4 for link-local, 1 for what was set by hand.
#[must_use]
pub fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => is_link_local_v6(address),
    }
}

fn is_link_local_v6(address: Ipv6Addr) -> bool {
    let [first, ..] = address.segments();
    first & 0xFFC0 == 0xFE80
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n\
        eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
        wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n\
        eth1\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";

    #[test]
    #[cfg(target_endian = "little")]
    fn the_longest_prefix_wins_and_then_the_lowest_metric() {
        assert_eq!(best_interface(TABLE, Ipv4Addr::new(172, 17, 3, 4)), Some("eth1"));
        assert_eq!(best_interface(TABLE, Ipv4Addr::new(9, 9, 9, 9)), Some("eth0"));
        assert_eq!(best_interface("", Ipv4Addr::LOCALHOST), None);
    }

    #[test]
    fn masks() {
        for (len, mask_text) in
            [(0, "0.0.0.0"), (8, "255.0.0.0"), (24, "255.255.255.0"), (32, "255.255.255.255")]
        {
            assert_eq!(mask(len).to_string(), mask_text);
            assert_eq!(prefix(IpAddr::V4(mask(len))), len);
        }
        assert_eq!(prefix("ffff:ffff:ffff:ffff::".parse().unwrap()), 64);
    }

    #[test]
    fn luids() {
        let luid = luid(IF_TYPE_ETHERNET_CSMACD, 7);
        assert_eq!((luid >> 48, index_of(luid)), (6, 7));
    }

    #[test]
    fn servers() {
        let text =
            "# none\nnameserver 10.0.0.1\nsearch x\nnameserver fe80::1%eth0\nnameserver bad\nnameserver\n";
        let expected: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap(), "fe80::1".parse().unwrap()];
        assert_eq!(name_servers(text), Ok(expected));
    }
}
