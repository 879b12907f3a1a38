//! `WSAStartup`, `WSACleanup`, the last error, and Winsock 1.1. What counts for the whole process is tried in processes of
//! their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod blocking_hook;
#[path = "../support/mod.rs"]
mod support;
mod versions;
