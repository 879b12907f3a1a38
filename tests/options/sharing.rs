//! O10, O11: who may share an address with whom.

use std::net::TcpListener;

use ws2_32::socket::options::numbers::*;

use crate::support::network::apart;
use crate::support::options::*;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wish {
    Nothing,
    Reuse,
    Exclusive,
}

fn wishing(kind: i32, wish: Wish) -> usize {
    let s = socket(AF_INET, kind);
    match wish {
        Wish::Nothing => {}
        Wish::Reuse => assert_eq!(set(s, SOL_SOCKET, SO_REUSEADDR, 1), 0),
        Wish::Exclusive => assert_eq!(set(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1), 0),
    }
    s
}

use Wish::{Exclusive, Nothing, Reuse};

/// First host and wish, second host and wish, what the second bind is told.
type Row = ([u8; 4], Wish, [u8; 4], Wish, i32);

const ROWS: &[Row] = &[
    (ANY, Nothing, ANY, Nothing, WSAEADDRINUSE),
    (LOOPBACK, Nothing, LOOPBACK, Nothing, WSAEADDRINUSE),
    (ANY, Reuse, ANY, Reuse, 0),
    (LOOPBACK, Reuse, LOOPBACK, Reuse, 0),
    (ANY, Nothing, ANY, Reuse, WSAEACCES),
    (LOOPBACK, Nothing, LOOPBACK, Reuse, WSAEACCES),
    (ANY, Reuse, ANY, Nothing, WSAEADDRINUSE),
    (ANY, Nothing, LOOPBACK, Nothing, 0),
    (LOOPBACK, Nothing, ANY, Nothing, 0),
    (ANY, Exclusive, LOOPBACK, Nothing, WSAEACCES),
    (LOOPBACK, Nothing, ANY, Exclusive, WSAEADDRINUSE),
    (LOOPBACK, Exclusive, ANY, Nothing, 0),
    (ANY, Nothing, LOOPBACK, Exclusive, 0),
];

/// O11: connections in TIME_WAIT on one address of the machine do not keep a wildcard off another one's port.
#[test]
fn o11_time_wait_beside_a_particular_address() {
    apart(|| {
        const ANOTHER: [u8; 4] = [127, 0, 0, 2];
        let l = wishing(STREAM, Nothing);
        assert_eq!((bind(l, ANOTHER, 0), listen(l)), (0, 0));
        let taken = port(l);
        let near = socket(AF_INET, STREAM);
        assert_eq!(connect(near, ANOTHER, taken), 0);
        // The listener's side closes first, and is left in TIME_WAIT.
        let far = accept(l);
        close(far);
        assert_eq!(recv(near, 1, 0), Ok(Vec::new()));
        close(near);
        close(l);
        let (first, second) = (wishing(STREAM, Nothing), wishing(STREAM, Nothing));
        assert_eq!((bind(first, LOOPBACK, taken), bind(second, ANY, taken)), (0, 0));
        close(first);
        close(second);
    });
}

#[test]
fn o10_streams() {
    apart(|| {
        for &(first_host, first_wish, second_host, second_wish, expected) in ROWS {
            for listens_early in [false, true] {
                let what = format!(
                    "{first_host:?} {first_wish:?}, {second_host:?} {second_wish:?}, {listens_early}"
                );
                let first = wishing(STREAM, first_wish);
                assert_eq!(bind(first, first_host, 0), 0, "{what}");
                if listens_early {
                    assert_eq!(listen(first), 0, "{what}");
                }
                let second = wishing(STREAM, second_wish);
                assert_eq!(bind(second, second_host, port(first)), expected, "{what}");
                if expected == 0 {
                    assert_eq!((listen(second), listen(first)), (0, 0), "{what}");
                    o10_where_connections_go(first, second, first_host == LOOPBACK, second_host == LOOPBACK);
                }
                close(first);
                close(second);
            }
        }
    });
}

/// To the one on the loopback address if only one is; else to either.
fn o10_where_connections_go(first: usize, second: usize, first_is_near: bool, second_is_near: bool) {
    for s in [first, second] {
        assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    }
    let pending = |s| {
        // SAFETY: NULL is allowed.
        unsafe { ws2_32::ffi::ws2_accept(s, std::ptr::null_mut(), std::ptr::null_mut()) }
    };
    for _ in 0..4 {
        let near = socket(AF_INET, STREAM);
        assert_eq!(connect(near, LOOPBACK, port(first)), 0);
        let mut far = usize::MAX;
        let mut taker = first;
        until("a connection arrives", || {
            for s in [first, second] {
                if far == usize::MAX {
                    (far, taker) = (pending(s), s);
                }
            }
            far != usize::MAX
        });
        if first_is_near != second_is_near {
            assert_eq!(taker == first, first_is_near);
        }
        close(far);
        close(near);
    }
}

#[test]
fn o10_datagrams() {
    apart(|| {
        for &(first_host, first_wish, second_host, second_wish, expected) in ROWS {
            let what = format!("{first_host:?} {first_wish:?}, {second_host:?} {second_wish:?}");
            let (first, second) = (wishing(DATAGRAM, first_wish), wishing(DATAGRAM, second_wish));
            assert_eq!(bind(first, first_host, 0), 0, "{what}");
            assert_eq!(bind(second, second_host, port(first)), expected, "{what}");
            close(first);
            close(second);
        }
    });
}

/// A socket that this library did not make, as in another process: it never shares.
#[test]
fn o10_others_stay_in_the_way() {
    apart(|| {
        let foreign = TcpListener::bind("127.0.0.1:0").unwrap();
        let taken = foreign.local_addr().unwrap().port();
        for (wish, expected) in [(Nothing, WSAEADDRINUSE), (Exclusive, WSAEADDRINUSE), (Reuse, WSAEACCES)] {
            for host in [ANY, LOOPBACK] {
                let s = wishing(STREAM, wish);
                assert_eq!(bind(s, host, taken), expected, "{host:?} {wish:?}");
                close(s);
            }
        }
        // And nobody gets beside two that share.
        let (any, near) = (socket(AF_INET, STREAM), socket(AF_INET, STREAM));
        assert_eq!((bind(any, ANY, 0), listen(any)), (0, 0));
        assert_eq!((bind(near, LOOPBACK, port(any)), listen(near)), (0, 0));
        assert!(TcpListener::bind(("127.0.0.1", port(any))).is_err());
        assert!(TcpListener::bind(("0.0.0.0", port(any))).is_err());
        for s in [any, near] {
            assert_eq!(kernel(s, libc::SOL_SOCKET, libc::SO_REUSEPORT), 0);
            close(s);
        }
    });
}

/// O11: a server that restarts is not kept off its port by connections that have ended, or have not.
#[test]
fn o11_time_wait_does_not_count() {
    apart(|| {
        for wish in [Nothing, Reuse, Exclusive] {
            let first = wishing(STREAM, wish);
            assert_eq!((bind(first, LOOPBACK, 0), listen(first)), (0, 0));
            let address = port(first);
            let (near, still) = (socket(AF_INET, STREAM), socket(AF_INET, STREAM));
            assert_eq!(connect(near, LOOPBACK, address), 0);
            let far = accept(first);
            assert_eq!(connect(still, LOOPBACK, address), 0);
            let still_far = accept(first);
            // The server closes first, so the TIME_WAIT is on its side.
            close(far);
            close(near);
            close(first);
            let second = wishing(STREAM, wish);
            assert_eq!((bind(second, LOOPBACK, address), listen(second)), (0, 0), "{wish:?}");
            for s in [second, still, still_far] {
                close(s);
            }
        }
    });
}
