//! The file that the trace goes to.

use std::ffi::CStr;

use syscalls::Sysno;

use super::stderr::write_to;

/// Adds the bytes to a file or a named pipe, which is made, readable by its owner alone, if it is not there. A symbolic link is not
/// followed. The file is open only meanwhile: no descriptor is kept that the program could close and use for something else.
pub fn append(path: &CStr, bytes: &[u8]) {
    // Without waiting for who reads a pipe; where somebody does, the line waits for its room.
    let flags = libc::O_WRONLY
        | libc::O_CREAT
        | libc::O_APPEND
        | libc::O_NOFOLLOW
        | libc::O_CLOEXEC
        | libc::O_NOCTTY
        | libc::O_NONBLOCK;
    let here = usize::from_ne_bytes((libc::AT_FDCWD as isize).to_ne_bytes());
    // SAFETY: the kernel reads the path, a text that lives until the call has returned.
    let opened = unsafe {
        crate::sys::call(
            Sysno::openat,
            [here, path.as_ptr() as usize, flags.unsigned_abs() as usize, 0o600, 0, 0],
        )
    };
    let Ok(descriptor) = opened else { return };
    // SAFETY: the descriptor was opened above and is nobody else's; the call changes its flags alone.
    let _ = unsafe {
        crate::sys::call(
            Sysno::fcntl,
            [
                descriptor,
                libc::F_SETFL.unsigned_abs() as usize,
                libc::O_APPEND.unsigned_abs() as usize,
                0,
                0,
                0,
            ],
        )
    };
    write_to(descriptor, bytes);
    // SAFETY: as above; it is not used again.
    let _ = unsafe { crate::sys::call(Sysno::close, [descriptor, 0, 0, 0, 0, 0]) };
}
