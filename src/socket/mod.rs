//! What Winsock means by its calls on one socket.

pub mod address;
pub mod bytes;
pub mod companion;
pub mod connect;
pub mod create;
pub mod evidence;
pub mod ioctl;
pub(crate) mod lending;
pub mod listen;
pub mod naming;
pub mod options;
pub mod place;
pub mod scope;
pub mod sharing;
pub mod shutdown;
pub mod transfer;
