//! What sending and receiving have in common: judging a failed attempt, and waiting for the next one.

pub mod flags;
pub mod recv;
pub mod recvfrom;
pub mod send;
pub mod sendto;

use std::time::Duration;

use crate::descriptor::{self, Connection, Waiting};
use crate::error::WsaError;
use crate::error::diagnosis::{self, Direction, Remember, Verdict};
use crate::error::evidence::{self, Evidence, Kind};
use crate::error::failure::Failure;
use crate::readiness::wait::{self, Deadline};
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
pub fn judge(direction: Direction, fd: Fd, errno: Errno) -> Result<(), Failure> {
    judge_by(direction, fd, errno, evidence::gather)
}

/// The same for a message that named its receiver: that the socket has no peer is no reason then.
///
/// # Errors
/// The failure to report.
pub fn judge_addressed(fd: Fd, errno: Errno) -> Result<(), Failure> {
    judge_by(Direction::Send, fd, errno, gather_addressed)
}

fn judge_by(
    direction: Direction,
    fd: Fd,
    errno: Errno,
    gather: fn(Fd) -> Result<Evidence, Errno>,
) -> Result<(), Failure> {
    if errno.number() == libc::EINTR {
        return Ok(());
    }
    match diagnosis::diagnose(direction, errno, &gather(fd)?) {
        Verdict::Retry => Ok(()),
        Verdict::Fail(failure, remember) => {
            keep(fd, remember);
            Err(failure)
        }
    }
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

/// How often a wait looks for what Linux does not announce.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A call's waiting: nothing until it is needed, then one registration and one deadline for the whole call.
#[derive(Debug)]
pub struct Patience {
    direction: Direction,
    fd: Fd,
    began: u64,
    events: i16,
    waiting: Option<(Waiting, Deadline)>,
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
        Self { direction, fd, began, events, waiting: None, looks_again: false, futile: 0 }
    }

    /// Waits for urgent data instead.
    pub fn for_urgent(&mut self) {
        self.events = libc::POLLPRI;
    }

    /// The last attempt has moved something.
    pub fn progressed(&mut self) {
        self.futile = 0;
    }

    /// After an attempt that would have had to wait: waits until another one is worth it.
    ///
    /// # Errors
    /// `WSAEWOULDBLOCK` on a non-blocking socket, `WSAETIMEDOUT` when SO_SNDTIMEO or SO_RCVTIMEO has passed,
    /// `WSAEINTR` when another thread closed the socket, and what forbids waiting: `WSAENOTCONN`, `WSAEINVAL`.
    pub fn wait(&mut self) -> Result<(), Failure> {
        if self.waiting.is_none() {
            self.waiting = Some(self.begin()?);
        }
        let Some((waiting, deadline)) = &self.waiting else { return Ok(()) };
        // A socket that is ready again and again must not carry the call beyond its time.
        if deadline.has_passed() {
            return Err(self.too_late());
        }
        self.futile += 1;
        if self.futile > 1 {
            self.look_for_shutdown()?;
        }
        let in_time = if self.futile > 8 {
            // The kernel says "ready" and has nothing: a full queue of another socket, or a rival thread.
            wait::pause(waiting, Duration::from_millis(u64::from(self.futile.min(20))), *deadline)?
        } else {
            let round = if self.looks_again { deadline.or_in(LOOK_AGAIN) } else { *deadline };
            wait::ready(waiting, self.fd, self.events, round)? || !deadline.has_passed()
        };
        if in_time { Ok(()) } else { Err(self.too_late()) }
    }

    /// Linux calls a datagram socket that was shut down for receiving ready, and has nothing.
    fn look_for_shutdown(&self) -> Result<(), Failure> {
        if self.direction == Direction::Receive {
            crate::socket::transfer::recv::refuse_shut(self.fd)
        } else {
            Ok(())
        }
    }

    fn begin(&mut self) -> Result<(Waiting, Deadline), Failure> {
        let evidence = evidence::gather_idle(self.fd)?;
        self.looks_again =
            self.direction == Direction::Send && evidence.kind == Kind::Stream && evidence.tcp.is_none();
        let verdict = diagnosis::diagnose(self.direction, Errno::new(libc::EAGAIN), &evidence);
        match verdict {
            Verdict::Fail(failure, _) if failure.code != WsaError::WSAEWOULDBLOCK || evidence.nonblocking => {
                Err(failure)
            }
            _ => {
                let waiting = descriptor::wait_on(self.fd, self.began)?;
                Ok((waiting, Deadline::after_milliseconds(self.limit())))
            }
        }
    }

    /// SO_SNDTIMEO or SO_RCVTIMEO in milliseconds: as set through this interface, else as POSIX code set it.
    fn limit(&self) -> u32 {
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
            Direction::Receive => WsaError::WSAETIMEDOUT.because("SO_RCVTIMEO passed and nothing arrived"),
        }
    }
}

/// The kernel's own time-out option in milliseconds, rounded up; 0 for ever.
#[must_use]
pub fn kernel_time_out(fd: Fd, name: i32) -> u32 {
    let Ok(time) = option::get_value::<libc::timeval>(fd, libc::SOL_SOCKET, name) else { return 0 };
    let milliseconds =
        time.tv_sec.saturating_mul(1000).saturating_add(time.tv_usec.saturating_add(999) / 1000);
    u32::try_from(milliseconds).unwrap_or(u32::MAX)
}
