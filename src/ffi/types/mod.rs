//! The types of the C interface, with the layout of 64-bit Windows. Names that POSIX also has carry the prefix
//! `ws2_`; the headers give them Windows' names.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

pub mod lookup;
pub mod message;
pub mod netdb;
pub mod select;

use std::ffi::{c_char, c_int, c_ushort, c_void};

/// A socket: the number of its file descriptor. `INVALID_SOCKET` is all ones.
pub type SOCKET = usize;
/// Windows' 16-bit word.
pub type WORD = u16;

/// Windows' 32-bit word.
pub type DWORD = u32;
/// Windows' `int`.
pub type INT = c_int;
/// A 16-bit character.
pub type WCHAR = u16;
/// Windows' `u_long`: 32 bits.
pub type ws2_u_long = u32;
/// Windows' `u_short`: 16 bits.
pub type ws2_u_short = u16;

/// An address of IPv4 in network order.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_in_addr {
    /// The four bytes as one number.
    pub s_addr: ws2_u_long,
}

/// An address of IPv6 in network order.
#[repr(C, align(2))]
#[derive(Clone, Copy)]
pub struct ws2_in6_addr {
    /// The sixteen bytes.
    pub Byte: [u8; 16],
}

/// The beginning of every socket address; the family says what follows.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ws2_sockaddr {
    /// Windows' number of the address family.
    pub sa_family: ws2_u_short,
    /// The address, as far as the shortest of them goes.
    pub sa_data: [c_char; 14],
}

/// A socket address of IPv4, with Windows' number of the family.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_sockaddr_in {
    /// `AF_INET`, 2.
    pub sin_family: ws2_u_short,
    /// The port in network order.
    pub sin_port: ws2_u_short,
    /// The address.
    pub sin_addr: ws2_in_addr,
    /// Zeros.
    pub sin_zero: [c_char; 8],
}

/// A socket address of IPv6, with Windows' number of the family.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_sockaddr_in6 {
    /// `AF_INET6`, 23.
    pub sin6_family: ws2_u_short,
    /// The port in network order.
    pub sin6_port: ws2_u_short,
    /// Flow label and traffic class in network order.
    pub sin6_flowinfo: ws2_u_long,
    /// The address.
    pub sin6_addr: ws2_in6_addr,
    /// The index of an interface, in the order of this machine.
    pub sin6_scope_id: ws2_u_long,
}

/// Windows' `long`, which has 32 bits.
pub type LONG = i32;

/// What an overlapped call leaves its result in: 32 bytes, which are the library's from the call until the operation has
/// ended.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OVERLAPPED {
    /// The state.
    pub Internal: usize,
    /// The number of bytes.
    pub InternalHigh: usize,
    /// Not used by sockets.
    pub Offset: DWORD,
    /// Not used by sockets.
    pub OffsetHigh: DWORD,
    /// The event.
    pub hEvent: *mut c_void,
}

/// What a completion port tells of one operation: 32 bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OVERLAPPED_ENTRY {
    /// The number that the socket was associated with.
    pub lpCompletionKey: usize,
    /// The operation's own.
    pub lpOverlapped: *mut OVERLAPPED,
    /// The state.
    pub Internal: usize,
    /// The number of bytes.
    pub dwNumberOfBytesTransferred: DWORD,
}

/// What a completion port is to be told of a socket: 24 bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SOCK_NOTIFY_REGISTRATION {
    /// The socket.
    pub socket: SOCKET,
    /// By which the port's packets name it.
    pub completionKey: *mut c_void,
    /// Of what to tell.
    pub eventFilter: u16,
    /// What to do with the registration.
    pub operation: u8,
    /// How to tell.
    pub triggerFlags: u8,
    /// How it went: 0, or a code.
    pub registrationResult: DWORD,
}

/// What an overlapped call runs at its end.
pub type LPWSAOVERLAPPED_COMPLETION_ROUTINE =
    Option<unsafe extern "C" fn(DWORD, DWORD, *mut OVERLAPPED, DWORD)>;

/// Windows' truth value: 0 or 1.
pub type BOOL = i32;
/// Windows' type for a function of any kind.
pub type FARPROC = Option<unsafe extern "C" fn() -> isize>;

/// What has happened on a socket: the bits, and for each of them a code.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WSANETWORKEVENTS {
    /// `FD_READ` and the like.
    pub lNetworkEvents: LONG,
    /// By the number of the bit.
    pub iErrorCode: [c_int; 10],
}

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
    assert!(size_of::<OVERLAPPED>() == 32 && size_of::<OVERLAPPED_ENTRY>() == 32);
    assert!(size_of::<WSANETWORKEVENTS>() == 44 && size_of::<SOCK_NOTIFY_REGISTRATION>() == 24);
    use std::mem::offset_of;
    assert!(size_of::<WSADATA>() == 408);
    assert!(offset_of!(WSADATA, lpVendorInfo) == 8);
    assert!(offset_of!(WSADATA, szDescription) == 16);
    assert!(offset_of!(WSADATA, szSystemStatus) == 273);
};

/// Windows' identifier of 128 bits.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct GUID {
    /// The first 32 bits.
    pub Data1: u32,
    /// The next 16 bits.
    pub Data2: u16,
    /// The next 16 bits.
    pub Data3: u16,
    /// The last 64 bits.
    pub Data4: [u8; 8],
}

/// The providers that a protocol goes through.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSAPROTOCOLCHAIN {
    /// 0 for a layer, 1 for a protocol, more for a chain.
    pub ChainLen: c_int,
    /// Catalogue numbers.
    pub ChainEntries: [DWORD; 7],
}

/// A protocol of the catalogue: 372 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct WSAPROTOCOL_INFOA {
    pub dwServiceFlags1: DWORD,
    pub dwServiceFlags2: DWORD,
    pub dwServiceFlags3: DWORD,
    pub dwServiceFlags4: DWORD,
    pub dwProviderFlags: DWORD,
    pub ProviderId: GUID,
    pub dwCatalogEntryId: DWORD,
    pub ProtocolChain: WSAPROTOCOLCHAIN,
    pub iVersion: c_int,
    pub iAddressFamily: c_int,
    pub iMaxSockAddr: c_int,
    pub iMinSockAddr: c_int,
    pub iSocketType: c_int,
    pub iProtocol: c_int,
    pub iProtocolMaxOffset: c_int,
    pub iNetworkByteOrder: c_int,
    pub iSecurityScheme: c_int,
    pub dwMessageSize: DWORD,
    pub dwProviderReserved: DWORD,
    pub szProtocol: [c_char; 256],
}

/// The same with a name in 16-bit characters: 628 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct WSAPROTOCOL_INFOW {
    pub dwServiceFlags1: DWORD,
    pub dwServiceFlags2: DWORD,
    pub dwServiceFlags3: DWORD,
    pub dwServiceFlags4: DWORD,
    pub dwProviderFlags: DWORD,
    pub ProviderId: GUID,
    pub dwCatalogEntryId: DWORD,
    pub ProtocolChain: WSAPROTOCOLCHAIN,
    pub iVersion: c_int,
    pub iAddressFamily: c_int,
    pub iMaxSockAddr: c_int,
    pub iMinSockAddr: c_int,
    pub iSocketType: c_int,
    pub iProtocol: c_int,
    pub iProtocolMaxOffset: c_int,
    pub iNetworkByteOrder: c_int,
    pub iSecurityScheme: c_int,
    pub dwMessageSize: DWORD,
    pub dwProviderReserved: DWORD,
    pub szProtocol: [WCHAR; 256],
}

const _: () = {
    assert!(size_of::<ws2_sockaddr>() == 16);
    assert!(size_of::<ws2_sockaddr_in>() == 16);
    assert!(size_of::<ws2_sockaddr_in6>() == 28);
    assert!(size_of::<WSAPROTOCOL_INFOA>() == 372);
    assert!(size_of::<WSAPROTOCOL_INFOW>() == 628);
};
