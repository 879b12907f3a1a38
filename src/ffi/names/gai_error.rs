//! `gai_strerrorA` and `gai_strerrorW`: the codes of `getaddrinfo` and `getnameinfo` in words.

use std::ffi::{c_char, c_int};

use crate::error::WsaError;
use crate::ffi::names::netdb_image;
use crate::ffi::names::resolve::bytes_of;
use crate::ffi::types::WCHAR;
use crate::sys::room::{self, Made};

/// The text of a code, as `gai_strerror` gives it.
fn error_text(code: c_int) -> Made<String> {
    match WsaError::from_number(code).text() {
        None => room::shown(&format_args!("Unknown error code {code}\0")),
        Some(text) => room::shown(&format_args!("{text}.\0")),
    }
}

/// The text where the thread keeps it; NULL where there is no memory for it.
fn kept<T>(bytes: Made<Vec<u8>>) -> *mut T {
    bytes.map_or(std::ptr::null_mut(), |bytes| netdb_image::text(&bytes))
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
    kept(error_text(ecode).map(String::into_bytes))
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
    let units = error_text(ecode).and_then(|text| room::list(text.encode_utf16()));
    kept(units.and_then(|units| bytes_of(&units)))
}
