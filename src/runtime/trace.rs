//! `WS2_TRACE=1`: one line per call on standard error, the reason of a failure included.

use std::fmt;
use std::sync::OnceLock;

use crate::error::failure::Failure;

/// Whether the environment asked for the trace when it was first needed: `WS2_TRACE` set, not empty, not `0`.
#[must_use]
pub fn wanted() -> bool {
    static WANTED: OnceLock<bool> = OnceLock::new();
    *WANTED
        .get_or_init(|| std::env::var_os("WS2_TRACE").is_some_and(|value| !value.is_empty() && value != "0"))
}

/// Writes the line of a call: `send(5, 1024 bytes, 0) = 1024`.
#[cold]
pub fn succeeded(call: &dyn fmt::Display, value: &dyn fmt::Display) {
    write_line(format!("{call} = {value}\n"));
}

/// Writes the line of a failed call:
/// `send(5, 1024 bytes, 0) = -1 WSAESHUTDOWN 10058: EPIPE after this program's shutdown(SD_SEND)`.
#[cold]
pub fn failed(call: &dyn fmt::Display, value: &dyn fmt::Display, failure: &Failure) {
    let name = failure.code.name().unwrap_or("unknown code");
    let number = failure.code.number();
    let colon = if failure.why.is_empty() { "" } else { ": " };
    write_line(format!("{call} = {value} {name} {number}{colon}{}\n", failure.why));
}

/// Writes the line of a call that failed with a code of Windows itself:
/// `SetEvent(0x10) = 0 ERROR_INVALID_HANDLE 6`.
#[cold]
pub fn refused(call: &dyn fmt::Display, value: &dyn fmt::Display, code: &dyn fmt::Display) {
    write_line(format!("{call} = {value} {code}\n"));
}

/// Writes a line that belongs to no call alone, if the trace is on.
#[cold]
pub fn note(line: &dyn fmt::Display) {
    if wanted() {
        write_line(format!("{line}\n"));
    }
}

/// One write per line, so that lines of several threads do not mix.
fn write_line(line: String) {
    crate::sys::process::stderr::write(line.as_bytes());
}
