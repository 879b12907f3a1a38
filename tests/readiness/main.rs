//! `select` and `WSAPoll` over real sockets: the rows of SEMANTICS §5.1 and §5.2, closing by another thread, bad
//! input, many sockets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad;
mod cleanup;
mod closing;
mod many;
mod poll;
mod readiness;
mod sets;
#[path = "../support/mod.rs"]
mod support;
