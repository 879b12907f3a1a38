//! Winsock's error codes: number, name and English text, all from the one list in `error/codes.rs`.

use std::ffi::CStr;
use std::fmt;

/// An error code of Winsock. A newtype, not an enum: numbers without a name stay representable.
///
/// Shown as `The socket is not connected (WSAENOTCONN 10057)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[repr(transparent)]
pub struct WsaError(i32);

/// Makes of the list a constant per code, the numbers among which a code is looked up, and for each its name and its text.
macro_rules! codes {
    ($($name:ident = $number:literal, $text:literal;)+) => {
        use super::WsaError;

        impl WsaError {
            $(
                #[doc = concat!($text, ".")]
                pub const $name: Self = Self($number);
            )+
        }

        pub(super) static NUMBERS: &[i32] = &[$($number,)+];
        pub(super) static TEXTS: &str = concat!($(stringify!($name), "\0", $text, "\0",)+);
    };
}

pub mod by_call;
mod codes;
pub mod diagnosis;
pub mod errno;
pub mod evidence;
pub mod failure;
pub mod last_error;
pub(crate) mod texts;

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
        self.said(0)?.to_str().ok()
    }

    /// What the code means, in one English clause with a capital letter and without a full stop.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        self.said(1)?.to_str().ok()
    }

    /// The same text for C.
    #[must_use]
    pub fn text_for_c(self) -> Option<&'static CStr> {
        self.said(1)
    }

    /// Every code there is, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        codes::NUMBERS.iter().copied().map(Self)
    }

    /// The name (0) or the text (1).
    fn said(self, which: usize) -> Option<&'static CStr> {
        let at = codes::NUMBERS.binary_search(&self.0).ok()?;
        texts::nth(codes::TEXTS, 2 * at + which)
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
        for pair in codes::NUMBERS.windows(2) {
            assert!(pair[0] < pair[1], "{} and {} are out of order", pair[0], pair[1]);
        }
        assert_eq!(codes::TEXTS.matches('\0').count(), 2 * codes::NUMBERS.len());
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
        let mut texts: Vec<_> = WsaError::all().map(WsaError::text).collect();
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
