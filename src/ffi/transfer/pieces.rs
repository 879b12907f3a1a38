//! Moving data in several buffers: `WSASend WSASendTo WSARecv WSARecvFrom`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{Flags, call};
use crate::ffi::overlapped::transfer as overlapped;
use crate::ffi::shown::Peer;
use crate::ffi::types::message::WSABUF;
use crate::ffi::types::{DWORD, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET, ws2_sockaddr};
use crate::overlapped::ordinary;
use crate::runtime::trace;
use crate::socket::transfer::recv;
use crate::socket::transfer::recvfrom;
use crate::socket::transfer::sendto;
use crate::sys::user::memory;
use crate::sys::{Pieces, UserAddress, UserName};
use crate::windows::abi::{MSG_OOB, MSG_PARTIAL};

/// Takes down the buffers that C lists.
///
/// # Errors
/// * `WSAEINVAL`: there is no buffer (R12).
/// * `WSAEFAULT`: the list cannot be read.
/// * `WSAENOBUFS`: more bytes than a `DWORD` counts.
///
/// # Safety
/// `list` is an in pointer to `count` buffers, which for receiving are the caller's to hand out.
#[inline(always)]
pub(in crate::ffi) unsafe fn listed(
    list: *const WSABUF,
    count: DWORD,
    pieces: &mut Pieces<'_>,
) -> Result<(), Failure> {
    if count == 0 || list.is_null() {
        return Err(WsaError::WSAEINVAL.because("there is no buffer"));
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if !memory::readable(list.addr(), count.saturating_mul(size_of::<WSABUF>())) {
        return Err(WsaError::WSAEFAULT.because("the list of buffers cannot be read"));
    }
    for at in 0..count {
        // SAFETY: readable, as just asked; the buffers are the caller's to hand out.
        let added = unsafe {
            let WSABUF { len, buf } = list.add(at).read_unaligned();
            pieces.push(buf.expose_provenance(), len)
        };
        if !added {
            return Err(WsaError::WSAENOBUFS.because("no memory for so many buffers"));
        }
    }
    if u32::try_from(pieces.total()).is_err() {
        return Err(WsaError::WSAENOBUFS.because("the buffers have 4 GiB or more together"));
    }
    Ok(())
}

/// A number of C's that a call reads or writes.
pub(in crate::ffi) const BAD_NUMBER: Failure =
    WsaError::WSAEFAULT.because("the place of a number cannot be read and written");

pub(in crate::ffi) fn count_of(bytes: usize) -> DWORD {
    DWORD::try_from(bytes).unwrap_or(DWORD::MAX)
}

/// Sends what is listed, and tells how much.
///
/// # Safety
/// As for [`listed`]; `sent` is an out pointer.
#[inline]
unsafe fn send_listed(
    s: SOCKET,
    (list, count): (*const WSABUF, DWORD),
    sent: *mut DWORD,
    flags: c_int,
    to: UserAddress<'_>,
) -> Result<c_int, Failure> {
    let mut pieces = Pieces::default();
    // SAFETY: by this function's own rule.
    match unsafe { listed(list, count, &mut pieces) } {
        Ok(()) if memory::writable(sent.addr(), size_of::<DWORD>()) => {}
        Ok(()) => return sendto::refuse(s, flags, to, BAD_NUMBER).map(|_| 0),
        Err(failure) => return sendto::refuse(s, flags, to, failure).map(|_| 0),
    }
    pieces.tell_sent();
    let bytes = ordinary::sending(s, || sendto::gather(s, &pieces, flags, to))?;
    // SAFETY: writable, as just asked.
    unsafe { sent.write_unaligned(count_of(bytes)) };
    Ok(0)
}

/// Receives into what is listed, and tells how much, and what came of the flags.
///
/// # Safety
/// As for [`listed`]; `received` and `flags_at` are out pointers.
#[inline]
unsafe fn receive_listed(
    s: SOCKET,
    (list, count): (*const WSABUF, DWORD),
    received: *mut DWORD,
    flags_at: *mut DWORD,
    name: UserName<'_>,
) -> Result<c_int, Failure> {
    let mut pieces = Pieces::default();
    let good = |place: *mut DWORD| memory::writable(place.addr(), size_of::<DWORD>());
    // SAFETY: by this function's own rule.
    match unsafe { listed(list, count, &mut pieces) } {
        Ok(()) if good(received) && good(flags_at) => {}
        Ok(()) => return recv::refuse(s, 0, BAD_NUMBER).map(|_| 0),
        Err(failure) => return recv::refuse(s, 0, failure).map(|_| 0),
    }
    // SAFETY: writable, as just asked, so readable.
    let flags = unsafe { flags_at.read_unaligned() }.cast_signed();
    let room = pieces.total();
    pieces.tell_lent();
    let result =
        ordinary::receiving(s, flags, || recvfrom::scatter(s, &mut pieces, flags & !MSG_PARTIAL, name));
    if result.as_ref().err().is_none_or(|failure| *failure == recv::TOO_LONG) {
        name.tell_written();
    }
    if trace::wanted()
        && result.is_ok()
        && let Some((at, len)) = name.written()
    {
        trace::tells(&Peer { at, len });
    }
    let (bytes, out) = match &result {
        Ok(bytes) => (*bytes, flags & MSG_OOB),
        Err(failure) if *failure == recv::TOO_LONG => (room, MSG_PARTIAL),
        Err(failure) => return Err(*failure),
    };
    pieces.tell_received(bytes);
    // SAFETY: both writable, as just asked.
    unsafe {
        received.write_unaligned(count_of(bytes));
        flags_at.write_unaligned(out.cast_unsigned());
    }
    result.map(|_| 0)
}

/// `int WSASend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent, DWORD dwFlags,
/// LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Sends several buffers on a connected socket, one after the other, in one system call; on a datagram socket
/// they are one datagram. It blocks as `send` does: a blocking stream socket takes everything or the call fails,
/// a non-blocking one may take a part. Any number of buffers is taken on a stream, 1024 on a datagram socket.
///
/// # Returns
/// 0 with the number of bytes in `*lpNumberOfBytesSent`, or `SOCKET_ERROR`.
///
/// # Errors
/// All of [`ws2_send`](crate::ffi::ws2_send), with the same causes and before the following:
/// * `WSAEINVAL`: `dwBufferCount` is 0.
/// * `WSAEFAULT`: `lpBuffers` cannot be read, or `lpNumberOfBytesSent` cannot be written.
/// * `WSAEMSGSIZE`: more than 1024 buffers on a datagram socket.
/// * `WSAENOBUFS`: the buffers have 4 GiB or more together.
///
/// Source: row R12; docs/semantics/send.md.
///
/// # Safety
/// `lpBuffers` is an in pointer to `dwBufferCount` buffers, `lpNumberOfBytesSent` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASend(
    s: SOCKET,
    lpBuffers: *mut WSABUF,
    dwBufferCount: DWORD,
    lpNumberOfBytesSent: *mut DWORD,
    dwFlags: DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    let end = (lpOverlapped, lpCompletionRoutine);
    let flags = dwFlags.cast_signed();
    call(
        |f| write!(f, "WSASend({s}, {dwBufferCount} buffers, {})", Flags(flags), s = s.cast_signed()),
        |_| {
            // SAFETY: the caller's pointers, handed on.
            unsafe {
                let list = (lpBuffers.cast_const(), dwBufferCount);
                let nobody = UserAddress::new(0, 0);
                if lpOverlapped.is_null() {
                    return send_listed(s, list, lpNumberOfBytesSent, flags, nobody);
                }
                overlapped::send(s, list, lpNumberOfBytesSent, flags, nobody, end)
            }
        },
    )
}

/// `int WSASendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent, DWORD dwFlags,
/// const struct sockaddr *lpTo, int iTolen, LPWSAOVERLAPPED lpOverlapped,
/// LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Sends several buffers to an address, as one datagram. A stream socket ignores `lpTo` and `iTolen`, and with
/// `lpTo` NULL the call is `WSASend`.
///
/// # Returns
/// 0 with the number of bytes in `*lpNumberOfBytesSent`, or `SOCKET_ERROR`.
///
/// # Errors
/// Those of [`ws2_sendto`](crate::ffi::ws2_sendto), and those that [`WSASend`] lists for itself.
///
/// Source: rows R9, R12, T24 to T26.
///
/// # Safety
/// `lpBuffers` is an in pointer to `dwBufferCount` buffers, `lpNumberOfBytesSent` an out pointer, `lpTo` an in
/// pointer to `iTolen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASendTo(
    s: SOCKET,
    lpBuffers: *mut WSABUF,
    dwBufferCount: DWORD,
    lpNumberOfBytesSent: *mut DWORD,
    dwFlags: DWORD,
    lpTo: *const ws2_sockaddr,
    iTolen: c_int,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    let end = (lpOverlapped, lpCompletionRoutine);
    let flags = dwFlags.cast_signed();
    call(
        |f| {
            let (s, to, flags) = (s.cast_signed(), Peer::new(lpTo, iTolen), Flags(flags));
            write!(f, "WSASendTo({s}, {dwBufferCount} buffers, {flags}, {to})")
        },
        |_| {
            // SAFETY: the caller's pointers, handed on.
            unsafe {
                let list = (lpBuffers.cast_const(), dwBufferCount);
                let to = UserAddress::new(lpTo.expose_provenance(), iTolen);
                if lpOverlapped.is_null() {
                    return send_listed(s, list, lpNumberOfBytesSent, flags, to);
                }
                overlapped::send(s, list, lpNumberOfBytesSent, flags, to, end)
            }
        },
    )
}

/// `int WSARecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags,
/// LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Receives into several buffers, filling one after the other, in one system call. `*lpFlags` is what `recv`
/// takes as `flags`, and may hold `MSG_PARTIAL`, which has no effect. Of more than 1024 buffers one call fills
/// the first 1024.
///
/// # Returns
/// 0, or `SOCKET_ERROR`. With 0, `*lpNumberOfBytesRecvd` is the number of bytes, 0 at the end of a stream, and
/// `*lpFlags` is `MSG_OOB` if that was asked for, else 0. With `WSAEMSGSIZE` they are the room of the buffers,
/// which are filled, and `MSG_PARTIAL`. With other codes they stay as they are.
///
/// # Errors
/// All of [`ws2_recv`](crate::ffi::ws2_recv), with the same causes, and:
/// * `WSAEINVAL`: `dwBufferCount` is 0.
/// * `WSAEFAULT`: `lpBuffers` cannot be read; `lpNumberOfBytesRecvd` or `lpFlags` cannot be written.
/// * `WSAENOBUFS`: the buffers have 4 GiB or more together.
///
/// Source: rows R1 to R13; Windows' documentation for `MSG_PARTIAL`.
///
/// # Safety
/// `lpBuffers` is an in pointer to `dwBufferCount` buffers, each the caller's to hand out;
/// `lpNumberOfBytesRecvd` and `lpFlags` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSARecv(
    s: SOCKET,
    lpBuffers: *mut WSABUF,
    dwBufferCount: DWORD,
    lpNumberOfBytesRecvd: *mut DWORD,
    lpFlags: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    let end = (lpOverlapped, lpCompletionRoutine);
    call(
        |f| write!(f, "WSARecv({s}, {dwBufferCount} buffers)", s = s.cast_signed()),
        |_| {
            let list = (lpBuffers.cast_const(), dwBufferCount);
            let out = (lpNumberOfBytesRecvd, lpFlags);
            // SAFETY: the caller's pointers, handed on.
            unsafe {
                if lpOverlapped.is_null() {
                    return receive_listed(s, list, lpNumberOfBytesRecvd, lpFlags, UserName::NOWHERE);
                }
                overlapped::receive(s, list, out, UserName::NOWHERE, end)
            }
        },
    )
}

/// `int WSARecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
/// LPDWORD lpFlags, struct sockaddr *lpFrom, LPINT lpFromlen, LPWSAOVERLAPPED lpOverlapped,
/// LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Receives a datagram into several buffers, and its sender's address. On a stream socket it is `WSARecv`, and
/// `lpFrom` and `lpFromlen` are left alone. `lpFrom` may be NULL.
///
/// # Returns
/// As [`WSARecv`].
///
/// # Errors
/// Those of [`ws2_recvfrom`](crate::ffi::ws2_recvfrom), and those that [`WSARecv`] lists for itself.
///
/// Source: rows R1, R2, R8, R9, R12.
///
/// # Safety
/// `lpBuffers` is an in pointer to `dwBufferCount` buffers, each the caller's to hand out; the other pointers
/// but the last two are out pointers, `lpFrom` to as many bytes as `*lpFromlen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSARecvFrom(
    s: SOCKET,
    lpBuffers: *mut WSABUF,
    dwBufferCount: DWORD,
    lpNumberOfBytesRecvd: *mut DWORD,
    lpFlags: *mut DWORD,
    lpFrom: *mut ws2_sockaddr,
    lpFromlen: *mut c_int,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    let end = (lpOverlapped, lpCompletionRoutine);
    call(
        |f| write!(f, "WSARecvFrom({s}, {dwBufferCount} buffers)", s = s.cast_signed()),
        |_| {
            let list = (lpBuffers.cast_const(), dwBufferCount);
            let out = (lpNumberOfBytesRecvd, lpFlags);
            // SAFETY: the caller's pointers, handed on.
            unsafe {
                let name = UserName::new(lpFrom.expose_provenance(), lpFromlen.expose_provenance());
                if lpOverlapped.is_null() {
                    return receive_listed(s, list, lpNumberOfBytesRecvd, lpFlags, name);
                }
                overlapped::receive(s, list, out, name, end)
            }
        },
    )
}
