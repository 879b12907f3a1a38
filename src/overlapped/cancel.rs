//! Cancelling operations: those of a thread, of one OVERLAPPED, of a thread that ends (OE13 to OE16); polls, too, which are known by
//! their IO_STATUS_BLOCK.

use super::others;
use super::polls::{self, owner::Owner};
use super::side::{Side, Which};
use super::table;
use crate::descriptor::facts;
use crate::kernel::code::Code;
use crate::kernel::device::{self, Found};
use crate::kernel::thread;
use crate::sys::{Fd, file};

/// What a handle leads to that may have operations.
fn owner_of(handle: usize) -> Result<Option<Owner>, Code> {
    if let Ok(Found::Device(device)) = device::find(handle) {
        return Ok(Some(Owner::Device(device)));
    }
    let fd = Fd::from_socket(handle).filter(|_| handle != 0);
    let fd = fd.filter(|fd| facts::is_socket(*fd) || file::is_inherited(*fd).is_ok());
    Ok(Side::of(fd.ok_or(Code::INVALID_HANDLE)?).map(Owner::Socket))
}

fn cancel(owner: &Owner, which: Which) -> usize {
    let operations = if let Owner::Socket(side) = owner { side.cancel(which) } else { 0 };
    operations + polls::cancel(owner, which)
}

/// `CancelIo`: the calling thread's operations on a socket or the device.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`.
pub(crate) fn of_this_thread(handle: usize) -> Result<(), Code> {
    if others::cancel(handle, Which::Thread(thread::id())).is_some() {
        return Ok(());
    }
    if let Some(owner) = owner_of(handle)? {
        cancel(&owner, Which::Thread(thread::id()));
    }
    Ok(())
}

/// `CancelIoEx`: that of an OVERLAPPED, or all, of whatever thread.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`; `ERROR_NOT_FOUND`: there is none.
pub(crate) fn any(handle: usize, overlapped: usize) -> Result<(), Code> {
    let which = if overlapped == 0 { Which::All } else { Which::Overlapped(overlapped) };
    let count = match others::cancel(handle, which) {
        Some(count) => count,
        None => owner_of(handle)?.map_or(0, |owner| cancel(&owner, which)),
    };
    if count == 0 { Err(Code::NOT_FOUND) } else { Ok(()) }
}

/// A thread ends: its operations end with it, but for those of a socket that belongs to a port, begun without an event and
/// without a routine.
pub(crate) fn end_thread(thread: u64) {
    others::end_thread(thread);
    table::each(|side| {
        let has_port = side.attached(|attached| attached.destination.is_some());
        side.cancel(if has_port { Which::Bound(thread) } else { Which::Thread(thread) });
        polls::end_thread(side, thread);
    });
}
