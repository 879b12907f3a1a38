//! Waiting until something can be done with a socket: `select` and `WSAPoll`.

mod conditions;
mod kept;
pub mod poll_set;
pub mod select;
pub mod wsapoll;

pub use conditions::Conditions;
