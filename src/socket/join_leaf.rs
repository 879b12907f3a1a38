//! `WSAJoinLeaf`: a datagram socket joins a group.

use std::net::IpAddr;

use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::bytes;
use crate::socket::options;
use crate::socket::options::numbers::{IP_ADD_MEMBERSHIP, IPPROTO_IP, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP};
use crate::sys::Address;

/// `JL_SENDER_ONLY`, `JL_RECEIVER_ONLY`, `JL_BOTH`.
const SENDER_ONLY: u32 = 1;
const RECEIVER_ONLY: u32 = 2;
const BOTH: u32 = 4;

/// Joins the group, unless the socket is only to send to it, which needs no joining.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket. `WSAEOPNOTSUPP`: a stream socket.
/// * `WSAEINVAL`: no group's address, or no such flag.
/// * What joining a group fails with: `WSAEADDRNOTAVAIL`, `WSAENOBUFS`.
pub fn join(socket: usize, group: &Address, flags: u32) -> Result<(), Failure> {
    let fd = descriptor::of(socket)?;
    if descriptor::is_stream(fd)? {
        return Err(WsaError::WSAEOPNOTSUPP.because("only a datagram socket joins a group"));
    }
    if !matches!(flags, SENDER_ONLY | RECEIVER_ONLY | BOTH) {
        return Err(
            WsaError::WSAEINVAL.because("dwFlags is none of JL_SENDER_ONLY, JL_RECEIVER_ONLY, JL_BOTH")
        );
    }
    let (level, name, request) = match group.ip() {
        Some(IpAddr::V4(v4)) if v4.is_multicast() => {
            (IPPROTO_IP, IP_ADD_MEMBERSHIP, bytes::of([v4.octets(), [0; 4]].as_flattened())?)
        }
        Some(IpAddr::V6(v6)) if v6.is_multicast() => {
            let mut request = bytes::of(&v6.octets())?;
            bytes::add(&mut request, &group.scope().to_ne_bytes())?;
            (IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, request)
        }
        _ => return Err(WsaError::WSAEINVAL.because("no group's address")),
    };
    if flags == SENDER_ONLY { Ok(()) } else { options::set(socket, level, name, Ok(&request)) }
}
