//! Moving data: one attempt each, never waiting, never raising SIGPIPE.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicU8, Ordering};

use syscalls::Sysno;

use crate::sys::user::pieces::{MOST, Piece};
use crate::sys::{Address, Answer, Errno, Fd, Receiver, UserBuf, UserBufMut, UserName, call};

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

    #[inline(always)]
    const fn to_send(self) -> usize {
        self.to_receive() | libc::MSG_NOSIGNAL.unsigned_abs() as usize
    }

    /// Without MSG_NOSIGNAL: packet sockets refuse flags that are not for receiving.
    #[inline(always)]
    const fn to_receive(self) -> usize {
        let mut bits = libc::MSG_DONTWAIT;
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
#[inline]
pub fn send(fd: Fd, buf: UserBuf<'_>, ask: Ask) -> Answer {
    // SAFETY: the kernel only reads from the buffer, and checks it.
    unsafe { crate::sys::ask(Sysno::sendto, [fd.raw(), buf.address(), buf.len(), ask.to_send(), 0, 0]) }
}

/// Sends to an address; the number of bytes that the kernel took.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait, `EFAULT` also for an address that cannot be read.
#[inline(always)]
pub fn send_to(fd: Fd, buf: UserBuf<'_>, receiver: &Receiver<'_>, ask: Ask) -> Answer {
    if let Receiver::By(address, index) = receiver {
        return send_by(fd, &[Piece::from(buf)], address, *index, ask);
    }
    let (name, len) = receiver.words();
    // SAFETY: the kernel only reads from the buffer and from the address, and checks both.
    unsafe {
        crate::sys::ask(
            Sysno::sendto,
            [fd.raw(), buf.address(), buf.len(), ask.to_send(), name, len as usize],
        )
    }
}

/// Sends pieces as one message, the first 1024 of them.
///
/// # Errors
/// The kernel's error; `EAGAIN` where it would have to wait, `EFAULT` also for an address that cannot be read.
#[inline(always)]
pub fn send_pieces(fd: Fd, pieces: &[Piece<'_>], receiver: &Receiver<'_>, ask: Ask) -> Answer {
    if let Receiver::By(address, index) = receiver {
        return send_by(fd, pieces, address, *index, ask);
    }
    let (name, len) = receiver.words();
    if let [one] = pieces {
        let words = [fd.raw(), one.address(), one.len(), ask.to_send(), name, len as usize];
        // SAFETY: the kernel only reads from the buffer and from the address, and checks both.
        return unsafe { crate::sys::ask(Sysno::sendto, words) };
    }
    let message = header(pieces.as_ptr() as usize, pieces.len(), name, len);
    // SAFETY: the kernel only reads, from locals and from what they point to, and checks that.
    unsafe {
        crate::sys::ask(Sysno::sendmsg, [fd.raw(), (&raw const message) as usize, ask.to_send(), 0, 0, 0])
    }
}

/// A control message of one `in_pktinfo`.
#[repr(C, align(8))]
struct ByInterface {
    header: libc::cmsghdr,
    information: libc::in_pktinfo,
}

/// Sends pieces as one message of IPv4 by a certain interface.
#[cold]
fn send_by(fd: Fd, pieces: &[Piece<'_>], address: &Address, index: u32, ask: Ask) -> Answer {
    let len = u32::try_from(address.len()).unwrap_or(0);
    let mut message = header(pieces.as_ptr() as usize, pieces.len(), address.as_ptr(), len);
    // SAFETY: all fields are numbers, for which zero is a value.
    let mut control: ByInterface = unsafe { MaybeUninit::zeroed().assume_init() };
    let used = size_of::<libc::cmsghdr>() + size_of::<libc::in_pktinfo>();
    #[allow(
        clippy::useless_conversion,
        irrefutable_let_patterns,
        reason = "not the same type with every libc"
    )]
    if let (Ok(used), Ok(whole)) = (used.try_into(), size_of::<ByInterface>().try_into()) {
        control.header.cmsg_len = used;
        message.msg_controllen = whole;
    }
    control.header.cmsg_level = libc::IPPROTO_IP;
    control.header.cmsg_type = libc::IP_PKTINFO;
    control.information.ipi_ifindex = index.cast_signed();
    message.msg_control = (&raw mut control).cast();
    // SAFETY: the kernel only reads, from locals and from what they point to, and checks that.
    unsafe {
        crate::sys::ask(Sysno::sendmsg, [fd.raw(), (&raw const message) as usize, ask.to_send(), 0, 0, 0])
    }
}

/// What `sendmsg` and `recvmsg` are told.
#[inline(always)]
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

/// What one attempt to receive gave, in one register: the kernel's answer, or something that is none.
#[derive(Clone, Copy, Debug)]
pub struct Received(Answer);

impl Received {
    /// The datagram was longer than the buffer, and its rest is lost.
    const CUT: usize = isize::MIN.cast_unsigned();

    /// No bytes.
    pub const NOTHING: Self = Self(Answer(0));

    /// There was no attempt.
    pub const NEVER: Self = Self(Answer(Self::CUT + 1));

    /// Nothing was received: the socket is not of the kind that it was taken for.
    const OTHER_KIND: Self = Self(Answer(Self::CUT + 2));

    #[inline(always)]
    const fn new(answer: Answer, cut: bool) -> Self {
        // An error stays one: then the kernel has not said whether anything was cut.
        if cut && answer.0 < Self::CUT { Self(Answer(Self::CUT)) } else { Self(answer) }
    }

    pub(in crate::sys) const fn of(answer: Answer, cut: bool) -> Self {
        Self::new(answer, cut)
    }

    /// Whether there was nothing to receive, and a call that may wait would wait.
    #[must_use]
    #[inline(always)]
    pub const fn is_nothing_yet(self) -> bool {
        self.0.is(Answer::refusal(Errno::new(libc::EAGAIN)).0)
    }

    /// The answer that means this error.
    #[must_use]
    pub const fn refusal(errno: Errno) -> Self {
        Self(Answer::refusal(errno))
    }

    /// Whether nothing was received since the socket is not of the kind that it was taken for.
    #[must_use]
    pub const fn is_other_kind(self) -> bool {
        self.0.0 == Self::OTHER_KIND.0.0
    }

    /// Whether there was an attempt.
    #[must_use]
    pub const fn was_tried(self) -> bool {
        self.0.0 != Self::NEVER.0.0
    }

    /// The number of bytes, where there are some, and nothing was cut.
    #[must_use]
    #[inline(always)]
    pub const fn bytes(self) -> Option<usize> {
        let Self(Answer(value)) = self;
        if value.wrapping_sub(1) < Self::CUT - 1 { Some(value) } else { None }
    }

    /// The number of bytes; `None` for a datagram that was cut.
    ///
    /// # Errors
    /// The kernel's.
    pub fn result(self) -> Result<Option<usize>, Errno> {
        if self.0.is(Self::CUT) { Ok(None) } else { self.0.result().map(Some) }
    }
}

/// Receives into one buffer from a socket that is known to be a stream. `EAGAIN` where it would have to wait.
#[inline(always)]
#[must_use]
pub fn recv_stream(fd: Fd, buf: &mut UserBufMut<'_>) -> Received {
    let bits = Ask::PLAIN.to_receive();
    // SAFETY: the memory is the caller's to hand out, by `UserBufMut`; the kernel checks it.
    let answer =
        unsafe { crate::sys::ask(Sysno::recvfrom, [fd.raw(), buf.address(), buf.len(), bits, 0, 0]) };
    Received::new(answer, false)
}

/// UDP's receiving takes no notice of MSG_OOB, and with MSG_TRUNC it tells how long a datagram was that did not fit; a
/// stream, of which MSG_TRUNC alone would take bytes away, refuses the two together, unless urgent data waits.
const OF_DATAGRAMS: i32 = libc::MSG_DONTWAIT | libc::MSG_TRUNC | libc::MSG_OOB;

/// Receives into one buffer from a socket that is known to be of UDP, and the sender's address into its place: like
/// [`recv_pieces`], but without a header and a vector for the kernel to read, which are a quarter of the call.
#[inline(always)]
#[must_use]
pub fn recv_datagram(fd: Fd, buf: &mut UserBufMut<'_>, name: &UserName<'_>) -> (Received, u32) {
    let (place, mut len) = name.words();
    let len_at = if place == 0 { 0 } else { (&raw mut len) as usize };
    let bits = OF_DATAGRAMS.unsigned_abs() as usize;
    // SAFETY: the memory is the caller's to hand out, by `UserBufMut` and `UserName`, and the kernel checks it; the length
    // is a local.
    let answer = unsafe {
        crate::sys::ask(Sysno::recvfrom, [fd.raw(), buf.address(), buf.len(), bits, place, len_at])
    };
    // After a failure the length still says how much room there was.
    let named = place != 0 && answer.result().is_ok();
    (of_datagram(answer, buf.len()), if named { len } else { 0 })
}

#[inline(always)]
const fn of_datagram(answer: Answer, room: usize) -> Received {
    if answer.0 <= room { Received(answer) } else { of_other_datagram(answer) }
}

#[cold]
const fn of_other_datagram(answer: Answer) -> Received {
    const INVALID: usize = Answer::refusal(Errno::new(libc::EINVAL)).0;
    const UNSUPPORTED: usize = Answer::refusal(Errno::new(libc::EOPNOTSUPP)).0;
    match answer.0 {
        INVALID | UNSUPPORTED => Received::OTHER_KIND,
        _ => Received::new(answer, true),
    }
}

/// By family, whether [`recv_datagram`] can be used: 0 until the kernel was asked, 1 for no, 2 for yes.
static DATAGRAMS: [AtomicU8; 2] = [const { AtomicU8::new(0) }; 2];

const fn of_family(v6: bool) -> &'static AtomicU8 {
    let [v4, other] = &DATAGRAMS;
    if v6 { other } else { v4 }
}

/// Whether [`recv_datagram`] can be used, as far as [`find_out_about_datagrams`] was asked.
#[must_use]
pub fn datagrams_tell_their_length(v6: bool) -> bool {
    of_family(v6).load(Ordering::Relaxed) == 2
}

/// Asks the kernel, once in a process, with a UDP socket that was just made and that nothing has arrived at: what takes
/// notice of MSG_OOB refuses it.
pub fn find_out_about_datagrams(new: Fd, v6: bool) {
    let answer = of_family(v6);
    if answer.load(Ordering::Relaxed) == 0 {
        let received = recv_datagram(new, &mut UserBufMut::from(&mut [][..]), &UserName::NOWHERE).0;
        answer.store(1 + u8::from(received.is_nothing_yet()), Ordering::Relaxed);
    }
}

/// Receives into one buffer from any socket.
///
/// `recvmsg`, since only it tells that a datagram did not fit without being told first what kind of socket it is.
/// `EAGAIN` where it would have to wait.
#[inline(always)]
#[must_use]
pub fn recv(fd: Fd, buf: &mut UserBufMut<'_>, ask: Ask) -> Received {
    recv_pieces(fd, &mut [Piece::from(buf)], &UserName::NOWHERE, ask).0
}

/// Receives a message into pieces, the first 1024 of them, and its sender's address into its place; also the
/// length of that address, 0 where there is none. `EAGAIN` where it would have to wait, `EFAULT` also for the
/// address' place: the message is lost then.
#[inline(always)]
#[must_use]
pub fn recv_pieces(fd: Fd, pieces: &mut [Piece<'_>], name: &UserName<'_>, ask: Ask) -> (Received, u32) {
    let (place, room) = name.words();
    let mut message = header(pieces.as_mut_ptr() as usize, pieces.len(), place, room);
    // SAFETY: header and vector are ours; the memory they point to is the caller's to hand out, by `Piece` and
    // `UserName`.
    let answer = unsafe {
        crate::sys::ask(Sysno::recvmsg, [fd.raw(), (&raw mut message) as usize, ask.to_receive(), 0, 0, 0])
    };
    let received = Received::new(answer, message.msg_flags & libc::MSG_TRUNC != 0);
    // After a failure the length still says how much room there was.
    let named = place != 0 && received.result().is_ok();
    (received, if named { message.msg_namelen } else { 0 })
}

/// Takes and drops what has been received, up to a limit of rounds; for a stream that must not deliver it any more.
pub fn discard_received(fd: Fd) {
    let bits = (libc::MSG_DONTWAIT | libc::MSG_TRUNC).unsigned_abs() as usize;
    // SAFETY: with MSG_TRUNC a TCP socket drops bytes and writes none, whatever the length.
    while matches!(unsafe { call(Sysno::recvfrom, [fd.raw(), 0, 1 << 30, bits, 0, 0]) }, Ok(1..)) {}
}

/// Whether a stream has at least a byte to give, behind an urgent one, too, which is passed over.
#[must_use]
pub fn has_data(fd: Fd) -> bool {
    let mut byte = 0_u8;
    let flags = (libc::MSG_PEEK | libc::MSG_DONTWAIT).unsigned_abs() as usize;
    // SAFETY: the kernel writes to a local of one byte.
    let got = unsafe { call(Sysno::recvfrom, [fd.raw(), (&raw mut byte) as usize, 1, flags, 0, 0]) };
    got == Ok(1)
}

/// Whether the urgent byte that is the next one in the stream was received apart already: then the kernel has none to
/// show.
#[must_use]
pub fn urgent_byte_was_taken(fd: Fd) -> bool {
    let mut byte = 0_u8;
    let flags = (libc::MSG_OOB | libc::MSG_PEEK | libc::MSG_DONTWAIT).unsigned_abs() as usize;
    // SAFETY: the kernel writes to a local of one byte.
    let shown = unsafe { call(Sysno::recvfrom, [fd.raw(), (&raw mut byte) as usize, 1, flags, 0, 0]) };
    shown.is_err_and(|errno| errno.number() == libc::EINVAL)
}

/// Whether a stream has something to receive, or is at its end; nothing is taken.
///
/// # Errors
/// The kernel's; `EAGAIN` where there is nothing yet.
pub fn look_for_data(fd: Fd) -> Result<(), Errno> {
    let mut byte = 0_u8;
    let flags = (libc::MSG_PEEK | libc::MSG_DONTWAIT).unsigned_abs() as usize;
    // SAFETY: the kernel writes to a local of one byte.
    unsafe { call(Sysno::recvfrom, [fd.raw(), (&raw mut byte) as usize, 1, flags, 0, 0]) }.map(|_| ())
}

/// Takes and drops the next byte of a stream.
pub fn discard_byte(fd: Fd) {
    let mut byte = 0_u8;
    let flags = libc::MSG_DONTWAIT.unsigned_abs() as usize;
    // SAFETY: likewise.
    let _ = unsafe { call(Sysno::recvfrom, [fd.raw(), (&raw mut byte) as usize, 1, flags, 0, 0]) };
}
