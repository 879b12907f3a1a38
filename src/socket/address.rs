//! Socket addresses between Windows' form and Linux's. Only the number of the family differs: `AF_INET6` is 23
//! on Windows and 10 on Linux.

use crate::descriptor::Identity;
use crate::descriptor::family::{self, Family};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::option;
use crate::sys::{Address, Fd, UserAddress};
use crate::windows::abi;

/// Linux's number for a family of Windows; none where Linux has no such family or this library does not offer it.
#[must_use]
pub const fn family_to_linux(family: i32) -> Option<i32> {
    match family {
        abi::AF_UNSPEC => Some(libc::AF_UNSPEC),
        abi::AF_UNIX => Some(libc::AF_UNIX),
        abi::AF_INET => Some(libc::AF_INET),
        abi::AF_INET6 => Some(libc::AF_INET6),
        _ => None,
    }
}

/// Windows' number for a family of Linux. Families that only Linux has keep their number.
#[must_use]
pub const fn family_to_windows(family: i32) -> i32 {
    match family {
        libc::AF_INET6 => abi::AF_INET6,
        other => other,
    }
}

/// The least number of bytes in an address of a family of Windows; 0 where there is no such family.
#[must_use]
pub const fn least_len(family: i32) -> usize {
    match family {
        abi::AF_UNSPEC | abi::AF_INET => 16,
        abi::AF_INET6 => 28,
        abi::AF_UNIX => 2,
        _ => 0,
    }
}

const TOO_SHORT: Failure =
    WsaError::WSAEFAULT.because("the address is shorter than its family's addresses are");

/// An address of Windows in Linux's form.
///
/// # Errors
/// * `WSAEFAULT`: shorter than its family's addresses are, or longer than any.
/// * `WSAEAFNOSUPPORT`: a family that is not supported.
pub fn from_windows(bytes: &[u8]) -> Result<Address, Failure> {
    let [low, high, ..] = bytes else { return Err(TOO_SHORT) };
    let family = i32::from(u16::from_ne_bytes([*low, *high]));
    let linux = family_to_linux(family)
        .and_then(|family| u16::try_from(family).ok())
        .ok_or(WsaError::WSAEAFNOSUPPORT.because("the address is of a family that is not supported"))?;
    if bytes.len() < least_len(family) {
        return Err(TOO_SHORT);
    }
    // Linux takes no bytes beyond an IP address; Windows takes any number, as long as a sockaddr_storage.
    let used = if family == abi::AF_UNIX { bytes.len() } else { least_len(family) };
    let used = bytes.get(..used).unwrap_or(bytes);
    let mut address = Address::new(used)
        .map_err(|_| WsaError::WSAEFAULT.because("the address is longer than any can be"))?;
    address.set_family(linux);
    Ok(address)
}

/// The address that C gave, in Linux's form.
///
/// # Errors
/// Those of [`from_windows`]; `WSAEFAULT` for memory that cannot be read.
pub fn read(user: UserAddress<'_>) -> Result<Address, Failure> {
    user.look(from_windows).unwrap_or(Err(UNREADABLE))
}

const UNREADABLE: Failure = WsaError::WSAEFAULT.because("the address cannot be read");

/// The address that C gave for a socket, in Linux's form: its length is looked at first, and is measured by the
/// socket's family, then its own family (X24).
///
/// # Errors
/// `WSAENOTSOCK`; those of [`from_windows`]; `WSAEFAULT` for memory that cannot be read.
pub fn read_for(fd: Fd, user: UserAddress<'_>) -> Result<Address, Failure> {
    option::socket_type(fd)?;
    read_as(family::learn(fd)?, user)
}

/// The same for a socket that was just asked who it is: of one of this library's the family is known.
///
/// # Errors
/// Those of [`read_for`].
pub fn read_for_known(socket: Identity, user: UserAddress<'_>) -> Result<Address, Failure> {
    let is_ours = socket.look(|record| record.ours) == Some(true);
    read_as(if is_ours { family::of(socket.fd())? } else { family::learn(socket.fd())? }, user)
}

fn read_as(family: Family, user: UserAddress<'_>) -> Result<Address, Failure> {
    check_len(family, user)?;
    // That it cannot be read is said before what its beginning says.
    let read = user.look(from_windows).ok_or(UNREADABLE)?;
    read.map_err(|failure| another_family(family, user).unwrap_or(failure))
}

/// The length that a socket's addresses have at least.
///
/// # Errors
/// `WSAEFAULT`: shorter than that.
pub fn check_len(family: Family, user: UserAddress<'_>) -> Result<(), Failure> {
    let len = u32::try_from(user.len()).unwrap_or(0);
    if len >= family.room() { Ok(()) } else { Err(TOO_SHORT) }
}

/// Whether what is wrong with an address is that its family is not the socket's.
fn another_family(socket: Family, user: UserAddress<'_>) -> Option<Failure> {
    let own = match socket {
        Family::V4 => abi::AF_INET,
        Family::V6 => abi::AF_INET6,
        Family::Other => return None,
    };
    let [low, high] = user.beginning::<2>()?;
    let number = i32::from(u16::from_ne_bytes([low, high]));
    (number != own && number != abi::AF_UNSPEC).then_some(ANOTHER_FAMILY)
}

/// The answer to an address of another family than the socket's.
pub const ANOTHER_FAMILY: Failure =
    WsaError::WSAEAFNOSUPPORT.because("the address is of another family than the socket");

/// The address that C gave, in Linux's form, if it is one of IPv6; the quick way for those.
#[must_use]
#[inline(always)]
pub fn read_ipv6(user: UserAddress<'_>) -> Option<[u8; 28]> {
    let mut bytes = user.beginning::<28>()?;
    let [low, high, ..] = &mut bytes;
    if i32::from(u16::from_ne_bytes([*low, *high])) != abi::AF_INET6 {
        return None;
    }
    [*low, *high] = IPV6;
    Some(bytes)
}

/// Linux's number of IPv6, as an address begins with it.
const IPV6: [u8; 2] = [libc::AF_INET6.to_ne_bytes()[0], libc::AF_INET6.to_ne_bytes()[1]];

/// `sizeof(struct sockaddr_un)`.
const UNIX: usize = 110;

/// An address of Linux in Windows' form. One of a path, and the absence of one, is a whole `sockaddr_un` (N8); of Linux' abstract
/// names the length is a part.
#[must_use]
pub fn to_windows(address: &Address) -> Address {
    let mut address = *address;
    if address.family() == libc::AF_UNIX && address.bytes().get(2) != Some(&0) {
        address.lengthen(UNIX);
    }
    if let Ok(family) = u16::try_from(family_to_windows(address.family()))
        && !address.is_empty()
    {
        address.set_family(family);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(family: u16, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        bytes[..2].copy_from_slice(&family.to_ne_bytes());
        bytes
    }

    #[test]
    fn families_and_lengths() {
        let rows = [
            (2, 16, Ok((libc::AF_INET, 16))),
            (2, 128, Ok((libc::AF_INET, 16))),
            (2, 15, Err(WsaError::WSAEFAULT)),
            (23, 28, Ok((libc::AF_INET6, 28))),
            (23, 27, Err(WsaError::WSAEFAULT)),
            (10, 28, Err(WsaError::WSAEAFNOSUPPORT)),
            (1, 20, Ok((libc::AF_UNIX, 20))),
            (1, 129, Err(WsaError::WSAEFAULT)),
            (6, 16, Err(WsaError::WSAEAFNOSUPPORT)),
            (65535, 16, Err(WsaError::WSAEAFNOSUPPORT)),
            (0, 16, Ok((libc::AF_UNSPEC, 16))),
        ];
        for (family, len, expected) in rows {
            let got = from_windows(&windows(family, len)).map(|a| (a.family(), a.len())).map_err(|f| f.code);
            assert_eq!(got, expected, "family {family}, {len} bytes");
        }
        assert_eq!(from_windows(&[]).map_err(|f| f.code), Err(WsaError::WSAEFAULT));
        assert_eq!(from_windows(&[2]).map_err(|f| f.code), Err(WsaError::WSAEFAULT));
    }

    #[test]
    fn there_and_back() {
        for (family, len) in [(1, 30), (2, 16), (23, 28)] {
            let bytes = windows(family, len);
            let linux = from_windows(&bytes).expect("an address");
            assert_eq!(to_windows(&linux).bytes(), bytes);
        }
    }

    #[test]
    fn n8_a_whole_sockaddr_un() {
        let none = Address::new(&[1, 0]).expect("an address");
        assert_eq!(to_windows(&none).bytes(), windows(1, UNIX));
        let path = Address::new(&[1, 0, b'/', b'a', 0]).expect("an address");
        assert_eq!(to_windows(&path).bytes()[..6], [1, 0, b'/', b'a', 0, 0]);
        assert_eq!(to_windows(&path).len(), UNIX);
        let hidden = Address::new(&[1, 0, 0, b'a']).expect("an address");
        assert_eq!(to_windows(&hidden), hidden);
    }
}
