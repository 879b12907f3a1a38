//! The closing protocol as a small model, under every order of steps that shuttle tries: numbers, slots, the alarm and
//! a kernel that gives a number out again as soon as it is free. Each of its precautions, left out, is noticed.
//!
//! `WS2_CASES=100000 cargo test --test closing protocol` tries more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use shuttle::sync::{Condvar, Mutex};
use shuttle::thread;

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// A call registers although its descriptor was closed since it began.
    EpochNotLookedAt,
    /// closesocket does not wait for the calls that it ended.
    CloserDoesNotWait,
    /// A second closer goes on as the first does.
    SecondCloserNotRefused,
    /// Calls begin to wait on a descriptor that is being closed.
    ClosingNotLookedAt,
    /// The alarm is not raised.
    NoAlarm,
    /// Who was woken and is not meant looks at nothing that tells of the alarm's end.
    AlarmNotLowered,
    /// Who leaves does not say so.
    LeavesSilently,
}

/// What stands under the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Under {
    Socket(u32),
    Placeholder,
    Nothing,
}

struct Kernel {
    under: Under,
    /// Another number's socket is ready.
    other_ready: bool,
    alarm: bool,
}

#[derive(Default)]
struct Slot {
    closing: bool,
    /// The number of the last closing.
    closed: u64,
    /// Calls that wait, and whether they were ended.
    waiters: Vec<(u32, bool)>,
}

struct Model {
    fault: Fault,
    kernel: (Mutex<Kernel>, Condvar),
    epoch: Mutex<u64>,
    slot: (Mutex<Slot>, Condvar),
    raised: Mutex<u32>,
    changes: (Mutex<u32>, Condvar),
}

impl Model {
    fn new(fault: Fault) -> Self {
        let kernel = Kernel { under: Under::Socket(1), other_ready: false, alarm: false };
        Self {
            fault,
            kernel: (Mutex::new(kernel), Condvar::new()),
            epoch: Mutex::new(0),
            slot: (Mutex::new(Slot::default()), Condvar::new()),
            raised: Mutex::new(0),
            changes: (Mutex::new(0), Condvar::new()),
        }
    }

    fn under(&self) -> Under {
        self.kernel.0.lock().unwrap().under
    }

    fn put(&self, what: Under) {
        self.kernel.0.lock().unwrap().under = what;
        self.kernel.1.notify_all();
    }

    fn next_closing(&self) -> u64 {
        let mut epoch = self.epoch.lock().unwrap();
        *epoch += 1;
        *epoch
    }

    fn change_alarm(&self, by: i32) {
        let mut raised = self.raised.lock().unwrap();
        *raised = raised.checked_add_signed(by).expect("lowered once too often");
        self.kernel.0.lock().unwrap().alarm = *raised > 0;
        self.kernel.1.notify_all();
        drop(raised);
        *self.changes.0.lock().unwrap() += 1;
        self.changes.1.notify_all();
    }

    /// After the alarm: sleeps until it changes, if it is still raised.
    fn pass(&self, seen: u32) {
        let raised = *self.raised.lock().unwrap() > 0;
        if raised {
            let mut changes = self.changes.0.lock().unwrap();
            while *changes == seen {
                changes = self.changes.1.wait(changes).unwrap();
            }
        }
    }

    fn is_evicted(&self, id: u32) -> bool {
        self.slot.0.lock().unwrap().waiters.contains(&(id, true))
    }

    /// A call that waits for ever, until the socket is closed.
    fn receive(&self, id: u32) {
        let began = *self.epoch.lock().unwrap();
        // The first attempt. It may meet any socket: the program's own race.
        let Under::Socket(mine) = self.under() else { return };
        {
            let mut slot = self.slot.0.lock().unwrap();
            if slot.closed > began && self.fault != Fault::EpochNotLookedAt {
                return;
            }
            if slot.closing && self.fault != Fault::ClosingNotLookedAt {
                return;
            }
            slot.waiters.push((id, false));
        }
        loop {
            assert_eq!(self.under(), Under::Socket(mine), "an attempt on another socket");
            let mut kernel = self.kernel.0.lock().unwrap();
            while !kernel.alarm {
                assert_eq!(kernel.under, Under::Socket(mine), "a wait on another socket");
                kernel = self.kernel.1.wait(kernel).unwrap();
            }
            drop(kernel);
            let seen = *self.changes.0.lock().unwrap();
            if self.is_evicted(id) {
                break;
            }
            self.pass(seen);
            if self.is_evicted(id) {
                break;
            }
        }
        self.slot.0.lock().unwrap().waiters.retain(|(other, _)| *other != id);
        if self.fault != Fault::LeavesSilently {
            self.slot.1.notify_all();
        }
    }

    /// A call on another number, for which something comes.
    fn receive_elsewhere(&self) {
        loop {
            let mut kernel = self.kernel.0.lock().unwrap();
            while !kernel.alarm && !kernel.other_ready {
                kernel = self.kernel.1.wait(kernel).unwrap();
            }
            if kernel.other_ready {
                return;
            }
            drop(kernel);
            let seen = *self.changes.0.lock().unwrap();
            self.pass(seen);
        }
    }

    /// closesocket; whether it closed.
    fn close(&self) -> bool {
        let evicted = {
            let mut slot = self.slot.0.lock().unwrap();
            if !matches!(self.under(), Under::Socket(_)) {
                return false;
            }
            if slot.closing && self.fault != Fault::SecondCloserNotRefused {
                return false;
            }
            slot.closing = true;
            slot.closed = self.next_closing();
            slot.waiters.iter_mut().for_each(|waiter| waiter.1 = true);
            !slot.waiters.is_empty()
        };
        if evicted {
            if self.fault != Fault::NoAlarm {
                self.change_alarm(1);
            }
            let mut slot = self.slot.0.lock().unwrap();
            while self.fault != Fault::CloserDoesNotWait && slot.waiters.iter().any(|waiter| waiter.1) {
                slot = self.slot.1.wait(slot).unwrap();
            }
            drop(slot);
            if ![Fault::NoAlarm, Fault::AlarmNotLowered].contains(&self.fault) {
                self.change_alarm(-1);
            }
        }
        self.put(Under::Placeholder);
        {
            let mut slot = self.slot.0.lock().unwrap();
            slot.closed = self.next_closing();
            slot.closing = false;
        }
        self.put(Under::Nothing);
        true
    }
}

/// Two calls on the number, one elsewhere, two closers, and somebody who gets the number again.
fn scenario(fault: Fault) {
    let model = Arc::new(Model::new(fault));
    let spawn = |job: fn(&Model) -> bool| {
        let model = Arc::clone(&model);
        thread::spawn(move || job(&model))
    };
    let calls = [
        spawn(|model| {
            model.receive(1);
            true
        }),
        spawn(|model| {
            model.receive(2);
            true
        }),
        spawn(|model| {
            model.receive_elsewhere();
            true
        }),
    ];
    let closers = [spawn(Model::close), spawn(Model::close)];
    let closed = closers.map(|closer| closer.join().unwrap());
    assert_eq!(closed.iter().filter(|closed| **closed).count(), 1, "one of two closers");
    // The number is another socket's; whoever waits there now is ended by its own closing.
    model.put(Under::Socket(2));
    thread::yield_now();
    assert_eq!(model.under(), Under::Socket(2), "a late closer");
    model.kernel.0.lock().unwrap().other_ready = true;
    model.kernel.1.notify_all();
    // Calls that began after the number was given out wait, and each is ended.
    let calls: Vec<_> = calls.into_iter().collect();
    let last = spawn(Model::close);
    assert!(last.join().unwrap());
    for call in calls {
        call.join().unwrap();
    }
    assert_eq!(*model.raised.lock().unwrap(), 0, "the alarm stays raised");
}

fn cases(few: usize) -> usize {
    std::env::var("WS2_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

#[test]
#[cfg_attr(panic = "abort", ignore = "the explorer unwinds")]
fn no_call_waits_on_a_number_that_was_let_go() {
    shuttle::check_random(|| scenario(Fault::None), cases(1500));
    shuttle::check_pct(|| scenario(Fault::None), cases(1500), 4);
}

#[test]
#[cfg_attr(panic = "abort", ignore = "the explorer unwinds")]
fn every_fault_is_noticed() {
    for fault in [
        Fault::EpochNotLookedAt,
        Fault::CloserDoesNotWait,
        Fault::SecondCloserNotRefused,
        Fault::ClosingNotLookedAt,
        Fault::NoAlarm,
        Fault::AlarmNotLowered,
        Fault::LeavesSilently,
    ] {
        let explored = catch_unwind(AssertUnwindSafe(|| {
            shuttle::check_random(move || scenario(fault), 3000);
            shuttle::check_pct(move || scenario(fault), 3000, 4);
        }));
        assert!(explored.is_err(), "{fault:?} is not noticed");
    }
}
