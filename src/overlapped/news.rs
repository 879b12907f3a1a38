//! Changes of this machine's addresses and ways, of which a socket is to be told once it has asked: FD_ADDRESS_LIST_CHANGE
//! and FD_ROUTING_INTERFACE_CHANGE (RE9). Each is one more descriptor that the reactor listens to, until it has told.

use super::reactor;
use crate::error::failure::Failure;
use crate::socket::ioctl::Change;
use crate::sys::net::{changes, socket};
use crate::sys::{Fd, file_identity};

/// One thing that was asked for.
pub(super) struct News {
    fd: Fd,
    /// The program may have closed the descriptor and opened something else.
    identity: (u64, u64),
    number: u64,
    change: Change,
}

/// In the reactor's number of a socket: it is about one of these descriptors, the first or the second.
const NEWS: u64 = 1 << 31;
const SECOND: u64 = 1 << 30;

/// Which of a socket's two this number is about, and the socket's own number.
pub(super) const fn parts(number: u64) -> (u64, Option<usize>) {
    let own = number & !(NEWS | SECOND);
    match (number & NEWS != 0, number & SECOND != 0) {
        (false, _) => (own, None),
        (true, false) => (own, Some(0)),
        (true, true) => (own, Some(1)),
    }
}

impl News {
    /// Begins to listen for a change.
    ///
    /// # Errors
    /// `WSAEMFILE`, `WSAENOBUFS`.
    pub(super) fn begin(change: Change, number: u64) -> Result<Self, Failure> {
        let fd = change.watch()?;
        let number = number | NEWS | if change.place() == 0 { 0 } else { SECOND };
        let begun = file_identity(fd).map_err(Failure::from).and_then(|identity| {
            reactor::register(fd, reactor::IN | reactor::ALWAYS, number, 0)?;
            Ok(Self { fd, identity, number, change })
        });
        if begun.is_err() {
            socket::close(fd);
        }
        begun
    }

    /// There is another epoll.
    pub(super) fn listen_again(&self) {
        if self.is_there() {
            let _ = reactor::register(self.fd, reactor::ALWAYS, self.number, 0);
        }
    }

    fn is_there(&self) -> bool {
        file_identity(self.fd) == Ok(self.identity)
    }

    /// Something has changed; whether it is what was asked for.
    pub(super) fn has_come(&self) -> bool {
        if self.is_there() {
            changes::take(self.fd);
        }
        self.change.has_happened()
    }

    /// Listens no more.
    pub(super) fn end(&self) {
        if self.is_there() {
            reactor::forget(self.fd);
            socket::close(self.fd);
        }
    }
}
