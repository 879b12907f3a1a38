//! Moving data with an address: `sendto` and `recvfrom`.

use std::ffi::{c_char, c_int};

use crate::error::last_error;
use crate::ffi::call::{Flags, Returned, call};
use crate::ffi::shown::Peer;
use crate::ffi::transfer::{count, received_into};
use crate::ffi::types::{SOCKET, ws2_sockaddr};
use crate::overlapped::ordinary;
use crate::runtime::{startup, trace};
use crate::socket::transfer::recv;
use crate::socket::transfer::recvfrom;
use crate::socket::transfer::send;
use crate::socket::transfer::sendto;
use crate::sys::{UserAddress, UserBuf, UserBufMut, UserName};

/// `int sendto(SOCKET s, const char *buf, int len, int flags, const struct sockaddr *to, int tolen)`
///
/// Sends a datagram to an address; the socket gets a local address if it has none. On a datagram socket that is
/// connected, `to` counts for this datagram only. A stream socket ignores `to` and `tolen`, and with `to` NULL
/// the call is `send`: what is said there about `flags`, blocking and time-outs holds here, too.
///
/// # Returns
/// The number of bytes sent, or `SOCKET_ERROR`. A datagram to port 0 counts as sent, as on Windows, and is not.
///
/// # Errors
/// All of [`ws2_send`](crate::ffi::ws2_send), with the same causes; and for a datagram socket:
/// * `WSAEFAULT`: `to` cannot be read, or `tolen` is less than the addresses of its family have.
/// * `WSAEAFNOSUPPORT`: `to` is of another family than the socket, or of one that is not supported. An IPv6
///   socket takes IPv4 addresses in mapped form only. `AF_UNSPEC` means what it means to Linux: `AF_INET` on an
///   IPv4 socket.
/// * `WSAENOTCONN`: `to` is NULL, and the socket has no peer.
/// * `WSAEACCES`: a broadcast address, and `SO_BROADCAST` is not set.
/// * `WSAEADDRNOTAVAIL`: an address to which no datagram can go. (Where Windows says this of 0.0.0.0, Linux
///   sends to this machine.)
/// * `WSAESHUTDOWN`: after `shutdown` with `SD_SEND` or `SD_BOTH`, also without a peer.
/// * `WSAEMSGSIZE`, `WSAEHOSTUNREACH`, `WSAENETUNREACH`: as with `send`.
///
/// Source: rows T24 to T26, R9, Q4, Q14, Q20; Windows' documentation for connected sockets.
///
/// # Safety
/// `buf` is a buffer of `len` bytes, `to` an in pointer to `tolen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_sendto(
    s: SOCKET,
    buf: *const c_char,
    len: c_int,
    flags: c_int,
    to: *const ws2_sockaddr,
    tolen: c_int,
) -> c_int {
    let address = buf.expose_provenance();
    // SAFETY: an in pointer, which no other thread unmaps.
    let to = unsafe { UserAddress::new(to.expose_provenance(), tolen) };
    if startup::mode().is_plain()
        && let Ok(room) = usize::try_from(len)
    {
        let attempt = sendto::attempt(s, UserBuf::new(address, room), flags, to);
        if attempt.is_some_and(|attempt| attempt.took(room)) {
            last_error::set(0);
            return len;
        }
        return sendto_on(s, address, len, flags, to, attempt);
    }
    sendto_on(s, address, len, flags, to, None)
}

/// Every `sendto` that is not over after one system call.
#[cold]
#[inline(never)]
fn sendto_on(
    s: SOCKET,
    address: usize,
    len: c_int,
    flags: c_int,
    to: UserAddress<'_>,
    attempt: Option<send::Attempt>,
) -> c_int {
    call(
        |f| {
            let peer = Peer { at: to.address(), len: to.len() };
            write!(f, "sendto({s}, {len} bytes, {}, {peer})", Flags(flags), s = s.cast_signed())
        },
        |mode| match usize::try_from(len) {
            Ok(len) => {
                if mode.is_watched() {
                    UserBuf::new(address, len).tell_sent();
                }
                let send = || sendto::sendto(s, UserBuf::new(address, len), flags, to, attempt);
                count(if attempt.is_some() { send() } else { ordinary::sending(s, send) })
            }
            Err(_) => count(sendto::refuse(s, flags, to, send::NEGATIVE)),
        },
    )
}

/// `int recvfrom(SOCKET s, char *buf, int len, int flags, struct sockaddr *from, int *fromlen)`
///
/// Receives a datagram and its sender's address. On a stream socket it is `recv`, and `from` and `fromlen` are
/// left alone. `from` may be NULL; `fromlen` is not looked at then.
///
/// # Returns
/// The number of bytes; 0 for an empty datagram, for the end of a stream and for `len` 0; or `SOCKET_ERROR`.
///
/// # Errors
/// All of [`ws2_recv`](crate::ffi::ws2_recv), with the same causes; and for a datagram socket:
/// * `WSAEFAULT`: `*fromlen` is less than the addresses of the socket's family have, or cannot be read and
///   written: the datagram is kept, and nothing is written. `from` cannot be written: the datagram is lost.
/// * `WSAEMSGSIZE`: the datagram was longer than `buf`. `buf` and `from` are filled; the rest is lost.
/// * `WSAEINVAL`: the socket has no local address.
/// * `WSAECONNRESET`: on a connected socket, an earlier datagram met "port unreachable". (Windows reports this
///   on unconnected sockets, too; Linux does not learn of it there.)
///
/// Source: rows R1, R2, R8 to R11.
///
/// # Safety
/// `buf` is a buffer of `len` bytes that the caller hands out; `from` and `fromlen` are out pointers, `from` to
/// as many bytes as `*fromlen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_recvfrom(
    s: SOCKET,
    buf: *mut c_char,
    len: c_int,
    flags: c_int,
    from: *mut ws2_sockaddr,
    fromlen: *mut c_int,
) -> c_int {
    let address = buf.expose_provenance();
    // SAFETY: out pointers, which no other thread unmaps or uses.
    let name = unsafe { UserName::new(from.expose_provenance(), fromlen.expose_provenance()) };
    if startup::mode().is_plain()
        && let Ok(room) = usize::try_from(len)
    {
        // SAFETY: the caller hands out `len` bytes.
        let mut buf = unsafe { UserBufMut::new(address, room) };
        let attempt = recvfrom::attempt(s, &mut buf, flags, name);
        if let Some(received) = attempt.gave() {
            last_error::set(0);
            return c_int::try_from(received).unwrap_or(c_int::MAX);
        }
        if attempt.found_nothing(s, room) {
            crate::ffi::call::set_both(recv::NOTHING_YET.code.number());
            return <c_int as Returned>::FAILED;
        }
        return recvfrom_on(s, address, len, flags, name, attempt);
    }
    recvfrom_on(s, address, len, flags, name, recv::Attempt::none())
}

/// Every `recvfrom` that is not over after one attempt.
#[cold]
#[inline(never)]
fn recvfrom_on(
    s: SOCKET,
    address: usize,
    len: c_int,
    flags: c_int,
    name: UserName<'_>,
    attempt: recv::Attempt,
) -> c_int {
    call(
        |f| write!(f, "recvfrom({s}, {len} bytes, {flags})", s = s.cast_signed(), flags = Flags(flags)),
        |mode| match usize::try_from(len) {
            Ok(len) => {
                // SAFETY: the caller hands out `len` bytes.
                let buf = unsafe { UserBufMut::new(address, len) };
                received_into(mode, (address, len), || {
                    let recv = || recvfrom::recvfrom(s, buf, flags, name, attempt);
                    let result =
                        if attempt.was_tried() { recv() } else { ordinary::receiving(s, flags, recv) };
                    if matches!(result, Ok(_) | Err(recv::TOO_LONG)) {
                        name.tell_written();
                    }
                    if trace::wanted()
                        && result.is_ok()
                        && let Some((at, len)) = name.written()
                    {
                        trace::tells(&Peer { at, len });
                    }
                    result
                })
            }
            Err(_) => count(recv::refuse(s, flags, recv::NEGATIVE)),
        },
    )
}
