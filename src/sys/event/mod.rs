//! Waiting for descriptors, waking threads, and the clocks by which they wait.

pub mod clock;
pub mod epoll;
pub mod futex;
pub mod lock;
pub mod pipe;
pub mod poll;
