//! Winsock's error codes: number, name and English text, all from the one list in `error/codes.rs`.

use std::ffi::CStr;
use std::fmt;

/// An error code of Winsock. A newtype, not an enum: numbers without a name stay representable.
///
/// Shown as `The socket is not connected (WSAENOTCONN 10057)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[repr(transparent)]
pub struct WsaError(i32);

/// A line of the list.
struct Entry {
    number: i32,
    name: &'static str,
    /// With a NUL at the end, so that C can have it as it stands.
    text: &'static str,
}

/// Makes of the list a constant per code, and the table in which a code is looked up.
macro_rules! codes {
    ($($name:ident = $number:literal, $text:literal;)+) => {
        use super::{Entry, WsaError};

        impl WsaError {
            $(
                #[doc = concat!($text, ".")]
                pub const $name: Self = Self($number);
            )+
        }

        pub(super) static CODES: &[Entry] = &[
            $(Entry { number: $number, name: stringify!($name), text: concat!($text, "\0") },)+
        ];
    };
}

pub mod by_call;
mod codes;
pub mod diagnosis;
pub mod errno;
pub mod evidence;
pub mod failure;
pub mod last_error;

impl WsaError {
    /// The code with this number, known or not.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The number, as `WSAGetLastError` reports it.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The name, such as `WSAENOTCONN`; none for a number that Winsock does not use.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.name)
    }

    /// What the code means, in one English clause with a capital letter and without a full stop.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.text.trim_end_matches('\0'))
    }

    /// The same text for C.
    #[must_use]
    pub fn text_for_c(self) -> Option<&'static CStr> {
        self.entry().and_then(|entry| CStr::from_bytes_with_nul(entry.text.as_bytes()).ok())
    }

    /// Every code there is, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        codes::CODES.iter().map(|entry| Self(entry.number))
    }

    fn entry(self) -> Option<&'static Entry> {
        let at = codes::CODES.binary_search_by_key(&self.0, |entry| entry.number).ok()?;
        codes::CODES.get(at)
    }
}

impl fmt::Display for WsaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        match (self.text(), self.name()) {
            (Some(text), Some(name)) => write!(f, "{text} ({name} {number})"),
            _ => write!(f, "Unknown error code {number}"),
        }
    }
}

impl fmt::Debug for WsaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{name}({})", self.0),
            None => write!(f, "WsaError({})", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_sorted_and_every_text_serves_both_languages() {
        for pair in codes::CODES.windows(2) {
            assert!(
                pair[0].number < pair[1].number,
                "{} and {} are out of order",
                pair[0].name,
                pair[1].name
            );
        }
        for code in WsaError::all() {
            let text = code.text().unwrap();
            assert_eq!(code.text_for_c().unwrap().to_str(), Ok(text), "{code:?}");
            assert!(
                text.is_ascii() && text.starts_with(|c: char| c.is_ascii_uppercase()),
                "{code:?}: {text}"
            );
            assert!(text.ends_with(|c: char| c.is_ascii_alphanumeric()), "{code:?}: {text}");
        }
    }

    #[test]
    fn texts_differ() {
        let mut texts: Vec<_> = codes::CODES.iter().map(|entry| entry.text).collect();
        texts.sort_unstable();
        assert!(texts.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn known_and_unknown_codes_are_shown() {
        let known = WsaError::WSAENOTCONN;
        assert_eq!(known.number(), 10057);
        assert_eq!(known.name(), Some("WSAENOTCONN"));
        assert_eq!(known.to_string(), "The socket is not connected (WSAENOTCONN 10057)");
        assert_eq!(format!("{known:?}"), "WSAENOTCONN(10057)");
        assert_eq!(WsaError::from_number(10057), known);
        for number in [0, -1, 7, 10003, 10036 + 65536, i32::MIN, i32::MAX] {
            let unknown = WsaError::from_number(number);
            assert_eq!((unknown.number(), unknown.name(), unknown.text()), (number, None, None));
            assert_eq!(unknown.to_string(), format!("Unknown error code {number}"));
            assert_eq!(format!("{unknown:?}"), format!("WsaError({number})"));
        }
    }
}
