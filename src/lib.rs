//! Winsock's C interface for Linux.
//!
//! Three layers, one direction: `ffi` says how C calls a function (check, convert, one call inward, convert
//! back), the folders at this level say what Winsock means by it, and `sys` does it with one system call per
//! function. This level holds no `unsafe`.
//!
//! | folder | holds |
//! |---|---|
//! | [`ffi`] | the C interface, by family |
//! | [`windows`] | Windows' numbers |
//! | [`error`] | codes, and which of them a failed call gets |
//! | [`runtime`] | whether the library is started, locks, `fork`, the trace |
//! | [`descriptor`] | what is remembered by descriptor, and closing |
//! | [`socket`] | making, naming, connecting, options, moving data |
//! | [`readiness`] | waiting, `select`, `WSAPoll` |
//! | [`kernel`] | handles, events, mutexes, semaphores, timers, threads, waits, and locks in the program's memory |
//! | [`messages`] | windows that are never shown, and the queues of messages of threads |
//! | [`names`] | hosts, services, addresses as text |
//! | `overlapped` | what sockets do while no call waits: network events, and operations that end later |
//! | `pipes` | pipes with a name |
//! | [`platform`] | what programs ask of Windows beside sockets: memory, clocks, files, the console |
//! | [`sys`] | Linux |
//!
//! `docs/ARCHITECTURE.md` says why it is so. Labels such as `N1` name rows of `docs/semantics`, the specification.
#![deny(unsafe_code)]

pub mod descriptor;
pub mod error;
#[allow(unsafe_code)]
pub mod ffi;
mod fork;
pub mod kernel;
pub mod messages;
pub mod names;
#[allow(dead_code, reason = "what operations that end later are built on")]
mod overlapped;
mod pipes;
pub mod platform;
pub mod readiness;
pub mod runtime;
pub mod socket;
#[allow(unsafe_code)]
pub mod sys;
pub mod windows;
