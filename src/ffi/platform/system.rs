//! The machine, the system and the user.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, fill_sized, give, put, truth};
use super::types::{OSVERSIONINFOA, OSVERSIONINFOW, SYSTEM_INFO};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;
use crate::platform::region;
use crate::sys::platform::{environment, page};
use crate::sys::room;
use crate::sys::user::memory;

/// The version that programs are told: Windows 10, whose Winsock this library's is. Major, minor, build.
pub(super) const VERSION: (DWORD, DWORD, DWORD) = (10, 0, 19045);
pub(super) const VER_PLATFORM_WIN32_NT: DWORD = 2;
/// Room that a host's name has on Windows, with its end.
const COMPUTER_NAME_ROOM: usize = 16;

fn information() -> SYSTEM_INFO {
    let processors = environment::processors();
    let architecture = match environment::machine().to_bytes() {
        b"x86_64" => 9,
        b"aarch64" => 12,
        _ => 0xFFFF,
    };
    SYSTEM_INFO {
        wProcessorArchitecture: architecture,
        wReserved: 0,
        dwPageSize: DWORD::try_from(page::size()).unwrap_or(4096),
        lpMinimumApplicationAddress: region::GRANULARITY as *mut _,
        lpMaximumApplicationAddress: 0x7FFF_FFFE_FFFF_usize as *mut _,
        dwActiveProcessorMask: 1_usize.checked_shl(processors).map_or(usize::MAX, |bit| bit - 1),
        dwNumberOfProcessors: processors,
        dwProcessorType: if architecture == 9 { 8664 } else { 0 },
        dwAllocationGranularity: DWORD::try_from(region::GRANULARITY).unwrap_or(0),
        wProcessorLevel: 6,
        wProcessorRevision: 0,
    }
}

/// `void GetSystemInfo(LPSYSTEM_INFO lpSystemInfo)`
///
/// The machine: kind and number of processors that the process may use, page size. Memory that cannot be written is left
/// alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetSystemInfo(lpSystemInfo: *mut SYSTEM_INFO) {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpSystemInfo, information()) });
}

/// `void GetNativeSystemInfo(LPSYSTEM_INFO lpSystemInfo)`
///
/// The same.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemInfo` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNativeSystemInfo(lpSystemInfo: *mut SYSTEM_INFO) {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpSystemInfo, information()) });
}

/// The name as Windows has it: without its domain, in capitals, at most 15 bytes.
fn computer_name() -> Answer<Vec<u8>> {
    let name = crate::sys::process::machine::name();
    let first = name.to_bytes().split(|&byte| byte == b'.').next().unwrap_or_default();
    Ok(room::list(first.iter().take(COMPUTER_NAME_ROOM - 1).map(u8::to_ascii_uppercase))?)
}

/// `BOOL GetComputerNameA(LPSTR lpBuffer, LPDWORD nSize)`
///
/// The machine's name without its domain, in capitals, at most 15 characters. `nSize` gives the room and gets the length
/// without the end.
///
/// # Errors
/// * `ERROR_BUFFER_OVERFLOW`: it does not fit; `nSize` gets the room that it needs.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetComputerNameA(lpBuffer: *mut c_char, nSize: *mut DWORD) -> BOOL {
    // SAFETY: out pointers.
    let fill =
        |name: Vec<u8>| unsafe { fill_sized(lpBuffer, nSize, &name, false, Code::ERROR_BUFFER_OVERFLOW) };
    truth(computer_name().and_then(fill))
}

/// `BOOL GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize)`
///
/// [`GetComputerNameA`](ws2_GetComputerNameA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetComputerNameW(lpBuffer: *mut WCHAR, nSize: *mut DWORD) -> BOOL {
    // SAFETY: out pointers.
    let fill =
        |name: Vec<u8>| unsafe { fill_sized(lpBuffer, nSize, &name, false, Code::ERROR_BUFFER_OVERFLOW) };
    truth(computer_name().and_then(fill))
}

/// # Safety
/// Both are out pointers.
unsafe fn user_name<T: Unit>(to: *mut T, size: *mut DWORD) -> BOOL {
    let act = || -> Answer<()> {
        let name = environment::user()?.ok_or(Code::ERROR_NO_SUCH_USER)?;
        // SAFETY: passed on to the caller.
        unsafe { fill_sized(to, size, name.to_bytes(), true, Code::ERROR_INSUFFICIENT_BUFFER) }
    };
    truth(act())
}

/// `BOOL GetUserNameA(LPSTR lpBuffer, LPDWORD pcbBuffer)`
///
/// The name of the user that the process runs for. `pcbBuffer` gives the room and gets the length with the end.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: it does not fit; `pcbBuffer` gets the room that it needs.
/// * `ERROR_NO_SUCH_USER`: the system does not know the user's number.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetUserNameA(lpBuffer: *mut c_char, pcbBuffer: *mut DWORD) -> BOOL {
    // SAFETY: out pointers.
    unsafe { user_name(lpBuffer, pcbBuffer) }
}

/// `BOOL GetUserNameW(LPWSTR lpBuffer, LPDWORD pcbBuffer)`
///
/// [`GetUserNameA`](ws2_GetUserNameA) in 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetUserNameW(lpBuffer: *mut WCHAR, pcbBuffer: *mut DWORD) -> BOOL {
    // SAFETY: out pointers.
    unsafe { user_name(lpBuffer, pcbBuffer) }
}

/// `DWORD GetVersion(void)`
///
/// The version that programs are told, Windows 10: the major one in the lowest byte, the minor one in the next, the build
/// in the upper half.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetVersion() -> DWORD {
    let (major, minor, build) = VERSION;
    build << 16 | minor << 8 | major
}

/// Writes a version where the size in front is that of a structure that begins so.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn version<T: Copy>(to: *mut T, make: impl FnOnce(DWORD) -> T) -> BOOL {
    // SAFETY: passed on to the caller.
    truth(unsafe {
        memory::read(to.cast::<DWORD>().cast_const()).ok_or(Code::ERROR_NOACCESS).and_then(|size| {
            if (size as usize) < size_of::<T>() {
                return Err(Code::ERROR_INSUFFICIENT_BUFFER);
            }
            put(to, make(size))
        })
    })
}

/// `BOOL GetVersionExA(LPOSVERSIONINFOA lpVersionInformation)`
///
/// The version that programs are told: 10.0, build 19045, without a service pack. Of a longer structure the first 148 bytes
/// are written.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: `dwOSVersionInfoSize` is less than 148.
/// * `ERROR_NOACCESS`: `lpVersionInformation` cannot be read or written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpVersionInformation` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetVersionExA(lpVersionInformation: *mut OSVERSIONINFOA) -> BOOL {
    let (major, minor, build) = VERSION;
    // SAFETY: an out pointer.
    unsafe {
        version(lpVersionInformation, |size| OSVERSIONINFOA {
            dwOSVersionInfoSize: size,
            dwMajorVersion: major,
            dwMinorVersion: minor,
            dwBuildNumber: build,
            dwPlatformId: VER_PLATFORM_WIN32_NT,
            szCSDVersion: [0; 128],
        })
    }
}

/// `BOOL GetVersionExW(LPOSVERSIONINFOW lpVersionInformation)`
///
/// [`GetVersionExA`](ws2_GetVersionExA) with a text of 16-bit characters, in 276 bytes.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpVersionInformation` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetVersionExW(lpVersionInformation: *mut OSVERSIONINFOW) -> BOOL {
    let (major, minor, build) = VERSION;
    // SAFETY: an out pointer.
    unsafe {
        version(lpVersionInformation, |size| OSVERSIONINFOW {
            dwOSVersionInfoSize: size,
            dwMajorVersion: major,
            dwMinorVersion: minor,
            dwBuildNumber: build,
            dwPlatformId: VER_PLATFORM_WIN32_NT,
            szCSDVersion: [0; 128],
        })
    }
}

/// `int GetSystemMetrics(int nIndex)`
///
/// Measures of the screen, which there is none of.
///
/// # Returns
/// 0 for every index.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetSystemMetrics(nIndex: i32) -> i32 {
    let _ = nIndex;
    give(Ok(0), 0)
}
