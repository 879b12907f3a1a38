//! Completion ports: packets wait for threads, first in, first out; threads wait for packets, last in, first out
//! (CP6, CP7).
//!
//! A packet that is posted while a thread waits is handed to that thread and is never in the queue, so the port is
//! signalled only while there are packets that no thread takes (CP8).
//!
//! A port has a limit of threads that are to run at a time. A thread runs for a port from the packet that it took until it
//! asks for the next one, or waits in this library for something else. The limit holds for waking only: who asks while a
//! packet is there gets it, whatever the limit (CP28). A thread that sleeps in the kernel without this library cannot be seen,
//! so where the limit holds a packet back one of the waiting threads keeps watch, and takes it after a moment.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock};

use super::code::Code;
use super::driver;
use super::handle::{self, Target, inside};
use super::object::{Kind, NoMemory, Object, Signalled};
use super::rights;
use super::state::State;
use super::sync::{self, lock};
use super::thread::{self, Thread};
use super::wait::{self, Limit};
use super::waiter::{AGAIN, APC, STOP, TIMED_OUT, Waiter};
use crate::sys::event::clock;
use crate::sys::platform::environment;
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;

/// What a thread gets from a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The number that the socket was associated with, or that the program gave.
    pub key: usize,
    /// The operation's OVERLAPPED, or what the program gave in its place.
    pub overlapped: usize,
    /// How the operation has ended: an NTSTATUS.
    pub status: u32,
    /// The number of bytes.
    pub bytes: u32,
}

/// A completion port.
pub(crate) struct Port {
    object: Arc<Object>,
    inner: Mutex<Inner>,
}

/// What the lock guards.
struct Inner {
    packets: VecDeque<Packet>,
    /// The threads that wait, the last one last.
    waiting: Vec<Place>,
    /// Threads that have a packet of this port and have not come back.
    running: u32,
    limit: u32,
    /// The handles that are open.
    handles: usize,
    closed: bool,
    /// Since when the limit holds a packet back, and the thread that keeps watch over it.
    held_back: Option<(u64, u64)>,
    /// Of which process the numbers of threads are: a fork leaves the others behind.
    process: u64,
}

/// A thread that waits.
struct Place {
    waiter: Arc<Waiter>,
    /// What it was handed; its wait has ended then.
    packet: Option<Packet>,
}

/// How long a packet may be held back, in nanoseconds.
const HELD_BACK: u64 = 5_000_000;

/// How a wait for packets ended that brought none.
pub(super) const CLOSED: u32 = 1;

impl Port {
    /// A port without handles.
    ///
    /// # Errors
    /// `ERROR_NOT_ENOUGH_MEMORY`.
    pub(crate) fn new(limit: u32) -> Result<Arc<Self>, Code> {
        let limit = if limit == 0 { environment::processors() } else { limit };
        let port = Self {
            object: Arc::try_new(Object::new(State::Port { signalled: false }))?,
            inner: Mutex::new(Inner {
                packets: VecDeque::new(),
                waiting: Vec::new(),
                running: 0,
                limit,
                handles: 0,
                closed: false,
                held_back: None,
                process: sync::process(),
            }),
        };
        Ok(Arc::try_new(port)?)
    }

    pub(super) fn object(&self) -> &Arc<Object> {
        &self.object
    }

    /// The port behind a handle.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
    pub(crate) fn of(handle: usize) -> Result<Arc<Self>, Code> {
        handle::with(handle, Some(Kind::Port), rights::MODIFY_STATE, |target| match target {
            Target::Port(port) => Ok(Arc::clone(port)),
            _ => Err(Code::INVALID_HANDLE),
        })
    }

    /// One handle more; not after the last one was closed.
    pub(super) fn opened(&self) -> Result<(), Code> {
        let mut inner = self.lock();
        if inner.closed {
            return Err(Code::INVALID_HANDLE);
        }
        inner.handles = inner.handles.saturating_add(1);
        Ok(())
    }

    /// One less; with the last one the waiting threads are told (CP9), and packets go nowhere from then on.
    pub(super) fn closed(&self) {
        let _inside = inside();
        let (told, signalled, dropped);
        {
            let mut inner = self.lock();
            inner.handles = inner.handles.saturating_sub(1);
            if inner.handles > 0 || inner.closed {
                return;
            }
            inner.closed = true;
            dropped = std::mem::take(&mut inner.packets);
            told = inner.end_all();
            signalled = self.signal(true);
        }
        drop(dropped);
        wake(told);
        signalled.wake();
    }

    fn lock(&self) -> sync::MutexGuard<'_, Inner> {
        let mut inner = lock(&self.inner);
        inner.forget_other_processes();
        inner
    }

    /// Says by the object what the queue says, after a change.
    fn tell(&self, inner: &Inner, was_empty: bool) -> Signalled {
        if was_empty == inner.packets.is_empty() || inner.closed {
            return Signalled::default();
        }
        self.signal(was_empty)
    }

    fn signal(&self, on: bool) -> Signalled {
        let change = |state: &mut State| {
            if let State::Port { signalled } = state {
                *signalled = on;
            }
        };
        if on {
            return self.object.signal(change).1.settle();
        }
        self.object.change(change);
        Signalled::default()
    }

    /// Adds a packet. Whether there was memory for it; a closed port takes and drops it.
    pub(crate) fn post(&self, packet: Packet) -> bool {
        sanitizer::hands_over();
        let _inside = inside();
        let (woken, signalled);
        {
            let mut inner = self.lock();
            if inner.closed {
                return true;
            }
            if inner.packets.try_reserve(1).is_err() {
                return false;
            }
            let was_empty = inner.packets.is_empty();
            inner.packets.push_back(packet);
            woken = inner.hand_out();
            signalled = self.tell(&inner, was_empty);
        }
        wake(woken);
        signalled.wake();
        true
    }

    /// The calling thread, which ran for this port, does so no more.
    pub(super) fn leave(&self) {
        let _inside = inside();
        let woken = {
            let mut inner = self.lock();
            inner.running = inner.running.saturating_sub(1);
            self.hand_out(&mut inner)
        };
        wake(woken);
    }

    fn hand_out(&self, inner: &mut Inner) -> Vec<Arc<Waiter>> {
        let was_empty = inner.packets.is_empty();
        let woken = inner.hand_out();
        let _ = self.tell(inner, was_empty);
        woken
    }

    /// A thread goes that may have kept watch.
    fn end_watch(&self, thread: u64) {
        let _inside = inside();
        let woken = {
            let mut inner = self.lock();
            if inner.held_back.is_none_or(|(_, watcher)| watcher != thread) {
                return;
            }
            inner.held_back = None;
            self.hand_out(&mut inner)
        };
        wake(woken);
    }

    /// The calling thread runs again.
    pub(super) fn join(&self) {
        let _inside = inside();
        let mut inner = self.lock();
        inner.running = inner.running.saturating_add(1);
    }
}

fn wake(waiters: Vec<Arc<Waiter>>) {
    for waiter in waiters {
        waiter.wake();
    }
}

impl Inner {
    /// In a child of `fork` only the thread that forked is there.
    fn forget_other_processes(&mut self) {
        let process = sync::process();
        if self.process != process {
            self.process = process;
            self.running = 0;
            self.held_back = None;
            self.waiting.retain(|place| sync::is_of_this_process(place.waiter.thread()));
        }
    }

    /// Gives the packets to the threads that wait, the last one first, as far as the limit lets them run; who was given
    /// one is to be woken. Where the limit holds packets back one thread is told to keep watch.
    fn hand_out(&mut self) -> Vec<Arc<Waiter>> {
        let mut woken = Vec::new();
        let mut at = self.waiting.len();
        while let Some(next) = at.checked_sub(1) {
            at = next;
            let Some(packet) = self.packets.front().copied() else { break };
            let Some(place) = self.waiting.get_mut(at) else { break };
            if place.packet.is_some() {
                continue;
            }
            let waiter = Arc::clone(&place.waiter);
            if self.running < self.limit {
                // One whose wait has ended otherwise takes its place out by itself.
                if waiter.claim(0) {
                    driver::note_handed();
                    place.packet = Some(packet);
                    self.packets.pop_front();
                    self.running = self.running.saturating_add(1);
                    woken.push(waiter);
                }
            } else if self.held_back.is_none() {
                if waiter.claim(AGAIN) {
                    self.held_back = Some((clock::monotonic(), waiter.thread()));
                    woken.push(waiter);
                }
            } else {
                break;
            }
        }
        if self.packets.is_empty() {
            self.held_back = None;
        }
        woken
    }

    fn end_all(&mut self) -> Vec<Arc<Waiter>> {
        let waiting = self.waiting.iter().filter(|place| place.packet.is_none() && place.waiter.claim(AGAIN));
        waiting.map(|place| Arc::clone(&place.waiter)).collect()
    }

    /// When the thread that keeps watch may take what is held back; none for the others.
    fn watch_ends(&self, thread: u64) -> Option<u64> {
        let (since, watcher) = self.held_back?;
        (watcher == thread && self.running >= self.limit).then(|| since.saturating_add(HELD_BACK))
    }
}

/// A thread's wait for packets.
pub(super) struct Taking {
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
    pub(super) fn take(&self, thread: &Thread) -> Option<u32> {
        let port = &self.port;
        let mut inner = port.lock();
        if inner.closed {
            return Some(CLOSED);
        }
        if self.slept.get() && inner.watch_ends(thread.id()).is_some_and(|end| clock::monotonic() < end) {
            return None;
        }
        let first = inner.packets.pop_front()?;
        inner.running = inner.running.saturating_add(1);
        self.first.set(Some(first));
        self.take_others(&mut inner);
        if inner.held_back.is_some_and(|(_, watcher)| watcher == thread.id()) {
            // Somebody else keeps watch over the rest.
            inner.held_back = None;
            let woken = port.hand_out(&mut inner);
            drop(inner);
            wake(woken);
        }
        Some(0)
    }

    fn take_others(&self, inner: &mut Inner) {
        let mut others = self.others.borrow_mut();
        let more = self.most.saturating_sub(1).min(inner.packets.len());
        if others.try_reserve(more).is_ok() {
            others.extend(inner.packets.drain(..more));
        }
        if inner.packets.is_empty() {
            inner.held_back = None;
        }
        let _ = self.port.tell(inner, false);
    }

    pub(super) fn enlist(&self, waiter: &Arc<Waiter>) -> Result<(), NoMemory> {
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
    pub(super) fn leave(&self, waiter: &Arc<Waiter>) {
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
    pub(super) fn next_look(&self, thread: u64) -> Option<u64> {
        self.port.lock().watch_ends(thread)
    }
}

/// The status of a packet that says only when a thread takes it what it has to say: none of Windows'.
pub(crate) const TO_BE_RESOLVED: u32 = 0x2000_0001;

static RESOLVE: OnceLock<fn(Packet) -> Option<Packet>> = OnceLock::new();

/// Says what a packet is whose status is [`TO_BE_RESOLVED`]; nothing where it is to be passed over.
pub(crate) fn resolve_by(resolve: fn(Packet) -> Option<Packet>) {
    let _ = RESOLVE.set(resolve);
}

/// What the packets are that were taken; nothing where nothing is left of them.
fn resolved((first, mut others): (Packet, Vec<Packet>)) -> Option<(Packet, Vec<Packet>)> {
    let says_all = |packet: &Packet| packet.status != TO_BE_RESOLVED;
    if says_all(&first) && others.iter().all(says_all) {
        return Some((first, others));
    }
    let resolve = |packet: Packet| {
        if says_all(&packet) { Some(packet) } else { RESOLVE.get().and_then(|resolve| resolve(packet)) }
    };
    let first = resolve(first);
    others.retain_mut(|packet| resolve(*packet).map(|now| *packet = now).is_some());
    match first {
        Some(first) => Some((first, others)),
        None if others.is_empty() => None,
        None => Some((others.remove(0), others)),
    }
}

/// `CreateIoCompletionPort` without a socket: a handle to a new port.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub fn create(limit: u32) -> Result<usize, Code> {
    let port = Port::new(limit)?;
    port.opened()?;
    handle::insert_new(Target::Port(port), rights::all(Kind::Port), false)
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
            take(&port, most, milliseconds, alertable)
        };
        if matches!(taken, Err(Missed::Ends)) {
            wait::obey(STOP);
        }
        if let Some(taken) = resolved(taken?) {
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

/// Takes packets from a port that the library itself has.
///
/// # Errors
/// What came instead.
pub(crate) fn take(
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

/// `PostQueuedCompletionStatus`.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn post(handle: usize, packet: Packet) -> Result<(), Code> {
    if Port::of(handle)?.post(packet) { Ok(()) } else { Err(Code::NOT_ENOUGH_MEMORY) }
}
