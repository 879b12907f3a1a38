//! Winsock 1.1's control of blocking: the hook that runs while a call of its thread waits, and the cancelling
//! of that call (L1 to L8).

use std::cell::Cell;
use std::time::Duration;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::startup::{self, Mode};

/// A blocking hook: nonzero asks to be called again before the wait goes on.
pub type Hook = extern "C" fn() -> i32;

thread_local! {
    /// The hook, and in which run of the library it was set: `WSACleanup` ends its time.
    static HOOK: Cell<Option<(u32, Hook)>> = const { Cell::new(None) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    static CANCELLED: Cell<bool> = const { Cell::new(false) };
}

/// How long a wait goes on between two runs of the hook.
const SLICE: Duration = Duration::from_millis(10);

/// The answer to a call that the hook has cancelled.
pub const CANCELLED_BY_HOOK: Failure =
    WsaError::WSAEINTR.because("the blocking hook called WSACancelBlockingCall");

/// The hook in effect until a program sets its own: it has nothing to do, since Linux needs no message loop.
pub extern "C" fn default_hook() -> i32 {
    0
}

/// Sets the calling thread's hook; the one before.
///
/// # Errors
/// * `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
/// * `WSAEFAULT`: no hook is given.
pub fn set_hook(mode: Mode, hook: Option<Hook>) -> Result<Hook, Failure> {
    only_legacy(mode)?;
    let hook = hook.ok_or(WsaError::WSAEFAULT.because("no hook is given"))?;
    let before = current_hook();
    HOOK.set(Some((startup::run(), hook)));
    Ok(before.unwrap_or(default_hook))
}

fn current_hook() -> Option<Hook> {
    HOOK.get().filter(|(run, _)| *run == startup::run()).map(|(_, hook)| hook)
}

/// Puts the default hook back.
///
/// # Errors
/// `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
pub fn unhook(mode: Mode) -> Result<(), Failure> {
    only_legacy(mode)?;
    HOOK.set(None);
    Ok(())
}

/// Whether the calling thread is inside a call that waits, which only its hook can ask.
#[must_use]
pub fn is_blocking() -> bool {
    RUNNING.get()
}

/// Ends the wait of the call from which the hook was called.
///
/// # Errors
/// * `WSAEOPNOTSUPP`: only Winsock 2.x is in use.
/// * `WSAEINVAL`: no call of this thread waits.
pub fn cancel(mode: Mode) -> Result<(), Failure> {
    only_legacy(mode)?;
    if !RUNNING.get() {
        return Err(WsaError::WSAEINVAL.because("no call of this thread waits"));
    }
    CANCELLED.set(true);
    Ok(())
}

fn only_legacy(mode: Mode) -> Result<(), Failure> {
    if mode.is_legacy() {
        Ok(())
    } else {
        Err(WsaError::WSAEOPNOTSUPP.because("Winsock 1.1's function, and no 1.x was negotiated"))
    }
}

/// Refuses every call from inside the hook but those that are for it.
///
/// # Errors
/// `WSAEINPROGRESS`.
pub fn refuse_from_hook() -> Result<(), Failure> {
    if RUNNING.get() {
        Err(WsaError::WSAEINPROGRESS.because("a call from the blocking hook, while another one waits"))
    } else {
        Ok(())
    }
}

/// Runs the calling thread's hook, if it has one and Winsock 1.x is in use; how long the wait may then go on
/// before the next run.
///
/// # Errors
/// `WSAEINTR` when the hook has cancelled the call.
pub fn run_hook() -> Result<Option<Duration>, Failure> {
    if !startup::mode().is_legacy() {
        return Ok(None);
    }
    let Some(hook) = current_hook() else { return Ok(None) };
    RUNNING.set(true);
    while hook() != 0 && !CANCELLED.get() {}
    RUNNING.set(false);
    if CANCELLED.replace(false) { Err(CANCELLED_BY_HOOK) } else { Ok(Some(SLICE)) }
}
