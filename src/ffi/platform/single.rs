//! `LocalAlloc`, `GlobalAlloc` and their kin: blocks without a heap of their own. A movable block has one address for all
//! of its life, so its handle and its address are the same number.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, give, truth};
use super::types::{HGLOBAL, HLOCAL, SIZE_T, UINT};
use crate::ffi::types::BOOL;
use crate::platform::code::Code;
use crate::sys::platform::block;

const MOVEABLE: UINT = 2;
const ZEROINIT: UINT = 0x40;
const MODIFY: UINT = 0x80;

fn find(memory: *const c_void) -> Answer<block::Head> {
    block::look(memory as usize).filter(|head| head.owner == block::SINGLE).ok_or(Code::ERROR_INVALID_HANDLE)
}

fn allocate(flags: UINT, bytes: SIZE_T) -> *mut c_void {
    let made = block::allocate(bytes, flags & ZEROINIT != 0, block::SINGLE, flags);
    give(made.ok_or(Code::ERROR_NOT_ENOUGH_MEMORY), 0) as *mut c_void
}

/// # Safety
/// Nobody uses the block.
unsafe fn free(memory: *mut c_void) -> *mut c_void {
    if memory.is_null() {
        return memory;
    }
    let freed = find(memory).map(|_| {
        // SAFETY: a block, as just found, which nobody uses.
        unsafe { block::free(memory as usize) };
        std::ptr::null_mut()
    });
    give(freed, memory)
}

/// # Safety
/// No other thread uses the block.
unsafe fn reallocate(memory: *mut c_void, bytes: SIZE_T, flags: UINT) -> *mut c_void {
    let answer = find(memory).and_then(|head| {
        if flags & MODIFY != 0 {
            // What can be moved stays so.
            let flags = flags & !MODIFY | head.flags & MOVEABLE;
            // SAFETY: a block, as just found.
            unsafe { block::note(memory as usize, head.locks, flags) };
            return Ok(memory as usize);
        }
        // SAFETY: likewise.
        let resized = unsafe { block::resize(memory as usize, bytes, flags & ZEROINIT != 0, false) };
        resized.ok_or(Code::ERROR_NOT_ENOUGH_MEMORY)
    });
    give(answer, 0) as *mut c_void
}

/// # Safety
/// No other thread frees the block.
unsafe fn lock(memory: *mut c_void) -> *mut c_void {
    let answer = find(memory).and_then(|head| {
        if head.flags & MOVEABLE != 0 {
            if head.size == 0 {
                return Err(Code::ERROR_DISCARDED);
            }
            // SAFETY: a block, as just found.
            unsafe { block::note(memory as usize, head.locks.saturating_add(1), head.flags) };
        }
        Ok(memory)
    });
    give(answer, std::ptr::null_mut())
}

/// Whether a block is still locked; none where it is not movable.
///
/// # Errors
/// `ERROR_NOT_LOCKED`; `ERROR_SUCCESS`: not any more.
///
/// # Safety
/// No other thread frees the block.
unsafe fn unlock(memory: *mut c_void, head: &block::Head) -> Option<Answer<()>> {
    if head.flags & MOVEABLE == 0 {
        return None;
    }
    let Some(locks) = head.locks.checked_sub(1) else { return Some(Err(Code::ERROR_NOT_LOCKED)) };
    // SAFETY: a block, as just found.
    unsafe { block::note(memory as usize, locks, head.flags) };
    Some(if locks == 0 { Err(Code::ERROR_SUCCESS) } else { Ok(()) })
}

/// `HLOCAL LocalAlloc(UINT uFlags, SIZE_T uBytes)`
///
/// A block of memory, zeroed with LMEM_ZEROINIT (0x40). LMEM_MOVEABLE (2) only makes `LocalLock` count.
///
/// # Returns
/// The block, or NULL.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_LocalAlloc(uFlags: UINT, uBytes: SIZE_T) -> HLOCAL {
    allocate(uFlags, uBytes)
}

/// `HLOCAL LocalFree(HLOCAL hMem)`
///
/// Gives a block back; NULL is none.
///
/// # Returns
/// NULL, or `hMem` after an error.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block of `LocalAlloc`, `GlobalAlloc` or `FormatMessage`, or one that was freed.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nobody uses the block any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalFree(hMem: HLOCAL) -> HLOCAL {
    // SAFETY: passed on to the caller.
    unsafe { free(hMem) }
}

/// `HLOCAL LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags)`
///
/// Gives a block another size, or with LMEM_MODIFY (0x80) other flags. New bytes are zero with LMEM_ZEROINIT.
///
/// # Returns
/// The block from now on, or NULL, and the old one is as it was.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread uses the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalReAlloc(hMem: HLOCAL, uBytes: SIZE_T, uFlags: UINT) -> HLOCAL {
    // SAFETY: passed on to the caller.
    unsafe { reallocate(hMem, uBytes, uFlags) }
}

/// `LPVOID LocalLock(HLOCAL hMem)`
///
/// The address of a block; a movable one counts its locks.
///
/// # Returns
/// The address, or NULL.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block. `ERROR_DISCARDED` (157): a movable one of 0 bytes.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread frees the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalLock(hMem: HLOCAL) -> *mut c_void {
    // SAFETY: passed on to the caller.
    unsafe { lock(hMem) }
}

/// `BOOL LocalUnlock(HLOCAL hMem)`
///
/// Takes one lock of a movable block away.
///
/// # Returns
/// TRUE if it is still locked; FALSE with last error 0 if it is not locked any more.
///
/// # Errors
/// `ERROR_NOT_LOCKED`: it was not locked, or is not movable. `ERROR_INVALID_HANDLE`: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread frees the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalUnlock(hMem: HLOCAL) -> BOOL {
    truth(find(hMem).and_then(|head| {
        // SAFETY: passed on to the caller.
        unsafe { unlock(hMem, &head) }.unwrap_or(Err(Code::ERROR_NOT_LOCKED))
    }))
}

/// `SIZE_T LocalSize(HLOCAL hMem)`
///
/// The bytes that were asked for.
///
/// # Returns
/// The size, or 0.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// `hMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalSize(hMem: HLOCAL) -> SIZE_T {
    give(find(hMem).map(|head| head.size), 0)
}

/// `HLOCAL LocalHandle(LPCVOID pMem)`
///
/// The handle of the block at an address.
///
/// # Returns
/// The handle, or NULL.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block begins there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalHandle(pMem: *const c_void) -> HLOCAL {
    give(find(pMem).map(|_| pMem.cast_mut()), std::ptr::null_mut())
}

/// `UINT LocalFlags(HLOCAL hMem)`
///
/// How often a block is locked, in the lowest 8 bits.
///
/// # Returns
/// The number, or LMEM_INVALID_HANDLE (0x8000).
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// `hMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalFlags(hMem: HLOCAL) -> UINT {
    give(find(hMem).map(|head| head.locks.min(0xFF)), 0x8000)
}

/// `HGLOBAL GlobalAlloc(UINT uFlags, SIZE_T dwBytes)`
///
/// A block of memory, zeroed with GMEM_ZEROINIT (0x40). GMEM_MOVEABLE (2) only makes `GlobalLock` count.
///
/// # Returns
/// The block, or NULL.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GlobalAlloc(uFlags: UINT, dwBytes: SIZE_T) -> HGLOBAL {
    allocate(uFlags, dwBytes)
}

/// `HGLOBAL GlobalFree(HGLOBAL hMem)`
///
/// Gives a block back; NULL is none.
///
/// # Returns
/// NULL, or `hMem` after an error.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block of `LocalAlloc`, `GlobalAlloc` or `FormatMessage`, or one that was freed.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nobody uses the block any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalFree(hMem: HGLOBAL) -> HGLOBAL {
    // SAFETY: passed on to the caller.
    unsafe { free(hMem) }
}

/// `HGLOBAL GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags)`
///
/// Gives a block another size, or with GMEM_MODIFY (0x80) other flags. New bytes are zero with GMEM_ZEROINIT.
///
/// # Returns
/// The block from now on, or NULL, and the old one is as it was.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread uses the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalReAlloc(hMem: HGLOBAL, dwBytes: SIZE_T, uFlags: UINT) -> HGLOBAL {
    // SAFETY: passed on to the caller.
    unsafe { reallocate(hMem, dwBytes, uFlags) }
}

/// `LPVOID GlobalLock(HGLOBAL hMem)`
///
/// The address of a block; a movable one counts its locks.
///
/// # Returns
/// The address, or NULL.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block. `ERROR_DISCARDED` (157): a movable one of 0 bytes.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread frees the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalLock(hMem: HGLOBAL) -> *mut c_void {
    // SAFETY: passed on to the caller.
    unsafe { lock(hMem) }
}

/// `BOOL GlobalUnlock(HGLOBAL hMem)`
///
/// Takes one lock of a movable block away.
///
/// # Returns
/// TRUE if it is still locked, or was never movable; FALSE with last error 0 if it is not locked any more.
///
/// # Errors
/// `ERROR_NOT_LOCKED`: it was not locked. `ERROR_INVALID_HANDLE`, with TRUE as the result: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread frees the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalUnlock(hMem: HGLOBAL) -> BOOL {
    match find(hMem) {
        // SAFETY: passed on to the caller.
        Ok(head) => truth(unsafe { unlock(hMem, &head) }.unwrap_or(Ok(()))),
        // TRUE, as if it were a block that is not movable.
        Err(code) => give(Err(code), 1),
    }
}

/// `SIZE_T GlobalSize(HGLOBAL hMem)`
///
/// The bytes that were asked for.
///
/// # Returns
/// The size, or 0.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// `hMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalSize(hMem: HGLOBAL) -> SIZE_T {
    give(find(hMem).map(|head| head.size), 0)
}

/// `HGLOBAL GlobalHandle(LPCVOID pMem)`
///
/// The handle of the block at an address.
///
/// # Returns
/// The handle, or NULL.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block begins there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalHandle(pMem: *const c_void) -> HGLOBAL {
    give(find(pMem).map(|_| pMem.cast_mut()), std::ptr::null_mut())
}

/// `UINT GlobalFlags(HGLOBAL hMem)`
///
/// How often a block is locked, in the lowest 8 bits.
///
/// # Returns
/// The number, or GMEM_INVALID_HANDLE (0x8000).
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// `hMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GlobalFlags(hMem: HGLOBAL) -> UINT {
    give(find(hMem).map(|head| head.locks.min(0xFF)), 0x8000)
}
