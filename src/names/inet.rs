//! Addresses of IPv4 and IPv6 as text, read and written by Windows' rules.
//!
//! Where those are also the rules of Rust's library, that does the work; where they differ, the function says how.

mod show;
#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

pub use show::{ShowV4, ShowV6};

use crate::sys::room::{self, Made};

/// `INADDR_NONE`: what `inet_addr` gives for a text that is no address.
pub const INADDR_NONE: u32 = u32::MAX;

/// Reads an address as `inet_addr` does: one to four numbers, each decimal, octal (`0…`) or hexadecimal (`0x…`),
/// of which the last fills the bytes that are left. A blank after a number ends the address, whatever follows;
/// a text of one space is 0.0.0.0 (A1).
#[must_use]
pub fn parse_classic(text: &[u8]) -> Option<Ipv4Addr> {
    if text == b" " {
        return Some(Ipv4Addr::UNSPECIFIED);
    }
    match numbers_and_dots(text, Overflow::Refused)? {
        (address, [] | [b' ' | b'\t'..=b'\r', ..]) => Some(address),
        _ => None,
    }
}

/// Reads the number of a network as `inet_network` does: one to four numbers of one byte each, decimal, octal (`0…`) or
/// hexadecimal (`0x…`), of which the last is the lowest. In this machine's order.
#[must_use]
pub fn parse_network(text: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(text).ok()?;
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    parts.into_iter().try_fold(0, |number: u32, part| {
        let byte = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
            Some(digits) => u8::from_str_radix(digits, 16),
            None if part.len() > 1 && part.starts_with('0') => u8::from_str_radix(part, 8),
            None => part.parse(),
        };
        // A sign is no digit.
        let byte = byte.ok().filter(|_| !part.contains('+'))?;
        Some(number << 8 | u32::from(byte))
    })
}

/// Reads an address as `inet_pton` does for IPv4: four decimal numbers without leading zeros (A2), which
/// is what Rust's library takes.
#[must_use]
pub fn parse_v4(text: &[u8]) -> Option<Ipv4Addr> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Reads an address as `inet_pton` does for IPv6: without scope and brackets. Other than Rust's library, Windows
/// takes leading zeros in the IPv4 form of the last 32 bits, up to three digits a number.
#[must_use]
pub fn parse_v6(text: &[u8]) -> Option<Ipv6Addr> {
    let text = std::str::from_utf8(text).ok()?;
    let tail = text.rfind(':')? + 1;
    match text.split_at_checked(tail)? {
        (head, tail) if tail.contains('.') => format!("{head}{}", zero_padded_v4(tail)?).parse().ok(),
        _ => text.parse().ok(),
    }
}

/// The address of IPv4 that a text begins with, by the rules of [`parse_v4`], and whether that is all of it (X15).
#[must_use]
pub fn begins_v4(text: &[u8]) -> Option<(Ipv4Addr, bool)> {
    let mut dots = 0;
    let goes_on = |byte: &u8| {
        dots += i32::from(*byte == b'.');
        byte.is_ascii_digit() || (*byte == b'.' && dots <= 3)
    };
    let found = begins(text, goes_on, parse_v4);
    // A number that begins with 0x is none, so nothing was read of it.
    found.filter(|_| !text.windows(3).any(|three| matches!(three, [b'.', b'0', b'x' | b'X'])))
}

/// The same for IPv6, by the rules of [`parse_v6`].
#[must_use]
pub fn begins_v6(text: &[u8]) -> Option<(Ipv6Addr, bool)> {
    begins(text, |byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'), parse_v6)
}

fn begins<T>(
    text: &[u8],
    goes_on: impl FnMut(&u8) -> bool,
    parse: impl FnOnce(&[u8]) -> Option<T>,
) -> Option<(T, bool)> {
    let mut goes_on = goes_on;
    let end = text.iter().position(|byte| !goes_on(byte)).unwrap_or(text.len());
    let (address, rest) = text.split_at_checked(end)?;
    Some((parse(address)?, rest.is_empty()))
}

/// Four decimal numbers of up to three digits, zeros in front included.
fn zero_padded_v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then(|| octets.into())
}

/// What was read of a socket's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint<S, A> {
    /// All of it.
    Whole(S),
    /// The host; what follows it makes the text none (X15).
    Host(A),
}

impl<S, A> Endpoint<S, A> {
    /// All of it, or nothing.
    pub fn whole(self) -> Option<S> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Host(_) => None,
        }
    }
}

/// Reads an address with an optional port as `WSAStringToAddress` does for IPv4: numbers and dots as in
/// [`parse_classic`], then nothing or `:` and a port that is not 0, in any of the three bases.
#[must_use]
pub fn parse_endpoint_v4(text: &[u8]) -> Option<Endpoint<SocketAddrV4, Ipv4Addr>> {
    let (address, rest) = numbers_and_dots(text, Overflow::Wraps)?;
    let port = match rest {
        [] => Some(0),
        [b':', port @ ..] => self::port(port).filter(|port| *port != 0),
        _ => None,
    };
    Some(port.map_or(Endpoint::Host(address), |port| Endpoint::Whole(SocketAddrV4::new(address, port))))
}

/// Reads an address as `WSAStringToAddress` does for IPv6: `::1`, `::1%3`, `[::1]`, `[::1%3]:80`. The scope is a
/// decimal number, the port is in any of the three bases.
#[must_use]
pub fn parse_endpoint_v6(text: &[u8]) -> Option<Endpoint<SocketAddrV6, Ipv6Addr>> {
    let in_brackets = text.strip_prefix(b"[");
    let (address, _) = begins_v6(in_brackets.unwrap_or(text))?;
    Some(whole_endpoint_v6(text).map_or(Endpoint::Host(address), Endpoint::Whole))
}

fn whole_endpoint_v6(text: &[u8]) -> Option<SocketAddrV6> {
    let (host, port) = match text {
        [b'[', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b']')?;
            match rest.split_at_checked(end)? {
                (host, [_]) => (host, 0),
                (host, [_, b':', port @ ..]) => (host, self::port(port)?),
                _ => return None,
            }
        }
        _ => (text, 0),
    };
    let (address, scope) = match host.iter().position(|byte| *byte == b'%') {
        Some(at) => (host.get(..at)?, decimal(host.get(at + 1..)?)?),
        None => (host, 0),
    };
    Some(SocketAddrV6::new(parse_v6(address)?, port, 0, scope))
}

/// A number of decimal digits alone.
fn decimal(digits: &[u8]) -> Option<u32> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn port(text: &[u8]) -> Option<u16> {
    match number(text)? {
        Number { value, overflowed: false, rest: [] } => u16::try_from(value).ok(),
        _ => None,
    }
}

/// What a number means that does not fit 32 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Overflow {
    Refused,
    /// Only its last 32 bits count, as `WSAStringToAddress` has it.
    Wraps,
}

/// Reads one to four numbers with dots between them; gives the address and what follows it.
fn numbers_and_dots(text: &[u8], overflow: Overflow) -> Option<(Ipv4Addr, &[u8])> {
    let mut leading = 0_u32;
    let mut rest = text;
    for bytes_left in (1..=4_u32).rev() {
        let number = number(rest)?;
        if number.overflowed && overflow == Overflow::Refused {
            return None;
        }
        match number.rest {
            [b'.', after @ ..] if bytes_left > 1 => {
                let byte = u8::try_from(number.value).ok()?;
                leading = leading << 8 | u32::from(byte);
                rest = after;
            }
            after => {
                // The last number fills the bytes that are left; with all four left it is the address.
                let bits = 8 * bytes_left;
                let leading = leading.checked_shl(bits).unwrap_or(0);
                let fits = number.value.checked_shr(bits).unwrap_or(0) == 0;
                return fits.then(|| (Ipv4Addr::from_bits(leading | number.value), after));
            }
        }
    }
    None
}

/// A number as C writes it.
struct Number<'a> {
    /// Its last 32 bits.
    value: u32,
    overflowed: bool,
    /// What follows it.
    rest: &'a [u8],
}

/// Reads a number as far as the digits of its base go: `0x` and hexadecimal, `0` and octal, or decimal.
fn number(text: &[u8]) -> Option<Number<'_>> {
    let (base, digits) = match text {
        [b'0', b'x' | b'X', digits @ ..] => (16, digits),
        [b'0', ..] => (8, text),
        _ => (10, text),
    };
    let mut value = 0_u32;
    let mut overflowed = false;
    let mut rest = digits;
    while let [byte, after @ ..] = rest
        && let Some(digit) = char::from(*byte).to_digit(base)
    {
        overflowed |= value.checked_mul(base).and_then(|value| value.checked_add(digit)).is_none();
        value = value.wrapping_mul(base).wrapping_add(digit);
        rest = after;
    }
    (rest.len() < digits.len()).then_some(Number { value, overflowed, rest })
}

/// A text of 16-bit characters in bytes; what is not ASCII becomes `?`, which no address holds.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn narrow(text: &[u16]) -> Made<Vec<u8>> {
    let byte = |unit: &u16| u8::try_from(*unit).ok().filter(u8::is_ascii).unwrap_or(b'?');
    room::list(text.iter().map(byte))
}
