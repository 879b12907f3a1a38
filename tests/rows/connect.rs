//! K10: what `connect` says where no connection comes about, and what `send` says then.

use std::net::{Ipv4Addr, SocketAddrV4};

use windows_sys::Win32::Networking::WinSock::{SO_ERROR, SOL_SOCKET};
use ws2_32::error::WsaError as E;

use crate::icmp::{self, Refuser};
use crate::support::network::{Pair, THERE, pair_or_return};

const FAR: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 9);
const THERE_9: SocketAddrV4 = SocketAddrV4::new(THERE, 9);

/// A blocking `connect` fails with the code, TCP and UDP, and the socket stays unconnected.
fn refused_at_once(pair: &Pair, to: SocketAddrV4, code: E) {
    for kind in [1, 2] {
        let socket = pair.socket(kind);
        for _ in 0..2 {
            assert_eq!(socket.connect(to), Err(code), "kind {kind}");
            socket.sends_fail_with(E::WSAENOTCONN);
        }
        let socket = pair.socket(kind).nonblocking();
        assert_eq!(socket.connect(to), Err(code), "kind {kind}, non-blocking");
        socket.sends_fail_with(E::WSAENOTCONN);
    }
}

/// Both ways of waiting for a TCP connection that never comes about.
fn refused_later(pair: &Pair, code: E) {
    let waiting = pair.socket(1).nonblocking();
    assert_eq!(waiting.connect(THERE_9), Err(E::WSAEWOULDBLOCK), "K1");
    let blocking = pair.socket(1);
    assert_eq!(blocking.connect(THERE_9), Err(code));
    blocking.sends_fail_with(E::WSAENOTCONN);
    waiting.wait_for_error();
    waiting.sends_fail_with(E::WSAENOTCONN);
    for _ in 0..2 {
        assert_eq!(E::from_number(waiting.get(SOL_SOCKET, SO_ERROR)), code, "O1: not cleared by reading");
    }
}

#[test]
fn routes() {
    let pair = pair_or_return!();
    refused_at_once(&pair, FAR, E::WSAENETUNREACH);
    for (kind, code) in
        [("unreachable", E::WSAEHOSTUNREACH), ("prohibit", E::WSAEACCES), ("blackhole", E::WSAEHOSTUNREACH)]
    {
        pair.here.route(kind, "192.0.2.0/24");
        refused_at_once(&pair, FAR, code);
        pair.here.ip("route del 192.0.2.0/24");
    }
    pair.here.ip("link set here down");
    refused_at_once(&pair, THERE_9, E::WSAENETUNREACH);
}

#[test]
fn nobody_listens() {
    let pair = pair_or_return!();
    refused_later(&pair, E::WSAECONNREFUSED);
}

#[test]
fn nobody_answers_for_the_address() {
    let pair = pair_or_return!();
    pair.vanish_from_link();
    refused_later(&pair, E::WSAEHOSTUNREACH);
}

/// T4 on the way: connecting is not connected.
#[test]
fn nobody_answers() {
    let pair = pair_or_return!();
    pair.here.set("tcp_syn_retries", 1);
    pair.vanish();
    let connecting = pair.socket(1).nonblocking();
    assert_eq!(connecting.connect(THERE_9), Err(E::WSAEWOULDBLOCK));
    connecting.is_dead(E::WSAENOTCONN);
    assert_eq!(connecting.connect(THERE_9), Err(E::WSAEALREADY), "K2");
    refused_later(&pair, E::WSAETIMEDOUT);
}

#[test]
fn the_network_answers() {
    let pair = pair_or_return!();
    pair.vanish();
    for (answer, code) in [
        (icmp::HOST_UNREACHABLE, E::WSAEHOSTUNREACH),
        (icmp::NET_UNREACHABLE, E::WSAENETUNREACH),
        (icmp::PORT_UNREACHABLE, E::WSAECONNREFUSED),
        (icmp::PROHIBITED, E::WSAEHOSTUNREACH),
        (icmp::PROTOCOL_UNREACHABLE, E::WSAENETUNREACH),
    ] {
        let _refuser = Refuser::new(&pair, answer);
        refused_later(&pair, code);
    }
}
