//! How often a library is given back before it goes.

use std::ffi::{CStr, CString};
use std::os::unix::ffi::OsStrExt;
use std::process::Command;
use std::ptr::null_mut;

use crate::support::compile::{available, left_out, scratch};
use crate::support::process::{alone, here};
use ws2_32::ffi::{
    ws2_FreeLibrary, ws2_GetLastError, ws2_GetModuleHandleA, ws2_GetModuleHandleExA, ws2_LoadLibraryA,
};

const MOD_NOT_FOUND: u32 = 126;

fn is_there(name: &CStr) -> bool {
    // SAFETY: a text; nothing is loaded.
    let found = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_NOLOAD) };
    // SAFETY: opened just now.
    !found.is_null() && unsafe { libc::dlclose(found) } == 0
}

/// What `GetModuleHandleEx` is asked with, and how often the library goes back before it is gone; none: it stays.
#[test]
fn get_module_handle_ex_counts() {
    alone(here!("get_module_handle_ex_counts"), || {
        if !available("gcc") {
            left_out("no gcc");
            return;
        }
        for (flags, times) in
            [(&[][..], Some(1)), (&[0], Some(2)), (&[0, 2, 0], Some(3)), (&[2], Some(1)), (&[0, 1], None)]
        {
            let place = scratch();
            let file = place.path().join("counted.so");
            let source = place.path().join("counted.c");
            std::fs::write(&source, "int counted(void) { return 1; }\n").unwrap();
            let made = Command::new("gcc").args(["-shared", "-fPIC", "-o"]).args([&file, &source]).status();
            assert!(made.unwrap().success());
            let name = CString::new(file.as_os_str().as_bytes()).unwrap();
            // SAFETY: texts and locals, all through; nothing of the library is in use.
            unsafe {
                let library = ws2_LoadLibraryA(name.as_ptr());
                assert!(!library.is_null());
                for &flag in flags {
                    let mut told = null_mut();
                    assert_eq!(ws2_GetModuleHandleExA(flag, name.as_ptr(), &raw mut told), 1);
                    assert_eq!((told, ws2_GetModuleHandleA(name.as_ptr())), (library, library));
                }
                for turn in 1..=times.unwrap_or(5) {
                    assert!(is_there(&name), "{flags:?} {turn}");
                    assert_eq!(ws2_FreeLibrary(library), 1, "{flags:?} {turn}");
                }
                assert_eq!(is_there(&name), times.is_none(), "{flags:?}");
                if times.is_some() {
                    assert_eq!(
                        (ws2_FreeLibrary(library), ws2_GetLastError()),
                        (0, MOD_NOT_FOUND),
                        "{flags:?}"
                    );
                }
            }
        }
    });
}
