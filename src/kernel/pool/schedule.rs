//! What a pool's lock guards, and what is decided by that: who takes what waits, how long a thread sleeps, and which one goes.

use std::collections::VecDeque;

use super::task::Task;
use super::timers::Timers;
use super::workers::Stack;
use crate::kernel::thread;
use crate::sys::shared::Arc;

/// How long a task waits at most for a thread while there may be more threads, in nanoseconds.
const PATIENCE: u64 = 10_000_000;
/// How long a thread stays that has nothing to do, in nanoseconds.
const IDLE: u64 = 30_000_000_000;
/// The most threads of a pool, if the program says nothing else.
pub(super) const MOST: u32 = 500;

/// What the lock guards.
pub(super) struct Inner {
    /// Tasks with something to call, by priority; each is in one of them at most once.
    pub(super) queues: [VecDeque<Arc<Task>>; 3],
    /// Threads.
    pub(super) workers: u32,
    /// Of these, those that are being started, which may fail.
    pub(super) starting: u32,
    /// Of these, those that sleep.
    pub(super) idle: u32,
    /// Of these, those that run a callback, as far as it was not said that it takes long.
    pub(super) running: u32,
    /// One of those that sleep keeps watch.
    pub(super) watched: bool,
    /// Threads that go as soon as they have nothing to do.
    pub(super) surplus: u32,
    pub(super) timers: Timers,
    /// Until when the one of those that sleep does that looks at the timers first.
    pub(super) alarm: Option<u64>,
    pub(super) minimum: u32,
    pub(super) maximum: u32,
    /// As many callbacks run without anybody's having waited.
    pub(super) processors: u32,
    pub(super) stack: Stack,
    /// How many tasks there are.
    pub(super) uses: usize,
    pub(super) closed: bool,
    /// Of which process the numbers of threads are.
    pub(super) process: u64,
}

/// What is to be done for a task that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Another {
    /// Somebody will look.
    Nothing,
    Wake,
    Start,
    /// One in the place of the calling thread, which goes.
    Replace,
}

impl Inner {
    fn next(&self) -> Option<&Arc<Task>> {
        self.queues.iter().find_map(VecDeque::front)
    }

    fn take(&mut self) -> Option<Arc<Task>> {
        self.queues.iter_mut().find_map(VecDeque::pop_front)
    }

    fn has_room(&self) -> bool {
        self.running < self.processors || self.next().is_some_and(|task| task.is_long())
    }

    /// A task has something to call; it is in no queue. There is room: it was made with the task.
    pub(super) fn push(&mut self, task: Arc<Task>) {
        push_to(&mut self.queues, task);
    }

    /// Who is to serve what waits, and to look at the timers.
    pub(super) fn another(&mut self) -> Another {
        let serves = self.next().is_some() && (self.idle == 0 || self.has_room() || !self.watched);
        if !serves && !self.needs_look() {
            return Another::Nothing;
        }
        if self.idle > 0 {
            return Another::Wake;
        }
        if self.workers >= self.maximum {
            return Another::Nothing;
        }
        self.begin_start();
        Another::Start
    }

    /// A thread is about to be started, and is counted.
    pub(super) fn begin_start(&mut self) {
        self.workers = self.workers.saturating_add(1);
        self.starting = self.starting.saturating_add(1);
    }

    /// It was started, or not.
    pub(super) fn end_start(&mut self, is_there: bool) {
        self.starting = self.starting.saturating_sub(1);
        self.workers = self.workers.saturating_sub(u32::from(!is_there));
    }

    /// The threads that there are for certain.
    pub(super) fn present(&self) -> u32 {
        self.workers.saturating_sub(self.starting)
    }

    /// Whether nobody will look at the timers in time.
    fn needs_look(&self) -> bool {
        self.timers.next_look().is_some_and(|next| self.alarm.is_none_or(|alarm| next < alarm))
    }

    /// What has come due is in the queues from now on.
    pub(super) fn advance_timers(&mut self, now: u64) {
        let Self { timers, queues, .. } = self;
        timers.advance(now, |task| {
            if task.is_due() {
                push_to(queues, Arc::clone(task));
            }
        });
    }

    pub(super) fn least(&self) -> u32 {
        // Who has submitted something is sure that it is called.
        if self.closed && self.uses == 0 { 0 } else { self.minimum.max(u32::from(self.uses > 0)) }
    }
}

fn push_to([high, normal, low]: &mut [VecDeque<Arc<Task>>; 3], task: Arc<Task>) {
    match task.priority() {
        0 => high,
        1 => normal,
        _ => low,
    }
    .push_back(task);
}

/// A worker's wait.
pub(super) struct Waiting {
    pub(super) since: u64,
    /// It keeps watch over what has waited since then.
    pub(super) watches: Option<u64>,
    /// Until when it has slept to look at the timers.
    pub(super) looks: Option<u64>,
}

pub(super) enum Look {
    Take(Arc<Task>, bool),
    Leave,
    Sleep(u64),
}

impl Inner {
    /// What a thread does that has nothing to do.
    pub(super) fn look(&mut self, waiting: &mut Waiting, now: u64) -> Look {
        if waiting.looks.is_some() && waiting.looks.take() == self.alarm {
            self.alarm = None;
        }
        self.advance_timers(now);
        let idle_until = waiting.since.saturating_add(IDLE);
        let Some(is_long) = self.next().map(|task| task.is_long()) else {
            if waiting.watches.take().is_some() {
                self.watched = false;
            }
            let may_go = now >= idle_until || self.surplus > 0 || self.closed && self.uses == 0;
            if may_go && self.present() > self.least() && !self.needs_look() && !thread::has_operations() {
                self.workers = self.workers.saturating_sub(1);
                self.surplus = self.surplus.saturating_sub(1);
                return Look::Leave;
            }
            return self
                .sleep(waiting, if now >= idle_until { now.saturating_add(IDLE) } else { idle_until });
        };
        if waiting.watches.is_none() && !self.watched && !self.has_room() {
            self.watched = true;
            waiting.watches = Some(now);
        }
        let has_waited = waiting.watches.is_some_and(|since| now >= since.saturating_add(PATIENCE));
        if !self.has_room() && !has_waited {
            let watch = waiting.watches.map(|since| since.saturating_add(PATIENCE));
            return self.sleep(waiting, watch.unwrap_or_else(|| now.saturating_add(IDLE)));
        }
        if waiting.watches.take().is_some() {
            self.watched = false;
        }
        match self.take() {
            Some(task) => {
                self.running = self.running.saturating_add(u32::from(!is_long));
                Look::Take(task, !is_long)
            }
            None => self.sleep(waiting, idle_until),
        }
    }
    /// It sleeps until then at most, and looks at the timers if no other one does so in time.
    fn sleep(&mut self, waiting: &mut Waiting, until: u64) -> Look {
        if !self.needs_look() {
            return Look::Sleep(until);
        }
        self.alarm = self.timers.next_look();
        waiting.looks = self.alarm;
        Look::Sleep(self.alarm.map_or(until, |alarm| alarm.min(until)))
    }
}
