//! Keyed events: `NtCreateKeyedEvent NtOpenKeyedEvent NtWaitForKeyedEvent NtReleaseKeyedEvent`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Answer, Place, about, answer, time, waiting};
use super::names::{OBJ_INHERIT, OBJ_OPENIF, Wanted, behind, wanted};
use super::types::{ACCESS_MASK, BOOLEAN, NTSTATUS, OBJECT_ATTRIBUTES};
use crate::ffi::kernel::types::{HANDLE, LARGE_INTEGER, ULONG};
use crate::kernel::code::Code;
use crate::kernel::keyed::{self, Role};
use crate::kernel::names::{self, Wish};
use crate::kernel::{Kind, hold};
use crate::overlapped::{polls, reactor};
use crate::windows::{dos_error, status};

/// The name in the one directory that there is.
fn in_directory(name: &[u16], is_relative: bool) -> Result<&[u16], u32> {
    if is_relative {
        return Ok(name);
    }
    behind(name, r"\BaseNamedObjects\").ok_or(status::STATUS_OBJECT_PATH_NOT_FOUND)
}

/// The status of a code that names gave.
const fn about_name(code: Code) -> u32 {
    match code {
        // An object of another kind has it.
        Code::INVALID_HANDLE => status::STATUS_OBJECT_TYPE_MISMATCH,
        Code::FILE_NOT_FOUND => status::STATUS_OBJECT_NAME_NOT_FOUND,
        Code::PATH_NOT_FOUND => status::STATUS_OBJECT_PATH_NOT_FOUND,
        Code::FILENAME_EXCED_RANGE => dos_error::STATUS_OBJECT_NAME_INVALID,
        other => polls::status_of(other),
    }
}

/// `NTSTATUS NtCreateKeyedEvent(PHANDLE KeyedEventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes, ULONG Flags)`
///
/// Makes a keyed event. Names (`\BaseNamedObjects\…`) are found within this process.
///
/// # Returns
/// `STATUS_SUCCESS`; `STATUS_OBJECT_NAME_EXISTS` where `OBJ_OPENIF` has led to one that was there.
///
/// # Errors
/// * `STATUS_ACCESS_VIOLATION`: a pointer cannot be used; `ObjectAttributes` may be NULL.
/// * `STATUS_INVALID_PARAMETER_4`: `Flags` is not 0.
/// * `STATUS_OBJECT_NAME_COLLISION`: there is one of the name. `STATUS_OBJECT_TYPE_MISMATCH`: another object has it.
/// * `STATUS_OBJECT_PATH_NOT_FOUND`: another directory. `STATUS_OBJECT_PATH_SYNTAX_BAD`: no backslash before the name.
/// * `STATUS_OBJECT_NAME_INVALID`: longer than 260 characters, or half a character.
/// * `STATUS_INVALID_PARAMETER`: `Length` or a flag in `ObjectAttributes` that does not exist.
/// * `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`: no memory; a million handles.
///
/// Source: KY1.
///
/// # Safety
/// `KeyedEventHandle` is an out pointer, `ObjectAttributes` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtCreateKeyedEvent(
    KeyedEventHandle: *mut HANDLE,
    DesiredAccess: ACCESS_MASK,
    ObjectAttributes: *mut OBJECT_ATTRIBUTES,
    Flags: ULONG,
) -> NTSTATUS {
    let act = || -> Answer {
        let place = Place::new(KeyedEventHandle)?;
        if Flags != 0 {
            return Err(dos_error::STATUS_INVALID_PARAMETER_4);
        }
        // SAFETY: an in pointer.
        let Wanted { name, attributes, is_relative } = unsafe { wanted(ObjectAttributes) }?;
        let name = name.as_ref().map(|name| in_directory(name, is_relative)).transpose()?;
        let wish = Wish { access: DesiredAccess, inherited: attributes & OBJ_INHERIT != 0 };
        let created = keyed::create(name, wish).map_err(about_name)?;
        let refused = if created.existed && attributes & OBJ_OPENIF == 0 {
            Some(dos_error::STATUS_OBJECT_NAME_COLLISION)
        } else {
            // SAFETY: an out pointer.
            unsafe { place.put(std::ptr::without_provenance_mut(created.handle)) }.err()
        };
        if let Some(status) = refused {
            let _ = hold::close(created.handle);
            return Err(status);
        }
        Ok(if created.existed { dos_error::STATUS_OBJECT_NAME_EXISTS } else { status::SUCCESS })
    };
    answer(|f| write!(f, "NtCreateKeyedEvent({DesiredAccess:#x}, {ObjectAttributes:p}, {Flags})"), act())
}

/// `NTSTATUS NtOpenKeyedEvent(PHANDLE KeyedEventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)`
///
/// A handle to the keyed event of a name.
///
/// # Returns
/// `STATUS_SUCCESS`.
///
/// # Errors
/// * `STATUS_OBJECT_NAME_NOT_FOUND`: there is none.
/// * `STATUS_OBJECT_PATH_SYNTAX_BAD`: no name.
/// * Those of [`ws2_NtCreateKeyedEvent`]; `ObjectAttributes` may not be NULL.
///
/// Source: KY1.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtOpenKeyedEvent(
    KeyedEventHandle: *mut HANDLE,
    DesiredAccess: ACCESS_MASK,
    ObjectAttributes: *mut OBJECT_ATTRIBUTES,
) -> NTSTATUS {
    let act = || -> Answer {
        let place = Place::new(KeyedEventHandle)?;
        if ObjectAttributes.is_null() {
            return Err(status::STATUS_ACCESS_VIOLATION);
        }
        // SAFETY: an in pointer.
        let Wanted { name, attributes, is_relative } = unsafe { wanted(ObjectAttributes) }?;
        let name = name.ok_or(dos_error::STATUS_OBJECT_PATH_SYNTAX_BAD)?;
        let name = in_directory(&name, is_relative)?;
        let wish = Wish { access: DesiredAccess, inherited: attributes & OBJ_INHERIT != 0 };
        let handle = names::open(Kind::Keyed, Some(name), wish).map_err(about_name)?;
        // SAFETY: an out pointer.
        unsafe { place.put(std::ptr::without_provenance_mut(handle)) }.inspect_err(|_| {
            let _ = hold::close(handle);
        })?;
        Ok(status::SUCCESS)
    };
    answer(|f| write!(f, "NtOpenKeyedEvent({DesiredAccess:#x}, {ObjectAttributes:p})"), act())
}

/// # Safety
/// `timeout` is an in pointer.
unsafe fn meet(
    handle: HANDLE,
    key: *mut c_void,
    role: Role,
    alertable: BOOLEAN,
    timeout: *mut LARGE_INTEGER,
) -> Answer {
    if key.addr() & 1 != 0 {
        return Err(dos_error::STATUS_INVALID_PARAMETER_1);
    }
    // SAFETY: an in pointer.
    let due = unsafe { time(timeout) }?;
    reactor::resume();
    // The words of waits are statuses.
    keyed::meet(handle.addr(), key.addr(), role, due, alertable != 0)
        .map_err(|code| about(handle.addr(), code))
}

/// `NTSTATUS NtWaitForKeyedEvent(HANDLE KeyedEventHandle, PVOID KeyValue, BOOLEAN Alertable, PLARGE_INTEGER Timeout)`
///
/// Waits until another thread calls [`ws2_NtReleaseKeyedEvent`] with the same keyed event and the same key, and lets that pass. The
/// time is that of [`ws2_NtWaitForSingleObject`](super::ws2_NtWaitForSingleObject). NULL is a keyed event of the process' own.
///
/// # Returns
/// `STATUS_SUCCESS`; `STATUS_TIMEOUT` (0x102); `STATUS_USER_APC` (0xC0): routines have run.
///
/// # Errors
/// * `STATUS_INVALID_PARAMETER_1`: the key is odd; that is looked at first.
/// * `STATUS_INVALID_HANDLE`: no handle. `STATUS_OBJECT_TYPE_MISMATCH`: that of another object.
/// * `STATUS_ACCESS_DENIED`: the handle lacks `KEYEDEVENT_WAIT`.
/// * `STATUS_ACCESS_VIOLATION`: `Timeout` cannot be read.
/// * `STATUS_NO_MEMORY`: no memory to note the wait.
///
/// Source: KY2 to KY5.
///
/// # Safety
/// `Timeout` is an in pointer. The key is not followed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtWaitForKeyedEvent(
    KeyedEventHandle: HANDLE,
    KeyValue: *mut c_void,
    Alertable: BOOLEAN,
    Timeout: *mut LARGE_INTEGER,
) -> NTSTATUS {
    waiting(
        |f| write!(f, "NtWaitForKeyedEvent({KeyedEventHandle:p}, {KeyValue:p}, {Alertable})"),
        // SAFETY: the caller's pointer, handed on.
        || unsafe { meet(KeyedEventHandle, KeyValue, Role::Wait, Alertable, Timeout) },
    )
}

/// `NTSTATUS NtReleaseKeyedEvent(HANDLE KeyedEventHandle, PVOID KeyValue, BOOLEAN Alertable, PLARGE_INTEGER Timeout)`
///
/// Releases one thread that waits by [`ws2_NtWaitForKeyedEvent`] with the same key, and waits for one where none does: a release is
/// never lost, and never kept.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there; `STATUS_ACCESS_DENIED`: the handle lacks `KEYEDEVENT_WAKE`.
///
/// Source: KY2 to KY5.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_NtReleaseKeyedEvent(
    KeyedEventHandle: HANDLE,
    KeyValue: *mut c_void,
    Alertable: BOOLEAN,
    Timeout: *mut LARGE_INTEGER,
) -> NTSTATUS {
    waiting(
        |f| write!(f, "NtReleaseKeyedEvent({KeyedEventHandle:p}, {KeyValue:p}, {Alertable})"),
        // SAFETY: the caller's pointer, handed on.
        || unsafe { meet(KeyedEventHandle, KeyValue, Role::Release, Alertable, Timeout) },
    )
}
