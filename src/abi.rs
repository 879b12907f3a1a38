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
