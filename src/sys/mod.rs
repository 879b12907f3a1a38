//! How Linux does it: one system call per function, the kernel's error number out.
//!
//! The calls are made directly, never through libc: a `send` of ours that called libc's `send` would call
//! itself (docs/ARCHITECTURE.md, "Symbols"), libc's calls are cancellation points, and `errno` stays the caller's.

mod errno;
pub mod event;
mod fd;
pub mod file;
pub mod names;
pub mod net;
pub mod noted;
pub mod platform;
pub mod process;
pub mod room;
pub mod shared;
pub mod sorted;
pub mod user;

pub use errno::Errno;
pub use fd::Fd;
pub use net::Address;
pub use process::{errno_kept, set_errno};
pub use user::{
    KeptAddress, Named, Piece, Pieces, Receiver, UserAddress, UserArea, UserArray, UserBuf, UserBufMut,
    UserName, UserOverlapped,
};

use syscalls::Sysno;

/// The kernel's answer as it came, in one register: a count, or an error number negated.
#[derive(Clone, Copy, Debug)]
pub struct Answer(usize);

impl Answer {
    /// Whether it is that count, which is at most `isize::MAX`.
    #[must_use]
    #[inline(always)]
    pub const fn is(self, count: usize) -> bool {
        self.0 == count
    }

    /// The answer that means this error.
    #[must_use]
    pub const fn refusal(errno: Errno) -> Self {
        Self((errno.number().unsigned_abs() as usize).wrapping_neg())
    }

    /// The count or the error; −4095…−1 are error numbers.
    ///
    /// # Errors
    /// The kernel's.
    #[inline(always)]
    pub fn result(self) -> Result<usize, Errno> {
        self.result_of(None)
    }

    #[inline(always)]
    fn result_of(self, number: Option<Sysno>) -> Result<usize, Errno> {
        let Self(value) = self;
        if value > usize::MAX - 4096 {
            let errno = Errno::from_raw(value.wrapping_neg());
            noted::note(number, errno);
            Err(errno)
        } else {
            Ok(value)
        }
    }
}

/// One system call with up to six arguments; missing ones are 0.
///
/// # Safety
/// The arguments must be what the call demands: pointers it writes through must be valid for that.
#[inline(always)]
unsafe fn call(number: Sysno, args: [usize; 6]) -> Result<usize, Errno> {
    // SAFETY: passed on to the caller.
    unsafe { ask(number, args) }.result_of(Some(number))
}

/// [`call`], with the answer as it came.
///
/// # Safety
/// As for [`call`].
#[inline(always)]
unsafe fn ask(number: Sysno, args: [usize; 6]) -> Answer {
    let [a, b, c, d, e, f] = args;
    // SAFETY: passed on to the caller.
    Answer(unsafe { syscalls::raw::syscall6(number as usize, a, b, c, d, e, f) })
}

/// What file stands behind a descriptor: device and inode.
///
/// # Errors
/// The kernel's error; `EBADF` where none is open.
pub fn file_identity(fd: Fd) -> Result<(u64, u64), Errno> {
    let mut stat = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the kernel fills a local.
    unsafe { call(Sysno::fstat, [fd.raw(), stat.as_mut_ptr() as usize, 0, 0, 0, 0])? };
    // SAFETY: filled, since the call succeeded.
    let stat = unsafe { stat.assume_init() };
    Ok((stat.st_dev, stat.st_ino))
}
