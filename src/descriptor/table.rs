//! The table of slots, one per descriptor that has a record or that calls wait on. Split into shards, each behind
//! its lock.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use super::deferred::{self, Deferred};
use super::facts::{self, Facts};
use super::record::Record;
use super::waiting::{Waiter, Waiting, next_closing};
use super::{beside, companions};
use crate::runtime::lock::{self, Guard, Lock, Rank};
use crate::runtime::startup;
use crate::sys::net::option;
use crate::sys::process::fork::InChild;
use crate::sys::room::{self, Made};
use crate::sys::{Errno, Fd};

pub(super) const SHARDS: usize = 64;

/// One descriptor's place.
#[derive(Debug, Default)]
pub(super) struct Slot {
    record: Option<Record>,
    /// Connections that were put off.
    pub(super) deferred: Option<Box<Deferred>>,
    pub(super) waiters: Vec<Waiter>,
    /// The number of the closing under way; 0 where nobody is closing the descriptor.
    pub(super) closing: u64,
    /// The program has shut down receiving while calls waited for data: the kernel is told when they have left.
    pub(super) shuts_later: bool,
    /// The descriptor was closed. The record's memory is given back later: a signal handler may have closed it, and
    /// must not call the allocator.
    dead: bool,
}

impl Slot {
    /// The record, if the descriptor is open.
    pub(super) fn record(&self) -> Option<&Record> {
        self.record.as_ref().filter(|_| !self.dead)
    }

    /// The record of the socket with this cookie; an older one of another socket is replaced.
    fn record_of(&mut self, cookie: u64) -> &mut Record {
        if self.record().is_none_or(|record| record.cookie != cookie) {
            self.record = None;
            self.dead = false;
        }
        self.record.get_or_insert_with(|| Record::new(cookie))
    }

    /// Whether its memory is still wanted.
    fn is_in_use(&self) -> bool {
        !self.dead || !self.waiters.is_empty() || self.deferred.is_some()
    }

    /// In a child after `fork`: no thread of this process waits or closes.
    fn forget_threads(&mut self) {
        self.waiters.clear();
        self.closing = 0;
    }
}

/// Descriptors are small numbers that differ by multiples of [`SHARDS`] within a shard.
#[derive(Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_i32(&mut self, number: i32) {
        self.0 = u64::from(number.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
        self.0 = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

/// Each slot apart, since a part of the table is empty room.
type Slots = HashMap<Fd, Box<Slot>, BuildHasherDefault<Spread>>;

/// The slots of the descriptors whose number leaves the same remainder.
#[derive(Debug)]
pub(super) struct Shard {
    slots: Slots,
    dead: usize,
}

impl Shard {
    const fn new() -> Self {
        Self { slots: HashMap::with_hasher(BuildHasherDefault::new()), dead: 0 }
    }

    /// The slot of a descriptor, if there is one.
    pub(super) fn existing(&mut self, fd: Fd) -> Option<&mut Slot> {
        self.slots.get_mut(&fd).map(Box::as_mut)
    }

    /// The slot of a descriptor, made if it is not there yet.
    ///
    /// # Errors
    /// `ENOMEM`.
    pub(super) fn slot(&mut self, fd: Fd) -> Result<&mut Slot, Errno> {
        // Now and then, so that a socket that is made and closed again does not pay for all others.
        if self.dead > self.slots.len() / 4 + 8 {
            self.slots.retain(|at, slot| *at == fd || slot.is_in_use());
            self.dead = self.slots.values().filter(|slot| slot.dead).count();
            if self.slots.is_empty() {
                *self = Self::new();
            }
        }
        self.slots.try_reserve(1).map_err(|_| Errno::new(libc::ENOMEM))?;
        Ok(match self.slots.entry(fd) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(place) => place.insert(room::boxed(Slot::default())?),
        })
    }

    /// The descriptor is let go.
    pub(super) fn bury(&mut self, fd: Fd) {
        if let Some(slot) = self.slots.get_mut(&fd).map(Box::as_mut) {
            slot.closing = 0;
            slot.dead = true;
            self.dead += 1;
        }
    }

    /// A descriptor of which the last `WSACleanup` has to end something, past those before `from`.
    pub(super) fn next_in_use(&self, from: i32) -> Option<Fd> {
        let in_use = |slot: &Slot| {
            slot.closing == 0
                && (slot.record().is_some()
                    || slot.deferred.is_some()
                    || slot.waiters.iter().any(Waiter::is_not_evicted))
        };
        let open = self.slots.iter().filter(|(_, slot)| in_use(slot)).map(|(fd, _)| *fd);
        open.filter(|fd| fd.number() >= from).min()
    }
}

static TABLE: [Lock<Shard>; SHARDS] = [const { Lock::new(Rank::Slots, Shard::new()) }; SHARDS];

/// The number of a descriptor's shard.
pub(super) fn shard_number(fd: Fd) -> usize {
    fd.to_socket() % SHARDS
}

fn lock_of(number: usize) -> &'static Lock<Shard> {
    let [first, ..] = &TABLE;
    TABLE.get(number).unwrap_or(first)
}

/// Locks a shard by its number.
pub(super) fn shard_at(number: usize) -> Guard<Shard> {
    lock_of(number).take()
}

/// Locks the shard of a descriptor.
pub(super) fn shard(fd: Fd) -> Guard<Shard> {
    shard_at(shard_number(fd))
}

/// A socket that was asked for its number in the kernel: one question serves for all that a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    fd: Fd,
    cookie: u64,
}

/// Asks the kernel which socket stands under a descriptor.
///
/// # Errors
/// The kernel's error where there is none.
#[inline(always)]
pub fn identify(fd: Fd) -> Result<Identity, Errno> {
    Ok(Identity { fd, cookie: option::cookie(fd)? })
}

impl Identity {
    /// Of a socket that was asked for its number before.
    pub(crate) const fn of(fd: Fd, cookie: u64) -> Self {
        Self { fd, cookie }
    }

    /// The descriptor.
    #[must_use]
    pub const fn fd(self) -> Fd {
        self.fd
    }

    /// The kernel's number for the socket.
    #[must_use]
    pub const fn cookie(self) -> u64 {
        self.cookie
    }

    /// The record of the socket, if there is one.
    #[must_use]
    pub fn read(self) -> Option<Record> {
        let mut shard = shard(self.fd);
        shard.existing(self.fd)?.record().filter(|record| record.cookie == self.cookie).cloned()
    }

    /// Looks at the record of the socket, if there is one, without a copy of it.
    #[must_use]
    pub fn look<T>(self, look: impl FnOnce(&Record) -> T) -> Option<T> {
        let mut shard = shard(self.fd);
        shard.existing(self.fd)?.record().filter(|record| record.cookie == self.cookie).map(look)
    }

    /// Changes the record of the socket; starts one if there is none, as for a socket that POSIX code made.
    ///
    /// # Errors
    /// `ENOMEM`; `EBADF` if the socket was closed since it was asked.
    pub fn update<T>(self, change: impl FnOnce(&mut Record) -> T) -> Result<T, Errno> {
        let mut shard = shard(self.fd);
        let slot = shard.slot(self.fd)?;
        if slot.record().is_none_or(|record| record.cookie != self.cookie)
            && option::cookie(self.fd)? != self.cookie
        {
            // The number was given to another socket meanwhile.
            return Err(Errno::new(libc::EBADF));
        }
        Ok(change(slot.record_of(self.cookie)))
    }
}

/// Starts the record of a socket that this library just made, and of which `facts` are known.
///
/// # Errors
/// The kernel's error; `ENOMEM`; `ESHUTDOWN` after the last `WSACleanup`.
pub fn insert(fd: Fd, known: Facts, change: impl FnOnce(&mut Record)) -> Result<Identity, Errno> {
    insert_as(fd, known, facts::begin, change)
}

/// The same for one that was put under the number of another socket of the program's, which is held: what calls have seen of
/// that holds for this one.
///
/// # Errors
/// Those of [`insert`].
pub fn replace(held: &Waiting, known: Facts, change: impl FnOnce(&mut Record)) -> Result<Identity, Errno> {
    insert_as(held.fd(), known, facts::replace, change)
}

fn insert_as(
    fd: Fd,
    known: Facts,
    begin: fn(Fd, Facts),
    change: impl FnOnce(&mut Record),
) -> Result<Identity, Errno> {
    let identity = identify(fd)?;
    let mut record = Record { ours: true, ..Record::new(identity.cookie) };
    change(&mut record);
    // POSIX code may have closed a socket of this number, and left its companions.
    companions::forget(fd);
    beside::replaced(fd);
    let stale = {
        let mut shard = shard(fd);
        // Under the lock: WSACleanup says first that the library is at rest, and then goes through the table.
        if !startup::mode().is_started() {
            return Err(Errno::new(libc::ESHUTDOWN));
        }
        let slot = shard.slot(fd)?;
        slot.record = Some(record);
        slot.dead = false;
        slot.closing = 0;
        slot.shuts_later = false;
        begin(fd, known | Facts::OURS);
        slot.deferred.take()
    };
    deferred::abort_all(stale);
    Ok(identity)
}

/// Lets a socket be no socket of the program's any more, and leaves its descriptor open: nobody was given its number yet.
///
/// # Errors
/// `EBADF`: the last `WSACleanup` has closed it, or is about to.
pub fn release(socket: Identity) -> Result<(), Errno> {
    let fd = socket.fd;
    let mut shard = shard(fd);
    let own = |slot: &&mut Slot| {
        slot.closing == 0 && slot.record().is_some_and(|record| record.cookie == socket.cookie)
    };
    if shard.existing(fd).filter(own).is_none() {
        return Err(Errno::new(libc::EBADF));
    }
    facts::forget(fd, next_closing());
    shard.bury(fd);
    Ok(())
}

/// The record of the socket, if there is one and it is this socket's.
#[must_use]
pub fn read(fd: Fd) -> Option<Record> {
    identify(fd).ok()?.read()
}

/// Looks at the record under a descriptor without asking the kernel which socket stands there. It may be that of a socket
/// that POSIX code has closed; but what is not in it is in no record of the one that is there now.
#[must_use]
pub fn glance<T>(fd: Fd, look: impl FnOnce(&Record) -> T) -> Option<T> {
    shard(fd).existing(fd)?.record().map(look)
}

/// What an accepted connection has from its listener.
#[must_use]
pub fn passed_on(listener: Fd) -> Record {
    if glance(listener, Record::has_to_pass_on) != Some(true) {
        return Record::default();
    }
    identify(listener).ok().and_then(|listener| listener.look(Record::passed_on)).unwrap_or_default()
}

/// Changes the record of the socket; starts one if there is none, as for a socket that POSIX code made.
///
/// # Errors
/// The kernel's error where there is no socket; `ENOMEM`.
pub fn update<T>(fd: Fd, change: impl FnOnce(&mut Record) -> T) -> Result<T, Errno> {
    identify(fd)?.update(change)
}

/// The same for a change that takes memory.
///
/// # Errors
/// Those of [`update`].
pub fn change<T>(fd: Fd, change: impl FnOnce(&mut Record) -> Made<T>) -> Result<T, Errno> {
    Ok(update(fd, change)??)
}

/// Every socket of this process that is known to have a local address.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn bound() -> Made<Vec<(Fd, Record)>> {
    let mut found = Vec::new();
    for number in 0..SHARDS {
        for (&fd, slot) in &shard_at(number).slots {
            if let Some(record) = slot.record().filter(|record| record.bound && slot.closing == 0) {
                room::push(&mut found, (fd, record.clone()))?;
            }
        }
    }
    found.retain(|(fd, record)| option::cookie(*fd) == Ok(record.cookie));
    Ok(found)
}

/// Finds out whether a descriptor that this library did not make is a duplicate of a listener that it did: then the
/// listener's facts are the duplicate's.
///
/// # Errors
/// The kernel's error where there is no socket.
pub fn look_for_listener(fd: Fd) -> Result<(), Errno> {
    let before = facts::seen(fd);
    let cookie = option::cookie(fd)?;
    let mut found = Facts::NO_DUPLICATE;
    for number in 0..SHARDS {
        let shard = shard_at(number);
        let same = |slot: &Slot| slot.record().is_some_and(|record| record.cookie == cookie);
        let twin =
            shard.slots.iter().find(|(other, slot)| **other != fd && same(slot)).map(|(other, _)| *other);
        if let Some(twin) = twin {
            let listener = facts::seen(twin).facts() & (Facts::LISTENER | Facts::NONBLOCKING | Facts::OURS);
            if listener.contains(Facts::LISTENER) {
                found = listener.difference(Facts::OURS);
            }
        }
    }
    facts::note(fd, before, found);
    Ok(())
}

/// Gives back the memory of descriptors that were closed. Not at their closing, since a signal handler may do that.
pub(super) fn sweep() {
    for number in 0..SHARDS {
        let mut shard = shard_at(number);
        shard.slots.retain(|_, slot| slot.is_in_use());
        if shard.slots.is_empty() {
            *shard = Shard::new();
        }
    }
}

/// Every lock of the table, for `fork`; none in place of one that could not be had.
pub(super) fn hold() -> Vec<Option<Guard<Shard>>> {
    lock::take_all_for_fork(&TABLE)
}

/// In a child after `fork`: the threads that waited are the parent's. A shard that was in use is begun anew.
pub(super) fn in_child(mut held: Vec<Option<Guard<Shard>>>, child: InChild) {
    // The last one first: the first one notes that the rank is held.
    for number in (0..SHARDS).rev() {
        match lock::last_taken(&mut held, number) {
            Some(mut shard) => shard.slots.values_mut().map(Box::as_mut).for_each(Slot::forget_threads),
            None => lock_of(number).renew(Shard::new(), child),
        }
    }
}
