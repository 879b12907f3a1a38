//! Making, naming, connecting and closing sockets: `socket closesocket bind listen accept connect shutdown
//! getsockname getpeername`.

#![allow(non_snake_case, reason = "Windows' names")]

pub(in crate::ffi) mod address;
mod connect_by;
mod duplicate;
mod ioctl;
mod join_leaf;
mod options;
mod wsa_socket;

pub use connect_by::*;
pub use duplicate::*;
pub use ioctl::*;
pub use join_leaf::*;
pub use options::*;
pub use wsa_socket::*;

use std::ffi::c_int;

use crate::descriptor;
use crate::ffi::call::call;
use crate::ffi::shown::{self, Peer};
use crate::ffi::socket::address::{address_in, room};
use crate::ffi::types::{SOCKET, ws2_sockaddr};
use crate::overlapped::ordinary;
use crate::socket::connect;
use crate::socket::create;
use crate::socket::listen;
use crate::socket::naming;

/// `SOCKET socket(int af, int type, int protocol)`
///
/// Makes a socket: `af` is `AF_INET`, `AF_INET6` (23), `AF_UNIX` or, with a protocol, `AF_UNSPEC`. Its value is
/// its file descriptor, never 0 to 2, closed on exec. An IPv6 socket takes IPv6 only until `IPV6_V6ONLY` is
/// cleared, as on Windows.
///
/// # Returns
/// The socket, or `INVALID_SOCKET`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAESOCKTNOSUPPORT`: the type has no meaning, or none in the family. Checked first.
/// * `WSAEAFNOSUPPORT`: the family is not supported.
/// * `WSAEPROTONOSUPPORT`: the protocol is not supported, or is not the type's (where Windows' documentation
///   says `WSAEPROTOTYPE`).
/// * `WSAEINVAL`: neither family nor protocol is given.
/// * `WSAEACCES`: a raw socket without the right to it.
/// * `WSAEMFILE`, `WSAENOBUFS`: no descriptor, no memory left.
///
/// Source: row N1, measured on Windows.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_socket(af: c_int, r#type: c_int, protocol: c_int) -> SOCKET {
    call(
        |f| {
            let (af, kind) = (shown::family(af), shown::kind(r#type));
            write!(f, "socket({af}, {kind}, {})", shown::protocol(protocol))
        },
        |_| create::socket(af, r#type, protocol),
    )
}

/// `int closesocket(SOCKET s)`
///
/// Closes a socket. Calls of other threads that wait on it fail with `WSAEINTR` first, so that none of them
/// touches another socket that gets the same number.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket, or one that another thread is closing.
/// * `WSAEWOULDBLOCK`: non-blocking, SO_LINGER has a time, and there is unsent data; the socket stays open.
///
/// Source: rows C1 to C7.
#[unsafe(no_mangle)]
pub extern "C" fn closesocket(s: SOCKET) -> c_int {
    call(|f| write!(f, "closesocket({s})", s = s.cast_signed()), |_| create::closesocket(s).map(|()| 0))
}

/// `int bind(SOCKET s, const struct sockaddr *name, int namelen)`
///
/// Gives a socket its local address.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `name` cannot be read, or is shorter than the addresses of the socket's family are; looked at before
///   the address' own family.
/// * `WSAEINVAL`: the socket has an address.
/// * `WSAEAFNOSUPPORT`: the address is of another family than the socket.
/// * `WSAEADDRINUSE`: taken. `TIME_WAIT` does not count, and a particular address goes beside a wildcard of the
///   same program.
/// * `WSAEADDRNOTAVAIL`: not an address of this machine, or not of the interface that the scope names; or the address of
///   a group or of a broadcast, for which programs then bind 0.0.0.0. A link-local address without a scope gets that of
///   its interface.
/// * `WSAEACCES`: taken, and only this socket has set `SO_REUSEADDR`, or the other one is exclusive; or the port
///   is below 1024 and the program may not have it.
///
/// Source: rows N2, O10, O11, X6, X7, X22, X24.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_bind(s: SOCKET, name: *const ws2_sockaddr, namelen: c_int) -> c_int {
    call(
        |f| write!(f, "bind({s}, {})", Peer::new(name, namelen), s = s.cast_signed()),
        |_| {
            // SAFETY: `name` is an in pointer to `namelen` bytes.
            let address = unsafe { address_in(name, namelen) };
            ordinary::binding(s, || naming::bind(s, address)).map(|()| 0)
        },
    )
}

/// `int listen(SOCKET s, int backlog)`
///
/// Lets a bound stream socket take connections; up to `backlog` wait to be accepted, or as many as the system
/// allows. Again on a listening socket, it changes the backlog.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: not a stream socket.
/// * `WSAEINVAL`: the socket has no address.
/// * `WSAEISCONN`: the socket is connected.
/// * `WSAEADDRINUSE`: another socket listens there.
///
/// Source: row N3.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_listen(s: SOCKET, backlog: c_int) -> c_int {
    call(
        |f| write!(f, "listen({s}, {backlog})", s = s.cast_signed()),
        |_| ordinary::listening(s, || listen::listen(s, backlog)).map(|()| 0),
    )
}

/// `SOCKET accept(SOCKET s, struct sockaddr *addr, int *addrlen)`
///
/// Takes the next connection, waiting for it on a blocking socket. The new socket has the listener's mode,
/// options and time-outs. `SO_RCVTIMEO` does not limit the wait. `addr` and `addrlen` may be NULL; with either
/// NULL the other is not touched.
///
/// # Returns
/// The new socket, or `INVALID_SOCKET`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: not a stream socket.
/// * `WSAEINVAL`: the socket does not listen.
/// * `WSAEFAULT`: the peer's address does not fit or cannot be written; the connection is lost, as on Windows.
/// * `WSAEWOULDBLOCK`: non-blocking, and no connection waits.
/// * `WSAECONNRESET`: non-blocking, and the connection that waited was reset.
/// * `WSAEINTR`: another thread closed the listener, or ended Winsock.
/// * `WSAEMFILE`, `WSAENOBUFS`: no descriptor, no memory left.
///
/// Source: rows N4, IO6, O12.
///
/// # Safety
/// `addr` and `addrlen` are out pointers, `addr` to as many bytes as `*addrlen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_accept(s: SOCKET, addr: *mut ws2_sockaddr, addrlen: *mut c_int) -> SOCKET {
    call(
        |f| write!(f, "accept({s})", s = s.cast_signed()),
        |_| {
            let (new, peer) = ordinary::accepting(s, |(new, _)| *new, || listen::accept(s))?;
            let number = new.fd().to_socket();
            if addr.is_null() || addrlen.is_null() {
                return Ok(number);
            }
            // SAFETY: `addr` and `addrlen` are out pointers.
            match unsafe { room(addr, addrlen) }.and_then(|room| room.put(&peer)) {
                Ok(()) => Ok(number),
                Err(failure) => new.close().and(Err(failure)),
            }
        },
    )
}

/// `int connect(SOCKET s, const struct sockaddr *name, int namelen)`
///
/// Connects a stream socket, waiting for it on a blocking one; `SO_SNDTIMEO` does not limit the wait. On a
/// datagram socket it sets the peer, and an address of family `AF_UNSPEC` or all zeros takes it away.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `name` cannot be read, or is shorter than the addresses of the socket's family are; looked at before
///   the address' own family.
/// * `WSAEAFNOSUPPORT`: the address is of another family than the socket.
/// * `WSAEWOULDBLOCK`: non-blocking, and the connection is being made (never `WSAEINPROGRESS`).
/// * `WSAEALREADY`: it is still being made.
/// * `WSAEISCONN`: connected, also after `shutdown`.
/// * `WSAEINVAL`: the socket listens; or the address is link-local (fe80::), has no scope, and no interface has such.
/// * `WSAEADDRNOTAVAIL`: host 0.0.0.0 or `::`, or port 0 on a stream socket; or an address of IPv4 (::ffff:a.b.c.d) on a socket
///   with `IPV6_V6ONLY`, as it is when it is made.
/// * `WSAEADDRINUSE`: no local port is left, or the local address is connected to that peer already.
/// * `WSAECONNREFUSED`: nobody listens there.
/// * `WSAETIMEDOUT`, `WSAEHOSTUNREACH`, `WSAENETUNREACH`: no answer; no way there.
/// * `WSAEACCES`: a broadcast address without `SO_BROADCAST` (Windows lets it pass; what the Windows Sockets page on `send` says
///   of it is reported here, by the call that names the address); a `prohibit` route.
/// * `WSAEINTR`: another thread closed the socket, or ended Winsock.
///
/// Source: rows K1 to K10, Q7, Q14.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_connect(s: SOCKET, name: *const ws2_sockaddr, namelen: c_int) -> c_int {
    call(
        |f| write!(f, "connect({s}, {})", Peer::new(name, namelen), s = s.cast_signed()),
        |_| {
            // SAFETY: `name` is an in pointer to `namelen` bytes.
            let address = unsafe { address_in(name, namelen) };
            ordinary::connecting(s, || connect::connect(s, address)).map(|()| 0)
        },
    )
}

/// `int shutdown(SOCKET s, int how)`
///
/// Ends receiving (`SD_RECEIVE`), sending (`SD_SEND`) or both (`SD_BOTH`). On a datagram socket this needs no
/// peer. What has arrived on a stream is dropped by `SD_RECEIVE`.
///
/// # Returns
/// 0, also when it is done already, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: `how` is none of the three.
/// * `WSAENOTCONN`: a stream socket that is not connected. Nothing happens to it, where Linux's `shutdown`
///   would ruin it.
/// * `WSAECONNRESET`, `WSAECONNABORTED`: the connection is dead.
///
/// Source: rows SH1 to SH5.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_shutdown(s: SOCKET, how: c_int) -> c_int {
    call(
        |f| write!(f, "shutdown({s}, {})", shown::how(how), s = s.cast_signed()),
        |_| ordinary::shutting(s, how).map(|()| 0),
    )
}

/// `int getsockname(SOCKET s, struct sockaddr *name, int *namelen)`
///
/// The local address.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: the socket has no address yet.
/// * `WSAEFAULT`: the address does not fit `*namelen`, or cannot be written. Nothing is written.
///
/// Source: rows N5, N7.
///
/// # Safety
/// `name` and `namelen` are out pointers, `name` to as many bytes as `*namelen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getsockname(s: SOCKET, name: *mut ws2_sockaddr, namelen: *mut c_int) -> c_int {
    call(
        |f| write!(f, "getsockname({s})", s = s.cast_signed()),
        |_| {
            let address = naming::getsockname(descriptor::of(s)?)?;
            // SAFETY: `name` and `namelen` are out pointers.
            unsafe { room(name, namelen) }?.put(&address).map(|()| 0)
        },
    )
}

/// `int getpeername(SOCKET s, struct sockaddr *name, int *namelen)`
///
/// The peer's address: also while a `connect` is under way, and after the connection's end.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// In this order:
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAENOTCONN`: no peer.
/// * `WSAEFAULT`: the address does not fit `*namelen`, or cannot be written. Nothing is written.
///
/// Source: row N6.
///
/// # Safety
/// `name` and `namelen` are out pointers, `name` to as many bytes as `*namelen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getpeername(s: SOCKET, name: *mut ws2_sockaddr, namelen: *mut c_int) -> c_int {
    call(
        |f| write!(f, "getpeername({s})", s = s.cast_signed()),
        |_| {
            let address = naming::getpeername(descriptor::of(s)?)?;
            // SAFETY: `name` and `namelen` are out pointers.
            unsafe { room(name, namelen) }?.put(&address).map(|()| 0)
        },
    )
}
