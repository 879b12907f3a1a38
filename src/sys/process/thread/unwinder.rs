//! The unwinder of glibc's `pthread_exit`, a library of its own (libgcc_s) that glibc loads when it is first wanted. Where there is
//! no descriptor or no memory for it then, glibc ends the process. So it is loaded here: when a thread is started, since one that is
//! started may have the first thread end before it, and once more before a thread ends in that way.
//!
//! The library is not linked with it: a program that has no threads would load it for nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use syscalls::Sysno;

use crate::sys::process::pause_for_a_moment;
use crate::sys::{call, errno_kept, room};

/// As much memory as it and the loader's notes of it take, in bytes.
const ROOM: usize = 256 << 10;

/// Loads it, and waits for a descriptor or for memory where there is none. Without such a library at all glibc says so itself.
pub(super) fn load_for_sure() {
    while !load() && is_short() {
        pause_for_a_moment();
    }
}

/// Whether there is no descriptor or no memory. The loader looks in many places, and does not tell why it has not read the right one.
fn is_short() -> bool {
    let root = c"/".as_ptr() as usize;
    let flags = (libc::O_PATH | libc::O_CLOEXEC).unsigned_abs() as usize;
    // The path is absolute, so that the first argument does not count.
    // SAFETY: a constant path, and the descriptor that was just opened.
    let opened = unsafe {
        let opened = call(Sysno::openat, [0, root, flags, 0, 0, 0]);
        opened.map(|fd| call(Sysno::close, [fd, 0, 0, 0, 0, 0]))
    };
    match opened {
        Ok(_) => room::probe(ROOM).is_err(),
        Err(errno) => [libc::EMFILE, libc::ENFILE, libc::ENOMEM].contains(&errno.number()),
    }
}

/// Loads it, if it is not there; whether it is.
pub fn load() -> bool {
    static IS_THERE: AtomicBool = AtomicBool::new(false);
    if IS_THERE.load(Ordering::Relaxed) || !is_loaded_by_libc() {
        return true;
    }
    if room::probe(ROOM).is_err() {
        return false;
    }
    // SAFETY: a constant name; the library does nothing of its own when it is loaded. It is never let go.
    let library = errno_kept(|| unsafe { libc::dlopen(c"libgcc_s.so.1".as_ptr(), libc::RTLD_NOW) });
    if library.is_null() {
        return false;
    }
    IS_THERE.store(true, Ordering::Relaxed);
    true
}

/// Whether it is glibc's, and the program's loader can load: a static program has its own.
fn is_loaded_by_libc() -> bool {
    // SAFETY: reads a number of the process: where the loader is, 0 without one.
    cfg!(target_env = "gnu") && errno_kept(|| unsafe { libc::getauxval(libc::AT_BASE) }) != 0
}
