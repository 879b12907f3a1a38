//! How an operation has ended, asked for by its OVERLAPPED (OR1 to OR8).

use crate::descriptor::{self, facts};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::code::Code;
use crate::kernel::wait;
use crate::sys::UserOverlapped;
use crate::sys::process::sanitizer;
use crate::windows::status;

/// How it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The status.
    pub(crate) status: u32,
    /// The number of bytes.
    pub(crate) bytes: u32,
}

fn now(overlapped: UserOverlapped) -> Option<Outcome> {
    let status = overlapped.status();
    sanitizer::takes_over();
    (status != status::PENDING)
        .then(|| Outcome { status, bytes: u32::try_from(overlapped.bytes()).unwrap_or(u32::MAX) })
}

/// The outcome, for which it waits so many milliseconds: for the event that the OVERLAPPED names, else for the handle.
///
/// # Errors
/// `ERROR_IO_INCOMPLETE`: it has not ended. `WAIT_TIMEOUT`, `WAIT_IO_COMPLETION`: how the wait has ended. Those of waits.
pub(crate) fn of(
    handle: usize,
    overlapped: UserOverlapped,
    milliseconds: u32,
    alertable: bool,
) -> Result<Outcome, Code> {
    const OWN_BITS: usize = 3;
    const IO_COMPLETION: u32 = 0xC0;
    const TIMED_OUT: u32 = 0x102;
    if let Some(outcome) = now(overlapped) {
        return Ok(outcome);
    }
    if milliseconds == 0 {
        return Err(Code::IO_INCOMPLETE);
    }
    let event = overlapped.event() & !OWN_BITS;
    let waited = wait::single(if event == 0 { handle } else { event }, milliseconds, alertable)?;
    match (now(overlapped), waited) {
        (Some(outcome), _) => Ok(outcome),
        (None, TIMED_OUT) => Err(Code::WAIT_TIMEOUT),
        (None, IO_COMPLETION) => Err(Code::WAIT_IO_COMPLETION),
        (None, _) => Err(Code::IO_INCOMPLETE),
    }
}

/// The outcome on a socket, for which it waits where that is wanted.
///
/// # Errors
/// `WSAENOTSOCK` (OR2), `WSA_IO_INCOMPLETE`, `WSA_INVALID_HANDLE`: `hEvent` is none.
pub(crate) fn on_socket(socket: usize, overlapped: UserOverlapped, waits: bool) -> Result<Outcome, Failure> {
    if !facts::is_socket(descriptor::of(socket)?) {
        return Err(WsaError::WSAENOTSOCK.because("not a socket"));
    }
    of(socket, overlapped, if waits { wait::INFINITE } else { 0 }, false).map_err(|code| match code {
        Code::IO_INCOMPLETE => WsaError::WSA_IO_INCOMPLETE.because("the operation has not ended"),
        Code::NOT_ENOUGH_MEMORY => WsaError::WSAENOBUFS.because("no memory to wait with"),
        _ => WsaError::WSA_INVALID_HANDLE.because("hEvent cannot be waited for"),
    })
}
