//! Giving a descriptor to another process: an abstract Unix socket, who is at its other end, and the message that carries
//! the descriptor.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use super::option;
use crate::sys::{Address, Errno, Fd, call};

/// The abstract address of this name.
///
/// # Errors
/// `EINVAL`: too long.
pub fn abstract_address(name: &[u8]) -> Result<Address, Errno> {
    let family = u16::try_from(libc::AF_UNIX).unwrap_or(0).to_ne_bytes();
    let mut bytes = [0; 110];
    let long = family.len() + 1 + name.len();
    let all = family.iter().chain(&[0]).chain(name);
    bytes.iter_mut().zip(all).for_each(|(to, from)| *to = *from);
    Address::new(bytes.get(..long).ok_or(Errno::new(libc::EINVAL))?)
}

/// The process and the user at the other end of a Unix socket, as they were when it connected.
///
/// # Errors
/// The kernel's error.
pub fn peer_credentials(fd: Fd) -> Result<(u32, u32), Errno> {
    let mut credentials = [0_u8; size_of::<libc::ucred>()];
    option::get_bytes(fd, libc::SOL_SOCKET, libc::SO_PEERCRED, &mut credentials)?;
    let number = |at: usize| {
        credentials.get(at..).and_then(|rest| rest.first_chunk()).map_or(u32::MAX, |n| u32::from_ne_bytes(*n))
    };
    Ok((number(0), number(4)))
}

/// One descriptor as a control message.
#[repr(C, align(8))]
struct Control {
    header: libc::cmsghdr,
    fd: i32,
    padding: i32,
}

/// The length of a control message with one descriptor.
const ONE: usize = size_of::<libc::cmsghdr>() + size_of::<i32>();

/// A header of a message of one byte, with room for a descriptor.
fn header(byte: &mut libc::iovec, control: &mut Control) -> libc::msghdr {
    // SAFETY: numbers and pointers all through, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = byte;
    message.msg_control = (&raw mut *control).cast();
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let (Ok(count), Ok(len)) = (1_usize.try_into(), size_of::<Control>().try_into()) {
        message.msg_iovlen = count;
        message.msg_controllen = len;
    }
    message
}

/// Sends a descriptor with one byte; never waits, never raises SIGPIPE.
///
/// # Errors
/// The kernel's error.
pub fn send_descriptor(over: Fd, fd: Fd, mut word: u8) -> Result<(), Errno> {
    let mut byte = libc::iovec { iov_base: (&raw mut word).cast(), iov_len: 1 };
    // SAFETY: numbers all through, for which zero is a value.
    let mut control: Control = unsafe { MaybeUninit::zeroed().assume_init() };
    control.header.cmsg_level = libc::SOL_SOCKET;
    control.header.cmsg_type = libc::SCM_RIGHTS;
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let Ok(len) = ONE.try_into() {
        control.header.cmsg_len = len;
    }
    control.fd = fd.number();
    let message = header(&mut byte, &mut control);
    let flags = (libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT).cast_unsigned() as usize;
    // SAFETY: the kernel reads locals.
    unsafe { call(Sysno::sendmsg, [over.raw(), (&raw const message) as usize, flags, 0, 0, 0])? };
    Ok(())
}

/// Receives a descriptor and its byte; none where the other side has closed, or sent something else. The descriptor is
/// closed on exec.
///
/// # Errors
/// The kernel's error.
pub fn receive_descriptor(over: Fd) -> Result<Option<(Fd, u8)>, Errno> {
    receive(over, 0)
}

/// The same without waiting.
///
/// # Errors
/// The kernel's error; `EAGAIN`: nothing has come yet.
pub fn receive_descriptor_now(over: Fd) -> Result<Option<(Fd, u8)>, Errno> {
    receive(over, libc::MSG_DONTWAIT)
}

fn receive(over: Fd, flags: i32) -> Result<Option<(Fd, u8)>, Errno> {
    let mut word = 0_u8;
    let mut byte = libc::iovec { iov_base: (&raw mut word).cast(), iov_len: 1 };
    // SAFETY: numbers all through, for which zero is a value.
    let mut control: Control = unsafe { MaybeUninit::zeroed().assume_init() };
    let mut message = header(&mut byte, &mut control);
    let flags = (libc::MSG_CMSG_CLOEXEC | flags).cast_unsigned() as usize;
    // SAFETY: the kernel writes to locals, no more than the header says.
    let got = unsafe { call(Sysno::recvmsg, [over.raw(), (&raw mut message) as usize, flags, 0, 0, 0])? };
    #[allow(clippy::unnecessary_cast, reason = "not the same type with every libc")]
    let is_one = got == 1
        && control.header.cmsg_len as usize == ONE
        && control.header.cmsg_level == libc::SOL_SOCKET
        && control.header.cmsg_type == libc::SCM_RIGHTS;
    let fd = usize::try_from(control.fd).ok().filter(|_| is_one).and_then(Fd::from_socket);
    Ok(fd.map(|fd| (fd, word)))
}
