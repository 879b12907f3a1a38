//! The repository itself: generated files are up to date, labels lead somewhere, every row verified on Windows has a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad_input;
mod called;
mod edges;
mod families;
mod generated;
mod labels;
mod once;
mod porting;
mod rows;
mod specification;
#[path = "../support/mod.rs"]
mod support;
mod windows;
