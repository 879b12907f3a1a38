//! Registered waits: `RegisterWaitForSingleObject UnregisterWait UnregisterWaitEx`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Out, truth};
use super::pool_call::{ended, wait_or_timer};
use super::types::{HANDLE, ULONG, WAITORTIMERCALLBACK};
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Repeat};

/// The flags that make a difference here; the others choose threads that do not differ.
const IN_WAIT_THREAD: ULONG = 4;
const ONLY_ONCE: ULONG = 8;
const LONG_FUNCTION: ULONG = 0x10;

/// `BOOL RegisterWaitForSingleObject(PHANDLE phNewWaitObject, HANDLE hObject, WAITORTIMERCALLBACK Callback, PVOID Context,
/// ULONG dwMilliseconds, ULONG dwFlags)`
///
/// Has `Callback` called on a thread of the pool of the process whenever a wait for `hObject` has ended: with `Context` and FALSE when the
/// wait has taken the object, with TRUE when `dwMilliseconds` have passed (INFINITE: never). Then the wait begins again, until
/// [`ws2_UnregisterWaitEx`], or with WT_EXECUTEONLYONCE (8) not. It begins again before the function is called, so that calls can overlap; with
/// WT_EXECUTEINWAITTHREAD (4) when the function has returned. WT_EXECUTELONGFUNCTION (0x10) says that the function may take long, and
/// the upper 16 bits are the most threads that the pool is to have (WT_SET_MAX_THREADPOOL_THREADS). The handle goes to `phNewWaitObject`
/// before the function can be called. Waits take no thread while they go on. In a child of `fork` none goes on.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `phNewWaitObject` or `Callback` is NULL; `hObject` is a mutex, which no thread would own.
/// * `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`: no object that can be waited for.
/// * `ERROR_NOACCESS`: `phNewWaitObject` cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no thread.
///
/// Source: TP11, Windows' documentation.
///
/// # Safety
/// `phNewWaitObject` is an out pointer. `Callback` is a routine for threads of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterWaitForSingleObject(
    phNewWaitObject: *mut HANDLE,
    hObject: HANDLE,
    Callback: WAITORTIMERCALLBACK,
    Context: *mut c_void,
    dwMilliseconds: ULONG,
    dwFlags: ULONG,
) -> BOOL {
    let register = || {
        let callback = wait_or_timer(Callback).ok_or(Code::INVALID_PARAMETER)?;
        if phNewWaitObject.is_null() {
            return Err(Code::INVALID_PARAMETER);
        }
        let place = Out::needed(phNewWaitObject)?;
        let most = dwFlags >> 16;
        if most > 0 {
            pool::set_process_maximum(most);
        }
        let repeat = match dwFlags & (ONLY_ONCE | IN_WAIT_THREAD) {
            0 => Repeat::Before,
            IN_WAIT_THREAD => Repeat::Behind,
            _ => Repeat::Never,
        };
        let how = (repeat, dwFlags & LONG_FUNCTION != 0);
        pool::register(hObject.addr(), callback, Context.expose_provenance(), dwMilliseconds, how, |number| {
            // SAFETY: an out pointer.
            unsafe { place.put(std::ptr::without_provenance_mut(number)) }
        })
    };
    truth(
        |f| {
            write!(f, "RegisterWaitForSingleObject({hObject:p}, {Context:p}, {dwMilliseconds}, {dwFlags:#x})")
        },
        register(),
    )
}

/// `BOOL UnregisterWait(HANDLE WaitHandle)`
///
/// [`ws2_UnregisterWaitEx`] with NULL.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// Those of [`ws2_UnregisterWaitEx`].
///
/// Source: TP11, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_UnregisterWait(WaitHandle: HANDLE) -> BOOL {
    truth(
        |f| write!(f, "UnregisterWait({WaitHandle:p})"),
        pool::unregister(WaitHandle.addr(), pool::End::Untold),
    )
}

/// `BOOL UnregisterWaitEx(HANDLE WaitHandle, HANDLE CompletionEvent)`
///
/// Ends a registered wait, also one that does not begin again. What has not begun is not called. With INVALID_HANDLE_VALUE for the event it
/// returns when no call of the function runs any more; from the function itself that is never. With an event that is set then. With NULL
/// nobody is told.
///
/// # Returns
/// TRUE, or FALSE, also where the wait has ended and a call runs.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no registered wait; no event. Nothing has ended.
/// * `ERROR_IO_PENDING`: the wait has ended; a call of the function runs.
/// * `ERROR_ACCESS_DENIED`: the event may not be set.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP11, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_UnregisterWaitEx(WaitHandle: HANDLE, CompletionEvent: HANDLE) -> BOOL {
    truth(
        |f| write!(f, "UnregisterWaitEx({WaitHandle:p}, {CompletionEvent:p})"),
        pool::unregister(WaitHandle.addr(), ended(CompletionEvent)),
    )
}
