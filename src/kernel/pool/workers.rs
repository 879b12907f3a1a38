//! The threads of a pool, and the tasks that wait for one.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::instance;
use super::task::Task;
use crate::kernel::code::Code;
use crate::kernel::handle::inside;
use crate::kernel::start::{self, Start};
use crate::kernel::sync::{self, MutexGuard, lock};
use crate::kernel::thread;
use crate::sys::event::{clock, futex};
use crate::sys::platform::environment;
use crate::sys::process::sanitizer;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// How long a task waits at most for a thread while there may be more threads, in nanoseconds.
pub(super) const PATIENCE: u64 = 10_000_000;
/// How long a thread stays that has nothing to do, in nanoseconds.
const IDLE: u64 = 30_000_000_000;
/// The most threads of a pool, if the program says nothing else.
const MOST: u32 = 500;

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

/// What the lock guards.
struct Inner {
    /// Tasks with something to call, by priority; each is in one of them at most once.
    queues: [VecDeque<Arc<Task>>; 3],
    /// Threads.
    workers: u32,
    /// Of these, those that sleep.
    idle: u32,
    /// Of these, those that run a callback, as far as it was not said that it takes long.
    running: u32,
    /// One of those that sleep keeps watch.
    watched: bool,
    minimum: u32,
    maximum: u32,
    /// As many callbacks run without anybody's having waited.
    processors: u32,
    stack: Stack,
    /// How many tasks there are.
    uses: usize,
    closed: bool,
    /// Of which process the numbers of threads are.
    process: u64,
}

/// What is to be done for a task that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Another {
    /// Somebody will look.
    Nothing,
    Wake,
    Start,
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

    /// Who is to serve what waits.
    fn another(&mut self) -> Another {
        if self.next().is_none() {
            return Another::Nothing;
        }
        if self.idle > 0 {
            return if self.has_room() || !self.watched { Another::Wake } else { Another::Nothing };
        }
        if self.workers >= self.maximum {
            return Another::Nothing;
        }
        self.workers += 1;
        Another::Start
    }

    fn least(&self) -> u32 {
        // Who has submitted something is sure that it is called.
        if self.closed && self.uses == 0 { 0 } else { self.minimum.max(u32::from(self.uses > 0)) }
    }
}

/// A worker's wait.
struct Waiting {
    since: u64,
    /// It keeps watch over what has waited since then.
    watches: Option<u64>,
}

impl Pool {
    pub(super) fn new() -> Made<Arc<Self>> {
        let inner = Inner {
            queues: [VecDeque::new(), VecDeque::new(), VecDeque::new()],
            workers: 0,
            idle: 0,
            running: 0,
            watched: false,
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
            Another::Nothing => {}
            Another::Wake => this.wake(1),
            // Where it cannot be started the threads that there are serve all.
            Another::Start => drop(Self::start(this)),
        }
    }

    /// Starts a thread, which is counted already.
    fn start(this: &Arc<Self>) -> Result<(), Code> {
        let stack = this.change(|inner| inner.stack.reserve);
        let started = hand_over(this).and_then(|()| {
            start::start(Start {
                main: work,
                with: [0; 2],
                stack,
                suspended: false,
                inherited: false,
                closes_handle: true,
            })
            .map(drop)
            .inspect_err(|_| drop(taken_back(this)))
        });
        if started.is_err() {
            this.change(|inner| inner.workers = inner.workers.saturating_sub(1));
        }
        started
    }

    /// One more task, for which there is room in the queues and a thread from now on.
    pub(super) fn begin_use(this: &Arc<Self>) -> Result<(), Code> {
        let first = this.change(|inner| {
            let uses = inner.uses.saturating_add(1);
            for queue in &mut inner.queues {
                let more = uses.saturating_sub(queue.len());
                queue.try_reserve(more).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            }
            inner.uses = uses;
            let first = inner.workers == 0;
            inner.workers += u32::from(first);
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
        this.change(|inner| {
            inner.minimum = least;
            inner.maximum = inner.maximum.max(least);
        });
        loop {
            let more = this.change(|inner| {
                let more = inner.workers < inner.minimum;
                inner.workers += u32::from(more);
                more
            });
            if !more {
                return Ok(());
            }
            Self::start(this)?;
        }
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
            let [high, normal, low] = &mut inner.queues;
            match task.priority() {
                0 => high,
                1 => normal,
                _ => low,
            }
            // There is room: `begin_use` has made it.
            .push_back(task);
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

    /// A thread goes.
    fn leave(this: &Arc<Self>) {
        let another = this.change(|inner| {
            inner.workers = inner.workers.saturating_sub(1);
            inner.another()
        });
        Self::act(this, another);
    }

    /// The next task for the calling thread, and whether it counts as running; none: the thread is to end.
    fn next(this: &Arc<Self>) -> Option<(Arc<Task>, bool)> {
        let mut waiting = Waiting { since: clock::monotonic(), watches: None };
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

enum Look {
    Take(Arc<Task>, bool),
    Leave,
    Sleep(u64),
}

impl Inner {
    /// What a thread does that has nothing to do.
    fn look(&mut self, waiting: &mut Waiting, now: u64) -> Look {
        let idle_until = waiting.since.saturating_add(IDLE);
        let Some(is_long) = self.next().map(|task| task.is_long()) else {
            if waiting.watches.take().is_some() {
                self.watched = false;
            }
            let may_go = now >= idle_until || self.closed && self.uses == 0;
            if may_go && self.workers > self.least() && !thread::has_operations() {
                self.workers = self.workers.saturating_sub(1);
                return Look::Leave;
            }
            return Look::Sleep(if now >= idle_until { now.saturating_add(IDLE) } else { idle_until });
        };
        if waiting.watches.is_none() && !self.watched && !self.has_room() {
            self.watched = true;
            waiting.watches = Some(now);
        }
        let has_waited = waiting.watches.is_some_and(|since| now >= since.saturating_add(PATIENCE));
        if !self.has_room() && !has_waited {
            let watch = waiting.watches.map(|since| since.saturating_add(PATIENCE));
            return Look::Sleep(watch.unwrap_or_else(|| now.saturating_add(IDLE)));
        }
        if waiting.watches.take().is_some() {
            self.watched = false;
        }
        match self.take() {
            Some(task) => {
                self.running = self.running.saturating_add(u32::from(!is_long));
                Look::Take(task, !is_long)
            }
            None => Look::Sleep(idle_until),
        }
    }
}

/// Pools whose threads are about to begin, with the process that has started them.
static STARTING: Mutex<VecDeque<(u64, Arc<Pool>)>> = Mutex::new(VecDeque::new());

fn hand_over(pool: &Arc<Pool>) -> Result<(), Code> {
    let _inside = inside();
    let mut starting = lock(&STARTING);
    starting.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    starting.push_back((sync::process(), Arc::clone(pool)));
    Ok(())
}

fn taken_back(pool: &Arc<Pool>) -> Option<(u64, Arc<Pool>)> {
    let _inside = inside();
    let mut starting = lock(&STARTING);
    let at = starting.iter().position(|(_, other)| Arc::ptr_eq(other, pool))?;
    starting.remove(at)
}

/// The pool of a thread that has begun: any of those that wait for one.
fn handed_over() -> Option<Arc<Pool>> {
    let _inside = inside();
    let mut starting = lock(&STARTING);
    let process = sync::process();
    let at = starting.iter().position(|(started_by, _)| *started_by == process)?;
    starting.remove(at).map(|(_, pool)| pool)
}

/// The thread.
extern "C" fn work(_: usize, _: usize) -> u32 {
    let Some(pool) = handed_over() else { return 0 };
    while let Some((task, counted)) = Pool::next(&pool) {
        if let Some(code) = instance::run(&task, counted) {
            Pool::leave(&pool);
            return code;
        }
    }
    0
}
