//! Pairs of connected sockets: the one under test, made through the interface or by POSIX code, and its peer,
//! which POSIX code has.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, IntoRawFd, OwnedFd, RawFd};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};

use ws2_32::ffi::closesocket;
use ws2_32::ffi::types::SOCKET;

use super::calls::*;

/// What the two sockets speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    Tcp4,
    Tcp6,
    UnixStream,
    Udp4,
    Udp6,
    UnixDatagram,
}

pub const STREAMS: [Speech; 3] = [Speech::Tcp4, Speech::Tcp6, Speech::UnixStream];
pub const TCP: [Speech; 2] = [Speech::Tcp4, Speech::Tcp6];
pub const DATAGRAMS: [Speech; 3] = [Speech::Udp4, Speech::Udp6, Speech::UnixDatagram];

/// Who made the socket under test, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// `socket` and `connect` of the interface.
    Ours,
    /// `accept` of the interface.
    OursAccepted,
    /// POSIX code; nothing is known about the socket.
    Posix,
    /// POSIX code's `accept`.
    PosixAccepted,
}

pub const MAKERS: [Maker; 4] = [Maker::Ours, Maker::OursAccepted, Maker::Posix, Maker::PosixAccepted];

/// The socket under test, closed with `closesocket` at the end, and its peer.
#[derive(Debug)]
pub struct Pair {
    pub s: SOCKET,
    pub peer: Peer,
    open: bool,
}

impl Drop for Pair {
    fn drop(&mut self) {
        if self.open {
            closesocket(self.s);
        }
    }
}

impl Pair {
    fn new(s: SOCKET, peer: impl Into<OwnedFd>) -> Self {
        Self { s, peer: Peer(Some(peer.into())), open: true }
    }

    /// Closes the socket under test.
    pub fn close(mut self) -> Peer {
        self.open = false;
        close(self.s).unwrap();
        std::mem::replace(&mut self.peer, Peer(None))
    }

    /// The socket under test is the caller's to close.
    pub fn leave(mut self) -> (SOCKET, Peer) {
        self.open = false;
        (self.s, std::mem::replace(&mut self.peer, Peer(None)))
    }
}

/// The other end.
#[derive(Debug)]
pub struct Peer(Option<OwnedFd>);

impl Peer {
    pub fn fd(&self) -> RawFd {
        self.0.as_ref().unwrap().as_raw_fd()
    }

    fn file(&self) -> std::mem::ManuallyDrop<UnixStream> {
        use std::os::fd::FromRawFd;
        // SAFETY: the peer's descriptor, which is not dropped here; any socket can be read and written so.
        std::mem::ManuallyDrop::new(unsafe { UnixStream::from_raw_fd(self.fd()) })
    }

    pub fn write(&self, bytes: &[u8]) {
        if bytes.is_empty() {
            // SAFETY: nothing is read.
            return assert_eq!(unsafe { libc::send(self.fd(), std::ptr::null(), 0, 0) }, 0);
        }
        self.file().write_all(bytes).unwrap();
    }

    /// One read of up to 64 KiB.
    pub fn read(&self) -> Vec<u8> {
        let mut bytes = vec![0; 65536];
        let len = self.file().read(&mut bytes).unwrap();
        bytes.truncate(len);
        bytes
    }

    /// Reads so many bytes.
    pub fn read_exactly(&self, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        self.file().read_exact(&mut bytes).unwrap();
        bytes
    }

    /// Reads to the end of the stream, or until it fails.
    pub fn read_all(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.file().read_to_end(&mut bytes);
        bytes
    }

    /// Sends urgent data.
    pub fn write_urgent(&self, bytes: &[u8]) {
        // SAFETY: a slice.
        let sent = unsafe { libc::send(self.fd(), bytes.as_ptr().cast(), bytes.len(), libc::MSG_OOB) };
        assert_eq!(sent, isize::try_from(bytes.len()).unwrap());
    }

    /// Whether nothing at all has arrived, not even the end.
    pub fn has_nothing(&self) -> bool {
        events(self.fd(), libc::POLLIN | libc::POLLPRI) & (libc::POLLIN | libc::POLLPRI) == 0
    }

    pub fn shut(&self, how: i32) {
        // SAFETY: numbers only.
        assert_eq!(unsafe { libc::shutdown(self.fd(), how) }, 0);
    }

    pub fn close(&mut self) {
        self.0 = None;
    }

    /// Closes with a reset: linger time 0.
    pub fn reset(&mut self) {
        set_option(self.fd(), libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
        self.close();
    }
}

/// Runs a test on every kind of pair: `speech` × who made the socket, as far as that goes.
pub fn each(speeches: &[Speech], mut test: impl FnMut(Pair, &str)) {
    start();
    for &speech in speeches {
        for maker in MAKERS {
            if let Some(pair) = pair(speech, maker) {
                test(pair, &format!("{speech:?} by {maker:?}"));
            }
        }
    }
}

/// A connected pair; none where there is no such thing.
pub fn pair(speech: Speech, maker: Maker) -> Option<Pair> {
    match speech {
        Speech::Tcp4 => Some(tcp(Ipv4Addr::LOCALHOST.into(), AF_INET, maker)),
        Speech::Tcp6 => Some(tcp(Ipv6Addr::LOCALHOST.into(), AF_INET6, maker)),
        Speech::UnixStream => Some(unix(maker)),
        Speech::Udp4 => udp(Ipv4Addr::LOCALHOST.into(), AF_INET, maker),
        Speech::Udp6 => udp(Ipv6Addr::LOCALHOST.into(), AF_INET6, maker),
        Speech::UnixDatagram => (maker == Maker::Posix).then(|| {
            let (s, peer) = UnixDatagram::pair().unwrap();
            Pair::new(raw(s), peer)
        }),
    }
}

/// A TCP pair over IPv4, made through the interface.
pub fn ours() -> Pair {
    pair(Speech::Tcp4, Maker::Ours).unwrap()
}

fn raw(socket: impl IntoRawFd) -> SOCKET {
    socket.into_raw_fd().try_into().unwrap()
}

fn tcp(host: std::net::IpAddr, family: i32, maker: Maker) -> Pair {
    if maker == Maker::OursAccepted {
        let listener = socket(family, STREAM);
        bind(listener, &Name::of(SocketAddr::new(host, 0))).unwrap();
        listen(listener, 1).unwrap();
        let port = local_name(listener).unwrap().port();
        let peer = TcpStream::connect((host, port)).unwrap();
        let s = accept(listener).unwrap();
        close(listener).unwrap();
        return Pair::new(s, peer);
    }
    let listener = TcpListener::bind((host, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    match maker {
        Maker::Ours => {
            let s = socket(family, STREAM);
            connect(s, &Name::of(address)).unwrap();
            Pair::new(s, listener.accept().unwrap().0)
        }
        Maker::Posix => {
            let s = TcpStream::connect(address).unwrap();
            Pair::new(raw(s), listener.accept().unwrap().0)
        }
        _ => {
            let peer = TcpStream::connect(address).unwrap();
            Pair::new(raw(listener.accept().unwrap().0), peer)
        }
    }
}

fn unix(maker: Maker) -> Pair {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("socket");
    if maker == Maker::OursAccepted {
        let listener = socket(1, STREAM);
        bind(listener, &Name::unix(&path)).unwrap();
        listen(listener, 1).unwrap();
        let peer = UnixStream::connect(&path).unwrap();
        let s = accept(listener).unwrap();
        close(listener).unwrap();
        return Pair::new(s, peer);
    }
    let listener = UnixListener::bind(&path).unwrap();
    match maker {
        Maker::Ours => {
            let s = socket(1, STREAM);
            connect(s, &Name::unix(&path)).unwrap();
            Pair::new(s, listener.accept().unwrap().0)
        }
        Maker::Posix => {
            let (s, peer) = UnixStream::pair().unwrap();
            Pair::new(raw(s), peer)
        }
        _ => {
            let peer = UnixStream::connect(&path).unwrap();
            Pair::new(raw(listener.accept().unwrap().0), peer)
        }
    }
}

fn udp(host: std::net::IpAddr, family: i32, maker: Maker) -> Option<Pair> {
    let peer = UdpSocket::bind((host, 0)).unwrap();
    let to = peer.local_addr().unwrap();
    let s = match maker {
        Maker::Ours => {
            let s = socket(family, DGRAM);
            connect(s, &Name::of(to)).unwrap();
            s
        }
        Maker::Posix => {
            let s = UdpSocket::bind((host, 0)).unwrap();
            s.connect(to).unwrap();
            raw(s)
        }
        _ => return None,
    };
    peer.connect((host, local_name(s).unwrap().port())).unwrap();
    Some(Pair::new(s, peer))
}
