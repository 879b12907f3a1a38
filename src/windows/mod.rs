//! Windows' own numbers.

pub mod abi;
pub mod catalogue;
pub mod dos_error;
pub mod status;
