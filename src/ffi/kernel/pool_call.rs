//! How the thread pool calls functions of the program, and how the environment is read that says where.

use std::ffi::c_void;

use super::call::pointer;
use super::types::{
    HANDLE, PTP_CLEANUP_GROUP_CANCEL_CALLBACK, PTP_SIMPLE_CALLBACK, PTP_TIMER_CALLBACK, PTP_WAIT_CALLBACK,
    PTP_WORK_CALLBACK, TP_CALLBACK_ENVIRON, WAITORTIMERCALLBACK,
};
use crate::kernel::code::Code;
use crate::kernel::pool::{Callback, End, Environment, Invocation};
use crate::sys::user::memory;

/// A callback environment; NULL for none.
///
/// # Errors
/// `ERROR_NOACCESS`; `ERROR_INVALID_PARAMETER`: another version, size or priority.
///
/// # Safety
/// An in pointer; its functions may be called on threads of the library.
pub(in crate::ffi) unsafe fn environment(place: *const TP_CALLBACK_ENVIRON) -> Result<Environment, Code> {
    const NORMAL: usize = 1;
    const LONG_FUNCTION: u32 = 1;
    const THIRD: u32 = 3;
    if place.is_null() {
        return Ok(Environment { priority: NORMAL, ..Environment::default() });
    }
    // SAFETY: an in pointer.
    let version = unsafe { memory::read(place.cast::<u32>()) }.ok_or(Code::NOACCESS)?;
    let mut whole = TP_CALLBACK_ENVIRON {
        Version: version,
        Pool: std::ptr::null_mut(),
        CleanupGroup: std::ptr::null_mut(),
        CleanupGroupCancelCallback: None,
        RaceDll: std::ptr::null_mut(),
        ActivationContext: std::ptr::null_mut(),
        FinalizationCallback: None,
        Flags: 0,
        CallbackPriority: 1,
        Size: 0,
    };
    let priority = match version {
        1 => {
            // SAFETY: an in pointer to the first version, which ends before the priority; any bits are a value of it.
            let first = unsafe { memory::read(place.cast::<FirstVersion>()) }.ok_or(Code::NOACCESS)?;
            // SAFETY: the third version begins as the first does.
            unsafe { (&raw mut whole).cast::<FirstVersion>().write(first) };
            NORMAL
        }
        THIRD => {
            // SAFETY: an in pointer; any bits are a value of it, since its functions are the program's own.
            whole = unsafe { memory::read(place) }.ok_or(Code::NOACCESS)?;
            if usize::try_from(whole.Size) != Ok(size_of::<TP_CALLBACK_ENVIRON>()) {
                return Err(Code::INVALID_PARAMETER);
            }
            usize::try_from(whole.CallbackPriority)
                .ok()
                .filter(|priority| *priority < 3)
                .ok_or(Code::INVALID_PARAMETER)?
        }
        _ => return Err(Code::INVALID_PARAMETER),
    };
    Ok(Environment {
        pool: whole.Pool.addr(),
        group: whole.CleanupGroup.addr(),
        cancelled: cancelled(whole.CleanupGroupCancelCallback),
        finalization: simple(whole.FinalizationCallback),
        is_long: whole.Flags & LONG_FUNCTION != 0,
        priority,
    })
}

/// [`TP_CALLBACK_ENVIRON`] without the priority and the size: 60 bytes that end with the flags.
type FirstVersion = [u32; 15];

/// A function that is called with its instance and its context.
pub(in crate::ffi) fn simple(routine: PTP_SIMPLE_CALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `simple` made the number of a function of this type.
        let routine = unsafe { std::mem::transmute::<*mut c_void, PTP_SIMPLE_CALLBACK>(pointer(by.routine)) };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.instance).cast(), pointer(by.context)) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}

/// A function that is called for work.
pub(in crate::ffi) fn work(routine: PTP_WORK_CALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `work` made the number of a function of this type.
        let routine = unsafe { std::mem::transmute::<*mut c_void, PTP_WORK_CALLBACK>(pointer(by.routine)) };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.instance).cast(), pointer(by.context), pointer(by.object).cast()) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}

/// A function that is called for a timer.
pub(in crate::ffi) fn timer(routine: PTP_TIMER_CALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `timer` made the number of a function of this type.
        let routine = unsafe { std::mem::transmute::<*mut c_void, PTP_TIMER_CALLBACK>(pointer(by.routine)) };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.instance).cast(), pointer(by.context), pointer(by.object).cast()) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}

/// A function that is called for the end of a wait.
pub(in crate::ffi) fn wait(routine: PTP_WAIT_CALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `wait` made the number of a function of this type.
        let routine = unsafe { std::mem::transmute::<*mut c_void, PTP_WAIT_CALLBACK>(pointer(by.routine)) };
        if let Some(routine) = routine {
            let object = pointer(by.object).cast();
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.instance).cast(), pointer(by.context), object, by.packet.status) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}

/// A function that is called for the end of a registered wait, or for a timer of a queue.
pub(in crate::ffi) fn wait_or_timer(routine: WAITORTIMERCALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `wait_or_timer` made the number of a function of this type.
        let routine = unsafe { std::mem::transmute::<*mut c_void, WAITORTIMERCALLBACK>(pointer(by.routine)) };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which it has handed out for threads of the library.
            unsafe { routine(pointer(by.context), u8::from(by.is_time_over)) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}

/// How the program wants to be told that none of its functions runs any more.
pub(in crate::ffi) fn ended(event: HANDLE) -> End {
    match event.addr() {
        0 => End::Untold,
        usize::MAX => End::Waits,
        event => End::Event(event),
    }
}

/// A function that is called for an object which is cancelled with its group.
fn cancelled(routine: PTP_CLEANUP_GROUP_CANCEL_CALLBACK) -> Option<Callback> {
    fn call(by: Invocation) {
        // SAFETY: `cancelled` made the number of a function of this type.
        let routine = unsafe {
            std::mem::transmute::<*mut c_void, PTP_CLEANUP_GROUP_CANCEL_CALLBACK>(pointer(by.routine))
        };
        if let Some(routine) = routine {
            // SAFETY: the program's own, which runs on the thread that closes the group.
            unsafe { routine(pointer(by.context), pointer(by.packet.key)) }
        }
    }
    routine.map(|routine| Callback { call, routine: (routine as *mut c_void).expose_provenance() })
}
