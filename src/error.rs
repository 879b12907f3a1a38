//! Winsock's error codes: number, name and English text, in one table.

/// An error code of Winsock. A newtype, not an enum: numbers without a name stay representable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[repr(transparent)]
#[error("{}", self.name().unwrap_or("unknown code"))]
pub struct WsaError(i32);

impl WsaError {
    /// TODO H2
    pub const WSAEFAULT: Self = Self(10014);
    /// TODO H2
    pub const WSAEPROCLIM: Self = Self(10067);
    /// TODO H2
    pub const WSAVERNOTSUPPORTED: Self = Self(10092);
    /// TODO H2
    pub const WSANOTINITIALISED: Self = Self(10093);
    /// The number.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }
    /// The name.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        None
    }
}
impl std::fmt::Debug for WsaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
