//! A value for every thread with a function that gets it at the end: `FlsAlloc FlsGetValue FlsSetValue FlsFree`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{answer, pointer, set_last, truth};
use super::types::PFLS_CALLBACK_FUNCTION;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::fls;

fn call_function([function, value, ..]: [usize; 4]) {
    // SAFETY: `ws2_FlsAlloc` made the number of a function of this type.
    let function = unsafe { std::mem::transmute::<*mut c_void, PFLS_CALLBACK_FUNCTION>(pointer(function)) };
    if let Some(function) = function {
        // SAFETY: a routine, which the caller handed out; the value is the program's.
        unsafe { function(pointer(value)) }
    }
}

/// `DWORD FlsAlloc(PFLS_CALLBACK_FUNCTION lpCallback)`
///
/// Gives the program an index under which every thread has a value of its own, NULL at first. The function, which may be
/// NULL, gets each value that is not NULL when its thread ends or the index is given back. There are no fibers here.
///
/// # Returns
/// The index, or 0xFFFFFFFF.
///
/// # Errors
/// * `ERROR_NO_SYSTEM_RESOURCES`: the program has all 4080.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpCallback` is NULL or a routine for any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FlsAlloc(lpCallback: PFLS_CALLBACK_FUNCTION) -> DWORD {
    let last =
        lpCallback.map(|function| (call_function as fn(_), (function as *mut c_void).expose_provenance()));
    answer(|f| f.write_str("FlsAlloc(...)"), fls::allocate(last), DWORD::MAX)
}

/// `LPVOID FlsGetValue(DWORD dwFlsIndex)`
///
/// The calling thread's value under an index. Success sets the last error to 0, since NULL may be the value.
///
/// # Returns
/// The value, NULL where none was stored or the call failed.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: the program does not have the index.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlsGetValue(dwFlsIndex: DWORD) -> *mut c_void {
    let value = fls::get(dwFlsIndex);
    if value.is_ok() {
        set_last(0);
    }
    pointer(answer(|f| write!(f, "FlsGetValue({dwFlsIndex})"), value, 0))
}

/// `BOOL FlsSetValue(DWORD dwFlsIndex, PVOID lpFlsData)`
///
/// Stores the calling thread's value under an index.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: the program does not have the index.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlsSetValue(dwFlsIndex: DWORD, lpFlsData: *mut c_void) -> BOOL {
    truth(
        |f| write!(f, "FlsSetValue({dwFlsIndex}, {lpFlsData:p})"),
        fls::set(dwFlsIndex, lpFlsData.expose_provenance()),
    )
}

/// `BOOL FlsFree(DWORD dwFlsIndex)`
///
/// Gives an index back; its function gets the values of all threads, on the calling one.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: the program does not have the index.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FlsFree(dwFlsIndex: DWORD) -> BOOL {
    truth(|f| write!(f, "FlsFree({dwFlsIndex})"), fls::free(dwFlsIndex))
}
