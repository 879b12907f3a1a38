//! Names and addresses: lookups, texts, and what they do without `WSAStartup`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

mod dns;
mod hosts;
mod inet;
mod inet_unstarted;
mod nameinfo;
mod resolve;
mod resolve_unstarted;
#[path = "../support/mod.rs"]
mod support;

/// Slim machines have no `/etc/services`, which comes with the package `netbase`.
fn no_services_database() -> bool {
    let missing = !std::path::Path::new("/etc/services").exists();
    if missing {
        support::process::left_out("no /etc/services: install netbase");
    }
    missing
}
