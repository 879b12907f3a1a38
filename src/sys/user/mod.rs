//! The program's memory: looked at with care, or handed to the kernel unseen.

mod array;
mod buffer;
pub mod memory;
mod overlapped;
mod peer;
pub(in crate::sys) mod pieces;
mod status_block;
pub mod value;

pub use array::UserArray;
pub use buffer::{UserArea, UserBuf, UserBufMut};
pub use overlapped::UserOverlapped;
pub use peer::{KeptAddress, Named, Receiver, UserAddress, UserName};
pub use pieces::{Piece, Pieces};
pub use status_block::UserStatusBlock;
