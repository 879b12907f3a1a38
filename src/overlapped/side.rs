//! What one socket does asynchronously: its operations by direction, the events that it is to report, and what else is
//! attached to it. One lock for all of it.
//!
//! Whoever finds the socket ready attempts what waits, in the order in which it came, and tells of the ends without the
//! lock. A closing marks the side first, under the lock, and only then lets the descriptor go: so no attempt meets another
//! socket that got the number.

mod events;
mod state;

use std::sync::atomic::AtomicBool;

use super::attached::Attached;
use super::news::News;
use super::notices::Notice;
use super::operation::{Completion, DIRECTIONS, Direction, Held, Pending};
use super::queue::Entered;
use super::queues::{self, Locked, Queues};
use super::selection::Selection;
use super::{arrived, reactor, table};
use crate::descriptor::{Identity, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Lock, Rank, Within};
use crate::sys::Fd;
use crate::sys::net::option;
use crate::sys::process::fork::InChild;
use crate::sys::room::Made;
use crate::sys::shared::{Arc, Weak};
use crate::sys::sorted::Sorted;

/// One socket's asynchronous part.
pub(crate) struct Side {
    fd: Fd,
    /// The kernel's number for the socket.
    cookie: u64,
    /// A port is told of its state: then calls and the reactor look.
    is_noticed: AtomicBool,
    inner: Lock<Inner>,
}

pub(super) struct Inner {
    queues: Queues,
    /// The bits of which the reactor is to tell; 0 before the socket is registered.
    registered: u32,
    /// With which epoll.
    era: u32,
    selection: Selection,
    news: [Option<News>; 2],
    attached: Attached,
    notice: Option<Notice>,
    /// Sockets that operations begun on this one wait on, by their cookies: `AcceptEx` waits for first data on the accept socket.
    elsewhere: Sorted<u64, Weak<Side>>,
}

/// Which operations to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Every one.
    All,
    /// Those that a thread has begun.
    Thread(u64),
    /// The same, without those that outlive their thread: begun without an event and without a routine (OE16).
    Bound(u64),
    /// That of an OVERLAPPED.
    Overlapped(usize),
}

impl Which {
    fn has(self, operation: &dyn Pending) -> bool {
        match self {
            Self::All => true,
            Self::Thread(thread) => operation.thread() == thread,
            Self::Bound(thread) => operation.thread() == thread && !operation.is_bare(),
            Self::Overlapped(address) => operation.overlapped() == address,
        }
    }
}

/// Whom something was for that happened to a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Concerned {
    /// Nothing has happened, or what has come was taken already by an operation that ended in the call which began it.
    Nobody,
    /// Who takes packets from a port.
    Port,
    /// Somebody else, or nobody knows.
    Others,
}

/// What became of a new operation.
pub(crate) enum Submitted {
    /// It has ended; it is the caller's to tell so.
    AtOnce(Box<dyn Pending>, Completion),
    /// It will be told of.
    Pending,
    /// It was not begun: the socket is being closed.
    Closed(Box<dyn Pending>),
    /// It was not begun: no memory.
    NoMemory(Box<dyn Pending>),
}

impl Side {
    pub(super) fn new(fd: Fd, cookie: u64) -> Made<Arc<Self>> {
        let inner = Inner {
            queues: Queues::default(),
            registered: 0,
            era: 0,
            selection: Selection::default(),
            news: [None, None],
            attached: Attached::default(),
            notice: None,
            elsewhere: Sorted::new(),
        };
        let is_noticed = AtomicBool::new(false);
        Arc::try_new(Self { fd, cookie, is_noticed, inner: Lock::new(Rank::Side, inner) })
    }

    /// The side of a socket, if it has one.
    pub(crate) fn of(fd: Fd) -> Option<Arc<Self>> {
        let side = table::find(fd)?;
        if option::cookie(fd) == Ok(side.cookie) {
            return Some(side);
        }
        // POSIX code closed the socket, and maybe made another one.
        table::close(&side, true);
        None
    }

    /// The side of a socket, made if it has none. The socket is held, so that it is the one which the call has looked at.
    ///
    /// # Errors
    /// `WSAENOTSOCK`: no socket, or one that is being closed. `WSAENOBUFS`, `WSAEMFILE`: no memory, no descriptor, no
    /// thread to listen with.
    pub(crate) fn make(held: &Waiting) -> Result<Arc<Self>, Failure> {
        match Self::of(held.fd()) {
            Some(side) => Ok(side),
            None => table::make(held.fd()),
        }
    }

    /// The descriptor.
    pub(crate) fn fd(&self) -> Fd {
        self.fd
    }

    /// The socket, whatever stands under its descriptor by now.
    pub(crate) const fn identity(&self) -> Identity {
        Identity::of(self.fd, self.cookie)
    }

    /// The kernel's number for the socket.
    pub(crate) fn cookie(&self) -> u64 {
        self.cookie
    }

    pub(super) fn lock(&self) -> Within<'_, Inner> {
        self.inner.take_within()
    }

    /// Looks at what else is attached, or changes it.
    pub(crate) fn attached<T>(&self, run: impl FnOnce(&mut Attached) -> T) -> T {
        run(&mut self.lock().attached)
    }

    /// Has the reactor tell of data that comes to another descriptor as if it came to the socket. The kernel listens no more
    /// when that descriptor is closed.
    pub(crate) fn hear(&self, other: Fd) {
        reactor::hear(other, self.number());
    }

    /// Whether operations of a direction wait.
    pub(crate) fn has_waiting(&self, direction: Direction) -> bool {
        !self.lock().queues.is_empty(direction)
    }

    /// Begins an operation: attempts it where nothing else of its direction waits, or queues it.
    pub(crate) fn submit(&self, direction: Direction, operation: Box<dyn Pending>) -> Submitted {
        let mut inner = self.lock();
        if inner.queues.closed {
            return Submitted::Closed(operation);
        }
        if self.ensure_listening(&mut inner).is_err() {
            return Submitted::NoMemory(operation);
        }
        // What is queued without an attempt must find its way out, too.
        if !inner.queues.attempts(direction) && self.listen_for(&mut inner, direction).is_err() {
            return Submitted::NoMemory(operation);
        }
        match inner.queues.enter(direction, operation, &Held::new(self.fd)) {
            Entered::Done(operation, completion) => {
                if !completion.is_failure() && inner.selection.records {
                    inner.selection.taken(self.fd, direction);
                    self.tell_events(inner);
                }
                Submitted::AtOnce(operation, completion)
            }
            Entered::NoMemory(operation) => Submitted::NoMemory(operation),
            Entered::Waits(false) => Submitted::Pending,
            Entered::Waits(true) => match self.listen_for(&mut inner, direction) {
                Ok(()) => Submitted::Pending,
                Err(_) => match inner.queues.take_back(direction) {
                    Some(operation) => Submitted::AtOnce(operation, Completion::NO_RESOURCES),
                    None => Submitted::Pending,
                },
            },
        }
    }

    /// Registers the socket with the reactor, if it is not.
    fn ensure_listening(&self, inner: &mut Inner) -> Result<(), Failure> {
        if inner.registered != 0 && inner.era == reactor::era() {
            return Ok(());
        }
        self.listen(inner, inner.registered | reactor::ALWAYS)
    }

    /// Has the reactor tell of room to send from now on, where a direction waits for that.
    fn listen_for(&self, inner: &mut Inner, direction: Direction) -> Result<(), Failure> {
        let needs_room = matches!(direction, Direction::Send | Direction::Connect | Direction::Disconnect);
        if needs_room && inner.registered & reactor::OUT == 0 {
            self.listen(inner, inner.registered | reactor::OUT)?;
        }
        Ok(())
    }

    /// Registers the socket with the reactor for these bits, or changes them. The reactor tells what holds now.
    fn listen(&self, inner: &mut Inner, bits: u32) -> Result<(), Failure> {
        inner.era = reactor::register(self.fd, bits, self.number(), inner.era)?;
        inner.registered = bits;
        inner.selection.asked(self.fd);
        Ok(())
    }

    /// There is another epoll than that with which the socket was registered.
    pub(super) fn listen_again(&self) {
        let mut inner = self.lock();
        if !inner.queues.closed && inner.registered != 0 {
            // Without memory for it the socket's next asynchronous call tries again, and reports that.
            let _ = self.ensure_listening(&mut inner);
            inner.news.iter().flatten().for_each(News::listen_again);
        }
    }

    /// The number by which the reactor knows the socket: a later socket under the descriptor has another one.
    pub(super) fn number(&self) -> u64 {
        let [low, _] = halves(self.cookie);
        u64::from(low) << 32 | u64::from(self.fd.number().unsigned_abs())
    }

    /// Something has happened to the socket. Whom it was for.
    pub(super) fn happened(this: &Arc<Self>, bits: u32) -> Concerned {
        if option::cookie(this.fd) != Ok(this.cookie) {
            table::close(this, true);
            return Concerned::Others;
        }
        let concerned = |direction: &Direction| reactor::concern(bits, *direction);
        {
            let mut inner = this.lock();
            for direction in Direction::ALL.into_iter().filter(concerned) {
                inner.queues.is_ready(direction);
            }
        }
        let mut moved = [false; DIRECTIONS];
        for (moved, direction) in moved.iter_mut().zip(Direction::ALL) {
            *moved = concerned(&direction) && queues::advance(&**this, direction);
        }
        this.with_events(|selection, waits| {
            for (moved, direction) in moved.into_iter().zip(Direction::ALL) {
                // Where the next one waits already, what lies here is that one's.
                if moved && !waits(direction) {
                    selection.taken(this.fd, direction);
                }
            }
            selection.happened(this.fd, arrived::left(this.fd, bits, moved.contains(&true), waits));
        });
        this.look(0);
        let inner = this.lock();
        if inner.selection.records || inner.notice.is_some() || !inner.attached.is_served_by_port() {
            Concerned::Others
        } else if moved.contains(&true) {
            Concerned::Port
        } else {
            Concerned::Nobody
        }
    }

    /// An operation of this socket's goes on at another one. `false`: this one is closed.
    ///
    /// # Errors
    /// [`NoMemory`].
    pub(super) fn goes_on_at(&self, other: &Arc<Self>) -> Made<bool> {
        if std::ptr::eq(self, Arc::as_ptr(other)) {
            return Ok(true);
        }
        let mut inner = self.lock();
        if !inner.queues.closed {
            inner.elsewhere.insert(other.cookie, Arc::downgrade(other))?;
        }
        Ok(!inner.queues.closed)
    }

    /// What was begun on this socket and goes on at another one ends, where this one was closed meanwhile.
    pub(super) fn end_if_closed(&self) {
        if self.lock().queues.closed {
            self.end_owned(|_| true);
        }
    }

    /// It waits there no more.
    pub(super) fn ends_at(&self, other: Option<u64>) {
        if let Some(cookie) = other {
            self.lock().elsewhere.remove(&cookie);
        }
    }

    /// Cancels operations that wait and were begun on this socket; how many there were.
    pub(crate) fn cancel(&self, which: Which) -> usize {
        self.end_owned(|operation| which.has(operation))
    }

    /// Those of this socket end, wherever they wait: `AcceptEx` belongs to the listener (OE13).
    fn end_owned(&self, wanted: impl Fn(&dyn Pending) -> bool) -> usize {
        let owned = |operation: &dyn Pending| operation.owner().is_none_or(|owner| owner == self.cookie);
        let wanted = |operation: &dyn Pending| owned(operation) && wanted(operation);
        let mut count = queues::end(self, wanted, |_| Completion::CANCELLED);
        let mut last = 0;
        while let Some((cookie, side)) = self.next_elsewhere(last) {
            last = cookie;
            if let Some(side) = side.upgrade() {
                count += queues::end(&*side, wanted, |_| Completion::CANCELLED);
            }
        }
        count
    }

    /// The next of the sockets that this one's operations wait on, by their cookies, which are never 0.
    fn next_elsewhere(&self, last: u64) -> Option<(u64, Weak<Self>)> {
        let inner = self.lock();
        let mut others = inner.elsewhere.iter().filter(|(cookie, _)| *cookie > last);
        others.next().map(|(cookie, side)| (*cookie, side.clone()))
    }

    /// The socket ends: nothing is attempted from here on, and what waits is told. `gone`: it is not under its number any
    /// more.
    pub(super) fn close(&self, gone: bool) {
        {
            let mut inner = self.lock();
            if std::mem::replace(&mut inner.queues.closed, true) {
                return;
            }
            if inner.registered != 0 && inner.era == reactor::era() && !gone {
                reactor::forget(self.fd);
            }
            inner.news.iter_mut().flatten().for_each(|news| news.end());
            if let Some(notice) = inner.notice.take() {
                notice.end();
            }
        }
        queues::end(self, |_| true, Completion::closed);
        self.end_owned(|_| true);
        // OE11: an `AcceptEx` for this socket ends, too.
        if let Some((listener, cookie, overlapped)) = self.attached(|attached| attached.accepts.take())
            && let Some(side) = table::find(listener).filter(|side| side.cookie() == cookie)
        {
            side.cancel(Which::Overlapped(overlapped));
        }
    }

    /// In a child of `fork`: without the parent's operations, and not registered yet. `false`: a thread that is not there was
    /// about to change it.
    pub(super) fn in_child(&self, child: InChild) -> bool {
        let Some(mut inner) = self.inner.take_if_free(child) else { return false };
        inner.era = 0;
        inner.news.iter_mut().for_each(|news| {
            if let Some(news) = news.take() {
                news.end();
            }
        });
        if let Some(notice) = &mut inner.notice {
            notice.is_inherited();
        }
        inner.queues.forget();
        true
    }
}

impl Locked for Side {
    fn with<T>(&self, run: impl FnOnce(&mut Queues, &Held<'_>) -> T) -> T {
        run(&mut self.lock().queues, &Held::new(self.fd))
    }
}

/// The answer to an asynchronous call on a socket that is being closed.
pub(super) const BEING_CLOSED: Failure =
    WsaError::WSAENOTSOCK.because("another thread is closing the socket");

fn halves(number: u64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}
