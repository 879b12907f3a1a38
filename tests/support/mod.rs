//! What the tests share: the interface as Rust calls it, sockets in every state, networks, processes, compilers.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    unreachable_pub,
    reason = "every test binary uses its part"
)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "likewise")]

pub mod bad;
pub mod calls;
pub mod compile;
pub mod files;
pub mod made;
pub mod name;
pub mod network;
pub mod options;
pub mod oracle;
pub mod pairs;
pub mod process;
pub mod sets;
pub mod socket;
pub mod stops;
pub mod supervised;
pub mod waiting;
