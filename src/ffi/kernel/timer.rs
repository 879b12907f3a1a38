//! Waitable timers: `CreateWaitableTimer OpenWaitableTimer SetWaitableTimer CancelWaitableTimer`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::call::{created, handle, narrow, pointer, set_last, truth, wide, wish};
use super::types::{HANDLE, LARGE_INTEGER, PTIMERAPCROUTINE, REASON_CONTEXT, SECURITY_ATTRIBUTES};
use crate::ffi::types::{BOOL, DWORD, LONG, WCHAR};
use crate::kernel::Kind;
use crate::kernel::code::Code;
use crate::kernel::names::{self, Wish};
use crate::kernel::timer::{self, Routine};
use crate::sys::user::memory;

/// Every right to a timer.
const TIMER_ALL_ACCESS: DWORD = 0x001F_0003;

/// `HANDLE CreateWaitableTimerA(LPSECURITY_ATTRIBUTES lpTimerAttributes, BOOL bManualReset, LPCSTR lpTimerName)`
///
/// Makes a timer, which lets waits pass once it has come due: a manual-reset one all until it is set anew, another one
/// one for each time.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO22, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWaitableTimerA(
    lpTimerAttributes: *mut SECURITY_ATTRIBUTES,
    bManualReset: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpTimerAttributes, TIMER_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateWaitableTimerA({lpTimerAttributes:p}, {bManualReset}, ...)"),
        given.and_then(|(name, wish)| timer::create(name.as_deref(), wish, bManualReset != 0)),
    )
}

/// `HANDLE CreateWaitableTimerW(LPSECURITY_ATTRIBUTES lpTimerAttributes, BOOL bManualReset, LPCWSTR lpTimerName)`
///
/// [`ws2_CreateWaitableTimerA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWaitableTimerW(
    lpTimerAttributes: *mut SECURITY_ATTRIBUTES,
    bManualReset: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpTimerAttributes, TIMER_ALL_ACCESS) }?)));
    created(
        |f| write!(f, "CreateWaitableTimerW({lpTimerAttributes:p}, {bManualReset}, ...)"),
        given.and_then(|(name, wish)| timer::create(name.as_deref(), wish, bManualReset != 0)),
    )
}

/// `HANDLE CreateWaitableTimerExA(LPSECURITY_ATTRIBUTES lpTimerAttributes, LPCSTR lpTimerName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateWaitableTimerA`] with flags (1 manual reset, 2 high resolution, which all have here) and the rights of the
/// handle.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the object was there
/// before.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another flag.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO22, Windows' documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWaitableTimerExA(
    lpTimerAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const c_char,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpTimerAttributes, dwDesiredAccess) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateWaitableTimerExA({lpTimerAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"
            )
        },
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE CreateWaitableTimerExW(LPSECURITY_ATTRIBUTES lpTimerAttributes, LPCWSTR lpTimerName, DWORD dwFlags, DWORD dwDesiredAccess)`
///
/// [`ws2_CreateWaitableTimerExA`] for a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWaitableTimerExW(
    lpTimerAttributes: *mut SECURITY_ATTRIBUTES,
    lpName: *const WCHAR,
    dwFlags: DWORD,
    dwDesiredAccess: DWORD,
) -> HANDLE {
    // SAFETY: in pointers.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpTimerAttributes, dwDesiredAccess) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateWaitableTimerExW({lpTimerAttributes:p}, ..., {dwFlags:#x}, {dwDesiredAccess:#x})"
            )
        },
        given.and_then(|(name, wish)| by_flags(name.as_deref(), wish, dwFlags)),
    )
}

/// `HANDLE OpenWaitableTimerA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)`
///
/// A handle to the timer of a name that this process has given to one before.
///
/// # Returns
/// A handle, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name.
/// * `ERROR_FILE_NOT_FOUND`: nothing has the name.
/// * `ERROR_INVALID_HANDLE`: an object of another kind has the name.
/// * `ERROR_PATH_NOT_FOUND`: a backslash in the name, but for `Local\` and `Global\` at its beginning.
/// * `ERROR_FILENAME_EXCED_RANGE`: a name of more than 260 characters.
/// * `ERROR_NOACCESS`: a pointer that cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory; a million handles.
///
/// Source: KO1, Windows' documentation.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenWaitableTimerA(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { narrow(lpName) };
    handle(
        |f| write!(f, "OpenWaitableTimerA({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Timer, name.as_deref(), wish)),
    )
}

/// `HANDLE OpenWaitableTimerW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)`
///
/// [`ws2_OpenWaitableTimerA`] for a name in 16-bit characters.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenWaitableTimerW(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { wide(lpName) };
    handle(
        |f| write!(f, "OpenWaitableTimerW({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| names::open(Kind::Timer, name.as_deref(), wish)),
    )
}

/// Flags of `CreateWaitableTimerEx`.
fn by_flags(name: Option<&[u16]>, wish: Wish, flags: u32) -> Result<names::Created, Code> {
    const MANUAL_RESET: u32 = 1;
    const HIGH_RESOLUTION: u32 = 2;
    if flags & !(MANUAL_RESET | HIGH_RESOLUTION) != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    timer::create(name, wish, flags & MANUAL_RESET != 0)
}

/// Calls a timer's routine: the routine, its argument, and the time as one number.
fn call_routine([routine, argument, time, _]: [usize; 4]) {
    // SAFETY: `routine_of` made the number of a function of this type.
    let routine = unsafe { std::mem::transmute::<*mut c_void, PTIMERAPCROUTINE>(pointer(routine)) };
    let time = time as u64;
    let half = |shift: u32| u32::try_from(time >> shift & 0xFFFF_FFFF).unwrap_or(0);
    if let Some(routine) = routine {
        // SAFETY: a routine, which the caller handed out with its argument.
        unsafe { routine(pointer(argument), half(0), half(32)) }
    }
}

fn routine_of(routine: PTIMERAPCROUTINE, argument: *mut c_void) -> Option<Routine> {
    let routine = (routine? as *mut c_void).expose_provenance();
    Some(Routine { call: call_routine, with: [routine, argument.expose_provenance()] })
}

/// # Safety
/// An in pointer.
unsafe fn set(
    timer: HANDLE,
    due: *const LARGE_INTEGER,
    period: LONG,
    routine: Option<Routine>,
) -> Result<(), Code> {
    // SAFETY: an in pointer; any bits are a number.
    let due = unsafe { memory::read(due) }.ok_or(Code::NOACCESS)?;
    timer::set(timer.addr(), due.QuadPart, period, routine)
}

/// `BOOL SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod, PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine, BOOL fResume)`
///
/// Starts a timer anew, not signalled. `lpDueTime` counts 100 nanoseconds: from now where it is negative, else it is a
/// date, since 1601. After that it comes due every `lPeriod` milliseconds, or not again if that is 0. The routine is
/// called on the calling thread, in its next alertable wait after the time has come.
///
/// # Returns
/// TRUE, or FALSE. With `fResume` the last error is `ERROR_NOT_SUPPORTED` after success: the machine is not woken.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: a negative period.
/// * `ERROR_INVALID_HANDLE`: no timer, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOACCESS`: `lpDueTime` cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the routine.
///
/// Source: KO22, Windows' documentation.
///
/// # Safety
/// `lpDueTime` is an in pointer, and `pfnCompletionRoutine` NULL or a routine for this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetWaitableTimer(
    hTimer: HANDLE,
    lpDueTime: *const LARGE_INTEGER,
    lPeriod: LONG,
    pfnCompletionRoutine: PTIMERAPCROUTINE,
    lpArgToCompletionRoutine: *mut c_void,
    fResume: BOOL,
) -> BOOL {
    let routine = routine_of(pfnCompletionRoutine, lpArgToCompletionRoutine);
    // SAFETY: an in pointer.
    let set = unsafe { set(hTimer, lpDueTime, lPeriod, routine) };
    if set.is_ok() && fResume != 0 {
        set_last(Code::NOT_SUPPORTED.number());
    }
    truth(|f| write!(f, "SetWaitableTimer({hTimer:p}, {lpDueTime:p}, {lPeriod}, ...)"), set)
}

/// `BOOL SetWaitableTimerEx(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod, PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine, PREASON_CONTEXT WakeContext, ULONG TolerableDelay)`
///
/// [`ws2_SetWaitableTimer`] of a timer that may come late by `TolerableDelay` milliseconds, which it does not. The
/// machine is not woken, whatever `WakeContext` is.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// Those of [`ws2_SetWaitableTimer`].
///
/// Source: KO22, Windows' documentation.
///
/// # Safety
/// As for [`ws2_SetWaitableTimer`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetWaitableTimerEx(
    hTimer: HANDLE,
    lpDueTime: *const LARGE_INTEGER,
    lPeriod: LONG,
    pfnCompletionRoutine: PTIMERAPCROUTINE,
    lpArgToCompletionRoutine: *mut c_void,
    WakeContext: *mut REASON_CONTEXT,
    TolerableDelay: DWORD,
) -> BOOL {
    let _ = (WakeContext, TolerableDelay);
    let routine = routine_of(pfnCompletionRoutine, lpArgToCompletionRoutine);
    // SAFETY: an in pointer.
    let set = unsafe { set(hTimer, lpDueTime, lPeriod, routine) };
    truth(|f| write!(f, "SetWaitableTimerEx({hTimer:p}, {lpDueTime:p}, {lPeriod}, ...)"), set)
}

/// `BOOL CancelWaitableTimer(HANDLE hTimer)`
///
/// Stops a timer and forgets its routine. Whether it is signalled stays as it is.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no timer, or one that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
///
/// Source: KO22, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CancelWaitableTimer(hTimer: HANDLE) -> BOOL {
    truth(|f| write!(f, "CancelWaitableTimer({hTimer:p})"), timer::cancel(hTimer.addr()))
}
