//! The rows whose cause lies in IPv6: routes, sizes.

use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6, UdpSocket};

use ws2_32::error::WsaError as E;

use crate::connections::acquaint;
use crate::support::network::{Pair, left_out, pair_or_return};
use crate::support::socket::Socket;

const HERE: &str = "fd77::1";
const THERE: Ipv6Addr = Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 2);
/// An address for documentation.
const FAR: SocketAddrV6 = SocketAddrV6::new(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9, 0, 0);

/// Whether the kernel has IPv6. Says so if not; not allowed in CI.
fn exists() -> bool {
    let exists = std::path::Path::new("/proc/net/if_inet6").exists();
    if !exists {
        left_out("no IPv6");
    }
    exists
}

/// A datagram socket connected to a peer over the wire, which has heard of it.
fn udp(pair: &Pair) -> (Socket, UdpSocket) {
    pair.here.ip(&format!("addr add {HERE}/64 dev here nodad"));
    pair.there.ip(&format!("addr add {THERE}/64 dev there nodad"));
    let peer = pair.there.run(|| UdpSocket::bind((THERE, 0)).unwrap());
    let socket = pair.here.run(|| Socket::new6(2));
    let SocketAddr::V6(address) = peer.local_addr().unwrap() else { panic!("IPv4") };
    socket.connect6(address).unwrap();
    acquaint(&socket, &peer);
    (socket, peer)
}

/// Q20.
#[test]
fn routes() {
    if !exists() {
        return;
    }
    let pair = pair_or_return!();
    let (socket, _peer) = udp(&pair);
    for (kind, code) in
        [("unreachable", E::WSAEHOSTUNREACH), ("prohibit", E::WSAEACCES), ("blackhole", E::WSAEHOSTUNREACH)]
    {
        pair.here.ip(&format!("route add {kind} {THERE} metric 1"));
        socket.sends_fail_with(code);
        pair.here.ip(&format!("route del {kind} {THERE} metric 1"));
        assert_eq!(socket.send(b"again", 0), Ok(5), "{kind}");
    }
    pair.here.ip("link set here down");
    socket.sends_fail_with(E::WSAENETUNREACH);
}

/// K10.
#[test]
fn routes_without_a_connection() {
    if !exists() {
        return;
    }
    let pair = pair_or_return!();
    let refused = |code| {
        for kind in [1, 2] {
            let socket = pair.here.run(move || Socket::new6(kind));
            assert_eq!(socket.connect6(FAR), Err(code), "kind {kind}");
            socket.sends_fail_with(E::WSAENOTCONN);
        }
    };
    refused(E::WSAENETUNREACH);
    for (kind, code) in
        [("unreachable", E::WSAEHOSTUNREACH), ("prohibit", E::WSAEACCES), ("blackhole", E::WSAEHOSTUNREACH)]
    {
        pair.here.ip(&format!("-6 route add {kind} 2001:db8::/32"));
        refused(code);
        pair.here.ip(&format!("-6 route del {kind} 2001:db8::/32"));
    }
}

/// 20 bytes more than over IPv4, whose header counts.
#[test]
fn message_size() {
    if !exists() {
        return;
    }
    let pair = pair_or_return!();
    let (socket, peer) = udp(&pair);
    let data = vec![1; 70_000];
    for len in [65_528, 65_536, 70_000] {
        assert_eq!(socket.send(&data[..len], 0), Err(E::WSAEMSGSIZE), "{len}");
    }
    assert_eq!(socket.send(&data[..65_527], 0), Ok(65_527));
    assert_eq!(peer.recv(&mut vec![0; 70_000]).unwrap(), 65_527);
}
