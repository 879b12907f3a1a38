//! What ordinary calls have to do with the asynchronous part of their socket: data that operations wait for is not theirs
//! (OD13), and what they do makes some kinds of network events happen again. Without an asynchronous socket in the process
//! each of these functions is one look at a word.

use std::time::Duration;

use super::notices;
use super::operation::{Completion, Direction, Held, Pending, Progress};
use super::side::{BEING_CLOSED, Side, Submitted};
use super::table;
use crate::descriptor::wait::{self, Deadline};
use crate::descriptor::{self, Identity, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::startup;
use crate::socket::ioctl::Change;
use crate::socket::shutdown;
use crate::socket::transfer::recv::TOO_LONG;
use crate::sys::Fd;
use crate::sys::room;
use crate::sys::shared::Arc;
use crate::windows::abi::{MSG_OOB, SD_BOTH, SD_RECEIVE, SD_SEND};

/// The side of a socket that a call is made on. The socket is held as long, since the call asks and waits before it tries, and
/// comes back to the side when it has: all that is about one socket.
pub(crate) struct Beside {
    side: Arc<Side>,
    held: Waiting,
}

/// The side of a socket, if it has one.
#[inline]
pub(crate) fn beside(socket: usize) -> Option<Beside> {
    if startup::mode().is_asynchronous() { find(socket) } else { None }
}

#[cold]
fn find(socket: usize) -> Option<Beside> {
    let fd = Fd::from_socket(socket)?;
    if !table::has(fd) {
        return None;
    }
    // Where it is being closed the call finds that out itself.
    let held = Waiting::hold(fd).ok()?;
    Some(Beside { side: Side::of(fd)?, held })
}

/// How often a call looks whether the operations before it have ended.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Lets the operations go first that were begun before.
fn after(Beside { side, held }: &Beside, direction: Direction) -> Result<(), Failure> {
    if !side.has_waiting(direction) {
        return Ok(());
    }
    if descriptor::nonblocking(side.fd())? {
        return Err(WsaError::WSAEWOULDBLOCK.because("overlapped operations wait on the socket"));
    }
    while side.has_waiting(direction) {
        wait::pause(held, LOOK_AGAIN, Deadline::NEVER)?;
    }
    Ok(())
}

/// A call that receives.
///
/// # Errors
/// Its own; `WSAEWOULDBLOCK` behind overlapped ones.
#[inline]
pub(crate) fn receiving<T>(
    socket: usize,
    flags: i32,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    match beside(socket) {
        None => run(),
        Some(beside) => receiving_beside(&beside, flags, run),
    }
}

#[cold]
fn receiving_beside<T>(
    beside: &Beside,
    flags: i32,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let side = &beside.side;
    let urgent = flags & MSG_OOB != 0;
    after(beside, if urgent { Direction::Urgent } else { Direction::Receive })?;
    let result = run();
    match &result {
        Err(failure) if failure.code != WsaError::WSAEWOULDBLOCK && *failure != TOO_LONG => {}
        _ => side.change_events(|selection| selection.received(side.fd(), urgent)),
    }
    if !urgent {
        side.look(if would_block(&result) { notices::IN } else { 0 });
    }
    result
}

/// Whether a call has found the socket not ready.
fn would_block<T>(result: &Result<T, Failure>) -> bool {
    result.as_ref().is_err_and(|failure| failure.code == WsaError::WSAEWOULDBLOCK)
}

/// A call that sends.
///
/// # Errors
/// Its own; `WSAEWOULDBLOCK` behind overlapped ones.
#[inline]
pub(crate) fn sending<T>(socket: usize, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    match beside(socket) {
        None => run(),
        Some(beside) => sending_beside(&beside, run),
    }
}

#[cold]
fn sending_beside<T>(beside: &Beside, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let side = &beside.side;
    let result = after(beside, Direction::Send).and_then(|()| run());
    match &result {
        // A datagram socket has an address now, if it had none.
        Ok(_) => side.change_events(|selection| selection.is_bound()),
        Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => {
            side.change_events(|selection| selection.is_write_blocked());
            side.look(notices::OUT);
        }
        Err(_) => {}
    }
    result
}

/// A call that takes a connection; `new` tells its socket.
///
/// # Errors
/// Its own; `WSAEWOULDBLOCK` behind overlapped ones; `WSAENOBUFS`, `WSAEMFILE` where the new socket cannot be told of as
/// the listener is.
#[inline]
pub(crate) fn accepting<T>(
    socket: usize,
    new: impl Fn(&T) -> Identity,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    match beside(socket) {
        None => run(),
        Some(beside) => accepting_beside(&beside, new, run),
    }
}

#[cold]
fn accepting_beside<T>(
    beside: &Beside,
    new: impl Fn(&T) -> Identity,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let side = &beside.side;
    let result = after(beside, Direction::Accept).and_then(|()| run());
    match &result {
        // CF_DEFER: the program knows of the connection (RE5).
        Err(failure) if failure.code == WsaError::WSATRY_AGAIN => return result,
        _ => side.change_events(|selection| selection.accepted(side.fd())),
    }
    side.look(if would_block(&result) { notices::IN } else { 0 });
    let taken = result?;
    let inherited = side.selected();
    if let Some((target, mask)) = inherited {
        let new = new(&taken);
        // The last WSACleanup may have closed it.
        let side = new.hold().and_then(|held| Side::make(&held));
        let selected = side.and_then(|side| side.select(Some(target), mask));
        if let Err(failure) = selected {
            let _ = new.close();
            return Err(failure);
        }
    }
    Ok(taken)
}

/// A call that tells a socket its listener (`SO_UPDATE_ACCEPT_CONTEXT`): it gets the listener's selection, too (ES10, AX10). Both
/// are held meanwhile.
///
/// # Errors
/// Those of `run`; `WSAENOTSOCK`, `WSAENOBUFS`, `WSAEMFILE`.
pub(crate) fn inheriting(
    socket: usize,
    listener: &[u8],
    run: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let listener = listener.try_into().map(usize::from_ne_bytes).ok();
    // What is wrong with it is told by the call itself.
    let listener = listener.and_then(Fd::from_socket).and_then(|fd| Waiting::hold(fd).ok());
    run()?;
    let selected = listener.and_then(|listener| beside(listener.fd().to_socket())?.side.selected());
    let Some((target, mask)) = selected else { return Ok(()) };
    let side = Side::make(&held)?;
    descriptor::set_nonblocking(held.fd(), true)?;
    side.select(Some(target), mask)
}

/// A call that connects.
///
/// # Errors
/// Its own.
#[inline]
pub(crate) fn connecting<T>(socket: usize, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    match beside(socket) {
        None => run(),
        Some(beside) => connecting_beside(&beside.side, run),
    }
}

#[cold]
fn connecting_beside<T>(side: &Side, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    side.change_events(|selection| selection.connect_begins());
    let result = run();
    match &result {
        Ok(_) => side.change_events(|selection| selection.connect_returns(side.fd(), false)),
        Err(failure) if failure.code == WsaError::WSAEWOULDBLOCK => {
            side.change_events(|selection| selection.connect_returns(side.fd(), true));
        }
        Err(_) => {}
    }
    // A datagram socket is connected without a word of the kernel's.
    side.look(0);
    result
}

/// A call that gives the socket an address.
///
/// # Errors
/// Its own.
#[inline]
pub(crate) fn binding(socket: usize, run: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let beside = beside(socket);
    run()?;
    if let Some(Beside { side, .. }) = beside {
        side.change_events(|selection| selection.is_bound());
    }
    Ok(())
}

/// A call that makes the socket listen.
///
/// # Errors
/// Its own.
#[inline]
pub(crate) fn listening(socket: usize, run: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let beside = beside(socket);
    run()?;
    if let Some(Beside { side, .. }) = beside {
        side.change_events(|selection| selection.listens(side.fd()));
    }
    Ok(())
}

/// A command has failed: where it could not wait for a change, that is to be told of as an event. The failure to report:
/// the command's, or `WSAEMFILE` or `WSAENOBUFS` where there is nothing to listen with.
pub(crate) fn asking(beside: Option<&Beside>, command: i32, input: &[u8], failure: Failure) -> Failure {
    let Some(Beside { side, .. }) = beside.filter(|_| failure.code == WsaError::WSAEWOULDBLOCK) else {
        return failure;
    };
    let Some(change) = Change::asked(side.fd(), command, input) else { return failure };
    side.ask_for(change).err().unwrap_or(failure)
}

/// Whether the program may make the socket blocking (ES2).
///
/// # Errors
/// `WSAEINVAL` while events are selected.
#[inline]
pub(crate) fn may_block(beside: Option<&Beside>) -> Result<(), Failure> {
    match beside {
        Some(Beside { side, .. }) if side.selected().is_some() => {
            Err(WsaError::WSAEINVAL.because("network events are selected: the socket stays non-blocking"))
        }
        _ => Ok(()),
    }
}

/// A call that shuts a socket down (OE17): receives that wait go on; the end of sending goes behind sends that wait.
///
/// # Errors
/// Those of [`shutdown::shutdown`].
pub(crate) fn shutting(socket: usize, how: i32) -> Result<(), Failure> {
    match beside(socket) {
        None => shutdown::shutdown(socket, how),
        Some(beside) => shutting_beside(&beside.side, how),
    }
}

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for the end of sending");

#[cold]
fn shutting_beside(side: &Side, how: i32) -> Result<(), Failure> {
    let socket = side.fd().to_socket();
    let receives = side.has_waiting(Direction::Receive);
    if how == SD_RECEIVE || !side.has_waiting(Direction::Send) {
        return shutdown::shutdown_beside(socket, how, receives);
    }
    if how == SD_BOTH {
        shutdown::shutdown_beside(socket, SD_RECEIVE, receives)?;
    }
    let last = room::boxed(LastSend { socket: side.identity(), is_done: false });
    let last = last.map_err(|_| NO_MEMORY)?;
    match side.submit(Direction::Send, last) {
        Submitted::Pending => {}
        Submitted::AtOnce(last, completion) => last.finish(completion),
        Submitted::Closed(_) => return Err(BEING_CLOSED),
        Submitted::NoMemory(_) => return Err(NO_MEMORY),
    }
    Ok(())
}

/// The end of sending, in the queue of the sends.
struct LastSend {
    socket: Identity,
    is_done: bool,
}

impl Pending for LastSend {
    fn attempt(&mut self, held: &Held<'_>) -> Progress {
        self.is_done = true;
        let _ = shutdown::shutdown(held.fd().to_socket(), SD_SEND);
        Progress::Done(Completion { status: 0, bytes: 0 })
    }

    /// Where it was cancelled with the sends before it the end comes all the same: to this socket, if that is still there.
    fn finish(self: Box<Self>, _: Completion) {
        if !self.is_done
            && let Ok(held) = self.socket.hold()
        {
            let _ = shutdown::shutdown(held.fd().to_socket(), SD_SEND);
        }
    }

    fn overlapped(&self) -> usize {
        0
    }

    fn thread(&self) -> u64 {
        0
    }
}
