//! What programs call beside their sockets: programs as they are written for Windows, compiled by `ws2cc` and run; the compilers themselves; the libraries by the
//! names that Windows has; and arguments that make no sense. Needs gcc, g++, make and binutils; clang, mingw, cmake and python3 where they are.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad_input;
mod bad_programs;
mod compiler;
mod libraries;
mod programs;
#[path = "../support/mod.rs"]
mod support;
mod tree;
