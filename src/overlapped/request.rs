//! How the end of an operation is told: in the program's OVERLAPPED; by an event, by the socket's own signal, or by a routine
//! on the thread that began it; and as a packet at the socket's completion port.
//!
//! The order matters: first the number of bytes, then the status, then the event, then the routine or the packet. From the
//! status on the OVERLAPPED is the program's again, so nothing is read from it after the beginning.

use std::sync::atomic::{AtomicU64, Ordering};

use super::operation::Completion;
use super::side::Side;
use crate::descriptor::Waiting;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::apc::Apc;
use crate::kernel::event::Kept;
use crate::kernel::thread::{Call, Caller};
use crate::runtime::trace::{self, Operation};
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;
use crate::sys::{UserOverlapped, room};
use crate::windows::status;

/// A routine that is run at an operation's end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Routine {
    /// Calls it with the four words of [`Routine::words`].
    pub(crate) call: Call,
    /// Its address.
    pub(crate) address: usize,
}

/// What the four words are that a routine is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoutineCall {
    /// The routine.
    pub(crate) address: usize,
    /// Winsock's code, 0 after success.
    pub(crate) error: u32,
    /// The number of bytes.
    pub(crate) bytes: u32,
    /// The program's OVERLAPPED.
    pub(crate) overlapped: usize,
    /// What came of the flags.
    pub(crate) flags: u32,
}

impl RoutineCall {
    pub(crate) fn words(self) -> [usize; 4] {
        let pair = u64::from(self.error) << 32 | u64::from(self.bytes);
        [self.address, usize::try_from(pair).unwrap_or(0), self.overlapped, self.flags as usize]
    }

    /// The call behind the words.
    #[must_use]
    pub(crate) fn from_words([address, pair, overlapped, flags]: [usize; 4]) -> Self {
        let [a, b, c, d, e, f, g, h] = (pair as u64).to_le_bytes();
        let [i, j, k, l, ..] = (flags as u64).to_le_bytes();
        Self {
            address,
            error: u32::from_le_bytes([e, f, g, h]),
            bytes: u32::from_le_bytes([a, b, c, d]),
            overlapped,
            flags: u32::from_le_bytes([i, j, k, l]),
        }
    }
}

/// How the program wants to be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// Where.
    pub(crate) overlapped: UserOverlapped,
    /// And by which routine.
    pub(crate) routine: Option<Routine>,
    /// Not at all: the call is to end when the operation does.
    pub(crate) waits: bool,
}

/// Who is told beside the OVERLAPPED and the port.
enum Told {
    /// The event that it named.
    Event(Kept),
    /// Whoever waits for the socket's handle.
    Socket(Kept),
    /// The thread that began it.
    Routine(Routine),
}

/// An operation that has begun, as far as it is the same for all of them.
pub(super) struct Request {
    overlapped: UserOverlapped,
    side: Arc<Side>,
    caller: Caller,
    told: Told,
    /// OE6: the program does not want a packet.
    no_packet: bool,
    /// What the trace knows of it; nothing without a trace.
    traced: Option<Box<Operation>>,
}

/// OV15.
const ROUTINE_AND_PORT: Failure =
    WsaError::WSAEINVAL.because("a completion routine, and the socket belongs to a completion port");

const BAD_EVENT: Failure = WsaError::WSA_INVALID_HANDLE.because("hEvent is no event");

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for the operation");

impl Request {
    /// The same for a socket of blocking calls (OV11): nobody is told but the caller, by the event.
    pub(super) fn begin_blocking(
        side: &Arc<Side>,
        wish: Wish,
        name: &'static str,
    ) -> Result<(Self, Kept), Failure> {
        let event = Kept::new(true, false).map_err(|_| NO_MEMORY)?;
        let told = Told::Event(event.clone());
        Ok((Self::note(side, wish.overlapped, told, true, name)?, event))
    }

    fn note(
        side: &Arc<Side>,
        overlapped: UserOverlapped,
        told: Told,
        no_packet: bool,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let caller = Caller::begin(super::cancel::end_thread).map_err(|_| NO_MEMORY)?;
        overlapped.begin(status::PENDING);
        sanitizer::hands_over();
        if let Told::Event(event) | Told::Socket(event) = &told {
            event.reset();
        }
        // Without memory for it, it is not told of.
        let traced = trace::wanted().then(|| {
            let (socket, overlapped) = (side.fd().number(), overlapped.address());
            room::boxed(Operation { number: next_number(), name, socket, overlapped }).ok()
        });
        let traced = traced.flatten();
        if let Some(operation) = &traced {
            operation.begins();
        }
        Ok(Self { overlapped, side: Arc::clone(side), caller, told, no_packet, traced })
    }

    /// Begins: the status says that the operation has not ended, and the event is reset (OV3). `name` is the call's.
    ///
    /// # Errors
    /// `WSAEINVAL`: a routine, and the socket belongs to a port. `WSA_INVALID_HANDLE`: `hEvent` is no event. `WSAENOBUFS`.
    pub(super) fn begin(side: &Arc<Side>, wish: Wish, name: &'static str) -> Result<Self, Failure> {
        /// The bits of a handle that are the program's.
        const OWN_BITS: usize = 3;
        let overlapped = wish.overlapped;
        let (mut no_packet, mut event) = (false, None);
        match wish.routine {
            Some(_) if side.attached(|attached| attached.destination.is_some()) => {
                return Err(ROUTINE_AND_PORT);
            }
            // OE5: the program may keep anything in it.
            Some(_) => {}
            None => {
                let handle = overlapped.event();
                no_packet = handle & 1 != 0;
                if handle & !OWN_BITS != 0 {
                    event = Some(Kept::of(handle & !OWN_BITS).map_err(|_| BAD_EVENT)?);
                }
            }
        }
        let told = match (wish.routine, event) {
            (Some(routine), _) => Told::Routine(routine),
            (None, Some(event)) => Told::Event(event),
            (None, None) => Told::Socket(signal_of(side)?),
        };
        Self::note(side, overlapped, told, no_packet, name)
    }

    /// On which it was begun.
    pub(super) const fn side(&self) -> &Arc<Side> {
        &self.side
    }

    pub(super) fn overlapped(&self) -> usize {
        self.overlapped.address()
    }

    pub(super) fn thread(&self) -> u64 {
        self.caller.id()
    }

    /// OE16: begun without an event and without a routine.
    pub(super) fn is_bare(&self) -> bool {
        matches!(self.told, Told::Socket(_))
    }

    /// It could not begin after all, or failed at once: nobody is told (OV4).
    pub(super) fn drop_untold(self) {
        if let Some(operation) = &self.traced {
            operation.is_dropped();
        }
        self.caller.end();
    }

    /// Tells. `at_once`: the call that began it is not over yet. `flags` are for the routine.
    pub(super) fn tell(self, completion: Completion, at_once: bool, flags: u32) {
        let Completion { status, bytes } = completion;
        if let Some(operation) = &self.traced {
            operation.ends(status::to_winsock(status), bytes);
        }
        let Self { overlapped, side, caller, told, no_packet, .. } = self;
        let (destination, modes) = side.attached(|attached| (attached.destination.clone(), attached.modes));
        let address = overlapped.address();
        sanitizer::hands_over();
        overlapped.end(status, bytes);
        match told {
            Told::Routine(routine) => {
                let error = status::to_winsock(status).cast_unsigned();
                let call = RoutineCall { address: routine.address, error, bytes, overlapped: address, flags };
                caller.queue(Apc { call: routine.call, with: call.words() });
                caller.end();
                return;
            }
            Told::Event(event) => event.set().wake(),
            Told::Socket(_) if modes & super::association::SKIP_SET_EVENT_ON_HANDLE != 0 => {}
            Told::Socket(signal) => signal.set().wake(),
        }
        let skipped = at_once && modes & super::association::SKIP_ON_SUCCESS != 0;
        if let Some(destination) = destination
            && !no_packet
            && !skipped
        {
            destination.post(address, status, bytes);
        }
        caller.end();
    }
}

fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What stands for the socket's handle in a wait (OE4).
///
/// # Errors
/// `WSAENOBUFS`.
pub(super) fn signal_of(side: &Side) -> Result<Kept, Failure> {
    if let Some(signal) = side.attached(|attached| attached.signal.clone()) {
        return Ok(signal);
    }
    let new = Kept::new(true, false).map_err(|_| NO_MEMORY)?;
    Ok(side.attached(|attached| attached.signal.get_or_insert(new).clone()))
}

/// Has waits for the handles of sockets find their signals.
pub(crate) fn prepare_waits() {
    crate::kernel::find_signals_by(|fd| {
        if let Some(signal) = super::others::signal(fd) {
            return Some(signal);
        }
        if !crate::descriptor::facts::is_socket(fd) {
            return None;
        }
        let held = Waiting::hold(fd).ok()?;
        signal_of(&*Side::make(&held).ok()?).ok()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routine_gets_what_it_is_called_with() {
        let call = RoutineCall { address: 5, error: 10054, bytes: u32::MAX, overlapped: 7, flags: 0x8000 };
        assert_eq!(RoutineCall::from_words(call.words()), call);
    }
}
