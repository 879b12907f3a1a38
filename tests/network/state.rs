//! What a socket tells of itself: its addresses as one structure, a connection's numbers, the process at the other end.

use std::ffi::c_int;

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::commands::command;
use crate::support::options::{self as support, *};
use crate::words::{AF_UNIX, WSAENOTCONN, at, bind, name, windows};

/// SO_BSP_STATE: both addresses, as far as there are any, and where they lie.
#[test]
fn bsp_state() {
    // Room at a place that does not move; the code, the length, and the numbers and addresses that the structure leads to.
    let ask = |s, room: usize| {
        let mut words = [0_u64; 16];
        let mut len = c_int::try_from(room).unwrap();
        // SAFETY: a local of 128 bytes.
        let result =
            unsafe { ws2_getsockopt(s, SOL_SOCKET, SO_BSP_STATE, words.as_mut_ptr().cast(), &raw mut len) };
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let start = words.as_ptr().addr() as u64;
        let address = |at: usize| match (words[at], words[at + 1]) {
            (0, 0) => vec![],
            (place, len) => {
                bytes[usize::try_from(place - start).unwrap()..][..usize::try_from(len).unwrap()].to_vec()
            }
        };
        let number = |at: usize| u32::from_ne_bytes(*bytes[at..].first_chunk().unwrap());
        (outcome(result), len, [address(0), address(2)], (number(32), number(36)))
    };
    for (family, host, kind, protocol) in [
        (AF_INET, "127.0.0.1", STREAM, 6),
        (AF_INET, "127.0.0.1", DATAGRAM, 17),
        (AF_INET6, "::1", STREAM, 6),
        (AF_INET6, "::1", DATAGRAM, 17),
    ] {
        let s = socket(family, kind);
        let what = format!("{host} {kind}");
        let numbers = (kind.cast_unsigned(), protocol);
        assert_eq!(ask(s, 128), (0, 40, [vec![], vec![]], numbers), "{what}: not bound");
        assert_eq!(bind(s, at(host, 0)), 0);
        let own = name(s).unwrap();
        let (code, len, addresses, told) = ask(s, 128);
        assert_eq!((code, &addresses, told), (0, &[windows(own), vec![]], numbers), "{what}");
        assert_eq!(ask(s, usize::try_from(len).unwrap() - 1).0, WSAEFAULT, "{what}");
        let peer = socket(family, kind);
        assert_eq!(bind(peer, at(host, 0)), 0);
        if kind == STREAM {
            assert_eq!(listen(peer), 0);
        }
        let to = name(peer).unwrap();
        assert_eq!(crate::words::connect(s, to), 0);
        assert_eq!(ask(s, 128).2, [windows(own), windows(to)], "{what}");
        assert_eq!(support::set(s, SOL_SOCKET, SO_BSP_STATE, 0), WSAENOPROTOOPT);
        close(s);
        close(peer);
    }
    let s = socket(AF_UNIX, STREAM);
    assert_eq!(ask(s, 128).0, WSAENOPROTOOPT);
    close(s);
}

/// SIO_TCP_INFO: a connection's numbers in both versions, before and after something was sent; what has none.
#[test]
fn tcp_info() {
    let info = |s, version: u32, room| command(s, SIO_TCP_INFO, &version.to_ne_bytes(), room);
    let word = |bytes: &[u8], at: usize| u32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap());
    let long = |bytes: &[u8], at: usize| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap());
    let (near, far) = pair();
    send(near, &[7; 1000], 0);
    until("all is acknowledged", || {
        let (code, count, sent) = info(near, 0, 88);
        assert_eq!((code, count), (0, 88));
        word(&sent, 28) == 0
    });
    let (code, count, sent) = info(near, 1, 200);
    assert_eq!((code, count), (0, 136));
    // ESTABLISHED; the size of a segment, the window.
    assert_eq!(word(&sent, 0), 4);
    assert!(word(&sent, 4) > 500 && word(&sent, 32) >= word(&sent, 4), "{sent:?}");
    assert!(long(&sent, 48) >= 1000, "bytes out: {}", long(&sent, 48));
    let (_, _, received) = info(far, 0, 88);
    assert!(long(&received, 56) >= 1000, "bytes in: {}", long(&received, 56));
    assert_eq!(info(near, 0, 87).0, WSAEFAULT);
    assert_eq!(info(near, 1, 88).0, WSAEFAULT);
    assert_eq!(info(near, 2, 200).0, WSAEINVAL);
    assert_eq!(command(near, SIO_TCP_INFO, &[0; 3], 88).0, WSAEFAULT);
    assert_eq!(recv(far, 1000, 0).unwrap().len(), 1000);
    close(far);
    until("the peer has closed", || word(&info(near, 0, 88).2, 0) == 7);
    close(near);
    let fresh = socket(AF_INET6, STREAM);
    assert_eq!(word(&info(fresh, 0, 88).2, 0), 0, "CLOSED");
    close(fresh);
    let listening = listener();
    assert_eq!(word(&info(listening, 0, 88).2, 0), 1, "LISTEN");
    close(listening);
    for (family, kind) in [(AF_INET, DATAGRAM), (AF_UNIX, STREAM)] {
        let s = socket(family, kind);
        assert_eq!(info(s, 0, 88).0, WSAEOPNOTSUPP, "{family} {kind}");
        close(s);
    }
}

/// SIO_TCP_INITIAL_RTO: how often the first packet is sent again.
#[test]
fn first_retransmissions() {
    for family in [AF_INET, AF_INET6] {
        let s = socket(family, STREAM);
        let kernel = || kernel(s, libc::IPPROTO_TCP, libc::TCP_SYNCNT);
        let at_first = kernel();
        // Two bytes of a time, the number, and what fills the structure up.
        for (times, expected) in [(0, at_first), (255, at_first), (3, 3), (200, 127), (254, 1), (255, 1)] {
            assert_eq!(command(s, SIO_TCP_INITIAL_RTO, &[0xff, 0xff, times, 0], 0).0, 0);
            assert_eq!(kernel(), expected, "{times}");
        }
        assert_eq!(command(s, SIO_TCP_INITIAL_RTO, &[0, 0], 0).0, WSAEFAULT);
        close(s);
    }
    for (family, kind) in [(AF_INET, DATAGRAM), (AF_UNIX, STREAM)] {
        let s = socket(family, kind);
        assert_eq!(command(s, SIO_TCP_INITIAL_RTO, &[0, 0, 3, 0], 0).0, WSAEOPNOTSUPP);
        close(s);
    }
}

/// SIO_AF_UNIX_GETPEERPID: the process at the other end.
#[test]
fn peer_process() {
    let peer = |s, room| command(s, SIO_AF_UNIX_GETPEERPID, &[], room);
    let path = std::env::temp_dir().join(format!("ws2_32-peer-process-{}", std::process::id()));
    let listening = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let s = socket(AF_UNIX, STREAM);
    assert_eq!(peer(s, 4).0, WSAENOTCONN);
    crate::support::calls::connect(s, &crate::support::name::Name::unix(&path)).unwrap();
    assert_eq!(peer(s, 4), (0, 4, std::process::id().to_ne_bytes().to_vec()));
    assert_eq!(peer(s, 3).0, WSAEFAULT);
    close(s);
    drop(listening);
    std::fs::remove_file(&path).unwrap();
    let s = socket(AF_INET, STREAM);
    assert_eq!(peer(s, 4).0, WSAEOPNOTSUPP);
    close(s);
}
