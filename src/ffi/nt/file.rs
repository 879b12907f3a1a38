//! Opening and closing: `NtCreateFile NtOpenFile NtClose`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Place, answer};
use super::names::{OBJ_INHERIT, Wanted, behind, wanted};
use super::types::{ACCESS_MASK, IO_STATUS_BLOCK, NTSTATUS, OBJECT_ATTRIBUTES};
use crate::ffi::kernel::handle;
use crate::ffi::kernel::types::{HANDLE, LARGE_INTEGER, ULONG};
use crate::kernel::hold;
use crate::overlapped::polls;
use crate::windows::{dos_error, status};

/// The device was there.
const FILE_OPENED: usize = 1;
/// Calls wait for their operations, alertably or not.
const SYNCHRONOUS: u32 = 0x30;
/// `SYNCHRONIZE`, which such a handle needs.
const SYNCHRONIZE: u32 = 0x0010_0000;

/// Opens what is there: the device.
///
/// # Safety
/// Out pointers; an in pointer.
unsafe fn open(
    handle: *mut HANDLE,
    access: ACCESS_MASK,
    attributes: *const OBJECT_ATTRIBUTES,
    block: *mut IO_STATUS_BLOCK,
    options: ULONG,
) -> Result<u32, u32> {
    let (place, block) = (Place::new(handle)?, Place::new(block)?);
    if attributes.is_null() {
        return Err(status::STATUS_ACCESS_VIOLATION);
    }
    // SAFETY: an in pointer.
    let Wanted { name, attributes, is_relative } = unsafe { wanted(attributes) }?;
    if options & SYNCHRONOUS == SYNCHRONOUS || options & SYNCHRONOUS != 0 && access & SYNCHRONIZE == 0 {
        return Err(status::STATUS_INVALID_PARAMETER);
    }
    let name = name.ok_or(dos_error::STATUS_OBJECT_PATH_SYNTAX_BAD)?;
    let behind = behind(&name, r"\Device\Afd").filter(|_| !is_relative);
    if !behind.is_some_and(|rest| rest.is_empty() || rest.first() == Some(&u16::from(b'\\'))) {
        return Err(status::STATUS_OBJECT_NAME_NOT_FOUND);
    }
    let made = polls::open(access, attributes & OBJ_INHERIT != 0, options & SYNCHRONOUS != 0)?;
    let handle = std::ptr::without_provenance_mut(made);
    // SAFETY: out pointers.
    let told = unsafe { place.put(handle).and_then(|()| block.tell(status::SUCCESS, FILE_OPENED)) };
    if let Err(status) = told {
        let _ = hold::close(made);
        return Err(status);
    }
    Ok(status::SUCCESS)
}

/// `NTSTATUS NtCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock, PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess, ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer, ULONG EaLength)`
///
/// Opens `\Device\Afd`, alone or with any name below it, in any letter case: the device of Windows' driver for sockets, on which
/// [`ws2_NtDeviceIoControlFile`](super::ws2_NtDeviceIoControlFile) polls. There is nothing else. With one of the two options
/// `FILE_SYNCHRONOUS_IO_…` calls on the handle end when their operations do.
///
/// # Returns
/// `STATUS_SUCCESS`; the handle and `FILE_OPENED` are written.
///
/// # Errors
/// * `STATUS_ACCESS_VIOLATION`: a pointer is NULL or cannot be used.
/// * `STATUS_OBJECT_NAME_NOT_FOUND`: another name: files are opened by `CreateFile`.
/// * `STATUS_OBJECT_PATH_SYNTAX_BAD`: no name, or one without a backslash before it. `STATUS_OBJECT_NAME_INVALID`: half a character.
/// * `STATUS_INVALID_PARAMETER`: `Length`, a flag, a disposition or an option that does not exist; both options; one of them
///   without `SYNCHRONIZE`.
/// * `STATUS_INVALID_HANDLE`: `RootDirectory` is none.
/// * `STATUS_NOT_SUPPORTED`: `EaBuffer`, by which a socket would be made: that is `socket`'s.
/// * `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`: no memory; a million handles.
///
/// Source: NT1, NT2.
///
/// # Safety
/// `FileHandle` and `IoStatusBlock` are out pointers, `ObjectAttributes` is an in pointer. The others are not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtCreateFile(
    FileHandle: *mut HANDLE,
    DesiredAccess: ACCESS_MASK,
    ObjectAttributes: *mut OBJECT_ATTRIBUTES,
    IoStatusBlock: *mut IO_STATUS_BLOCK,
    AllocationSize: *mut LARGE_INTEGER,
    FileAttributes: ULONG,
    ShareAccess: ULONG,
    CreateDisposition: ULONG,
    CreateOptions: ULONG,
    EaBuffer: *mut c_void,
    EaLength: ULONG,
) -> NTSTATUS {
    /// `FILE_MAXIMUM_DISPOSITION`.
    const MOST: u32 = 5;
    const FILE_SHARE_ALL: u32 = 7;
    let _ = (AllocationSize, FileAttributes);
    let act = || {
        if CreateDisposition > MOST || ShareAccess & !FILE_SHARE_ALL != 0 {
            return Err(status::STATUS_INVALID_PARAMETER);
        }
        if !EaBuffer.is_null() && EaLength != 0 {
            return Err(status::STATUS_NOT_SUPPORTED);
        }
        // SAFETY: the caller's pointers, handed on.
        unsafe { open(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, CreateOptions) }
    };
    answer(|f| write!(f, "NtCreateFile({DesiredAccess:#x}, {ObjectAttributes:p})"), act())
}

/// `NTSTATUS NtOpenFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock, ULONG ShareAccess, ULONG OpenOptions)`
///
/// [`ws2_NtCreateFile`] for what is there.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: NT1.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtOpenFile(
    FileHandle: *mut HANDLE,
    DesiredAccess: ACCESS_MASK,
    ObjectAttributes: *mut OBJECT_ATTRIBUTES,
    IoStatusBlock: *mut IO_STATUS_BLOCK,
    ShareAccess: ULONG,
    OpenOptions: ULONG,
) -> NTSTATUS {
    const FILE_SHARE_ALL: u32 = 7;
    let act = || {
        if ShareAccess & !FILE_SHARE_ALL != 0 {
            return Err(status::STATUS_INVALID_PARAMETER);
        }
        // SAFETY: the caller's pointers, handed on.
        unsafe { open(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, OpenOptions) }
    };
    answer(|f| write!(f, "NtOpenFile({DesiredAccess:#x}, {ObjectAttributes:p})"), act())
}

/// `NTSTATUS NtClose(HANDLE Handle)`
///
/// [`CloseHandle`](crate::ffi::ws2_CloseHandle): closes a handle; with the last one of the device its polls are cancelled.
///
/// # Returns
/// `STATUS_SUCCESS`.
///
/// # Errors
/// * `STATUS_INVALID_HANDLE`: no handle, or one that is protected.
///
/// Source: NT3.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_NtClose(Handle: HANDLE) -> NTSTATUS {
    let closed = handle::close(Handle).map(|()| status::SUCCESS).map_err(polls::status_of);
    answer(|f| write!(f, "NtClose({Handle:p})"), closed)
}
