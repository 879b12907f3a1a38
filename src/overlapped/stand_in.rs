//! The stand-in: the thread that listens to sockets while no thread does that takes packets from a port.
//!
//! Where one such thread waits, it listens itself (`role`); where such threads are busy, they will look as soon as they want the next
//! packet. The stand-in then looks every millisecond whether somebody has done so, and steps in where not.

use super::reactor::{ROLE, Replaced, drive, era, gives_up, is_listener, leave, takes};
use super::side::Concerned;
use super::table;
use crate::kernel::driver;
use crate::sys::event::clock;
use crate::sys::process::thread;

/// How often the stand-in looks whether somebody listens, in nanoseconds, as long as something happens.
const LOOK: u64 = 1_000_000;

/// How long the stand-in keeps the role after it had to step in, in nanoseconds: the first time, and at most.
const PATIENCE: [u64; 2] = [50_000_000, 1_600_000_000];

/// How many looks in a row find nobody who listens before the stand-in does so for longer than a moment.
const MISSED: u32 = 8;

/// How many looks in a row that find all well make it forget that.
const WELL: u32 = 1000;

/// How many times in a row the stand-in may learn what threads at a port could have learnt themselves, before it leaves it to them.
const FUTILE: u32 = 4;

/// The number of a thread that listens.
pub(super) struct Listener(pub(super) u32);

/// The stand-in.
#[allow(clippy::boxed_local, reason = "a thread is started with a box")]
pub(super) fn listen(number: Box<Listener>) {
    thread::name_this(c"ws2-io");
    // What was registered with another epoll.
    table::each(|side| side.listen_again());
    let mut watch = Watch { keeps_until: 0, patience: first_of(PATIENCE), well: 0 };
    while is_listener(number.0) {
        if takes(number.0) {
            let stays = watch.drive(number.0);
            gives_up(number.0);
            if !stays {
                break;
            }
        }
        watch.over_waiters(number.0);
    }
    leave();
}

const fn first_of([first, _]: [u64; 2]) -> u64 {
    first
}

/// Does at once what follows from all that has happened, if nobody else listens.
fn look_once(number: u32) -> Result<Option<Concerned>, Replaced> {
    if !takes(number) {
        return Ok(None);
    }
    let looked = drive(number, 0);
    gives_up(number);
    looked
}

/// How the stand-in fares with the threads that listen while they wait.
struct Watch {
    keeps_until: u64,
    patience: u64,
    well: u32,
}

impl Watch {
    /// Listens until the threads that take packets can do so themselves: the one that waits has got one and will be back, or what
    /// happens is all for threads that are busy with packets. `false` where another stand-in has taken the caller's place.
    fn drive(&mut self, number: u32) -> bool {
        let mut futile = 0;
        loop {
            let alone = ROLE.look().sleepers == 1;
            let handed = driver::handed();
            match drive(number, -1) {
                Err(Replaced) => return false,
                Ok(None) => {}
                Ok(Some(Concerned::Others)) => futile = 0,
                Ok(Some(Concerned::Port | Concerned::Nobody)) => futile += 1,
            }
            let given_away = alone && driver::handed() != handed;
            let left_to_them = futile >= FUTILE && ROLE.look().sleepers == 0;
            if (given_away || left_to_them) && clock::monotonic() >= self.keeps_until {
                return true;
            }
        }
    }

    /// Sees to it that somebody listens. Returns where it is to be the stand-in, or there is another one.
    fn over_waiters(&mut self, number: u32) {
        let is_listener = || era() == number;
        let mut last = ROLE.look();
        if last.sleepers > 0 && !last.waiter {
            // It has come while this thread had the role.
            return;
        }
        let (mut quiet, mut missed) = (0, 0);
        while is_listener() {
            let deadline = clock::monotonic().saturating_add(LOOK);
            ROLE.stand_in_sleeps(Some(deadline), 0, is_listener);
            let now = ROLE.look();
            if now.waiter {
                self.is_well();
                (quiet, missed) = (0, 0);
                if now.turn == last.turn {
                    // Nothing has happened; who has the role rings.
                    ROLE.stand_in_sleeps(None, now.turn, is_listener);
                }
            } else if now.sleepers > 0 {
                self.steps_in();
                return;
            } else if now.turn == last.turn {
                match look_once(number) {
                    Err(Replaced) => return,
                    Ok(None) => quiet += 1,
                    Ok(Some(Concerned::Nobody)) => (quiet, missed) = (0, 0),
                    Ok(Some(Concerned::Port)) => (quiet, missed) = (0, missed + 1),
                    Ok(Some(Concerned::Others)) => missed = MISSED,
                }
                if ROLE.look().sleepers > 0 {
                    // It has come while this thread had the role for a moment.
                    return;
                }
                if missed >= MISSED {
                    self.steps_in();
                    return;
                }
                if quiet >= MISSED {
                    return;
                }
            } else {
                (quiet, missed) = (0, 0);
            }
            last = ROLE.look();
        }
    }

    fn is_well(&mut self) {
        self.well = self.well.saturating_add(1);
        if self.well > WELL {
            self.patience = first_of(PATIENCE);
        }
    }

    /// Who should listen stays away: the stand-in keeps the role for a while.
    fn steps_in(&mut self) {
        let [_, most] = PATIENCE;
        self.well = 0;
        self.keeps_until = clock::monotonic().saturating_add(self.patience);
        self.patience = self.patience.saturating_mul(2).min(most);
    }
}
