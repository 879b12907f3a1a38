//! The filter of exceptions that nobody handles.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::exception_types::{CONTEXT, EXCEPTION_POINTERS, EXCEPTION_RECORD, LPTOP_LEVEL_EXCEPTION_FILTER};
use crate::ffi::types::{DWORD, LONG};
use crate::sys::platform::control;
use crate::sys::platform::exception::{self, Decision, Fault, Registers};

const EXCEPTION_CONTINUE_EXECUTION: LONG = -1;
const EXCEPTION_EXECUTE_HANDLER: LONG = 1;
const EXCEPTION_CONTINUE_SEARCH: LONG = 0;

/// The program's filter; 0 for none.
static FILTER: AtomicUsize = AtomicUsize::new(0);

fn filter() -> LPTOP_LEVEL_EXCEPTION_FILTER {
    let address = FILTER.load(Ordering::Acquire);
    // SAFETY: only `SetUnhandledExceptionFilter` stores, what such a pointer was, and 0 is none.
    unsafe { std::mem::transmute::<usize, LPTOP_LEVEL_EXCEPTION_FILTER>(address) }
}

/// Windows' code of a fault.
const fn code(fault: Fault) -> DWORD {
    const FPE_INTDIV: i32 = 1;
    const BUS_ADRALN: i32 = 1;
    match (fault.signal, fault.reason) {
        (libc::SIGSEGV, _) => 0xC000_0005,
        (libc::SIGBUS, BUS_ADRALN) => 0x8000_0002,
        (libc::SIGBUS, _) => 0xC000_0006,
        (libc::SIGFPE, FPE_INTDIV) => 0xC000_0094,
        (libc::SIGFPE, 2) => 0xC000_0095,
        (libc::SIGFPE, 3) => 0xC000_008E,
        (libc::SIGFPE, 4) => 0xC000_0091,
        (libc::SIGFPE, 5) => 0xC000_0093,
        (libc::SIGFPE, 6) => 0xC000_008F,
        (libc::SIGFPE, _) => 0xC000_0090,
        (libc::SIGTRAP, _) => 0x8000_0003,
        _ => 0xC000_001D,
    }
}

fn record(fault: Fault) -> EXCEPTION_RECORD {
    let mut record = EXCEPTION_RECORD {
        ExceptionCode: code(fault),
        ExceptionFlags: 0,
        ExceptionRecord: std::ptr::null_mut(),
        ExceptionAddress: fault.at as *mut c_void,
        NumberParameters: 0,
        ExceptionInformation: [0; 15],
    };
    if fault.signal == libc::SIGSEGV || fault.signal == libc::SIGBUS && fault.reason != 1 {
        record.NumberParameters = 2;
        record.ExceptionInformation[0] = usize::from(fault.writes);
        record.ExceptionInformation[1] = fault.touched;
    }
    record
}

/// Asks the program's filter about a fault.
fn decide(fault: Fault, registers: &mut Registers) -> Decision {
    let Some(filter) = filter() else { return Decision::Signal };
    let (mut record, mut context) = (record(fault), CONTEXT::of(registers));
    let code = record.ExceptionCode;
    let mut pointers =
        EXCEPTION_POINTERS { ExceptionRecord: &raw mut record, ContextRecord: &raw mut context };
    // SAFETY: the program's function, which it said can be called so.
    match unsafe { filter(&raw mut pointers) } {
        EXCEPTION_CONTINUE_EXECUTION => {
            context.give(registers);
            Decision::GoOn
        }
        EXCEPTION_EXECUTE_HANDLER => control::terminate(code),
        _ => Decision::Signal,
    }
}

/// `LPTOP_LEVEL_EXCEPTION_FILTER SetUnhandledExceptionFilter(LPTOP_LEVEL_EXCEPTION_FILTER lpTopLevelExceptionFilter)`
///
/// Sets the function that is asked before a fault ends the program; NULL takes it away. It gets the code, the address and what was
/// touched, and on x86-64 the whole numbers' registers, in the thread where the fault is, whose stack it needs: an overflow of the stack is not
/// told. With EXCEPTION_CONTINUE_EXECUTION (-1) the instruction is tried again, with the registers of the CONTEXT; with
/// EXCEPTION_EXECUTE_HANDLER (1) the program ends at once with the code, of which Linux keeps the lowest 8 bits; else the signal does what it
/// would have done, such as writing a core file.
///
/// Faults are SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGTRAP, which belong to the library from the first call on. The filter runs as a signal
/// handler does: where the fault is in a function of the C library or of this one, what that holds may be locked. `abort`, and exceptions of C++,
/// are none.
///
/// # Returns
/// The function before.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpTopLevelExceptionFilter` can be called until another one is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetUnhandledExceptionFilter(
    lpTopLevelExceptionFilter: LPTOP_LEVEL_EXCEPTION_FILTER,
) -> LPTOP_LEVEL_EXCEPTION_FILTER {
    let before = filter();
    FILTER.store(lpTopLevelExceptionFilter.map_or(0, |filter| filter as usize), Ordering::Release);
    exception::ask(if lpTopLevelExceptionFilter.is_some() { Some(decide) } else { None });
    before
}

/// `LONG UnhandledExceptionFilter(struct _EXCEPTION_POINTERS *ExceptionInfo)`
///
/// What happens to an exception that nobody handles: the program's filter is asked.
///
/// # Returns
/// Its answer; EXCEPTION_CONTINUE_SEARCH (0) where there is none: the system ends the program, as on Windows a debugger would get it.
///
/// Source: Windows documentation.
///
/// # Safety
/// `ExceptionInfo` goes to the filter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_UnhandledExceptionFilter(ExceptionInfo: *mut EXCEPTION_POINTERS) -> LONG {
    // SAFETY: the program's function, and what the caller has for it.
    filter().map_or(EXCEPTION_CONTINUE_SEARCH, |filter| unsafe { filter(ExceptionInfo) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_faults() {
        for (signal, reason, expected) in [
            (libc::SIGSEGV, 1, 0xC000_0005),
            (libc::SIGFPE, 1, 0xC000_0094),
            (libc::SIGFPE, 3, 0xC000_008E),
            (libc::SIGILL, 2, 0xC000_001D),
            (libc::SIGBUS, 1, 0x8000_0002),
            (libc::SIGBUS, 2, 0xC000_0006),
            (libc::SIGTRAP, 1, 0x8000_0003),
        ] {
            let fault = Fault { signal, reason, at: 1, touched: 2, writes: true };
            assert_eq!(code(fault), expected, "{signal} {reason}");
        }
        let touched = record(Fault { signal: libc::SIGSEGV, reason: 1, at: 1, touched: 7, writes: true });
        assert_eq!(
            (touched.NumberParameters, touched.ExceptionInformation[0], touched.ExceptionInformation[1]),
            (2, 1, 7)
        );
    }
}
