//! What one socket does asynchronously: its operations by direction, the events that it is to report, and what else is
//! attached to it. One lock for all of it.
//!
//! Whoever finds the socket ready attempts what waits, in the order in which it came, and tells of the ends without the
//! lock. A closing marks the side first, under the lock, and only then lets the descriptor go: so no attempt meets another
//! socket that got the number.

use std::sync::Arc;

use super::attached::Attached;
use super::operation::{Completion, DIRECTIONS, Direction, Held, Pending};
use super::queue::{Entered, Queue};
use super::{reactor, table};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Lock, Rank, Within};
use crate::sys::Fd;
use crate::sys::net::option;
use crate::sys::process::fork::InChild;

/// One socket's asynchronous part.
pub(crate) struct Side {
    fd: Fd,
    /// The kernel's number for the socket.
    cookie: u64,
    inner: Lock<Inner>,
}

pub(super) struct Inner {
    pub(super) closed: bool,
    /// The bits of which the reactor is to tell; 0 before the socket is registered.
    pub(super) registered: u32,
    queues: [Queue; DIRECTIONS],
    attached: Attached,
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
    pub(super) fn new(fd: Fd, cookie: u64) -> Arc<Self> {
        let inner = Inner {
            closed: false,
            registered: 0,
            queues: std::array::from_fn(|_| Queue::default()),
            attached: Attached::default(),
        };
        Arc::new(Self { fd, cookie, inner: Lock::new(Rank::Side, inner) })
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

    /// The side of a socket, made if it has none.
    ///
    /// # Errors
    /// `WSAENOTSOCK`: no socket, or one that is being closed. `WSAENOBUFS`, `WSAEMFILE`: no memory, no descriptor, no
    /// thread to listen with.
    pub(crate) fn make(fd: Fd) -> Result<Arc<Self>, Failure> {
        match Self::of(fd) {
            Some(side) => side.begin_listening().map(|()| side),
            None => table::make(fd),
        }
    }

    /// The descriptor.
    pub(crate) fn fd(&self) -> Fd {
        self.fd
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

    /// Whether operations of a direction wait.
    pub(crate) fn has_waiting(&self, direction: Direction) -> bool {
        !self.lock().queue(direction).is_empty()
    }

    /// Begins an operation: attempts it where nothing else of its direction waits, or queues it.
    pub(crate) fn submit(&self, direction: Direction, operation: Box<dyn Pending>) -> Submitted {
        let mut inner = self.lock();
        if inner.closed {
            return Submitted::Closed(operation);
        }
        match inner.queue(direction).enter(operation, &Held::new(self.fd)) {
            Entered::Done(operation, completion) => Submitted::AtOnce(operation, completion),
            Entered::NoMemory(operation) => Submitted::NoMemory(operation),
            Entered::Waits(false) => Submitted::Pending,
            Entered::Waits(true) => match self.listen_for(&mut inner, direction) {
                Ok(()) => Submitted::Pending,
                Err(_) => match inner.queue(direction).take(|_| true) {
                    Some(operation) => Submitted::AtOnce(operation, Completion::NO_RESOURCES),
                    None => Submitted::Pending,
                },
            },
        }
    }

    /// Registers the socket, the first time or in a child of `fork` again.
    ///
    /// # Errors
    /// Those of [`reactor::register`].
    pub(super) fn begin_listening(&self) -> Result<(), Failure> {
        let mut inner = self.lock();
        if inner.closed {
            return Err(BEING_CLOSED);
        }
        if inner.registered == 0 { self.listen(&mut inner, reactor::ALWAYS) } else { Ok(()) }
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
    pub(super) fn listen(&self, inner: &mut Inner, bits: u32) -> Result<(), Failure> {
        reactor::register(self.fd, bits, self.number(), inner.registered != 0)?;
        inner.registered = bits;
        Ok(())
    }

    /// The number by which the reactor knows the socket: a later socket under the descriptor has another one.
    pub(super) fn number(&self) -> u64 {
        let [low, _] = halves(self.cookie);
        u64::from(low) << 32 | u64::from(self.fd.number().unsigned_abs())
    }

    /// Something has happened to the socket.
    pub(super) fn happened(self: &Arc<Self>, bits: u32) {
        if option::cookie(self.fd) != Ok(self.cookie) {
            table::close(self, true);
            return;
        }
        {
            let mut inner = self.lock();
            for direction in Direction::ALL {
                if reactor::concern(bits, direction) {
                    inner.queue(direction).exhausted = false;
                }
            }
        }
        for direction in Direction::ALL {
            if reactor::concern(bits, direction) {
                self.advance(direction);
            }
        }
    }

    /// Attempts what waits in a direction, until nothing does or the socket is not ready for it.
    fn advance(&self, direction: Direction) {
        let mut inner = self.lock();
        while !inner.closed
            && let Some((operation, completion)) = inner.queue(direction).advance(&Held::new(self.fd))
        {
            drop(inner);
            operation.finish(completion);
            inner = self.lock();
            inner.queue(direction).busy = false;
        }
    }

    /// Cancels operations that wait; how many there were.
    pub(crate) fn cancel(&self, which: Which) -> usize {
        self.end(which, |_| Completion::CANCELLED)
    }

    fn end(&self, which: Which, how: impl Fn(Direction) -> Completion) -> usize {
        let mut count = 0;
        for direction in Direction::ALL {
            loop {
                let taken = self.lock().queue(direction).take(|operation| which.has(operation));
                let Some(operation) = taken else { break };
                operation.finish(how(direction));
                count += 1;
            }
        }
        count
    }

    /// The socket ends: nothing is attempted from here on, and what waits is told. `gone`: it is not under its number any
    /// more.
    pub(super) fn close(&self, gone: bool) {
        {
            let mut inner = self.lock();
            if std::mem::replace(&mut inner.closed, true) {
                return;
            }
            if inner.registered != 0 && !gone {
                reactor::forget(self.fd);
            }
        }
        self.end(Which::All, Completion::closed);
    }

    /// In a child of `fork`: without the parent's operations, and not registered. `false`: a thread that is not there was
    /// about to change it.
    pub(super) fn in_child(&self, child: InChild) -> bool {
        let Some(mut inner) = self.inner.take_if_free(child) else { return false };
        inner.registered = 0;
        inner.queues.iter_mut().for_each(Queue::forget);
        true
    }
}

impl Inner {
    pub(super) fn queue(&mut self, direction: Direction) -> &mut Queue {
        let [receive, urgent, accept, connect, send, disconnect] = &mut self.queues;
        match direction {
            Direction::Receive => receive,
            Direction::Urgent => urgent,
            Direction::Accept => accept,
            Direction::Connect => connect,
            Direction::Send => send,
            Direction::Disconnect => disconnect,
        }
    }
}

/// The answer to an asynchronous call on a socket that is being closed.
pub(super) const BEING_CLOSED: Failure =
    WsaError::WSAENOTSOCK.because("another thread is closing the socket");

fn halves(number: u64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}
