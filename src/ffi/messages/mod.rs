//! Windows that are never shown, and messages.

mod async_get;
mod async_select;
mod call;
mod classes;
mod nothing;
mod post;
mod queue;
mod timers;
pub mod types;
mod wait;
mod windows;
mod words;

pub use async_get::*;
pub use async_select::*;
pub use classes::*;
pub use nothing::*;
pub use post::*;
pub use queue::*;
pub use timers::*;
pub use wait::*;
pub use windows::*;
pub use words::*;
