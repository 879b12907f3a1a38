//! Making sockets: raw ones, and `WSASocket` from a catalogue entry.

use std::ffi::c_int;
use std::ptr::null_mut;

use ws2_32::ffi::types::{SOCKET, WSAPROTOCOL_INFOA};
use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::network::left_out;
use crate::support::options::{self as support, *};
use crate::words::{WSAEAFNOSUPPORT, at, bind, name, open, send_to};

const ICMP: c_int = 1;
const ICMPV6: c_int = 58;

/// Whether this program may make raw sockets.
fn may_be_raw() -> bool {
    match open(AF_INET, RAW, ICMP) {
        Ok(s) => close(s),
        Err(code) => {
            assert_eq!(code, WSAEACCES);
            left_out("no right to raw sockets");
            return false;
        }
    }
    true
}

/// X1: raw sockets of both families, and their options.
#[test]
fn x1_raw_sockets_of_ipv6() {
    if !may_be_raw() {
        return;
    }
    for protocol in [ICMP, 6, 17, 89, 255] {
        close(open(AF_INET, RAW, protocol).unwrap_or_else(|code| panic!("IPv4, {protocol}: {code}")));
    }
    for protocol in [ICMPV6, 6, 17, 89, 255] {
        let s = open(AF_INET6, RAW, protocol).unwrap_or_else(|code| panic!("IPv6, {protocol}: {code}"));
        assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 3), 0);
        assert_eq!(get(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS), Ok(3));
        assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_PKTINFO, 1), 0);
        assert_eq!(get(s, SOL_SOCKET, SO_TYPE), Ok(3));
        close(s);
    }
}

/// N9: what Linux tells as a raw socket's port is its protocol.
#[test]
fn n9_raw_sockets_have_no_port() {
    if !may_be_raw() {
        return;
    }
    for (family, protocol, hosts) in
        [(AF_INET, ICMP, ["0.0.0.0", "127.0.0.1"]), (AF_INET6, ICMPV6, ["::", "::1"])]
    {
        for host in hosts {
            let s = open(family, RAW, protocol).unwrap();
            assert_eq!(name(s), Err(WSAEINVAL), "{host}");
            assert_eq!(bind(s, at(host, 0)), 0, "{host}");
            assert_eq!(name(s), Ok(at(host, 0)));
            assert_eq!(bind(s, at(host, 0)), WSAEINVAL, "{host}");
            close(s);
        }
    }
}

fn from_entry(numbers: [c_int; 3], entry: Option<[c_int; 3]>) -> Result<SOCKET, c_int> {
    crate::support::calls::stay_started();
    // SAFETY: numbers and text, for which zero is a value.
    let mut info: WSAPROTOCOL_INFOA = unsafe { std::mem::zeroed() };
    [info.iAddressFamily, info.iSocketType, info.iProtocol] = entry.unwrap_or_default();
    let at = if entry.is_some() { &raw mut info } else { null_mut() };
    // SAFETY: NULL, or a local.
    match unsafe { WSASocketA(numbers[0], numbers[1], numbers[2], at, 0, 0) } {
        SOCKET::MAX => Err(WSAGetLastError()),
        s => Ok(s),
    }
}

/// X2: 0 takes what the entry says, as -1 does; the entry's family is looked at first.
#[test]
fn x2_zero_comes_from_the_entry() {
    let (tcp, udp6) = ([2, 1, 6], [23, 2, 17]);
    let rows = [
        ([0, 0, 0], tcp, Ok((2, 1))),
        ([-1, -1, -1], tcp, Ok((2, 1))),
        ([0, -1, 0], udp6, Ok((23, 2))),
        ([2, 0, 0], udp6, Ok((2, 2))),
        ([0, 1, 6], udp6, Ok((23, 1))),
        ([2, 1, 6], udp6, Ok((2, 1))),
        ([0, 0, 17], [-1, -1, -1], Err(WSAEAFNOSUPPORT)),
        ([0, 0, 0], [0, 0, 17], Ok((2, 2))),
    ];
    for (numbers, entry, expected) in rows {
        let got = from_entry(numbers, Some(entry)).map(|s| {
            let kind = get(s, SOL_SOCKET, SO_TYPE).unwrap();
            let family = get_bytes(s, SOL_SOCKET, SO_PROTOCOL_INFOA, 372).1[76];
            close(s);
            (c_int::from(family), kind.cast_signed())
        });
        assert_eq!(got, expected, "{numbers:?} from {entry:?}");
    }
}

/// X14: the order of checks, one protocol alone, and what a raw socket says of itself.
#[test]
fn x14_numbers_and_what_a_socket_says_of_itself() {
    assert_eq!(from_entry([0, 0xdead, 0], None), Err(WSAEINVAL));
    assert_eq!(from_entry([0, 0, 0], None), Err(WSAEINVAL));
    assert_eq!(from_entry([0, 0xdead, 6], None), Err(10044));
    for s in [socket(AF_INET, DATAGRAM), socket(AF_INET, STREAM), socket(AF_INET6, STREAM)] {
        assert_eq!(support::set(s, SOL_SOCKET, SO_TYPE, 1), WSAEINVAL);
        assert_eq!(support::set(s, SOL_SOCKET, SO_ACCEPTCONN, 1), WSAENOPROTOOPT);
        close(s);
    }
    if !may_be_raw() {
        return;
    }
    for protocol in [255, ICMP] {
        let s = from_entry([0, 0, protocol], None).unwrap();
        assert_eq!(get(s, SOL_SOCKET, SO_TYPE), Ok(3));
        let (code, info, _) = get_bytes(s, SOL_SOCKET, SO_PROTOCOL_INFOA, 372);
        assert_eq!((code, info[16], info[92]), (0, 0xc, 0), "dwProviderFlags, iProtocol");
        close(s);
    }
}

/// An echo request, with its checksum for IPv4; the kernel makes that of IPv6.
fn request(kind: u8, number: u8) -> [u8; 8] {
    let mut bytes = [kind, 0, 0, 0, 0, 1, 0, number];
    let sum: u32 = bytes.chunks(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]]))).sum();
    let [high, low] = (!u16::try_from(sum).unwrap()).to_be_bytes();
    (bytes[2], bytes[3]) = (high, low);
    bytes
}

/// X16: who pings an address of its own machine gets the answers, and not the requests.
#[test]
fn x16_own_requests_do_not_come_back() {
    if !may_be_raw() {
        return;
    }
    for (family, protocol, host, request_kind, answer, header) in
        [(AF_INET, ICMP, "127.0.0.1", 8, 0, 20), (AF_INET6, ICMPV6, "::1", 128, 129, 0)]
    {
        let s = open(family, RAW, protocol).unwrap();
        assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
        for number in 1..=3 {
            let (to, data) = (crate::words::windows(at(host, 0)), request(request_kind, number));
            // SAFETY: locals, and their sizes.
            let sent = unsafe {
                let (data, len) = (data.as_ptr().cast(), to.len().try_into().unwrap());
                ws2_sendto(s, data, 8, 0, to.as_ptr().cast(), len)
            };
            assert_eq!(sent, 8, "{}", WSAGetLastError());
            let got = recv(s, 100, 0).unwrap();
            assert_eq!((got[header], got[header + 7]), (answer, number), "{host}");
        }
        close(s);
    }
    // Other sockets than those of ICMP are not concerned.
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(crate::words::bind(s, at("127.0.0.1", 0)), 0);
    assert_eq!(send_to(s, name(s).unwrap()), 0);
    assert_eq!(recv(s, 9, 0), Ok(b"x".to_vec()));
    close(s);
}
