//! Providers of protocols and of name spaces: which ones there are. Nobody can install another one.

mod administration;
mod changes;
mod for_providers;
mod layered;
mod name_spaces;
mod protocols;
mod registration;
mod service_classes;
mod space_administration;

pub use administration::*;
pub use changes::*;
pub use for_providers::*;
pub use layered::*;
pub use name_spaces::*;
pub use protocols::*;
pub use registration::*;
pub use service_classes::*;
pub use space_administration::*;

use std::ffi::c_int;

use crate::error::WsaError;
use crate::sys::user::memory;

/// Ends a call that reports its code through a pointer.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn told(result: Result<c_int, WsaError>, to: *mut c_int) -> c_int {
    const SOCKET_ERROR: c_int = -1;
    match result {
        Ok(value) => value,
        Err(code) => {
            // SAFETY: passed on to the caller. Where it cannot be written the value alone says that the call failed.
            let _ = unsafe { memory::write(to, code.number()) };
            SOCKET_ERROR
        }
    }
}
