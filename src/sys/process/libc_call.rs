//! What every call into the C library's name service needs: the caller's `errno` kept, and a buffer that grows
//! until the answer fits.

use std::ffi::{c_char, c_int};

use crate::sys::room::{self, Made};

/// Puts the caller's `errno` back when it goes out of scope.
pub(in crate::sys) struct KeptErrno(c_int);

impl KeptErrno {
    pub(in crate::sys) fn new() -> Self {
        // SAFETY: the address of the thread's own `errno`.
        Self(unsafe { *libc::__errno_location() })
    }
}

impl Drop for KeptErrno {
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { *libc::__errno_location() = self.0 };
    }
}

/// Runs something that may call libc, and leaves the caller's `errno` as it was.
pub fn errno_kept<T>(run: impl FnOnce() -> T) -> T {
    let _kept = KeptErrno::new();
    run()
}

/// The first buffer is large enough for nearly every answer.
const FIRST: usize = 1024;
const LARGEST: usize = 1 << 20;

/// Whether there is as much memory as the C library takes to read its databases. Some releases end the process where there is
/// none when they open them, the first time.
///
/// # Errors
/// [`room::NoMemory`](crate::sys::room::NoMemory).
pub(in crate::sys) fn ask_for_room() -> Made<()> {
    room::probe(128 << 10)
}

/// Calls a function of the `…_r` kind with a larger buffer for as long as it says `ERANGE`.
///
/// # Errors
/// [`room::NoMemory`](crate::sys::room::NoMemory).
pub(in crate::sys) fn with_buffer<T>(mut call: impl FnMut(*mut c_char, usize) -> (c_int, T)) -> Made<T> {
    ask_for_room()?;
    let mut len = FIRST;
    loop {
        // Words, since the structures that the C library puts there hold pointers.
        let mut buffer = room::filled(0_u64, len / 8)?;
        let (status, answer) = call(buffer.as_mut_ptr().cast(), len);
        if status != libc::ERANGE || len >= LARGEST {
            return Ok(answer);
        }
        len *= 2;
    }
}

/// Tells the caller by `errno`, as functions of the C run-time do.
pub fn set_errno(number: c_int) {
    // SAFETY: the address of the thread's own `errno`.
    unsafe { *libc::__errno_location() = number };
}
