//! The flags of `send`: F1 to F7. No bit of Linux's own gets through.

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process;
use crate::support::supervised::{Asked, Verdict, supervised};
use ws2_32::error::WsaError as E;

const MSG_DONTWAIT: i32 = 0x40;
const MSG_NOSIGNAL: i32 = 0x4000;
const MSG_FASTOPEN: i32 = 0x2000_0000;

/// F4, F5 under Q1: every bit that is not for sending is refused, and sends nothing.
#[test]
fn f4_f5_refused_bits() {
    each(
        &[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram],
        |pair, what| {
            for bit in 0..32 {
                let flag = 1_i32.rotate_left(bit);
                if flag == MSG_OOB || flag == MSG_DONTROUTE {
                    continue;
                }
                let known = MSG_PEEK | MSG_WAITALL | MSG_INTERRUPT | MSG_PUSH_IMMEDIATE | MSG_PARTIAL;
                let code = if flag & known != 0 { E::WSAEOPNOTSUPP } else { E::WSAEINVAL };
                assert_eq!(send(pair.s, b"data", flag), Err(code), "{what} {flag:#x}");
                assert_eq!(send(pair.s, b"", flag), Err(code), "{what} {flag:#x}, nothing");
            }
            for (flags, code) in [
                (MSG_PEEK | MSG_DONTWAIT, E::WSAEINVAL),
                (MSG_PARTIAL | MSG_FASTOPEN, E::WSAEINVAL),
                (MSG_DONTROUTE | MSG_NOSIGNAL, E::WSAEINVAL),
                (MSG_DONTROUTE | MSG_PARTIAL, E::WSAEOPNOTSUPP),
                (-1, E::WSAEINVAL),
            ] {
                assert_eq!(send(pair.s, b"data", flags), Err(code), "{what} {flags:#x}");
            }
            assert!(pair.peer.has_nothing(), "{what}");
            assert_eq!(send(pair.s, b"end", 0), Ok(3), "{what}");
            assert_eq!(pair.peer.read(), b"end", "{what}");
        },
    );
}

/// F4, F5: a socket that cannot send is reported before its flags are.
#[test]
fn f4_f5_after_the_state() {
    start();
    let fresh = socket(AF_INET, STREAM);
    let (shut, far) = tcp_pair();
    shutdown(shut, SD_SEND).unwrap();
    for flags in [MSG_PEEK, MSG_PARTIAL, MSG_DONTWAIT, -1] {
        assert_eq!(send(fresh, b"data", flags), Err(E::WSAENOTCONN), "{flags:#x}");
        assert_eq!(send(shut, b"data", flags), Err(E::WSAESHUTDOWN), "{flags:#x}");
    }
    for s in [fresh, shut, far] {
        close(s).unwrap();
    }
}

/// F1: where there is no room left for the urgent byte, those before it count.
#[test]
fn f1_no_room_for_the_urgent_byte() {
    process::alone(process::here!("f1_no_room_for_the_urgent_byte"), || {
        start();
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        set_mode(s, true);
        let mut attempts = 0;
        let outcome = supervised(
            move || send(s, b"abc", MSG_OOB),
            |asked: &Asked| {
                attempts += i32::from(asked.number == libc::SYS_sendto);
                let no_room = asked.number == libc::SYS_sendto && attempts > 1;
                if no_room { Verdict::Gave(-i64::from(libc::EAGAIN)) } else { Verdict::Goes }
            },
        );
        let Some(outcome) = outcome else { return };
        assert_eq!(outcome, Ok(2));
        assert_eq!(peer.read(), b"ab");
    });
}

/// F3: 0x8000 is MSG_MORE on Linux, which would make one datagram of two.
#[test]
fn f3_datagrams_are_not_glued() {
    each(&DATAGRAMS, |pair, what| {
        assert_eq!(send(pair.s, b"four", MSG_PARTIAL), Err(E::WSAEOPNOTSUPP), "{what}");
        assert_eq!(send(pair.s, b"ab", 0), Ok(2), "{what}");
        assert_eq!(send(pair.s, b"cde", MSG_DONTROUTE), Ok(3), "{what}");
        assert_eq!([pair.peer.read(), pair.peer.read()], [b"ab".to_vec(), b"cde".to_vec()], "{what}");
        assert!(pair.peer.has_nothing(), "{what}");
    });
}

/// Q3: MSG_DONTROUTE has no effect.
#[test]
fn q3_dontroute_is_stripped() {
    each(&[Speech::Tcp4, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        assert_eq!(send(pair.s, b"data", MSG_DONTROUTE), Ok(4), "{what}");
        assert_eq!(pair.peer.read(), b"data", "{what}");
    });
}

/// F1: urgent data on TCP; of several bytes only the last one is urgent.
#[test]
fn f1_urgent_data() {
    each(&TCP, |pair, what| {
        assert_eq!(send(pair.s, b"!", MSG_OOB), Ok(1), "{what}");
        wait_until("urgent data", || events(pair.peer.fd(), libc::POLLPRI) & libc::POLLPRI != 0);
        assert_eq!(urgent_byte(pair.peer.fd()), b'!', "{what}");
        assert_eq!(send(pair.s, b"abc?", MSG_OOB | MSG_DONTROUTE), Ok(4), "{what}");
        wait_until("urgent data", || events(pair.peer.fd(), libc::POLLPRI) & libc::POLLPRI != 0);
        assert_eq!(urgent_byte(pair.peer.fd()), b'?', "{what}");
        assert_eq!(pair.peer.read_exactly(3), b"abc", "{what}");
    });
}

/// F1: none on datagram sockets, whatever their state.
#[test]
fn f1_no_urgent_datagrams() {
    each(&DATAGRAMS, |pair, what| {
        for bytes in [&b""[..], b"x", b"xyz"] {
            assert_eq!(send(pair.s, bytes, MSG_OOB), Err(E::WSAEOPNOTSUPP), "{what}");
        }
        assert!(pair.peer.has_nothing(), "{what}");
    });
}

/// F7 under Q2: refused where the sender takes urgent data in line, after what the socket's state forbids.
#[test]
fn f7_oobinline() {
    each(&TCP, |pair, what| {
        set_option(fd(pair.s), libc::SOL_SOCKET, libc::SO_OOBINLINE, 1);
        assert_eq!(send(pair.s, b"x", MSG_OOB), Err(E::WSAEINVAL), "{what}");
        assert!(pair.peer.has_nothing(), "{what}");
        assert_eq!(send(pair.s, b"x", 0), Ok(1), "{what}");
        shutdown(pair.s, SD_SEND).unwrap();
        assert_eq!(send(pair.s, b"x", MSG_OOB), Err(E::WSAESHUTDOWN), "{what}");
    });
}

/// 0x40 is MSG_DONTWAIT on Linux: a blocking send that was refused for it is still a blocking one without it.
#[test]
fn f5_dontwait_does_not_get_through() {
    each(&STREAMS, |pair, what| {
        let all = vec![1; 32 << 20];
        assert_eq!(send(pair.s, &all, MSG_DONTWAIT), Err(E::WSAEINVAL), "{what}");
        assert!(pair.peer.has_nothing(), "{what}");
        let s = pair.s;
        let len = all.len();
        let sender = process::Blocked::on(move || send(s, &all, MSG_DONTROUTE));
        assert!(pair.peer.read_exactly(len) == vec![1; len], "{what}");
        assert_eq!(sender.outcome(), Ok(len.try_into().unwrap()), "{what}");
    });
}

fn urgent_byte(fd: i32) -> u8 {
    let mut byte = 0_u8;
    // SAFETY: a local.
    assert_eq!(unsafe { libc::recv(fd, (&raw mut byte).cast(), 1, libc::MSG_OOB) }, 1);
    byte
}
