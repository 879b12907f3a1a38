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

mod taking;

use std::collections::VecDeque;
use std::sync::Mutex;

use super::code::Code;
use super::driver;
use super::handle::{self, Target, inside};
use super::object::{Kind, Object, Signalled};
use super::rights;
use super::state::State;
use super::sync::{self, lock};
use super::waiter::{AGAIN, Waiter};
use crate::sys::event::clock;
use crate::sys::platform::environment;
use crate::sys::process::sanitizer;
use crate::sys::shared::Arc;
pub(super) use taking::Taking;
pub use taking::{Missed, get, get_several};
pub(crate) use taking::{TO_BE_RESOLVED, resolve_by};

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
    /// Packets to come for which room is kept beside those that are there.
    promised: usize,
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
                promised: 0,
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
        let signalled = {
            let _inside = inside();
            let (signalled, dropped);
            {
                let mut inner = self.lock();
                inner.handles = inner.handles.saturating_sub(1);
                if inner.handles > 0 || inner.closed {
                    return;
                }
                inner.closed = true;
                dropped = std::mem::take(&mut inner.packets);
                signalled = self.signal(true);
            }
            drop(dropped);
            loop {
                let Some(told) = self.lock().end_next() else { break };
                told.wake();
            }
            signalled
        };
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
        let signalled = {
            let _inside = inside();
            let Some((handed, signalled)) = self.put(packet) else { return false };
            self.wake(handed);
            signalled
        };
        signalled.wake();
        true
    }

    /// Adds a packet, with a lock that may be held while an object's is; none without memory.
    pub(crate) fn add(this: &Arc<Self>, packet: Packet) -> Option<Added> {
        let _inside = inside();
        let (handed, signalled) = this.put(packet)?;
        Some(Added { port: Arc::clone(this), handed, signalled })
    }

    fn put(&self, packet: Packet) -> Option<(Handed, Signalled)> {
        sanitizer::hands_over();
        let mut inner = self.lock();
        if inner.closed {
            return Some((Handed::default(), Signalled::default()));
        }
        let promised = inner.promised.saturating_sub(usize::from(packet.status == TO_BE_RESOLVED));
        inner.packets.try_reserve(promised.saturating_add(1)).ok()?;
        inner.promised = promised;
        let was_empty = inner.packets.is_empty();
        inner.packets.push_back(packet);
        let handed = inner.hand_out();
        let signalled = self.tell(&inner, was_empty);
        Some((handed, signalled))
    }

    /// Keeps room for a packet whose status will be [`TO_BE_RESOLVED`]: to add it will need no memory, nor will it when it was
    /// taken and is added anew. Whether there is room.
    pub(crate) fn promise(&self) -> bool {
        let _inside = inside();
        let mut inner = self.lock();
        let promised = inner.promised.saturating_add(1);
        let has_room = inner.packets.try_reserve(promised).is_ok();
        if has_room {
            inner.promised = promised;
        }
        has_room
    }

    /// Such a packet will not come any more; none is there.
    pub(crate) fn take_promise_back(&self) {
        let _inside = inside();
        let mut inner = self.lock();
        inner.promised = inner.promised.saturating_sub(1);
    }

    /// Whether a packet is there whose status is [`TO_BE_RESOLVED`], with this in the OVERLAPPED's place.
    pub(crate) fn has_to_resolve(&self, overlapped: usize) -> bool {
        let _inside = inside();
        let is_it = |packet: &Packet| packet.status == TO_BE_RESOLVED && packet.overlapped == overlapped;
        self.lock().packets.iter().any(is_it)
    }

    /// The calling thread, which ran for this port, does so no more.
    pub(super) fn leave(&self) {
        let _inside = inside();
        let handed = {
            let mut inner = self.lock();
            inner.running = inner.running.saturating_sub(1);
            self.hand_out(&mut inner)
        };
        self.wake(handed);
    }

    fn hand_out(&self, inner: &mut Inner) -> Handed {
        let was_empty = inner.packets.is_empty();
        let handed = inner.hand_out();
        let _ = self.tell(inner, was_empty);
        handed
    }

    /// Wakes who was handed something, and hands out the rest. Without the lock.
    fn wake(&self, mut handed: Handed) {
        while let Some(waiter) = handed.to.take() {
            waiter.wake();
            if handed.goes_on {
                handed = self.hand_out(&mut self.lock());
            }
        }
    }

    /// A thread goes that may have kept watch.
    fn end_watch(&self, thread: u64) {
        let _inside = inside();
        let handed = {
            let mut inner = self.lock();
            if !inner.end_watch_of(thread) {
                return;
            }
            self.hand_out(&mut inner)
        };
        self.wake(handed);
    }

    /// The calling thread runs again.
    pub(super) fn join(&self) {
        let _inside = inside();
        let mut inner = self.lock();
        inner.running = inner.running.saturating_add(1);
    }
}

/// A packet that was added; its taker sleeps still.
#[must_use = "nobody is woken until this is done"]
pub(crate) struct Added {
    port: Arc<Port>,
    handed: Handed,
    signalled: Signalled,
}

impl Added {
    /// Wakes the one who takes it. Without a lock.
    pub(crate) fn finish(self) {
        {
            let _inside = inside();
            self.port.wake(self.handed);
        }
        self.signalled.wake();
    }
}

/// Who was handed a packet, or is to look again: to be woken without the lock. No list of all of them, which would take memory.
#[derive(Default)]
#[must_use = "it sleeps until it is woken"]
struct Handed {
    to: Option<Arc<Waiter>>,
    /// There may be more to hand out.
    goes_on: bool,
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

    /// Takes a packet.
    fn pop(&mut self) -> Option<Packet> {
        let packet = self.packets.pop_front()?;
        // Its room is kept for the next one.
        self.promised = self.promised.saturating_add(usize::from(packet.status == TO_BE_RESOLVED));
        Some(packet)
    }

    /// Gives the next packet to a thread that waits, the last one first, if the limit lets it run; who was given one is to be
    /// woken. Where the limit holds packets back one thread is told to keep watch.
    fn hand_out(&mut self) -> Handed {
        let mut to = None;
        let mut at = self.waiting.len();
        while let Some(next) = at.checked_sub(1) {
            at = next;
            if self.packets.is_empty() {
                break;
            }
            let has_room = self.running < self.limit;
            if !has_room && self.held_back.is_some() {
                break;
            }
            let Some(place) = self.waiting.get_mut(at) else { break };
            // One whose wait has ended otherwise takes its place out by itself.
            if place.packet.is_some() || !place.waiter.claim(if has_room { 0 } else { AGAIN }) {
                continue;
            }
            let waiter = Arc::clone(&place.waiter);
            if has_room {
                let packet = self.pop();
                if let Some(place) = self.waiting.get_mut(at) {
                    place.packet = packet;
                }
                self.running = self.running.saturating_add(1);
                // The one that kept watch does so no more: somebody else is to.
                self.end_watch_of(waiter.thread());
                driver::note_handed();
            } else {
                self.held_back = Some((clock::monotonic(), waiter.thread()));
            }
            to = Some(waiter);
            break;
        }
        if self.packets.is_empty() {
            self.held_back = None;
        }
        Handed { goes_on: to.is_some() && !self.packets.is_empty(), to }
    }

    /// If this thread keeps watch, nobody does from now on. Whether it did.
    fn end_watch_of(&mut self, thread: u64) -> bool {
        let watches = self.held_back.is_some_and(|(_, watcher)| watcher == thread);
        if watches {
            self.held_back = None;
        }
        watches
    }

    /// The next of the waiting threads that is to learn that the port was closed.
    fn end_next(&self) -> Option<Arc<Waiter>> {
        let mut waiting = self.waiting.iter();
        let next = waiting.find(|place| place.packet.is_none() && place.waiter.claim(AGAIN));
        next.map(|place| Arc::clone(&place.waiter))
    }

    /// When the thread that keeps watch may take what is held back; none for the others.
    fn watch_ends(&self, thread: u64) -> Option<u64> {
        let (since, watcher) = self.held_back?;
        (watcher == thread && self.running >= self.limit).then(|| since.saturating_add(HELD_BACK))
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

/// `PostQueuedCompletionStatus`.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn post(handle: usize, packet: Packet) -> Result<(), Code> {
    if Port::of(handle)?.post(packet) { Ok(()) } else { Err(Code::NOT_ENOUGH_MEMORY) }
}
