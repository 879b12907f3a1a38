//! Messages that one thread sends to another, and waits for the answer to.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::queue::{Message, milliseconds, number_of_thread, ready};
use super::{Handle, desk};
use crate::kernel::code::Code;
use crate::kernel::signal::Signal;
use crate::kernel::sync::lock;
use crate::kernel::wait as waits;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// A message that another thread waits for the answer to.
pub struct Sent {
    /// What was sent.
    pub message: Message,
    answer: Mutex<Option<isize>>,
    sender: Signal,
}

impl Sent {
    fn answer(&self, result: isize) {
        *lock(&self.answer) = Some(result);
        self.sender.set();
    }
}

/// What was sent to a thread.
#[derive(Default)]
pub(super) struct Inbox {
    waiting: VecDeque<Arc<Sent>>,
    /// Taken, and not answered yet: the procedure may end the thread.
    begun: Vec<Arc<Sent>>,
}

impl Inbox {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn push(&mut self, sent: Arc<Sent>) -> Made<()> {
        self.waiting.try_reserve(1)?;
        // Nor is memory needed when it is taken.
        self.begun.try_reserve(self.waiting.len().saturating_add(1))?;
        self.waiting.push_back(sent);
        Ok(())
    }

    /// Takes the next one, which the thread is to answer.
    pub(super) fn next(&mut self) -> Option<Arc<Sent>> {
        let sent = self.waiting.pop_front()?;
        self.begun.push(Arc::clone(&sent));
        Some(sent)
    }

    fn is_answered(&mut self, sent: &Sent) {
        self.begun.retain(|begun| !std::ptr::eq(Arc::as_ptr(begun), sent));
    }

    /// The thread has ended: nobody else answers. No lock is held.
    pub(super) fn end(self) {
        for sent in self.begun.iter().chain(&self.waiting) {
            sent.answer(0);
        }
    }
}

/// Sends a message to a window of another thread; the answer is to be waited for with [`expected`].
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn send_elsewhere(window: Handle, number: u32, wparam: usize, lparam: isize) -> Result<Arc<Sent>, Code> {
    let own = ready()?;
    let message = Message { window, number, wparam, lparam, time: milliseconds() };
    let (sent, signal) = {
        let mut desk = desk();
        let thread = desk.window(window)?.thread;
        let sender = desk.queues.get(&own).map(|queue| queue.signal.clone());
        let sender = sender.ok_or(Code::NOT_ENOUGH_MEMORY)?;
        let queue = desk.queues.get_mut(&thread).ok_or(Code::INVALID_WINDOW_HANDLE)?;
        let sent = Arc::try_new(Sent { message, answer: Mutex::new(None), sender })?;
        queue.inbox.push(Arc::clone(&sent))?;
        (sent, queue.signal.clone())
    };
    signal.set();
    Ok(sent)
}

/// Answers a message that was sent to the calling thread.
pub fn answer(sent: &Sent, result: isize) {
    let own = number_of_thread();
    if let Some(queue) = desk().queues.get_mut(&own) {
        queue.inbox.is_answered(sent);
    }
    sent.answer(result);
}

/// Waits for the answer. What other threads send meanwhile is to be answered first: it is given, and then this is called
/// again.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn expected(sent: &Sent) -> Result<Result<isize, Arc<Sent>>, Code> {
    let own = ready()?;
    loop {
        if let Some(result) = *lock(&sent.answer) {
            // Something may have been posted besides.
            sent.sender.set();
            return Ok(Ok(result));
        }
        let other = desk().queues.get_mut(&own).and_then(|queue| queue.inbox.next());
        if let Some(other) = other {
            return Ok(Err(other));
        }
        waits::multiple_or(&[], &sent.sender, false, None, false)?;
    }
}
