//! `VirtualAlloc` and its kin.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, give, put, truth};
use super::types::{MEMORY_BASIC_INFORMATION, MEMORYSTATUSEX, SIZE_T};
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::region::{
    self, MEM_COMMIT, MEM_DECOMMIT, MEM_FREE, MEM_PRIVATE, MEM_RELEASE, MEM_RESERVE, Origin,
};
use crate::sys::platform::page;
use crate::sys::room::NoMemory;
use crate::sys::user::memory;

/// Whole pages around some memory: where they begin and their length.
fn pages(at: usize, len: usize) -> Answer<(usize, usize)> {
    let size = page::size();
    let start = at / size * size;
    let end = at.checked_add(len).and_then(|end| end.checked_next_multiple_of(size));
    Ok((start, end.ok_or(Code::ERROR_INVALID_PARAMETER)? - start))
}

fn allocate(address: usize, size: usize, kind: u32, protect: u32) -> Answer<usize> {
    let rights = region::rights(protect)?;
    if size == 0 || kind & (MEM_COMMIT | MEM_RESERVE) == 0 || kind & (MEM_DECOMMIT | MEM_RELEASE) != 0 {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    if kind & MEM_RESERVE == 0 && address != 0 {
        let (start, len) = pages(address, size)?;
        let origin = region::origin(start, len);
        if origin == Some(Origin::FileView) {
            return Err(Code::ERROR_ACCESS_DENIED);
        }
        if region::copies(protect) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        // All pages of a view are there, with its rights.
        if origin.ok_or(Code::ERROR_INVALID_ADDRESS)? == Origin::Reserved {
            page::protect(start, len, rights)?;
            region::commit(start, len, true)?;
        }
        return Ok(start);
    }
    if region::copies(protect) {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    let start = address / region::GRANULARITY * region::GRANULARITY;
    let (_, len) = pages(start, (address - start).checked_add(size).ok_or(Code::ERROR_INVALID_PARAMETER)?)?;
    let made = page::reserve(start, len, region::GRANULARITY).map_err(|errno| match errno.number() {
        libc::ENOMEM => Code::ERROR_NOT_ENOUGH_MEMORY,
        _ => Code::ERROR_INVALID_ADDRESS,
    })?;
    if kind & MEM_COMMIT != 0
        && let Err(errno) = page::protect(made, len, rights)
    {
        page::release(made, len);
        return Err(errno.into());
    }
    region::note(made, len, Origin::Reserved, protect).inspect_err(|_| page::release(made, len))?;
    if kind & MEM_COMMIT != 0
        && let Err(code) = region::commit(made, len, true)
    {
        // Unless another thread has done so.
        if region::forget_reserved(made).is_ok() {
            page::release(made, len);
        }
        return Err(code);
    }
    Ok(made)
}

/// `LPVOID VirtualAlloc(LPVOID lpAddress, SIZE_T dwSize, DWORD flAllocationType, DWORD flProtect)`
///
/// Reserves pages (MEM_RESERVE), makes reserved ones usable (MEM_COMMIT), or both. Regions begin at multiples of 64 KiB, at
/// `lpAddress` if it is not NULL. New pages are zero. MEM_TOP_DOWN, MEM_LARGE_PAGES and the like are not looked at;
/// committing takes no memory before it is used.
///
/// # Returns
/// The first page, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `dwSize` is 0, or a flag or right is wrong; PAGE_WRITECOPY and PAGE_EXECUTE_WRITECOPY are
///   for views only.
/// * `ERROR_INVALID_ADDRESS`: something is there already, or pages to be committed are not reserved.
/// * `ERROR_ACCESS_DENIED`: pages to be committed are those of a view of a file.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_VirtualAlloc(
    lpAddress: *mut c_void,
    dwSize: SIZE_T,
    flAllocationType: DWORD,
    flProtect: DWORD,
) -> *mut c_void {
    give(allocate(lpAddress as usize, dwSize, flAllocationType, flProtect), 0) as *mut c_void
}

/// `BOOL VirtualFree(LPVOID lpAddress, SIZE_T dwSize, DWORD dwFreeType)`
///
/// MEM_RELEASE gives a whole region back, and `dwSize` is 0; MEM_DECOMMIT makes pages unusable and forgets what they held,
/// with `dwSize` 0 those of the whole region. Where it is 0, an address within the region's first page is the region's.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no such `dwFreeType`, or a size with MEM_RELEASE; the pages are those of a view, or go beyond
///   their region.
/// * `ERROR_INVALID_ADDRESS`: no region begins there, or the first page is none of a region.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no room to note which pages are left.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nobody uses the pages any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_VirtualFree(lpAddress: *mut c_void, dwSize: SIZE_T, dwFreeType: DWORD) -> BOOL {
    let at = lpAddress as usize;
    truth(match dwFreeType {
        MEM_RELEASE if dwSize == 0 => {
            let start = at / page::size() * page::size();
            region::forget_reserved(start).map(|len| page::release(start, len))
        }
        MEM_DECOMMIT => decommit(at, dwSize),
        _ => Err(Code::ERROR_INVALID_PARAMETER),
    })
}

fn decommit(at: usize, size: usize) -> Answer<()> {
    let (start, len) = pages(at, size)?;
    let known = region::known(start).ok_or(Code::ERROR_INVALID_ADDRESS)?;
    if known.origin.is_view() {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    let len = match size {
        0 if known.start != start => return Err(Code::ERROR_INVALID_ADDRESS),
        0 => known.end - start,
        _ => len,
    };
    if len > known.end - start {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    region::commit(start, len, false)?;
    Ok(page::decommit(start, len)?)
}

/// The rights of the first page, which with the others is about to get new ones.
fn before(start: usize, len: usize, protect: u32) -> Answer<u32> {
    let found = region::mapping(&page::list()?, start);
    let Some(known) = region::known(start) else {
        // What the program's files bring along is copied when it is written.
        let refused = found.kind == MEM_PRIVATE && region::copies(protect);
        return if refused { Err(Code::ERROR_INVALID_PARAMETER) } else { Ok(found.protect) };
    };
    let view = known.origin.is_view();
    if if view { !region::view_allows(known.protect, protect) } else { region::copies(protect) } {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    if !known.committed || len > known.alike - start {
        return Err(Code::ERROR_INVALID_ADDRESS);
    }
    Ok(if view { region::of_view(known.protect, found.protect) } else { found.protect })
}

/// `BOOL VirtualProtect(LPVOID lpAddress, SIZE_T dwSize, DWORD flNewProtect, PDWORD lpflOldProtect)`
///
/// Sets the rights on pages, and tells those of the first one before; nothing is told where it fails.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no such right; `dwSize` is 0; no address of a program; PAGE_WRITECOPY or
///   PAGE_EXECUTE_WRITECOPY for pages that are none of a view or file; a right that the view was not mapped with.
/// * `ERROR_INVALID_ADDRESS`: a page is not there or not committed, or is none of the same region.
/// * `ERROR_NOACCESS`: `lpflOldProtect` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// The pages are the caller's; `lpflOldProtect` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_VirtualProtect(
    lpAddress: *mut c_void,
    dwSize: SIZE_T,
    flNewProtect: DWORD,
    lpflOldProtect: *mut DWORD,
) -> BOOL {
    truth(region::rights(flNewProtect).and_then(|rights| {
        if !memory::writable(lpflOldProtect.addr(), size_of::<DWORD>()) {
            return Err(Code::ERROR_NOACCESS);
        }
        if dwSize == 0 {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let (start, len) = pages(lpAddress as usize, dwSize)?;
        let before = before(start, len, flNewProtect)?;
        page::protect(start, len, rights).map_err(|errno| match errno.number() {
            libc::EINVAL => Code::ERROR_INVALID_PARAMETER,
            libc::EACCES => Code::ERROR_ACCESS_DENIED,
            _ => Code::ERROR_INVALID_ADDRESS,
        })?;
        // SAFETY: an out pointer. It may be in the pages that cannot be written any more; the call has succeeded.
        let _ = unsafe { put(lpflOldProtect, before) };
        Ok(())
    }))
}

/// `SIZE_T VirtualQuery(LPCVOID lpAddress, PMEMORY_BASIC_INFORMATION lpBuffer, SIZE_T dwLength)`
///
/// The pages from an address on that have the same state and rights. Reserved pages have no rights, 0; `AllocationProtect` is
/// what the region was made with.
///
/// # Returns
/// The bytes written, 48, or 0.
///
/// # Errors
/// `ERROR_BAD_LENGTH`: `dwLength` is less. `ERROR_NOACCESS`: `lpBuffer` cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_VirtualQuery(
    lpAddress: *const c_void,
    lpBuffer: *mut MEMORY_BASIC_INFORMATION,
    dwLength: SIZE_T,
) -> SIZE_T {
    let size = size_of::<MEMORY_BASIC_INFORMATION>();
    if dwLength < size {
        return give(Err(Code::ERROR_BAD_LENGTH), 0);
    }
    let (start, _) = pages(lpAddress as usize, 0).unwrap_or_default();
    let found = match page::list() {
        Ok(list) => region::mapping(&list, start),
        Err(NoMemory) => return give(Err(Code::ERROR_NOT_ENOUGH_MEMORY), 0),
    };
    let free = found.kind == 0;
    let known = region::known(start).filter(|_| !free);
    let reserved = known.is_some_and(|known| !known.committed);
    let information = MEMORY_BASIC_INFORMATION {
        BaseAddress: start as *mut c_void,
        AllocationBase: known.map_or(if free { 0 } else { found.start }, |known| known.start) as *mut c_void,
        AllocationProtect: known.map_or(found.protect, |known| known.protect),
        PartitionId: 0,
        RegionSize: known.map_or(found.end, |known| found.end.min(known.alike)) - start,
        State: match (free, reserved) {
            (true, _) => MEM_FREE,
            (false, true) => MEM_RESERVE,
            (false, false) => MEM_COMMIT,
        },
        Protect: match known {
            _ if free => region::PAGE_NOACCESS,
            _ if reserved => 0,
            Some(known) => region::of_view(known.protect, found.protect),
            None => found.protect,
        },
        Type: found.kind,
    };
    // SAFETY: an out pointer.
    give(unsafe { put(lpBuffer, information) }.map(|()| size), 0)
}

/// Whether all pages are there and can be touched.
fn can_be_touched(start: usize, len: usize) -> Answer<bool> {
    let list = page::list()?;
    let end = start.checked_add(len).ok_or(Code::ERROR_INVALID_PARAMETER)?;
    let mut at = start;
    while at < end {
        let found = region::mapping(&list, at);
        if found.kind == 0 || found.protect == region::PAGE_NOACCESS {
            return Ok(false);
        }
        at = found.end;
    }
    Ok(true)
}

fn lock(at: usize, size: usize, on: bool) -> Answer<()> {
    if size == 0 {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    let (start, len) = pages(at, size)?;
    match page::lock(start, len, on) {
        // The kernel says the same of too much and of what is not there.
        Err(errno) if errno.number() == libc::ENOMEM && !can_be_touched(start, len)? => {
            Err(Code::ERROR_NOACCESS)
        }
        // More than may be locked, or nothing may.
        Err(errno) if on && matches!(errno.number(), libc::ENOMEM | libc::EPERM | libc::EAGAIN) => {
            Err(Code::ERROR_WORKING_SET_QUOTA)
        }
        done => done.map_err(Code::from),
    }
}

/// `BOOL VirtualLock(LPVOID lpAddress, SIZE_T dwSize)`
///
/// Keeps pages in memory.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `dwSize` is 0.
/// * `ERROR_NOACCESS`: a page is not there, or cannot be touched.
/// * `ERROR_WORKING_SET_QUOTA` (1453): more than the process may lock.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_VirtualLock(lpAddress: *mut c_void, dwSize: SIZE_T) -> BOOL {
    truth(lock(lpAddress as usize, dwSize, true))
}

/// `BOOL VirtualUnlock(LPVOID lpAddress, SIZE_T dwSize)`
///
/// Undoes `VirtualLock`. It succeeds for pages that were not locked, too, where Windows says `ERROR_NOT_LOCKED`: the kernel
/// does not tell them apart.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `dwSize` is 0.
/// * `ERROR_NOACCESS`: a page is not there.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_VirtualUnlock(lpAddress: *mut c_void, dwSize: SIZE_T) -> BOOL {
    truth(lock(lpAddress as usize, dwSize, false))
}

/// `BOOL GlobalMemoryStatusEx(LPMEMORYSTATUSEX lpBuffer)`
///
/// How much memory the machine has, and how much of it can be had. `dwLength` is 64.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: another `dwLength`. `ERROR_NOACCESS`: `lpBuffer` cannot be read or written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpBuffer` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalMemoryStatusEx(lpBuffer: *mut MEMORYSTATUSEX) -> BOOL {
    let size = size_of::<MEMORYSTATUSEX>();
    // SAFETY: an out pointer.
    let given = unsafe { memory::read(lpBuffer.cast::<DWORD>().cast_const()) }.ok_or(Code::ERROR_NOACCESS);
    truth(given.and_then(|given| {
        if given as usize != size {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let [total, available, swap, swap_free] = page::machine();
        let used = total.saturating_sub(available).saturating_mul(100) / total.max(1);
        let status = MEMORYSTATUSEX {
            dwLength: given,
            dwMemoryLoad: u32::try_from(used).unwrap_or(100),
            ullTotalPhys: total,
            ullAvailPhys: available,
            ullTotalPageFile: total.saturating_add(swap),
            ullAvailPageFile: available.saturating_add(swap_free),
            ullTotalVirtual: 0x7FFF_FFFE_0000,
            ullAvailVirtual: 0x7FFF_FFFE_0000,
            ullAvailExtendedVirtual: 0,
        };
        // SAFETY: an out pointer.
        unsafe { put(lpBuffer, status) }
    }))
}
