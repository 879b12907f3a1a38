//! Waiting for descriptors, and waking threads.

pub mod poll;
