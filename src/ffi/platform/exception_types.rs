//! What a filter of exceptions gets, with the layout of 64-bit Windows.

#![allow(non_snake_case, missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
#![allow(non_camel_case_types, reason = "C's names")]

use std::ffi::c_void;

use crate::ffi::types::{DWORD, LONG, WORD};
use crate::sys::platform::exception::Registers;

/// An exception.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EXCEPTION_RECORD {
    pub ExceptionCode: DWORD,
    pub ExceptionFlags: DWORD,
    pub ExceptionRecord: *mut Self,
    pub ExceptionAddress: *mut c_void,
    pub NumberParameters: DWORD,
    pub ExceptionInformation: [usize; 15],
}

/// The registers of x86-64, as Windows has them. Those of numbers with a point, and the debugger's, are 0.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug)]
pub struct CONTEXT {
    pub Home: [u64; 6],
    pub ContextFlags: DWORD,
    pub MxCsr: DWORD,
    pub Segments: [WORD; 6],
    pub EFlags: DWORD,
    pub Debug: [u64; 6],
    /// Rax, Rcx, Rdx, Rbx, Rsp, Rbp, Rsi, Rdi, R8 to R15, Rip.
    pub Registers: [u64; 17],
    pub Rest: [u64; 122],
}

/// Both of them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EXCEPTION_POINTERS {
    pub ExceptionRecord: *mut EXCEPTION_RECORD,
    pub ContextRecord: *mut CONTEXT,
}

/// What `SetUnhandledExceptionFilter` sets.
pub type LPTOP_LEVEL_EXCEPTION_FILTER = Option<unsafe extern "C" fn(*mut EXCEPTION_POINTERS) -> LONG>;

const _: () = {
    assert!(size_of::<EXCEPTION_RECORD>() == 152 && size_of::<CONTEXT>() == 1232);
    assert!(std::mem::offset_of!(CONTEXT, Registers) == 0x78);
};

/// Which of the kernel's registers stands where.
#[cfg(target_arch = "x86_64")]
const ORDER: [i32; 17] = [
    libc::REG_RAX,
    libc::REG_RCX,
    libc::REG_RDX,
    libc::REG_RBX,
    libc::REG_RSP,
    libc::REG_RBP,
    libc::REG_RSI,
    libc::REG_RDI,
    libc::REG_R8,
    libc::REG_R9,
    libc::REG_R10,
    libc::REG_R11,
    libc::REG_R12,
    libc::REG_R13,
    libc::REG_R14,
    libc::REG_R15,
    libc::REG_RIP,
];
#[cfg(not(target_arch = "x86_64"))]
const ORDER: [i32; 0] = [];

impl CONTEXT {
    /// CONTEXT_CONTROL and CONTEXT_INTEGER of AMD64.
    const TOLD: DWORD = 0x0010_0003;

    /// The registers, as far as the machine tells them.
    pub(super) fn of(registers: &Registers) -> Self {
        let mut context = Self {
            Home: [0; 6],
            ContextFlags: if ORDER.is_empty() { 0 } else { Self::TOLD },
            MxCsr: 0,
            Segments: [0; 6],
            EFlags: 0,
            Debug: [0; 6],
            Registers: [0; 17],
            Rest: [0; 122],
        };
        for (place, from) in context.Registers.iter_mut().zip(ORDER) {
            let value = usize::try_from(from).ok().and_then(|from| registers.get(from));
            *place = value.map_or(0, |value| value.cast_unsigned());
        }
        context
    }

    /// Gives them back.
    pub(super) fn give(&self, registers: &mut Registers) {
        for (value, to) in self.Registers.iter().zip(ORDER) {
            if let Some(place) = usize::try_from(to).ok().and_then(|to| registers.get_mut(to)) {
                *place = value.cast_signed();
            }
        }
    }
}
