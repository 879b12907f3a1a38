//! Look-ups that go on while the program does something else. libc's resolver waits and cannot be called off, so each has
//! two threads: one that asks, and one that waits for the answer, the end of the time or the program's change of mind,
//! whichever comes first, and tells the program. An answer that comes later is dropped.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::event::{clock, futex};
use crate::sys::process::fork::InChild;
use crate::sys::process::thread;
use crate::sys::room;
use crate::sys::shared::Arc;

const WAITING: u32 = 0;
const ANSWERED: u32 = 1;
const CANCELLED: u32 = 2;

/// Those that have not ended, by number.
pub(crate) type Running = Vec<(usize, Arc<AtomicU32>)>;

static RUNNING: Lock<Running> = Lock::new(Rank::Lookups, Vec::new());
static NEXT: AtomicUsize = AtomicUsize::new(1);

pub(crate) fn hold_for_fork() -> Option<Guard<Running>> {
    RUNNING.take_for_fork()
}

/// In a child there are none: the threads stay with the parent.
pub(crate) fn in_child(held: Option<Guard<Running>>, child: InChild) {
    match held {
        Some(mut held) => held.clear(),
        None => RUNNING.renew(Vec::new(), child),
    }
}

/// A number for a look-up that is about to begin; never 0.
#[must_use]
pub fn number() -> usize {
    NEXT.fetch_add(1, Ordering::Relaxed).max(1)
}

const NO_MEMORY: Failure =
    WsaError::WSA_NOT_ENOUGH_MEMORY.because("no memory or no thread for one more look-up");

type Job = Box<dyn FnOnce() + Send>;

#[allow(clippy::boxed_local, reason = "it comes in a box")]
fn run(job: Box<Job>) {
    thread::keep_signals_off();
    thread::name_this(c"ws2-lookup");
    (*job)();
}

fn in_a_thread(job: Job) -> Result<(), Failure> {
    thread::start(None, room::boxed(job)?, run).map_err(|_| NO_MEMORY)
}

/// The answer's place, and the word that says how the look-up has ended.
struct Asking<T> {
    word: Arc<AtomicU32>,
    answer: Mutex<Option<Result<T, Failure>>>,
}

impl<T: Send + 'static> Asking<T> {
    /// Has a thread ask.
    fn ask(
        word: Arc<AtomicU32>,
        ask: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<Arc<Self>, Failure> {
        let shared = Arc::try_new(Self { word, answer: Mutex::new(None) })?;
        let asking = Arc::clone(&shared);
        let job = room::boxed(move || {
            let answer = ask();
            *asking.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            let _ = asking.word.compare_exchange(WAITING, ANSWERED, Ordering::Release, Ordering::Relaxed);
            futex::wake(&asking.word, 1);
        })?;
        in_a_thread(job)?;
        Ok(shared)
    }

    /// Waits for the answer, for the end of the time, or for [`cancel`].
    fn wait(&self, time: Option<Duration>) -> Result<T, Failure> {
        let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let deadline = time.map(|time| clock::monotonic().saturating_add(nanoseconds(time)));
        loop {
            match self.word.load(Ordering::Acquire) {
                WAITING if deadline.is_some_and(|deadline| clock::monotonic() >= deadline) => {
                    return Err(WsaError::WSAETIMEDOUT.because("the look-up took longer than it may"));
                }
                WAITING => futex::wait(&self.word, WAITING, deadline),
                CANCELLED => return Err(WsaError::WSA_E_CANCELLED.because("the program has called it off")),
                _ => break,
            }
        }
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.unwrap_or(Err(NO_MEMORY))
    }
}

/// Looks something up and waits for it, so long at most.
///
/// # Errors
/// Those of the look-up; `WSAETIMEDOUT`; `WSA_NOT_ENOUGH_MEMORY`.
pub fn within<T: Send + 'static>(
    time: Duration,
    ask: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    Asking::ask(Arc::try_new(AtomicU32::new(WAITING))?, ask)?.wait(Some(time))
}

/// Begins a look-up of this number: `ask` runs on one thread, and `then`, with the answer, on another one.
///
/// # Errors
/// `WSA_NOT_ENOUGH_MEMORY`: nothing has begun.
pub fn begin<T: Send + 'static>(
    number: usize,
    time: Option<Duration>,
    ask: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    then: impl FnOnce(Result<T, Failure>) + Send + 'static,
) -> Result<(), Failure> {
    let word = Arc::try_new(AtomicU32::new(WAITING))?;
    let told = Arc::clone(&word);
    let job = room::boxed(move || {
        let answer = Asking::ask(told, ask).and_then(|shared| shared.wait(time));
        forget(number);
        then(answer);
    })?;
    {
        let mut running = RUNNING.take();
        running.try_reserve(1).map_err(|_| NO_MEMORY)?;
        running.push((number, word));
    }
    let begun = in_a_thread(job);
    if begun.is_err() {
        forget(number);
    }
    begun
}

fn forget(number: usize) {
    RUNNING.take().retain(|(running, _)| *running != number);
}

/// Whether a look-up has had that number.
#[must_use]
pub fn was_given(number: usize) -> bool {
    (1..NEXT.load(Ordering::Relaxed)).contains(&number)
}

/// Calls a look-up off, which then ends with `WSA_E_CANCELLED`. Whether there is one of that number that has not ended.
#[must_use]
pub fn cancel(number: usize) -> bool {
    let running = RUNNING.take();
    let found = running.iter().find(|(known, _)| *known == number).map(|(_, word)| Arc::clone(word));
    drop(running);
    found.is_some_and(|word| {
        let first = word.compare_exchange(WAITING, CANCELLED, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        futex::wake(&word, 1);
        first
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn gx1_the_first_end_counts() {
        assert_eq!(within(Duration::from_secs(60), || Ok(7)), Ok(7));
        let (stop, stopped) = channel::<()>();
        let late = within(Duration::from_millis(1), move || {
            let _ = stopped.recv();
            Ok(0)
        });
        assert_eq!(late.map_err(|failure| failure.code), Err(WsaError::WSAETIMEDOUT));
        drop(stop);

        let number = number();
        let (tell, told) = channel();
        let (stop, stopped) = channel::<()>();
        let ask = move || {
            let _ = stopped.recv();
            Ok(1)
        };
        begin(number, None, ask, move |answer| tell.send(answer).unwrap()).unwrap();
        assert!(cancel(number));
        assert!(!cancel(number));
        let answer = told.recv().unwrap();
        assert_eq!(answer.map_err(|failure| failure.code), Err(WsaError::WSA_E_CANCELLED));
        assert!(!cancel(number), "it has ended");
        drop(stop);
    }
}
