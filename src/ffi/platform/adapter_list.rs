//! `GetAdaptersAddresses` and `GetAdaptersInfo`: lists of structures that point to each other, in one piece of the caller's
//! memory. They are written into memory of our own first, with the addresses that they will have there.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr};

use super::adapter_types::{
    IP_ADAPTER_ADDRESSES, IP_ADAPTER_DNS_SERVER_ADDRESS, IP_ADAPTER_INFO, IP_ADAPTER_PREFIX,
    IP_ADAPTER_UNICAST_ADDRESS, IP_ADDR_STRING, SOCKET_ADDRESS,
};
use super::answer::{Answer, Unit, len, put, put_all};
use super::types::ULONG;
use crate::ffi::types::{GUID, WCHAR, ws2_in_addr, ws2_in6_addr, ws2_sockaddr_in, ws2_sockaddr_in6};
use crate::platform::code::Code;
use crate::sys::platform::adapter::{self as adapters, Adapter};
use crate::sys::platform::adapters as system;
use crate::sys::room::{self, Made};
use crate::sys::user::memory;

const AF_INET: u32 = 2;
const AF_INET6: u32 = 23;

const SKIP_UNICAST: ULONG = 1;
const SKIP_DNS_SERVER: ULONG = 8;
const INCLUDE_PREFIX: ULONG = 0x10;
const SKIP_FRIENDLY_NAME: ULONG = 0x20;
const INCLUDE_GATEWAYS: ULONG = 0x80;

/// Every structure and text begins at a multiple of it.
const ALIGNMENT: usize = 8;

/// Memory that will be at an address of the caller's.
struct Image {
    base: usize,
    bytes: Vec<u8>,
}

impl Image {
    /// Room for so many bytes; where they will be.
    fn reserve(&mut self, bytes: usize) -> Made<usize> {
        let at = self.bytes.len();
        let end = (at + bytes).next_multiple_of(ALIGNMENT);
        self.bytes.try_reserve(end - at)?;
        self.bytes.resize(end, 0);
        Ok(self.base.wrapping_add(at))
    }

    /// Fills room that was reserved.
    fn put<T: Copy>(&mut self, at: usize, value: &T) {
        let from = at.wrapping_sub(self.base);
        if let Some(room) = from.checked_add(size_of::<T>()).and_then(|end| self.bytes.get_mut(from..end)) {
            // SAFETY: room for a T, at any alignment.
            unsafe { room.as_mut_ptr().cast::<T>().write_unaligned(*value) };
        }
    }

    fn add<T: Copy>(&mut self, value: &T) -> Made<usize> {
        let at = self.reserve(size_of::<T>())?;
        self.put(at, value);
        Ok(at)
    }

    /// Room for so many structures; where they will be.
    fn places<T>(&mut self, count: usize) -> Made<Vec<usize>> {
        let mut places = Vec::new();
        for _ in 0..count {
            room::push(&mut places, self.reserve(size_of::<T>())?)?;
        }
        Ok(places)
    }

    fn add_text<T: Unit>(&mut self, text: &str) -> Answer<*mut T> {
        let units = T::ended(text.as_bytes())?;
        let at = self.reserve(units.len() * size_of::<T>())?;
        for (number, unit) in units.iter().enumerate() {
            self.put(at + number * size_of::<T>(), unit);
        }
        Ok(at as *mut T)
    }

    /// A socket address, with Windows' numbers of the families; `scope` is the number of the adapter.
    fn add_address(&mut self, address: IpAddr, scope: u32) -> Made<SOCKET_ADDRESS> {
        let (at, size) = match address {
            IpAddr::V4(v4) => {
                let whole = ws2_sockaddr_in {
                    sin_family: 2,
                    sin_port: 0,
                    sin_addr: ws2_in_addr { s_addr: u32::from_ne_bytes(v4.octets()) },
                    sin_zero: [0; 8],
                };
                (self.add(&whole)?, size_of::<ws2_sockaddr_in>())
            }
            IpAddr::V6(v6) => {
                let whole = ws2_sockaddr_in6 {
                    sin6_family: 23,
                    sin6_port: 0,
                    sin6_flowinfo: 0,
                    sin6_addr: ws2_in6_addr { Byte: v6.octets() },
                    sin6_scope_id: if adapters::is_link_local(address) { scope } else { 0 },
                };
                (self.add(&whole)?, size_of::<ws2_sockaddr_in6>())
            }
        };
        let iSockaddrLength = i32::try_from(size).unwrap_or(0);
        Ok(SOCKET_ADDRESS { lpSockaddr: at as *mut c_void, iSockaddrLength })
    }
}

/// The size of a structure as its own field tells it.
fn size<T>() -> u32 {
    u32::try_from(size_of::<T>()).unwrap_or(0)
}

fn is_of(family: ULONG, address: IpAddr) -> bool {
    family == 0 || (family == AF_INET) == address.is_ipv4()
}

/// Those addresses of a list that are asked for.
fn told(list: &[IpAddr], family: ULONG, wanted: bool) -> impl DoubleEndedIterator<Item = IpAddr> {
    list.iter().copied().filter(move |&address| wanted && is_of(family, address))
}

/// A list of structures that point to the next; where the first one is.
fn chain<I, T: Copy>(
    image: &mut Image,
    items: I,
    mut make: impl FnMut(&mut Image, I::Item, *mut T) -> Made<T>,
) -> Made<*mut T>
where
    I: IntoIterator,
    I::IntoIter: DoubleEndedIterator,
{
    let mut next = std::ptr::null_mut();
    for item in items.into_iter().rev() {
        let value = make(image, item, next)?;
        next = image.add(&value)? as *mut T;
    }
    Ok(next)
}

/// The network of an address.
fn network(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => (v4 & adapters::mask(prefix)).into(),
        IpAddr::V6(v6) => {
            let shift = 128_u32.saturating_sub(prefix.into());
            let bits = v6.to_bits().checked_shr(shift).and_then(|bits| bits.checked_shl(shift)).unwrap_or(0);
            std::net::Ipv6Addr::from_bits(bits).into()
        }
    }
}

fn server(
    image: &mut Image,
    address: IpAddr,
    next: *mut IP_ADAPTER_DNS_SERVER_ADDRESS,
) -> Made<IP_ADAPTER_DNS_SERVER_ADDRESS> {
    let Address = image.add_address(address, 0)?;
    Ok(IP_ADAPTER_DNS_SERVER_ADDRESS {
        Length: size::<IP_ADAPTER_DNS_SERVER_ADDRESS>(),
        Reserved: 0,
        Next: next,
        Address,
    })
}

/// One adapter with all that it points to.
fn describe(
    image: &mut Image,
    adapter: &Adapter,
    family: ULONG,
    flags: ULONG,
    servers: &[IpAddr],
) -> Answer<IP_ADAPTER_ADDRESSES> {
    const FOREVER: u32 = u32::MAX;
    let skips = |flag: ULONG| flags & flag != 0;
    let addresses = |wanted: bool| {
        adapter.addresses.iter().copied().filter(move |&(address, _)| wanted && is_of(family, address))
    };
    let first = chain(image, addresses(!skips(SKIP_UNICAST)), |image, (address, prefix), next| {
        let link_local = adapters::is_link_local(address);
        let Address = image.add_address(address, adapter.index)?;
        Ok(IP_ADAPTER_UNICAST_ADDRESS {
            Length: size::<IP_ADAPTER_UNICAST_ADDRESS>(),
            Flags: 0,
            Next: next,
            Address,
            PrefixOrigin: if link_local { 2 } else { 1 },
            SuffixOrigin: if link_local { 4 } else { 1 },
            DadState: 4,
            ValidLifetime: FOREVER,
            PreferredLifetime: FOREVER,
            LeaseLifetime: FOREVER,
            OnLinkPrefixLength: prefix,
        })
    })?;
    let prefixes = chain(image, addresses(skips(INCLUDE_PREFIX)), |image, (address, prefix), next| {
        let Address = image.add_address(network(address, prefix), adapter.index)?;
        Ok(IP_ADAPTER_PREFIX {
            Length: size::<IP_ADAPTER_PREFIX>(),
            Flags: 0,
            Next: next,
            Address,
            PrefixLength: prefix.into(),
        })
    })?;
    let wanted = !skips(SKIP_DNS_SERVER) && !adapter.is_loopback();
    let servers = chain(image, told(servers, family, wanted), server)?;
    let gateways = chain(image, told(&adapter.gateways, family, skips(INCLUDE_GATEWAYS)), server)?;
    let mut physical = [0; 8];
    let mut zones = [0; 16];
    physical.iter_mut().zip(&adapter.physical).for_each(|(to, from)| *to = *from);
    // The first is that of a single host, the second that of the adapter.
    zones.iter_mut().skip(1).take(2).for_each(|zone| *zone = adapter.index);
    let friendly = if skips(SKIP_FRIENDLY_NAME) {
        std::ptr::null_mut()
    } else {
        image.add_text::<WCHAR>(&adapter.name)?
    };
    let v6 = adapter.addresses.iter().any(|(address, _)| address.is_ipv6());
    let v4 = adapter.addresses.iter().any(|(address, _)| address.is_ipv4());
    let nowhere = SOCKET_ADDRESS { lpSockaddr: std::ptr::null_mut(), iSockaddrLength: 0 };
    let speed = if adapter.speed == 0 { u64::MAX } else { adapter.speed };
    Ok(IP_ADAPTER_ADDRESSES {
        Length: size::<IP_ADAPTER_ADDRESSES>(),
        IfIndex: adapter.index,
        Next: std::ptr::null_mut(),
        AdapterName: image.add_text::<std::ffi::c_char>(&adapter.name)?.cast(),
        FirstUnicastAddress: first,
        FirstAnycastAddress: std::ptr::null_mut(),
        FirstMulticastAddress: std::ptr::null_mut(),
        FirstDnsServerAddress: servers,
        DnsSuffix: image.add_text::<WCHAR>("")?,
        Description: image.add_text::<WCHAR>(&adapter.name)?,
        FriendlyName: friendly,
        PhysicalAddress: physical,
        PhysicalAddressLength: if adapter.is_loopback() { 0 } else { physical_len(adapter) },
        // IP_ADAPTER_NO_MULTICAST, IP_ADAPTER_IPV4_ENABLED, IP_ADAPTER_IPV6_ENABLED.
        Flags: u32::from(!adapter.has_multicast()) * 0x10 + u32::from(v4) * 0x80 + u32::from(v6) * 0x100,
        Mtu: adapter.mtu,
        IfType: adapter.kind(),
        OperStatus: adapter.status(),
        Ipv6IfIndex: if v6 { adapter.index } else { 0 },
        ZoneIndices: zones,
        FirstPrefix: prefixes,
        TransmitLinkSpeed: speed,
        ReceiveLinkSpeed: speed,
        FirstWinsServerAddress: std::ptr::null_mut(),
        FirstGatewayAddress: gateways,
        Ipv4Metric: 0,
        Ipv6Metric: 0,
        Luid: adapter.luid(),
        Dhcpv4Server: nowhere,
        CompartmentId: 1,
        NetworkGuid: GUID { Data1: 0, Data2: 0, Data3: 0, Data4: [0; 8] },
        ConnectionType: 1,
        TunnelType: 0,
        Dhcpv6Server: nowhere,
        Dhcpv6ClientDuid: [0; 130],
        Dhcpv6ClientDuidLength: 0,
        Dhcpv6Iaid: 0,
        FirstDnsSuffix: std::ptr::null_mut(),
    })
}

fn physical_len(adapter: &Adapter) -> u32 {
    u32::try_from(adapter.physical.len().min(8)).unwrap_or(0)
}

/// Writes a list if there is room; the function's result.
///
/// # Safety
/// `to` and `room` are out pointers.
unsafe fn deliver(image: &Image, to: *mut c_void, room: *mut ULONG) -> Answer<()> {
    let needed = ULONG::try_from(image.bytes.len()).unwrap_or(ULONG::MAX);
    // SAFETY: passed on to the caller.
    unsafe {
        let given = memory::read(room.cast_const()).ok_or(Code::ERROR_INVALID_PARAMETER)?;
        if to.is_null() || len(given) < image.bytes.len() {
            put(room, needed).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
            return Err(Code::ERROR_BUFFER_OVERFLOW);
        }
        put_all(to.cast::<u8>(), &image.bytes).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        put(room, needed).map_err(|_| Code::ERROR_INVALID_PARAMETER)
    }
}

/// `ULONG GetAdaptersAddresses(ULONG Family, ULONG Flags, PVOID Reserved, PIP_ADAPTER_ADDRESSES AdapterAddresses, PULONG SizePointer)`
///
/// The network adapters with their addresses: of IPv4 (AF_INET), IPv6 (AF_INET6) or both (AF_UNSPEC, 0). `SizePointer` gives
/// the room in bytes and gets what is needed. Networks, routers of IPv4 and name servers are told as the flags ask.
/// Multicast and anycast addresses are not told, nor what DHCP knows. An adapter's name, friendly name and description are
/// Linux' name.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_BUFFER_OVERFLOW` (111): there is too little room, or `AdapterAddresses` is NULL.
/// * `ERROR_INVALID_PARAMETER`: another family, or `SizePointer` is bad.
/// * `ERROR_NO_DATA`: no adapter has such an address.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `AdapterAddresses` and `SizePointer` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetAdaptersAddresses(
    Family: ULONG,
    Flags: ULONG,
    Reserved: *mut c_void,
    AdapterAddresses: *mut IP_ADAPTER_ADDRESSES,
    SizePointer: *mut ULONG,
) -> ULONG {
    let _ = Reserved;
    let act = || -> Answer<()> {
        if !matches!(Family, 0 | AF_INET | AF_INET6) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let all = system::all()?;
        let is_wanted = |adapter: &&Adapter| {
            Family == 0 || adapter.addresses.iter().any(|&(address, _)| is_of(Family, address))
        };
        let chosen = room::list(all.iter().filter(is_wanted))?;
        if chosen.is_empty() {
            return Err(Code::ERROR_NO_DATA);
        }
        let servers = adapters::name_servers(&system::resolver()?)?;
        let mut image = Image { base: AdapterAddresses as usize, bytes: Vec::new() };
        let places = image.places::<IP_ADAPTER_ADDRESSES>(chosen.len())?;
        for (number, (adapter, &place)) in chosen.iter().zip(&places).enumerate() {
            let mut described = describe(&mut image, adapter, Family, Flags, &servers)?;
            described.Next = places.get(number + 1).map_or(0, |&next| next) as *mut IP_ADAPTER_ADDRESSES;
            image.put(place, &described);
        }
        // SAFETY: out pointers.
        unsafe { deliver(&image, AdapterAddresses.cast(), SizePointer) }
    };
    act().map_or_else(Code::number, |()| 0)
}

/// A text in a field of the structure, cut where it does not fit.
fn field<const N: usize>(text: &dyn std::fmt::Display) -> [u8; N] {
    let mut room = [0; N];
    let most = N.saturating_sub(1);
    let _ = std::io::Write::write_fmt(&mut room.get_mut(..most).unwrap_or_default(), format_args!("{text}"));
    room
}

fn string(address: IpAddr, mask: Ipv4Addr, next: *mut IP_ADDR_STRING) -> IP_ADDR_STRING {
    IP_ADDR_STRING { Next: next, IpAddress: field(&address), IpMask: field(&mask), Context: 0 }
}

/// A list of which the first item stands in the structure itself.
fn strings(
    image: &mut Image,
    mut items: impl DoubleEndedIterator<Item = (IpAddr, Ipv4Addr)>,
) -> Made<IP_ADDR_STRING> {
    let nobody = (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::UNSPECIFIED);
    let (first, mask) = items.next().unwrap_or(nobody);
    let next = chain(image, items, |_, (address, mask), next| Ok(string(address, mask, next)))?;
    Ok(string(first, mask, next))
}

/// `ULONG GetAdaptersInfo(PIP_ADAPTER_INFO AdapterInfo, PULONG SizePointer)`
///
/// The network adapters that have addresses of IPv4, without the loopback one; addresses, masks and routers are texts.
/// `SizePointer` gives the room in bytes and gets what is needed. What DHCP knows is not told.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_BUFFER_OVERFLOW` (111): there is too little room, or `AdapterInfo` is NULL.
/// * `ERROR_INVALID_PARAMETER`: `SizePointer` is bad.
/// * `ERROR_NO_DATA`: there is no such adapter.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetAdaptersInfo(
    AdapterInfo: *mut IP_ADAPTER_INFO,
    SizePointer: *mut ULONG,
) -> ULONG {
    let act = || -> Answer<()> {
        let all = system::all()?;
        let is_wanted = |adapter: &&Adapter| !adapter.is_loopback() && adapter.first_v4().is_some();
        let chosen = room::list(all.iter().filter(is_wanted))?;
        if chosen.is_empty() {
            return Err(Code::ERROR_NO_DATA);
        }
        let mut image = Image { base: AdapterInfo as usize, bytes: Vec::new() };
        let places = image.places::<IP_ADAPTER_INFO>(chosen.len())?;
        for (number, (adapter, &place)) in chosen.iter().zip(&places).enumerate() {
            let addresses =
                adapter.all_v4().map(|(address, prefix)| (IpAddr::V4(address), adapters::mask(prefix)));
            let routers = adapter.gateways.iter().map(|&gateway| (gateway, Ipv4Addr::BROADCAST));
            let mut physical = [0; 8];
            physical.iter_mut().zip(&adapter.physical).for_each(|(to, from)| *to = *from);
            let nobody = string(Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::UNSPECIFIED, std::ptr::null_mut());
            let info = IP_ADAPTER_INFO {
                Next: places.get(number + 1).map_or(0, |&next| next) as *mut IP_ADAPTER_INFO,
                ComboIndex: adapter.index,
                AdapterName: field(&adapter.name),
                Description: field(&adapter.name),
                AddressLength: physical_len(adapter),
                Address: physical,
                Index: adapter.index,
                Type: adapter.kind(),
                DhcpEnabled: 0,
                CurrentIpAddress: std::ptr::null_mut(),
                IpAddressList: strings(&mut image, addresses)?,
                GatewayList: strings(&mut image, routers)?,
                DhcpServer: nobody,
                HaveWins: 0,
                PrimaryWinsServer: nobody,
                SecondaryWinsServer: nobody,
                LeaseObtained: 0,
                LeaseExpires: 0,
            };
            image.put(place, &info);
        }
        // SAFETY: out pointers.
        unsafe { deliver(&image, AdapterInfo.cast(), SizePointer) }
    };
    act().map_or_else(Code::number, |()| 0)
}
