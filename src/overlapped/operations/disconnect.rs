//! `DisconnectEx`: ends a connection when all is sent that waits; and, where that is wanted, leaves a fresh socket.

use super::{Attempt, Next, Started, hold, launch_later};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::evidence::TcpState;
use crate::error::failure::Failure;
use crate::overlapped::attached::Attached;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::connect::{State, settle};
use crate::socket::{place, shutdown};
use crate::sys::Fd;
use crate::sys::net::option;
use crate::sys::shared::Arc;
use crate::windows::abi::SD_SEND;
use crate::windows::status;

/// TF_REUSE_SOCKET.
const REUSE: u32 = 2;

/// Stands behind the sends that wait.
pub(super) struct Disconnect {
    pub(super) reuse: bool,
    /// What an operation has sent whose last part this is.
    pub(super) bytes: u32,
}

impl Attempt for Disconnect {
    const NAME: &'static str = "DisconnectEx";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        shutdown::shutdown(held.fd().to_socket(), SD_SEND)?;
        Ok(Some(Completion { status: status::SUCCESS, bytes: self.bytes }))
    }

    fn after(self, completion: Completion, side: &Arc<Side>) -> Next {
        if completion.status != status::SUCCESS || !self.reuse {
            return Next::Tell(completion, 0);
        }
        let part = Reuse { fd: side.fd(), cookie: side.cookie(), bytes: self.bytes };
        Next::then(Arc::clone(side), Direction::Disconnect, part)
    }
}

/// Waits for the peer's end, too, and puts a fresh socket under the number (DX4).
struct Reuse {
    fd: Fd,
    cookie: u64,
    bytes: u32,
}

impl Attempt for Reuse {
    const NAME: &'static str = "DisconnectEx";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        const PEER_HAS_ENDED: [u8; 4] = [7, 9, 11, 6];
        // What has come and was not read is lost.
        crate::sys::net::transfer::discard_received(held.fd());
        let state = option::tcp_counters(held.fd())?.state;
        let over = TcpState::from_kernel(state) == TcpState::Closed || PEER_HAS_ENDED.contains(&state);
        Ok(over.then_some(Completion { status: status::SUCCESS, bytes: self.bytes }))
    }

    fn after(self, completion: Completion, _: &Arc<Side>) -> Next {
        if completion.status != status::SUCCESS {
            return Next::Tell(completion, 0);
        }
        let status = match self.renew() {
            Ok(()) => status::SUCCESS,
            Err(failure) => status::from_winsock(failure.code.number()),
        };
        Next::Tell(Completion { status, bytes: self.bytes }, 0)
    }
}

impl Reuse {
    fn renew(&self) -> Result<(), Failure> {
        let held = Waiting::hold(self.fd)?;
        if option::cookie(self.fd) != Ok(self.cookie) {
            return Err(WsaError::WSA_OPERATION_ABORTED.because("the socket was closed"));
        }
        // One that connected keeps its address, one that was accepted has none.
        let connected = descriptor::read(self.fd).is_some_and(|record| !record.accepted);
        let kept = Side::of(self.fd).map(|side| side.attached(Attached::pass_on)).unwrap_or_default();
        place::fresh(&held, connected)?;
        Side::make(&held)?.attached(|attached| *attached = kept);
        Ok(())
    }
}

/// What forbids it; the socket, held.
fn check(socket: usize, flags: u32, reserved: u32) -> Result<Waiting, Failure> {
    let held = hold(socket)?;
    let fd = held.fd();
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    if !stream || settle(fd)? != State::Connected {
        return Err(WsaError::WSAENOTCONN.because("the socket is not connected"));
    }
    if flags & !REUSE != 0 || reserved != 0 {
        return Err(WsaError::WSAEINVAL.because("a flag that does not exist, or dwReserved is not 0"));
    }
    Ok(held)
}

/// Begins to disconnect.
///
/// # Errors
/// See `DisconnectEx` in [`crate::ffi`], which lists every code.
pub(crate) fn begin(socket: usize, flags: u32, reserved: u32, wish: Wish) -> Result<Started, Failure> {
    let held = check(socket, flags, reserved)?;
    let side = Side::make(&held)?;
    launch_later(held, &side, Direction::Send, wish, Disconnect { reuse: flags & REUSE != 0, bytes: 0 })
}

/// Disconnects without an OVERLAPPED, and without TF_REUSE_SOCKET: at once.
///
/// # Errors
/// Those of [`begin`].
pub(crate) fn now(socket: usize, flags: u32, reserved: u32) -> Result<(), Failure> {
    let _held = check(socket, flags, reserved)?;
    shutdown::shutdown(socket, SD_SEND)
}
