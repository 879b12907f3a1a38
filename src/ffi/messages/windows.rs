//! Windows: made, destroyed, and what they do by themselves.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int, c_void};

use super::call::{call, handle, number, window};
use super::classes::{called, narrow_name, wide_name};
use super::types::{CreateStruct, HINSTANCE, HMENU, HWND, LPARAM, LRESULT, UINT, WNDPROC, WPARAM};
use crate::ffi::kernel::call::{answer, handle as handle_out, narrow, truth, wide};
use crate::ffi::types::{BOOL, DWORD, WCHAR};
use crate::kernel::code::Code;
use crate::messages::{self, Called, Making};
use crate::sys::user::memory;

const WM_CREATE: UINT = 1;
const WM_DESTROY: UINT = 2;
const WM_CLOSE: UINT = 0x10;
const WM_QUERYENDSESSION: UINT = 0x11;
const WM_NCCREATE: UINT = 0x81;
const WM_NCDESTROY: UINT = 0x82;

/// What a window does with a message that its procedure leaves to it.
pub(super) fn default(window: HWND, message: UINT) -> LRESULT {
    match message {
        WM_NCCREATE | WM_QUERYENDSESSION => 1,
        WM_CLOSE => {
            let _ = handle(window).and_then(destroy);
            0
        }
        _ => 0,
    }
}

/// A window by its class, of which NULL is any, and its title.
fn found(class: usize, name: Option<&[u16]>, title: Option<&[u16]>) -> Result<usize, Code> {
    let class = if class == 0 { None } else { Some(called(class, name)?) };
    messages::find_window(class, title).map(|found| found as usize)
}

/// Tells a window and its children of their end, and forgets them.
fn destroy(which: messages::Handle) -> Result<(), Code> {
    let all = messages::destroy(which)?;
    for one in &all {
        tell(*one, WM_DESTROY);
    }
    for one in all.iter().rev() {
        tell(*one, WM_NCDESTROY);
        messages::forget_window(*one);
    }
    Ok(())
}

fn tell(one: messages::Handle, message: UINT) {
    if let Ok((procedure, true)) = messages::procedure(one) {
        call(procedure, window(one), message, 0, 0);
    }
}

/// Makes a window and asks its procedure whether it may be.
fn create(class: Called<'_>, title: Option<Vec<u16>>, asked: &mut CreateStruct) -> Result<usize, Code> {
    let making = Making {
        style: asked.style.cast_unsigned(),
        extended_style: asked.extended_style,
        parent: handle(asked.parent)?,
        instance: asked.instance.addr(),
        id: asked.menu.addr(),
        title: title.unwrap_or_default(),
    };
    let made = messages::create(class, making)?;
    let lparam = std::ptr::from_mut(asked).expose_provenance().cast_signed();
    let ask = |message| {
        let procedure = messages::procedure(made).map(|(procedure, _)| procedure)?;
        Ok::<LRESULT, Code>(call(procedure, window(made), message, 0, lparam))
    };
    if ask(WM_NCCREATE)? == 0 {
        messages::forget_window(made);
        return Err(Code::INVALID_PARAMETER);
    }
    if ask(WM_CREATE)? == -1 {
        let _ = destroy(made);
        return Err(Code::INVALID_PARAMETER);
    }
    if messages::is_window(made) { Ok(made as usize) } else { Err(Code::INVALID_WINDOW_HANDLE) }
}

/// `HWND CreateWindowExA(DWORD dwExStyle, LPCSTR lpClassName, LPCSTR lpWindowName, DWORD dwStyle, int X, int Y, int
/// nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, LPVOID lpParam)`
///
/// Makes a window, which is never shown, of a class that is given by its name or its number. It belongs to the
/// calling thread, which has a queue of messages from then on. Its procedure gets `WM_NCCREATE` and `WM_CREATE`
/// with a `CREATESTRUCT`, and may refuse. `hWndParent` is a window, `HWND_MESSAGE` or NULL: when a window ends its
/// children end.
///
/// # Returns
/// The window, or NULL.
///
/// # Errors
/// * `ERROR_CANNOT_FIND_WND_CLASS`: no such class.
/// * `ERROR_INVALID_WINDOW_HANDLE`: no such parent; or the procedure has destroyed the window.
/// * `ERROR_INVALID_PARAMETER`: no class; or the procedure has refused (0 for `WM_NCCREATE`, -1 for `WM_CREATE`).
/// * `ERROR_NOACCESS`: the name of the class or the title cannot be read. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number; `lpWindowName` an in pointer. `lpParam` goes to the procedure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWindowExA(
    dwExStyle: DWORD,
    lpClassName: *const c_char,
    lpWindowName: *const c_char,
    dwStyle: DWORD,
    X: c_int,
    Y: c_int,
    nWidth: c_int,
    nHeight: c_int,
    hWndParent: HWND,
    hMenu: HMENU,
    hInstance: HINSTANCE,
    lpParam: *mut c_void,
) -> HWND {
    let mut asked = CreateStruct {
        parameter: lpParam,
        instance: hInstance,
        menu: hMenu,
        parent: hWndParent,
        height: nHeight,
        width: nWidth,
        y: Y,
        x: X,
        style: dwStyle.cast_signed(),
        name: lpWindowName.cast(),
        class: lpClassName.cast(),
        extended_style: dwExStyle,
    };
    let mut act = || {
        // SAFETY: an in pointer, as this function asks for.
        let (name, title) = unsafe { (narrow_name(lpClassName)?, narrow(lpWindowName)?) };
        create(called(lpClassName.addr(), name.as_deref())?, title, &mut asked)
    };
    let result = act();
    handle_out(|f| write!(f, "CreateWindowExA({lpClassName:p})"), result)
}

/// `HWND CreateWindowExW(DWORD dwExStyle, LPCWSTR lpClassName, LPCWSTR lpWindowName, DWORD dwStyle, int X, int Y,
/// int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, LPVOID lpParam)`
///
/// [`CreateWindowExA`](ws2_CreateWindowExA) with 16-bit characters.
///
/// # Returns
/// The window, or NULL.
///
/// # Errors
/// * As [`CreateWindowExA`](ws2_CreateWindowExA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number; `lpWindowName` an in pointer. `lpParam` goes to the procedure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CreateWindowExW(
    dwExStyle: DWORD,
    lpClassName: *const WCHAR,
    lpWindowName: *const WCHAR,
    dwStyle: DWORD,
    X: c_int,
    Y: c_int,
    nWidth: c_int,
    nHeight: c_int,
    hWndParent: HWND,
    hMenu: HMENU,
    hInstance: HINSTANCE,
    lpParam: *mut c_void,
) -> HWND {
    let mut asked = CreateStruct {
        parameter: lpParam,
        instance: hInstance,
        menu: hMenu,
        parent: hWndParent,
        height: nHeight,
        width: nWidth,
        y: Y,
        x: X,
        style: dwStyle.cast_signed(),
        name: lpWindowName.cast(),
        class: lpClassName.cast(),
        extended_style: dwExStyle,
    };
    let mut act = || {
        // SAFETY: an in pointer, as this function asks for.
        let (name, title) = unsafe { (wide_name(lpClassName)?, wide(lpWindowName)?) };
        create(called(lpClassName.addr(), name.as_deref())?, title, &mut asked)
    };
    let result = act();
    handle_out(|f| write!(f, "CreateWindowExW({lpClassName:p})"), result)
}

/// `BOOL DestroyWindow(HWND hWnd)`
///
/// Ends a window of the calling thread, and its children. Their procedures get `WM_DESTROY` and `WM_NCDESTROY`;
/// messages that wait for them, and their timers, are gone.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`: no window, or one that is being destroyed.
/// * `ERROR_ACCESS_DENIED`: another thread's.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DestroyWindow(hWnd: HWND) -> BOOL {
    truth(|f| write!(f, "DestroyWindow({hWnd:p})"), handle(hWnd).and_then(destroy))
}

/// `LRESULT DefWindowProcA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// What a window does with a message that its procedure leaves to it: agrees to be made, and destroys itself for
/// `WM_CLOSE`; nothing else.
///
/// # Returns
/// The answer to the message.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DefWindowProcA(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> LRESULT {
    let _ = (wParam, lParam);
    default(hWnd, Msg)
}

/// `LRESULT DefWindowProcW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// The same as [`DefWindowProcA`](ws2_DefWindowProcA).
///
/// # Returns
/// The answer to the message.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DefWindowProcW(hWnd: HWND, Msg: UINT, wParam: WPARAM, lParam: LPARAM) -> LRESULT {
    let _ = (wParam, lParam);
    default(hWnd, Msg)
}

/// `LRESULT CallWindowProcA(WNDPROC lpPrevWndFunc, HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// Calls a procedure, as one that has taken the place of another does with the other.
///
/// # Returns
/// The answer to the message; 0 for NULL.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpPrevWndFunc` is the procedure of a window.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CallWindowProcA(
    lpPrevWndFunc: WNDPROC,
    hWnd: HWND,
    Msg: UINT,
    wParam: WPARAM,
    lParam: LPARAM,
) -> LRESULT {
    call(number(lpPrevWndFunc), hWnd, Msg, wParam, lParam)
}

/// `LRESULT CallWindowProcW(WNDPROC lpPrevWndFunc, HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)`
///
/// The same as [`CallWindowProcA`](ws2_CallWindowProcA).
///
/// # Returns
/// The answer to the message; 0 for NULL.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpPrevWndFunc` is the procedure of a window.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CallWindowProcW(
    lpPrevWndFunc: WNDPROC,
    hWnd: HWND,
    Msg: UINT,
    wParam: WPARAM,
    lParam: LPARAM,
) -> LRESULT {
    call(number(lpPrevWndFunc), hWnd, Msg, wParam, lParam)
}

/// `HWND FindWindowA(LPCSTR lpClassName, LPCSTR lpWindowName)`
///
/// The latest window of this process, not one of messages only nor one with a parent, of a class, which is given by its name or its number,
/// and with the title that it was made with; NULL stands for any. Case does not count. Other programs' windows are not to be had.
///
/// # Returns
/// The window, or NULL.
///
/// # Errors
/// * `ERROR_CANNOT_FIND_WND_CLASS`: no such class.
/// * `ERROR_FILE_NOT_FOUND`: no such window.
/// * `ERROR_NOACCESS`: a text cannot be read. `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number; `lpWindowName` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindWindowA(lpClassName: *const c_char, lpWindowName: *const c_char) -> HWND {
    let act = || {
        // SAFETY: in pointers, as this function asks for.
        let (name, title) = unsafe { (narrow_name(lpClassName)?, narrow(lpWindowName)?) };
        found(lpClassName.addr(), name.as_deref(), title.as_deref())
    };
    handle_out(|f| write!(f, "FindWindowA({lpClassName:p}, {lpWindowName:p})"), act())
}

/// `HWND FindWindowW(LPCWSTR lpClassName, LPCWSTR lpWindowName)`
///
/// [`FindWindowA`](ws2_FindWindowA) with 16-bit characters.
///
/// # Returns
/// The window, or NULL.
///
/// # Errors
/// * As [`FindWindowA`](ws2_FindWindowA).
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpClassName` is an in pointer, or a number; `lpWindowName` an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FindWindowW(lpClassName: *const WCHAR, lpWindowName: *const WCHAR) -> HWND {
    let act = || {
        // SAFETY: in pointers, as this function asks for.
        let (name, title) = unsafe { (wide_name(lpClassName)?, wide(lpWindowName)?) };
        found(lpClassName.addr(), name.as_deref(), title.as_deref())
    };
    handle_out(|f| write!(f, "FindWindowW({lpClassName:p}, {lpWindowName:p})"), act())
}

/// `BOOL IsWindow(HWND hWnd)`
///
/// Whether there is such a window.
///
/// # Returns
/// TRUE or FALSE.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IsWindow(hWnd: HWND) -> BOOL {
    BOOL::from(handle(hWnd).is_ok_and(messages::is_window))
}

/// `DWORD GetWindowThreadProcessId(HWND hWnd, LPDWORD lpdwProcessId)`
///
/// The number of a window's thread, and of its process, where that is wanted.
///
/// # Returns
/// The number of the thread, or 0.
///
/// # Errors
/// * `ERROR_INVALID_WINDOW_HANDLE`.
/// * `ERROR_NOACCESS`: `lpdwProcessId` cannot be written.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpdwProcessId` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetWindowThreadProcessId(hWnd: HWND, lpdwProcessId: *mut DWORD) -> DWORD {
    let act = || {
        let thread = handle(hWnd).and_then(messages::thread_of)?;
        let process = crate::sys::process::thread::process();
        // SAFETY: an out pointer, as this function asks for.
        if lpdwProcessId.is_null() || unsafe { memory::write(lpdwProcessId, process) } {
            Ok(thread)
        } else {
            Err(Code::NOACCESS)
        }
    };
    answer(|f| write!(f, "GetWindowThreadProcessId({hWnd:p})"), act(), 0)
}
