//! What failed underneath: for the trace, the system calls that failed since the thread's present call began. Nothing is noted
//! without a trace.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use syscalls::Sysno;

use super::Errno;
use super::room::{self, Made};

static ON: AtomicBool = AtomicBool::new(false);

/// As many as are kept, the first ones.
const MOST: usize = 4;

/// A number of the kernel's, or none where data was moved, and why the call failed.
type Failed = (Option<Sysno>, Errno);

thread_local! {
    static FAILED: Cell<[Option<Failed>; MOST]> = const { Cell::new([None; MOST]) };
}

/// From now on what fails is noted.
pub fn begin() {
    ON.store(true, Ordering::Relaxed);
}

/// Notes a system call that failed; without its number one that moved data.
#[inline(always)]
pub(super) fn note(number: Option<Sysno>, errno: Errno) {
    if ON.load(Ordering::Relaxed) {
        keep((number, errno));
    }
}

#[cold]
#[inline(never)]
fn keep(failed: Failed) {
    let _ = FAILED.try_with(|cell| {
        let mut all = cell.get();
        if !all.contains(&Some(failed))
            && let Some(place) = all.iter_mut().find(|place| place.is_none())
        {
            *place = Some(failed);
            cell.set(all);
        }
    });
}

/// Forgets what the thread has noted.
pub fn forget() {
    let _ = FAILED.try_with(|cell| cell.set([None; MOST]));
}

/// What the thread has noted, in words: `getpeername ENOTCONN, transfer EPIPE`. Forgets it.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn take() -> Made<String> {
    let all = FAILED.try_with(|cell| cell.replace([None; MOST])).unwrap_or_default();
    room::shown(&Words(all))
}

struct Words([Option<Failed>; MOST]);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (number, errno)) in self.0.iter().flatten().enumerate() {
            let call = number.map_or("transfer", |number| number.name());
            write!(f, "{}{call} ", if at == 0 { "" } else { ", " })?;
            match errno.name() {
                Some(name) => f.write_str(name)?,
                None => write!(f, "errno {}", errno.number())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_are_kept_until_they_are_taken() {
        assert_eq!(take().as_deref(), Ok(""));
        keep((Some(Sysno::getpeername), Errno::new(libc::ENOTCONN)));
        for number in [libc::EPIPE, libc::EPIPE, 4000, libc::EAGAIN, libc::EINVAL] {
            keep((None, Errno::new(number)));
        }
        assert_eq!(
            take().as_deref(),
            Ok("getpeername ENOTCONN, transfer EPIPE, transfer errno 4000, transfer EAGAIN")
        );
        assert_eq!(take().as_deref(), Ok(""));
        keep((None, Errno::new(libc::EPIPE)));
        forget();
        assert_eq!(take().as_deref(), Ok(""));
    }
}
