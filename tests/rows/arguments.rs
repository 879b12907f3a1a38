//! Rows whose cause is the call itself: not started, no socket, bad memory, bad flags, too long.

use std::fs::File;
use std::io::Read;
use std::os::fd::AsRawFd;
use std::ptr::null;

use windows_sys::Win32::Networking::WinSock::{SO_OOBINLINE, SOL_SOCKET};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::WSACleanup;

use crate::connections::{tcp, udp};
use crate::memory::Fenced;
use crate::support::calls::start_version;
use crate::support::network::must;
use crate::support::process::done_elsewhere;
use crate::support::socket::{Socket, raw_send, start};

/// OC1, OM1, SR1.
#[test]
fn not_initialised() {
    if done_elsewhere("arguments::not_initialised") {
        return;
    }
    let refused = |socket| {
        assert_eq!(raw_send(socket, b"x".as_ptr(), 1, 0), Err(E::WSANOTINITIALISED));
        assert_eq!(raw_send(socket, null(), -1, -1), Err(E::WSANOTINITIALISED), "comes before all else");
    };
    let file = File::open("/dev/null").unwrap();
    let some_fd = usize::try_from(file.as_raw_fd()).unwrap();
    refused(some_fd);
    refused(usize::MAX);
    assert_eq!(start_version(0x0202), 0);
    let (socket, _peer) = tcp();
    assert_eq!(socket.send(b"x", 0), Ok(1));
    // `Socket` has started Winsock once more.
    assert_eq!((WSACleanup(), WSACleanup()), (0, 0));
    refused(socket.0);
    assert_eq!(start_version(0x0202), 0);
    assert_eq!(
        raw_send(socket.0, b"x".as_ptr(), 1, 0),
        Err(E::WSAENOTSOCK),
        "CL4: closed by the last cleanup"
    );
}

/// OC2, SR10.
#[test]
fn not_a_socket() {
    start();
    let file = File::open("/proc/self/exe").unwrap();
    let pipe = std::io::pipe().unwrap();
    // A number far above those in use, so that no other test gets it when it is free again.
    // SAFETY: no pointers.
    let high = must(unsafe { libc::fcntl(Socket::udp().fd(), libc::F_DUPFD_CLOEXEC, 900) });
    let closed = usize::try_from(high).unwrap();
    assert_eq!(Socket(closed).close(), Ok(0));
    let number = |fd: i32| usize::try_from(fd).unwrap();
    let values = [
        usize::MAX,
        usize::MAX - 1,
        0x8000_0000,
        0x1_0000_0003,
        0x7fff_ffff,
        closed,
        number(file.as_raw_fd()),
        number(pipe.0.as_raw_fd()),
        number(pipe.1.as_raw_fd()),
    ];
    for value in values {
        let whatever =
            [(b"x".as_ptr(), 1, 0), (null(), 0, 0), (null(), 5, 0), (null(), -1, 0), (null(), 1, 0x4000)];
        for (buf, len, flags) in whatever {
            assert_eq!(raw_send(value, buf, len, flags), Err(E::WSAENOTSOCK), "{value:#x} {len} {flags:#x}");
        }
    }
}

#[test]
fn fault() {
    let fenced = Fenced::new(100);
    let wild = std::ptr::without_provenance(0x10_0000_0000_0000);
    let (stream, mut peer) = tcp();
    let (datagram, _other) = udp();
    for socket in [&stream, &datagram] {
        for (buf, len) in [(null(), 1), (wild, 10), (fenced.fence(), 1), (fenced.start(), 101)] {
            assert_eq!(raw_send(socket.0, buf, len, 0), Err(E::WSAEFAULT), "{buf:p} {len}");
        }
        for len in [-1, i32::MIN] {
            assert_eq!(raw_send(socket.0, fenced.start(), len, 0), Err(E::WSAEFAULT), "Q15");
        }
        assert_eq!(raw_send(socket.0, fenced.start(), 100, 0), Ok(100), "up to the very end");
        assert_eq!(raw_send(socket.0, null(), 0, 0), Ok(0), "nothing is read");
    }
    assert_eq!(peer.read(&mut [0; 200]).unwrap(), 100, "nothing of the faulty ones was sent");
}

/// Q17: a stream may have carried the readable beginning. It is the buffer's true beginning, and the call fails.
#[test]
fn fault_behind_a_long_beginning() {
    const READABLE: usize = 1 << 20;
    let fenced = Fenced::new(READABLE);
    let (stream, mut peer) = tcp();
    let reader = std::thread::spawn(move || peer.read_to_end(&mut Vec::new()).unwrap());
    let len = i32::try_from(READABLE + 10).unwrap();
    assert_eq!(raw_send(stream.0, fenced.start(), len, 0), Err(E::WSAEFAULT));
    assert_eq!(stream.close(), Ok(0));
    assert!(reader.join().unwrap() <= READABLE);
}

/// Q15, OM2 to OM8: what is wrong with the socket is said before what is wrong with the memory.
#[test]
fn fault_comes_after_the_state() {
    let fresh = Socket::tcp();
    let (shut, _peer) = tcp();
    assert_eq!(shut.shutdown(1), Ok(0));
    for len in [0, 1, -1] {
        assert_eq!(raw_send(fresh.0, null(), len, 0), Err(E::WSAENOTCONN), "{len}");
        assert_eq!(raw_send(Socket::udp().0, null(), len, 0), Err(E::WSAENOTCONN), "{len}");
        assert_eq!(raw_send(shut.0, null(), len, 0), Err(E::WSAESHUTDOWN), "{len}");
    }
}

const OOB: i32 = 1;

/// Q1: flags that Winsock has, for something else; and urgent data without a stream.
#[test]
fn operation_not_supported() {
    let (stream, _peer) = tcp();
    let (datagram, _other) = udp();
    for socket in [&stream, &datagram] {
        for flag in [2, 8, 0x10, 0x20, 0x8000, 2 | 8, OOB | 2] {
            assert_eq!(socket.send(b"x", flag), Err(E::WSAEOPNOTSUPP), "{flag:#x}");
        }
        assert_eq!(socket.send(b"x", 4), Ok(1), "Q3: MSG_DONTROUTE is taken");
    }
    assert_eq!(datagram.send(b"x", OOB), Err(E::WSAEOPNOTSUPP));
    assert_eq!(Socket::udp().send(b"x", OOB), Err(E::WSAEOPNOTSUPP), "OM12: before WSAENOTCONN");
    assert_eq!(stream.send(b"x", OOB), Ok(1));
}

/// The description's three causes: two are here, and the third, "not bound with bind", is WSAENOTCONN (Q13).
#[test]
fn invalid() {
    let (stream, _peer) = tcp();
    let (datagram, _other) = udp();
    for socket in [&stream, &datagram] {
        // Linux would take these: DONTWAIT, NOSIGNAL, MORE, FASTOPEN, ZEROCOPY.
        for flag in [0x40, 0x4000, 0x80, 0x2000_0000, 0x400_0000, 0x40 | 2, 0x40 | OOB, -1, i32::MIN] {
            assert_eq!(socket.send(b"x", flag), Err(E::WSAEINVAL), "{flag:#x}");
        }
    }
    stream.set(SOL_SOCKET, SO_OOBINLINE, 1);
    assert_eq!(stream.send(b"x", OOB), Err(E::WSAEINVAL), "Q2");
    stream.set(SOL_SOCKET, SO_OOBINLINE, 0);
    assert_eq!(stream.send(b"x", OOB), Ok(1));
    let unbound = Socket::tcp();
    assert_eq!(unbound.send(b"x", 0), Err(E::WSAENOTCONN), "Q13");
}

/// SR14.
#[test]
fn message_size() {
    let (datagram, peer) = udp();
    let data = vec![1; 70_000];
    for len in [65_508, 65_535, 65_536, 70_000] {
        assert_eq!(datagram.send(&data[..len], 0), Err(E::WSAEMSGSIZE), "{len}");
    }
    assert_eq!(datagram.send(&data[..65_507], 0), Ok(65_507));
    let mut room = vec![0; 70_000];
    assert_eq!(peer.recv(&mut room).unwrap(), 65_507, "nothing of the longer ones was sent");
    assert_eq!(Socket::udp().send(&data, 0), Err(E::WSAENOTCONN), "OM10: before the size");
}
