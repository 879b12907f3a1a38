//! Hosts, services, and addresses as text.

mod address_text;
mod addrinfoex;
mod byte_order;
mod gai_error;
mod get_addr_info_ex;
mod hosts;
pub(in crate::ffi) mod image;
mod inet;
mod lookup_service;
pub(in crate::ffi) mod netdb_image;
mod networks;
pub(in crate::ffi) mod resolve;
mod timed;

pub use address_text::*;
pub use byte_order::*;
pub use gai_error::*;
pub use get_addr_info_ex::*;
pub use hosts::*;
pub use inet::*;
pub use lookup_service::*;
pub use networks::*;
pub use resolve::*;
pub use timed::*;
