//! What the network, the options and the commands do as Windows does: rows X1 to X26, one test a row and its kind, in
//! network namespaces that the tests make where loopback does not do.
//!
//! Needs `ip` (iproute2), and the right to make a network namespace: root, or user namespaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]
mod addresses;
mod commands;
mod companions;
mod groups;
mod listeners;
mod making;
mod options;
mod ports;
mod readiness;
mod state;
#[path = "../support/mod.rs"]
mod support;
mod words;
