//! Calls that end later, and those that tell of their end: completion ports, results, cancelling, network events, and mswsock's
//! functions.
//!
//! # Safety
//! The words of [`super`] hold. An *overlapped pointer* is NULL or the address of an OVERLAPPED, which is the library's from
//! the call until the operation has ended, and so are the buffers of the operation and the places that its end writes to. One
//! that cannot be written is reported as `WSAEFAULT` when the operation is to start.

pub(in crate::ffi) mod call;
mod cancel;
mod events;
pub(in crate::ffi) mod extension;
pub(in crate::ffi) mod file;
mod message;
mod mswsock;
mod notices;
mod pool_io;
mod port;
mod result;
pub(in crate::ffi) mod transfer;
mod transmit;

pub use cancel::*;
pub use events::*;
pub use message::*;
pub use mswsock::*;
pub use notices::*;
pub use pool_io::*;
pub use port::*;
pub use result::*;
pub use transmit::*;
