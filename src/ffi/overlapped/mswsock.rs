//! mswsock's functions around connections: `AcceptEx GetAcceptExSockaddrs ConnectEx DisconnectEx`. The last two have no
//! names that a program could link with: `SIO_GET_EXTENSION_FUNCTION_POINTER` hands them out.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_int, c_void};

use super::call::{Own, PENDING, wish};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::call::{Show, failed, traced};
use crate::ffi::types::{BOOL, DWORD, INT, OVERLAPPED, SOCKET, ws2_sockaddr};
use crate::overlapped::operations::accept::{self, Parts};
use crate::overlapped::operations::{Started, connect, disconnect};
use crate::runtime::{startup, trace};
use crate::socket::address;
use crate::socket::transfer::socket_first;
use crate::sys::user::memory;
use crate::sys::{Errno, UserAddress, UserArea, UserBuf};

/// Runs a function that returns TRUE, or FALSE with Winsock's code (EX5).
pub(in crate::ffi) fn truth(
    describe: impl Fn(&mut std::fmt::Formatter<'_>) -> std::fmt::Result,
    act: impl FnOnce() -> Result<(), Failure>,
) -> BOOL {
    match startup::admit(startup::mode()).and_then(|()| act()) {
        Ok(()) => {
            last_error::set(0);
            if trace::wanted() {
                traced(&Show(describe), 1, None);
            }
            1
        }
        Err(failure) => {
            failed::<i32>(&Show(describe), failure);
            0
        }
    }
}

/// The answer to an operation that was begun.
pub(in crate::ffi) const fn begun(started: Started) -> Result<(), Failure> {
    match started {
        Started::Pending => Err(PENDING),
        Started::Done(..) => Ok(()),
    }
}

/// TF_REUSE_SOCKET.
const REUSE: DWORD = 2;

/// What is said where an OVERLAPPED is needed.
const NEEDED: Failure = WsaError::WSA_INVALID_PARAMETER.because("lpOverlapped is NULL");

fn size(number: DWORD) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// `BOOL AcceptEx(SOCKET sListenSocket, SOCKET sAcceptSocket, PVOID lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, LPDWORD lpdwBytesReceived, LPOVERLAPPED lpOverlapped)`
///
/// Takes the next connection of a listener for a socket that the program has made: neither bound nor connected, of the
/// listener's family. With `dwReceiveDataLength` the operation ends with the first data, or the peer's end; with 0 as soon as
/// there is a connection. The buffer gets the data, the local and the remote address, which [`ws2_GetAcceptExSockaddrs`]
/// finds; each address needs 16 bytes beside its own. Several calls are served in their order, before `accept`.
///
/// The end is told as that of an operation of the listener. The accept socket keeps its number, its mode, what was set on it
/// and its completion port; `SO_UPDATE_ACCEPT_CONTEXT` gives it the listener's options and selection. It works at once for every
/// call.
///
/// # Returns
/// FALSE with `WSA_IO_PENDING`: the operation has begun. On a listener without WSA_FLAG_OVERLAPPED TRUE at the end.
///
/// # Errors
/// * `WSA_INVALID_PARAMETER`: `lpOverlapped` is NULL.
/// * `WSAENOTSOCK`: one of the sockets is none.
/// * `WSAEFAULT`: the buffer or `lpOverlapped` cannot be written, or `dwRemoteAddressLength` is 0.
/// * `WSAEINVAL`: the listener does not listen; the accept socket is bound, connected, no stream socket, of another family,
///   or in use by another call.
/// * `WSANOTINITIALISED`, `WSAENOBUFS`, `WSAEMFILE`.
///
/// The operation ends with `STATUS_BUFFER_TOO_SMALL` (`ERROR_INSUFFICIENT_BUFFER`) where an address does not fit: the connection
/// stays for the next who accepts; with `STATUS_CANCELLED` where one of the sockets is closed.
///
/// Source: AX1 to AX13, OE11, CP18.
///
/// # Safety
/// The buffer is an out pointer to the bytes of its three parts; `lpdwBytesReceived` is an out pointer; an overlapped pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_AcceptEx(
    sListenSocket: SOCKET,
    sAcceptSocket: SOCKET,
    lpOutputBuffer: *mut c_void,
    dwReceiveDataLength: DWORD,
    dwLocalAddressLength: DWORD,
    dwRemoteAddressLength: DWORD,
    lpdwBytesReceived: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    let parts = Parts {
        data: size(dwReceiveDataLength),
        local: size(dwLocalAddressLength),
        remote: size(dwRemoteAddressLength),
    };
    truth(
        |f| {
            write!(
                f,
                "AcceptEx({sListenSocket}, {sAcceptSocket}, {dwReceiveDataLength} + {dwLocalAddressLength} + {dwRemoteAddressLength} bytes, {lpOverlapped:p})"
            )
        },
        || {
            if lpOverlapped.is_null() {
                return Err(NEEDED);
            }
            // SAFETY: an overlapped pointer.
            let wish =
                unsafe { wish((lpOverlapped, None)) }.map_err(|bad| socket_first(sListenSocket, bad))?;
            let address = lpOutputBuffer.expose_provenance();
            // SAFETY: an out pointer to so many bytes.
            let area = unsafe { UserArea::new(address, parts.total()) }.filter(|_| address != 0);
            let started = accept::begin(sListenSocket, sAcceptSocket, area, parts, wish)?;
            if let Started::Done(_, bytes) = started
                && !lpdwBytesReceived.is_null()
            {
                // SAFETY: an out pointer; where it cannot be written nobody learns the number.
                let _ = unsafe { memory::write(lpdwBytesReceived, bytes) };
            }
            begun(started)
        },
    )
}

/// `void GetAcceptExSockaddrs(PVOID lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, struct sockaddr **LocalSockaddr, LPINT LocalSockaddrLength, struct sockaddr **RemoteSockaddr, LPINT RemoteSockaddrLength)`
///
/// Finds the addresses in the buffer of an [`ws2_AcceptEx`] that has ended well; the lengths are those of that call. The
/// pointers lead into the buffer. Without room for a local address its pointer and length are left alone.
///
/// Source: AX3, AX7.
///
/// # Safety
/// The buffer is an in pointer to the bytes of its parts; the other four are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetAcceptExSockaddrs(
    lpOutputBuffer: *mut c_void,
    dwReceiveDataLength: DWORD,
    dwLocalAddressLength: DWORD,
    dwRemoteAddressLength: DWORD,
    LocalSockaddr: *mut *mut ws2_sockaddr,
    LocalSockaddrLength: *mut INT,
    RemoteSockaddr: *mut *mut ws2_sockaddr,
    RemoteSockaddrLength: *mut INT,
) {
    let local = (size(dwReceiveDataLength), size(dwLocalAddressLength), LocalSockaddr, LocalSockaddrLength);
    let at = size(dwReceiveDataLength).saturating_add(size(dwLocalAddressLength));
    let remote = (at, size(dwRemoteAddressLength), RemoteSockaddr, RemoteSockaddrLength);
    for (at, room, place, len_place) in [local, remote] {
        let part = lpOutputBuffer.wrapping_byte_add(at).cast::<u8>();
        if room == 0 || lpOutputBuffer.is_null() || !memory::readable(part.addr(), room) {
            continue;
        }
        // SAFETY: readable, as just asked; nobody changes it meanwhile.
        let bytes = unsafe { std::slice::from_raw_parts(part, room) };
        let Some((offset, len)) = accept::address_in(bytes) else { continue };
        let len = INT::try_from(len).unwrap_or(0);
        // SAFETY: out pointers; where one cannot be written nobody learns it.
        let _ = unsafe {
            memory::write(place, part.wrapping_add(offset).cast::<ws2_sockaddr>())
                && memory::write(len_place, len)
        };
    }
    if trace::wanted() {
        traced(
            &Show(|f: &mut std::fmt::Formatter<'_>| write!(f, "GetAcceptExSockaddrs({lpOutputBuffer:p})")),
            0,
            None,
        );
    }
}

/// `BOOL ConnectEx(SOCKET s, const struct sockaddr *name, int namelen, PVOID lpSendBuffer, DWORD dwSendDataLength, LPDWORD lpdwBytesSent, LPOVERLAPPED lpOverlapped)`
///
/// Connects a socket that is bound, and then sends the data, of which a copy is made. The operation ends when all of it is
/// taken. After a failure the socket can be connected anew. Until `SO_UPDATE_CONNECT_CONTEXT` is set `connect` says `WSAEINVAL`;
/// every other call works at once.
///
/// # Returns
/// FALSE with `WSA_IO_PENDING`: the operation has begun. On a socket without WSA_FLAG_OVERLAPPED TRUE at the end.
///
/// # Errors
/// * `WSA_INVALID_PARAMETER`: `lpOverlapped` is NULL.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `name`, the data or `lpOverlapped` cannot be used.
/// * `WSAEINVAL`: the socket is not bound, no stream socket, listens, or is being connected.
/// * `WSAEISCONN`: it is connected, or was.
/// * `WSAEAFNOSUPPORT`, `WSAEADDRNOTAVAIL`, `WSAENETUNREACH`, `WSAEADDRINUSE`: as with `connect`.
/// * `WSANOTINITIALISED`, `WSAENOBUFS`, `WSAEMFILE`.
///
/// The operation itself ends with `STATUS_CONNECTION_REFUSED` and the like.
///
/// Source: CX1 to CX7.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes, the data one to so many; `lpdwBytesSent` is an out pointer; an overlapped
/// pointer.
pub(super) unsafe extern "C" fn connect_ex(
    s: SOCKET,
    name: *const ws2_sockaddr,
    namelen: c_int,
    lpSendBuffer: *mut c_void,
    dwSendDataLength: DWORD,
    lpdwBytesSent: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    const BAD: Failure = WsaError::WSAEFAULT.because("the data cannot be read");
    truth(
        |f| write!(f, "ConnectEx({s}, {dwSendDataLength} bytes, {lpOverlapped:p})"),
        || {
            if lpOverlapped.is_null() {
                return Err(NEEDED);
            }
            // SAFETY: an overlapped pointer, and an in pointer.
            let (wish, name) = unsafe {
                let wish = wish((lpOverlapped, None)).map_err(|bad| socket_first(s, bad))?;
                (wish, UserAddress::new(name.expose_provenance(), namelen))
            };
            wish.overlapped.begin(crate::windows::status::PENDING);
            let address = address::read_for(crate::descriptor::of(s)?, name)?;
            let given = if lpSendBuffer.is_null() { 0 } else { size(dwSendDataLength) };
            let load = UserBuf::new(lpSendBuffer.expose_provenance(), given).copy();
            let load = load.map_err(Errno::from)?.ok_or_else(|| socket_first(s, BAD))?;
            let started = connect::begin(s, &address, load, wish)?;
            if let Started::Done(_, bytes) = started
                && !lpdwBytesSent.is_null()
            {
                // SAFETY: an out pointer; where it cannot be written nobody learns the number.
                let _ = unsafe { memory::write(lpdwBytesSent, bytes) };
            }
            begun(started)
        },
    )
}

/// `BOOL DisconnectEx(SOCKET s, LPOVERLAPPED lpOverlapped, DWORD dwFlags, DWORD dwReserved)`
///
/// Ends the sending half of a connection, behind the sends that wait. With TF_REUSE_SOCKET (2) it waits for the peer's end,
/// too, what comes is lost, and then there is a fresh socket under the same number: after `AcceptEx` without an address, after
/// `ConnectEx` bound as before. Without an OVERLAPPED the call waits for that; without the flag, too, it ends at once.
///
/// # Returns
/// With an OVERLAPPED FALSE and `WSA_IO_PENDING`: the operation has begun. Else TRUE, again and again, or FALSE.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAENOTCONN`: not connected.
/// * `WSAEINVAL`: another flag; `dwReserved` is not 0.
/// * `WSAEFAULT`: `lpOverlapped` cannot be written.
/// * `WSANOTINITIALISED`, `WSAENOBUFS`, `WSAEMFILE`.
///
/// Source: DX1 to DX4.
///
/// # Safety
/// An overlapped pointer.
pub(super) unsafe extern "C" fn disconnect_ex(
    s: SOCKET,
    lpOverlapped: *mut OVERLAPPED,
    dwFlags: DWORD,
    dwReserved: DWORD,
) -> BOOL {
    truth(
        |f| write!(f, "DisconnectEx({s}, {lpOverlapped:p}, {dwFlags:#x}, {dwReserved})"),
        || {
            if lpOverlapped.is_null() {
                return if dwFlags & REUSE == 0 {
                    disconnect::now(s, dwFlags, dwReserved)
                } else {
                    let mut own = Own::new(0);
                    begun(disconnect::begin(s, dwFlags, dwReserved, own.wish()?)?)
                };
            }
            // SAFETY: an overlapped pointer.
            let wish = unsafe { wish((lpOverlapped, None)) }.map_err(|bad| socket_first(s, bad))?;
            begun(disconnect::begin(s, dwFlags, dwReserved, wish)?)
        },
    )
}
