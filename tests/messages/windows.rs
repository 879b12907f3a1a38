//! Classes, windows, and the numbers that they keep.

use std::cell::RefCell;
use std::ffi::CStr;
use std::ptr::null_mut;

use ws2_32::ffi::messages::types::{HWND, LPARAM, LRESULT, WPARAM};
use ws2_32::ffi::*;

use crate::{class, get, made, message_only, peek, window};

thread_local! {
    static SEEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" fn noting(window: HWND, message: u32, wparam: WPARAM, lparam: LPARAM) -> LRESULT {
    SEEN.with(|seen| seen.borrow_mut().push(message));
    if message == 1 {
        // CREATESTRUCT begins with the parameter.
        let parameter = std::ptr::with_exposed_provenance::<usize>(lparam.cast_unsigned());
        // SAFETY: what the library gives with WM_CREATE.
        if unsafe { parameter.read() } == 13 {
            return -1;
        }
    }
    if message == 0x400 {
        return isize::try_from(wparam).unwrap() + lparam;
    }
    ws2_DefWindowProcA(window, message, wparam, lparam)
}

fn seen() -> Vec<u32> {
    SEEN.with(|seen| std::mem::take(&mut *seen.borrow_mut()))
}

fn last() -> u32 {
    ws2_GetLastError()
}

#[test]
fn classes_and_windows() {
    let given = class(Some(noting), c"noting", 16);
    // SAFETY: memory of this test, and NULL.
    unsafe {
        let atom = ws2_RegisterClassA(&raw const given);
        assert!(atom >= 0xC000);
        let again = class(Some(noting), c"NOTING", 0);
        assert_eq!((ws2_RegisterClassA(&raw const again), last()), (0, 1410));
        let nameless = class(Some(noting), c"", 0);
        assert_eq!((ws2_RegisterClassA(&raw const nameless), last()), (0, 87));
        let without = class(None, c"without", 0);
        assert_eq!((ws2_RegisterClassA(&raw const without), last()), (0, 87));
        assert_eq!((ws2_RegisterClassA(std::ptr::null()), last()), (0, 998));
    }
    assert!(made(c"nosuch", null_mut(), null_mut()).is_null());
    assert_eq!(last(), 1407);
    assert!(made(c"noting", std::ptr::without_provenance_mut(4), null_mut()).is_null());
    assert_eq!(last(), 1400);
    assert_eq!(seen(), [], "nothing was called");
    assert!(made(c"noting", null_mut(), std::ptr::without_provenance_mut(13)).is_null());
    assert_eq!(seen(), [0x81, 1, 2, 0x82], "refused by WM_CREATE");

    let one = made(c"Noting", message_only(), null_mut());
    assert!(!one.is_null());
    assert_eq!(seen(), [0x81, 1]);
    let child = made(c"noting", one, null_mut());
    seen();
    assert_eq!(ws2_SendMessageA(one, 0x400, 40, 2), 42);
    assert_eq!(ws2_PostMessageA(child, 0x401, 0, 0), 1);
    assert_eq!(ws2_DestroyWindow(one), 1);
    assert_eq!(seen(), [0x400, 2, 2, 0x82, 0x82], "the child goes with it");
    assert_eq!((ws2_IsWindow(one), ws2_IsWindow(child)), (0, 0));
    assert_eq!(peek(), None, "its messages are gone");
    assert_eq!((ws2_DestroyWindow(one), last()), (0, 1400));
    assert_eq!((ws2_PostMessageA(one, 0x401, 0, 0), last()), (0, 1400));

    let one = made(c"noting", null_mut(), null_mut());
    // SAFETY: a text.
    let taken = || unsafe { ws2_UnregisterClassA(c"noting".as_ptr(), null_mut()) };
    assert_eq!((taken(), last()), (0, 1412));
    // WM_CLOSE destroys it.
    seen();
    ws2_SendMessageA(one, 0x10, 0, 0);
    assert_eq!(seen(), [0x10, 2, 0x82]);
    assert_eq!(taken(), 1);
    assert_eq!((taken(), last()), (0, 1411));
}

#[test]
fn numbers_of_a_window() {
    let given = class(Some(noting), c"numbers", 12);
    // SAFETY: memory of this test.
    unsafe { ws2_RegisterClassA(&raw const given) };
    let one = made(c"numbers", null_mut(), null_mut());
    for (index, new) in [(-21, 77), (-12, 5), (-16, 0x1000), (0, -1)] {
        ws2_SetWindowLongPtrA(one, index, new);
        assert_eq!(ws2_GetWindowLongPtrW(one, index), new, "{index}");
    }
    assert_eq!(ws2_SetWindowLongA(one, 8, 9), 0);
    assert_eq!(ws2_GetWindowLongA(one, 8), 9);
    for index in [5, 12, -1, i32::MAX, i32::MIN] {
        ws2_SetLastError(0);
        assert_eq!((ws2_GetWindowLongPtrA(one, index), last()), (0, 1413), "{index}");
    }
    let other = ws2_DefWindowProcA as *const () as isize;
    let before = ws2_SetWindowLongPtrA(one, -4, other);
    assert_eq!(before, noting as *const () as isize);
    assert_eq!(ws2_SendMessageA(one, 0x400, 40, 2), 0, "another procedure has it");
    // SAFETY: the procedure that was there.
    unsafe {
        let procedure = Some(noting as unsafe extern "C" fn(HWND, u32, WPARAM, LPARAM) -> LRESULT);
        assert_eq!(ws2_CallWindowProcA(procedure, one, 0x400, 40, 2), 42);
    }
    assert_eq!((ws2_GetWindowLongPtrA(null_mut(), -21), last()), (0, 1400));
    let mut process = 0;
    // SAFETY: memory of this test.
    let thread = unsafe { ws2_GetWindowThreadProcessId(one, &raw mut process) };
    assert_eq!((thread, process), (ws2_GetCurrentThreadId(), std::process::id()));
    ws2_DestroyWindow(one);
}

#[test]
fn messages_with_a_name() {
    // SAFETY: texts.
    let number = |name: &CStr| unsafe { ws2_RegisterWindowMessageA(name.as_ptr()) };
    let one = number(c"one");
    assert!((0xC000..0x1_0000).contains(&one));
    assert_eq!(number(c"ONE"), one);
    assert_ne!(number(c"two"), one);
    assert_eq!(number(c""), 0);
    // SAFETY: NULL is refused.
    assert_eq!(unsafe { ws2_RegisterWindowMessageA(std::ptr::null()) }, 0);
}

#[test]
fn a_thread_takes_its_windows_along() {
    let elsewhere = std::thread::spawn(|| {
        let one = window();
        assert_ne!(ws2_PostMessageA(one, 0x400, 1, 2), 0);
        assert_eq!(get(), (one, 0x400, 1, 2));
        one.expose_provenance()
    });
    let one = std::ptr::with_exposed_provenance_mut(elsewhere.join().unwrap());
    assert_eq!(ws2_IsWindow(one), 0);
    assert_eq!(ws2_SendMessageA(one, 0x400, 0, 0), 0);
}
