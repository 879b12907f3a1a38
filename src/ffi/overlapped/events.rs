//! Network events: `WSAEventSelect WSAEnumNetworkEvents`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_int, c_void};
use std::mem::offset_of;

use crate::error::WsaError;
use crate::ffi::call::call;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{LONG, SOCKET, WSANETWORKEVENTS};
use crate::overlapped::events;
use crate::socket::transfer::socket_first;
use crate::sys::user::memory;

/// `int WSAEventSelect(SOCKET s, WSAEVENT hEventObject, long lNetworkEvents)`
///
/// Has an event set when something happens to a socket, and makes the socket non-blocking; it stays so, and `FIONBIO` can
/// make it blocking only after a call with 0 for `lNetworkEvents`, which ends the selection. Each call replaces the one
/// before it. `lNetworkEvents` has a bit for each kind: `FD_READ`, `FD_WRITE`, `FD_OOB`, `FD_ACCEPT`, `FD_CONNECT`,
/// `FD_CLOSE`, and for a socket that has asked with `SIO_ADDRESS_LIST_CHANGE` or `SIO_ROUTING_INTERFACE_CHANGE`, and was
/// told `WSAEWOULDBLOCK`, `FD_ADDRESS_LIST_CHANGE` and `FD_ROUTING_INTERFACE_CHANGE`; the other bits are taken, and
/// nothing happens that they stand for. Which kinds have happened
/// [`WSAEnumNetworkEvents`] tells; they are recorded from the first selection on, those that are not selected, too. What
/// had happened before counts: data that lies here, connections, the end of a `connect` or of the connection.
///
/// A socket that is accepted has the listener's selection. The event object may be closed while it is selected; it is then
/// set unseen. Several sockets may have one event object.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket, or one that another thread is closing.
/// * `WSAEINVAL`: `lNetworkEvents` is not 0, and `hEventObject` is no event's handle.
/// * `WSAENOBUFS`, `WSAEMFILE`: no memory, no thread, no descriptor to listen with. Of these the whole process needs three
///   and a thread, however many sockets there are.
///
/// Source: ES1 to ES16, RE1 to RE9.
#[unsafe(no_mangle)]
pub extern "C" fn WSAEventSelect(s: SOCKET, hEventObject: HANDLE, lNetworkEvents: LONG) -> c_int {
    call(
        |f| write!(f, "WSAEventSelect({s}, {hEventObject:p}, {lNetworkEvents:#x})", s = s.cast_signed()),
        |_| events::select(s, hEventObject.addr(), lNetworkEvents).map(|()| 0),
    )
}

/// `int WSAEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject, LPWSANETWORKEVENTS lpNetworkEvents)`
///
/// Tells which of the selected kinds of events have happened to a socket since they were told last, and resets
/// `hEventObject` at the same moment; NULL resets none. For each bit that is set in `lNetworkEvents` of the structure,
/// `iErrorCode` has a code, 0 mostly; the other codes are left alone. `FD_CONNECT` brings the code of the `connect`,
/// `FD_CLOSE` brings `WSAECONNABORTED` after a reset. Without a selection nothing has happened.
///
/// # Returns
/// 0, or `SOCKET_ERROR`; nothing is told and reset then.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket, or one that another thread is closing.
/// * `WSAEFAULT`: `lpNetworkEvents` cannot be written.
/// * `WSAEINVAL`: `hEventObject` is neither NULL nor an event's handle.
///
/// Source: EN1 to EN6.
///
/// # Safety
/// `lpNetworkEvents` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAEnumNetworkEvents(
    s: SOCKET,
    hEventObject: HANDLE,
    lpNetworkEvents: *mut WSANETWORKEVENTS,
) -> c_int {
    call(
        |f| write!(f, "WSAEnumNetworkEvents({s}, {hEventObject:p})", s = s.cast_signed()),
        |_| {
            let at = lpNetworkEvents.cast::<c_void>();
            if !memory::writable(at.addr(), size_of::<WSANETWORKEVENTS>()) {
                let failure = WsaError::WSAEFAULT.because("the place of the events cannot be written");
                return Err(socket_first(s, failure));
            }
            let report = events::report(s, hEventObject.addr())?;
            let events = report.map_or(0, |report| report.events);
            // SAFETY: writable, as just asked, and that is so for every field.
            unsafe { at.cast::<LONG>().write_unaligned(events.cast_signed()) };
            for (number, code) in report.iter().flat_map(|report| report.codes.iter().enumerate()) {
                if events >> number & 1 != 0 {
                    let offset = offset_of!(WSANETWORKEVENTS, iErrorCode) + number * size_of::<c_int>();
                    // SAFETY: likewise; there are as many codes as the structure has room for.
                    unsafe { at.byte_add(offset).cast::<c_int>().write_unaligned(*code) };
                }
            }
            Ok(0)
        },
    )
}
