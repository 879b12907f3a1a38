//! Calls that wait on many descriptors at once, and the closings that end them.
//!
//! Such a call does not enter the slot of each of its descriptors, which would cost more than waiting does.
//! It leaves one list here, and whoever closes a descriptor looks through the lists of those that wait now.
//! Afterwards the call can tell which of its descriptors were closed.

use std::sync::atomic::{AtomicU32, Ordering};

use super::alarm;
use super::facts::{self, Facts, Seen};
use super::waiting::{CLOSED, Evicted};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::runtime::startup;
use crate::sys::Fd;
use crate::sys::event::futex;
use crate::sys::process::fork::InChild;
use crate::sys::process::thread;

/// A call that waits.
#[derive(Debug)]
struct Watch {
    number: u64,
    thread: usize,
    fds: Vec<Fd>,
    /// Those of its descriptors that were closed, or are being closed, by their place in `fds`.
    closed: Vec<bool>,
    /// Some of them is.
    touched: bool,
    /// The last `WSACleanup` has come.
    ended: bool,
    /// For so many closings the alarm is raised until this call has left.
    alarmed: u32,
}

/// Everything under the one lock.
#[derive(Debug)]
pub(super) struct List {
    watches: Vec<Watch>,
    next: u64,
}

static LIST: Lock<List> = Lock::new(Rank::Watches, List { watches: Vec::new(), next: 0 });

/// Where closings wait until calls have left.
static LEFT: AtomicU32 = AtomicU32::new(0);

/// A call that waits on several descriptors, none of which is let go before this is dropped.
#[derive(Debug)]
pub struct Watching {
    number: u64,
    left: bool,
}

/// Registers a call that waits on several descriptors and began at `began`. From here on no closing is missed, and
/// those since the call began count, too.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn watch(fds: Vec<Fd>, began: u64) -> Result<Watching, Failure> {
    const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory to wait with");
    let mut closed = Vec::new();
    closed.try_reserve_exact(fds.len()).map_err(|_| NO_MEMORY)?;
    let mut list = LIST.take();
    closed.extend(fds.iter().map(|fd| is_lost(facts::seen(*fd), began)));
    let touched = closed.contains(&true);
    // After the word says "at rest", WSACleanup comes here for every watch that is in the list.
    let ended = !startup::mode().is_started();
    let number = list.next;
    list.next += 1;
    list.watches.try_reserve(1).map_err(|_| NO_MEMORY)?;
    list.watches.push(Watch { number, thread: thread::current(), fds, closed, touched, ended, alarmed: 0 });
    Ok(Watching { number, left: false })
}

/// Whether a descriptor was closed since a call began, or is being closed.
fn is_lost(seen: Seen, began: u64) -> bool {
    seen.closing() > began || seen.has(Facts::CLOSING)
}

impl Watching {
    /// Which of the call's descriptors were closed, or are about to be, by their place; none if none was.
    ///
    /// # Errors
    /// `WSAEINTR` after the last `WSACleanup`.
    pub fn closed<T>(&self, look: impl FnOnce(&[bool]) -> T) -> Result<Option<T>, Failure> {
        let list = LIST.take();
        match list.watches.iter().find(|watch| watch.number == self.number) {
            Some(watch) if !watch.ended => Ok(watch.touched.then(|| look(&watch.closed))),
            _ => Err(CLOSED),
        }
    }

    /// After the alarm's entry has told of something, and [`Self::closed`] of nothing: waits until it is over.
    pub fn pass(&self, seen: u32, deadline: Option<u64>) {
        alarm::pass(seen, deadline);
    }

    /// To be read before [`Self::closed`] is asked, and handed to [`Self::pass`].
    #[must_use]
    pub fn changes(&self) -> u32 {
        alarm::changes()
    }

    /// Ends the registration and gives the list of descriptors back.
    #[must_use]
    pub fn end(mut self) -> Vec<Fd> {
        self.leave()
    }

    fn leave(&mut self) -> Vec<Fd> {
        if std::mem::replace(&mut self.left, true) {
            return Vec::new();
        }
        let watch = {
            let mut list = LIST.take();
            let at = list.watches.iter().position(|watch| watch.number == self.number);
            at.map(|at| list.watches.swap_remove(at))
        };
        let Some(watch) = watch else { return Vec::new() };
        (0..watch.alarmed).for_each(|_| alarm::lower());
        if watch.touched || watch.ended {
            LEFT.fetch_add(1, Ordering::Release);
            futex::wake(&LEFT, u32::MAX);
        }
        watch.fds
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.leave();
    }
}

/// The calling thread is going to close a descriptor: marks the calls that wait on it.
pub(super) fn closing_begins(fd: Fd) -> Evicted {
    let own = thread::current();
    let mut evicted = Evicted { others: false, own: 0 };
    let mut list = LIST.take();
    for watch in &mut list.watches {
        let Some(at) = watch.fds.iter().position(|other| *other == fd) else { continue };
        if let Some(closed) = watch.closed.get_mut(at) {
            *closed = true;
        }
        watch.touched = true;
        if watch.thread == own {
            watch.alarmed += 1;
            evicted.own += 1;
        } else {
            evicted.others = true;
        }
    }
    evicted
}

fn is_held(list: &List, fd: Fd) -> bool {
    let own = thread::current();
    let held = |watch: &Watch| watch.thread != own && watch.touched && watch.fds.contains(&fd);
    list.watches.iter().any(held)
}

/// Waits until no call of another thread waits on a descriptor that is being closed.
pub(super) fn wait_until_left(fd: Fd) {
    wait_while(|list| is_held(list, fd));
}

fn wait_while(held: impl Fn(&List) -> bool) {
    loop {
        let seen = LEFT.load(Ordering::Acquire);
        if !held(&LIST.take()) {
            return;
        }
        futex::wait(&LEFT, seen, None);
    }
}

/// Ends every wait, for the last `WSACleanup`; how many are the calling thread's own.
pub(super) fn end_all() -> u32 {
    let own = thread::current();
    let mut interrupted = 0;
    let mut list = LIST.take();
    for watch in &mut list.watches {
        watch.ended = true;
        if watch.thread == own {
            watch.alarmed += 1;
            interrupted += 1;
        }
    }
    interrupted
}

/// Waits until the calls of other threads that were ended have left.
pub(super) fn wait_until_all_left() {
    let own = thread::current();
    let held = |list: &List| list.watches.iter().any(|watch| watch.ended && watch.thread != own);
    if held(&LIST.take()) {
        alarm::raise();
        wait_while(held);
        alarm::lower();
    }
}

/// Takes the lock for `fork`.
pub(super) fn hold() -> Option<Guard<List>> {
    LIST.take_for_fork()
}

/// In a child: no thread of this process waits or closes.
pub(super) fn in_child(held: Option<Guard<List>>, child: InChild) {
    match held {
        Some(mut list) => list.watches.clear(),
        None => LIST.renew(List { watches: Vec::new(), next: 0 }, child),
    }
}
