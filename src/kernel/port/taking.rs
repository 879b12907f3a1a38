//! Taking packets: a thread's wait for them, and what a packet says that says it only when it is taken.

use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

use super::{Inner, Packet, Place, Port};
use crate::kernel::code::Code;
use crate::kernel::limit::Limit;
use crate::kernel::object::NoMemory;
use crate::kernel::thread::{self, Thread};
use crate::kernel::wait;
use crate::kernel::waiter::{AGAIN, APC, STOP, TIMED_OUT, Waiter};
use crate::sys::event::clock;
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;

/// How a wait for packets ended that brought none.
const CLOSED: u32 = 1;

/// A thread's wait for packets.
pub(in crate::kernel) struct Taking {
    port: Arc<Port>,
    /// The most packets that it takes.
    most: usize,
    first: Cell<Option<Packet>>,
    others: RefCell<Vec<Packet>>,
    /// It has been to sleep: then the limit counts for it.
    slept: Cell<bool>,
}

impl Taking {
    /// Takes what there is; that the port was closed is an outcome, too.
    pub(in crate::kernel) fn take(&self, thread: &Thread) -> Option<u32> {
        let port = &self.port;
        let mut inner = port.lock();
        if inner.closed {
            return Some(CLOSED);
        }
        if self.slept.get() && inner.watch_ends(thread.id()).is_some_and(|end| clock::monotonic() < end) {
            return None;
        }
        let first = inner.pop()?;
        inner.running = inner.running.saturating_add(1);
        self.first.set(Some(first));
        self.take_others(&mut inner);
        if inner.end_watch_of(thread.id()) {
            // Somebody else keeps watch over the rest.
            let handed = port.hand_out(&mut inner);
            drop(inner);
            port.wake(handed);
        }
        Some(0)
    }

    fn take_others(&self, inner: &mut Inner) {
        let mut others = self.others.borrow_mut();
        let more = self.most.saturating_sub(1).min(inner.packets.len());
        if others.try_reserve(more).is_ok() {
            others.extend(std::iter::from_fn(|| inner.pop()).take(more));
        }
        if inner.packets.is_empty() {
            inner.held_back = None;
        }
        let _ = self.port.tell(inner, false);
    }

    pub(in crate::kernel) fn enlist(&self, waiter: &Arc<Waiter>) -> Result<(), NoMemory> {
        self.slept.set(true);
        let mut inner = self.port.lock();
        let watches = inner.watch_ends(waiter.thread()).is_some();
        if inner.closed || (!inner.packets.is_empty() && !watches) {
            waiter.claim(AGAIN);
            return Ok(());
        }
        inner.waiting.try_reserve(1).map_err(|_| NoMemory)?;
        inner.waiting.push(Place { waiter: Arc::clone(waiter), packet: None });
        Ok(())
    }

    /// Ends the waiting; with what the thread was handed.
    pub(in crate::kernel) fn leave(&self, waiter: &Arc<Waiter>) {
        let mut inner = self.port.lock();
        let Some(at) = inner.waiting.iter().rposition(|place| Arc::ptr_eq(&place.waiter, waiter)) else {
            return;
        };
        let place = inner.waiting.remove(at);
        if let Some(packet) = place.packet {
            self.first.set(Some(packet));
            if !inner.packets.is_empty() {
                self.take_others(&mut inner);
            }
        }
    }

    /// When the thread has to look again though nobody wakes it.
    pub(in crate::kernel) fn next_look(&self, thread: u64) -> Option<u64> {
        self.port.lock().watch_ends(thread)
    }
}

/// The status of a packet that says only when a thread takes it what it has to say: none of Windows'.
pub(crate) const TO_BE_RESOLVED: u32 = 0x2000_0001;

/// Says what a packet of a port is.
type Resolve = fn(&Port, Packet) -> Option<Packet>;

static RESOLVE: OnceLock<Resolve> = OnceLock::new();

/// Says what a packet is whose status is [`TO_BE_RESOLVED`]; nothing where it is to be passed over.
pub(crate) fn resolve_by(resolve: Resolve) {
    let _ = RESOLVE.set(resolve);
}

/// What the packets are that were taken; nothing where nothing is left of them.
fn resolved(port: &Port, (first, mut others): (Packet, Vec<Packet>)) -> Option<(Packet, Vec<Packet>)> {
    let says_all = |packet: &Packet| packet.status != TO_BE_RESOLVED;
    if says_all(&first) && others.iter().all(says_all) {
        return Some((first, others));
    }
    let resolve = |packet: Packet| {
        if says_all(&packet) { Some(packet) } else { RESOLVE.get().and_then(|resolve| resolve(port, packet)) }
    };
    let first = resolve(first);
    others.retain_mut(|packet| resolve(*packet).map(|now| *packet = now).is_some());
    match first {
        Some(first) => Some((first, others)),
        None if others.is_empty() => None,
        None => Some((others.remove(0), others)),
    }
}

/// What became of asking a port for packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The arguments forbid it.
    Refused(Code),
    /// Nothing came in time.
    TimedOut,
    /// Routines have run.
    Interrupted,
    /// The port was closed.
    Abandoned,
    /// The thread is to end. C never sees it.
    Ends,
}

/// Takes a packet; waits for it so many milliseconds.
///
/// # Errors
/// What came instead.
pub fn get(handle: usize, milliseconds: u32) -> Result<Packet, Missed> {
    take_from(handle, 1, milliseconds, false).map(|(first, _)| first)
}

/// Takes as many packets as there are, at most so many; waits for the first.
///
/// # Errors
/// What came instead.
pub fn get_several(
    handle: usize,
    most: usize,
    milliseconds: u32,
    alertable: bool,
) -> Result<(Packet, Vec<Packet>), Missed> {
    if most == 0 {
        return Err(Missed::Refused(Code::INVALID_PARAMETER));
    }
    take_from(handle, most, milliseconds, alertable)
}

fn take_from(
    handle: usize,
    most: usize,
    milliseconds: u32,
    alertable: bool,
) -> Result<(Packet, Vec<Packet>), Missed> {
    let ends = RESOLVE.get().and_then(|_| end_of(milliseconds));
    let mut milliseconds = milliseconds;
    loop {
        let taken = {
            let port = Port::of(handle).map_err(Missed::Refused)?;
            take(&port, most, milliseconds, alertable).map(|taken| resolved(&port, taken))
        };
        if matches!(taken, Err(Missed::Ends)) {
            wait::obey(STOP);
        }
        if let Some(taken) = taken? {
            return Ok(taken);
        }
        if let Some(end) = ends {
            let left = end.saturating_sub(clock::monotonic()).div_ceil(1_000_000);
            milliseconds = u32::try_from(left).unwrap_or(milliseconds);
        }
    }
}

/// When a time is over that begins now; none for ever, and for no time at all.
fn end_of(milliseconds: u32) -> Option<u64> {
    let has_end = !matches!(milliseconds, 0 | wait::INFINITE);
    has_end.then(|| clock::monotonic().saturating_add(u64::from(milliseconds).saturating_mul(1_000_000)))
}

/// Takes packets from a port.
///
/// # Errors
/// What came instead.
fn take(
    port: &Arc<Port>,
    most: usize,
    milliseconds: u32,
    alertable: bool,
) -> Result<(Packet, Vec<Packet>), Missed> {
    thread::leave_port();
    let taking = Taking {
        port: Arc::clone(port),
        most,
        first: Cell::new(None),
        others: RefCell::new(Vec::new()),
        slept: Cell::new(false),
    };
    let outcome = wait::for_packets(&taking, Limit::new(milliseconds), alertable);
    if let Some(first) = taking.first.take() {
        sanitizer::takes_over();
        thread::note_port(port);
        return Ok((first, taking.others.into_inner()));
    }
    if taking.slept.get() {
        port.end_watch(thread::local_id());
    }
    Err(match outcome {
        Err(code) => Missed::Refused(code),
        Ok(TIMED_OUT) => Missed::TimedOut,
        Ok(APC) => Missed::Interrupted,
        Ok(STOP) => Missed::Ends,
        Ok(_) => Missed::Abandoned,
    })
}
