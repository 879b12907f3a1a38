//! `WSAEventSelect`, `WSAEnumNetworkEvents` and `WSAAsyncSelect`.

use super::reactor;
use super::selection::Report;
use super::side::Side;
use super::target::{Target, Window};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::event::Kept;
use crate::messages;
use crate::sys::net::option;
use crate::windows::abi::FD_ALL_EVENTS;

const NO_EVENT: Failure = WsaError::WSAEINVAL.because("events are selected, and the handle is no event's");

/// Has an event set when one of these things happens to a socket; makes the socket non-blocking.
///
/// # Errors
/// See [`crate::ffi::WSAEventSelect`], which lists every code.
pub(crate) fn select(socket: usize, event: usize, mask: i32) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let fd = held.fd();
    let mask = mask.cast_unsigned() & FD_ALL_EVENTS;
    if mask == 0 {
        descriptor::set_nonblocking(fd, true)?;
        return match Side::of(fd) {
            Some(side) => side.select(None, 0),
            None => Ok(()),
        };
    }
    let event = Kept::of(event).map_err(|_| NO_EVENT)?;
    let side = Side::make(&held)?;
    descriptor::set_nonblocking(fd, true)?;
    side.select(Some(Target::Event(event)), mask)
}

const NO_WINDOW: Failure = WsaError::WSAEINVAL.because("no such window, and no routine to post by");

/// Has a message posted to a window when one of these things happens to a socket; makes the socket non-blocking.
///
/// # Errors
/// See [`crate::ffi::WSAAsyncSelect`], which lists every code.
pub(crate) fn select_by_messages(socket: usize, window: Option<Window>, mask: i32) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let fd = held.fd();
    option::socket_type(fd)?;
    let mask = mask.cast_unsigned() & FD_ALL_EVENTS;
    if mask == 0 {
        descriptor::set_nonblocking(fd, true)?;
        return match Side::of(fd) {
            Some(side) => side.select(None, 0),
            None => Ok(()),
        };
    }
    let window = window.filter(|window| messages::can_notify(window.handle)).ok_or(NO_WINDOW)?;
    let side = Side::make(&held)?;
    reactor::keep_from_waiters();
    descriptor::set_nonblocking(fd, true)?;
    side.select(Some(Target::Window(window)), mask)
}

/// Reports what has happened, and resets an event, 0 for none.
///
/// # Errors
/// See [`crate::ffi::WSAEnumNetworkEvents`], which lists every code.
pub(crate) fn report(socket: usize, event: usize) -> Result<Option<Report>, Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let event = match event {
        0 => None,
        handle => Some(Kept::of(handle).map_err(|_| BAD_EVENT)?),
    };
    reactor::resume();
    let report = Side::of(held.fd()).map(|side| side.report(event.as_ref()));
    if report.is_none()
        && let Some(event) = event
    {
        event.reset();
    }
    Ok(report)
}

const BAD_EVENT: Failure = WsaError::WSAEINVAL.because("the handle is no event's");
