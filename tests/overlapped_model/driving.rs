//! The role of the one who listens, under every order of steps: the library's own `role.rs`, with a kernel that tells each
//! event to one thread, threads that wait for packets as `kernel/driver.rs` and `kernel/waiter.rs` have them, and a stand-in
//! as in `reactor.rs`. Every event must become a packet, and every packet be taken by a thread. A wake-up that is lost is
//! a deadlock, which shuttle reports.

use shuttle::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use shuttle::sync::{Arc, Condvar, Mutex};
use shuttle::thread;

use super::explore;
use super::order::Bell;
use super::role::Role;

/// The kernel's descriptor: events that nobody was told of, and the byte in the pipe.
#[derive(Default)]
struct Kernel {
    state: Mutex<(u32, bool)>,
    changed: Condvar,
    listening: AtomicUsize,
}

impl Kernel {
    fn event(&self) {
        self.state.lock().unwrap().0 += 1;
        self.changed.notify_one();
    }

    fn wake(&self) {
        self.state.lock().unwrap().1 = true;
        self.changed.notify_one();
    }

    /// How many events there are; without waiting, or until there is one or a byte.
    fn wait(&self, waits: bool) -> u32 {
        assert_eq!(self.listening.fetch_add(1, Ordering::SeqCst), 0, "two have the role");
        let mut state = self.state.lock().unwrap();
        while waits && *state == (0, false) {
            state = self.changed.wait(state).unwrap();
        }
        self.listening.fetch_sub(1, Ordering::SeqCst);
        std::mem::take(&mut *state).0
    }
}

/// How a thread waits: the word of `kernel/waiter.rs`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Waiting,
    Elsewhere,
    Ended,
}

struct Waiter {
    state: Mutex<State>,
    woken: Condvar,
}

impl Waiter {
    /// Claims the wait; where the thread is to be woken.
    fn claim(&self) -> Option<State> {
        let mut state = self.state.lock().unwrap();
        let before = *state;
        *state = State::Ended;
        (before != State::Ended).then_some(before)
    }

    fn change(&self, from: State, to: State) -> bool {
        let mut state = self.state.lock().unwrap();
        let same = *state == from;
        if same {
            *state = to;
        }
        same
    }

    fn sleep(&self) {
        let state = self.state.lock().unwrap();
        if *state == State::Waiting {
            drop(self.woken.wait(state).unwrap());
        }
    }
}

/// A port: packets, and the threads that wait for them, the last one last.
#[derive(Default)]
struct Port {
    packets: u32,
    waiting: Vec<Arc<Waiter>>,
}

struct World {
    kernel: Kernel,
    role: Role,
    port: Mutex<Port>,
    /// Packets that are still to be taken before the threads may end.
    left: AtomicUsize,
    /// The stand-in is to end.
    over: AtomicBool,
}

impl World {
    fn new(packets: usize) -> Arc<Self> {
        Arc::new(Self {
            kernel: Kernel::default(),
            role: Role::new(Bell::new(), Bell::new()),
            port: Mutex::new(Port::default()),
            left: AtomicUsize::new(packets),
            over: AtomicBool::new(false),
        })
    }

    /// A packet is there: the last thread that waits is to look. Whether one was handed it.
    fn post(&self, by: Option<&Arc<Waiter>>) -> bool {
        let mut port = self.port.lock().unwrap();
        port.packets += 1;
        self.hand_out(port, by)
    }

    fn hand_out(&self, mut port: shuttle::sync::MutexGuard<'_, Port>, by: Option<&Arc<Waiter>>) -> bool {
        while port.packets > 0
            && let Some(waiter) = port.waiting.pop()
        {
            let Some(before) = waiter.claim() else { continue };
            drop(port);
            match before {
                State::Elsewhere if by.is_none_or(|by| !Arc::ptr_eq(by, &waiter)) => self.kernel.wake(),
                _ => waiter.woken.notify_all(),
            }
            return true;
        }
        false
    }

    /// Listens once.
    fn round(&self, waits: bool, by: Option<&Arc<Waiter>>) -> bool {
        let events = self.kernel.wait(waits);
        let mut handed = false;
        for _ in 0..events {
            handed |= self.post(by);
        }
        handed
    }

    /// A thread that takes packets until there are no more to come.
    fn worker(&self) {
        while self.left.load(Ordering::SeqCst) > 0 {
            let waiter = Arc::new(Waiter { state: Mutex::new(State::Waiting), woken: Condvar::new() });
            {
                let mut port = self.port.lock().unwrap();
                if port.packets > 0 {
                    port.packets -= 1;
                    drop(port);
                    if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
                        self.end();
                    }
                    continue;
                }
                if self.left.load(Ordering::SeqCst) == 0 {
                    return;
                }
                port.waiting.push(Arc::clone(&waiter));
            }
            self.sleep(&waiter);
        }
    }

    /// As `kernel/driver.rs`, until the wait has ended.
    fn sleep(&self, waiter: &Arc<Waiter>) {
        while *waiter.state.lock().unwrap() != State::Ended {
            let Some(turn) = self.role.take() else {
                waiter.sleep();
                self.role.woke();
                continue;
            };
            let mut goes_on = true;
            if waiter.change(State::Waiting, State::Elsewhere) {
                while goes_on && *waiter.state.lock().unwrap() != State::Ended {
                    goes_on = self.role.is(turn);
                    if goes_on {
                        self.round(true, Some(waiter));
                    }
                }
                waiter.change(State::Elsewhere, State::Waiting);
            }
            self.role.give_up(turn);
            if !goes_on {
                waiter.sleep();
            }
        }
    }

    /// All packets were taken: who waits is told, as when a port is closed.
    fn end(&self) {
        let waiting = std::mem::take(&mut self.port.lock().unwrap().waiting);
        for waiter in waiting {
            match waiter.claim() {
                Some(State::Elsewhere) => self.kernel.wake(),
                Some(_) => waiter.woken.notify_all(),
                None => {}
            }
        }
    }

    /// As `stand_in.rs`, with a single futile round and a single quiet look. `patient`: it keeps the role once it has had to step in.
    fn stand_in(&self, patient: bool) {
        let goes_on = || !self.over.load(Ordering::SeqCst);
        let mut keeps = false;
        while goes_on() {
            if self.role.stand_in_takes() {
                while goes_on() {
                    let alone = self.role.look().sleepers == 1;
                    let given_away = self.round(true, None) && alone;
                    let left_to_them = self.role.look().sleepers == 0;
                    if (given_away || left_to_them) && !keeps {
                        break;
                    }
                }
                self.role.stand_in_gives_up();
            }
            let mut last = self.role.look();
            if last.sleepers > 0 && !last.waiter {
                continue;
            }
            while goes_on() {
                self.role.stand_in_sleeps(Some(0), 0, goes_on);
                let now = self.role.look();
                if now.waiter {
                    if now.turn == last.turn {
                        self.role.stand_in_sleeps(None, now.turn, goes_on);
                    }
                } else if now.sleepers > 0 {
                    keeps = patient;
                    break;
                } else if now.turn == last.turn {
                    if self.role.stand_in_takes() {
                        self.round(false, None);
                        self.role.stand_in_gives_up();
                    }
                    break;
                }
                last = self.role.look();
            }
        }
    }

    fn stop(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.role.wake_stand_in();
        self.kernel.wake();
    }
}

fn run(workers: usize, events: usize, posted: usize, patient: bool, reserves: bool) {
    explore(move || {
        let world = World::new(events + posted);
        let stand_in = {
            let world = Arc::clone(&world);
            thread::spawn(move || world.stand_in(patient))
        };
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                let world = Arc::clone(&world);
                thread::spawn(move || world.worker())
            })
            .collect();
        let poster = {
            let world = Arc::clone(&world);
            thread::spawn(move || {
                (0..posted).for_each(|_| {
                    world.post(None);
                })
            })
        };
        (0..events).for_each(|_| world.kernel.event());
        if reserves {
            world.role.reserve(|| world.kernel.wake());
            assert!(!world.role.look().waiter);
        }
        poster.join().unwrap();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
        world.stop();
        stand_in.join().unwrap();
        let seen = world.role.look();
        assert!(!seen.waiter && seen.sleepers == 0, "{seen:?}");
        assert_eq!(world.left.load(Ordering::SeqCst), 0);
    });
}

#[test]
fn one_thread_that_waits() {
    run(1, 3, 0, false, false);
    run(1, 2, 1, true, false);
}

#[test]
fn several_threads_that_wait() {
    run(2, 3, 0, false, false);
    run(3, 2, 2, true, false);
}

/// As when the library comes to rest: the thread that waits lets go.
#[test]
fn the_role_is_taken_from_a_thread_that_waits() {
    run(1, 2, 0, false, true);
    run(2, 2, 1, true, true);
}
