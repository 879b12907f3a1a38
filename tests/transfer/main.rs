//! `send`, `recv` and their kin on connected sockets and datagrams: arguments, flags, states, blocking, several buffers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod messages;
mod pieces;
mod recv_states;
mod send_arguments;
mod send_blocking;
mod send_flags;
mod send_states;
mod shortcuts;
#[path = "../support/mod.rs"]
mod support;
