//! Windows' own numbers.

pub mod abi;
pub mod catalogue;
pub mod status;
