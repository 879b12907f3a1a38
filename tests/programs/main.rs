//! The examples beside the file transfer, compiled as they stand, with and without `_WIN32`, and run against each
//! other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod completion;
mod examples;
mod http;
mod run;
#[path = "../support/mod.rs"]
mod support;
