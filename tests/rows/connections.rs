//! Connected sockets, over loopback and over a wire, with the standard library at the other end.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream, UdpSocket};

use crate::net::{Pair, THERE, must};
use crate::winsock::{PATIENCE, Socket};

pub(crate) const LOOPBACK: Ipv4Addr = Ipv4Addr::LOCALHOST;

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
    let peer = UdpSocket::bind((LOOPBACK, 0)).unwrap();
    let socket = Socket::udp();
    socket.connect(v4(peer.local_addr().unwrap())).unwrap();
    (socket, peer)
}

/// A TCP address on loopback where nobody listens.
pub(crate) fn nobody() -> SocketAddrV4 {
    let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
    v4(listener.local_addr().unwrap())
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
        peer.set_read_timeout(Some(PATIENCE)).unwrap();
        let socket = self.socket(2);
        socket.connect(v4(peer.local_addr().unwrap())).unwrap();
        assert_eq!(socket.send(b"hello", 0), Ok(5));
        peer.recv(&mut [0; 8]).unwrap();
        (socket, peer)
    }

    /// A socket that sends whole Ethernet frames, of a type for experiments, on the wire.
    pub(crate) fn packet_socket(&self) -> Socket {
        crate::winsock::start();
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
