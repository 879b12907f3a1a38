//! Polls that wait for the socket.

use std::sync::atomic::Ordering;

use super::{BEING_CLOSED, Inner, Side};
use crate::descriptor::{On, companions};
use crate::kernel::device::GoingOn;
use crate::overlapped::association;
use crate::overlapped::polls::{self, Holds, Poll, Watch};
use crate::overlapped::reactor;
use crate::sys::shared::Arc;
use crate::windows::status;

/// What a poll finds when it comes: the poll that it takes the place of, which the caller ends; and what holds of what it asks for, or
/// nothing, and it waits then.
pub(in crate::overlapped) struct Found {
    pub(in crate::overlapped) replaced: Option<Arc<Poll>>,
    pub(in crate::overlapped) holds: Result<Option<Holds>, u32>,
}

impl Side {
    /// A poll comes. What it finds may be a status: `STATUS_INVALID_HANDLE`: the socket is being closed.
    /// `STATUS_INSUFFICIENT_RESOURCES`: it cannot be listened to. `STATUS_NO_MEMORY`.
    pub(in crate::overlapped) fn watch(&self, poll: &Arc<Poll>, at: usize, events: u32) -> Found {
        let mut inner = self.lock();
        if inner.queues.closed {
            return Found {
                replaced: None,
                holds: Err(polls::status_of(association::code_of(BEING_CLOSED))),
            };
        }
        let replaced = inner.polls.replaced_by(poll);
        let holds = self.watch_as(&mut inner, poll, at, events);
        self.note_watchers(&inner);
        Found { replaced, holds }
    }

    fn watch_as(
        &self,
        inner: &mut Inner,
        poll: &Arc<Poll>,
        at: usize,
        events: u32,
    ) -> Result<Option<Holds>, u32> {
        let room = if events & polls::WITH_ROOM != 0 { reactor::OUT } else { 0 };
        let bits = inner.registered | reactor::ALWAYS | room;
        if bits != inner.registered || inner.era != reactor::era() {
            self.listen(inner, bits).map_err(|_| status::STATUS_INSUFFICIENT_RESOURCES)?;
        }
        if companions::exist() {
            // What its companions hear is the socket's, too.
            companions::with(self.fd, |all| all.iter().for_each(|companion| self.hear(companion.fd())));
        }
        let holds = polls::holds(self.fd, &inner.queues).asked(events);
        if holds.is_none() {
            let watch = Watch { poll: Arc::clone(poll), at, events };
            inner.polls.add(watch).map_err(|_| status::STATUS_NO_MEMORY)?;
        }
        Ok(holds)
    }

    /// Has calls and the reactor look, where somebody is told of the socket's state.
    pub(super) fn note_watchers(&self, inner: &Inner) {
        self.is_noticed.store(inner.notice.is_some() || inner.polls.wait(), Ordering::Release);
    }

    /// Ends the polls for which the socket is ready.
    pub(super) fn tell_polls(&self) {
        loop {
            let ready = {
                let mut inner = self.lock();
                if inner.queues.closed || !inner.polls.wait() {
                    return;
                }
                let holds = polls::holds(self.fd, &inner.queues);
                let ready = inner.polls.take_ready(holds);
                self.note_watchers(&inner);
                ready
            };
            let Some((watch, holds)) = ready else { return };
            polls::is_ready(&watch, holds);
        }
    }

    /// Ends the polls of a socket that is closed.
    pub(super) fn close_polls(&self) {
        loop {
            let Some(watch) = self.lock().polls.take_first() else { return };
            polls::is_closed(&watch);
        }
    }

    /// A poll waits no more.
    pub(in crate::overlapped) fn forget_poll(&self, serial: u64) {
        let mut inner = self.lock();
        inner.polls.forget(serial);
        self.note_watchers(&inner);
    }

    /// A poll that waits and is wanted.
    pub(in crate::overlapped) fn find_poll(&self, wanted: impl Fn(&Poll) -> bool) -> Option<Arc<Poll>> {
        self.lock().polls.find(wanted)
    }

    /// The next poll behind that number that a thread has begun.
    pub(in crate::overlapped) fn next_poll(&self, last: u64, thread: u64) -> Option<Arc<Poll>> {
        self.lock().polls.next(last, thread)
    }

    /// Looks at the polls that were begun on the socket, or changes the list.
    pub(in crate::overlapped) fn going<T>(&self, run: impl FnOnce(&mut GoingOn) -> T) -> T {
        run(&mut self.lock().polls.going)
    }
}
