//! Console control events: Ctrl+C and its kin.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, truth};
use super::types::PHANDLER_ROUTINE;
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::control::{self, CTRL_BREAK_EVENT, Fate, Handler, SIGNALS};
use crate::sys::platform::control as signals;

/// What the thread of an event does.
fn take(event: u32) {
    if let Fate::Ends(status) = control::dispatch(event) {
        signals::terminate(status)
    }
}

/// `BOOL SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add)`
///
/// Adds or removes a function that is asked when Ctrl+C (0), Ctrl+Break (1, here Ctrl+\), the end of the terminal (2) or of
/// the machine (6, here SIGTERM) comes. It runs on a thread of its own and may call whatever it likes; calls that wait in
/// other threads go on. The latest handler is asked first; if none returns TRUE, and after events 2 and 6 in any case, the
/// process ends with status 0xC000013A, of which Linux keeps the lowest 8 bits, without running `atexit` functions. With NULL,
/// `Add` says whether Ctrl+C is ignored.
///
/// From the first call on these signals belong to the library. A signal that the process was started to ignore stays ignored. In a child
/// of `fork` they end the process until it calls this function itself; from then on the handlers that it has got from its parent are asked,
/// too.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: the handler that is to be removed is not there.
/// * `ERROR_NOT_ENOUGH_MEMORY`: also where no thread could be made.
///
/// Source: Windows documentation.
///
/// # Safety
/// `HandlerRoutine` can be called until it is removed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetConsoleCtrlHandler(HandlerRoutine: PHANDLER_ROUTINE, Add: BOOL) -> BOOL {
    let act = || -> Answer<()> {
        let Some(routine) = HandlerRoutine else {
            watch()?;
            control::ignore_ctrl_c(Add != 0);
            return Ok(());
        };
        let address = routine as usize;
        if Add == 0 {
            return control::remove(address);
        }
        watch()?;
        Ok(control::add(Handler { address, run: ask })?)
    };
    truth(act())
}

/// Asks a handler of the program's.
fn ask(address: usize, event: DWORD) -> bool {
    let at = std::ptr::with_exposed_provenance::<()>(address);
    // SAFETY: the address of such a function, or NULL; the caller of SetConsoleCtrlHandler has it stay until it is removed.
    let routine = unsafe { std::mem::transmute::<*const (), PHANDLER_ROUTINE>(at) };
    // SAFETY: likewise.
    routine.is_some_and(|routine| unsafe { routine(event) } != 0)
}

fn watch() -> Answer<()> {
    signals::watch(&SIGNALS, take).map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)
}

/// `BOOL GenerateConsoleCtrlEvent(DWORD dwCtrlEvent, DWORD dwProcessGroupId)`
///
/// Sends Ctrl+C (0) or Ctrl+Break (1) to the processes of a group; group 0 is the caller's own.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another event, or no such group; group 1, where it is not the caller's own: Linux has no way to name it.
/// * `ERROR_ACCESS_DENIED`: not permitted.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GenerateConsoleCtrlEvent(dwCtrlEvent: DWORD, dwProcessGroupId: DWORD) -> BOOL {
    let act = || -> Answer<()> {
        let signal = SIGNALS.iter().find(|&&(_, event)| event == dwCtrlEvent && event <= CTRL_BREAK_EVENT);
        let &(signal, _) = signal.ok_or(Code::ERROR_INVALID_PARAMETER)?;
        let target = control::target(dwProcessGroupId, signals::own_group())?;
        signals::send(target, signal).map_err(|errno| match errno.number() {
            libc::ESRCH => Code::ERROR_INVALID_PARAMETER,
            _ => errno.into(),
        })
    };
    truth(act())
}
