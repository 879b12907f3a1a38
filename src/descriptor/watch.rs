//! Calls that wait on many descriptors at once, and the closings that end them.
//!
//! Such a call does not enter the slot of each of its descriptors, which would cost more than waiting does.
//! It leaves one list here, and whoever closes a descriptor looks through the lists of those that wait now.
//! Afterwards the call can tell which of its descriptors were closed.

use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, Thread};

use super::slot::CLOSED;
use crate::descriptor::waker::Waker;
use crate::error::failure::Failure;
use crate::runtime::startup;
use crate::sys::Fd;

/// A call that waits.
#[derive(Debug)]
struct Watch {
    number: u64,
    fds: Vec<Fd>,
    /// Those of its descriptors that somebody is closing.
    closed: Vec<Fd>,
    /// The last `WSACleanup` has come.
    ended: bool,
    waker: Arc<Waker>,
}

/// A closing under way: from before the calls that wait are looked through until the descriptor is closed.
#[derive(Debug)]
struct Closer {
    fd: Fd,
    thread: Thread,
}

/// Everything under the one lock.
#[derive(Debug)]
pub(super) struct List {
    watches: Vec<Watch>,
    closers: Vec<Closer>,
    next: u64,
}

static LIST: Mutex<List> = Mutex::new(List { watches: Vec::new(), closers: Vec::new(), next: 0 });

/// Takes the lock; `fork` holds it. No other lock is taken under it.
pub(super) fn list() -> MutexGuard<'static, List> {
    crate::runtime::lock::lock(&LIST)
}

impl List {
    /// In a child after `fork`: no thread of this process waits or closes.
    pub(super) fn forget_all(&mut self) {
        self.watches.clear();
        self.closers.clear();
    }
}

/// A call that waits on several descriptors, none of which is closed before this is dropped.
#[derive(Debug)]
pub struct Watching {
    number: u64,
    waker: Option<Arc<Waker>>,
}

/// Registers a call that waits on several descriptors. From here on no closing is missed; one that is under way
/// counts, too.
#[must_use]
pub fn watch(fds: Vec<Fd>) -> Watching {
    let waker = Waker::take();
    let mut list = list();
    let closed: Vec<Fd> =
        list.closers.iter().map(|closer| closer.fd).filter(|closing| fds.contains(closing)).collect();
    // After the word says "at rest", WSACleanup comes here for every watch that is in the list.
    let ended = !startup::mode().is_started();
    if ended || !closed.is_empty() {
        waker.wake();
    }
    let number = list.next;
    list.next += 1;
    list.watches.push(Watch { number, fds, closed, ended, waker: Arc::clone(&waker) });
    Watching { number, waker: Some(waker) }
}

impl Watching {
    /// The waker of this call.
    #[must_use]
    pub fn waker(&self) -> Option<&Waker> {
        self.waker.as_deref()
    }

    /// Those of the call's descriptors that were closed, or are about to be.
    ///
    /// # Errors
    /// `WSAEINTR` after the last `WSACleanup`.
    pub fn closed(&self) -> Result<Vec<Fd>, Failure> {
        let list = list();
        match list.watches.iter().find(|watch| watch.number == self.number) {
            Some(watch) if !watch.ended => Ok(watch.closed.clone()),
            _ => Err(CLOSED),
        }
    }

    /// Ends the registration and gives the list of descriptors back.
    #[must_use]
    pub fn end(mut self) -> Vec<Fd> {
        self.leave()
    }

    fn leave(&mut self) -> Vec<Fd> {
        let Some(waker) = self.waker.take() else { return Vec::new() };
        let mut fds = Vec::new();
        {
            let mut list = list();
            if let Some(at) = list.watches.iter().position(|watch| watch.number == self.number) {
                let watch = list.watches.swap_remove(at);
                for closer in list.closers.iter().filter(|closer| watch.closed.contains(&closer.fd)) {
                    closer.thread.unpark();
                }
                fds = watch.fds;
            }
        }
        waker.give_back();
        fds
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.leave();
    }
}

/// The calling thread is going to close a descriptor: wakes the calls that wait on it.
pub(super) fn closing_begins(fd: Fd) {
    let mut list = list();
    list.closers.push(Closer { fd, thread: thread::current() });
    for watch in list.watches.iter_mut().filter(|watch| watch.fds.contains(&fd)) {
        watch.closed.push(fd);
        watch.waker.wake();
    }
}

/// Whether some call still waits on a descriptor that is being closed.
pub(super) fn is_held(fd: Fd) -> bool {
    list().watches.iter().any(|watch| watch.closed.contains(&fd))
}

/// The descriptor is closed, or stays open after all.
pub(super) fn closing_ends(fd: Fd) {
    let mut list = list();
    if let Some(at) = list.closers.iter().position(|closer| closer.fd == fd) {
        list.closers.swap_remove(at);
    }
}

/// Ends every wait, for the last `WSACleanup`.
pub(super) fn end_all() {
    for watch in &mut list().watches {
        watch.ended = true;
        watch.waker.wake();
    }
}
