//! Classes of windows: `RegisterClassA` and its like.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use super::call::number;
use super::types::{ATOM, HINSTANCE, WNDCLASSA, WNDCLASSEXA, WNDCLASSEXW, WNDCLASSW, WNDPROC};
use crate::ffi::kernel::call::{answer, narrow, truth, wide};
use crate::ffi::types::{BOOL, WCHAR};
use crate::kernel::code::Code;
use crate::messages::{self, Called, Class};
use crate::sys::user::memory;

/// The most bytes of a window for the program.
const MOST: usize = 1 << 20;

fn register(name: Option<Vec<u16>>, procedure: WNDPROC, extra: c_int) -> Result<ATOM, Code> {
    let name = name.filter(|name| !name.is_empty()).ok_or(Code::INVALID_PARAMETER)?;
    let extra = usize::try_from(extra).ok().filter(|extra| *extra <= MOST).ok_or(Code::INVALID_PARAMETER)?;
    if procedure.is_none() {
        return Err(Code::INVALID_PARAMETER);
    }
    messages::register(Class { name, procedure: number(procedure), extra })
}

/// Whether a class is given by its atom, and then which one.
pub(super) fn atom(name: usize) -> Option<ATOM> {
    ATOM::try_from(name).ok().filter(|atom| *atom != 0)
}

/// A name that must be one.
///
/// # Safety
/// `name` is an in pointer.
pub(super) unsafe fn narrow_name(name: *const c_char) -> Result<Option<Vec<u16>>, Code> {
    if atom(name.addr()).is_some() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { narrow(name) }
}

/// The same in 16-bit characters.
///
/// # Safety
/// `name` is an in pointer.
pub(super) unsafe fn wide_name(name: *const WCHAR) -> Result<Option<Vec<u16>>, Code> {
    if atom(name.addr()).is_some() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { wide(name) }
}

/// What a class is called by.
pub(super) fn called(address: usize, name: Option<&[u16]>) -> Result<Called<'_>, Code> {
    match (atom(address), name) {
        (Some(atom), _) => Ok(Called::Atom(atom)),
        (None, Some(name)) => Ok(Called::Name(name)),
        (None, None) => Err(Code::INVALID_PARAMETER),
    }
}

/// `ATOM RegisterClassA(const WNDCLASSA *lpWndClass)`
///
/// Registers a class of windows: its name, its procedure, and how many bytes each window has for the program. What
/// is only for a window that is shown is ignored.
///
/// # Returns
/// The number of the class, or 0.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no name, no procedure, or a number of bytes that cannot be.
/// * `ERROR_CLASS_ALREADY_EXISTS`: there is a class of that name.
/// * `ERROR_NOACCESS`: the structure or the name cannot be read.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// An in pointer, to a structure whose name is one, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterClassA(lpWndClass: *const WNDCLASSA) -> ATOM {
    // SAFETY: in pointers, as this function asks for; any bits but those of the procedure are a value, and that is the
    // program's.
    let act = || unsafe {
        let class = memory::read(lpWndClass).ok_or(Code::NOACCESS)?;
        register(narrow_name(class.lpszClassName)?, class.lpfnWndProc, class.cbWndExtra)
    };
    answer(|f| write!(f, "RegisterClassA({lpWndClass:p})"), act(), 0)
}

/// `ATOM RegisterClassW(const WNDCLASSW *lpWndClass)`
///
/// [`RegisterClassA`](ws2_RegisterClassA) with 16-bit characters.
///
/// # Returns
/// The number of the class, or 0.
///
/// # Errors
/// * As [`RegisterClassA`](ws2_RegisterClassA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// An in pointer, to a structure whose name is one, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterClassW(lpWndClass: *const WNDCLASSW) -> ATOM {
    // SAFETY: in pointers, as this function asks for; any bits but those of the procedure are a value, and that is the
    // program's.
    let act = || unsafe {
        let class = memory::read(lpWndClass).ok_or(Code::NOACCESS)?;
        register(wide_name(class.lpszClassName)?, class.lpfnWndProc, class.cbWndExtra)
    };
    answer(|f| write!(f, "RegisterClassW({lpWndClass:p})"), act(), 0)
}

/// `ATOM RegisterClassExA(const WNDCLASSEXA *unnamedParam1)`
///
/// [`RegisterClassA`](ws2_RegisterClassA) with the other structure.
///
/// # Returns
/// The number of the class, or 0.
///
/// # Errors
/// * As [`RegisterClassA`](ws2_RegisterClassA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// An in pointer, to a structure whose name is one, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterClassExA(unnamedParam1: *const WNDCLASSEXA) -> ATOM {
    // SAFETY: in pointers, as this function asks for; any bits but those of the procedure are a value, and that is the
    // program's.
    let act = || unsafe {
        let class = memory::read(unnamedParam1).ok_or(Code::NOACCESS)?;
        register(narrow_name(class.lpszClassName)?, class.lpfnWndProc, class.cbWndExtra)
    };
    answer(|f| write!(f, "RegisterClassExA({unnamedParam1:p})"), act(), 0)
}

/// `ATOM RegisterClassExW(const WNDCLASSEXW *unnamedParam1)`
///
/// [`RegisterClassA`](ws2_RegisterClassA) with the other structure and 16-bit characters.
///
/// # Returns
/// The number of the class, or 0.
///
/// # Errors
/// * As [`RegisterClassA`](ws2_RegisterClassA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// An in pointer, to a structure whose name is one, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RegisterClassExW(unnamedParam1: *const WNDCLASSEXW) -> ATOM {
    // SAFETY: in pointers, as this function asks for; any bits but those of the procedure are a value, and that is the
    // program's.
    let act = || unsafe {
        let class = memory::read(unnamedParam1).ok_or(Code::NOACCESS)?;
        register(wide_name(class.lpszClassName)?, class.lpfnWndProc, class.cbWndExtra)
    };
    answer(|f| write!(f, "RegisterClassExW({unnamedParam1:p})"), act(), 0)
}

/// `BOOL UnregisterClassA(LPCSTR lpClassName, HINSTANCE hInstance)`
///
/// Takes a class away, given by its name or its number. `hInstance` is ignored.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_CLASS_DOES_NOT_EXIST`.
/// * `ERROR_CLASS_HAS_WINDOWS`: a window of the class is still there.
/// * `ERROR_INVALID_PARAMETER`: no name. `ERROR_NOACCESS`: it cannot be read.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_UnregisterClassA(lpClassName: *const c_char, hInstance: HINSTANCE) -> BOOL {
    let _ = hInstance;
    // SAFETY: an in pointer, as this function asks for.
    let act = || unsafe {
        let name = narrow_name(lpClassName)?;
        messages::unregister(called(lpClassName.addr(), name.as_deref())?)
    };
    truth(|f| write!(f, "UnregisterClassA({lpClassName:p})"), act())
}

/// `BOOL UnregisterClassW(LPCWSTR lpClassName, HINSTANCE hInstance)`
///
/// [`UnregisterClassA`](ws2_UnregisterClassA) with 16-bit characters.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * As [`UnregisterClassA`](ws2_UnregisterClassA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_UnregisterClassW(lpClassName: *const WCHAR, hInstance: HINSTANCE) -> BOOL {
    let _ = hInstance;
    // SAFETY: an in pointer, as this function asks for.
    let act = || unsafe {
        let name = wide_name(lpClassName)?;
        messages::unregister(called(lpClassName.addr(), name.as_deref())?)
    };
    truth(|f| write!(f, "UnregisterClassW({lpClassName:p})"), act())
}
