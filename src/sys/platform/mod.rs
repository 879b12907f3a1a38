//! How Linux does what programs ask of Windows beside their sockets. The folders `platform` of `ffi` and of the crate's root
//! have files of the same names.

pub mod adapter;
pub mod adapters;
pub mod block;
pub mod clock;
pub mod console;
pub mod control;
pub mod environment;
pub mod exception;
pub mod file;
pub mod library;
pub mod named_pipe;
pub mod net_tables;
pub mod page;
pub mod pipe;
pub mod serial;
pub mod times;
pub mod transfer;
pub mod view;
