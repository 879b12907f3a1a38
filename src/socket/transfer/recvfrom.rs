//! `recvfrom`, `WSARecv` and `WSARecvFrom`: receiving with the sender's address, and into several pieces.

use crate::descriptor::facts::{Facts, Seen};
use crate::descriptor::family;
use crate::descriptor::{self, On, Once};
use crate::error::WsaError;
use crate::error::diagnosis::Direction;
use crate::error::failure::Failure;
use crate::socket::address::family_to_windows;
use crate::socket::transfer::look;
use crate::socket::transfer::recv::{self, Attempt, Room, refuse_shut};
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
    match descriptor::of(socket).and_then(|fd| place(fd, name)) {
        Ok(name) => recv::attempt(socket, &mut From { buf: buf.again(), name }, flags),
        Err(_) => Attempt::NONE,
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
pub fn scatter<'a>(
    socket: usize,
    pieces: &'a mut Pieces<'a>,
    flags: i32,
    name: UserName<'a>,
) -> Result<usize, Failure> {
    let fd = descriptor::of(socket)?;
    refuse_shut(fd)?;
    let mut room = Scattered { pieces, from: 0, name: place(fd, name)? };
    let attempt = recv::attempt(socket, &mut room, flags);
    match attempt.gave() {
        Some(len) => Ok(len),
        None => recv::recv(socket, room, flags, attempt),
    }
}

/// Checks that the sender's address will fit. A stream has no address to give, and leaves the place alone (R9).
#[inline(always)]
fn place<'a>(fd: Fd, name: UserName<'a>) -> Result<UserName<'a>, Failure> {
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
    fn is_empty(&self) -> bool {
        self.buf.is_empty()
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
struct Scattered<'a> {
    pieces: &'a mut Pieces<'a>,
    from: usize,
    name: UserName<'a>,
}

impl Room for Scattered<'_> {
    fn is_empty(&self) -> bool {
        self.from >= self.pieces.total()
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
