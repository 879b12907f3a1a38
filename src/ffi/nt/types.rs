//! The types of ntdll's functions, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::c_void;

use crate::ffi::kernel::types::{HANDLE, ULONG, ULONG_PTR};

/// How a call has ended.
pub type NTSTATUS = i32;
/// What the holder of a handle may do.
pub type ACCESS_MASK = u32;
/// TRUE or FALSE in one byte.
pub type BOOLEAN = u8;

/// A text in 16-bit characters, without a NUL that counts.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct UNICODE_STRING {
    /// In bytes.
    pub Length: u16,
    /// The room, in bytes.
    pub MaximumLength: u16,
    /// The characters.
    pub Buffer: *mut u16,
}

/// What is to be opened or made.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OBJECT_ATTRIBUTES {
    /// The size of this.
    pub Length: ULONG,
    /// Where the name begins.
    pub RootDirectory: HANDLE,
    /// The name.
    pub ObjectName: *mut UNICODE_STRING,
    /// `OBJ_…`.
    pub Attributes: ULONG,
    /// Not looked at.
    pub SecurityDescriptor: *mut c_void,
    /// Not looked at.
    pub SecurityQualityOfService: *mut c_void,
}

/// How an operation has ended.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct IO_STATUS_BLOCK {
    /// The status; a pointer's room, of which the rest stays as it is.
    pub Status: NTSTATUS,
    /// Mostly a number of bytes.
    pub Information: ULONG_PTR,
}

/// What is run at an operation's end: the context, the status block, a number that is 0.
pub type PIO_APC_ROUTINE = Option<unsafe extern "C" fn(*mut c_void, *mut IO_STATUS_BLOCK, ULONG)>;
