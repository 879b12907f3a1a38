//! `GetLastError SetLastError`: the number that Winsock's functions set, too.

#![allow(non_snake_case, reason = "Windows' names")]

use super::call::set_last;
use crate::error::last_error;
use crate::ffi::types::DWORD;

/// `DWORD GetLastError(void)`
///
/// The calling thread's last error: the number that `WSAGetLastError` tells.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetLastError() -> DWORD {
    last_error::get().cast_unsigned()
}

/// `void SetLastError(DWORD dwErrCode)`
///
/// Sets the calling thread's last error, as `WSASetLastError` does.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetLastError(dwErrCode: DWORD) {
    set_last(dwErrCode);
}
