//! Sockets' states as packets of a completion port: `ProcessSocketNotifications`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::port::entry;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call_for_code;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{DWORD, OVERLAPPED_ENTRY, SOCK_NOTIFY_REGISTRATION};
use crate::kernel::code::Code;
use crate::kernel::port::{self, Missed, Port};
use crate::overlapped::notices::{self, Wish};
use crate::overlapped::reactor;
use crate::sys::user::memory;

const UNWANTED: Failure =
    WsaError::WSAEINVAL.because("without registrations or entries their arguments have to be NULL and 0");
const BAD_REGISTRATIONS: Failure =
    WsaError::WSAEFAULT.because("registrationInfos cannot be read and written");
const BAD_ENTRIES: Failure =
    WsaError::WSAEFAULT.because("completionPortEntries or receivedEntryCount cannot be written");

/// `DWORD ProcessSocketNotifications(HANDLE completionPort, UINT32 registrationCount, SOCK_NOTIFY_REGISTRATION *registrationInfos, UINT32 timeoutMs, ULONG completionCount, OVERLAPPED_ENTRY *completionPortEntries, UINT32 *receivedEntryCount)`
///
/// Has a completion port told of sockets' states, and takes packets from it. Both parts may be left out.
///
/// Each registration says with `operation` what is to be done: 1 (SOCK_NOTIFY_OP_ENABLE) tells the port from now on of what
/// `eventFilter` names: 1 data, a datagram or a connection, 2 room to send, 4 the peer's end of the connection or a reset. Of a
/// reset and of a `connect` that failed it is told in any case (0x40). With SOCK_NOTIFY_TRIGGER_LEVEL (4) the port has a packet as long as
/// one of them holds, with SOCK_NOTIFY_TRIGGER_EDGE (8) one whenever one begins to hold after this call; with SOCK_NOTIFY_TRIGGER_ONESHOT (1) one packet
/// until the next such call. A socket has one registration; a further call changes all of it but the key. 2
/// (SOCK_NOTIFY_OP_DISABLE) tells of nothing any more, 4 (SOCK_NOTIFY_OP_REMOVE) ends the registration, of which a last packet tells
/// (0x80); `closesocket` ends it without. 0 does nothing. `registrationResult` tells how it went.
///
/// A packet has `completionKey` of the registration, and in `dwNumberOfBytesTransferred` what holds, or has begun to hold, when it is taken; there is one at
/// most for each socket, and one that has nothing to tell any more is passed over. Every function that takes packets
/// gets them, and this one gets all others.
///
/// # Returns
/// 0, and `*receivedEntryCount` is the number of packets; `WAIT_TIMEOUT` (258) where none came in time; or the code. After those two
/// the registrations were looked at; else nothing has happened.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINVAL`: `registrationCount` is 0 and `registrationInfos` is not NULL; `completionCount` is 0 and `timeoutMs` is not, or one of the others
///   is not NULL.
/// * `WSAEFAULT`: a list or the count cannot be read or written.
/// * `WSA_INVALID_HANDLE`: no port, or a handle that was closed.
/// * `ERROR_ABANDONED_WAIT_0` (735): the port was closed meanwhile.
/// * `WSA_NOT_ENOUGH_MEMORY`.
///
/// Of a registration: `ERROR_INVALID_HANDLE`: no socket. `ERROR_INVALID_PARAMETER`: another operation, event or flag; neither level
/// nor edge, or both; one-shot and persistent; a socket that belongs to another port. `ERROR_NOT_FOUND`: there is none to
/// disable or remove at this port. `ERROR_NO_SYSTEM_RESOURCES`: no memory, no descriptor.
///
/// Source: CP27, SN1 to SN9.
///
/// # Safety
/// The registrations are an in and out pointer to so many, the entries an out pointer to so many, the count is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ProcessSocketNotifications(
    completionPort: HANDLE,
    registrationCount: u32,
    registrationInfos: *mut SOCK_NOTIFY_REGISTRATION,
    timeoutMs: u32,
    completionCount: u32,
    completionPortEntries: *mut OVERLAPPED_ENTRY,
    receivedEntryCount: *mut u32,
) -> DWORD {
    let run = || -> Result<(), Failure> {
        let count = usize::try_from(registrationCount).unwrap_or(usize::MAX);
        let most = usize::try_from(completionCount).unwrap_or(usize::MAX);
        let is_unwanted = count == 0 && !registrationInfos.is_null()
            || most == 0
                && (timeoutMs != 0 || !completionPortEntries.is_null() || !receivedEntryCount.is_null());
        if is_unwanted {
            return Err(UNWANTED);
        }
        let fits = |address: usize, size: usize, count: usize| {
            count == 0 || address != 0 && memory::writable(address, size.saturating_mul(count))
        };
        if !fits(registrationInfos.addr(), size_of::<SOCK_NOTIFY_REGISTRATION>(), count) {
            return Err(BAD_REGISTRATIONS);
        }
        if !fits(completionPortEntries.addr(), size_of::<OVERLAPPED_ENTRY>(), most)
            || !receivedEntryCount.is_null() && !memory::writable(receivedEntryCount.addr(), 4)
        {
            return Err(BAD_ENTRIES);
        }
        let port = Port::of(completionPort.addr()).map_err(refusal)?;
        for at in 0..count {
            let place = registrationInfos.wrapping_add(at);
            // SAFETY: found accessible; the address need not be aligned, and any bits are a value of these numbers.
            let asked = unsafe { place.read_unaligned() };
            let wish = Wish {
                socket: asked.socket,
                key: asked.completionKey.expose_provenance(),
                filter: asked.eventFilter,
                operation: asked.operation,
                triggers: asked.triggerFlags,
            };
            let registrationResult = notices::register(&port, wish).err().map_or(0, |code| code.number());
            // SAFETY: found writable, as every field is.
            unsafe { place.write_unaligned(SOCK_NOTIFY_REGISTRATION { registrationResult, ..asked }) };
        }
        drop(port);
        if most == 0 {
            return Ok(());
        }
        reactor::resume();
        let taken = port::get_several(completionPort.addr(), most, timeoutMs, false);
        let mut removed: u32 = 0;
        if let Ok((first, others)) = &taken {
            for (at, packet) in std::iter::once(first).chain(others).take(most).enumerate() {
                // SAFETY: within the room that was found writable; the address need not be aligned.
                unsafe { completionPortEntries.wrapping_add(at).write_unaligned(entry(packet)) };
                removed = removed.saturating_add(1);
            }
        }
        if !receivedEntryCount.is_null() {
            // SAFETY: an out pointer; where it cannot be written any more nobody learns the number.
            let _ = unsafe { memory::write(receivedEntryCount, removed) };
        }
        taken.map(drop).map_err(missed)
    };
    call_for_code(
        |f| {
            write!(
                f,
                "ProcessSocketNotifications({completionPort:p}, {registrationCount} registrations, {timeoutMs}, {completionCount} entries)"
            )
        },
        |_| run(),
    )
    .cast_unsigned()
}

fn refusal(code: Code) -> Failure {
    WsaError::from_number(code.number().cast_signed()).because("the completion port is none")
}

fn missed(missed: Missed) -> Failure {
    let (code, why) = match missed {
        Missed::TimedOut => (Code::WAIT_TIMEOUT, "no packet in time"),
        Missed::Refused(code) => (code, "the completion port cannot be waited for"),
        Missed::Interrupted => (Code::WAIT_IO_COMPLETION, "routines have run"),
        Missed::Abandoned | Missed::Ends => (Code::ABANDONED_WAIT_0, "the completion port was closed"),
    };
    WsaError::from_number(code.number().cast_signed()).because(why)
}
