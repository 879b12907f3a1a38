//! Sockets: making, naming, options, moving data.

mod address;
pub mod changes;
pub mod echo;
pub mod error_queue;
pub mod filter;
pub mod interfaces;
pub mod local;
pub mod message;
pub mod option;
pub mod passing;
pub mod socket;
pub mod transfer;

pub use address::Address;
