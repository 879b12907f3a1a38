//! What sending and receiving have in common: judging a failed attempt, and waiting for the next one.

pub mod control;
mod fill;
pub mod flags;
pub mod recv;
pub mod recvfrom;
pub mod send;
pub mod sendto;

use std::time::Duration;

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::wait::{self, Deadline};
use crate::descriptor::{self, Connection, Steady, Waiting};
use crate::error::WsaError;
use crate::error::diagnosis::{self, Direction, Remember, Verdict};
use crate::error::evidence::{Evidence, Kind};
use crate::error::failure::Failure;
use crate::socket::evidence;
use crate::sys::net::option;
use crate::sys::{Errno, Fd};

/// What to report about bad arguments: that the socket is none comes first.
#[must_use]
pub fn socket_first(socket: usize, failure: Failure) -> Failure {
    let is_socket = descriptor::of(socket).and_then(|fd| Ok(option::socket_type(fd)?));
    is_socket.err().unwrap_or(failure)
}

/// Decides about a failed attempt, remembers what later calls must know, and fails; or lets the call try again.
///
/// # Errors
/// The failure to report.
pub fn judge(direction: Direction, held: &impl Steady, errno: Errno) -> Result<(), Failure> {
    judge_by(direction, held, errno, evidence::gather)
}

/// The same for a message that named its receiver: that the socket has no peer is no reason then.
///
/// # Errors
/// The failure to report.
pub fn judge_addressed(held: &impl Steady, errno: Errno) -> Result<(), Failure> {
    judge_by(Direction::Send, held, errno, gather_addressed)
}

fn judge_by(
    direction: Direction,
    held: &impl Steady,
    errno: Errno,
    gather: fn(Fd) -> Result<Evidence, Errno>,
) -> Result<(), Failure> {
    if errno.number() == libc::EINTR {
        return Ok(());
    }
    let fd = held.fd();
    match diagnosis::diagnose(direction, errno, &gather(fd)?) {
        Verdict::Retry => Ok(()),
        Verdict::Fail(failure, remember) => {
            keep(fd, remember);
            Err(failure)
        }
    }
}

/// Whether the kernel says that there is no socket; then there is nothing to look at.
#[must_use]
pub const fn is_no_socket(errno: Errno) -> bool {
    matches!(errno.number(), libc::EBADF | libc::ENOTSOCK)
}

fn gather_addressed(fd: Fd) -> Result<Evidence, Errno> {
    let evidence = evidence::gather(fd)?;
    Ok(Evidence { has_peer: evidence.has_peer || evidence.kind == Kind::Datagram, ..evidence })
}

/// Keeps what a verdict says to remember.
pub fn keep(fd: Fd, remember: Remember) {
    let _ = match remember {
        Remember::Nothing => Ok(()),
        Remember::Fatal(code) => descriptor::update(fd, |record| {
            record.fatal.get_or_insert(code);
        }),
        Remember::ConnectFailed(code) => descriptor::update(fd, |record| {
            record.connection = Connection::Failed;
            record.error = code.number();
        }),
    };
}

/// Looks at the socket before a call with bad arguments is refused: a socket that is none, dead, shut down or
/// not connected is reported first.
///
/// # Errors
/// What forbids the transfer whatever its arguments.
pub fn look(direction: Direction, fd: Fd) -> Result<Evidence, Failure> {
    allowed(direction, evidence::gather(fd)?)
}

/// The same for a message that names its receiver.
///
/// # Errors
/// What forbids the transfer whatever its arguments.
pub fn look_addressed(fd: Fd) -> Result<Evidence, Failure> {
    allowed(Direction::Send, gather_addressed(fd)?)
}

fn allowed(direction: Direction, evidence: Evidence) -> Result<Evidence, Failure> {
    match diagnosis::forbidden(direction, &evidence) {
        Some(failure) => Err(failure),
        None => Ok(evidence),
    }
}

/// Whether a call that began at `began` and found nothing to do does not wait: the program has made the socket
/// non-blocking, nothing forbids the transfer, and no socket was closed since.
#[must_use]
#[inline(always)]
pub fn is_known_not_to_wait(fd: Fd, began: u64) -> bool {
    const KNOWN: Facts = Facts::SOCKET.union(Facts::NONBLOCKING).union(Facts::READY_TO_RECEIVE);
    const NOT: Facts = Facts::RECEIVE_SHUT.union(Facts::CLOSING);
    facts::seen(fd).facts().intersection(KNOWN.union(NOT)) == KNOWN && descriptor::epoch() == began
}

/// How often a wait looks for what Linux does not announce.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What a call needs after its first attempt: nothing until it is needed, then one registration and one deadline for
/// the whole call.
#[derive(Debug)]
pub struct Patience {
    direction: Direction,
    fd: Fd,
    began: u64,
    events: i16,
    waiting: Option<Waiting>,
    deadline: Option<Deadline>,
    /// Linux does not wake a wait for room on a Unix stream when another thread shuts it down for sending.
    looks_again: bool,
    /// Waits since the last progress that ended without any.
    futile: u32,
}

impl Patience {
    /// For a call that began at `began`, see [`descriptor::epoch`].
    #[must_use]
    pub fn new(direction: Direction, fd: Fd, began: u64) -> Self {
        let events = match direction {
            Direction::Send => libc::POLLOUT,
            Direction::Receive => libc::POLLIN,
        };
        Self { direction, fd, began, events, waiting: None, deadline: None, looks_again: false, futile: 0 }
    }

    /// Waits for urgent data instead.
    pub fn for_urgent(&mut self) {
        self.events = libc::POLLPRI;
    }

    /// The last attempt has moved something.
    pub fn progressed(&mut self) {
        self.futile = 0;
    }

    /// Whether an attempt that found nothing to do ends the call, by what is known without asking: the program has
    /// made the socket non-blocking, and nothing forbids the transfer.
    #[must_use]
    pub fn is_known_not_to_wait(&self) -> bool {
        self.waiting.is_none() && is_known_not_to_wait(self.fd, self.began)
    }

    /// What every attempt after the first is made on.
    ///
    /// # Errors
    /// `WSAEINTR` when another thread has closed the socket since the call began, or is closing it; `WSAENOBUFS`.
    pub fn hold(&mut self) -> Result<&Waiting, Failure> {
        let waiting = match self.waiting.take() {
            Some(waiting) => waiting,
            None if self.direction == Direction::Receive => {
                Waiting::register_to_receive(self.fd, self.began)?
            }
            None => Waiting::register(self.fd, self.began)?,
        };
        Ok(self.waiting.insert(waiting))
    }

    /// After an attempt that would have had to wait: waits until another one is worth it.
    ///
    /// # Errors
    /// `WSAEWOULDBLOCK` on a non-blocking socket, `WSAETIMEDOUT` when SO_SNDTIMEO or SO_RCVTIMEO has passed,
    /// `WSAEINTR` when another thread closed the socket, and what forbids waiting: `WSAENOTCONN`, `WSAEINVAL`.
    pub fn wait(&mut self) -> Result<(), Failure> {
        self.hold()?;
        let deadline = match self.deadline {
            Some(deadline) => deadline,
            None => self.begin()?,
        };
        self.deadline = Some(deadline);
        // A socket that is ready again and again must not carry the call beyond its time.
        if deadline.has_passed() {
            return Err(self.too_late());
        }
        self.futile += 1;
        if self.futile > 1 {
            self.look_for_shutdown()?;
        }
        let (futile, events, looks_again) = (self.futile, self.events, self.looks_again);
        let waiting = self.hold()?;
        let in_time = if futile > 8 {
            // The kernel says "ready" and has nothing: a full queue of another socket, or a rival thread.
            wait::pause(waiting, Duration::from_millis(u64::from(futile.min(20))), deadline)?
        } else {
            let round = if looks_again { deadline.or_in(LOOK_AGAIN) } else { deadline };
            wait::ready(waiting, events, round)? || !deadline.has_passed()
        };
        if in_time { Ok(()) } else { Err(self.too_late()) }
    }

    /// Linux calls a datagram socket that was shut down for receiving ready, and has nothing.
    fn look_for_shutdown(&self) -> Result<(), Failure> {
        if self.direction == Direction::Receive { recv::refuse_shut_meanwhile(self.fd) } else { Ok(()) }
    }

    /// Whether the call may wait, and until when.
    fn begin(&mut self) -> Result<Deadline, Failure> {
        let evidence = evidence::gather_idle(self.fd)?;
        self.looks_again =
            self.direction == Direction::Send && evidence.kind == Kind::Stream && evidence.is_unix;
        let verdict = diagnosis::diagnose(self.direction, Errno::new(libc::EAGAIN), &evidence);
        match verdict {
            Verdict::Fail(failure, _) if failure.code != WsaError::WSAEWOULDBLOCK || evidence.nonblocking => {
                Err(failure)
            }
            _ => Ok(Deadline::after_milliseconds(self.limit())),
        }
    }

    /// A receiving call on a socket of this library's that no time-out was set on through this interface: only POSIX code can
    /// have set one.
    fn is_rarely_limited(&self) -> bool {
        let seen = facts::seen(self.fd);
        self.direction == Direction::Receive && seen.has(Facts::OURS) && !seen.has(Facts::TIMED)
    }

    /// Whether a time-out limits the call, as far as that is known without waiting.
    fn is_limited(&self) -> bool {
        !self.is_rarely_limited() && self.limit() > 0
    }

    /// SO_SNDTIMEO or SO_RCVTIMEO in milliseconds: as set through this interface, else as POSIX code set it.
    fn limit(&self) -> u32 {
        if self.is_rarely_limited() {
            return kernel_time_out(self.fd, libc::SO_RCVTIMEO);
        }
        let record = descriptor::read(self.fd);
        let (own, name) = match self.direction {
            Direction::Send => (record.and_then(|r| r.send_timeout), libc::SO_SNDTIMEO),
            Direction::Receive => (record.and_then(|r| r.receive_timeout), libc::SO_RCVTIMEO),
        };
        own.unwrap_or_else(|| kernel_time_out(self.fd, name))
    }

    const fn too_late(&self) -> Failure {
        match self.direction {
            Direction::Send => WsaError::WSAETIMEDOUT.because("SO_SNDTIMEO passed before all was sent"),
            Direction::Receive => TOO_LATE,
        }
    }
}

/// The answer to a receiving call when its time is over.
const TOO_LATE: Failure = WsaError::WSAETIMEDOUT.because("SO_RCVTIMEO passed and nothing arrived");

/// The same with MSG_WAITALL (R14).
const NOT_ALL: Failure =
    WsaError::WSAETIMEDOUT.because("SO_RCVTIMEO passed before all that MSG_WAITALL asks for arrived");

/// The kernel's own time-out option in milliseconds, rounded up; 0 for ever.
#[must_use]
pub fn kernel_time_out(fd: Fd, name: i32) -> u32 {
    option::get_value(fd, libc::SOL_SOCKET, name).map_or(0, milliseconds)
}

fn milliseconds(time: libc::timeval) -> u32 {
    let milliseconds =
        time.tv_sec.saturating_mul(1000).saturating_add(time.tv_usec.saturating_add(999) / 1000);
    u32::try_from(milliseconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A time that rounded to 0 would never end.
    #[test]
    fn a_time_is_rounded_up() {
        for (tv_sec, tv_usec, expected) in [
            (0, 0, 0),
            (0, 1, 1),
            (0, 999, 1),
            (0, 1000, 1),
            (0, 1001, 2),
            (2, 500, 2001),
            (i64::MAX, 0, u32::MAX),
        ] {
            assert_eq!(milliseconds(libc::timeval { tv_sec, tv_usec }), expected, "{tv_sec} s, {tv_usec} µs");
        }
    }
}
