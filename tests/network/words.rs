//! Small words for these tests: addresses of both families, and calls whose failure is a code.

use std::ffi::c_int;
use std::net::{IpAddr, SocketAddr, SocketAddrV6};

use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

use crate::support::options::outcome;

pub(crate) const WSAEAFNOSUPPORT: c_int = 10047;
pub(crate) const WSAEADDRNOTAVAIL: c_int = 10049;
pub(crate) const WSAENETUNREACH: c_int = 10051;
pub(crate) const WSAENOBUFS: c_int = 10055;
pub(crate) const WSAENOTCONN: c_int = 10057;

pub(crate) const AF_UNIX: c_int = 1;

/// An address in Windows' form: 16 bytes or 28.
pub(crate) fn windows(address: SocketAddr) -> Vec<u8> {
    let port = address.port().to_be_bytes();
    match address {
        SocketAddr::V4(v4) => [&[2, 0], &port[..], &v4.ip().octets(), &[0; 8]].concat(),
        SocketAddr::V6(v6) => {
            [&[23, 0], &port[..], &[0; 4], &v6.ip().octets(), &v6.scope_id().to_ne_bytes()].concat()
        }
    }
}

pub(crate) fn at(ip: &str, port: u16) -> SocketAddr {
    SocketAddr::new(ip.parse().unwrap(), port)
}

pub(crate) fn scoped(ip: &str, port: u16, scope: u32) -> SocketAddr {
    SocketAddrV6::new(ip.parse().unwrap(), port, 0, scope).into()
}

fn len(bytes: &[u8]) -> c_int {
    bytes.len().try_into().unwrap()
}

pub(crate) fn bind(s: SOCKET, to: SocketAddr) -> c_int {
    let to = windows(to);
    // SAFETY: as many bytes as are told.
    outcome(unsafe { ws2_bind(s, to.as_ptr().cast(), len(&to)) })
}

pub(crate) fn connect(s: SOCKET, to: SocketAddr) -> c_int {
    let to = windows(to);
    // SAFETY: likewise.
    outcome(unsafe { ws2_connect(s, to.as_ptr().cast(), len(&to)) })
}

/// `sendto` of one byte: 0 or the code.
pub(crate) fn send_to(s: SOCKET, to: SocketAddr) -> c_int {
    send_to_bytes(s, &windows(to))
}

pub(crate) fn send_to_bytes(s: SOCKET, to: &[u8]) -> c_int {
    // SAFETY: likewise.
    match unsafe { ws2_sendto(s, c"x".as_ptr(), 1, 0, to.as_ptr().cast(), len(to)) } {
        1 => 0,
        result => outcome(result),
    }
}

/// `getsockname`: the address, the scope of IPv6 included.
pub(crate) fn name(s: SOCKET) -> Result<SocketAddr, c_int> {
    let (mut bytes, mut len) = ([0_u8; 28], 28);
    // SAFETY: locals, and their size.
    match outcome(unsafe { ws2_getsockname(s, bytes.as_mut_ptr().cast(), &raw mut len) }) {
        0 => {}
        code => return Err(code),
    }
    let port = u16::from_be_bytes([bytes[2], bytes[3]]);
    if len == 16 {
        let ip: [u8; 4] = bytes[4..8].try_into().unwrap();
        return Ok(SocketAddr::new(IpAddr::from(ip), port));
    }
    let ip: [u8; 16] = bytes[8..24].try_into().unwrap();
    let scope = u32::from_ne_bytes(bytes[24..28].try_into().unwrap());
    Ok(SocketAddrV6::new(ip.into(), port, 0, scope).into())
}

/// A socket with a protocol, or the code.
pub(crate) fn open(family: c_int, kind: c_int, protocol: c_int) -> Result<SOCKET, c_int> {
    crate::support::calls::stay_started();
    match ws2_socket(family, kind, protocol) {
        SOCKET::MAX => Err(WSAGetLastError()),
        s => Ok(s),
    }
}

/// `struct ip_mreq`.
pub(crate) fn membership(group: &str, interface: &str) -> Vec<u8> {
    let octets = |text: &str| text.parse::<std::net::Ipv4Addr>().unwrap().octets();
    [octets(group), octets(interface)].concat()
}

/// `struct ipv6_mreq`.
pub(crate) fn membership6(group: &str, interface: u32) -> Vec<u8> {
    let group = group.parse::<std::net::Ipv6Addr>().unwrap().octets();
    [&group[..], &interface.to_ne_bytes()].concat()
}

/// `struct group_req`, or with a source `struct group_source_req`.
pub(crate) fn group_request(interface: u32, group: SocketAddr, source: Option<SocketAddr>) -> Vec<u8> {
    let mut bytes = [interface.to_ne_bytes(), [0; 4]].concat();
    for (number, address) in [Some(group), source].into_iter().flatten().enumerate() {
        bytes.extend(windows(address));
        bytes.resize(8 + 128 * (number + 1), 0);
    }
    bytes
}
