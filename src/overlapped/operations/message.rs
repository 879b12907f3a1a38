//! `WSARecvMsg`: a datagram, its sender's address and its control data; with and without an OVERLAPPED.

use super::{Attempt, Started, count, hold, launch};
use crate::descriptor::{self, On, companions};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::transfer::control::{self, MSG_CTRUNC, MSG_TRUNC, Way};
use crate::socket::transfer::recv;
use crate::socket::transfer::recvfrom::{self, Message, Step};
use crate::sys::net::message::{Beside, ControlRoom};
use crate::sys::net::transfer::Ask;
use crate::sys::room;
use crate::sys::{Pieces, UserArea, UserName};
use crate::windows::status;

/// Where in a WSAMSG the length of the control data and the flags stand.
const CONTROL_LEN: usize = 32;
const FLAGS: usize = 48;

/// The places in the program's memory that the end of a receive writes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    /// The WSAMSG.
    pub(crate) head: UserArea,
    /// Room for control data, if there is any.
    pub(crate) control: Option<UserArea>,
    /// How much.
    pub(crate) room: usize,
}

impl Places {
    /// Writes what came beside the data, in that way; whether any of it, or of the data, was cut.
    fn fill(&self, room: &ControlRoom, beside: &Beside, way: impl Fn(i32) -> Way) -> bool {
        let (mut bytes, mut flags) = control::to_windows(room.bytes(beside), way);
        if beside.control_cut || bytes.len() > self.room || (self.control.is_none() && !bytes.is_empty()) {
            flags = MSG_CTRUNC;
            bytes.clear();
        }
        if beside.cut {
            flags |= MSG_TRUNC;
        }
        if let Some(place) = self.control {
            let _ = place.put(0, &bytes);
        }
        let _ = self.head.put(CONTROL_LEN, &count(bytes.len()).to_ne_bytes());
        let _ = self.head.put(FLAGS, &flags.to_ne_bytes());
        flags & (MSG_CTRUNC | MSG_TRUNC) != 0
    }
}

struct Receive {
    pieces: Pieces<'static>,
    name: UserName<'static>,
    places: Places,
    control: Box<ControlRoom>,
    beside: Beside,
    ask: Ask,
    tried: bool,
}

impl Attempt for Receive {
    const NAME: &'static str = "WSARecvMsg";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        let Self { pieces, name, control, beside, .. } = self;
        let room = Message { pieces, name: *name, control, beside };
        let Some(step) = recvfrom::message_step(held, room, self.ask)? else {
            if !std::mem::replace(&mut self.tried, true) {
                recvfrom::may_wait(held.fd())?;
            }
            return Ok(None);
        };
        let bytes = match step {
            Step::Done(bytes) => bytes,
            Step::Cut | Step::WouldBlock => self.pieces.total(),
        };
        self.name.tell_written();
        self.pieces.tell_received(bytes);
        let cut = self.places.fill(&self.control, &self.beside, |level| Way::of(held.fd(), level));
        let status = if cut { status::STATUS_BUFFER_OVERFLOW } else { status::SUCCESS };
        Ok(Some(Completion { status, bytes: count(bytes) }))
    }

    fn status(&self, failure: Failure) -> u32 {
        match failure.code {
            WsaError::WSAECONNRESET => status::STATUS_PORT_UNREACHABLE,
            code => status::from_winsock(code.number()),
        }
    }
}

/// Begins to receive a message.
///
/// # Errors
/// See `WSARecvMsg` in [`crate::ffi`], which lists every code.
pub(crate) fn begin(
    socket: usize,
    pieces: Pieces<'static>,
    flags: i32,
    name: UserName<'static>,
    places: Places,
    wish: Wish,
) -> Result<Started, Failure> {
    let held = hold(socket)?;
    let fd = held.fd();
    let ask = recvfrom::may_receive_messages(fd, flags)?.ask;
    let name = recvfrom::place(fd, name)?;
    let side = Side::make(&held)?;
    if companions::exist() {
        companions::with(fd, |all| all.iter().for_each(|companion| side.hear(companion.fd())));
    }
    let control = room::boxed(ControlRoom::new()).map_err(|_| super::NO_MEMORY)?;
    let what = Receive { pieces, name, places, control, beside: Beside::default(), ask, tried: false };
    launch(held, &side, Direction::Receive, wish, what)
}

/// Receives a message as an ordinary call.
///
/// # Errors
/// The same.
pub(crate) fn now(
    socket: usize,
    mut pieces: Pieces<'_>,
    flags: i32,
    name: UserName<'_>,
    places: Places,
) -> Result<Started, Failure> {
    let (fd, began) = (descriptor::of(socket)?, descriptor::epoch());
    let total = pieces.total();
    let (mut control, mut beside) = (ControlRoom::new(), Beside::default());
    let room = Message { pieces: &mut pieces, name, control: &mut control, beside: &mut beside };
    let bytes = match recvfrom::message(socket, room, flags) {
        Ok(bytes) => bytes,
        Err(failure) if failure == recv::TOO_LONG => total,
        Err(failure) => return Err(failure),
    };
    name.tell_written();
    pieces.tell_received(bytes);
    let cut = places.fill(&control, &beside, |level| Way::of_call(fd, began, level));
    Ok(Started::Done(if cut { status::STATUS_BUFFER_OVERFLOW } else { status::SUCCESS }, count(bytes)))
}
