//! A callback that runs, and what it says of itself meanwhile.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

use super::task::Task;
use super::workers::Pool;
use super::{Callback, Invocation, next_number};
use crate::kernel::port::Packet;
use crate::sys::process::thread as sys;
use crate::sys::shared::Arc;

/// What is done for a callback when it is over, in this order; each once at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `LeaveCriticalSectionWhenCallbackReturns`.
    LeaveCriticalSection,
    /// `ReleaseMutexWhenCallbackReturns`.
    ReleaseMutex,
    /// `ReleaseSemaphoreWhenCallbackReturns`.
    ReleaseSemaphore,
    /// `SetEventWhenCallbackReturns`.
    SetEvent,
    /// `FreeLibraryWhenCallbackReturns`.
    FreeLibrary,
}

const ACTIONS: usize = 5;

/// How an action is done, and with what.
type Doing = (fn([usize; 2]), [usize; 2]);

/// The callback of a thread.
struct Running {
    task: Arc<Task>,
    invocation: Invocation,
    /// It counts among those that run.
    counted: bool,
    /// Who waits for callbacks waits for it.
    associated: bool,
    /// It has come back: it has not ended its thread.
    returned: bool,
    actions: [Option<Doing>; ACTIONS],
}

thread_local! {
    /// Without a destructor: what the program runs at its thread's end may ask still. Nothing is left there between callbacks.
    static CURRENT: ManuallyDrop<RefCell<Option<Running>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

fn current<T>(instance: usize, run: impl FnOnce(&mut Running) -> T) -> Option<T> {
    CURRENT.with(|current| {
        // A signal handler may have interrupted such a question.
        let mut current = current.try_borrow_mut().ok()?;
        current.as_mut().filter(|running| running.invocation.instance == instance).map(run)
    })
}

/// Calls what is due of a task. The exit code, where the callback has ended its thread.
pub(super) fn run(task: &Arc<Task>, counted: bool) -> Option<u32> {
    let Some(packet) = Task::begin(task) else {
        task.pool().is_over(counted);
        return None;
    };
    begin(task, packet, counted);
    let code = sys::run(call, [0; 2]);
    let running = CURRENT.with(|current| current.take())?;
    for (run, with) in running.actions.into_iter().flatten() {
        run(with);
    }
    task.pool().is_over(running.counted);
    Task::has_been_called(task);
    if running.associated {
        task.is_over();
    }
    (!running.returned).then_some(code)
}

fn begin(task: &Arc<Task>, packet: Packet, counted: bool) {
    let running = Running {
        task: Arc::clone(task),
        invocation: task.invocation(next_number(), packet),
        counted,
        associated: true,
        returned: false,
        actions: [None; ACTIONS],
    };
    CURRENT.with(|current| drop(current.replace(Some(running))));
}

/// Runs as the main function of a thread does, so that `ExitThread` ends it and nothing else.
extern "C" fn call(_: usize, _: usize) -> u32 {
    let found = CURRENT.with(|current| {
        let current = current.borrow();
        let running = current.as_ref()?;
        Some((running.task.callback(), running.task.finalization(), running.invocation))
    });
    let Some((Callback { call, .. }, finalization, invocation)) = found else { return 0 };
    call(invocation);
    if let Some(Callback { call, routine }) = finalization {
        call(Invocation { routine, ..invocation });
    }
    current(invocation.instance, |running| running.returned = true);
    0
}

/// Something is to be done when the calling thread's callback is over. What was said first counts.
pub fn when_returns(instance: usize, action: Action, run: fn([usize; 2]), with: [usize; 2]) {
    current(instance, |running| {
        let at = match action {
            Action::LeaveCriticalSection => 0,
            Action::ReleaseMutex => 1,
            Action::ReleaseSemaphore => 2,
            Action::SetEvent => 3,
            Action::FreeLibrary => 4,
        };
        if let Some(place) = running.actions.get_mut(at) {
            place.get_or_insert((run, with));
        }
    });
}

/// `CallbackMayRunLong`: whether there is a thread for the other callbacks.
pub fn may_run_long(instance: usize) -> bool {
    let found = current(instance, |running| {
        std::mem::take(&mut running.counted).then(|| Arc::clone(running.task.pool()))
    });
    match found {
        Some(Some(pool)) => Pool::runs_long(&pool),
        Some(None) => true,
        None => false,
    }
}

/// `DisassociateCurrentThreadFromCallback`: who waits for the object's callbacks waits no longer for this one.
pub fn disassociate(instance: usize) {
    let task = current(instance, |running| {
        std::mem::take(&mut running.associated).then(|| Arc::clone(&running.task))
    });
    if let Some(Some(task)) = task {
        task.is_over();
    }
}
