//! What a signal handler asked for while its own thread held a lock of the library: done when the lock is free.
//! Nothing is allocated.

use std::cell::Cell;
use std::sync::OnceLock;

/// What may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// `closesocket` of this value, by a call that began then.
    Close(usize, u64),
    /// `WSACleanup`.
    Cleanup,
}

const MOST: usize = 16;

thread_local! {
    static JOBS: Cell<[Option<Job>; MOST]> = const { Cell::new([None; MOST]) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// How a job is done; said once, by whoever knows.
static DOER: OnceLock<fn(Job)> = OnceLock::new();

/// Says how jobs are done.
pub(crate) fn do_by(doer: fn(Job)) {
    let _ = DOER.set(doer);
}

/// Puts a job off; `false` where there are too many.
pub(crate) fn add(job: Job) -> bool {
    let mut jobs = JOBS.get();
    let Some(place) = jobs.iter_mut().find(|place| place.is_none()) else { return false };
    *place = Some(job);
    JOBS.set(jobs);
    WAITING.set(true);
    true
}

/// Does what was put off; the calling thread holds no lock.
#[inline]
pub(crate) fn run() {
    if WAITING.get() {
        run_all();
    }
}

#[cold]
fn run_all() {
    while WAITING.replace(false) {
        let jobs = JOBS.replace([None; MOST]);
        if let Some(doer) = DOER.get() {
            jobs.into_iter().flatten().for_each(doer);
        }
    }
}
