//! Queues of timers: `CreateTimerQueue CreateTimerQueueTimer ChangeTimerQueueTimer DeleteTimerQueueTimer DeleteTimerQueue
//! DeleteTimerQueueEx`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Out, truth};
use super::pool_call::{ended, wait_or_timer};
use super::types::{HANDLE, ULONG, WAITORTIMERCALLBACK};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::pool;

/// `HANDLE CreateTimerQueue(void)`
///
/// Makes a queue of timers, which can be deleted together.
///
/// # Returns
/// The queue, or NULL.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP12, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CreateTimerQueue() -> HANDLE {
    super::call::handle(|f| write!(f, "CreateTimerQueue()"), pool::create_queue())
}

/// `BOOL CreateTimerQueueTimer(PHANDLE phNewTimer, HANDLE TimerQueue, WAITORTIMERCALLBACK Callback, PVOID Parameter,
/// DWORD DueTime, DWORD Period, ULONG Flags)`
///
/// Makes a timer in a queue, or with NULL in the one that every process has: `Callback` is called, with `Parameter` and TRUE, on a thread of
/// the pool of the process after `DueTime` milliseconds and then, if it is not 0, every `Period` milliseconds; times that pass while all
/// threads of the pool are busy count once. Of the flags WT_EXECUTEONLYONCE (8) has the period count as 0, WT_EXECUTELONGFUNCTION (0x10) says
/// that the function may take long, and the upper 16 bits are the most threads that the pool is to have (WT_SET_MAX_THREADPOOL_THREADS); the
/// others choose threads that do not differ here. The handle goes to `phNewTimer` before the function can be called. It is given back by
/// [`ws2_DeleteTimerQueueTimer`], or with its queue. In a child of `fork` no timer runs.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `phNewTimer` or `Callback` is NULL.
/// * `ERROR_INVALID_HANDLE`: no queue.
/// * `ERROR_NOACCESS`: `phNewTimer` cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no thread.
///
/// Source: TP12, Windows' documentation.
///
/// # Safety
/// `phNewTimer` is an out pointer. `Callback` is a routine for threads of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateTimerQueueTimer(
    phNewTimer: *mut HANDLE,
    TimerQueue: HANDLE,
    Callback: WAITORTIMERCALLBACK,
    Parameter: *mut c_void,
    DueTime: DWORD,
    Period: DWORD,
    Flags: ULONG,
) -> BOOL {
    const ONLY_ONCE: ULONG = 8;
    const LONG_FUNCTION: ULONG = 0x10;
    let create = || {
        let callback = wait_or_timer(Callback).ok_or(Code::INVALID_PARAMETER)?;
        if phNewTimer.is_null() {
            return Err(Code::INVALID_PARAMETER);
        }
        let place = Out::needed(phNewTimer)?;
        let most = Flags >> 16;
        if most > 0 {
            pool::set_process_maximum(most);
        }
        let period = if Flags & ONLY_ONCE == 0 { Period } else { 0 };
        let is_long = Flags & LONG_FUNCTION != 0;
        let context = Parameter.expose_provenance();
        pool::create_queue_timer(TimerQueue.addr(), callback, context, (DueTime, period), is_long, |number| {
            // SAFETY: an out pointer.
            unsafe { place.put(std::ptr::without_provenance_mut(number)) }
        })
    };
    truth(
        |f| {
            write!(f, "CreateTimerQueueTimer({TimerQueue:p}, {Parameter:p}, {DueTime}, {Period}, {Flags:#x})")
        },
        create(),
    )
}

/// `BOOL ChangeTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, ULONG DueTime, ULONG Period)`
///
/// Has a timer run anew, from now on. One that was due once, and comes no more, stays so. `TimerQueue` is not compared with the queue in which
/// the timer was made.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: `TimerQueue` is neither NULL nor a queue.
/// * `ERROR_INVALID_PARAMETER`: no timer.
///
/// Source: TP12, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ChangeTimerQueueTimer(
    TimerQueue: HANDLE,
    Timer: HANDLE,
    DueTime: ULONG,
    Period: ULONG,
) -> BOOL {
    truth(
        |f| write!(f, "ChangeTimerQueueTimer({TimerQueue:p}, {Timer:p}, {DueTime}, {Period})"),
        pool::change_queue_timer(TimerQueue.addr(), Timer.addr(), DueTime, Period),
    )
}

/// `BOOL DeleteTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, HANDLE CompletionEvent)`
///
/// Stops a timer and gives it back. What has not begun is not called. With INVALID_HANDLE_VALUE for the event it returns when no call of the
/// function runs any more; from the function itself that is never. With an event that is set then. With NULL it always fails with
/// `ERROR_IO_PENDING`, though all is done. `TimerQueue` is not compared with the queue in which the timer was made.
///
/// # Returns
/// TRUE, or FALSE, also where the timer is gone.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: `TimerQueue` is neither NULL nor a queue; no event. Nothing was done.
/// * `ERROR_INVALID_PARAMETER`: no timer.
/// * `ERROR_IO_PENDING`: the timer is gone; a call of the function runs, or `CompletionEvent` is NULL.
/// * `ERROR_ACCESS_DENIED`: the event may not be set.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP12, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DeleteTimerQueueTimer(
    TimerQueue: HANDLE,
    Timer: HANDLE,
    CompletionEvent: HANDLE,
) -> BOOL {
    truth(
        |f| write!(f, "DeleteTimerQueueTimer({TimerQueue:p}, {Timer:p}, {CompletionEvent:p})"),
        pool::delete_queue_timer(TimerQueue.addr(), Timer.addr(), ended(CompletionEvent)),
    )
}

/// `BOOL DeleteTimerQueue(HANDLE TimerQueue)`
///
/// [`ws2_DeleteTimerQueueEx`] with NULL.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// Those of [`ws2_DeleteTimerQueueEx`].
///
/// Source: TP12, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DeleteTimerQueue(TimerQueue: HANDLE) -> BOOL {
    truth(
        |f| write!(f, "DeleteTimerQueue({TimerQueue:p})"),
        pool::delete_queue(TimerQueue.addr(), pool::End::Untold),
    )
}

/// `BOOL DeleteTimerQueueEx(HANDLE TimerQueue, HANDLE CompletionEvent)`
///
/// Stops all timers of a queue and gives them back with it, as [`ws2_DeleteTimerQueueTimer`] does with one; with NULL for the event it
/// fails with `ERROR_IO_PENDING` only where a function runs.
///
/// # Returns
/// TRUE, or FALSE, also where the queue is gone.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no queue, or NULL: that which every process has stays; no event. Nothing was done.
/// * `ERROR_IO_PENDING`: the queue is gone; a function runs.
/// * `ERROR_ACCESS_DENIED`: the event may not be set.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP12, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DeleteTimerQueueEx(TimerQueue: HANDLE, CompletionEvent: HANDLE) -> BOOL {
    truth(
        |f| write!(f, "DeleteTimerQueueEx({TimerQueue:p}, {CompletionEvent:p})"),
        pool::delete_queue(TimerQueue.addr(), ended(CompletionEvent)),
    )
}
