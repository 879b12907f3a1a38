//! Making, naming, connecting and accepting; and every function with arguments that make no sense.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad_input;
mod bad_input_exports;
mod bad_input_lookups;
mod bad_input_more;
mod bad_input_names;
mod bad_input_providers;
mod bad_input_transfers;
mod connect_accept;
mod deferred;
#[path = "../support/mod.rs"]
mod support;
