//! A call that is stopped after one of its system calls while another thread does its worst.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::process::Blocked;
use super::supervised::{Asked, Verdict, supervised};
use super::waiting::wait_until;

/// The calls that transfer, or ask about the socket, and do not wait: the supervisor may make them itself.
const QUICK: [i64; 14] = [
    libc::SYS_epoll_ctl,
    libc::SYS_shutdown,
    libc::SYS_sendto,
    libc::SYS_recvfrom,
    libc::SYS_sendmsg,
    libc::SYS_recvmsg,
    libc::SYS_accept4,
    libc::SYS_connect,
    libc::SYS_getsockopt,
    libc::SYS_setsockopt,
    libc::SYS_getsockname,
    libc::SYS_getpeername,
    libc::SYS_fcntl,
    libc::SYS_ioctl,
];

/// What a round has to say.
pub(crate) struct Round<T> {
    /// The call's own answer.
    pub(crate) answer: T,
    /// It got as far as the system call after which it was to be stopped.
    pub(crate) stopped: bool,
    /// The other thread did what it was to do.
    pub(crate) disturbed: bool,
}

/// Where a call is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After its first attempt and so many system calls more, before it learns the last one's answer.
    After(usize),
    /// Before so many system calls more than the first attempt: it has come as far as it does without that one.
    Before(usize),
}

impl Place {
    /// So many places, in turn. Before the first attempt the call has nothing but the number, so that is none of them.
    pub(crate) fn first(count: usize) -> impl Iterator<Item = Self> {
        (0..count).flat_map(|more| [Self::After(more), Self::Before(more + 1)])
    }

    fn number(self) -> usize {
        match self {
            Self::After(number) | Self::Before(number) => number,
        }
    }
}

/// Runs `job`, and at a place after its first `attempt`, or where it waits before: `worst` in another thread. If that waits
/// for the call, the call goes on. None where that cannot be tried.
pub(crate) fn disturbed<T: Send + 'static>(
    attempt: i64,
    place: Place,
    worst: impl FnOnce() + Send + 'static,
    job: impl FnOnce() -> T + Send + 'static,
) -> Option<Round<T>> {
    let (mut seen, mut worst, mut stopped) = (None, Some(worst), false);
    let mut other = None;
    let supervise = |asked: &Asked| {
        seen = match seen {
            None => (asked.number == attempt).then_some(0),
            Some(count) => Some(count + 1),
        };
        // It waits before it gets there: this is the last place.
        let may_wait = [libc::SYS_ppoll, libc::SYS_futex].contains(&asked.number) && !only_looks(asked);
        let waits = seen.is_some() && may_wait;
        if worst.is_none() || (seen != Some(place.number()) && !waits) {
            return Verdict::Goes;
        }
        let Some(worst) = worst.take() else { return Verdict::Goes };
        stopped = seen == Some(place.number());
        let quick = QUICK.contains(&asked.number) || only_looks(asked);
        let is_made = quick && matches!(place, Place::After(_));
        let verdict = if is_made { asked.make() } else { Verdict::Goes };
        let done = Arc::new(AtomicBool::new(false));
        let tell = Arc::clone(&done);
        let thread = Blocked::started(move || {
            worst();
            tell.store(true, Ordering::Release);
        });
        wait_until("it is over, or waits", || done.load(Ordering::Acquire) || thread.is_waiting());
        other = Some(thread);
        verdict
    };
    let answer = supervised(job, supervise)?;
    let disturbed = other.is_some();
    if let Some(other) = other {
        other.outcome();
    }
    Some(Round { answer, stopped, disturbed })
}

/// Puts a descriptor under a number. What looks whether a thread waits opens a file, which may have the number for a moment, and is
/// not replaced under its reader; what keeps the number is.
pub(crate) fn put_under(next: i32, number: i32) {
    for _ in 0..1000 {
        // SAFETY: numbers only; a copy that is not wanted is this function's own.
        let copy = unsafe { libc::fcntl(next, libc::F_DUPFD, number) };
        assert!(copy >= number, "{}", std::io::Error::last_os_error());
        if copy == number {
            return;
        }
        // SAFETY: likewise.
        unsafe { libc::close(copy) };
        std::thread::sleep(std::time::Duration::from_micros(100));
    }
    // SAFETY: numbers only.
    while unsafe { libc::dup2(next, number) } != number {
        assert_eq!(std::io::Error::last_os_error().raw_os_error(), Some(libc::EBUSY));
    }
}

/// Whether it asks `ppoll` without waiting.
fn only_looks(asked: &Asked) -> bool {
    let [_, _, time, ..] = asked.arguments;
    let time = std::ptr::with_exposed_provenance::<libc::timespec>(usize::try_from(time).unwrap());
    // SAFETY: the argument of a call that a thread of this process is about to make.
    asked.number == libc::SYS_ppoll
        && !time.is_null()
        && unsafe { ((*time).tv_sec, (*time).tv_nsec) == (0, 0) }
}
