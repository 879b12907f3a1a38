//! Pages of memory: mapping, rights, giving back, and the kernel's list of them.

use syscalls::Sysno;

use crate::sys::process::kernel_file;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::room::{self, Made, NoMemory};
use crate::sys::{Errno, call};

/// The bytes of a page.
#[must_use]
pub fn size() -> usize {
    let _kept = KeptErrno::new();
    // SAFETY: asks for a number.
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096)
}

/// New pages without rights, whose address is a multiple of `granularity`; at an address exactly if it is not 0. Returns
/// the address.
///
/// # Errors
/// The kernel's; `EEXIST` where something is mapped at the address already.
pub fn reserve(at: usize, len: usize, granularity: usize) -> Result<usize, Errno> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    let map = |at: usize, len: usize, flags: i32| {
        // SAFETY: MAP_FIXED is not among the flags, so nothing that is mapped goes.
        unsafe { call(Sysno::mmap, [at, len, 0, flags.unsigned_abs() as usize, usize::MAX, 0]) }
    };
    if at != 0 {
        let found = map(at, len, flags | libc::MAP_FIXED_NOREPLACE)?;
        if found == at {
            return Ok(at);
        }
        // A kernel that does not know the flag.
        release(found, len);
        return Err(Errno::new(libc::EEXIST));
    }
    let whole = len.checked_add(granularity).ok_or(Errno::new(libc::ENOMEM))?;
    let found = map(0, whole, flags)?;
    let start = found.next_multiple_of(granularity);
    if start > found {
        release(found, start - found);
    }
    let behind = found + whole - (start + len);
    if behind > 0 {
        release(start + len, behind);
    }
    Ok(start)
}

/// Sets the rights, `PROT_…`.
///
/// # Errors
/// The kernel's.
pub fn protect(at: usize, len: usize, rights: i32) -> Result<(), Errno> {
    // SAFETY: the program asks for it; what it does to its own code is its affair, as on Windows.
    unsafe { call(Sysno::mprotect, [at, len, rights.unsigned_abs() as usize, 0, 0, 0]) }.map(drop)
}

/// Takes rights and content away; the address range stays reserved.
///
/// # Errors
/// The kernel's.
pub fn decommit(at: usize, len: usize) -> Result<(), Errno> {
    protect(at, len, libc::PROT_NONE)?;
    let advice = libc::MADV_DONTNEED.unsigned_abs() as usize;
    // SAFETY: pages of a region that the program has given up.
    unsafe { call(Sysno::madvise, [at, len, advice, 0, 0, 0]) }.map(drop)
}

/// Gives pages back.
pub fn release(at: usize, len: usize) {
    // SAFETY: pages that were mapped here, and given up.
    let _ = unsafe { call(Sysno::munmap, [at, len, 0, 0, 0, 0]) };
}

/// Keeps pages in memory, or not any more.
///
/// # Errors
/// The kernel's.
pub fn lock(at: usize, len: usize, on: bool) -> Result<(), Errno> {
    let number = if on { Sysno::mlock } else { Sysno::munlock };
    // SAFETY: changes nothing that a program sees.
    unsafe { call(number, [at, len, 0, 0, 0, 0]) }.map(drop)
}

/// The kernel's list of the process's mappings, one a line; empty where it does not tell.
///
/// # Errors
/// [`NoMemory`].
pub fn list() -> Made<String> {
    match kernel_file::read("/proc/self/maps") {
        Ok(bytes) => room::lossy(&bytes),
        Err(errno) if errno.number() == libc::ENOMEM => Err(NoMemory),
        Err(_) => Ok(String::new()),
    }
}

/// The machine's memory and what of it can be had, in bytes; swap space likewise.
#[must_use]
pub fn machine() -> [u64; 4] {
    let text = kernel_file::read("/proc/meminfo").unwrap_or_default();
    let text = std::str::from_utf8(&text).unwrap_or_default();
    ["MemTotal:", "MemAvailable:", "SwapTotal:", "SwapFree:"].map(|key| {
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        let number = line.and_then(|line| line.split_ascii_whitespace().next()?.parse::<u64>().ok());
        number.unwrap_or(0).saturating_mul(1024)
    })
}
