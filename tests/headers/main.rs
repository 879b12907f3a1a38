//! The headers: they compile everywhere, and every number and structure is Windows'.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::collapsible_if,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod behaviour;
mod c_layout;
mod c_names;
mod codes;
mod compile;
mod constants;
mod layout;
mod mingw;
mod others;
mod plain_names;
mod programs;
#[path = "../support/mod.rs"]
mod support;
