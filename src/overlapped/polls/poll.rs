//! One poll: what it waits for and how its end is told, once. Whoever claims it tells: the call that began it, the reactor, a
//! closing, one who cancels it, its time.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use super::conditions::Holds;
use super::owner::Owner;
use crate::kernel::apc::Apc;
use crate::kernel::device::Going;
use crate::kernel::event::Kept;
use crate::kernel::pool::{self, Of};
use crate::kernel::thread::Caller;
use crate::overlapped::association::{SKIP_ON_SUCCESS, SKIP_SET_EVENT_ON_HANDLE};
use crate::overlapped::request::Routine;
use crate::overlapped::table;
use crate::runtime::trace::{self, Operation};
use crate::sys::process::sanitizer;
use crate::sys::{UserArea, UserStatusBlock};
use crate::windows::status;

/// The bytes before the list of sockets, and of each entry.
pub(crate) const HEAD: usize = 16;
pub(crate) const ENTRY: usize = 16;

/// A socket of a poll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Polled {
    /// As the program has it.
    pub(super) handle: usize,
    /// The reactor's number.
    pub(super) number: u64,
}

/// Where and how the program is told.
pub(super) struct Told {
    /// Where the results go.
    pub(super) area: UserArea,
    /// The eight bytes before the number of results, and the four behind it: they stay what they were.
    pub(super) head: ([u8; 8], [u8; 4]),
    pub(super) block: UserStatusBlock,
    /// The event that was named.
    pub(super) event: Option<Kept>,
    pub(super) routine: Option<Routine>,
    /// For the routine or the packet.
    pub(super) context: usize,
}

/// A poll.
pub(in crate::overlapped) struct Poll {
    pub(super) serial: u64,
    pub(super) exclusive: bool,
    pub(super) owner: Owner,
    pub(super) sockets: Vec<Polled>,
    pub(super) told: Told,
    pub(super) caller: Caller,
    /// What stands for the handle in a wait.
    pub(super) signal: Kept,
    /// The library's own, where the call waits for the end.
    pub(super) done: Option<Kept>,
    /// Somebody tells of its end, or has.
    claimed: AtomicBool,
    /// The timer that ends it; 0 for none yet, [`NO_MORE`] after the end.
    timer: AtomicUsize,
    /// The status with which it has ended.
    outcome: AtomicU32,
    traced: Option<Operation>,
}

const NO_MORE: usize = usize::MAX;

/// How a poll ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End<'a> {
    /// These of its sockets are ready, by their places.
    Ready(&'a [(usize, Holds)]),
    /// None is: its time was 0, or another poll took its place.
    Nothing,
    /// Its time has passed.
    TimedOut,
    /// It was cancelled.
    Cancelled,
}

/// The number of a new poll, never 0.
fn next_serial() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Poll {
    pub(super) fn new(
        owner: Owner,
        exclusive: bool,
        sockets: Vec<Polled>,
        told: Told,
        caller: Caller,
        (signal, done): (Kept, Option<Kept>),
    ) -> Self {
        let serial = next_serial();
        let traced = trace::wanted().then(|| Operation {
            number: serial,
            name: "NtDeviceIoControlFile",
            socket: sockets.first().and_then(|one| i32::try_from(one.handle).ok()).unwrap_or(-1),
            overlapped: told.block.address(),
        });
        Self {
            serial,
            exclusive,
            owner,
            sockets,
            told,
            caller,
            signal,
            done,
            claimed: AtomicBool::new(false),
            timer: AtomicUsize::new(0),
            outcome: AtomicU32::new(status::PENDING),
            traced,
        }
    }

    pub(in crate::overlapped) const fn serial(&self) -> u64 {
        self.serial
    }

    pub(in crate::overlapped) const fn is_exclusive(&self) -> bool {
        self.exclusive
    }

    pub(super) fn thread(&self) -> u64 {
        self.caller.id()
    }

    /// Begun without an event and without a routine (OE16).
    pub(super) const fn is_bare(&self) -> bool {
        self.told.event.is_none() && self.told.routine.is_none()
    }

    /// By what it is found.
    pub(super) fn going(&self) -> Going {
        Going {
            serial: self.serial,
            block: self.told.block.address(),
            thread: self.thread(),
            socket: self.sockets.first().map_or(0, |one| one.number),
        }
    }

    /// Begins.
    pub(super) fn begins(&self) {
        self.signal.reset();
        if let Some(event) = &self.told.event {
            event.reset();
        }
        if let Some(operation) = &self.traced {
            operation.begins();
        }
    }

    /// Whether the caller is the one to tell of its end.
    pub(super) fn claim(&self) -> bool {
        !self.claimed.swap(true, Ordering::AcqRel)
    }

    /// The status with which it has ended.
    pub(super) fn outcome(&self) -> u32 {
        self.outcome.load(Ordering::Acquire)
    }

    pub(super) fn is_claimed(&self) -> bool {
        self.claimed.load(Ordering::Acquire)
    }

    /// It has a timer. `false`: it has ended, and the timer is of no use.
    pub(super) fn has_timer(&self, timer: usize) -> bool {
        self.timer.compare_exchange(0, timer, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Whether that is its timer.
    pub(super) fn is_timed_by(&self, timer: usize) -> bool {
        self.timer.load(Ordering::Acquire) == timer
    }

    /// No socket knows it any more.
    pub(super) fn leave(&self) {
        for socket in &self.sockets {
            if let Some(side) = table::find_by(socket.number) {
                side.forget_poll(self.serial);
            }
        }
    }

    fn end_timer(&self) {
        let timer = self.timer.swap(NO_MORE, Ordering::AcqRel);
        if timer != 0 && timer != NO_MORE {
            pool::close(timer, Of::Timer);
        }
    }

    /// It could not begin after all: nobody is told but the caller, who has claimed it.
    pub(super) fn withdraw(&self) {
        self.leave();
        self.end_timer();
        if let Some(operation) = &self.traced {
            operation.is_dropped();
        }
        self.owner.ends(self.serial);
        self.caller.end();
    }

    /// Writes what it has found; how many bytes.
    fn answer(&self, ready: &[(usize, Holds)]) -> usize {
        let (before, behind) = self.told.head;
        let count = u32::try_from(ready.len()).unwrap_or(u32::MAX);
        let mut written = self.told.area.put(0, &before)
            && self.told.area.put(8, &count.to_le_bytes())
            && self.told.area.put(12, &behind);
        let mut at = HEAD;
        for (place, holds) in ready {
            let handle = self.sockets.get(*place).map_or(0, |socket| socket.handle);
            let [a, b, c, d] = holds.events.to_le_bytes();
            let [e, f, g, h] = holds.status.to_le_bytes();
            written = written
                && self.told.area.put(at, &handle.to_le_bytes())
                && self.told.area.put(at + 8, &[a, b, c, d, e, f, g, h]);
            at += ENTRY;
        }
        // There is room: the list that came in was no shorter.
        if written { at } else { 0 }
    }

    /// Tells of its end, which the caller has claimed, and gives the status. `at_once`: the call that began it is not over yet. No
    /// lock is held.
    pub(super) fn tell(&self, end: End<'_>, at_once: bool) -> u32 {
        self.leave();
        self.end_timer();
        let (status, information) = match end {
            End::Ready(ready) => (status::SUCCESS, self.answer(ready)),
            End::Nothing => (status::SUCCESS, self.answer(&[])),
            End::TimedOut => (status::TIMEOUT, self.answer(&[])),
            End::Cancelled => (status::STATUS_CANCELLED, 0),
        };
        let bytes = u32::try_from(information).unwrap_or(u32::MAX);
        if let Some(operation) = &self.traced {
            operation.ends(status::to_winsock(status), bytes);
        }
        let (destination, modes) = self.owner.destination();
        sanitizer::hands_over();
        self.told.block.end(status, information);
        match &self.told.event {
            Some(event) => event.set().wake(),
            None if modes & SKIP_SET_EVENT_ON_HANDLE != 0 => {}
            None => self.signal.set().wake(),
        }
        let skipped = at_once && modes & SKIP_ON_SUCCESS != 0;
        if let Some(routine) = self.told.routine {
            let with = [routine.address, self.told.context, self.told.block.address(), 0];
            self.caller.queue(Apc { call: routine.call, with });
        } else if let Some(destination) = destination
            && self.told.context != 0
            && !skipped
        {
            destination.post(self.told.context, status, bytes);
        }
        // Last: who cancels it waits for this.
        self.owner.ends(self.serial);
        self.caller.end();
        self.outcome.store(status, Ordering::Release);
        if let Some(done) = &self.done {
            done.set().wake();
        }
        status
    }
}
