//! Waiting for a value in the program's memory: `WaitOnAddress WakeByAddressSingle WakeByAddressAll`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::truth;
use super::types::SIZE_T;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::address;

/// `BOOL WaitOnAddress(volatile void *Address, PVOID CompareAddress, SIZE_T AddressSize, DWORD dwMilliseconds)`
///
/// Sleeps while the value of 1, 2, 4 or 8 bytes at `Address` is the one at `CompareAddress`, until somebody wakes the
/// address. May return for no reason: the program looks again.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_TIMEOUT`: nobody woke it within so many milliseconds.
/// * `ERROR_INVALID_PARAMETER`: another size.
/// * `ERROR_NOACCESS`: a value that cannot be read.
///
/// Source: KO27, Windows' documentation.
///
/// # Safety
/// Both are in pointers, and nobody unmaps `Address` meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WaitOnAddress(
    Address: *mut c_void,
    CompareAddress: *mut c_void,
    AddressSize: SIZE_T,
    dwMilliseconds: DWORD,
) -> BOOL {
    let (value, compared) = (Address.expose_provenance(), CompareAddress.expose_provenance());
    truth(
        |f| write!(f, "WaitOnAddress({Address:p}, {CompareAddress:p}, {AddressSize}, {dwMilliseconds})"),
        address::wait(value, compared, AddressSize, dwMilliseconds),
    )
}

/// `void WakeByAddressSingle(PVOID Address)`
///
/// Wakes one of the threads that wait for the value at an address, of which nothing is read.
///
/// Source: KO27, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WakeByAddressSingle(Address: *mut c_void) {
    address::wake(Address.addr(), false);
}

/// `void WakeByAddressAll(PVOID Address)`
///
/// Wakes all threads that wait for the value at an address, of which nothing is read.
///
/// Source: KO27, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_WakeByAddressAll(Address: *mut c_void) {
    address::wake(Address.addr(), true);
}
