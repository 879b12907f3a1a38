//! Polls and their cancelling: `NtDeviceIoControlFile NtCancelIoFile NtCancelIoFileEx`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Answer, Place, about, answer, waiting};
use super::receive;
use super::types::{IO_STATUS_BLOCK, NTSTATUS, PIO_APC_ROUTINE};
use crate::ffi::kernel::call::pointer;
use crate::ffi::kernel::types::{HANDLE, ULONG};
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::overlapped::polls::owner::Owner;
use crate::overlapped::polls::{self, Asked, ENTRY, HEAD, Wish};
use crate::overlapped::request::{DriverEnd, Routine};
use crate::overlapped::{cancel, reactor};
use crate::sys::user::memory;
use crate::sys::{UserArea, UserStatusBlock};
use crate::windows::{dos_error, status};

const IOCTL_AFD_POLL: u32 = 0x0001_2024;

/// What comes in: the time, how many sockets, whether it is exclusive; and for each its handle, the events, a status.
struct Incoming {
    head: [u8; HEAD],
    sockets: Vec<Asked>,
}

impl Incoming {
    /// # Errors
    /// `STATUS_INVALID_PARAMETER`: no socket, or more than there is room for. `STATUS_NO_MEMORY`.
    ///
    /// # Safety
    /// So many bytes were found readable.
    unsafe fn read(from: *const u8, len: usize) -> Result<Self, u32> {
        const BAD: u32 = status::STATUS_INVALID_PARAMETER;
        if len < HEAD + ENTRY {
            return Err(BAD);
        }
        // SAFETY: readable, as the caller says; the address need not be aligned.
        let head = unsafe { from.cast::<[u8; HEAD]>().read_unaligned() };
        let [_, _, _, _, _, _, _, _, a, b, c, d, ..] = head;
        let count = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if count == 0 || count > (len - HEAD) / ENTRY {
            return Err(BAD);
        }
        let mut sockets = Vec::new();
        sockets.try_reserve_exact(count).map_err(|_| status::STATUS_NO_MEMORY)?;
        for at in 0..count {
            // SAFETY: within those bytes, as just asked.
            let entry = unsafe { from.add(HEAD + at * ENTRY).cast::<[u8; ENTRY]>().read_unaligned() };
            let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = entry;
            sockets.push(Asked {
                handle: usize::from_le_bytes([a, b, c, d, e, f, g, h]),
                events: u32::from_le_bytes([i, j, k, l]),
            });
        }
        Ok(Self { head, sockets })
    }

    fn timeout(&self) -> i64 {
        let [a, b, c, d, e, f, g, h, ..] = self.head;
        i64::from_le_bytes([a, b, c, d, e, f, g, h])
    }

    /// The eight bytes before the count, and the four behind it.
    fn around(&self) -> ([u8; 8], [u8; 4]) {
        let [a, b, c, d, e, f, g, h, .., i, j, k, l] = self.head;
        ([a, b, c, d, e, f, g, h], [i, j, k, l])
    }
}

/// The words of a routine: its address, the context, the status block.
fn call_routine([address, context, block, _]: [usize; 4]) {
    // SAFETY: `control` made the number of a function of this type.
    let routine = unsafe { std::mem::transmute::<*mut c_void, PIO_APC_ROUTINE>(pointer(address)) };
    if let Some(routine) = routine {
        // SAFETY: a routine, which the caller handed out for its thread.
        unsafe { routine(pointer(context), pointer(block).cast(), 0) }
    }
}

/// The buffers of a command: address and length of what comes in, and of where the results go.
#[derive(Clone, Copy)]
struct Buffers {
    input: (*const u8, usize),
    output: (usize, usize),
}

/// Who is told of the end, beside the status block.
#[derive(Clone, Copy)]
struct End {
    event: usize,
    routine: PIO_APC_ROUTINE,
    context: usize,
}

/// # Safety
/// A status block and its buffers; a routine for the calling thread.
unsafe fn control(file: usize, end: End, block: usize, code: u32, buffers: Buffers) -> Answer {
    const BAD: u32 = status::STATUS_ACCESS_VIOLATION;
    // The bits of a handle that are the program's.
    const OWN_BITS: usize = 3;
    // SAFETY: a status block.
    let block = unsafe { UserStatusBlock::new(block) }.filter(|_| block != 0).ok_or(BAD)?;
    let owner = Owner::of(file)?;
    let event = match end.event & !OWN_BITS {
        0 => None,
        event => Some(Kept::of(event).map_err(|code| about(event, code))?),
    };
    let Buffers { input: (from, len), output: (to, room) } = buffers;
    if len > 0 && (from.is_null() || !memory::readable(from.addr(), len)) {
        return Err(BAD);
    }
    // SAFETY: the caller hands it out until the end.
    let area = unsafe { UserArea::new(to, room) }.filter(|_| room == 0 || to != 0).ok_or(BAD)?;
    let routine = end
        .routine
        .map(|routine| Routine { call: call_routine, address: (routine as *mut c_void).expose_provenance() });
    if let (Some(command), Owner::Socket(_)) = (receive::Command::of(code), &owner) {
        let ends = DriverEnd { block, event, routine, context: end.context };
        reactor::resume();
        // SAFETY: readable, as just asked; what it names is the caller's to hand out.
        return unsafe { receive::begin(command, file, (from, len), ends) };
    }
    if code != IOCTL_AFD_POLL || matches!(owner, Owner::File) {
        return Err(dos_error::STATUS_INVALID_DEVICE_REQUEST);
    }
    if room < len {
        return Err(status::STATUS_INVALID_PARAMETER);
    }
    // SAFETY: readable, as just asked.
    let incoming = unsafe { Incoming::read(from, len) }?;
    let [.., exclusive, _, _, _] = incoming.head;
    let wish = Wish {
        timeout: incoming.timeout(),
        exclusive: exclusive != 0,
        head: incoming.around(),
        sockets: incoming.sockets,
        area,
        block,
        event,
        routine,
        context: end.context,
    };
    reactor::resume();
    polls::begin(owner, wish)
}

/// `NTSTATUS NtDeviceIoControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock, ULONG IoControlCode, PVOID InputBuffer, ULONG InputBufferLength, PVOID OutputBuffer, ULONG OutputBufferLength)`
///
/// Has Windows' driver for sockets do something; `FileHandle` is a handle of its device or any socket. `IOCTL_AFD_RECEIVE` (0x12017) and
/// `IOCTL_AFD_RECEIVE_DATAGRAM` (0x1201B) on a socket do what `WSARecvFrom` does (PL19). `IOCTL_AFD_POLL` (0x12024) waits until one of several sockets has one of several events. Both buffers are an `AFD_POLL_INFO`:
/// when the wait ends at the latest, in 100 nanoseconds (from now where it is negative, else from 1601; 0x7FFFFFFFFFFFFFFF: never), how many
/// sockets, whether it is exclusive, and for each socket its handle, the events and a status. What comes out has those of the sockets
/// that have an event, with those events; both buffers may be the same.
///
/// The events: `AFD_POLL_RECEIVE` (1) data or a datagram, `AFD_POLL_RECEIVE_EXPEDITED` (2) an urgent byte, `AFD_POLL_SEND` (4) room
/// to send, `AFD_POLL_DISCONNECT` (8) the peer sends no more, `AFD_POLL_ABORT` (0x10) the connection is broken,
/// `AFD_POLL_LOCAL_CLOSE` (0x20) the socket was closed, of which it tells in any case, 0x40 the socket is connected,
/// `AFD_POLL_ACCEPT` (0x80) a connection waits, `AFD_POLL_CONNECT_FAIL` (0x100) the last `connect` failed, with its status. Other bits
/// are taken, and nothing is told of them.
///
/// The end is told by the status block, `Event` or the handle's own signal, `ApcRoutine` on the calling thread while it waits
/// alertably, and, where the handle belongs to a completion port and `ApcContext` is not NULL, a packet with that in the place of the
/// OVERLAPPED.
///
/// # Returns
/// `STATUS_SUCCESS`: something held already, or the time is 0; it is told like any other end. `STATUS_PENDING` (0x103): it is told
/// later: `STATUS_SUCCESS`, `STATUS_TIMEOUT` with no socket, `STATUS_CANCELLED`. On a handle whose calls wait: how it has ended.
///
/// # Errors
/// Nothing is written then.
/// * `STATUS_ACCESS_VIOLATION`: `IoStatusBlock` or a buffer cannot be used.
/// * `STATUS_INVALID_HANDLE`: `FileHandle`, `Event` or a socket is none, or is being closed. `STATUS_OBJECT_TYPE_MISMATCH`: that of
///   another object.
/// * `STATUS_INVALID_DEVICE_REQUEST`: another command; a file.
/// * `STATUS_INVALID_PARAMETER`: no socket, a buffer that is too short for them, less room for the results than what comes in; a routine, and
///   the handle belongs to a port.
/// * `STATUS_NOT_SUPPORTED`: receiving from a socket that was made without WSA_FLAG_OVERLAPPED.
/// * `STATUS_ACCESS_DENIED`: the handle of the event has no right to set it.
/// * Of receiving, the status of what `WSARecvFrom` would fail with.
/// * `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`: no memory, no descriptor, no thread.
///
/// Source: PL1 to PL19.
///
/// # Safety
/// A status block and its buffers; a routine for the calling thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtDeviceIoControlFile(
    FileHandle: HANDLE,
    Event: HANDLE,
    ApcRoutine: PIO_APC_ROUTINE,
    ApcContext: *mut c_void,
    IoStatusBlock: *mut IO_STATUS_BLOCK,
    IoControlCode: ULONG,
    InputBuffer: *mut c_void,
    InputBufferLength: ULONG,
    OutputBuffer: *mut c_void,
    OutputBufferLength: ULONG,
) -> NTSTATUS {
    let len = |length: ULONG| usize::try_from(length).unwrap_or(usize::MAX);
    let end = End { event: Event.addr(), routine: ApcRoutine, context: ApcContext.expose_provenance() };
    let buffers = Buffers {
        input: (InputBuffer.cast_const().cast(), len(InputBufferLength)),
        output: (OutputBuffer.expose_provenance(), len(OutputBufferLength)),
    };
    let block = IoStatusBlock.expose_provenance();
    waiting(
        |f| write!(f, "NtDeviceIoControlFile({FileHandle:p}, {IoControlCode:#x}, {IoStatusBlock:p})"),
        // SAFETY: the caller's, handed on.
        || unsafe { control(FileHandle.addr(), end, block, IoControlCode, buffers) },
    )
}

/// What became of a cancelling.
fn cancelled(file: usize, result: Result<(), Code>) -> Answer {
    match result {
        Ok(()) => Ok(status::SUCCESS),
        Err(Code::NOT_FOUND) => Err(dos_error::STATUS_NOT_FOUND),
        Err(code) => Err(about(file, code)),
    }
}

/// `NTSTATUS NtCancelIoFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)`
///
/// [`CancelIo`](crate::ffi::ws2_CancelIo): cancels what the calling thread has begun on a socket or the device.
///
/// # Returns
/// `STATUS_SUCCESS`, also where there was nothing; it is written to `IoStatusBlock`.
///
/// # Errors
/// * `STATUS_INVALID_HANDLE`: no handle. `STATUS_OBJECT_TYPE_MISMATCH`: that of another object.
/// * `STATUS_ACCESS_VIOLATION`: `IoStatusBlock` cannot be written.
///
/// Source: NT6.
///
/// # Safety
/// `IoStatusBlock` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtCancelIoFile(
    FileHandle: HANDLE,
    IoStatusBlock: *mut IO_STATUS_BLOCK,
) -> NTSTATUS {
    let act = || {
        let block = Place::new(IoStatusBlock)?;
        let file = FileHandle.expose_provenance();
        let result = cancelled(file, cancel::of_this_thread(file));
        if let Ok(status) = result {
            // SAFETY: an out pointer.
            unsafe { block.tell(status, 0) }?;
        }
        result
    };
    answer(|f| write!(f, "NtCancelIoFile({FileHandle:p})"), act())
}

/// `NTSTATUS NtCancelIoFileEx(HANDLE FileHandle, PIO_STATUS_BLOCK IoRequestToCancel, PIO_STATUS_BLOCK IoStatusBlock)`
///
/// [`CancelIoEx`](crate::ffi::ws2_CancelIoEx): cancels the operation of a status block, or of the OVERLAPPED that begins there, or all
/// where that is NULL, whichever thread has begun it. When it returns, the ends of polls are told, also of those that have ended otherwise
/// meanwhile: their memory is the program's again.
///
/// # Returns
/// `STATUS_SUCCESS`; it is written to `IoStatusBlock`.
///
/// # Errors
/// * `STATUS_NOT_FOUND`: there is none; it may have ended already. That is written to `IoStatusBlock`, too.
/// * `STATUS_INVALID_HANDLE`: no handle. `STATUS_OBJECT_TYPE_MISMATCH`: that of another object.
/// * `STATUS_ACCESS_VIOLATION`: `IoStatusBlock` cannot be written.
///
/// Source: NT6, PL16.
///
/// # Safety
/// `IoStatusBlock` is an out pointer. The other one is not followed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtCancelIoFileEx(
    FileHandle: HANDLE,
    IoRequestToCancel: *mut IO_STATUS_BLOCK,
    IoStatusBlock: *mut IO_STATUS_BLOCK,
) -> NTSTATUS {
    let act = || {
        let block = Place::new(IoStatusBlock)?;
        let file = FileHandle.expose_provenance();
        let result = cancelled(file, cancel::any(file, IoRequestToCancel.expose_provenance()));
        if let Ok(status) | Err(status @ dos_error::STATUS_NOT_FOUND) = result {
            // SAFETY: an out pointer.
            unsafe { block.tell(status, 0) }?;
        }
        result
    };
    answer(|f| write!(f, "NtCancelIoFileEx({FileHandle:p}, {IoRequestToCancel:p})"), act())
}
