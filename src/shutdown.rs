//! `shutdown`: ending one direction, or both.

use crate::abi::{SD_BOTH, SD_RECEIVE, SD_SEND};
use crate::connect::{State, settle};
use crate::diagnosis::{self, Direction, Verdict};
use crate::error::WsaError;
use crate::evidence;
use crate::failure::Failure;
use crate::record;
use crate::sys::{Errno, Fd, option, socket as sys, transfer};
use crate::transfer::{descriptor, keep};

/// Shuts down receiving, sending, or both; again and again without harm (SH2).
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: `how` is none of the three.
/// * `WSAENOTCONN`: a stream socket that is not connected; nothing happens to it (SH1).
/// * `WSAECONNRESET`, `WSAECONNABORTED`: the connection is dead already.
pub fn shutdown(socket: usize, how: i32) -> Result<(), Failure> {
    let fd = descriptor(socket)?;
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    if ![SD_RECEIVE, SD_SEND, SD_BOTH].contains(&how) {
        return Err(WsaError::WSAEINVAL.because("how is none of SD_RECEIVE, SD_SEND, SD_BOTH"));
    }
    if stream && settle(fd)? != State::Connected {
        return Err(WsaError::WSAENOTCONN.because("a stream socket that is not connected"));
    }
    match sys::shutdown(fd, how) {
        // On a datagram socket without a peer it takes effect all the same.
        Err(errno) if errno.number() == libc::ENOTCONN => {
            if stream {
                dead(fd)?;
            }
        }
        result => result?,
    }
    note(fd, how)?;
    if stream && how != SD_SEND && option::tcp_counters(fd).is_ok() {
        transfer::discard_received(fd);
    }
    Ok(())
}

/// A connection that is over: by the closing of both sides, which is no error (SH3), or by a reset.
fn dead(fd: Fd) -> Result<(), Failure> {
    if let Some(errno) = option::take_error(fd)?
        && let Verdict::Fail(_, remember) =
            diagnosis::diagnose(Direction::Receive, errno, &evidence::gather(fd)?)
    {
        keep(fd, remember);
    }
    match record::read(fd).and_then(|record| record.fatal) {
        Some(code) => Err(code.because("the connection is dead")),
        None => Ok(()),
    }
}

fn note(fd: Fd, how: i32) -> Result<(), Errno> {
    let newly_deaf = record::update(fd, |record| {
        let deaf = record.shut_receive;
        record.shut_send |= how != SD_RECEIVE;
        record.shut_receive |= how != SD_SEND;
        record.shut_receive && !deaf
    })?;
    if newly_deaf {
        record::receive_shut_changed(1);
    }
    Ok(())
}
