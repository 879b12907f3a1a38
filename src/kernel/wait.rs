//! Waits for one object, for any or all of several, and for nothing; and what may end them.

use std::time::Duration;

use super::code::Code;
use super::event::Kept;
use super::handle::{self, inside};
use super::keyed::Meeting;
use super::limit::Limit;
use super::object::{self, Kind, MOST, NoMemory, Object, Together};
use super::port::Taking;
use super::signal::Signal;
use super::sync::lock;
use super::thread::{self, Thread};
use super::waiter::{ABANDONED, AGAIN, APC, STOP, TIMED_OUT};
use super::{apc, driver, rights, timer, watch};
use crate::runtime::trace;
use crate::sys::event::clock;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::process::{sanitizer, thread as sys};
use crate::sys::shared::Arc;

/// A time in milliseconds that never ends.
pub const INFINITE: u32 = u32::MAX;

/// What a thread waits for.
enum Wanted<'a> {
    Any(&'a [Arc<Object>]),
    All(&'a Arc<Together>),
    Packets(&'a Taking),
    Counterpart(&'a Meeting),
}

impl Wanted<'_> {
    fn objects(&self) -> &[Arc<Object>] {
        match self {
            Self::Any(objects) => objects,
            Self::All(wait) => wait.objects(),
            Self::Packets(_) | Self::Counterpart(_) => &[],
        }
    }

    /// Takes what there is now.
    fn take(&self, thread: &Thread) -> Option<u32> {
        match self {
            Self::Any(objects) => object::take_any(objects, thread.id()),
            Self::All(wait) => wait.take(),
            Self::Packets(taking) => taking.take(thread),
            Self::Counterpart(meeting) => meeting.take(),
        }
    }

    fn enlist(&self, thread: &Thread) -> Result<(), NoMemory> {
        match self {
            Self::Any(objects) => object::enlist_any(objects, thread.waiter()),
            Self::All(wait) => Together::enlist(wait),
            Self::Packets(taking) => taking.enlist(thread.waiter()),
            Self::Counterpart(meeting) => meeting.enlist(thread.waiter()),
        }
    }

    fn leave(&self, thread: &Thread) {
        match self {
            Self::Any(objects) => object::leave(objects, thread.waiter()),
            Self::All(wait) => wait.leave(),
            Self::Packets(taking) => taking.leave(thread.waiter()),
            Self::Counterpart(meeting) => meeting.leave(thread.waiter()),
        }
    }
}

/// The wait itself: the outcome, one of those in [`super::waiter`] but `AGAIN`.
fn wait(wanted: &Wanted<'_>, limit: Limit, alertable: bool, thread: &Arc<Thread>) -> Result<u32, Code> {
    if wanted.objects().iter().any(|object| object.kind() == Kind::Process) {
        watch::go_on()?;
    }
    loop {
        if thread.stopped().is_some() && sys::is_in_run() {
            return Ok(STOP);
        }
        let taken = {
            let _inside = inside();
            wanted.take(thread)
        };
        match taken {
            Some(outcome) => return Ok(outcome),
            None if alertable && apc::run_all(thread) => return Ok(APC),
            None if limit.is_past() => return Ok(TIMED_OUT),
            None => {}
        }
        // Who waits for something else does not run for its completion port meanwhile.
        let port = thread::port();
        if let Some(port) = &port {
            port.leave();
        }
        let slept = sleep(wanted, limit, alertable, thread);
        if let Some(port) = &port {
            port.join();
        }
        match slept? {
            AGAIN => {}
            APC => {
                apc::run_all(thread);
                return Ok(APC);
            }
            outcome => {
                // Whoever ended the wait took the object for this thread.
                sanitizer::takes_over();
                return Ok(outcome);
            }
        }
    }
}

/// Puts the thread into the lists, sleeps until the wait is claimed, and takes it out again.
fn sleep(wanted: &Wanted<'_>, limit: Limit, alertable: bool, thread: &Arc<Thread>) -> Result<u32, Code> {
    let waiter = thread.waiter();
    let enlisted = {
        let _inside = inside();
        waiter.arm();
        let enlisted = wanted.enlist(thread);
        if alertable && lock(&thread.apcs).listen() {
            waiter.claim(APC);
        }
        if thread.stopped().is_some() && sys::is_in_run() {
            waiter.claim(STOP);
        }
        enlisted
    };
    trace::waits();
    let timers = alertable && thread::has_timers();
    let outcome = loop {
        if let Some(outcome) = waiter.outcome() {
            break outcome;
        }
        if enlisted.is_err() {
            waiter.claim(AGAIN);
            continue;
        }
        let look = match wanted {
            Wanted::Packets(taking) => {
                let _inside = inside();
                [taking.next_look(thread.id()), if timers { timer::next_routine() } else { None }]
                    .into_iter()
                    .flatten()
                    .min()
            }
            _ => next_look(wanted, timers),
        };
        let deadline = match limit {
            Limit::Until(deadline) => Some(deadline),
            Limit::None | Limit::Now => None,
        };
        let until = [deadline, look].into_iter().flatten().min();
        match wanted {
            Wanted::Packets(_) => driver::sleep(waiter, until),
            _ => waiter.sleep(until),
        }
        if until.is_some_and(|until| clock::monotonic() >= until) {
            let due = look.is_some_and(|look| clock::monotonic() >= look);
            waiter.claim(if due { AGAIN } else { TIMED_OUT });
        }
    };
    let _inside = inside();
    wanted.leave(thread);
    if alertable {
        lock(&thread.apcs).listen_no_more();
    }
    match (enlisted, outcome) {
        (Err(NoMemory), AGAIN) => Err(Code::NOT_ENOUGH_MEMORY),
        (_, outcome) => Ok(outcome),
    }
}

/// When the earliest of the timers comes due that the wait has to do with.
fn next_look(wanted: &Wanted<'_>, own: bool) -> Option<u64> {
    let objects = wanted.objects();
    let any = objects.iter().any(|object| object.kind() == Kind::Timer);
    if !any && !own {
        return None;
    }
    let _inside = inside();
    let waited = objects.iter().filter_map(|object| timer::next_look(object)).min();
    let called = if own { timer::next_routine() } else { None };
    waited.into_iter().chain(called).min()
}

/// Notes the mutexes that a wait has given to the calling thread, and obeys who stops the thread. Nothing of the
/// caller's is left to be dropped where that is the outcome.
fn finished(outcome: u32, objects: &[Arc<Object>], all: bool) {
    let index = usize::try_from(outcome & !ABANDONED).unwrap_or(usize::MAX);
    let taken = if outcome >= APC {
        &[]
    } else if all {
        objects
    } else {
        objects.get(index..=index).unwrap_or_default()
    };
    for object in taken.iter().filter(|object| object.kind() == Kind::Mutex) {
        thread::note_owned(object);
    }
}

/// Ends the thread if that is how its wait has ended.
pub(super) fn obey(outcome: u32) -> u32 {
    if outcome == STOP {
        let code = thread::current_if_any().and_then(|thread| thread.stopped());
        thread::exit(code.unwrap_or(0));
    }
    outcome
}

/// A thread's wait for packets: how it ended, also that the port was closed.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub(super) fn for_packets(taking: &Taking, limit: Limit, alertable: bool) -> Result<u32, Code> {
    let thread = thread::current()?;
    wait(&Wanted::Packets(taking), limit, alertable, &thread)
}

/// A thread's wait for its counterpart at a keyed event.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub(super) fn for_meeting(meeting: &Meeting, limit: Limit, alertable: bool) -> Result<u32, Code> {
    let thread = thread::current()?;
    wait(&Wanted::Counterpart(meeting), limit, alertable, &thread)
}

/// `WaitForSingleObjectEx`.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn single(handle: usize, milliseconds: u32, alertable: bool) -> Result<u32, Code> {
    single_within(handle, || Limit::new(milliseconds), alertable)
}

/// `NtWaitForSingleObject`: until a time that counts 100 nanoseconds: from now where it is negative, else from 1601, by the clock as
/// it stands now.
///
/// # Errors
/// As [`single`].
pub fn single_until(handle: usize, due: Option<i64>, alertable: bool) -> Result<u32, Code> {
    single_within(handle, || Limit::due(due), alertable)
}

fn single_within(handle: usize, limit: impl Fn() -> Limit, alertable: bool) -> Result<u32, Code> {
    if handle == handle::STANDARD_INPUT && !alertable {
        return input(limit());
    }
    let by = thread::local_id();
    let (taken, object) = handle::with(handle, None, rights::SYNCHRONIZE, |target| {
        let object = target.object();
        let taken = object.take(by);
        let needed = taken.is_none() || object.kind() == Kind::Mutex;
        Ok((taken, needed.then(|| Arc::clone(object))))
    })?;
    let Some(object) = object else { return Ok(taken.unwrap_or(0)) };
    if let Some(outcome) = taken {
        thread::note_owned(&object);
        return Ok(outcome);
    }
    single_object(object, limit(), alertable)
}

/// Waits until something can be read from standard input, or it has ended.
fn input(limit: Limit) -> Result<u32, Code> {
    let fd = handle::descriptor(handle::STANDARD_INPUT).ok_or(Code::INVALID_HANDLE)?;
    let mut fds = [PollFd::new(fd, libc::POLLIN)];
    loop {
        let left = match limit {
            Limit::None => None,
            Limit::Now => Some(Duration::ZERO),
            Limit::Until(deadline) => Some(Duration::from_nanos(deadline.saturating_sub(clock::monotonic()))),
        };
        match poll(&mut fds, left) {
            Ok(0) if limit.is_past() => return Ok(TIMED_OUT),
            Ok(0) => {}
            Err(errno) if errno.number() == libc::EINTR => {}
            Err(_) => return Err(Code::INVALID_HANDLE),
            Ok(_) if fds.iter().any(|fd| fd.happened() & libc::POLLNVAL != 0) => {
                return Err(Code::INVALID_HANDLE);
            }
            Ok(_) => return Ok(0),
        }
    }
}

fn single_object(object: Arc<Object>, limit: Limit, alertable: bool) -> Result<u32, Code> {
    let outcome = {
        let thread = thread::current()?;
        let objects = [object];
        let outcome = wait(&Wanted::Any(&objects), limit, alertable, &thread)?;
        finished(outcome, &objects, false);
        outcome
    };
    Ok(obey(outcome))
}

/// How a wait for an event of the library's own has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The event is set.
    Set,
    /// The thread is to end: its caller puts in order what it has begun, and calls [`end_thread`].
    Stopped,
    /// There is no memory to wait with.
    NoMemory,
}

/// Waits for an event of the library's own.
pub(crate) fn for_event(event: &Kept) -> Ended {
    let Ok(thread) = thread::current() else { return Ended::NoMemory };
    let objects = [Arc::clone(event.object())];
    match wait(&Wanted::Any(&objects), Limit::new(INFINITE), false, &thread) {
        Ok(STOP) => Ended::Stopped,
        Ok(_) => Ended::Set,
        Err(_) => Ended::NoMemory,
    }
}

/// Ends the calling thread, as it was told.
pub(crate) fn end_thread() {
    obey(STOP);
}

/// `WaitForMultipleObjectsEx`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no handle, more than 64, or, for all, an object twice. `ERROR_INVALID_HANDLE`: one is
/// none, or is a pseudo handle. `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn multiple(handles: &[usize], all: bool, milliseconds: u32, alertable: bool) -> Result<u32, Code> {
    if handles.is_empty() || handles.len() > MOST {
        return Err(Code::INVALID_PARAMETER);
    }
    let outcome = {
        let thread = thread::current()?;
        let mut objects = Vec::new();
        objects.try_reserve_exact(handles.len()).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        for handle in handles {
            if handle::is_pseudo(*handle) {
                return Err(Code::INVALID_HANDLE);
            }
            objects.push(Arc::clone(handle::target(*handle, rights::SYNCHRONIZE)?.object()));
        }
        let limit = Limit::new(milliseconds);
        if all {
            if has_twice(&objects) {
                return Err(Code::INVALID_PARAMETER);
            }
            let together = Together::new(Arc::clone(thread.waiter()), objects)
                .map_err(|NoMemory| Code::NOT_ENOUGH_MEMORY)?;
            let outcome = wait(&Wanted::All(&together), limit, alertable, &thread)?;
            finished(outcome, together.objects(), true);
            outcome
        } else {
            let outcome = wait(&Wanted::Any(&objects), limit, alertable, &thread)?;
            finished(outcome, &objects, false);
            outcome
        }
    };
    Ok(obey(outcome))
}

/// Waits for any of several handles, or for the signal, which comes behind them; with `all` for all of them and the
/// signal. `until` is in nanoseconds of the clock that nobody sets, without it there is no limit.
///
/// # Errors
/// Those of [`multiple`]; there may be no handle, and 63 at most.
pub fn multiple_or(
    handles: &[usize],
    signal: &Signal,
    all: bool,
    until: Option<u64>,
    alertable: bool,
) -> Result<u32, Code> {
    if handles.len() >= MOST {
        return Err(Code::INVALID_PARAMETER);
    }
    let outcome = {
        let thread = thread::current()?;
        let mut objects = Vec::new();
        objects.try_reserve_exact(handles.len() + 1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        for handle in handles {
            if handle::is_pseudo(*handle) {
                return Err(Code::INVALID_HANDLE);
            }
            objects.push(Arc::clone(handle::target(*handle, rights::SYNCHRONIZE)?.object()));
        }
        objects.push(Arc::clone(&signal.0));
        let limit = until.map_or(Limit::None, Limit::Until);
        if all {
            if has_twice(&objects) {
                return Err(Code::INVALID_PARAMETER);
            }
            let together = Together::new(Arc::clone(thread.waiter()), objects)
                .map_err(|NoMemory| Code::NOT_ENOUGH_MEMORY)?;
            let outcome = wait(&Wanted::All(&together), limit, alertable, &thread)?;
            finished(outcome, together.objects(), true);
            outcome
        } else {
            let outcome = wait(&Wanted::Any(&objects), limit, alertable, &thread)?;
            finished(outcome, &objects, false);
            outcome
        }
    };
    Ok(obey(outcome))
}

fn has_twice(objects: &[Arc<Object>]) -> bool {
    let mut rest = objects;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| Arc::ptr_eq(first, other)) {
            return true;
        }
        rest = others;
    }
    false
}

/// `SleepEx`: 0, or `WAIT_IO_COMPLETION` after routines have run.
#[must_use]
pub fn sleep_ex(milliseconds: u32, alertable: bool) -> u32 {
    if milliseconds == 0 {
        sys::give_way();
    }
    let outcome = match thread::current() {
        Ok(thread) => {
            wait(&Wanted::Any(&[]), Limit::new(milliseconds), alertable, &thread).unwrap_or(TIMED_OUT)
        }
        // No memory for a control block: nobody can have queued anything.
        Err(_) => {
            let limit = Limit::new(milliseconds);
            let word = super::sync::Word::new(0);
            while !limit.is_past() {
                word.sleep(0, if let Limit::Until(deadline) = limit { Some(deadline) } else { None });
            }
            TIMED_OUT
        }
    };
    if obey(outcome) == APC { APC } else { 0 }
}

/// `SignalObjectAndWait`.
///
/// # Errors
/// Of the first object: `ERROR_INVALID_HANDLE` if it is no event, mutex or semaphore, and those of signalling it. Of the
/// second: those of [`single`]; nothing is signalled then.
pub fn signal_and_wait(
    signal: usize,
    wait_for: usize,
    milliseconds: u32,
    alertable: bool,
) -> Result<u32, Code> {
    let object = {
        let target = handle::target(wait_for, rights::SYNCHRONIZE)?;
        Arc::clone(target.object())
    };
    match handle::target(signal, 0)?.object().kind() {
        Kind::Event => super::event::set(signal)?,
        Kind::Mutex => super::mutex::release(signal)?,
        Kind::Semaphore => super::semaphore::release(signal, 1).map(|_| ())?,
        _ => return Err(Code::INVALID_HANDLE),
    }
    single_object(object, Limit::new(milliseconds), alertable)
}
