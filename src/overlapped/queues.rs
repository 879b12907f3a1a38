//! The operations of one socket, and the ways in which they end: by an attempt, by being cancelled, or with the socket;
//! each once, and those of one direction that attempts have ended, in their order. The lock is the caller's, so that a model
//! checker can put its own in its place (`tests/overlapped_model`).

use super::operation::{Completion, DIRECTIONS, Direction, Held, Pending};
use super::queue::{Entered, Queue};

/// The queues, under their side's lock.
#[derive(Default)]
pub(super) struct Queues {
    /// The socket has ended: nothing is attempted any more, and nothing begins.
    pub(super) closed: bool,
    queues: [Queue; DIRECTIONS],
}

/// What has such queues, behind a lock.
pub(super) trait Locked {
    /// Runs something with the queues, under the lock.
    fn with<T>(&self, run: impl FnOnce(&mut Queues, &Held<'_>) -> T) -> T;
}

impl Queues {
    fn of(&mut self, direction: Direction) -> &mut Queue {
        let [receive, urgent, accept, connect, send, disconnect] = &mut self.queues;
        match direction {
            Direction::Receive => receive,
            Direction::Urgent => urgent,
            Direction::Accept => accept,
            Direction::Connect => connect,
            Direction::Send => send,
            Direction::Disconnect => disconnect,
        }
    }

    pub(super) fn is_empty(&self, direction: Direction) -> bool {
        let [receive, urgent, accept, connect, send, disconnect] = &self.queues;
        match direction {
            Direction::Receive => receive,
            Direction::Urgent => urgent,
            Direction::Accept => accept,
            Direction::Connect => connect,
            Direction::Send => send,
            Direction::Disconnect => disconnect,
        }
        .is_empty()
    }

    /// Whether an operation that begins now would be attempted at once.
    pub(super) fn attempts(&mut self, direction: Direction) -> bool {
        self.of(direction).attempts()
    }

    /// Begins an operation.
    pub(super) fn enter(
        &mut self,
        direction: Direction,
        operation: Box<dyn Pending>,
        held: &Held<'_>,
    ) -> Entered {
        self.of(direction).enter(operation, held)
    }

    /// Takes back the operation that has just been queued.
    pub(super) fn take_back(&mut self, direction: Direction) -> Option<Box<dyn Pending>> {
        self.of(direction).take_last()
    }

    /// The socket may be ready.
    pub(super) fn is_ready(&mut self, direction: Direction) {
        self.of(direction).exhausted = false;
    }

    /// In a child of `fork`: the operations are the parent's.
    pub(super) fn forget(&mut self) {
        self.queues.iter_mut().for_each(Queue::forget);
    }
}

/// Attempts what waits in a direction, until nothing does or the socket is not ready for it. Whether something has ended.
pub(super) fn advance(on: &impl Locked, direction: Direction) -> bool {
    let mut moved = false;
    loop {
        let ended = on.with(|queues, held| {
            let closed = queues.closed;
            let queue = queues.of(direction);
            if moved {
                queue.busy = false;
            }
            queue.advance(held, closed)
        });
        let Some((operation, completion)) = ended else { return moved };
        operation.finish(completion);
        moved = true;
    }
}

/// Ends those that wait and are wanted; how many there were.
pub(super) fn end(
    on: &impl Locked,
    wanted: impl Fn(&dyn Pending) -> bool,
    how: impl Fn(Direction) -> Completion,
) -> usize {
    let mut count = 0;
    for direction in Direction::ALL {
        while let Some(operation) = on.with(|queues, _| queues.of(direction).take(&wanted)) {
            operation.finish(how(direction));
            count += 1;
        }
    }
    count
}
