//! SO_BSP_STATE: a socket's addresses, type and protocol as one `CSADDR_INFO`, of which the pointers lead into the same memory.

use super::form::Answer;
use super::{NO_OPTION, Target};
use crate::descriptor::family::{self, Family};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::to_windows;
use crate::socket::bytes::{self, Bytes};
use crate::socket::naming::{getpeername, getsockname};
use crate::sys::Address;
use crate::sys::net::option;

/// The size of `CSADDR_INFO`: two times a pointer and a length, and two numbers.
const HEAD: usize = 40;

/// Reads the option, for so much room at `at`.
pub(super) fn get(target: Target, at: usize, room: usize) -> Result<Answer, Failure> {
    if !matches!(family::learn(target.fd)?, Family::V4 | Family::V6) {
        return Err(NO_OPTION);
    }
    let unless = |code, name: Result<Address, Failure>| match name {
        Ok(name) => Ok(Some(to_windows(&name))),
        Err(failure) if failure.code == code => Ok(None),
        Err(failure) => Err(failure),
    };
    // Windows leaves out what there is not yet.
    let local = unless(WsaError::WSAEINVAL, getsockname(target.fd))?;
    let peer = unless(WsaError::WSAENOTCONN, getpeername(target.fd))?;
    let protocol = option::get_int(target.fd, libc::SOL_SOCKET, libc::SO_PROTOCOL)?;
    let mut head = Bytes::new();
    let mut behind = Bytes::new();
    for name in [&local, &peer] {
        let name = name.as_ref().map_or(&[][..], Address::bytes);
        let place = if name.is_empty() { 0 } else { at.wrapping_add(HEAD + behind.len()) };
        bytes::add(&mut head, &place.to_ne_bytes())?;
        bytes::add(&mut head, &(name.len() as u64).to_ne_bytes())?;
        bytes::add(&mut behind, name)?;
        // The next address is aligned, too.
        let used = behind.len();
        bytes::fill_up(&mut behind, used.next_multiple_of(8))?;
    }
    bytes::add(&mut head, &target.kind.to_ne_bytes())?;
    bytes::add(&mut head, &protocol.to_ne_bytes())?;
    bytes::add(&mut head, &behind)?;
    Answer::whole(&head, room)
}
