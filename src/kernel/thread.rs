//! Threads: the control block that every thread gets when it first needs one, what a thread knows of itself, and its
//! end.
//!
//! A thread that the program made in another way (`pthread_create`, C++) is a thread as good as those of
//! `CreateThread`, but that `TerminateThread` does not end it.

use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use super::apc::{Apc, Apcs};
use super::code::Code;
use super::handle;
use super::local::LOCAL;
pub(super) use super::local::{
    forget_owned, has_timers, leave_port, note_owned, note_port, note_timer, port, timers, with_tls,
};
use super::object::{Object, Signalled};
use super::state::State;
use super::sync::{self, lock};
use super::waiter::{STOP, Waiter};
use crate::sys::event::futex;
use crate::sys::process::thread as sys;
use crate::sys::shared::Arc;

/// The control block of a thread.
///
/// A blocking call of Winsock that is to run routines meanwhile needs two things of it: [`Apcs::listening`] for the
/// time of the wait, with its own way of being woken beside the waiter's, and [`super::apc::run_all`] afterwards.
pub(super) struct Thread {
    /// Never used twice.
    id: u64,
    /// The kernel's number; 0 before the thread has begun.
    number: AtomicU32,
    object: Arc<Object>,
    waiter: Arc<Waiter>,
    pub(super) apcs: Mutex<Apcs>,
    /// How often it was suspended before it began, or [`BEGUN`].
    pub(super) suspended: AtomicU32,
    /// Whether it runs under [`sys::run`], which [`sys::end`] can leave.
    pub(super) made_here: bool,
    /// The exit code of `TerminateThread`, above it a bit that says that there is one.
    stop: AtomicU64,
    /// The exit code of the thread itself, likewise.
    exit_code: AtomicU64,
    pub(super) priority: AtomicI32,
    /// A handle to close at the end: that of `_beginthread`.
    own_handle: AtomicUsize,
    /// Values by the index of `FlsAlloc`, with the life of the index that they belong to.
    pub(super) fls: Mutex<Vec<(u32, usize)>>,
    /// Operations that it has begun and that have not ended.
    operations: AtomicUsize,
}

pub(super) const BEGUN: u32 = u32::MAX;
/// An exit code is there.
const THERE: u64 = 1 << 32;

/// Calls a function of the program with its arguments.
pub type Call = fn([usize; 4]);

/// All control blocks of threads that have not ended.
static THREADS: Mutex<Vec<Arc<Thread>>> = Mutex::new(Vec::new());

/// The next identifier.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The calling thread's identifier; never 0.
pub(super) fn local_id() -> u64 {
    LOCAL.with(|local| {
        if local.id.get() == 0 {
            local.id.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        local.id.get()
    })
}

/// A number that is no thread's, and by which it is known that something is of this process.
pub(super) fn number_of_none() -> u64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The calling thread as others know it later: a number that is never used twice.
pub(crate) fn id() -> u64 {
    local_id()
}

/// The calling thread's number, as `GetCurrentThreadId` tells it.
#[must_use]
#[inline]
pub fn number() -> u32 {
    LOCAL.with(|local| {
        if local.number.get() == 0 {
            local.number.set(sys::number());
        }
        local.number.get()
    })
}

/// The number by which the calling thread owns a critical section: its own, or that of the thread that forked.
#[inline]
pub(super) fn owner() -> usize {
    LOCAL.with(|local| {
        if local.owner.get() == 0 {
            local.owner.set(number());
        }
        local.owner.get() as usize
    })
}

/// A number by which threads spread over the locks.
pub(super) fn local_number() -> usize {
    number() as usize
}

impl Thread {
    /// A control block.
    pub(super) fn new(id: u64, number: u32, made_here: bool, suspended: u32) -> Result<Arc<Self>, Code> {
        let thread = Self {
            id,
            number: AtomicU32::new(number),
            object: Arc::try_new(Object::new(State::Thread { id, ended: None }))?,
            waiter: Arc::try_new(Waiter::new(id))?,
            apcs: Mutex::new(Apcs::default()),
            suspended: AtomicU32::new(suspended),
            made_here,
            stop: AtomicU64::new(0),
            exit_code: AtomicU64::new(0),
            priority: AtomicI32::new(0),
            own_handle: AtomicUsize::new(0),
            fls: Mutex::new(Vec::new()),
            operations: AtomicUsize::new(0),
        };
        Ok(Arc::try_new(thread)?)
    }

    pub(super) fn new_id() -> u64 {
        NEXT.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn object(&self) -> &Arc<Object> {
        &self.object
    }

    pub(super) fn waiter(&self) -> &Arc<Waiter> {
        &self.waiter
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// The kernel's number; waits until a thread that was just made knows it. 0 of one that a fork has left behind before it did.
    pub(super) fn number(&self) -> u32 {
        loop {
            match self.number.load(Ordering::Acquire) {
                0 if sync::is_of_this_process(self.id) => futex::wait(&self.number, 0, None),
                number => return number,
            }
        }
    }

    pub(super) fn set_exit_code(&self, code: u32) {
        self.exit_code.store(THERE | u64::from(code), Ordering::Relaxed);
    }

    /// The code with which it has ended or is about to.
    pub(super) fn exit_code(&self) -> Option<u32> {
        u32::try_from(self.exit_code.load(Ordering::Relaxed) ^ THERE).ok()
    }

    /// Has the thread end at its next wait.
    pub(super) fn stop(&self, code: u32) -> Signalled {
        self.stop.store(THERE | u64::from(code), Ordering::Release);
        // A thread that was not resumed ends without beginning.
        self.suspended.store(0, Ordering::Release);
        futex::wake(&self.suspended, 1);
        self.waiter.end(STOP);
        Signalled::default()
    }

    /// The exit code with which it is to end, if it is.
    pub(super) fn stopped(&self) -> Option<u32> {
        u32::try_from(self.stop.load(Ordering::Acquire) ^ THERE).ok()
    }

    /// The handle that is closed at the thread's end.
    pub(super) fn keep_handle(&self, handle: usize) {
        self.own_handle.store(handle, Ordering::Release);
    }

    /// The same handle, once.
    pub(super) fn take_handle(&self) -> usize {
        self.own_handle.swap(0, Ordering::AcqRel)
    }

    /// Makes it known to [`find`] and [`each`].
    pub(super) fn enter_list(this: &Arc<Self>) -> Result<(), Code> {
        let mut threads = lock(&THREADS);
        threads.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        threads.push(Arc::clone(this));
        Ok(())
    }

    pub(super) fn leave_list(&self) {
        let mut threads = lock(&THREADS);
        if let Some(at) = threads.iter().position(|thread| thread.id == self.id) {
            threads.swap_remove(at);
        }
    }
}

/// The calling thread's control block, made when it is first asked for.
pub(super) fn current() -> Result<Arc<Thread>, Code> {
    if let Some(thread) = LOCAL.with(|local| local.thread.borrow().clone()) {
        return Ok(thread);
    }
    crate::fork::prepare_once();
    super::apc::prepare();
    let thread = Thread::new(local_id(), number(), false, BEGUN)?;
    if LOCAL.with(|local| local.ended.get()) {
        // In a destructor that runs after ours: for this call only.
        return Ok(thread);
    }
    {
        let _inside = handle::inside();
        Thread::enter_list(&thread)?;
    }
    begin(&thread);
    Ok(thread)
}

/// The calling thread's control block, if it has one.
pub(super) fn current_if_any() -> Option<Arc<Thread>> {
    LOCAL.with(|local| local.thread.borrow().clone())
}

/// Gives the calling thread its control block. `false`: its end will go unnoticed.
pub(super) fn begin(thread: &Arc<Thread>) -> bool {
    LOCAL.with(|local| {
        local.id.set(thread.id);
        *local.thread.borrow_mut() = Some(Arc::clone(thread));
    });
    thread.number.store(number(), Ordering::Release);
    futex::wake(&thread.number, u32::MAX);
    sys::at_end(end)
}

/// The last that happens in a thread: gives up what it owns and signals its end.
pub(super) fn end() {
    let Some(thread) = current_if_any() else { return forget_local() };
    super::fls::end(&thread);
    leave_port();
    if thread.operations.load(Ordering::Acquire) > 0
        && let Some(cancel) = CANCEL.get()
    {
        cancel(thread.id);
    }
    let signalled = {
        let _inside = handle::inside();
        lock(&thread.apcs).end();
        for (timer, _) in timers() {
            super::timer::forget_caller(&timer, thread.id);
        }
        while let Some(mutex) = LOCAL.with(|local| local.owned.borrow_mut().pop_front()) {
            super::mutex::abandon(&mutex, thread.id).wake();
        }
        thread.leave_list();
        let code = thread.exit_code().unwrap_or(0);
        let ended = thread.object.signal(|state| {
            if let State::Thread { ended, .. } = state {
                *ended = Some(code);
            }
        });
        ended.1.settle()
    };
    let own = thread.take_handle();
    if own != 0 {
        let _ = super::names::close(own);
    }
    forget_local();
    signalled.wake();
}

fn forget_local() {
    LOCAL.with(|local| {
        local.ended.set(true);
        drop(local.thread.take());
        drop(local.owned.take());
        drop(local.timers.take());
        drop(local.tls.take());
        drop(local.port.take());
    });
}

/// What cancels the operations of a thread that ends.
static CANCEL: OnceLock<fn(u64)> = OnceLock::new();

/// The thread that begins an operation, to which it is told how that ends.
#[derive(Clone)]
pub(crate) struct Caller(Arc<Thread>);

impl Caller {
    /// The calling thread begins an operation. `cancel` is called with its number if it ends before the operation.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    pub(crate) fn begin(cancel: fn(u64)) -> Result<Self, Code> {
        let thread = current()?;
        let _ = CANCEL.set(cancel);
        thread.operations.fetch_add(1, Ordering::AcqRel);
        Ok(Self(thread))
    }

    /// As [`id`] tells it.
    pub(crate) fn id(&self) -> u64 {
        self.0.id
    }

    /// Queues a routine to it, if it has not ended.
    pub(crate) fn queue(&self, apc: Apc) {
        let alarm = {
            let _inside = handle::inside();
            self.0.queue(apc)
        };
        if alarm == Ok(true) {
            crate::descriptor::let_waits_look();
        }
    }

    /// The operation has ended.
    pub(crate) fn end(&self) {
        self.0.operations.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Whether operations go on that the calling thread has begun.
pub(super) fn has_operations() -> bool {
    current_if_any().is_some_and(|thread| thread.operations.load(Ordering::Acquire) > 0)
}

/// The code with which the calling thread is to end at its next wait, if it is.
pub(super) fn own_stop() -> Option<u32> {
    current_if_any().and_then(|thread| thread.stopped())
}

/// The same, and that with which it was to end already.
pub(super) fn own_end() -> Option<u32> {
    own_stop().or_else(|| current_if_any().and_then(|thread| thread.exit_code()))
}

/// Ends the calling thread with this exit code; what the program has on the stack is dropped without a word.
pub fn exit(code: u32) -> ! {
    if let Ok(thread) = current() {
        thread.set_exit_code(code);
    }
    sys::end(code)
}

/// Has the values freed at the thread's end.
pub(super) fn watch_end() {
    let _ = sys::at_end(end);
}

/// The thread of that number, if it has a control block.
pub(super) fn find(number: u32) -> Option<Arc<Thread>> {
    let _inside = handle::inside();
    let threads = lock(&THREADS);
    threads.iter().find(|thread| thread.number.load(Ordering::Relaxed) == number).cloned()
}

/// Every thread. No other lock is taken meanwhile but the thread's own.
pub(super) fn each(mut run: impl FnMut(&Arc<Thread>)) {
    let _inside = handle::inside();
    lock(&THREADS).iter().for_each(&mut run);
}

/// In a child of `fork`: of all threads only this one is there, under a new number.
pub(super) fn forked() {
    let id = local_id();
    super::sync::forked(NEXT.load(Ordering::Relaxed), id);
    LOCAL.with(|local| local.number.set(0));
    let mut threads = lock(&THREADS);
    threads.retain(|thread| thread.id == id);
    for thread in threads.iter() {
        thread.number.store(number(), Ordering::Relaxed);
    }
}
