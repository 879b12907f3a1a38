//! The process's surroundings: environment variables, its command line, the user, the working directory.

use std::ffi::{CStr, CString};

use syscalls::Sysno;

use crate::sys::process::kernel_file;
use crate::sys::process::libc_call::{KeptErrno, with_buffer};
use crate::sys::process::machine::Short;
use crate::sys::room::{self, Made};
use crate::sys::{Errno, call};

/// The value of an environment variable.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn get(name: &CStr) -> Made<Option<Vec<u8>>> {
    let _kept = KeptErrno::new();
    // SAFETY: the text is copied at once; a program that changes its environment in another thread meanwhile has the same
    // race with getenv.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        (!value.is_null()).then(|| room::copy(CStr::from_ptr(value).to_bytes())).transpose()
    }
}

/// Sets an environment variable, or removes it. The C library's `getenv` sees it.
///
/// # Errors
/// The C library's: `EINVAL` for a name with `=` or without a letter.
pub fn set(name: &CStr, value: Option<&CStr>) -> Result<(), Errno> {
    let _kept = KeptErrno::new();
    // SAFETY: texts with an end, which the C library copies.
    let done = unsafe {
        match value {
            Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    };
    if done == 0 { Ok(()) } else { Err(last()) }
}

fn last() -> Errno {
    Errno::new(std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO))
}

/// The arguments of the process, the program's name first, with a NUL between them.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn arguments() -> Made<Vec<u8>> {
    let mut bytes = match kernel_file::read("/proc/self/cmdline") {
        Ok(bytes) => bytes,
        Err(errno) if errno.number() == libc::ENOMEM => return Err(room::NoMemory),
        Err(_) => Vec::new(),
    };
    if bytes.last() == Some(&0) {
        bytes.pop();
    }
    Ok(bytes)
}

/// The longest name that the kernel tells.
const LONGEST: usize = 4096;

/// The name of the file that the process runs; empty where the system does not tell.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn program() -> Made<Vec<u8>> {
    let mut name = [0_u8; LONGEST];
    // The first one tells nothing where the first thread has ended before the others.
    let told = [c"/proc/self/exe", c"/proc/thread-self/exe"].iter().find_map(|link| {
        let link = link.as_ptr() as usize;
        // SAFETY: the kernel reads a text and writes to a local of that length.
        unsafe { call(Sysno::readlinkat, [0, link, name.as_mut_ptr() as usize, LONGEST, 0, 0]) }.ok()
    });
    room::copy(name.get(..told.unwrap_or(0)).unwrap_or_default())
}

/// The working directory.
///
/// # Errors
/// The kernel's; `ENOENT` where it was removed or lies outside of what this process sees; `ENOMEM`.
pub fn directory() -> Result<Vec<u8>, Errno> {
    let mut name = [0_u8; LONGEST];
    // SAFETY: the kernel writes to a local of that length.
    unsafe { call(Sysno::getcwd, [name.as_mut_ptr() as usize, LONGEST, 0, 0, 0, 0])? };
    if !name.starts_with(b"/") {
        return Err(Errno::new(libc::ENOENT));
    }
    let name = name.split(|&byte| byte == 0).next().unwrap_or_default();
    room::copy(name).map_err(|_| Errno::new(libc::ENOMEM))
}

/// Changes the working directory.
///
/// # Errors
/// The kernel's.
pub fn set_directory(name: &CStr) -> Result<(), Errno> {
    // SAFETY: the kernel reads a text that has an end.
    unsafe { call(Sysno::chdir, [name.as_ptr() as usize, 0, 0, 0, 0, 0]) }.map(drop)
}

/// The directory for temporary files.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn temporary() -> Made<Vec<u8>> {
    match get(c"TMPDIR")? {
        Some(name) if !name.is_empty() => Ok(name),
        _ => room::copy(b"/tmp"),
    }
}

/// The name of the user that the process runs for; none where the system does not know it.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn user() -> Made<Option<CString>> {
    let _kept = KeptErrno::new();
    with_buffer(|buffer, len| {
        // SAFETY: a structure of pointers and numbers may be all zero; the C library fills it in and keeps its texts in the
        // buffer, which is still there.
        unsafe {
            let mut entry = std::mem::zeroed::<libc::passwd>();
            let mut found = std::ptr::null_mut();
            let status = libc::getpwuid_r(libc::geteuid(), &raw mut entry, buffer, len, &raw mut found);
            let there = status == 0 && !found.is_null();
            let name = there.then(|| room::c_text(CStr::from_ptr(entry.pw_name).to_bytes())).transpose();
            (status, if status == libc::ENOMEM { Err(room::NoMemory) } else { name })
        }
    })?
}

/// How many processors there are for this process.
#[must_use]
pub fn processors() -> u32 {
    // As many bits as no machine has processors.
    let mut set = [0_u64; 1024];
    // SAFETY: the kernel writes to a local, at most its size.
    let written = unsafe {
        let at = set.as_mut_ptr() as usize;
        crate::sys::call(syscalls::Sysno::sched_getaffinity, [0, size_of_val(&set), at, 0, 0, 0])
    };
    let counted = written.map_or(0, |_| set.iter().map(|word| word.count_ones()).sum());
    counted.max(1)
}

/// One of the kernel's words about itself.
pub type Word = Short<65>;

/// The kernel's word for the kind of machine.
#[must_use]
pub fn machine() -> Word {
    let _kept = KeptErrno::new();
    // SAFETY: all zero is a valid value of a structure of texts, which are filled in.
    let names = unsafe {
        let mut names = std::mem::zeroed::<libc::utsname>();
        libc::uname(&raw mut names);
        names
    };
    Word::new(names.machine.iter().flat_map(|c| c.to_ne_bytes()))
}
