//! What a datagram socket does not want to hear: broadcasts (IP_RECEIVE_BROADCAST), and what comes by other interfaces
//! than those of a list (IP_IFLIST and its family). Linux has no such options, but runs a filter on what arrives.

use super::form::{Answer, Form};
use super::numbers::{self as n, IPPROTO_IP, IPPROTO_IPV6};
use super::{NO_OPTION, Target, refused};
use crate::descriptor::{self, Record};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::bytes::{self, Bytes};
use crate::socket::companion;
use crate::sys::net::filter;
use crate::sys::{Fd, room};

/// Whether an option belongs here. The names of the list are the same for both protocols.
pub(super) const fn is_one(level: i32, name: i32) -> bool {
    match name {
        n::IP_RECEIVE_BROADCAST => level == IPPROTO_IP,
        n::IP_IFLIST | n::IP_ADD_IFLIST | n::IP_DEL_IFLIST | n::IP_GET_IFLIST => {
            level == IPPROTO_IP || level == IPPROTO_IPV6
        }
        _ => false,
    }
}

/// X11: a stream is told `WSAEINVAL`. What raw sockets hear is what Linux lets them hear.
fn check(target: Target) -> Result<(), Failure> {
    match target.kind {
        libc::SOCK_DGRAM => Ok(()),
        libc::SOCK_STREAM => Err(WsaError::WSAEINVAL.because("an option of datagram sockets")),
        _ => Err(NO_OPTION),
    }
}

/// Sets an option.
pub(super) fn set(target: Target, name: i32, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    check(target)?;
    if name == n::IP_GET_IFLIST {
        return Err(WsaError::WSAENOPROTOOPT.because("the option can only be read"));
    }
    let form = if name == n::IP_RECEIVE_BROADCAST { Form::Flag } else { Form::Whole };
    let number = form.parse(value?)?;
    let before = descriptor::read(target.fd).unwrap_or_default();
    let mut after = before.clone();
    change(&mut after, name, number)?;
    let Record { no_broadcasts, only_interfaces, .. } = after;
    hear(target.fd, &after)?;
    let noted = descriptor::change(target.fd, |record| {
        record.change_special(|special| {
            special.interfaces = room::copy(&after.special().interfaces)?;
            Ok(())
        })?;
        record.no_broadcasts = no_broadcasts;
        record.only_interfaces = only_interfaces;
        Ok(())
    });
    if let Err(errno) = noted {
        hear(target.fd, &before)?;
        return Err(errno.into());
    }
    if name == n::IP_RECEIVE_BROADCAST {
        companion::broadcasts(target.fd, !no_broadcasts)
    } else {
        companion::renew(target.fd)
    }
}

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for the list of interfaces");

fn hear(fd: Fd, record: &Record) -> Result<(), Failure> {
    let only = record.only_interfaces.then_some(record.special().interfaces.as_slice());
    filter::set_hearing(fd, record.no_broadcasts, only).map_err(refused)
}

fn change(record: &mut Record, name: i32, number: u32) -> Result<(), Failure> {
    const NONE: Failure = WsaError::WSAEINVAL.because("no interface has the number 0");
    match name {
        n::IP_RECEIVE_BROADCAST => record.no_broadcasts = number == 0,
        n::IP_IFLIST => record.only_interfaces = number != 0,
        _ if number == 0 => return Err(NONE),
        n::IP_ADD_IFLIST if record.special().interfaces.contains(&number) => {}
        n::IP_ADD_IFLIST if record.special().interfaces.len() >= filter::MOST_INTERFACES => {
            return Err(WsaError::WSAENOBUFS.because("more interfaces than a filter holds"));
        }
        n::IP_ADD_IFLIST => record
            .change_special(|special| room::push(&mut special.interfaces, number))
            .map_err(|_| NO_MEMORY)?,
        _ if !record.special().interfaces.contains(&number) => {
            return Err(WsaError::WSAEADDRNOTAVAIL.because("the interface is not in the list"));
        }
        _ => record
            .change_special(|special| {
                special.interfaces.retain(|listed| *listed != number);
                Ok(())
            })
            .map_err(|_| NO_MEMORY)?,
    }
    Ok(())
}

/// Reads an option.
pub(super) fn get(target: Target, name: i32, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    check(target)?;
    let record = descriptor::read(target.fd).unwrap_or_default();
    match name {
        n::IP_RECEIVE_BROADCAST => Ok(Form::Flag.print(u32::from(!record.no_broadcasts), room?)),
        n::IP_IFLIST => Ok(Form::Whole.print(u32::from(record.only_interfaces), room?)),
        n::IP_GET_IFLIST => {
            let mut bytes = Bytes::new();
            for number in &record.special().interfaces {
                bytes::add(&mut bytes, &number.to_ne_bytes())?;
            }
            Answer::whole(&bytes, room?)
        }
        _ => Err(WsaError::WSAENOPROTOOPT.because("the option can only be set")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_interfaces() {
        let mut record = Record::default();
        let mut told = |name, number| change(&mut record, name, number).map_err(|failure| failure.code);
        assert_eq!(told(n::IP_ADD_IFLIST, 3), Ok(()));
        assert_eq!(told(n::IP_ADD_IFLIST, 3), Ok(()));
        assert_eq!(told(n::IP_ADD_IFLIST, 5), Ok(()));
        assert_eq!(told(n::IP_ADD_IFLIST, 0), Err(WsaError::WSAEINVAL));
        assert_eq!(told(n::IP_DEL_IFLIST, 4), Err(WsaError::WSAEADDRNOTAVAIL));
        assert_eq!(told(n::IP_DEL_IFLIST, 3), Ok(()));
        assert_eq!(told(n::IP_IFLIST, 1), Ok(()));
        assert_eq!(told(n::IP_RECEIVE_BROADCAST, 0), Ok(()));
        assert_eq!(
            (record.special().interfaces.clone(), record.only_interfaces, record.no_broadcasts),
            (vec![5], true, true)
        );
    }
}
