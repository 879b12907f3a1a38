//! Files: opening, positions, and what the directory says of them. Bytes are moved by [`transfer`](super::transfer).

use std::ffi::CStr;
use std::os::fd::FromRawFd;

use syscalls::Sysno;

pub use super::transfer::{Place, read, write, write_all};
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::{Errno, Fd, call, room};

const AT_FDCWD: usize = (libc::AT_FDCWD as isize).cast_unsigned();

/// Descriptors below it are the standard ones; a handle of 0 would be NULL.
const FIRST: usize = 3;

/// What the kernel says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// `S_IFREG` and the like.
    pub kind: u32,
    /// Bytes.
    pub size: u64,
    /// Rights.
    pub mode: u32,
    /// The device and number, which no other file has.
    pub identity: (u64, u64),
    /// When it was changed, since 1970: seconds and nanoseconds.
    pub written: (i64, i64),
    /// When it was read.
    pub read: (i64, i64),
}

fn facts(stat: &libc::stat) -> Facts {
    Facts {
        kind: stat.st_mode & libc::S_IFMT,
        size: u64::try_from(stat.st_size).unwrap_or(0),
        mode: stat.st_mode & 0o7777,
        identity: (stat.st_dev, stat.st_ino),
        written: (stat.st_mtime, stat.st_mtime_nsec),
        read: (stat.st_atime, stat.st_atime_nsec),
    }
}

fn last() -> Errno {
    Errno::new(std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO))
}

fn done(result: std::io::Result<()>) -> Result<(), Errno> {
    result.map_err(|error| Errno::new(error.raw_os_error().unwrap_or(libc::EIO)))
}

/// Opens a file; its descriptor is no standard one.
///
/// # Errors
/// The kernel's.
pub fn open(name: &CStr, flags: i32, mode: u32) -> Result<Fd, Errno> {
    let flags = (flags | libc::O_LARGEFILE).unsigned_abs() as usize;
    // SAFETY: the kernel reads a text with an end.
    let opened =
        unsafe { call(Sysno::openat, [AT_FDCWD, name.as_ptr() as usize, flags, mode as usize, 0, 0])? };
    let fd = Fd::from_kernel(opened)?;
    if opened >= FIRST {
        return Ok(fd);
    }
    let moved = crate::sys::file::duplicate(fd, flags & libc::O_CLOEXEC.unsigned_abs() as usize == 0);
    close(fd);
    moved
}

/// Closes a descriptor of this library's own.
pub fn close(fd: Fd) {
    // SAFETY: numbers only; the caller has opened it.
    let _ = unsafe { call(Sysno::close, [fd.raw(), 0, 0, 0, 0, 0]) };
}

/// What the kernel says of an open file.
///
/// # Errors
/// `EBADF`: the descriptor is not open.
pub fn look(fd: Fd) -> Result<Facts, Errno> {
    let _kept = KeptErrno::new();
    // SAFETY: all zero is a value of the structure, which is filled in.
    unsafe {
        let mut stat = std::mem::zeroed::<libc::stat>();
        if libc::fstat(fd.number(), &raw mut stat) != 0 {
            return Err(last());
        }
        Ok(facts(&stat))
    }
}

/// Likewise by name.
///
/// # Errors
/// The kernel's.
pub fn look_at(name: &CStr) -> Result<Facts, Errno> {
    let _kept = KeptErrno::new();
    // SAFETY: all zero is a value of the structure, which is filled in; the name has an end.
    unsafe {
        let mut stat = std::mem::zeroed::<libc::stat>();
        if libc::stat(name.as_ptr(), &raw mut stat) != 0 {
            return Err(last());
        }
        Ok(facts(&stat))
    }
}

/// Moves the position: from the beginning (0), from where it is (1), from the end (2). Where it is then.
///
/// # Errors
/// The kernel's: `EINVAL` before the beginning, `ESPIPE` for what has no position.
pub fn seek(fd: Fd, offset: i64, whence: u32) -> Result<u64, Errno> {
    let offset = isize::try_from(offset).unwrap_or(0).cast_unsigned();
    // SAFETY: numbers only.
    let at = unsafe { call(Sysno::lseek, [fd.raw(), offset, whence as usize, 0, 0, 0])? };
    Ok(at as u64)
}

/// Sets the size.
///
/// # Errors
/// The kernel's.
pub fn set_size(fd: Fd, size: u64) -> Result<(), Errno> {
    let size = usize::try_from(size).map_err(|_| Errno::new(libc::EFBIG))?;
    // SAFETY: numbers only.
    unsafe { call(Sysno::ftruncate, [fd.raw(), size, 0, 0, 0, 0]) }.map(drop)
}

/// The `O_…` bits of an open file, which its duplicates share.
///
/// # Errors
/// `EBADF`.
pub fn flags(fd: Fd) -> Result<i32, Errno> {
    // SAFETY: numbers only.
    let flags = unsafe { call(Sysno::fcntl, [fd.raw(), libc::F_GETFL.unsigned_abs() as usize, 0, 0, 0, 0])? };
    Ok(i32::try_from(flags).unwrap_or(0))
}

/// Adds such bits, of those that can be changed.
///
/// # Errors
/// The kernel's.
pub fn add_flags(fd: Fd, bits: i32) -> Result<(), Errno> {
    let bits = (flags(fd)? | bits).unsigned_abs() as usize;
    // SAFETY: numbers only.
    unsafe { call(Sysno::fcntl, [fd.raw(), libc::F_SETFL.unsigned_abs() as usize, bits, 0, 0, 0]) }.map(drop)
}

/// Whether a descriptor was opened for writing and not for reading.
///
/// # Errors
/// `EBADF`.
pub fn is_for_writing_only(fd: Fd) -> Result<bool, Errno> {
    Ok(flags(fd)? & libc::O_ACCMODE == libc::O_WRONLY)
}

/// Takes a file's content away, by its name: for an open file that may only be read. Whether it is still that file's name.
///
/// # Errors
/// The kernel's: `EACCES`, `EROFS`, `ETXTBSY`.
pub fn empty(name: &CStr, identity: (u64, u64)) -> Result<bool, Errno> {
    let fd = open(name, libc::O_WRONLY | libc::O_CLOEXEC | libc::O_NOCTTY, 0)?;
    let emptied = look(fd).and_then(|facts| {
        let is_same = facts.identity == identity;
        if is_same {
            set_size(fd, 0)?;
        }
        Ok(is_same)
    });
    close(fd);
    emptied
}

/// Waits until everything is on the disk.
///
/// # Errors
/// The kernel's: `EINVAL` for what is on none.
pub fn flush(fd: Fd) -> Result<(), Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::fsync, [fd.raw(), 0, 0, 0, 0, 0]) }.map(drop)
}

/// Sets when a file was read and written: seconds since 1970 and nanoseconds; none stays as it is.
///
/// # Errors
/// The kernel's: `EPERM`, `EROFS`.
pub fn set_times(fd: Fd, read: Option<(i64, i64)>, written: Option<(i64, i64)>) -> Result<(), Errno> {
    let time = |time: Option<(i64, i64)>| {
        let (tv_sec, tv_nsec) = time.unwrap_or((0, libc::UTIME_OMIT));
        libc::timespec { tv_sec, tv_nsec }
    };
    let times = [time(read), time(written)];
    // SAFETY: the kernel reads a local; without a name the file is the descriptor's.
    unsafe { call(Sysno::utimensat, [fd.raw(), 0, times.as_ptr() as usize, 0, 0, 0]) }.map(drop)
}

/// Asks the kernel for something about one or two names, which are looked for from the working directory on.
fn named(number: Sysno, arguments: [usize; 5]) -> Result<(), Errno> {
    let [a, b, c, d, e] = arguments;
    // SAFETY: the kernel reads texts that have an end, and takes numbers.
    unsafe { call(number, [a, b, c, d, e, 0]) }.map(drop)
}

fn at(name: &CStr) -> usize {
    name.as_ptr() as usize
}

/// Removes a file's name.
///
/// # Errors
/// The kernel's.
pub fn remove(name: &CStr) -> Result<(), Errno> {
    named(Sysno::unlinkat, [AT_FDCWD, at(name), 0, 0, 0])
}

/// Makes a directory.
///
/// # Errors
/// The kernel's.
pub fn make_directory(name: &CStr) -> Result<(), Errno> {
    named(Sysno::mkdirat, [AT_FDCWD, at(name), 0o777, 0, 0])
}

/// Removes an empty directory.
///
/// # Errors
/// The kernel's.
pub fn remove_directory(name: &CStr) -> Result<(), Errno> {
    named(Sysno::unlinkat, [AT_FDCWD, at(name), libc::AT_REMOVEDIR.unsigned_abs() as usize, 0, 0])
}

/// Gives a file another name, in place of what had it.
///
/// # Errors
/// The kernel's.
pub fn rename(from: &CStr, to: &CStr) -> Result<(), Errno> {
    named(Sysno::renameat, [AT_FDCWD, at(from), AT_FDCWD, at(to), 0])
}

/// Gives a file another name, which nothing may have yet.
///
/// # Errors
/// The kernel's: `EEXIST`: something has it. `EINVAL`, `ENOSYS`: the file system, or the kernel, cannot do that in one step.
pub fn rename_to_new(from: &CStr, to: &CStr) -> Result<(), Errno> {
    const RENAME_NOREPLACE: usize = 1;
    named(Sysno::renameat2, [AT_FDCWD, at(from), AT_FDCWD, at(to), RENAME_NOREPLACE])
}

/// Copies a file's content, its rights as far as they can be set, and when it was written. Where `is_new` is set nothing may have
/// the name of the copy yet. A copy that fails does not stay.
///
/// # Errors
/// The kernel's; `EISDIR` and `EINVAL` for what is no file with content; `EEXIST`.
pub fn copy(from: &CStr, to: &CStr, is_new: bool) -> Result<(), Errno> {
    let _kept = KeptErrno::new();
    let opened = |name: &CStr, flags: i32, mode: u32| {
        let fd = open(name, flags | libc::O_CLOEXEC, mode)?;
        // SAFETY: a new descriptor, which is nobody else's; it is closed with the file.
        Ok::<_, Errno>((unsafe { std::fs::File::from_raw_fd(fd.number()) }, fd))
    };
    let (mut source, fd) = opened(from, libc::O_RDONLY, 0)?;
    let about = look(fd)?;
    if about.kind != libc::S_IFREG {
        return Err(Errno::new(if about.kind == libc::S_IFDIR { libc::EISDIR } else { libc::EINVAL }));
    }
    let how = if is_new { libc::O_EXCL } else { libc::O_TRUNC };
    let (mut target, fd) = opened(to, libc::O_WRONLY | libc::O_CREAT | how, about.mode)?;
    let made = look(fd)?;
    if made.kind == libc::S_IFREG {
        // SAFETY: takes numbers.
        let _ = unsafe { call(Sysno::fchmod, [fd.raw(), about.mode as usize, 0, 0, 0, 0]) };
    }
    let copied = done(std::io::copy(&mut source, &mut target).map(drop));
    if made.kind == libc::S_IFREG {
        if copied.is_ok() {
            let _ = set_times(fd, None, Some(about.written));
        } else if look_at(to).is_ok_and(|now| now.identity == made.identity) {
            let _ = remove(to);
        }
    }
    copied
}

/// Sets the rights of a file.
///
/// # Errors
/// The kernel's.
pub fn set_mode(name: &CStr, mode: u32) -> Result<(), Errno> {
    named(Sysno::fchmodat, [AT_FDCWD, at(name), mode as usize, 0, 0])
}

/// The names in a directory, `.` and `..` first.
///
/// # Errors
/// The kernel's; `ENOMEM`.
pub fn list(name: &CStr) -> Result<Vec<Vec<u8>>, Errno> {
    let fd = open(name, libc::O_RDONLY | libc::O_DIRECTORY | libc::O_CLOEXEC, 0)?;
    let found = names_in(fd);
    close(fd);
    found
}

/// What [`list`] tells, of a directory that is open.
fn names_in(fd: Fd) -> Result<Vec<Vec<u8>>, Errno> {
    /// Where the kernel puts the length of an entry, and its name.
    const LENGTH: usize = 16;
    const NAME: usize = 19;
    let mut names = Vec::new();
    for name in [&b"."[..], b".."] {
        room::push(&mut names, room::copy(name)?)?;
    }
    let mut entries = [0_u64; 1024];
    loop {
        let (place, size) = (entries.as_mut_ptr() as usize, size_of_val(&entries));
        // SAFETY: the kernel writes to a local, at most its size.
        let filled = unsafe { call(Sysno::getdents64, [fd.raw(), place, size, 0, 0, 0])? };
        if filled == 0 {
            return Ok(names);
        }
        // SAFETY: any bytes of the local are numbers.
        let bytes = unsafe { std::slice::from_raw_parts(entries.as_ptr().cast::<u8>(), size) };
        let mut rest = bytes.get(..filled).unwrap_or_default();
        while let Some(length) = rest.get(LENGTH..).and_then(|rest| rest.first_chunk()) {
            let (entry, behind) = rest.split_at(usize::from(u16::from_ne_bytes(*length)).min(rest.len()));
            let name =
                entry.get(NAME..).unwrap_or_default().split(|byte| *byte == 0).next().unwrap_or_default();
            if !matches!(name, b"" | b"." | b"..") {
                room::push(&mut names, room::copy(name)?)?;
            }
            if entry.is_empty() {
                break;
            }
            rest = behind;
        }
    }
}
