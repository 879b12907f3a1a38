//! Waiting: `WaitForSingleObject WaitForMultipleObjects SignalObjectAndWait Sleep QueueUserAPC`, each with what makes it
//! alertable, and `WSAWaitForMultipleEvents`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{answer, pointer, waiting};
use super::types::{HANDLE, PAPCFUNC, ULONG_PTR};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::apc::{self, Apc};
use crate::kernel::code::Code;
use crate::kernel::wait;
use crate::overlapped::reactor;
use crate::sys::user::memory;

const WAIT_FAILED: DWORD = DWORD::MAX;

/// The most handles of one wait.
const MOST: usize = 64;

/// # Safety
/// An in pointer to so many handles.
unsafe fn read_handles(count: DWORD, handles: *const HANDLE) -> Result<([usize; MOST], usize), Code> {
    reactor::resume();
    let mut copy = [0; MOST];
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count == 0 || count > MOST {
        return Err(Code::INVALID_PARAMETER);
    }
    if !memory::readable(handles.addr(), count * size_of::<HANDLE>()) {
        return Err(Code::NOACCESS);
    }
    for (at, place) in copy.iter_mut().enumerate().take(count) {
        // SAFETY: readable for so many, as just asked; the address need not be aligned.
        *place = unsafe { handles.add(at).read_unaligned() }.addr();
    }
    Ok((copy, count))
}

/// `DWORD WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds)`
///
/// Waits until an object is signalled, and takes the signal: an auto-reset event or timer is reset, a mutex owned, a
/// semaphore's count less by one. 0 milliseconds only looks, `INFINITE` waits for ever. Standard input
/// (`GetStdHandle(STD_INPUT_HANDLE)`) can be waited for, too, by itself and not alertably: until something can be read.
///
/// # Returns
/// 0 (`WAIT_OBJECT_0`); 0x80 (`WAIT_ABANDONED`) for a mutex whose owner ended without releasing it; 0x102
/// (`WAIT_TIMEOUT`); or `WAIT_FAILED`. Only that sets the last error.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no handle, one that was closed, or that of a file. (A socket can be waited for: the end of an operation without an event signals it.)
/// * `ERROR_ACCESS_DENIED`: the handle has no right to wait.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
///
/// Source: KO5, EO10 to EO14.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForSingleObject(hHandle: HANDLE, dwMilliseconds: DWORD) -> DWORD {
    reactor::resume();
    waiting(
        |f| write!(f, "WaitForSingleObject({hHandle:p}, {dwMilliseconds})"),
        || wait::single(hHandle.addr(), dwMilliseconds, false),
        WAIT_FAILED,
    )
}

/// `DWORD WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable)`
///
/// [`ws2_WaitForSingleObject`], which with `bAlertable` runs the routines that are queued to the thread instead of waiting,
/// unless the object is signalled.
///
/// # Returns
/// As [`ws2_WaitForSingleObject`], and 0xC0 (`WAIT_IO_COMPLETION`) after routines have run.
///
/// # Errors
/// Those of [`ws2_WaitForSingleObject`].
///
/// Source: KO5, AL1 to AL4.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WaitForSingleObjectEx(
    hHandle: HANDLE,
    dwMilliseconds: DWORD,
    bAlertable: BOOL,
) -> DWORD {
    reactor::resume();
    waiting(
        |f| write!(f, "WaitForSingleObjectEx({hHandle:p}, {dwMilliseconds}, {bAlertable})"),
        || wait::single(hHandle.addr(), dwMilliseconds, bAlertable != 0),
        WAIT_FAILED,
    )
}

/// `DWORD WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds)`
///
/// Waits until one of several objects is signalled, of several the first in the list, and takes its signal alone; or with
/// `bWaitAll` until all are signalled at once, and takes all together.
///
/// # Returns
/// The index of the object that ended the wait (wait-all: 0), plus 0x80 (`WAIT_ABANDONED_0`) where it is a mutex whose
/// owner ended without releasing it; 0xC0 (`WAIT_IO_COMPLETION`) after routines have run; 0x102 (`WAIT_TIMEOUT`); or
/// `WAIT_FAILED`. Only that sets the last error.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no handle, more than 64, or, for all, an object that is there twice.
/// * `ERROR_INVALID_HANDLE`: a handle is none or was closed, stands for a file, or is
///   `GetCurrentThread()` or `GetCurrentProcess()`.
/// * `ERROR_ACCESS_DENIED`: a handle has no right to wait.
/// * `ERROR_NOACCESS`: `lpHandles` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
///
/// Source: KO5, EO5 to EO14.
///
/// # Safety
/// The handles are an in pointer to as many as are said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WaitForMultipleObjects(
    nCount: DWORD,
    lpHandles: *const HANDLE,
    bWaitAll: BOOL,
    dwMilliseconds: DWORD,
) -> DWORD {
    // SAFETY: an in pointer.
    let handles = unsafe { read_handles(nCount, lpHandles) };
    let ended = || {
        let (handles, count) = handles?;
        wait::multiple(handles.get(..count).unwrap_or_default(), bWaitAll != 0, dwMilliseconds, false)
    };
    let name = "ws2_WaitForMultipleObjects".trim_start_matches("ws2_");
    waiting(
        |f| write!(f, "{name}({nCount}, {lpHandles:p}, {bWaitAll}, {dwMilliseconds})"),
        ended,
        WAIT_FAILED,
    )
}

/// `DWORD WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds, BOOL bAlertable)`
///
/// [`ws2_WaitForMultipleObjects`], which with `bAlertable` runs the routines that are queued to the thread instead of
/// waiting.
///
/// # Returns
/// The index of the object that ended the wait (wait-all: 0), plus 0x80 (`WAIT_ABANDONED_0`) where it is a mutex whose
/// owner ended without releasing it; 0xC0 (`WAIT_IO_COMPLETION`) after routines have run; 0x102 (`WAIT_TIMEOUT`); or
/// `WAIT_FAILED`. Only that sets the last error.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no handle, more than 64, or, for all, an object that is there twice.
/// * `ERROR_INVALID_HANDLE`: a handle is none or was closed, stands for a file, or is
///   `GetCurrentThread()` or `GetCurrentProcess()`.
/// * `ERROR_ACCESS_DENIED`: a handle has no right to wait.
/// * `ERROR_NOACCESS`: `lpHandles` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
///
/// Source: KO5, AL1 to AL4.
///
/// # Safety
/// The handles are an in pointer to as many as are said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WaitForMultipleObjectsEx(
    nCount: DWORD,
    lpHandles: *const HANDLE,
    bWaitAll: BOOL,
    dwMilliseconds: DWORD,
    bAlertable: BOOL,
) -> DWORD {
    // SAFETY: an in pointer.
    let handles = unsafe { read_handles(nCount, lpHandles) };
    let ended = || {
        let (handles, count) = handles?;
        wait::multiple(
            handles.get(..count).unwrap_or_default(),
            bWaitAll != 0,
            dwMilliseconds,
            bAlertable != 0,
        )
    };
    let name = "ws2_WaitForMultipleObjectsEx".trim_start_matches("ws2_");
    waiting(
        |f| write!(f, "{name}({nCount}, {lpHandles:p}, {bWaitAll}, {dwMilliseconds})"),
        ended,
        WAIT_FAILED,
    )
}

/// `DWORD WSAWaitForMultipleEvents(DWORD cEvents, const WSAEVENT *lphEvents, BOOL fWaitAll, DWORD dwTimeout, BOOL fAlertable)`
///
/// [`ws2_WaitForMultipleObjectsEx`] under Winsock's name. Works without `WSAStartup`.
///
/// # Returns
/// The index of the object that ended the wait (wait-all: 0), plus 0x80 (`WAIT_ABANDONED_0`) where it is a mutex whose
/// owner ended without releasing it; 0xC0 (`WAIT_IO_COMPLETION`) after routines have run; 0x102 (`WAIT_TIMEOUT`); or
/// `WAIT_FAILED`. Only that sets the last error.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no handle, more than 64, or, for all, an object that is there twice.
/// * `ERROR_INVALID_HANDLE`: a handle is none or was closed, stands for a file, or is
///   `GetCurrentThread()` or `GetCurrentProcess()`.
/// * `ERROR_ACCESS_DENIED`: a handle has no right to wait.
/// * `ERROR_NOACCESS`: `lpHandles` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
///
/// Source: EO4 to EO7.
///
/// # Safety
/// The handles are an in pointer to as many as are said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAWaitForMultipleEvents(
    cEvents: DWORD,
    lphEvents: *const HANDLE,
    fWaitAll: BOOL,
    dwTimeout: DWORD,
    fAlertable: BOOL,
) -> DWORD {
    // SAFETY: an in pointer.
    let handles = unsafe { read_handles(cEvents, lphEvents) };
    let ended = || {
        let (handles, count) = handles?;
        wait::multiple(handles.get(..count).unwrap_or_default(), fWaitAll != 0, dwTimeout, fAlertable != 0)
    };
    let name = "WSAWaitForMultipleEvents".trim_start_matches("ws2_");
    waiting(|f| write!(f, "{name}({cEvents}, {lphEvents:p}, {fWaitAll}, {dwTimeout})"), ended, WAIT_FAILED)
}

/// `DWORD SignalObjectAndWait(HANDLE hObjectToSignal, HANDLE hObjectToWaitOn, DWORD dwMilliseconds, BOOL bAlertable)`
///
/// Sets an event, releases a mutex or adds one to a semaphore, and then waits as [`ws2_WaitForSingleObjectEx`].
///
/// # Returns
/// As [`ws2_WaitForSingleObjectEx`].
///
/// # Errors
/// Those of signalling and of [`ws2_WaitForSingleObjectEx`]; another kind of object to signal is `ERROR_INVALID_HANDLE`.
/// Where the second handle cannot be waited for nothing is signalled.
///
/// Source: KO6.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SignalObjectAndWait(
    hObjectToSignal: HANDLE,
    hObjectToWaitOn: HANDLE,
    dwMilliseconds: DWORD,
    bAlertable: BOOL,
) -> DWORD {
    let (signal, wait_for) = (hObjectToSignal.addr(), hObjectToWaitOn.addr());
    waiting(
        |f| {
            write!(
                f,
                "SignalObjectAndWait({hObjectToSignal:p}, {hObjectToWaitOn:p}, {dwMilliseconds}, {bAlertable})"
            )
        },
        || wait::signal_and_wait(signal, wait_for, dwMilliseconds, bAlertable != 0),
        WAIT_FAILED,
    )
}

/// `void Sleep(DWORD dwMilliseconds)`
///
/// Waits that many milliseconds; `INFINITE` for ever, 0 only lets others run. Leaves the last error alone.
///
/// Source: KO18, AL5.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_Sleep(dwMilliseconds: DWORD) {
    let _ = wait::sleep_ex(dwMilliseconds, false);
}

/// `DWORD SleepEx(DWORD dwMilliseconds, BOOL bAlertable)`
///
/// [`ws2_Sleep`], which with `bAlertable` ends after routines that are queued to the thread have run.
///
/// # Returns
/// 0, or 0xC0 (`WAIT_IO_COMPLETION`) after routines have run.
///
/// Source: KO18, AL5.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SleepEx(dwMilliseconds: DWORD, bAlertable: BOOL) -> DWORD {
    wait::sleep_ex(dwMilliseconds, bAlertable != 0)
}

fn call_routine([routine, data, ..]: [usize; 4]) {
    // SAFETY: `ws2_QueueUserAPC` made the number of a function of this type.
    if let Some(routine) = unsafe { std::mem::transmute::<*mut c_void, PAPCFUNC>(pointer(routine)) } {
        // SAFETY: a routine, which the caller handed out with its argument.
        unsafe { routine(data) }
    }
}

/// `DWORD QueueUserAPC(PAPCFUNC pfnAPC, HANDLE hThread, ULONG_PTR dwData)`
///
/// Queues a routine to a thread, which runs it in its next alertable wait, or before its main function where it has not
/// begun. First queued, first run.
///
/// # Returns
/// Not 0, or 0.
///
/// # Errors
/// * `ERROR_GEN_FAILURE`: the thread has ended.
/// * `ERROR_INVALID_PARAMETER`: no routine.
/// * `ERROR_INVALID_HANDLE`: no thread, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note it.
///
/// Source: KO17, AL8.
///
/// # Safety
/// `pfnAPC` is a routine for that thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_QueueUserAPC(pfnAPC: PAPCFUNC, hThread: HANDLE, dwData: ULONG_PTR) -> DWORD {
    let queued = pfnAPC.ok_or(Code::INVALID_PARAMETER).and_then(|routine| {
        let routine = (routine as *mut c_void).expose_provenance();
        apc::queue(hThread.addr(), Apc { call: call_routine, with: [routine, dwData, 0, 0] })
    });
    answer(|f| write!(f, "QueueUserAPC(..., {hThread:p}, {dwData:#x})"), queued.map(|()| 1), 0)
}
