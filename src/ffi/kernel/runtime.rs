//! Threads as the C run-time starts them: `_beginthread _beginthreadex _endthread _endthreadex`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_uint, c_void};

use super::call::{Out, inherited, pointer};
use super::thread::{CREATE_SUSPENDED, stack};
use super::types::{_beginthread_proc_type, _beginthreadex_proc_type, SECURITY_ATTRIBUTES, ULONG_PTR};
use crate::kernel::code::Code;
use crate::kernel::{start, thread};
use crate::sys;

extern "C" fn call_ex(function: usize, argument: usize) -> u32 {
    // SAFETY: `ws2__beginthreadex` made the number of a function of this type.
    let main = unsafe { std::mem::transmute::<*mut c_void, _beginthreadex_proc_type>(pointer(function)) };
    // SAFETY: a routine, which the caller handed out with its argument.
    main.map_or(0, |main| unsafe { main(pointer(argument)) })
}

extern "C" fn call_plain(function: usize, argument: usize) -> u32 {
    // SAFETY: `ws2__beginthread` made the number of a function of this type.
    let main = unsafe { std::mem::transmute::<*mut c_void, _beginthread_proc_type>(pointer(function)) };
    if let Some(main) = main {
        // SAFETY: a routine, which the caller handed out with its argument.
        unsafe { main(pointer(argument)) }
    }
    0
}

/// The run-time's error number for a code: it tells its failures by `errno`.
fn set_errno(code: Code) {
    let number = match code {
        Code::INVALID_PARAMETER | Code::NOACCESS => libc::EINVAL,
        _ => libc::EAGAIN,
    };
    sys::set_errno(number);
}

/// `ULONG_PTR _beginthreadex(void *security, unsigned stack_size, unsigned (*start_address)(void *), void *arglist, unsigned initflag, unsigned *thrdaddr)`
///
/// Starts a thread as [`ws2_CreateThread`](super::ws2_CreateThread) does.
///
/// # Returns
/// A handle, which the caller closes, as a number; or 0, with `errno`.
///
/// # Errors
/// * `EINVAL`: no function, or a pointer that cannot be read or written.
/// * `EAGAIN`: no memory, no more threads.
///
/// Source: KO8.
///
/// # Safety
/// `security` is an in pointer, `thrdaddr` an out pointer, `start_address` a routine for a thread of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2__beginthreadex(
    security: *mut c_void,
    stack_size: c_uint,
    start_address: _beginthreadex_proc_type,
    arglist: *mut c_void,
    initflag: c_uint,
    thrdaddr: *mut c_uint,
) -> ULONG_PTR {
    let begin = || {
        let function = start_address.ok_or(Code::INVALID_PARAMETER)?;
        let place = Out::optional(thrdaddr)?;
        let started = start::start(start::Start {
            main: call_ex,
            with: [(function as *mut c_void).expose_provenance(), arglist.expose_provenance()],
            stack: stack(stack_size as usize, initflag),
            suspended: initflag & CREATE_SUSPENDED != 0,
            // SAFETY: an in pointer.
            inherited: unsafe { inherited(security.cast::<SECURITY_ATTRIBUTES>()) }?,
            closes_handle: false,
            always_calls: false,
        })?;
        if !thrdaddr.is_null() {
            // SAFETY: an out pointer.
            unsafe { place.put(started.number()) }?;
        }
        Ok(started.handle)
    };
    begin().unwrap_or_else(|code| {
        set_errno(code);
        0
    })
}

/// `ULONG_PTR _beginthread(void (*start_address)(void *), unsigned stack_size, void *arglist)`
///
/// Starts a thread that closes its own handle when it ends: the handle may be none any more when this returns.
///
/// # Returns
/// The handle as a number, or all ones, with `errno`.
///
/// # Errors
/// * `EINVAL`: no function.
/// * `EAGAIN`: no memory, no more threads.
///
/// Source: KO8.
///
/// # Safety
/// `start_address` is a routine for a thread of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2__beginthread(
    start_address: _beginthread_proc_type,
    stack_size: c_uint,
    arglist: *mut c_void,
) -> ULONG_PTR {
    let begin = || {
        let function = start_address.ok_or(Code::INVALID_PARAMETER)?;
        let started = start::start(start::Start {
            main: call_plain,
            with: [(function as *mut c_void).expose_provenance(), arglist.expose_provenance()],
            stack: stack(stack_size as usize, 0),
            suspended: false,
            inherited: false,
            closes_handle: true,
            always_calls: false,
        })?;
        Ok(started.handle)
    };
    begin().unwrap_or_else(|code| {
        set_errno(code);
        ULONG_PTR::MAX
    })
}

/// `void _endthreadex(unsigned retval)`
///
/// Ends the calling thread as [`ws2_ExitThread`](super::ws2_ExitThread) does.
///
/// Source: KO9.
#[unsafe(no_mangle)]
pub extern "C" fn ws2__endthreadex(retval: c_uint) {
    thread::exit(retval)
}

/// `void _endthread(void)`
///
/// Ends the calling thread with the code 0.
///
/// Source: KO9.
#[unsafe(no_mangle)]
pub extern "C" fn ws2__endthread() {
    thread::exit(0)
}
