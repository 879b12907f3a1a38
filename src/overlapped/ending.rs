//! How the end of an asynchronous operation is told, whatever it was on (a socket, the driver's device, a pipe): where the program
//! reads the status; by an event, by the signal of the handle itself, or by a routine on the thread that began it; and as a packet
//! at the handle's completion port.
//!
//! The order matters: first the number of bytes, then the status, then the event, then the routine or the packet. From the
//! status on that memory is the program's again, so nothing is read from it after the beginning.

use super::association::{SKIP_ON_SUCCESS, SKIP_SET_EVENT_ON_HANDLE};
use super::attached::Destination;
use super::cancel;
use super::request::{Routine, Wish};
use crate::kernel::apc::Apc;
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::kernel::thread::Caller;
use crate::sys::process::sanitizer;
use crate::sys::{UserOverlapped, UserStatusBlock};
use crate::windows::status;

/// Where the program reads how an operation has ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// An OVERLAPPED. Its status says from the beginning on that the operation has not ended.
    Overlapped(UserOverlapped),
    /// An IO_STATUS_BLOCK, of which nothing is written before the end.
    Block(UserStatusBlock),
}

impl Place {
    fn address(self) -> usize {
        match self {
            Self::Overlapped(overlapped) => overlapped.address(),
            Self::Block(block) => block.address(),
        }
    }
}

/// Who is told, and how.
pub(crate) struct Listeners {
    /// The event that was named when the operation began (OE3).
    pub(crate) event: Option<Kept>,
    /// What stands for the handle in a wait: signalled where no event was named (OE4).
    pub(crate) signal: Option<Kept>,
    /// Run on the thread that began the operation. Then there is no packet (OV16).
    pub(crate) routine: Option<Routine>,
    /// What stands in the packet for the OVERLAPPED; 0: no packet (OE6, PL17).
    pub(crate) packet: usize,
}

/// Why an operation that names an OVERLAPPED cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// OV15: a routine, and the handle belongs to a port.
    RoutineAndPort,
    /// `hEvent` is no event that can be set.
    Event(Code),
    /// There is no memory.
    Memory(Code),
}

/// What the handle says about all ends of its operations.
pub(crate) struct Manner {
    /// Its port, or what is there in its place.
    pub(crate) destination: Option<Destination>,
    /// What `SetFileCompletionNotificationModes` has said (CP22).
    pub(crate) modes: u8,
}

/// An end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) status: u32,
    /// The number of bytes.
    pub(crate) information: usize,
    /// The call that began the operation is not over yet.
    pub(crate) at_once: bool,
}

/// An operation that has begun, as far as its end is to be told.
pub(crate) struct Ending {
    place: Place,
    listeners: Listeners,
    caller: Caller,
}

/// The bits of an event's handle that are the program's.
const OWN_BITS: usize = 3;

impl Listeners {
    /// What an OVERLAPPED says of them. `has_port` is asked only where there is a routine, `signal` where no event is named.
    ///
    /// # Errors
    /// Any [`Refusal`].
    pub(crate) fn of(
        wish: &Wish,
        has_port: impl FnOnce() -> bool,
        signal: impl FnOnce() -> Result<Kept, Code>,
    ) -> Result<Self, Refusal> {
        if wish.routine.is_some() {
            // OE5: the program may keep anything in hEvent.
            return if has_port() {
                Err(Refusal::RoutineAndPort)
            } else {
                Ok(Self { event: None, signal: None, routine: wish.routine, packet: 0 })
            };
        }
        let handle = wish.overlapped.event();
        let packet = if handle & 1 == 0 { wish.overlapped.address() } else { 0 };
        let (event, signal) = match handle & !OWN_BITS {
            0 => (None, Some(signal().map_err(Refusal::Memory)?)),
            event => (Some(Kept::of(event).map_err(Refusal::Event)?), None),
        };
        Ok(Self { event, signal, routine: None, packet })
    }

    /// Nobody but who waits for this event of the library's own.
    pub(crate) const fn only(event: Kept) -> Self {
        Self { event: Some(event), signal: None, routine: None, packet: 0 }
    }

    /// OE16: neither an event nor a routine.
    pub(crate) const fn are_bare(&self) -> bool {
        self.event.is_none() && self.routine.is_none()
    }
}

impl Ending {
    /// The calling thread begins an operation, of which nobody knows yet.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    pub(crate) fn new(place: Place, listeners: Listeners) -> Result<Self, Code> {
        let caller = Caller::begin(cancel::end_thread)?;
        Ok(Self { place, listeners, caller })
    }

    /// It begins: an OVERLAPPED says that it has not ended, and what is set at the end is reset (OV3).
    pub(crate) fn begins(&self) {
        if let Place::Overlapped(overlapped) = self.place {
            overlapped.begin(status::PENDING);
        }
        sanitizer::hands_over();
        let Listeners { event, signal, .. } = &self.listeners;
        for kept in signal.iter().chain(event) {
            kept.reset();
        }
    }

    /// Where the program reads how it has ended.
    pub(crate) fn address(&self) -> usize {
        self.place.address()
    }

    /// The thread that began it.
    pub(crate) fn thread(&self) -> u64 {
        self.caller.id()
    }

    /// OE16: begun without an event and without a routine.
    pub(crate) const fn is_bare(&self) -> bool {
        self.listeners.are_bare()
    }

    /// It did not begin after all, or has failed in the call that began it: nobody is told (OV4).
    pub(crate) fn is_dropped(&self) {
        self.caller.end();
    }

    /// Tells, once. No lock is held. `words` are those that the routine is called with.
    pub(crate) fn tell(&self, end: End, manner: Manner, words: impl FnOnce(Routine) -> [usize; 4]) {
        let End { status, information, at_once } = end;
        let Listeners { event, signal, routine, packet } = &self.listeners;
        let bytes = u32::try_from(information).unwrap_or(u32::MAX);
        sanitizer::hands_over();
        match self.place {
            Place::Overlapped(overlapped) => overlapped.end(status, bytes),
            Place::Block(block) => block.end(status, information),
        }
        match (event, signal) {
            (Some(event), _) => event.set().wake(),
            (None, Some(signal)) if manner.modes & SKIP_SET_EVENT_ON_HANDLE == 0 => signal.set().wake(),
            (None, _) => {}
        }
        let skipped = at_once && manner.modes & SKIP_ON_SUCCESS != 0;
        if let Some(routine) = routine {
            self.caller.queue(Apc { call: routine.call, with: words(*routine) });
        } else if let Some(destination) = manner.destination
            && *packet != 0
            && !skipped
        {
            destination.post(*packet, status, bytes);
        }
        self.caller.end();
    }
}
