//! The threads of a pool, and the tasks that wait for one.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::instance;
use super::schedule::{Another, Inner, Look, MOST, Waiting};
use super::starting::{hand_over, handed_over};
use super::task::{Kind, Task};
use super::timers::Timers;
use crate::kernel::code::Code;
use crate::kernel::handle::inside;
use crate::kernel::start::{self, Start};
use crate::kernel::state::Timer;
use crate::kernel::sync::{self, MutexGuard, lock};
use crate::kernel::thread;
use crate::sys::event::{clock, futex};
use crate::sys::platform::environment;
use crate::sys::process::sanitizer;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// The stacks of a pool's threads, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// The whole size; 0: the system's usual one.
    pub reserve: usize,
    /// Noted only: Linux gives memory as it is used.
    pub commit: usize,
}

/// A pool.
pub(super) struct Pool {
    inner: Mutex<Inner>,
    /// Changes when threads that have nothing to do are to look.
    news: AtomicU32,
}

impl Pool {
    pub(super) fn new() -> Made<Arc<Self>> {
        let inner = Inner {
            queues: [VecDeque::new(), VecDeque::new(), VecDeque::new()],
            workers: 0,
            starting: 0,
            idle: 0,
            running: 0,
            watched: false,
            surplus: 0,
            timers: Timers::new(),
            alarm: None,
            minimum: 0,
            maximum: MOST,
            processors: environment::processors(),
            stack: Stack::default(),
            uses: 0,
            closed: false,
            process: sync::process(),
        };
        Arc::try_new(Self { inner: Mutex::new(inner), news: AtomicU32::new(0) })
    }

    /// The caller is inside.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        let mut inner = lock(&self.inner);
        if inner.process != sync::process() {
            inner.process = sync::process();
            (inner.workers, inner.idle, inner.running, inner.watched) = (0, 0, 0, false);
            (inner.starting, inner.surplus) = (0, 0);
            inner.timers.clear();
            inner.alarm = None;
            inner.queues.iter_mut().for_each(VecDeque::clear);
        }
        inner
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let _inside = inside();
        change(&mut self.lock())
    }

    fn wake(&self, count: u32) {
        self.news.fetch_add(1, Ordering::Release);
        futex::wake(&self.news, count);
    }

    fn act(this: &Arc<Self>, another: Another) {
        match another {
            Another::Nothing | Another::Replace => {}
            Another::Wake => this.wake(1),
            // Where it cannot be started the threads that there are serve all.
            Another::Start => drop(Self::start(this)),
        }
    }

    /// Starts a thread, which is counted already.
    fn start(this: &Arc<Self>) -> Result<(), Code> {
        Self::start_for(this, false)
    }

    /// The same; `replaces` the calling thread, which counts no more where that succeeds.
    fn start_for(this: &Arc<Self>, replaces: bool) -> Result<(), Code> {
        let stack = this.change(|inner| inner.stack.reserve);
        let started = hand_over(this).and_then(|number| {
            start::start(Start {
                main: work,
                with: [number, 0],
                stack,
                suspended: false,
                inherited: false,
                closes_handle: true,
                always_calls: true,
            })
            .map(drop)
            .inspect_err(|_| drop(handed_over(number)))
        });
        let may_go = this.change(|inner| {
            // One that has failed is none; where it replaces the calling thread that one counts no more.
            inner.end_start(started.is_ok() && !replaces);
            inner.surplus > 0 || inner.closed && inner.uses == 0
        });
        if may_go {
            // Some may have stayed because it was not certain that there would be enough.
            this.wake(u32::MAX);
        }
        started
    }

    /// One more task, for which there is room in the queues and a thread from now on.
    pub(super) fn begin_use(this: &Arc<Self>, kind: Kind) -> Result<(), Code> {
        let first = this.change(|inner| {
            let uses = inner.uses.saturating_add(1);
            for queue in &mut inner.queues {
                let more = uses.saturating_sub(queue.len());
                queue.try_reserve(more).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            }
            if kind.has_timer() {
                inner.timers.reserve(uses)?;
            }
            inner.uses = uses;
            let first = inner.present() == 0;
            if first {
                inner.begin_start();
            }
            Ok::<bool, Code>(first)
        })?;
        if first {
            Self::start(this).inspect_err(|_| this.end_use())?;
        }
        Ok(())
    }

    /// One less.
    pub(super) fn end_use(&self) {
        let rests = self.change(|inner| {
            inner.uses = inner.uses.saturating_sub(1);
            inner.closed && inner.uses == 0
        });
        if rests {
            self.wake(u32::MAX);
        }
    }

    /// The program has no pointer to it any more.
    pub(super) fn close(&self) {
        self.change(|inner| inner.closed = true);
        self.wake(u32::MAX);
    }

    pub(super) fn set_maximum(&self, most: u32) {
        self.change(|inner| {
            inner.maximum = most.max(1);
            inner.minimum = inner.minimum.min(inner.maximum);
        });
    }

    pub(super) fn set_minimum(this: &Arc<Self>, least: u32) -> Result<(), Code> {
        let before = this.change(|inner| {
            let before = (inner.minimum, inner.maximum);
            (inner.minimum, inner.maximum) = (least, inner.maximum.max(least));
            before
        });
        let mut count: u32 = 0;
        loop {
            let more = this.change(|inner| {
                let more = inner.present() < inner.minimum;
                if more {
                    inner.begin_start();
                }
                more
            });
            if !more {
                return Ok(());
            }
            Self::start(this).inspect_err(|_| this.take_minimum_back(before, least, count))?;
            count = count.saturating_add(1);
        }
    }

    /// There are not as many threads as the pool was to have: it is as before, and those that were started for it go. What
    /// another thread has said meanwhile stays.
    fn take_minimum_back(&self, (minimum, maximum): (u32, u32), least: u32, started: u32) {
        self.change(|inner| {
            if inner.minimum == least {
                inner.minimum = minimum;
            }
            if inner.maximum == maximum.max(least) {
                inner.maximum = maximum;
            }
            inner.surplus = inner.surplus.saturating_add(started);
        });
        self.wake(u32::MAX);
    }

    pub(super) fn set_stack(&self, stack: Stack) {
        self.change(|inner| inner.stack = stack);
    }

    pub(super) fn stack(&self) -> Stack {
        self.change(|inner| inner.stack)
    }

    /// A task has something to call; it is in no queue.
    pub(super) fn post(this: &Arc<Self>, task: Arc<Task>) {
        sanitizer::hands_over();
        let another = this.change(|inner| {
            inner.push(task);
            inner.another()
        });
        Self::act(this, another);
    }

    /// Has a task's timer run, or not any more. Whether it ran.
    pub(super) fn set_timer(this: &Arc<Self>, task: &Arc<Task>, timer: Option<Timer>) -> bool {
        sanitizer::hands_over();
        let (ran, another) = this.change(|inner| {
            let may_run = task.note_timer(timer.is_some());
            let ran = inner.timers.set(task, timer.filter(|_| may_run));
            inner.advance_timers(clock::monotonic());
            (ran, inner.another())
        });
        Self::act(this, another);
        ran
    }

    /// Has the clock looked at for a task's wait when that needs it.
    pub(super) fn plan(this: &Arc<Self>, task: &Arc<Task>) {
        sanitizer::hands_over();
        let another = this.change(|inner| {
            let Some(timer) = task.timer_of_wait() else { return Another::Nothing };
            inner.timers.set(task, timer);
            inner.advance_timers(clock::monotonic());
            inner.another()
        });
        Self::act(this, another);
    }

    /// Has a task's timer run anew, if it runs.
    pub(super) fn change_timer(this: &Arc<Self>, task: &Arc<Task>, timer: Timer) {
        sanitizer::hands_over();
        let another = this.change(|inner| {
            if inner.timers.runs(task) {
                inner.timers.set(task, Some(timer));
                inner.advance_timers(clock::monotonic());
            }
            inner.another()
        });
        Self::act(this, another);
    }

    /// The callback that the calling thread runs takes long. Whether there is another thread for the others.
    pub(super) fn runs_long(this: &Arc<Self>) -> bool {
        let (another, is_there) = this.change(|inner| {
            inner.running = inner.running.saturating_sub(1);
            let is_there = inner.idle > 0 || inner.workers < inner.maximum;
            (inner.another(), is_there)
        });
        Self::act(this, another);
        is_there
    }

    /// A callback is over. `counted`: it was among those that run.
    pub(super) fn is_over(&self, counted: bool) {
        if counted {
            self.change(|inner| inner.running = inner.running.saturating_sub(1));
        }
    }

    /// A thread is to go, which its callback has ended; another one takes its place where there are too few. `false`: it stays,
    /// since no other can be started.
    fn leave(this: &Arc<Self>) -> bool {
        let another = this.change(|inner| {
            if inner.present() > inner.least() {
                inner.workers = inner.workers.saturating_sub(1);
                inner.surplus = inner.surplus.saturating_sub(1);
                return inner.another();
            }
            // It is there still, for who relies on it, until the other one is.
            inner.begin_start();
            Another::Replace
        });
        if another != Another::Replace {
            Self::act(this, another);
            return true;
        }
        Self::start_for(this, true).is_ok()
    }

    /// The next task for the calling thread, and whether it counts as running; none: the thread is to end.
    fn next(this: &Arc<Self>) -> Option<(Arc<Task>, bool)> {
        let mut waiting = Waiting { since: clock::monotonic(), watches: None, looks: None };
        loop {
            let inside = inside();
            let mut inner = this.lock();
            let now = clock::monotonic();
            let until = match inner.look(&mut waiting, now) {
                Look::Take(task, counted) => {
                    let another = inner.another();
                    drop(inner);
                    drop(inside);
                    Self::act(this, another);
                    sanitizer::takes_over();
                    return Some((task, counted));
                }
                Look::Leave => return None,
                Look::Sleep(until) => until,
            };
            inner.idle = inner.idle.saturating_add(1);
            let seen = this.news.load(Ordering::Acquire);
            drop(inner);
            drop(inside);
            futex::wait(&this.news, seen, Some(until));
            this.change(|inner| inner.idle = inner.idle.saturating_sub(1));
        }
    }
}

/// The thread.
extern "C" fn work(number: usize, _: usize) -> u32 {
    let Some(pool) = handed_over(number) else { return 0 };
    // A routine that ran before this may have ended the thread.
    let mut ended = thread::own_end();
    loop {
        if let Some(code) = ended
            && Pool::leave(&pool)
        {
            return code;
        }
        let Some((task, counted)) = Pool::next(&pool) else { return 0 };
        // Where the thread was to end it is not here that it waits for more.
        ended = instance::run(&task, counted).or_else(thread::own_stop);
    }
}
