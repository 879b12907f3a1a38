//! `send`: sending on a connected socket.

use crate::blocking::CANCELLED_BY_HOOK;
use crate::diagnosis::{Direction, Remember};
use crate::error::WsaError;
use crate::failure::Failure;
use crate::flags;
use crate::record;
use crate::sys::transfer::{self, Ask};
use crate::sys::{self, Address, Errno, Fd, UserBuf, option};
use crate::transfer::{Patience, descriptor, judge, keep, look};

/// A first attempt to send, and when it began; or that there was none.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    began: u64,
    outcome: Option<Result<usize, Errno>>,
}

impl Attempt {
    /// Nothing was tried yet.
    pub const NONE: Self = Self { began: 0, outcome: None };

    /// Whether the kernel took all of the `len` bytes, so that the call is over.
    #[must_use]
    #[inline(always)]
    pub fn took(&self, len: usize) -> bool {
        matches!(self.outcome, Some(Ok(sent)) if sent == len)
    }
}

/// The common path of `send`, and all of it: one system call. What it does not bring to an end goes to [`send`].
#[inline(always)]
#[must_use]
pub fn attempt(socket: usize, buf: UserBuf<'_>, flags: i32) -> Attempt {
    match Fd::from_socket(socket) {
        Some(fd) if flags == 0 => {
            let began = record::epoch();
            Attempt { began, outcome: Some(transfer::send(fd, buf, Ask::PLAIN)) }
        }
        _ => Attempt::NONE,
    }
}

/// Sends `buf`, of which a first attempt may have sent some; the number of bytes sent. `flags` are Windows'.
///
/// A blocking stream socket takes everything or fails; a non-blocking one takes between 1 byte and everything,
/// or fails with `WSAEWOULDBLOCK`.
///
/// # Errors
/// See [`crate::ffi::ws2_send`], which lists every code.
pub fn send(socket: usize, buf: UserBuf<'_>, flags: i32, attempt: Attempt) -> Result<usize, Failure> {
    let fd = descriptor(socket)?;
    let Attempt { began, outcome: Some(first) } = attempt else { return with_flags(fd, buf, flags) };
    go_on(fd, buf, Ask::PLAIN, began, first)
}

/// A call whose length is negative: nothing is sent, and nothing is cast.
///
/// # Errors
/// `WSAEFAULT`, after everything about the socket that forbids sending (Q15).
pub fn negative_length(socket: usize, flags: i32) -> Result<usize, Failure> {
    look(Direction::Send, descriptor(socket)?)?;
    flags::for_sending(flags)?;
    Err(WsaError::WSAEFAULT.because("len is negative"))
}

fn with_flags(fd: Fd, buf: UserBuf<'_>, flags: i32) -> Result<usize, Failure> {
    let ask = match flags::for_sending(flags) {
        Ok(ask) => ask,
        Err(failure) => return look(Direction::Send, fd).and(Err(failure)),
    };
    if ask.oob {
        if option::socket_type(fd)? != libc::SOCK_STREAM {
            return Err(WsaError::WSAEOPNOTSUPP.because("MSG_OOB is for stream sockets"));
        }
        refuse_in_line(fd)?;
        return urgent(fd, buf);
    }
    let began = record::epoch();
    let first = transfer::send(fd, buf, ask);
    go_on(fd, buf, ask, began, first)
}

/// Q2: MSG_OOB on a stream that has SO_OOBINLINE set.
fn refuse_in_line(fd: Fd) -> Result<(), Failure> {
    let in_line = option::get_int(fd, libc::SOL_SOCKET, libc::SO_OOBINLINE).is_ok_and(|value| value != 0);
    if in_line {
        look(Direction::Send, fd)?;
        return Err(WsaError::WSAEINVAL.because("MSG_OOB on a socket with SO_OOBINLINE set"));
    }
    Ok(())
}

/// Only the last byte is urgent. It goes by itself, since Linux would mark the last byte of every part that fits.
fn urgent(fd: Fd, buf: UserBuf<'_>) -> Result<usize, Failure> {
    let oob = Ask { oob: true, peek: false };
    let ordinary = buf.len().saturating_sub(1);
    let began = record::epoch();
    if ordinary > 0 {
        let sent = go_on(
            fd,
            buf.first(ordinary),
            Ask::PLAIN,
            began,
            transfer::send(fd, buf.first(ordinary), Ask::PLAIN),
        )?;
        if sent < ordinary {
            return Ok(sent);
        }
        let last = buf.skip(ordinary);
        return match go_on(fd, last, oob, began, transfer::send(fd, last, oob)) {
            Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => Ok(ordinary),
            result => result.map(|sent| ordinary + sent),
        };
    }
    go_on(fd, buf, oob, began, transfer::send(fd, buf, oob))
}

/// Everything beyond "all taken at once": the rest of a stream's data, waiting, and failures.
fn go_on(
    fd: Fd,
    buf: UserBuf<'_>,
    ask: Ask,
    began: u64,
    first: Result<usize, Errno>,
) -> Result<usize, Failure> {
    let mut patience = Patience::new(Direction::Send, fd, began);
    let mut sent = 0;
    let mut outcome = first;
    loop {
        match outcome {
            Ok(count) => {
                sent += count;
                if sent >= buf.len() {
                    return Ok(sent);
                }
                patience.progressed();
            }
            Err(errno) if errno.number() == libc::EAGAIN => match patience.wait() {
                Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => {
                    return if sent > 0 { Ok(sent) } else { Err(no_room(buf, failure)) };
                }
                Err(failure) if failure == CANCELLED_BY_HOOK && sent > 0 => {
                    abort(fd);
                    return Err(failure);
                }
                result => result?,
            },
            Err(errno) => judge(Direction::Send, fd, errno)?,
        }
        outcome = transfer::send(fd, buf.skip(sent), ask);
    }
}

/// A bad buffer is reported before there is no room for it; Linux looks for room first.
fn no_room(buf: UserBuf<'_>, failure: Failure) -> Failure {
    if buf.begins_readable() { failure } else { WsaError::WSAEFAULT.because("the buffer cannot be read") }
}

/// L7: a call was cancelled midway, and nobody knows how much of its data went out. The connection ends here, with
/// a reset, so that the peer does not take a part for the whole.
fn abort(fd: Fd) {
    keep(fd, Remember::Fatal(WsaError::WSAECONNABORTED));
    let _ = sys::socket::connect(fd, &Address::unspecified());
}
