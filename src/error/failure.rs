//! What a failed call carries: the code that C reads, and the cause in words for the trace.

use crate::error::WsaError;

/// A failed call: Winsock's code and why it was chosen.
///
/// Only the code crosses the C interface; the reason is what `WS2_TRACE=1` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {why}")]
pub struct Failure {
    /// The code that `WSAGetLastError` reports.
    pub code: WsaError,
    /// The cause, for the person who ports the program; empty where the code says it all.
    pub why: &'static str,
}

impl WsaError {
    /// This code as a failure, with the cause that the trace prints.
    #[must_use]
    pub const fn because(self, why: &'static str) -> Failure {
        Failure { code: self, why }
    }
}

impl From<WsaError> for Failure {
    fn from(code: WsaError) -> Self {
        code.because("")
    }
}
