//! What `getaddrinfo` means on Windows: the order of its checks, and which addresses it gives.

use std::ffi::{CStr, CString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::inet::parse_classic;
use super::services::port_of;
use super::socket_address::{SocketAddress, parse};
use super::{is_localhost, is_of, is_this_machine, loopback_addresses, own_addresses};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::names::resolve::{self, Family, Found, HostAddress, Options};
use crate::sys::room::{self, Made};
use crate::windows::abi::*;

/// What the caller is willing to take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `ai_flags`.
    pub flags: i32,
    /// `ai_family`; 0 for both.
    pub family: i32,
    /// `ai_socktype`; handed back with every address.
    pub socket_type: i32,
    /// `ai_protocol`; handed back with every address.
    pub protocol: i32,
    /// Whether a field that must be 0 is not.
    pub overfull: bool,
}

/// What was found, one entry per address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In the order in which they should be tried.
    pub addresses: Vec<SocketAddress>,
    /// For the first entry, if it was asked for.
    pub canonical_name: Option<CString>,
    /// The host was an address written out: Windows says so in each entry's `ai_flags` (X31).
    pub numeric: bool,
    /// `ai_socktype` of each entry.
    pub socket_type: i32,
}

const KNOWN_FLAGS: i32 = AI_PASSIVE
    | AI_CANONNAME
    | AI_NUMERICHOST
    | AI_NUMERICSERV
    | AI_DNS_ONLY
    | AI_FORCE_CLEAR_TEXT
    | AI_BYPASS_DNS_CACHE
    | AI_RETURN_TTL
    | AI_ALL
    | AI_ADDRCONFIG
    | AI_V4MAPPED
    | AI_NON_AUTHORITATIVE
    | AI_SECURE
    | AI_RETURN_PREFERRED_NAMES
    | AI_FQDN
    | AI_FILESERVER
    | AI_DISABLE_IDN_ENCODING
    | AI_SECURE_WITH_FALLBACK;

impl Hints {
    fn has(self, flag: i32) -> bool {
        self.flags & flag != 0
    }

    /// Checks all that can be checked without looking anything up; gives the family.
    fn check(self, node: bool) -> Result<Option<Family>, Failure> {
        if self.overfull {
            return Err(WsaError::WSANO_RECOVERY.because("a field of the hints is set that must be 0"));
        }
        if self.flags & !KNOWN_FLAGS != 0 {
            return Err(WsaError::WSAEINVAL.because("ai_flags has bits that mean nothing"));
        }
        if self.has(AI_CANONNAME) && self.has(AI_FQDN) {
            return Err(WsaError::WSAEINVAL.because("AI_CANONNAME and AI_FQDN exclude each other"));
        }
        if !node && (self.has(AI_CANONNAME) || self.has(AI_FQDN)) {
            return Err(WsaError::WSAEINVAL.because("a canonical name is asked for, of no host"));
        }
        let family = match self.family {
            AF_UNSPEC => None,
            AF_INET => Some(Family::V4),
            AF_INET6 => Some(Family::V6),
            _ => return Err(WsaError::WSAEAFNOSUPPORT.because("ai_family is neither AF_INET nor AF_INET6")),
        };
        match self.socket_type {
            0 | SOCK_STREAM | SOCK_DGRAM | SOCK_RAW => Ok(family),
            _ => {
                Err(WsaError::WSAESOCKTNOSUPPORT.because("ai_socktype is not a type that names resolve for"))
            }
        }
    }
}

/// The addresses of a host with the port of a service.
///
/// # Errors
/// Those of `getaddrinfo`, in the order in which Windows finds them.
pub fn addresses(node: Option<&CStr>, service: Option<&CStr>, hints: Hints) -> Result<Answer, Failure> {
    if node.is_none() && service.is_none() {
        return Err(WsaError::WSAHOST_NOT_FOUND.because("neither a host nor a service is named"));
    }
    let family = hints.check(node.is_some())?;
    let (port, socket_type) = port_of(service.unwrap_or_default(), hints)?;
    let found = match node {
        None if hints.has(AI_NUMERICHOST) => {
            return Err(WsaError::WSAHOST_NOT_FOUND.because("AI_NUMERICHOST without a host"));
        }
        None => Found { addresses: unnamed(family, hints.has(AI_PASSIVE))?, canonical_name: None },
        Some(node) => named(node, family, hints)?,
    };
    let addresses = room::list(found.addresses.into_iter().map(|address| SocketAddress::new(address, port)))?;
    // Of fewer than four numbers, too, which the C library reads; but not what blanks follow.
    let numeric = node.is_some_and(|node| {
        let is_number = || parse_classic(node.to_bytes()).is_some() && before_blanks(node).is_none();
        written_out(node).is_some() || hints.has(AI_NUMERICHOST) || is_number()
    });
    Ok(Answer { addresses, canonical_name: found.canonical_name, numeric, socket_type })
}

/// The one address of a host that is written out, with a port that is a number: what most programs ask for takes neither
/// memory nor a look-up. None where more is asked for, or where something is wrong: [`addresses`] tells then.
#[must_use]
pub fn written_out_address(node: &CStr, service: &CStr, hints: Hints) -> Option<SocketAddress> {
    let family = hints.check(true).ok()?;
    if hints.has(AI_CANONNAME) || hints.has(AI_FQDN) {
        return None;
    }
    let is_number = service.to_bytes().iter().all(u8::is_ascii_digit);
    let (port, _) = if is_number { port_of(service, hints).ok()? } else { return None };
    Some(SocketAddress::new(fitted(written_out(node)?, family, hints)?, port))
}

/// The addresses for no host at all: to listen on, or to reach this machine by.
fn unnamed(family: Option<Family>, passive: bool) -> Made<Vec<HostAddress>> {
    if !passive {
        return loopback_addresses(family);
    }
    let mut addresses = loopback_addresses(family)?;
    for address in &mut addresses {
        *address = match address.ip {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED).into(),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED).into(),
        };
    }
    Ok(addresses)
}

fn named(node: &CStr, family: Option<Family>, hints: Hints) -> Result<Found, Failure> {
    let canonical = hints.has(AI_CANONNAME) || hints.has(AI_FQDN);
    let numeric = hints.has(AI_NUMERICHOST);
    let canonical_of = |name: &CStr| canonical.then(|| room::c_text(name.to_bytes())).transpose();
    let own = |addresses| Made::Ok(Found { addresses, canonical_name: canonical_of(node)? });
    let blank = if numeric { None } else { before_blanks(node) };
    if let Some(address) = written_out(node).or(blank) {
        return match fitted(address, family, hints) {
            Some(address) => Ok(own(room::list([address])?)?),
            None => Err(WsaError::WSAHOST_NOT_FOUND.because("the address written out is of another family")),
        };
    }
    if !numeric && is_this_machine(node.to_bytes()) {
        let canonical_name = canonical_of(&crate::sys::process::machine::name())?;
        return Ok(Found { addresses: own_addresses(family)?, canonical_name });
    }
    if !numeric && is_localhost(node.to_bytes()) {
        return Ok(own(loopback_addresses(family)?)?);
    }
    if node.is_empty() {
        return Err(WsaError::WSAHOST_NOT_FOUND.because("AI_NUMERICHOST without a number"));
    }
    let options = Options {
        canonical_name: canonical,
        numeric,
        configured: hints.has(AI_ADDRCONFIG),
        mapped: hints.has(AI_V4MAPPED),
        all: hints.has(AI_ALL),
    };
    let encoded = if hints.has(AI_DISABLE_IDN_ENCODING) { None } else { encoded(node)? };
    let mut found = resolve::addresses(encoded.as_deref().unwrap_or(node), family, options)?;
    if canonical && found.canonical_name.is_none() {
        found.canonical_name = canonical_of(node)?;
    }
    Ok(found)
}

/// The address that a host's name is.
fn written_out(node: &CStr) -> Option<HostAddress> {
    node.to_str().ok().and_then(parse)
}

/// The address of four numbers that blanks follow (X32): Windows takes it for a name, and finds the address as
/// `gethostbyname` does.
pub(super) fn before_blanks(node: &CStr) -> Option<HostAddress> {
    let text = node.to_bytes();
    let number = text.trim_ascii_end();
    let is_whole = number.len() < text.len() && number.iter().filter(|byte| **byte == b'.').count() == 3;
    is_whole.then(|| parse_classic(number)).flatten().map(|v4| IpAddr::V4(v4).into())
}

/// More memory than the encoding of a short name takes.
const ENCODING: usize = 16384;

/// X17: a name that is not ASCII in the form that name servers know (`xn--…`); none where the name is ASCII.
fn encoded(node: &CStr) -> Result<Option<CString>, Failure> {
    if node.to_bytes().is_ascii() {
        return Ok(None);
    }
    // What the encoding makes on its way, it makes without a way to fail: more than that is asked for beforehand.
    room::probe(ENCODING.saturating_add(node.count_bytes().saturating_mul(32)))?;
    match node.to_str().ok().and_then(|name| idna::domain_to_ascii(name).ok()) {
        Some(name) => Ok(Some(room::c_text(name.as_bytes())?)),
        None => Err(WsaError::WSAHOST_NOT_FOUND.because("a name that has no form in ASCII")),
    }
}

/// The address as one of the family asked for, if it can be.
fn fitted(address: HostAddress, family: Option<Family>, hints: Hints) -> Option<HostAddress> {
    match address.ip {
        IpAddr::V4(v4) if family == Some(Family::V6) && hints.has(AI_V4MAPPED) => {
            Some(IpAddr::V6(v4.to_ipv6_mapped()).into())
        }
        _ => is_of(&address, family).then_some(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the short way has an answer, it is the long way's.
    #[test]
    fn the_short_way_says_what_the_long_way_says() {
        let hosts = [
            c"127.0.0.1",
            c"1.2.3",
            c"::1",
            c"[fe80::1%3]:80",
            c"fe80::1%lo",
            c"::ffff:1.2.3.4",
            c"",
            c"a",
            c"1.2.3.4 ",
        ];
        let services = [c"", c"80", c"65535", c"65536", c"-1", c"8o"];
        let mut short = 0;
        for (node, service) in
            hosts.iter().flat_map(|node| services.iter().map(move |service| (node, service)))
        {
            for (flags, family) in [
                (AI_NUMERICHOST, AF_UNSPEC),
                (AI_NUMERICHOST | AI_NUMERICSERV, AF_INET),
                (AI_NUMERICHOST | AI_V4MAPPED, AF_INET6),
                (AI_NUMERICHOST | AI_PASSIVE, AF_INET6),
                (AI_NUMERICHOST | AI_CANONNAME, AF_UNSPEC),
                (AI_NUMERICHOST, 1),
                (1 << 30, AF_UNSPEC),
            ] {
                let hints = Hints { flags, family, socket_type: SOCK_STREAM, ..Hints::default() };
                let Some(address) = written_out_address(node, service, hints) else { continue };
                let long = addresses(Some(node), Some(service), hints);
                let expected = Answer {
                    addresses: vec![address],
                    canonical_name: None,
                    numeric: true,
                    socket_type: SOCK_STREAM,
                };
                assert_eq!(long, Ok(expected), "{node:?} {service:?} {flags:#x} {family}");
                short += 1;
            }
        }
        assert!(short > 30, "{short}");
    }

    /// X17.
    #[test]
    fn x17_names_that_are_not_ascii() {
        let rows = [
            ("example.org", None),
            ("xn--maana-pta.com", None),
            ("ma\u{f1}ana.com", Some("xn--maana-pta.com")),
            ("B\u{dc}CHER.example", Some("xn--bcher-kva.example")),
            ("bu\u{308}cher.example", Some("xn--bcher-kva.example")),
            ("\u{30c6}\u{30b9}\u{30c8}.winehq.org", Some("xn--zckzah.winehq.org")),
        ];
        for (name, expected) in rows {
            let name = CString::new(name).unwrap();
            let expected = expected.map(|expected| CString::new(expected).unwrap());
            assert_eq!(encoded(&name), Ok(expected), "{name:?}");
        }
        let bad = CString::new([0xff, b'.', b'a']).unwrap();
        assert_eq!(encoded(&bad).map_err(|f| f.code), Err(WsaError::WSAHOST_NOT_FOUND));
    }
}
