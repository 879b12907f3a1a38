//! Which Winsock code a failed transfer gets. Pure: a call, an errno and the evidence in, a verdict out.
//!
//! The rows are PI1 to PI5 and ER1 to ER24, under the decisions Q1 to Q21.

#[cfg(test)]
mod tests;

use crate::error::WsaError;
use crate::error::by_call::{Call, failure};
use crate::error::evidence::{Evidence, Kind};
use crate::error::failure::Failure;
use crate::sys::Errno;

/// Which way the data was to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `send` and its relatives.
    Send,
    /// `recv` and its relatives.
    Receive,
}

/// What follows from a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The call fails.
    Fail(Failure, Remember),
    /// The error was about something else, and nothing was transferred: try again.
    Retry,
}

/// What the record keeps of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remember {
    /// Nothing.
    Nothing,
    /// The connection is dead: every later `send` and `recv` gets this code.
    Fatal(WsaError),
    /// A `connect` has failed; `SO_ERROR` reports this code.
    ConnectFailed(WsaError),
}

const fn fail(code: WsaError, why: &'static str) -> Verdict {
    Verdict::Fail(code.because(why), Remember::Nothing)
}

const fn fatal(code: WsaError, afterwards: WsaError, why: &'static str) -> Verdict {
    Verdict::Fail(code.because(why), Remember::Fatal(afterwards))
}

/// The verdict on a failed attempt.
#[must_use]
pub fn diagnose(direction: Direction, errno: Errno, evidence: &Evidence) -> Verdict {
    match errno.number() {
        libc::EBADF => fail(WsaError::WSAENOTSOCK, "EBADF: no descriptor is open under this number"),
        libc::ENOTSOCK => fail(WsaError::WSAENOTSOCK, "ENOTSOCK: the descriptor is no socket"),
        libc::EFAULT => {
            let bad = fail(WsaError::WSAEFAULT, "EFAULT: the buffer is not wholly in accessible memory");
            unless_forbidden(direction, evidence, bad)
        }
        libc::ENOBUFS | libc::ENOMEM => fail(WsaError::WSAENOBUFS, "the kernel has no buffer space"),
        number => match evidence.kind {
            Kind::Stream => stream(direction, number, evidence),
            Kind::Datagram => datagram(direction, number, evidence),
        },
    }
}

/// The state of the socket that forbids the transfer, whatever the arguments: dead, shut down, not connected.
#[must_use]
pub fn forbidden(direction: Direction, evidence: &Evidence) -> Option<Failure> {
    if let Some(failure) = shut(direction, evidence) {
        return Some(failure);
    }
    if let Some(code) = evidence.fatal {
        return Some(code.because("the connection's end was reported before"));
    }
    let connected = match (evidence.kind, direction) {
        (Kind::Stream, _) => evidence.was_connected(),
        (Kind::Datagram, Direction::Send) => evidence.has_peer,
        // Any peer will do, but there has to be an address for it to send to.
        (Kind::Datagram, Direction::Receive) if evidence.unbound => return Some(UNBOUND),
        (Kind::Datagram, Direction::Receive) => true,
    };
    (!connected).then(|| not_connected(evidence))
}

/// What the kernel says about the arguments counts only where the socket's state lets the transfer begin.
fn unless_forbidden(direction: Direction, evidence: &Evidence, verdict: Verdict) -> Verdict {
    match forbidden(direction, evidence) {
        Some(failure) => Verdict::Fail(failure, Remember::Nothing),
        None => verdict,
    }
}

/// R1.
const UNBOUND: Failure =
    WsaError::WSAEINVAL.because("the socket has no local address, so nothing can arrive");

fn shut(direction: Direction, evidence: &Evidence) -> Option<Failure> {
    match direction {
        Direction::Send if evidence.shut_send => {
            Some(WsaError::WSAESHUTDOWN.because("after this program's shutdown(SD_SEND)"))
        }
        Direction::Receive if evidence.shut_receive => {
            Some(WsaError::WSAESHUTDOWN.because("after this program's shutdown(SD_RECEIVE)"))
        }
        _ => None,
    }
}

fn not_connected(evidence: &Evidence) -> Failure {
    use crate::error::evidence::TcpState;
    let why = match evidence.tcp.map(|tcp| tcp.state) {
        Some(TcpState::Listening) => "the socket listens",
        Some(TcpState::Connecting) => "the connection is still being made",
        _ => "the socket was never connected",
    };
    WsaError::WSAENOTCONN.because(why)
}

fn stream(direction: Direction, errno: i32, evidence: &Evidence) -> Verdict {
    match errno {
        libc::EPIPE => broken_pipe(direction, evidence),
        libc::ENOTCONN => match shut(direction, evidence) {
            Some(failure) => Verdict::Fail(failure, Remember::Nothing),
            None => dead_or_never(evidence),
        },
        libc::EAGAIN if evidence.is_connecting() => Verdict::Fail(not_connected(evidence), Remember::Nothing),
        libc::EAGAIN => would_block(direction),
        // Linux may find more errors on a connection whose end was reported.
        libc::ECONNRESET | libc::ECONNABORTED | libc::ETIMEDOUT | libc::EHOSTUNREACH | libc::ENETUNREACH
            if evidence.fatal.is_some() =>
        {
            broken_pipe(direction, evidence)
        }
        libc::ECONNRESET if direction == Direction::Send && evidence.shut_send => {
            let why = "ECONNRESET, but this program's shutdown(SD_SEND) came first";
            Verdict::Fail(WsaError::WSAESHUTDOWN.because(why), Remember::Fatal(WsaError::WSAECONNRESET))
        }
        // Linux lets a shutdown end the handshake; the socket never was connected then.
        libc::ECONNRESET if !evidence.was_connected() => {
            Verdict::Fail(not_connected(evidence), Remember::Nothing)
        }
        libc::ECONNRESET => fatal(
            WsaError::WSAECONNRESET,
            WsaError::WSAECONNRESET,
            "ECONNRESET: the peer reset the connection",
        ),
        libc::ECONNABORTED => fatal(
            WsaError::WSAECONNABORTED,
            WsaError::WSAECONNABORTED,
            "ECONNABORTED: the connection was ended",
        ),
        number if number == libc::ETIMEDOUT || lost(number).is_some() => match lost(number) {
            _ if !evidence.was_connected() => {
                let code = failure(Call::Connect, Errno::new(number)).code;
                let why = "a connect on this socket has failed; SO_ERROR says how";
                Verdict::Fail(WsaError::WSAENOTCONN.because(why), Remember::ConnectFailed(code))
            }
            Some((code, why)) => fatal(code, WsaError::WSAECONNABORTED, why),
            None => timed_out(evidence),
        },
        libc::ENETDOWN => fail(WsaError::WSAENETDOWN, "ENETDOWN: the network interface is down"),
        // For MSG_OOB; and a Unix socket that is not connected.
        libc::EINVAL if direction == Direction::Receive => {
            let none = fail(WsaError::WSAEINVAL, "EINVAL: no urgent data is there, or it comes in line");
            unless_forbidden(direction, evidence, none)
        }
        other => unexpected(other),
    }
}

/// A connection whose retransmission gave up, and what a router or a firewall had said meanwhile by ICMP: Linux
/// then reports that in place of ETIMEDOUT.
const fn lost(errno: i32) -> Option<(WsaError, &'static str)> {
    match errno {
        libc::EHOSTUNREACH | libc::EHOSTDOWN | libc::ENONET | libc::EACCES => Some((
            WsaError::WSAEHOSTUNREACH,
            "no answer, and the network said that the host cannot be reached",
        )),
        libc::ENETUNREACH => {
            Some((WsaError::WSAENETUNREACH, "no answer, and the network said that there is no way there"))
        }
        libc::ECONNREFUSED | libc::ENOPROTOOPT | libc::EPROTO => {
            Some((WsaError::WSAETIMEDOUT, "no answer but ICMP's \"port unreachable\" or the like"))
        }
        _ => None,
    }
}

/// PI1 to PI5, in their order.
fn broken_pipe(direction: Direction, evidence: &Evidence) -> Verdict {
    if direction == Direction::Send && evidence.shut_send {
        return fail(WsaError::WSAESHUTDOWN, "EPIPE after this program's shutdown(SD_SEND)");
    }
    if evidence.error_waits && evidence.tcp.is_none() && evidence.fatal.is_none() {
        let why = "EPIPE, and ECONNRESET waits: the peer closed without reading what was sent to it";
        return fatal(WsaError::WSAECONNRESET, WsaError::WSAECONNRESET, why);
    }
    dead_or_never(evidence)
}

fn dead_or_never(evidence: &Evidence) -> Verdict {
    if let Some(code) = evidence.fatal {
        return fail(code, "the connection's end was reported before");
    }
    if evidence.was_connected() {
        return fatal(
            WsaError::WSAECONNABORTED,
            WsaError::WSAECONNABORTED,
            "EPIPE: the peer had closed, and then refused what was sent to it",
        );
    }
    Verdict::Fail(not_connected(evidence), Remember::Nothing)
}

/// Decisions Q10 and Q11.
fn timed_out(evidence: &Evidence) -> Verdict {
    if evidence.keep_alive && evidence.tcp.is_some_and(|tcp| tcp.probes_unanswered) {
        let why = "ETIMEDOUT: the peer answered no keep-alive probe";
        return fatal(WsaError::WSAENETRESET, WsaError::WSAECONNRESET, why);
    }
    let why = "ETIMEDOUT: the peer acknowledged nothing, and retransmission gave up";
    fatal(WsaError::WSAETIMEDOUT, WsaError::WSAECONNABORTED, why)
}

const fn would_block(direction: Direction) -> Verdict {
    match direction {
        Direction::Send => {
            fail(WsaError::WSAEWOULDBLOCK, "EAGAIN: non-blocking, and there is no room to send")
        }
        Direction::Receive => fail(WsaError::WSAEWOULDBLOCK, "EAGAIN: non-blocking, and nothing has arrived"),
    }
}

fn datagram(direction: Direction, errno: i32, evidence: &Evidence) -> Verdict {
    match errno {
        libc::EPIPE | libc::EDESTADDRREQ | libc::ENOTCONN => match shut(direction, evidence) {
            Some(failure) => Verdict::Fail(failure, Remember::Nothing),
            None if errno == libc::EPIPE && evidence.has_peer => {
                fail(WsaError::WSAESHUTDOWN, "EPIPE: the socket was shut down for sending")
            }
            None => Verdict::Fail(not_connected(evidence), Remember::Nothing),
        },
        libc::EAGAIN if direction == Direction::Receive && evidence.unbound => {
            Verdict::Fail(UNBOUND, Remember::Nothing)
        }
        // Only a socket that has no port yet can lack one.
        libc::EAGAIN if evidence.unbound => {
            fail(WsaError::WSAEADDRINUSE, "EAGAIN: no local port is left for the socket")
        }
        libc::EAGAIN => would_block(direction),
        libc::EADDRNOTAVAIL if direction == Direction::Send => {
            fail(WsaError::WSAENETUNREACH, "EADDRNOTAVAIL: no address of this machine to send from")
        }
        // UDP_SEND_MSG_SIZE together with UDP_NOCHECKSUM.
        libc::EIO if direction == Direction::Send => {
            fail(WsaError::WSAEINVAL, "EIO: messages cannot be cut without a checksum")
        }
        libc::EMSGSIZE => {
            let too_long = fail(WsaError::WSAEMSGSIZE, "EMSGSIZE: longer than a datagram can be");
            unless_forbidden(direction, evidence, too_long)
        }
        libc::ECONNREFUSED | libc::ECONNRESET if evidence.ignores_port_unreachable => Verdict::Retry,
        libc::ECONNREFUSED => {
            fail(WsaError::WSAECONNRESET, "ECONNREFUSED: an earlier datagram met \"port unreachable\"")
        }
        libc::ECONNRESET => fail(WsaError::WSAECONNRESET, "ECONNRESET: the peer has gone"),
        libc::EHOSTUNREACH => fail(WsaError::WSAEHOSTUNREACH, "EHOSTUNREACH: no way to the host"),
        libc::ENETUNREACH => fail(WsaError::WSAENETUNREACH, "ENETUNREACH: no route to the network"),
        libc::EACCES => {
            fail(WsaError::WSAEACCES, "EACCES: a broadcast address without SO_BROADCAST, or a prohibit route")
        }
        libc::EPERM => fail(WsaError::WSAEACCES, "EPERM: a packet filter forbids it"),
        libc::EINVAL if direction == Direction::Send => {
            fail(WsaError::WSAEHOSTUNREACH, "EINVAL: a blackhole route, or port 0")
        }
        libc::ENETDOWN => fail(WsaError::WSAENETDOWN, "ENETDOWN: the network interface is down"),
        libc::ENXIO | libc::ENODEV => fail(WsaError::WSAENETDOWN, "the network interface is gone"),
        libc::ENOPROTOOPT => {
            fail(WsaError::WSAENETUNREACH, "ENOPROTOOPT: an earlier datagram met \"protocol unreachable\"")
        }
        other => unexpected(other),
    }
}

/// No row of its own: the general table decides.
fn unexpected(errno: i32) -> Verdict {
    Verdict::Fail(Errno::new(errno).into(), Remember::Nothing)
}
