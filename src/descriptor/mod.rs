//! What is remembered by descriptor, and how a descriptor is let go.
//!
//! The successful path of `send` and `recv` looks at one word ([`facts`]) and at nothing else here.
//!
//! # The rule that keeps data off the wrong socket
//!
//! A descriptor's number belongs to another socket as soon as it was closed and given out again. So:
//!
//! * A call tries once with a [`Once`], which is used up by that.
//! * Whatever it does after that, it does with a [`Waiting`]: a registration under which this library does not close
//!   the descriptor. It is refused where the descriptor was closed since the call began.
//!
//! What cannot be promised: that a call which has not entered the kernel yet when the number is given out again meets
//! the old socket. And a descriptor that POSIX code closes is beyond this rule; a [`Record`] carries the kernel's
//! number for its socket, so that it is not taken for another one's.

mod alarm;
mod beside;
mod closing;
pub mod companions;
pub mod deferred;
pub mod facts;
pub mod family;
mod fork;
mod peer;
pub mod record;
pub mod special;
mod table;
pub mod wait;
mod waiting;
mod watch;

pub use alarm::{is_placeholder as is_placeholder_file, poll_fd as alarm_poll_fd};
pub(crate) use alarm::{lower as end_looking, raise as let_waits_look};
pub(crate) use beside::{Beside, tell as tell_beside};
pub use beside::{is_awaited, put_back};
pub use closing::{Closing, close, close_all};
pub(crate) use fork::{Held, hold};
pub use peer::Peer;
pub use record::{Connection, Record, has_failed_listener, note_failed_listener};
pub use table::{
    Identity, bound, change, glance, identify, insert, look_for_listener, passed_on, read, release, replace,
    update,
};
pub use waiting::{CLOSED, Next, On, Once, Steady, Waiting, epoch, puts_off_shutdown};
pub use watch::{Watching, watch};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::{Errno, Fd};
use facts::Facts;

/// The answer to a value that can be no descriptor.
pub const NO_DESCRIPTOR: Failure = WsaError::WSAENOTSOCK.because("the value fits no descriptor");

/// The descriptor behind a value of C's `SOCKET`.
///
/// # Errors
/// `WSAENOTSOCK` where no descriptor can have that value.
#[inline]
pub fn of(socket: usize) -> Result<Fd, Failure> {
    Fd::from_socket(socket).ok_or(NO_DESCRIPTOR)
}

/// Whether what stands under a number is the library's own, above all while a socket of that number is being closed: functions that
/// take handles of files answer then as they do for a number that is not open.
#[must_use]
pub fn is_placeholder(fd: Fd) -> bool {
    crate::sys::file_identity(fd).is_ok_and(is_placeholder_file)
}

/// Looks at a socket by several questions to the kernel and to what is remembered.
///
/// # Errors
/// Those of `look`; `WSAENOTSOCK` where the socket was closed meanwhile, so that the answers may be about two.
pub fn of_one<T>(fd: Fd, look: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = epoch();
    let told = look();
    if facts::seen(fd).closing() > began {
        return Err(WsaError::WSAENOTSOCK.because("another thread has closed the socket"));
    }
    told
}

/// Whether the socket is a stream, as far as is known or else as the kernel says.
///
/// # Errors
/// The kernel's error where there is no socket.
pub fn is_stream(fd: Fd) -> Result<bool, Errno> {
    let facts = facts::seen(fd).facts();
    let facts = if facts.contains(Facts::SOCKET) { facts } else { facts::learn(fd)? };
    Ok(facts.contains(Facts::STREAM))
}

/// The socket's type, `SOCK_…`: of one of this library's streams or of its UDP as is known, else as the kernel says.
///
/// # Errors
/// The kernel's error where there is no socket.
pub fn kind(fd: Fd) -> Result<i32, Errno> {
    let seen = facts::seen(fd);
    if seen.has(Facts::OURS.union(Facts::STREAM)) {
        Ok(libc::SOCK_STREAM)
    } else if seen.has(Facts::OURS.union(Facts::DATAGRAM)) {
        Ok(libc::SOCK_DGRAM)
    } else {
        crate::sys::net::option::socket_type(fd)
    }
}

/// Whether the socket is in non-blocking mode: as this interface set it, or else as POSIX code did.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn nonblocking(fd: Fd) -> Result<bool, Errno> {
    let seen = facts::seen(fd);
    if seen.has(Facts::NONBLOCKING) || seen.has(Facts::LISTENER) {
        return Ok(seen.has(Facts::NONBLOCKING));
    }
    crate::sys::net::socket::nonblocking(fd)
}

/// Makes a socket blocking or non-blocking. A listener of this library's stays non-blocking in the kernel.
///
/// # Errors
/// The kernel's error; `ENOTSOCK` where there is no socket.
#[inline]
pub fn set_nonblocking(fd: Fd, on: bool) -> Result<(), Errno> {
    let mut seen = facts::seen(fd);
    if !seen.has(Facts::OURS.union(Facts::SOCKET)) {
        if !facts::verify(fd) {
            return Err(Errno::new(libc::ENOTSOCK));
        }
        seen = facts::seen(fd);
    }
    if on || !seen.has(Facts::LISTENER) {
        crate::sys::net::option::set_nonblocking(fd, on)?;
    }
    if on {
        facts::note(fd, seen, Facts::NONBLOCKING);
    } else {
        facts::unnote(fd, seen, Facts::NONBLOCKING);
    }
    Ok(())
}

extern "C" fn sweep() {
    table::sweep();
}

/// At the first start: finds out what a closing has to know and a signal handler could not ask, and has the memory of
/// closed descriptors given back when the process ends, so that tools which look for leaks find none.
pub(crate) fn at_first_start() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        crate::sys::process::at_exit(sweep);
        crate::sys::process::thread::look_for_single();
    });
}
