//! Echo requests of ICMP: one request, and what comes back for it.
//!
//! Linux has a kind of socket for that, which the system lets groups of users make; who may make raw sockets gets by without.

use std::mem::MaybeUninit;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use syscalls::Sysno;

use super::{Address, error_queue, option, socket};
use crate::sys::event::clock;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::process::thread;
use crate::sys::{Errno, Fd, call, room};

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Whom it goes to.
    pub to: Ipv4Addr,
    /// The address that it comes from; the system's choice without.
    pub from: Option<Ipv4Addr>,
    /// How many routers it may pass.
    pub ttl: u8,
    /// The type of service.
    pub tos: u8,
    /// It must not be divided.
    pub whole: bool,
    /// What the other side sends back.
    pub data: &'a [u8],
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields' names say it")]
pub enum Answer {
    /// The reply, with what its header says.
    Reply { from: Ipv4Addr, ttl: u8, tos: u8, data: Vec<u8> },
    /// A message about the request: its type and code.
    Message { from: Ipv4Addr, kind: u8, code: u8 },
}

/// An open socket, closed with the value.
struct Open {
    fd: Fd,
    raw: bool,
}

impl Drop for Open {
    fn drop(&mut self) {
        socket::close(self.fd);
    }
}

/// A socket for echo requests, and whether it is a raw one.
fn open() -> Result<Open, Errno> {
    let kind = |kind: i32| socket::socket(libc::AF_INET, kind | libc::SOCK_CLOEXEC, libc::IPPROTO_ICMP);
    match kind(libc::SOCK_DGRAM) {
        Ok(fd) => Ok(Open { fd, raw: false }),
        Err(first) => kind(libc::SOCK_RAW).map(|fd| Open { fd, raw: true }).map_err(|errno| {
            // Both are forbidden, or there is no room for either.
            if errno.number() == libc::EPERM { Errno::new(libc::EACCES) } else { first }
        }),
    }
}

/// Whether this process may send echo requests.
///
/// # Errors
/// `EACCES`; `EMFILE` and the like.
pub fn token() -> Result<Fd, Errno> {
    let open = open()?;
    // Nobody reads from it: it is to keep nothing.
    let _ = option::set(open.fd, libc::SOL_SOCKET, libc::SO_RCVBUF, 0_i32);
    let fd = open.fd;
    std::mem::forget(open);
    Ok(fd)
}

/// The sum of ICMP over a message.
fn sum(bytes: &[u8]) -> u16 {
    let total = bytes.chunks(2).fold(0_u32, |total, pair| {
        let high = pair.first().copied().unwrap_or(0);
        total.wrapping_add(u32::from(high) << 8 | u32::from(pair.get(1).copied().unwrap_or(0)))
    });
    let folded = (total & 0xFFFF) + (total >> 16);
    let folded = (folded & 0xFFFF) + (folded >> 16);
    u16::try_from(folded & 0xFFFF).map_or(0, |folded| !folded)
}

const NO_MEMORY: Errno = Errno::new(libc::ENOMEM);

/// The message of a request.
fn message(id: u16, sequence: u16, data: &[u8]) -> Result<Vec<u8>, Errno> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(8 + data.len()).map_err(|_| NO_MEMORY)?;
    bytes.extend([8, 0, 0, 0]);
    bytes.extend(id.to_be_bytes());
    bytes.extend(sequence.to_be_bytes());
    bytes.extend_from_slice(data);
    let [high, low] = sum(&bytes).to_be_bytes();
    if let [_, _, first, second, ..] = bytes.as_mut_slice() {
        (*first, *second) = (high, low);
    }
    Ok(bytes)
}

fn send(fd: Fd, bytes: &[u8], to: &Address) -> Result<(), Errno> {
    let to = to.bytes();
    let flags = libc::MSG_NOSIGNAL.unsigned_abs() as usize;
    let arguments = [fd.raw(), bytes.as_ptr() as usize, bytes.len(), flags, to.as_ptr() as usize, to.len()];
    // SAFETY: the kernel reads slices of ours.
    unsafe { call(Sysno::sendto, arguments) }.map(drop)
}

/// What was received, and its sender.
struct Received {
    bytes: Vec<u8>,
    from: Option<Ipv4Addr>,
    ttl: u8,
    tos: u8,
}

fn receive(fd: Fd) -> Result<Received, Errno> {
    #[repr(C, align(8))]
    struct Control([u8; 128]);
    let mut bytes = room::filled(0_u8, 65_536).map_err(|_| NO_MEMORY)?;
    let mut control = Control([0; 128]);
    let mut name = [0_u8; 28];
    let mut piece = libc::iovec { iov_base: bytes.as_mut_ptr().cast(), iov_len: bytes.len() };
    // SAFETY: numbers and pointers all through, for which zero is a value.
    let mut header: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    header.msg_name = name.as_mut_ptr().cast();
    header.msg_namelen = u32::try_from(name.len()).unwrap_or(0);
    header.msg_iov = &raw mut piece;
    header.msg_iovlen = 1;
    header.msg_control = control.0.as_mut_ptr().cast();
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let Ok(len) = control.0.len().try_into() {
        header.msg_controllen = len;
    }
    let flags = libc::MSG_DONTWAIT.unsigned_abs() as usize;
    // SAFETY: the kernel writes to locals, no more than the header says.
    let len = unsafe { call(Sysno::recvmsg, [fd.raw(), (&raw mut header) as usize, flags, 0, 0, 0])? };
    bytes.truncate(len);
    let (mut ttl, mut tos) = (0, 0);
    // SAFETY: the kernel has written whole messages, whose lengths the header says.
    unsafe {
        let mut at = libc::CMSG_FIRSTHDR(&raw const header);
        while let Some(control) = at.as_ref() {
            let value = libc::CMSG_DATA(at);
            if control.cmsg_level == libc::IPPROTO_IP && control.cmsg_type == libc::IP_TTL {
                ttl = u8::try_from(value.cast::<i32>().read_unaligned()).unwrap_or(0);
            } else if control.cmsg_level == libc::IPPROTO_IP && control.cmsg_type == libc::IP_TOS {
                tos = value.read();
            }
            at = libc::CMSG_NXTHDR(&raw const header, at);
        }
    }
    let named = usize::try_from(header.msg_namelen).unwrap_or(0).min(name.len());
    let from = Address::new(name.get(..named).unwrap_or_default()).ok().and_then(|address| address.ip());
    let from = from.and_then(|ip| if let IpAddr::V4(ip) = ip { Some(ip) } else { None });
    Ok(Received { bytes, from, ttl, tos })
}

/// The reply in what was received, if it is that to this request. `raw`: the header of IP comes first.
fn reply(received: Received, raw: bool, id: u16, sequence: u16) -> Option<Answer> {
    let Received { mut bytes, from, mut ttl, mut tos } = received;
    let message = if raw {
        let first = *bytes.first()?;
        (tos, ttl) = (*bytes.get(1)?, *bytes.get(8)?);
        bytes.get(usize::from(first & 0xF) * 4..)?
    } else {
        bytes.as_slice()
    };
    let &[0, 0, _, _, id_high, id_low, sequence_high, sequence_low, ref data @ ..] = message else {
        return None;
    };
    let same = u16::from_be_bytes([sequence_high, sequence_low]) == sequence
        // The kernel gives the other kind of socket an identifier of its own.
        && (!raw || u16::from_be_bytes([id_high, id_low]) == id);
    if !same {
        return None;
    }
    let before = bytes.len() - data.len();
    bytes.drain(..before);
    Some(Answer::Reply { from: from.unwrap_or(Ipv4Addr::UNSPECIFIED), ttl, tos, data: bytes })
}

fn prepare(open: &Open, request: &Request<'_>) -> Result<(), Errno> {
    const IP_PMTUDISC_DO: i32 = 2;
    const IP_PMTUDISC_DONT: i32 = 0;
    let fd = open.fd;
    let set = |name: i32, value: i32| option::set(fd, libc::IPPROTO_IP, name, value);
    set(libc::IP_RECVERR, 1)?;
    set(libc::IP_RECVTTL, 1)?;
    set(libc::IP_RECVTOS, 1)?;
    set(libc::IP_TTL, i32::from(request.ttl))?;
    set(libc::IP_TOS, i32::from(request.tos))?;
    set(libc::IP_MTU_DISCOVER, if request.whole { IP_PMTUDISC_DO } else { IP_PMTUDISC_DONT })?;
    if let Some(from) = request.from {
        socket::bind(fd, &Address::of(from.into(), 0)?)?;
    }
    // Only what has to do with that machine; a broadcast address is answered by others.
    if !request.to.is_broadcast() && !request.to.is_multicast() {
        socket::connect(fd, &Address::of(request.to.into(), 0)?)?;
    }
    Ok(())
}

/// Sends a request and waits for what comes back: that and the time that it took, or nothing where the time is over.
///
/// # Errors
/// `EACCES`: the system does not let this user. Those of the kernel for an address that no way leads to: `ENETUNREACH`,
/// `EHOSTUNREACH`, `EMSGSIZE`, `EADDRNOTAVAIL`. `ENOMEM`.
pub fn ask(request: &Request<'_>, limit: Duration) -> Result<Option<(Answer, Duration)>, Errno> {
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let open = open()?;
    prepare(&open, request)?;
    let sequence = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = u16::try_from(thread::number() & 0xFFFF).unwrap_or(1);
    let begun = clock::monotonic();
    let deadline = begun.saturating_add(u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX));
    let passed = || Duration::from_nanos(clock::monotonic().saturating_sub(begun));
    send(open.fd, &message(id, sequence, request.data)?, &Address::of(request.to.into(), 0)?)?;
    loop {
        let left = Duration::from_nanos(deadline.saturating_sub(clock::monotonic()));
        let mut fds = [PollFd::new(open.fd, libc::POLLIN)];
        match poll(&mut fds, Some(left)) {
            Err(errno) if errno.number() == libc::EINTR => continue,
            Err(errno) => return Err(errno),
            Ok(0) => return Ok(None),
            Ok(_) => {}
        }
        if let Some(icmp) = error_queue::take_icmp(open.fd)? {
            let from = if let Some(IpAddr::V4(from)) = icmp.from.ip() { from } else { Ipv4Addr::UNSPECIFIED };
            return Ok(Some((Answer::Message { from, kind: icmp.kind, code: icmp.code }, passed())));
        }
        match receive(open.fd) {
            Ok(received) => {
                if let Some(answer) = reply(received, open.raw, id, sequence) {
                    return Ok(Some((answer, passed())));
                }
            }
            Err(errno) if matches!(errno.number(), libc::EAGAIN | libc::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums() {
        assert_eq!(sum(&[]), 0xFFFF);
        assert_eq!(sum(&[8, 0, 0, 0, 0, 1, 0, 2]), !0x0803);
        assert_eq!(sum(&[0xFF, 0xFF, 0xFF]), !0xFF00);
        for data in [&b""[..], b"a", b"abcd", &[0xFF; 33]] {
            assert_eq!(sum(&message(7, 9, data).unwrap()), 0, "{data:?}");
        }
    }

    #[test]
    fn replies_to_others_are_none() {
        let received = |bytes: &[u8]| Received { bytes: bytes.to_vec(), from: None, ttl: 1, tos: 0 };
        let mut whole = vec![0x45, 4, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1];
        whole.extend([0, 0, 0, 0, 0, 7, 0, 9, b'x']);
        let from = Ipv4Addr::UNSPECIFIED;
        let expected = Answer::Reply { from, ttl: 64, tos: 4, data: b"x".to_vec() };
        assert_eq!(reply(received(&whole), true, 7, 9), Some(expected));
        assert_eq!(reply(received(&whole), true, 8, 9), None);
        assert_eq!(reply(received(&whole), true, 7, 8), None);
        assert_eq!(reply(received(&whole[..24]), true, 7, 9), None);
        assert_eq!(reply(received(&[]), false, 7, 9), None);
        // A request, as a raw socket on the loopback sees it.
        assert_eq!(reply(received(&[8, 0, 0, 0, 0, 7, 0, 9]), false, 7, 9), None);
    }
}
