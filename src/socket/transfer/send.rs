//! `send`: sending on a connected socket.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, On, Once, Steady};
use crate::error::WsaError;
use crate::error::diagnosis::{Direction, Remember};
use crate::error::evidence::Evidence;
use crate::error::failure::Failure;
use crate::runtime::hook::CANCELLED_BY_HOOK;
use crate::socket::transfer::flags;
use crate::socket::transfer::{Patience, is_no_socket, judge, keep, look};
use crate::sys::net::option;
use crate::sys::net::transfer::{self, Ask};
use crate::sys::{self, Address, Answer, Errno, Fd, UserBuf};

/// Something to send: the bytes, and where they go.
pub trait Load: Copy {
    /// The number of bytes.
    fn len(&self) -> usize;

    /// Whether there is no byte.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// At most the first `count` bytes.
    #[must_use]
    fn first(self, count: usize) -> Self;

    /// The bytes after the first `count`.
    #[must_use]
    fn skip(self, count: usize) -> Self;

    /// Whether its first byte can be read, if it has one.
    fn begins_readable(&self) -> bool;

    /// One attempt to send all of it; the number of bytes that the kernel took.
    fn attempt(&self, on: &impl On, ask: Ask) -> Answer;

    /// After a failed attempt: what follows.
    ///
    /// # Errors
    /// The failure to report.
    fn failed(self, held: &impl Steady, errno: Errno) -> Result<Next<Self>, Failure> {
        judge(Direction::Send, held, errno).map(|()| Next::Again(self))
    }

    /// What forbids sending it whatever the flags.
    ///
    /// # Errors
    /// The failure to report.
    fn look(&self, fd: Fd) -> Result<Evidence, Failure> {
        look(Direction::Send, fd)
    }
}

/// What follows a failed attempt that does not fail the call.
#[derive(Debug)]
pub enum Next<L> {
    /// Another attempt, with the same bytes.
    Again(L),
    /// Nothing: all counts as sent.
    Done,
}

impl Load for UserBuf<'_> {
    #[inline(always)]
    fn len(&self) -> usize {
        UserBuf::len(self)
    }

    fn first(self, count: usize) -> Self {
        UserBuf::first(self, count)
    }

    fn skip(self, count: usize) -> Self {
        UserBuf::skip(self, count)
    }

    fn begins_readable(&self) -> bool {
        UserBuf::begins_readable(self)
    }

    #[inline(always)]
    fn attempt(&self, on: &impl On, ask: Ask) -> Answer {
        transfer::send(on.fd(), *self, ask)
    }
}

/// A first attempt to send, and when it began. Small enough to travel in registers, for which the common path
/// needs no memory.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    began: u64,
    answer: Answer,
}

impl Attempt {
    /// Makes it.
    #[must_use]
    #[inline(always)]
    pub fn make(once: Once, attempt: impl FnOnce(&Once) -> Answer) -> Self {
        Self { began: once.began(), answer: once.spend(attempt) }
    }

    /// Whether the kernel took all of the `len` bytes, so that the call is over.
    #[must_use]
    #[inline(always)]
    pub fn took(&self, len: usize) -> bool {
        self.answer.is(len)
    }
}

/// The common path of `send`, which has no flags: one system call, where the value fits a descriptor. What it does
/// not bring to an end goes to [`send`].
#[inline(always)]
#[must_use]
pub fn attempt<L: Load>(socket: usize, load: &L) -> Option<Attempt> {
    let fd = Fd::from_socket(socket)?;
    Some(Attempt::make(Once::begin(fd), |once| load.attempt(once, Ask::PLAIN)))
}

/// Sends `load`, of which a first attempt may have sent some; the number of bytes sent. `flags` are Windows'. Without an
/// attempt the call began at `began`, see [`descriptor::epoch`].
///
/// A blocking stream socket takes everything or fails; a non-blocking one takes between 1 byte and everything,
/// or fails with `WSAEWOULDBLOCK`.
///
/// # Errors
/// See [`crate::ffi::ws2_send`], which lists every code.
pub fn send<L: Load>(
    socket: usize,
    load: L,
    flags: i32,
    attempt: Option<Attempt>,
    began: u64,
) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let Some(attempt) = attempt else { return with_flags(fd, load, flags, began) };
    go_on(
        &mut Patience::new(Direction::Send, fd, attempt.began),
        fd,
        load,
        Ask::PLAIN,
        attempt.answer.result(),
    )
}

/// A call with bad arguments: nothing is sent.
///
/// # Errors
/// `failure`, after everything about the socket that forbids sending (Q15), and after bad flags.
pub fn refuse<L: Load>(socket: usize, load: &L, flags: i32, failure: Failure) -> Result<usize, Failure> {
    load.look(descriptor::of(socket)?)?;
    flags::for_sending(flags)?;
    Err(failure)
}

/// The answer to a negative length, which is not cast.
pub const NEGATIVE: Failure = WsaError::WSAEFAULT.because("len is negative");

/// What the flags ask for, as far as the socket can do it.
///
/// # Errors
/// `WSAEINVAL`, `WSAEOPNOTSUPP`; first what forbids sending whatever the flags.
pub fn ask_of<L: Load>(fd: Fd, load: &L, flags: i32) -> Result<Ask, Failure> {
    let ask = match flags::for_sending(flags) {
        Ok(ask) => ask,
        Err(failure) => return load.look(fd).and(Err(failure)),
    };
    if ask.oob {
        if option::socket_type(fd)? != libc::SOCK_STREAM {
            return Err(WsaError::WSAEOPNOTSUPP.because("MSG_OOB is for stream sockets"));
        }
        refuse_in_line(fd)?;
    }
    Ok(ask)
}

fn with_flags<L: Load>(fd: Fd, load: L, flags: i32, began: u64) -> Result<usize, Failure> {
    let ask = ask_of(fd, &load, flags)?;
    let patience = &mut Patience::new(Direction::Send, fd, began);
    if ask.oob {
        return urgent(patience, fd, load);
    }
    let first = load.attempt(patience.hold()?, ask).result();
    go_on(patience, fd, load, ask, first)
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
fn urgent<L: Load>(patience: &mut Patience, fd: Fd, load: L) -> Result<usize, Failure> {
    let oob = Ask { oob: true, peek: false };
    let ordinary = load.len().saturating_sub(1);
    let (first, ask) = if ordinary > 0 { (load.first(ordinary), Ask::PLAIN) } else { (load, oob) };
    let answer = first.attempt(patience.hold()?, ask).result();
    let sent = go_on(patience, fd, first, ask, answer)?;
    if ordinary == 0 || sent < ordinary {
        return Ok(sent);
    }
    patience.progressed();
    let last = load.skip(ordinary);
    let answer = last.attempt(patience.hold()?, oob).result();
    match go_on(patience, fd, last, oob, answer) {
        Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => Ok(ordinary),
        result => result.map(|sent| ordinary + sent),
    }
}

/// Everything beyond "all taken at once": the rest of a stream's data, waiting, and failures.
fn go_on<L: Load>(
    patience: &mut Patience,
    fd: Fd,
    load: L,
    ask: Ask,
    first: Result<usize, Errno>,
) -> Result<usize, Failure> {
    let (mut rest, mut sent) = (load, 0);
    let mut outcome = first;
    loop {
        match outcome {
            Ok(count) => {
                sent += count;
                if count >= rest.len() {
                    return Ok(sent);
                }
                rest = rest.skip(count);
                patience.progressed();
            }
            Err(errno) if errno.number() == libc::EAGAIN && patience.is_known_not_to_wait() => {
                return Err(no_room(&rest, NO_ROOM));
            }
            Err(errno) if errno.number() == libc::EAGAIN => match patience.wait() {
                Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => {
                    return if sent > 0 { Ok(sent) } else { Err(no_room(&rest, failure)) };
                }
                Err(failure) if failure == CANCELLED_BY_HOOK && sent > 0 => {
                    abort(fd);
                    return Err(failure);
                }
                result => result?,
            },
            Err(errno) if is_no_socket(errno) => return Err(errno.into()),
            Err(errno) => match rest.failed(patience.hold()?, errno)? {
                Next::Again(changed) => rest = changed,
                Next::Done => return Ok(sent + rest.len()),
            },
        }
        outcome = rest.attempt(patience.hold()?, ask).result();
    }
}

const NO_ROOM: Failure =
    WsaError::WSAEWOULDBLOCK.because("EAGAIN: non-blocking, and there is no room to send");

/// A bad buffer is reported before there is no room for it; Linux looks for room first.
fn no_room<L: Load>(load: &L, failure: Failure) -> Failure {
    if load.begins_readable() { failure } else { WsaError::WSAEFAULT.because("the buffer cannot be read") }
}

/// L7: a call was cancelled midway, and nobody knows how much of its data went out. The connection ends here, with
/// a reset, so that the peer does not take a part for the whole.
fn abort(fd: Fd) {
    keep(fd, Remember::Fatal(WsaError::WSAECONNABORTED));
    facts::unnote(fd, facts::seen(fd), Facts::READY_TO_RECEIVE);
    let _ = sys::net::socket::connect(fd, &Address::unspecified());
}
