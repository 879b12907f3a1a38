//! `WSAJoinLeaf`: a datagram socket joins a group.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use super::address::address_in;
use super::wsa_socket::no_data;
use crate::descriptor;
use crate::ffi::call::call;
use crate::ffi::types::message::{QOS, WSABUF};
use crate::ffi::types::{DWORD, SOCKET, ws2_sockaddr};
use crate::socket::address::read_for;
use crate::socket::join_leaf;
use crate::socket::transfer::socket_first;

/// `SOCKET WSAJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData, LPWSABUF lpCalleeData,
/// LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags)`
///
/// Has a datagram socket join the group `name`, as `IP_ADD_MEMBERSHIP` and `IPV6_ADD_MEMBERSHIP` do. `dwFlags` is
/// `JL_BOTH`, `JL_RECEIVER_ONLY`, or `JL_SENDER_ONLY`, for which nothing is done: any socket can send to a group. No data goes
/// with it: `lpCallerData` must be NULL or empty, and `lpCalleeData`, if given, gets the length 0. `lpSQOS` and `lpGQOS` are ignored.
///
/// # Returns
/// The same socket, or `INVALID_SOCKET`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: a stream socket: TCP has no leaves.
/// * `WSAEFAULT`: `name` cannot be read, or `namelen` is too small; so is a structure for data.
/// * `WSAEAFNOSUPPORT`: `name` is of another family.
/// * `WSAEPROTONOSUPPORT`: `lpCallerData` is not empty.
/// * `WSAEINVAL`: no group's address, or no such flag.
/// * `WSAEADDRNOTAVAIL`: no such interface, or the group is joined already. `WSAENOBUFS`: too many groups.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes, `lpCallerData` an in pointer, `lpCalleeData` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAJoinLeaf(
    s: SOCKET,
    name: *const ws2_sockaddr,
    namelen: c_int,
    lpCallerData: *mut WSABUF,
    lpCalleeData: *mut WSABUF,
    lpSQOS: *mut QOS,
    lpGQOS: *mut QOS,
    dwFlags: DWORD,
) -> SOCKET {
    let _ = (lpSQOS, lpGQOS);
    call(
        |f| write!(f, "WSAJoinLeaf({s}, {name:p}, {namelen}, {dwFlags})", s = s.cast_signed()),
        |_| {
            // SAFETY: the caller's pointers, handed on.
            unsafe { no_data(lpCallerData, lpCalleeData) }.map_err(|failure| socket_first(s, failure))?;
            // SAFETY: likewise.
            let address = read_for(descriptor::of(s)?, unsafe { address_in(name, namelen) })?;
            join_leaf::join(s, &address, dwFlags).map(|()| s)
        },
    )
}
