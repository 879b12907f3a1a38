//! How a question waits: for the sockets and their companions, for closings, and with muted entries.

use std::time::Duration;

use super::conditions::Conditions;
use super::poll_set::{Gone, NO_MEMORY, Question};
use crate::descriptor::wait::{self, Deadline, Round};
use crate::descriptor::{self, Watching, companions};
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::event::poll::PollFd;

/// How soon muted entries are looked at again, first and at last.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(64));

impl Question {
    /// One round of waiting, for the companions of the sockets as well, if they have any.
    fn round(&mut self, limit: Option<Duration>) -> Result<Round, Failure> {
        if !companions::exist() {
            return wait::round(&mut self.polls, limit);
        }
        let count = self.entries.len();
        self.polls.truncate(count);
        let wanting = self.entries.iter().filter(|entry| entry.wanted.contains(Conditions::RECEIVE));
        let added = wanting
            .filter_map(|entry| entry.fd)
            .try_for_each(|fd| companions::add_polls(fd, &mut self.polls))
            .and_then(|()| self.polls.try_reserve(1).map_err(|_| NO_MEMORY));
        let round = added.and_then(|()| {
            self.polls.push(PollFd::nothing());
            wait::round(&mut self.polls, limit)
        });
        self.polls.truncate(count);
        self.polls.push(PollFd::nothing());
        round
    }

    /// Waits until an entry has something that is wanted, or was closed by another thread: how many have. 0 when
    /// the deadline passed.
    ///
    /// # Errors
    /// `WSAEINTR` after the last `WSACleanup`; `WSAENOBUFS` when the kernel has no memory.
    pub fn wait(&mut self, deadline: Deadline) -> Result<usize, Failure> {
        let mut fds = std::mem::take(&mut self.fds);
        fds.clear();
        let room = fds.try_reserve(self.entries.len()).and_then(|()| self.polls.try_reserve(1));
        room.map_err(|_| NO_MEMORY)?;
        // One for each entry, so that a place is the same in both.
        fds.extend(self.entries.iter().map(|entry| entry.fd.unwrap_or(Fd::NONE)));
        let watching = descriptor::watch(fds, self.began)?;
        self.polls.push(PollFd::nothing());
        let result = self.wait_watched(&watching, deadline);
        self.polls.pop();
        self.fds = watching.end();
        result
    }

    fn wait_watched(&mut self, watching: &Watching, deadline: Deadline) -> Result<usize, Failure> {
        let (mut again, rarest) = LOOK_AGAIN;
        loop {
            let changes = watching.changes();
            if watching.closed(|closed| self.close(closed))?.is_some() {
                return Ok(self.ready.len());
            }
            let limit = match deadline.left() {
                Some(left) if self.muted => Some(left.min(again)),
                None if self.muted => Some(again),
                left => left,
            };
            let round = self.round(limit)?;
            // What another thread closed meanwhile is told apart from what the number stands for now.
            if watching.closed(|closed| self.close(closed))?.is_some() {
                return Ok(self.ready.len());
            }
            match round {
                Round::Alarm => watching.pass(changes, deadline.monotonic()),
                Round::Ready(count) => {
                    self.judge(count, Gone::Closed);
                    if companions::exist() {
                        self.look_at_companions();
                    }
                }
                Round::Idle => {}
            }
            let found = self.ready.len();
            if found > 0 || deadline.has_passed() {
                return Ok(found);
            }
            if self.muted && round == Round::Idle {
                again = (again * 2).min(rarest);
                self.unmute();
            }
        }
    }

    /// Marks what was closed by another thread.
    fn close(&mut self, closed: &[bool]) {
        for (at, _) in closed.iter().enumerate().filter(|(_, closed)| **closed) {
            self.answer(at, Conditions::CLOSED);
        }
    }
}
