//! Which sockets have a side. In shards, each behind its lock.
//!
//! The side of a socket that was closed stays in the table until the next one is made: a signal handler may close a
//! socket, and must not call the allocator.

use super::operation::Direction;
use super::reactor;
use super::side::{BEING_CLOSED, Side};
use crate::descriptor::Identity;
use crate::descriptor::facts::{self, Facts};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{self, Guard, Lock, Rank};
use crate::sys::Fd;
use crate::sys::net::option;
use crate::sys::process::fork::InChild;
use crate::sys::room::NoMemory;
use crate::sys::shared::Arc;
use crate::sys::sorted::Sorted;

const SHARDS: usize = 64;

#[derive(Default)]
pub(crate) struct Shard {
    sides: Sorted<Fd, Entry>,
    dead: usize,
}

struct Entry {
    side: Arc<Side>,
    dead: bool,
}

static TABLE: [Lock<Shard>; SHARDS] =
    [const { Lock::new(Rank::Sides, Shard { sides: Sorted::new(), dead: 0 }) }; SHARDS];

fn lock_of(number: usize) -> &'static Lock<Shard> {
    let [first, ..] = &TABLE;
    TABLE.get(number % SHARDS).unwrap_or(first)
}

fn shard(fd: Fd) -> Guard<Shard> {
    lock_of(fd.to_socket()).take()
}

/// The side of a descriptor, of whatever socket.
pub(super) fn find(fd: Fd) -> Option<Arc<Side>> {
    if !facts::may_be_asynchronous(fd) {
        return None;
    }
    let shard = shard(fd);
    shard.sides.get(&fd).filter(|entry| !entry.dead).map(|entry| Arc::clone(&entry.side))
}

/// Whether a descriptor has a side, of whatever socket.
pub(super) fn has(fd: Fd) -> bool {
    find(fd).is_some()
}

/// Whether what comes is for an operation that waits.
pub(super) fn awaits(fd: Fd) -> bool {
    let waits = |side: Arc<Side>| side.has_waiting(Direction::Receive) || side.has_waiting(Direction::Accept);
    find(fd).is_some_and(waits)
}

/// A connection that was taken from a listener is there again.
pub(super) fn put_back(listener: Identity) {
    if let Some(side) = find(listener.fd()).filter(|side| side.cookie() == listener.cookie()) {
        side.is_ready_again(Direction::Accept);
    }
}

/// The side of a number of the reactor's.
pub(super) fn find_by(number: u64) -> Option<Arc<Side>> {
    let fd = Fd::from_socket(usize::try_from(number & 0x3FFF_FFFF).ok()?)?;
    let shard = shard(fd);
    let entry = shard.sides.get(&fd).filter(|entry| !entry.dead)?;
    (entry.side.number() == number).then(|| Arc::clone(&entry.side))
}

/// Makes the side of a socket that has none.
pub(super) fn make(fd: Fd) -> Result<Arc<Side>, Failure> {
    const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for an asynchronous socket");
    let before = facts::seen(fd);
    if before.has(Facts::CLOSING) {
        return Err(BEING_CLOSED);
    }
    facts::learn(fd)?;
    let side = Side::new(fd, option::cookie(fd)?).map_err(|_| NO_MEMORY)?;
    reactor::begin_use()?;
    let entered = {
        let mut shard = shard(fd);
        if shard.dead > 0 {
            shard.sides.retain(|_, entry| !entry.dead);
            shard.dead = 0;
        }
        match shard.sides.get(&fd) {
            // Another thread was faster.
            Some(entry) if entry.side.cookie() == side.cookie() => Err(Ok(Arc::clone(&entry.side))),
            _ => {
                let entry = Entry { side: Arc::clone(&side), dead: false };
                match shard.sides.insert(fd, entry) {
                    Ok(stranger) => {
                        // Refused where a closing has begun, which then does not look here.
                        facts::note(fd, before, Facts::ASYNCHRONOUS);
                        Ok(stranger)
                    }
                    Err(NoMemory) => Err(Err(NO_MEMORY)),
                }
            }
        }
    };
    let stranger = match entered {
        Ok(stranger) => stranger,
        Err(other) => {
            reactor::end_use();
            return other;
        }
    };
    if let Some(stranger) = stranger {
        reactor::end_use();
        stranger.side.close(true);
    }
    if !facts::may_be_asynchronous(fd) || facts::seen(fd).has(Facts::CLOSING) {
        close(&side, false);
        return Err(BEING_CLOSED);
    }
    Ok(side)
}

/// The socket of a side ends; `gone`: POSIX code has closed it, and another one may stand under the number.
pub(super) fn close(side: &Arc<Side>, gone: bool) {
    if bury(side) {
        side.close(gone);
        reactor::end_use();
    }
}

/// Marks a side as dead, if nobody has.
fn bury(side: &Arc<Side>) -> bool {
    let mut shard = shard(side.fd());
    let same = |entry: &&mut Entry| Arc::ptr_eq(&entry.side, side) && !entry.dead;
    let found = shard.sides.get_mut(&side.fd()).filter(same).map(|entry| entry.dead = true).is_some();
    shard.dead += usize::from(found);
    found
}

/// A descriptor is being closed.
pub(super) fn close_descriptor(fd: Fd) {
    if let Some(side) = find(fd) {
        close(&side, false);
    }
}

/// A new socket has the number of one that POSIX code has closed. The caller may hold the lock of another side, so the
/// reactor does the rest.
pub(super) fn replaced(fd: Fd) {
    if let Some(side) = find(fd)
        && bury(&side)
    {
        reactor::close_later(side);
    }
}

/// Runs something with every side that is there.
pub(super) fn each(mut run: impl FnMut(&Arc<Side>)) {
    for number in 0..SHARDS {
        let mut from = None;
        loop {
            let next = {
                let shard = lock_of(number).take();
                let mut alive = shard.sides.iter().filter(|(fd, entry)| !entry.dead && Some(*fd) > from);
                alive.next().map(|(fd, entry)| (*fd, Arc::clone(&entry.side)))
            };
            let Some((fd, side)) = next else { break };
            run(&side);
            from = Some(fd);
        }
    }
}

/// The library comes to rest: all sockets are closed, but for those that POSIX code has made.
pub(super) fn close_all() {
    each(|side| close(side, false));
}

/// Every shard, for `fork`.
pub(super) fn hold() -> Vec<Option<Guard<Shard>>> {
    lock::take_all_for_fork(&TABLE)
}

/// In a child: how many sides are left. Those that a thread of the parent's was changing are left behind.
pub(super) fn in_child(mut held: Vec<Option<Guard<Shard>>>, child: InChild) -> usize {
    let mut count = 0;
    for number in (0..SHARDS).rev() {
        match lock::last_taken(&mut held, number) {
            Some(mut shard) => {
                let stays = |_: &Fd, entry: &Entry| {
                    let stays = !entry.dead && entry.side.in_child(child);
                    count += usize::from(stays);
                    stays
                };
                shard.sides.sift(stays, std::mem::forget);
                shard.dead = 0;
            }
            None => lock_of(number).renew(Shard::default(), child),
        }
    }
    count
}
