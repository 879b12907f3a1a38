//! Options and commands on real sockets, through the exported functions: IO1 to IO6 and O1 to O15.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod commands;
mod documented;
mod lengths;
mod protocols;
mod sharing;
mod socket_level;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

/// `pub const SO_DEBUG: i32 = 1i32;` as name and number.
fn constant(line: &str) -> Option<(&str, i64)> {
    let (name, rest) = line.strip_prefix("pub const ")?.split_once(": ")?;
    let number = rest.split_once(" = ")?.1.strip_suffix(';')?;
    let digits = number.strip_suffix("i32").or_else(|| number.strip_suffix("u32"))?;
    Some((name, digits.parse().ok()?))
}

/// Every number of an option or a command is Windows'.
#[test]
fn o15_numbers_are_windows() {
    let source = support::oracle::source("Win32/Networking/WinSock/mod.rs");
    let windows: BTreeMap<&str, i64> = source.lines().filter_map(constant).collect();
    for &(name, number) in ws2_32::socket::options::numbers::ALL {
        let known = windows.get(name).unwrap_or_else(|| panic!("windows-sys has no {name}"));
        let low_bits = u32::try_from(known & 0xffff_ffff).unwrap();
        assert_eq!(number.cast_unsigned(), low_bits, "{name}");
    }
}
