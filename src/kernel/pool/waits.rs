//! What the program asks of waits of the thread pool: those of `CreateThreadpoolWait`, and registered ones, which begin again
//! by themselves.

use super::finish::Finish;
use super::state::Again;
use super::task::{Kind, Task};
use super::watching::Target;
use super::{Callback, Entry, Environment, new_task, publish_task, task, with_objects};
use crate::kernel::code::Code;
use crate::kernel::object::{Kind as Of, Object};
use crate::kernel::wait::INFINITE;
use crate::kernel::{handle, rights, timer, watch};
use crate::sys::shared::Arc;

/// What can be waited for without a thread: no mutex, since a thread would have to own it.
fn object(handle: usize) -> Result<Arc<Object>, Code> {
    let object = Arc::clone(handle::target(handle, rights::SYNCHRONIZE)?.object());
    match object.kind() {
        Of::Mutex => return Err(Code::INVALID_PARAMETER),
        Of::Process => watch::go_on()?,
        _ => {}
    }
    Ok(object)
}

/// `CreateThreadpoolWait`: an object whose callback is called when a wait has ended; it waits for nothing.
///
/// # Errors
/// Those of [`super::create_work`].
pub fn create_wait(callback: Callback, context: usize, wanted: Environment) -> Result<usize, Code> {
    publish_task(&new_task(Kind::Wait, callback, context, wanted)?)
}

/// `SetThreadpoolWait`: waits for this from now on, or for nothing. `due` is as for [`super::set_timer`], none: without an end. Whether
/// it waited until now.
///
/// # Errors
/// Nothing changes. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`: no object that can be waited for. `ERROR_INVALID_PARAMETER`: no
/// object of the pool for waits; a mutex. `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: a process cannot be watched.
pub fn set_wait(number: usize, handle: Option<usize>, due: Option<i64>) -> Result<bool, Code> {
    let task = task(number, Kind::Wait).ok_or(Code::INVALID_PARAMETER)?;
    let target = match handle {
        None => None,
        Some(handle) => Some(Target { object: object(handle)?, limit: due.map(timer::due_of), period: None }),
    };
    Ok(Task::watch(&task, target))
}

/// The wait of an object has ended. No lock is held.
pub(in crate::kernel) fn wait_has_ended(number: usize) {
    let found = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Task(task)) => Some(Arc::clone(task)),
        _ => None,
    });
    if let Some(task) = found {
        Task::wait_has_ended(&task);
    }
}

/// How a registered wait goes on when it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Not at all.
    Never,
    /// It begins again before the function is called.
    Before,
    /// It begins again when the function has returned.
    Behind,
}

/// `RegisterWaitForSingleObject`: `publish` gets the number before the function can be called.
///
/// # Errors
/// Those of [`set_wait`] and [`super::create_work`].
pub fn register(
    handle: usize,
    callback: Callback,
    context: usize,
    milliseconds: u32,
    (repeat, is_long): (Repeat, bool),
    publish: impl FnOnce(usize) -> Result<(), Code>,
) -> Result<(), Code> {
    let object = object(handle)?;
    let period = (milliseconds != INFINITE).then(|| u64::from(milliseconds).saturating_mul(1_000_000));
    let target = Target { object, limit: None, period };
    let wanted = Environment { is_long, priority: super::NORMAL, ..Environment::default() };
    let task = new_task(Kind::Registered, callback, context, wanted)?;
    let number = publish_task(&task)?;
    publish(number).inspect_err(|_| {
        let _ = unregister(number, End::Untold);
    })?;
    let again =
        (repeat != Repeat::Never).then(|| Again { target: target.clone(), behind: repeat == Repeat::Behind });
    Task::watch_again(&task, again, target.for_now());
    Ok(())
}

/// How the end of an object is told that is not called any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Not at all.
    Untold,
    /// The call waits until no function runs.
    Waits,
    /// This event is set when none runs.
    Event(usize),
}

/// `UnregisterWaitEx`: what has not begun is not called.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no such wait, or no event; the wait goes on. `ERROR_IO_PENDING`: it has ended, and its function runs.
pub fn unregister(number: usize, end: End) -> Result<(), Code> {
    remove(number, Kind::Registered, end)
}

/// Takes an object away from the program.
pub(super) fn remove(number: usize, kind: Kind, end: End) -> Result<(), Code> {
    let finish = match end {
        End::Event(event) => Some(Finish::new(event)?),
        End::Untold | End::Waits => None,
    };
    let removed = with_objects(|objects| match objects.get(&number) {
        Some(Entry::Task(task)) if task.kind() == kind => objects.remove(&number),
        _ => None,
    });
    let Some(Entry::Task(task)) = removed else { return Err(Code::INVALID_HANDLE) };
    let runs = Task::remove(&task, finish);
    if end == End::Waits {
        task.wait(true);
    } else if runs {
        return Err(Code::IO_PENDING);
    }
    Ok(())
}
