//! What sockets do while no call waits, called as C calls it: each test is named by the rows that it shows (ES, RE, EN,
//! ED). That something does *not* happen is looked at after a later event of another socket has come: the kernel tells
//! of them in their order, and one thread listens.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking, its helpers too"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "pointers of these tests, which live long enough")]

mod changes;
mod epoll;
mod events;
mod pipes;
mod polls;
mod process;
mod rearm;
mod selecting;
#[path = "../support/mod.rs"]
mod support;
