//! The version of this library, which Windows does not have: `ws2_version`.

use std::ffi::c_char;

/// The version that the header has as `WS2_VERSION`, with its NUL.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");

/// `const char *ws2_version(void)`
///
/// The version of the library that the program runs with, such as `"0.1.0"`. The headers that it was compiled with have theirs
/// as `WS2_VERSION`, and as a number in `WS2_VERSION_NUMBER`. Not a function of Windows. Works without
/// [`WSAStartup`](crate::ffi::WSAStartup), and leaves the last error alone.
///
/// # Returns
/// A text that stays as it is.
///
/// Source: docs/RELEASES.md.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_version() -> *const c_char {
    VERSION.as_ptr().cast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_crates_version() {
        // SAFETY: a constant text with its NUL.
        let told = unsafe { std::ffi::CStr::from_ptr(ws2_version()) };
        assert_eq!(told.to_str(), Ok(env!("CARGO_PKG_VERSION")));
    }
}
