//! Windows that are never shown, and messages.

mod async_get;
mod async_select;
mod call;
mod classes;
mod nothing;
mod queue;
mod timers;
pub mod types;
mod windows;
mod words;

pub use async_get::*;
pub use async_select::*;
pub use classes::*;
pub use nothing::*;
pub use queue::*;
pub use timers::*;
pub use windows::*;
pub use words::*;
