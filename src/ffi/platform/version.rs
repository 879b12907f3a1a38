//! Whether Windows is new enough: `VerSetConditionMask VerifyVersionInfo`. Programs are told Windows 10.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, truth};
use super::system::{VER_PLATFORM_WIN32_NT, VERSION};
use super::types::{BYTE, OSVERSIONINFOEXA, OSVERSIONINFOEXW, ULONGLONG};
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::platform::version::{self, Version};
use crate::sys::user::memory;

const ERROR_BAD_ARGUMENTS: Code = Code::from_number(160);
const ERROR_OLD_WIN_VERSION: Code = Code::from_number(1150);
/// `VER_NT_WORKSTATION`.
const WORKSTATION: u32 = 1;

/// `ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, DWORD TypeMask, BYTE Condition)`
///
/// Adds to a mask for [`VerifyVersionInfo`](ws2_VerifyVersionInfoA) how one number is compared: `TypeMask` is VER_MAJORVERSION and
/// the like, `Condition` 1 (equal), 2 (greater), 3 (greater or equal), 4 (less), 5 (less or equal); for suites 6 (all) or 7 (one).
///
/// # Returns
/// The mask.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_VerSetConditionMask(
    ConditionMask: ULONGLONG,
    TypeMask: DWORD,
    Condition: BYTE,
) -> ULONGLONG {
    version::with_condition(ConditionMask, TypeMask, Condition)
}

fn verify(wanted: Answer<Version>, bits: DWORD, mask: u64) -> BOOL {
    truth(wanted.and_then(|wanted| {
        let (major, minor, build) = VERSION;
        let platform = VER_PLATFORM_WIN32_NT;
        let is = Version {
            major,
            minor,
            build,
            platform,
            service_pack: (0, 0),
            suite: 0x100,
            product: WORKSTATION,
        };
        if bits == 0 || mask == 0 {
            return Err(ERROR_BAD_ARGUMENTS);
        }
        if version::is_as(is, wanted, bits, mask) { Ok(()) } else { Err(ERROR_OLD_WIN_VERSION) }
    }))
}

/// `BOOL VerifyVersionInfoA(LPOSVERSIONINFOEXA lpVersionInformation, DWORD dwTypeMask, ULONGLONG dwlConditionMask)`
///
/// Whether the system's version is what the structure says, in those of its numbers that `dwTypeMask` names, compared as
/// `VerSetConditionMask` says. It is 10.0, build 19045, a workstation.
///
/// # Errors
/// * `ERROR_OLD_WIN_VERSION` (1150): it is not.
/// * `ERROR_BAD_ARGUMENTS` (160): no number, or no condition.
/// * `ERROR_NOACCESS`: the structure cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpVersionInformation` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_VerifyVersionInfoA(
    lpVersionInformation: *mut OSVERSIONINFOEXA,
    dwTypeMask: DWORD,
    dwlConditionMask: ULONGLONG,
) -> BOOL {
    // SAFETY: an in pointer; any bytes are numbers.
    let given = unsafe { memory::read(lpVersionInformation.cast_const()) };
    let wanted = given.ok_or(Code::ERROR_NOACCESS).map(|given| Version {
        major: given.dwMajorVersion,
        minor: given.dwMinorVersion,
        build: given.dwBuildNumber,
        platform: given.dwPlatformId,
        service_pack: (given.wServicePackMajor.into(), given.wServicePackMinor.into()),
        suite: given.wSuiteMask.into(),
        product: given.wProductType.into(),
    });
    verify(wanted, dwTypeMask, dwlConditionMask)
}

/// `BOOL VerifyVersionInfoW(LPOSVERSIONINFOEXW lpVersionInformation, DWORD dwTypeMask, ULONGLONG dwlConditionMask)`
///
/// [`VerifyVersionInfoA`](ws2_VerifyVersionInfoA) with a text of 16-bit characters.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpVersionInformation` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_VerifyVersionInfoW(
    lpVersionInformation: *mut OSVERSIONINFOEXW,
    dwTypeMask: DWORD,
    dwlConditionMask: ULONGLONG,
) -> BOOL {
    // SAFETY: an in pointer; any bytes are numbers.
    let given = unsafe { memory::read(lpVersionInformation.cast_const()) };
    let wanted = given.ok_or(Code::ERROR_NOACCESS).map(|given| Version {
        major: given.dwMajorVersion,
        minor: given.dwMinorVersion,
        build: given.dwBuildNumber,
        platform: given.dwPlatformId,
        service_pack: (given.wServicePackMajor.into(), given.wServicePackMinor.into()),
        suite: given.wSuiteMask.into(),
        product: given.wProductType.into(),
    });
    verify(wanted, dwTypeMask, dwlConditionMask)
}
