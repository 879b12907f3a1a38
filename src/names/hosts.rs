//! What `gethostbyname`, `gethostbyaddr` and `gethostname` mean on Windows.

use std::ffi::CStr;
use std::net::IpAddr;

use super::addresses::before_blanks;
use super::{is_this_machine, own_addresses};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::names::resolve::{self, Family, Host};
use crate::sys::process::machine;
use crate::sys::room;
use crate::windows::abi::{AF_INET, AF_INET6};

/// The machine's name.
#[must_use]
pub fn host_name() -> machine::Short<66> {
    machine::name()
}

/// The host of this name with its IPv4 addresses; for no name, an empty one or the machine's own, the machine
/// with the addresses of its interfaces. Blanks may follow an address that is written out (X32).
///
/// # Errors
/// * `WSAHOST_NOT_FOUND`, `WSATRY_AGAIN`, `WSANO_RECOVERY`, `WSANO_DATA`: what the name service says.
pub fn host_by_name(name: Option<&CStr>) -> Result<Host, Failure> {
    if let Some((name, address)) = name.and_then(|name| Some((name, before_blanks(name)?))) {
        let (name, addresses) = (room::c_text(name.to_bytes())?, room::list([address.ip])?);
        return Ok(Host { name, aliases: Vec::new(), addresses });
    }
    match name {
        Some(name) if !is_this_machine(name.to_bytes()) => Ok(resolve::host_by_name(name, Family::V4)?),
        _ => {
            let addresses = own_addresses(Some(Family::V4))?.into_iter().map(|address| address.ip);
            let (name, addresses) = (room::c_text(machine::name().to_bytes())?, room::list(addresses)?);
            Ok(Host { name, aliases: Vec::new(), addresses })
        }
    }
}

/// How many bytes an address of this family has, if so many are given.
///
/// # Errors
/// * `WSAEAFNOSUPPORT`: the family is neither `AF_INET` nor `AF_INET6`.
/// * `WSAEFAULT`: too few bytes for IPv4.
/// * `WSAEINVAL`: not exactly the bytes of an IPv6 address.
pub fn address_len(family: i32, given: i32) -> Result<usize, Failure> {
    match (family, given) {
        (AF_INET, 4..) => Ok(4),
        (AF_INET, _) => Err(WsaError::WSAEFAULT.because("len is less than 4")),
        (AF_INET6, 16) => Ok(16),
        (AF_INET6, _) => Err(WsaError::WSAEINVAL.because("len is not 16")),
        _ => Err(WsaError::WSAEAFNOSUPPORT.because("type is neither AF_INET nor AF_INET6")),
    }
}

/// The host that has this address.
///
/// # Errors
/// * `WSAHOST_NOT_FOUND`, `WSATRY_AGAIN`, `WSANO_RECOVERY`, `WSANO_DATA`: what the name service says.
pub fn host_by_address(ip: IpAddr) -> Result<Host, Failure> {
    Ok(resolve::host_by_address(ip)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_addresses() {
        let code = |family, given| address_len(family, given).map_err(|failure| failure.code);
        assert_eq!(code(AF_INET, 4), Ok(4));
        assert_eq!(code(AF_INET, 16), Ok(4));
        assert_eq!(code(AF_INET6, 16), Ok(16));
        for given in [-1, 0, 3] {
            assert_eq!(code(AF_INET, given), Err(WsaError::WSAEFAULT));
        }
        for given in [-1, 0, 4, 15, 17] {
            assert_eq!(code(AF_INET6, given), Err(WsaError::WSAEINVAL));
        }
        for family in [-1, 0, 1, 10, 17] {
            assert_eq!(code(family, 16), Err(WsaError::WSAEAFNOSUPPORT));
        }
    }
}
