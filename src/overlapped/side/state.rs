//! A port that is told of the socket's state.

use super::Side;
use crate::kernel::code::Code;
use crate::kernel::port::Added;
use crate::overlapped::notices::{self, Notice, Taken};
use crate::overlapped::operation::Direction;
use crate::overlapped::queues::{self, Queues};
use crate::overlapped::reactor;
use std::sync::atomic::Ordering;

impl Side {
    /// What holds of the socket for a port that is told of its state: not what operations wait for.
    pub(super) fn state(&self, queues: &Queues) -> u16 {
        let waits = |direction| !queues.is_empty(direction);
        let taken = if waits(Direction::Receive) || waits(Direction::Accept) { notices::IN } else { 0 };
        notices::state(self.fd) & !taken
    }

    /// Tells a port and polls of the socket's state, if they are to be told. `ceased` did not hold for a moment, as a call has found.
    pub(in crate::overlapped) fn look(&self, ceased: u16) {
        if !self.is_noticed.load(Ordering::Acquire) {
            return;
        }
        let post = {
            let mut inner = self.lock();
            if inner.queues.closed {
                return;
            }
            match inner.notice {
                Some(_) => {
                    let state = self.state(&inner.queues);
                    inner.notice.as_mut().and_then(|notice| notice.changed(state, ceased, self.number()))
                }
                None => None,
            }
        };
        if let Some(post) = post {
            post.finish();
        }
        self.tell_polls();
    }

    /// What operations of a direction wait for is there, though the reactor does not tell of it.
    pub(in crate::overlapped) fn is_ready_again(&self, direction: Direction) {
        self.lock().queues.is_ready(direction);
        if queues::advance(self, direction) {
            self.with_events(|selection, waits| {
                if !waits(direction) {
                    selection.taken(self.fd, direction);
                }
            });
            self.look(0);
        }
    }

    /// Changes how a port is told of the socket's state, which is the second argument of `change`. `room`: the socket is to be
    /// listened to from now on, for room to send, too, or not.
    ///
    /// # Errors
    /// Those of `change`; `ERROR_INVALID_HANDLE`: the socket is being closed. `ERROR_NO_SYSTEM_RESOURCES`: it cannot be listened to.
    pub(in crate::overlapped) fn change_notice(
        &self,
        room: Option<bool>,
        change: impl FnOnce(&mut Option<Notice>, u16) -> Result<Option<Added>, Code>,
    ) -> Result<(), Code> {
        let mut inner = self.lock();
        if inner.queues.closed {
            return Err(Code::INVALID_HANDLE);
        }
        if let Some(room) = room {
            let bits = inner.registered | reactor::ALWAYS | if room { reactor::OUT } else { 0 };
            if bits != inner.registered || inner.era != reactor::era() {
                self.listen(&mut inner, bits).map_err(|_| Code::NO_SYSTEM_RESOURCES)?;
            }
        }
        let state = self.state(&inner.queues);
        let added = change(&mut inner.notice, state)?;
        self.note_watchers(&inner);
        drop(inner);
        if let Some(added) = added {
            added.finish();
        }
        Ok(())
    }

    /// A thread takes the packet of a registration; none where that has ended.
    pub(in crate::overlapped) fn take_notice(&self, serial: usize) -> Option<Taken> {
        let mut inner = self.lock();
        if !inner.notice.as_ref().is_some_and(|notice| notice.is(serial)) {
            return None;
        }
        let state = self.state(&inner.queues);
        inner.notice.as_mut().map(|notice| notice.taken(state, self.number()))
    }
}
