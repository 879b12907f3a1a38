//! One descriptor's place in the table: its record, the threads that wait on it, and its closing.
//!
//! The rule that keeps data off the wrong socket: a call that has to wait registers here, and the descriptor is
//! not closed before every registered call has left. A call that was already on its way when the descriptor was
//! closed is told by the epoch, a count of closings: it read the count before its first system call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, Thread};

use super::table::{receive_shut_changed, shard};
use super::{Record, cookie, known, watch};
use crate::descriptor::family;
use crate::descriptor::hint;
use crate::descriptor::waker::Waker;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::net::socket;

/// Closings so far. A closing takes the next number.
static CLOSINGS: AtomicU64 = AtomicU64::new(0);

/// The number of closings so far: read before a call's first system call, handed to [`wait_on`] when it has to wait.
#[must_use]
#[inline(always)]
pub fn epoch() -> u64 {
    CLOSINGS.load(Ordering::Acquire)
}

/// One descriptor's place.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) record: Option<Box<Record>>,
    waiters: Vec<Arc<Waker>>,
    /// The number of the last closing of this descriptor.
    closed: u64,
    /// Who is closing the descriptor now.
    closer: Option<Closer>,
}

/// A thread that is closing a socket.
#[derive(Debug)]
struct Closer {
    thread: Thread,
    /// The kernel's number of the socket that it is closing.
    cookie: u64,
}

impl Slot {
    /// The record of the socket with this cookie; an older one of another socket is replaced.
    pub(super) fn record_of(&mut self, cookie: u64) -> &mut Record {
        if self.record.as_ref().is_some_and(|record| record.cookie != cookie) {
            self.drop_record();
        }
        self.record.get_or_insert_with(|| Box::new(Record::new(cookie)))
    }

    /// A new socket stands under this number, so whatever was closing has let go of it.
    pub(super) fn begin(&mut self, record: Record) {
        self.drop_record();
        self.closer = None;
        self.record = Some(Box::new(record));
    }

    pub(super) fn drop_record(&mut self) {
        if self.record.take().is_some_and(|record| record.shut_receive) {
            receive_shut_changed(-1);
        }
    }

    /// In a child after `fork`: no thread of this process waits, closes, or has borrowed the mode.
    pub(super) fn forget_waiters(&mut self) {
        self.waiters.clear();
        self.closer = None;
        if let Some(record) = &mut self.record {
            record.borrowed_mode = 0;
        }
    }

    /// Whether a thread is closing the socket that stands under this number. POSIX code may have made another
    /// one since the descriptor was let go.
    fn is_being_closed(&mut self, fd: Fd) -> bool {
        let other = self.closer.as_ref().is_some_and(|closer| cookie(fd).is_ok_and(|it| it != closer.cookie));
        if other {
            self.closer = None;
        }
        self.closer.is_some()
    }

    pub(super) fn is_in_use(&self) -> bool {
        self.record.is_some() || !self.waiters.is_empty()
    }

    fn wake_all(&self) {
        for waker in &self.waiters {
            waker.wake();
        }
    }
}

/// A call that waits on a descriptor, which is not closed before this is dropped.
#[derive(Debug)]
pub struct Waiting {
    fd: Fd,
    waker: Option<Arc<Waker>>,
}

/// The answer to a call whose socket was closed while it was under way.
pub const CLOSED: Failure = WsaError::WSAEINTR.because("another thread closed the socket");

/// Registers a call that has to wait on `fd` and began at `began`.
///
/// # Errors
/// `WSAEINTR` if the descriptor has been closed since, or is being closed.
pub fn wait_on(fd: Fd, began: u64) -> Result<Waiting, Failure> {
    let waker = Waker::take();
    let mut shard = shard(fd);
    let slot = shard.slot(fd);
    if slot.is_being_closed(fd) || slot.closed > began {
        drop(shard);
        waker.give_back();
        return Err(CLOSED);
    }
    slot.waiters.push(Arc::clone(&waker));
    Ok(Waiting { fd, waker: Some(waker) })
}

impl Waiting {
    /// The waker of this call.
    #[must_use]
    pub fn waker(&self) -> Option<&Waker> {
        self.waker.as_deref()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let Some(waker) = self.waker.take() else { return };
        {
            let mut shard = shard(self.fd);
            let slot = shard.slot(self.fd);
            if let Some(at) = slot.waiters.iter().position(|other| Arc::ptr_eq(other, &waker)) {
                slot.waiters.swap_remove(at);
            }
            if slot.waiters.is_empty()
                && let Some(closer) = &slot.closer
            {
                closer.thread.unpark();
            }
        }
        waker.give_back();
    }
}

/// A descriptor that is being closed: its record is gone, every wait on it has ended, and none begins.
#[derive(Debug)]
pub struct Closing {
    fd: Fd,
    number: u64,
}

impl Closing {
    /// Ends every wait on the descriptor and keeps new ones off.
    ///
    /// # Errors
    /// `WSAENOTSOCK` if there is no socket, or another thread is closing it.
    pub fn begin(fd: Fd) -> Result<Self, Failure> {
        let number;
        {
            let mut shard = shard(fd);
            let slot = shard.slot(fd);
            let cookie = cookie(fd)?;
            if slot.is_being_closed(fd) {
                return Err(WsaError::WSAENOTSOCK.because("another thread is closing the socket"));
            }
            number = CLOSINGS.fetch_add(1, Ordering::AcqRel) + 1;
            slot.closed = number;
            slot.closer = Some(Closer { thread: thread::current(), cookie });
            slot.drop_record();
            hint::forget(fd);
            family::forget(fd);
            slot.wake_all();
        }
        watch::closing_begins(fd);
        while !shard(fd).slot(fd).waiters.is_empty() || watch::is_held(fd) {
            crate::runtime::lock::park();
        }
        Ok(Self { fd, number })
    }

    /// Closes the descriptor.
    pub fn finish(self) {
        socket::close(self.fd);
        known::forget(self.fd);
        watch::closing_ends(self.fd);
        let mut shard = shard(self.fd);
        let slot = shard.slot(self.fd);
        // Another socket may stand under the number by now, and even be on its way out again.
        if slot.closed == self.number {
            slot.closer = None;
        }
    }
}

/// Closes a descriptor after every wait on it has ended.
///
/// # Errors
/// `WSAENOTSOCK` if there is no socket, or another thread is closing it.
pub fn close(fd: Fd) -> Result<(), Failure> {
    Closing::begin(fd).map(Closing::finish)
}

/// For the last `WSACleanup`: ends the waits on a descriptor, and closes it if the socket is ours.
pub(super) fn clean_up(fd: Fd) {
    let is_ours = match (cookie(fd), shard(fd).slot(fd).record.as_deref()) {
        (Ok(cookie), Some(record)) => record.ours && record.cookie == cookie,
        _ => false,
    };
    let Ok(closing) = Closing::begin(fd) else { return };
    if is_ours {
        closing.finish();
    } else {
        closing.leave_open();
    }
}

impl Closing {
    /// Lets the descriptor be: POSIX code made the socket, and keeps it.
    fn leave_open(self) {
        watch::closing_ends(self.fd);
        let mut shard = shard(self.fd);
        let slot = shard.slot(self.fd);
        if slot.closed == self.number {
            slot.closer = None;
        }
    }
}
