//! Files as memory: `CreateFileMapping OpenFileMapping MapViewOfFile UnmapViewOfFile FlushViewOfFile`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_void};

use super::answer::{Answer, give, truth};
use super::types::{HANDLE, SECURITY_ATTRIBUTES, SIZE_T};
use crate::ffi::kernel::call::{created, handle, narrow, wide, wish};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::names::Wish;
use crate::kernel::section;
use crate::platform::code::Code;
use crate::platform::region::{self, Origin};
use crate::sys::platform::{page, view};

const SECTION_ALL_ACCESS: DWORD = 0x000F_001F;

/// The file's handle; none for memory of its own.
fn source(file: HANDLE) -> Option<usize> {
    (file.addr() != usize::MAX).then(|| file.addr())
}

const fn joined(high: DWORD, low: DWORD) -> u64 {
    (high as u64) << 32 | low as u64
}

/// `HANDLE CreateFileMappingA(HANDLE hFile, LPSECURITY_ATTRIBUTES lpFileMappingAttributes, DWORD flProtect, DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, LPCSTR lpName)`
///
/// Makes an object of which views can be mapped: of a file, which grows to the size that is said where it is smaller, or with
/// INVALID_HANDLE_VALUE of memory that is zero at first. The size 0 is that of the file. The file's own handle may be closed
/// afterwards. With a name it is found by all of this process, not by others.
///
/// `flProtect`: PAGE_READONLY (2), PAGE_READWRITE (4), PAGE_WRITECOPY (8), PAGE_EXECUTE_READ (0x20), PAGE_EXECUTE_READWRITE
/// (0x40), PAGE_EXECUTE_WRITECOPY (0x80); SEC_COMMIT, SEC_RESERVE and SEC_NOCACHE change nothing here.
///
/// # Returns
/// A handle, or NULL. After success the last error is 0, or `ERROR_ALREADY_EXISTS` (183) where the name had a mapping, which
/// has its own size.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another protection; memory of size 0.
/// * `ERROR_FILE_INVALID` (1006): an empty file and the size 0.
/// * `ERROR_INVALID_HANDLE`: no file.
/// * `ERROR_ACCESS_DENIED`: the file was not opened for that.
/// * `ERROR_NOT_ENOUGH_MEMORY`: larger than the file, which cannot grow with PAGE_READONLY; no memory.
/// * `ERROR_NOT_SUPPORTED`: SEC_IMAGE, SEC_LARGE_PAGES.
/// * `ERROR_DISK_FULL`, `ERROR_NO_SYSTEM_RESOURCES`, `ERROR_NOACCESS`; those of names, as `CreateEvent`.
///
/// Source: Windows documentation.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateFileMappingA(
    hFile: HANDLE,
    lpFileMappingAttributes: *mut SECURITY_ATTRIBUTES,
    flProtect: DWORD,
    dwMaximumSizeHigh: DWORD,
    dwMaximumSizeLow: DWORD,
    lpName: *const c_char,
) -> HANDLE {
    // SAFETY: in pointers; both declarations of the attributes have the same layout.
    let given = unsafe { narrow(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpFileMappingAttributes.cast(), SECTION_ALL_ACCESS) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateFileMappingA({hFile:p}, ..., {flProtect:#x}, {dwMaximumSizeHigh}, {dwMaximumSizeLow}, ...)"
            )
        },
        given.and_then(|(name, wish)| {
            let size = joined(dwMaximumSizeHigh, dwMaximumSizeLow);
            section::create(source(hFile), flProtect, size, name.as_deref(), wish)
        }),
    )
}

/// `HANDLE CreateFileMappingW(HANDLE hFile, LPSECURITY_ATTRIBUTES lpFileMappingAttributes, DWORD flProtect, DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, LPCWSTR lpName)`
///
/// [`CreateFileMappingA`](ws2_CreateFileMappingA) with a name in 16-bit characters.
///
/// # Safety
/// The attributes and the name are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateFileMappingW(
    hFile: HANDLE,
    lpFileMappingAttributes: *mut SECURITY_ATTRIBUTES,
    flProtect: DWORD,
    dwMaximumSizeHigh: DWORD,
    dwMaximumSizeLow: DWORD,
    lpName: *const WCHAR,
) -> HANDLE {
    // SAFETY: in pointers; both declarations of the attributes have the same layout.
    let given = unsafe { wide(lpName) }
        .and_then(|name| Ok((name, unsafe { wish(lpFileMappingAttributes.cast(), SECTION_ALL_ACCESS) }?)));
    created(
        |f| {
            write!(
                f,
                "CreateFileMappingW({hFile:p}, ..., {flProtect:#x}, {dwMaximumSizeHigh}, {dwMaximumSizeLow}, ...)"
            )
        },
        given.and_then(|(name, wish)| {
            let size = joined(dwMaximumSizeHigh, dwMaximumSizeLow);
            section::create(source(hFile), flProtect, size, name.as_deref(), wish)
        }),
    )
}

/// `HANDLE OpenFileMappingA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)`
///
/// A handle to the mapping of a name that this process has given to one before.
///
/// # Returns
/// A handle, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name.
/// * `ERROR_FILE_NOT_FOUND`: no mapping has the name.
/// * `ERROR_NOACCESS`; those of names, as `OpenEvent`.
///
/// Source: Windows documentation.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenFileMappingA(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const c_char,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { narrow(lpName) };
    handle(
        |f| write!(f, "OpenFileMappingA({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| section::open(name.as_deref(), wish)),
    )
}

/// `HANDLE OpenFileMappingW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)`
///
/// [`OpenFileMappingA`](ws2_OpenFileMappingA) with a name in 16-bit characters.
///
/// # Safety
/// The name is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_OpenFileMappingW(
    dwDesiredAccess: DWORD,
    bInheritHandle: BOOL,
    lpName: *const WCHAR,
) -> HANDLE {
    let wish = Wish { access: dwDesiredAccess, inherited: bInheritHandle != 0 };
    // SAFETY: an in pointer.
    let name = unsafe { wide(lpName) };
    handle(
        |f| write!(f, "OpenFileMappingW({dwDesiredAccess:#x}, {bInheritHandle}, ...)"),
        name.and_then(|name| section::open(name.as_deref(), wish)),
    )
}

fn map(mapping: HANDLE, access: DWORD, offset: u64, len: usize, at: usize) -> *mut c_void {
    let mapped = section::map(mapping.addr(), access, offset, len, at)
        .map_err(|code| Code::from_number(code.number()))
        .and_then(|view| {
            let origin = if view.of_file { Origin::FileView } else { Origin::View };
            let len = view.len.next_multiple_of(page::size());
            region::note(view.start, len, origin, view.protect)
                .inspect_err(|_| page::release(view.start, len))?;
            Ok(view.start)
        });
    std::ptr::with_exposed_provenance_mut(give(mapped, 0))
}

/// `LPVOID MapViewOfFile(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh, DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap)`
///
/// Maps a part of a mapping into memory; 0 bytes stand for all from the offset on. The view stays when the handle is closed.
///
/// `dwDesiredAccess`: FILE_MAP_READ (4), FILE_MAP_WRITE (2, also read), FILE_MAP_COPY (1: what is written stays with this
/// view), FILE_MAP_EXECUTE (0x20), FILE_MAP_ALL_ACCESS (as WRITE).
///
/// # Returns
/// Where it is, at a multiple of 64 KiB, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no mapping.
/// * `ERROR_INVALID_PARAMETER`: no right, or an offset behind the end.
/// * `ERROR_ACCESS_DENIED`: a right that the mapping or its handle does not have; more bytes than it has.
/// * `ERROR_MAPPED_ALIGNMENT` (1132): the offset is no multiple of 64 KiB.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_MapViewOfFile(
    hFileMappingObject: HANDLE,
    dwDesiredAccess: DWORD,
    dwFileOffsetHigh: DWORD,
    dwFileOffsetLow: DWORD,
    dwNumberOfBytesToMap: SIZE_T,
) -> *mut c_void {
    let offset = joined(dwFileOffsetHigh, dwFileOffsetLow);
    map(hFileMappingObject, dwDesiredAccess, offset, dwNumberOfBytesToMap, 0)
}

/// `LPVOID MapViewOfFileEx(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh, DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap, LPVOID lpBaseAddress)`
///
/// [`MapViewOfFile`](ws2_MapViewOfFile) at an address that the caller chooses; NULL lets the system choose.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there, and:
/// * `ERROR_MAPPED_ALIGNMENT` (1132): the address is no multiple of 64 KiB.
/// * `ERROR_INVALID_ADDRESS`: something is there.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_MapViewOfFileEx(
    hFileMappingObject: HANDLE,
    dwDesiredAccess: DWORD,
    dwFileOffsetHigh: DWORD,
    dwFileOffsetLow: DWORD,
    dwNumberOfBytesToMap: SIZE_T,
    lpBaseAddress: *mut c_void,
) -> *mut c_void {
    let offset = joined(dwFileOffsetHigh, dwFileOffsetLow);
    map(hFileMappingObject, dwDesiredAccess, offset, dwNumberOfBytesToMap, lpBaseAddress.addr())
}

/// `BOOL UnmapViewOfFile(LPCVOID lpBaseAddress)`
///
/// Takes a view out of memory. What was written reaches the file in any case.
///
/// # Errors
/// `ERROR_INVALID_ADDRESS`: no view begins there.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_UnmapViewOfFile(lpBaseAddress: *const c_void) -> BOOL {
    let at = lpBaseAddress.addr();
    truth(region::forget_view(at).map(|len| page::release(at, len)))
}

/// `BOOL FlushViewOfFile(LPCVOID lpBaseAddress, SIZE_T dwNumberOfBytesToFlush)`
///
/// Writes what was changed in a part of a view to the file; 0 bytes stand for all from there to the view's end.
///
/// # Errors
/// * `ERROR_INVALID_ADDRESS`: not within a view.
/// * `ERROR_IO_DEVICE`, `ERROR_DISK_FULL`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlushViewOfFile(lpBaseAddress: *const c_void, dwNumberOfBytesToFlush: SIZE_T) -> BOOL {
    let act = || -> Answer<()> {
        let at = lpBaseAddress.addr();
        let (start, whole) =
            region::view_around(at, dwNumberOfBytesToFlush).ok_or(Code::ERROR_INVALID_ADDRESS)?;
        let len = if dwNumberOfBytesToFlush == 0 { start + whole - at } else { dwNumberOfBytesToFlush };
        let first = at / page::size() * page::size();
        Ok(view::flush(first, len + (at - first))?)
    };
    truth(act())
}
