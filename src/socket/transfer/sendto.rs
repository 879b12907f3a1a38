//! `sendto`, `WSASend` and `WSASendTo`: messages that name their receiver, and messages in several pieces.

use crate::descriptor::family::{self, Family};
use crate::descriptor::{self, On, Once, Steady};
use crate::error::WsaError;
use crate::error::diagnosis::{self, Direction, Verdict};
use crate::error::evidence::Evidence;
use crate::error::failure::Failure;
use crate::socket::address::{self, ANOTHER_FAMILY};
use crate::socket::connect::{is_limited_broadcast, may_broadcast};
use crate::socket::evidence;
use crate::socket::scope;
use crate::socket::transfer::send::{self, Attempt, Load, Next};
use crate::socket::transfer::{is_no_socket, judge, judge_addressed, look, look_addressed};
use crate::sys::net::message;
use crate::sys::net::option;
use crate::sys::net::transfer::{self, Ask};
use crate::sys::{Address, Answer, Errno, Fd, Pieces, Receiver, UserAddress, UserBuf};

/// The common path of `sendto`, see [`send::attempt`].
///
/// It is one system call where the address has the kernel's form, which is so but for IPv6: the kernel gets C's
/// pointer, and checks it. An IPv6 address is read and translated first, since its family has another number.
#[inline(always)]
#[must_use]
pub fn attempt(socket: usize, buf: UserBuf<'_>, flags: i32, to: UserAddress<'_>) -> Option<Attempt> {
    match Fd::from_socket(socket) {
        Some(fd) if flags == 0 && goes_unseen(fd, to) => Some(Attempt::make(Once::begin(fd), |once| {
            transfer::send_to(once.fd(), buf, &Receiver::Unseen(to), Ask::PLAIN)
        })),
        _ => attempt_translated(socket, buf, flags, to),
    }
}

/// The IPv6 address of a socket that is known to be of IPv6. For what is not known the kernel would have to be asked first.
#[inline(never)]
fn attempt_translated(socket: usize, buf: UserBuf<'_>, flags: i32, to: UserAddress<'_>) -> Option<Attempt> {
    let fd = Fd::from_socket(socket).filter(|fd| flags == 0 && family::known(*fd) == Some(Family::V6))?;
    let name = address::read_ipv6(to)?;
    Some(Attempt::make(Once::begin(fd), |once| {
        transfer::send_to(once.fd(), buf, &Receiver::Short(&name), Ask::PLAIN)
    }))
}

/// Whether the kernel can take C's address as it is, as far as is known.
#[inline(always)]
fn goes_unseen(fd: Fd, to: UserAddress<'_>) -> bool {
    to.is_absent() || matches!(family::known(fd), Some(Family::V4 | Family::Other))
}

/// Sends `buf` to an address, of which a first attempt may have sent some; the number of bytes sent. NULL for
/// the address makes it `send`.
///
/// # Errors
/// See [`crate::ffi::ws2_sendto`], which lists every code.
pub fn sendto(
    socket: usize,
    buf: UserBuf<'_>,
    flags: i32,
    to: UserAddress<'_>,
    attempt: Option<Attempt>,
) -> Result<usize, Failure> {
    let began = descriptor::epoch();
    send::send(socket, addressed(socket, buf, to)?, flags, attempt, began)
}

/// `sendto` with a bad argument, see [`send::refuse`].
///
/// # Errors
/// `failure`, or what comes before it.
pub fn refuse(socket: usize, flags: i32, to: UserAddress<'_>, failure: Failure) -> Result<usize, Failure> {
    let load = Addressed { buf: UserBuf::new(0, 0), to, receiver: Receiver::Peer };
    send::refuse(socket, &load, flags, failure)
}

/// Sends pieces as one message, to an address if there is one.
///
/// # Errors
/// See [`crate::ffi::WSASendTo`], which lists every code.
pub fn gather(socket: usize, pieces: &Pieces<'_>, flags: i32, to: UserAddress<'_>) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let total = pieces.total();
    let names_nobody = to.is_empty() && !to.is_absent();
    let attempt = if flags == 0 && goes_unseen(fd, to) && !names_nobody && !pieces.are_too_many() {
        Some(Attempt::make(Once::begin(fd), |once| {
            transfer::send_pieces(once.fd(), pieces.all(), &Receiver::Unseen(to), Ask::PLAIN)
        }))
    } else {
        None
    };
    match attempt {
        Some(attempt) if attempt.took(total) => Ok(total),
        attempt => gather_on(fd, pieces, flags, to, attempt),
    }
}

/// Every message in pieces that is not sent after one system call.
#[inline(never)]
fn gather_on(
    fd: Fd,
    pieces: &Pieces<'_>,
    flags: i32,
    to: UserAddress<'_>,
    attempt: Option<Attempt>,
) -> Result<usize, Failure> {
    let began = descriptor::epoch();
    let load =
        Gathered { pieces, from: 0, end: pieces.total(), to, receiver: receiver(fd, to)?, control: &[] };
    let socket = fd.to_socket();
    send::send(socket, load, flags, attempt, began)
}

/// What the flags of a message in pieces ask for, see [`send::ask_of`].
///
/// # Errors
/// Those of [`send::ask_of`], and what is wrong with the address.
pub fn ask_of(fd: Fd, to: UserAddress<'_>, flags: i32) -> Result<Ask, Failure> {
    let load = Addressed { buf: UserBuf::new(0, 0), to, receiver: receiver(fd, to)? };
    send::ask_of(fd, &load, flags)
}

/// Sends pieces as one message with control data in the kernel's form; the number of bytes.
///
/// # Errors
/// See [`crate::ffi::WSASendMsg`], which lists every code.
pub fn message(
    socket: usize,
    pieces: &Pieces<'_>,
    flags: i32,
    to: UserAddress<'_>,
    control: &[u8],
) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let began = descriptor::epoch();
    ask_of(fd, to, flags)?;
    let load = Gathered { pieces, from: 0, end: pieces.total(), to, receiver: receiver(fd, to)?, control };
    send::send(socket, load, flags, None, began)
}

/// One go at sending the bytes from `from` up to `end` of several pieces, without waiting: `from` says how far it came;
/// whether all is sent.
///
/// # Errors
/// The failure to report.
pub fn step(
    held: &impl Steady,
    pieces: &Pieces<'_>,
    from: &mut usize,
    end: usize,
    to: UserAddress<'_>,
    control: &[u8],
    ask: Ask,
) -> Result<bool, Failure> {
    let mut load = Gathered { pieces, from: *from, end, to, receiver: receiver(held.fd(), to)?, control };
    loop {
        match load.attempt(held, ask).result() {
            Ok(count) => {
                *from = from.saturating_add(count).min(end);
                if count >= load.len() {
                    return Ok(true);
                }
                load = load.skip(count);
            }
            Err(errno) if errno.number() == libc::EAGAIN => return Ok(false),
            Err(errno) if is_no_socket(errno) => return Err(errno.into()),
            Err(errno) => match load.failed(held, errno)? {
                Next::Again(changed) => load = changed,
                Next::Done => {
                    *from = end;
                    return Ok(true);
                }
            },
        }
    }
}

/// Whether a go that found no room can be followed by another one: a socket that is not connected yet sends nothing.
///
/// # Errors
/// `WSAENOTCONN`.
pub fn may_wait(fd: Fd) -> Result<(), Failure> {
    let again = Errno::new(libc::EAGAIN);
    match diagnosis::diagnose(Direction::Send, again, &evidence::gather_idle(fd)?) {
        Verdict::Fail(failure, _) if failure.code != WsaError::WSAEWOULDBLOCK => Err(failure),
        _ => Ok(()),
    }
}

fn addressed<'a>(socket: usize, buf: UserBuf<'a>, to: UserAddress<'a>) -> Result<Addressed<'a>, Failure> {
    Ok(Addressed { buf, to, receiver: receiver(descriptor::of(socket)?, to)? })
}

/// What the kernel is told about the receiver.
fn receiver(fd: Fd, to: UserAddress<'_>) -> Result<Receiver<'_>, Failure> {
    if to.is_absent() {
        return Ok(Receiver::Peer);
    }
    match family::of(fd)? {
        // Of an address without bytes `sendmsg` would make none at all, and send to the peer.
        Family::V4 | Family::Other if !to.is_empty() => Ok(Receiver::Unseen(to)),
        _ => translated(fd, to),
    }
}

/// The address of an IPv6 socket's message in the kernel's form. A stream takes no address, and looks at none (R9).
fn translated(fd: Fd, to: UserAddress<'_>) -> Result<Receiver<'static>, Failure> {
    match address::read(to) {
        Ok(address) if address.family() == libc::AF_INET6 => Ok(Receiver::Seen(address)),
        result => not_ipv6(fd, to, result),
    }
}

#[cold]
fn not_ipv6(
    fd: Fd,
    to: UserAddress<'_>,
    address: Result<Address, Failure>,
) -> Result<Receiver<'static>, Failure> {
    if is_stream(fd)? {
        return Ok(Receiver::Peer);
    }
    // What was known of the family may be about a descriptor that POSIX code has closed since.
    let is_ipv6 = family::learn(fd)? == Family::V6;
    let short = || if is_ipv6 { address::check_len(Family::V6, to).err() } else { None };
    let failure = match address {
        Ok(address) if !is_ipv6 => return Ok(Receiver::Seen(address)),
        // From an IPv6 socket, Linux would send to an IPv4 address where Windows takes mapped ones only.
        Ok(_) => short().unwrap_or(ANOTHER_FAMILY),
        Err(failure) => short().unwrap_or(failure),
    };
    look_addressed(fd)?;
    Err(failure)
}

fn is_stream(fd: Fd) -> Result<bool, Errno> {
    Ok(option::socket_type(fd)? == libc::SOCK_STREAM)
}

/// What follows when the kernel refused a message that named its receiver.
enum Refused {
    /// Try again, with the receiver put like this.
    Again(Receiver<'static>),
    /// Nothing can be sent to port 0, and on Windows that is no error (T26).
    Swallowed,
}

/// Finds out whether the address was the reason, which the kernel and not this library has looked at so far.
fn refused(
    fd: Fd,
    to: UserAddress<'_>,
    receiver: &Receiver<'_>,
    errno: Errno,
) -> Result<Option<Refused>, Failure> {
    if to.is_absent() || matches!(receiver, Receiver::Peer) {
        return Ok(None);
    }
    let about_the_address = matches!(
        errno.number(),
        libc::EFAULT
            | libc::EINVAL
            | libc::EISCONN
            | libc::EOPNOTSUPP
            | libc::EAFNOSUPPORT
            | libc::ENETUNREACH
            | libc::EADDRNOTAVAIL
    );
    if !about_the_address {
        return Ok(None);
    }
    if is_stream(fd)? {
        // R9. ENETUNREACH is the connection's own.
        let again = errno.number() != libc::ENETUNREACH;
        return Ok(again.then_some(Refused::Again(Receiver::Peer)));
    }
    if errno.number() == libc::EOPNOTSUPP {
        return Ok(None);
    }
    look_addressed(fd)?;
    let address = address::read_for(fd, to)?;
    let (family, number) = (family::learn(fd)?, address.family());
    if number != libc::AF_UNSPEC && Family::from_linux(number) != family {
        return Err(ANOTHER_FAMILY);
    }
    if is_limited_broadcast(&address) && !may_broadcast(fd) {
        return Err(WsaError::WSAEACCES.because("a broadcast address, and SO_BROADCAST is not set"));
    }
    if scope::is_mapped_for_ipv6_only(fd, &address) {
        return Err(scope::MAPPED);
    }
    match (errno.number(), receiver) {
        (libc::EINVAL, _) if address.port() == Some(0) => Ok(Some(Refused::Swallowed)),
        // X6: a link-local address without its interface.
        (libc::EINVAL, _) if scope::lacks_one(&address) => {
            Ok(scope::to_reach(fd, &address).map(|address| Refused::Again(Receiver::Seen(address))))
        }
        // X23: a group or 255.255.255.255, and no route there.
        (libc::ENETUNREACH, Receiver::By(_, used)) => next_interface(address, Some(*used)),
        (libc::ENETUNREACH, _) if scope::stands_for_many(&address) => next_interface(address, None),
        // The kernel saw C's own form, and may have stumbled over that: a number it does not know, more bytes
        // than it takes.
        (libc::EINVAL | libc::EAFNOSUPPORT, Receiver::Unseen(_)) => {
            Ok(Some(Refused::Again(Receiver::Seen(address))))
        }
        _ => Ok(None),
    }
}

/// Windows has a route for broadcasts and groups on every interface: the message goes by the first that can be used,
/// or by the one behind the one that was tried.
fn next_interface(address: Address, used: Option<u32>) -> Result<Option<Refused>, Failure> {
    let all = scope::for_everybody(libc::AF_INET)?;
    let mut rest = all.iter().map(|local| local.index);
    if let Some(used) = used {
        rest.find(|index| *index == used);
    }
    Ok(rest.next().map(|index| Refused::Again(Receiver::By(address, index))))
}

/// One buffer, and an address.
#[derive(Clone, Copy, Debug)]
struct Addressed<'a> {
    buf: UserBuf<'a>,
    to: UserAddress<'a>,
    receiver: Receiver<'a>,
}

impl Load for Addressed<'_> {
    #[inline(always)]
    fn len(&self) -> usize {
        self.buf.len()
    }

    fn first(self, count: usize) -> Self {
        Self { buf: self.buf.first(count), ..self }
    }

    fn skip(self, count: usize) -> Self {
        Self { buf: self.buf.skip(count), ..self }
    }

    fn begins_readable(&self) -> bool {
        self.buf.begins_readable()
    }

    #[inline(always)]
    fn attempt(&self, on: &impl On, ask: Ask) -> Answer {
        transfer::send_to(on.fd(), self.buf, &self.receiver, ask)
    }

    fn failed(self, held: &impl Steady, errno: Errno) -> Result<Next<Self>, Failure> {
        match refused(held.fd(), self.to, &self.receiver, errno)? {
            Some(Refused::Again(receiver)) => Ok(Next::Again(Self { receiver, ..self })),
            Some(Refused::Swallowed) => Ok(Next::Done),
            None => judge_to(held, self.to, errno).map(|()| Next::Again(self)),
        }
    }

    fn look(&self, fd: Fd) -> Result<Evidence, Failure> {
        look_to(fd, self.to)
    }
}

fn judge_to(held: &impl Steady, to: UserAddress<'_>, errno: Errno) -> Result<(), Failure> {
    if to.is_absent() { judge(Direction::Send, held, errno) } else { judge_addressed(held, errno) }
}

fn look_to(fd: Fd, to: UserAddress<'_>) -> Result<Evidence, Failure> {
    if to.is_absent() { look(Direction::Send, fd) } else { look_addressed(fd) }
}

/// The bytes from `from` up to `end` of several buffers, and an address.
#[derive(Clone, Copy, Debug)]
struct Gathered<'a> {
    pieces: &'a Pieces<'a>,
    from: usize,
    end: usize,
    to: UserAddress<'a>,
    receiver: Receiver<'a>,
    /// In the kernel's form; goes with a message.
    control: &'a [u8],
}

impl Load for Gathered<'_> {
    fn len(&self) -> usize {
        self.end.saturating_sub(self.from)
    }

    fn first(self, count: usize) -> Self {
        Self { end: self.end.min(self.from.saturating_add(count)), ..self }
    }

    fn skip(self, count: usize) -> Self {
        Self { from: self.end.min(self.from.saturating_add(count)), ..self }
    }

    fn begins_readable(&self) -> bool {
        self.pieces.begin_readable()
    }

    fn attempt(&self, on: &impl On, ask: Ask) -> Answer {
        let fd = on.fd();
        let part;
        let pieces = if self.len() == self.pieces.total() {
            self.pieces
        } else {
            part = self.pieces.part(self.from, self.end);
            &part
        };
        // A stream takes more pieces than one system call does in several; a message cannot be taken apart.
        if pieces.are_too_many() {
            match is_stream(fd) {
                Ok(true) => {}
                Ok(false) => return Answer::refusal(Errno::new(libc::EMSGSIZE)),
                Err(errno) => return Answer::refusal(errno),
            }
        }
        if !self.control.is_empty() {
            return message::send(fd, pieces.all(), &self.receiver, self.control);
        }
        transfer::send_pieces(fd, pieces.all(), &self.receiver, ask)
    }

    fn failed(self, held: &impl Steady, errno: Errno) -> Result<Next<Self>, Failure> {
        match refused(held.fd(), self.to, &self.receiver, errno)? {
            Some(Refused::Again(receiver)) => Ok(Next::Again(Self { receiver, ..self })),
            Some(Refused::Swallowed) => Ok(Next::Done),
            None => judge_to(held, self.to, errno).map(|()| Next::Again(self)),
        }
    }

    fn look(&self, fd: Fd) -> Result<Evidence, Failure> {
        look_to(fd, self.to)
    }
}
