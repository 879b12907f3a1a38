//! Work for the thread pool: `CreateThreadpoolWork SubmitThreadpoolWork WaitForThreadpoolWorkCallbacks CloseThreadpoolWork
//! TrySubmitThreadpoolCallback QueueUserWorkItem`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{pointer, truth};
use super::pool_call::{environment, simple, work};
use super::types::{
    LPTHREAD_START_ROUTINE, PTP_SIMPLE_CALLBACK, PTP_WORK, PTP_WORK_CALLBACK, TP_CALLBACK_ENVIRON, ULONG,
};
use crate::ffi::types::BOOL;
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Callback, Environment, Invocation, Of};

/// `PTP_WORK CreateThreadpoolWork(PTP_WORK_CALLBACK pfnwk, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)`
///
/// Makes an object whose function is called, with `pv`, on a thread of the pool as often as the object is submitted.
///
/// # Returns
/// The object, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no function; an environment of another version, or with a pool or a cleanup group that is none.
/// * `ERROR_NOACCESS`: `pcbe` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no thread.
///
/// Source: TP1, Windows' documentation.
///
/// # Safety
/// `pfnwk` is a routine for threads of the library. `pcbe` is an in pointer; the functions in it are routines, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateThreadpoolWork(
    pfnwk: PTP_WORK_CALLBACK,
    pv: *mut c_void,
    pcbe: *mut TP_CALLBACK_ENVIRON,
) -> PTP_WORK {
    let made = || {
        let callback = work(pfnwk).ok_or(Code::INVALID_PARAMETER)?;
        // SAFETY: an in pointer.
        let wanted = unsafe { environment(pcbe) }?;
        pool::create_work(callback, pv.expose_provenance(), wanted)
    };
    super::call::handle(|f| write!(f, "CreateThreadpoolWork({pv:p}, {pcbe:p})"), made()).cast()
}

/// `void SubmitThreadpoolWork(PTP_WORK pwk)`
///
/// Has the object's function called once more. This cannot fail.
///
/// Source: TP1, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SubmitThreadpoolWork(pwk: PTP_WORK) {
    pool::submit_work(pwk.addr());
}

/// `void WaitForThreadpoolWorkCallbacks(PTP_WORK pwk, BOOL fCancelPendingCallbacks)`
///
/// Waits until no call of the object's function is due or runs; with `fCancelPendingCallbacks` what has not begun is not
/// called. From the function itself it never returns.
///
/// Source: TP2, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForThreadpoolWorkCallbacks(pwk: PTP_WORK, fCancelPendingCallbacks: BOOL) {
    pool::wait(pwk.addr(), Of::Work, fCancelPendingCallbacks != 0);
}

/// `void CloseThreadpoolWork(PTP_WORK pwk)`
///
/// Gives the object back. Calls that are due still happen.
///
/// Source: TP3, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolWork(pwk: PTP_WORK) {
    pool::close(pwk.addr(), Of::Work);
}

/// `BOOL TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK pfns, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)`
///
/// Has a function called once, with `pv`, on a thread of the pool.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// Those of [`ws2_CreateThreadpoolWork`].
///
/// Source: TP1, Windows' documentation.
///
/// # Safety
/// As for [`ws2_CreateThreadpoolWork`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TrySubmitThreadpoolCallback(
    pfns: PTP_SIMPLE_CALLBACK,
    pv: *mut c_void,
    pcbe: *mut TP_CALLBACK_ENVIRON,
) -> BOOL {
    let submitted = || {
        let callback = simple(pfns).ok_or(Code::INVALID_PARAMETER)?;
        // SAFETY: an in pointer.
        let wanted = unsafe { environment(pcbe) }?;
        pool::submit_once(callback, pv.expose_provenance(), wanted)
    };
    truth(|f| write!(f, "TrySubmitThreadpoolCallback({pv:p}, {pcbe:p})"), submitted())
}

/// `BOOL QueueUserWorkItem(LPTHREAD_START_ROUTINE Function, PVOID Context, ULONG Flags)`
///
/// Has a function called once, with `Context`, on a thread of the pool of the process; what it returns is not looked at. Of the
/// flags WT_EXECUTELONGFUNCTION (0x10) says that it may take long, and the upper 16 bits are the most threads that the pool is to
/// have (WT_SET_MAX_THREADPOOL_THREADS); the others choose threads that do not differ here: none ends while operations go on
/// that it has begun.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no function.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no thread.
///
/// Source: TP6, Windows' documentation.
///
/// # Safety
/// `Function` is a routine for threads of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_QueueUserWorkItem(
    Function: LPTHREAD_START_ROUTINE,
    Context: *mut c_void,
    Flags: ULONG,
) -> BOOL {
    fn call(by: Invocation) {
        // SAFETY: the number of a function of this type, made below.
        let routine =
            unsafe { std::mem::transmute::<*mut c_void, LPTHREAD_START_ROUTINE>(pointer(by.routine)) };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.context)) };
        }
    }
    const LONG_FUNCTION: ULONG = 0x10;
    const NORMAL: usize = 1;
    let queued = || {
        let routine = Function.ok_or(Code::INVALID_PARAMETER)?;
        let callback = Callback { call, routine: (routine as *mut c_void).expose_provenance() };
        let most = Flags >> 16;
        if most > 0 {
            pool::set_process_maximum(most);
        }
        let wanted =
            Environment { is_long: Flags & LONG_FUNCTION != 0, priority: NORMAL, ..Environment::default() };
        pool::submit_once(callback, Context.expose_provenance(), wanted)
    };
    truth(|f| write!(f, "QueueUserWorkItem({Context:p}, {Flags:#x})"), queued())
}
