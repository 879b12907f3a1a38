//! How the library posts messages of its own: by the routine that the program has set, else into its own queues (AS12).

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Handle, is_window, post};
use crate::kernel::code::Code;

/// Calls a routine of the program's with a window and a message; whether it was posted.
pub type Call = fn(usize, [usize; 4]) -> bool;

static ROUTINE: AtomicUsize = AtomicUsize::new(0);
static CALL: OnceLock<Call> = OnceLock::new();

/// Sets the routine, 0 for the library's own queues, and how it is called.
pub fn set_routine(routine: usize, call: Call) {
    CALL.get_or_init(|| call);
    ROUTINE.store(routine, Ordering::Release);
}

fn routine() -> Option<(Call, usize)> {
    let routine = ROUTINE.load(Ordering::Acquire);
    CALL.get().filter(|_| routine != 0).map(|call| (*call, routine))
}

/// Whether a window can be told something: with a routine any but none.
#[must_use]
pub fn can_notify(window: Handle) -> bool {
    if routine().is_some() { window != 0 } else { is_window(window) }
}

/// Posts a message of the library's. No lock is held.
///
/// # Errors
/// Those of [`post`]; `ERROR_NOT_ENOUGH_QUOTA`: the routine has refused it.
pub fn notify(window: Handle, number: u32, wparam: usize, lparam: isize) -> Result<(), Code> {
    match routine() {
        None if window == 0 => Err(Code::INVALID_WINDOW_HANDLE),
        None => post(window, number, wparam, lparam),
        Some((call, routine)) => {
            let posted = call(routine, [window as usize, number as usize, wparam, lparam.cast_unsigned()]);
            if posted { Ok(()) } else { Err(Code::NOT_ENOUGH_QUOTA) }
        }
    }
}
