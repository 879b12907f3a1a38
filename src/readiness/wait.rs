//! Waiting: until a socket is ready, a deadline passes, or another thread closes the socket. Signals do not
//! end a wait.

use std::time::{Duration, Instant};

use crate::descriptor::Waiting;
use crate::descriptor::waker::Waker;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::readiness::hook;
use crate::sys::Fd;
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

    /// Whether it has passed.
    #[must_use]
    pub fn has_passed(self) -> bool {
        self.left() == Some(Duration::ZERO)
    }
}

/// How often a wait looks whether it was woken, where the process has no descriptor left for a wake-up.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How one round of waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The waker was used.
    Woken,
    /// So many entries have something to tell.
    Ready(usize),
    /// The time is over, or a signal came, or it is time to look whether the waker was used or to run the hook.
    Idle,
}

/// Waits once: until one of the descriptors is ready, the waker is used, or the time is over; without a limit
/// for ever. The last entry is the waker's, filled in here; give [`PollFd::nothing`].
///
/// # Errors
/// `WSAENOBUFS` when the kernel has no memory; `WSAEINTR` when Winsock 1.1's blocking hook cancelled the call.
pub fn round(waker: Option<&Waker>, fds: &mut [PollFd], limit: Option<Duration>) -> Result<Round, Failure> {
    let mut look_again = Some(LOOK_AGAIN);
    if let (Some(entry), Some(last)) = (waker.and_then(Waker::poll_fd), fds.last_mut()) {
        *last = entry;
        look_again = None;
    }
    let limit = [limit, look_again, hook::run_hook()?].into_iter().flatten().min();
    let ready = poll::poll(fds, limit);
    if waker.is_some_and(Waker::is_woken) {
        return Ok(Round::Woken);
    }
    match ready {
        Ok(0) => Ok(Round::Idle),
        Ok(count) => Ok(Round::Ready(count)),
        Err(errno) if errno.number() == libc::EINTR => Ok(Round::Idle),
        Err(_) => Err(WsaError::WSAENOBUFS.because("the kernel has no memory to wait with")),
    }
}

/// Waits until one of the descriptors is ready. The last entry is the wake-up's, filled in here; give
/// [`PollFd::nothing`].
///
/// # Errors
/// `WSAEINTR` when another thread closed a socket, or Winsock 1.1's blocking hook cancelled the call; `None` when
/// the deadline passed.
pub fn any(waiting: &Waiting, fds: &mut [PollFd], deadline: Deadline) -> Result<Option<usize>, Failure> {
    loop {
        match round(waiting.waker(), fds, deadline.left())? {
            Round::Woken => return Err(crate::descriptor::CLOSED),
            Round::Ready(count) => return Ok(Some(count)),
            Round::Idle if deadline.has_passed() => return Ok(None),
            Round::Idle => {}
        }
    }
}

/// Waits until one descriptor is ready for `events` (or has failed); `false` when the deadline passed.
///
/// # Errors
/// `WSAEINTR` when another thread closed the socket.
pub fn ready(waiting: &Waiting, fd: Fd, events: i16, deadline: Deadline) -> Result<bool, Failure> {
    let mut fds = [PollFd::new(fd, events), PollFd::nothing()];
    Ok(any(waiting, &mut fds, deadline)?.is_some())
}

/// Waits for a while and for nothing but the wake-up; for states that the kernel does not report.
///
/// # Errors
/// `WSAEINTR` when another thread closed the socket.
pub fn pause(waiting: &Waiting, time: Duration, deadline: Deadline) -> Result<bool, Failure> {
    any(waiting, &mut [PollFd::nothing()], deadline.or_in(time))?;
    Ok(!deadline.has_passed())
}
