//! Socket addresses of IPv4 and IPv6 as Windows lays them out, and addresses written as text.
//!
//! The layout is Linux's too, except for the number of the family.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV6};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::names::inet::{Endpoint, ShowV6, parse_endpoint_v6, parse_v4, parse_v6};
use crate::sys::names::resolve::HostAddress;
use crate::sys::process::machine;
use crate::sys::room::{self, Made};
use crate::windows::abi::{AF_INET, AF_INET6};

/// The size of `sockaddr_in`.
const V4_LEN: usize = 16;
/// The size of `sockaddr_in6`.
const V6_LEN: usize = 28;

/// The bytes of a `sockaddr_in` or `sockaddr_in6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketAddress {
    bytes: [u8; V6_LEN],
    len: usize,
}

impl SocketAddress {
    /// The structure for an address and a port.
    #[must_use]
    pub fn new(address: HostAddress, port: u16) -> Self {
        let mut bytes = [0; V6_LEN];
        let mut put = |at: usize, part: &[u8]| {
            for (to, from) in bytes.iter_mut().skip(at).zip(part) {
                *to = *from;
            }
        };
        put(0, &family_of(address.ip).to_le_bytes()[..2]);
        put(2, &port.to_be_bytes());
        let len = match address.ip {
            IpAddr::V4(v4) => {
                put(4, &v4.octets());
                V4_LEN
            }
            IpAddr::V6(v6) => {
                put(8, &v6.octets());
                put(24, &address.scope.to_le_bytes());
                V6_LEN
            }
        };
        Self { bytes, len }
    }

    /// The structure as the caller gave it: at least the bytes that its family needs.
    ///
    /// # Errors
    /// * `WSAEFAULT`: it is too short for its family.
    /// * `WSAEAFNOSUPPORT`: the family is neither IPv4 nor IPv6.
    pub fn from_bytes(given: &[u8]) -> Result<Self, Failure> {
        let too_short = WsaError::WSAEFAULT.because("the address is too short for its family");
        let family = given.first_chunk::<2>().ok_or(too_short)?;
        let len = match i32::from(u16::from_le_bytes(*family)) {
            AF_INET => V4_LEN,
            AF_INET6 => V6_LEN,
            _ => {
                return Err(
                    WsaError::WSAEAFNOSUPPORT.because("the address is of neither AF_INET nor AF_INET6")
                );
            }
        };
        let given = given.get(..len).ok_or(too_short)?;
        let mut bytes = [0; V6_LEN];
        for (to, from) in bytes.iter_mut().zip(given) {
            *to = *from;
        }
        Ok(Self { bytes, len })
    }

    /// The structure, as long as its family says.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The number of the family: 2 or 23.
    #[must_use]
    pub fn family(&self) -> i32 {
        family_of(self.address().ip)
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> HostAddress {
        let [_, _, _, _, a, b, c, d, rest @ ..] = self.bytes;
        if self.len == V4_LEN {
            return IpAddr::V4(Ipv4Addr::new(a, b, c, d)).into();
        }
        let [v6 @ .., e, f, g, h] = rest;
        HostAddress { ip: IpAddr::V6(Ipv6Addr::from(v6)), scope: u32::from_le_bytes([e, f, g, h]) }
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        let [_, _, high, low, ..] = self.bytes;
        u16::from_be_bytes([high, low])
    }
}

/// Windows' number for the family of an address.
#[must_use]
pub fn family_of(ip: IpAddr) -> i32 {
    if ip.is_ipv4() { AF_INET } else { AF_INET6 }
}

/// The address as Windows writes it: a scope follows `%` as a number.
pub(super) fn written(address: HostAddress) -> Made<String> {
    match address.ip {
        IpAddr::V4(v4) => room::shown(&v4),
        IpAddr::V6(v6) => room::shown(&ShowV6(SocketAddrV6::new(v6, 0, 0, address.scope))),
    }
}

/// An address written out: four decimal numbers, or IPv6 with or without brackets and scope. A port may follow the
/// brackets, which Windows drops (measured by Wine's tests). The scope may also be the name of an interface, as
/// Linux programs write it.
#[must_use]
pub(super) fn parse(text: &str) -> Option<HostAddress> {
    if let Some(v4) = parse_v4(text.as_bytes()) {
        return Some(IpAddr::V4(v4).into());
    }
    if let Some(v6) = parse_endpoint_v6(text.as_bytes()).and_then(Endpoint::whole) {
        return Some(HostAddress { ip: IpAddr::V6(*v6.ip()), scope: v6.scope_id() });
    }
    let (address, interface) = text.split_once('%')?;
    let ip = IpAddr::V6(parse_v6(address.as_bytes())?);
    Some(HostAddress { ip, scope: machine::interface_number(interface)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn socket_addresses_have_windows_layout() {
        let v4 = SocketAddress::new(IpAddr::from([127, 0, 0, 1]).into(), 0x1234);
        assert_eq!(v4.bytes(), [2, 0, 0x12, 0x34, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        let address = HostAddress { ip: "fe80::1".parse().unwrap(), scope: 7 };
        let v6 = SocketAddress::new(address, 80);
        assert_eq!(v6.bytes().len(), 28);
        assert_eq!(v6.bytes()[..10], [23, 0, 0, 80, 0, 0, 0, 0, 0xfe, 0x80]);
        assert_eq!(v6.bytes()[22..], [0, 1, 7, 0, 0, 0]);
        for given in [v4, v6] {
            let again = SocketAddress::from_bytes(given.bytes()).unwrap();
            assert_eq!(again, given);
            assert_eq!((again.address(), again.port()), (given.address(), given.port()));
            let short = &given.bytes()[..given.bytes().len() - 1];
            assert_eq!(SocketAddress::from_bytes(short).unwrap_err().code, WsaError::WSAEFAULT);
        }
        assert_eq!(v6.address(), address);
        assert_eq!(SocketAddress::from_bytes(&[]).unwrap_err().code, WsaError::WSAEFAULT);
        // Linux's number of AF_INET6 is nobody's here.
        assert_eq!(SocketAddress::from_bytes(&[10; 28]).unwrap_err().code, WsaError::WSAEAFNOSUPPORT);
    }

    #[test]
    fn written_addresses() {
        let ip = |text| parse(text).map(|address| written(address).unwrap());
        for same in ["127.0.0.1", "::1", "2a00:2039:dead:beef:cafe::6666", "fe80::1%3", "::1.2.3.4"] {
            assert_eq!(ip(same).as_deref(), Some(same));
        }
        assert_eq!(ip("[beef::cafe]").as_deref(), Some("beef::cafe"));
        assert_eq!(ip("[beef::cafe]:10239").as_deref(), Some("beef::cafe"));
        for bad in [
            "",
            "[beef::cafe",
            "beef::cafe]",
            "[::1]x",
            "[::1]:x",
            "[::1]:",
            "1.2.3.4:80",
            "fe80::1%nosuch",
            "a",
        ] {
            assert_eq!(ip(bad), None, "{bad}");
        }
    }
}
