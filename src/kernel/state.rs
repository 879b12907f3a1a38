//! What each kind of object is, when a wait finds it signalled, and what taking the signal does to it. Pure rules: no
//! locks, no waiting.

use super::sync;

/// What an object is and what it remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Signalled when set. A manual one stays so until it is reset; the other kind lets one wait pass.
    Event { manual: bool, set: bool },
    /// Signalled when nobody owns it, and to its owner. `owner` is a thread's identifier, 0 for none.
    Mutex { owner: u64, count: u32, abandoned: bool },
    /// Signalled while the count is not 0; a wait takes one.
    Semaphore { count: u32, maximum: u32 },
    /// Signalled when it has come due.
    Timer(Timer),
    /// Signalled when the thread has ended, with its exit code.
    Thread { id: u64, ended: Option<u32> },
    /// A completion port: signalled while it has packets that no thread takes, and when it was closed.
    Port { signalled: bool },
    /// This process: never signalled.
    Process,
    /// Another process, by its number: signalled when it has ended. `killed`: the code with which `TerminateProcess` ends it.
    Other { number: u32, ended: Option<u32>, killed: Option<u32> },
    /// The memory of a file or of its own, whose description is kept elsewhere: nothing to wait for.
    Section,
}

/// A timer is never told that its time has come: whoever looks at it looks at the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timer {
    pub(crate) manual: bool,
    pub(crate) set: bool,
    pub(crate) due: Option<Due>,
    /// In nanoseconds; 0 for a timer that comes due once.
    pub(crate) period: u64,
    /// Who set it and wants to be called when it comes due.
    pub(crate) caller: Option<Caller>,
}

/// The wish for a call of a timer's routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The thread that set the timer.
    pub(crate) thread: u64,
    /// The routine and its argument.
    pub(crate) with: [usize; 2],
    /// Came due, by the clock that tells the date, and was not called yet.
    pub(crate) pending: Option<u64>,
}

/// A point in time in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Of the clock that nobody sets.
    In(u64),
    /// Since 1970, by the clock that tells the date, which may be set meanwhile.
    At(u64),
}

/// How long a wait for a date sleeps before it looks whether the clock has been set.
const LOOK_AGAIN: u64 = 1_000_000_000;

impl Due {
    /// How long it is until then; 0 when it is past.
    fn remaining(self, [monotonic, realtime]: [u64; 2]) -> u64 {
        match self {
            Self::In(due) => due.saturating_sub(monotonic),
            Self::At(due) => due.saturating_sub(realtime),
        }
    }

    fn later(self, by: u64) -> Self {
        match self {
            Self::In(due) => Self::In(due.saturating_add(by)),
            Self::At(due) => Self::At(due.saturating_add(by)),
        }
    }
}

impl Timer {
    /// Brings it up to the present. Times that have passed unseen count once.
    pub(crate) fn advance(&mut self, now: [u64; 2]) {
        let Some(due) = self.due else { return };
        if due.remaining(now) > 0 {
            return;
        }
        self.set = true;
        let [monotonic, realtime] = now;
        let late = match due {
            Due::In(due) => monotonic.saturating_sub(due),
            Due::At(due) => realtime.saturating_sub(due),
        };
        if let Some(caller) = &mut self.caller {
            caller.pending.get_or_insert(realtime.saturating_sub(late));
        }
        self.due = late.checked_div(self.period).map(|missed| {
            // From one that is past to the next that is to come.
            due.later(missed.saturating_add(1).saturating_mul(self.period))
        });
    }

    /// When a thread that waits for it has to look, by the clock that nobody sets.
    pub(crate) fn next_look(&self, now: [u64; 2]) -> Option<u64> {
        let due = self.due?;
        let remaining = due.remaining(now);
        let remaining = if matches!(due, Due::At(_)) { remaining.min(LOOK_AGAIN) } else { remaining };
        Some(now[0].saturating_add(remaining))
    }
}

impl State {
    /// Whether a wait of this thread would take it now.
    pub(crate) fn is_signalled(&mut self, by: u64) -> bool {
        match self {
            Self::Event { set, .. } => *set,
            Self::Mutex { owner, count, abandoned } => {
                if *owner != 0 && !sync::is_of_this_process(*owner) {
                    (*owner, *count, *abandoned) = (0, 0, true);
                }
                *owner == 0 || *owner == by
            }
            Self::Semaphore { count, .. } => *count > 0,
            Self::Timer(timer) => {
                if timer.due.is_some() {
                    timer.advance(sync::now());
                }
                timer.set
            }
            Self::Thread { id, ended } => ended.is_some() || !sync::is_of_this_process(*id),
            Self::Port { signalled } => *signalled,
            Self::Other { ended, .. } => ended.is_some(),
            Self::Process | Self::Section => false,
        }
    }

    /// Whether the one who takes it now is told that its owner ended without releasing it.
    pub(crate) const fn is_abandoned(&self) -> bool {
        matches!(self, Self::Mutex { abandoned: true, .. })
    }

    /// What a wait of this thread does to a signalled object.
    pub(crate) fn take(&mut self, by: u64) {
        match self {
            Self::Event { manual, set } | Self::Timer(Timer { manual, set, .. }) => *set &= *manual,
            Self::Mutex { owner, count, abandoned } => {
                *owner = by;
                *count = count.saturating_add(1);
                *abandoned = false;
            }
            Self::Semaphore { count, .. } => *count = count.saturating_sub(1),
            Self::Thread { .. } | Self::Port { .. } | Self::Process | Self::Other { .. } | Self::Section => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: u64 = 7;

    fn event(manual: bool, set: bool) -> State {
        State::Event { manual, set }
    }

    fn mutex(owner: u64, count: u32, abandoned: bool) -> State {
        State::Mutex { owner, count, abandoned }
    }

    #[test]
    fn what_a_wait_takes() {
        let count = |count| State::Semaphore { count, maximum: 3 };
        let ended = |ended| State::Thread { id: ME, ended };
        for (before, after) in [
            (event(true, true), Some(event(true, true))),
            (event(false, true), Some(event(false, false))),
            (event(true, false), None),
            (event(false, false), None),
            (mutex(0, 0, false), Some(mutex(ME, 1, false))),
            (mutex(0, 0, true), Some(mutex(ME, 1, false))),
            (mutex(ME, 1, false), Some(mutex(ME, 2, false))),
            (mutex(8, 1, false), None),
            (count(3), Some(count(2))),
            (count(0), None),
            (ended(Some(5)), Some(ended(Some(5)))),
            (ended(None), None),
            (State::Process, None),
        ] {
            let mut state = before;
            assert_eq!(state.is_signalled(ME), after.is_some(), "{before:?}");
            if let Some(after) = after {
                state.take(ME);
                assert_eq!(state, after, "{before:?}");
            }
        }
    }

    #[test]
    fn timers_come_due() {
        let caller = Caller { thread: ME, with: [0; 2], pending: None };
        let timer = |due, period| Timer { manual: false, set: false, due, period, caller: Some(caller) };
        for (due, period, now, set, next, pending) in [
            (Due::In(100), 0, [99, 5000], false, Some(Due::In(100)), None),
            (Due::In(100), 0, [100, 5000], true, None, Some(5000)),
            (Due::In(100), 30, [100, 5000], true, Some(Due::In(130)), Some(5000)),
            (Due::In(100), 30, [195, 5000], true, Some(Due::In(220)), Some(4905)),
            (Due::At(100), 0, [5000, 99], false, Some(Due::At(100)), None),
            (Due::At(100), 10, [5000, 200], true, Some(Due::At(210)), Some(100)),
        ] {
            let mut timer = timer(Some(due), period);
            timer.advance(now);
            let found = (timer.set, timer.due, timer.caller.and_then(|caller| caller.pending));
            assert_eq!(found, (set, next, pending), "{due:?} {period} {now:?}");
        }
        let look = |due| timer(Some(due), 0).next_look([10, 20]);
        assert_eq!(look(Due::In(5)), Some(10));
        assert_eq!(look(Due::In(u64::MAX)), Some(u64::MAX));
        assert_eq!(look(Due::At(25)), Some(15));
        assert_eq!(look(Due::At(u64::MAX)), Some(10 + LOOK_AGAIN));
        assert_eq!(timer(None, 0).next_look([10, 20]), None);
    }
}
