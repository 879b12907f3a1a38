//! Windows' kernel objects and what threads do with them: handles, events, mutexes, semaphores, timers, threads, waits,
//! routines that are queued to a thread, and the locks of programs that live in their own memory.
//!
//! | what | where |
//! |---|---|
//! | handles | `handle` the table, `hold` closing and duplicating, `names`, `rights` |
//! | an object | `state` what each kind does, `object` its lock and its list of waiters, `event` `mutex` `semaphore` `timer` `keyed` |
//! | waiting | `waiter` the word that is claimed, `wait` and its `limit`, `port` completion ports, `driver` what their waiting threads do meanwhile |
//! | threads | `thread` the control block and a thread's end, `local` what a thread keeps for itself, `start`, `apc`, `tls`, `fls`; `pool` the thread pool |
//! | devices that a program opens | `device` |
//! | other processes | `process`; `watch` the thread that sees their ends |
//! | memory of files | `section` |
//! | of this library's own | `signal` |
//! | in the program's memory | `critical_section` `srw_lock` `condition` `once` `address` |
//!
//! Locks, the outer first: names; one shard of the table; the thread pool's; ports; other processes; all objects (`sync::lock_all`); objects; a thread's
//! routines; the list of threads or of indexes. None is held while a function of the program runs or a thread sleeps.

pub mod address;
pub mod apc;
pub mod code;
pub mod condition;
pub mod critical_section;
pub(crate) mod device;
pub(crate) mod driver;
pub mod event;
pub mod fls;
pub(crate) mod fork;
mod handle;
pub mod hold;
pub mod keyed;
mod limit;
mod local;
pub mod mutex;
pub mod names;
mod object;
pub mod once;
pub mod pool;
pub mod port;
pub mod process;
mod rights;
pub mod section;
pub mod semaphore;
pub mod signal;
pub mod srw_lock;
pub mod start;
mod state;
pub(crate) mod sync;
pub mod thread;
pub mod timer;
pub mod tls;
pub mod wait;
mod waiter;
mod watch;

pub(crate) use handle::STANDARD_INPUT;
pub use object::Kind;

/// Says how to find what stands for a socket in a wait (OE4).
pub(crate) fn find_signals_by(of: fn(crate::sys::Fd) -> Option<event::Kept>) {
    handle::find_signals_by(of);
}
