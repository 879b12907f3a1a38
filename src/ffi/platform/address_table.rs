//! The addresses of this machine as a table: `GetUnicastIpAddressTable FreeMibTable`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;
use std::net::IpAddr;

use super::adapter_types::{MIB_UNICASTIPADDRESS_ROW, MIB_UNICASTIPADDRESS_TABLE};
use super::answer::{Answer, put, put_all};
use super::{ws2_LocalAlloc, ws2_LocalFree};
use crate::ffi::types::{DWORD, WORD};
use crate::platform::code::Code;
use crate::sys::platform::{adapter, adapters};
use crate::sys::room;
use crate::sys::user::memory;

const AF_UNSPEC: WORD = 0;
const AF_INET: WORD = 2;
const AF_INET6: WORD = 23;

/// A socket address of Windows' in its 28 bytes.
fn socket_address(address: IpAddr, scope: u32) -> [u8; 28] {
    let mut bytes = [0; 28];
    let mut set = |at: usize, from: &[u8]| {
        for (place, byte) in bytes.iter_mut().skip(at).zip(from) {
            *place = *byte;
        }
    };
    match address {
        IpAddr::V4(v4) => {
            set(0, &AF_INET.to_ne_bytes());
            set(4, &v4.octets());
        }
        IpAddr::V6(v6) => {
            set(0, &AF_INET6.to_ne_bytes());
            set(8, &v6.octets());
            if adapter::is_link_local(address) {
                set(24, &scope.to_ne_bytes());
            }
        }
    }
    bytes
}

fn rows(family: WORD) -> Answer<Vec<MIB_UNICASTIPADDRESS_ROW>> {
    let mut rows = Vec::new();
    for found in adapters::all()? {
        for &(address, prefix) in &found.addresses {
            if family == AF_INET && address.is_ipv6() || family == AF_INET6 && address.is_ipv4() {
                continue;
            }
            // IpPrefixOriginWellKnown and IpSuffixOriginLinkLayerAddress, or both as set by hand.
            let (first, second) = if adapter::is_link_local(address) { (2, 4) } else { (1, 1) };
            let row = MIB_UNICASTIPADDRESS_ROW {
                Address: socket_address(address, found.index),
                InterfaceLuid: found.luid(),
                InterfaceIndex: found.index,
                PrefixOrigin: first,
                SuffixOrigin: second,
                ValidLifetime: u32::MAX,
                PreferredLifetime: u32::MAX,
                OnLinkPrefixLength: prefix,
                SkipAsSource: 0,
                DadState: 4,
                ScopeId: if adapter::is_link_local(address) { found.index } else { 0 },
                CreationTimeStamp: 0,
            };
            room::push(&mut rows, row)?;
        }
    }
    Ok(rows)
}

/// `DWORD GetUnicastIpAddressTable(ADDRESS_FAMILY Family, PMIB_UNICASTIPADDRESS_TABLE *Table)`
///
/// The addresses of this machine's adapters, of one family or AF_UNSPEC of both, in memory that `FreeMibTable` gives back. When an
/// address was made, and for how long it is valid, Linux is not asked.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another family; `Table` cannot be written.
/// * `ERROR_NOT_FOUND`: there are none.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `Table` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetUnicastIpAddressTable(
    Family: WORD,
    Table: *mut *mut MIB_UNICASTIPADDRESS_TABLE,
) -> DWORD {
    let act = || -> Answer<()> {
        let place = memory::writable(Table.addr(), size_of::<*mut c_void>());
        if !place || !matches!(Family, AF_UNSPEC | AF_INET | AF_INET6) {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        let rows = rows(Family)?;
        if rows.is_empty() {
            return Err(Code::ERROR_NOT_FOUND);
        }
        let head = std::mem::offset_of!(MIB_UNICASTIPADDRESS_TABLE, Table);
        let room = ws2_LocalAlloc(0, head + size_of_val(rows.as_slice()));
        if room.is_null() {
            return Err(Code::ERROR_NOT_ENOUGH_MEMORY);
        }
        let number = u32::try_from(rows.len()).unwrap_or(0);
        // SAFETY: memory of that size, made just now; and an out pointer.
        unsafe {
            put(room.cast::<u32>(), number)?;
            put_all(room.cast::<u8>().wrapping_add(head).cast(), &rows)?;
            put(Table, room.cast())
        }
    };
    act().map_or_else(Code::number, |()| 0)
}

/// `void FreeMibTable(PVOID Memory)`
///
/// Gives back a table of [`GetUnicastIpAddressTable`](ws2_GetUnicastIpAddressTable).
///
/// Source: Windows documentation.
///
/// # Safety
/// `Memory` is such a table, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FreeMibTable(Memory: *mut c_void) {
    // SAFETY: a block of `LocalAlloc`, or NULL.
    unsafe { ws2_LocalFree(Memory) };
}
