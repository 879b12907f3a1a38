//! An object with a callback: work that is submitted, a function that is called once, a time, a wait, or the ends of operations on a
//! socket.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::finish::Finish;
use super::group::Group;
use super::state::{Again, State};
use super::watching::{Target, Watching};
use super::workers::Pool;
use super::{Callback, Environment, Invocation};
use crate::kernel::code::Code;
use crate::kernel::handle::inside;
use crate::kernel::port::Packet;
use crate::kernel::state::Timer;
use crate::kernel::sync::{self, MutexGuard, lock};
use crate::kernel::waiter::TIMED_OUT;
use crate::sys::event::futex;
use crate::sys::shared::Arc;

/// What an object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `CreateThreadpoolWork`.
    Work,
    /// `TrySubmitThreadpoolCallback`, `QueueUserWorkItem`.
    Once,
    /// `CreateThreadpoolTimer`.
    Timer,
    /// `CreateTimerQueueTimer`.
    QueueTimer,
    /// `CreateThreadpoolWait`.
    Wait,
    /// `RegisterWaitForSingleObject`.
    Registered,
    /// `CreateThreadpoolIo`.
    Io,
    /// `BindIoCompletionCallback`.
    Bound,
}

impl Kind {
    /// Whether there is to be room for its timer.
    pub(super) const fn has_timer(self) -> bool {
        matches!(self, Self::Timer | Self::QueueTimer | Self::Wait | Self::Registered)
    }
}

/// An object.
pub(super) struct Task {
    number: usize,
    kind: Kind,
    callback: Callback,
    context: usize,
    wanted: Environment,
    pool: Arc<Pool>,
    group: Option<Arc<Group>>,
    state: Mutex<State>,
    /// It has a timer that runs; under the pool's lock.
    is_timed: AtomicBool,
    /// Changes when somebody may go on who waits for callbacks.
    changed: AtomicU32,
}

impl Task {
    pub(super) fn new(
        number: usize,
        kind: Kind,
        callback: Callback,
        context: usize,
        wanted: Environment,
        pool: Arc<Pool>,
        group: Option<Arc<Group>>,
    ) -> Self {
        let state = Mutex::new(State { process: sync::process(), ..State::default() });
        let (is_timed, changed) = (AtomicBool::new(false), AtomicU32::new(0));
        Self { number, kind, callback, context, wanted, pool, group, state, is_timed, changed }
    }

    pub(super) fn number(&self) -> usize {
        self.number
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    pub(super) fn is_long(&self) -> bool {
        self.wanted.is_long
    }

    pub(super) fn priority(&self) -> usize {
        self.wanted.priority
    }

    pub(super) fn finalization(&self) -> Option<Callback> {
        self.wanted.finalization
    }

    pub(super) fn callback(&self) -> Callback {
        self.callback
    }

    pub(super) fn invocation(&self, instance: usize, packet: Packet) -> Invocation {
        Invocation {
            routine: self.callback.routine,
            context: self.context,
            instance,
            object: self.number,
            packet,
            is_time_over: self.kind == Kind::QueueTimer || packet.status == TIMED_OUT,
        }
    }

    pub(super) fn enter_group(this: &Arc<Self>) -> Result<(), Code> {
        this.group.as_ref().map_or(Ok(()), |group| group.enter(this))
    }

    /// The caller is inside.
    fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        if state.process != sync::process() {
            let closed = state.closed;
            // Its object is in no list of this process.
            *state = State { closed, process: sync::process(), ..State::default() };
        }
        state
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let _inside = inside();
        change(&mut self.lock())
    }

    /// One more callback is due.
    pub(super) fn submit(this: &Arc<Self>) {
        let queue = this.change(|state| {
            state.pending = state.pending.saturating_add(1);
            !std::mem::replace(&mut state.queued, true)
        });
        if queue {
            Pool::post(&this.pool, Arc::clone(this));
        }
    }

    /// Its timer is due, and so is a callback. Whether it is to go into its pool's queue. The caller has the pool's lock, and is inside.
    pub(super) fn is_due(&self) -> bool {
        let mut state = self.lock();
        self.is_timed.store(false, Ordering::Relaxed);
        if matches!(self.kind, Kind::Wait | Kind::Registered) {
            let standing = state.watching.as_mut().map(Watching::clock_says);
            standing.map(|standing| state.note(standing));
        } else {
            state.pending = state.pending.saturating_add(1);
        }
        state.is_to_queue()
    }

    /// Its timer is set, or stopped. Whether it may be: not any more after the end. The caller has the pool's lock, and is inside.
    pub(super) fn note_timer(&self, is_set: bool) -> bool {
        let mut state = self.lock();
        state.is_set = is_set && !state.closed;
        state.is_set
    }

    /// The timer that its wait needs; none also where it is as it was. The caller has the pool's lock, and is inside.
    pub(super) fn timer_of_wait(&self) -> Option<Option<Timer>> {
        let timer = self.lock().watching.as_ref().and_then(Watching::timer);
        let was_timed = self.is_timed.swap(timer.is_some(), Ordering::Relaxed);
        (was_timed || timer.is_some()).then_some(timer)
    }

    /// Waits for another object, or for none any more. Whether a wait went on.
    pub(super) fn watch(this: &Arc<Self>, target: Option<Target>) -> bool {
        let (went_on, queue) = this.change(|state| {
            let went_on = state.watch(target, this.number);
            (went_on, state.is_to_queue())
        });
        Self::go_on_watching(this, queue);
        went_on
    }

    /// Waits again and again, from now on.
    pub(super) fn watch_again(this: &Arc<Self>, again: Option<Again>, target: Target) {
        this.change(|state| state.again = again);
        Self::watch(this, Some(target));
    }

    fn go_on_watching(this: &Arc<Self>, queue: bool) {
        Pool::plan(&this.pool, this);
        if queue {
            Pool::post(&this.pool, Arc::clone(this));
        }
    }

    /// What it waits for has ended the wait. No lock is held.
    pub(super) fn wait_has_ended(this: &Arc<Self>) {
        let queue = this.change(|state| {
            state.look_at_wait();
            state.is_to_queue()
        });
        if queue {
            Pool::post(&this.pool, Arc::clone(this));
        }
    }

    /// Begins the wait again, if it is one that goes on so.
    fn begin_again(this: &Arc<Self>, behind: bool) {
        let queue = this.change(|state| {
            let again = state.again.as_ref().filter(|again| again.behind == behind).cloned()?;
            state.watch(Some(again.target.for_now()), this.number);
            Some(state.is_to_queue())
        });
        if let Some(queue) = queue {
            Self::go_on_watching(this, queue);
        }
    }

    /// Behind its callback.
    pub(super) fn has_been_called(this: &Arc<Self>) {
        if this.kind == Kind::Registered {
            Self::begin_again(this, true);
        }
    }

    /// Whether it was set last.
    pub(super) fn is_set(&self) -> bool {
        self.change(|state| state.is_set)
    }

    /// Nothing comes any more that has not begun to come: its timer stops, or its wait.
    pub(super) fn stop(this: &Arc<Self>) {
        match this.kind {
            Kind::Timer | Kind::QueueTimer => {
                Pool::set_timer(&this.pool, this, None);
            }
            Kind::Wait | Kind::Registered => {
                this.change(|state| state.again = None);
                Self::watch(this, None);
            }
            Kind::Work | Kind::Once | Kind::Io | Kind::Bound => {}
        }
    }

    /// An operation is about to begin.
    pub(super) fn start(&self) {
        self.change(|state| {
            state.started = state.started.saturating_add(1);
            // Room for its end, which cannot be refused; without memory the end tries once more.
            let count = usize::try_from(state.started).unwrap_or(usize::MAX);
            let _ = state.ends.try_reserve(count);
        });
    }

    /// It has not begun, or will not be told of.
    pub(super) fn cancel_start(&self) {
        self.change(|state| match state.started.checked_sub(1) {
            Some(left) => state.started = left,
            // Somebody has cancelled all of them meanwhile: this end does not come.
            None => state.dropped = state.dropped.saturating_sub(1),
        });
        self.look();
    }

    /// An operation has ended. `false`: no memory to note it.
    fn ended(this: &Arc<Self>, packet: Packet) -> bool {
        let is_bound = this.kind == Kind::Bound;
        let queue = this.change(|state| {
            if state.dropped > 0 {
                state.dropped -= 1;
                return Some(false);
            }
            if state.started > 0 {
                state.started -= 1;
            } else if state.closed && !is_bound {
                return Some(false);
            }
            state.ends.try_reserve(1).ok()?;
            state.ends.push_back(packet);
            Some(!std::mem::replace(&mut state.queued, true))
        });
        match queue {
            Some(true) => Pool::post(&this.pool, Arc::clone(this)),
            Some(false) => this.look(),
            None => {
                this.look();
                return false;
            }
        }
        true
    }

    /// A worker has it from the queue: what it is to call with, if anything is due still.
    pub(super) fn begin(this: &Arc<Self>) -> Option<Packet> {
        const NOTHING: Packet = Packet { key: 0, overlapped: 0, status: 0, bytes: 0 };
        let (due, again, plan) = this.change(|state| {
            let plan = std::mem::take(&mut state.looks);
            if plan && let Some(watching) = &mut state.watching {
                watching.begin_again(this.number);
                state.look_at_wait();
            }
            let due = match state.ends.pop_front() {
                Some(end) => Some(end),
                None if state.pending > 0 => {
                    state.pending -= 1;
                    Some(NOTHING)
                }
                None if state.timed_out > 0 => {
                    state.timed_out -= 1;
                    Some(Packet { status: TIMED_OUT, ..NOTHING })
                }
                None => None,
            };
            state.running = state.running.saturating_add(u32::from(due.is_some()));
            state.queued = state.has_due();
            (due, state.queued, plan)
        });
        if plan {
            Pool::plan(&this.pool, this);
        }
        if again {
            Pool::post(&this.pool, Arc::clone(this));
        }
        if due.is_none() {
            this.look();
        } else if this.kind == Kind::Registered {
            Self::begin_again(this, false);
        }
        due
    }

    /// A callback is over, or is to be waited for no more.
    pub(super) fn is_over(&self) {
        self.change(|state| state.running = state.running.saturating_sub(1));
        self.look();
    }

    /// Something has changed: tells who waits, and lets the object go if it was closed.
    fn look(&self) {
        let (idle, gone, finish) = self.change(|state| {
            let idle = state.is_idle();
            let gone = idle && state.closed && !state.queued && !state.gone;
            state.gone |= gone;
            (idle, gone, if gone { std::mem::take(&mut state.finish) } else { [None, None] })
        });
        for finish in finish.into_iter().flatten() {
            finish.one_less();
        }
        if idle {
            self.changed.fetch_add(1, Ordering::Release);
            futex::wake(&self.changed, u32::MAX);
        }
        if gone {
            if let Some(group) = &self.group {
                group.leave(self);
            }
            self.pool.end_use();
        }
    }

    /// What is due and has not begun is not called; nor are operations told of that have begun.
    pub(super) fn cancel(&self) {
        self.change(State::cancel);
        self.look();
    }

    /// Waits until no callback is due or runs, and no operation is under way.
    pub(super) fn wait(&self, cancel: bool) {
        if cancel {
            self.cancel();
        }
        loop {
            let seen = self.changed.load(Ordering::Acquire);
            if self.change(|state| state.is_idle()) {
                return;
            }
            futex::wait(&self.changed, seen, None);
        }
    }

    /// The program has no pointer to it any more. What is due is called all the same.
    pub(super) fn close(this: &Arc<Self>) {
        this.change(|state| state.closed = true);
        // Behind it, so that nobody sets the timer once more.
        Self::stop(this);
        this.look();
    }

    /// The same where nothing is called any more but what has begun; `finish` is told when that is over. Whether a callback goes on.
    pub(super) fn remove(this: &Arc<Self>, finish: Option<Arc<Finish>>) -> bool {
        Self::stop(this);
        let (runs, late) = this.change(|state| {
            state.cancel();
            (state.running > 0, state.tell_at_end(finish))
        });
        if let Some(finish) = late {
            finish.one_less();
        }
        Self::close(this);
        runs
    }

    /// Whether it is called once, and was due when it was cancelled.
    pub(super) fn is_dropped_once(&self) -> bool {
        self.kind == Kind::Once && self.change(|state| state.dropped_due)
    }

    /// It was cancelled with its group.
    pub(super) fn tell_cancelled(&self, context: usize) {
        if let Some(Callback { call, routine }) = self.wanted.cancelled {
            let packet = Packet { key: context, overlapped: 0, status: 0, bytes: 0 };
            call(Invocation { routine, ..self.invocation(0, packet) });
        }
    }
}

/// Where the ends of a socket's operations are told.
#[derive(Clone)]
pub(crate) struct Ends(Arc<Task>);

impl Ends {
    pub(super) fn new(task: Arc<Task>) -> Self {
        Self(task)
    }

    pub(super) fn task(&self) -> &Arc<Task> {
        &self.0
    }

    /// An operation has ended. No lock is held. `false`: no memory to note it.
    pub(crate) fn post(&self, packet: Packet) -> bool {
        Task::ended(&self.0, packet)
    }

    /// It was not published after all, or nothing comes any more.
    pub(crate) fn close(&self) {
        Task::close(&self.0);
    }
}
