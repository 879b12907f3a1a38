//! Every error of `send` (SR1 to SR22), made by its real cause through the C interface: network namespaces with
//! wires, routes and silent hosts in them where loopback does not do. `docs/send-errors.md` is the table of it.
//!
//! Needs `ip` and `tc` (iproute2), and the right to make a network namespace: root, or user namespaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod arguments;
mod connect;
mod connections;
mod datagrams;
mod filter;
mod gone;
mod icmp;
mod in_c;
mod ipv6;
mod legacy;
mod memory;
mod seccomp;
mod states;
#[path = "../support/mod.rs"]
mod support;
mod table;
