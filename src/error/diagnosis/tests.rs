//! The verdict of every row, PI1 to PI5 and ER1 to ER24, under the decisions, without a socket.

use super::*;
use crate::error::evidence::{Tcp, TcpState};

const CLOSED: Tcp = Tcp { state: TcpState::Closed, was_connected: false, probes_unanswered: false };
const DEAD: Tcp = Tcp { was_connected: true, ..CLOSED };
const OPEN: Tcp = Tcp { state: TcpState::Open, ..DEAD };
const CONNECTING: Tcp = Tcp { state: TcpState::Connecting, ..CLOSED };
const LISTENING: Tcp = Tcp { state: TcpState::Listening, ..CLOSED };
const PROBED: Tcp = Tcp { probes_unanswered: true, ..DEAD };

fn tcp(tcp: Tcp) -> Evidence {
    Evidence { tcp: Some(tcp), ..Evidence::default() }
}

fn udp() -> Evidence {
    Evidence { kind: Kind::Datagram, ..Evidence::default() }
}

fn connected_udp() -> Evidence {
    Evidence { has_peer: true, ..udp() }
}

type Row = (&'static str, i32, Evidence, WsaError, Remember);

fn check(direction: Direction, rows: &[Row]) {
    for (what, errno, evidence, code, remember) in rows {
        match diagnose(direction, Errno::new(*errno), evidence) {
            Verdict::Fail(failure, kept) => {
                assert_eq!((failure.code, kept), (*code, *remember), "{what}");
                assert!(!failure.why.is_empty(), "{what}: no reason for the trace");
            }
            Verdict::Retry => panic!("{what}: retried"),
        }
    }
}

/// PI1 to PI5, in their order: own shutdown, a code already reported, never connected, else aborted.
#[test]
fn broken_pipe_in_order() {
    use Remember::{Fatal, Nothing};
    let shut = Evidence { shut_send: true, ..tcp(DEAD) };
    let reported = Evidence { fatal: Some(WsaError::WSAECONNRESET), ..tcp(DEAD) };
    let aborted = Fatal(WsaError::WSAECONNABORTED);
    check(
        Direction::Send,
        &[
            ("1 own SD_SEND", libc::EPIPE, shut.clone(), WsaError::WSAESHUTDOWN, Nothing),
            (
                "1 before 2",
                libc::EPIPE,
                Evidence { shut_send: true, ..reported.clone() },
                WsaError::WSAESHUTDOWN,
                Nothing,
            ),
            ("2 reported before", libc::EPIPE, reported, WsaError::WSAECONNRESET, Nothing),
            ("3 listening", libc::EPIPE, tcp(LISTENING), WsaError::WSAENOTCONN, Nothing),
            ("4 fresh, bound, or failed", libc::EPIPE, tcp(CLOSED), WsaError::WSAENOTCONN, Nothing),
            ("5 was connected, by the counters", libc::EPIPE, tcp(DEAD), WsaError::WSAECONNABORTED, aborted),
            (
                "5 was connected, by the record",
                libc::EPIPE,
                Evidence { established: true, ..tcp(CLOSED) },
                WsaError::WSAECONNABORTED,
                aborted,
            ),
            (
                "5 a Unix stream whose peer has closed",
                libc::EPIPE,
                Evidence { has_peer: true, ..Evidence::default() },
                WsaError::WSAECONNABORTED,
                aborted,
            ),
        ],
    );
}

/// ER1 to ER24, what concerns streams.
#[test]
fn streams() {
    use Remember::{ConnectFailed, Fatal, Nothing};
    let keep_alive = |counters| Evidence { keep_alive: true, ..tcp(counters) };
    let reset = Fatal(WsaError::WSAECONNRESET);
    let aborted = Fatal(WsaError::WSAECONNABORTED);
    check(
        Direction::Send,
        &[
            ("connecting (T4)", libc::EAGAIN, tcp(CONNECTING), WsaError::WSAENOTCONN, Nothing),
            ("no room", libc::EAGAIN, tcp(OPEN), WsaError::WSAEWOULDBLOCK, Nothing),
            ("reset (Q8)", libc::ECONNRESET, tcp(DEAD), WsaError::WSAECONNRESET, reset),
            (
                "own SD_SEND, then reset (Q12)",
                libc::ECONNRESET,
                Evidence { shut_send: true, ..tcp(DEAD) },
                WsaError::WSAESHUTDOWN,
                reset,
            ),
            ("shut down while connecting", libc::ECONNRESET, tcp(CLOSED), WsaError::WSAENOTCONN, Nothing),
            ("keep-alive (Q11)", libc::ETIMEDOUT, keep_alive(PROBED), WsaError::WSAENETRESET, reset),
            ("retransmission (Q10)", libc::ETIMEDOUT, tcp(DEAD), WsaError::WSAETIMEDOUT, aborted),
            (
                "retransmission with keep-alive on",
                libc::ETIMEDOUT,
                keep_alive(DEAD),
                WsaError::WSAETIMEDOUT,
                aborted,
            ),
            (
                "zero-window probes, no keep-alive",
                libc::ETIMEDOUT,
                tcp(PROBED),
                WsaError::WSAETIMEDOUT,
                aborted,
            ),
            ("gone, and ICMP said so", libc::EHOSTUNREACH, tcp(DEAD), WsaError::WSAEHOSTUNREACH, aborted),
            ("gone, and no route", libc::ENETUNREACH, tcp(DEAD), WsaError::WSAENETUNREACH, aborted),
            ("gone, ICMP: host unknown", libc::EHOSTDOWN, tcp(DEAD), WsaError::WSAEHOSTUNREACH, aborted),
            ("gone, ICMP: host isolated", libc::ENONET, tcp(DEAD), WsaError::WSAEHOSTUNREACH, aborted),
            ("gone, ICMPv6: prohibited", libc::EACCES, tcp(DEAD), WsaError::WSAEHOSTUNREACH, aborted),
            ("gone, ICMP: port", libc::ECONNREFUSED, tcp(DEAD), WsaError::WSAETIMEDOUT, aborted),
            ("gone, ICMP: protocol", libc::ENOPROTOOPT, tcp(DEAD), WsaError::WSAETIMEDOUT, aborted),
            ("gone, ICMP: parameter", libc::EPROTO, tcp(DEAD), WsaError::WSAETIMEDOUT, aborted),
            (
                "failed connect: refused (T6)",
                libc::ECONNREFUSED,
                tcp(CLOSED),
                WsaError::WSAENOTCONN,
                ConnectFailed(WsaError::WSAECONNREFUSED),
            ),
            (
                "failed connect: timed out",
                libc::ETIMEDOUT,
                tcp(CLOSED),
                WsaError::WSAENOTCONN,
                ConnectFailed(WsaError::WSAETIMEDOUT),
            ),
            (
                "failed connect: host",
                libc::EHOSTUNREACH,
                tcp(CLOSED),
                WsaError::WSAENOTCONN,
                ConnectFailed(WsaError::WSAEHOSTUNREACH),
            ),
            (
                "failed connect: network",
                libc::ENETUNREACH,
                tcp(CLOSED),
                WsaError::WSAENOTCONN,
                ConnectFailed(WsaError::WSAENETUNREACH),
            ),
            (
                "a Unix stream never connected",
                libc::ENOTCONN,
                Evidence::default(),
                WsaError::WSAENOTCONN,
                Nothing,
            ),
            ("interface down", libc::ENETDOWN, tcp(OPEN), WsaError::WSAENETDOWN, Nothing),
            (
                "reset, and its end was reported otherwise",
                libc::ECONNRESET,
                Evidence { fatal: Some(WsaError::WSAECONNABORTED), ..tcp(DEAD) },
                WsaError::WSAECONNABORTED,
                Nothing,
            ),
            (
                "ICMP after retransmission gave up (T18)",
                libc::EHOSTUNREACH,
                Evidence { fatal: Some(WsaError::WSAECONNABORTED), ..tcp(DEAD) },
                WsaError::WSAECONNABORTED,
                Nothing,
            ),
        ],
    );
    check(
        Direction::Receive,
        &[
            ("connecting (R4)", libc::EAGAIN, tcp(CONNECTING), WsaError::WSAENOTCONN, Nothing),
            ("nothing there", libc::EAGAIN, tcp(OPEN), WsaError::WSAEWOULDBLOCK, Nothing),
            ("never connected", libc::ENOTCONN, tcp(CLOSED), WsaError::WSAENOTCONN, Nothing),
            ("reset (R7)", libc::ECONNRESET, tcp(DEAD), WsaError::WSAECONNRESET, reset),
            (
                "own SD_SEND, then reset",
                libc::ECONNRESET,
                Evidence { shut_send: true, ..tcp(DEAD) },
                WsaError::WSAECONNRESET,
                reset,
            ),
            ("retransmission", libc::ETIMEDOUT, tcp(DEAD), WsaError::WSAETIMEDOUT, aborted),
            ("no urgent data (R5)", libc::EINVAL, tcp(OPEN), WsaError::WSAEINVAL, Nothing),
        ],
    );
}

/// ER1 to ER24, what concerns datagrams.
#[test]
fn datagrams() {
    use Remember::Nothing;
    let shut = Evidence { shut_send: true, ..connected_udp() };
    check(
        Direction::Send,
        &[
            ("no peer (T21)", libc::EDESTADDRREQ, udp(), WsaError::WSAENOTCONN, Nothing),
            ("shut down (T24)", libc::EPIPE, shut.clone(), WsaError::WSAESHUTDOWN, Nothing),
            (
                "shut down, no peer (T24)",
                libc::EDESTADDRREQ,
                Evidence { shut_send: true, ..udp() },
                WsaError::WSAESHUTDOWN,
                Nothing,
            ),
            ("shut down by POSIX code", libc::EPIPE, connected_udp(), WsaError::WSAESHUTDOWN, Nothing),
            ("no room", libc::EAGAIN, connected_udp(), WsaError::WSAEWOULDBLOCK, Nothing),
            ("refused (Q4)", libc::ECONNREFUSED, connected_udp(), WsaError::WSAECONNRESET, Nothing),
            ("host", libc::EHOSTUNREACH, connected_udp(), WsaError::WSAEHOSTUNREACH, Nothing),
            ("network", libc::ENETUNREACH, connected_udp(), WsaError::WSAENETUNREACH, Nothing),
            ("protocol (SM21)", libc::ENOPROTOOPT, connected_udp(), WsaError::WSAENETUNREACH, Nothing),
            ("no such device (SM8)", libc::ENXIO, connected_udp(), WsaError::WSAENETDOWN, Nothing),
            ("no such device (SM8)", libc::ENODEV, connected_udp(), WsaError::WSAENETDOWN, Nothing),
            ("prohibit route or broadcast", libc::EACCES, connected_udp(), WsaError::WSAEACCES, Nothing),
            ("packet filter", libc::EPERM, connected_udp(), WsaError::WSAEACCES, Nothing),
            ("blackhole route", libc::EINVAL, connected_udp(), WsaError::WSAEHOSTUNREACH, Nothing),
            ("too long", libc::EMSGSIZE, connected_udp(), WsaError::WSAEMSGSIZE, Nothing),
            ("too long, and no peer", libc::EMSGSIZE, udp(), WsaError::WSAENOTCONN, Nothing),
            ("MSG_OOB", libc::EOPNOTSUPP, connected_udp(), WsaError::WSAEOPNOTSUPP, Nothing),
            ("interface down", libc::ENETDOWN, connected_udp(), WsaError::WSAENETDOWN, Nothing),
        ],
    );
    let unbound = Evidence { unbound: true, ..udp() };
    check(
        Direction::Receive,
        &[
            ("no local address (R1)", libc::EAGAIN, unbound, WsaError::WSAEINVAL, Nothing),
            ("nothing there", libc::EAGAIN, udp(), WsaError::WSAEWOULDBLOCK, Nothing),
            ("refused (R10)", libc::ECONNREFUSED, connected_udp(), WsaError::WSAECONNRESET, Nothing),
        ],
    );
    let deaf = Evidence { ignores_port_unreachable: true, ..connected_udp() };
    for direction in [Direction::Send, Direction::Receive] {
        assert_eq!(
            diagnose(direction, Errno::new(libc::ECONNREFUSED), &deaf),
            Verdict::Retry,
            "Q4, switched off"
        );
    }
}

/// What does not depend on the socket.
#[test]
fn any_kind() {
    for evidence in [tcp(OPEN), tcp(CLOSED), udp(), connected_udp()] {
        for direction in [Direction::Send, Direction::Receive] {
            check(
                direction,
                &[
                    ("EBADF", libc::EBADF, evidence.clone(), WsaError::WSAENOTSOCK, Remember::Nothing),
                    ("ENOTSOCK", libc::ENOTSOCK, evidence.clone(), WsaError::WSAENOTSOCK, Remember::Nothing),
                    ("ENOBUFS", libc::ENOBUFS, evidence.clone(), WsaError::WSAENOBUFS, Remember::Nothing),
                    ("ENOMEM", libc::ENOMEM, evidence.clone(), WsaError::WSAENOBUFS, Remember::Nothing),
                    ("Q21", libc::EXDEV, evidence.clone(), WsaError::WSASYSCALLFAILURE, Remember::Nothing),
                ],
            );
        }
    }
}

/// What the kernel says about the buffer counts after the socket's state.
#[test]
fn arguments_after_the_state() {
    use Remember::Nothing;
    let fault = WsaError::WSAEFAULT;
    let dead = Evidence { fatal: Some(WsaError::WSAECONNRESET), ..tcp(DEAD) };
    let shut = Evidence { shut_send: true, ..connected_udp() };
    check(
        Direction::Send,
        &[
            ("connected", libc::EFAULT, tcp(OPEN), fault, Nothing),
            ("connected datagrams", libc::EFAULT, connected_udp(), fault, Nothing),
            ("never connected", libc::EFAULT, tcp(CLOSED), WsaError::WSAENOTCONN, Nothing),
            ("dead", libc::EFAULT, dead.clone(), WsaError::WSAECONNRESET, Nothing),
            ("no peer", libc::EFAULT, udp(), WsaError::WSAENOTCONN, Nothing),
            ("shut down", libc::EFAULT, shut.clone(), WsaError::WSAESHUTDOWN, Nothing),
            ("too long, shut down", libc::EMSGSIZE, shut, WsaError::WSAESHUTDOWN, Nothing),
        ],
    );
    let unbound = Evidence { unbound: true, ..udp() };
    check(
        Direction::Receive,
        &[
            ("connected", libc::EFAULT, tcp(OPEN), fault, Nothing),
            ("datagrams without a peer", libc::EFAULT, udp(), fault, Nothing),
            ("no local address", libc::EFAULT, unbound, WsaError::WSAEINVAL, Nothing),
            ("urgent data of a dead connection", libc::EINVAL, dead, WsaError::WSAECONNRESET, Nothing),
            ("urgent data, not connected", libc::EINVAL, tcp(CLOSED), WsaError::WSAENOTCONN, Nothing),
        ],
    );
}

/// T11 between Unix sockets: Linux says EPIPE to `send` and keeps ECONNRESET for `recv`.
#[test]
fn unix_peer_closed_without_reading() {
    let unread = Evidence { has_peer: true, error_waits: true, ..Evidence::default() };
    let reset = WsaError::WSAECONNRESET;
    check(Direction::Send, &[("first", libc::EPIPE, unread, reset, Remember::Fatal(reset))]);
}

/// Total: every number gives a verdict, and a named code.
#[test]
fn every_errno_has_a_verdict() {
    for evidence in [tcp(OPEN), tcp(DEAD), tcp(CLOSED), tcp(CONNECTING), udp(), connected_udp()] {
        for direction in [Direction::Send, Direction::Receive] {
            for errno in -1..=4096 {
                if let Verdict::Fail(failure, _) = diagnose(direction, Errno::new(errno), &evidence) {
                    assert!(failure.code.name().is_some(), "{direction:?} {errno} {evidence:?}");
                }
            }
        }
    }
}

/// The state is reported before bad arguments, in the order of docs/ARCHITECTURE.md, "The life of one `send`".
#[test]
fn what_forbids_a_transfer() {
    let rows = [
        (tcp(OPEN), None),
        (connected_udp(), None),
        (tcp(CLOSED), Some(WsaError::WSAENOTCONN)),
        (tcp(CONNECTING), Some(WsaError::WSAENOTCONN)),
        (tcp(LISTENING), Some(WsaError::WSAENOTCONN)),
        (udp(), Some(WsaError::WSAENOTCONN)),
        (Evidence { shut_send: true, ..tcp(OPEN) }, Some(WsaError::WSAESHUTDOWN)),
        (
            Evidence { shut_send: true, fatal: Some(WsaError::WSAECONNRESET), ..tcp(DEAD) },
            Some(WsaError::WSAESHUTDOWN),
        ),
        (Evidence { fatal: Some(WsaError::WSAECONNRESET), ..tcp(DEAD) }, Some(WsaError::WSAECONNRESET)),
        (Evidence { shut_receive: true, ..tcp(OPEN) }, None),
    ];
    for (evidence, expected) in rows {
        assert_eq!(forbidden(Direction::Send, &evidence).map(|f| f.code), expected, "{evidence:?}");
    }
    // Receiving needs no peer on datagram sockets, only an address (R1).
    assert_eq!(forbidden(Direction::Receive, &udp()), None);
    let unbound = Evidence { unbound: true, ..udp() };
    assert_eq!(forbidden(Direction::Receive, &unbound).map(|f| f.code), Some(WsaError::WSAEINVAL));
    let deaf = Evidence { shut_receive: true, ..tcp(OPEN) };
    assert_eq!(forbidden(Direction::Receive, &deaf).map(|f| f.code), Some(WsaError::WSAESHUTDOWN));
}
