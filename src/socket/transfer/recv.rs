//! `recv`: receiving on a connected socket.

use crate::descriptor::companions;
use crate::descriptor::facts::{self, Facts, Seen};
use crate::descriptor::{self, On, Once, Steady, Waiting};
use crate::error::WsaError;
use crate::error::diagnosis::{Direction, Remember, forbidden};
use crate::error::evidence::{Kind, TcpState};
use crate::error::failure::Failure;
use crate::socket::transfer::flags::{self, Receive};
use crate::socket::transfer::{
    NOT_ALL, Patience, TOO_LATE, fill, is_known_not_to_wait, is_no_socket, judge, keep, look,
};
use crate::socket::{companion, evidence};
use crate::sys::net::option;
use crate::sys::net::transfer::{self, Ask, Received};
use crate::sys::{Fd, UserBufMut, UserName};

/// Where received bytes go, and where their sender's address goes.
pub trait Room: Sized {
    /// How many bytes there is room for.
    fn len(&self) -> usize;

    /// Whether there is no room.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The room after the first `count` bytes.
    #[must_use]
    fn skip(self, count: usize) -> Self;

    /// A call's first attempt, by what is known of the socket. One that finds another kind of socket than the known one
    /// has received nothing.
    #[inline(always)]
    fn first(&mut self, once: &Once, seen: Seen) -> Received {
        let _ = seen;
        self.attempt(once, Ask::PLAIN)
    }

    /// One attempt to receive into it.
    fn attempt(&mut self, on: &impl On, ask: Ask) -> Received;
}

impl Room for UserBufMut<'_> {
    fn len(&self) -> usize {
        UserBufMut::len(self)
    }

    fn skip(self, count: usize) -> Self {
        UserBufMut::skip(self, count)
    }

    #[inline(always)]
    fn first(&mut self, once: &Once, seen: Seen) -> Received {
        if seen.has(Facts::STREAM) {
            transfer::recv_stream(once.fd(), self)
        } else if seen.has(Facts::DATAGRAM) {
            transfer::recv_datagram(once.fd(), self, &UserName::NOWHERE).0
        } else {
            transfer::recv(once.fd(), self, Ask::PLAIN)
        }
    }

    #[inline(always)]
    fn attempt(&mut self, on: &impl On, ask: Ask) -> Received {
        let fd = on.fd();
        if ask == Ask::PLAIN && facts::seen(fd).has(Facts::STREAM) {
            return transfer::recv_stream(fd, self);
        }
        transfer::recv(fd, self, ask)
    }
}

/// A first attempt to receive, and when it began; or that there was none. Small enough to travel in registers.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    began: u64,
    received: Received,
}

impl Attempt {
    /// Of a call that begins now: nothing was tried yet.
    #[must_use]
    pub fn none() -> Self {
        Self { began: descriptor::epoch(), received: Received::NEVER }
    }

    /// Whether it was made.
    #[must_use]
    pub fn was_tried(&self) -> bool {
        self.received.was_tried()
    }

    /// Whether no socket was closed since the call began: what it has asked about the descriptor is still so.
    #[must_use]
    pub fn is_still_first(&self) -> bool {
        !self.received.was_tried() && descriptor::epoch() == self.began
    }

    /// Makes it.
    #[inline(always)]
    fn make(once: Once, attempt: impl FnOnce(&Once) -> Received) -> Self {
        Self { began: once.began(), received: once.spend(attempt) }
    }

    /// The number of bytes, if some arrived and fit, so that the call is over.
    #[must_use]
    #[inline(always)]
    pub fn gave(&self) -> Option<usize> {
        self.received.bytes()
    }

    /// Whether the call is over with [`NOTHING_YET`], by what is known without asking; where it was offered so much room.
    #[must_use]
    #[inline(always)]
    pub fn found_nothing(&self, socket: usize, room: usize) -> bool {
        self.received.is_nothing_yet()
            && room > 0
            && !companions::exist()
            && Fd::from_socket(socket).is_some_and(|fd| is_known_not_to_wait(fd, self.began))
    }
}

/// The common path of `recv`, and all of it: one system call. What it does not bring to an end goes to [`recv`].
#[inline(always)]
#[must_use]
pub fn attempt<R: Room>(socket: usize, room: &mut R, flags: i32) -> Attempt {
    let Some(fd) = Fd::from_socket(socket).filter(|_| flags == 0) else { return Attempt::none() };
    let once = Once::begin(fd);
    let seen = facts::seen(fd);
    if seen.has(Facts::RECEIVE_SHUT) {
        return Attempt::none();
    }
    Attempt::make(once, |once| room.first(once, seen))
}

/// Receives into `room`, into which a first attempt may have received; the number of bytes, 0 at the end of a
/// stream. `flags` are Windows'.
///
/// # Errors
/// See [`crate::ffi::ws2_recv`], which lists every code.
pub fn recv<R: Room>(socket: usize, room: R, flags: i32, attempt: Attempt) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let Attempt { began, received } = attempt;
    if !received.was_tried() {
        return with_care(fd, room, flags, began);
    }
    go_on(Patience::new(Direction::Receive, fd, began), room, Receive::default(), received)
}

/// A call with bad arguments: nothing is received.
///
/// # Errors
/// `failure`, after everything about the socket that forbids receiving, and after bad flags.
pub fn refuse(socket: usize, flags: i32, failure: Failure) -> Result<usize, Failure> {
    look(Direction::Receive, descriptor::of(socket)?)?;
    flags::for_receiving(flags)?;
    Err(failure)
}

/// The answer to a negative length, which is not cast.
pub const NEGATIVE: Failure = WsaError::WSAEFAULT.because("len is negative");

/// What the flags ask for, as far as the socket can do it; `waits`: whatever its mode.
///
/// # Errors
/// `WSAEINVAL`, `WSAEOPNOTSUPP`; first what forbids receiving whatever the flags.
pub fn ask_of(fd: Fd, flags: i32, waits: bool) -> Result<Receive, Failure> {
    refuse_shut(fd)?;
    let receive = match flags::for_receiving(flags) {
        Ok(receive) => receive,
        Err(failure) => return look(Direction::Receive, fd).and(Err(failure)),
    };
    if receive.ask.oob && option::socket_type(fd)? != libc::SOCK_STREAM {
        return Err(WsaError::WSAEOPNOTSUPP.because("MSG_OOB is for stream sockets"));
    }
    if receive.fill && ((!waits && descriptor::nonblocking(fd)?) || !descriptor::is_stream(fd)?) {
        look(Direction::Receive, fd)?;
        return Err(WsaError::WSAEOPNOTSUPP.because("MSG_WAITALL needs a blocking stream socket"));
    }
    Ok(receive)
}

fn with_care<R: Room>(fd: Fd, mut room: R, flags: i32, began: u64) -> Result<usize, Failure> {
    let receive = ask_of(fd, flags, false)?;
    let mut patience = Patience::new(Direction::Receive, fd, began);
    if receive.fill {
        fill::gather(&mut patience, room.len())?;
    }
    let first = room.attempt(patience.hold()?, receive.ask);
    go_on(patience, room, receive, first)
}

const SHUT: Failure = WsaError::WSAESHUTDOWN.because("after this program's shutdown(SD_RECEIVE)");

/// R3: after this program's shutdown(SD_RECEIVE) nothing is received, though Linux would still deliver.
///
/// # Errors
/// `WSAESHUTDOWN`.
pub fn refuse_shut(fd: Fd) -> Result<(), Failure> {
    // The record tells whether the fact is about this socket: POSIX code may have closed the one that was shut.
    let shut = facts::seen(fd).has(Facts::RECEIVE_SHUT)
        && descriptor::read(fd).is_some_and(|record| record.shut_receive);
    if shut { Err(SHUT) } else { Ok(()) }
}

/// The same for a call that waits already: on TCP it goes on, and gets what comes (Q24).
///
/// # Errors
/// `WSAESHUTDOWN`.
pub fn refuse_shut_meanwhile(fd: Fd) -> Result<(), Failure> {
    if facts::seen(fd).has(Facts::RECEIVE_SHUT) && option::tcp_counters(fd).is_err() {
        refuse_shut(fd)
    } else {
        Ok(())
    }
}

/// Everything beyond "something arrived and fits": the end of a stream, datagrams that are empty or too long,
/// waiting, and failures.
fn go_on<R: Room>(
    mut patience: Patience,
    mut room: R,
    receive: Receive,
    first: Received,
) -> Result<usize, Failure> {
    if receive.ask.oob {
        patience.for_urgent();
    }
    let mut received = 0;
    let mut outcome = first;
    if outcome.is_other_kind() {
        outcome = room.attempt(not_of_datagrams(patience.hold()?), receive.ask);
    }
    loop {
        if companions::exist()
            && outcome.is_nothing_yet()
            && let Some(other) = companion::receive(patience.hold()?, &mut room, receive.ask)
        {
            outcome = other;
        }
        let step = match outcome.result() {
            Ok(None) => Err(TOO_LONG),
            Ok(Some(0)) => {
                return if received > 0 { Ok(received) } else { nothing(patience.hold()?, room.is_empty()) };
            }
            Ok(Some(len)) => {
                received += len;
                room = room.skip(len);
                if !receive.fill || room.is_empty() {
                    return Ok(received);
                }
                patience.progressed();
                Ok(())
            }
            Err(errno) if errno.number() == libc::EAGAIN && room.is_empty() => {
                if is_connected_stream(patience.hold()?)? {
                    return Ok(received);
                }
                patience.wait()
            }
            Err(errno) if errno.number() == libc::EAGAIN && patience.is_known_not_to_wait() => {
                Err(NOTHING_YET)
            }
            Err(errno) if errno.number() == libc::EAGAIN => patience.wait(),
            Err(errno) if is_no_socket(errno) => Err(errno.into()),
            Err(errno) => patience.hold().and_then(|waiting| judge(Direction::Receive, waiting, errno)),
        };
        let next = step.and_then(|()| patience.hold());
        match next {
            Ok(waiting) => outcome = room.attempt(waiting, receive.ask),
            // MSG_WAITALL: what has arrived is not lost; the failure is the next call's. But a call that has waited for all of
            // it as long as it may has failed (R14).
            Err(failure) if received > 0 => {
                return if failure == TOO_LATE { Err(NOT_ALL) } else { Ok(received) };
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// The socket does not receive like one of UDP: POSIX code closed that and made another one, or it was never one.
#[cold]
fn not_of_datagrams(waiting: &Waiting) -> &Waiting {
    let fd = waiting.fd();
    let _ = facts::learn(fd);
    facts::unnote(fd, facts::seen(fd), Facts::DATAGRAM);
    waiting
}

/// The answer to a call that does not wait.
pub const NOTHING_YET: Failure =
    WsaError::WSAEWOULDBLOCK.because("EAGAIN: non-blocking, and nothing has arrived");

/// R6: where no bytes are asked for, a connected stream has nothing to wait for.
fn is_connected_stream(waiting: &Waiting) -> Result<bool, Failure> {
    Ok(descriptor::is_stream(waiting.fd())? && look(Direction::Receive, waiting.fd()).is_ok())
}

/// R2: the buffer is filled, and the rest of the datagram is lost.
pub const TOO_LONG: Failure =
    WsaError::WSAEMSGSIZE.because("the datagram was longer than the buffer; its rest is lost");

/// Zero bytes: an empty buffer, an empty datagram, the end of the stream, or a connection that died after its
/// end was reported once (Linux then looks as if the peer had closed).
///
/// # Errors
/// The code of the connection's end, if it was not the peer's closing.
pub fn nothing(held: &impl Steady, no_room: bool) -> Result<usize, Failure> {
    let fd = held.fd();
    let mut evidence = evidence::gather(fd)?;
    // A call that waited through the program's own shutdown gets what comes, the end as well.
    evidence.shut_receive &= !held.outlasts_shutdown();
    if evidence.kind == Kind::Datagram || no_room {
        return Ok(0);
    }
    if let Some(failure) = forbidden(Direction::Receive, &evidence) {
        return Err(failure);
    }
    let died = evidence.tcp.is_some_and(|tcp| tcp.state == TcpState::Closed)
        && !evidence.shut_send
        && evidence.error_waits;
    if died {
        // R7: FIN, then RST. The kernel keeps EPIPE for whoever asks, and recv is not told.
        keep(fd, Remember::Fatal(WsaError::WSAECONNABORTED));
        return Err(WsaError::WSAECONNABORTED.because("the peer closed, and then reset the connection"));
    }
    Ok(0)
}
