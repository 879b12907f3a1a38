//! What is listed, looked up and handed on: protocols, providers, name spaces, duplicates of sockets, connecting by name.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, its helpers too"
)]

mod connect_by;
mod duplicate;
mod look_up;
mod program;
mod protocols;
mod refused;
#[path = "../support/mod.rs"]
mod support;
