//! Waiting: until a socket is ready, a deadline passes, or another thread closes the socket. Signals do not
//! end a wait.

use std::time::{Duration, Instant};

use crate::descriptor::{self, Next, Waiting, companions};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::{hook, interrupt, trace};
use crate::sys::Fd;
use crate::sys::event::clock;
use crate::sys::event::poll::{self, PollFd};

/// When a call has waited long enough: one deadline for the whole call.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// No limit.
    pub const NEVER: Self = Self(None);

    /// In so many milliseconds; 0 is no limit, as in `SO_SNDTIMEO`.
    #[must_use]
    pub fn after_milliseconds(milliseconds: u32) -> Self {
        if milliseconds == 0 { Self::NEVER } else { Self::after(Duration::from_millis(milliseconds.into())) }
    }

    /// After a time; one beyond what the clock can count is no limit.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time))
    }

    /// The same, but in `time` at the latest.
    #[must_use]
    pub fn or_in(self, time: Duration) -> Self {
        Self::after(self.left().map_or(time, |left| left.min(time)))
    }

    /// What is left; `None` without a limit.
    #[must_use]
    pub fn left(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// The moment in nanoseconds of the monotonic clock; none without a limit.
    #[must_use]
    pub fn monotonic(self) -> Option<u64> {
        let left = u64::try_from(self.left()?.as_nanos()).unwrap_or(u64::MAX);
        Some(clock::monotonic().saturating_add(left))
    }

    /// Whether it has passed.
    #[must_use]
    pub fn has_passed(self) -> bool {
        self.left() == Some(Duration::ZERO)
    }
}

/// How often a wait looks whether it is to end, where the process has no descriptor left for the alarm.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How one round of waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The alarm is raised, or could not be listened to: some socket is being closed.
    Alarm,
    /// So many entries have something to tell.
    Ready(usize),
    /// The time is over, or a signal came, or it is time to run the hook.
    Idle,
}

/// Waits once: until one of the descriptors is ready, the alarm is raised, or the time is over; without a limit
/// for ever. The last entry is the alarm's, filled in here; give [`PollFd::nothing`].
///
/// # Errors
/// `WSAENOBUFS` when the kernel has no memory; `WSAEINTR` when Winsock 1.1's blocking hook cancelled the call.
pub fn round(fds: &mut [PollFd], limit: Option<Duration>) -> Result<Round, Failure> {
    let alarm = descriptor::alarm_poll_fd();
    let look_again = if alarm.is_some() { None } else { Some(LOOK_AGAIN) };
    if let Some(last) = fds.last_mut() {
        *last = alarm.unwrap_or(PollFd::nothing());
    }
    if limit != Some(Duration::ZERO) {
        trace::waits();
    }
    let limit = [limit, look_again, hook::run_hook()?].into_iter().flatten().min();
    let interrupted = interrupt::Wait::begin();
    let ready = poll::poll(fds, limit);
    if interrupted.end() {
        return Err(CANCELLED);
    }
    let alarmed = fds.last().is_some_and(|last| last.happened() != 0);
    match ready {
        Ok(count) if count > usize::from(alarmed) => Ok(Round::Ready(count - usize::from(alarmed))),
        Ok(_) if alarmed || look_again.is_some() => Ok(Round::Alarm),
        Ok(_) => Ok(Round::Idle),
        Err(errno) if errno.number() == libc::EINTR => Ok(Round::Idle),
        Err(_) => Err(WsaError::WSAENOBUFS.because("the kernel has no memory to wait with")),
    }
}

/// The answer to a call that `CancelSynchronousIo` has ended.
const CANCELLED: Failure = WsaError::WSA_OPERATION_ABORTED.because("CancelSynchronousIo for this thread");

/// Waits until one descriptor is ready for `events` (or has failed); `false` when the deadline passed.
///
/// # Errors
/// `WSAEINTR` when another thread closes the socket, or Winsock 1.1's blocking hook cancelled the call.
pub fn ready(waiting: &Waiting, events: i16, deadline: Deadline) -> Result<bool, Failure> {
    loop {
        match waiting.next(events)? {
            // One that may be interrupted polls beside the one that polls for all.
            Next::Sleep(seen) if !interrupt::is_possible() => {
                trace::waits();
                let slice = hook::run_hook()?;
                let until = slice.map_or(deadline, |slice| deadline.or_in(slice));
                waiting.sleep(seen, until.monotonic());
                if waiting.next(events)? == Next::Poll {
                    continue;
                }
            }
            Next::Poll | Next::Sleep(_) => {
                let mut fds = [PollFd::new(waiting.fd(), events), PollFd::nothing()];
                let result = if companions::exist() && events == libc::POLLIN {
                    round(&mut with_companions(waiting.fd(), fds)?, deadline.left())
                } else {
                    round(&mut fds, deadline.left())
                };
                match result? {
                    Round::Ready(_) => return Ok(true),
                    Round::Alarm => waiting.alarmed(deadline.monotonic())?,
                    Round::Idle => {}
                }
            }
        }
        if deadline.has_passed() {
            return Ok(false);
        }
    }
}

/// The entries of a wait for data, with those of the socket's companions between.
#[cold]
fn with_companions(fd: Fd, [own, alarm]: [PollFd; 2]) -> Result<Vec<PollFd>, Failure> {
    let no_memory = |_| WsaError::WSAENOBUFS.because("no memory to wait with");
    let mut polls = Vec::new();
    polls.try_reserve(2).map_err(no_memory)?;
    polls.push(own);
    companions::add_polls(fd, &mut polls)?;
    polls.try_reserve(1).map_err(no_memory)?;
    polls.push(alarm);
    Ok(polls)
}

/// Waits until there is something to read from a descriptor of the library's own, which a call on a socket asks.
///
/// # Errors
/// `WSAEINTR` when another thread closes the socket, or Winsock 1.1's blocking hook cancelled the call.
pub fn for_news(waiting: &Waiting, news: Fd) -> Result<(), Failure> {
    loop {
        match round(&mut [PollFd::new(news, libc::POLLIN), PollFd::nothing()], None)? {
            Round::Ready(_) => return Ok(()),
            Round::Alarm => waiting.alarmed(None)?,
            Round::Idle => waiting.still_open()?,
        }
    }
}

/// Waits for a while and for nothing but the socket's being closed; for states that the kernel does not report.
///
/// # Errors
/// `WSAEINTR` when another thread closes the socket.
pub fn pause(waiting: &Waiting, time: Duration, deadline: Deadline) -> Result<bool, Failure> {
    let until = deadline.or_in(time);
    while !until.has_passed() {
        if round(&mut [PollFd::nothing()], until.left())? == Round::Alarm {
            waiting.alarmed(until.monotonic())?;
        }
        waiting.still_open()?;
    }
    Ok(!deadline.has_passed())
}
