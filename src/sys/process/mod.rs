//! The process and the machine that it runs on.

pub mod child;
pub mod fork;
pub(in crate::sys) mod kernel_file;
pub(in crate::sys) mod libc_call;
pub mod machine;
pub mod other;
pub mod per_thread;
pub mod pidfd;
pub mod sanitizer;
pub mod stderr;
pub mod thread;
pub mod trace_file;

pub use libc_call::{errno_kept, set_errno};

/// Lets other threads run for a moment.
pub fn pause_for_a_moment() {
    let time = libc::timespec { tv_sec: 0, tv_nsec: 100_000 };
    // SAFETY: the kernel reads a local.
    let _ =
        unsafe { crate::sys::call(syscalls::Sysno::nanosleep, [(&raw const time) as usize, 0, 0, 0, 0, 0]) };
}

/// Whether the program has more rights than who started it (setuid, file capabilities).
#[must_use]
pub fn is_privileged() -> bool {
    // SAFETY: reads a number of the process.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}

/// Has a function run when the process ends by `exit`.
pub fn at_exit(function: extern "C" fn()) {
    // SAFETY: the function may be called at any time; where there is no memory for the entry, it is not called.
    let _ = unsafe { libc::atexit(function) };
}
