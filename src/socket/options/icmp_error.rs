//! TCP_ICMP_ERROR_INFO: which message of ICMP ended a `connect`.

use super::form::Answer;
use super::{NO_OPTION, Target};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::to_windows;
use crate::socket::bytes;
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
        return Answer::whole(&[0; LEN], room);
    }
    let Some(message) = error_queue::take_icmp(target.fd)? else {
        return Err(WsaError::WSAENOTCONN.because("no message of ICMP has ended a connect on the socket"));
    };
    let mut bytes = bytes::of(to_windows(&message.from).bytes())?;
    bytes::fill_up(&mut bytes, ADDRESS)?;
    let protocol = if message.is_ipv6 { libc::IPPROTO_ICMPV6 } else { libc::IPPROTO_ICMP };
    bytes::add(&mut bytes, &protocol.to_ne_bytes())?;
    bytes::add(&mut bytes, &[message.kind, message.code, 0, 0])?;
    Answer::whole(&bytes, room)
}
