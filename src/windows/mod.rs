//! Windows' own numbers.

pub mod abi;
pub mod catalogue;
