//! Windows' own numbers.

pub mod abi;
