//! Windows' kernel objects, called as C calls them: each test is named by the rows that it shows (EO, AL, KO).
//! `tests/kernel_model` explores what threads can do to each other in a wait.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking, its helpers too"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "pointers of these tests, which live long enough")]

mod alertable;
mod bad_input;
mod events;
mod fork;
mod handles;
mod memory_locks;
mod mutexes;
mod processes;
mod programs;
mod stress;
#[path = "../support/mod.rs"]
mod support;
mod threads;
mod timers;
mod values;
mod waits;
mod words;
