//! Rows whose cause is a peer or a network that has gone away under a TCP connection.

use std::thread;

use windows_sys::Win32::Networking::WinSock::{
    IPPROTO_TCP, SO_KEEPALIVE, SOL_SOCKET, TCP_KEEPCNT, TCP_KEEPIDLE, TCP_KEEPINTVL,
};
use ws2_32::error::WsaError as E;

use crate::icmp::{self, Refuser};
use crate::support::network::{HERE, Pair, THERE, pair_or_return};
use crate::support::socket::Socket;
use crate::support::waiting::until;

/// Q10: the system at the other end went down without notice.
#[test]
fn timed_out() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = pair.tcp();
    pair.vanish();
    assert_eq!(socket.send(b"into the void", 0), Ok(13));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAETIMEDOUT));
    socket.is_dead(E::WSAECONNABORTED);
}

/// Q10, for whoever waits: a `send` that could not go on, a `recv`.
#[test]
fn timed_out_while_waiting() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (sending, _peer) = pair.tcp();
    let (receiving, _other) = pair.tcp();
    pair.vanish();
    assert_eq!(receiving.send(b"into the void", 0), Ok(13));
    let receiver = thread::spawn(move || {
        assert_eq!(receiving.recv(&mut [0; 8]), Err(E::WSAETIMEDOUT));
        receiving.is_dead(E::WSAECONNABORTED);
    });
    assert_eq!(sending.send(&vec![1; 64 << 20], 0), Err(E::WSAETIMEDOUT));
    sending.is_dead(E::WSAECONNABORTED);
    receiver.join().unwrap();
}

/// T18: nobody answers for the address any more.
#[test]
fn timed_out_without_a_neighbour() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = pair.tcp();
    pair.vanish_from_link();
    pair.here.ip("neigh flush dev here");
    assert_eq!(socket.send(b"into the void", 0), Ok(13));
    socket.wait_for_error();
    let code = socket.send(b"x", 0).unwrap_err();
    assert!([E::WSAETIMEDOUT, E::WSAEHOSTUNREACH].contains(&code), "{code:?}");
    socket.is_dead(E::WSAECONNABORTED);
}

/// T19: what is sent is accepted as long as the connection lives.
#[test]
fn timed_out_with_the_interface_down() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = pair.tcp();
    pair.here.ip("link set here down");
    for _ in 0..3 {
        assert_eq!(socket.send(b"kept", 0), Ok(4));
    }
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAETIMEDOUT));
    socket.is_dead(E::WSAECONNABORTED);
}

/// Q11: nothing was under way but keep-alive probes.
#[test]
fn net_reset() {
    let pair = pair_or_return!();
    let (socket, _peer) = kept_alive(&pair);
    pair.vanish();
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAENETRESET));
    socket.is_dead(E::WSAECONNRESET);
}

/// Q11, for a `recv` that waits.
#[test]
fn net_reset_while_receiving() {
    let pair = pair_or_return!();
    let (socket, _peer) = kept_alive(&pair);
    pair.vanish();
    assert_eq!(socket.recv(&mut [0; 8]), Err(E::WSAENETRESET));
    socket.is_dead(E::WSAECONNRESET);
}

/// MS15: keep-alive is on, but it was retransmission that gave up.
#[test]
fn timed_out_with_keep_alive_on() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = kept_alive(&pair);
    pair.vanish();
    assert_eq!(socket.send(b"into the void", 0), Ok(13));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAETIMEDOUT));
    socket.is_dead(E::WSAECONNABORTED);
}

/// The same when a probe had been sent before: it was still retransmission that gave up.
#[test]
fn timed_out_after_a_keep_alive_probe() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = kept_alive(&pair);
    socket.set(IPPROTO_TCP, TCP_KEEPCNT, 9);
    pair.vanish();
    until("what the test made happen", || (socket.unanswered_probes() > 0).then_some(()));
    assert_eq!(socket.send(b"into the void", 0), Ok(13));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAETIMEDOUT));
    socket.is_dead(E::WSAECONNABORTED);
}

fn kept_alive(pair: &Pair) -> (Socket, std::net::TcpStream) {
    let (socket, peer) = pair.tcp();
    for (name, value) in [(TCP_KEEPIDLE, 1), (TCP_KEEPINTVL, 1), (TCP_KEEPCNT, 2)] {
        socket.set(IPPROTO_TCP, name, value);
    }
    socket.set(SOL_SOCKET, SO_KEEPALIVE, 1);
    (socket, peer)
}

/// The peer has gone, and the network says so: what it says is only believed when retransmission gives up.
#[test]
fn host_unreachable_under_a_connection() {
    refused_by_the_network(icmp::HOST_UNREACHABLE, E::WSAEHOSTUNREACH);
}

#[test]
fn network_unreachable_under_a_connection() {
    refused_by_the_network(icmp::NET_UNREACHABLE, E::WSAENETUNREACH);
}

/// A firewall's favourite answer. The connection was not refused: it is lost, as by a time-out.
#[test]
fn port_unreachable_under_a_connection() {
    refused_by_the_network(icmp::PORT_UNREACHABLE, E::WSAETIMEDOUT);
}

#[test]
fn protocol_unreachable_under_a_connection() {
    refused_by_the_network(icmp::PROTOCOL_UNREACHABLE, E::WSAETIMEDOUT);
}

fn refused_by_the_network(code: u8, expected: E) {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = pair.tcp();
    pair.vanish();
    let _refuser = Refuser::new(&pair, code);
    assert_eq!(socket.send(b"to the refuser", 0), Ok(14));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(expected));
    socket.is_dead(E::WSAECONNABORTED);
}

/// The connection's own address disappears.
#[test]
fn timed_out_without_an_address() {
    let pair = pair_or_return!();
    pair.give_up_after(2);
    let (socket, _peer) = pair.tcp();
    pair.here.ip(&format!("addr del {HERE}/24 dev here"));
    pair.here.ip(&format!("route replace {THERE} dev here"));
    assert_eq!(socket.send(b"kept", 0), Ok(4));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(E::WSAETIMEDOUT));
    socket.is_dead(E::WSAECONNABORTED);
}
