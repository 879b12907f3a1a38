//! What may interrupt a wait in a call of Winsock: routines that are queued to the thread (AL6), and `CancelSynchronousIo`. The
//! part of the library that has the threads says here how it is asked.

use std::sync::OnceLock;

/// How it is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interrupts {
    /// Whether the calling thread can be interrupted at all.
    pub(crate) is_possible: fn() -> bool,
    /// The calling thread is about to wait: routines that are there run first. Whether it can be interrupted at all.
    pub(crate) begin: fn() -> bool,
    /// It has waited: routines that came meanwhile run. Whether the call is to end.
    pub(crate) end: fn() -> bool,
}

static INTERRUPTS: OnceLock<Interrupts> = OnceLock::new();

/// Says how.
pub(crate) fn ask_by(interrupts: Interrupts) {
    let _ = INTERRUPTS.set(interrupts);
}

/// Whether the calling thread's waits can be interrupted.
pub(crate) fn is_possible() -> bool {
    INTERRUPTS.get().is_some_and(|interrupts| (interrupts.is_possible)())
}

/// A wait that can be interrupted; dropped or ended, it is over.
#[derive(Debug)]
pub(crate) struct Wait(Option<fn() -> bool>);

impl Wait {
    /// Begins. No lock is held, now and at the end: functions of the program run.
    pub(crate) fn begin() -> Self {
        Self(INTERRUPTS.get().filter(|interrupts| (interrupts.begin)()).map(|interrupts| interrupts.end))
    }

    /// Ends; whether the call is to end.
    pub(crate) fn end(mut self) -> bool {
        self.0.take().is_some_and(|end| end())
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}
