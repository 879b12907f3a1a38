//! Name spaces that can be looked into, and classes of services.

use std::ffi::CStr;

use super::services::{service_by_name, service_by_port};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::room;

/// `NS_ALL`: every name space.
pub const NS_ALL: u32 = 0;
/// `NS_DNS`: hosts and services.
pub const NS_DNS: u32 = 12;
/// `NS_NLA`: the networks that the machine is in.
pub const NS_NLA: u32 = 15;

/// A provider of a name space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Its GUID, in memory order.
    pub provider: [u8; 16],
    /// `NS_…`
    pub number: u32,
    /// What it calls itself.
    pub identifier: &'static CStr,
}

/// The providers that there are.
pub const SPACES: &[Space] = &[
    Space {
        provider: *b"\x40\x9d\x05\x22\x9e\x7e\xcf\x11\xae\x5a\x00\xaa\x00\xa7\x11\x2b",
        number: NS_DNS,
        identifier: c"Tcpip",
    },
    Space {
        provider: *b"\x3a\x24\x42\x66\xa8\x3b\xa6\x4a\xba\xa5\x2e\x0b\xd7\x1f\xdd\x83",
        number: NS_NLA,
        identifier: c"Network Location Awareness Legacy (NLAv1) Namespace",
    },
];

/// What the GUIDs of the well-known classes have in common, behind the first four bytes and the two of a record's type.
const WELL_KNOWN: [u8; 8] = [0xC0, 0, 0, 0, 0, 0, 0, 0x46];

/// A class of services, by its GUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `SVCID_HOSTNAME`: this machine's name, or the name of a host by its own.
    HostName,
    /// `SVCID_INET_HOSTADDRBYINETSTRING`: a host by an address that is written out.
    HostByAddress,
    /// `SVCID_INET_SERVICEBYNAME`: a service by its name.
    ServiceByName,
    /// `SVCID_INET_HOSTADDRBYNAME`: a host by its name.
    HostByName,
    /// `SVCID_TCP(port)`.
    Tcp(u16),
    /// `SVCID_UDP(port)`.
    Udp(u16),
}

impl Class {
    /// The class of a GUID in memory order, if it is one of the well-known ones.
    #[must_use]
    pub fn of(guid: &[u8; 16]) -> Option<Self> {
        let (data1, rest) = guid.split_first_chunk::<4>()?;
        let (_, end) = rest.split_first_chunk::<4>()?;
        if end != WELL_KNOWN {
            return None;
        }
        let number = u32::from_ne_bytes(*data1);
        let port = u16::try_from(number & 0xFFFF).ok()?;
        match (number >> 16, port) {
            (2, 0xA800) => Some(Self::HostName),
            (2, 0xA801) => Some(Self::HostByAddress),
            (2, 0xA802) => Some(Self::ServiceByName),
            (2, 0xA803) => Some(Self::HostByName),
            (9, port) => Some(Self::Tcp(port)),
            (10, port) => Some(Self::Udp(port)),
            _ => None,
        }
    }

    /// The service that the class is of: its name and its port.
    ///
    /// # Errors
    /// `WSATYPE_NOT_FOUND`: it is the class of no service that the machine's database has.
    pub fn service(self) -> Result<(std::ffi::CString, u16), Failure> {
        const UNKNOWN: Failure = WsaError::WSATYPE_NOT_FOUND.because("no class of a service that is known");
        let (port, protocol) = match self {
            Self::Tcp(port) => (port, c"tcp"),
            Self::Udp(port) => (port, c"udp"),
            _ => return Err(UNKNOWN),
        };
        service_by_port(port, Some(protocol)).map(|found| (found.name, port)).map_err(or_no_memory(UNKNOWN))
    }
}

/// The port and the protocol of a service that is named as in a query of `SVCID_INET_SERVICEBYNAME`: `ftp/tcp`, or `ftp`.
///
/// # Errors
/// `WSASERVICE_NOT_FOUND`: there is none.
pub fn service(query: &CStr) -> Result<(u16, bool), Failure> {
    const UNKNOWN: Failure =
        WsaError::WSASERVICE_NOT_FOUND.because("the services database has no such entry");
    let text = query.to_str().map_err(|_| UNKNOWN)?;
    let (name, protocol) = text.split_once('/').map_or((text, None), |(name, end)| (name, Some(end)));
    let c = |text: &str| room::c_text(text.as_bytes());
    let (name, protocol) = (c(name)?, protocol.map(c).transpose()?);
    let found = match name.to_str().ok().and_then(|digits| digits.parse().ok()) {
        Some(port) => service_by_port(port, protocol.as_deref()),
        None => service_by_name(&name, protocol.as_deref()),
    };
    found.map(|found| (found.port, found.protocol.as_bytes() == b"udp")).map_err(or_no_memory(UNKNOWN))
}

/// Another failure in a failure's place, unless it is that of memory.
fn or_no_memory(other: Failure) -> impl Fn(Failure) -> Failure {
    move |failure| if failure.code == WsaError::WSA_NOT_ENOUGH_MEMORY { failure } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guid(data1: u32) -> [u8; 16] {
        let mut guid = [0; 16];
        guid[..4].copy_from_slice(&data1.to_ne_bytes());
        guid[8..].copy_from_slice(&WELL_KNOWN);
        guid
    }

    #[test]
    fn classes_by_their_guids() {
        for (data1, expected) in [
            (0x0002_A800, Some(Class::HostName)),
            (0x0002_A801, Some(Class::HostByAddress)),
            (0x0002_A802, Some(Class::ServiceByName)),
            (0x0002_A803, Some(Class::HostByName)),
            (0x0002_A804, None),
            (0x0009_0050, Some(Class::Tcp(80))),
            (0x000A_FFFF, Some(Class::Udp(65535))),
            (0x000B_0001, None),
            (0, None),
        ] {
            assert_eq!(Class::of(&guid(data1)), expected, "{data1:#x}");
        }
        assert_eq!(Class::of(&[0; 16]), None);
        assert_eq!(Class::HostName.service().map_err(|f| f.code), Err(WsaError::WSATYPE_NOT_FOUND));
    }
}
