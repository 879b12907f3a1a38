//! The state of the library as a whole: started or not, locks, `fork`, the trace.

pub mod hook;
pub(crate) mod interrupt;
pub(crate) mod lock;
pub(crate) mod put_off;
pub mod startup;
pub mod trace;
