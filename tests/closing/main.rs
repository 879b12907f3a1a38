//! Closing while other threads call, recycled descriptors, `fork`, and threads that do everything at random.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod asked;
mod calls;
mod console;
mod control;
mod counted;
mod delayed;
mod descriptors;
mod handlers;
mod libraries;
mod little;
mod pipes;
mod placeholder;
mod protocol;
mod rivals;
mod shared;
mod stress;
#[path = "../support/mod.rs"]
mod support;
