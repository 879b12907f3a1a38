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
    ends: Sorted<Fd, Entry>,
    ids: Sorted<u64, Weak<Pipe>>,
    /// How many entries there have been.
    turns: u64,
}

/// A handle of an end.
#[derive(Clone)]
struct Entry {
    pipe: Arc<Pipe>,
    /// Which entry it is: another one of the same number, or even the same end, has another turn.
    turn: u64,
}

impl Table {
    /// Which entry a number has.
    fn turn(&self, fd: Fd) -> Option<u64> {
        self.ends.get(&fd).map(|entry| entry.turn)
    }

    /// Takes an entry out, unless another one has its place; whether that was the last of all.
    fn remove(&mut self, fd: Fd, turn: u64) -> Option<(Entry, bool)> {
        if self.turn(fd) != Some(turn) {
            return None;
        }
        let entry = self.ends.remove(&fd)?;
        Some((entry, COUNT.fetch_sub(1, Ordering::Release) == 1))
    }
}

/// What is known of a descriptor.
enum Known {
    /// It stands for this end.
    Pipe(Arc<Pipe>),
    /// A thread is closing it, and it is still open.
    Closing,
    /// Nothing. The entry with this turn, if there is one, is that of a handle that was there before.
    Nothing(Option<u64>),
}

static TABLE: Lock<Table> =
    Lock::new(Rank::Pipes, Table { ends: Sorted::new(), ids: Sorted::new(), turns: 0 });

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
    put(pipe, fd, |_| true).map(drop)
}

/// The same, if the number still has the entry that it had, or none; whether it was so.
pub(super) fn enter_instead(pipe: &Arc<Pipe>, fd: Fd, before: Option<u64>) -> Result<bool, Code> {
    put(pipe, fd, |now| now == before)
}

fn put(pipe: &Arc<Pipe>, fd: Fd, may: impl FnOnce(Option<u64>) -> bool) -> Result<bool, Code> {
    prepare_once();
    let stale;
    {
        let mut table = TABLE.take();
        if !may(table.turn(fd)) {
            return Ok(false);
        }
        table.turns += 1;
        let entry = Entry { pipe: Arc::clone(pipe), turn: table.turns };
        table.ids.insert(pipe.id(), Arc::downgrade(pipe))?;
        stale = table.ends.insert(fd, entry)?;
        if stale.is_none() {
            COUNT.fetch_add(1, Ordering::Release);
        }
    }
    // What had the number before has it no more, unless it has got it again.
    if let Some(Entry { pipe: stale, .. }) = stale
        && !Arc::ptr_eq(&stale, pipe)
    {
        forget_number(&stale, fd);
    }
    Ok(true)
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
        // One that the program has closed behind the library's back.
        inner.numbers.retain(|number| *number != new);
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
    match look(fd) {
        Known::Pipe(pipe) => Some(pipe),
        Known::Closing | Known::Nothing(_) => None,
    }
}

fn look(fd: Fd) -> Known {
    if !has_any() {
        return Known::Nothing(None);
    }
    let entry = TABLE.take().ends.get(&fd).cloned();
    let Some(Entry { pipe, turn }) = entry else { return Known::Nothing(None) };
    let (is_number, is_it) = {
        let inner = pipe.lock();
        (inner.numbers.contains(&fd), inner.is_behind(fd))
    };
    match (is_number, is_it) {
        (true, true) => Known::Pipe(pipe),
        (false, true) => Known::Closing,
        // Whoever is closing it has closed the descriptor already.
        (false, false) => Known::Nothing(Some(turn)),
        (true, false) => {
            // The program has closed it behind the library's back.
            let gone = TABLE.take().remove(fd, turn);
            if gone.is_some() {
                forget_number(&pipe, fd);
            }
            Known::Nothing(None)
        }
    }
}

/// A handle is being closed: nothing is to be done with it any more, although its descriptor is still open.
pub(crate) fn is_closing(handle: usize) -> bool {
    has_any() && number(handle).is_some_and(|fd| matches!(look(fd), Known::Closing))
}

/// The program has closed a handle of which this table knew nothing. Another thread may have used it for the first time just before:
/// nobody waits for what was behind it.
pub(crate) fn was_closed(handle: usize) {
    if has_any()
        && let Some(fd) = number(handle)
    {
        let _ = look(fd);
    }
}

/// The same, also where this process has got it from the one that has started it and has not used it yet.
pub(crate) fn of(handle: usize) -> Option<Arc<Pipe>> {
    at(number(handle)?)
}

/// The same by the descriptor.
pub(crate) fn at(fd: Fd) -> Option<Arc<Pipe>> {
    loop {
        match look(fd) {
            Known::Pipe(pipe) => return Some(pipe),
            Known::Closing => return None,
            // Looked for again then: another thread may have been faster, or have closed it meanwhile.
            Known::Nothing(before) => open::adopt(fd, before)?,
        }
    }
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
    let entry = TABLE.take().ends.get(&fd).cloned();
    let Entry { pipe, turn } = entry?;
    if !pipe.lock().is_behind(fd) {
        // The program has closed it behind the library's back.
        let _ = known(fd);
        return None;
    }
    if !forget_number(&pipe, fd) {
        return Some(Err(Code::INVALID_HANDLE));
    }
    let closed = hold::close(handle);
    // Whatever got the number meanwhile has taken over the place, and its part of the count.
    let gone = TABLE.take().remove(fd, turn);
    let is_last = gone.is_some_and(|(_, is_last)| is_last);
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
            let stays = |fd: &Fd, entry: &Entry| {
                let stays = entry.pipe.in_child(*fd, child);
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
