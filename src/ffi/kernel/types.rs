//! The types of kernel32's functions, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::{c_int, c_uint, c_void};

use crate::ffi::types::{BOOL, DWORD};

/// What stands for an object, a socket or a file.
pub type HANDLE = *mut c_void;
/// A number of a pointer's size.
pub type ULONG_PTR = usize;
/// A size in bytes.
pub type SIZE_T = usize;

/// The main function of a thread.
pub type LPTHREAD_START_ROUTINE = Option<unsafe extern "C" fn(*mut c_void) -> DWORD>;
/// A routine that is queued to a thread.
pub type PAPCFUNC = Option<unsafe extern "C" fn(ULONG_PTR)>;
/// A routine that a timer calls: its argument, and the time in two halves.
pub type PTIMERAPCROUTINE = Option<unsafe extern "C" fn(*mut c_void, DWORD, DWORD)>;
/// A function that gets a thread's value at the end.
pub type PFLS_CALLBACK_FUNCTION = Option<unsafe extern "C" fn(*mut c_void)>;
/// A function that makes something once.
pub type PINIT_ONCE_FN = Option<unsafe extern "C" fn(*mut INIT_ONCE, *mut c_void, *mut *mut c_void) -> BOOL>;
/// The main function of a thread of `_beginthread`.
pub type _beginthread_proc_type = Option<unsafe extern "C" fn(*mut c_void)>;
/// The main function of a thread of `_beginthreadex`.
pub type _beginthreadex_proc_type = Option<unsafe extern "C" fn(*mut c_void) -> c_uint>;

/// Of which only `bInheritHandle` is looked at.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SECURITY_ATTRIBUTES {
    /// The size of this.
    pub nLength: DWORD,
    /// Not looked at.
    pub lpSecurityDescriptor: *mut c_void,
    /// Programs that are started get the handle.
    pub bInheritHandle: BOOL,
}

/// A number of 64 bits.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LARGE_INTEGER {
    /// The number.
    pub QuadPart: i64,
}

/// Why a timer wakes the machine: not looked at.
#[repr(C)]
pub struct REASON_CONTEXT {
    _private: [u8; 0],
}

/// A lock that its owner may take again.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CRITICAL_SECTION {
    /// −1: there is none.
    pub DebugInfo: *mut c_void,
    /// −1 free, 0 taken, 1 taken and waited for.
    pub LockCount: c_int,
    /// How often its owner has entered it.
    pub RecursionCount: c_int,
    /// The owner's thread number.
    pub OwningThread: HANDLE,
    /// Not used.
    pub LockSemaphore: HANDLE,
    /// How often to look before sleeping.
    pub SpinCount: ULONG_PTR,
}

/// A lock for readers or one writer.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SRWLOCK {
    /// 0: free.
    pub Ptr: *mut c_void,
}

/// What threads that have a lock sleep on.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CONDITION_VARIABLE {
    /// 0: nobody waits.
    pub Ptr: *mut c_void,
}

/// Something that is made once.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct INIT_ONCE {
    /// 0: not begun.
    pub Ptr: *mut c_void,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<SECURITY_ATTRIBUTES>() == 24 && offset_of!(SECURITY_ATTRIBUTES, bInheritHandle) == 16);
    assert!(size_of::<CRITICAL_SECTION>() == 40 && offset_of!(CRITICAL_SECTION, SpinCount) == 32);
    assert!(size_of::<SRWLOCK>() == 8 && size_of::<CONDITION_VARIABLE>() == 8 && size_of::<INIT_ONCE>() == 8);
};
