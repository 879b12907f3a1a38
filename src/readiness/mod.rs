//! Waiting until something can be done with a socket: `select` and `WSAPoll`.

mod conditions;
mod kept;
mod last;
pub mod poll_set;
pub mod select;
mod wait;
pub mod wsapoll;

pub use conditions::Conditions;
