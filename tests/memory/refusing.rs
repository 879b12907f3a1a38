//! The allocator of the whole process, the C library's own calls included, which refuses what a thread tells it to.

use std::cell::Cell;
use std::ffi::{c_int, c_void};

unsafe extern "C" {
    fn __libc_malloc(size: usize) -> *mut c_void;
    fn __libc_calloc(count: usize, size: usize) -> *mut c_void;
    fn __libc_realloc(at: *mut c_void, size: usize) -> *mut c_void;
    fn __libc_memalign(alignment: usize, size: usize) -> *mut c_void;
}

/// Which allocations of a thread are refused.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusing {
    /// The one after so many.
    One(u32),
    /// That and all later ones.
    From(u32),
}

thread_local! {
    static REFUSING: Cell<Option<Refusing>> = const { Cell::new(None) };
    static REFUSED: Cell<u32> = const { Cell::new(0) };
}

/// Runs a call while allocations of this thread are refused; and how many were.
pub(crate) fn refusing<T>(which: Refusing, run: impl FnOnce() -> T) -> (T, u32) {
    REFUSED.set(0);
    REFUSING.set(Some(which));
    let result = run();
    REFUSING.set(None);
    (result, REFUSED.get())
}

fn refused() -> bool {
    let next = match REFUSING.get() {
        None => return false,
        Some(Refusing::One(0)) => None,
        Some(Refusing::From(0)) => Some(Refusing::From(0)),
        Some(Refusing::One(left)) => {
            REFUSING.set(Some(Refusing::One(left - 1)));
            return false;
        }
        Some(Refusing::From(left)) => {
            REFUSING.set(Some(Refusing::From(left - 1)));
            return false;
        }
    };
    REFUSING.set(next);
    REFUSED.set(REFUSED.get() + 1);
    unsafe { *libc::__errno_location() = libc::ENOMEM };
    true
}

#[unsafe(no_mangle)]
unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    if refused() { std::ptr::null_mut() } else { unsafe { __libc_malloc(size) } }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn calloc(count: usize, size: usize) -> *mut c_void {
    if refused() { std::ptr::null_mut() } else { unsafe { __libc_calloc(count, size) } }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn realloc(at: *mut c_void, size: usize) -> *mut c_void {
    if refused() { std::ptr::null_mut() } else { unsafe { __libc_realloc(at, size) } }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memalign(alignment: usize, size: usize) -> *mut c_void {
    if refused() { std::ptr::null_mut() } else { unsafe { __libc_memalign(alignment, size) } }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void {
    unsafe { memalign(alignment, size) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn posix_memalign(at: *mut *mut c_void, alignment: usize, size: usize) -> c_int {
    let made = unsafe { memalign(alignment, size) };
    if made.is_null() {
        return libc::ENOMEM;
    }
    unsafe { at.write(made) };
    0
}

#[test]
fn what_is_refused() {
    let make = || unsafe {
        let made = [malloc(1), calloc(1, 1), malloc(1)];
        made.into_iter().for_each(|at| libc::free(at));
        made.map(|at| at.is_null())
    };
    assert_eq!(refusing(Refusing::One(1), make), ([false, true, false], 1));
    assert_eq!(refusing(Refusing::From(1), make), ([false, true, true], 2));
    assert_eq!(refusing(Refusing::From(3), make), ([false; 3], 0));
    let grown = refusing(Refusing::From(0), || Vec::<u8>::new().try_reserve(1).is_ok());
    assert_eq!(grown, (false, 1), "Rust's allocator is this one");
}
