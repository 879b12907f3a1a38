//! Wake-ups: how one thread ends another one's wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::sys::event::poll::{Event, PollFd};

/// What a waiting thread also waits for, so that closing its socket can end the wait.
#[derive(Debug)]
pub struct Waker {
    /// `None` where the process has no descriptor left: then the wait looks at `woken` from time to time.
    event: Option<Event>,
    woken: AtomicBool,
}

/// Wakers that nobody uses now; at most as many as there ever were threads waiting at once.
static SPARE: Mutex<Vec<Arc<Waker>>> = Mutex::new(Vec::new());

fn spare() -> std::sync::MutexGuard<'static, Vec<Arc<Waker>>> {
    crate::runtime::lock::lock(&SPARE)
}

impl Waker {
    /// Takes a spare one, or makes one.
    #[must_use]
    pub fn take() -> Arc<Self> {
        if let Some(waker) = spare().pop() {
            return waker;
        }
        Arc::new(Self { event: Event::new().ok(), woken: AtomicBool::new(false) })
    }

    /// Gives one back. Whoever else still holds it must not wake it any more.
    pub fn give_back(self: Arc<Self>) {
        if self.event.is_none() {
            return;
        }
        if self.woken.swap(false, Ordering::Relaxed)
            && let Some(event) = &self.event
        {
            event.reset();
        }
        let mut spare = spare();
        // After the last WSACleanup nobody would let go of it.
        if crate::runtime::startup::mode().is_started() {
            spare.push(self);
        }
    }

    /// Ends the wait, now or when it begins.
    pub fn wake(&self) {
        self.woken.store(true, Ordering::Release);
        if let Some(event) = &self.event {
            event.set();
        }
    }

    /// Whether [`Self::wake`] was called.
    #[must_use]
    pub fn is_woken(&self) -> bool {
        self.woken.load(Ordering::Acquire)
    }

    /// The entry for `poll`; `None` where a wait has to look from time to time.
    #[must_use]
    pub fn poll_fd(&self) -> Option<PollFd> {
        self.event.as_ref().map(Event::poll_fd)
    }
}

/// Lets go of the spare ones and their descriptors: the library is at rest.
pub fn forget_spare() {
    spare().clear();
}

/// The lock of the spare ones, for `fork`.
pub(crate) type Held = std::sync::MutexGuard<'static, Vec<Arc<Waker>>>;

/// Takes the lock. A child clears what it guards: the descriptors are its parent's, too.
pub(crate) fn hold() -> Held {
    spare()
}
