//! Windows' numbers, as they cross the interface. Linux's numbers never leave `sys`.

#![allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]

pub const AF_UNSPEC: i32 = 0;
pub const AF_UNIX: i32 = 1;
pub const AF_INET: i32 = 2;
pub const AF_INET6: i32 = 23;

pub const SOCK_STREAM: i32 = 1;
pub const SOCK_DGRAM: i32 = 2;
pub const SOCK_RAW: i32 = 3;
pub const SOCK_RDM: i32 = 4;
pub const SOCK_SEQPACKET: i32 = 5;

pub const IPPROTO_TCP: i32 = 6;
pub const IPPROTO_UDP: i32 = 17;

pub const AI_PASSIVE: i32 = 0x1;
pub const AI_CANONNAME: i32 = 0x2;
pub const AI_NUMERICHOST: i32 = 0x4;
pub const AI_NUMERICSERV: i32 = 0x8;
pub const AI_DNS_ONLY: i32 = 0x10;
pub const AI_FORCE_CLEAR_TEXT: i32 = 0x20;
pub const AI_BYPASS_DNS_CACHE: i32 = 0x40;
pub const AI_RETURN_TTL: i32 = 0x80;
pub const AI_ALL: i32 = 0x100;
pub const AI_ADDRCONFIG: i32 = 0x400;
pub const AI_V4MAPPED: i32 = 0x800;
pub const AI_NON_AUTHORITATIVE: i32 = 0x4000;
pub const AI_SECURE: i32 = 0x8000;
pub const AI_RETURN_PREFERRED_NAMES: i32 = 0x1_0000;
pub const AI_FQDN: i32 = 0x2_0000;
pub const AI_FILESERVER: i32 = 0x4_0000;
pub const AI_DISABLE_IDN_ENCODING: i32 = 0x8_0000;
pub const AI_SECURE_WITH_FALLBACK: i32 = 0x10_0000;

pub const NI_NOFQDN: i32 = 0x1;
pub const NI_NUMERICHOST: i32 = 0x2;
pub const NI_NAMEREQD: i32 = 0x4;
pub const NI_NUMERICSERV: i32 = 0x8;
pub const NI_DGRAM: i32 = 0x10;

pub const SD_RECEIVE: i32 = 0;
pub const SD_SEND: i32 = 1;
pub const SD_BOTH: i32 = 2;

/// `WSAStartup` negotiates 1.0, 1.1 and 2.0 to 2.2; this is the highest.
pub const HIGHEST_VERSION: u16 = 0x0202;

pub const MSG_OOB: i32 = 1;
pub const MSG_PEEK: i32 = 2;
pub const MSG_DONTROUTE: i32 = 4;
pub const MSG_WAITALL: i32 = 8;
pub const MSG_INTERRUPT: i32 = 0x10;
pub const MSG_PUSH_IMMEDIATE: i32 = 0x20;
pub const MSG_PARTIAL: i32 = 0x8000;

pub const FROM_PROTOCOL_INFO: i32 = -1;
pub const WSA_FLAG_OVERLAPPED: u32 = 1;
pub const WSA_FLAG_NO_HANDLE_INHERIT: u32 = 0x80;
/// WSA_FLAG_MULTIPOINT_C_LEAF and WSA_FLAG_MULTIPOINT_D_LEAF.
pub const WSA_FLAG_MULTIPOINT_LEAF: u32 = 0x14;

pub const CF_ACCEPT: i32 = 0;
pub const CF_REJECT: i32 = 1;
pub const CF_DEFER: i32 = 2;

pub const FD_READ: u32 = 1;
pub const FD_WRITE: u32 = 1 << 1;
pub const FD_OOB: u32 = 1 << 2;
pub const FD_ACCEPT: u32 = 1 << 3;
pub const FD_CONNECT: u32 = 1 << 4;
pub const FD_CLOSE: u32 = 1 << 5;
pub const FD_ROUTING_INTERFACE_CHANGE: u32 = 1 << 8;
pub const FD_ADDRESS_LIST_CHANGE: u32 = 1 << 9;
pub const FD_MAX_EVENTS: usize = 10;
pub const FD_ALL_EVENTS: u32 = 0x3FF;
