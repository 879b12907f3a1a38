//! Moving data: one attempt each, never waiting, never raising SIGPIPE.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use super::pieces::{MOST, Piece};
use super::{Answer, Errno, Fd, Receiver, UserBuf, UserBufMut, UserName, call};

const NEVER_WAIT: i32 = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;

/// What is asked of the kernel beside the transfer itself. Nothing of the caller's flags gets through but this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Out-of-band data.
    pub oob: bool,
    /// Look without taking; for receiving only.
    pub peek: bool,
}

impl Ask {
    /// Nothing special.
    pub const PLAIN: Self = Self { oob: false, peek: false };

    #[inline]
    const fn bits(self) -> usize {
        let mut bits = NEVER_WAIT;
        if self.oob {
            bits |= libc::MSG_OOB;
        }
        if self.peek {
            bits |= libc::MSG_PEEK;
        }
        bits.unsigned_abs() as usize
    }
}

/// Sends on a connected socket; the number of bytes that the kernel took.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait.
pub fn send(fd: Fd, buf: UserBuf<'_>, ask: Ask) -> Result<usize, Errno> {
    try_send(fd, buf, ask).result()
}

/// [`send`], with the kernel's answer as it came.
#[inline]
#[must_use]
pub fn try_send(fd: Fd, buf: UserBuf<'_>, ask: Ask) -> Answer {
    // SAFETY: the kernel only reads from the buffer, and checks it.
    unsafe { super::ask(Sysno::sendto, [fd.raw(), buf.address(), buf.len(), ask.bits(), 0, 0]) }
}

/// Sends to an address; the number of bytes that the kernel took.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait, `EFAULT` also for an address that cannot be read.
#[inline]
pub fn send_to(fd: Fd, buf: UserBuf<'_>, receiver: &Receiver<'_>, ask: Ask) -> Result<usize, Errno> {
    let (name, len) = receiver.words();
    // SAFETY: the kernel only reads from the buffer and from the address, and checks both.
    unsafe { call(Sysno::sendto, [fd.raw(), buf.address(), buf.len(), ask.bits(), name, len as usize]) }
}

/// Sends pieces as one message, the first 1024 of them.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait, `EFAULT` also for an address that cannot be read.
#[inline]
pub fn send_pieces(fd: Fd, pieces: &[Piece<'_>], receiver: &Receiver<'_>, ask: Ask) -> Result<usize, Errno> {
    let (name, len) = receiver.words();
    let message = header(pieces.as_ptr() as usize, pieces.len(), name, len);
    // SAFETY: the kernel only reads, from locals and from what they point to, and checks that.
    unsafe { call(Sysno::sendmsg, [fd.raw(), (&raw const message) as usize, ask.bits(), 0, 0, 0]) }
}

/// What `sendmsg` and `recvmsg` are told.
#[inline]
fn header(pieces: usize, count: usize, name: usize, name_len: u32) -> libc::msghdr {
    // SAFETY: all fields are numbers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = std::ptr::with_exposed_provenance_mut(pieces);
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let Ok(count) = count.min(MOST).try_into() {
        message.msg_iovlen = count;
    }
    message.msg_name = std::ptr::with_exposed_provenance_mut(name);
    message.msg_namelen = name_len;
    message
}

/// What one attempt to receive gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Bytes written to the buffer.
    pub len: usize,
    /// The datagram was longer than the buffer, and its rest is lost.
    pub truncated: bool,
}

/// Receives into one buffer from a socket that is known to be a stream.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait.
#[inline]
pub fn recv_stream(fd: Fd, buf: &mut UserBufMut<'_>) -> Result<Received, Errno> {
    let bits = Ask::PLAIN.bits();
    // SAFETY: the memory is the caller's to hand out, by `UserBufMut`; the kernel checks it.
    let len = unsafe { call(Sysno::recvfrom, [fd.raw(), buf.address(), buf.len(), bits, 0, 0])? };
    Ok(Received { len, truncated: false })
}

/// Receives into one buffer from any socket.
///
/// `recvmsg`, since only it tells that a datagram did not fit without being told first what kind of socket it is.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait.
#[inline]
pub fn recv(fd: Fd, buf: &mut UserBufMut<'_>, ask: Ask) -> Result<Received, Errno> {
    let mut piece =
        libc::iovec { iov_base: std::ptr::with_exposed_provenance_mut(buf.address()), iov_len: buf.len() };
    // SAFETY: all fields are numbers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = &raw mut piece;
    message.msg_iovlen = 1;
    // SAFETY: header and vector are locals; the memory in the vector is the caller's to hand out, by `UserBufMut`.
    let len = unsafe { call(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, ask.bits(), 0, 0, 0])? };
    Ok(Received { len, truncated: message.msg_flags & libc::MSG_TRUNC != 0 })
}

/// Receives a message into pieces, the first 1024 of them, and its sender's address into its place; also the
/// length of that address, 0 where there is none.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait. `EFAULT` also for the address' place: the message
/// is lost then.
#[inline]
pub fn recv_pieces(
    fd: Fd,
    pieces: &mut [Piece<'_>],
    name: &UserName<'_>,
    ask: Ask,
) -> Result<(Received, u32), Errno> {
    let (place, room) = name.words();
    let mut message = header(pieces.as_mut_ptr() as usize, pieces.len(), place, room);
    // SAFETY: header and vector are ours; the memory they point to is the caller's to hand out, by `Piece` and
    // `UserName`.
    let len = unsafe { call(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, ask.bits(), 0, 0, 0])? };
    let truncated = message.msg_flags & libc::MSG_TRUNC != 0;
    Ok((Received { len, truncated }, if place == 0 { 0 } else { message.msg_namelen }))
}

/// Takes and drops what has been received, up to a limit of rounds; for a stream that must not deliver it any more.
pub fn discard_received(fd: Fd) {
    let bits = (NEVER_WAIT | libc::MSG_TRUNC).unsigned_abs() as usize;
    // SAFETY: with MSG_TRUNC a TCP socket drops bytes and writes none, whatever the length.
    while matches!(unsafe { call(Sysno::recvfrom, [fd.raw(), 0, 1 << 30, bits, 0, 0]) }, Ok(1..)) {}
}
