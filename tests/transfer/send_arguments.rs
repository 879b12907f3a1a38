//! What `send` is given: nothing at all, too much for a datagram, buffers that cannot be read. OC1 to OC10,
//! OM1 to OM15, T7, T25, F6.

use crate::support::calls::*;
use crate::support::pairs::*;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::ws2_send;

/// `send` with NULL for its buffer.
fn send_null(s: SOCKET, len: i32, flags: i32) -> Outcome {
    // SAFETY: the kernel checks the buffer.
    call(|| unsafe { ws2_send(s, std::ptr::null(), len, flags) })
}

/// OC9.
#[test]
fn t7_nothing_to_send() {
    each(&STREAMS, |pair, what| {
        for _ in 0..3 {
            assert_eq!(send(pair.s, b"", 0), Ok(0), "{what}");
            assert_eq!(send_null(pair.s, 0, 0), Ok(0), "{what}");
        }
        assert!(pair.peer.has_nothing(), "{what}");
        set_nonblocking(pair.s, true);
        fill(pair.s);
        assert_eq!(send(pair.s, b"", 0), Ok(0), "{what}, no room");
        assert_eq!(send(pair.s, b"x", 0), Err(E::WSAEWOULDBLOCK), "{what}");
    });
}

#[test]
fn f6_nothing_urgent() {
    each(&TCP, |pair, what| {
        assert_eq!(send(pair.s, b"", MSG_OOB), Ok(0), "{what}");
        assert!(pair.peer.has_nothing(), "{what}");
    });
}

#[test]
fn t25_empty_datagrams() {
    each(&DATAGRAMS, |pair, what| {
        assert_eq!(send(pair.s, b"", 0), Ok(0), "{what}");
        assert_eq!(send_null(pair.s, 0, 0), Ok(0), "{what}");
        assert_eq!(send(pair.s, b"x", 0), Ok(1), "{what}");
        assert_eq!([pair.peer.read(), pair.peer.read(), pair.peer.read()], [vec![], vec![], b"x".to_vec()]);
    });
}

/// The datagram's limit, and what wins over it.
#[test]
fn datagrams_too_long() {
    each(&[Speech::Udp4], |pair, what| {
        assert_eq!(send(pair.s, &vec![0; 65_508], 0), Err(E::WSAEMSGSIZE), "{what}");
        assert!(pair.peer.has_nothing(), "{what}");
        assert_eq!(send(pair.s, &vec![1; 65_507], 0), Ok(65_507), "{what}");
        assert_eq!(pair.peer.read().len(), 65_507, "{what}");
    });
}

/// OM6, OM9, OM13 to OM15: on connected sockets.
#[test]
fn bad_buffers() {
    each(
        &[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram],
        |pair, what| {
            for _ in 0..2 {
                assert_eq!(send_null(pair.s, 4, 0), Err(E::WSAEFAULT), "{what}");
                assert_eq!(send_null(pair.s, -1, 0), Err(E::WSAEFAULT), "{what}");
                assert_eq!(send_null(pair.s, i32::MIN, 0), Err(E::WSAEFAULT), "{what}");
            }
            assert!(pair.peer.has_nothing(), "{what}");
            assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what}");
            assert_eq!(pair.peer.read(), b"data", "{what}");
            if !what.starts_with("U") || what.starts_with("UnixStream") {
                set_nonblocking(pair.s, true);
                fill(pair.s);
                assert_eq!(send_null(pair.s, 4, 0), Err(E::WSAEFAULT), "{what}, no room");
            }
        },
    );
}

/// Fills a non-blocking stream until nothing fits.
fn fill(s: SOCKET) {
    let bytes = vec![7; 1 << 16];
    while send(s, &bytes, 0).is_ok() {}
    while send(s, b"x", 0).is_ok() {}
    assert_eq!(send(s, b"x", 0), Err(E::WSAEWOULDBLOCK));
}
