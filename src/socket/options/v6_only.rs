//! IPV6_V6ONLY (X4). Linux takes it before the socket is bound, and on sockets of IPv6; Windows takes it on those at any
//! time, and knows it of a socket of IPv4, too. What the kernel does not take is remembered and read back, and changes
//! nothing: a socket that is bound keeps the families it was bound with.

use super::form::{Answer, Form};
use super::numbers::{IPPROTO_IPV6, IPV6_V6ONLY};
use super::{NO_OPTION, Target, refused};
use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::naming;
use crate::sys::net::option;
use crate::windows::abi::{AF_INET, AF_INET6};

/// Sets it.
pub(super) fn set(target: Target, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    let family = target.family()?;
    let number = Form::Byte.parse(value?)?;
    match family {
        AF_INET if naming::getsockname(target.fd).is_ok() => {
            return Err(WsaError::WSAEINVAL.because("the socket is of IPv4, and bound"));
        }
        AF_INET => {}
        AF_INET6 => {
            let told = option::set(target.fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, number.cast_signed());
            match told {
                Err(errno) if errno.number() == libc::EINVAL => {}
                result => result.map_err(refused)?,
            }
        }
        _ => return Err(NO_OPTION),
    }
    Ok(descriptor::change(target.fd, |record| record.remember(IPPROTO_IPV6, IPV6_V6ONLY, number))?)
}

/// Reads it; 1 on a socket that is new.
pub(super) fn get(target: Target, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    let family = target.family()?;
    let room = room?;
    let own = descriptor::read(target.fd).and_then(|record| record.recalled(IPPROTO_IPV6, IPV6_V6ONLY));
    let number = match (family, own) {
        (AF_INET | AF_INET6, Some(own)) => own,
        (AF_INET, None) => 1,
        (AF_INET6, None) => option::get_int(target.fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY)
            .map_err(refused)?
            .cast_unsigned(),
        _ => return Err(NO_OPTION),
    };
    Ok(Form::Byte.print(number, room))
}
