//! What all operations on sockets have in common from their beginning to their end: how the program wants to be told, the codes
//! of what it may not ask for, and the trace. How the end is told: `ending`.

use std::sync::atomic::{AtomicU64, Ordering};

use super::ending::{End, Ending, Listeners, Manner, Place, Refusal};
use super::operation::Completion;
use super::side::Side;
use crate::descriptor::Waiting;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::kernel::thread::Call;
use crate::runtime::trace::{self, Operation};
use crate::sys::shared::Arc;
use crate::sys::{UserOverlapped, UserStatusBlock, room};
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

/// How the program wants to be told by Windows' driver.
pub(crate) struct DriverEnd {
    /// Where.
    pub(crate) block: UserStatusBlock,
    /// By which event.
    pub(crate) event: Option<Kept>,
    /// And by which routine.
    pub(crate) routine: Option<Routine>,
    /// For the routine, or in the OVERLAPPED's place of the packet; 0: no packet.
    pub(crate) context: usize,
}

/// An operation on a socket that has begun, as far as it is the same for all of them.
pub(super) struct Request {
    ending: Ending,
    side: Arc<Side>,
    /// What a routine is called with that Windows' driver has been given.
    context: Option<usize>,
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
        let listeners = Listeners::only(event.clone());
        Ok((Self::note(side, Place::Overlapped(wish.overlapped), listeners, name)?, event))
    }

    fn note(
        side: &Arc<Side>,
        place: Place,
        listeners: Listeners,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let request = Self::note_only(side, place, listeners, name)?;
        request.ending.begins();
        Ok(request)
    }

    fn note_only(
        side: &Arc<Side>,
        place: Place,
        listeners: Listeners,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let ending = Ending::new(place, listeners).map_err(|_| NO_MEMORY)?;
        // Without memory for it, it is not told of.
        let traced = trace::wanted().then(|| {
            let (socket, overlapped) = (side.fd().number(), ending.address());
            room::boxed(Operation { number: next_number(), name, socket, overlapped }).ok()
        });
        let traced = traced.flatten();
        if let Some(operation) = &traced {
            operation.begins();
        }
        Ok(Self { ending, side: Arc::clone(side), context: None, traced })
    }

    /// Begins: the status says that the operation has not ended, and the event is reset (OV3). `name` is the call's.
    ///
    /// # Errors
    /// `WSAEINVAL`: a routine, and the socket belongs to a port. `WSA_INVALID_HANDLE`: `hEvent` is no event. `WSAENOBUFS`.
    pub(super) fn begin(side: &Arc<Side>, wish: Wish, name: &'static str) -> Result<Self, Failure> {
        Self::note(side, Place::Overlapped(wish.overlapped), Self::listeners(side, wish)?, name)
    }

    /// The same for a call that ends before it returns: the OVERLAPPED says nothing before that (OV6).
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub(super) fn begin_at_once(side: &Arc<Side>, wish: Wish, name: &'static str) -> Result<Self, Failure> {
        Self::note_only(side, Place::Overlapped(wish.overlapped), Self::listeners(side, wish)?, name)
    }

    fn listeners(side: &Arc<Side>, wish: Wish) -> Result<Listeners, Failure> {
        let has_port = || side.attached(|attached| attached.destination.is_some());
        let signal = || signal_of(side).map_err(|_| Code::NOT_ENOUGH_MEMORY);
        Listeners::of(&wish, has_port, signal).map_err(|refusal| match refusal {
            Refusal::RoutineAndPort => ROUTINE_AND_PORT,
            Refusal::Event(_) => BAD_EVENT,
            Refusal::Memory(_) => NO_MEMORY,
        })
    }

    /// The same for what Windows' driver is asked for: the status block says nothing before the end.
    ///
    /// # Errors
    /// `WSAEINVAL`: a routine, and the socket belongs to a port. `WSAENOBUFS`.
    pub(super) fn begin_for_driver(
        side: &Arc<Side>,
        ends: DriverEnd,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let DriverEnd { block, event, routine, context } = ends;
        if routine.is_some() && side.attached(|attached| attached.destination.is_some()) {
            return Err(ROUTINE_AND_PORT);
        }
        let signal = if event.is_none() { Some(signal_of(side)?) } else { None };
        let listeners = Listeners { event, signal, routine, packet: context };
        let request = Self::note(side, Place::Block(block), listeners, name)?;
        Ok(Self { context: Some(context), ..request })
    }

    /// On which it was begun.
    pub(super) const fn side(&self) -> &Arc<Side> {
        &self.side
    }

    pub(super) fn overlapped(&self) -> usize {
        self.ending.address()
    }

    pub(super) fn thread(&self) -> u64 {
        self.ending.thread()
    }

    /// OE16: begun without an event and without a routine.
    pub(super) const fn is_bare(&self) -> bool {
        self.ending.is_bare()
    }

    /// It could not begin after all, or failed at once: nobody is told (OV4).
    pub(super) fn drop_untold(self) {
        if let Some(operation) = &self.traced {
            operation.is_dropped();
        }
        self.ending.is_dropped();
    }

    /// Tells. `at_once`: the call that began it is not over yet. `flags` are for the routine.
    pub(super) fn tell(self, completion: Completion, at_once: bool, flags: u32) {
        let Completion { status, bytes } = completion;
        let error = status::to_winsock(status);
        if let Some(operation) = &self.traced {
            operation.ends(error, bytes);
        }
        let manner = self
            .side
            .attached(|attached| Manner { destination: attached.destination.clone(), modes: attached.modes });
        let information = usize::try_from(bytes).unwrap_or(usize::MAX);
        let overlapped = self.overlapped();
        self.ending.tell(End { status, information, at_once }, manner, |routine| {
            if let Some(context) = self.context {
                return [routine.address, context, overlapped, 0];
            }
            let error = error.cast_unsigned();
            RoutineCall { address: routine.address, error, bytes, overlapped, flags }.words()
        });
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
