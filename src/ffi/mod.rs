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

mod address;
mod address_text;
mod blocking;
mod byte_order;
mod call;
mod error;
mod gai_error;
mod hosts;
mod inet;
mod ioctl;
mod message;
pub mod message_types;
mod netdb_image;
pub mod netdb_types;
mod options;
mod pieces;
pub mod platform;
mod resolve;
mod select;
pub mod select_types;
mod socket;
mod startup;
mod transfer;
pub mod types;
mod wsa_socket;

pub use address_text::*;
pub use blocking::*;
pub use byte_order::*;
pub use error::*;
pub use gai_error::*;
pub use hosts::*;
pub use inet::*;
pub use ioctl::*;
pub use message::*;
pub use options::*;
pub use pieces::*;
pub use platform::*;
pub use resolve::*;
pub use select::*;
pub use socket::*;
pub use startup::*;
pub use transfer::*;
pub use wsa_socket::*;
