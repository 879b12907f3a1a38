//! Files in which the kernel tells of a process. The standard library ends the process where there is no memory for what it reads.

use std::fs::File;
use std::io::{ErrorKind, Read};

use super::libc_call::KeptErrno;
use crate::sys::{Errno, room};

/// All that stands in a file. Of this process the kernel tells nothing under `/proc/self` where the first thread has ended before the
/// others, and then what it tells of the calling thread is read.
///
/// # Errors
/// The kernel's; `ENOMEM`.
pub(in crate::sys) fn read(name: &str) -> Result<Vec<u8>, Errno> {
    let told = read_as_named(name);
    if told.as_ref().is_ok_and(|told| !told.is_empty()) {
        return told;
    }
    let of_thread = match (name.strip_prefix("/proc/self/"), name.strip_prefix("/proc/net/")) {
        (Some(rest), _) => room::shown(&format_args!("/proc/thread-self/{rest}")),
        (None, Some(rest)) => room::shown(&format_args!("/proc/thread-self/net/{rest}")),
        (None, None) => return told,
    };
    read_as_named(&of_thread.map_err(|_| Errno::new(libc::ENOMEM))?).or(told)
}

fn read_as_named(name: &str) -> Result<Vec<u8>, Errno> {
    let _kept = KeptErrno::new();
    let failed = |error: std::io::Error| Errno::new(error.raw_os_error().unwrap_or(libc::EIO));
    let mut file = File::open(name).map_err(failed)?;
    let (mut all, mut part) = (Vec::new(), [0; 4096]);
    loop {
        match file.read(&mut part) {
            Ok(0) => return Ok(all),
            Ok(count) => {
                let part = part.get(..count).unwrap_or_default();
                all.try_reserve(part.len()).map_err(|_| Errno::new(libc::ENOMEM))?;
                all.extend_from_slice(part);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

/// The text that stands in a file; empty where there is none, or it is no text.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub(in crate::sys) fn text(name: &dyn std::fmt::Display) -> room::Made<String> {
    match read(&room::shown(name)?) {
        Ok(bytes) => Ok(String::from_utf8(bytes).unwrap_or_default()),
        Err(errno) if errno.number() == libc::ENOMEM => Err(room::NoMemory),
        Err(_) => Ok(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_or_says_why_not() {
        assert!(read("/proc/self/maps").unwrap().ends_with(b"\n"));
        assert_eq!(text(&format_args!("/proc/{}/not there", "self")).as_deref(), Ok(""));
        assert!(text(&"/proc/self/stat").unwrap().contains(' '));
        assert!(read("/proc/net/tcp").unwrap().ends_with(b"\n"));
        assert_eq!(read("/proc/self/not there").map_err(|errno| errno.number()), Err(libc::ENOENT));
    }
}
