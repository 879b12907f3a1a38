//! The examples beside the file transfer, compiled as they stand, with and without `_WIN32`, and run against each
//! other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]
#![allow(clippy::indexing_slicing, reason = "an index out of range fails the test")]

mod examples;
mod http;
mod run;
#[path = "../support/mod.rs"]
mod support;
