//! The thread pool: functions of the program that threads of the library call, for work that was submitted and for
//! operations that have ended.
//!
//! | what | where |
//! |---|---|
//! | what the program has a pointer to | this file |
//! | an object with a callback | `task`; what its lock guards, `state` |
//! | threads | `workers`, `starting` |
//! | what waits for a thread, and which one takes it | `schedule` |
//! | a callback that runs | `instance` |
//! | timers that run | `timers` |
//! | waits | `waits`, `watching` |
//! | queues of timers | `queue` |
//! | objects that are closed together | `group`; who is told when they have gone, `finish` |
//!
//! A pool begins with as many threads as there are processors, and one that keeps watch: where something has waited for
//! a moment while all others are busy, it takes that, and another one keeps watch. So callbacks that wait for each
//! other get on, and a flood of short ones makes no flood of threads.
//!
//! The pointers that the program gets are numbers of this module's; one that is none is no object, and is not followed. Locks:
//! a pool's, then a task's, then a group's; none is held while a callback runs.

mod finish;
mod group;
mod instance;
mod queue;
mod schedule;
mod starting;
mod state;
mod task;
mod timers;
mod waits;
mod watching;
mod workers;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::code::Code;
use super::handle::inside;
use super::port::Packet;
use super::state::Timer;
use super::sync::lock;
use crate::sys::shared::Arc;
use crate::sys::sorted::Sorted;
use group::Group;
pub use instance::{Action, disassociate, may_run_long, when_returns};
pub use queue::{change_queue_timer, create_queue, create_queue_timer, delete_queue, delete_queue_timer};
use task::Task;
pub(crate) use task::{Ends, Kind};
pub(in crate::kernel) use waits::wait_has_ended;
pub use waits::{End, Repeat, create_wait, register, set_wait, unregister};
use workers::Pool;
pub use workers::Stack;

/// A callback is to be called.
#[derive(Clone, Copy, Debug)]
pub struct Invocation {
    /// The program's function.
    pub routine: usize,
    /// What the program gave with it.
    pub context: usize,
    /// By which the callback says things about itself; 0 for none.
    pub instance: usize,
    /// The object.
    pub object: usize,
    /// The operation that has ended, where it is about one. Of a wait only the status counts: 0 or `WAIT_TIMEOUT`.
    pub packet: Packet,
    /// A time is over: that of a timer of a queue, or of a registered wait.
    pub is_time_over: bool,
}

/// Calls the program's function.
pub type Call = fn(Invocation);

/// A function of the program's, and how it is called.
#[derive(Clone, Copy, Debug)]
pub struct Callback {
    /// Calls it.
    pub call: Call,
    /// Its address.
    pub routine: usize,
}

/// A callback environment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment {
    /// The pool; 0: that of the process.
    pub pool: usize,
    /// The cleanup group; 0 for none.
    pub group: usize,
    /// Called for an object that is cancelled with its group, with the object's context and that of the group's end.
    pub cancelled: Option<Callback>,
    /// Called behind each callback.
    pub finalization: Option<Callback>,
    /// Callbacks may take long.
    pub is_long: bool,
    /// 0 is served first, 2 last.
    pub priority: usize,
}

/// What stands behind a pointer of the program's.
enum Entry {
    Task(Arc<Task>),
    Pool(Arc<Pool>),
    Group(Arc<Group>),
    Queue(Arc<Group>),
}

/// The priority that is neither served first nor last.
const NORMAL: usize = 1;

static OBJECTS: Mutex<Sorted<usize, Entry>> = Mutex::new(Sorted::new());

/// The next number: no address of the program's, and even, as pointers are.
fn next_number() -> usize {
    const FIRST: usize = 1 << 60;
    const STEP: usize = 16;
    static NEXT: AtomicUsize = AtomicUsize::new(FIRST);
    NEXT.fetch_add(STEP, Ordering::Relaxed)
}

fn with_objects<T>(run: impl FnOnce(&mut Sorted<usize, Entry>) -> T) -> T {
    let _inside = inside();
    run(&mut lock(&OBJECTS))
}

fn task(number: usize, kind: Kind) -> Option<Arc<Task>> {
    with_objects(|objects| match objects.get(&number) {
        Some(Entry::Task(task)) if task.kind() == kind => Some(Arc::clone(task)),
        _ => None,
    })
}

fn pool(number: usize) -> Option<Arc<Pool>> {
    with_objects(|objects| match objects.get(&number) {
        Some(Entry::Pool(pool)) => Some(Arc::clone(pool)),
        _ => None,
    })
}

fn group(number: usize) -> Option<Arc<Group>> {
    with_objects(|objects| match objects.get(&number) {
        Some(Entry::Group(group)) => Some(Arc::clone(group)),
        _ => None,
    })
}

/// The pool that every process has.
fn process_pool() -> Result<Arc<Pool>, Code> {
    static POOL: Mutex<Option<Arc<Pool>>> = Mutex::new(None);
    let known = {
        let _inside = inside();
        lock(&POOL).clone()
    };
    if let Some(pool) = known {
        return Ok(pool);
    }
    crate::fork::prepare_once();
    let new = Pool::new()?;
    let _inside = inside();
    Ok(Arc::clone(lock(&POOL).get_or_insert(new)))
}

fn new_task(kind: Kind, callback: Callback, context: usize, wanted: Environment) -> Result<Arc<Task>, Code> {
    let group = match wanted.group {
        0 => None,
        number => Some(group(number).ok_or(Code::INVALID_PARAMETER)?),
    };
    new_task_in(group, kind, callback, context, wanted)
}

/// The same in a group that is known already.
fn new_task_in(
    group: Option<Arc<Group>>,
    kind: Kind,
    callback: Callback,
    context: usize,
    wanted: Environment,
) -> Result<Arc<Task>, Code> {
    let pool = match wanted.pool {
        0 => process_pool()?,
        number => pool(number).ok_or(Code::INVALID_PARAMETER)?,
    };
    Pool::begin_use(&pool, kind)?;
    let task = Task::new(next_number(), kind, callback, context, wanted, Arc::clone(&pool), group);
    let task = Arc::try_new(task).map_err(Code::from);
    task.and_then(|task| Task::enter_group(&task).map(|()| task)).inspect_err(|_| pool.end_use())
}

/// `CreateThreadpoolWork`: an object whose callback is called as often as it is submitted.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: the environment names no pool, or no group. `ERROR_NOT_ENOUGH_MEMORY`,
/// `ERROR_NO_SYSTEM_RESOURCES`: no memory, no thread.
pub fn create_work(callback: Callback, context: usize, wanted: Environment) -> Result<usize, Code> {
    let task = new_task(Kind::Work, callback, context, wanted)?;
    publish_task(&task)
}

fn publish_task(task: &Arc<Task>) -> Result<usize, Code> {
    let number = task.number();
    let entry = Entry::Task(Arc::clone(task));
    with_objects(|objects| objects.insert(number, entry)).inspect_err(|_| Task::close(task))?;
    Ok(number)
}

/// `SubmitThreadpoolWork`.
pub fn submit_work(number: usize) {
    if let Some(task) = task(number, Kind::Work) {
        Task::submit(&task);
    }
}

/// `CreateThreadpoolTimer`: an object whose callback is called when its time has come; not set.
///
/// # Errors
/// Those of [`create_work`].
pub fn create_timer(callback: Callback, context: usize, wanted: Environment) -> Result<usize, Code> {
    let task = new_task(Kind::Timer, callback, context, wanted)?;
    publish_task(&task)
}

/// `SetThreadpoolTimer`: sets it anew, or stops it. `due` counts 100 nanoseconds: from now where it is negative, else from 1601;
/// `period` counts milliseconds, 0: once. Whether it ran and has not come due.
pub fn set_timer(number: usize, due: Option<i64>, period: u32) -> bool {
    let Some(task) = task(number, Kind::Timer) else { return false };
    let period = u64::from(period).saturating_mul(1_000_000);
    let timer = due.map(|due| Timer {
        manual: false,
        set: false,
        due: Some(super::timer::due_of(due)),
        period,
        caller: None,
    });
    Pool::set_timer(task.pool(), &task, timer)
}

/// `IsThreadpoolTimerSet`: whether it was set last, not stopped.
#[must_use]
pub fn is_timer_set(number: usize) -> bool {
    task(number, Kind::Timer).is_some_and(|task| task.is_set())
}

/// `TrySubmitThreadpoolCallback`, `QueueUserWorkItem`: a function that is called once.
///
/// # Errors
/// Those of [`create_work`].
pub fn submit_once(callback: Callback, context: usize, wanted: Environment) -> Result<(), Code> {
    let task = new_task(Kind::Once, callback, context, wanted)?;
    Task::submit(&task);
    Task::close(&task);
    Ok(())
}

/// An object whose callback is called when operations end; where they are told of is for the caller to say.
///
/// # Errors
/// Those of [`create_work`].
pub(crate) fn create_io(
    callback: Callback,
    context: usize,
    wanted: Environment,
    kind: Kind,
) -> Result<Ends, Code> {
    new_task(kind, callback, context, wanted).map(Ends::new)
}

/// The program gets a pointer to it.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: it ends.
pub(crate) fn publish(ends: &Ends) -> Result<usize, Code> {
    publish_task(ends.task())
}

/// `StartThreadpoolIo`: an operation is about to begin.
pub fn start_io(number: usize) {
    if let Some(task) = task(number, Kind::Io) {
        task.start();
    }
}

/// `CancelThreadpoolIo`: it will not be told of.
pub fn cancel_io(number: usize) {
    if let Some(task) = task(number, Kind::Io) {
        task.cancel_start();
    }
}

/// Which objects a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Those of `CreateThreadpoolWork`.
    Work,
    /// Those of `CreateThreadpoolTimer`.
    Timer,
    /// Those of `CreateThreadpoolIo`.
    Io,
    /// Those of `CreateThreadpoolWait`.
    Wait,
}

impl From<Of> for Kind {
    fn from(of: Of) -> Self {
        match of {
            Of::Work => Self::Work,
            Of::Timer => Self::Timer,
            Of::Io => Self::Io,
            Of::Wait => Self::Wait,
        }
    }
}

/// `WaitForThreadpoolWorkCallbacks`, and the same for timers, waits and the ends of operations.
pub fn wait(number: usize, of: Of, cancel: bool) {
    if let Some(task) = task(number, of.into()) {
        task.wait(cancel);
    }
}

/// `CloseThreadpoolWork`, and the same for timers, waits and the ends of operations.
pub fn close(number: usize, of: Of) {
    let kind = Kind::from(of);
    let closed = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Task(task)) if task.kind() == kind => objects.remove(&number),
        _ => None,
    });
    if let Some(Entry::Task(task)) = closed {
        Task::close(&task);
    }
}

/// `CreateThreadpool`.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create() -> Result<usize, Code> {
    crate::fork::prepare_once();
    let pool = Pool::new()?;
    let number = next_number();
    with_objects(|objects| objects.insert(number, Entry::Pool(pool)))?;
    Ok(number)
}

/// `CloseThreadpool`: it lives as long as there are objects in it.
pub fn close_pool(number: usize) {
    let closed = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Pool(_)) => objects.remove(&number),
        _ => None,
    });
    if let Some(Entry::Pool(pool)) = closed {
        pool.close();
    }
}

/// `SetThreadpoolThreadMaximum`.
pub fn set_maximum(number: usize, most: u32) {
    if let Some(pool) = pool(number) {
        pool.set_maximum(most);
    }
}

/// The same for the pool of the process.
pub fn set_process_maximum(most: u32) {
    if let Ok(pool) = process_pool() {
        pool.set_maximum(most);
    }
}

/// `SetThreadpoolThreadMinimum`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no pool. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: so many threads cannot be.
pub fn set_minimum(number: usize, least: u32) -> Result<(), Code> {
    Pool::set_minimum(&pool(number).ok_or(Code::INVALID_PARAMETER)?, least)
}

/// `SetThreadpoolStackInformation`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no pool.
pub fn set_stack(number: usize, stack: Stack) -> Result<(), Code> {
    pool(number).ok_or(Code::INVALID_PARAMETER)?.set_stack(stack);
    Ok(())
}

/// `QueryThreadpoolStackInformation`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no pool.
pub fn stack(number: usize) -> Result<Stack, Code> {
    Ok(pool(number).ok_or(Code::INVALID_PARAMETER)?.stack())
}

/// `CreateThreadpoolCleanupGroup`.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create_group() -> Result<usize, Code> {
    crate::fork::prepare_once();
    let number = next_number();
    let group = Arc::try_new(Group::default())?;
    with_objects(|objects| objects.insert(number, Entry::Group(group)))?;
    Ok(number)
}

/// `CloseThreadpoolCleanupGroupMembers`: closes all of the group's objects, after their callbacks.
pub fn close_members(number: usize, cancel: bool, context: usize) {
    let Some(group) = group(number) else { return };
    let members = group.take_members();
    members.iter().for_each(Task::stop);
    if cancel {
        members.iter().for_each(|task| task.cancel());
    }
    for task in members {
        task.wait(cancel);
        let was_open = with_objects(|objects| objects.remove(&task.number())).is_some();
        // The program has no pointer to one that is called once, and learns by this only that it will not be called.
        if cancel && (was_open || task.is_dropped_once()) {
            task.tell_cancelled(context);
        }
        if was_open {
            Task::close(&task);
        }
    }
}

/// `CloseThreadpoolCleanupGroup`.
pub fn close_group(number: usize) {
    with_objects(|objects| {
        if matches!(objects.get(&number), Some(Entry::Group(_))) {
            objects.remove(&number);
        }
    });
}
