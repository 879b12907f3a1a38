//! Messages with control data: one attempt each, never waiting, never raising SIGPIPE.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use super::transfer::Received;
use crate::sys::user::pieces::{MOST, Piece};
use crate::sys::{Answer, Fd, Receiver, UserName};

/// Room for the control data of one message, aligned as the kernel wants it.
#[repr(C, align(8))]
#[derive(Clone, Debug)]
pub struct ControlRoom([u8; 1024]);

impl ControlRoom {
    /// Empty.
    #[must_use]
    pub const fn new() -> Self {
        Self([0; 1024])
    }
}

impl Default for ControlRoom {
    fn default() -> Self {
        Self::new()
    }
}

/// What came beside the data.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// The length of the sender's address.
    pub name_len: u32,
    /// The number of bytes of control data.
    pub control_len: usize,
    /// Some of it did not fit.
    pub control_cut: bool,
    /// The data did not fit.
    pub cut: bool,
}

impl ControlRoom {
    /// The control data that came.
    #[must_use]
    pub fn bytes(&self, beside: &Beside) -> &[u8] {
        self.0.get(..beside.control_len).unwrap_or(&[])
    }
}

fn header(pieces: usize, count: usize, name: (usize, u32), control: (usize, usize)) -> libc::msghdr {
    // SAFETY: all fields are numbers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = std::ptr::with_exposed_provenance_mut(pieces);
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let (Ok(count), Ok(len)) = (count.min(MOST).try_into(), control.1.try_into()) {
        message.msg_iovlen = count;
        message.msg_controllen = len;
    }
    message.msg_name = std::ptr::with_exposed_provenance_mut(name.0);
    message.msg_namelen = name.1;
    message.msg_control = std::ptr::with_exposed_provenance_mut(control.0);
    message
}

/// Sends pieces as one message with control data in the kernel's form.
#[must_use]
pub fn send(fd: Fd, pieces: &[Piece<'_>], receiver: &Receiver<'_>, control: &[u8]) -> Answer {
    let bits = (libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT).unsigned_abs() as usize;
    let control = (control.as_ptr().expose_provenance(), control.len());
    let message = header(pieces.as_ptr() as usize, pieces.len(), receiver.words(), control);
    // SAFETY: the kernel only reads, from locals and from what they point to, and checks that.
    unsafe { crate::sys::ask(Sysno::sendmsg, [fd.raw(), (&raw const message) as usize, bits, 0, 0, 0]) }
}

/// Receives a message into pieces, its sender's address into its place, and its control data.
#[must_use]
pub fn receive(
    fd: Fd,
    pieces: &mut [Piece<'_>],
    name: &UserName<'_>,
    room: &mut ControlRoom,
    peek: bool,
) -> (Received, Beside) {
    let mut bits = libc::MSG_DONTWAIT | libc::MSG_CMSG_CLOEXEC;
    if peek {
        bits |= libc::MSG_PEEK;
    }
    let control = (room.0.as_mut_ptr().expose_provenance(), room.0.len());
    let mut message = header(pieces.as_mut_ptr() as usize, pieces.len(), name.words(), control);
    // SAFETY: header, vector and control room are ours; the memory that the others point to is the caller's to hand out, by
    // `Piece` and `UserName`.
    let answer = unsafe {
        let bits = bits.unsigned_abs() as usize;
        crate::sys::ask(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, bits, 0, 0, 0])
    };
    let cut = message.msg_flags & libc::MSG_TRUNC != 0;
    let received = Received::of(answer, cut);
    if answer.result().is_err() {
        return (received, Beside::default());
    }
    #[allow(clippy::useless_conversion, reason = "not the same type with every libc")]
    let control_len = usize::try_from(message.msg_controllen).unwrap_or(0);
    let control_cut = message.msg_flags & libc::MSG_CTRUNC != 0;
    let name_len = if name.is_wanted() { message.msg_namelen } else { 0 };
    (received, Beside { name_len, control_len, control_cut, cut })
}
