//! Loading shared libraries.

use std::ffi::{CStr, c_void};

use crate::sys::process::libc_call::KeptErrno;

/// Loads a library; 0 where there is none of that name.
#[must_use]
pub fn open(name: &CStr) -> usize {
    let _kept = KeptErrno::new();
    // SAFETY: a text with an end. What the library does when it is loaded is its affair.
    unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) as usize }
}

/// Finds a library that is loaded already; 0 where it is not.
#[must_use]
pub fn find(name: &CStr) -> usize {
    let _kept = KeptErrno::new();
    // SAFETY: a text with an end; nothing is loaded.
    unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_NOLOAD) as usize }
}

/// The address behind a name in a library that [`open`] gave; 0 where there is none. A library of 0 is the program and all
/// that it is linked with.
///
/// # Safety
/// `library` is 0 or came from [`open`] and is not closed.
#[must_use]
pub unsafe fn symbol(library: usize, name: &CStr) -> usize {
    let _kept = KeptErrno::new();
    // SAFETY: passed on to the caller.
    unsafe { libc::dlsym(library as *mut c_void, name.as_ptr()) as usize }
}

/// Gives a library back.
///
/// # Safety
/// As for [`symbol`], and nothing of it is in use.
pub unsafe fn close(library: usize) -> bool {
    let _kept = KeptErrno::new();
    // SAFETY: passed on to the caller.
    unsafe { libc::dlclose(library as *mut c_void) == 0 }
}
