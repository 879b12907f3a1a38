//! TCP_ICMP_ERROR_INFO: which message of ICMP ended a `connect`.

use super::form::Answer;
use super::{NO_OPTION, Target};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::to_windows;
use crate::sys::net::error_queue;

/// `sizeof(ICMP_ERROR_INFO)`: a `SOCKADDR_INET`, the protocol, type and code.
const LEN: usize = 36;
/// `sizeof(SOCKADDR_INET)`.
const ADDRESS: usize = 28;

/// Reads it, which takes it: the kernel tells each message once.
pub(super) fn get(target: Target, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    if !target.is_stream() {
        return Err(NO_OPTION);
    }
    let room = room?;
    if room < LEN {
        return Ok(Answer::whole(&[0; LEN], room));
    }
    let Some(message) = error_queue::take_icmp(target.fd)? else {
        return Err(WsaError::WSAENOTCONN.because("no message of ICMP has ended a connect on the socket"));
    };
    let mut bytes = to_windows(&message.from).bytes().to_vec();
    bytes.resize(ADDRESS, 0);
    let protocol = if message.is_ipv6 { libc::IPPROTO_ICMPV6 } else { libc::IPPROTO_ICMP };
    bytes.extend_from_slice(&protocol.to_ne_bytes());
    bytes.extend_from_slice(&[message.kind, message.code, 0, 0]);
    Ok(Answer::whole(&bytes, room))
}
