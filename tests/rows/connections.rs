//! Connected sockets, over loopback and over a wire, with the standard library at the other end.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::support::network::{Pair, THERE, must};
use crate::support::socket::Socket;
use crate::support::waiting::{SOON, until};

pub(crate) const LOOPBACK: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// An address of the loopback network for one use, so that nobody takes a port of it that has become free.
fn quiet_address() -> Ipv4Addr {
    static USES: AtomicU32 = AtomicU32::new(0);
    let number = std::process::id() << 8 | USES.fetch_add(1, Ordering::Relaxed) & 0xff;
    let [_, a, b, c] = number.to_be_bytes();
    Ipv4Addr::new(127, 128 | a, b, c)
}

pub(crate) fn v4(address: SocketAddr) -> SocketAddrV4 {
    match address {
        SocketAddr::V4(address) => address,
        SocketAddr::V6(address) => panic!("{address}"),
    }
}

/// A connection over loopback: ours, and the peer's end.
pub(crate) fn tcp() -> (Socket, TcpStream) {
    tcp_with(Socket::tcp())
}

/// The same with a socket that has its options.
pub(crate) fn tcp_with(socket: Socket) -> (Socket, TcpStream) {
    let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
    socket.connect(v4(listener.local_addr().unwrap())).unwrap();
    (socket, listener.accept().unwrap().0)
}

/// A datagram socket connected to a peer over loopback.
pub(crate) fn udp() -> (Socket, UdpSocket) {
    let peer = UdpSocket::bind((quiet_address(), 0)).unwrap();
    let socket = Socket::udp();
    socket.connect(v4(peer.local_addr().unwrap())).unwrap();
    (socket, peer)
}

/// A TCP address on loopback where nobody listens.
pub(crate) fn nobody() -> SocketAddrV4 {
    let listener = TcpListener::bind((quiet_address(), 0)).unwrap();
    v4(listener.local_addr().unwrap())
}

/// Sends until the last datagram arrives: the first ones may be lost while the neighbours look for each other.
pub(crate) fn acquaint(socket: &Socket, peer: &UdpSocket) {
    peer.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut number = 0_u8;
    until("what the test made happen", || {
        number += 1;
        assert_eq!(socket.send(&[number], 0), Ok(1));
        let mut room = [0; 8];
        while peer.recv(&mut room).is_ok() {
            if room[0] == number {
                return Some(());
            }
        }
        None
    });
    peer.set_read_timeout(Some(SOON)).unwrap();
}

impl Pair {
    /// A socket on this side.
    pub(crate) fn socket(&self, kind: i32) -> Socket {
        self.here.run(move || Socket::new(kind))
    }

    /// A connection over the wire.
    pub(crate) fn tcp(&self) -> (Socket, TcpStream) {
        let listener = self.there.run(|| TcpListener::bind((THERE, 0)).unwrap());
        let socket = self.socket(1);
        socket.connect(v4(listener.local_addr().unwrap())).unwrap();
        (socket, listener.accept().unwrap().0)
    }

    /// A datagram socket connected to a peer over the wire, which has heard of it.
    pub(crate) fn udp(&self) -> (Socket, UdpSocket) {
        let peer = self.there.run(|| UdpSocket::bind((THERE, 0)).unwrap());
        let socket = self.socket(2);
        socket.connect(v4(peer.local_addr().unwrap())).unwrap();
        acquaint(&socket, &peer);
        (socket, peer)
    }

    /// A socket that sends whole Ethernet frames, of a type for experiments, on the wire.
    pub(crate) fn packet_socket(&self) -> Socket {
        crate::support::socket::start();
        self.here.run(|| {
            let kind = 0x88b5_u16.to_be();
            // SAFETY: zero is a value of the structure.
            let mut name: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
            name.sll_family = u16::try_from(libc::AF_PACKET).unwrap();
            name.sll_protocol = kind;
            // SAFETY: a name with its NUL.
            name.sll_ifindex = i32::try_from(unsafe { libc::if_nametoindex(c"here".as_ptr()) }).unwrap();
            let len = u32::try_from(size_of_val(&name)).unwrap();
            // SAFETY: no pointers.
            let fd = must(unsafe {
                libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, kind.into())
            });
            // SAFETY: a local, and its size.
            must(unsafe { libc::bind(fd, (&raw const name).cast(), len) });
            Socket(usize::try_from(fd).unwrap())
        })
    }
}
