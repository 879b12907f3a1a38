//! An operation on a pipe, and how its end is told: to the call that waits for it; or in the program's OVERLAPPED and by an event,
//! by the handle's own signal or by a routine, and as a packet at the completion port.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::kernel::apc::Apc;
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::kernel::thread::Caller;
use crate::overlapped::association::{SKIP_ON_SUCCESS, SKIP_SET_EVENT_ON_HANDLE};
use crate::overlapped::attached::Destination;
use crate::overlapped::cancel;
use crate::overlapped::request::{Routine, RoutineCall, Wish};
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;
use crate::sys::{UserBuf, UserBufMut, UserOverlapped};
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
    Call(Arc<Answer>),
    /// The event in the OVERLAPPED.
    Event(UserOverlapped, Kept),
    /// Whoever waits for the handle.
    Handle(UserOverlapped, Kept),
    /// The thread that began it.
    Routine(UserOverlapped, Routine),
}

/// An operation that has begun.
pub(crate) struct Operation {
    pub(super) what: What,
    told: Told,
    caller: Caller,
    /// The program wants no packet.
    no_packet: bool,
}

/// The bits of an event's handle that are the program's.
const OWN_BITS: usize = 3;

/// Whom the end of an operation is told beside what it names itself.
pub(super) struct Attached {
    pub(super) destination: Option<Destination>,
    pub(super) modes: u8,
}

impl Operation {
    /// One of a call that waits.
    pub(super) fn of_call(what: What, answer: &Arc<Answer>) -> Result<Self, Code> {
        let caller = Caller::begin(cancel::end_thread)?;
        Ok(Self { what, told: Told::Call(Arc::clone(answer)), caller, no_packet: true })
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
        let overlapped = wish.overlapped;
        let handle = if wish.routine.is_some() { 0 } else { overlapped.event() };
        let told = match (wish.routine, handle & !OWN_BITS) {
            (Some(_), _) if has_port => return Err(Code::INVALID_PARAMETER),
            (Some(routine), _) => Told::Routine(overlapped, routine),
            (None, 0) => Told::Handle(overlapped, signal()?),
            (None, event) => Told::Event(overlapped, Kept::of(event)?),
        };
        let caller = Caller::begin(cancel::end_thread)?;
        overlapped.begin(status::PENDING);
        sanitizer::hands_over();
        if let Told::Event(_, event) | Told::Handle(_, event) = &told {
            event.reset();
        }
        Ok(Self { what, told, caller, no_packet: handle & 1 != 0 })
    }

    /// The address of its OVERLAPPED; 0 without one.
    pub(super) fn overlapped(&self) -> usize {
        match &self.told {
            Told::Call(_) => 0,
            Told::Event(overlapped, _) | Told::Handle(overlapped, _) | Told::Routine(overlapped, _) => {
                overlapped.address()
            }
        }
    }

    /// Whether the call that began it waits for it by this.
    pub(super) fn is_of(&self, answer: &Arc<Answer>) -> bool {
        matches!(&self.told, Told::Call(own) if Arc::ptr_eq(own, answer))
    }

    /// The thread that began it.
    pub(super) fn thread(&self) -> u64 {
        self.caller.id()
    }

    /// Begun without an event and without a routine.
    pub(super) fn is_bare(&self) -> bool {
        matches!(self.told, Told::Handle(..))
    }

    /// It did not begin, or has failed in the call that began it: nobody is told but the caller.
    pub(super) fn drop_untold(self) {
        self.caller.end();
    }

    /// Tells. No lock is held. `at_once`: in the call that began it.
    pub(super) fn tell(self, outcome: Outcome, at_once: bool, attached: Attached) {
        let Outcome { status, bytes } = outcome;
        let overlapped = self.overlapped();
        sanitizer::hands_over();
        match self.told {
            Told::Call(answer) => {
                answer.bytes.store(bytes, Ordering::Relaxed);
                answer.status.store(status, Ordering::Release);
                answer.event.set().wake();
            }
            Told::Routine(to, routine) => {
                to.end(status, bytes);
                let error = status::to_windows(status);
                let call = RoutineCall { address: routine.address, error, bytes, overlapped, flags: 0 };
                self.caller.queue(Apc { call: routine.call, with: call.words() });
            }
            Told::Event(to, event) => {
                to.end(status, bytes);
                event.set().wake();
            }
            Told::Handle(to, signal) => {
                to.end(status, bytes);
                if attached.modes & SKIP_SET_EVENT_ON_HANDLE == 0 {
                    signal.set().wake();
                }
            }
        }
        let skipped = at_once && attached.modes & SKIP_ON_SUCCESS != 0;
        if let Some(destination) = attached.destination
            && !self.no_packet
            && !skipped
        {
            destination.post(overlapped, status, bytes);
        }
        self.caller.end();
    }
}
