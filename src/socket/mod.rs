//! What Winsock means by its calls on one socket.

pub mod address;
pub mod bytes;
pub mod changes;
pub mod companion;
pub mod connect;
pub mod connect_by;
pub mod create;
pub mod duplicate;
pub mod evidence;
pub mod ioctl;
pub mod join_leaf;
pub(crate) mod lending;
pub mod listen;
pub mod naming;
pub mod options;
pub mod place;
pub mod scope;
pub mod sharing;
pub mod shutdown;
pub mod transfer;
