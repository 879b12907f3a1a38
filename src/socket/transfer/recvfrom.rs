//! `recvfrom`, `WSARecv` and `WSARecvFrom`: receiving with the sender's address, and into several pieces.

use crate::descriptor::facts::{Facts, Seen};
use crate::descriptor::family;
use crate::descriptor::{self, On, Once, Steady, companions};
use crate::error::WsaError;
use crate::error::diagnosis::{self, Direction, Verdict};
use crate::error::failure::Failure;
use crate::socket::address::family_to_windows;
use crate::socket::transfer::flags::Receive;
use crate::socket::transfer::recv::{self, Attempt, Room, refuse_shut};
use crate::socket::transfer::{is_no_socket, judge, look};
use crate::socket::{companion, evidence};
use crate::sys::net::message::{self, Beside, ControlRoom};
use crate::sys::net::option;
use crate::sys::net::transfer::{self, Ask, Received};
use crate::sys::{Errno, Fd, Named, Piece, Pieces, UserBufMut, UserName};

/// The common path of `recvfrom`, see [`recv::attempt`].
///
/// It is one system call where C's length lies on the stack, as it mostly does, else two: the length has to be
/// known before anything is received, since a datagram whose sender's address does not fit is kept (R8). The
/// address itself is written by the kernel, which checks the place while it does.
#[inline(always)]
#[must_use]
pub fn attempt(socket: usize, buf: &mut UserBufMut<'_>, flags: i32, name: UserName<'_>) -> Attempt {
    match Fd::from_socket(socket).and_then(|fd| known_place(fd, name)) {
        Some(name) => recv::attempt(socket, &mut From { buf: buf.again(), name }, flags),
        None => Attempt::none(),
    }
}

/// Receives into `buf`, into which a first attempt may have received, and the sender's address into `name`; the
/// number of bytes.
///
/// # Errors
/// See [`crate::ffi::ws2_recvfrom`], which lists every code.
pub fn recvfrom(
    socket: usize,
    buf: UserBufMut<'_>,
    flags: i32,
    name: UserName<'_>,
    attempt: Attempt,
) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    refuse_shut(fd)?;
    let name = place(fd, name)?;
    recv::recv(socket, From { buf, name }, flags, attempt)
}

/// Receives into pieces, and the sender's address into `name`; the number of bytes.
///
/// # Errors
/// See [`crate::ffi::WSARecvFrom`], which lists every code.
pub fn scatter(
    socket: usize,
    pieces: &mut Pieces<'_>,
    flags: i32,
    name: UserName<'_>,
) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let none = Attempt::none();
    refuse_shut(fd)?;
    let mut room = Scattered { pieces, from: 0, name: place(fd, name)? };
    let attempt = if none.is_still_first() { recv::attempt(socket, &mut room, flags) } else { none };
    match attempt.gave() {
        Some(len) => Ok(len),
        None => recv::recv(socket, room, flags, attempt),
    }
}

/// What one go at receiving has led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is over, with so many bytes.
    Done(usize),
    /// It is over: a datagram was longer than the room, which is filled.
    Cut,
    /// There is nothing, or not enough, yet.
    WouldBlock,
}

/// One go at receiving into several pieces, without waiting: `from` says how far it came. With no room a stream is only
/// looked at.
///
/// # Errors
/// The failure to report.
pub fn step(
    held: &impl Steady,
    pieces: &mut Pieces<'_>,
    from: &mut usize,
    name: UserName<'_>,
    receive: Receive,
) -> Result<Step, Failure> {
    let fd = held.fd();
    let only_looks = pieces.total() == 0 && !receive.ask.oob && descriptor::is_stream(fd)?;
    loop {
        let mut room = Scattered { pieces: &mut *pieces, from: *from, name };
        let mut outcome = if only_looks {
            transfer::look_for_data(fd).map_or_else(Received::refusal, |()| Received::NOTHING)
        } else {
            room.attempt(held, receive.ask)
        };
        if companions::exist()
            && outcome.is_nothing_yet()
            && let Some(other) = companion::receive(held, &mut room, receive.ask)
        {
            outcome = other;
        }
        let no_room = room.is_empty();
        match outcome.result() {
            Ok(None) => return Ok(Step::Cut),
            Ok(Some(0)) if *from > 0 => return Ok(Step::Done(*from)),
            Ok(Some(0)) => return recv::nothing(held, no_room).map(Step::Done),
            Ok(Some(len)) => {
                *from = from.saturating_add(len);
                if !receive.fill || *from >= pieces.total() {
                    return Ok(Step::Done(*from));
                }
            }
            Err(errno) if errno.number() == libc::EAGAIN => return Ok(Step::WouldBlock),
            Err(errno) if is_no_socket(errno) => return Err(errno.into()),
            // What has arrived is not lost; the failure is the next call's.
            Err(_) if *from > 0 => return Ok(Step::Done(*from)),
            // OD12: no urgent byte has come yet.
            Err(errno) if errno.number() == libc::EINVAL && receive.ask.oob && may_come(fd)? => {
                return Ok(Step::WouldBlock);
            }
            Err(errno) => judge(Direction::Receive, held, errno)?,
        }
    }
}

/// Whether an urgent byte can come apart from the stream.
fn may_come(fd: Fd) -> Result<bool, Failure> {
    look(Direction::Receive, fd)?;
    Ok(option::get_int(fd, libc::SOL_SOCKET, libc::SO_OOBINLINE)? == 0)
}

/// Whether a go that found nothing can be followed by another one: a socket that is not connected, or has no address,
/// gets nothing.
///
/// # Errors
/// `WSAENOTCONN`, `WSAEINVAL`.
pub fn may_wait(fd: Fd) -> Result<(), Failure> {
    match diagnosis::diagnose(Direction::Receive, Errno::new(libc::EAGAIN), &evidence::gather_idle(fd)?) {
        Verdict::Fail(failure, _) if failure.code != WsaError::WSAEWOULDBLOCK => Err(failure),
        _ => Ok(()),
    }
}

/// Checks that the sender's address will fit. A stream has no address to give, and leaves the place alone (R9).
///
/// # Errors
/// `WSAEFAULT`.
#[inline(always)]
pub fn place<'a>(fd: Fd, name: UserName<'a>) -> Result<UserName<'a>, Failure> {
    if !name.is_wanted() {
        return Ok(UserName::NOWHERE);
    }
    if let Some(mut measured) = name.measure()
        && measured.fits(family::of(fd)?.room())
    {
        return Ok(measured);
    }
    no_room(fd, name)
}

/// The same by what is known; none where the kernel would have to be asked.
#[inline(always)]
fn known_place(fd: Fd, name: UserName<'_>) -> Option<UserName<'_>> {
    if !name.is_wanted() {
        return Some(UserName::NOWHERE);
    }
    let family = family::known(fd)?;
    let mut measured = name.measure()?;
    measured.fits(family.room()).then_some(measured)
}

#[cold]
fn no_room<'a>(fd: Fd, name: UserName<'a>) -> Result<UserName<'a>, Failure> {
    if option::socket_type(fd)? == libc::SOCK_STREAM {
        return Ok(UserName::NOWHERE);
    }
    // What was known of the family may be about a descriptor that POSIX code has closed since.
    if let Some(mut measured) = name.measure()
        && measured.fits(family::learn(fd)?.room())
    {
        return Ok(measured);
    }
    look(Direction::Receive, fd)?;
    Err(WsaError::WSAEFAULT.because("the sender's address does not fit the length given, or its place"))
}

/// After the kernel has written the sender's address: puts it in Windows' form.
#[inline(always)]
fn complete(fd: Fd, name: &UserName<'_>, received: Received, len: u32) -> Received {
    match name.complete(len, family_to_windows) {
        Named::Done => received,
        Named::Cut => cut(fd),
    }
}

/// The socket is of another family than was known: it is not of this library's making.
#[cold]
fn cut(fd: Fd) -> Received {
    Received::refusal(family::learn(fd).err().unwrap_or(Errno::new(libc::EFAULT)))
}

/// One buffer, and the place of the sender's address.
struct From<'a> {
    buf: UserBufMut<'a>,
    name: UserName<'a>,
}

impl Room for From<'_> {
    fn len(&self) -> usize {
        self.buf.len()
    }

    fn skip(self, count: usize) -> Self {
        Self { buf: self.buf.skip(count), ..self }
    }

    #[inline(always)]
    fn first(&mut self, once: &Once, seen: Seen) -> Received {
        if !seen.has(Facts::DATAGRAM) {
            return self.attempt(once, Ask::PLAIN);
        }
        let (received, len) = transfer::recv_datagram(once.fd(), &mut self.buf, &self.name);
        complete(once.fd(), &self.name, received, len)
    }

    #[inline(always)]
    fn attempt(&mut self, on: &impl On, ask: Ask) -> Received {
        let fd = on.fd();
        let mut piece = [Piece::from(&mut self.buf)];
        let (received, len) = transfer::recv_pieces(fd, &mut piece, &self.name, ask);
        complete(fd, &self.name, received, len)
    }
}

/// The room after the first `from` bytes of several buffers, and the place of the sender's address.
struct Scattered<'a, 'p> {
    pieces: &'a mut Pieces<'p>,
    from: usize,
    name: UserName<'a>,
}

impl Room for Scattered<'_, '_> {
    fn len(&self) -> usize {
        self.pieces.total().saturating_sub(self.from)
    }

    fn skip(self, count: usize) -> Self {
        Self { from: self.from.saturating_add(count), ..self }
    }

    #[inline(always)]
    fn first(&mut self, once: &Once, seen: Seen) -> Received {
        if let Some(mut one) = self.pieces.only() {
            if seen.has(Facts::STREAM) && !self.name.is_wanted() {
                return transfer::recv_stream(once.fd(), &mut one);
            }
            if seen.has(Facts::DATAGRAM) {
                let (received, len) = transfer::recv_datagram(once.fd(), &mut one, &self.name);
                return complete(once.fd(), &self.name, received, len);
            }
        }
        self.attempt(once, Ask::PLAIN)
    }

    fn attempt(&mut self, on: &impl On, ask: Ask) -> Received {
        let fd = on.fd();
        let (received, len) = if self.from == 0 {
            transfer::recv_pieces(fd, self.pieces.all_mut(), &self.name, ask)
        } else {
            let mut rest = self.pieces.part(self.from, self.pieces.total());
            transfer::recv_pieces(fd, rest.all_mut(), &self.name, ask)
        };
        complete(fd, &self.name, received, len)
    }
}

/// A message, and the place of what comes beside it.
pub struct Message<'a, 'p> {
    /// The room.
    pub pieces: &'a mut Pieces<'p>,
    /// The place of the sender's address.
    pub name: UserName<'a>,
    /// The place of the control data.
    pub control: &'a mut ControlRoom,
    /// What came beside the data.
    pub beside: &'a mut Beside,
}

impl Room for Message<'_, '_> {
    fn len(&self) -> usize {
        self.pieces.total()
    }

    fn skip(self, _: usize) -> Self {
        self
    }

    fn attempt(&mut self, on: &impl On, ask: Ask) -> Received {
        let fd = on.fd();
        let (received, beside) =
            message::receive(fd, self.pieces.all_mut(), &self.name, self.control, ask.peek);
        *self.beside = beside;
        complete(fd, &self.name, received, beside.name_len)
    }
}

/// What forbids receiving messages with control data (MX1).
///
/// # Errors
/// `WSAEINVAL`: a stream socket; those of flags.
pub fn may_receive_messages(fd: Fd, flags: i32) -> Result<Receive, Failure> {
    if descriptor::is_stream(fd)? {
        return Err(WsaError::WSAEINVAL.because("messages are received from datagram sockets"));
    }
    recv::ask_of(fd, flags, true)
}

/// Receives one message, and what comes beside it; the number of bytes, or that it was cut.
///
/// # Errors
/// See `WSARecvMsg` in [`crate::ffi`], which lists every code.
pub fn message(socket: usize, mut room: Message<'_, '_>, flags: i32) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    let none = Attempt::none();
    may_receive_messages(fd, flags)?;
    room.name = place(fd, room.name)?;
    let attempt = if none.is_still_first() { recv::attempt(socket, &mut room, flags) } else { none };
    match attempt.gave() {
        Some(len) => Ok(len),
        None => recv::recv(socket, room, flags, attempt),
    }
}

/// One go at that, without waiting; none where nothing has come.
///
/// # Errors
/// The failure to report.
pub fn message_step(
    held: &impl Steady,
    mut room: Message<'_, '_>,
    ask: Ask,
) -> Result<Option<Step>, Failure> {
    loop {
        let mut outcome = room.attempt(held, ask);
        if companions::exist()
            && outcome.is_nothing_yet()
            && let Some(other) = companion::receive(held, &mut room, ask)
        {
            outcome = other;
        }
        match outcome.result() {
            Ok(None) => return Ok(Some(Step::Cut)),
            Ok(Some(len)) => return Ok(Some(Step::Done(len))),
            Err(errno) if errno.number() == libc::EAGAIN => return Ok(None),
            Err(errno) if is_no_socket(errno) => return Err(errno.into()),
            Err(errno) => judge(Direction::Receive, held, errno)?,
        }
    }
}
