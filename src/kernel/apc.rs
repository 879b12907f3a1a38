//! Routines that are queued to a thread and run when it waits and says that it may be interrupted (AL1-AL8).

use std::collections::VecDeque;

use super::code::Code;
use super::handle;
use super::object::Kind;
use super::rights;
use super::sync::lock;
use super::thread::{self, Call, Thread};
use super::timer;
use super::waiter::APC;
use crate::descriptor;
use crate::runtime::interrupt::{self, Interrupts};
use crate::sys::shared::Arc;

/// One call that is to be made.
#[derive(Clone, Copy)]
pub struct Apc {
    /// Makes the call.
    pub call: Call,
    /// With these: what they mean is known to `call`.
    pub with: [usize; 4],
}

/// The routines of one thread, first in, first out.
#[derive(Default)]
pub(super) struct Apcs {
    queue: VecDeque<Apc>,
    /// The thread is in a wait that a routine may end.
    listening: bool,
    ended: bool,
    /// The thread is in a call of Winsock that waits.
    in_call: bool,
    /// The alarm was raised for it.
    alarmed: bool,
    /// The call is to end: `CancelSynchronousIo`.
    cancelled: bool,
}

impl Apcs {
    /// The thread takes no more, and what it has is dropped.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.queue = VecDeque::new();
    }

    /// Begins a wait that a routine may end; whether there is one already.
    pub(super) fn listen(&mut self) -> bool {
        self.listening = true;
        !self.queue.is_empty()
    }

    /// Whether the alarm is to be raised so that a call of Winsock notices.
    fn alarm(&mut self) -> bool {
        self.in_call && !std::mem::replace(&mut self.alarmed, true)
    }

    pub(super) fn listen_no_more(&mut self) {
        self.listening = false;
    }
}

impl Thread {
    /// Adds a routine, and ends the wait that it may end. `true`: the thread waits in a call of Winsock, and the alarm is to be
    /// raised for it, without a lock.
    pub(super) fn queue(&self, apc: Apc) -> Result<bool, Code> {
        let mut apcs = lock(&self.apcs);
        if apcs.ended {
            return Err(Code::GEN_FAILURE);
        }
        apcs.queue.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        apcs.queue.push_back(apc);
        let wake = apcs.listening && self.waiter().claim(APC);
        let alarm = apcs.alarm();
        drop(apcs);
        if wake {
            self.waiter().wake();
        }
        Ok(alarm)
    }
}

/// Queues a routine to the thread behind a handle.
///
/// # Errors
/// `ERROR_GEN_FAILURE`: the thread has ended. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`,
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn queue(handle: usize, apc: Apc) -> Result<(), Code> {
    let set_context = rights::THREAD_SET_CONTEXT;
    let alarm = handle::with(handle, Some(Kind::Thread), set_context, |target| target.thread()?.queue(apc))?;
    if alarm {
        descriptor::let_waits_look();
    }
    Ok(())
}

/// The next routine of the calling thread: its own timers' that have come due first.
fn next(thread: &Arc<Thread>) -> Option<Apc> {
    let due = if thread::has_timers() { timer::due_routine(thread) } else { None };
    due.or_else(|| {
        let _inside = handle::inside();
        lock(&thread.apcs).queue.pop_front()
    })
}

/// Has calls of Winsock that wait be interrupted by routines.
pub(super) fn prepare() {
    let is_possible = || thread::current_if_any().is_some();
    interrupt::ask_by(Interrupts { is_possible, begin: begin_call, end: end_call });
}

fn begin_call() -> bool {
    let Some(thread) = thread::current_if_any() else { return false };
    loop {
        run_all(&thread);
        let _inside = handle::inside();
        let mut apcs = lock(&thread.apcs);
        if apcs.queue.is_empty() {
            apcs.in_call = true;
            break;
        }
    }
    if let Some(port) = thread::port() {
        port.leave();
    }
    true
}

fn end_call() -> bool {
    let Some(thread) = thread::current_if_any() else { return false };
    let (alarmed, cancelled) = {
        let _inside = handle::inside();
        let mut apcs = lock(&thread.apcs);
        apcs.in_call = false;
        (std::mem::take(&mut apcs.alarmed), std::mem::take(&mut apcs.cancelled))
    };
    if alarmed {
        descriptor::end_looking();
    }
    if let Some(port) = thread::port() {
        port.join();
    }
    run_all(&thread);
    cancelled
}

/// `CancelSynchronousIo`: ends the call of Winsock in which a thread waits (KO28).
///
/// # Errors
/// `ERROR_NOT_FOUND`: it waits in none. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn cancel_call(handle: usize) -> Result<(), Code> {
    let alarm = handle::with(handle, Some(Kind::Thread), rights::THREAD_TERMINATE, |target| {
        let mut apcs = lock(&target.thread()?.apcs);
        if !apcs.in_call {
            return Err(Code::NOT_FOUND);
        }
        apcs.cancelled = true;
        Ok(apcs.alarm())
    })?;
    if alarm {
        descriptor::let_waits_look();
    }
    Ok(())
}

/// Runs all routines of the calling thread, those that they queue, too; whether there was one. No lock is held
/// meanwhile, and nothing is borrowed: a routine may end the thread.
pub(super) fn run_all(thread: &Arc<Thread>) -> bool {
    let mut any = false;
    while let Some(apc) = next(thread) {
        any = true;
        (apc.call)(apc.with);
    }
    any
}
