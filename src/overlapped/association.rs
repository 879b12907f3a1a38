//! Which completion port a socket belongs to, and how its completions are told there.

use super::attached::Destination;
use super::others;
use super::side::Side;
use crate::descriptor::{self, Identity, Waiting, facts};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::code::Code;
use crate::kernel::device::{self, Found};
use crate::kernel::port::Port;
use crate::sys::Fd;
use crate::sys::shared::Arc;

/// An operation that succeeds at once makes no packet.
pub(crate) const SKIP_ON_SUCCESS: u8 = 1;
/// The end of an operation does not signal the socket's handle.
pub(crate) const SKIP_SET_EVENT_ON_HANDLE: u8 = 2;

/// The side of a socket that may do something overlapped.
fn side_of(handle: usize) -> Result<Arc<Side>, Code> {
    let fd = Fd::from_socket(handle).filter(|_| handle != 0).ok_or(Code::INVALID_HANDLE)?;
    if !facts::is_socket(fd) {
        // A file: it does nothing that ends later.
        return Err(if crate::sys::file::is_inherited(fd).is_ok() {
            Code::INVALID_PARAMETER
        } else {
            Code::INVALID_HANDLE
        });
    }
    let held = Waiting::hold(fd).map_err(code_of)?;
    if descriptor::identify(fd).is_ok_and(is_for_blocking_calls) {
        return Err(Code::INVALID_PARAMETER);
    }
    Side::make(&held).map_err(code_of)
}

/// Whether the socket was made without WSA_FLAG_OVERLAPPED.
pub(super) fn is_for_blocking_calls(socket: Identity) -> bool {
    socket.look(|record| record.not_overlapped).unwrap_or(false)
}

pub(super) fn code_of(failure: Failure) -> Code {
    match failure.code {
        WsaError::WSAENOTSOCK => Code::INVALID_HANDLE,
        _ => Code::NO_SYSTEM_RESOURCES,
    }
}

/// Associates a socket or the device with a port, for its life (CP1, CP3).
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: the port or the socket. `ERROR_INVALID_PARAMETER`: a file, a socket that was made without
/// WSA_FLAG_OVERLAPPED, or one that belongs to a port already. `ERROR_NO_SYSTEM_RESOURCES`.
pub(crate) fn associate(socket: usize, port: usize, key: usize) -> Result<(), Code> {
    let port = Port::of(port)?;
    if let Ok(Found::Device(device)) = device::find(socket) {
        return device.associate(port, key);
    }
    associate_with(socket, Destination::Port(port, key))
}

/// The same with whatever is told of the ends of operations.
///
/// # Errors
/// Those of [`associate`].
pub(super) fn associate_with(socket: usize, destination: Destination) -> Result<(), Code> {
    if let Some(done) = others::associate(socket, &destination) {
        return done;
    }
    let side = side_of(socket)?;
    side.attached(|attached| {
        if attached.destination.is_some() {
            return Err(Code::INVALID_PARAMETER);
        }
        attached.destination = Some(destination);
        Ok(())
    })
}

/// `SetFileCompletionNotificationModes`: modes are added, never taken back (CP22, CP23).
///
/// # Errors
/// Those of [`associate`]; `ERROR_INVALID_PARAMETER` also for another mode.
pub(crate) fn add_modes(socket: usize, modes: u8) -> Result<(), Code> {
    if modes & !(SKIP_ON_SUCCESS | SKIP_SET_EVENT_ON_HANDLE) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    if let Ok(Found::Device(device)) = device::find(socket) {
        return device.add_modes(modes);
    }
    if let Some(done) = others::add_modes(socket, modes) {
        return done;
    }
    side_of(socket)?.attached(|attached| attached.modes |= modes);
    Ok(())
}
