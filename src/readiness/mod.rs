//! Waiting until something can be done with a socket: one socket or many, with a deadline, with Winsock 1.1's hook.

mod conditions;
pub mod hook;
pub mod poll_set;
pub mod select;
pub mod wait;
pub mod wsapoll;

pub use conditions::Conditions;
