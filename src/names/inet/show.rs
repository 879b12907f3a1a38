//! Addresses written as Windows writes them.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

/// Shows an address of IPv4 as `WSAAddressToString` does: `1.2.3.4:80`, and without the port where that is 0.
pub struct ShowV4(pub SocketAddrV4);

impl fmt::Display for ShowV4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.ip())?;
        if self.0.port() == 0 { Ok(()) } else { write!(f, ":{}", self.0.port()) }
    }
}

/// Shows an address of IPv6 as `WSAAddressToString` does, `[::1%3]:80`; brackets come with a port that is not 0,
/// the scope where it is not 0. Without both it is what `inet_ntop` writes.
///
/// Windows writes the last 32 bits in the form of IPv4 in more cases than Rust's library: see `holds_v4`.
pub struct ShowV6(pub SocketAddrV6);

impl fmt::Display for ShowV6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bracketed = self.0.port() != 0;
        if bracketed {
            f.write_str("[")?;
        }
        host(*self.0.ip(), f)?;
        if self.0.scope_id() != 0 {
            write!(f, "%{}", self.0.scope_id())?;
        }
        if bracketed { write!(f, "]:{}", self.0.port()) } else { Ok(()) }
    }
}

/// Whether the last 32 bits are an address of IPv4: `::a.b.c.d`, `::ffff:a.b.c.d`, `::ffff:0:a.b.c.d`, and the
/// interface identifiers `…:0:5efe:a.b.c.d` and `…:200:5efe:a.b.c.d` of ISATAP.
fn holds_v4(words: [u16; 8]) -> bool {
    let isatap = matches!(words, [_, _, _, _, 0 | 0x200, 0x5efe, ..]);
    let embedded =
        matches!(words, [0, 0, 0, 0, 0, 0 | 0xffff, high, _] | [0, 0, 0, 0, 0xffff, 0, high, _] if high != 0);
    isatap || embedded
}

fn host(address: Ipv6Addr, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let words = address.segments();
    let [.., a, b, c, d] = address.octets();
    let v4 = holds_v4(words).then(|| Ipv4Addr::new(a, b, c, d));
    let hexadecimal = if v4.is_some() { words.get(..6) } else { words.get(..) }.unwrap_or_default();
    let zeros = longest_zeros(hexadecimal);
    let mut after_colon = true;
    for (at, word) in hexadecimal.iter().enumerate() {
        if at == zeros.start && !zeros.is_empty() {
            f.write_str("::")?;
            after_colon = true;
        }
        if !zeros.contains(&at) {
            write!(f, "{}{word:x}", if after_colon { "" } else { ":" })?;
            after_colon = false;
        }
    }
    match v4 {
        Some(v4) => write!(f, "{}{v4}", if after_colon { "" } else { ":" }),
        None => Ok(()),
    }
}

/// The place of the longest run of two or more zeros, the first one of several.
fn longest_zeros(words: &[u16]) -> std::ops::Range<usize> {
    let mut longest = 0..0;
    let mut run = 0..0;
    for (at, word) in words.iter().enumerate() {
        run = if *word != 0 { at + 1..at + 1 } else { run.start..at + 1 };
        if run.len() > longest.len().max(1) {
            longest = run.clone();
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::parse_v6;
    use super::*;

    #[test]
    fn addresses_as_windows_writes_them() {
        let table: [(&str, [u16; 8]); 34] = [
            ("::", [0; 8]),
            ("::1", [0, 0, 0, 0, 0, 0, 0, 1]),
            ("::ffff", [0, 0, 0, 0, 0, 0, 0, 0xffff]),
            ("::13.1.68.3", [0, 0, 0, 0, 0, 0, 0xd01, 0x4403]),
            ("::0.1.0.0", [0, 0, 0, 0, 0, 0, 1, 0]),
            ("::ffff:13.1.68.3", [0, 0, 0, 0, 0, 0xffff, 0xd01, 0x4403]),
            ("::ffff:0.1.0.0", [0, 0, 0, 0, 0, 0xffff, 1, 0]),
            ("::ffff:0:4403", [0, 0, 0, 0, 0, 0xffff, 0, 0x4403]),
            ("::ffff:0:0", [0, 0, 0, 0, 0, 0xffff, 0, 0]),
            ("::feff:d01:4403", [0, 0, 0, 0, 0, 0xfeff, 0xd01, 0x4403]),
            ("::1:d01:4403", [0, 0, 0, 0, 0, 1, 0xd01, 0x4403]),
            ("::1:0:d01:4403", [0, 0, 0, 0, 1, 0, 0xd01, 0x4403]),
            ("::ffff:0:13.1.68.3", [0, 0, 0, 0, 0xffff, 0, 0xd01, 0x4403]),
            ("::ffff:0:0.1.0.0", [0, 0, 0, 0, 0xffff, 0, 1, 0]),
            ("::ffff:ffff:d01:4403", [0, 0, 0, 0, 0xffff, 0xffff, 0xd01, 0x4403]),
            ("::ffff:0:0:d01:4403", [0, 0, 0, 0xffff, 0, 0, 0xd01, 0x4403]),
            ("::5efe:0.0.0.0", [0, 0, 0, 0, 0, 0x5efe, 0, 0]),
            (
                "1111:2222:3333:4444:0:5efe:129.144.52.38",
                [0x1111, 0x2222, 0x3333, 0x4444, 0, 0x5efe, 0x8190, 0x3426],
            ),
            ("1111:2222:3333::5efe:129.144.52.38", [0x1111, 0x2222, 0x3333, 0, 0, 0x5efe, 0x8190, 0x3426]),
            ("::200:5efe:129.144.52.38", [0, 0, 0, 0, 0x200, 0x5efe, 0x8190, 0x3426]),
            ("::100:5efe:8190:3426", [0, 0, 0, 0, 0x100, 0x5efe, 0x8190, 0x3426]),
            ("::300:5efe:8190:3426", [0, 0, 0, 0, 0x300, 0x5efe, 0x8190, 0x3426]),
            ("0:1:2:3:4:5:6:7", [0, 1, 2, 3, 4, 5, 6, 7]),
            ("1080::8:800:200c:417a", [0x1080, 0, 0, 0, 8, 0x800, 0x200c, 0x417a]),
            ("1111:2222:3333:4444:5555:6666::", [0x1111, 0x2222, 0x3333, 0x4444, 0x5555, 0x6666, 0, 0]),
            (
                "1111:2222:3333:4444:5555:6666:0:8888",
                [0x1111, 0x2222, 0x3333, 0x4444, 0x5555, 0x6666, 0, 0x8888],
            ),
            (
                "1111:0:3333:4444:5555:6666:7777:8888",
                [0x1111, 0, 0x3333, 0x4444, 0x5555, 0x6666, 0x7777, 0x8888],
            ),
            ("1111::7b7b:7b7b", [0x1111, 0, 0, 0, 0, 0, 0x7b7b, 0x7b7b]),
            ("1111::", [0x1111, 0, 0, 0, 0, 0, 0, 0]),
            ("3ffe:b00::1:0:0:a", [0x3ffe, 0xb00, 0, 0, 1, 0, 0, 0xa]),
            ("2001:0:1234::c1c0:abcd:876", [0x2001, 0, 0x1234, 0, 0, 0xc1c0, 0xabcd, 0x876]),
            ("::a:b:c:d:e", [0, 0, 0, 0xa, 0xb, 0xc, 0xd, 0xe]),
            ("2001:db8::1428:57ab", [0x2001, 0xdb8, 0, 0, 0, 0, 0x1428, 0x57ab]),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", [0xffff; 8]),
        ];
        for (text, words) in table {
            assert_eq!(ShowV6(SocketAddrV6::new(words.into(), 0, 0, 0)).to_string(), text);
            assert_eq!(parse_v6(text.as_bytes()), Some(words.into()), "back: {text}");
        }
    }

    #[test]
    fn ports_and_scopes_as_windows_writes_them() {
        let v4 = |octets: [u8; 4], port| ShowV4(SocketAddrV4::new(octets.into(), port)).to_string();
        assert_eq!(v4([0; 4], 0), "0.0.0.0");
        assert_eq!(v4([255; 4], 0xffff), "255.255.255.255:65535");
        let v6 = |scope, port| {
            let address = Ipv6Addr::new(0x20ab, 0, 0, 0, 0, 0, 0, 0x2001);
            ShowV6(SocketAddrV6::new(address, port, 7, scope)).to_string()
        };
        assert_eq!(v6(0, 0), "20ab::2001");
        assert_eq!(v6(0x1234, 0), "20ab::2001%4660");
        assert_eq!(v6(0, 33274), "[20ab::2001]:33274");
        assert_eq!(v6(0xffff_bbbb, 33274), "[20ab::2001%4294949819]:33274");
    }

    /// Every address of the words that matter to the form can be read back.
    #[test]
    fn what_is_written_can_be_read() {
        const WORDS: [u16; 4] = [0, 1, 0x5efe, 0xffff];
        for mut choice in 0..WORDS.len().pow(8) {
            let words = [(); 8].map(|()| {
                let word = WORDS[choice % WORDS.len()];
                choice /= WORDS.len();
                word
            });
            let text = ShowV6(SocketAddrV6::new(words.into(), 0, 0, 0)).to_string();
            assert_eq!(parse_v6(text.as_bytes()), Some(words.into()), "{text}");
            assert!(text.len() < 46, "{text}");
        }
    }
}
