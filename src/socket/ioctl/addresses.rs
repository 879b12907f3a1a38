//! The commands about this machine's addresses: SIO_ADDRESS_LIST_QUERY, and waiting until the list or the way to a
//! host changes (X9).

use super::{Output, Refused, route};
use crate::descriptor::family::{self, Family};
use crate::descriptor::wait;
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::to_windows;
use crate::socket::bytes::{self, Bytes};
use crate::socket::options::numbers as n;
use crate::sys::net::changes::{self, What};
use crate::sys::net::interfaces;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Errno, Fd, room};

/// A `SOCKET_ADDRESS_LIST`: the count, then a `SOCKET_ADDRESS` of 16 bytes for each, then the addresses that those
/// point to.
pub(super) fn list(fd: Fd, output: Output) -> Result<Bytes, Refused> {
    const COUNT: usize = 8;
    if output.room > 0 && output.room < COUNT {
        return Err(WsaError::WSAEINVAL.because("no room for the count of addresses").into());
    }
    let found = to_bind(family::learn(fd)?)?;
    let whole = COUNT + found.iter().map(|address| 16 + address.len()).sum::<usize>();
    if output.at == 0 || output.room < whole {
        return Err(Refused::wants(whole));
    }
    Ok(layout(&found, output.at)?)
}

fn layout(found: &[Address], at: usize) -> Result<Bytes, Failure> {
    let count = u32::try_from(found.len()).unwrap_or(0);
    let mut bytes = bytes::of(&u64::from(count).to_ne_bytes())?;
    let mut behind = at + bytes.len() + 16 * found.len();
    for address in found {
        bytes::add(&mut bytes, &behind.to_ne_bytes())?;
        bytes::add(&mut bytes, &(address.len() as u64).to_ne_bytes())?;
        behind += address.len();
    }
    for address in found {
        bytes::add(&mut bytes, to_windows(address).bytes())?;
    }
    Ok(bytes)
}

/// The addresses of a family that a socket can be bound to; that of the loopback only where there is no other.
fn to_bind(wanted: Family) -> Result<Vec<Address>, Errno> {
    let (mut others, mut loopback) = (Vec::new(), Vec::new());
    for local in interfaces::all()? {
        if Family::from_linux(local.address.family()) == wanted {
            let is_loopback = local.flags & libc::IFF_LOOPBACK.cast_unsigned() != 0;
            let list = if is_loopback { &mut loopback } else { &mut others };
            room::push(list, local.address).map_err(|_| Errno::new(libc::ENOBUFS))?;
        }
    }
    Ok(if others.is_empty() { loopback } else { others })
}

/// SIO_ADDRESS_LIST_CHANGE: ends when the list has changed.
pub(super) fn wait_for_change(fd: Fd) -> Result<Bytes, Failure> {
    wait(fd, list_of(fd)?, || Ok(true))
}

fn list_of(fd: Fd) -> Result<What, Errno> {
    Ok(match family::learn(fd)? {
        Family::V6 => What::AddressesOfIpv6,
        _ => What::Addresses,
    })
}

/// SIO_ROUTING_INTERFACE_CHANGE: ends when a host is reached from another address than before, or not any more.
pub(super) fn wait_for_another_way(fd: Fd, to: &Address) -> Result<Bytes, Failure> {
    let before = route(*to).ok();
    wait(fd, What::Ways, || Ok(route(*to).ok() != before))
}

fn wait(fd: Fd, what: What, mut changed: impl FnMut() -> Result<bool, Failure>) -> Result<Bytes, Failure> {
    if descriptor::nonblocking(fd)? {
        return Err(WsaError::WSAEWOULDBLOCK.because("non-blocking, and nothing has changed so far"));
    }
    let waiting = Waiting::register(fd, descriptor::epoch())?;
    let news = changes::watch(what)?;
    let result = loop {
        match wait::for_news(&waiting, news) {
            Ok(()) => changes::take(news),
            Err(failure) => break Err(failure),
        }
        match changed() {
            Ok(false) => {}
            Ok(true) => break Ok(Bytes::new()),
            Err(failure) => break Err(failure),
        }
    };
    sys::close(news);
    result
}

/// A change that a program asks to be told of without waiting.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    what: What,
    /// A host, and the address from which it was reached.
    way: Option<(Address, Option<Address>)>,
}

impl Change {
    /// What a command asks for, if it asks for a change at all.
    #[must_use]
    pub fn asked(fd: Fd, command: i32, input: &[u8]) -> Option<Self> {
        match command {
            n::SIO_ADDRESS_LIST_CHANGE => Some(Self { what: list_of(fd).ok()?, way: None }),
            n::SIO_ROUTING_INTERFACE_CHANGE => {
                let to = super::destination(input).ok()?;
                Some(Self { what: What::Ways, way: Some((to, route(to).ok())) })
            }
            _ => None,
        }
    }

    /// 0 for the list of addresses, 1 for a way.
    #[must_use]
    pub const fn place(&self) -> usize {
        if self.way.is_none() { 0 } else { 1 }
    }

    /// A descriptor that becomes readable when it may have happened; to be closed.
    ///
    /// # Errors
    /// The kernel's error.
    pub fn watch(&self) -> Result<Fd, Errno> {
        changes::watch(self.what)
    }

    /// Whether it has happened, when the descriptor has become readable.
    #[must_use]
    pub fn has_happened(&self) -> bool {
        self.way.is_none_or(|(to, before)| route(to).ok() != before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_points_into_itself() {
        let one = Address::of([192, 0, 2, 1].into(), 0).unwrap();
        let two = Address::of([192, 0, 2, 2].into(), 0).unwrap();
        let bytes = layout(&[one, two], 0x1000).unwrap();
        assert_eq!(bytes.len(), 8 + 2 * 16 + 2 * 16);
        let word = |at: usize| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap());
        assert_eq!([0, 8, 16, 24, 32].map(word), [2, 0x1000 + 40, 16, 0x1000 + 56, 16]);
        assert_eq!(bytes[40..48], [2, 0, 0, 0, 192, 0, 2, 1]);
        assert_eq!(layout(&[], 0x1000).unwrap()[..], [0; 8]);
    }
}
