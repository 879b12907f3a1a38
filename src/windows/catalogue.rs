//! Windows' catalogue of protocols: what `WSAEnumProtocols`, `WSADuplicateSocket` and `SO_PROTOCOL_INFO` tell.

use smallvec::SmallVec;

use super::abi::{AF_INET, AF_INET6, AF_UNIX, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM};

/// What the catalogue says about a kind of socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Windows' number of the address family.
    pub family: i32,
    /// `SOCK_…`
    pub kind: i32,
    /// `IPPROTO_…`
    pub protocol: i32,
}

/// The whole catalogue, in the order in which it is listed (EP1).
pub const ROWS: &[Row] = &[
    Row { family: AF_INET, kind: SOCK_STREAM, protocol: IPPROTO_TCP },
    Row { family: AF_INET, kind: SOCK_DGRAM, protocol: IPPROTO_UDP },
    Row { family: AF_INET, kind: SOCK_RAW, protocol: 0 },
    Row { family: AF_INET6, kind: SOCK_STREAM, protocol: IPPROTO_TCP },
    Row { family: AF_INET6, kind: SOCK_DGRAM, protocol: IPPROTO_UDP },
    Row { family: AF_INET6, kind: SOCK_RAW, protocol: 0 },
    Row { family: AF_UNIX, kind: SOCK_STREAM, protocol: 0 },
];

/// The size of a `WSAPROTOCOL_INFOA`.
pub const NARROW: usize = 372;
/// The size of a `WSAPROTOCOL_INFOW`.
pub const WIDE: usize = 628;
/// Where the word for `WSADuplicateSocket` stands in both.
pub const RESERVED: usize = 112;

const CONNECTIONLESS: u32 = 0x1;
const GUARANTEED_DELIVERY: u32 = 0x2;
const GUARANTEED_ORDER: u32 = 0x4;
const MESSAGE_ORIENTED: u32 = 0x8;
const GRACEFUL_CLOSE: u32 = 0x20;
const EXPEDITED_DATA: u32 = 0x40;
const SUPPORT_BROADCAST: u32 = 0x200;
const SUPPORT_MULTIPOINT: u32 = 0x400;
const IFS_HANDLES: u32 = 0x2_0000;
/// PFL_MATCHES_PROTOCOL_ZERO.
const MATCHES_ZERO: u32 = 0x8;
/// PFL_HIDDEN.
const HIDDEN: u32 = 0x4;
/// The providers' GUIDs, in memory order.
const IPV4_PROVIDER: [u8; 16] = *b"\xa0\x1a\x0f\xe7\x8b\xab\xcf\x11\x8c\xa3\x00\x80\x5f\x48\xa1\x92";
const IPV6_PROVIDER: [u8; 16] = *b"\xc0\xb0\xea\xf9\xd4\x26\xd0\x11\xbb\xbf\x00\xaa\x00\x6c\x34\xe4";
const UNIX_PROVIDER: [u8; 16] = *b"\xd9\x43\x09\xa0\x2e\x9c\x33\x46\x9b\x59\x00\x57\xa3\x16\x09\x94";

/// An entry as C sees it, of either kind: 628 bytes at most, which take no memory of their own.
pub type Entry = SmallVec<[u8; 1024]>;

impl Row {
    /// `WSAPROTOCOL_INFOA` (372 bytes) or `WSAPROTOCOL_INFOW` (628).
    #[must_use]
    pub fn bytes(self, wide: bool) -> Entry {
        let mut bytes = Entry::new();
        let mut put = |number: u32| bytes.extend_from_slice(&number.to_ne_bytes());
        put(self.services());
        (0..3).for_each(|_| put(0));
        put(if self.kind == SOCK_RAW { MATCHES_ZERO | HIDDEN } else { MATCHES_ZERO });
        bytes.extend_from_slice(&self.provider());
        let mut put = |number: u32| bytes.extend_from_slice(&number.to_ne_bytes());
        put(self.entry());
        // The chain: one member, the provider itself.
        put(1);
        (0..7).for_each(|_| put(0));
        put(2);
        put(self.family.cast_unsigned());
        let (longest, shortest) = match self.family {
            AF_INET6 => (28, 28),
            AF_UNIX => (110, 2),
            _ => (16, 16),
        };
        put(longest);
        put(shortest);
        put(self.kind.cast_unsigned());
        put(self.protocol.cast_unsigned());
        // iProtocolMaxOffset, network byte order, security scheme.
        put(if self.kind == SOCK_RAW { 255 } else { 0 });
        put(0);
        put(0);
        put(if self.kind == SOCK_STREAM { 0 } else { 65467 });
        put(0);
        let name = self.name();
        if wide {
            bytes.extend(name.encode_utf16().flat_map(u16::to_ne_bytes));
            bytes.resize(WIDE, 0);
        } else {
            bytes.extend_from_slice(name.as_bytes());
            bytes.resize(NARROW, 0);
        }
        bytes
    }

    /// The GUID of its provider, in memory order.
    #[must_use]
    pub fn provider(self) -> [u8; 16] {
        match self.family {
            AF_INET6 => IPV6_PROVIDER,
            AF_UNIX => UNIX_PROVIDER,
            _ => IPV4_PROVIDER,
        }
    }

    fn services(self) -> u32 {
        match (self.kind, self.family) {
            (SOCK_STREAM, AF_UNIX) => GUARANTEED_DELIVERY | GUARANTEED_ORDER | GRACEFUL_CLOSE | IFS_HANDLES,
            (SOCK_STREAM, _) => {
                GUARANTEED_DELIVERY | GUARANTEED_ORDER | GRACEFUL_CLOSE | EXPEDITED_DATA | IFS_HANDLES
            }
            _ => CONNECTIONLESS | MESSAGE_ORIENTED | SUPPORT_BROADCAST | SUPPORT_MULTIPOINT | IFS_HANDLES,
        }
    }

    /// dwCatalogEntryId.
    fn entry(self) -> u32 {
        let family = match self.family {
            AF_INET => 0,
            AF_INET6 => 3,
            _ => 6,
        };
        1000 + family + self.kind.cast_unsigned()
    }

    fn name(self) -> &'static str {
        match (self.family, self.kind) {
            (AF_UNIX, _) => "AF_UNIX",
            (AF_INET6, SOCK_STREAM) => "MSAFD Tcpip [TCP/IPv6]",
            (AF_INET6, SOCK_DGRAM) => "MSAFD Tcpip [UDP/IPv6]",
            (AF_INET6, _) => "MSAFD Tcpip [RAW/IPv6]",
            (_, SOCK_STREAM) => "MSAFD Tcpip [TCP/IP]",
            (_, SOCK_DGRAM) => "MSAFD Tcpip [UDP/IP]",
            _ => "MSAFD Tcpip [RAW/IP]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(bytes: &[u8], at: usize) -> u32 {
        u32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap())
    }

    /// Both widths are the same up to the name, and have Windows' size (O7: the catalogue's message sizes).
    #[test]
    fn rows_of_the_catalogue() {
        let rows = [
            (2, 1, 6, 0x2_0066, 0, 16),
            (2, 2, 17, 0x2_0609, 65467, 16),
            (23, 1, 6, 0x2_0066, 0, 28),
            (23, 2, 17, 0x2_0609, 65467, 28),
        ];
        for (family, kind, protocol, services, message, address) in rows {
            let row = Row { family, kind, protocol };
            let (narrow, wide) = (row.bytes(false), row.bytes(true));
            assert_eq!((narrow.len(), wide.len()), (372, 628));
            assert_eq!(narrow[..116], wide[..116]);
            let fields = [0, 40, 72, 76, 80, 88, 92, 108].map(|at| number(&narrow, at));
            let (family, kind) = (family.unsigned_abs(), kind.unsigned_abs());
            let expected = [services, 1, 2, family, address, kind, protocol.unsigned_abs(), message];
            assert_eq!(fields, expected, "{row:?}");
            let name: Vec<u8> = wide[116..].iter().step_by(2).copied().collect();
            assert_eq!(narrow[116..], name[..256]);
            assert_ne!(narrow[116], 0);
        }
    }
}
