//! Every function of the platform part with pointers that lead nowhere: an error code, and no crash.

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use crate::support::bad::WILD;
use crate::support::process::{alone, here};
use ws2_32::ffi::*;

/// No function sets it.
const MARK: i32 = 0x1234_5678;

const ERROR_INVALID_HANDLE: i32 = 6;
const ERROR_INVALID_PARAMETER: i32 = 87;
const ERROR_NOACCESS: i32 = 998;
const ERROR_INVALID_USER_BUFFER: i32 = 1784;

/// Runs a call that must fail; its code.
fn failed(what: &str, address: usize, call: impl FnOnce() -> bool) -> i32 {
    WSASetLastError(MARK);
    assert!(!call(), "{what} with {address:#x} has succeeded");
    WSAGetLastError()
}

/// Calls that write a result where the program says.
#[test]
fn places_for_results() {
    for at in WILD {
        let bytes = at as *mut c_void;
        // SAFETY: addresses that nothing is mapped at, which the functions are to notice.
        let calls: Vec<(&str, bool)> = unsafe {
            vec![
                ("QueryPerformanceCounter", ws2_QueryPerformanceCounter(bytes.cast()) != 0),
                ("QueryPerformanceFrequency", ws2_QueryPerformanceFrequency(bytes.cast()) != 0),
                ("FileTimeToSystemTime", ws2_FileTimeToSystemTime(bytes.cast(), bytes.cast()) != 0),
                ("SystemTimeToFileTime", ws2_SystemTimeToFileTime(bytes.cast(), bytes.cast()) != 0),
                ("FileTimeToLocalFileTime", ws2_FileTimeToLocalFileTime(bytes.cast(), bytes.cast()) != 0),
                ("LocalFileTimeToFileTime", ws2_LocalFileTimeToFileTime(bytes.cast(), bytes.cast()) != 0),
                ("GetTimeZoneInformation", ws2_GetTimeZoneInformation(bytes.cast()) != u32::MAX),
                ("GlobalMemoryStatusEx", ws2_GlobalMemoryStatusEx(bytes.cast()) != 0),
                ("GetVersionExA", ws2_GetVersionExA(bytes.cast()) != 0),
                ("GetVersionExW", ws2_GetVersionExW(bytes.cast()) != 0),
                ("GetComputerNameA", ws2_GetComputerNameA(bytes.cast(), bytes.cast()) != 0),
                ("GetComputerNameW", ws2_GetComputerNameW(bytes.cast(), bytes.cast()) != 0),
                ("GetUserNameA", ws2_GetUserNameA(bytes.cast(), bytes.cast()) != 0),
                ("GetCurrentDirectoryA", ws2_GetCurrentDirectoryA(5000, bytes.cast()) != 0),
                ("GetTempPathW", ws2_GetTempPathW(5000, bytes.cast()) != 0),
                ("GetModuleFileNameA", ws2_GetModuleFileNameA(null_mut(), bytes.cast(), 5000) != 0),
                ("VirtualQuery", ws2_VirtualQuery(null(), bytes.cast(), 48) != 0),
                ("timeGetDevCaps", ws2_timeGetDevCaps(bytes.cast(), 8) == 0),
                ("GetNumberOfInterfaces", ws2_GetNumberOfInterfaces(bytes.cast()) == 0),
                ("GetBestInterface", ws2_GetBestInterface(0x0100_007F, bytes.cast()) == 0),
                ("GetIpAddrTable", ws2_GetIpAddrTable(null_mut(), bytes.cast(), 0) == 0),
                (
                    "GetAdaptersAddresses",
                    ws2_GetAdaptersAddresses(0, 0, null_mut(), null_mut(), bytes.cast()) == 0,
                ),
                ("GetAdaptersInfo", ws2_GetAdaptersInfo(null_mut(), bytes.cast()) == 0),
                ("ConvertInterfaceIndexToLuid", ws2_ConvertInterfaceIndexToLuid(1, bytes.cast()) == 0),
                (
                    "ConvertInterfaceLuidToIndex",
                    ws2_ConvertInterfaceLuidToIndex(bytes.cast(), bytes.cast()) == 0,
                ),
                ("if_indextoname", !ws2_if_indextoname(1, bytes.cast()).is_null()),
                ("lstrcpyA", !ws2_lstrcpyA(bytes.cast(), c"x".as_ptr()).is_null()),
                ("lstrcatW", !ws2_lstrcatW(bytes.cast(), [65, 0].as_ptr()).is_null()),
                (
                    "MultiByteToWideChar",
                    ws2_MultiByteToWideChar(65001, 0, c"abc".as_ptr(), -1, bytes.cast(), 8) != 0,
                ),
                (
                    "FormatMessageA",
                    ws2_FormatMessageA(0x1000, null(), 2, 0, bytes.cast(), 100, null_mut()) != 0,
                ),
                (
                    "FormatMessageW",
                    ws2_FormatMessageW(0x1100, null(), 2, 0, bytes.cast(), 0, null_mut()) != 0,
                ),
            ]
        };
        for (name, succeeded) in calls {
            assert!(!succeeded, "{name} with {at:#x} has succeeded");
        }
        // SAFETY: likewise; these report nothing.
        unsafe {
            ws2_GetSystemTime(bytes.cast());
            ws2_GetLocalTime(bytes.cast());
            ws2_GetSystemTimeAsFileTime(bytes.cast());
            ws2_GetSystemInfo(bytes.cast());
            assert_eq!(ws2_CompareFileTime(bytes.cast(), bytes.cast()), 0);
            assert_eq!(ws2_lstrlenA(bytes.cast()), 0);
            assert_eq!(ws2_if_nametoindex(bytes.cast()), 0);
        }
    }
}

/// Calls that read a name.
#[test]
fn names() {
    for at in WILD {
        let narrow = at as *const c_char;
        let wide = at as *const u16;
        let (library, path) =
            if at == 0 { (ERROR_INVALID_PARAMETER, 3) } else { (ERROR_NOACCESS, ERROR_NOACCESS) };
        // SAFETY: addresses that nothing is mapped at, which the functions are to notice.
        unsafe {
            let none = null_mut();
            assert_eq!(failed("LoadLibraryA", at, || !ws2_LoadLibraryA(narrow).is_null()), library);
            assert_eq!(failed("LoadLibraryW", at, || !ws2_LoadLibraryW(wide).is_null()), library);
            let open = || ws2_CreateFileA(narrow, 0, 0, none, 3, 0, null_mut()) as usize != usize::MAX;
            assert_eq!(failed("CreateFileA", at, open), path);
            let open = || ws2_CreateFileW(wide, 0, 0, none, 3, 0, null_mut()) as usize != usize::MAX;
            assert_eq!(failed("CreateFileW", at, open), path);
            assert_eq!(failed("DeleteFileA", at, || ws2_DeleteFileA(narrow) != 0), path);
            assert_eq!(failed("MoveFileW", at, || ws2_MoveFileW(wide, wide) != 0), path);
            assert_eq!(failed("CopyFileA", at, || ws2_CopyFileA(narrow, narrow, 0) != 0), path);
            assert_eq!(failed("GetFileAttributesA", at, || ws2_GetFileAttributesA(narrow) != u32::MAX), path);
            assert_eq!(failed("CreateDirectoryA", at, || ws2_CreateDirectoryA(narrow, none) != 0), path);
            assert_eq!(failed("RemoveDirectoryW", at, || ws2_RemoveDirectoryW(wide) != 0), path);
            assert_eq!(failed("SetCurrentDirectoryA", at, || ws2_SetCurrentDirectoryA(narrow) != 0), path);
            let set = || ws2_SetEnvironmentVariableA(narrow, narrow) != 0;
            assert_eq!(failed("SetEnvironmentVariableA", at, set), library);
            let get = || ws2_GetEnvironmentVariableW(wide, null_mut(), 0) != 0;
            assert_eq!(
                failed("GetEnvironmentVariableW", at, get),
                if at == 0 { 203 } else { ERROR_NOACCESS }
            );
            if at != 0 {
                let boxed = || ws2_MessageBoxA(null_mut(), narrow, c"x".as_ptr(), 0) != 0;
                assert_eq!(failed("MessageBoxA", at, boxed), ERROR_NOACCESS);
                let find = || !ws2_GetModuleHandleA(narrow).is_null();
                assert_eq!(failed("GetModuleHandleA", at, find), ERROR_NOACCESS);
            }
            ws2_OutputDebugStringA(narrow);
            ws2_OutputDebugStringW(wide);
            assert_eq!(failed("SetConsoleTitleA", at, || ws2_SetConsoleTitleA(narrow) != 0), ERROR_NOACCESS);
            let module = ws2_LoadLibraryA(c"ws2_32".as_ptr());
            let find = || ws2_GetProcAddress(module, narrow).is_some();
            // A number below 65536 is that of an export.
            let code = if at < 65536 { 127 } else { ERROR_NOACCESS };
            if at != 1 {
                assert_eq!(failed("GetProcAddress", at, find), code);
            }
        }
    }
}

/// Handles that are none of a file, and blocks that are none.
#[test]
fn handles() {
    let closed = {
        let file = std::fs::File::open("/dev/null").unwrap();
        crate::support::calls::of(&file)
    };
    for handle in [usize::MAX, usize::MAX - 1, 0x7FFF_FFFF, 0x4000_0000, 1 << 40, closed + 100_000] {
        let h = handle as *mut c_void;
        let mut moved = 0_u32;
        let mut byte = 0_u8;
        // SAFETY: numbers that are no handles; places of this test.
        unsafe {
            let code = |what, call: &dyn Fn() -> bool| {
                assert_eq!(failed(what, handle, call), ERROR_INVALID_HANDLE, "{what}")
            };
            let (to, count) = ((&raw mut byte).cast(), &raw mut moved);
            code("ReadFile", &|| ws2_ReadFile(h, to, 1, count, null_mut()) != 0);
            code("WriteFile", &|| ws2_WriteFile(h, to, 1, count, null_mut()) != 0);
            code("SetFilePointer", &|| ws2_SetFilePointer(h, 0, null_mut(), 0) != u32::MAX);
            code("SetFilePointerEx", &|| ws2_SetFilePointerEx(h, 0, null_mut(), 0) != 0);
            code("SetEndOfFile", &|| ws2_SetEndOfFile(h) != 0);
            code("GetFileSize", &|| ws2_GetFileSize(h, null_mut()) != u32::MAX);
            code("GetFileType", &|| ws2_GetFileType(h) != 0);
            code("FlushFileBuffers", &|| ws2_FlushFileBuffers(h) != 0);
            code("GetFileTime", &|| ws2_GetFileTime(h, null_mut(), null_mut(), null_mut()) != 0);
            code("SetFileTime", &|| ws2_SetFileTime(h, null(), null(), null()) != 0);
            code("GetConsoleMode", &|| ws2_GetConsoleMode(h, count) != 0);
            code("SetConsoleMode", &|| ws2_SetConsoleMode(h, 0) != 0);
            code("SetConsoleTextAttribute", &|| ws2_SetConsoleTextAttribute(h, 0) != 0);
            code("WriteConsoleA", &|| ws2_WriteConsoleA(h, to, 1, count, null_mut()) != 0);
            code("HeapAlloc", &|| !ws2_HeapAlloc(h, 0, 1).is_null());
            code("HeapFree", &|| ws2_HeapFree(h, 0, to) != 0);
            code("HeapDestroy", &|| ws2_HeapDestroy(h) != 0);
        }
    }
    let heap = ws2_GetProcessHeap();
    // SAFETY: addresses that are no blocks, which the functions are to notice.
    unsafe {
        let block = ws2_HeapAlloc(heap, 0, 10);
        assert_eq!(ws2_HeapFree(heap, 0, block), 1);
        for at in WILD.into_iter().filter(|&at| at != 0).chain([block as usize, &raw const heap as usize]) {
            let none = at as *mut c_void;
            assert_eq!(failed("HeapFree", at, || ws2_HeapFree(heap, 0, none) != 0), ERROR_INVALID_PARAMETER);
            assert_eq!(
                failed("HeapSize", at, || ws2_HeapSize(heap, 0, none) != usize::MAX),
                ERROR_INVALID_PARAMETER
            );
            let resized = || !ws2_HeapReAlloc(heap, 0, none, 5).is_null();
            assert_eq!(failed("HeapReAlloc", at, resized), ERROR_INVALID_PARAMETER);
            assert_eq!(failed("LocalFree", at, || ws2_LocalFree(none).is_null()), ERROR_INVALID_HANDLE);
            assert_eq!(failed("GlobalLock", at, || !ws2_GlobalLock(none).is_null()), ERROR_INVALID_HANDLE);
        }
        // A block of one heap is none of another.
        let block = ws2_HeapAlloc(heap, 0, 10);
        let other = ws2_HeapCreate(0, 0, 0);
        assert_eq!(failed("HeapFree", 0, || ws2_HeapFree(other, 0, block) != 0), ERROR_INVALID_PARAMETER);
        assert_eq!(failed("LocalFree", 0, || ws2_LocalFree(block).is_null()), ERROR_INVALID_HANDLE);
        assert_eq!((ws2_HeapFree(heap, 0, block), ws2_HeapDestroy(other)), (1, 1));
        assert_eq!(failed("HeapDestroy", 0, || ws2_HeapDestroy(heap) != 0), ERROR_INVALID_HANDLE);
    }
}

/// A process without privileges, with a limit of none and of one page.
#[test]
fn memory_that_may_not_be_locked() {
    alone(here!("memory_that_may_not_be_locked"), || {
        const VERSION: u32 = 0x2008_0522;
        let (header, nothing) = ([VERSION, 0], [0_u32; 6]);
        // SAFETY: the kernel reads the two locals, which have its layout.
        let dropped = unsafe { libc::syscall(libc::SYS_capset, header.as_ptr(), nothing.as_ptr()) };
        assert_eq!(dropped, 0);
        for limit in [0, 4096] {
            // SAFETY: the kernel reads and writes a local; the pages are this test's.
            unsafe {
                let mut memory = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
                assert_eq!(libc::getrlimit(libc::RLIMIT_MEMLOCK, &raw mut memory), 0);
                memory.rlim_cur = limit;
                assert_eq!(libc::setrlimit(libc::RLIMIT_MEMLOCK, &raw const memory), 0);
                let pages = ws2_VirtualAlloc(null_mut(), 1 << 16, 0x3000, 4);
                assert!(!pages.is_null());
                let lock = || ws2_VirtualLock(pages, 1 << 16) != 0;
                // ERROR_WORKING_SET_QUOTA.
                assert_eq!(failed("VirtualLock", pages as usize, lock), 1453, "{limit}");
                assert_eq!(ws2_VirtualFree(pages, 0, 0x8000), 1);
            }
        }
    });
}

/// A buffer that cannot be touched is the kernel's to notice.
#[test]
fn buffers() {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, b"content").unwrap();
    let h = crate::support::calls::of(&file) as *mut c_void;
    let mut moved = 0_u32;
    for at in WILD {
        // SAFETY: addresses that nothing is mapped at, which the kernel notices.
        unsafe {
            ws2_SetFilePointer(h, 0, null_mut(), 0);
            let read = || ws2_ReadFile(h, at as *mut c_void, 4, &raw mut moved, null_mut()) != 0;
            assert_eq!(failed("ReadFile", at, read), ERROR_NOACCESS);
            let write = || ws2_WriteFile(h, at as *const c_void, 4, &raw mut moved, null_mut()) != 0;
            assert_eq!(failed("WriteFile", at, write), ERROR_INVALID_USER_BUFFER);
            let mut byte = 0_u8;
            if at != 0 {
                let read = || ws2_ReadFile(h, (&raw mut byte).cast(), 1, at as *mut u32, null_mut()) != 0;
                assert_eq!(failed("ReadFile", at, read), ERROR_NOACCESS);
            }
        }
    }
}
