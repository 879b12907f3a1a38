//! A thread's queue: what other threads have sent, what is posted, that the loop is to end, and timers, in that order.

use std::cell::Cell;
use std::collections::VecDeque;

use super::sent::{Inbox, Sent};
use super::{Desk, Handle, desk};
use crate::kernel::code::Code;
use crate::kernel::signal::Signal;
use crate::kernel::{thread, wait as waits};
use crate::sys::event::clock;
use crate::sys::process::per_thread::AtEnd;
use crate::sys::shared::Arc;

/// The message of a timer.
pub const WM_TIMER: u32 = 0x113;
const WM_QUIT: u32 = 0x12;
/// So many messages may wait in a queue.
const MOST: usize = 10_000;

/// A message, and when it was posted: milliseconds since the machine started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of MSG")]
pub struct Message {
    pub window: Handle,
    pub number: u32,
    pub wparam: usize,
    pub lparam: isize,
    pub time: u32,
}

/// Which messages are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Of this window; `None` of all, and those of none; 0 those of none only.
    pub window: Option<Handle>,
    /// The first number.
    pub first: u32,
    /// The last number; with `first` 0 as well: all.
    pub last: u32,
}

/// What a look into the queue gives.
pub enum Given {
    /// A message of another thread's, to be answered first; then look again.
    Sent(Arc<Sent>),
    /// The next message.
    Message(Message),
    /// Nothing; when the next timer comes due, in nanoseconds of the clock that nobody sets.
    Nothing(Option<u64>),
}

#[derive(Debug)]
pub(super) struct Timer {
    pub(super) window: Handle,
    pub(super) id: usize,
    pub(super) procedure: usize,
    pub(super) period: u64,
    pub(super) due: u64,
}

pub(super) struct Queue {
    pub(super) signal: Signal,
    pub(super) inbox: Inbox,
    posted: VecDeque<Message>,
    quit: Option<usize>,
    pub(super) timers: Vec<Timer>,
    pub(super) next_timer: usize,
}

thread_local! {
    /// The number of the thread, if it has a queue. Without a destructor, see [`AtEnd`].
    static OWN: Cell<u32> = const { Cell::new(0) };
}

/// Takes the queue away when its thread ends.
static END: AtEnd = AtEnd::new(|| {
    let number = OWN.replace(0);
    if number != 0 {
        end(number);
    }
});

/// The thread has ended: nobody answers what was sent to it, and its windows are gone.
fn end(thread: u32) {
    let queue = {
        let mut desk = desk();
        desk.windows.retain(|_, window| window.thread != thread);
        desk.queues.remove(&thread)
    };
    if let Some(queue) = queue {
        queue.inbox.end();
    }
}

/// The calling thread's number.
#[must_use]
pub fn number_of_thread() -> u32 {
    thread::number()
}

/// Gives the calling thread a queue, if it has none yet; its number.
pub(super) fn ready() -> Result<u32, Code> {
    let number = number_of_thread();
    if desk().queues.contains_key(&number) {
        return Ok(number);
    }
    let queue = Queue {
        signal: Signal::new()?,
        inbox: Inbox::default(),
        posted: VecDeque::new(),
        quit: None,
        timers: Vec::new(),
        next_timer: 1,
    };
    if !END.ask() {
        return Err(Code::NOT_ENOUGH_MEMORY);
    }
    desk().queues.insert(number, queue)?;
    OWN.set(number);
    Ok(number)
}

/// In a child: the queue of the thread that forked goes on under its new number.
pub(super) fn keep_one(desk: &mut Desk) {
    let before = Some(OWN.get()).filter(|before| *before != 0);
    let number = crate::sys::process::thread::number();
    let queue = before.and_then(|before| desk.queues.remove(&before));
    desk.queues.clear();
    desk.windows.retain(|_, window| Some(window.thread) == before);
    desk.windows.values_mut().for_each(|window| window.thread = number);
    if let Some(queue) = queue {
        // There was one before, so there is room for one.
        let _ = desk.queues.insert(number, queue);
        OWN.set(number);
    }
}

pub(super) fn milliseconds() -> u32 {
    let milliseconds = clock::monotonic() / 1_000_000;
    u32::try_from(milliseconds & 0xFFFF_FFFF).unwrap_or(0)
}

impl Filter {
    fn takes(self, window: Handle, number: u32) -> bool {
        self.window.is_none_or(|wanted| wanted == window)
            && ((self.first == 0 && self.last == 0) || (self.first..=self.last).contains(&number))
    }
}

impl Queue {
    /// A window's messages and timers go with it.
    pub(super) fn forget(&mut self, window: Handle) {
        self.posted.retain(|message| message.window != window);
        self.timers.retain(|timer| timer.window != window);
    }

    fn push(&mut self, message: Message) -> Result<(), Code> {
        if self.posted.len() >= MOST {
            return Err(Code::NOT_ENOUGH_QUOTA);
        }
        self.posted.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        self.posted.push_back(message);
        Ok(())
    }

    fn has_some(&self) -> bool {
        !self.inbox.is_empty() || !self.posted.is_empty() || self.quit.is_some()
    }

    fn next_due(&self) -> Option<u64> {
        self.timers.iter().map(|timer| timer.due).min()
    }

    fn look(&mut self, filter: Filter, remove: bool) -> Given {
        if let Some(sent) = self.inbox.next() {
            return Given::Sent(sent);
        }
        let wanted = |message: &Message| filter.takes(message.window, message.number);
        if let Some(at) = self.posted.iter().position(wanted) {
            let message = if remove { self.posted.remove(at) } else { self.posted.get(at).copied() };
            if let Some(message) = message {
                return Given::Message(message);
            }
        }
        // Whatever is asked for, when nothing else of it is left.
        if let Some(code) = self.quit {
            if remove {
                self.quit = None;
            }
            let time = milliseconds();
            return Given::Message(Message { window: 0, number: WM_QUIT, wparam: code, lparam: 0, time });
        }
        let now = clock::monotonic();
        let takes = |timer: &&mut Timer| filter.takes(timer.window, WM_TIMER);
        // The one that is due longest: each gets its turn, also where the program is slower than they are.
        let Some(timer) = self.timers.iter_mut().filter(takes).min_by_key(|timer| timer.due) else {
            return Given::Nothing(None);
        };
        if timer.due > now {
            return Given::Nothing(Some(timer.due));
        }
        if remove {
            timer.due = now.saturating_add(timer.period);
        }
        Given::Message(Message {
            window: timer.window,
            number: WM_TIMER,
            wparam: timer.id,
            lparam: timer.procedure.cast_signed(),
            time: milliseconds(),
        })
    }
}

/// Looks for the next message of the calling thread's queue.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`: the filter is for a window that there is not. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn look(filter: Filter, remove: bool) -> Result<Given, Code> {
    let number = ready()?;
    let signal = {
        let desk = desk();
        if let Some(window) = filter.window.filter(|window| *window != 0) {
            desk.window(window)?;
        }
        desk.queues.get(&number).map(|queue| queue.signal.clone()).ok_or(Code::NOT_ENOUGH_MEMORY)?
    };
    // What comes from here on is new: it sets the signal again.
    signal.reset();
    let mut desk = desk();
    let queue = desk.queues.get_mut(&number).ok_or(Code::NOT_ENOUGH_MEMORY)?;
    Ok(queue.look(filter, remove))
}

/// Posts to a thread, which has a queue.
fn push_to(thread: u32, message: Message) -> Result<(), Code> {
    let signal = {
        let mut desk = desk();
        let queue = desk.queues.get_mut(&thread).ok_or(Code::INVALID_THREAD_ID)?;
        queue.push(message)?;
        queue.signal.clone()
    };
    signal.set();
    Ok(())
}

/// Posts a message to a window; 0 is the calling thread itself. No lock of the library's is held.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_NOT_ENOUGH_QUOTA`: 10,000 messages wait.
pub fn post(window: Handle, number: u32, wparam: usize, lparam: isize) -> Result<(), Code> {
    let message = Message { window, number, wparam, lparam, time: milliseconds() };
    if window == 0 {
        let own = ready()?;
        return push_to(own, message);
    }
    let thread = super::thread_of(window)?;
    push_to(thread, message).map_err(|code| match code {
        Code::INVALID_THREAD_ID => Code::INVALID_WINDOW_HANDLE,
        code => code,
    })
}

/// Posts a message to a thread.
///
/// # Errors
/// `ERROR_INVALID_THREAD_ID`: no thread of that number has a queue. `ERROR_NOT_ENOUGH_QUOTA`.
pub fn post_to_thread(thread: u32, number: u32, wparam: usize, lparam: isize) -> Result<(), Code> {
    if thread == number_of_thread() {
        ready()?;
    }
    push_to(thread, Message { window: 0, number, wparam, lparam, time: milliseconds() })
}

/// Has the calling thread's loop end once nothing else is left in the queue.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn post_quit(code: usize) -> Result<(), Code> {
    let number = ready()?;
    let signal = {
        let mut desk = desk();
        let queue = desk.queues.get_mut(&number).ok_or(Code::NOT_ENOUGH_MEMORY)?;
        queue.quit = Some(code);
        queue.signal.clone()
    };
    signal.set();
    Ok(())
}

/// What [`wait`] gives for something in the queue, beside the outcomes of waits for objects.
pub const INPUT: u32 = u32::MAX - 1;

/// Waits for objects, or for something new in the calling thread's queue; with `any_input` also for what was there before.
/// `milliseconds` is `u32::MAX` for no limit.
///
/// # Errors
/// Those of waits for objects.
pub fn wait(
    handles: &[usize],
    all: bool,
    milliseconds: u32,
    alertable: bool,
    any_input: bool,
) -> Result<u32, Code> {
    const TIMED_OUT: u32 = 0x102;
    let own = ready()?;
    let begun = clock::monotonic();
    let limit = u64::from(milliseconds).saturating_mul(1_000_000).saturating_add(begun);
    let limit = (milliseconds != u32::MAX).then_some(limit);
    let input = u32::try_from(handles.len()).unwrap_or(u32::MAX);
    loop {
        let (there, due, signal) = {
            let desk = desk();
            let queue = desk.queues.get(&own).ok_or(Code::NOT_ENOUGH_MEMORY)?;
            (queue.has_some(), queue.next_due(), queue.signal.clone())
        };
        let is_due = due.is_some_and(|due| clock::monotonic() >= due);
        if is_due || (any_input && there) {
            signal.set();
        }
        let next = if is_due { None } else { due };
        let until = [limit, next].into_iter().flatten().min();
        match waits::multiple_or(handles, &signal, all, until, alertable)? {
            TIMED_OUT if next.is_some_and(|next| clock::monotonic() >= next) => {}
            outcome if !all && outcome == input => return Ok(INPUT),
            outcome => return Ok(outcome),
        }
    }
}

/// Sleeps until there is something new in the calling thread's queue, or that time of the clock that nobody sets.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn sleep(until: Option<u64>) -> Result<(), Code> {
    let own = ready()?;
    let signal = desk().queues.get(&own).map(|queue| queue.signal.clone()).ok_or(Code::NOT_ENOUGH_MEMORY)?;
    waits::multiple_or(&[], &signal, false, until, false).map(|_| ())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Two timers that are both due whenever the program looks.
    #[test]
    fn timers_take_turns() {
        let timer = |id, due| Timer { window: 0, id, procedure: 0, period: 0, due };
        let mut queue = Queue {
            signal: Signal::new().unwrap(),
            inbox: Inbox::default(),
            posted: VecDeque::new(),
            quit: None,
            timers: vec![timer(1, 5), timer(2, 3)],
            next_timer: 3,
        };
        let all = Filter { window: None, first: 0, last: 0 };
        let mut next = || match queue.look(all, true) {
            Given::Message(message) => message.wparam,
            _ => 0,
        };
        let first = [next(), next(), next()];
        assert_eq!(first[..2], [2, 1]);
    }
}
