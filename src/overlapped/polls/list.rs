//! The polls that wait for one socket, and those that were begun on it, under its side's lock.

use super::conditions::{Holds, WITH_ROOM};
use super::poll::Poll;
use crate::kernel::device::GoingOn;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// A poll that waits for the socket.
pub(in crate::overlapped) struct Watch {
    pub(in crate::overlapped) poll: Arc<Poll>,
    /// The socket's place in the poll's list.
    pub(in crate::overlapped) at: usize,
    pub(in crate::overlapped) events: u32,
}

/// All of them.
#[derive(Default)]
pub(in crate::overlapped) struct Polls {
    waiting: Vec<Watch>,
    /// The poll that came when no other waited (PL15).
    main: Option<u64>,
    /// Those that were begun with the socket as the handle, whatever they wait for.
    pub(in crate::overlapped) going: GoingOn,
}

impl Polls {
    /// Whether any waits.
    pub(in crate::overlapped) fn wait(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether the reactor has to tell of room to send.
    pub(in crate::overlapped) fn want_room(&self) -> bool {
        self.waiting.iter().any(|watch| watch.events & WITH_ROOM != 0)
    }

    /// One more waits.
    ///
    /// # Errors
    /// No memory.
    pub(in crate::overlapped) fn add(&mut self, watch: Watch) -> Made<()> {
        let serial = watch.poll.serial();
        crate::sys::room::push(&mut self.waiting, watch)?;
        self.main.get_or_insert(serial);
        Ok(())
    }

    /// The poll that an exclusive one takes the place of, out of the list; it is to be ended without the lock (PL15).
    pub(in crate::overlapped) fn replaced_by(&mut self, poll: &Poll) -> Option<Arc<Poll>> {
        let main = self.main.filter(|main| poll.is_exclusive() && *main != poll.serial())?;
        let is_it = |watch: &Watch| watch.poll.serial() == main && watch.poll.is_exclusive();
        let replaced = self.waiting.iter().find(|watch| is_it(watch)).map(|watch| Arc::clone(&watch.poll))?;
        self.forget(main);
        Some(replaced)
    }

    /// The first that waits for something which holds, out of the list.
    pub(in crate::overlapped) fn take_ready(&mut self, holds: Holds) -> Option<(Watch, Holds)> {
        let at = self.waiting.iter().position(|watch| holds.asked(watch.events).is_some())?;
        let watch = self.waiting.remove(at);
        self.forget(watch.poll.serial());
        let told = holds.asked(watch.events)?;
        Some((watch, told))
    }

    /// The first of all, out of the list.
    pub(in crate::overlapped) fn take_first(&mut self) -> Option<Watch> {
        if self.waiting.is_empty() {
            return None;
        }
        let watch = self.waiting.remove(0);
        self.forget(watch.poll.serial());
        Some(watch)
    }

    /// One that waits and is wanted.
    pub(in crate::overlapped) fn find(&self, wanted: impl Fn(&Poll) -> bool) -> Option<Arc<Poll>> {
        let found = self.waiting.iter().find(|watch| wanted(&watch.poll));
        found.map(|watch| Arc::clone(&watch.poll))
    }

    /// The next behind that number that a thread has begun.
    pub(in crate::overlapped) fn next(&self, last: u64, thread: u64) -> Option<Arc<Poll>> {
        let its = |poll: &&Arc<Poll>| poll.serial() > last && poll.thread() == thread;
        let waiting = self.waiting.iter().map(|watch| &watch.poll).filter(its);
        waiting.min_by_key(|poll| poll.serial()).cloned()
    }

    /// A poll waits no more; what was kept of it goes without the lock.
    pub(in crate::overlapped) fn forget(&mut self, serial: u64) {
        self.waiting.retain(|watch| watch.poll.serial() != serial);
        if self.main == Some(serial) {
            self.main = None;
        }
    }

    /// In a child of `fork`: they are the parent's. Their memory is left behind.
    pub(in crate::overlapped) fn forget_all(&mut self) {
        std::mem::forget(std::mem::take(&mut self.waiting));
        self.main = None;
        self.going.forget();
    }
}
