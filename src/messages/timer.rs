//! Timers whose time is told by messages.

use super::queue::{Timer, ready};
use super::{Handle, desk};
use crate::kernel::code::Code;
use crate::sys::event::clock;

/// Timers are not faster than this, in milliseconds.
const FASTEST: u32 = 10;
const SLOWEST: u32 = 0x7FFF_FFFF;

/// Sets a timer of a window, or without one of the calling thread: its number.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_ACCESS_DENIED`: another thread's window; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn set_timer(window: Handle, id: usize, milliseconds: u32, procedure: usize) -> Result<usize, Code> {
    let own = ready()?;
    let period = u64::from(milliseconds.clamp(FASTEST, SLOWEST)).saturating_mul(1_000_000);
    let due = clock::monotonic().saturating_add(period);
    let mut desk = desk();
    if window != 0 && desk.window(window)?.thread != own {
        return Err(Code::ACCESS_DENIED);
    }
    let queue = desk.queues.get_mut(&own).ok_or(Code::NOT_ENOUGH_MEMORY)?;
    let known = queue.timers.iter().any(|timer| timer.window == window && timer.id == id);
    let id = if window == 0 && !known {
        let next = queue.next_timer;
        queue.next_timer = next.wrapping_add(1).max(1);
        next
    } else {
        id
    };
    queue.timers.retain(|timer| !(timer.window == window && timer.id == id));
    queue.timers.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    queue.timers.push(Timer { window, id, procedure, period, due });
    Ok(id.max(1))
}

/// Stops a timer.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_INVALID_PARAMETER`: there is none of that number.
pub fn kill_timer(window: Handle, id: usize) -> Result<(), Code> {
    let own = ready()?;
    let mut desk = desk();
    if window != 0 {
        desk.window(window)?;
    }
    let queue = desk.queues.get_mut(&own).ok_or(Code::NOT_ENOUGH_MEMORY)?;
    let before = queue.timers.len();
    queue.timers.retain(|timer| !(timer.window == window && timer.id == id));
    if queue.timers.len() < before { Ok(()) } else { Err(Code::INVALID_PARAMETER) }
}
