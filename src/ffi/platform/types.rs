//! The types of these functions, with the layout of 64-bit Windows.

#![allow(non_snake_case, missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
#![allow(non_camel_case_types, reason = "C's names")]

use std::ffi::c_void;

pub use super::program_types::*;

use crate::ffi::types::{BOOL, DWORD, LONG, WCHAR, WORD};

/// A file's descriptor, or an object's number.
pub type HANDLE = *mut c_void;
/// A loaded library.
pub type HMODULE = *mut c_void;
/// A block of `LocalAlloc`.
pub type HLOCAL = *mut c_void;
/// A block of `GlobalAlloc`.
pub type HGLOBAL = *mut c_void;
/// A window; there are none here.
pub type HWND = *mut c_void;
/// 16-bit text of the program's.
pub type LPCWSTR = *const WCHAR;
/// Room for 16-bit text.
pub type LPWSTR = *mut WCHAR;
/// An unsigned number of a pointer's size.
pub type SIZE_T = usize;
/// Likewise.
pub type ULONG_PTR = usize;
/// 32 bits.
pub type ULONG = u32;
/// 32 bits.
pub type UINT = u32;
/// What `SetConsoleCtrlHandler` registers.
pub type PHANDLER_ROUTINE = Option<unsafe extern "C" fn(DWORD) -> BOOL>;

/// 100 nanoseconds since the beginning of 1601, in two halves.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FILETIME {
    pub dwLowDateTime: DWORD,
    pub dwHighDateTime: DWORD,
}

/// A date and a time of day.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SYSTEMTIME {
    pub wYear: WORD,
    pub wMonth: WORD,
    pub wDayOfWeek: WORD,
    pub wDay: WORD,
    pub wHour: WORD,
    pub wMinute: WORD,
    pub wSecond: WORD,
    pub wMilliseconds: WORD,
}

/// The local time zone.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TIME_ZONE_INFORMATION {
    pub Bias: LONG,
    pub StandardName: [WCHAR; 32],
    pub StandardDate: SYSTEMTIME,
    pub StandardBias: LONG,
    pub DaylightName: [WCHAR; 32],
    pub DaylightDate: SYSTEMTIME,
    pub DaylightBias: LONG,
}

/// Whether a handle goes to child processes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SECURITY_ATTRIBUTES {
    pub nLength: DWORD,
    pub lpSecurityDescriptor: *mut c_void,
    pub bInheritHandle: BOOL,
}

/// 64 bits; on Windows a union with its halves.
pub type LARGE_INTEGER = i64;
/// 64 bits.
pub type ULONGLONG = u64;
/// 8 bits.
pub type BYTE = u8;
/// 0 or 1 in 8 bits.
pub type BOOLEAN = u8;

/// The machine.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SYSTEM_INFO {
    pub wProcessorArchitecture: WORD,
    pub wReserved: WORD,
    pub dwPageSize: DWORD,
    pub lpMinimumApplicationAddress: *mut c_void,
    pub lpMaximumApplicationAddress: *mut c_void,
    pub dwActiveProcessorMask: usize,
    pub dwNumberOfProcessors: DWORD,
    pub dwProcessorType: DWORD,
    pub dwAllocationGranularity: DWORD,
    pub wProcessorLevel: WORD,
    pub wProcessorRevision: WORD,
}

/// The machine's memory.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MEMORYSTATUSEX {
    pub dwLength: DWORD,
    pub dwMemoryLoad: DWORD,
    pub ullTotalPhys: u64,
    pub ullAvailPhys: u64,
    pub ullTotalPageFile: u64,
    pub ullAvailPageFile: u64,
    pub ullTotalVirtual: u64,
    pub ullAvailVirtual: u64,
    pub ullAvailExtendedVirtual: u64,
}

/// Pages with the same rights.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MEMORY_BASIC_INFORMATION {
    pub BaseAddress: *mut c_void,
    pub AllocationBase: *mut c_void,
    pub AllocationProtect: DWORD,
    pub PartitionId: WORD,
    pub RegionSize: SIZE_T,
    pub State: DWORD,
    pub Protect: DWORD,
    pub Type: DWORD,
}

/// The version of Windows, with a text of one byte per character.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OSVERSIONINFOA {
    pub dwOSVersionInfoSize: DWORD,
    pub dwMajorVersion: DWORD,
    pub dwMinorVersion: DWORD,
    pub dwBuildNumber: DWORD,
    pub dwPlatformId: DWORD,
    pub szCSDVersion: [i8; 128],
}

/// Likewise with a text of 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OSVERSIONINFOW {
    pub dwOSVersionInfoSize: DWORD,
    pub dwMajorVersion: DWORD,
    pub dwMinorVersion: DWORD,
    pub dwBuildNumber: DWORD,
    pub dwPlatformId: DWORD,
    pub szCSDVersion: [WCHAR; 128],
}

/// What a directory says of a file.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WIN32_FILE_ATTRIBUTE_DATA {
    pub dwFileAttributes: DWORD,
    pub ftCreationTime: FILETIME,
    pub ftLastAccessTime: FILETIME,
    pub ftLastWriteTime: FILETIME,
    pub nFileSizeHigh: DWORD,
    pub nFileSizeLow: DWORD,
}

/// A file that a search has found.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct WIN32_FIND_DATAA {
    pub dwFileAttributes: DWORD,
    pub ftCreationTime: FILETIME,
    pub ftLastAccessTime: FILETIME,
    pub ftLastWriteTime: FILETIME,
    pub nFileSizeHigh: DWORD,
    pub nFileSizeLow: DWORD,
    pub dwReserved0: DWORD,
    pub dwReserved1: DWORD,
    pub cFileName: [std::ffi::c_char; 260],
    pub cAlternateFileName: [std::ffi::c_char; 14],
}

/// Likewise with names in 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct WIN32_FIND_DATAW {
    pub dwFileAttributes: DWORD,
    pub ftCreationTime: FILETIME,
    pub ftLastAccessTime: FILETIME,
    pub ftLastWriteTime: FILETIME,
    pub nFileSizeHigh: DWORD,
    pub nFileSizeLow: DWORD,
    pub dwReserved0: DWORD,
    pub dwReserved1: DWORD,
    pub cFileName: [WCHAR; 260],
    pub cAlternateFileName: [WCHAR; 14],
}

/// A place on the console.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct COORD {
    pub X: i16,
    pub Y: i16,
}

/// A key of the console's input: the only kind of event that there is here.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct INPUT_RECORD {
    pub EventType: WORD,
    pub reserved: WORD,
    pub bKeyDown: BOOL,
    pub wRepeatCount: WORD,
    pub wVirtualKeyCode: WORD,
    pub wVirtualScanCode: WORD,
    pub UnicodeChar: WCHAR,
    pub dwControlKeyState: DWORD,
}

/// A cell of the console's screen.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CHAR_INFO {
    pub UnicodeChar: WCHAR,
    pub Attributes: WORD,
}

/// A part of the console.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct SMALL_RECT {
    pub Left: i16,
    pub Top: i16,
    pub Right: i16,
    pub Bottom: i16,
}

/// The console.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct CONSOLE_SCREEN_BUFFER_INFO {
    pub dwSize: COORD,
    pub dwCursorPosition: COORD,
    pub wAttributes: WORD,
    pub srWindow: SMALL_RECT,
    pub dwMaximumWindowSize: COORD,
}

/// What timers can do.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct TIMECAPS {
    pub wPeriodMin: UINT,
    pub wPeriodMax: UINT,
}

const _: () = {
    assert!(size_of::<TIME_ZONE_INFORMATION>() == 172);
    assert!(size_of::<SECURITY_ATTRIBUTES>() == 24);
    assert!(size_of::<SYSTEM_INFO>() == 48);
    assert!(size_of::<MEMORYSTATUSEX>() == 64);
    assert!(size_of::<MEMORY_BASIC_INFORMATION>() == 48);
    assert!(size_of::<OSVERSIONINFOA>() == 148);
    assert!(size_of::<OSVERSIONINFOW>() == 276);
    assert!(size_of::<WIN32_FILE_ATTRIBUTE_DATA>() == 36);
    assert!(size_of::<WIN32_FIND_DATAA>() == 320);
    assert!(size_of::<WIN32_FIND_DATAW>() == 592);
    assert!(size_of::<CONSOLE_SCREEN_BUFFER_INFO>() == 22);
};

/// The cursor of the console.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CONSOLE_CURSOR_INFO {
    pub dwSize: DWORD,
    pub bVisible: BOOL,
}

/// A version with service pack and kind of product.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OSVERSIONINFOEXA {
    pub dwOSVersionInfoSize: DWORD,
    pub dwMajorVersion: DWORD,
    pub dwMinorVersion: DWORD,
    pub dwBuildNumber: DWORD,
    pub dwPlatformId: DWORD,
    pub szCSDVersion: [std::ffi::c_char; 128],
    pub wServicePackMajor: WORD,
    pub wServicePackMinor: WORD,
    pub wSuiteMask: WORD,
    pub wProductType: u8,
    pub wReserved: u8,
}

/// A version with service pack and kind of product.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OSVERSIONINFOEXW {
    pub dwOSVersionInfoSize: DWORD,
    pub dwMajorVersion: DWORD,
    pub dwMinorVersion: DWORD,
    pub dwBuildNumber: DWORD,
    pub dwPlatformId: DWORD,
    pub szCSDVersion: [WCHAR; 128],
    pub wServicePackMajor: WORD,
    pub wServicePackMinor: WORD,
    pub wSuiteMask: WORD,
    pub wProductType: u8,
    pub wReserved: u8,
}

/// How a serial line is set: 28 bytes. The bits of `flags` are Windows' fields of one or two bits, the lowest first.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct DCB {
    pub DCBlength: DWORD,
    pub BaudRate: DWORD,
    pub flags: DWORD,
    pub wReserved: WORD,
    pub XonLim: WORD,
    pub XoffLim: WORD,
    pub ByteSize: u8,
    pub Parity: u8,
    pub StopBits: u8,
    pub XonChar: u8,
    pub XoffChar: u8,
    pub ErrorChar: u8,
    pub EofChar: u8,
    pub EvtChar: u8,
    pub wReserved1: WORD,
}
const _: () = assert!(size_of::<DCB>() == 28);

/// How long reading from a serial line and writing to it may take, in milliseconds.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct COMMTIMEOUTS {
    pub ReadIntervalTimeout: DWORD,
    pub ReadTotalTimeoutMultiplier: DWORD,
    pub ReadTotalTimeoutConstant: DWORD,
    pub WriteTotalTimeoutMultiplier: DWORD,
    pub WriteTotalTimeoutConstant: DWORD,
}

/// What waits in a serial line.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct COMSTAT {
    pub flags: DWORD,
    pub cbInQue: DWORD,
    pub cbOutQue: DWORD,
}
