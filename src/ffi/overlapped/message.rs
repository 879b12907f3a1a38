//! Messages with control data: `WSASendMsg`, and `WSARecvMsg`, which `SIO_GET_EXTENSION_FUNCTION_POINTER` hands out.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::call::{PENDING, wish};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{Flags, call};
use crate::ffi::transfer::pieces::{BAD_NUMBER, listed};
use crate::ffi::types::message::WSABUF;
use crate::ffi::types::{DWORD, INT, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET, ws2_sockaddr};
use crate::overlapped::operations::message::{self, Places};
use crate::overlapped::operations::{Started, send};
use crate::overlapped::ordinary;
use crate::socket::transfer::{control, recv, sendto, socket_first};
use crate::sys::user::memory;
use crate::sys::{Pieces, UserAddress, UserArea, UserBuf, UserName};
use crate::windows::status;

/// A message: its address, its data, its control data: 56 bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct WSAMSG {
    pub name: *mut ws2_sockaddr,
    pub namelen: INT,
    pub lpBuffers: *mut WSABUF,
    pub dwBufferCount: DWORD,
    pub Control: WSABUF,
    pub dwFlags: DWORD,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<WSAMSG>() == 56);
    assert!(offset_of!(WSAMSG, Control) == 32 && offset_of!(WSAMSG, dwFlags) == 48);
};

const NO_MESSAGE: Failure = WsaError::WSAEFAULT.because("lpMsg cannot be read, or not be written");
const NO_CONTROL: Failure =
    WsaError::WSAEFAULT.because("the control data cannot be read, or its room not be written");
const STREAM: Failure = WsaError::WSAEINVAL.because("messages are for datagram sockets");

fn is_stream(s: SOCKET) -> Result<bool, Failure> {
    Ok(crate::descriptor::is_stream(crate::descriptor::of(s)?)?)
}

/// `int WSASendMsg(SOCKET s, LPWSAMSG lpMsg, DWORD dwFlags, LPDWORD lpNumberOfBytesSent, LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Sends a datagram with control data: the local address and the interface (IP_PKTINFO, IPV6_PKTINFO), TTL and hop limit, type
/// of service and traffic class, the size of the parts (UDP_SEND_MSG_SIZE). Without a name it goes to the peer. `dwFlags` is that
/// of `WSASendTo`; the one in the message is not looked at.
///
/// # Returns
/// 0 with the number of bytes in `*lpNumberOfBytesSent`, or `SOCKET_ERROR`; with an OVERLAPPED also `WSA_IO_PENDING`.
///
/// # Errors
/// Those of [`WSASendTo`](crate::ffi::WSASendTo), and
/// * `WSAEFAULT`: `lpMsg` or its control data cannot be read.
/// * `WSAEINVAL`: a stream socket; control data that is not for sending.
///
/// Source: MX5, MX6, R13.
///
/// # Safety
/// `lpMsg` is an in pointer, as are those in it; `lpNumberOfBytesSent` is an out pointer; an overlapped pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASendMsg(
    s: SOCKET,
    lpMsg: *mut WSAMSG,
    dwFlags: DWORD,
    lpNumberOfBytesSent: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    let flags = dwFlags.cast_signed();
    call(
        |f| write!(f, "WSASendMsg({s}, {lpMsg:p}, {})", Flags(flags), s = s.cast_signed()),
        |_| {
            // SAFETY: an in pointer; any bits are numbers and addresses.
            let message = unsafe { memory::read(lpMsg) }.ok_or_else(|| socket_first(s, NO_MESSAGE))?;
            if is_stream(s)? {
                return Err(STREAM);
            }
            let place_is_good = if lpNumberOfBytesSent.is_null() {
                !lpOverlapped.is_null()
            } else {
                memory::writable(lpNumberOfBytesSent.addr(), size_of::<DWORD>())
            };
            // SAFETY: in pointers; an overlapped pointer.
            let (pieces, to, given) = unsafe {
                let mut pieces = Pieces::default();
                let to = UserAddress::new(message.name.expose_provenance(), message.namelen);
                let listed = listed(message.lpBuffers, message.dwBufferCount, &mut pieces);
                let wish = listed.and_then(|()| {
                    if lpOverlapped.is_null() {
                        return Ok(None);
                    }
                    wish((lpOverlapped, lpCompletionRoutine)).map(Some)
                });
                (pieces, to, wish)
            };
            let wish = match given {
                Ok(wish) if place_is_good => wish,
                Ok(_) => return sendto::refuse(s, flags, to, BAD_NUMBER).map(|_| 0),
                Err(failure) => return sendto::refuse(s, flags, to, failure).map(|_| 0),
            };
            let len = usize::try_from(message.Control.len).unwrap_or(usize::MAX);
            let len = if message.Control.buf.is_null() { 0 } else { len };
            let bytes = UserBuf::new(message.Control.buf.expose_provenance(), len).copy();
            let control = control::to_linux(&bytes.ok_or(NO_CONTROL)?)?;
            let sent = match wish {
                None => {
                    pieces.tell_sent();
                    let sent = ordinary::sending(s, || sendto::message(s, &pieces, flags, to, &control))?;
                    DWORD::try_from(sent).unwrap_or(DWORD::MAX)
                }
                Some(wish) => match send::begin(s, pieces, flags, to, control, wish)? {
                    Started::Pending => return Err(PENDING),
                    Started::Done(_, bytes) => bytes,
                },
            };
            if !lpNumberOfBytesSent.is_null() {
                // SAFETY: writable, as just asked.
                unsafe { lpNumberOfBytesSent.write_unaligned(sent) };
            }
            Ok(0)
        },
    )
}

/// `int WSARecvMsg(SOCKET s, LPWSAMSG lpMsg, LPDWORD lpdwNumberOfBytesRecvd, LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Receives a datagram, its sender's address, and the control data that options have asked for. `dwFlags` of the message is 0
/// or MSG_PEEK. At the end `namelen`, the length of `Control` and `dwFlags` are written: MSG_TRUNC (0x100), MSG_CTRUNC (0x200),
/// and, with IP_PKTINFO or IPV6_PKTINFO, MSG_BCAST (0x400), MSG_MCAST (0x800). IP_RECVIF and IP_RECVDSTADDR, and their twins of
/// IPv6, ask for the interface alone, and for the address that the datagram was sent to.
///
/// # Returns
/// 0 with the number of bytes in `*lpdwNumberOfBytesRecvd`, or `SOCKET_ERROR`; with an OVERLAPPED also `WSA_IO_PENDING`.
///
/// # Errors
/// Those of [`WSARecvFrom`](crate::ffi::WSARecvFrom), and
/// * `WSAEFAULT`: `lpMsg`, or the room for control data, cannot be written.
/// * `WSAEINVAL`: a stream socket.
/// * `WSAEMSGSIZE`: the datagram, or its control data, did not fit; the number of bytes is written, and of control data that
///   does not fit nothing.
///
/// With a routine that is `WSA_IO_PENDING`, and the routine tells.
///
/// Source: MX1 to MX4, MX6.
///
/// # Safety
/// `lpMsg` and the pointers in it are out pointers, which are lent until the end; `lpdwNumberOfBytesRecvd` is an out pointer; an
/// overlapped pointer.
pub(super) unsafe extern "C" fn receive_message(
    s: SOCKET,
    lpMsg: *mut WSAMSG,
    lpdwNumberOfBytesRecvd: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    call(
        |f| write!(f, "WSARecvMsg({s}, {lpMsg:p})", s = s.cast_signed()),
        |_| {
            // SAFETY: out pointers, any bits in which are numbers and addresses.
            let (message, head) = unsafe {
                let head = UserArea::new(lpMsg.expose_provenance(), size_of::<WSAMSG>());
                (memory::read(lpMsg), head)
            };
            let (Some(message), Some(head)) = (message, head) else {
                return Err(socket_first(s, NO_MESSAGE));
            };
            if is_stream(s)? {
                return Err(STREAM);
            }
            let place_is_good = if lpdwNumberOfBytesRecvd.is_null() {
                !lpOverlapped.is_null()
            } else {
                memory::writable(lpdwNumberOfBytesRecvd.addr(), size_of::<DWORD>())
            };
            let mut pieces = Pieces::default();
            // SAFETY: an in pointer to buffers that the caller hands out.
            let listed = unsafe { listed(message.lpBuffers, message.dwBufferCount, &mut pieces) };
            match listed {
                Ok(()) if place_is_good => {}
                Ok(()) => return recv::refuse(s, 0, BAD_NUMBER).map(|_| 0),
                Err(failure) => return recv::refuse(s, 0, failure).map(|_| 0),
            }
            let address = message.Control.buf.expose_provenance();
            let room = if address == 0 { 0 } else { usize::try_from(message.Control.len).unwrap_or(0) };
            // SAFETY: an out pointer to so many bytes.
            let area = unsafe { UserArea::new(address, room) }.filter(|_| room > 0);
            if room > 0 && area.is_none() {
                return Err(socket_first(s, NO_CONTROL));
            }
            pieces.tell_lent();
            let places = Places { head, control: area, room };
            let len_at = lpMsg.wrapping_byte_add(8).expose_provenance();
            // SAFETY: out pointers, lent until the end.
            let name = unsafe { UserName::new(message.name.expose_provenance(), len_at) };
            let flags = message.dwFlags.cast_signed();
            let started = if lpOverlapped.is_null() {
                ordinary::receiving(s, flags, || message::now(s, pieces, flags, name, places))?
            } else {
                // SAFETY: an overlapped pointer.
                let wish = unsafe { wish((lpOverlapped, lpCompletionRoutine)) };
                message::begin(s, pieces, flags, name, places, wish.map_err(|bad| socket_first(s, bad))?)?
            };
            let Started::Done(status, bytes) = started else { return Err(PENDING) };
            if !lpdwNumberOfBytesRecvd.is_null() {
                // SAFETY: writable, as just asked.
                unsafe { lpdwNumberOfBytesRecvd.write_unaligned(bytes) };
            }
            let routine = !lpOverlapped.is_null() && lpCompletionRoutine.is_some();
            match status {
                // MX4: the routine tells.
                status::STATUS_BUFFER_OVERFLOW if routine => Err(PENDING),
                status::STATUS_BUFFER_OVERFLOW => Err(recv::TOO_LONG),
                _ => Ok(0),
            }
        },
    )
}
