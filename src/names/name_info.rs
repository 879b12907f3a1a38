//! What `getnameinfo` means on Windows.

use std::ffi::CString;

use super::SocketAddress;
use super::services::service_by_port;
use super::socket_address::written;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::names::resolve::{self, LookupError};
use crate::sys::process::machine;
use crate::sys::room::{self, Made};
use crate::windows::abi::{NI_DGRAM, NI_NAMEREQD, NI_NOFQDN, NI_NUMERICHOST, NI_NUMERICSERV};

/// Which of the two names are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The host's.
    pub host: bool,
    /// The service's.
    pub service: bool,
}

/// The names of the host and of the service behind an address; numbers where there are none.
///
/// # Errors
/// Those of `getnameinfo`.
pub fn names(
    address: &SocketAddress,
    wanted: Wanted,
    flags: i32,
) -> Result<(Option<CString>, Option<CString>), Failure> {
    if !wanted.host && !wanted.service {
        return Err(WsaError::WSAHOST_NOT_FOUND.because("neither a host's name nor a service's is asked for"));
    }
    if flags & !(NI_NOFQDN | NI_NUMERICHOST | NI_NAMEREQD | NI_NUMERICSERV | NI_DGRAM) != 0 {
        return Err(WsaError::WSAEINVAL.because("Flags has bits that mean nothing"));
    }
    if flags & NI_NUMERICHOST != 0 && flags & NI_NAMEREQD != 0 {
        return Err(WsaError::WSAEINVAL.because("NI_NUMERICHOST and NI_NAMEREQD exclude each other"));
    }
    let host = wanted.host.then(|| host(address, flags)).transpose()?;
    Ok((host, wanted.service.then(|| service(address.port(), flags)).transpose()?))
}

fn host(address: &SocketAddress, flags: i32) -> Result<CString, Failure> {
    let address = address.address();
    if flags & NI_NUMERICHOST == 0 {
        match resolve::host_by_address(address.ip) {
            Ok(found) if flags & NI_NOFQDN != 0 => {
                return Ok(without_domain(found.name, machine::name().to_bytes())?);
            }
            Ok(found) => return Ok(found.name),
            Err(LookupError::NotFound | LookupError::NoData) if flags & NI_NAMEREQD != 0 => {
                return Err(WsaError::WSAHOST_NOT_FOUND.because("NI_NAMEREQD, and the address has no name"));
            }
            Err(error) if flags & NI_NAMEREQD != 0 || error == LookupError::NoMemory => {
                return Err(error.into());
            }
            Err(_) => {}
        }
    }
    Ok(room::c_text(written(address)?.as_bytes())?)
}

/// The name without this machine's domain, if it is of that domain.
fn without_domain(name: CString, this_machine: &[u8]) -> Made<CString> {
    let domain = this_machine.iter().position(|&byte| byte == b'.').and_then(|dot| this_machine.get(dot..));
    let bytes = name.to_bytes();
    let short = domain.and_then(|domain| {
        let (host, rest) = bytes.split_at_checked(bytes.len().checked_sub(domain.len())?)?;
        (!host.is_empty() && rest.eq_ignore_ascii_case(domain)).then_some(host)
    });
    short.map(room::c_text).unwrap_or(Ok(name))
}

fn service(port: u16, flags: i32) -> Result<CString, Failure> {
    if flags & NI_NUMERICSERV == 0 {
        let protocol = if flags & NI_DGRAM == 0 { c"tcp" } else { c"udp" };
        match service_by_port(port, Some(protocol)) {
            Ok(found) => return Ok(found.name),
            Err(failure) if failure.code == WsaError::WSA_NOT_ENOUGH_MEMORY => return Err(failure),
            Err(_) => {}
        }
    }
    Ok(room::c_text(room::shown(&port)?.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_domain_is_dropped() {
        let short = |name: &str, machine: &str| {
            let name = CString::new(name).unwrap();
            without_domain(name, machine.as_bytes()).unwrap().into_string().unwrap()
        };
        assert_eq!(short("a.example.org", "b.example.org"), "a");
        assert_eq!(short("a.EXAMPLE.org", "b.example.org"), "a");
        assert_eq!(short("a.example.com", "b.example.org"), "a.example.com");
        assert_eq!(short("a.example.org", "b"), "a.example.org");
        assert_eq!(short(".example.org", "b.example.org"), ".example.org");
        assert_eq!(short("org", "b.example.org"), "org");
    }
}
