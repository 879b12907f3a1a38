//! One poll: what it waits for and how its end is told, once. Whoever claims it tells: the call that began it, the reactor, a
//! closing, one who cancels it, its time.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use super::conditions::Holds;
use super::owner::Owner;
use crate::kernel::device::Going;
use crate::kernel::event::Kept;
use crate::kernel::pool::{self, Of};
use crate::overlapped::ending::{self, Ending};
use crate::overlapped::table;
use crate::runtime::trace::{self, Operation};
use crate::sys::UserArea;
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

/// Where the results go.
pub(super) struct Results {
    pub(super) area: UserArea,
    /// The eight bytes before the number of results, and the four behind it: they stay what they were.
    pub(super) head: ([u8; 8], [u8; 4]),
}

/// A poll.
pub(in crate::overlapped) struct Poll {
    pub(super) serial: u64,
    pub(super) exclusive: bool,
    pub(super) owner: Owner,
    pub(super) sockets: Vec<Polled>,
    results: Results,
    ending: Ending,
    /// For the routine.
    context: usize,
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
        results: Results,
        (ending, context): (Ending, usize),
        done: Option<Kept>,
    ) -> Self {
        let serial = next_serial();
        let traced = trace::wanted().then(|| Operation {
            number: serial,
            name: "NtDeviceIoControlFile",
            socket: sockets.first().and_then(|one| i32::try_from(one.handle).ok()).unwrap_or(-1),
            overlapped: ending.address(),
        });
        Self {
            serial,
            exclusive,
            owner,
            sockets,
            results,
            ending,
            context,
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
        self.ending.thread()
    }

    /// Begun without an event and without a routine (OE16).
    pub(super) const fn is_bare(&self) -> bool {
        self.ending.is_bare()
    }

    /// By what it is found.
    pub(super) fn going(&self) -> Going {
        Going {
            serial: self.serial,
            block: self.ending.address(),
            thread: self.thread(),
            socket: self.sockets.first().map_or(0, |one| one.number),
        }
    }

    /// Begins.
    pub(super) fn begins(&self) {
        self.ending.begins();
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
        self.ending.is_dropped();
    }

    /// Its handle does not take it: it has not begun.
    pub(super) fn is_refused(&self) {
        self.ending.is_dropped();
    }

    /// Writes what it has found; how many bytes.
    fn answer(&self, ready: &[(usize, Holds)]) -> usize {
        let (before, behind) = self.results.head;
        let count = u32::try_from(ready.len()).unwrap_or(u32::MAX);
        let mut written = self.results.area.put(0, &before)
            && self.results.area.put(8, &count.to_le_bytes())
            && self.results.area.put(12, &behind);
        let mut at = HEAD;
        for (place, holds) in ready {
            let handle = self.sockets.get(*place).map_or(0, |socket| socket.handle);
            let [a, b, c, d] = holds.events.to_le_bytes();
            let [e, f, g, h] = holds.status.to_le_bytes();
            written = written
                && self.results.area.put(at, &handle.to_le_bytes())
                && self.results.area.put(at + 8, &[a, b, c, d, e, f, g, h]);
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
        let manner = self.owner.manner();
        self.ending.tell(ending::End { status, information, at_once }, manner, |routine| {
            [routine.address, self.context, self.ending.address(), 0]
        });
        // Last: who cancels it waits for this.
        self.owner.ends(self.serial);
        self.outcome.store(status, Ordering::Release);
        if let Some(done) = &self.done {
            done.set().wake();
        }
        status
    }
}
