//! Receiving by Windows' driver for sockets: `IOCTL_AFD_RECEIVE` and `IOCTL_AFD_RECEIVE_DATAGRAM` of `NtDeviceIoControlFile`.

use super::call::Answer;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::transfer::pieces::listed;
use crate::ffi::types::message::WSABUF;
use crate::overlapped::operations::Started;
use crate::overlapped::operations::receive;
use crate::overlapped::request::DriverEnd;
use crate::sys::{Pieces, UserName};
use crate::windows::status;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// From a stream, or from whom a datagram socket is connected to.
    Receive,
    /// A datagram, and from whom it is.
    ReceiveDatagram,
}

/// What comes in, of either command: a list of buffers and its length, flags of the driver's, flags of the transport's; then, of
/// `ReceiveDatagram` only, where the sender's address goes, and its length.
const SHORT: usize = 24;
const LONG: usize = 40;

impl Command {
    pub(super) const fn of(code: u32) -> Option<Self> {
        match code {
            0x0001_2017 => Some(Self::Receive),
            0x0001_201B => Some(Self::ReceiveDatagram),
            _ => None,
        }
    }

    const fn size(self) -> usize {
        match self {
            // Without what fills it up.
            Self::Receive => SHORT - 4,
            Self::ReceiveDatagram => LONG,
        }
    }
}

/// Flags of the transport's.
const EXPEDITED: u32 = 0x40;
const PEEK: u32 = 0x80;
const MSG_OOB: i32 = 1;
const MSG_PEEK: i32 = 2;

fn word(bytes: &[u8; LONG], at: usize) -> usize {
    let part = bytes.get(at..).and_then(<[u8]>::first_chunk);
    part.map_or(0, |part| usize::from_le_bytes(*part))
}

fn number(bytes: &[u8; LONG], at: usize) -> u32 {
    let part = bytes.get(at..).and_then(<[u8]>::first_chunk);
    part.map_or(0, |part| u32::from_le_bytes(*part))
}

/// Begins it on a socket.
///
/// # Errors
/// Nobody is told of them but the caller. `STATUS_INVALID_PARAMETER`: less comes in than the command has, no buffer; a routine, and the
/// socket belongs to a port. `STATUS_ACCESS_VIOLATION`: the list of buffers cannot be read, the address cannot be written.
/// `STATUS_NOT_SUPPORTED`: a socket that was made without WSA_FLAG_OVERLAPPED. The status of what `WSARecvFrom` would fail with.
///
/// # Safety
/// So many bytes were found readable. The buffers in the list and the place of the address are the caller's to hand out, until the end.
pub(super) unsafe fn begin(
    command: Command,
    socket: usize,
    (from, len): (*const u8, usize),
    ends: DriverEnd,
) -> Answer {
    if len < command.size() {
        return Err(status::STATUS_INVALID_PARAMETER);
    }
    let mut bytes = [0; LONG];
    for (at, byte) in bytes.iter_mut().enumerate().take(command.size()) {
        // SAFETY: within what was found readable.
        *byte = unsafe { from.add(at).read() };
    }
    let list = std::ptr::with_exposed_provenance::<WSABUF>(word(&bytes, 0));
    let count = number(&bytes, 8);
    let wanted = number(&bytes, 16);
    let flags =
        if wanted & EXPEDITED == 0 { 0 } else { MSG_OOB } | if wanted & PEEK == 0 { 0 } else { MSG_PEEK };
    let code_of = |failure: Failure| match failure.code {
        WsaError::WSAEINVAL => status::STATUS_INVALID_PARAMETER,
        WsaError::WSAEFAULT => status::STATUS_ACCESS_VIOLATION,
        code => status::from_winsock(code.number()),
    };
    let mut pieces = Pieces::default();
    // SAFETY: by this function's own rule.
    unsafe { listed(list, count, &mut pieces) }.map_err(code_of)?;
    let (address, length) = match command {
        Command::Receive => (0, 0),
        Command::ReceiveDatagram => (word(&bytes, 24), word(&bytes, 32)),
    };
    // SAFETY: by this function's own rule.
    let name = unsafe { UserName::new(address, length) };
    match receive::begin_for_driver(socket, pieces, flags, name, ends).map_err(code_of)? {
        Started::Done(status, _) => Ok(status),
        Started::Pending => Ok(status::PENDING),
    }
}
