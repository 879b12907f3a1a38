//! Memory that a thread keeps from call to call, and that is given back when the thread ends.
//!
//! `thread_local!` has the C library note what is to be dropped, and where there is no memory for that note the C library
//! stops the program. A key of the C library's can be refused.

use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What gives the memory back: one for each kind of memory, for all threads.
#[derive(Debug)]
pub struct AtEnd {
    /// The key, plus one; 0 before there is one.
    key: AtomicUsize,
    free: fn(),
}

impl AtEnd {
    /// Runs `free` in a thread that ends, if it asked for that.
    #[must_use]
    pub const fn new(free: fn()) -> Self {
        Self { key: AtomicUsize::new(0), free }
    }

    /// Has it run when the calling thread ends, once; `false` where there is no key or no memory left.
    #[cold]
    #[must_use]
    pub fn ask(&'static self) -> bool {
        let Some(key) = self.key() else { return false };
        let value = std::ptr::from_ref(self).cast::<c_void>();
        // SAFETY: a key that was made; the value lives as long as the process.
        crate::sys::errno_kept(|| unsafe { libc::pthread_setspecific(key, value) }) == 0
    }

    fn key(&self) -> Option<libc::pthread_key_t> {
        let known = |value: usize| libc::pthread_key_t::try_from(value.checked_sub(1)?).ok();
        if let Some(key) = known(self.key.load(Ordering::Acquire)) {
            return Some(key);
        }
        let mut key: libc::pthread_key_t = 0;
        // SAFETY: writes to a local.
        if unsafe { libc::pthread_key_create(&raw mut key, Some(ending)) } != 0 {
            return None;
        }
        let value = usize::try_from(key).ok()?.checked_add(1)?;
        match self.key.compare_exchange(0, value, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Some(key),
            Err(others) => {
                // SAFETY: made above, and no thread has used it.
                unsafe { libc::pthread_key_delete(key) };
                known(others)
            }
        }
    }
}

/// A thread ends that has asked.
unsafe extern "C" fn ending(value: *mut c_void) {
    // SAFETY: `ask` stored it, and it is never taken away.
    let at_end = unsafe { &*value.cast::<AtEnd>() };
    (at_end.free)();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        static ASKED: Cell<bool> = const { Cell::new(false) };
    }

    static FREED: AtomicUsize = AtomicUsize::new(0);
    static END: AtEnd = AtEnd::new(|| {
        assert!(ASKED.get());
        FREED.fetch_add(1, Ordering::Relaxed);
    });

    #[test]
    fn each_thread_that_asked_is_told_once() {
        let asks = |count: usize| {
            std::thread::spawn(move || {
                for _ in 0..count {
                    assert!(END.ask());
                    ASKED.set(true);
                }
            })
        };
        for count in [0, 1, 2] {
            assert!(asks(count).join().is_ok());
        }
        assert_eq!(FREED.load(Ordering::Relaxed), 2);
    }
}
