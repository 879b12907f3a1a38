//! Winsock's C interface for Linux.
//!
//! Three layers, one direction: `ffi` says how C calls a function (check, convert, one call inward, convert
//! back), the modules at this level say what Winsock means by it, and `sys` does it with one system call per
//! function. This level holds no `unsafe`.
#![deny(unsafe_code)]

pub mod abi;
pub mod errno;
pub mod error;
pub mod failure;
#[allow(unsafe_code)]
pub mod ffi;
pub mod last_error;
pub mod record;
pub mod startup;
#[allow(unsafe_code)]
pub mod sys;
pub mod trace;
pub mod wait;
pub mod wake;
