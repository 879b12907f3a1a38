//! An operation that may have to wait, as its queue sees it: it is attempted until it is done or cancelled, and then it
//! says so to whoever waits for it, once.

use std::marker::PhantomData;

use crate::descriptor::{On, Steady};
use crate::error::failure::Failure;
use crate::sys::Fd;

/// What an operation waits for. Those of one direction are done in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Data or a datagram.
    Receive,
    /// An urgent byte.
    Urgent,
    /// A connection on a listener.
    Accept,
    /// The end of a handshake.
    Connect,
    /// Room to send.
    Send,
    /// The end of a connection.
    Disconnect,
}

/// How many directions there are.
pub(super) const DIRECTIONS: usize = 6;

impl Direction {
    /// All of them, in the order in which they are attempted.
    pub(super) const ALL: [Self; DIRECTIONS] =
        [Self::Urgent, Self::Accept, Self::Connect, Self::Receive, Self::Send, Self::Disconnect];
}

/// How an operation has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// Windows' NTSTATUS.
    pub(crate) status: u32,
    /// How many bytes were moved.
    pub(crate) bytes: u32,
}

impl Completion {
    /// It was cancelled: STATUS_CANCELLED.
    pub(crate) const CANCELLED: Self = Self { status: 0xC000_0120, bytes: 0 };
    /// The socket was closed: STATUS_CONNECTION_ABORTED.
    pub(crate) const CLOSED: Self = Self { status: 0xC000_0241, bytes: 0 };
    /// There is no memory to go on: STATUS_INSUFFICIENT_RESOURCES.
    pub(crate) const NO_RESOURCES: Self = Self { status: 0xC000_009A, bytes: 0 };

    /// Whether its status is one of failure.
    pub(super) const fn is_failure(self) -> bool {
        self.status >= 0xC000_0000
    }

    /// How an operation of that direction ends with its socket (OE9, OE11).
    pub(super) const fn closed(direction: Direction) -> Self {
        match direction {
            Direction::Accept => Self::CANCELLED,
            _ => Self::CLOSED,
        }
    }
}

/// What an attempt has led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The operation is over.
    Done(Completion),
    /// The socket was not ready, or only for a part; the operation knows how far it has come.
    WouldBlock,
}

/// A socket whose side is locked and not closed. The library closes no socket without that lock, so that what is done
/// with this meets no other socket that got the number.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    fd: Fd,
    _locked: PhantomData<&'a mut ()>,
}

impl Held<'_> {
    /// For the one who has the lock.
    pub(super) const fn new(fd: Fd) -> Self {
        Self { fd, _locked: PhantomData }
    }

    /// The descriptor.
    pub(crate) const fn fd(&self) -> Fd {
        self.fd
    }
}

impl On for Held<'_> {
    fn fd(&self) -> Fd {
        self.fd
    }
}

impl Steady for Held<'_> {
    /// OE17: a receive that waits gets what comes.
    fn outlasts_shutdown(&self) -> bool {
        true
    }
}

/// An operation.
pub(crate) trait Pending: Send {
    /// One attempt, which does not wait. The side's lock is held: nothing of [`super::side::Side`] may be called, and no
    /// function of the program's.
    fn attempt(&mut self, held: &Held<'_>) -> Progress;

    /// Says how it has ended to whoever waits for it. Called once; no lock of the library is held.
    fn finish(self: Box<Self>, completion: Completion);

    /// The same in the call that began it.
    fn finish_at_once(self: Box<Self>, completion: Completion) {
        self.finish(completion);
    }

    /// It has failed in the call that began it, which is told of as its end.
    fn is_told_at_end(&self) -> bool {
        false
    }

    /// It has failed in the call that began it, or did not begin: nobody is told but the caller, who says why.
    fn fail_at_once(self: Box<Self>) -> Option<Failure> {
        None
    }

    /// Begun without an event and without a routine (OE16).
    fn is_bare(&self) -> bool {
        false
    }

    /// The address of the program's OVERLAPPED, by which it cancels the operation.
    fn overlapped(&self) -> usize;

    /// The kernel's number of the socket that it was begun on, where that may be another one than the socket that it waits on.
    fn owner(&self) -> Option<u64> {
        None
    }

    /// The thread that began it, as [`crate::kernel::thread::id`] tells it.
    fn thread(&self) -> u64;
}
