//! Closing a descriptor. The order of its steps is the whole point:
//!
//! 1. Under the slot's lock: is it a socket that nobody is closing? From here on no call begins to wait on it, and
//!    calls that began before are told by the closing's number.
//! 2. What it does asynchronously is ended; the calls that wait on it are ended, and have left.
//! 3. A placeholder is put over the number: the connection ends here, and a lingering close waits here. The number
//!    stays taken, and is no socket.
//! 4. The facts and the record are forgotten.
//! 5. The number is let go. Nothing refers to it any more.
//!
//! Where the process has no descriptor for a placeholder, step 3 is left out, and 5 comes before 4: nobody else closes the
//! number, and no call waits on it, before the socket is gone. So it is, too, where this thread is the only one that the
//! process ever had: nobody is there who could get the number meanwhile.
//!
//! A signal handler may close a socket on which its own thread waits: the thread does not wait for itself, nothing is
//! allocated or freed, and where the thread holds a lock of the library the closing is put off until it does not.

use super::facts;
use super::table::{Identity, SHARDS, shard, shard_at};
use super::waiting::{self, epoch, evict, next_closing, wait_until_left};
use super::{alarm, beside, companions, deferred, watch};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::net::{option, socket};
use crate::sys::process::thread;

const ALREADY: Failure = WsaError::WSAENOTSOCK.because("another thread is closing the socket");

/// A descriptor that is being closed: every wait on it has ended, and none begins.
#[derive(Debug)]
pub struct Closing {
    fd: Fd,
    number: u64,
}

impl Closing {
    /// Ends every wait on the descriptor and keeps new ones off; for a call that began at `began`.
    ///
    /// # Errors
    /// `WSAENOTSOCK` if there is no socket, or another thread is closing it, or has closed it since; `WSAENOBUFS`.
    pub fn begin(fd: Fd, began: u64) -> Result<Self, Failure> {
        Self::begin_if(fd, |_| facts::seen(fd).closing() <= began)
    }

    /// The same for the socket that was identified.
    ///
    /// # Errors
    /// Those of [`Self::begin`].
    pub fn begin_of(socket: Identity) -> Result<Self, Failure> {
        Self::begin_if(socket.fd(), |cookie| cookie == socket.cookie())
    }

    fn begin_if(fd: Fd, is_it: impl FnOnce(u64) -> bool) -> Result<Self, Failure> {
        let number = next_closing();
        let evicted = {
            let mut shard = shard(fd);
            if !is_it(option::cookie(fd)?) {
                return Err(ALREADY);
            }
            let slot = match shard.existing(fd) {
                Some(slot) => slot,
                None => shard.slot(fd)?,
            };
            if slot.closing != 0 {
                return Err(ALREADY);
            }
            slot.closing = number;
            facts::closing(fd, number);
            evict(fd, slot)
        };
        // What the socket does asynchronously ends first: an ordinary call may wait for that.
        beside::close(fd);
        let watched = watch::closing_begins(fd);
        // For its own calls the alarm stays raised until they have left.
        (0..evicted.own + watched.own).for_each(|_| alarm::raise());
        if evicted.others || watched.others {
            alarm::raise();
            wait_until_left(fd);
            watch::wait_until_left(fd);
            alarm::lower();
        }
        Ok(Self { fd, number })
    }

    /// Closes the descriptor.
    pub fn finish(self) {
        deferred::end(self.fd);
        companions::forget(self.fd);
        if !thread::is_single() && alarm::cover(self.fd) {
            self.let_go();
            socket::close(self.fd);
        } else {
            // The socket stands under the number until it is closed, so the closing is over only then.
            socket::close(self.fd);
            self.let_go();
        }
    }

    /// Closes a connection, and has it end with a reset.
    pub fn finish_with_reset(self) {
        option::reset_at_close(self.fd);
        self.finish();
    }

    /// Lets the descriptor be: POSIX code made the socket, and keeps it.
    fn leave_open(self) {
        deferred::end(self.fd);
        companions::forget(self.fd);
        self.let_go();
    }

    /// Forgets the socket; not where a new one of this library's has got the number already, without a placeholder.
    fn let_go(&self) {
        let mut shard = shard(self.fd);
        if shard.existing(self.fd).is_some_and(|slot| slot.closing == self.number) {
            facts::forget(self.fd, next_closing());
            shard.bury(self.fd);
        }
    }
}

/// Closes a descriptor after every wait on it has ended.
///
/// # Errors
/// `WSAENOTSOCK` if there is no socket, or another thread is closing it; `WSAENOBUFS`.
pub fn close(fd: Fd, began: u64) -> Result<(), Failure> {
    Closing::begin(fd, began).map(Closing::finish)
}

impl Identity {
    /// Closes the socket, if it is still there.
    ///
    /// # Errors
    /// `WSAENOTSOCK`: it is not, or another thread is closing it.
    pub fn close(self) -> Result<(), Failure> {
        Closing::begin_of(self).map(Closing::finish)
    }
}

/// Closes every socket that this library made and that is still open, and ends every wait; for the last
/// `WSACleanup`, which has said already that the library is at rest.
pub fn close_all() {
    waiting::clean();
    let own = watch::end_all();
    (0..own).for_each(|_| alarm::raise());
    for number in 0..SHARDS {
        let mut from = 0;
        while let Some(fd) = { shard_at(number).next_in_use(from) } {
            clean_up(fd);
            from = fd.number().saturating_add(1);
        }
    }
    watch::wait_until_all_left();
    beside::rest();
    alarm::rest();
}

fn clean_up(fd: Fd) {
    let began = epoch();
    let record_cookie =
        shard(fd).existing(fd).and_then(|slot| slot.record()).filter(|r| r.ours).map(|r| r.cookie);
    let is_ours = record_cookie.is_some_and(|cookie| option::cookie(fd) == Ok(cookie));
    let Ok(closing) = Closing::begin(fd, began) else {
        // POSIX code closed it; only the record is left.
        if option::cookie(fd).is_err() {
            companions::forget(fd);
            shard(fd).bury(fd);
        }
        return;
    };
    if is_ours {
        closing.finish();
    } else {
        closing.leave_open();
    }
}
