//! The types of user32's functions, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, clippy::upper_case_acronyms, reason = "C's names")]
#![allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]

use std::ffi::{c_char, c_int, c_void};

use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{DWORD, WCHAR};

/// A window.
pub type HWND = HANDLE;
/// A program.
pub type HINSTANCE = HANDLE;
/// A picture of a program.
pub type HICON = HANDLE;
/// A picture of the mouse's place.
pub type HCURSOR = HANDLE;
/// What surfaces are filled with.
pub type HBRUSH = HANDLE;
/// A menu.
pub type HMENU = HANDLE;
/// An object for drawing.
pub type HGDIOBJ = HANDLE;
/// Windows' `UINT`.
pub type UINT = u32;
/// The first word of a message.
pub type WPARAM = usize;
/// The second word of a message.
pub type LPARAM = isize;
/// The answer to a message.
pub type LRESULT = isize;
/// A number of a pointer's size with a sign.
pub type LONG_PTR = isize;
/// A number of a pointer's size.
pub type UINT_PTR = usize;
/// The number that stands for a text.
pub type ATOM = u16;

/// The procedure of a window.
pub type WNDPROC = Option<unsafe extern "C" fn(HWND, UINT, WPARAM, LPARAM) -> LRESULT>;
/// What a timer calls.
pub type TIMERPROC = Option<unsafe extern "C" fn(HWND, UINT, UINT_PTR, DWORD)>;

/// A place on the screen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct POINT {
    pub x: c_int,
    pub y: c_int,
}

/// A message.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MSG {
    pub hwnd: HWND,
    pub message: UINT,
    pub wParam: WPARAM,
    pub lParam: LPARAM,
    pub time: DWORD,
    pub pt: POINT,
}

/// A class of windows.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WNDCLASSA {
    pub style: UINT,
    pub lpfnWndProc: WNDPROC,
    pub cbClsExtra: c_int,
    pub cbWndExtra: c_int,
    pub hInstance: HINSTANCE,
    pub hIcon: HICON,
    pub hCursor: HCURSOR,
    pub hbrBackground: HBRUSH,
    pub lpszMenuName: *const c_char,
    pub lpszClassName: *const c_char,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WNDCLASSW {
    pub style: UINT,
    pub lpfnWndProc: WNDPROC,
    pub cbClsExtra: c_int,
    pub cbWndExtra: c_int,
    pub hInstance: HINSTANCE,
    pub hIcon: HICON,
    pub hCursor: HCURSOR,
    pub hbrBackground: HBRUSH,
    pub lpszMenuName: *const WCHAR,
    pub lpszClassName: *const WCHAR,
}

/// A class of windows, with its size before and a small picture behind.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WNDCLASSEXA {
    pub cbSize: UINT,
    pub style: UINT,
    pub lpfnWndProc: WNDPROC,
    pub cbClsExtra: c_int,
    pub cbWndExtra: c_int,
    pub hInstance: HINSTANCE,
    pub hIcon: HICON,
    pub hCursor: HCURSOR,
    pub hbrBackground: HBRUSH,
    pub lpszMenuName: *const c_char,
    pub lpszClassName: *const c_char,
    pub hIconSm: HICON,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WNDCLASSEXW {
    pub cbSize: UINT,
    pub style: UINT,
    pub lpfnWndProc: WNDPROC,
    pub cbClsExtra: c_int,
    pub cbWndExtra: c_int,
    pub hInstance: HINSTANCE,
    pub hIcon: HICON,
    pub hCursor: HCURSOR,
    pub hbrBackground: HBRUSH,
    pub lpszMenuName: *const WCHAR,
    pub lpszClassName: *const WCHAR,
    pub hIconSm: HICON,
}

/// What a window is made of, as its procedure is told. The texts are those of the caller, 8-bit or 16-bit.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct CreateStruct {
    pub(super) parameter: *mut c_void,
    pub(super) instance: HINSTANCE,
    pub(super) menu: HMENU,
    pub(super) parent: HWND,
    pub(super) height: c_int,
    pub(super) width: c_int,
    pub(super) y: c_int,
    pub(super) x: c_int,
    pub(super) style: c_int,
    pub(super) name: *const c_void,
    pub(super) class: *const c_void,
    pub(super) extended_style: DWORD,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<MSG>() == 48 && offset_of!(MSG, pt) == 36);
    assert!(size_of::<WNDCLASSA>() == 72 && size_of::<WNDCLASSEXW>() == 80);
    assert!(size_of::<CreateStruct>() == 80 && offset_of!(CreateStruct, class) == 64);
};
