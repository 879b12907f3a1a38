//! The console itself: its title, whether there is one, and its bell.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_char;

use super::answer::{Answer, Unit, count, give, len, set, truth};
use super::console::title;
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::platform::code::Code;

/// # Safety
/// `to` is an out pointer.
unsafe fn tell_title<T: Unit>(to: *mut T, size: DWORD) -> DWORD {
    if size == 0 {
        return 0;
    }
    let tell = || -> Answer<DWORD> {
        let mut units = T::ended(&title()?)?;
        let whole = count(units.len().saturating_sub(1));
        units.truncate(len(size));
        if let Some(last) = units.last_mut() {
            *last = T::default();
        }
        // SAFETY: passed on to the caller.
        unsafe { super::answer::put_all(to, &units)? };
        Ok(whole)
    };
    give(tell(), 0)
}

/// `DWORD GetConsoleTitleA(LPSTR lpConsoleTitle, DWORD nSize)`
///
/// The title that `SetConsoleTitle` has set last, cut to the room; a terminal does not tell its own.
///
/// # Returns
/// The length of the whole title in characters; 0 where there is none, and after an error.
///
/// # Errors
/// `ERROR_NOACCESS`: the text cannot be written. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpConsoleTitle` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetConsoleTitleA(lpConsoleTitle: *mut c_char, nSize: DWORD) -> DWORD {
    // SAFETY: an out pointer.
    unsafe { tell_title(lpConsoleTitle, nSize) }
}

/// `DWORD GetConsoleTitleW(LPWSTR lpConsoleTitle, DWORD nSize)`
///
/// [`GetConsoleTitleA`](ws2_GetConsoleTitleA) in 16-bit characters.
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
/// `lpConsoleTitle` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetConsoleTitleW(lpConsoleTitle: *mut WCHAR, nSize: DWORD) -> DWORD {
    // SAFETY: an out pointer.
    unsafe { tell_title(lpConsoleTitle, nSize) }
}

/// `BOOL AllocConsole(void)`
///
/// Makes a console for a process that has none. A program here has what it was started with.
///
/// # Returns
/// FALSE, always.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`, as on Windows where there is one already.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_AllocConsole() -> BOOL {
    set(Code::ERROR_ACCESS_DENIED);
    0
}

/// `BOOL AttachConsole(DWORD dwProcessId)`
///
/// Takes over the console of another process, by its number or ATTACH_PARENT_PROCESS. A program here has its parent's.
///
/// # Returns
/// FALSE, always.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`, as on Windows where the process has one already.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_AttachConsole(dwProcessId: DWORD) -> BOOL {
    let _ = dwProcessId;
    set(Code::ERROR_ACCESS_DENIED);
    0
}

/// `BOOL FreeConsole(void)`
///
/// Leaves the console. The standard descriptors stay open here, so that what the program has redirected goes on.
///
/// # Returns
/// TRUE.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_FreeConsole() -> BOOL {
    1
}

/// `BOOL Beep(DWORD dwFreq, DWORD dwDuration)`
///
/// Lets the terminal ring, where standard output is one, and waits so many milliseconds. The height of the tone, 37 to 32767
/// Hz, has no effect.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: another height.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_Beep(dwFreq: DWORD, dwDuration: DWORD) -> BOOL {
    truth(if (37..=32_767).contains(&dwFreq) {
        super::console::to_terminal(b"\x07");
        let _ = crate::kernel::wait::sleep_ex(dwDuration.min(u32::MAX - 1), false);
        Ok(())
    } else {
        Err(Code::ERROR_INVALID_PARAMETER)
    })
}
