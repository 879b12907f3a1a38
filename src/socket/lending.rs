//! One attempt that does not wait, for the two calls to which Linux gives no flag for that: `accept` on a listener that
//! POSIX code made, and `connect`.
//!
//! Switching the descriptor to non-blocking mode for a moment would be seen by every duplicate and by other processes.
//! A time-out of a microsecond on the socket is not a mode: the call waits one tick of the kernel's clock at most (4 ms
//! at 250 Hz), with `EAGAIN` or `EINPROGRESS` where it would have waited on.

use crate::descriptor::Waiting;
use crate::runtime::lock::{self, Guard, Lock, Rank};
use crate::sys::Errno;
use crate::sys::net::option;
use crate::sys::process::fork::InChild;

const LOCKS: usize = 64;

/// Held while a socket has a time-out that is not its own, by descriptor, since the attempt may take its tick.
static LENDING: [Lock<()>; LOCKS] = [const { Lock::new(Rank::Lending, ()) }; LOCKS];

const LEAST: libc::timeval = libc::timeval { tv_sec: 0, tv_usec: 1 };

/// Runs `attempt` while the time-out that limits it, Linux's SO_RCVTIMEO or SO_SNDTIMEO, is as short as can be.
///
/// # Errors
/// Those of the attempt, and the kernel's from changing the time-out.
pub(crate) fn with_least_time_out<T>(
    waiting: &Waiting,
    name: i32,
    attempt: impl FnOnce() -> Result<T, Errno>,
) -> Result<T, Errno> {
    // Registered: what is set here is put back on the same socket.
    let fd = waiting.fd();
    let [first, ..] = &LENDING;
    let _alone = LENDING.get(fd.to_socket() % LOCKS).unwrap_or(first).take();
    let before = option::get_value::<libc::timeval>(fd, libc::SOL_SOCKET, name)?;
    option::set(fd, libc::SOL_SOCKET, name, LEAST)?;
    let result = attempt();
    option::set(fd, libc::SOL_SOCKET, name, before)?;
    result
}

pub(crate) fn hold_for_fork() -> Vec<Option<Guard<()>>> {
    lock::take_all_for_fork(&LENDING)
}

pub(crate) fn in_child(mut held: Vec<Option<Guard<()>>>, child: InChild) {
    // The last one first: the first one notes that the rank is held.
    for (number, lock) in LENDING.iter().enumerate().rev() {
        let guard = lock::last_taken(&mut held, number);
        if guard.is_none() {
            lock.renew((), child);
        }
    }
}
