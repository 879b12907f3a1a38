//! Polls of Windows' own driver for sockets (`\Device\Afd`, `IOCTL_AFD_POLL`): waits for one or several sockets, of which an
//! IO_STATUS_BLOCK, an event or a completion port tells (PL1 to PL18).
//!
//! A poll looks at its sockets when it begins, and ends at once where something holds that it was asked for. Else each of its
//! sockets' sides knows it, and whoever finds the socket changed (the reactor, a call of this library, a closing) looks for it.
//! It ends once; all other sockets forget it then.
//!
//! | what | where |
//! |---|---|
//! | beginning and cancelling | this file |
//! | one poll, and how its end is told | `poll` |
//! | what holds of a socket | `conditions` |
//! | the polls that wait for one socket | `list` |
//! | the handle that a poll is begun on | [`owner`] |

mod conditions;
mod list;
pub(crate) mod owner;
mod poll;

pub(super) use conditions::{Holds, WITH_ROOM};
pub(super) use list::{Polls, Watch};
use owner::Owner;
pub(super) use poll::Poll;
pub(crate) use poll::{ENTRY, HEAD};
use poll::{End, Polled, Results};

use super::ending::{Ending, Listeners, Place};
use super::operation::Direction;
use super::queues::Queues;
use super::request::Routine;
use super::side::{Side, Which};
use super::table;
use crate::kernel::code::Code;
use crate::kernel::device::{self, Device, Going};
use crate::kernel::event::Kept;
use crate::kernel::pool::{self, Callback, Environment, Invocation, Of};
use crate::kernel::wait::{self, Ended};
use crate::sys::process::pause_for_a_moment;
use crate::sys::shared::Arc;
use crate::sys::{Fd, UserArea, UserStatusBlock};
use crate::windows::status;

pub(crate) use owner::status_of;

/// What is asked of one socket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The socket.
    pub(crate) handle: usize,
    /// Of what to tell: bits of `AFD_POLL_…`. Those of which nothing is ever told here are taken, too.
    pub(crate) events: u32,
}

/// What a program asks for.
pub(crate) struct Wish {
    /// When it ends at the latest, in 100 nanoseconds: from now where it is negative, else from 1601; the greatest number is
    /// never, 0 is at once.
    pub(crate) timeout: i64,
    /// Whether it takes the place of an exclusive one before it, and a later one its own.
    pub(crate) exclusive: bool,
    /// The sockets.
    pub(crate) sockets: Vec<Asked>,
    /// Where the results go.
    pub(crate) area: UserArea,
    /// The first eight bytes of what came in, and those from the twelfth on.
    pub(crate) head: ([u8; 8], [u8; 4]),
    /// Where it tells how it has ended.
    pub(crate) block: UserStatusBlock,
    /// The event that is set at its end.
    pub(crate) event: Option<Kept>,
    /// What is run at its end on the thread that began it.
    pub(crate) routine: Option<Routine>,
    /// For the routine, or in the OVERLAPPED's place of the packet; 0: no packet.
    pub(crate) context: usize,
}

/// Opens the device; its handle.
///
/// # Errors
/// `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`.
pub(crate) fn open(access: u32, inherited: bool, synchronous: bool) -> Result<usize, u32> {
    device::open(access, inherited, synchronous, end_all).map_err(status_of)
}

/// What holds of a socket, under its side's lock.
pub(super) fn holds(fd: Fd, queues: &Queues) -> Holds {
    conditions::of(fd, &|direction: Direction| !queues.is_empty(direction))
}

/// Begins a poll: `STATUS_SUCCESS` where it has ended well at once, which is told as any other end; `STATUS_PENDING`.
///
/// # Errors
/// Nobody is told of them but the caller. `STATUS_INVALID_HANDLE`: the handle or one of the sockets is none.
/// `STATUS_OBJECT_TYPE_MISMATCH`: one of them is another object. `STATUS_INVALID_PARAMETER`: no socket; a routine, and the handle
/// belongs to a port. `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`.
pub(crate) fn begin(owner: Owner, wish: Wish) -> Result<u32, u32> {
    let Wish { timeout, exclusive, sockets: asked, area, head, block, event, routine, context } = wish;
    if routine.is_some() && owner.has_port() {
        return Err(status::STATUS_INVALID_PARAMETER);
    }
    let mut sides = Vec::new();
    let mut sockets = Vec::new();
    let mut ready = Vec::new();
    let has_room = sides.try_reserve_exact(asked.len()).is_ok()
        && sockets.try_reserve_exact(asked.len()).is_ok()
        && ready.try_reserve_exact(asked.len()).is_ok();
    if !has_room {
        return Err(status::STATUS_NO_MEMORY);
    }
    for one in &asked {
        let side = owner::polled(one.handle)?;
        sockets.push(Polled { handle: one.handle, number: side.number() });
        sides.push((side, one.events));
    }
    let done = if owner.is_synchronous() { Some(Kept::new(true, false).map_err(status_of)?) } else { None };
    let signal = owner.signal()?;
    let listeners = Listeners { event, signal: Some(signal), routine, packet: context };
    let ending = Ending::new(Place::Block(block), listeners).map_err(status_of)?;
    let results = Results { area, head };
    let poll = Poll::new(owner, exclusive, sockets, results, (ending, context), done);
    let poll = Arc::try_new(poll).map_err(|_| status::STATUS_NO_MEMORY)?;
    if let Err(status) = poll.owner.begin(poll.going()) {
        poll.is_refused();
        return Err(status);
    }
    poll.begins();
    for (at, (side, events)) in sides.iter().enumerate() {
        let found = side.watch(&poll, at, *events);
        if let Some(replaced) = found.replaced {
            end(&replaced, End::Nothing);
        }
        match found.holds {
            Ok(holds) => ready.extend(holds.map(|holds| (at, holds))),
            Err(status) if poll.claim() => {
                poll.withdraw();
                return Err(status);
            }
            // It has ended meanwhile, and somebody tells so.
            Err(_) => break,
        }
    }
    if (!ready.is_empty() || timeout == 0) && poll.claim() {
        let end = if ready.is_empty() { End::Nothing } else { End::Ready(&ready) };
        return Ok(poll.tell(end, true));
    }
    if timeout != i64::MAX
        && !poll.is_claimed()
        && let Err(code) = run_until(&poll, timeout)
        && poll.claim()
    {
        poll.withdraw();
        return Err(status_of(code));
    }
    if poll.is_claimed() {
        // Who tells of it may have been there before all of its sockets knew it.
        poll.leave();
    }
    wait_for(&poll)
}

/// Has the poll end at that time.
fn run_until(poll: &Arc<Poll>, timeout: i64) -> Result<(), Code> {
    let socket = usize::try_from(poll.going().socket).unwrap_or(0);
    let timer =
        pool::create_timer(Callback { call: time_has_come, routine: 0 }, socket, Environment::default())?;
    if poll.has_timer(timer) {
        pool::set_timer(timer, Some(timeout), 0);
    } else {
        pool::close(timer, Of::Timer);
    }
    Ok(())
}

/// A timer has come due: its poll is known to its first socket.
fn time_has_come(timer: Invocation) {
    let side = u64::try_from(timer.context).ok().and_then(table::find_by);
    let poll = side.and_then(|side| side.find_poll(|poll| poll.is_timed_by(timer.object)));
    if let Some(poll) = poll {
        end(&poll, End::TimedOut);
    }
}

/// Where the handle is one whose calls wait: waits for the end, whose status is the answer.
fn wait_for(poll: &Arc<Poll>) -> Result<u32, u32> {
    let Some(done) = &poll.done else { return Ok(status::PENDING) };
    let ended = wait::for_event(done);
    if ended != Ended::Set && !end(poll, End::Cancelled) {
        while poll.owner.has(poll.serial()) {
            pause_for_a_moment();
        }
    }
    match ended {
        Ended::Set => Ok(poll.outcome()),
        Ended::Stopped => {
            wait::end_thread();
            Ok(status::STATUS_CANCELLED)
        }
        Ended::NoMemory => Err(status::STATUS_NO_MEMORY),
    }
}

/// Ends a poll like this, if nobody else does. No lock is held.
fn end(poll: &Poll, how: End<'_>) -> bool {
    let is_mine = poll.claim();
    if is_mine {
        poll.tell(how, false);
    }
    is_mine
}

/// Ends one that a socket has found.
pub(super) fn is_ready(watch: &Watch, holds: Holds) {
    end(&watch.poll, End::Ready(&[(watch.at, holds)]));
}

/// Ends one whose socket was closed (PL14).
pub(super) fn is_closed(watch: &Watch) {
    let closed = Holds { events: conditions::LOCAL_CLOSE, status: status::SUCCESS };
    end(&watch.poll, End::Ready(&[(watch.at, closed)]));
}

/// Cancels polls that were begun on a handle; how many there were. All of their ends are told when this returns, also of those that
/// have ended otherwise meanwhile: the program may take their memory back.
pub(crate) fn cancel(owner: &Owner, which: Which) -> usize {
    let mut count = 0;
    let mut last = 0;
    while let Some(going) = owner.next(last, which) {
        last = going.serial;
        count += usize::from(cancel_one(going, || owner.has(going.serial)));
    }
    count
}

/// Cancels one; `false`: it has ended otherwise, and that is told.
fn cancel_one(going: Going, goes_on: impl Fn() -> bool) -> bool {
    loop {
        let side = table::find_by(going.socket);
        let poll = side.and_then(|side| side.find_poll(|poll| poll.serial() == going.serial));
        if poll.is_some_and(|poll| end(&poll, End::Cancelled)) {
            return true;
        }
        if !goes_on() {
            return false;
        }
        // Somebody tells of its end, or its call has not come so far that its socket knows it.
        pause_for_a_moment();
    }
}

/// The last handle of a device was closed.
fn end_all(device: &Device) {
    let ends = |last| device.going(|list| list.next(last, |_| true));
    let mut last = 0;
    while let Some(going) = ends(last) {
        last = going.serial;
        cancel_one(going, || device.going(|list| list.has(going.serial)));
    }
}

/// A thread ends: its polls end with it, but for those on a handle that belongs to a port, begun without an event and without a routine.
pub(super) fn end_thread(side: &Side, thread: u64) {
    let mut last = 0;
    while let Some(poll) = side.next_poll(last, thread) {
        last = poll.serial();
        if !poll.is_bare() || !poll.owner.has_port() {
            end(&poll, End::Cancelled);
        }
    }
}
