//! The options of IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IP and IPPROTO_IPV6: there and back, and what the kernel says.

use std::net::UdpSocket;

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::options::*;

/// Sets, reads, and asks the kernel.
#[track_caller]
fn round(s: usize, level: i32, name: i32, value: u32, linux: (i32, i32), expected: i32) {
    assert_eq!((set(s, level, name, value), get(s, level, name)), (0, Ok(value)), "{level} {name}: {value}");
    assert_eq!(kernel(s, linux.0, linux.1), expected, "{level} {name}: {value}");
}

#[test]
fn tcp() {
    const TCP: i32 = libc::IPPROTO_TCP;
    let s = socket(AF_INET, STREAM);
    round(s, IPPROTO_TCP, TCP_NODELAY, 1, (TCP, libc::TCP_NODELAY), 1);
    round(s, IPPROTO_TCP, TCP_KEEPIDLE, 3600, (TCP, libc::TCP_KEEPIDLE), 3600);
    round(s, IPPROTO_TCP, TCP_KEEPCNT, 5, (TCP, libc::TCP_KEEPCNT), 5);
    round(s, IPPROTO_TCP, TCP_KEEPINTVL, 5, (TCP, libc::TCP_KEEPINTVL), 5);
    round(s, IPPROTO_TCP, TCP_MAXRT, 30, (TCP, libc::TCP_USER_TIMEOUT), 30_000);
    round(s, IPPROTO_TCP, TCP_MAXRT, u32::MAX, (TCP, libc::TCP_USER_TIMEOUT), i32::MAX);
    round(s, IPPROTO_TCP, TCP_MAXRTMS, 1500, (TCP, libc::TCP_USER_TIMEOUT), 1500);
    assert_eq!(get(s, IPPROTO_TCP, TCP_MAXSEG), Ok(kernel(s, TCP, libc::TCP_MAXSEG).cast_unsigned()));
    assert_eq!((get(s, IPPROTO_TCP, TCP_FASTOPEN), set(s, IPPROTO_TCP, TCP_FASTOPEN, 1)), (Ok(0), 0));
    assert_eq!(get(s, IPPROTO_TCP, TCP_FASTOPEN), Ok(1));
    assert!(kernel(s, TCP, libc::TCP_FASTOPEN) > 0);
    for name in [TCP_KEEPIDLE, TCP_KEEPCNT, TCP_KEEPINTVL] {
        assert_eq!(set(s, IPPROTO_TCP, name, 0), WSAEINVAL, "{name}");
    }
    close(s);
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(set(s, IPPROTO_TCP, TCP_NODELAY, 1), WSAENOPROTOOPT);
    assert_eq!(get(s, IPPROTO_TCP, TCP_NODELAY), Err(WSAENOPROTOOPT));
    close(s);
}

#[test]
fn udp() {
    let s = socket(AF_INET, DATAGRAM);
    round(s, IPPROTO_UDP, UDP_NOCHECKSUM, 1, (libc::SOL_SOCKET, libc::SO_NO_CHECK), 1);
    round(s, IPPROTO_UDP, UDP_SEND_MSG_SIZE, 1200, (libc::IPPROTO_UDP, libc::UDP_SEGMENT), 1200);
    close(s);
}

#[test]
fn ip() {
    const IP: i32 = libc::IPPROTO_IP;
    let s = socket(AF_INET, DATAGRAM);
    round(s, IPPROTO_IP, IP_TTL, 17, (IP, libc::IP_TTL), 17);
    round(s, IPPROTO_IP, IP_TOS, 0x10, (IP, libc::IP_TOS), 0x10);
    round(s, IPPROTO_IP, IP_MULTICAST_TTL, 3, (IP, libc::IP_MULTICAST_TTL), 3);
    round(s, IPPROTO_IP, IP_MULTICAST_LOOP, 0, (IP, libc::IP_MULTICAST_LOOP), 0);
    assert_eq!(get(s, IPPROTO_IP, IP_DONTFRAGMENT), Ok(0));
    round(s, IPPROTO_IP, IP_DONTFRAGMENT, 1, (IP, libc::IP_MTU_DISCOVER), libc::IP_PMTUDISC_DO);
    round(s, IPPROTO_IP, IP_DONTFRAGMENT, 0, (IP, libc::IP_MTU_DISCOVER), libc::IP_PMTUDISC_DONT);
    round(s, IPPROTO_IP, IP_MTU_DISCOVER, 3, (IP, libc::IP_MTU_DISCOVER), libc::IP_PMTUDISC_PROBE);
    round(s, IPPROTO_IP, IP_PKTINFO, 1, (IP, libc::IP_PKTINFO), 1);
    round(s, IPPROTO_IP, IP_RECVTTL, 1, (IP, libc::IP_RECVTTL), 1);
    round(s, IPPROTO_IP, IP_RECVTOS, 1, (IP, libc::IP_RECVTOS), 1);
    round(s, IPPROTO_IP, IP_UNICAST_IF, 1_u32.to_be(), (IP, libc::IP_UNICAST_IF), 1_i32.to_be());
    assert_eq!(
        (set(s, IPPROTO_IP, IP_PROTECTION_LEVEL, 10), get(s, IPPROTO_IP, IP_PROTECTION_LEVEL)),
        (0, Ok(10))
    );
    assert_eq!(get(s, IPPROTO_IP, IP_MTU), Err(10057));
    assert_eq!(connect(s, LOOPBACK, 9), 0);
    assert_eq!(get(s, IPPROTO_IP, IP_MTU), Ok(kernel(s, IP, libc::IP_MTU).cast_unsigned()));
    // Measured on Windows: on what is not a raw socket, both ways.
    assert_eq!(set(s, IPPROTO_IP, IP_HDRINCL, 1), WSAEINVAL);
    assert_eq!(get(s, IPPROTO_IP, IP_HDRINCL), Err(WSAEINVAL));
    close(s);
}

#[test]
fn ip_of_raw_sockets() {
    let s = ws2_socket(AF_INET, RAW, 1);
    if s == usize::MAX {
        return crate::support::process::left_out("IP_HDRINCL, since raw sockets need root");
    }
    round(s, IPPROTO_IP, IP_HDRINCL, 1, (libc::IPPROTO_IP, libc::IP_HDRINCL), 1);
    close(s);
}

#[test]
fn ipv6() {
    const IPV6: i32 = libc::IPPROTO_IPV6;
    let s = socket(AF_INET6, DATAGRAM);
    assert_eq!(get(s, IPPROTO_IPV6, IPV6_V6ONLY), Ok(1));
    round(s, IPPROTO_IPV6, IPV6_V6ONLY, 0, (IPV6, libc::IPV6_V6ONLY), 0);
    round(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 17, (IPV6, libc::IPV6_UNICAST_HOPS), 17);
    round(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, 1, (IPV6, libc::IPV6_MULTICAST_IF), 1);
    round(s, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 3, (IPV6, libc::IPV6_MULTICAST_HOPS), 3);
    round(s, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0, (IPV6, libc::IPV6_MULTICAST_LOOP), 0);
    round(s, IPPROTO_IPV6, IPV6_DONTFRAG, 1, (IPV6, libc::IPV6_DONTFRAG), 1);
    round(s, IPPROTO_IPV6, IPV6_PKTINFO, 1, (IPV6, libc::IPV6_RECVPKTINFO), 1);
    round(s, IPPROTO_IPV6, IPV6_HOPLIMIT, 1, (IPV6, libc::IPV6_RECVHOPLIMIT), 1);
    round(s, IPPROTO_IPV6, IPV6_RECVTCLASS, 1, (IPV6, libc::IPV6_RECVTCLASS), 1);
    round(s, IPPROTO_IPV6, IPV6_TCLASS, 8, (IPV6, libc::IPV6_TCLASS), 8);
    round(s, IPPROTO_IPV6, IPV6_MTU_DISCOVER, 1, (IPV6, libc::IPV6_MTU_DISCOVER), libc::IPV6_PMTUDISC_DO);
    assert_eq!((set(s, IPPROTO_IPV6, IPV6_UNICAST_IF, 1), get(s, IPPROTO_IPV6, IPV6_UNICAST_IF)), (0, Ok(1)));
    assert_eq!(set(s, IPPROTO_IPV6, IPV6_UNICAST_IF, 0), 0);
    close(s);
    let s = socket(AF_INET, STREAM);
    assert_eq!(set(s, IPPROTO_IPV6, IPV6_DONTFRAG, 1), WSAENOPROTOOPT);
    close(s);
}

const GROUP: [u8; 4] = [239, 1, 2, 3];

fn concat(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// `struct group_req`, or with a source `struct group_source_req`.
fn group_request(interface: u32, addresses: &[&[u8]]) -> Vec<u8> {
    let mut bytes = interface.to_ne_bytes().to_vec();
    bytes.resize(8, 0);
    for (at, address) in addresses.iter().enumerate() {
        bytes.extend_from_slice(address);
        bytes.resize(8 + 128 * (at + 1), 0);
    }
    bytes
}

fn loopback_index() -> u32 {
    // SAFETY: a C string.
    unsafe { libc::if_nametoindex(c"lo".as_ptr()) }
}

/// A datagram to the group arrives at a member and, after leaving, no more. Sent twice: to the group, then to the
/// member itself, which marks the end.
fn arrives(s: usize) -> bool {
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    // SAFETY: the sender's descriptor, and an in pointer to a local.
    let set = unsafe {
        let at = libc::in_addr { s_addr: u32::from_ne_bytes(LOOPBACK) };
        let fd = std::os::fd::AsRawFd::as_raw_fd(&sender);
        libc::setsockopt(fd, 0, libc::IP_MULTICAST_IF, (&raw const at).cast(), 4)
    };
    assert_eq!(set, 0);
    sender.send_to(b"group", (std::net::Ipv4Addr::from(GROUP), port(s))).unwrap();
    sender.send_to(b"end", (std::net::Ipv4Addr::LOCALHOST, port(s))).unwrap();
    let first = recv(s, 16, 0).unwrap();
    if first == b"end" {
        return false;
    }
    assert_eq!((first.as_slice(), recv(s, 16, 0).unwrap().as_slice()), (&b"group"[..], &b"end"[..]));
    true
}

#[test]
fn memberships() {
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!((bind(s, ANY, 0), set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000)), (0, 0));
    let index = loopback_index().to_be_bytes();
    let by_address = concat(&[&GROUP, &LOOPBACK]);
    let by_number = concat(&[&GROUP, &index]);
    let group = inet(GROUP, 0);
    let source = inet(LOOPBACK, 0);
    let by_group_request = group_request(loopback_index(), &[&group]);
    let from_source = concat(&[&GROUP, &LOOPBACK, &LOOPBACK]);
    let by_source_request = group_request(loopback_index(), &[&group, &source]);
    let rows = [
        (IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, &by_address),
        (IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, &by_number),
        (MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, &by_group_request),
        (IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP, &from_source),
        (MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP, &by_source_request),
    ];
    for (join, leave, request) in rows {
        assert!(!arrives(s), "{join}");
        if [IP_DROP_MEMBERSHIP, MCAST_LEAVE_GROUP].contains(&leave) {
            assert_eq!(set_bytes(s, IPPROTO_IP, leave, request), 10049, "{leave}: no member");
        }
        assert_eq!(set_bytes(s, IPPROTO_IP, join, request), 0, "{join}");
        assert!(arrives(s), "{join}");
        assert_eq!(set_bytes(s, IPPROTO_IP, leave, request), 0, "{leave}");
        let short = &request[..request.len() - 1];
        assert_eq!(set_bytes(s, IPPROTO_IP, join, short), WSAEFAULT, "{join}: short");
        assert_eq!(get(s, IPPROTO_IP, join), Err(WSAENOPROTOOPT), "{join}: can only be set");
    }
    // A source that is blocked, both ways.
    assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &by_address), 0);
    assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &by_address), WSAEINVAL, "joined already");
    let rows = [
        (IP_BLOCK_SOURCE, IP_UNBLOCK_SOURCE, &from_source),
        (MCAST_BLOCK_SOURCE, MCAST_UNBLOCK_SOURCE, &by_source_request),
    ];
    for (block, unblock, request) in rows {
        assert_eq!(set_bytes(s, IPPROTO_IP, block, request), 0, "{block}");
        assert!(!arrives(s), "{block}");
        assert_eq!(set_bytes(s, IPPROTO_IP, unblock, request), 0, "{unblock}");
        assert!(arrives(s), "{unblock}");
    }
    close(s);
    let s = socket(AF_INET, STREAM);
    assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &by_address), WSAEINVAL);
    close(s);
}

#[test]
fn memberships_of_ipv6() {
    let s = socket(AF_INET6, DATAGRAM);
    let mut group = [0; 16];
    (group[0], group[1], group[15]) = (0xff, 0x01, 0x77);
    let old = concat(&[&group, &loopback_index().to_ne_bytes()]);
    assert_eq!(set_bytes(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &old), 0);
    assert_eq!(set_bytes(s, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &old), 0);
    assert_eq!(set_bytes(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &old[..19]), WSAEFAULT);
    let mut address = vec![23, 0, 0, 0, 0, 0, 0, 0];
    address.extend_from_slice(&group);
    address.extend_from_slice(&[0; 4]);
    let request = group_request(loopback_index(), &[&address]);
    assert_eq!(set_bytes(s, IPPROTO_IPV6, MCAST_JOIN_GROUP, &request), 0);
    assert_eq!(set_bytes(s, IPPROTO_IPV6, MCAST_LEAVE_GROUP, &request), 0);
    close(s);
}

/// The interface for multicast, by address and by number, as it was given.
#[test]
fn multicast_interface() {
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(get(s, IPPROTO_IP, IP_MULTICAST_IF), Ok(0));
    let index = loopback_index().to_be_bytes();
    for interface in [LOOPBACK, index, [0; 4]] {
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_MULTICAST_IF, &interface), 0);
        let (code, bytes, len) = get_bytes(s, IPPROTO_IP, IP_MULTICAST_IF, 4);
        assert_eq!((code, len, bytes), (0, 4, interface.to_vec()));
    }
    assert_eq!(set_bytes(s, IPPROTO_IP, IP_MULTICAST_IF, &[198, 51, 100, 77]), 10049);
    close(s);
}
