//! Overlapped calls, completion ports, completion routines, and mswsock's functions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a test fails by panicking, its helpers too; small numbers"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "addresses and buffers of the tests themselves")]

mod beside;
mod changes;
mod connections;
mod data;
mod driver;
mod ends;
mod files;
mod messages;
mod model;
mod notices;
mod notices_kept;
mod pipes;
mod pool;
mod pool_registered;
mod pool_threads;
mod pool_timers;
mod pool_waits;
mod ports;
mod routines;
mod starts;
mod stress;
#[path = "../support/mod.rs"]
mod support;
mod words;
