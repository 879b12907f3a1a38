//! Which descriptors are known to be sockets, so that `select` need not ask the kernel about each of thousands.
//!
//! `poll` watches files and pipes as willingly as sockets, and one question per descriptor costs several times
//! what `poll` does. So a descriptor is asked about once, and believed until this library closes it. One that
//! POSIX code closes behind our back is noticed while nothing stands under its number (`poll` tells), and when
//! [`verify`] asks again.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::sys::Fd;

use crate::sys::net::option;

/// Words of 64 descriptors each; a page is for 65,536 descriptors.
type Page = [AtomicU64; 1024];

/// Made when the first socket in their range is met. Beyond the last page (descriptor 4,194,304) the kernel is
/// asked every time.
static PAGES: [OnceLock<Box<Page>>; 64] = [const { OnceLock::new() }; 64];

/// The word and the bit of a descriptor.
#[inline(always)]
fn place(fd: Fd, make: bool) -> Option<(&'static AtomicU64, u64)> {
    let number = fd.to_socket();
    let page = PAGES.get(number >> 16)?;
    let page =
        if make { page.get_or_init(|| Box::new([const { AtomicU64::new(0) }; 1024])) } else { page.get()? };
    Some((page.get((number >> 6) & 1023)?, 1 << (number & 63)))
}

/// Whether the descriptor is a socket, as far as is known or else as the kernel says.
#[must_use]
#[inline(always)]
pub fn is_socket(fd: Fd) -> bool {
    match place(fd, false) {
        Some((word, bit)) if word.load(Ordering::Relaxed) & bit != 0 => true,
        _ => verify(fd),
    }
}

/// Asks the kernel whether the descriptor is a socket.
#[cold]
pub fn verify(fd: Fd) -> bool {
    if option::socket_type(fd).is_err() {
        forget(fd);
        return false;
    }
    if let Some((word, bit)) = place(fd, true) {
        word.fetch_or(bit, Ordering::Relaxed);
    }
    true
}

/// The descriptor is about to be closed, or was.
pub fn forget(fd: Fd) {
    if let Some((word, bit)) = place(fd, false) {
        word.fetch_and(!bit, Ordering::Relaxed);
    }
}
