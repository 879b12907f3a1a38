//! The system's name service and its databases.

pub mod netdb;
pub mod resolve;
