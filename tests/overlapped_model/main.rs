//! The operations of one socket under every order of steps that shuttle tries: the library's own `queues.rs`, `queue.rs` and
//! `operation.rs`, with a lock that it schedules. Threads begin operations, data comes, operations are cancelled, and the
//! socket is closed. An operation that is never told of is found at the end; one that is told of twice, or is attempted on
//! another socket, at once.
//!
//! `driving` tries the hand-over of the role of the one who listens.
//!
//! `WS2_CASES=100000 cargo test --test overlapped_model` tries more.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    reason = "the files that it shares with the library have more than it needs"
)]

mod descriptor {
    pub use ws2_32::descriptor::*;
}
#[allow(unused_imports, reason = "likewise")]
mod error {
    pub use ws2_32::error::*;
}
mod sys {
    pub use ws2_32::sys::*;
}
mod driving;
#[path = "../../src/overlapped/operation.rs"]
mod operation;
mod order;
#[path = "../../src/overlapped/queue.rs"]
mod queue;
#[path = "../../src/overlapped/queues.rs"]
mod queues;
#[path = "../../src/overlapped/role.rs"]
mod role;

use operation::{Completion, Direction, Held, Pending, Progress};
use queue::Entered;
use queues::{Locked, Queues, advance, end};
use shuttle::sync::atomic::{AtomicBool, Ordering};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;
use sys::Fd;

fn explore(scenario: impl Fn() + Send + Sync + 'static) {
    let cases = std::env::var("WS2_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500);
    let scenario = std::sync::Arc::new(scenario);
    let again = std::sync::Arc::clone(&scenario);
    shuttle::check_random(move || scenario(), cases);
    shuttle::check_pct(move || again(), cases, 4);
}

const DIRECTION: Direction = Direction::Receive;

/// `STATUS_CONNECTION_RESET`.
const RESET: Completion = Completion { status: 0xC000_020D, bytes: 0 };

/// A socket: what has come, and who has got it.
struct Socket {
    queues: Mutex<Queues>,
    /// The number of the next byte to take, and how many have come.
    data: Mutex<(u32, u32)>,
    /// The descriptor is this socket's.
    open: AtomicBool,
    /// The connection is broken.
    broken: AtomicBool,
    /// Which operations have ended and how, in this order.
    ended: Mutex<Vec<(usize, Completion)>>,
    /// Those that took a byte, in the order in which the bytes came.
    took: Mutex<Vec<usize>>,
    /// Those that ended in the call that began them, after it has told so.
    at_once: Mutex<Vec<usize>>,
}

impl Locked for Socket {
    fn with<T>(&self, run: impl FnOnce(&mut Queues, &Held<'_>) -> T) -> T {
        run(&mut self.queues.lock().unwrap(), &Held::new(Fd::NONE))
    }
}

struct Operation {
    number: usize,
    thread: u64,
    socket: Arc<Socket>,
}

impl Pending for Operation {
    fn attempt(&mut self, _: &Held<'_>) -> Progress {
        assert!(self.socket.open.load(Ordering::SeqCst), "attempted on another socket");
        if self.socket.broken.load(Ordering::SeqCst) {
            return Progress::Done(RESET);
        }
        let mut data = self.socket.data.lock().unwrap();
        if data.0 == data.1 {
            return Progress::WouldBlock;
        }
        data.0 += 1;
        self.socket.took.lock().unwrap().push(self.number);
        Progress::Done(Completion { status: 0, bytes: 1 })
    }

    fn finish(self: Box<Self>, completion: Completion) {
        let mut ended = self.socket.ended.lock().unwrap();
        assert!(ended.iter().all(|(number, _)| *number != self.number), "told twice");
        ended.push((self.number, completion));
    }

    fn overlapped(&self) -> usize {
        self.number
    }

    fn thread(&self) -> u64 {
        self.thread
    }
}

impl Socket {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            queues: Mutex::new(Queues::default()),
            data: Mutex::new((0, 0)),
            open: AtomicBool::new(true),
            broken: AtomicBool::new(false),
            ended: Mutex::new(Vec::new()),
            took: Mutex::new(Vec::new()),
            at_once: Mutex::new(Vec::new()),
        })
    }

    /// As `Side::submit`; whether it began.
    fn submit(self: &Arc<Self>, number: usize, thread: u64) -> bool {
        let operation = Box::new(Operation { number, thread, socket: Arc::clone(self) });
        let entered =
            self.with(|queues, held| (!queues.closed).then(|| queues.enter(DIRECTION, operation, held)));
        match entered {
            None => return false,
            Some(Entered::Done(operation, completion)) => {
                self.at_once.lock().unwrap().push(number);
                operation.finish(completion);
            }
            Some(Entered::Waits(_)) => {}
            Some(Entered::NoMemory(_)) => panic!("no memory"),
        }
        true
    }

    /// A byte comes, and the kernel tells of it.
    fn arrive(&self) {
        self.data.lock().unwrap().1 += 1;
        self.happened();
    }

    fn happened(&self) {
        self.with(|queues, _| queues.is_ready(DIRECTION));
        advance(self, DIRECTION);
    }

    fn cancel(&self, number: usize) -> usize {
        end(self, |operation| operation.overlapped() == number, |_| Completion::CANCELLED)
    }

    fn close(&self) {
        let was_closed = self.with(|queues, _| std::mem::replace(&mut queues.closed, true));
        if !was_closed {
            end(self, |_| true, Completion::closed);
        }
        self.open.store(false, Ordering::SeqCst);
    }

    fn ends(&self) -> Vec<(usize, Completion)> {
        self.ended.lock().unwrap().clone()
    }
}

/// Every byte finds an operation, in the order in which those began; ends are told in that order, too.
#[test]
fn no_arrival_is_lost_and_the_order_stays() {
    explore(|| {
        let socket = Socket::new();
        let arrivals: Vec<_> = (0..2)
            .map(|_| {
                let socket = Arc::clone(&socket);
                thread::spawn(move || socket.arrive())
            })
            .collect();
        // One thread begins them, so that their order is known.
        (0..3).for_each(|number| assert!(socket.submit(number, 0)));
        arrivals.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(*socket.took.lock().unwrap(), [0, 1], "the first two, in their order");
        let ended: Vec<_> = socket.ends().iter().map(|(number, _)| *number).collect();
        assert_eq!(ended.len(), 2);
        let later: Vec<_> =
            ended.iter().filter(|number| !socket.at_once.lock().unwrap().contains(number)).collect();
        assert!(later.is_sorted(), "{later:?}");
        assert_eq!(socket.cancel(2), 1);
    });
}

/// Whatever comes first, each operation that began is told of once.
#[test]
fn arrivals_cancels_and_closing() {
    explore(|| {
        let socket = Socket::new();
        let run = |body: fn(&Arc<Socket>) -> Vec<usize>| {
            let socket = Arc::clone(&socket);
            thread::spawn(move || body(&socket))
        };
        let threads = [
            run(|socket| (0..2).filter(|number| socket.submit(*number, 1)).collect()),
            run(|socket| (2..4).filter(|number| socket.submit(*number, 2)).collect()),
            run(|socket| {
                socket.arrive();
                socket.arrive();
                Vec::new()
            }),
            run(|socket| {
                let first = socket.cancel(1);
                assert!(first + socket.cancel(1) <= 1, "cancelled twice");
                Vec::new()
            }),
            run(|socket| {
                socket.close();
                Vec::new()
            }),
        ];
        let mut begun: Vec<usize> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        let mut told: Vec<usize> = socket.ends().iter().map(|(number, _)| *number).collect();
        begun.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, begun);
        let by_data = socket.ends().iter().filter(|(_, completion)| completion.bytes == 1).count();
        assert_eq!(by_data, socket.took.lock().unwrap().len(), "who took a byte tells of it");
    });
}

/// Two threads learn of arrivals at once, as when one takes the other's place: the order stays.
#[test]
fn two_threads_that_listen() {
    explore(|| {
        let socket = Socket::new();
        (0..3).for_each(|number| assert!(socket.submit(number, 0)));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let socket = Arc::clone(&socket);
                thread::spawn(move || {
                    socket.arrive();
                    socket.happened();
                })
            })
            .collect();
        socket.arrive();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let ended: Vec<_> = socket.ends().iter().map(|(number, _)| *number).collect();
        assert_eq!(ended, [0, 1, 2]);
    });
}

/// OE8: whoever has learnt that the connection is broken begins nothing that goes on, though the end before is still being told.
#[test]
fn after_a_failure_calls_fail_at_once() {
    explore(|| {
        let socket = Socket::new();
        assert!(socket.submit(0, 0));
        let other = {
            let socket = Arc::clone(&socket);
            thread::spawn(move || {
                socket.broken.store(true, Ordering::SeqCst);
                socket.happened();
            })
        };
        while socket.ends().is_empty() {
            thread::yield_now();
        }
        assert!(socket.submit(1, 0));
        assert_eq!(*socket.at_once.lock().unwrap(), [1]);
        other.join().unwrap();
        assert_eq!(socket.ends(), [(0, RESET), (1, RESET)]);
    });
}

/// An operation that begins, and succeeds, while the end of another one is told: it is told of after that one, and once, whatever
/// closes the socket meanwhile.
#[test]
fn a_success_while_another_end_is_told() {
    explore(|| {
        let socket = Socket::new();
        assert!(socket.submit(0, 0));
        let threads: Vec<_> = (0..3)
            .map(|number| {
                let socket = Arc::clone(&socket);
                thread::spawn(move || match number {
                    0 => (0..3).for_each(|_| socket.arrive()),
                    1 => (1..4).for_each(|number| {
                        socket.submit(number, 1);
                    }),
                    _ => socket.close(),
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let told: Vec<_> = socket.ends();
        let at_once = socket.at_once.lock().unwrap();
        let by_data: Vec<_> = told.iter().filter(|(_, completion)| completion.bytes == 1).collect();
        assert_eq!(by_data.len(), socket.took.lock().unwrap().len(), "who took a byte tells of it");
        let later: Vec<_> =
            by_data.iter().map(|(number, _)| number).filter(|number| !at_once.contains(number)).collect();
        assert!(later.is_sorted(), "{later:?}");
    });
}
