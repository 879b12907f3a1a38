//! The types of the C interface, with the layout of 64-bit Windows. Names that POSIX also has carry the prefix
//! `ws2_`; the headers give them Windows' names.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::{c_char, c_ushort};

/// A socket: the number of its file descriptor. `INVALID_SOCKET` is all ones.
pub type SOCKET = usize;
/// Windows' 16-bit word.
pub type WORD = u16;

/// What `WSAStartup` tells: 408 bytes, in the order of 64-bit Windows, where the numbers and the pointer stand
/// before the strings.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSADATA {
    /// The version for this caller, major in the low byte.
    pub wVersion: WORD,
    /// The highest version there is: 2.2.
    pub wHighVersion: WORD,
    /// 32767 if the request's major version was 1, else 0.
    pub iMaxSockets: c_ushort,
    /// 65467 bytes if the request's major version was 1, else 0.
    pub iMaxUdpDg: c_ushort,
    /// Never written.
    pub lpVendorInfo: *mut c_char,
    /// `WinSock 2.0`.
    pub szDescription: [c_char; 257],
    /// `Running`.
    pub szSystemStatus: [c_char; 129],
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<WSADATA>() == 408);
    assert!(offset_of!(WSADATA, lpVendorInfo) == 8);
    assert!(offset_of!(WSADATA, szDescription) == 16);
    assert!(offset_of!(WSADATA, szSystemStatus) == 273);
};

/// `struct sockaddr`: the family, and bytes that depend on it. Only ever pointed to.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ws2_sockaddr {
    /// Windows' number of the family.
    pub sa_family: c_ushort,
    /// Port, host and so on.
    pub sa_data: [c_char; 14],
}
