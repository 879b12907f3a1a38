//! Rows whose cause is the way that a datagram has to go.

use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};

use windows_sys::Win32::Networking::WinSock::{
    IP_MTU_DISCOVER, IP_PMTUDISC_DO, IPPROTO_IP, SO_BROADCAST, SO_SNDBUF, SO_SNDTIMEO, SOL_SOCKET,
};
use ws2_32::error::WsaError as E;

use crate::connections::v4;
use crate::icmp::{self, Refuser};
use crate::support::network::{EVERYBODY, THERE, left_out, pair_or_return};
use crate::support::socket::Socket;
use crate::support::waiting::until;

/// Somewhere behind the other network (an address for documentation).
const FAR: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 9);

/// Q20: a route forbids it; and no longer when the route has gone.
#[test]
fn routes() {
    let pair = pair_or_return!();
    let (socket, peer) = pair.udp();
    for (kind, code) in
        [("unreachable", E::WSAEHOSTUNREACH), ("prohibit", E::WSAEACCES), ("blackhole", E::WSAEHOSTUNREACH)]
    {
        pair.here.ip(&format!("route add {kind} {THERE}"));
        socket.sends_fail_with(code);
        pair.here.ip(&format!("route del {kind} {THERE}"));
        assert_eq!(socket.send(b"again", 0), Ok(5), "{kind}: it was no fault of the socket's");
        assert_eq!(peer.recv(&mut [0; 8]).unwrap(), 5);
    }
}

/// Q20, not in the description: the way there has gone.
#[test]
fn network_unreachable() {
    let pair = pair_or_return!();
    pair.here.ip(&format!("route add default via {THERE}"));
    let socket = pair.socket(2);
    socket.connect(FAR).unwrap();
    assert_eq!(socket.send(b"x", 0), Ok(1));
    pair.here.ip("route del default");
    socket.sends_fail_with(E::WSAENETUNREACH);
}

/// MS21: so says Linux where the interface is down.
#[test]
fn interface_down() {
    let pair = pair_or_return!();
    let (socket, _peer) = pair.udp();
    pair.here.ip("link set here down");
    socket.sends_fail_with(E::WSAENETUNREACH);
    pair.here.ip("link set here up");
    assert_eq!(socket.send(b"x", 0), Ok(1));
}

/// The one kind of socket that Linux tells so: a packet socket, made by POSIX code and handed to `send`.
#[test]
fn network_down() {
    let pair = pair_or_return!();
    let socket = pair.packet_socket();
    let frame = [0xff; 60];
    assert_eq!(socket.send(&frame, 0), Ok(60));
    pair.here.ip("link set here down");
    for _ in 0..3 {
        assert_eq!(socket.send(&frame, 0), Err(E::WSAENETDOWN));
    }
    assert_eq!(socket.recv(&mut [0; 60]), Err(E::WSAENETDOWN));
    pair.here.ip("link set here up");
    assert_eq!(socket.send(&frame, 0), Ok(60));
    pair.here.ip("link del here");
    for _ in 0..3 {
        assert_eq!(socket.send(&frame, 0), Err(E::WSAENETDOWN), "SM8: no such device");
    }
}

/// SR3, Q14: the call that names the address says so; `send` itself, when the way has to be looked up again.
#[test]
fn broadcast() {
    let pair = pair_or_return!();
    let allow = |socket: &Socket, allowed: i32| {
        socket.set(SOL_SOCKET, SO_BROADCAST, allowed);
    };
    let peer = pair.there.run(|| UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap());
    let port = peer.local_addr().unwrap().port();
    let socket = pair.socket(2);
    for address in [EVERYBODY, Ipv4Addr::BROADCAST] {
        assert_eq!(socket.connect(SocketAddrV4::new(address, port)), Err(E::WSAEACCES));
        socket.sends_fail_with(E::WSAENOTCONN);
    }
    allow(&socket, 1);
    assert_eq!(socket.connect(SocketAddrV4::new(EVERYBODY, port)), Ok(0));
    assert_eq!(socket.send(b"all", 0), Ok(3));
    assert_eq!(peer.recv(&mut [0; 8]).unwrap(), 3);
    allow(&socket, 0);
    pair.here.route("unreachable", "198.51.100.0/24");
    socket.sends_fail_with(E::WSAEACCES);
    allow(&socket, 1);
    assert_eq!(socket.send(b"all", 0), Ok(3));
}

/// Q20: a packet filter's verdict.
#[test]
fn packet_filter() {
    let pair = pair_or_return!();
    let (socket, _peer) = pair.udp();
    if let Err(error) = pair.here.forbid_output() {
        return left_out(&format!("no nf_tables: {error}"));
    }
    socket.sends_fail_with(E::WSAEACCES);
}

/// A queue that is full: the datagram is lost, and Linux says so where IP_RECVERR is set.
#[test]
fn no_buffers() {
    let pair = pair_or_return!();
    let (socket, _peer) = pair.udp();
    pair.here.tc("qdisc add dev here root tbf rate 8kbit burst 2kb limit 3kb");
    socket.set_kernel(libc::IPPROTO_IP, libc::IP_RECVERR, 1_i32);
    let code = until("what the test made happen", || socket.send(&[0; 1000], 0).err());
    assert_eq!(code, E::WSAENOBUFS);
    pair.here.tc("qdisc del dev here root");
    assert_eq!(socket.send(b"room again", 0), Ok(10));
}

/// MS23: the socket's own buffer is full, as the queue takes its time.
#[test]
fn no_room_for_a_datagram() {
    let pair = pair_or_return!();
    let (socket, _peer) = pair.udp();
    pair.here.tc("qdisc add dev here root tbf rate 8kbit burst 2kb limit 100kb");
    socket.set(SOL_SOCKET, SO_SNDBUF, 1).set(SOL_SOCKET, SO_SNDTIMEO, 50);
    let code = until("what the test made happen", || socket.send(&[0; 1000], 0).err());
    assert_eq!(code, E::WSAETIMEDOUT, "blocking, with SO_SNDTIMEO");
    let socket = socket.nonblocking();
    socket.fill_with(&[0; 1000]);
    socket.fill_with(&[]);
}

/// More than the wire takes in one piece, and it must not be cut.
#[test]
fn message_size_of_the_wire() {
    let pair = pair_or_return!();
    let (socket, peer) = pair.udp();
    assert_eq!(socket.send(&[1; 1473], 0), Ok(1473), "cut into pieces");
    socket.set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
    assert_eq!(socket.send(&[2; 1473], 0), Err(E::WSAEMSGSIZE));
    assert_eq!(socket.send(&[3; 1472], 0), Ok(1472));
    let mut room = [0; 2000];
    assert_eq!((peer.recv(&mut room).unwrap(), room[0]), (1473, 1));
    assert_eq!((peer.recv(&mut room).unwrap(), room[0]), (1472, 3));
}

/// Q4 and Q20 over the wire: what a host that is there answers, what a router does. Once each.
#[test]
fn answers_of_the_network() {
    let pair = pair_or_return!();
    let port_closed = pair.there.run(|| v4(UdpSocket::bind((THERE, 0)).unwrap().local_addr().unwrap()));
    let socket = pair.socket(2);
    socket.connect(port_closed).unwrap();
    met(&socket, E::WSAECONNRESET);
    pair.vanish();
    for (answer, code) in [
        (icmp::PORT_UNREACHABLE, E::WSAECONNRESET),
        (icmp::PROHIBITED, E::WSAEHOSTUNREACH),
        (icmp::PROTOCOL_UNREACHABLE, E::WSAENETUNREACH),
    ] {
        let _refuser = Refuser::new(&pair, answer);
        met(&socket, code);
    }
    // Linux keeps the milder ones from a program that does not ask for them.
    for (answer, code) in
        [(icmp::HOST_UNREACHABLE, E::WSAEHOSTUNREACH), (icmp::NET_UNREACHABLE, E::WSAENETUNREACH)]
    {
        let _refuser = Refuser::new(&pair, answer);
        let socket = pair.socket(2);
        socket.connect(port_closed).unwrap();
        socket.set_kernel(libc::IPPROTO_IP, libc::IP_RECVERR, 1_i32);
        assert_eq!(socket.send(b"x", 0), Ok(1));
        socket.wait_for_error();
        assert_eq!(socket.send(b"x", 0), Err(code));
    }
}

fn met(socket: &Socket, code: E) {
    assert_eq!(socket.send(b"x", 0), Ok(1));
    socket.wait_for_error();
    assert_eq!(socket.send(b"x", 0), Err(code));
    assert_eq!(socket.send(b"x", 0), Ok(1), "{code:?} was reported once");
    socket.wait_for_error();
    assert_eq!(socket.recv(&mut [0; 8]), Err(code));
}
