//! `WaitOnAddress`: sleeping until a value of the program's is said to have changed.
//!
//! A value within one aligned word of 32 bits is slept on directly; others by one of a few words of the library, where
//! a wake-up may be for somebody else. Both are allowed to return for no reason.

use std::sync::atomic::{AtomicU32, Ordering, fence};

use super::code::Code;
use super::wait::INFINITE;
use crate::sys::event::clock;
use crate::sys::event::futex;
use crate::sys::user::value::Value;

/// A word for the values that fit no word of their own.
struct Bucket {
    signals: AtomicU32,
    waiting: AtomicU32,
}

const BUCKETS: usize = 64;
static TABLE: [Bucket; BUCKETS] =
    [const { Bucket { signals: AtomicU32::new(0), waiting: AtomicU32::new(0) } }; BUCKETS];

fn bucket(address: usize) -> &'static Bucket {
    let [first, ..] = &TABLE;
    TABLE.get((address >> 3) % BUCKETS).unwrap_or(first)
}

/// Sleeps while the value is `compared`, until a wake-up for its address.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a size other than 1, 2, 4, 8. `ERROR_NOACCESS`: it cannot be read. `ERROR_TIMEOUT`.
pub fn wait(address: usize, compared: usize, size: usize, milliseconds: u32) -> Result<(), Code> {
    let value = Value::new(address, size).ok_or(Code::INVALID_PARAMETER)?;
    let compared = Value::new(compared, size).ok_or(Code::INVALID_PARAMETER)?.read().ok_or(Code::NOACCESS)?;
    if value.read().ok_or(Code::NOACCESS)? != compared {
        return Ok(());
    }
    let deadline = (milliseconds != INFINITE)
        .then(|| clock::monotonic().saturating_add(u64::from(milliseconds).saturating_mul(1_000_000)));
    match value.within_word() {
        Some(word) => {
            let seen = word.whole();
            if word.part(seen) == compared {
                word.wait(seen, deadline);
            }
        }
        None => {
            let bucket = bucket(address);
            bucket.waiting.fetch_add(1, Ordering::SeqCst);
            let signals = bucket.signals.load(Ordering::SeqCst);
            if value.read() == Some(compared) {
                futex::wait(&bucket.signals, signals, deadline);
            }
            bucket.waiting.fetch_sub(1, Ordering::Relaxed);
        }
    }
    let late = deadline.is_some_and(|deadline| clock::monotonic() >= deadline);
    if late && value.read() == Some(compared) { Err(Code::TIMEOUT) } else { Ok(()) }
}

/// Wakes one of those who wait for the value at an address, or all.
pub fn wake(address: usize, all: bool) {
    fence(Ordering::SeqCst);
    futex::wake_address(address & !3, if all { u32::MAX } else { 1 }, 1 << (address & 3));
    let bucket = bucket(address);
    if bucket.waiting.load(Ordering::SeqCst) != 0 {
        bucket.signals.fetch_add(1, Ordering::SeqCst);
        futex::wake(&bucket.signals, u32::MAX);
    }
}
