//! Sockets that stand for the ends of pipes with a name: their addresses, and one attempt to move data, which never waits and
//! never raises SIGPIPE.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use super::{option, socket};
use crate::sys::user::pieces::MOST;
use crate::sys::{Address, Errno, Fd, UserBuf, UserBufMut, call, room};

/// The address of a path.
///
/// # Errors
/// `ENAMETOOLONG`.
pub fn address(path: &[u8]) -> Result<Address, Errno> {
    const LONGEST: usize = 107;
    let long = path.len().min(LONGEST + 1);
    let mut bytes = [0; 2 + LONGEST + 1];
    let family = u16::try_from(libc::AF_UNIX).unwrap_or(0).to_ne_bytes();
    bytes.iter_mut().zip(family.iter().chain(path)).for_each(|(to, from)| *to = *from);
    if long > LONGEST {
        return Err(Errno::new(libc::ENAMETOOLONG));
    }
    Address::new(bytes.get(..2 + long + 1).unwrap_or(&bytes))
}

/// The path in an address; none in one without.
#[must_use]
pub fn path(address: &Address) -> Option<&[u8]> {
    let path = address.bytes().get(2..).filter(|_| address.family() == libc::AF_UNIX)?;
    path.split(|byte| *byte == 0).next().filter(|path| !path.is_empty())
}

/// A socket that keeps messages apart, or one that does not. `waits` is whether the kernel would wait on it.
///
/// # Errors
/// The kernel's.
pub fn make(messages: bool, waits: bool) -> Result<Fd, Errno> {
    let kind = if messages { libc::SOCK_SEQPACKET } else { libc::SOCK_STREAM };
    socket::socket(libc::AF_UNIX, kind | if waits { 0 } else { libc::SOCK_NONBLOCK }, 0)
}

/// Whether a socket keeps messages apart.
///
/// # Errors
/// The kernel's.
pub fn keeps_messages(fd: Fd) -> Result<bool, Errno> {
    Ok(option::socket_type(fd)? == libc::SOCK_SEQPACKET)
}

/// Has each message come with its sender, so that one without bytes is told from the end.
///
/// # Errors
/// The kernel's.
pub fn mark_messages(fd: Fd) -> Result<(), Errno> {
    option::set(fd, libc::SOL_SOCKET, libc::SO_PASSCRED, 1_i32)
}

/// What has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    /// The bytes: of a message all of them, whatever the room.
    pub bytes: usize,
    /// A message, on a socket that marks them: where it has no bytes, this tells it from the end.
    pub is_message: bool,
}

/// Room for what is passed over.
const SCRATCH: usize = 1 << 16;

/// Receives what comes behind the first `skip` bytes into `room`. With `keep` it stays, to be received again. `messages` is whether the
/// socket keeps them apart.
///
/// # Errors
/// The kernel's: `EAGAIN` where nothing has come. `ENOMEM`.
pub fn receive(
    fd: Fd,
    room: &UserBufMut<'_>,
    skip: usize,
    keep: bool,
    messages: bool,
) -> Result<Came, Errno> {
    #[repr(C, align(8))]
    struct Control([u8; 32]);
    let mut control = Control([0; 32]);
    let mut scratch = room::filled(0_u8, skip.min(SCRATCH))?;
    let mut pieces = Vec::new();
    let mut left = skip;
    while left > 0 {
        let len = left.min(SCRATCH);
        room::push(&mut pieces, libc::iovec { iov_base: scratch.as_mut_ptr().cast(), iov_len: len })?;
        left -= len;
    }
    let base = std::ptr::with_exposed_provenance_mut(room.address());
    room::push(&mut pieces, libc::iovec { iov_base: base, iov_len: room.len() })?;
    // SAFETY: all fields are numbers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = pieces.as_mut_ptr();
    message.msg_control = (&raw mut control).cast();
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let (Ok(count), Ok(len)) = (pieces.len().min(MOST).try_into(), size_of::<Control>().try_into()) {
        message.msg_iovlen = count;
        message.msg_controllen = len;
    }
    let keep = if keep { libc::MSG_PEEK } else { 0 };
    // Of a stream MSG_TRUNC would throw bytes away.
    let whole = if messages { libc::MSG_TRUNC } else { 0 };
    let flags = (libc::MSG_DONTWAIT | libc::MSG_CMSG_CLOEXEC | keep | whole).cast_unsigned() as usize;
    // SAFETY: header, list, scratch and control room are ours, and the other memory is the caller's to hand out, by `UserBufMut`.
    let bytes = unsafe { call(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, flags, 0, 0, 0])? };
    Ok(Came { bytes, is_message: message.msg_controllen > 0 })
}

/// Sends a message, or as much of a stream as there is room for.
///
/// # Errors
/// The kernel's: `EAGAIN` where there is no room, `EPIPE` where the other end is closed, `EMSGSIZE`.
pub fn send(fd: Fd, bytes: &UserBuf<'_>) -> Result<usize, Errno> {
    let flags = (libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT).cast_unsigned() as usize;
    // SAFETY: the kernel reads from the address, and checks it.
    unsafe { call(Sysno::sendto, [fd.raw(), bytes.address(), bytes.len(), flags, 0, 0]) }
}

/// Bytes that were sent and not received yet, with what the kernel keeps beside them; 0 when all are received.
///
/// # Errors
/// The kernel's.
pub fn unreceived(fd: Fd) -> Result<usize, Errno> {
    Ok(usize::try_from(option::ioctl_int(fd, libc::TIOCOUTQ)?).unwrap_or(0))
}

/// Bytes that have come, of all messages.
///
/// # Errors
/// The kernel's.
pub fn arrived(fd: Fd) -> Result<usize, Errno> {
    Ok(usize::try_from(option::ioctl_int(fd, libc::FIONREAD)?).unwrap_or(0))
}

/// Makes room for so many bytes to be sent, as far as the system allows.
pub fn make_room(fd: Fd, bytes: usize) {
    let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
    let has = option::get_int(fd, libc::SOL_SOCKET, libc::SO_SNDBUF).unwrap_or(i32::MAX);
    if has < bytes {
        let _ = option::set(fd, libc::SOL_SOCKET, libc::SO_SNDBUF, bytes);
    }
}
