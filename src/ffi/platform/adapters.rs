//! Single questions about network adapters.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;
use std::net::Ipv4Addr;

use super::adapter_types::{MIB_IPADDRROW, MIB_IPADDRTABLE, NET_IFINDEX, NET_LUID};
use super::answer::{Answer, Unit, len, needed, put, put_all};
use super::types::{SIZE_T, ULONG};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::sys::platform::adapter::{self as adapters, Adapter};
use crate::sys::platform::adapters as system;
use crate::sys::room;
use crate::sys::user::memory;

/// The function's result: 0 or the error.
fn code(answer: Answer<()>) -> DWORD {
    answer.map_or_else(Code::number, |()| 0)
}

fn by(test: impl Fn(&Adapter) -> bool) -> Answer<Option<Adapter>> {
    Ok(system::all()?.into_iter().find(test))
}

/// # Safety
/// `name` is an in pointer.
unsafe fn by_name<T: Unit>(name: *const T) -> Answer<Option<Adapter>> {
    // SAFETY: passed on to the caller.
    match unsafe { needed(name, Code::ERROR_INVALID_PARAMETER) } {
        Ok(name) => by(|adapter| adapter.name.as_bytes() == name),
        Err(Code::ERROR_NOT_ENOUGH_MEMORY) => Err(Code::ERROR_NOT_ENOUGH_MEMORY),
        Err(_) => Ok(None),
    }
}

/// `DWORD GetNumberOfInterfaces(PDWORD pdwNumIf)`
///
/// How many network adapters there are.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `pdwNumIf` cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pdwNumIf` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNumberOfInterfaces(pdwNumIf: *mut DWORD) -> DWORD {
    let act = || -> Answer<()> {
        let count = DWORD::try_from(system::all()?.len()).unwrap_or(DWORD::MAX);
        // SAFETY: an out pointer.
        unsafe { put(pdwNumIf, count) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)
    };
    code(act())
}

/// `DWORD GetBestInterface(ULONG dwDestAddr, PDWORD pdwBestIfIndex)`
///
/// The number of the adapter by which packets to an address of IPv4, in network order, leave.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_NETWORK_UNREACHABLE` (1231): no route leads there.
/// * `ERROR_INVALID_PARAMETER`: `pdwBestIfIndex` cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pdwBestIfIndex` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetBestInterface(dwDestAddr: ULONG, pdwBestIfIndex: *mut DWORD) -> DWORD {
    const UNREACHABLE: Code = Code::from_number(1231);
    let to = Ipv4Addr::from(dwDestAddr.to_ne_bytes());
    let act = || -> Answer<()> {
        let mine = by(|adapter| {
            to.is_loopback() && adapter.is_loopback() || adapter.all_v4().any(|(own, _)| own == to)
        })?;
        let adapter = match mine {
            Some(mine) => mine,
            None => {
                let routes = system::routes()?;
                let name = adapters::best_interface(&routes, to).ok_or(UNREACHABLE)?;
                by(|adapter| adapter.name == name)?.ok_or(UNREACHABLE)?
            }
        };
        // SAFETY: an out pointer.
        unsafe { put(pdwBestIfIndex, adapter.index) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)
    };
    code(act())
}

/// `DWORD GetIpAddrTable(PMIB_IPADDRTABLE pIpAddrTable, PULONG pdwSize, BOOL bOrder)`
///
/// The addresses of IPv4 that the machine has, with masks, in the order of the adapters' numbers or, with `bOrder`, of the
/// addresses. `pdwSize` gives the room in bytes and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: there is too little room, or `pIpAddrTable` is NULL.
/// * `ERROR_INVALID_PARAMETER`: `pdwSize` is bad, or the table cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pIpAddrTable` and `pdwSize` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetIpAddrTable(
    pIpAddrTable: *mut MIB_IPADDRTABLE,
    pdwSize: *mut ULONG,
    bOrder: BOOL,
) -> DWORD {
    let act = || -> Answer<()> {
        let mut rows = Vec::new();
        for adapter in system::all()? {
            for (address, prefix) in adapter.all_v4() {
                let row = MIB_IPADDRROW {
                    dwAddr: u32::from_ne_bytes(address.octets()),
                    dwIndex: adapter.index,
                    dwMask: u32::from_ne_bytes(adapters::mask(prefix).octets()),
                    dwBCastAddr: 1,
                    dwReasmSize: 65535,
                    unused1: 0,
                    wType: 1,
                };
                room::push(&mut rows, row)?;
            }
        }
        if bOrder != 0 {
            rows.sort_unstable_by_key(|row| (u32::from_be(row.dwAddr), row.dwIndex));
        }
        let bytes = size_of::<DWORD>() + size_of_val(rows.as_slice());
        let needed = ULONG::try_from(bytes).unwrap_or(ULONG::MAX);
        let count = DWORD::try_from(rows.len()).unwrap_or(0);
        // SAFETY: out pointers.
        unsafe {
            let given = memory::read(pdwSize.cast_const()).ok_or(Code::ERROR_INVALID_PARAMETER)?;
            put(pdwSize, needed)?;
            if pIpAddrTable.is_null() || len(given) < bytes {
                return Err(Code::ERROR_INSUFFICIENT_BUFFER);
            }
            put(pIpAddrTable.cast::<DWORD>(), count)?;
            put_all(pIpAddrTable.wrapping_byte_add(size_of::<DWORD>()).cast::<MIB_IPADDRROW>(), &rows)
        }
    };
    code(
        act().map_err(|code| if code == Code::ERROR_NOACCESS { Code::ERROR_INVALID_PARAMETER } else { code }),
    )
}

/// `NET_IFINDEX if_nametoindex(PCSTR InterfaceName)`
///
/// The number of the adapter with a name of Linux'.
///
/// # Returns
/// The number, or 0, also without memory to look; the last error is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_if_nametoindex(InterfaceName: *const c_char) -> NET_IFINDEX {
    // SAFETY: an in pointer.
    unsafe { by_name(InterfaceName) }.ok().flatten().map_or(0, |adapter| adapter.index)
}

/// `char *if_indextoname(NET_IFINDEX InterfaceIndex, PCHAR InterfaceName)`
///
/// The name of the adapter with a number, in room for IF_NAMESIZE (256) bytes, of which Linux' names need 16.
///
/// # Returns
/// `InterfaceName`, or NULL, also without memory to look; the last error is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceName` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_if_indextoname(
    InterfaceIndex: NET_IFINDEX,
    InterfaceName: *mut c_char,
) -> *mut c_char {
    let found = by(|adapter| adapter.index == InterfaceIndex).ok().flatten();
    let name = found.and_then(|adapter| c_char::ended(adapter.name.as_bytes()).ok());
    // SAFETY: an out pointer.
    let written = name.is_some_and(|name| unsafe { put_all(InterfaceName, &name) }.is_ok());
    if written { InterfaceName } else { std::ptr::null_mut() }
}

/// `DWORD ConvertInterfaceIndexToLuid(NET_IFINDEX InterfaceIndex, PNET_LUID InterfaceLuid)`
///
/// The kind and number of an adapter in 64 bits, which are 0 after an error.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// `ERROR_FILE_NOT_FOUND`: there is no such adapter. `ERROR_INVALID_PARAMETER`: `InterfaceLuid` cannot be written.
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceLuid` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceIndexToLuid(
    InterfaceIndex: NET_IFINDEX,
    InterfaceLuid: *mut NET_LUID,
) -> DWORD {
    let act = || -> Answer<()> {
        // SAFETY: an out pointer.
        unsafe { put(InterfaceLuid, 0) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        let found = by(|adapter| adapter.index == InterfaceIndex)?.ok_or(Code::ERROR_FILE_NOT_FOUND)?;
        // SAFETY: likewise.
        unsafe { put(InterfaceLuid, found.luid()) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)
    };
    code(act())
}

/// `DWORD ConvertInterfaceLuidToIndex(const NET_LUID *InterfaceLuid, PNET_IFINDEX InterfaceIndex)`
///
/// The number of the adapter of an `IF_LUID`.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// `ERROR_FILE_NOT_FOUND`: there is no such adapter. `ERROR_INVALID_PARAMETER`: a pointer is bad.
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceLuid` is an in pointer, `InterfaceIndex` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceLuidToIndex(
    InterfaceLuid: *const NET_LUID,
    InterfaceIndex: *mut NET_IFINDEX,
) -> DWORD {
    // SAFETY: an in pointer and an out pointer.
    code(unsafe {
        memory::read(InterfaceLuid).ok_or(Code::ERROR_INVALID_PARAMETER).and_then(|luid| {
            there(InterfaceIndex)?;
            let found = by(|adapter| adapter.luid() == luid)?.ok_or(Code::ERROR_FILE_NOT_FOUND)?;
            put(InterfaceIndex, found.index).map_err(|_| Code::ERROR_INVALID_PARAMETER)
        })
    })
}

/// Refuses NULL.
fn there<T>(to: *mut T) -> Answer<()> {
    if to.is_null() { Err(Code::ERROR_INVALID_PARAMETER) } else { Ok(()) }
}

/// # Safety
/// `name` is an in pointer, `to` an out pointer.
unsafe fn name_to_luid<T: Unit>(name: *const T, to: *mut NET_LUID, wide: bool) -> DWORD {
    if wide && let Err(none) = there(to) {
        return none.number();
    }
    // SAFETY: passed on to the caller.
    code(unsafe {
        // ERROR_INVALID_NAME for what is none, as Windows reports it.
        by_name(name)
            .and_then(|found| found.ok_or(Code::ERROR_INVALID_NAME))
            .and_then(|adapter| put(to, adapter.luid()).map_err(|_| Code::ERROR_INVALID_PARAMETER))
    })
}

/// # Safety
/// `luid` is an in pointer, `to` an out pointer.
unsafe fn luid_to_name<T: Unit>(luid: *const NET_LUID, to: *mut T, room: SIZE_T, wide: bool) -> DWORD {
    // SAFETY: passed on to the caller.
    code(unsafe {
        memory::read(luid).ok_or(Code::ERROR_INVALID_PARAMETER).and_then(|luid| {
            if wide {
                there(to)?;
            }
            let adapter = by(|adapter| adapter.luid() == luid)?.ok_or(Code::ERROR_INVALID_NAME)?;
            let units = T::ended(adapter.name.as_bytes())?;
            if room < units.len() {
                return Err(Code::ERROR_NOT_ENOUGH_MEMORY);
            }
            put_all(to, &units).map_err(|_| Code::ERROR_INVALID_PARAMETER)
        })
    })
}

/// `DWORD ConvertInterfaceNameToLuidA(const CHAR *InterfaceName, PNET_LUID InterfaceLuid)`
///
/// The `IF_LUID` of the adapter with a name of Linux'.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// `ERROR_INVALID_NAME`: there is none. `ERROR_INVALID_PARAMETER`: `InterfaceLuid` cannot be written.
/// `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceName` is an in pointer, `InterfaceLuid` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceNameToLuidA(
    InterfaceName: *const c_char,
    InterfaceLuid: *mut NET_LUID,
) -> DWORD {
    // SAFETY: an in pointer and an out pointer.
    unsafe { name_to_luid(InterfaceName, InterfaceLuid, false) }
}

/// `DWORD ConvertInterfaceNameToLuidW(const WCHAR *InterfaceName, PNET_LUID InterfaceLuid)`
///
/// Likewise with a name in 16-bit characters.
///
/// # Returns
/// As [`ConvertInterfaceNameToLuidA`](ws2_ConvertInterfaceNameToLuidA).
///
/// # Errors
/// As there; where both pointers are NULL, `ERROR_INVALID_PARAMETER`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceName` is an in pointer, `InterfaceLuid` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceNameToLuidW(
    InterfaceName: *const WCHAR,
    InterfaceLuid: *mut NET_LUID,
) -> DWORD {
    // SAFETY: an in pointer and an out pointer.
    unsafe { name_to_luid(InterfaceName, InterfaceLuid, true) }
}

/// `DWORD ConvertInterfaceLuidToNameA(const NET_LUID *InterfaceLuid, PSTR InterfaceName, SIZE_T Length)`
///
/// The name of the adapter of an `IF_LUID`, in room for `Length` bytes.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INVALID_NAME`: there is no such adapter.
/// * `ERROR_NOT_ENOUGH_MEMORY`: there is too little room, or no memory.
/// * `ERROR_INVALID_PARAMETER`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceLuid` is an in pointer, `InterfaceName` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceLuidToNameA(
    InterfaceLuid: *const NET_LUID,
    InterfaceName: *mut c_char,
    Length: SIZE_T,
) -> DWORD {
    // SAFETY: an in pointer and an out pointer.
    unsafe { luid_to_name(InterfaceLuid, InterfaceName, Length, false) }
}

/// `DWORD ConvertInterfaceLuidToNameW(const NET_LUID *InterfaceLuid, PWSTR InterfaceName, SIZE_T Length)`
///
/// Likewise in 16-bit characters, of which `Length` is the count.
///
/// # Returns
/// As [`ConvertInterfaceLuidToNameA`](ws2_ConvertInterfaceLuidToNameA).
///
/// # Errors
/// As there; where `InterfaceName` is NULL, `ERROR_INVALID_PARAMETER` in any case.
///
/// Source: Windows documentation.
///
/// # Safety
/// `InterfaceLuid` is an in pointer, `InterfaceName` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ConvertInterfaceLuidToNameW(
    InterfaceLuid: *const NET_LUID,
    InterfaceName: *mut WCHAR,
    Length: SIZE_T,
) -> DWORD {
    // SAFETY: an in pointer and an out pointer.
    unsafe { luid_to_name(InterfaceLuid, InterfaceName, Length, true) }
}
