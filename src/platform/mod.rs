//! What programs ask of Windows beside their sockets: memory, clocks, files, the console, names, loaded libraries, network
//! adapters. Here is what Windows means by it; `ffi/platform` is how C calls it, `sys/platform` how Linux does it.

pub mod button;
pub mod code;
pub mod command;
pub mod control;
pub mod errno;
pub mod filetime;
pub(crate) mod fork;
pub mod heap;
pub mod keys;
pub mod library;
pub mod message;
pub mod open;
pub mod path;
pub mod pattern;
mod ranges;
pub mod region;
pub mod search;
pub mod serial;
pub mod terminal;
pub mod text;
pub mod version;
