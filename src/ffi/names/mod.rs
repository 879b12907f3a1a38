//! Hosts, services, and addresses as text.

mod address_text;
mod byte_order;
mod gai_error;
mod hosts;
mod inet;
mod netdb_image;
mod resolve;

pub use address_text::*;
pub use byte_order::*;
pub use gai_error::*;
pub use hosts::*;
pub use inet::*;
pub use resolve::*;
