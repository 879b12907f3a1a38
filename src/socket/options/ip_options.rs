//! IP_OPTIONS: what goes into the IPv4 header of every packet beside the usual fields, up to 40 bytes (X18).

use super::form::{Answer, TOO_SHORT};
use super::{Target, refused};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::option;

/// The room for options in a header of IPv4.
const MOST: usize = 40;

/// Sets them; no bytes take them away.
pub(super) fn set(target: Target, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    let value = value?;
    if value.len() > MOST {
        return Err(WsaError::WSAEINVAL.because("more than the 40 bytes that an IPv4 header has room for"));
    }
    option::set_bytes(target.fd, libc::IPPROTO_IP, libc::IP_OPTIONS, value).map_err(refused)
}

/// Reads them: nothing on a new socket.
pub(super) fn get(target: Target, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    let room = room?;
    let mut bytes = [0; MOST];
    let len =
        option::get_bytes(target.fd, libc::IPPROTO_IP, libc::IP_OPTIONS, &mut bytes).map_err(refused)?;
    let bytes = bytes.get(..len).ok_or(TOO_SHORT)?;
    Answer::whole(bytes, room)
}
