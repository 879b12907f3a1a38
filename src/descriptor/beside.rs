//! What stands beside a descriptor in another part of the library, and has to be told of its end: the asynchronous part
//! says here, when it is first used, how it is told.

use std::sync::OnceLock;

use super::facts;
use super::table::Identity;
use crate::sys::Fd;

/// How it is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    /// The socket is being closed. No new use of it begins.
    pub(crate) close: fn(Fd),
    /// POSIX code has closed a socket, and the library has made another one, which got the number.
    pub(crate) replaced: fn(Fd),
    /// The last `WSACleanup`: all sockets are closed.
    pub(crate) rest: fn(),
    /// Whether data that comes, or a connection, is for an operation that waits (OD13).
    pub(crate) awaits: fn(Fd) -> bool,
    /// A connection that was taken from this listener is there for who accepts next. No lock is held.
    pub(crate) put_back: fn(Identity),
}

static BESIDE: OnceLock<Beside> = OnceLock::new();

/// Asks to be told.
pub(crate) fn tell(beside: Beside) {
    let _ = BESIDE.set(beside);
}

/// Tells of a socket's end.
pub(super) fn close(fd: Fd) {
    if facts::may_be_asynchronous(fd)
        && let Some(beside) = BESIDE.get()
    {
        (beside.close)(fd);
    }
}

/// Tells of a new socket under a number.
pub(super) fn replaced(fd: Fd) {
    if facts::may_be_asynchronous(fd)
        && let Some(beside) = BESIDE.get()
    {
        (beside.replaced)(fd);
    }
}

/// Whether data that comes, or a connection, is for an operation that waits, and for nobody else (OD13).
pub fn is_awaited(fd: Fd) -> bool {
    facts::may_be_asynchronous(fd) && BESIDE.get().is_some_and(|beside| (beside.awaits)(fd))
}

/// Tells of a connection that was taken from a listener, and is there again: the kernel does not.
pub fn put_back(listener: Identity) {
    if facts::may_be_asynchronous(listener.fd())
        && let Some(beside) = BESIDE.get()
    {
        (beside.put_back)(listener);
    }
}

/// Tells of the last `WSACleanup`.
pub(super) fn rest() {
    if let Some(beside) = BESIDE.get() {
        (beside.rest)();
    }
}
