//! Windows that are never shown, queues of messages, and network events as messages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, its helpers too"
)]

mod get;
mod program;
mod queue;
mod select;
#[path = "../support/mod.rs"]
mod support;
mod windows;

use std::ffi::c_void;
use std::ptr::null_mut;

use ws2_32::ffi::messages::types::{HWND, MSG, POINT};
use ws2_32::ffi::*;

/// A message: its window, its number, its words.
type Got = (HWND, u32, usize, isize);

fn room() -> MSG {
    MSG { hwnd: null_mut(), message: 0, wParam: 0, lParam: 0, time: 0, pt: POINT { x: 0, y: 0 } }
}

/// The next message of the thread's queue, waited for.
fn get() -> Got {
    support::process::watch();
    let mut msg = room();
    // SAFETY: memory of this test.
    let more = unsafe { ws2_GetMessageA(&raw mut msg, null_mut(), 0, 0) };
    assert_ne!(more, -1);
    assert_eq!(more == 0, msg.message == 0x12);
    (msg.hwnd, msg.message, msg.wParam, msg.lParam)
}

/// The next one that is there, taken out.
fn peek() -> Option<Got> {
    let mut msg = room();
    // SAFETY: memory of this test.
    let there = unsafe { ws2_PeekMessageA(&raw mut msg, null_mut(), 0, 0, 1) };
    (there == 1).then_some((msg.hwnd, msg.message, msg.wParam, msg.lParam))
}

/// `HWND_MESSAGE`.
fn message_only() -> HWND {
    std::ptr::without_provenance_mut((-3_isize).cast_unsigned())
}

/// A window for messages only, of a class that the library has from the start.
fn window() -> HWND {
    static CLASS: std::sync::Once = std::sync::Once::new();
    CLASS.call_once(|| {
        let class = class(Some(ws2_DefWindowProcA), c"messages", 0);
        // SAFETY: memory of this test.
        assert_ne!(unsafe { ws2_RegisterClassA(&raw const class) }, 0);
    });
    made(c"messages", message_only(), null_mut())
}

fn class(
    procedure: ws2_32::ffi::messages::types::WNDPROC,
    name: &std::ffi::CStr,
    extra: i32,
) -> ws2_32::ffi::messages::types::WNDCLASSA {
    ws2_32::ffi::messages::types::WNDCLASSA {
        style: 0,
        lpfnWndProc: procedure,
        cbClsExtra: 0,
        cbWndExtra: extra,
        hInstance: null_mut(),
        hIcon: null_mut(),
        hCursor: null_mut(),
        hbrBackground: null_mut(),
        lpszMenuName: std::ptr::null(),
        lpszClassName: name.as_ptr(),
    }
}

fn made(class: &std::ffi::CStr, parent: HWND, parameter: *mut c_void) -> HWND {
    let name = c"a window".as_ptr();
    // SAFETY: texts that end; the parameter is for the procedure.
    unsafe {
        ws2_CreateWindowExA(0, class.as_ptr(), name, 0, 0, 0, 0, 0, parent, null_mut(), null_mut(), parameter)
    }
}
