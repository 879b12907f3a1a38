//! The functions of kernel32 and of the C run-time, by family. Their symbols are `ws2_<name>`; `ws2_kernel.h` gives them
//! Windows' names.
//!
//! They need no `WSAStartup`. Where they fail the last error is a code of Windows itself, which the documentation names
//! without its number; where they succeed it stays as it was, unless the function says otherwise.
//!
//! # Safety
//! The words of [`super`] hold; an address that cannot be read or written is `ERROR_NOACCESS`. And:
//!
//! * *in place*: memory of the structure's size and alignment, which lives as long as a thread may use it through these
//!   functions, and which the program does not change itself. Anything else ends the program, as on Windows.
//! * *routine*: a function of the program with that prototype, which may be called on any thread that the function
//!   names. It may end its thread.

mod address;
pub(in crate::ffi) mod call;
mod event;
mod fls;
pub(in crate::ffi) mod handle;
mod last_error;
mod mutex;
mod once;
mod pool;
pub(in crate::ffi) mod pool_call;
mod pool_timer;
mod pool_wait;
mod pool_work;
mod registered_wait;
mod runtime;
mod semaphore;
mod sync;
mod thread;
mod threads;
mod timer;
mod timer_queue;
mod tls;
pub mod types;
mod wait;

pub use address::*;
pub use event::*;
pub use fls::*;
pub use handle::*;
pub use last_error::*;
pub use mutex::*;
pub use once::*;
pub use pool::*;
pub use pool_timer::*;
pub use pool_wait::*;
pub use pool_work::*;
pub use registered_wait::*;
pub use runtime::*;
pub use semaphore::*;
pub use sync::*;
pub use thread::*;
pub use threads::*;
pub use timer::*;
pub use timer_queue::*;
pub use tls::*;
pub use wait::*;
