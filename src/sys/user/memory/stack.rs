//! Whether memory is in the used part of the calling thread's stack. Most small structures of a caller are, and
//! that part is always there: to know it saves the question to the kernel.

use std::cell::Cell;
use std::hint::black_box;
use std::mem::MaybeUninit;

use crate::sys::errno_kept;
use crate::sys::process::sanitizer;

thread_local! {
    /// The lowest and the highest address of the stack; `(0, 0)` where they cannot be found out.
    static BOUNDS: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// Whether everything from `start` to before `end` is in the part of the stack that this thread has in use.
#[inline(always)]
pub(super) fn holds(start: usize, end: usize) -> bool {
    let mark = 0_u8;
    let here = black_box(&raw const mark).addr();
    let (low, high) = BOUNDS.with(Cell::get).unwrap_or_else(find);
    // `here` is elsewhere where a program runs on stacks of its own making.
    low <= here && here <= start && start <= end && end <= high
}

/// Asks libc, once per thread.
#[cold]
fn find() -> (usize, usize) {
    // A sanitizer is told of every result, so that the kernel is asked about every place.
    let asked = if sanitizer::is_there() { None } else { of_first_thread().or_else(ask) };
    let bounds = asked.unwrap_or((0, 0));
    BOUNDS.set(Some(bounds));
    bounds
}

/// For the first thread libc reads the whole list of what is mapped. Where its stack begins, above its first frame, the kernel has laid
/// the random bytes for the program, and told where; it puts nothing into the space below in which the stack may grow, of which
/// this much is enough to know.
fn of_first_thread() -> Option<(usize, usize)> {
    const ENOUGH: usize = 8 << 20;
    // SAFETY: asks libc for a number that it was given at the program's start, or 0.
    let told = errno_kept(|| unsafe { libc::getauxval(libc::AT_RANDOM) });
    let high = usize::try_from(told).ok()?;
    let low = high.checked_sub(ENOUGH)?;
    let mark = 0_u8;
    let here = black_box(&raw const mark).addr();
    (low <= here && here < high).then_some((low, high))
}

fn ask() -> Option<(usize, usize)> {
    // SAFETY: all of it works on locals; `pthread_getattr_np` fills the attributes where it returns 0, and only
    // then are they read and destroyed. It may change errno, which is put back.
    unsafe {
        let errno = libc::__errno_location();
        let before = *errno;
        let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
        let known = libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) == 0;
        let mut bounds = None;
        if known {
            let (mut low, mut size) = (std::ptr::null_mut(), 0);
            if libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size) == 0 {
                bounds = low.addr().checked_add(size).map(|high| (low.addr(), high));
            }
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
        }
        *errno = before;
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks from a frame of its own, as the library's are when C asks.
    #[inline(never)]
    fn asked(start: usize, end: usize) -> bool {
        holds(start, end)
    }

    #[test]
    fn stack_and_elsewhere() {
        static ELSEWHERE: u8 = 0;
        let check = || {
            let local = [0_u8; 64];
            let start = local.as_ptr().addr();
            assert!(asked(start, start + 64));
            assert!(!asked(start, start + (1 << 40)));
            assert!(!asked(start - (1 << 20), start), "below the part in use");
            let heap = Box::new([0_u8; 64]);
            assert!(!asked(heap.as_ptr().addr(), heap.as_ptr().addr() + 64));
            let constant = (&raw const ELSEWHERE).addr();
            assert!(!asked(constant, constant + 1));
        };
        check();
        std::thread::spawn(check).join().unwrap();
    }
}
