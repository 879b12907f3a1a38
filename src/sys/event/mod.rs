//! Waiting for descriptors, and waking threads.

pub mod futex;
pub mod poll;
