//! The caller's memory: may it be read, may it be written? Asked of the kernel, so that a wild pointer becomes
//! an error code and not a crash.
//!
//! The data path never asks: there the kernel checks the buffer while it moves the data.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicU8, Ordering};

use syscalls::Sysno;

use crate::sys::Errno;
use crate::sys::process::sanitizer;
use crate::sys::room::{self, Made};

mod program;
mod stack;

/// The smallest page there is: rights differ from page to page, not within one.
pub(in crate::sys) const SMALLEST_PAGE: usize = 4096;

/// The system's page size in bytes; [`SMALLEST_PAGE`] where it is not told.
fn page() -> usize {
    // SAFETY: asks for a number.
    let told = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(told).ok().filter(|size| size.is_power_of_two()).unwrap_or(SMALLEST_PAGE)
}

/// Whether `len` bytes at `address` can be read without a fault.
#[must_use]
#[inline(always)]
pub fn readable(address: usize, len: usize) -> bool {
    is_there(address, len) || is_constant(address, len) || kernel_reads(address, len)
}

/// Whether `len` bytes at `address` can be written without a fault.
#[must_use]
#[inline(always)]
pub fn writable(address: usize, len: usize) -> bool {
    is_there(address, len) || takes_results(address, len)
}

/// Whether memory that is not known to be there can be written; a sanitizer is told of the result that it is for.
#[inline(never)]
fn takes_results(address: usize, len: usize) -> bool {
    let writable = is_writable(address, len);
    if writable && len > 0 {
        sanitizer::answers(address, len);
    }
    writable
}

/// [`writable`], for no result.
pub(in crate::sys) fn is_writable(address: usize, len: usize) -> bool {
    accessible(address, len, libc::MADV_POPULATE_WRITE)
}

/// [`readable`], wherever it is.
pub(in crate::sys) fn is_readable(address: usize, len: usize) -> bool {
    kernel_reads(address, len)
}

/// The same for memory that holds values of the program's: this may read the first of them.
#[must_use]
#[inline(always)]
pub fn holds_values(address: usize, len: usize) -> bool {
    is_there(address, len) || takes_values(address, len)
}

#[inline(never)]
fn takes_values(address: usize, len: usize) -> bool {
    let writable = kernel_writes(address, len);
    if writable && len > 0 {
        sanitizer::answers(address, len);
    }
    writable
}

/// Whether memory is known to be there without a question to the kernel.
#[inline(always)]
fn is_there(address: usize, len: usize) -> bool {
    address
        .checked_add(len)
        .is_some_and(|end| stack::holds(address, end) || (len > 0 && program::holds(address, end)))
}

#[inline(never)]
fn is_constant(address: usize, len: usize) -> bool {
    address.checked_add(len).is_some_and(|end| len > 0 && program::is_part(address, end))
}

/// Whether the kernel can write the bytes. Within one page it is made to combine a number there with zero bits, as one
/// step, which changes nothing whoever else writes, and takes two thirds of the time that the page tables take. Whoever
/// watches memory sees it read: so this is for memory that holds something.
#[inline(never)]
fn kernel_writes(address: usize, len: usize) -> bool {
    /// FUTEX_OP: `or`, with 0; the comparison that follows is of no interest.
    const OR_NOTHING: usize = 2 << 28;
    let one_page = len > 0 && address % SMALLEST_PAGE + len <= SMALLEST_PAGE;
    if one_page && address >= SMALLEST_PAGE {
        let word = 0_u32;
        let way = (libc::FUTEX_WAKE_OP | libc::FUTEX_PRIVATE_FLAG).unsigned_abs() as usize;
        let own = (&raw const word) as usize;
        // SAFETY: wakes nobody; the kernel writes back what is there, or says that it cannot.
        match unsafe { crate::sys::call(Sysno::futex, [own, way, 0, 0, address & !3, OR_NOTHING]) } {
            Ok(_) => return true,
            Err(errno) if errno.number() == libc::EFAULT => return false,
            Err(_) => {}
        }
    }
    accessible(address, len, libc::MADV_POPULATE_WRITE)
}

/// Whether the kernel can read the bytes. `rt_sigprocmask` reads eight bytes before it refuses to do anything
/// else with them, which is several times cheaper than going through the page tables.
#[inline(never)]
fn kernel_reads(address: usize, len: usize) -> bool {
    let Some(last) = address.checked_add(len.saturating_sub(1)) else { return len == 0 };
    let few_pages = len > 0 && last / SMALLEST_PAGE - address / SMALLEST_PAGE <= 1;
    if !few_pages || address < SMALLEST_PAGE || !probe_can_tell() {
        return accessible(address, len, libc::MADV_POPULATE_READ);
    }
    probe(address) && (last / SMALLEST_PAGE == address / SMALLEST_PAGE || probe(last))
}

/// Whether the kernel can read the eight aligned bytes around an address, which lie in one page.
fn probe(address: usize) -> bool {
    const NO_SUCH_CHANGE: usize = 99;
    // SAFETY: the kernel reads at most, and then finds that the change it is asked for does not exist.
    let answer =
        unsafe { crate::sys::call(Sysno::rt_sigprocmask, [NO_SUCH_CHANGE, address & !7, 0, 8, 0, 0]) };
    !answer.is_err_and(|errno| errno.number() == libc::EFAULT)
}

/// Whether the kernel reads before it refuses: an address that nothing is ever mapped at tells. An emulator may
/// do it the other way round.
fn probe_can_tell() -> bool {
    const NEVER_MAPPED: usize = 8;
    static ANSWER: Answer = Answer::unknown();
    ANSWER.get(|| !probe(NEVER_MAPPED))
}

/// A question about the kernel that is asked once.
struct Answer(AtomicU8);

impl Answer {
    const UNKNOWN: u8 = 0;
    const NO: u8 = 1;
    const YES: u8 = 2;

    const fn unknown() -> Self {
        Self(AtomicU8::new(Self::UNKNOWN))
    }

    fn get(&self, ask: impl FnOnce() -> bool) -> bool {
        match self.0.load(Ordering::Relaxed) {
            Self::UNKNOWN => {
                let answer = ask();
                self.0.store(if answer { Self::YES } else { Self::NO }, Ordering::Relaxed);
                answer
            }
            known => known == Self::YES,
        }
    }
}

/// Asks the kernel to make the pages present, which needs the same rights as touching them and changes nothing.
/// Kernels before 5.14 do not know the question; there only the first page, where NULL is, counts as bad.
#[inline(never)]
fn accessible(address: usize, len: usize, advice: i32) -> bool {
    if len == 0 {
        return true;
    }
    let Some(end) = address.checked_add(len) else { return false };
    let page = page();
    if address < page {
        return false;
    }
    if !kernel_can_tell() {
        return true;
    }
    let start = address & !(page - 1);
    populate(start, end - start, advice).is_ok()
}

fn populate(start: usize, len: usize, advice: i32) -> Result<usize, Errno> {
    // SAFETY: populating page tables neither changes nor discards memory.
    unsafe { crate::sys::call(Sysno::madvise, [start, len, advice.unsigned_abs() as usize, 0, 0, 0]) }
}

fn kernel_can_tell() -> bool {
    static ANSWER: Answer = Answer::unknown();
    ANSWER.get(|| {
        let here = 0_u8;
        let start = (&raw const here) as usize & !(page() - 1);
        populate(start, 1, libc::MADV_POPULATE_READ).is_ok()
    })
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
    sanitizer::hands_out(to as usize, size_of::<T>());
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
    sanitizer::hands_out(to as usize, size_of_val(values));
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
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
///
/// # Safety
/// No other thread may unmap the memory during the call.
pub unsafe fn wide_text(from: *const u16) -> Made<Option<Vec<u16>>> {
    let mut text = Vec::new();
    // SAFETY: passed on to the caller.
    let is_there = unsafe { each_wide(from, |unit| room::push(&mut text, unit)) }?;
    Ok(is_there.then_some(text))
}

/// How many units a text of the caller has; `None` where it cannot be read.
///
/// # Safety
/// As for [`wide_text`].
#[must_use]
pub unsafe fn wide_length(from: *const u16) -> Option<usize> {
    let mut count = 0_usize;
    let note = |_| {
        count = count.saturating_add(1);
        Ok(())
    };
    // SAFETY: passed on to the caller.
    let is_there = unsafe { each_wide(from, note) };
    is_there.is_ok_and(|is_there| is_there).then_some(count)
}

/// Takes each unit of a text of the caller; whether it could be read to its end.
///
/// # Safety
/// As for [`wide_text`].
unsafe fn each_wide(from: *const u16, mut take: impl FnMut(u16) -> Made<()>) -> Made<bool> {
    let mut at = from as usize;
    let mut readable_to = at;
    loop {
        let Some(end) = at.checked_add(size_of::<u16>()) else { return Ok(false) };
        while readable_to < end {
            let len = to_page_end(readable_to);
            if !readable(readable_to, len) {
                return Ok(false);
            }
            let Some(next) = readable_to.checked_add(len) else { return Ok(false) };
            readable_to = next;
        }
        // SAFETY: readable, as just asked.
        match unsafe { (at as *const u16).read_unaligned() } {
            0 => return Ok(true),
            unit => take(unit)?,
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

    /// Both ways of asking give the same answer.
    #[test]
    fn probing_tells_what_the_page_tables_tell() {
        assert!(probe_can_tell());
        let (start, len) = half_readable();
        let edge = start.addr() + len;
        for (address, bytes) in [
            (edge - 8, 8),
            (edge - 1, 1),
            (edge - 1, 2),
            (edge - 5000, 5000),
            (edge - 5000, 5001),
            (edge - 9000, 9000),
            (edge - 9000, 9001),
            (edge, 1),
            (0, 1),
            (8, 1),
            (usize::MAX, 1),
            (usize::MAX - 7, 8),
            (edge, 0),
        ] {
            let expected = accessible(address, bytes, libc::MADV_POPULATE_READ);
            assert_eq!(
                kernel_reads(address, bytes),
                expected,
                "{bytes} at edge {:+}",
                address.wrapping_sub(edge).cast_signed()
            );
            let expected = accessible(address, bytes, libc::MADV_POPULATE_WRITE);
            assert_eq!(
                kernel_writes(address, bytes),
                expected,
                "{bytes} at edge {:+}, to be written",
                address.wrapping_sub(edge).cast_signed()
            );
        }
        let code = probing_tells_what_the_page_tables_tell as fn() as usize;
        assert!(!kernel_writes(code, 1), "code can be read and not written");
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
            assert_eq!(wide_text([65, 66, 0].as_ptr()), Ok(Some(vec![65, 66])));
            assert_eq!(wide_length([65, 66, 0].as_ptr()), Some(2));
            assert_eq!(wide_length(std::ptr::null()), None);
            assert_eq!(wide_text(std::ptr::null()), Ok(None));
            assert_eq!(wide_text(usize::MAX as *const u16), Ok(None));
        }
        let (start, len) = half_readable();
        // SAFETY: all within the readable half.
        unsafe {
            start.write_bytes(b'x', len);
            let tail = start.add(len - 5);
            assert_eq!(text(tail.cast()), None);
            assert_eq!(wide_text(tail.cast()), Ok(None));
            *start.add(len - 1) = 0;
            assert_eq!(text(tail.cast()), Some(c"xxxx"));
            assert_eq!(text(start.cast()).map(CStr::count_bytes), Some(len - 1));
            assert_eq!(wide_text(tail.cast()), Ok(None), "half a NUL");
            *start.add(len - 2) = 0;
            assert_eq!(wide_text(start.add(len - 4).cast()), Ok(Some(vec![0x7878])));
            *start.add(len - 3) = 0;
            assert_eq!(wide_text(tail.cast()), Ok(Some(vec![0x7878])), "at an odd address");
        }
    }
}
