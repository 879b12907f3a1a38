//! Views of files and of memory that has no file.

use syscalls::Sysno;

use super::page;
use crate::sys::{Errno, Fd, call};

/// What a view may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// It may be written.
    pub write: bool,
    /// It may be run.
    pub execute: bool,
    /// What is written stays with it.
    pub private: bool,
}

/// What there is to map.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// A file with content.
    pub regular: bool,
    /// Its size in bytes.
    pub size: u64,
    /// It was opened for reading.
    pub readable: bool,
    /// It was opened for writing.
    pub writable: bool,
}

/// What a descriptor stands for.
///
/// # Errors
/// `EBADF`.
pub fn look(fd: Fd) -> Result<Found, Errno> {
    let facts = super::file::look(fd)?;
    // SAFETY: numbers only.
    let flags = unsafe { call(Sysno::fcntl, [fd.raw(), libc::F_GETFL.unsigned_abs() as usize, 0, 0, 0, 0])? };
    let mode = i32::try_from(flags).unwrap_or(0) & libc::O_ACCMODE;
    Ok(Found {
        regular: facts.kind == libc::S_IFREG,
        size: facts.size,
        readable: mode != libc::O_WRONLY,
        writable: mode != libc::O_RDONLY,
    })
}

/// Memory as a descriptor, closed on exec.
///
/// # Errors
/// `EMFILE`, `ENFILE`, `ENOMEM`.
pub fn anonymous(size: u64) -> Result<Fd, Errno> {
    let flags = usize::try_from(libc::MFD_CLOEXEC).unwrap_or(1);
    // SAFETY: the kernel reads the name.
    let fd = unsafe { call(Sysno::memfd_create, [c"section".as_ptr() as usize, flags, 0, 0, 0, 0]) }
        .and_then(Fd::from_kernel)?;
    extend(fd, size).inspect_err(|_| super::file::close(fd))?;
    Ok(fd)
}

/// Makes a file as large as that.
///
/// # Errors
/// `EFBIG`, `ENOSPC`, `EPERM`.
pub fn extend(fd: Fd, size: u64) -> Result<(), Errno> {
    super::file::set_size(fd, size)
}

/// Maps a view at a multiple of 64 KiB, at an address exactly if it is not 0; where it is.
///
/// # Errors
/// `EEXIST`: something is there. Those of `mmap`.
pub fn map(fd: Fd, offset: u64, len: usize, rights: Rights, at: usize) -> Result<usize, Errno> {
    let whole = len.checked_next_multiple_of(page::size()).ok_or(Errno::new(libc::ENOMEM))?;
    let start = page::reserve(at, whole, 0x1_0000)?;
    let mut protect = libc::PROT_READ;
    if rights.write {
        protect |= libc::PROT_WRITE;
    }
    if rights.execute {
        protect |= libc::PROT_EXEC;
    }
    let sharing = if rights.private { libc::MAP_PRIVATE } else { libc::MAP_SHARED };
    let flags = (sharing | libc::MAP_FIXED).unsigned_abs() as usize;
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    // SAFETY: what goes by MAP_FIXED was reserved just now.
    let mapped = unsafe {
        call(Sysno::mmap, [start, whole, protect.unsigned_abs() as usize, flags, fd.raw(), offset])
    };
    mapped.inspect_err(|_| page::release(start, whole))
}

/// Writes what was changed to the file.
///
/// # Errors
/// Those of `msync`.
pub fn flush(at: usize, len: usize) -> Result<(), Errno> {
    // SAFETY: changes nothing that a program sees.
    unsafe { call(Sysno::msync, [at, len, libc::MS_SYNC.unsigned_abs() as usize, 0, 0, 0]) }.map(drop)
}
