//! Arguments as the trace shows them: addresses, families, options, values, commands by their names.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use crate::socket::options::numbers;
use crate::sys::UserAddress;
use crate::windows::abi;

/// An address in C's memory, as far as it can be read: `127.0.0.1:80`.
pub(in crate::ffi) struct Peer {
    /// Where.
    pub(in crate::ffi) at: usize,
    /// How long C says that it is.
    pub(in crate::ffi) len: i32,
}

impl Peer {
    pub(in crate::ffi) fn new<T>(name: *const T, len: i32) -> Self {
        Self { at: name.expose_provenance(), len }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        // SAFETY: the pointer of a call that is traced; nobody unmaps it meanwhile.
        unsafe { UserAddress::new(self.at, self.len.max(0)) }.look(<[u8]>::to_vec)
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at == 0 {
            return f.write_str("NULL");
        }
        let Some(bytes) = self.bytes().filter(|_| self.len >= 0) else {
            return write!(f, "{:#x}, {} bytes", self.at, self.len);
        };
        show_address(&bytes, f)
    }
}

/// An address in Windows' layout.
pub(in crate::ffi) fn show_address(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let number = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk::<2>).copied();
    let port = u16::from_be_bytes(number(2).unwrap_or_default());
    let family = i32::from(u16::from_ne_bytes(number(0).unwrap_or_default()));
    let v4 = bytes.get(4..).and_then(<[u8]>::first_chunk::<4>);
    let v6 = bytes.get(8..).and_then(<[u8]>::first_chunk::<16>);
    let scope = bytes.get(24..).and_then(<[u8]>::first_chunk::<4>).copied().unwrap_or_default();
    match (family, v4, v6) {
        (abi::AF_INET, Some(v4), _) => write!(f, "{}", SocketAddrV4::new(Ipv4Addr::from(*v4), port)),
        (abi::AF_INET6, _, Some(v6)) => {
            write!(f, "{}", SocketAddrV6::new(Ipv6Addr::from(*v6), port, 0, u32::from_ne_bytes(scope)))
        }
        (abi::AF_UNIX, ..) => {
            let path = bytes.get(2..).unwrap_or_default();
            let end = path.iter().position(|byte| *byte == 0).unwrap_or(path.len());
            f.write_str("unix:")?;
            // One after the other: a text that is mended takes memory.
            for chunk in path.get(..end).unwrap_or_default().utf8_chunks() {
                let replacement = if chunk.invalid().is_empty() { "" } else { "\u{fffd}" };
                write!(f, "{}{replacement}", chunk.valid())?;
            }
            Ok(())
        }
        _ => write!(f, "an address of family {family}, {} bytes", bytes.len()),
    }
}

/// A number by its name, where it has one.
pub(in crate::ffi) struct Named {
    name: Option<&'static str>,
    number: i32,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => f.write_str(name),
            None if (0..256).contains(&self.number) => write!(f, "{}", self.number),
            None => write!(f, "{:#x}", self.number),
        }
    }
}

fn named(table: &[(i32, &'static str)], number: i32) -> Named {
    Named { name: table.iter().find(|(of, _)| *of == number).map(|(_, name)| *name), number }
}

pub(in crate::ffi) fn family(number: i32) -> Named {
    let table = [(0, "AF_UNSPEC"), (1, "AF_UNIX"), (2, "AF_INET"), (23, "AF_INET6"), (32, "AF_BTH")];
    named(&table, number)
}

pub(in crate::ffi) fn kind(number: i32) -> Named {
    let table =
        [(1, "SOCK_STREAM"), (2, "SOCK_DGRAM"), (3, "SOCK_RAW"), (4, "SOCK_RDM"), (5, "SOCK_SEQPACKET")];
    named(&table, number)
}

pub(in crate::ffi) fn protocol(number: i32) -> Named {
    let table = [(1, "IPPROTO_ICMP"), (6, "IPPROTO_TCP"), (17, "IPPROTO_UDP"), (58, "IPPROTO_ICMPV6")];
    named(&table, number)
}

pub(in crate::ffi) fn how(number: i32) -> Named {
    named(&[(abi::SD_RECEIVE, "SD_RECEIVE"), (abi::SD_SEND, "SD_SEND"), (abi::SD_BOTH, "SD_BOTH")], number)
}

pub(in crate::ffi) fn level(number: i32) -> Named {
    let table = [
        (numbers::SOL_SOCKET, "SOL_SOCKET"),
        (numbers::IPPROTO_IP, "IPPROTO_IP"),
        (numbers::IPPROTO_TCP, "IPPROTO_TCP"),
        (numbers::IPPROTO_UDP, "IPPROTO_UDP"),
        (numbers::IPPROTO_IPV6, "IPPROTO_IPV6"),
    ];
    named(&table, number)
}

/// The number among those whose names begin so.
fn among(beginnings: &[&str], number: i32) -> Named {
    let mut all = numbers::ALL.iter();
    let begins = |name: &str| beginnings.iter().any(|beginning| name.starts_with(beginning));
    Named { name: all.find(|(name, of)| *of == number && begins(name)).map(|(name, _)| *name), number }
}

/// An option of a level.
pub(in crate::ffi) fn option(level: i32, number: i32) -> Named {
    among(
        match level {
            numbers::SOL_SOCKET => &["SO_"],
            numbers::IPPROTO_TCP => &["TCP_"],
            numbers::IPPROTO_UDP => &["UDP_"],
            numbers::IPPROTO_IP => &["IP_", "MCAST_"],
            numbers::IPPROTO_IPV6 => &["IPV6_", "MCAST_"],
            _ => &[],
        },
        number,
    )
}

/// A command of `ioctlsocket` and `WSAIoctl`.
pub(in crate::ffi) fn command(number: i32) -> Named {
    match number {
        numbers::SIO_GET_INTERFACE_LIST => Named { name: Some("SIO_GET_INTERFACE_LIST"), number },
        numbers::SIO_IDEAL_SEND_BACKLOG_QUERY => Named { name: Some("SIO_IDEAL_SEND_BACKLOG_QUERY"), number },
        _ => among(&["FIO", "SIO"], number),
    }
}

/// The value of an option or command: a number where it has the size of one, else its bytes, the first 16 of them.
pub(in crate::ffi) struct Value<'a>(pub(in crate::ffi) &'a [u8]);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.0 {
            [one] => write!(f, "{one}"),
            [a, b, c, d] => write!(f, "{}", i32::from_ne_bytes([a, b, c, d])),
            ref bytes => {
                f.write_str("bytes")?;
                bytes.iter().take(16).try_for_each(|byte| write!(f, " {byte:02x}"))?;
                if bytes.len() > 16 { f.write_str(" ...") } else { Ok(()) }
            }
        }
    }
}

/// A value in C's memory.
pub(in crate::ffi) struct ValueAt {
    /// Where.
    pub(in crate::ffi) at: usize,
    /// How long C says that it is.
    pub(in crate::ffi) len: i32,
}

impl fmt::Display for ValueAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at == 0 {
            return f.write_str("NULL");
        }
        let len = self.len.clamp(0, 17);
        match (Peer { at: self.at, len }).bytes() {
            Some(bytes) => Value(&bytes).fmt(f),
            None => write!(f, "{:#x}", self.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let v4 = [2, 0, 0x1f, 0x90, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut v6 = [0; 28];
        (v6[0], v6[3], v6[23], v6[24]) = (23, 80, 1, 7);
        let shown = |bytes: &[u8]| Peer::new(bytes.as_ptr(), i32::try_from(bytes.len()).unwrap()).to_string();
        assert_eq!(shown(&v4), "127.0.0.1:8080");
        assert_eq!(shown(&v6), "[::1%7]:80");
        assert_eq!(shown(b"\x01\0/tmp/x\0\0"), "unix:/tmp/x");
        assert_eq!(shown(&v4[..4]), "an address of family 2, 4 bytes");
        assert_eq!(shown(&[99, 0, 1]), "an address of family 99, 3 bytes");
        assert_eq!(Peer { at: 0, len: 16 }.to_string(), "NULL");
        assert_eq!(Peer { at: 8, len: 16 }.to_string(), "0x8, 16 bytes");
        assert_eq!(Peer::new(v4.as_ptr(), -1).to_string().split_once(", ").unwrap().1, "-1 bytes");
    }

    #[test]
    fn numbers_by_name() {
        let rows = [
            (option(0xffff, 0x1006), "SO_RCVTIMEO"),
            (option(6, 1), "TCP_NODELAY"),
            (option(17, 1), "UDP_NOCHECKSUM"),
            (option(0, 4), "IP_TTL"),
            (option(41, 27), "IPV6_V6ONLY"),
            (option(41, 41), "MCAST_JOIN_GROUP"),
            (option(0xffff, 0x7777), "0x7777"),
            (option(99, 1), "1"),
            (level(0xffff), "SOL_SOCKET"),
            (level(99), "99"),
            (command(numbers::FIONBIO), "FIONBIO"),
            (command(numbers::SIO_KEEPALIVE_VALS), "SIO_KEEPALIVE_VALS"),
            (command(0x1234_5678), "0x12345678"),
            (family(23), "AF_INET6"),
            (kind(2), "SOCK_DGRAM"),
            (protocol(6), "IPPROTO_TCP"),
            (how(1), "SD_SEND"),
            (how(-1), "0xffffffff"),
        ];
        for (shown, expected) in rows {
            assert_eq!(shown.to_string(), expected);
        }
    }

    #[test]
    fn values() {
        let rows: [(&[u8], &str); 4] = [
            (&[1], "1"),
            (&[0xff, 0xff, 0xff, 0xff], "-1"),
            (&[1, 2, 3], "bytes 01 02 03"),
            (&[7; 17], "bytes 07 07 07 07 07 07 07 07 07 07 07 07 07 07 07 07 ..."),
        ];
        for (bytes, expected) in rows {
            assert_eq!(Value(bytes).to_string(), expected);
            let len = i32::try_from(bytes.len()).unwrap();
            assert_eq!(ValueAt { at: bytes.as_ptr().expose_provenance(), len }.to_string(), expected);
        }
        assert_eq!(ValueAt { at: 0, len: 4 }.to_string(), "NULL");
        assert_eq!(ValueAt { at: 8, len: 4 }.to_string(), "0x8");
    }
}
