//! `shutdown`: ending one direction, or both.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::diagnosis::{self, Direction, Verdict};
use crate::error::failure::Failure;
use crate::socket::connect::{State, settle};
use crate::socket::evidence;
use crate::socket::transfer::keep;
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::net::transfer;
use crate::sys::{Errno, Fd};
use crate::windows::abi::{SD_BOTH, SD_RECEIVE, SD_SEND};

/// Shuts down receiving, sending, or both; again and again without harm (SH2).
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: `how` is none of the three.
/// * `WSAENOTCONN`: a stream socket that is not connected; nothing happens to it (SH1).
/// * `WSAECONNRESET`, `WSAECONNABORTED`: the connection is dead already.
pub fn shutdown(socket: usize, how: i32) -> Result<(), Failure> {
    shutdown_beside(socket, how, false)
}

/// The same where operations wait for data on the socket, which go on doing so (OE17): the kernel is not told of the end of
/// receiving, which is refused here.
///
/// # Errors
/// Those of [`shutdown`].
pub fn shutdown_beside(socket: usize, how: i32, receives: bool) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let fd = held.fd();
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    if ![SD_RECEIVE, SD_SEND, SD_BOTH].contains(&how) {
        return Err(WsaError::WSAEINVAL.because("how is none of SD_RECEIVE, SD_SEND, SD_BOTH"));
    }
    if stream && settle(fd)? != State::Connected {
        return Err(WsaError::WSAENOTCONN.because("a stream socket that is not connected"));
    }
    // Noted first: a call that this wakes in another thread has to know whose doing it is.
    let added = note(fd, how)?;
    let later = how != SD_SEND && is_tcp(fd) && (receives || descriptor::puts_off_shutdown(fd));
    let outcome = match now(fd, how, later) {
        // On a datagram socket without a peer it takes effect all the same.
        Err(errno) if errno.number() == libc::ENOTCONN => {
            if stream {
                dead(fd)
            } else {
                Ok(())
            }
        }
        result => result.map_err(Failure::from),
    };
    if outcome.is_err() {
        take_back(fd, added)?;
        return outcome;
    }
    if how != SD_SEND && !later && is_tcp(fd) {
        transfer::discard_received(fd);
    }
    Ok(())
}

fn is_tcp(fd: Fd) -> bool {
    option::tcp_counters(fd).is_ok()
}

/// What the kernel is told at once: all, but not the end of receiving where calls wait for data (Q24).
fn now(fd: Fd, how: i32, later: bool) -> Result<(), Errno> {
    match how {
        SD_RECEIVE if later => Ok(()),
        SD_BOTH if later => sys::shutdown(fd, SD_SEND),
        _ => sys::shutdown(fd, how),
    }
}

/// A connection that is over: by the closing of both sides, which is no error (SH3), or by a reset.
fn dead(fd: Fd) -> Result<(), Failure> {
    if let Some(errno) = option::take_error(fd)?
        && let Verdict::Fail(_, remember) =
            diagnosis::diagnose(Direction::Receive, errno, &evidence::gather(fd)?)
    {
        keep(fd, remember);
    }
    match descriptor::read(fd).and_then(|record| record.fatal) {
        Some(code) => Err(code.because("the connection is dead")),
        None => Ok(()),
    }
}

/// Directions that this program has shut down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shut {
    send: bool,
    receive: bool,
}

/// Notes what is shut down from now on; what was not so before.
fn note(fd: Fd, how: i32) -> Result<Shut, Errno> {
    let before = facts::seen(fd);
    let added = descriptor::update(fd, |record| {
        let added = Shut {
            send: how != SD_RECEIVE && !record.shut_send,
            receive: how != SD_SEND && !record.shut_receive,
        };
        record.shut_send |= added.send;
        record.shut_receive |= added.receive;
        added
    })?;
    if added.receive {
        facts::note(fd, before, Facts::RECEIVE_SHUT);
    }
    Ok(added)
}

/// It is not shut down after all.
fn take_back(fd: Fd, added: Shut) -> Result<(), Errno> {
    let before = facts::seen(fd);
    descriptor::update(fd, |record| {
        record.shut_send &= !added.send;
        record.shut_receive &= !added.receive;
    })?;
    if added.receive {
        facts::unnote(fd, before, Facts::RECEIVE_SHUT);
    }
    Ok(())
}
