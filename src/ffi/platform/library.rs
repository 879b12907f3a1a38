//! Loading libraries by name. Windows' own, as far as their functions are here, are this library itself, so that nothing is
//! loaded twice.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, c_text, count, give, len, needed, put, put_all, set, truth};
use super::functions::{Library, program};
use super::types::{HANDLE, HMODULE};
use crate::ffi::types::{BOOL, DWORD, FARPROC, WCHAR};
use crate::platform::code::Code;
use crate::platform::command;
use crate::platform::library::{self as loaded, canonical, ordinal};
use crate::sys::platform::{environment, library};
use crate::sys::room;
use crate::sys::user::memory;

/// Every flag that `LoadLibraryEx` has.
const LOAD_LIBRARY_FLAGS: DWORD = 0x7FFB;

/// The handle of one of Windows' libraries that are here.
fn own(name: &[u8]) -> Option<usize> {
    Library::named(canonical(name)).map(Library::handle)
}

/// A library of Linux that was just opened, or closed again.
fn noted(opened: usize) -> Answer<usize> {
    loaded::note(opened).map(|()| opened).inspect_err(|_| {
        // SAFETY: opened just now, and nothing of it is in use.
        unsafe { library::close(opened) };
    })
}

/// What becomes of the count of a library that is loaded already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// It is told and not loaded. What others have loaded counts once, however often it is asked for.
    Not,
    /// It is loaded once more.
    Once,
    /// It stays.
    ForEver,
}

impl Counts {
    /// GET_MODULE_HANDLE_EX_FLAG_PIN, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT: they exclude each other.
    fn from_flags(flags: DWORD) -> Answer<Self> {
        match flags {
            0 => Ok(Self::Once),
            1 => Ok(Self::ForEver),
            2 => Ok(Self::Not),
            _ => Err(Code::ERROR_INVALID_PARAMETER),
        }
    }
}

/// # Safety
/// `name` is an in pointer.
unsafe fn find<T: Unit>(name: *const T, counts: Counts) -> Answer<usize> {
    if name.is_null() {
        return Ok(program());
    }
    // SAFETY: passed on to the caller.
    let name = unsafe { needed(name, Code::ERROR_INVALID_PARAMETER) }?;
    if let Some(own) = own(&name) {
        return Ok(own);
    }
    match library::find(&c_text(&name)?) {
        0 => Err(Code::ERROR_MOD_NOT_FOUND),
        found if counts == Counts::ForEver => loaded::pin(found).map(|()| found).inspect_err(|_| {
            // SAFETY: opened just now, and nothing of it is in use.
            unsafe { library::close(found) };
        }),
        found if counts == Counts::Not && loaded::is_loaded(found) => {
            // SAFETY: opened just now, and it stays open.
            unsafe { library::close(found) };
            Ok(found)
        }
        found => noted(found),
    }
}

/// # Safety
/// `name` is an in pointer.
unsafe fn load<T: Unit>(name: *const T) -> HMODULE {
    let act = || -> Answer<usize> {
        // SAFETY: passed on to the caller.
        let name = unsafe { needed(name, Code::ERROR_INVALID_PARAMETER) }?;
        if let Some(own) = own(&name) {
            return Ok(own);
        }
        if name.is_empty() {
            return Err(Code::ERROR_INVALID_PARAMETER);
        }
        match library::open(&c_text(&command::slashes(&name)?)?) {
            0 => Err(Code::ERROR_MOD_NOT_FOUND),
            opened => noted(opened),
        }
    };
    give(act(), 0) as HMODULE
}

/// `HMODULE LoadLibraryA(LPCSTR lpLibFileName)`
///
/// Loads a library. `ws2_32.dll`, `wsock32.dll`, `mswsock.dll`, `kernel32.dll`, `user32.dll`, `advapi32.dll`, `winmm.dll`,
/// `iphlpapi.dll` and `ntdll.dll`, in any letter case, with or without directories and `.dll`, are this library itself; every other name is
/// that of a shared library of Linux.
///
/// # Returns
/// The library, or NULL.
///
/// # Errors
/// * `ERROR_MOD_NOT_FOUND`: there is none of that name, or it cannot be loaded.
/// * `ERROR_INVALID_PARAMETER`: the name is NULL or empty.
/// * `ERROR_NOACCESS`: it cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpLibFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LoadLibraryA(lpLibFileName: *const c_char) -> HMODULE {
    // SAFETY: an in pointer.
    unsafe { load(lpLibFileName) }
}

/// `HMODULE LoadLibraryW(LPCWSTR lpLibFileName)`
///
/// [`LoadLibraryA`](ws2_LoadLibraryA) with a name in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpLibFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LoadLibraryW(lpLibFileName: *const WCHAR) -> HMODULE {
    // SAFETY: an in pointer.
    unsafe { load(lpLibFileName) }
}

/// # Safety
/// `name` is an in pointer.
unsafe fn load_ex<T: Unit>(name: *const T, reserved: HANDLE, flags: DWORD) -> HMODULE {
    if !reserved.is_null() || flags & !LOAD_LIBRARY_FLAGS != 0 {
        set(Code::ERROR_INVALID_PARAMETER);
        return std::ptr::null_mut();
    }
    // SAFETY: passed on to the caller.
    unsafe { load(name) }
}

/// `HMODULE LoadLibraryExA(LPCSTR lpLibFileName, HANDLE hFile, DWORD dwFlags)`
///
/// [`LoadLibraryA`](ws2_LoadLibraryA); the flags, which say where to look and what not to run, have no effect.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there, and `ERROR_INVALID_PARAMETER`: a flag that Windows does not have, or `hFile`, which is reserved, is not NULL.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpLibFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LoadLibraryExA(
    lpLibFileName: *const c_char,
    hFile: HANDLE,
    dwFlags: DWORD,
) -> HMODULE {
    // SAFETY: an in pointer.
    unsafe { load_ex(lpLibFileName, hFile, dwFlags) }
}

/// `HMODULE LoadLibraryExW(LPCWSTR lpLibFileName, HANDLE hFile, DWORD dwFlags)`
///
/// Likewise with a name in 16-bit characters.
///
/// # Returns
/// As [`LoadLibraryA`](ws2_LoadLibraryA).
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpLibFileName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LoadLibraryExW(
    lpLibFileName: *const WCHAR,
    hFile: HANDLE,
    dwFlags: DWORD,
) -> HMODULE {
    // SAFETY: an in pointer.
    unsafe { load_ex(lpLibFileName, hFile, dwFlags) }
}

/// `BOOL FreeLibrary(HMODULE hLibModule)`
///
/// Gives a library back, which goes with the last time that it was loaded. Those that are this library itself stay, and so does what
/// [`GetModuleHandleEx`](ws2_GetModuleHandleExA) has pinned.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: NULL. `ERROR_MOD_NOT_FOUND`: none that `LoadLibrary` or `GetModuleHandle` gave, or it was given back.
///
/// Source: Windows documentation.
///
/// # Safety
/// Nothing of the library is in use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FreeLibrary(hLibModule: HMODULE) -> BOOL {
    let handle = hLibModule as usize;
    truth(match handle {
        0 => Err(Code::ERROR_INVALID_HANDLE),
        own if Library::behind(own).is_some() || own == program() => Ok(()),
        other => loaded::give_back(other).and_then(|goes| {
            // SAFETY: the library is loaded, as just found; that nothing of it is in use is the caller's affair.
            let done = !goes || unsafe { library::close(other) };
            done.then_some(()).ok_or(Code::ERROR_MOD_NOT_FOUND)
        }),
    })
}

/// `FARPROC GetProcAddress(HMODULE hModule, LPCSTR lpProcName)`
///
/// A function of a library by its name; of `ws2_32` also by the number that Windows' library exports it under.
///
/// # Returns
/// The function, or NULL.
///
/// # Errors
/// * `ERROR_PROC_NOT_FOUND`: the library has no such function; COMPATIBILITY.md lists those that are here.
/// * `ERROR_MOD_NOT_FOUND`: no library, or it was given back.
/// * `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpProcName` is an in pointer, or a number below 65536; nobody gives the library back meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetProcAddress(hModule: HMODULE, lpProcName: *const c_char) -> FARPROC {
    let handle = hModule as usize;
    let act = || -> Answer<usize> {
        if let Some(library) = Library::behind(handle) {
            let number = u16::try_from(lpProcName as usize).ok();
            let name = if let Some(number) = number {
                ordinal(library.name, number).ok_or(Code::ERROR_PROC_NOT_FOUND)?.as_bytes()
            } else {
                // SAFETY: an in pointer.
                unsafe { memory::text(lpProcName) }.ok_or(Code::ERROR_NOACCESS)?.to_bytes()
            };
            return library.function(name).ok_or(Code::ERROR_PROC_NOT_FOUND);
        }
        if handle != 0 && handle != program() && !loaded::is_loaded(handle) {
            return Err(Code::ERROR_MOD_NOT_FOUND);
        }
        // SAFETY: an in pointer; the library is loaded, as just asked, and stays, as the caller says.
        let found = unsafe {
            let name = c_text(&needed(lpProcName, Code::ERROR_PROC_NOT_FOUND)?)?;
            library::symbol(if handle == program() { 0 } else { handle }, &name)
        };
        if found == 0 { Err(Code::ERROR_PROC_NOT_FOUND) } else { Ok(found) }
    };
    match act() {
        // SAFETY: the address of a function; the caller gives it its true type.
        Ok(address) => unsafe { std::mem::transmute::<usize, FARPROC>(address) },
        Err(code) => {
            set(code);
            None
        }
    }
}

/// `HMODULE GetModuleHandleA(LPCSTR lpModuleName)`
///
/// A library that is loaded already, or with NULL the program itself. Names are as for `LoadLibrary`.
///
/// # Returns
/// The library, which is not the caller's to free, or NULL.
///
/// # Errors
/// `ERROR_MOD_NOT_FOUND`: none of that name is loaded. `ERROR_NOACCESS`: the name cannot be read.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpModuleName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetModuleHandleA(lpModuleName: *const c_char) -> HMODULE {
    // SAFETY: an in pointer.
    give(unsafe { find(lpModuleName, Counts::Not) }, 0) as HMODULE
}

/// `HMODULE GetModuleHandleW(LPCWSTR lpModuleName)`
///
/// [`GetModuleHandleA`](ws2_GetModuleHandleA) with a name in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpModuleName` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetModuleHandleW(lpModuleName: *const WCHAR) -> HMODULE {
    // SAFETY: an in pointer.
    give(unsafe { find(lpModuleName, Counts::Not) }, 0) as HMODULE
}

/// `BOOL GetModuleHandleExA(DWORD dwFlags, LPCSTR lpModuleName, HMODULE *phModule)`
///
/// Likewise, written to `phModule`, which gets NULL after an error. The library is loaded once more, as by `LoadLibrary`, and is to be
/// given back; with GET_MODULE_HANDLE_EX_FLAG_PIN (1) it stays until the process ends, and with
/// GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT (2) it is told only. GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS (4) is refused.
///
/// # Errors
/// As [`GetModuleHandleA`](ws2_GetModuleHandleA); `ERROR_INVALID_PARAMETER`: another flag than 1 or 2, or both; `phModule` is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpModuleName` is an in pointer, `phModule` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetModuleHandleExA(
    dwFlags: DWORD,
    lpModuleName: *const c_char,
    phModule: *mut HMODULE,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe {
        put(phModule, std::ptr::null_mut()).map_err(|_| Code::ERROR_INVALID_PARAMETER).and_then(|()| {
            let counts = Counts::from_flags(dwFlags)?;
            put(phModule, find(lpModuleName, counts)? as HMODULE)
        })
    })
}

/// # Safety
/// `to` is an out pointer.
unsafe fn file_name<T: Unit>(module: HMODULE, to: *mut T, size: DWORD) -> DWORD {
    let act = || -> Answer<DWORD> {
        let handle = module as usize;
        let name = match Library::behind(handle) {
            Some(library) => room::shown(&format_args!("{}.dll", library.name))?.into_bytes(),
            None if handle == 0 || handle == program() => environment::program()?,
            None => return Err(Code::ERROR_MOD_NOT_FOUND),
        };
        let mut units = T::ended(&name)?;
        let short = units.len() > len(size);
        if short {
            units.truncate(len(size));
            if let Some(last) = units.last_mut() {
                *last = T::default();
            }
        }
        if !memory::writable(to as usize, 1) {
            return Err(Code::ERROR_NOACCESS);
        }
        // SAFETY: passed on to the caller.
        unsafe { put_all(to, &units)? };
        if short {
            set(Code::ERROR_INSUFFICIENT_BUFFER);
            return Ok(size);
        }
        Ok(count(units.len() - 1))
    };
    give(act(), 0)
}

/// `DWORD GetModuleFileNameA(HMODULE hModule, LPSTR lpFilename, DWORD nSize)`
///
/// The file of the program, for NULL, with `/` between the names. A library that is this one is told as `ws2_32.dll` and the
/// like.
///
/// # Returns
/// The length without the end; `nSize` where the name was cut; 0 after an error.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: it was cut.
/// * `ERROR_MOD_NOT_FOUND`: another library.
/// * `ERROR_NOACCESS`: `lpFilename` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFilename` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetModuleFileNameA(
    hModule: HMODULE,
    lpFilename: *mut c_char,
    nSize: DWORD,
) -> DWORD {
    // SAFETY: an out pointer.
    unsafe { file_name(hModule, lpFilename, nSize) }
}

/// `DWORD GetModuleFileNameW(HMODULE hModule, LPWSTR lpFilename, DWORD nSize)`
///
/// [`GetModuleFileNameA`](ws2_GetModuleFileNameA) in 16-bit characters.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFilename` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetModuleFileNameW(
    hModule: HMODULE,
    lpFilename: *mut WCHAR,
    nSize: DWORD,
) -> DWORD {
    // SAFETY: an out pointer.
    unsafe { file_name(hModule, lpFilename, nSize) }
}
