//! Services and protocols. Windows looks them up without regard to letter case.

use std::ffi::{CStr, CString};

use super::Hints;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::names::netdb::{self, Network, Service};
use crate::sys::room::{self, Made};
use crate::windows::abi::{AI_NUMERICSERV, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM};

const UNKNOWN_SERVICE: Failure = WsaError::WSANO_DATA.because("the services database has no such entry");
const UNKNOWN_PROTOCOL: Failure = WsaError::WSANO_DATA.because("Windows' database has no such protocol");

/// A protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The official name.
    pub name: &'static CStr,
    /// Its other name.
    pub alias: &'static CStr,
    /// The number that `socket` takes.
    pub number: i16,
}

/// The protocols that Windows knows out of the box (X15): neither more nor less, whatever this machine's database has.
const PROTOCOLS: &[(i16, &CStr, &CStr)] = &[
    (0, c"ip", c"IP"),
    (1, c"icmp", c"ICMP"),
    (3, c"ggp", c"GGP"),
    (6, c"tcp", c"TCP"),
    (8, c"egp", c"EGP"),
    (12, c"pup", c"PUP"),
    (17, c"udp", c"UDP"),
    (20, c"hmp", c"HMP"),
    (22, c"xns-idp", c"XNS-IDP"),
    (27, c"rdp", c"RDP"),
    (41, c"ipv6", c"IPv6"),
    (43, c"ipv6-route", c"IPv6-Route"),
    (44, c"ipv6-frag", c"IPv6-Frag"),
    (50, c"esp", c"esp"),
    (51, c"ah", c"ah"),
    (58, c"ipv6-icmp", c"IPv6-ICMP"),
    (59, c"ipv6-nonxt", c"IPv6-NoNxt"),
    (60, c"ipv6-opts", c"IPv6-Opts"),
    (66, c"rvd", c"RVD"),
];

fn lowered(text: &CStr) -> Made<CString> {
    let mut bytes = room::copy(text.to_bytes())?;
    bytes.make_ascii_lowercase();
    room::c_text(&bytes)
}

/// The service of this name or alias, over this protocol or over the first there is.
///
/// # Errors
/// * `WSANO_DATA`: there is none.
pub fn service_by_name(name: &CStr, protocol: Option<&CStr>) -> Result<Service, Failure> {
    let protocol = protocol.map(lowered).transpose()?;
    if let Some(found) = netdb::service_by_name(name, protocol.as_deref())? {
        return Ok(found);
    }
    netdb::service_by_name(&lowered(name)?, protocol.as_deref())?.ok_or(UNKNOWN_SERVICE)
}

/// The service at this port, over this protocol or over the first there is.
///
/// # Errors
/// * `WSANO_DATA`: there is none.
pub fn service_by_port(port: u16, protocol: Option<&CStr>) -> Result<Service, Failure> {
    netdb::service_by_port(port, protocol.map(lowered).transpose()?.as_deref())?.ok_or(UNKNOWN_SERVICE)
}

/// The network of this name or alias.
///
/// # Errors
/// * `WSANO_DATA`: there is none.
pub fn network_by_name(name: &CStr) -> Result<Network, Failure> {
    if let Some(found) = netdb::network_by_name(name)? {
        return Ok(found);
    }
    let found = netdb::network_by_name(&lowered(name)?)?;
    found.ok_or(WsaError::WSANO_DATA.because("the networks database has no such entry"))
}

/// The protocol of this name or alias.
///
/// # Errors
/// * `WSANO_DATA`: there is none.
pub fn protocol_by_name(name: &CStr) -> Result<Protocol, Failure> {
    built_in(|(_, known, _)| known.to_bytes().eq_ignore_ascii_case(name.to_bytes())).ok_or(UNKNOWN_PROTOCOL)
}

/// The protocol of this number.
///
/// # Errors
/// * `WSANO_DATA`: there is none.
pub fn protocol_by_number(number: i32) -> Result<Protocol, Failure> {
    built_in(|(known, _, _)| i32::from(known) == number).ok_or(UNKNOWN_PROTOCOL)
}

fn built_in(fits: impl Fn((i16, &'static CStr, &'static CStr)) -> bool) -> Option<Protocol> {
    let &(number, name, alias) = PROTOCOLS.iter().find(|&&known| fits(known))?;
    Some(Protocol { name, alias, number })
}

/// The number that a text is by the rules of C's `strtoul`, which Windows reads ports with: blanks and a sign may come before
/// the digits, and what has more than 32 bits is the greatest number.
fn c_number(text: &[u8]) -> Option<u32> {
    let start = text.iter().position(|byte| !matches!(byte, b' ' | b'\t'..=b'\r'))?;
    let (minus, digits) = match text.get(start..)? {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().try_fold(0_u32, |value, digit| {
        value.checked_mul(10)?.checked_add(u32::from(digit.wrapping_sub(b'0')))
    });
    Some(value.map_or(u32::MAX, |value| if minus { value.wrapping_neg() } else { value }))
}

/// The port that `getaddrinfo` is asked for: a number, or a service over the protocols that the hints allow; and the type of
/// socket, which is that of the hints, or where they leave it open that of the only protocol that knows the service (X32).
///
/// # Errors
/// * `WSATYPE_NOT_FOUND`: no such service over these protocols.
/// * `WSAHOST_NOT_FOUND`: a name where `AI_NUMERICSERV` asks for a number.
pub(super) fn port_of(service: &CStr, hints: Hints) -> Result<(u16, i32), Failure> {
    let text = service.to_bytes();
    if text.is_empty() {
        return Ok((0, hints.socket_type));
    }
    if let Some(number) = c_number(text) {
        let [low, high, ..] = number.to_le_bytes();
        return Ok((u16::from_le_bytes([low, high]), hints.socket_type));
    }
    if hints.flags & AI_NUMERICSERV != 0 {
        return Err(WsaError::WSAHOST_NOT_FOUND.because("AI_NUMERICSERV with a service that is no number"));
    }
    let over = |protocol, types: &[i32]| {
        if !types.contains(&hints.socket_type) {
            return Ok(None);
        }
        match service_by_name(service, Some(protocol)) {
            Ok(found) => Ok(Some(found.port)),
            Err(failure) if failure.code == WsaError::WSA_NOT_ENOUGH_MEMORY => Err(failure),
            Err(_) => Ok(None),
        }
    };
    let tcp = over(c"tcp", &[0, SOCK_STREAM])?;
    let udp = over(c"udp", &[0, SOCK_DGRAM])?;
    let port = match hints.protocol {
        IPPROTO_TCP if hints.socket_type == 0 => tcp,
        IPPROTO_UDP if hints.socket_type == 0 => udp,
        _ => tcp.or(udp),
    };
    let socket_type = match (tcp, udp) {
        (Some(_), None) => SOCK_STREAM,
        (None, Some(_)) => SOCK_DGRAM,
        _ => hints.socket_type,
    };
    let unknown = WsaError::WSATYPE_NOT_FOUND.because("the services database has no such entry");
    port.map(|port| (port, socket_type)).ok_or(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::abi::SOCK_RAW;

    fn port(service: &CStr, socket_type: i32, flags: i32) -> Result<u16, WsaError> {
        let asked = port_of(service, Hints { socket_type, flags, ..Hints::default() });
        asked
            .map(|(port, told)| {
                assert_eq!(told, socket_type, "{service:?}: a number says nothing about the type");
                port
            })
            .map_err(|failure| failure.code)
    }

    #[test]
    fn ports_in_numbers() {
        assert_eq!(port(c"", 0, 0), Ok(0));
        assert_eq!(port(c"0", SOCK_STREAM, 0), Ok(0));
        assert_eq!(port(c"80", SOCK_RAW, 0), Ok(80));
        assert_eq!(port(c"65535", 0, AI_NUMERICSERV), Ok(65535));
        assert_eq!(port(c"00080", 0, 0), Ok(80));
        // X32: C's rules, and the last 16 bits of what they read.
        let rows = [
            (c" 80", 80),
            (c"\t\x0b 80", 80),
            (c"+80", 80),
            (c" -1", 65535),
            (c"-65535", 1),
            (c"65536", 0),
            (c"65617", 81),
            (c"4294967295", 65535),
            (c"4294967296", 65535),
            (c"-99999999999999999999", 65535),
        ];
        for (text, expected) in rows {
            assert_eq!(port(text, 0, AI_NUMERICSERV), Ok(expected), "{text:?}");
        }
        for bad in [c"80x", c"80 ", c"0x50", c" ", c"-", c"+", c"+-1", c"--1", c"- 1"] {
            assert_eq!(port(bad, 0, 0), Err(WsaError::WSATYPE_NOT_FOUND), "{bad:?}");
        }
        assert_eq!(port(c"http", 0, AI_NUMERICSERV), Err(WsaError::WSAHOST_NOT_FOUND));
    }

    #[test]
    fn x15_protocols_are_those_of_windows_in_any_case() {
        for &(number, name, alias) in PROTOCOLS {
            assert_eq!(built_in(|(known, _, _)| known == number).unwrap().name, name);
            for spelling in [name, alias, &CString::new(name.to_bytes().to_ascii_uppercase()).unwrap()] {
                assert_eq!(protocol_by_name(spelling).unwrap().number, number, "{spelling:?}");
            }
        }
        assert_eq!(protocol_by_name(c"nosuch").unwrap_err().code, WsaError::WSANO_DATA);
        for number in [-1, 70_000, 255, 2, 4, 47, 88, 132] {
            assert_eq!(protocol_by_number(number).unwrap_err().code, WsaError::WSANO_DATA);
        }
    }
}
