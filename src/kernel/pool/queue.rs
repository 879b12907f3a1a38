//! Queues of timers, whose function is called by the thread pool: `CreateTimerQueue` and its kin.

use super::finish::Finish;
use super::group::Group;
use super::task::{Kind, Task};
use super::waits::{End, remove};
use super::workers::Pool;
use super::{Callback, Entry, Environment, new_task_in, next_number, publish_task, task, with_objects};
use crate::kernel::code::Code;
use crate::kernel::state::{Due, Timer};
use crate::kernel::sync;
use crate::sys::shared::Arc;

/// `CreateTimerQueue`.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create_queue() -> Result<usize, Code> {
    crate::fork::prepare_once();
    let number = next_number();
    let queue = Arc::try_new(Group::default())?;
    with_objects(|objects| objects.insert(number, Entry::Queue(queue)))?;
    Ok(number)
}

/// The timers of a queue; 0 is the one that every process has, in which nobody looks for them.
fn queue(number: usize) -> Result<Option<Arc<Group>>, Code> {
    if number == 0 {
        return Ok(None);
    }
    let queue = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Queue(queue)) => Some(Arc::clone(queue)),
        _ => None,
    });
    queue.map(Some).ok_or(Code::INVALID_HANDLE)
}

/// In milliseconds from now, and then again and again; with 0 once.
fn timer(due: u32, period: u32) -> Timer {
    const MS: u64 = 1_000_000;
    let due = Due::In(sync::now()[0].saturating_add(u64::from(due).saturating_mul(MS)));
    let period = u64::from(period).saturating_mul(MS);
    Timer { manual: false, set: false, due: Some(due), period, caller: None }
}

/// `CreateTimerQueueTimer`: `publish` gets the number before the function can be called.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no queue. Those of [`super::create_work`].
pub fn create_queue_timer(
    number: usize,
    callback: Callback,
    context: usize,
    (due, period): (u32, u32),
    is_long: bool,
    publish: impl FnOnce(usize) -> Result<(), Code>,
) -> Result<(), Code> {
    let queue = queue(number)?;
    let wanted = Environment { is_long, priority: super::NORMAL, ..Environment::default() };
    let task = new_task_in(queue, Kind::QueueTimer, callback, context, wanted)?;
    let timer_number = publish_task(&task)?;
    publish(timer_number).inspect_err(|_| {
        let _ = remove(timer_number, Kind::QueueTimer, End::Untold);
    })?;
    Pool::set_timer(task.pool(), &task, Some(timer(due, period)));
    Ok(())
}

/// `ChangeTimerQueueTimer`: one that was due once, and comes no more, stays so.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no queue. `ERROR_INVALID_PARAMETER`: no timer.
pub fn change_queue_timer(number: usize, timer_number: usize, due: u32, period: u32) -> Result<(), Code> {
    queue(number)?;
    let task = task(timer_number, Kind::QueueTimer).ok_or(Code::INVALID_PARAMETER)?;
    Pool::change_timer(task.pool(), &task, timer(due, period));
    Ok(())
}

/// `DeleteTimerQueueTimer`: what has not begun is not called.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no queue, no event. `ERROR_INVALID_PARAMETER`: no timer. `ERROR_IO_PENDING`: the timer is gone; its function
/// runs, or nobody is told whether it does.
pub fn delete_queue_timer(number: usize, timer_number: usize, end: End) -> Result<(), Code> {
    queue(number)?;
    task(timer_number, Kind::QueueTimer).ok_or(Code::INVALID_PARAMETER)?;
    remove(timer_number, Kind::QueueTimer, end)?;
    if end == End::Untold { Err(Code::IO_PENDING) } else { Ok(()) }
}

/// `DeleteTimerQueueEx`: with all of its timers.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no queue, or that which every process has; no event. `ERROR_IO_PENDING`: the queue is gone; a function
/// runs.
pub fn delete_queue(number: usize, end: End) -> Result<(), Code> {
    let finish = match end {
        End::Event(event) => Some(Finish::new(event)?),
        End::Untold | End::Waits => None,
    };
    let removed = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Queue(_)) => objects.remove(&number),
        _ => None,
    });
    let Some(Entry::Queue(queue)) = removed else { return Err(Code::INVALID_HANDLE) };
    let mut runs = false;
    let timers = queue.take_members();
    for task in &timers {
        with_objects(|objects| objects.remove(&task.number()));
        runs |= Task::remove(task, finish.as_ref().map(Finish::of_another));
    }
    if let Some(finish) = &finish {
        finish.one_less();
    }
    if end == End::Waits {
        timers.iter().for_each(|task| task.wait(true));
    } else if runs {
        return Err(Code::IO_PENDING);
    }
    Ok(())
}
