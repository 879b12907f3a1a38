//! `select` and `WSAPoll` over real sockets: the rows SE1 to SE17 and PO1 to PO7, closing by another thread, bad
//! input, many sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad;
mod cleanup;
mod closing;
mod kept;
mod many;
mod poll;
mod readiness;
mod sets;
#[path = "../support/mod.rs"]
mod support;
