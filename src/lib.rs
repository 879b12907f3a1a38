//! Winsock's C interface for Linux.
//!
//! Three layers, one direction: `ffi` says how C calls a function (check, convert, one call inward, convert
//! back), the modules at this level say what Winsock means by it, and `sys` does it with one system call per
//! function. This level holds no `unsafe`.
#![deny(unsafe_code)]

pub mod abi;
pub mod address;
pub mod bind_rules;
pub mod blocking;
pub mod connect;
pub mod diagnosis;
pub mod errno;
pub mod error;
pub mod evidence;
pub mod failure;
pub mod family;
#[allow(unsafe_code)]
pub mod ffi;
pub mod flags;
mod fork;
pub mod hint;
pub mod inet;
pub mod ioctl;
pub mod last_error;
pub mod listen;
mod lock;
pub mod names;
pub mod options;
pub mod platform;
pub mod ready;
pub mod record;
pub mod recv;
pub mod recvfrom;
pub mod resolve;
pub mod select;
pub mod send;
pub mod sendto;
pub mod shutdown;
pub mod socket;
pub mod startup;
#[allow(unsafe_code)]
pub mod sys;
pub mod trace;
pub mod transfer;
pub mod wait;
pub mod wake;
pub mod wsapoll;
