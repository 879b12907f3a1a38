//! The messages of ICMP that the kernel keeps for a socket.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use crate::sys::{Address, Errno, Fd, call};

/// A message of ICMP about something that the socket has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icmp {
    /// Who sent it.
    pub from: Address,
    /// ICMPv6, not ICMP.
    pub is_ipv6: bool,
    /// Its type.
    pub kind: u8,
    /// Its code.
    pub code: u8,
}

/// A control message of one `sock_extended_err` with an address behind it.
#[repr(C, align(8))]
struct Control {
    header: libc::cmsghdr,
    error: libc::sock_extended_err,
    from: [u8; 28],
}

/// Takes the next message; none where there is none, or only others than of ICMP.
///
/// # Errors
/// The kernel's error.
pub fn take_icmp(fd: Fd) -> Result<Option<Icmp>, Errno> {
    loop {
        // SAFETY: numbers and pointers all through, for which zero is a value.
        let mut control: Control = unsafe { MaybeUninit::zeroed().assume_init() };
        // SAFETY: likewise.
        let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
        message.msg_control = (&raw mut control).cast();
        #[allow(
            clippy::useless_conversion,
            irrefutable_let_patterns,
            reason = "not the same type with every libc"
        )]
        if let Ok(len) = size_of::<Control>().try_into() {
            message.msg_controllen = len;
        }
        let flags = (libc::MSG_ERRQUEUE | libc::MSG_DONTWAIT).cast_unsigned() as usize;
        // SAFETY: the kernel writes to locals, no more than the header says.
        match unsafe { call(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, flags, 0, 0, 0]) } {
            Err(errno) if errno.number() == libc::EAGAIN => return Ok(None),
            result => result?,
        };
        let is_ipv6 = match control.error.ee_origin {
            libc::SO_EE_ORIGIN_ICMP => false,
            libc::SO_EE_ORIGIN_ICMP6 => true,
            _ => continue,
        };
        let len = if is_ipv6 { 28 } else { 16 };
        let from = Address::new(control.from.get(..len).unwrap_or_default())?;
        return Ok(Some(Icmp { from, is_ipv6, kind: control.error.ee_type, code: control.error.ee_code }));
    }
}
