//! Windows, queues of messages, timers.

use std::ptr::{null, null_mut};

use ws2_32::ffi::messages::types::{HWND, MSG, POINT, WNDCLASSA};
use ws2_32::ffi::*;

use crate::support::calls::start;
use crate::support::process::{alone, here};
use crate::walk::{NO_MEMORY, walk};

const CODES: &[i32] = &[NO_MEMORY];

fn number(value: usize) -> Result<usize, i32> {
    if value == 0 { Err(ws2_GetLastError().cast_signed()) } else { Ok(value) }
}

fn take() {
    let mut msg =
        MSG { hwnd: null_mut(), message: 0, wParam: 0, lParam: 0, time: 0, pt: POINT { x: 0, y: 0 } };
    assert_eq!(unsafe { ws2_PeekMessageA(&raw mut msg, null_mut(), 0, 0, 1) }, 1);
}

#[test]
fn windows_and_messages() {
    alone(here!("windows_and_messages"), || {
        let class = WNDCLASSA {
            style: 0,
            lpfnWndProc: Some(ws2_DefWindowProcA),
            cbClsExtra: 0,
            cbWndExtra: 16,
            hInstance: null_mut(),
            hIcon: null_mut(),
            hCursor: null_mut(),
            hbrBackground: null_mut(),
            lpszMenuName: null(),
            lpszClassName: c"little".as_ptr(),
        };
        let name = c"little".as_ptr();
        let register = || number(unsafe { ws2_RegisterClassA(&raw const class) }.into());
        walk("RegisterClassA", CODES, register, |_| {
            assert_eq!(unsafe { ws2_UnregisterClassA(name, null_mut()) }, 1);
        });
        register().unwrap();
        let only: HWND = std::ptr::without_provenance_mut((-3_isize).cast_unsigned());
        let none = null_mut;
        let make = || {
            let made = unsafe {
                ws2_CreateWindowExA(0, name, name, 0, 0, 0, 0, 0, only, none(), none(), null_mut())
            };
            if made.is_null() { Err(ws2_GetLastError().cast_signed()) } else { Ok(made) }
        };
        walk("CreateWindowExA", CODES, make, |window| assert_eq!(ws2_DestroyWindow(window), 1));
        let window = make().unwrap();
        let post = || number(ws2_PostMessageA(window, 0x400, 1, 2).unsigned_abs() as usize);
        walk("PostMessageA", CODES, post, |_| take());
        let own = ws2_GetCurrentThreadId();
        let post = || number(ws2_PostThreadMessageA(own, 0x400, 1, 2).unsigned_abs() as usize);
        walk("PostThreadMessageA", CODES, post, |_| take());
        walk(
            "SetTimer",
            CODES,
            || number(ws2_SetTimer(window, 1, 60_000, None)),
            |_| {
                assert_eq!(ws2_KillTimer(window, 1), 1);
            },
        );
        let mut nth = 0_u8;
        let register = || {
            nth = nth.wrapping_add(1);
            let name: [u8; 4] = [b'a' + nth % 26, b'a' + nth / 26 % 26, b'm', 0];
            number(unsafe { ws2_RegisterWindowMessageA(name.as_ptr().cast()) } as usize)
        };
        walk("RegisterWindowMessageA", CODES, register, |_| {});
        assert_eq!(ws2_DestroyWindow(window), 1);
    });
}

/// The first thing that a thread asks of its queue makes it.
#[test]
fn a_queue() {
    alone(here!("a_queue"), || {
        start();
        let look = || {
            let mut msg =
                MSG { hwnd: null_mut(), message: 0, wParam: 0, lParam: 0, time: 0, pt: POINT { x: 0, y: 0 } };
            let events = [WSACreateEvent()];
            if events[0].is_null() {
                return Err(NO_MEMORY);
            }
            let waited = unsafe { ws2_MsgWaitForMultipleObjects(1, events.as_ptr(), 0, 0, 0xFF) };
            let code = ws2_GetLastError().cast_signed();
            assert_eq!(unsafe { ws2_PeekMessageA(&raw mut msg, null_mut(), 0, 0, 1) }, 0);
            ws2_CloseHandle(events[0]);
            if waited == u32::MAX {
                return Err(code);
            }
            assert_eq!(waited, 258);
            Ok(())
        };
        walk("MsgWaitForMultipleObjects", CODES, look, |()| {});
    });
}
