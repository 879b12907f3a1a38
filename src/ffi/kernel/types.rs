//! The types of kernel32's functions, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::{c_int, c_uint, c_void};

use crate::ffi::platform::types::BOOLEAN;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED};

/// What stands for an object, a socket or a file.
pub type HANDLE = *mut c_void;
/// A number of a pointer's size.
pub type ULONG_PTR = usize;
/// A size in bytes.
pub type SIZE_T = usize;
/// A number of 32 bits.
pub type ULONG = u32;

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

/// A function that is called when an operation has ended: status, number of bytes, OVERLAPPED.
pub type LPOVERLAPPED_COMPLETION_ROUTINE = Option<unsafe extern "C" fn(DWORD, DWORD, *mut OVERLAPPED)>;

/// What a callback of the thread pool says things about itself by.
#[repr(C)]
pub struct TP_CALLBACK_INSTANCE {
    _private: [u8; 0],
}
/// Work of the thread pool.
#[repr(C)]
pub struct TP_WORK {
    _private: [u8; 0],
}
/// A socket whose operations' ends the thread pool tells.
#[repr(C)]
pub struct TP_IO {
    _private: [u8; 0],
}
/// A timer of the thread pool.
#[repr(C)]
pub struct TP_TIMER {
    _private: [u8; 0],
}
/// A wait of the thread pool.
#[repr(C)]
pub struct TP_WAIT {
    _private: [u8; 0],
}
/// A thread pool.
#[repr(C)]
pub struct TP_POOL {
    _private: [u8; 0],
}
/// Objects of the thread pool that are closed together.
#[repr(C)]
pub struct TP_CLEANUP_GROUP {
    _private: [u8; 0],
}
/// [`TP_CALLBACK_INSTANCE`] by its address.
pub type PTP_CALLBACK_INSTANCE = *mut TP_CALLBACK_INSTANCE;
/// [`TP_WORK`] by its address.
pub type PTP_WORK = *mut TP_WORK;
/// [`TP_TIMER`] by its address.
pub type PTP_TIMER = *mut TP_TIMER;
/// [`TP_WAIT`] by its address.
pub type PTP_WAIT = *mut TP_WAIT;
/// How a wait has ended: WAIT_OBJECT_0 or WAIT_TIMEOUT.
pub type TP_WAIT_RESULT = DWORD;
/// [`TP_IO`] by its address.
pub type PTP_IO = *mut TP_IO;
/// [`TP_POOL`] by its address.
pub type PTP_POOL = *mut TP_POOL;
/// [`TP_CLEANUP_GROUP`] by its address.
pub type PTP_CLEANUP_GROUP = *mut TP_CLEANUP_GROUP;
/// A function that the pool calls once: its instance and its context.
pub type PTP_SIMPLE_CALLBACK = Option<unsafe extern "C" fn(PTP_CALLBACK_INSTANCE, *mut c_void)>;
/// A function that the pool calls for work.
pub type PTP_WORK_CALLBACK = Option<unsafe extern "C" fn(PTP_CALLBACK_INSTANCE, *mut c_void, PTP_WORK)>;
/// A function that the pool calls when a timer is due.
pub type PTP_TIMER_CALLBACK = Option<unsafe extern "C" fn(PTP_CALLBACK_INSTANCE, *mut c_void, PTP_TIMER)>;
/// A function that the pool calls when a wait has ended.
pub type PTP_WAIT_CALLBACK =
    Option<unsafe extern "C" fn(PTP_CALLBACK_INSTANCE, *mut c_void, PTP_WAIT, TP_WAIT_RESULT)>;
/// A function that the pool calls when a registered wait has ended or a timer of a queue is due: the context, and whether a time was over.
pub type WAITORTIMERCALLBACK = Option<unsafe extern "C" fn(*mut c_void, BOOLEAN)>;
/// A function that the pool calls when an operation has ended: OVERLAPPED, code, number of bytes.
pub type PTP_WIN32_IO_CALLBACK =
    Option<unsafe extern "C" fn(PTP_CALLBACK_INSTANCE, *mut c_void, *mut c_void, ULONG, ULONG_PTR, PTP_IO)>;
/// A function that is called for an object which is cancelled with its group: the object's context and the group's.
pub type PTP_CLEANUP_GROUP_CANCEL_CALLBACK = Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>;

/// How the pool is to treat an object. Only the third version has the last two.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TP_CALLBACK_ENVIRON {
    /// 1 or 3.
    pub Version: ULONG,
    /// NULL: that of the process.
    pub Pool: PTP_POOL,
    /// NULL for none.
    pub CleanupGroup: PTP_CLEANUP_GROUP,
    /// For objects that are cancelled with the group.
    pub CleanupGroupCancelCallback: PTP_CLEANUP_GROUP_CANCEL_CALLBACK,
    /// Not looked at.
    pub RaceDll: *mut c_void,
    /// Not looked at.
    pub ActivationContext: *mut c_void,
    /// Called behind each callback.
    pub FinalizationCallback: PTP_SIMPLE_CALLBACK,
    /// 1: callbacks may take long. 2 is not looked at.
    pub Flags: DWORD,
    /// 0 high, 1 normal, 2 low.
    pub CallbackPriority: c_int,
    /// The size of the third version.
    pub Size: DWORD,
}

/// The stacks of a pool's threads.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TP_POOL_STACK_INFORMATION {
    /// The whole size in bytes.
    pub StackReserve: SIZE_T,
    /// Noted only.
    pub StackCommit: SIZE_T,
}

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
    assert!(
        size_of::<TP_CALLBACK_ENVIRON>() == 72 && offset_of!(TP_CALLBACK_ENVIRON, CallbackPriority) == 60
    );
    assert!(size_of::<SRWLOCK>() == 8 && size_of::<CONDITION_VARIABLE>() == 8 && size_of::<INIT_ONCE>() == 8);
};
