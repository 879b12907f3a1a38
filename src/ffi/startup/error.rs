//! `ws2_error_text`: the texts of the error codes, for `FormatMessageA` in `windows.h`.

use std::ffi::{c_char, c_int};

use crate::error::WsaError;

/// `const char *ws2_error_text(int code)`
///
/// What an error code of Winsock means: one English clause in ASCII with a capital letter, without a full stop
/// and without a line end. Not a function of Windows. Works without [`WSAStartup`](super::WSAStartup) and leaves
/// the last error alone.
///
/// # Returns
/// A text that lives as long as the library, or NULL for a number that is no error code of Winsock.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_error_text(code: c_int) -> *const c_char {
    WsaError::from_number(code).text_for_c().map_or(std::ptr::null(), |text| text.as_ptr())
}
