//! Sending: `WSASend`, `WSASendTo` and `WriteFile` with an OVERLAPPED.

use super::{Attempt, Started, count, hold, launch};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::transfer::sendto;
use crate::sys::net::transfer::Ask;
use crate::sys::{KeptAddress, Pieces, UserAddress};
use crate::windows::status;

struct Send {
    pieces: Pieces<'static>,
    /// How much is sent: a stream takes all or fails (OD4).
    from: usize,
    to: KeptAddress,
    /// Control data in the kernel's form.
    control: Vec<u8>,
    ask: Ask,
    tried: bool,
}

impl Send {
    /// What has not been sent, the urgent byte apart: only the last one is urgent.
    fn go_on(&mut self, held: &Held<'_>) -> Result<bool, Failure> {
        let end = self.pieces.total();
        let ordinary = if self.ask.oob { end.saturating_sub(1) } else { end };
        if (self.from < ordinary || !self.ask.oob)
            && !sendto::step(
                held,
                &self.pieces,
                &mut self.from,
                ordinary,
                self.to.user(),
                &self.control,
                Ask::PLAIN,
            )?
        {
            return Ok(false);
        }
        if self.ask.oob {
            return sendto::step(held, &self.pieces, &mut self.from, end, self.to.user(), &[], self.ask);
        }
        Ok(true)
    }
}

impl Attempt for Send {
    const NAME: &'static str = "WSASend";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        let done = self.go_on(held)?;
        if !done && !std::mem::replace(&mut self.tried, true) {
            sendto::may_wait(held.fd())?;
        }
        Ok(done.then(|| Completion { status: status::SUCCESS, bytes: count(self.pieces.total()) }))
    }

    /// OV18: a datagram that is too long.
    fn is_told_at_end(&self, failure: Failure) -> bool {
        failure.code == WsaError::WSAEMSGSIZE
    }

    fn moved(&self) -> u32 {
        count(self.from)
    }
}

/// Begins to send pieces, to an address if there is one. `flags` are Windows'.
///
/// # Errors
/// See [`crate::ffi::WSASendTo`], which lists every code.
pub(crate) fn begin(
    socket: usize,
    pieces: Pieces<'static>,
    flags: i32,
    to: UserAddress<'_>,
    control: Vec<u8>,
    wish: Wish,
) -> Result<Started, Failure> {
    const UNREADABLE: Failure = WsaError::WSAEFAULT.because("the address cannot be read");
    let held = hold(socket)?;
    let ask = sendto::ask_of(held.fd(), to, flags)?;
    let Some(to) = KeptAddress::new(to) else {
        return sendto::refuse(socket, flags, to, UNREADABLE).map(|_| Started::Pending);
    };
    let side = Side::make(&held)?;
    pieces.tell_sent();
    launch(held, &side, Direction::Send, wish, Send { pieces, from: 0, to, control, ask, tried: false })
}
