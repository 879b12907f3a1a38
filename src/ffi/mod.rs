//! The interface for C: every exported function, by family. Each one checks, converts, calls inward once and
//! converts back; what it means is said one level up, how Linux does it in `sys`.
//!
//! # Safety
//! The words used by the functions of this module:
//!
//! * *in pointer*: NULL, or the address of memory that the caller may read and that no thread unmaps meanwhile.
//!   An address that cannot be read is reported as `WSAEFAULT`.
//! * *out pointer*: likewise for writing; no other thread may use the memory during the call.
//! * *buffer*: any address at all; the kernel checks it while it moves the data. For a receiving call the
//!   memory must be the caller's to hand out.
//!
//! A function without pointers is safe for every value of its arguments.

mod call;
pub mod kernel;
pub mod messages;
pub(in crate::ffi) mod names;
pub mod overlapped;
pub mod platform;
mod providers;
mod readiness;
mod shown;
mod socket;
mod startup;
mod transfer;
pub mod types;

pub use kernel::*;
pub use messages::*;
pub use names::*;
pub use overlapped::*;
pub use platform::*;
pub use providers::*;
pub use readiness::*;
pub use socket::*;
pub use startup::*;
pub use transfer::*;
