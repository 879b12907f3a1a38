//! `HeapAlloc` and its kin. Blocks are aligned to 16 bytes.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::answer::{Answer, give, truth};
use super::types::{HANDLE, SIZE_T};
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::heap;
use crate::sys::platform::block;
use crate::sys::user::memory;

const HEAP_ZERO_MEMORY: DWORD = 8;
const HEAP_REALLOC_IN_PLACE_ONLY: DWORD = 0x10;
const HEAP_COMPATIBILITY: i32 = 0;

/// The heap of a handle.
fn heap_of(handle: HANDLE) -> Answer<usize> {
    let heap = handle as usize;
    if heap::exists(heap) { Ok(heap) } else { Err(Code::ERROR_INVALID_HANDLE) }
}

/// A block of that heap.
fn block_of(heap: usize, memory: *const c_void) -> Answer<block::Head> {
    let head = block::look(memory as usize).filter(|head| head.owner == heap);
    head.ok_or(Code::ERROR_INVALID_PARAMETER)
}

/// `HANDLE GetProcessHeap(void)`
///
/// The heap that every process has. It is never destroyed.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetProcessHeap() -> HANDLE {
    heap::PROCESS_HEAP as HANDLE
}

/// `HANDLE HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize)`
///
/// A new heap. The sizes are taken as advice: it grows as needed, and a maximum is not enforced.
///
/// # Returns
/// The heap, which `HeapDestroy` ends, or NULL.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_HeapCreate(flOptions: DWORD, dwInitialSize: SIZE_T, dwMaximumSize: SIZE_T) -> HANDLE {
    let _ = (flOptions, dwInitialSize, dwMaximumSize);
    give(heap::create().map_err(Code::from), 0) as HANDLE
}

/// `BOOL HeapDestroy(HANDLE hHeap)`
///
/// Ends a heap and frees all of its blocks.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no heap of `HeapCreate`, or one that was destroyed.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nothing of the heap is in use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapDestroy(hHeap: HANDLE) -> BOOL {
    truth(heap::destroy(hHeap as usize).map(|blocks| {
        for block in blocks {
            if block::look(block).is_some() {
                // SAFETY: a block that the heap had until now, and that the caller does not use.
                unsafe { block::free(block) };
            }
        }
    }))
}

/// `LPVOID HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes)`
///
/// A block of a heap, zeroed with HEAP_ZERO_MEMORY (8). A block of 0 bytes has an address, too.
///
/// # Returns
/// The block, or NULL. No exception is raised: HEAP_GENERATE_EXCEPTIONS is not looked at.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no heap.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_HeapAlloc(hHeap: HANDLE, dwFlags: DWORD, dwBytes: SIZE_T) -> *mut c_void {
    let answer = heap_of(hHeap).and_then(|heap| {
        let made = block::allocate(dwBytes, dwFlags & HEAP_ZERO_MEMORY != 0, heap, 0)
            .ok_or(Code::ERROR_NOT_ENOUGH_MEMORY)?;
        heap::note(heap, made).map(|()| made).inspect_err(|_| {
            // SAFETY: just made.
            unsafe { block::free(made) };
        })
    });
    give(answer, 0) as *mut c_void
}

/// `LPVOID HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes)`
///
/// Gives a block another size; it moves unless HEAP_REALLOC_IN_PLACE_ONLY (0x10) is set. With HEAP_ZERO_MEMORY new bytes
/// are zero.
///
/// # Returns
/// The block's address from now on, or NULL, and the old block is as it was.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no heap.
/// * `ERROR_INVALID_PARAMETER`: no block of that heap.
/// * `ERROR_SUCCESS`: NULL, which is no block, and none is made.
/// * `ERROR_NOT_ENOUGH_MEMORY`: none, or it would have to move and may not.
///
/// Source: Windows documentation.
///
/// # Safety
/// No other thread uses the block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapReAlloc(
    hHeap: HANDLE,
    dwFlags: DWORD,
    lpMem: *mut c_void,
    dwBytes: SIZE_T,
) -> *mut c_void {
    let answer = heap_of(hHeap).and_then(|heap| {
        if lpMem.is_null() {
            return Err(Code::ERROR_SUCCESS);
        }
        block_of(heap, lpMem)?;
        let old = lpMem as usize;
        let in_place = dwFlags & HEAP_REALLOC_IN_PLACE_ONLY != 0;
        // Until the block has its new address it belongs to nobody, so that no HeapDestroy frees it meanwhile.
        heap::lend(heap, old)?;
        // SAFETY: a block, as just found, which no other thread uses.
        let resized = unsafe { block::resize(old, dwBytes, dwFlags & HEAP_ZERO_MEMORY != 0, in_place) };
        heap::take_back(heap, resized.unwrap_or(old))?;
        resized.ok_or(Code::ERROR_NOT_ENOUGH_MEMORY)
    });
    give(answer, 0) as *mut c_void
}

/// `BOOL HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem)`
///
/// Gives a block back; NULL is none, and no heap is asked for it.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no heap.
/// * `ERROR_INVALID_PARAMETER`: no block of that heap, or one that was freed.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nobody uses the block any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapFree(hHeap: HANDLE, dwFlags: DWORD, lpMem: *mut c_void) -> BOOL {
    let _ = dwFlags;
    if lpMem.is_null() {
        return 1;
    }
    truth(heap_of(hHeap).and_then(|heap| {
        block_of(heap, lpMem)?;
        if !heap::forget(heap, lpMem as usize) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        // SAFETY: a block, as just found, which nobody uses.
        unsafe { block::free(lpMem as usize) };
        Ok(())
    }))
}

/// `SIZE_T HeapSize(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem)`
///
/// The bytes that were asked for.
///
/// # Returns
/// The size, or (SIZE_T)-1.
///
/// # Errors
/// As [`HeapFree`](ws2_HeapFree); NULL is no block.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapSize(hHeap: HANDLE, dwFlags: DWORD, lpMem: *const c_void) -> SIZE_T {
    let _ = dwFlags;
    give(heap_of(hHeap).and_then(|heap| Ok(block_of(heap, lpMem)?.size)), usize::MAX)
}

/// `BOOL HeapValidate(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem)`
///
/// Whether the heap, or one block of it, is in order. What stands behind a block is not checked.
///
/// # Returns
/// TRUE or FALSE; the last error is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpMem` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapValidate(hHeap: HANDLE, dwFlags: DWORD, lpMem: *const c_void) -> BOOL {
    let _ = dwFlags;
    let valid = heap_of(hHeap)
        .and_then(|heap| if lpMem.is_null() { Ok(()) } else { block_of(heap, lpMem).map(drop) });
    BOOL::from(valid.is_ok())
}

/// `SIZE_T HeapCompact(HANDLE hHeap, DWORD dwFlags)`
///
/// Joins free blocks, which the C library does by itself.
///
/// # Returns
/// The size of the largest free block as far as one is known: 1 MiB. 0 after an error.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no heap.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_HeapCompact(hHeap: HANDLE, dwFlags: DWORD) -> SIZE_T {
    let _ = dwFlags;
    give(heap_of(hHeap).map(|_| 1 << 20), 0)
}

/// `BOOL HeapSetInformation(HANDLE HeapHandle, int HeapInformationClass, PVOID HeapInformation, SIZE_T HeapInformationLength)`
///
/// Sets what a heap does about corruption and small blocks: taken and of no effect. `HeapHandle` may be NULL.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no heap.
/// * `ERROR_INSUFFICIENT_BUFFER`, `ERROR_NOACCESS`: HeapCompatibilityInformation (0) without a number of 32 bits, or with one that cannot
///   be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `HeapInformation` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_HeapSetInformation(
    HeapHandle: HANDLE,
    HeapInformationClass: i32,
    HeapInformation: *mut c_void,
    HeapInformationLength: SIZE_T,
) -> BOOL {
    let checked = if HeapHandle.is_null() { Ok(()) } else { heap_of(HeapHandle).map(drop) };
    truth(checked.and_then(|()| match HeapInformationClass {
        HEAP_COMPATIBILITY if HeapInformationLength < size_of::<u32>() => {
            Err(Code::ERROR_INSUFFICIENT_BUFFER)
        }
        HEAP_COMPATIBILITY if !memory::readable(HeapInformation.addr(), size_of::<u32>()) => {
            Err(Code::ERROR_NOACCESS)
        }
        _ => Ok(()),
    }))
}
