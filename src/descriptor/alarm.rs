//! The alarm: how a thread that closes a socket ends the waits of others, without a descriptor for each of them.
//!
//! Every wait polls the reading end of one pipe of the process beside its sockets. A closing that finds waits to end
//! raises the alarm, and lowers it when they have left. Who is woken and not concerned sleeps until the alarm is
//! lowered, and polls again. The pipe's two descriptors are looked at before they are used: a program may have closed
//! them, as daemons close whatever they do not know. Then the alarm is made anew; who polls the old one is told by its
//! other end's being closed.

use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};

use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::Fd;
use crate::sys::event::futex;
use crate::sys::event::pipe::Pipe;
use crate::sys::event::poll::PollFd;
use crate::sys::process::fork::InChild;

/// Everything under the alarm's lock.
#[derive(Debug)]
pub(crate) struct State {
    pipe: Option<Pipe>,
    /// Closings that have raised it and not lowered it yet.
    raised: u32,
    /// Closings that are putting its reading end over their sockets.
    covering: u32,
}

const AT_REST: State = State { pipe: None, raised: 0, covering: 0 };

static STATE: Lock<State> = Lock::new(Rank::Alarm, AT_REST);

/// The reading end's number for whoever is going to poll; −1 while there is none.
static READ_END: AtomicI32 = AtomicI32::new(-1);

/// What file the pipe is: inode and device, which is the same of every pipe. They stay when the pipe is closed: a placeholder may be
/// left of it.
static FILE: [AtomicU64; 2] = [const { AtomicU64::new(0) }; 2];

/// Goes up whenever the alarm is raised or lowered; who sleeps for that sleeps here.
static CHANGES: AtomicU32 = AtomicU32::new(0);

fn changed() {
    // Release: who sees the change sees what was done before.
    CHANGES.fetch_add(1, Ordering::Release);
    futex::wake(&CHANGES, u32::MAX);
}

impl State {
    /// The pipe, if it is whole or can be made; set while the alarm is raised.
    fn pipe(&mut self) -> Option<Pipe> {
        if let Some(pipe) = self.pipe {
            if pipe.is_whole() {
                return Some(pipe);
            }
            pipe.close();
        }
        self.pipe = Pipe::new().ok();
        if let Some(pipe) = self.pipe {
            let (device, inode) = pipe.file();
            FILE[1].store(device, Ordering::Release);
            FILE[0].store(inode, Ordering::Release);
            if self.raised > 0 {
                let _ = pipe.set();
            }
        }
        let read_end = self.pipe.map_or(-1, |pipe| pipe.read_end().number());
        READ_END.store(read_end, Ordering::Release);
        self.pipe
    }
}

/// The entry of a wait's `poll` that tells of the alarm; none where the process has no descriptor left.
#[must_use]
pub fn poll_fd() -> Option<PollFd> {
    let known = usize::try_from(READ_END.load(Ordering::Acquire)).ok().and_then(Fd::from_socket);
    let read_end = match known {
        Some(fd) => fd,
        None => STATE.take().pipe()?.read_end(),
    };
    Some(PollFd::new(read_end, libc::POLLIN))
}

/// Ends the waits: every `poll` with the alarm's entry returns until [`lower`].
pub(crate) fn raise() {
    let mut state = STATE.take();
    state.raised += 1;
    let was_whole = state.pipe.is_some_and(|pipe| pipe.is_whole());
    if let Some(pipe) = state.pipe()
        && was_whole
        && state.raised == 1
    {
        let _ = pipe.set();
    }
    drop(state);
    changed();
}

/// Takes one [`raise`] back.
pub(crate) fn lower() {
    let mut state = STATE.take();
    state.raised = state.raised.saturating_sub(1);
    if state.raised == 0
        && let Some(pipe) = state.pipe
    {
        pipe.reset();
    }
    drop(state);
    changed();
}

/// How often the alarm was raised or lowered. Read before a wait looks whether it is meant; handed to [`pass`].
pub(super) fn changes() -> u32 {
    CHANGES.load(Ordering::Acquire)
}

/// After the alarm's entry has told of something that was not this wait's when `seen` was read: until there is
/// something to look at again. At most until `deadline`, in nanoseconds of the monotonic clock.
pub(super) fn pass(seen: u32, deadline: Option<u64>) {
    let raised = {
        let mut state = STATE.take();
        // Where the number stands for something else, it is that which was polled.
        let _ = state.pipe();
        state.raised > 0
    };
    if raised {
        futex::wait(&CHANGES, seen, deadline);
    }
}

/// Puts a placeholder under a number that a socket has, which closes the socket and keeps the number taken; `false`
/// where there is none to put there.
#[must_use]
pub(super) fn cover(fd: Fd) -> bool {
    let mut state = STATE.take();
    // Whether the number is still the pipe's is looked at where it is used.
    let pipe = match state.pipe {
        Some(pipe) => Some(pipe),
        None => state.pipe(),
    };
    let Some(pipe) = pipe.filter(|pipe| pipe.read_end() != fd) else { return false };
    state.covering += 1;
    // The closing may linger: not under the lock.
    drop(state);
    let covered = pipe.cover(fd);
    let mut state = STATE.take();
    state.covering = state.covering.saturating_sub(1);
    covered
}

/// Whether a file, by device and inode, is the one that `cover` puts under the numbers of sockets. It is not the program's,
/// wherever it stands.
#[must_use]
pub fn is_placeholder(file: (u64, u64)) -> bool {
    let [inode, device] = &FILE;
    file == (device.load(Ordering::Acquire), inode.load(Ordering::Acquire))
}

/// Lets go of the descriptors: the library is at rest. They stay for its next start where other threads still close sockets.
pub(super) fn rest() {
    let mut state = STATE.take();
    if state.raised == 0
        && state.covering == 0
        && let Some(pipe) = state.pipe.take()
    {
        READ_END.store(-1, Ordering::Release);
        pipe.close();
    }
}

/// Takes the lock for `fork`.
pub(super) fn hold() -> Option<Guard<State>> {
    STATE.take_for_fork()
}

/// In a child: the parent's pipe is not for it.
pub(super) fn in_child(held: Option<Guard<State>>, child: InChild) {
    READ_END.store(-1, Ordering::Release);
    match held {
        Some(mut state) => {
            (state.raised, state.covering) = (0, 0);
            if let Some(pipe) = state.pipe.take() {
                pipe.close();
            }
        }
        None => STATE.renew(AT_REST, child),
    }
}
