//! The table of records. Split into shards, each behind its lock.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::slot::Slot;
use super::{Record, cookie, watch};
use crate::startup;
use crate::sys::{Errno, Fd, option, socket};
use crate::{family, hint};

const SHARDS: usize = 64;

/// The slots of the descriptors whose number leaves the same remainder.
#[derive(Debug)]
pub(crate) struct Shard(BTreeMap<Fd, Slot>);

static TABLE: [Mutex<Shard>; SHARDS] = [const { Mutex::new(Shard(BTreeMap::new())) }; SHARDS];

impl Shard {
    /// The slot of a descriptor, made if it is not there yet.
    pub(super) fn slot(&mut self, fd: Fd) -> &mut Slot {
        self.0.entry(fd).or_default()
    }

    fn existing(&mut self, fd: Fd) -> Option<&mut Slot> {
        self.0.get_mut(&fd)
    }
}

/// Locks the shard of a descriptor.
pub(super) fn shard(fd: Fd) -> MutexGuard<'static, Shard> {
    let [first, ..] = &TABLE;
    lock(TABLE.get(fd.to_socket() % SHARDS).unwrap_or(first))
}

fn lock(shard: &'static Mutex<Shard>) -> MutexGuard<'static, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the record of a socket that this library just made.
///
/// # Errors
/// The kernel's error.
pub fn insert(fd: Fd, change: impl FnOnce(&mut Record)) -> Result<(), Errno> {
    let mut record = Record { ours: true, ..Record::new(cookie(fd)?) };
    change(&mut record);
    hint::note(fd, option::socket_type(fd)? == libc::SOCK_STREAM);
    family::learn(fd)?;
    shard(fd).slot(fd).begin(record);
    Ok(())
}

/// The record of the socket, if there is one and it is this socket's.
#[must_use]
pub fn read(fd: Fd) -> Option<Record> {
    let cookie = cookie(fd).ok()?;
    let mut shard = shard(fd);
    let record = shard.existing(fd)?.record.as_deref()?;
    (record.cookie == cookie).then(|| record.clone())
}

/// Changes the record of the socket; starts one if there is none, as for a socket that POSIX code made.
///
/// # Errors
/// The kernel's error where there is no socket.
pub fn update<T>(fd: Fd, change: impl FnOnce(&mut Record) -> T) -> Result<T, Errno> {
    let cookie = cookie(fd)?;
    Ok(change(shard(fd).slot(fd).record_of(cookie)))
}

/// Forgets the record of a descriptor.
pub fn forget(fd: Fd) {
    if let Some(slot) = shard(fd).existing(fd) {
        slot.record = None;
    }
}

/// Makes a blocking descriptor non-blocking for a moment; whether it has to be given back.
pub(super) fn borrow_mode(fd: Fd) -> Result<bool, Errno> {
    let cookie = cookie(fd)?;
    let mut shard = shard(fd);
    let record = shard.slot(fd).record_of(cookie);
    if record.borrowed_mode == 0 {
        if socket::nonblocking(fd)? {
            return Ok(false);
        }
        socket::set_nonblocking(fd, true)?;
    }
    record.borrowed_mode += 1;
    Ok(true)
}

/// Gives it back; the last one makes the descriptor blocking again.
pub(super) fn return_mode(fd: Fd) {
    let mut shard = shard(fd);
    if let Some(record) = shard.existing(fd).and_then(|slot| slot.record.as_deref_mut()) {
        record.borrowed_mode = record.borrowed_mode.saturating_sub(1);
        if record.borrowed_mode == 0 && !std::mem::take(&mut record.stays_nonblocking) {
            let _ = socket::set_nonblocking(fd, false);
        }
    }
}

/// Makes a descriptor blocking or non-blocking, as the program wants it: now, or when the calls that have made
/// it non-blocking for a moment have ended.
///
/// # Errors
/// The kernel's error.
pub fn set_nonblocking(fd: Fd, on: bool) -> Result<(), Errno> {
    let cookie = cookie(fd)?;
    let mut shard = shard(fd);
    if let Some(record) = shard.existing(fd).and_then(|slot| slot.record.as_deref_mut())
        && record.cookie == cookie
        && record.borrowed_mode > 0
    {
        record.stays_nonblocking = on;
        return Ok(());
    }
    socket::set_nonblocking(fd, on)
}

/// Sockets that must not receive any more.
static RECEIVE_SHUT: Mutex<i32> = Mutex::new(0);

/// Counts the sockets that must not receive any more again, after one was added or taken away, so that `recv`
/// looks at records only while there are some.
pub fn receive_shut_changed(by: i32) {
    let mut count = RECEIVE_SHUT.lock().unwrap_or_else(PoisonError::into_inner);
    *count += by;
    startup::set_receive_shut(*count > 0);
}

/// Every lock of the table, for `fork`, which must not happen while one is held by a thread that the child lacks.
#[derive(Debug)]
pub(crate) struct Held {
    shards: Vec<MutexGuard<'static, Shard>>,
    _receive_shut: MutexGuard<'static, i32>,
    watches: MutexGuard<'static, watch::List>,
}

/// Takes every lock, in the order in which they are taken elsewhere.
pub(crate) fn hold() -> Held {
    let shards = TABLE.iter().map(lock).collect();
    Held {
        shards,
        _receive_shut: RECEIVE_SHUT.lock().unwrap_or_else(PoisonError::into_inner),
        watches: watch::list(),
    }
}

impl Held {
    /// In a child after `fork`: the threads that waited are the parent's.
    pub(crate) fn forget_waiters(&mut self) {
        for slot in self.shards.iter_mut().flat_map(|shard| shard.0.values_mut()) {
            slot.forget_waiters();
        }
        self.watches.forget_all();
    }
}

/// Closes every socket that this library made and that is still open, and ends every wait; for the last
/// `WSACleanup`.
pub fn close_all() {
    watch::end_all();
    for shard in &TABLE {
        let in_use: Vec<Fd> =
            lock(shard).0.iter().filter(|(_, slot)| slot.is_in_use()).map(|(fd, _)| *fd).collect();
        in_use.into_iter().for_each(super::slot::clean_up);
    }
    crate::wake::forget_spare();
}
