//! What is due of an object with a callback, what runs, and the wait that goes on: all that its lock guards.

use std::collections::VecDeque;

use super::finish::Finish;
use super::watching::{Standing, Target, Watching};
use crate::kernel::port::Packet;
use crate::sys::shared::Arc;

/// How a wait is begun again after it has ended.
#[derive(Clone)]
pub(super) struct Again {
    pub(super) target: Target,
    /// Behind the callback, so that there is one at a time; else before it.
    pub(super) behind: bool,
}

/// What the lock guards.
#[derive(Default)]
pub(super) struct State {
    /// Callbacks that are due and have not begun.
    pub(super) pending: u32,
    /// The same because a wait's time has passed.
    pub(super) timed_out: u32,
    /// The wait that goes on.
    pub(super) watching: Option<Watching>,
    /// A thread is to begin it anew.
    pub(super) looks: bool,
    /// How it goes on after its end.
    pub(super) again: Option<Again>,
    /// Who is told when the object has gone: by its own end, and by that of its queue.
    pub(super) finish: [Option<Arc<Finish>>; 2],
    /// The same for ends of operations.
    pub(super) ends: VecDeque<Packet>,
    /// Callbacks that have begun.
    pub(super) running: u32,
    /// Operations of which it was said that they begin, and whose ends have not come.
    pub(super) started: u32,
    /// Ends that bring no callback.
    pub(super) dropped: u32,
    /// A callback that was due was not called.
    pub(super) dropped_due: bool,
    /// It is in its pool's queue.
    pub(super) queued: bool,
    pub(super) closed: bool,
    /// Its timer was set last, not stopped.
    pub(super) is_set: bool,
    /// It is in use in its pool no more.
    pub(super) gone: bool,
    /// Of which process this is: in a child of `fork` nothing is under way.
    pub(super) process: u64,
}

impl State {
    pub(super) fn has_due(&self) -> bool {
        self.pending > 0 || self.timed_out > 0 || self.looks || !self.ends.is_empty()
    }

    /// Whether it is to go into its pool's queue: something is due, and it is not there.
    pub(super) fn is_to_queue(&mut self) -> bool {
        self.has_due() && !std::mem::replace(&mut self.queued, true)
    }

    /// Notes how the wait stands. Whether it went on until now.
    pub(super) fn note(&mut self, standing: Standing) -> bool {
        match standing {
            Standing::Waits => return true,
            Standing::Looks => self.looks = true,
            Standing::Taken => self.pending = self.pending.saturating_add(1),
            Standing::TimedOut => self.timed_out = self.timed_out.saturating_add(1),
        }
        if standing != Standing::Looks
            && let Some(watching) = self.watching.take()
        {
            watching.end();
        }
        standing == Standing::Looks
    }

    /// The wait may have ended.
    pub(super) fn look_at_wait(&mut self) {
        if let Some(watching) = &self.watching {
            self.note(watching.standing());
        }
    }

    /// Ends the wait that goes on, if there is one, and begins another. Whether one went on; one that has ended is told of.
    pub(super) fn watch(&mut self, target: Option<Target>, number: usize) -> bool {
        self.looks = false;
        let went_on = self.watching.take().is_some_and(|watching| {
            let standing = watching.end();
            let went_on = self.note(standing);
            self.looks = false;
            went_on
        });
        if let Some(target) = target.filter(|_| !self.closed) {
            self.watching = Some(Watching::begin(target, number));
            self.look_at_wait();
        }
        went_on
    }

    pub(super) fn is_idle(&self) -> bool {
        !self.has_due() && self.running == 0 && self.started == 0
    }

    /// Has somebody told when the object goes; given back where it has gone already, and nobody would look there any more.
    pub(super) fn tell_at_end(&mut self, finish: Option<Arc<Finish>>) -> Option<Arc<Finish>> {
        let free = self.finish.iter_mut().find(|place| place.is_none()).filter(|_| !self.gone);
        let Some(place) = free else { return finish };
        *place = finish;
        None
    }

    /// What is due is not called, nor are operations told of that have begun.
    pub(super) fn cancel(&mut self) {
        self.dropped_due |= self.has_due();
        self.pending = 0;
        self.timed_out = 0;
        self.ends.clear();
        self.dropped = self.dropped.saturating_add(std::mem::take(&mut self.started));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::finish::Finish;
    use super::super::task::{Kind, Task};
    use super::super::{Callback, Environment, Invocation, new_task_in};
    use crate::kernel::names::Wish;
    use crate::kernel::waiter::TIMED_OUT;
    use crate::kernel::{event, rights, wait};

    fn nothing(_: Invocation) {}

    /// A timer whose end one thread has told already is still in its queue for a moment: who ends the queue then is told, too.
    #[test]
    fn who_removes_an_object_that_has_gone_is_told() {
        let wish = Wish { access: rights::SYNCHRONIZE | rights::MODIFY_STATE, inherited: false };
        let event = event::create(None, wish, true, false).unwrap().handle;
        let callback = Callback { call: nothing, routine: 0 };
        let task = new_task_in(None, Kind::QueueTimer, callback, 0, Environment::default()).unwrap();
        Task::remove(&task, None);
        let finish = Finish::new(event).unwrap();
        assert!(!Task::remove(&task, Some(Finish::of_another(&finish))));
        assert_eq!(wait::single(event, 0, false).unwrap(), TIMED_OUT);
        finish.one_less();
        assert_eq!(wait::single(event, 0, false).unwrap(), 0);
    }
}
