//! What the network, the options and the commands do as Windows does: SEMANTICS §9, one test a row and its kind, in
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
#![allow(dead_code, reason = "the helpers are other tests', too")]

mod addresses;
mod commands;
mod groups;
mod listeners;
mod making;
#[path = "../rows/net.rs"]
mod net;
mod options;
mod ports;
#[path = "../rows/process.rs"]
mod process;
mod readiness;
#[path = "../options/support.rs"]
mod support;
#[path = "../rows/winsock.rs"]
mod winsock;
mod words;
