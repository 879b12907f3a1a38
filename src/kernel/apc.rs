//! Routines that are queued to a thread and run when it waits and says that it may be interrupted (AL1-AL8).

use std::collections::VecDeque;
use std::sync::Arc;

use super::code::Code;
use super::handle;
use super::object::Kind;
use super::rights;
use super::sync::lock;
use super::thread::{self, Call, Thread};
use super::timer;
use super::waiter::APC;

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

    pub(super) fn listen_no_more(&mut self) {
        self.listening = false;
    }
}

impl Thread {
    /// Adds a routine, and ends the wait that it may end.
    pub(super) fn queue(&self, apc: Apc) -> Result<(), Code> {
        let mut apcs = lock(&self.apcs);
        if apcs.ended {
            return Err(Code::GEN_FAILURE);
        }
        apcs.queue.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        apcs.queue.push_back(apc);
        let wake = apcs.listening && self.waiter().claim(APC);
        drop(apcs);
        if wake {
            self.waiter().wake();
        }
        Ok(())
    }
}

/// Queues a routine to the thread behind a handle.
///
/// # Errors
/// `ERROR_GEN_FAILURE`: the thread has ended. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`,
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn queue(handle: usize, apc: Apc) -> Result<(), Code> {
    handle::with(handle, Some(Kind::Thread), rights::THREAD_SET_CONTEXT, |target| target.thread()?.queue(apc))
}

/// The next routine of the calling thread: its own timers' that have come due first.
fn next(thread: &Arc<Thread>) -> Option<Apc> {
    let due = if thread::has_timers() { timer::due_routine(thread) } else { None };
    due.or_else(|| {
        let _inside = handle::inside();
        lock(&thread.apcs).queue.pop_front()
    })
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
