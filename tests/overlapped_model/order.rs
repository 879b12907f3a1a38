//! In the place of `src/overlapped/order.rs`: atomics and bells that shuttle schedules. There is no time: a sleep with a
//! deadline lets others go first, and returns.

pub(super) use shuttle::sync::atomic::{AtomicU64, Ordering};

use shuttle::sync::{Condvar, Mutex};

pub(super) struct Bell {
    rings: Mutex<u32>,
    rung: Condvar,
}

impl Bell {
    pub(super) fn new() -> Self {
        Self { rings: Mutex::new(0), rung: Condvar::new() }
    }

    pub(super) fn number(&self) -> u32 {
        *self.rings.lock().unwrap()
    }

    /// As the kernel does it: the comparison and falling asleep are one.
    pub(super) fn sleep(&self, number: u32, deadline: Option<u64>) {
        if deadline.is_some() {
            return shuttle::thread::yield_now();
        }
        let rings = self.rings.lock().unwrap();
        if *rings == number {
            drop(self.rung.wait(rings).unwrap());
        }
    }

    pub(super) fn ring(&self) {
        *self.rings.lock().unwrap() += 1;
        self.rung.notify_all();
    }
}
