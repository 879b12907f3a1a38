//! The one join between `Result` and C: admits a call, stores the thread's last error, returns the value that
//! means failure, and traces.

use std::fmt;

use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::types::FARPROC;
use crate::runtime::startup::{self, Mode};
use crate::runtime::trace;

/// A type that an exported function returns.
pub(in crate::ffi) trait Returned: Copy {
    /// The value that tells the caller to ask `WSAGetLastError`.
    const FAILED: Self;

    /// The value as the trace shows it.
    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl Returned for i32 {
    /// `SOCKET_ERROR`.
    const FAILED: Self = -1;

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Returned for u32 {
    /// `INADDR_NONE` and the like.
    const FAILED: Self = u32::MAX;

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#010x}")
    }
}

impl Returned for usize {
    /// `INVALID_SOCKET`.
    const FAILED: Self = usize::MAX;

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self == usize::MAX { f.write_str("INVALID_SOCKET") } else { write!(f, "{self}") }
    }
}

impl<T> Returned for *mut T {
    /// `NULL`.
    const FAILED: Self = std::ptr::null_mut();

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_null() { f.write_str("NULL") } else { write!(f, "{self:p}") }
    }
}

impl<T> Returned for *const T {
    /// `NULL`.
    const FAILED: Self = std::ptr::null();

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cast_mut().show(f)
    }
}

/// Shows something with a closure; the trace's way to describe a call only when somebody reads it.
pub(in crate::ffi) struct Show<F>(pub(in crate::ffi) F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Show<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

impl Returned for FARPROC {
    /// `NULL`.
    const FAILED: Self = None;

    fn show(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_some() { "a hook" } else { "NULL" })
    }
}

/// Runs one call of the interface. `describe` writes the call as the trace shows it, `send(5, 1024 bytes, 0)`.
#[inline]
pub(in crate::ffi) fn call<T: Returned>(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce(Mode) -> Result<T, Failure>,
) -> T {
    call_in(startup::mode(), describe, act)
}

/// [`call`], in the mode that was read when the call began.
#[inline]
pub(in crate::ffi) fn call_in<T: Returned>(
    mode: Mode,
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce(Mode) -> Result<T, Failure>,
) -> T {
    let _begun = begins(mode, &describe);
    finish(mode, describe, startup::admit(mode).and_then(|()| act(mode)))
}

/// Tells the trace, if there is one, that the thread begins a call.
#[inline]
fn begins(mode: Mode, describe: &impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result) -> Option<trace::Begun> {
    if mode.is_traced() { trace::begins(&Show(describe)) } else { None }
}

/// Runs a call that Winsock 1.1's blocking hook may make.
pub(in crate::ffi) fn call_from_hook<T: Returned>(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce(Mode) -> Result<T, Failure>,
) -> T {
    let mode = startup::mode();
    let _begun = begins(mode, &describe);
    finish(mode, describe, startup::admit_hook(mode).and_then(|()| act(mode)))
}

#[inline]
fn finish<T: Returned>(
    mode: Mode,
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    result: Result<T, Failure>,
) -> T {
    match result {
        Ok(value) => {
            last_error::set(0);
            if mode.is_traced() {
                traced(&Show(describe), value, None);
            }
            value
        }
        Err(failure) => failed(&Show(describe), failure),
    }
}

/// Runs a call that needs no `WSAStartup` and leaves the last error alone when it succeeds (LE4).
pub(in crate::ffi) fn pure_call<T: Returned>(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce() -> Result<T, Failure>,
) -> T {
    match act() {
        Ok(value) => {
            if trace::wanted() {
                traced(&Show(describe), value, None);
            }
            value
        }
        Err(failure) => failed(&Show(describe), failure),
    }
}

/// Runs a call of the interface that returns the error code itself, 0 after success. The last error is the same
/// number.
pub(in crate::ffi) fn call_for_code(
    describe: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    act: impl FnOnce(Mode) -> Result<(), Failure>,
) -> i32 {
    let mode = startup::mode();
    let _begun = begins(mode, &describe);
    let result = startup::admit(mode).and_then(|()| act(mode));
    let code = result.map_or_else(|failure| failure.code.number(), |()| 0);
    if code == 0 {
        last_error::set(0)
    } else {
        set_both(code)
    }
    if mode.is_traced() || (result.is_err() && trace::wanted()) {
        traced(&Show(describe), code, result.err());
    }
    code
}

/// The last error of a failed call, for the run-time libraries of other languages in `errno`, too (Q23).
pub(in crate::ffi) fn set_both(code: i32) {
    last_error::set(code);
    crate::sys::set_errno(code);
}

/// Stores the code of a failed call, traces it, and gives the value that C sees.
#[cold]
pub(in crate::ffi) fn failed<T: Returned>(describe: &dyn fmt::Display, failure: Failure) -> T {
    if trace::wanted() {
        traced(describe, T::FAILED, Some(failure));
    }
    set_both(failure.code.number());
    T::FAILED
}

/// Writes the line of a call whose return value carries its own result, or of any other.
#[cold]
pub(in crate::ffi) fn traced<T: Returned>(describe: &dyn fmt::Display, value: T, failure: Option<Failure>) {
    let shown = Show(|f: &mut fmt::Formatter<'_>| value.show(f));
    match failure {
        None => trace::succeeded(describe, &shown),
        Some(failure) => trace::failed(describe, &shown, &failure),
    }
}

/// The `flags` of a transfer as the trace shows them: by name, what has none as a number.
pub(in crate::ffi) struct Flags(pub(in crate::ffi) i32);

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::windows::abi;
        const NAMES: [(i32, &str); 7] = [
            (abi::MSG_OOB, "MSG_OOB"),
            (abi::MSG_PEEK, "MSG_PEEK"),
            (abi::MSG_DONTROUTE, "MSG_DONTROUTE"),
            (abi::MSG_WAITALL, "MSG_WAITALL"),
            (abi::MSG_INTERRUPT, "MSG_INTERRUPT"),
            (abi::MSG_PUSH_IMMEDIATE, "MSG_PUSH_IMMEDIATE"),
            (abi::MSG_PARTIAL, "MSG_PARTIAL"),
        ];
        let mut rest = self.0;
        let mut separator = "";
        for (bit, name) in NAMES {
            if rest & bit != 0 {
                write!(f, "{separator}{name}")?;
                separator = " | ";
                rest &= !bit;
            }
        }
        match (rest, separator) {
            (0, "") => f.write_str("0"),
            (0, _) => Ok(()),
            _ => write!(f, "{separator}{rest:#x}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_by_name() {
        let rows = [
            (0, "0"),
            (1, "MSG_OOB"),
            (6, "MSG_PEEK | MSG_DONTROUTE"),
            (0x40, "0x40"),
            (0x41, "MSG_OOB | 0x40"),
            (0x8000, "MSG_PARTIAL"),
        ];
        for (flags, expected) in rows {
            assert_eq!(Flags(flags).to_string(), expected);
        }
    }
}
