//! Little memory: in each call of a family one allocation after the other is refused, those of the C library included. The
//! call says so by a code that is documented for it, never ends the process, leaves nothing behind, and works afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, its helpers too"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "pointers of these tests, which live long enough")]

mod adapters;
mod catalogue;
mod console;
mod datagrams;
mod files;
mod kernel;
mod late;
mod messages;
mod names;
mod overlapped;
mod platform;
mod polls;
mod pool;
mod pool_waits;
mod refusing;
mod sockets;
#[path = "../support/mod.rs"]
mod support;
mod walk;
