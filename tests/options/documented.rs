//! What COMPATIBILITY.md says about the options holds: what it lists is known, what it calls refused is refused, and
//! so is everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::c_int;

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::options::*;

/// The table: level, the names in the second column, and whether they are refused.
fn documented() -> Vec<(c_int, Vec<&'static str>, bool)> {
    let text = include_str!("../../build/compatibility_options.md");
    let mut level = 0;
    let mut rows = Vec::new();
    let lines = text.lines().skip_while(|line| *line != "|---|---|---|").skip(1);
    for line in lines.take_while(|line| line.starts_with('|')) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        level = match columns[1] {
            "" => level,
            "`SOL_SOCKET`" => SOL_SOCKET,
            "`IPPROTO_TCP`" => IPPROTO_TCP,
            "`IPPROTO_UDP`" => IPPROTO_UDP,
            "`IPPROTO_IP`" => IPPROTO_IP,
            "`IPPROTO_IPV6`" => IPPROTO_IPV6,
            other => panic!("{other}"),
        };
        let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let names = columns[2].split('`').skip(1).step_by(2).filter(is_name).collect();
        rows.push((level, names, columns[3].starts_with("refused")));
    }
    rows
}

/// Whether any kind of socket knows an option, for reading or for setting.
fn is_known(level: c_int, name: c_int) -> bool {
    let kinds = [(AF_INET, STREAM), (AF_INET, DATAGRAM), (AF_INET6, STREAM), (AF_INET6, DATAGRAM)];
    let mut sockets: Vec<usize> = kinds.iter().map(|&(family, kind)| socket(family, kind)).collect();
    // Only with the right to it.
    sockets.extend([AF_INET, AF_INET6].map(|family| ws2_socket(family, RAW, 254)));
    sockets.retain(|&s| s != usize::MAX);
    let known = sockets.iter().any(|&s| {
        get_bytes(s, level, name, 1024).0 != WSAENOPROTOOPT
            || set_bytes(s, level, name, &[0; 4]) != WSAENOPROTOOPT
    });
    sockets.into_iter().for_each(close);
    known
}

/// Options of raw sockets, which need the right to make one.
const RAW_ONLY: [&str; 3] = ["IP_HDRINCL", "IPV6_HDRINCL", "IPV6_CHECKSUM"];

#[test]
fn options_are_as_documented() {
    let source = crate::support::oracle::source("Win32/Networking/WinSock/mod.rs");
    let windows: BTreeMap<&str, i64> = source.lines().filter_map(super::constant).collect();
    let number = |name: &str| {
        let known = windows.get(name).unwrap_or_else(|| panic!("windows-sys has no {name}"));
        u32::try_from(known & 0xffff_ffff).unwrap().cast_signed()
    };
    close(socket(AF_INET, STREAM));
    let raw = ws2_socket(AF_INET, RAW, 254);
    let may_be_raw = raw != usize::MAX;
    if may_be_raw {
        close(raw);
    }
    let mut listed = BTreeSet::new();
    for (level, names, refused) in documented() {
        assert!(!names.is_empty());
        for name in names {
            if may_be_raw || !RAW_ONLY.contains(&name) {
                assert_eq!(is_known(level, number(name)), !refused, "{name}, level {level:#x}");
            }
            if !refused {
                listed.insert((level, number(name)));
            }
        }
    }
    // "And its family".
    let multicast: BTreeSet<c_int> =
        windows.keys().filter(|name| name.starts_with("MCAST_")).map(|name| number(name)).collect();
    for level in [SOL_SOCKET, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IP, IPPROTO_IPV6] {
        let others = [0x1000, 0x2000, 0x3000, 0x7000].into_iter().flat_map(|from| from..from + 0x30);
        for name in (-300..300).chain(others) {
            let family = [IPPROTO_IP, IPPROTO_IPV6].contains(&level) && multicast.contains(&name);
            if !listed.contains(&(level, name)) && !family {
                assert!(!is_known(level, name), "level {level:#x}, option {name:#x} is in no table");
            }
        }
    }
}
