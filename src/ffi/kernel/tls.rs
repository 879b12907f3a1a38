//! A value for every thread: `TlsAlloc TlsGetValue TlsSetValue TlsFree`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{answer, pointer, set_last, truth};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::tls;

/// `DWORD TlsAlloc(void)`
///
/// Gives the program an index under which every thread has a value of its own, NULL at first.
///
/// # Returns
/// The index, or 0xFFFFFFFF.
///
/// # Errors
/// * `ERROR_NOT_ENOUGH_MEMORY`: the program has all 1088.
///
/// Source: KO24, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TlsAlloc() -> DWORD {
    answer(|f| f.write_str("TlsAlloc()"), tls::allocate(), DWORD::MAX)
}

/// `LPVOID TlsGetValue(DWORD dwTlsIndex)`
///
/// The calling thread's value under an index. Success sets the last error to 0, since NULL may be the value.
///
/// # Returns
/// The value, NULL where none was stored or the call failed.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no such index.
///
/// Source: KO24, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TlsGetValue(dwTlsIndex: DWORD) -> *mut c_void {
    let value = tls::get(dwTlsIndex);
    if value.is_ok() {
        set_last(0);
    }
    pointer(answer(|f| write!(f, "TlsGetValue({dwTlsIndex})"), value, 0))
}

/// `BOOL TlsSetValue(DWORD dwTlsIndex, LPVOID lpTlsValue)`
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
/// Source: KO24, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TlsSetValue(dwTlsIndex: DWORD, lpTlsValue: *mut c_void) -> BOOL {
    truth(
        |f| write!(f, "TlsSetValue({dwTlsIndex}, {lpTlsValue:p})"),
        tls::set(dwTlsIndex, lpTlsValue.expose_provenance()),
    )
}

/// `BOOL TlsFree(DWORD dwTlsIndex)`
///
/// Gives an index back, and forgets the values of all threads.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: the program does not have the index.
///
/// Source: KO24, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_TlsFree(dwTlsIndex: DWORD) -> BOOL {
    truth(|f| write!(f, "TlsFree({dwTlsIndex})"), tls::free(dwTlsIndex))
}
