//! What programs ask of Windows beside their sockets. On Windows these functions are in kernel32, user32, advapi32, winmm
//! and iphlpapi; here their symbols are `ws2_<name>`, which the headers lead to.
//!
//! A failed call sets the thread's last error and a successful one leaves it alone, where the function does not say
//! otherwise. None of them needs `WSAStartup`. The words *in pointer* and *out pointer* are those of [`super`].

mod adapter_list;
pub mod adapter_types;
mod adapters;
mod address_table;
mod answer;
mod clock;
mod console;
mod console_screen;
mod console_text;
mod control;
mod directory;
mod environment;
mod file;
mod file_names;
mod file_position;
mod file_transfer;
mod format;
mod full_name;
mod heap;
mod icmp;
mod library;
mod mapping;
mod page;
mod pipe;
mod process;
mod program;
mod random;
mod search;
mod serial;
mod single;
mod standard;
mod system;
mod text;
mod text_copy;
pub mod types;
mod version;

pub use adapter_list::*;
pub use adapters::*;
pub use address_table::*;
pub use clock::*;
pub use console::*;
pub use console_screen::*;
pub use console_text::*;
pub use control::*;
pub use directory::*;
pub use environment::*;
pub use file::*;
pub use file_names::*;
pub use file_position::*;
pub use file_transfer::*;
pub use format::*;
pub use full_name::*;
pub use heap::*;
pub use icmp::*;
pub use library::*;
pub use mapping::*;
pub use page::*;
pub use pipe::*;
pub use process::*;
pub use program::*;
pub use random::*;
pub use search::*;
pub use serial::*;
pub use single::*;
pub use standard::*;
pub use system::*;
pub use text::*;
pub use text_copy::*;
pub use version::*;
