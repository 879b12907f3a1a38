//! What is made once: `InitOnceInitialize InitOnceExecuteOnce InitOnceBeginInitialize InitOnceComplete`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{FALSE, Out, TRUE, pointer, truth};
use super::types::{INIT_ONCE, PINIT_ONCE_FN};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::once::{self, Begin, Once};

/// # Safety
/// In place.
const unsafe fn once<'a>(place: *mut INIT_ONCE) -> &'a Once {
    // SAFETY: the same layout; the caller's memory is changed through an atomic word only.
    unsafe { &*place.cast() }
}

/// `void InitOnceInitialize(PINIT_ONCE InitOnce)`
///
/// Makes one that has not begun, as one that is all zero is already.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitOnceInitialize(InitOnce: *mut INIT_ONCE) {
    // SAFETY: in place.
    unsafe { once(InitOnce) }.initialize();
}

/// `BOOL InitOnceExecuteOnce(PINIT_ONCE InitOnce, PINIT_ONCE_FN InitFn, PVOID Parameter, LPVOID *Context)`
///
/// Calls a function if that was not done yet; other threads wait for its end. What it stores is given to each. Where it
/// returns FALSE the next call tries again.
///
/// # Returns
/// TRUE, or FALSE where the function returned that.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no function; the function stored a value whose two low bits are not 0; or another thread
///   is at it that lets others be, too.
/// * `ERROR_NOACCESS`: `Context` cannot be written.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place; `InitFn` is a routine for this thread, `Context` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitOnceExecuteOnce(
    InitOnce: *mut INIT_ONCE,
    InitFn: PINIT_ONCE_FN,
    Parameter: *mut c_void,
    Context: *mut *mut c_void,
) -> BOOL {
    let execute = || {
        let function = InitFn.ok_or(Code::INVALID_PARAMETER)?;
        let place = Out::optional(Context)?;
        // SAFETY: in place.
        let once = unsafe { once(InitOnce) };
        let with = match once.begin(0)? {
            Begin::Done(with) => with,
            Begin::Pending => {
                let mut made = std::ptr::null_mut();
                // SAFETY: a routine, which the caller handed out with its argument.
                if unsafe { function(InitOnce, Parameter, &raw mut made) } == FALSE {
                    once.complete(once::INIT_FAILED, 0)?;
                    return Ok(false);
                }
                let with = made.expose_provenance();
                if let Err(code) = once.complete(0, with) {
                    once.complete(once::INIT_FAILED, 0)?;
                    return Err(code);
                }
                with
            }
        };
        // SAFETY: an out pointer.
        unsafe { place.put(pointer(with)) }.map(|()| true)
    };
    let describe = |f: &mut std::fmt::Formatter<'_>| write!(f, "InitOnceExecuteOnce({InitOnce:p}, ...)");
    match execute() {
        Ok(false) => FALSE,
        done => truth(describe, done.map(|_| ())),
    }
}

/// `BOOL InitOnceBeginInitialize(LPINIT_ONCE lpInitOnce, DWORD dwFlags, PBOOL fPending, LPVOID *lpContext)`
///
/// Begins what is made once: `*fPending` is TRUE for the thread that has to make it and then calls `InitOnceComplete`, and
/// FALSE where it is there. Flags: 1 only looks, 2 lets other threads make it, too, and the first wins; without it they
/// wait.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_GEN_FAILURE`: with flag 1, it is not there.
/// * `ERROR_INVALID_PARAMETER`: other flags, or another thread has begun with another one.
/// * `ERROR_NOACCESS`: a pointer that cannot be written.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place; `fPending` and `lpContext` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitOnceBeginInitialize(
    lpInitOnce: *mut INIT_ONCE,
    dwFlags: DWORD,
    fPending: *mut BOOL,
    lpContext: *mut *mut c_void,
) -> BOOL {
    let begin = || {
        let (pending, context) = (Out::needed(fPending)?, Out::optional(lpContext)?);
        // SAFETY: in place, and out pointers.
        unsafe {
            match once(lpInitOnce).begin(dwFlags)? {
                Begin::Pending => pending.put(TRUE),
                Begin::Done(with) => pending.put(FALSE).and_then(|()| context.put(pointer(with))),
            }
        }
    };
    truth(|f| write!(f, "InitOnceBeginInitialize({lpInitOnce:p}, {dwFlags}, ...)"), begin())
}

/// `BOOL InitOnceComplete(LPINIT_ONCE lpInitOnce, DWORD dwFlags, LPVOID lpContext)`
///
/// Says that it is made, and stores a value whose two low bits are 0. Flags: 2 as in the beginning, 4 it was not to be
/// made.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_GEN_FAILURE`: it has not begun, or another thread was first.
/// * `ERROR_INVALID_PARAMETER`: flags or a value that cannot be, or another flag than in the beginning.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitOnceComplete(
    lpInitOnce: *mut INIT_ONCE,
    dwFlags: DWORD,
    lpContext: *mut c_void,
) -> BOOL {
    truth(
        |f| write!(f, "InitOnceComplete({lpInitOnce:p}, {dwFlags}, {lpContext:p})"),
        // SAFETY: in place.
        unsafe { once(lpInitOnce) }.complete(dwFlags, lpContext.expose_provenance()),
    )
}
