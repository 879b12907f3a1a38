//! What programs take from `ntdll` for their waits: the device of Windows' driver for sockets and its polls, keyed events, statuses.
//! None of these functions looks at the last error or changes it: each returns an NTSTATUS.
//!
//! # Safety
//! The words of [`super`] hold, but a pointer that cannot be used is `STATUS_ACCESS_VIOLATION`. A *status block* is the address of an
//! IO_STATUS_BLOCK, which is the library's from the call until the operation has ended, and so is the buffer for its results.

mod call;
mod control;
mod error;
mod file;
mod keyed;
mod names;
mod receive;
pub mod types;
mod wait;

pub use control::*;
pub use error::*;
pub use file::*;
pub use keyed::*;
pub use names::*;
pub use wait::*;
