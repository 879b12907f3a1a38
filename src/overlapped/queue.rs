//! The operations of one direction. The first is attempted, the others wait for it.

use std::collections::VecDeque;

use super::operation::{Completion, Held, Pending, Progress};

/// The queue, under its side's lock.
#[derive(Default)]
pub(super) struct Queue {
    waiting: VecDeque<Box<dyn Pending>>,
    /// The last attempt found the socket not ready, and nothing has happened since.
    pub(super) exhausted: bool,
    /// Somebody is telling of the end of an operation, without the lock, and looks again afterwards: nobody else tells of a
    /// success meanwhile, so that ends are told in their order.
    pub(super) busy: bool,
    /// One that has succeeded meanwhile, to be told of next. Who has just learnt of the end before may begin another operation,
    /// which fails at once where the connection is broken (OE8).
    ended: Option<(Box<dyn Pending>, Completion)>,
}

/// What became of a new operation.
pub(super) enum Entered {
    /// It ended at once.
    Done(Box<dyn Pending>, Completion),
    /// It waits in the queue; `true` where it found the socket not ready just now.
    Waits(bool),
    /// There is no memory for the note.
    NoMemory(Box<dyn Pending>),
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn enter(&mut self, mut operation: Box<dyn Pending>, held: &Held<'_>) -> Entered {
        if self.waiting.try_reserve(1).is_err() {
            return Entered::NoMemory(operation);
        }
        let tried = self.attempts();
        if tried {
            match operation.attempt(held) {
                Progress::Done(completion) if self.busy && !completion.is_failure() => {
                    self.ended = Some((operation, completion));
                    return Entered::Waits(false);
                }
                Progress::Done(completion) => return Entered::Done(operation, completion),
                Progress::WouldBlock => self.exhausted = true,
            }
        }
        self.waiting.push_back(operation);
        Entered::Waits(tried)
    }

    /// Attempts the first, if it is worth it and the socket is still there: the operation that has ended, which is out of the
    /// queue then. The caller tells of it without the lock, and sets `busy` back.
    pub(super) fn advance(
        &mut self,
        held: &Held<'_>,
        closed: bool,
    ) -> Option<(Box<dyn Pending>, Completion)> {
        if self.busy {
            return None;
        }
        if let Some(ended) = self.ended.take() {
            self.busy = true;
            return Some(ended);
        }
        if self.exhausted || closed {
            return None;
        }
        match self.waiting.front_mut()?.attempt(held) {
            Progress::WouldBlock => {
                self.exhausted = true;
                None
            }
            Progress::Done(completion) => {
                self.busy = true;
                Some((self.waiting.pop_front()?, completion))
            }
        }
    }

    /// Whether an operation that enters is attempted at once.
    pub(super) fn attempts(&self) -> bool {
        self.waiting.is_empty() && self.ended.is_none() && !self.exhausted
    }

    /// Takes out the last.
    pub(super) fn take_last(&mut self) -> Option<Box<dyn Pending>> {
        self.waiting.pop_back()
    }

    /// Takes out the first that is wanted.
    pub(super) fn take(&mut self, wanted: impl Fn(&dyn Pending) -> bool) -> Option<Box<dyn Pending>> {
        let at = self.waiting.iter().position(|operation| wanted(operation.as_ref()))?;
        self.waiting.remove(at)
    }

    /// In a child of `fork`: the operations are the parent's. Their memory is left behind: half of what they refer to is
    /// not there.
    pub(super) fn forget(&mut self) {
        std::mem::forget(std::mem::take(self));
    }
}
