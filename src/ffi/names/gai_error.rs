//! `gai_strerrorA` and `gai_strerrorW`: the codes of `getaddrinfo` and `getnameinfo` in words.

use std::ffi::{CString, c_char, c_int};

use crate::error::WsaError;
use crate::ffi::names::netdb_image;
use crate::ffi::names::resolve::{bytes_of, c_text, widened};
use crate::ffi::types::WCHAR;

/// The text of a code, as `gai_strerror` gives it.
fn error_text(code: c_int) -> CString {
    let text = WsaError::from_number(code)
        .text()
        .map_or_else(|| format!("Unknown error code {code}"), |text| format!("{text}."));
    c_text(&text)
}

/// `char *gai_strerrorA(int ecode)`
///
/// What a code of [`getaddrinfo`](crate::ffi::ws2_getaddrinfo) or [`getnameinfo`](crate::ffi::ws2_getnameinfo) means, in English. The text is the thread's until
/// its next call of either kind; Windows has one for the whole process. Works without
/// [`WSAStartup`](crate::ffi::WSAStartup) and leaves the last error alone.
///
/// # Returns
/// A text, for unknown codes too.
///
/// Source: Windows documentation, where it is an inline function.
#[unsafe(no_mangle)]
pub extern "C" fn gai_strerrorA(ecode: c_int) -> *mut c_char {
    netdb_image::text(error_text(ecode).to_bytes_with_nul())
}

/// `WCHAR *gai_strerrorW(int ecode)`
///
/// [`gai_strerrorA`] in 16-bit characters.
///
/// # Returns
/// A text, for unknown codes too.
///
/// Source: Windows documentation, where it is an inline function.
#[unsafe(no_mangle)]
pub extern "C" fn gai_strerrorW(ecode: c_int) -> *mut WCHAR {
    netdb_image::text(&bytes_of(&widened(&error_text(ecode))))
}
