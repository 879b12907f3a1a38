//! Which descriptor is an end of a pipe.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::pipe::Pipe;
use super::{engine, open, submit};
use crate::kernel::code::Code;
use crate::kernel::{STANDARD_INPUT, hold};
use crate::overlapped::others::{self, Others};
use crate::overlapped::request;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::net::option;
use crate::sys::process::fork::InChild;
use crate::sys::shared::{Arc, Weak};
use crate::sys::sorted::Sorted;
use crate::sys::{Fd, file, room};

/// What the lock guards.
#[derive(Default)]
pub(crate) struct Table {
    ends: Sorted<Fd, Arc<Pipe>>,
    ids: Sorted<u64, Weak<Pipe>>,
}

static TABLE: Lock<Table> = Lock::new(Rank::Pipes, Table { ends: Sorted::new(), ids: Sorted::new() });

/// How many handles there are: while there are none, nobody takes the lock.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Has other parts of the library find pipes, the first time.
fn prepare_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        crate::fork::prepare_once();
        others::are(Others {
            signal: |fd| known(fd)?.signal().ok(),
            associate: |handle, destination| Some(submit::associate(&*find(handle)?, destination)),
            add_modes: |handle, modes| Some(submit::add_modes(&*find(handle)?, modes)),
            cancel: |handle, which| Some(submit::cancel(&find(handle)?, which)),
            end_thread: |which| each(|pipe| submit::end_thread(pipe, which)),
        });
        request::prepare_waits();
    });
}

/// Enters a new end under its first number.
pub(super) fn enter(pipe: &Arc<Pipe>, fd: Fd) -> Result<(), Code> {
    prepare_once();
    let stale;
    {
        let mut table = TABLE.take();
        table.ids.insert(pipe.id(), Arc::downgrade(pipe))?;
        stale = table.ends.insert(fd, Arc::clone(pipe))?;
    }
    match stale {
        Some(stale) => _ = forget_number(&stale, fd),
        None => _ = COUNT.fetch_add(1, Ordering::Release),
    }
    Ok(())
}

/// Another handle for an end.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_TOO_MANY_OPEN_FILES`.
pub(super) fn duplicate(pipe: &Arc<Pipe>, inherited: bool) -> Result<Fd, Code> {
    let fd = {
        let mut inner = pipe.lock();
        inner.settle()?;
        let new = file::duplicate(inner.fd()?, inherited).map_err(super::book::code_of)?;
        room::push(&mut inner.numbers, new).inspect_err(|_| _ = file::close(new))?;
        new
    };
    enter(pipe, fd).inspect_err(|_| {
        forget_number(pipe, fd);
        let _ = file::close(fd);
    })?;
    Ok(fd)
}

/// The end behind a handle; none where it is something else.
pub(crate) fn find(handle: usize) -> Option<Arc<Pipe>> {
    known(number(handle)?)
}

/// The descriptor of a handle.
pub(super) fn number(handle: usize) -> Option<Fd> {
    match handle {
        0 => None,
        STANDARD_INPUT => Fd::from_socket(0),
        handle => Fd::from_socket(handle),
    }
}

/// The end that a descriptor stands for, as far as this process has used it.
fn known(fd: Fd) -> Option<Arc<Pipe>> {
    if COUNT.load(Ordering::Acquire) == 0 {
        return None;
    }
    let pipe = TABLE.take().ends.get(&fd).cloned()?;
    let (is_number, is_it) = {
        let inner = pipe.lock();
        (inner.numbers.contains(&fd), inner.is_behind(fd))
    };
    if !is_number {
        // A thread is closing it.
        return None;
    }
    if is_it {
        return Some(pipe);
    }
    // The program has closed it behind the library's back.
    let mut table = TABLE.take();
    let is_it = table.ends.get(&fd).is_some_and(|known| Arc::ptr_eq(known, &pipe));
    let gone = if is_it { table.ends.remove(&fd) } else { None };
    drop(table);
    if gone.is_some() {
        COUNT.fetch_sub(1, Ordering::Release);
        forget_number(&pipe, fd);
    }
    None
}

/// The same, also where this process has got it from the one that has started it and has not used it yet.
pub(crate) fn of(handle: usize) -> Option<Arc<Pipe>> {
    at(number(handle)?)
}

/// The same by the descriptor.
pub(crate) fn at(fd: Fd) -> Option<Arc<Pipe>> {
    known(fd).or_else(|| open::adopt(fd))
}

/// The end with that number of its own.
pub(super) fn by_id(id: u64) -> Option<Arc<Pipe>> {
    TABLE.take().ids.get(&id).and_then(Weak::upgrade)
}

/// Runs something with every end.
pub(super) fn each(mut run: impl FnMut(&Arc<Pipe>)) {
    let mut from = 0;
    loop {
        let next = {
            let table = TABLE.take();
            let mut later = table.ids.iter().filter(|(id, _)| *id > from);
            later.find_map(|(id, pipe)| Some((*id, pipe.upgrade()?)))
        };
        let Some((id, pipe)) = next else { break };
        run(&pipe);
        from = id;
    }
}

/// Whether there is a pipe.
pub(super) fn has_any() -> bool {
    COUNT.load(Ordering::Acquire) > 0
}

/// Nobody refers to an end any more.
pub(super) fn gone(id: u64) {
    TABLE.take().ids.remove(&id);
}

/// A number stands for the end no more; with the last one the end closes. Whether it did until now.
fn forget_number(pipe: &Arc<Pipe>, fd: Fd) -> bool {
    let stood = {
        let mut inner = pipe.lock();
        let stood = inner.numbers.contains(&fd);
        if inner.numbers.first() == Some(&fd) {
            inner.listen_no_more();
        }
        inner.numbers.retain(|number| *number != fd);
        if inner.numbers.is_empty() {
            inner.close();
        }
        stood
    };
    submit::look(pipe, false);
    stood
}

/// Closes a handle, if it is that of a pipe. Of several threads that close it one does so, and until it has nobody else closes the
/// descriptor: whatever gets the number next stays open.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: another thread is closing it.
pub(crate) fn close(handle: usize) -> Option<Result<(), Code>> {
    if !has_any() {
        return None;
    }
    let fd = number(handle)?;
    let pipe = TABLE.take().ends.get(&fd).cloned()?;
    if !pipe.lock().is_behind(fd) {
        // The program has closed it behind the library's back.
        let _ = known(fd);
        return None;
    }
    if !forget_number(&pipe, fd) {
        return Some(Err(Code::INVALID_HANDLE));
    }
    let closed = hold::close(handle);
    let is_last = {
        let mut table = TABLE.take();
        // A new pipe that got the number meanwhile has taken over the place, and its part of the count.
        let is_own = table.ends.get(&fd).is_some_and(|known| Arc::ptr_eq(known, &pipe));
        is_own && {
            table.ends.remove(&fd);
            COUNT.fetch_sub(1, Ordering::Release) == 1
        }
    };
    drop(pipe);
    if is_last {
        engine::rest();
    }
    Some(closed)
}

/// The lock, for `fork`.
pub(super) fn hold_for_fork() -> Option<Guard<Table>> {
    TABLE.take_for_fork()
}

/// In a child.
pub(super) fn in_child(held: Option<Guard<Table>>, child: InChild) {
    match held {
        Some(mut table) => {
            let mut count = 0;
            let stays = |_: &Fd, pipe: &Arc<Pipe>| {
                let stays = pipe.in_child(child);
                count += usize::from(stays);
                stays
            };
            table.ends.sift(stays, std::mem::forget);
            COUNT.store(count, Ordering::Release);
        }
        None => {
            TABLE.renew(Table::default(), child);
            COUNT.store(0, Ordering::Release);
        }
    }
}

impl super::pipe::Inner {
    /// Whether this end's socket is what is open under a number.
    fn is_behind(&self, fd: Fd) -> bool {
        option::cookie(fd) == Ok(self.cookie)
    }
}
