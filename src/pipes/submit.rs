//! Beginning an operation, going on with those that wait, cancelling them, and telling of their ends in the order in which they
//! came.

use super::attempt::Progress;
use super::engine;
use super::operation::{Answer, Kind, Operation, Outcome, What};
use super::pipe::{Inner, Pipe};
use super::rules::{READ, WRITE};
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::kernel::wait::{self, Ended};
use crate::overlapped::attached::Destination;
use crate::overlapped::request::Wish;
use crate::overlapped::side::Which;
use crate::sys::net::local;
use crate::sys::process::pause_for_a_moment;
use crate::sys::shared::Arc;
use crate::windows::status;

/// In this order: what is written may be what a transaction's answer waits for.
const KINDS: [Kind; 3] = [Kind::Connect, Kind::Write, Kind::Read];

/// What became of an operation in the call that began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It has ended: well, or with a warning.
    Done(Outcome),
    /// It ends later.
    Pending,
}

/// Does something on an end, and waits for it where the end is one of blocking calls or nothing else is wished.
///
/// # Errors
/// The code with which it has failed. See [`crate::ffi`], whose functions list every code.
pub(crate) fn run(pipe: &Arc<Pipe>, what: What, wish: Option<Wish>) -> Result<Ran, Code> {
    if let Some(wish) = wish.filter(|_| pipe.overlapped) {
        let has_port = pipe.lock().destination.is_some();
        return begin(pipe, Operation::of_wish(what, wish, has_port, || pipe.signal())?);
    }
    let event = match wish {
        Some(wish) if wish.overlapped.event() & !3 != 0 => Some(Kept::of(wish.overlapped.event() & !3)?),
        _ => None,
    };
    if let Some(event) = &event {
        event.reset();
    }
    let answer = Answer::new()?;
    let outcome = match begin(pipe, Operation::of_call(what, &answer)?)? {
        Ran::Done(outcome) => outcome,
        Ran::Pending => wait_for(pipe, &answer)?,
    };
    if let Some(wish) = wish {
        wish.overlapped.end(outcome.status, outcome.bytes);
    }
    if let Some(event) = event {
        event.set().wake();
    }
    if outcome.is_failure() { outcome.code().map(|()| Ran::Done(outcome)) } else { Ok(Ran::Done(outcome)) }
}

fn wait_for(pipe: &Arc<Pipe>, answer: &Arc<Answer>) -> Result<Outcome, Code> {
    let ended = wait::for_event(&answer.event);
    if ended != Ended::Set {
        let mut inner = pipe.lock();
        for kind in KINDS {
            let queue = inner.queue(kind);
            if let Some(at) = queue.iter().position(|operation| operation.is_of(answer))
                && let Some(operation) = queue.remove(at)
            {
                inner.push_ended(operation, Outcome::of(status::STATUS_CANCELLED));
            }
        }
        drop(inner);
        tell(pipe);
    }
    let outcome = loop {
        if let Some(outcome) = answer.outcome() {
            break outcome;
        }
        pause_for_a_moment();
    };
    match ended {
        Ended::Set => Ok(outcome),
        Ended::Stopped => {
            wait::end_thread();
            Ok(outcome)
        }
        Ended::NoMemory => Err(Code::NOT_ENOUGH_MEMORY),
    }
}

impl Pipe {
    /// Whether the operation may begin: `Some` where it ends before it does.
    fn admit(&self, inner: &mut Inner, what: &What) -> Result<Option<Outcome>, Code> {
        inner.settle()?;
        let needed = match what {
            What::Connect => {
                return Ok(if inner.begin_connect()? { None } else { Some(Outcome::moved(0)) });
            }
            What::Read(_) => READ,
            What::Write(..) => WRITE,
            What::Transact(..) => READ | WRITE,
        };
        if self.access & needed != needed {
            return Err(Code::ACCESS_DENIED);
        }
        if let Some(status) = inner.unconnected() {
            Outcome::of(status).code()?;
        }
        if matches!(what, What::Transact(..)) {
            if !self.rules.messages || !inner.by_message {
                return Err(Code::BAD_PIPE);
            }
            if local::arrived(inner.fd()?).is_ok_and(|bytes| bytes > 0) || !inner.queue(Kind::Read).is_empty()
            {
                return Err(Code::PIPE_BUSY);
            }
        }
        Ok(None)
    }

    /// Attempts it, and what follows of it.
    fn attempt(&self, inner: &mut Inner, what: &mut What) -> Progress {
        let mut progress = inner.attempt(what, self.rules.messages);
        if matches!(progress, Progress::Goes)
            && let What::Transact(_, room) = std::mem::replace(what, What::Connect)
        {
            *what = What::Read(room);
            progress = inner.attempt(what, self.rules.messages);
        }
        match progress {
            // PIPE_NOWAIT: what was not possible at once is not done.
            Progress::Waits(written) if inner.nowait => match what {
                What::Write(..) => Progress::Done(Outcome::moved(written)),
                What::Read(_) => Progress::Done(Outcome::of(status::STATUS_PIPE_EMPTY)),
                What::Connect | What::Transact(..) => Progress::Waits(written),
            },
            other => other,
        }
    }
}

fn begin(pipe: &Arc<Pipe>, mut operation: Operation) -> Result<Ran, Code> {
    let mut inner = pipe.lock();
    let kind = operation.what.kind();
    let refused = |operation: Operation, code: Code| {
        operation.drop_untold();
        Err(code)
    };
    let room =
        inner.queue(Kind::Connect).len() + inner.queue(Kind::Read).len() + inner.queue(Kind::Write).len();
    if KINDS.iter().any(|kind| inner.queue(*kind).try_reserve(1).is_err())
        || inner.ended.try_reserve(room.saturating_add(1)).is_err()
    {
        return refused(operation, Code::NOT_ENOUGH_MEMORY);
    }
    let at_once = match pipe.admit(&mut inner, &operation.what) {
        Err(code) => return refused(operation, code),
        Ok(Some(outcome)) => Some(outcome),
        Ok(None) if !inner.queue(kind).is_empty() || inner.is_telling && !inner.ended.is_empty() => None,
        Ok(None) => match pipe.attempt(&mut inner, &mut operation.what) {
            Progress::Done(outcome) if operation.never_ends_at_once() && !outcome.is_failure() => {
                // A client has come since it was admitted.
                inner.push_ended(operation, outcome);
                drop(inner);
                tell(pipe);
                return Ok(Ran::Pending);
            }
            Progress::Done(outcome) => Some(outcome),
            Progress::Waits(_) | Progress::Goes => None,
        },
    };
    if let Some(outcome) = at_once {
        if outcome.is_failure() {
            let code = outcome.code().err().unwrap_or(Code::GEN_FAILURE);
            return refused(operation, code);
        }
        if inner.is_telling {
            // Another thread is telling of one before it.
            inner.push_ended(operation, outcome);
            return Ok(Ran::Pending);
        }
        inner.is_telling = true;
        let manner = Pipe::manner(&inner);
        drop(inner);
        operation.tell(outcome, true, manner);
        go_on_telling(pipe);
        return Ok(Ran::Done(outcome));
    }
    let kind = operation.what.kind();
    inner.queue(kind).push_back(operation);
    if let Err(code) = engine::listen_for(&mut inner, pipe.id())
        && let Some(operation) = inner.queue(kind).pop_back()
    {
        return refused(operation, code);
    }
    Ok(Ran::Pending)
}

/// Goes on with what waits. `is_told`: the engine has told that the end is ready.
pub(super) fn look(pipe: &Arc<Pipe>, is_told: bool) {
    let mut inner = pipe.lock();
    if !inner.is_closed {
        let before = inner.cookie;
        for kind in KINDS {
            while let Some(mut operation) = inner.queue(kind).pop_front() {
                match pipe.attempt(&mut inner, &mut operation.what) {
                    Progress::Done(outcome) => inner.push_ended(operation, outcome),
                    Progress::Waits(_) | Progress::Goes => {
                        let now = operation.what.kind();
                        inner.queue(now).push_front(operation);
                        if now == kind {
                            break;
                        }
                    }
                }
            }
        }
        let is_changed = is_told || inner.cookie != before || inner.registered == 0;
        if is_changed && engine::listen_for(&mut inner, pipe.id()).is_err() {
            inner.end_all(&KINDS, status::STATUS_INSUFFICIENT_RESOURCES);
        }
    }
    drop(inner);
    tell(pipe);
}

/// Tells of what has ended, unless somebody does.
pub(super) fn tell(pipe: &Arc<Pipe>) {
    {
        let mut inner = pipe.lock();
        if inner.ended.is_empty() || std::mem::replace(&mut inner.is_telling, true) {
            return;
        }
    }
    go_on_telling(pipe);
}

fn go_on_telling(pipe: &Arc<Pipe>) {
    loop {
        let (operation, outcome, manner) = {
            let mut inner = pipe.lock();
            let Some((operation, outcome)) = inner.ended.pop_front() else {
                inner.is_telling = false;
                return;
            };
            (operation, outcome, Pipe::manner(&inner))
        };
        operation.tell(outcome, false, manner);
    }
}

/// Where the ends of operations are told from now on.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: an end of blocking calls, or one that belongs to a port already.
pub(super) fn associate(pipe: &Pipe, destination: Destination) -> Result<(), Code> {
    let mut inner = pipe.lock();
    if !pipe.overlapped || inner.destination.is_some() {
        return Err(Code::INVALID_PARAMETER);
    }
    inner.destination = Some(destination);
    Ok(())
}

/// `SetFileCompletionNotificationModes`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: an end of blocking calls.
pub(super) fn add_modes(pipe: &Pipe, modes: u8) -> Result<(), Code> {
    if !pipe.overlapped {
        return Err(Code::INVALID_PARAMETER);
    }
    pipe.lock().modes |= modes;
    Ok(())
}

/// Cancels operations; how many there were.
pub(super) fn cancel(pipe: &Arc<Pipe>, which: Which) -> usize {
    let is_meant = |operation: &Operation| match which {
        Which::All => true,
        Which::Thread(thread) => operation.thread() == thread,
        Which::Bound(thread) => operation.thread() == thread && !operation.is_bare(),
        Which::Overlapped(address) => operation.overlapped() == address,
    };
    let mut count = 0;
    {
        let mut inner = pipe.lock();
        for kind in KINDS {
            while let Some(at) = inner.queue(kind).iter().position(is_meant)
                && let Some(operation) = inner.queue(kind).remove(at)
            {
                inner.push_ended(operation, Outcome::of(status::STATUS_CANCELLED));
                count += 1;
            }
        }
    }
    // Those behind may go on now.
    look(pipe, true);
    count
}

/// A thread ends, and its operations with it.
pub(super) fn end_thread(pipe: &Arc<Pipe>, thread: u64) {
    let has_port = pipe.lock().destination.is_some();
    cancel(pipe, if has_port { Which::Bound(thread) } else { Which::Thread(thread) });
}
