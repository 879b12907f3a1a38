//! What stands for the catalogue of protocols where a program waits for its changes, which never come: a socket without a
//! name, to which nobody can send. So waits for it pend, are called off and end with Winsock as those of other sockets.

use crate::descriptor;
use crate::descriptor::facts;
use crate::descriptor::family::Family;
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::socket::create::after_cleanup;
use crate::sys::net::{option, socket as sys};

/// Makes one; it is closed as any socket.
///
/// # Errors
/// `WSAEMFILE`, `WSAENOBUFS`.
pub fn make() -> Result<usize, Failure> {
    let fd = sys::socket(libc::AF_UNIX, libc::SOCK_DGRAM, 0)
        .map_err(|errno| by_call::failure(Call::Socket, errno))?;
    let known = facts::of(libc::SOCK_DGRAM, Family::from_linux(libc::AF_UNIX));
    if let Err(errno) = descriptor::insert(fd, known, |_| ()) {
        sys::close(fd);
        return Err(after_cleanup(errno));
    }
    Ok(fd.to_socket())
}

/// Whether this is one: Winsock makes no other datagram sockets of that family.
#[must_use]
pub fn is_one(socket: usize) -> bool {
    descriptor::of(socket).is_ok_and(|fd| {
        let name = sys::local_name(fd);
        // The family alone.
        let unnamed = name.is_ok_and(|name| name.family() == libc::AF_UNIX && name.len() == size_of::<u16>());
        unnamed && option::socket_type(fd) == Ok(libc::SOCK_DGRAM)
    })
}
