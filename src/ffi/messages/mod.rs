//! Windows that are never shown, and messages.

mod call;
mod classes;
mod nothing;
mod queue;
mod timers;
pub mod types;
mod windows;
mod words;

pub use classes::*;
pub use nothing::*;
pub use queue::*;
pub use timers::*;
pub use windows::*;
pub use words::*;
