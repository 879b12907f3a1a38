//! Who listens to the epoll: nobody, the thread that is there for it (the *stand-in*), or a thread that waits for packets of a
//! completion port. One word holds all of it, so that every step is one change of that word.
//!
//! What holds at any time:
//!
//! 1. At most one thread has the role. (Two of them for a moment would cost time only: what they learn is attempted under the
//!    side's lock, in the order of the queue.)
//! 2. Who has the role does with everything that the kernel told it what follows from that before it gives the role up.
//! 3. While nobody has the role the stand-in is awake, or will be within [`super::reactor`]'s `LOOK`: it sleeps without
//!    a clock only while a waiting thread has the role, which wakes it on giving it up.
//! 4. A waiting thread takes the role only where nobody has it. Where other threads wait for packets, it gives it to the
//!    stand-in at once: one of them could serve what comes next.
//!
//! Tried in `tests/overlapped_model`, which puts its own atomics and bells in place of this library's.

use super::order::{AtomicU64, Bell, Ordering};

/// Who has the role: a part of the word.
const HOLDER: u64 = 3;
const STAND_IN: u64 = 1;
const WAITER: u64 = 2;
/// The stand-in sleeps without a clock.
const ASLEEP: u64 = 4;
/// Somebody waits until the waiting thread has given the role up.
const AWAITED: u64 = 8;
/// Waiting threads do not get the role.
const RESERVED: u64 = 16;
/// Threads that wait for packets and did not get the role.
const SLEEPER: u64 = 1 << 16;
const SLEEPERS: u64 = 0xFFFF << 16;
/// How often a waiting thread has got the role: the number of its turn.
const TURN: u64 = 1 << 32;

const fn turn(word: u64) -> u64 {
    word / TURN
}

/// The role.
pub(super) struct Role {
    word: AtomicU64,
    stand_in: Bell,
    given_up: Bell,
}

/// What the stand-in finds when it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The number of the last turn.
    pub(super) turn: u64,
    /// A waiting thread has the role.
    pub(super) waiter: bool,
    /// Threads that wait for packets and do not have it.
    pub(super) sleepers: u64,
}

impl Role {
    pub(super) const fn new(stand_in: Bell, given_up: Bell) -> Self {
        Self { word: AtomicU64::new(0), stand_in, given_up }
    }

    /// Changes the word; what it was before.
    fn change(&self, mut to: impl FnMut(u64) -> Option<u64>) -> Result<u64, u64> {
        let mut word = self.word.load(Ordering::Acquire);
        loop {
            let Some(next) = to(word) else { return Err(word) };
            match self.word.compare_exchange(word, next, Ordering::AcqRel, Ordering::Acquire) {
                Ok(before) => return Ok(before),
                Err(other) => word = other,
            }
        }
    }

    /// A thread that waits for packets asks for the role: the number of its turn. Without one it counts as a sleeper
    /// until [`Self::woke`].
    pub(super) fn take(&self) -> Option<u64> {
        let mut got = None;
        let _ = self.change(|word| {
            got = None;
            if word & (HOLDER | RESERVED) == 0 {
                let next = word.wrapping_add(TURN) | WAITER;
                got = Some(turn(next));
                Some(next)
            } else if word & SLEEPERS == SLEEPERS {
                Some(word)
            } else {
                Some(word + SLEEPER)
            }
        });
        got
    }

    /// A sleeper wakes up.
    pub(super) fn woke(&self) {
        let _ = self.change(|word| (word & SLEEPERS != 0).then(|| word - SLEEPER));
    }

    /// Whether the turn is still the caller's.
    pub(super) fn is(&self, number: u64) -> bool {
        let word = self.word.load(Ordering::Acquire);
        turn(word) == number && word & HOLDER == WAITER && word & RESERVED == 0
    }

    /// The turn is over.
    pub(super) fn give_up(&self, number: u64) {
        let before = self.change(|word| {
            let own = turn(word) == number && word & HOLDER == WAITER;
            own.then_some(word & !(HOLDER | ASLEEP | AWAITED))
        });
        let Ok(before) = before else { return };
        if before & ASLEEP != 0 || before & SLEEPERS != 0 {
            self.stand_in.ring();
        }
        if before & AWAITED != 0 {
            self.given_up.ring();
        }
    }

    /// The stand-in takes the role, if nobody has it.
    pub(super) fn stand_in_takes(&self) -> bool {
        self.change(|word| (word & HOLDER == 0).then_some(word | STAND_IN)).is_ok()
    }

    /// The stand-in has the role no more.
    pub(super) fn stand_in_gives_up(&self) {
        let _ = self.change(|word| (word & HOLDER == STAND_IN).then_some(word & !HOLDER));
    }

    /// What there is.
    pub(super) fn look(&self) -> Seen {
        let word = self.word.load(Ordering::Acquire);
        Seen { turn: turn(word), waiter: word & HOLDER == WAITER, sleepers: (word & SLEEPERS) / SLEEPER }
    }

    /// The stand-in sleeps: until the bell, at most until the deadline. Without one only while a waiting thread has this
    /// turn. `goes_on` is asked after the bell is looked at, so that a ring after a change it tells of is heard.
    pub(super) fn stand_in_sleeps(&self, deadline: Option<u64>, number: u64, goes_on: impl Fn() -> bool) {
        let bell = self.stand_in.number();
        let stays = deadline.is_some()
            || self
                .change(|word| (turn(word) == number && word & HOLDER == WAITER).then_some(word | ASLEEP))
                .is_ok();
        if stays && goes_on() {
            self.stand_in.sleep(bell, deadline);
        }
    }

    /// Has the stand-in look.
    pub(super) fn wake_stand_in(&self) {
        self.stand_in.ring();
    }

    /// From here on no waiting thread gets the role; the one that has it is to be told by `tell`, and has given it up when
    /// this returns.
    pub(super) fn reserve(&self, tell: impl FnOnce()) {
        let _ = self.change(|word| Some(word | RESERVED));
        tell();
        loop {
            let bell = self.given_up.number();
            let awaited = self.change(|word| (word & HOLDER == WAITER).then_some(word | AWAITED));
            if awaited.is_err() {
                return;
            }
            self.given_up.sleep(bell, None);
        }
    }

    /// Waiting threads may have the role again.
    pub(super) fn open(&self) {
        let _ = self.change(|word| Some(word & !RESERVED));
    }

    /// Whoever has the role listens to what is not there any more: nobody has it.
    pub(super) fn renew(&self) {
        let _ = self.change(|word| Some((word & !(HOLDER | ASLEEP)).wrapping_add(TURN)));
        self.stand_in.ring();
    }

    /// In a child of `fork` no other thread is there.
    pub(super) fn forked(&self) {
        let _ = self.change(|word| Some((word & !(HOLDER | ASLEEP | AWAITED | SLEEPERS)).wrapping_add(TURN)));
    }
}
