//! Receiving: `WSARecv`, `WSARecvFrom` and `ReadFile` with an OVERLAPPED.

use super::{Attempt, Started, count, hold, launch, launch_for_driver};
use crate::descriptor;
use crate::descriptor::{On, Waiting, companions};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::{DriverEnd, Wish};
use crate::overlapped::side::Side;
use crate::socket::transfer::flags;
use crate::socket::transfer::recv;
use crate::socket::transfer::recvfrom::{self, Step};
use crate::sys::shared::Arc;
use crate::sys::{Pieces, UserName};
use crate::windows::status;

struct Receive {
    pieces: Pieces<'static>,
    /// How much is there, for MSG_WAITALL.
    from: usize,
    name: UserName<'static>,
    ask: flags::Receive,
    stream: bool,
    tried: bool,
}

impl Receive {
    fn tell_sanitizer(&self, bytes: usize) {
        self.name.tell_written();
        self.pieces.tell_received(bytes);
    }
}

impl Attempt for Receive {
    const NAME: &'static str = "WSARecv";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        let done = |status, bytes| Ok(Some(Completion { status, bytes: count(bytes) }));
        match recvfrom::step(held, &mut self.pieces, &mut self.from, self.name, self.ask)? {
            Step::Done(bytes) => {
                self.tell_sanitizer(bytes);
                done(status::SUCCESS, bytes)
            }
            Step::Cut => {
                self.tell_sanitizer(self.pieces.total());
                done(status::STATUS_BUFFER_OVERFLOW, self.pieces.total())
            }
            Step::WouldBlock => {
                if !std::mem::replace(&mut self.tried, true) {
                    recvfrom::may_wait(held.fd())?;
                }
                Ok(None)
            }
        }
    }

    /// OE18.
    fn status(&self, failure: Failure) -> u32 {
        match failure.code {
            WsaError::WSAECONNRESET if !self.stream => status::STATUS_PORT_UNREACHABLE,
            code => status::from_winsock(code.number()),
        }
    }

    fn moved(&self) -> u32 {
        count(self.from)
    }
}

/// What a receive begins with.
struct Ready {
    held: Waiting,
    side: Arc<Side>,
    direction: Direction,
    receive: Receive,
}

fn prepare(
    socket: usize,
    pieces: Pieces<'static>,
    flags: i32,
    name: UserName<'static>,
) -> Result<Ready, Failure> {
    let held = hold(socket)?;
    let fd = held.fd();
    recv::refuse_shut(fd)?;
    let name = recvfrom::place(fd, name)?;
    let ask = recv::ask_of(fd, flags, true)?;
    let stream = descriptor::is_stream(fd)?;
    let direction = if ask.ask.oob { Direction::Urgent } else { Direction::Receive };
    let side = Side::make(&held)?;
    if companions::exist() {
        // What its companions hear is the socket's, too.
        companions::with(fd, |all| all.iter().for_each(|companion| side.hear(companion.fd())));
    }
    pieces.tell_lent();
    Ok(Ready { held, side, direction, receive: Receive { pieces, from: 0, name, ask, stream, tried: false } })
}

/// Begins to receive into pieces, and the sender's address into its place. `flags` are Windows'.
///
/// # Errors
/// See [`crate::ffi::WSARecvFrom`], which lists every code.
pub(crate) fn begin(
    socket: usize,
    pieces: Pieces<'static>,
    flags: i32,
    name: UserName<'static>,
    wish: Wish,
) -> Result<Started, Failure> {
    let Ready { held, side, direction, receive } = prepare(socket, pieces, flags, name)?;
    launch(held, &side, direction, wish, receive)
}

/// The same as Windows' driver is asked for it.
///
/// # Errors
/// Those of [`begin`]; `WSAEOPNOTSUPP`: a socket that was made without WSA_FLAG_OVERLAPPED.
pub(crate) fn begin_for_driver(
    socket: usize,
    pieces: Pieces<'static>,
    flags: i32,
    name: UserName<'static>,
    ends: DriverEnd,
) -> Result<Started, Failure> {
    let Ready { held, side, direction, receive } = prepare(socket, pieces, flags, name)?;
    launch_for_driver(held, &side, direction, ends, receive)
}
