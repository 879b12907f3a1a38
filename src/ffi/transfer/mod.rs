//! Moving data on a connected socket: `send` and `recv`.

mod message;
pub(in crate::ffi) mod pieces;
mod recv_ex;

pub use message::*;
pub use pieces::*;
pub use recv_ex::*;

use std::ffi::{c_char, c_int};

use crate::descriptor;
use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::call::{Flags, Returned, call, call_in};
use crate::ffi::types::SOCKET;
use crate::overlapped::ordinary;
use crate::runtime::startup::{self, Mode};
use crate::socket::transfer::recv;
use crate::socket::transfer::send;
use crate::socket::transfer::send::Attempt;
use crate::sys::process::sanitizer;
use crate::sys::{UserBuf, UserBufMut};

/// A count of bytes as C's `int`; it is never more than the `int` that asked for it.
pub(in crate::ffi) fn count(result: Result<usize, Failure>) -> Result<c_int, Failure> {
    result.map(|count| c_int::try_from(count).unwrap_or(c_int::MAX))
}

/// Receives into a buffer, which a sanitizer is told of before and after.
pub(in crate::ffi) fn received_into(
    mode: Mode,
    (address, len): (usize, usize),
    receive: impl FnOnce() -> Result<usize, Failure>,
) -> Result<c_int, Failure> {
    if !mode.is_watched() {
        return count(receive());
    }
    sanitizer::lends(address, len);
    let result = receive();
    match &result {
        Ok(bytes) => sanitizer::received(address, (*bytes).min(len)),
        Err(failure) if *failure == recv::TOO_LONG => sanitizer::received(address, len),
        Err(_) => {}
    }
    count(result)
}

/// `int send(SOCKET s, const char *buf, int len, int flags)`
///
/// Sends data on a connected socket, on any socket: also on one that POSIX code made.
///
/// A blocking stream socket takes all `len` bytes, or the call fails; a non-blocking one takes between 1 and
/// `len` bytes. A datagram socket sends one datagram, empty if `len` is 0. `flags` may hold `MSG_OOB` (on a
/// stream the last byte is urgent) and `MSG_DONTROUTE`, which has no effect, as with Windows' providers.
/// `SO_SNDTIMEO` limits the whole call, in milliseconds. Success says nothing about delivery. SIGPIPE never
/// rises, and a signal does not end the call.
///
/// # Returns
/// The number of bytes sent, or `SOCKET_ERROR`.
///
/// # Errors
/// Each with its cause; a socket that is none, shut down, dead or not connected is reported before bad arguments. "The description"
/// is the Windows Sockets page on `send` that this library follows.
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENETDOWN`: the network interface is down or gone, as far as Linux tells: it does for packet sockets; a
///   datagram socket gets `WSAENETUNREACH`, a connection `WSAETIMEDOUT` in the end.
/// * `WSAEACCES`: a broadcast address without `SO_BROADCAST` (the `connect` that named it reports this); a
///   `prohibit` route or a packet filter.
/// * `WSAEINTR`: another thread closed the socket, or ended Winsock, while this call waited.
/// * `WSAEINPROGRESS`: under Winsock 1.1 only, a call from a blocking hook.
/// * `WSAEFAULT`: `buf` is not wholly readable, or `len` is negative. Where only the end of `buf` is bad, a
///   stream may have carried the beginning.
/// * `WSAENETRESET`: the peer stopped answering keep-alive probes. `WSAECONNRESET` afterwards. (The description calls
///   this "reset by the remote host"; Windows' documentation says keep-alive, and so do we.)
/// * `WSAENOBUFS`: the kernel has no buffer space.
/// * `WSAENOTCONN`: not connected: never, not yet, listening, or the connection failed. (The description's `WSAEINVAL`
///   for a socket "not bound with bind" is this on Windows, too.)
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: `MSG_OOB` on a datagram socket; a flag of Winsock that is not for sending.
/// * `WSAESHUTDOWN`: after `shutdown` with `SD_SEND` or `SD_BOTH`.
/// * `WSAEWOULDBLOCK`: non-blocking, and no byte fits.
/// * `WSAEMSGSIZE`: longer than a datagram can be, 65,507 bytes over IPv4; nothing is sent.
/// * `WSAEHOSTUNREACH`, `WSAENETUNREACH`: no way to the host, to its network.
/// * `WSAEINVAL`: a flag that Winsock does not have (Windows' stack says `WSAEOPNOTSUPP`; the description is followed);
///   `MSG_OOB` on a socket with `SO_OOBINLINE` (so says the description; Windows probably sends).
/// * `WSAECONNABORTED`: the peer had closed, and then refused what was sent to it; after `WSAETIMEDOUT`. Stays.
/// * `WSAECONNRESET`: the peer reset the connection; stays. On UDP: an earlier datagram met "port unreachable",
///   reported once and only while `SIO_UDP_CONNRESET` is on (so says the description; on Windows only receiving reports
///   it).
/// * `WSAETIMEDOUT`: `SO_SNDTIMEO` passed; or the peer acknowledged nothing for so long that TCP gave up.
///
/// Source: the description of `send` (docs/send-errors.md); docs/semantics/send.md; rows Q1 to Q21.
///
/// # Safety
/// `buf` is a buffer of `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_send(s: SOCKET, buf: *const c_char, len: c_int, flags: c_int) -> c_int {
    // The common path needs no stack; all else is in functions of their own.
    let mode = startup::mode();
    let address = buf.expose_provenance();
    if mode.is_plain()
        && flags == 0
        && let Ok(room) = usize::try_from(len)
        && let Some(attempt) = send::attempt(s, &UserBuf::new(address, room))
    {
        if attempt.took(room) {
            last_error::set(0);
            return len;
        }
        return send_on(s, address, len, attempt);
    }
    send_with_care(s, address, len, flags, mode)
}

/// Goes on after an attempt that is not all there is to it.
#[cold]
#[inline(never)]
fn send_on(s: SOCKET, address: usize, len: c_int, attempt: Attempt) -> c_int {
    send_in(Mode::PLAIN, s, address, len, 0, Some(attempt))
}

/// Sends where anything is out of the ordinary.
#[cold]
#[inline(never)]
fn send_with_care(s: SOCKET, address: usize, len: c_int, flags: c_int, mode: Mode) -> c_int {
    send_in(mode, s, address, len, flags, None)
}

fn send_in(
    mode: Mode,
    s: SOCKET,
    address: usize,
    len: c_int,
    flags: c_int,
    attempt: Option<Attempt>,
) -> c_int {
    call_in(
        mode,
        |f| write!(f, "send({s}, {len} bytes, {flags})", s = s.cast_signed(), flags = Flags(flags)),
        |mode| match usize::try_from(len) {
            Ok(len) => {
                if mode.is_watched() {
                    UserBuf::new(address, len).tell_sent();
                }
                let send = || send::send(s, UserBuf::new(address, len), flags, attempt, descriptor::epoch());
                // After an attempt nothing that goes first may end the call: a part may be sent.
                count(if attempt.is_some() { send() } else { ordinary::sending(s, send) })
            }
            Err(_) => count(send::refuse(s, &UserBuf::new(0, 0), flags, send::NEGATIVE)),
        },
    )
}

/// `int recv(SOCKET s, char *buf, int len, int flags)`
///
/// Receives data on a connected socket, or a datagram on a bound one; waits for it on a blocking socket, at
/// most `SO_RCVTIMEO` milliseconds. `flags` may hold `MSG_PEEK`, `MSG_OOB`, `MSG_WAITALL` (blocking stream
/// sockets: waits until `buf` is full) and `MSG_PUSH_IMMEDIATE`, which has no effect.
///
/// # Returns
/// The number of bytes; 0 when the peer has closed a stream, for an empty datagram, and for `len` 0; or
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAESHUTDOWN`: after `shutdown` with `SD_RECEIVE` or `SD_BOTH`.
/// * `WSAENOTCONN`: a stream socket that is not connected.
/// * `WSAEINVAL`: a datagram socket without a local address; a flag that Winsock does not have; `MSG_OOB` when
///   no urgent data is there, or with `SO_OOBINLINE`.
/// * `WSAEOPNOTSUPP`: `MSG_OOB` on a datagram socket; `MSG_WAITALL` on a non-blocking or datagram socket or with
///   `MSG_PEEK` or `MSG_OOB`; a flag of Winsock that is not for receiving.
/// * `WSAEFAULT`: `buf` is not wholly writable, or `len` is negative.
/// * `WSAEWOULDBLOCK`: non-blocking, and nothing has arrived.
/// * `WSAETIMEDOUT`: `SO_RCVTIMEO` passed, with `MSG_WAITALL` before `buf` was full; or TCP gave up on a peer that acknowledged
///   nothing.
/// * `WSAEMSGSIZE`: the datagram was longer than `buf`, which is filled; the rest is lost.
/// * `WSAECONNRESET`: the peer reset the connection; stays. On UDP: an earlier datagram met "port unreachable".
/// * `WSAECONNABORTED`: the peer closed and then reset the connection; after `WSAETIMEDOUT`. Stays.
/// * `WSAENETRESET`: the peer stopped answering keep-alive probes.
/// * `WSAEINTR`: another thread closed the socket, or ended Winsock, while this call waited.
///
/// What arrived before the connection's end is delivered first (Windows drops it when a reset arrives). What had come when the
/// time of a `MSG_WAITALL` passed stays to be received, over TCP and as far as the kernel's buffer held it; else it is lost.
///
/// Source: rows R1 to R14, Q8 to Q11, Q19.
///
/// # Safety
/// `buf` is a buffer of `len` bytes that the caller hands out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_recv(s: SOCKET, buf: *mut c_char, len: c_int, flags: c_int) -> c_int {
    let address = buf.expose_provenance();
    if startup::mode().is_plain()
        && let Ok(room) = usize::try_from(len)
    {
        // SAFETY: the caller hands out `len` bytes.
        let mut buf = unsafe { UserBufMut::new(address, room) };
        let attempt = recv::attempt(s, &mut buf, flags);
        if let Some(received) = attempt.gave() {
            last_error::set(0);
            return c_int::try_from(received).unwrap_or(c_int::MAX);
        }
        if attempt.found_nothing(s, room) {
            crate::ffi::call::set_both(recv::NOTHING_YET.code.number());
            return <c_int as Returned>::FAILED;
        }
        return recv_on(s, address, len, flags, attempt);
    }
    recv_on(s, address, len, flags, recv::Attempt::none())
}

/// Every `recv` that is not over after one system call.
#[cold]
#[inline(never)]
fn recv_on(s: SOCKET, address: usize, len: c_int, flags: c_int, attempt: recv::Attempt) -> c_int {
    call(
        |f| write!(f, "recv({s}, {len} bytes, {flags})", s = s.cast_signed(), flags = Flags(flags)),
        |mode| {
            let Ok(len) = usize::try_from(len) else { return count(recv::refuse(s, flags, recv::NEGATIVE)) };
            // SAFETY: `ws2_recv`'s caller hands out `len` bytes.
            let buf = unsafe { UserBufMut::new(address, len) };
            received_into(mode, (address, len), || {
                let recv = || recv::recv(s, buf, flags, attempt);
                if attempt.was_tried() { recv() } else { ordinary::receiving(s, flags, recv) }
            })
        },
    )
}
