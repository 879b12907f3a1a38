//! Gathering the evidence about a socket on which a call failed. It has no effect on the socket: above all, the pending
//! error is left alone.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Connection, Record};
use crate::error::evidence::{Evidence, Kind, Tcp, TcpState};
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::{option, socket};
use crate::sys::{Errno, Fd};

/// Gathers the evidence about a socket.
///
/// # Errors
/// The kernel's error where the descriptor is no socket.
pub fn gather(fd: Fd) -> Result<Evidence, Errno> {
    let kind = kind(fd)?;
    let record = descriptor::read(fd).unwrap_or_default();
    let tcp = match kind {
        Kind::Stream => option::tcp_counters(fd).ok().map(Tcp::from),
        Kind::Datagram => None,
    };
    let flag = |name| option::get_int(fd, libc::SOL_SOCKET, name).is_ok_and(|value| value != 0);
    Ok(Evidence {
        kind,
        tcp,
        has_peer: socket::peer_name(fd).is_ok(),
        keep_alive: flag(libc::SO_KEEPALIVE),
        nonblocking: descriptor::nonblocking(fd)?,
        error_waits: error_waits(fd),
        unbound: socket::local_name(fd).is_ok_and(|name| name.port() == Some(0)),
        ..from_record(&record)
    })
}

/// Gathers what decides whether a call that found nothing to do may wait; less than [`gather`] does, since a
/// program that polls a non-blocking socket comes here often.
///
/// # Errors
/// The kernel's error.
pub fn gather_idle(fd: Fd) -> Result<Evidence, Errno> {
    let nonblocking = descriptor::nonblocking(fd)?;
    let seen = facts::seen(fd);
    let facts = if seen.has(Facts::SOCKET) { seen.facts() } else { facts::learn(fd)? };
    let kind = if facts.contains(Facts::STREAM) { Kind::Stream } else { Kind::Datagram };
    let is_unix = facts.contains(Facts::OTHER);
    if seen.has(Facts::READY_TO_RECEIVE) {
        return Ok(Evidence { kind, nonblocking, is_unix, established: true, ..Evidence::default() });
    }
    if kind == Kind::Stream
        && let Ok(counters) = option::tcp_counters(fd)
    {
        let tcp = Tcp::from(counters);
        if tcp.state == TcpState::Open {
            facts::note(fd, seen, Facts::READY_TO_RECEIVE);
        }
        return Ok(Evidence { tcp: Some(tcp), nonblocking, ..Evidence::default() });
    }
    let unbound = socket::local_name(fd).is_ok_and(|name| name.port() == Some(0));
    if kind == Kind::Datagram && !unbound {
        facts::note(fd, seen, Facts::READY_TO_RECEIVE);
    }
    Ok(Evidence { kind, nonblocking, unbound, is_unix, ..Evidence::default() })
}

fn kind(fd: Fd) -> Result<Kind, Errno> {
    let before = facts::seen(fd);
    let is_stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    facts::note(fd, before, if is_stream { Facts::SOCKET | Facts::STREAM } else { Facts::SOCKET });
    Ok(if is_stream { Kind::Stream } else { Kind::Datagram })
}

/// Whether the kernel has an error for whoever asks next. Looking does not take it.
fn error_waits(fd: Fd) -> bool {
    let mut look = [PollFd::new(fd, 0)];
    poll::poll(&mut look, Some(std::time::Duration::ZERO)).is_ok() && look[0].happened() & libc::POLLERR != 0
}

fn from_record(record: &Record) -> Evidence {
    Evidence {
        shut_send: record.shut_send,
        shut_receive: record.shut_receive,
        fatal: record.fatal,
        established: record.connection == Connection::Established,
        ignores_port_unreachable: record.ignores_port_unreachable,
        ..Evidence::default()
    }
}
