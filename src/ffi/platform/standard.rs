//! The standard handles.

#![allow(non_snake_case, reason = "Windows' names")]

use std::sync::atomic::{AtomicUsize, Ordering};

use super::answer::{give, truth};
use super::file::descriptor;
use super::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::sys::Fd;
use crate::sys::platform::file;

/// `(DWORD)-10`, -11, -12: input, output, errors.
const STD_INPUT_HANDLE: DWORD = 0_u32.wrapping_sub(10);

/// Standard input as a handle. Descriptor 0 would be NULL, which programs take for none; so it is this number, which
/// nothing else has: no multiple of four, and above all descriptors.
const INPUT: usize = 0x4000_0001;

/// What `SetStdHandle` has set; 0 stands for what there was at the beginning.
static SET: [AtomicUsize; 3] = [const { AtomicUsize::new(0) }; 3];

/// The descriptor of the handle that stands for standard input.
pub(super) fn standard(handle: HANDLE) -> Option<Fd> {
    (handle as usize == INPUT).then(|| Fd::from_socket(0))?
}

/// What `SetStdHandle` has set: input, output, errors.
pub(super) fn chosen() -> [Option<HANDLE>; 3] {
    SET.each_ref().map(|set| match set.load(Ordering::Relaxed) {
        0 => None,
        handle => Some(std::ptr::with_exposed_provenance_mut(handle)),
    })
}

/// `HANDLE GetStdHandle(DWORD nStdHandle)`
///
/// Standard input, output or error output: STD_INPUT_HANDLE (-10), STD_OUTPUT_HANDLE (-11), STD_ERROR_HANDLE (-12). The
/// latter two are descriptors 1 and 2; the former is a number of its own, since 0 would be NULL.
///
/// # Returns
/// The handle; NULL where the process has none; INVALID_HANDLE_VALUE after an error.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such standard handle.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetStdHandle(nStdHandle: DWORD) -> HANDLE {
    let number = STD_INPUT_HANDLE.wrapping_sub(nStdHandle) as usize;
    let answer = SET.get(number).ok_or(Code::ERROR_INVALID_HANDLE).map(|set| {
        let handle = match (set.load(Ordering::Relaxed), number) {
            (0, 0) => INPUT,
            (0, number) => number,
            (set, _) => set,
        };
        let there = descriptor(handle as HANDLE).is_ok_and(|fd| file::look(fd).is_ok());
        if there { handle } else { 0 }
    });
    give(answer, usize::MAX) as HANDLE
}

/// `BOOL SetStdHandle(DWORD nStdHandle, HANDLE hHandle)`
///
/// Sets what `GetStdHandle` gives, and programs that are started get. The C library's stdin, stdout and stderr stay what they are, as on Windows.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such standard handle.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetStdHandle(nStdHandle: DWORD, hHandle: HANDLE) -> BOOL {
    let number = STD_INPUT_HANDLE.wrapping_sub(nStdHandle) as usize;
    truth(
        SET.get(number)
            .ok_or(Code::ERROR_INVALID_HANDLE)
            .map(|set| set.store(hHandle as usize, Ordering::Relaxed)),
    )
}
