//! Connecting to the first of several addresses that answers: `WSAConnectByName`, `WSAConnectByList` (CN1).

use std::net::IpAddr;
use std::time::Duration;

use crate::descriptor;
use crate::descriptor::wait::Deadline;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::connect;
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Fd};

/// Which addresses a socket can be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of IPv4.
    V4,
    /// Those of IPv6.
    V6,
    /// Those of IPv6, and those of IPv4 in IPv6's form.
    Both,
}

/// Which addresses a socket can be connected to, if it is one that can be connected now.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: no stream socket of IPv4 or IPv6, one that is bound, or one that listens.
/// * `WSAEISCONN`: it is connected.
pub fn reach(socket: usize) -> Result<Reach, Failure> {
    let fd = descriptor::of(socket)?;
    let kind = option::socket_type(fd)?;
    let reach = match option::get_int(fd, libc::SOL_SOCKET, libc::SO_DOMAIN)? {
        libc::AF_INET => Reach::V4,
        libc::AF_INET6 if option::get_int(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY)? != 0 => Reach::V6,
        libc::AF_INET6 => Reach::Both,
        _ => return Err(WsaError::WSAEINVAL.because("a socket of neither IPv4 nor IPv6")),
    };
    if kind != libc::SOCK_STREAM {
        return Err(WsaError::WSAEINVAL.because("no stream socket"));
    }
    match connect::settle(fd)? {
        connect::State::Connected => Err(WsaError::WSAEISCONN.because("the socket is connected, or was")),
        connect::State::Listening => Err(WsaError::WSAEINVAL.because("the socket listens")),
        connect::State::Fresh if is_bound(fd) => Err(WsaError::WSAEINVAL.because("the socket is bound")),
        _ => Ok(reach),
    }
}

fn is_bound(fd: Fd) -> bool {
    sys::local_name(fd).is_ok_and(|local| local.port().is_some_and(|port| port != 0))
}

impl Reach {
    /// An address as the socket can be connected to it; none where it cannot.
    #[must_use]
    pub fn fitted(self, address: &Address) -> Option<Address> {
        match (self, address.ip()?) {
            (Self::V4, IpAddr::V4(_)) | (Self::Both, IpAddr::V6(_)) => Some(*address),
            (Self::V6, IpAddr::V6(_)) if !address.is_mapped() => Some(*address),
            (Self::Both, IpAddr::V4(v4)) => {
                Address::of(v4.to_ipv6_mapped().into(), address.port().unwrap_or(0)).ok()
            }
            _ => None,
        }
    }
}

/// Connects to the first address that answers, in their order, in all within the time; none is no limit. Both ends.
///
/// # Errors
/// * `WSAEADDRNOTAVAIL`: none of the addresses is one that the socket can be connected to.
/// * `WSAETIMEDOUT`: the time is over.
/// * The failure of the last attempt.
pub fn connect(
    socket: usize,
    addresses: &[Address],
    time: Option<Duration>,
) -> Result<(Address, Address), Failure> {
    let reach = reach(socket)?;
    let deadline = time.map_or(Deadline::NEVER, Deadline::after);
    let mut last = WsaError::WSAEADDRNOTAVAIL.because("no address that the socket can be connected to");
    for address in addresses.iter().filter_map(|address| reach.fitted(address)) {
        match connect::connect_within(socket, &address, deadline) {
            Ok(()) => {
                let fd = descriptor::of(socket)?;
                return Ok((sys::local_name(fd)?, sys::peer_name(fd).unwrap_or(address)));
            }
            Err(failure) if is_about_the_socket(failure.code) || deadline.has_passed() => {
                return Err(failure);
            }
            Err(failure) => last = failure,
        }
    }
    Err(last)
}

/// Whether another address would not help.
fn is_about_the_socket(code: WsaError) -> bool {
    matches!(
        code,
        WsaError::WSAENOTSOCK
            | WsaError::WSAEINTR
            | WsaError::WSAEISCONN
            | WsaError::WSAEALREADY
            | WsaError::WSAEINVAL
            | WsaError::WSANOTINITIALISED
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cn1_addresses_that_fit() {
        let address = |text: &str| Address::of(text.parse().unwrap(), 80).unwrap();
        let (v4, v6, mapped) = (address("192.0.2.1"), address("2001:db8::1"), address("::ffff:192.0.2.1"));
        for (reach, given, expected) in [
            (Reach::V4, v4, Some(v4)),
            (Reach::V4, v6, None),
            (Reach::V4, mapped, None),
            (Reach::V6, v4, None),
            (Reach::V6, v6, Some(v6)),
            (Reach::V6, mapped, None),
            (Reach::Both, v4, Some(mapped)),
            (Reach::Both, v6, Some(v6)),
            (Reach::Both, mapped, Some(mapped)),
        ] {
            assert!(reach.fitted(&given) == expected, "{reach:?} {:?}", given.ip());
        }
    }
}
