//! The table of records. Split into shards, each behind its lock.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use super::slot::Slot;
use super::{Record, cookie, watch};
use crate::descriptor::family;
use crate::descriptor::hint;
use crate::runtime::startup;
use crate::sys::net::option;
use crate::sys::net::socket;
use crate::sys::{Errno, Fd};

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
    crate::runtime::lock::lock(shard)
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

/// Every socket of this process that is known to have a local address.
#[must_use]
pub fn bound() -> Vec<(Fd, Record)> {
    let mut found = Vec::new();
    for shard in &TABLE {
        for (&fd, slot) in &lock(shard).0 {
            if let Some(record) = slot.record.as_deref().filter(|record| record.bound) {
                found.push((fd, record.clone()));
            }
        }
    }
    found.retain(|(fd, record)| cookie(*fd) == Ok(record.cookie));
    found
}

/// Whether the descriptor is in non-blocking mode, and not by [`borrow_mode`]. Asked under the lock, since a mode
/// that is given back between two questions would be taken for the program's own.
pub(super) fn nonblocking(fd: Fd) -> Result<bool, Errno> {
    let mut shard = shard(fd);
    let borrower = shard
        .existing(fd)
        .and_then(|slot| slot.record.as_deref())
        .filter(|record| record.is_blocking_at_heart());
    if let Some(record) = borrower
        && cookie(fd)? == record.cookie
    {
        return Ok(false);
    }
    socket::nonblocking(fd)
}

/// A blocking socket that a call has made non-blocking for a moment.
#[derive(Debug)]
pub(super) struct Loan {
    cookie: u64,
}

/// Makes a blocking descriptor non-blocking for a moment, to be given back; nothing where it is non-blocking.
pub(super) fn borrow_mode(fd: Fd) -> Result<Option<Loan>, Errno> {
    let cookie = cookie(fd)?;
    let mut shard = shard(fd);
    let record = shard.slot(fd).record_of(cookie);
    if record.borrowed_mode == 0 {
        if socket::nonblocking(fd)? {
            return Ok(None);
        }
        socket::set_nonblocking(fd, true)?;
    }
    record.borrowed_mode += 1;
    Ok(Some(Loan { cookie }))
}

/// Gives it back; the last one makes the descriptor blocking again, if it still is the same socket's.
pub(super) fn return_mode(fd: Fd, loan: Loan) {
    let mut shard = shard(fd);
    if !cookie(fd).is_ok_and(|cookie| cookie == loan.cookie) {
        return;
    }
    // Without a record the socket is on its way out, or only let go of by the last WSACleanup.
    let mut stays = false;
    if let Some(record) = shard.existing(fd).and_then(|slot| slot.record.as_deref_mut()) {
        record.borrowed_mode = record.borrowed_mode.saturating_sub(1);
        if record.borrowed_mode > 0 {
            return;
        }
        stays = std::mem::take(&mut record.stays_nonblocking);
    }
    if !stays {
        let _ = socket::set_nonblocking(fd, false);
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
    let mut count = crate::runtime::lock::lock(&RECEIVE_SHUT);
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
    Held { shards, _receive_shut: crate::runtime::lock::lock(&RECEIVE_SHUT), watches: watch::list() }
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
    crate::descriptor::waker::forget_spare();
}
