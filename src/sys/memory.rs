//! The caller's memory: may it be read, may it be written? Asked of the kernel, so that a wild pointer becomes
//! an error code and not a crash.
//!
//! The data path never asks: there the kernel checks the buffer while it moves the data.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicU8, Ordering};

use syscalls::Sysno;

use super::Errno;

const PAGE: usize = 4096;

/// Whether `len` bytes at `address` can be read without a fault.
#[must_use]
pub fn readable(address: usize, len: usize) -> bool {
    accessible(address, len, libc::MADV_POPULATE_READ)
}

/// Whether `len` bytes at `address` can be written without a fault.
#[must_use]
pub fn writable(address: usize, len: usize) -> bool {
    accessible(address, len, libc::MADV_POPULATE_WRITE)
}

/// Asks the kernel to make the pages present, which needs the same rights as touching them and changes nothing.
/// Kernels before 5.14 do not know the question; there only the first page, where NULL is, counts as bad.
fn accessible(address: usize, len: usize, advice: i32) -> bool {
    if len == 0 {
        return true;
    }
    let Some(end) = address.checked_add(len) else { return false };
    if address < PAGE {
        return false;
    }
    if !kernel_can_tell() {
        return true;
    }
    let start = address & !(PAGE - 1);
    populate(start, end - start, advice).is_ok()
}

fn populate(start: usize, len: usize, advice: i32) -> Result<usize, Errno> {
    // SAFETY: populating page tables neither changes nor discards memory.
    unsafe { super::call(Sysno::madvise, [start, len, advice.unsigned_abs() as usize, 0, 0, 0]) }
}

fn kernel_can_tell() -> bool {
    const UNKNOWN: u8 = 0;
    const NO: u8 = 1;
    const YES: u8 = 2;
    static ANSWER: AtomicU8 = AtomicU8::new(UNKNOWN);
    match ANSWER.load(Ordering::Relaxed) {
        UNKNOWN => {
            let here = 0_u8;
            let page = (&raw const here) as usize & !(PAGE - 1);
            let can = populate(page, 1, libc::MADV_POPULATE_READ).is_ok();
            ANSWER.store(if can { YES } else { NO }, Ordering::Relaxed);
            can
        }
        known => known == YES,
    }
}

/// Copies a value out of the caller's memory; `None` where it cannot be read. The address need not be aligned.
///
/// # Safety
/// Any bit pattern must be a value of `T`, and no other thread may unmap the memory during the call.
#[must_use]
pub unsafe fn read<T: Copy>(from: *const T) -> Option<T> {
    let mut value = MaybeUninit::<T>::uninit();
    // SAFETY: readable for the size of `T`, as just asked; the destination is a local of that size.
    unsafe {
        if !readable(from as usize, size_of::<T>()) {
            return None;
        }
        std::ptr::copy_nonoverlapping(from.cast::<u8>(), value.as_mut_ptr().cast::<u8>(), size_of::<T>());
        Some(value.assume_init())
    }
}

/// Copies a value into the caller's memory; `false` where it cannot be written. The address need not be aligned.
///
/// # Safety
/// The memory must be the caller's to hand out, and no other thread may unmap it during the call.
#[must_use]
pub unsafe fn write<T: Copy>(to: *mut T, value: T) -> bool {
    if !writable(to as usize, size_of::<T>()) {
        return false;
    }
    // SAFETY: writable for the size of `T`, as just asked.
    unsafe { to.write_unaligned(value) };
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_good_memory_from_bad() {
        let value = 7_u64;
        let address = (&raw const value) as usize;
        assert!(readable(address, 8));
        assert!(!readable(0, 1));
        assert!(!readable(usize::MAX, 1));
        assert!(!readable(usize::MAX - 3, 8));
        assert!(readable(0, 0));
        // Code can be read and not written.
        let code = tells_good_memory_from_bad as fn() as usize;
        assert!(readable(code, 1));
        assert!(!writable(code, 1));
        // An address that no process of 64-bit Linux has mapped.
        assert!(!readable(0x10_0000_0000_0000, 1));
    }
}
