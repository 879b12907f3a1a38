//! MSG_WAITALL under a time-out: nothing is taken from a TCP connection before all of it is there, so that a time-out, which
//! Windows reports as a failure whatever has come, loses nothing.

use super::{NOT_ALL, Patience, TOO_LATE};
use crate::error::failure::Failure;
use crate::sys::Fd;
use crate::sys::net::option;

/// The kernel calls the socket readable only when so much is there, for as long as this lives. A call of another thread that
/// waits for data waits on, as on Windows, where the first call gets what comes.
struct Threshold {
    fd: Fd,
    before: i32,
}

impl Threshold {
    /// None where the kernel does not do it.
    fn raise(fd: Fd, bytes: usize) -> Option<Self> {
        let before = option::get_int(fd, libc::SOL_SOCKET, libc::SO_RCVLOWAT).ok()?;
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        option::set(fd, libc::SOL_SOCKET, libc::SO_RCVLOWAT, bytes).ok()?;
        Some(Self { fd, before })
    }
}

impl Drop for Threshold {
    fn drop(&mut self) {
        let _ = option::set(self.fd, libc::SOL_SOCKET, libc::SO_RCVLOWAT, self.before);
    }
}

/// Waits until `wanted` bytes are there, or the stream has ended, or the kernel holds as much as it takes; where no time-out
/// limits the call, or the stream is none of TCP, not at all.
///
/// # Errors
/// Those of [`Patience::wait`].
pub(super) fn gather(patience: &mut Patience, wanted: usize) -> Result<(), Failure> {
    if wanted < 2 || !patience.is_limited() {
        return Ok(());
    }
    // Held, so that the threshold is taken down on the socket that it was raised on.
    let fd = patience.hold()?.fd();
    let is_there = |bytes: i32| usize::try_from(bytes).is_ok_and(|bytes| bytes >= wanted);
    if option::tcp_counters(fd).is_err() || option::ioctl_int(fd, libc::FIONREAD).is_ok_and(is_there) {
        return Ok(());
    }
    let raised = Threshold::raise(fd, wanted);
    let waited = if raised.is_some() { patience.wait() } else { Ok(()) };
    waited.map_err(|failure| if failure == TOO_LATE { NOT_ALL } else { failure })
}
