//! `recv` state by state: R1 to R14, on sockets made here and by POSIX code.

use std::net::UdpSocket;

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::Blocked;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::ws2_recv;

fn recv_null(s: SOCKET, len: i32, flags: i32) -> Outcome {
    // SAFETY: the kernel checks the buffer.
    call(|| unsafe { ws2_recv(s, std::ptr::null_mut(), len, flags) })
}

/// R1: without a local address nothing can arrive; with one it needs no peer.
#[test]
fn r1_unbound_datagrams() {
    start();
    for family in [AF_INET, AF_INET6] {
        let s = socket(family, DGRAM);
        for flags in [0, MSG_PEEK, 0x40, MSG_DONTROUTE] {
            assert_eq!(take_with(s, flags), Err(E::WSAEINVAL));
        }
        assert_eq!(recv_null(s, -1, 0), Err(E::WSAEINVAL));
        close(s).unwrap();
    }
    let s = socket(AF_INET, DGRAM);
    bind(s, &loopback(0)).unwrap();
    assert_eq!(recv_null(s, -1, 0), Err(E::WSAEFAULT));
    assert_eq!(take_with(s, 0x40), Err(E::WSAEINVAL));
    assert_eq!(take_with(s, MSG_DONTROUTE), Err(E::WSAEOPNOTSUPP));
    assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAEOPNOTSUPP));
    assert_eq!(take_with(s, MSG_OOB), Err(E::WSAEOPNOTSUPP));
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    peer.send_to(b"data", ("127.0.0.1", local_name(s).unwrap().port())).unwrap();
    assert_eq!(take(s), Ok(b"data".to_vec()));
    close(s).unwrap();
}

/// R2: a datagram that does not fit fills the buffer; its rest is lost, the next one is not.
#[test]
fn r2_datagrams_too_long() {
    each(&DATAGRAMS, |pair, what| {
        pair.peer.write(b"0123456789");
        pair.peer.write(b"next");
        wait_for(pair.s, libc::POLLIN);
        let mut four = [0; 4];
        assert_eq!(recv(pair.s, &mut four, MSG_PEEK), Err(E::WSAEMSGSIZE), "{what}");
        assert_eq!(recv(pair.s, &mut four, 0), Err(E::WSAEMSGSIZE), "{what}");
        assert_eq!(&four, b"0123", "{what}");
        assert_eq!(recv(pair.s, &mut four, 0), Ok(4), "{what}: one that just fits");
        assert_eq!(&four, b"next", "{what}");
        pair.peer.write(b"");
        assert_eq!(take(pair.s), Ok(vec![]), "{what}: an empty one");
    });
}

/// R3, SH5: after SD_RECEIVE nothing is received, neither what was there nor what comes late.
#[test]
fn r3_shut_down() {
    for how in [SD_RECEIVE, SD_BOTH] {
        each(
            &[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram],
            |pair, what| {
                pair.peer.write(b"before");
                wait_for(pair.s, libc::POLLIN);
                shutdown(pair.s, how).unwrap();
                for _ in 0..2 {
                    for flags in [0, MSG_PEEK, MSG_WAITALL, 0x40] {
                        assert_eq!(take_with(pair.s, flags), Err(E::WSAESHUTDOWN), "{what}");
                    }
                    assert_eq!(recv_null(pair.s, 0, 0), Err(E::WSAESHUTDOWN), "{what}");
                    assert_eq!(recv_null(pair.s, -1, 0), Err(E::WSAESHUTDOWN), "{what}");
                    // SAFETY: a slice; the peer may be told that nobody reads.
                    unsafe { libc::send(pair.peer.fd(), b"late".as_ptr().cast(), 4, libc::MSG_NOSIGNAL) };
                }
            },
        );
    }
}

/// R3 in the midst of a wait.
#[test]
fn r3_shutdown_ends_a_blocked_recv() {
    each(&[Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        let s = pair.s;
        let receiver = Blocked::on(move || take(s));
        shutdown(s, SD_RECEIVE).unwrap();
        assert_eq!(receiver.outcome(), Err(E::WSAESHUTDOWN), "{what}");
    });
}

/// Q24, X25: a TCP `recv` that waits already goes on, and gets what comes; calls that begin later are refused.
#[test]
fn q24_a_tcp_recv_outlasts_the_shutdown() {
    for how in [SD_RECEIVE, SD_BOTH] {
        each(&TCP, |pair, what| {
            let s = pair.s;
            let receivers = [Blocked::on(move || take(s)), Blocked::on(move || take(s))];
            receivers.iter().for_each(|receiver| receiver.wait_until_it_waits());
            shutdown(s, how).unwrap();
            assert_eq!(take(s), Err(E::WSAESHUTDOWN), "{what}: a later one");
            assert!(receivers.iter().all(|receiver| !receiver.has_returned()), "{what}");
            pair.peer.write(b"a");
            wait_until("one of them has it", || receivers.iter().any(|receiver| receiver.has_returned()));
            pair.peer.shut(libc::SHUT_WR);
            let mut outcomes = receivers.map(|receiver| receiver.outcome());
            outcomes.sort_by_key(|outcome| outcome.clone().unwrap_or_default());
            assert_eq!(outcomes, [Ok(Vec::new()), Ok(b"a".to_vec())], "{what}");
            assert_eq!(take(s), Err(E::WSAESHUTDOWN), "{what}: afterwards");
        });
    }
}

/// R5: urgent data.
#[test]
fn r5_urgent_data() {
    each(&TCP, |pair, what| {
        assert_eq!(take_with(pair.s, MSG_OOB), Err(E::WSAEINVAL), "{what}: none");
        pair.peer.write(b"ab");
        pair.peer.write_urgent(b"!");
        pair.peer.write(b"cd");
        wait_for(pair.s, libc::POLLPRI);
        assert_eq!(take_with(pair.s, MSG_OOB | MSG_PEEK), Ok(b"!".to_vec()), "{what}");
        assert_eq!(take_with(pair.s, MSG_OOB), Ok(b"!".to_vec()), "{what}");
        assert_eq!(take_with(pair.s, MSG_OOB), Err(E::WSAEINVAL), "{what}: taken");
        assert_eq!(take(pair.s), Ok(b"ab".to_vec()), "{what}: up to the mark");
        wait_for(pair.s, libc::POLLIN);
        assert_eq!(take(pair.s), Ok(b"cd".to_vec()), "{what}");
        set_option(fd(pair.s), libc::SOL_SOCKET, libc::SO_OOBINLINE, 1);
        assert_eq!(take_with(pair.s, MSG_OOB), Err(E::WSAEINVAL), "{what}: in line");
    });
    each(&DATAGRAMS, |pair, what| {
        pair.peer.write(b"data");
        assert_eq!(take_with(pair.s, MSG_OOB), Err(E::WSAEOPNOTSUPP), "{what}");
        assert_eq!(take(pair.s), Ok(b"data".to_vec()), "{what}");
    });
}

/// R5 on sockets that are dead or were never connected: the state comes first.
#[test]
fn r5_after_the_state() {
    each(&TCP, |mut pair, what| {
        pair.peer.reset();
        wait_for(pair.s, libc::POLLERR);
        assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
        assert_eq!(take_with(pair.s, MSG_OOB), Err(E::WSAECONNRESET), "{what}");
    });
    let fresh = socket(AF_INET, STREAM);
    assert_eq!(take_with(fresh, MSG_OOB), Err(E::WSAENOTCONN));
    assert_eq!(take(fresh), Err(E::WSAENOTCONN));
    close(fresh).unwrap();
}

/// R6: no room, where something is there.
#[test]
fn r6_no_room() {
    each(&STREAMS, |pair, what| {
        pair.peer.write(b"data");
        wait_for(pair.s, libc::POLLIN);
        assert_eq!(recv_null(pair.s, 0, 0), Ok(0), "{what}");
        assert_eq!(take(pair.s), Ok(b"data".to_vec()), "{what}");
    });
}

/// R7: the end of the stream, for ever, also with our own sending shut down.
#[test]
fn r7_the_end() {
    for shut in [false, true] {
        each(&STREAMS, |mut pair, what| {
            if shut {
                shutdown(pair.s, SD_SEND).unwrap();
            }
            pair.peer.write(b"last");
            pair.peer.close();
            assert_eq!(take(pair.s), Ok(b"last".to_vec()), "{what}");
            for _ in 0..5 {
                assert_eq!(take(pair.s), Ok(vec![]), "{what}");
                assert_eq!(take_with(pair.s, MSG_PEEK), Ok(vec![]), "{what}");
            }
        });
    }
}

/// R7: FIN and then RST is WSAECONNABORTED, even for the first recv; without a FIN it is WSAECONNRESET.
#[test]
fn r7_end_and_reset() {
    each(&TCP, |mut pair, what| {
        pair.peer.shut(libc::SHUT_WR);
        wait_for(pair.s, libc::POLLIN);
        pair.peer.reset();
        wait_for(pair.s, libc::POLLERR);
        for _ in 0..3 {
            assert_eq!(take(pair.s), Err(E::WSAECONNABORTED), "{what}");
            assert_eq!(send(pair.s, b"x", 0), Err(E::WSAECONNABORTED), "{what}");
        }
    });
    each(&TCP, |mut pair, what| {
        let s = pair.s;
        let receiver = Blocked::on(move || take(s));
        pair.peer.reset();
        assert_eq!(receiver.outcome(), Err(E::WSAECONNRESET), "{what}");
        for _ in 0..3 {
            assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
        }
    });
}

/// R11: by our option, in milliseconds, and by POSIX code's.
#[test]
fn r11_timeout() {
    each(&[Speech::Tcp4, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        set_number(pair.s, 0xffff, 0x1006, 20);
        assert_eq!(take(pair.s), Err(E::WSAETIMEDOUT), "{what}");
        assert_eq!(take_with(pair.s, MSG_PEEK), Err(E::WSAETIMEDOUT), "{what}");
        pair.peer.write(b"data");
        assert_eq!(take(pair.s), Ok(b"data".to_vec()), "{what}");
        set_nonblocking(pair.s, true);
        assert_eq!(take(pair.s), Err(E::WSAEWOULDBLOCK), "{what}");
    });
    each(&[Speech::Tcp4, Speech::Udp4], |pair, what| {
        let limit = libc::timeval { tv_sec: 0, tv_usec: 30_000 };
        set_option(fd(pair.s), libc::SOL_SOCKET, libc::SO_RCVTIMEO, limit);
        assert_eq!(take(pair.s), Err(E::WSAETIMEDOUT), "{what}: by POSIX code");
    });
}

/// MSG_WAITALL: until the buffer is full, the stream ends, or it fails.
#[test]
fn waitall() {
    each(&STREAMS, |pair, what| {
        let s = pair.s;
        let receiver = Blocked::on(move || {
            let mut bytes = [0; 6];
            recv(s, &mut bytes, MSG_WAITALL).map(|len| (len, bytes))
        });
        pair.peer.write(b"ab");
        receiver.wait_until_it_waits();
        assert!(!receiver.has_returned(), "{what}");
        pair.peer.write(b"cdefgh");
        assert_eq!(receiver.outcome(), Ok((6, *b"abcdef")), "{what}");
        assert_eq!(take_with(pair.s, MSG_PUSH_IMMEDIATE), Ok(b"gh".to_vec()), "{what}");

        let receiver = Blocked::on(move || take_with(s, MSG_WAITALL));
        pair.peer.write(b"ij");
        pair.peer.shut(libc::SHUT_WR);
        assert_eq!(receiver.outcome(), Ok(b"ij".to_vec()), "{what}: the end");
        set_nonblocking(s, true);
        assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAEOPNOTSUPP), "{what}: non-blocking");
    });
}

/// R14: the time passes before the buffer is full. Over TCP what has come is still there.
#[test]
fn r14_waitall_and_a_time_out() {
    each(&STREAMS, |pair, what| {
        let s = pair.s;
        set_number(s, 0xffff, 0x1006, 50);
        pair.peer.write(b"ab");
        wait_for(s, libc::POLLIN);
        assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAETIMEDOUT), "{what}");
        if what.starts_with("Tcp") {
            assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAETIMEDOUT), "{what}: again");
            pair.peer.write(b"cd");
            let mut four = [0; 4];
            assert_eq!(recv(s, &mut four, MSG_WAITALL), Ok(4), "{what}");
            assert_eq!(&four, b"abcd", "{what}");
        }
        assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAETIMEDOUT), "{what}: nothing at all");

        // In time: in two pieces, more than the kernel's buffer holds, and up to the end.
        set_number(s, 0xffff, 0x1006, 600_000);
        let receiver = Blocked::on(move || {
            let mut bytes = [0; 6];
            recv(s, &mut bytes, MSG_WAITALL).map(|len| (len, bytes))
        });
        pair.peer.write(b"ab");
        receiver.wait_until_it_waits();
        pair.peer.write(b"cdef");
        assert_eq!(receiver.outcome(), Ok((6, *b"abcdef")), "{what}");
        let much = vec![7; 16 << 20];
        let receiver = Blocked::started(move || {
            let mut bytes = vec![0; 16 << 20];
            recv(s, &mut bytes, MSG_WAITALL).map(|len| (len, bytes))
        });
        pair.peer.write(&much);
        assert!(receiver.outcome() == Ok((16 << 20, much)), "{what}: much");
        let receiver = Blocked::on(move || take_with(s, MSG_WAITALL));
        pair.peer.write(b"ij");
        pair.peer.shut(libc::SHUT_WR);
        assert_eq!(receiver.outcome(), Ok(b"ij".to_vec()), "{what}: the end");
    });
}

/// R14: another thread's call that wants less gets its bytes once the time of the first is over.
#[test]
fn r14_the_threshold_goes_with_the_call() {
    each(&TCP, |pair, what| {
        let s = pair.s;
        set_number(s, 0xffff, 0x1006, 50);
        pair.peer.write(b"ab");
        assert_eq!(take_with(s, MSG_WAITALL), Err(E::WSAETIMEDOUT), "{what}");
        wait_for(s, libc::POLLIN);
        assert_eq!(take(s), Ok(b"ab".to_vec()), "{what}");
    });
}

/// MSG_PEEK looks and takes nothing.
#[test]
fn peek() {
    each(&[Speech::Tcp4, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        let s = pair.s;
        let receiver = Blocked::on(move || take_with(s, MSG_PEEK));
        pair.peer.write(b"data");
        assert_eq!(receiver.outcome(), Ok(b"data".to_vec()), "{what}");
        assert_eq!(take_with(s, MSG_PEEK), Ok(b"data".to_vec()), "{what}");
        assert_eq!(take(s), Ok(b"data".to_vec()), "{what}");
    });
}

/// The order of checks, and bad buffers; what is there stays there.
#[test]
fn bad_arguments() {
    each(&[Speech::Tcp4, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        assert_eq!(recv_null(pair.s, -1, 0), Err(E::WSAEFAULT), "{what}");
        assert_eq!(recv_null(pair.s, i32::MIN, 0), Err(E::WSAEFAULT), "{what}");
        for (flags, code) in [
            (0x40, E::WSAEINVAL),
            (MSG_DONTROUTE, E::WSAEOPNOTSUPP),
            (MSG_PARTIAL, E::WSAEOPNOTSUPP),
            (MSG_INTERRUPT, E::WSAEOPNOTSUPP),
            (MSG_WAITALL | MSG_PEEK, E::WSAEOPNOTSUPP),
            (-1, E::WSAEINVAL),
        ] {
            assert_eq!(take_with(pair.s, flags), Err(code), "{what} {flags:#x}");
        }
        pair.peer.write(b"data");
        wait_for(pair.s, libc::POLLIN);
        assert_eq!(recv_null(pair.s, 4, 0), Err(E::WSAEFAULT), "{what}");
        if what.starts_with("Tcp") {
            assert_eq!(take(pair.s), Ok(b"data".to_vec()), "{what}");
        }
    });
}
