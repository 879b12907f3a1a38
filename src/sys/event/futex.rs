//! Waiting on a word of memory, and waking those who do: the futex, in this process only.
//!
//! The system calls are made directly, so that `errno` stays the caller's and a waiting thread is at no cancellation
//! point.

use std::sync::atomic::AtomicU32;

use syscalls::Sysno;

use crate::sys::call;

/// Those who wait say with a bit which wake-ups they mean; this one means all.
pub const ANY: u32 = u32::MAX;

const WAIT_BITSET: usize = (libc::FUTEX_WAIT_BITSET | libc::FUTEX_PRIVATE_FLAG).unsigned_abs() as usize;
const WAKE_BITSET: usize = (libc::FUTEX_WAKE_BITSET | libc::FUTEX_PRIVATE_FLAG).unsigned_abs() as usize;

/// Waits until somebody wakes the word, as long as it holds `expected`; at most until `deadline`, in nanoseconds of
/// [`monotonic`](super::clock::monotonic). Returns for no reason, too: the caller looks again.
pub fn wait(word: &AtomicU32, expected: u32, deadline: Option<u64>) {
    wait_for(word, expected, deadline, ANY);
}

/// [`wait`], for wake-ups that have one of these bits.
pub fn wait_for(word: &AtomicU32, expected: u32, deadline: Option<u64>, bits: u32) {
    let spec = deadline.map(|nanoseconds| libc::timespec {
        tv_sec: (nanoseconds / 1_000_000_000).try_into().unwrap_or(i64::MAX),
        tv_nsec: (nanoseconds % 1_000_000_000).try_into().unwrap_or(0),
    });
    let limit = spec.as_ref().map_or(0, |spec| std::ptr::from_ref(spec) as usize);
    // SAFETY: the kernel reads the word and a local.
    let _ = unsafe {
        call(Sysno::futex, [word.as_ptr() as usize, WAIT_BITSET, expected as usize, limit, 0, bits as usize])
    };
}

/// Wakes up to `count` of those who wait on the word; how many there were.
pub fn wake(word: &AtomicU32, count: u32) -> usize {
    wake_address(word.as_ptr() as usize, count, ANY)
}

/// [`wake`], of those who wait for one of these bits.
pub fn wake_for(word: &AtomicU32, count: u32, bits: u32) -> usize {
    wake_address(word.as_ptr() as usize, count, bits)
}

/// Wakes up to `count` of those who wait on the word at an address, of which nothing is read: any address may be given.
pub fn wake_address(address: usize, count: u32, bits: u32) -> usize {
    // The kernel counts in an `int`.
    let count = count.min(i32::MAX.unsigned_abs()) as usize;
    // SAFETY: the kernel looks the address up among those who wait, and does not follow it.
    unsafe { call(Sysno::futex, [address, WAKE_BITSET, count, 0, 0, bits as usize]) }.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    #[test]
    fn another_value_and_a_past_deadline_end_the_wait_at_once() {
        let word = AtomicU32::new(1);
        wait(&word, 2, None);
        wait(&word, 1, Some(1));
        assert_eq!(wake(&word, u32::MAX), 0);
        assert_eq!(wake_address(0, 1, ANY), 0);
    }

    #[test]
    fn bits_choose_who_is_woken() {
        let word = AtomicU32::new(0);
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| {
                while word.load(Ordering::Acquire) == 0 {
                    wait_for(&word, 0, None, 2);
                }
            });
            assert_eq!(wake_for(&word, 1, 1), 0);
            word.store(1, Ordering::Release);
            wake_for(&word, 1, 2);
            waiter.join().unwrap();
        });
    }
}
