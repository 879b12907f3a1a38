//! In the place of `src/kernel/sync.rs`: the same words, with locks and sleep that shuttle schedules. There is no time:
//! a sleep with a deadline returns at once, for no reason.

pub(crate) use shuttle::sync::{Arc, Mutex, MutexGuard};

use shuttle::sync::Condvar;

shuttle::lazy_static! {
    static ref ALL: Mutex<()> = Mutex::new(());
}

pub(crate) fn shared<T>(value: T) -> Option<Arc<T>> {
    Some(Arc::new(value))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

pub(crate) fn hands_over() {}

pub(crate) fn takes_over() {}

pub(crate) fn lock_all() -> MutexGuard<'static, ()> {
    ALL.lock().unwrap()
}

pub(crate) fn now() -> [u64; 2] {
    [0, 0]
}

pub(crate) fn is_of_this_process(_: u64) -> bool {
    true
}

pub(crate) fn wake_elsewhere(_: u64) -> bool {
    true
}

pub(crate) fn tell_pool(_: usize) {}

pub(crate) struct Word {
    value: Mutex<u32>,
    woken: Condvar,
}

impl Word {
    pub(crate) fn new(value: u32) -> Self {
        Self { value: Mutex::new(value), woken: Condvar::new() }
    }

    pub(crate) fn load(&self) -> u32 {
        *lock(&self.value)
    }

    pub(crate) fn store(&self, value: u32) {
        *lock(&self.value) = value;
    }

    pub(crate) fn change(&self, from: u32, to: u32) -> bool {
        let mut value = lock(&self.value);
        let same = *value == from;
        if same {
            *value = to;
        }
        same
    }

    /// As the kernel does it: the comparison and falling asleep are one.
    pub(crate) fn sleep(&self, expected: u32, deadline: Option<u64>) {
        let value = lock(&self.value);
        if *value == expected && deadline.is_none() {
            drop(self.woken.wait(value).unwrap());
        }
    }

    pub(crate) fn wake(&self) {
        let _value = lock(&self.value);
        self.woken.notify_one();
    }
}
