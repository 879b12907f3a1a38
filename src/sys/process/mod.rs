//! The process and the machine that it runs on.

pub mod fork;
pub(in crate::sys) mod libc_call;
pub mod machine;
pub mod stderr;

pub use libc_call::errno_kept;
