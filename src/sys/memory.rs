//! The caller's memory: may it be read, may it be written? Asked of the kernel, so that a wild pointer becomes
//! an error code and not a crash.
//!
//! The data path never asks: there the kernel checks the buffer while it moves the data.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicU8, Ordering};

use syscalls::Sysno;

use super::Errno;

mod stack;

/// The smallest page there is: rights differ from page to page, not within one.
pub(super) const SMALLEST_PAGE: usize = 4096;

/// The system's page size in bytes; [`SMALLEST_PAGE`] where it is not told.
fn page() -> usize {
    // SAFETY: asks for a number.
    let told = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(told).ok().filter(|size| size.is_power_of_two()).unwrap_or(SMALLEST_PAGE)
}

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
    if address < page() {
        return false;
    }
    if stack::holds(address, end) {
        return true;
    }
    if !kernel_can_tell() {
        return true;
    }
    let start = address & !(page() - 1);
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
            let start = (&raw const here) as usize & !(page() - 1);
            let can = populate(start, 1, libc::MADV_POPULATE_READ).is_ok();
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

/// Copies values into the caller's memory, one after the other; `false` where it cannot be written. The address
/// need not be aligned.
///
/// # Safety
/// The memory must be the caller's to hand out, and no other thread may unmap it during the call.
#[must_use]
pub unsafe fn write_all<T: Copy>(to: *mut T, values: &[T]) -> bool {
    if !writable(to as usize, size_of_val(values)) {
        return false;
    }
    // SAFETY: writable for the size of the values, as just asked; what is borrowed from us is not the caller's memory.
    unsafe {
        std::ptr::copy_nonoverlapping(values.as_ptr().cast::<u8>(), to.cast::<u8>(), size_of_val(values))
    };
    true
}

/// A text of the caller, up to its NUL; `None` where a page on the way to it cannot be read.
///
/// # Safety
/// No other thread may change or unmap the memory while the text is in use.
#[must_use]
pub unsafe fn text<'a>(from: *const c_char) -> Option<&'a CStr> {
    let mut at = from as usize;
    loop {
        let len = to_page_end(at);
        if !readable(at, len) {
            return None;
        }
        // SAFETY: readable to the end of the page, as just asked.
        let part = unsafe { std::slice::from_raw_parts(at as *const u8, len) };
        if part.contains(&0) {
            // SAFETY: readable up to the NUL that was just found.
            return Some(unsafe { CStr::from_ptr(from) });
        }
        at = at.checked_add(len)?;
    }
}

/// A copy of a text of the caller in 16-bit characters, without its NUL; `None` where it cannot be read. The
/// address need not be even.
///
/// # Safety
/// No other thread may unmap the memory during the call.
#[must_use]
pub unsafe fn wide_text(from: *const u16) -> Option<Vec<u16>> {
    let mut text = Vec::new();
    let mut at = from as usize;
    let mut readable_to = at;
    loop {
        let end = at.checked_add(size_of::<u16>())?;
        while readable_to < end {
            let len = to_page_end(readable_to);
            if !readable(readable_to, len) {
                return None;
            }
            readable_to = readable_to.checked_add(len)?;
        }
        // SAFETY: readable, as just asked.
        match unsafe { (at as *const u16).read_unaligned() } {
            0 => return Some(text),
            unit => text.push(unit),
        }
        at = end;
    }
}

/// The bytes from an address to the end of its page.
fn to_page_end(address: usize) -> usize {
    page() - address % page()
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

    /// Two pages of which only the first can be read.
    fn half_readable() -> (*mut u8, usize) {
        let page = 65536;
        // SAFETY: new memory, which the test keeps.
        let start = unsafe {
            let start = libc::mmap(
                std::ptr::null_mut(),
                2 * page,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            assert_ne!(start, libc::MAP_FAILED);
            assert_eq!(libc::mprotect(start.byte_add(page), page, libc::PROT_NONE), 0);
            start
        };
        (start.cast(), page)
    }

    #[test]
    fn texts_end_at_their_nul_or_nowhere() {
        // SAFETY: texts of this test, or addresses that nothing is mapped at.
        unsafe {
            assert_eq!(text(c"abc".as_ptr()), Some(c"abc"));
            assert_eq!(text(std::ptr::null()), None);
            assert_eq!(text(usize::MAX as *const c_char), None);
            assert_eq!(wide_text([65, 66, 0].as_ptr()), Some(vec![65, 66]));
            assert_eq!(wide_text(std::ptr::null()), None);
            assert_eq!(wide_text(usize::MAX as *const u16), None);
        }
        let (start, len) = half_readable();
        // SAFETY: all within the readable half.
        unsafe {
            start.write_bytes(b'x', len);
            let tail = start.add(len - 5);
            assert_eq!(text(tail.cast()), None);
            assert_eq!(wide_text(tail.cast()), None);
            *start.add(len - 1) = 0;
            assert_eq!(text(tail.cast()), Some(c"xxxx"));
            assert_eq!(text(start.cast()).map(CStr::count_bytes), Some(len - 1));
            assert_eq!(wide_text(tail.cast()), None, "half a NUL");
            *start.add(len - 2) = 0;
            assert_eq!(wide_text(start.add(len - 4).cast()), Some(vec![0x7878]));
            *start.add(len - 3) = 0;
            assert_eq!(wide_text(tail.cast()), Some(vec![0x7878]), "at an odd address");
        }
    }
}
