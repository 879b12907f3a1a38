//! An operation on a pipe, and how its end is told: to the call that waits for it, or as its OVERLAPPED says.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::kernel::thread::Caller;
use crate::overlapped::cancel;
use crate::overlapped::ending::{End, Ending, Listeners, Manner, Place, Refusal};
use crate::overlapped::request::{RoutineCall, Wish};
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;
use crate::sys::{UserBuf, UserBufMut};
use crate::windows::status;

/// What is to be done.
#[derive(Debug)]
pub(crate) enum What {
    /// A client is to come.
    Connect,
    /// Data is to be read.
    Read(UserBufMut<'static>),
    /// Data is to be written, of which so much is.
    Write(UserBuf<'static>, usize),
    /// A message is to be written, and the next one read.
    Transact(UserBuf<'static>, UserBufMut<'static>),
}

/// What operations wait for; those of one kind are done in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Connect,
    Read,
    Write,
}

impl What {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Connect => Kind::Connect,
            Self::Read(_) => Kind::Read,
            Self::Write(..) | Self::Transact(..) => Kind::Write,
        }
    }
}

/// How an operation has ended: an NTSTATUS, and the number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) status: u32,
    pub(crate) bytes: u32,
}

impl Outcome {
    /// With this status, and nothing moved.
    pub(super) const fn of(status: u32) -> Self {
        Self { status, bytes: 0 }
    }

    /// Well, with so many bytes.
    pub(super) fn moved(bytes: usize) -> Self {
        Self { status: status::SUCCESS, bytes: u32::try_from(bytes).unwrap_or(u32::MAX) }
    }

    /// Not at all.
    pub(super) const fn is_failure(self) -> bool {
        self.status >= 0xC000_0000
    }

    /// Windows' own code: 0 where it has ended well.
    pub(crate) fn code(self) -> Result<(), Code> {
        match status::to_windows(self.status) {
            0 => Ok(()),
            code => Err(Code::from_number(code)),
        }
    }
}

/// Where a call that waits finds its outcome.
pub(super) struct Answer {
    status: AtomicU32,
    bytes: AtomicU32,
    pub(super) event: Kept,
}

impl Answer {
    pub(super) fn new() -> Result<Arc<Self>, Code> {
        let event = Kept::new(true, false)?;
        Ok(Arc::try_new(Self { status: AtomicU32::new(status::PENDING), bytes: AtomicU32::new(0), event })?)
    }

    /// How it has ended, if it has.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        let status = self.status.load(Ordering::Acquire);
        let bytes = self.bytes.load(Ordering::Relaxed);
        (status != status::PENDING).then_some(Outcome { status, bytes })
    }
}

/// Who is told.
enum Told {
    /// The call that began it.
    Call(Arc<Answer>, Caller),
    /// As its OVERLAPPED says.
    Program(Ending),
}

/// An operation that has begun.
pub(crate) struct Operation {
    pub(super) what: What,
    told: Told,
}

impl Operation {
    /// One of a call that waits.
    pub(super) fn of_call(what: What, answer: &Arc<Answer>) -> Result<Self, Code> {
        let caller = Caller::begin(cancel::end_thread)?;
        Ok(Self { what, told: Told::Call(Arc::clone(answer), caller) })
    }

    /// One with an OVERLAPPED. `signal` is the handle's own, and whether the handle belongs to a port is said, too.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: a routine, and the handle belongs to a port. `ERROR_INVALID_HANDLE`: `hEvent` is no event.
    pub(super) fn of_wish(
        what: What,
        wish: Wish,
        has_port: bool,
        signal: impl FnOnce() -> Result<Kept, Code>,
    ) -> Result<Self, Code> {
        let listeners = Listeners::of(&wish, || has_port, signal).map_err(|refusal| match refusal {
            Refusal::RoutineAndPort => Code::INVALID_PARAMETER,
            Refusal::Event(code) | Refusal::Memory(code) => code,
        })?;
        let ending = Ending::new(Place::Overlapped(wish.overlapped), listeners)?;
        ending.begins();
        Ok(Self { what, told: Told::Program(ending) })
    }

    /// The address of its OVERLAPPED; 0 without one.
    pub(super) fn overlapped(&self) -> usize {
        match &self.told {
            Told::Call(..) => 0,
            Told::Program(ending) => ending.address(),
        }
    }

    /// Whether the call that began it waits for it by this.
    pub(super) fn is_of(&self, answer: &Arc<Answer>) -> bool {
        matches!(&self.told, Told::Call(own, _) if Arc::ptr_eq(own, answer))
    }

    /// `ConnectNamedPipe` with an OVERLAPPED: it fails, the client is there, or its end is told of later.
    pub(super) const fn never_ends_at_once(&self) -> bool {
        matches!((&self.what, &self.told), (What::Connect, Told::Program(_)))
    }

    /// The thread that began it.
    pub(super) fn thread(&self) -> u64 {
        match &self.told {
            Told::Call(_, caller) => caller.id(),
            Told::Program(ending) => ending.thread(),
        }
    }

    /// Begun without an event and without a routine.
    pub(super) const fn is_bare(&self) -> bool {
        matches!(&self.told, Told::Program(ending) if ending.is_bare())
    }

    /// It did not begin, or has failed in the call that began it: nobody is told but the caller.
    pub(super) fn drop_untold(self) {
        match self.told {
            Told::Call(_, caller) => caller.end(),
            Told::Program(ending) => ending.is_dropped(),
        }
    }

    /// Tells. No lock is held. `at_once`: in the call that began it.
    pub(super) fn tell(self, outcome: Outcome, at_once: bool, manner: Manner) {
        let Outcome { status, bytes } = outcome;
        match self.told {
            Told::Call(answer, caller) => {
                sanitizer::hands_over();
                answer.bytes.store(bytes, Ordering::Relaxed);
                answer.status.store(status, Ordering::Release);
                answer.event.set().wake();
                caller.end();
            }
            Told::Program(ending) => {
                let information = usize::try_from(bytes).unwrap_or(usize::MAX);
                let overlapped = ending.address();
                ending.tell(End { status, information, at_once }, manner, |routine| {
                    let error = status::to_windows(status);
                    RoutineCall { address: routine.address, error, bytes, overlapped, flags: 0 }.words()
                });
            }
        }
    }
}
