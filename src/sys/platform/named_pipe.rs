//! What the ends of pipes with a name share beside their socket: a directory of the user's own, files in it with locks on single
//! bytes, and a sign by which one end tells the other that it was cut off.

use std::ffi::CStr;

use syscalls::Sysno;

use crate::sys::net::passing;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::room::{self, Made};
use crate::sys::{Errno, Fd, call, file};

/// The number of the user for whom the process works.
#[must_use]
pub fn user() -> u32 {
    // SAFETY: asks for a number.
    unsafe { call(Sysno::geteuid, [0; 6]) }.ok().and_then(|user| u32::try_from(user).ok()).unwrap_or(u32::MAX)
}

/// Makes a directory that only the user may enter, if it is not there; whether what is there is that, and no link.
///
/// # Errors
/// The kernel's.
pub fn own_directory(name: &CStr) -> Result<bool, Errno> {
    let _kept = KeptErrno::new();
    let last = || Errno::new(std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO));
    // SAFETY: the name has an end; all zero is a value of the structure, which is filled in.
    unsafe {
        if libc::mkdir(name.as_ptr(), 0o700) != 0 && last().number() != libc::EEXIST {
            return Err(last());
        }
        let mut stat = std::mem::zeroed::<libc::stat>();
        if libc::lstat(name.as_ptr(), &raw mut stat) != 0 {
            return Err(last());
        }
        Ok(stat.st_mode & libc::S_IFMT == libc::S_IFDIR && stat.st_uid == user() && stat.st_mode & 0o77 == 0)
    }
}

/// The names in a directory; none where it cannot be read.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn names(directory: &CStr) -> Made<Vec<Vec<u8>>> {
    match super::file::list(directory) {
        Ok(names) => Ok(names),
        Err(errno) if errno.number() == libc::ENOMEM => Err(room::NoMemory),
        Err(_) => Ok(Vec::new()),
    }
}

/// Writes a part of a file, wherever its position is.
///
/// # Errors
/// The kernel's; `EIO` where it took a part only.
pub fn write_at(fd: Fd, bytes: &[u8], at: u64) -> Result<(), Errno> {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    // SAFETY: the kernel reads a slice of ours.
    let written =
        unsafe { call(Sysno::pwrite64, [fd.raw(), bytes.as_ptr() as usize, bytes.len(), at, 0, 0])? };
    if written == bytes.len() { Ok(()) } else { Err(Errno::new(libc::EIO)) }
}

const GET: usize = 36;
const SET: usize = 37;
const SET_OR_WAIT: usize = 38;

/// A lock for writing on one byte of a file, which belongs to the open file: it goes with the last descriptor of that.
fn on_byte(byte: u64) -> libc::flock {
    // SAFETY: numbers all through, for which zero is a value.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = i16::try_from(libc::F_WRLCK).unwrap_or(1);
    lock.l_whence = i16::try_from(libc::SEEK_SET).unwrap_or(0);
    lock.l_start = i64::try_from(byte).unwrap_or(i64::MAX);
    lock.l_len = 1;
    lock
}

/// Locks a byte of a file; waits for whoever has it, or says that somebody has: `false`.
///
/// # Errors
/// The kernel's.
pub fn lock(fd: Fd, byte: u64, waits: bool) -> Result<bool, Errno> {
    let lock = on_byte(byte);
    let command = if waits { SET_OR_WAIT } else { SET };
    loop {
        // SAFETY: the kernel reads a local.
        match unsafe { call(Sysno::fcntl, [fd.raw(), command, (&raw const lock) as usize, 0, 0, 0]) } {
            Ok(_) => return Ok(true),
            Err(errno) if errno.number() == libc::EINTR => {}
            Err(errno) if matches!(errno.number(), libc::EAGAIN | libc::EACCES) => return Ok(false),
            Err(errno) => return Err(errno),
        }
    }
}

/// Lets go of a byte that was locked, for every descriptor of the open file: closing this one does so only where a child of `fork`
/// has no copy of it.
pub fn unlock(fd: Fd, byte: u64) {
    let mut lock = on_byte(byte);
    lock.l_type = i16::try_from(libc::F_UNLCK).unwrap_or(2);
    // SAFETY: the kernel reads a local.
    let _ = unsafe { call(Sysno::fcntl, [fd.raw(), SET, (&raw const lock) as usize, 0, 0, 0]) };
}

/// Whether another open file has a byte locked.
///
/// # Errors
/// The kernel's.
pub fn is_locked(fd: Fd, byte: u64) -> Result<bool, Errno> {
    let mut lock = on_byte(byte);
    // SAFETY: the kernel reads and fills a local.
    unsafe { call(Sysno::fcntl, [fd.raw(), GET, (&raw mut lock) as usize, 0, 0, 0])? };
    Ok(i32::from(lock.l_type) != libc::F_UNLCK)
}

/// A descriptor of the library's own, which the program may have closed, and have another file under its number.
#[derive(Debug)]
pub struct Own {
    fd: Fd,
    identity: (u64, u64),
}

impl Own {
    /// Takes a descriptor over.
    ///
    /// # Errors
    /// The kernel's; it is closed then.
    pub fn new(fd: Fd) -> Result<Self, Errno> {
        match crate::sys::file_identity(fd) {
            Ok(identity) => Ok(Self { fd, identity }),
            Err(errno) => {
                let _ = file::close(fd);
                Err(errno)
            }
        }
    }

    /// The number, while it stands for what it did.
    #[must_use]
    pub fn fd(&self) -> Option<Fd> {
        (crate::sys::file_identity(self.fd) == Ok(self.identity)).then_some(self.fd)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(fd) = self.fd() {
            let _ = file::close(fd);
        }
    }
}

/// Makes a sign: how it is seen whether it was raised, and what raises it.
///
/// # Errors
/// The kernel's.
pub fn make_sign() -> Result<(Own, Own), Errno> {
    let [read, write] = crate::sys::platform::pipe::make(false)?;
    let (read, write) = (Own::new(read), Own::new(write));
    Ok((read?, write?))
}

/// Gives the other end of a new connection what it can tell by that it has cut this one off.
///
/// # Errors
/// The kernel's.
pub fn give_sign(over: Fd, sign: &Own) -> Result<(), Errno> {
    passing::send_descriptor(over, sign.fd().ok_or(Errno::new(libc::EBADF))?, 0)
}

/// Receives it at the other end, without waiting; none where something else has come.
///
/// # Errors
/// The kernel's; `EAGAIN`: it has not come yet.
pub fn take_sign(over: Fd) -> Result<Option<Own>, Errno> {
    passing::receive_descriptor_now(over)?.map(|(fd, _)| Own::new(fd)).transpose()
}

/// Raises it.
pub fn raise(sign: &Own) {
    let byte = [1_u8];
    if let Some(fd) = sign.fd() {
        // Once at most, and then there is room. Its reader may be gone, which is no signal to this process.
        let _ = crate::sys::platform::file::write(fd, (&byte[..]).into(), None, true);
    }
}

/// Whether it was raised.
#[must_use]
pub fn is_raised(sign: &Own) -> bool {
    sign.fd().is_some_and(|fd| crate::sys::net::option::ioctl_int(fd, libc::FIONREAD).is_ok_and(|n| n > 0))
}
