//! Which descriptors are streams, as far as was noticed: a hint that makes receiving on them cheaper.
//!
//! Only `recvmsg` tells that a datagram did not fit, and it costs more than `recvfrom`, which is enough for a
//! stream. A hint is taken back when the socket is closed through this library. Where POSIX code closes a
//! stream and makes a datagram socket that gets the same number, the hint is wrong until the next call on
//! it that has to wait or fails: a datagram that is too long is then cut without `WSAEMSGSIZE`.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::sys::Fd;

const PLACES: usize = 4096;

/// At the place of a descriptor, its number plus one if it is a stream.
static STREAMS: [AtomicU32; PLACES] = [const { AtomicU32::new(0) }; PLACES];

#[inline(always)]
fn place(fd: Fd) -> &'static AtomicU32 {
    let [first, ..] = &STREAMS;
    STREAMS.get(fd.to_socket() % PLACES).unwrap_or(first)
}

#[inline(always)]
fn mark(fd: Fd) -> u32 {
    fd.number().unsigned_abs() + 1
}

/// Whether the descriptor is known to be a stream.
#[inline(always)]
#[must_use]
pub fn is_stream(fd: Fd) -> bool {
    place(fd).load(Ordering::Relaxed) == mark(fd)
}

/// Notes what was learnt about a descriptor.
pub fn note(fd: Fd, is_stream: bool) {
    if is_stream {
        place(fd).store(mark(fd), Ordering::Relaxed);
    } else {
        forget(fd);
    }
}

/// Nothing is known of the descriptor any more.
pub fn forget(fd: Fd) {
    let _ = place(fd).compare_exchange(mark(fd), 0, Ordering::Relaxed, Ordering::Relaxed);
}
