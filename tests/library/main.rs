//! What the libraries export, that the list of exports is true, and that nobody else's `send` changed.
//! Needs gcc and binutils.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod build;
mod install;
mod languages;
mod libraries;
mod linkers;
mod list;
mod pages;
mod process;
mod readme;
mod resolve_linked;
mod sanitizers;
#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code, reason = "the build script's")]
#[path = "../../build/exports.rs"]
mod exports;
