//! The order of messages, what is sent between threads, timers, waits.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use ws2_32::ffi::messages::types::{HWND, LPARAM, LRESULT, WPARAM};
use ws2_32::ffi::*;

use crate::{class, get, made, message_only, peek, room, window};

#[test]
fn in_order_and_the_end_last() {
    let one = window();
    ws2_PostQuitMessage(7);
    for number in 0..3 {
        assert_eq!(ws2_PostMessageA(one, 0x400 + number, number as usize, -1), 1);
    }
    assert_eq!(ws2_PostMessageA(null_mut(), 0x500, 0, 0), 1);
    // By numbers, and by windows; those that are not asked for stay.
    let mut msg = room();
    let none = null_mut();
    // SAFETY: memory of this test.
    unsafe {
        assert_eq!(ws2_PeekMessageA(&raw mut msg, none, 0x401, 0x402, 0), 1);
        assert_eq!(msg.message, 0x401, "not taken");
        assert_eq!(ws2_PeekMessageA(&raw mut msg, none, 0x401, 0x402, 1), 1);
        let of_none = std::ptr::without_provenance_mut(usize::MAX);
        assert_eq!(ws2_PeekMessageA(&raw mut msg, of_none, 0, 0, 1), 1);
        assert_eq!((msg.hwnd, msg.message), (none, 0x500));
        assert_eq!(ws2_GetMessageA(null_mut(), none, 0, 0), -1);
        assert_eq!(ws2_GetMessageA(&raw mut msg, std::ptr::without_provenance_mut(4), 0, 0), -1);
    }
    assert_eq!(ws2_GetLastError(), 1400);
    assert_eq!(get(), (one, 0x400, 0, -1));
    assert_eq!(get(), (one, 0x402, 2, -1));
    assert_eq!(get(), (none, 0x12, 7, 0), "WM_QUIT");
    assert_eq!(peek(), None);
    ws2_DestroyWindow(one);
}

#[test]
fn a_queue_has_an_end() {
    let one = window();
    for _ in 0..10_000 {
        assert_eq!(ws2_PostMessageA(one, 0x400, 0, 0), 1);
    }
    assert_eq!((ws2_PostMessageA(one, 0x400, 0, 0), ws2_GetLastError()), (0, 1816));
    ws2_DestroyWindow(one);
    assert_eq!(peek(), None);
}

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Answers, and asks the asker back first.
unsafe extern "C" fn answering(window: HWND, message: u32, wparam: WPARAM, lparam: LPARAM) -> LRESULT {
    match message {
        0x400 => {
            let asker = std::ptr::with_exposed_provenance_mut(wparam);
            ws2_SendMessageA(asker, 0x401, 5, 0) + lparam
        }
        0x401 => {
            ASKED.fetch_add(1, Ordering::Relaxed);
            isize::try_from(wparam).unwrap() * 10
        }
        _ => ws2_DefWindowProcA(window, message, wparam, lparam),
    }
}

#[test]
fn sent_from_one_thread_to_another_and_back() {
    let given = class(Some(answering), c"answering", 0);
    // SAFETY: memory of this test.
    unsafe { ws2_RegisterClassA(&raw const given) };
    let (tell, told) = channel();
    let other = std::thread::spawn(move || {
        let one = made(c"answering", message_only(), null_mut());
        tell.send((one.expose_provenance(), ws2_GetCurrentThreadId())).unwrap();
        // What is sent is answered inside.
        assert_eq!(get(), (null_mut(), 0x12, 0, 0));
    });
    let (theirs, thread) = told.recv().unwrap();
    let own = made(c"answering", message_only(), null_mut());
    let theirs = std::ptr::with_exposed_provenance_mut(theirs);
    assert_eq!(ws2_SendMessageA(theirs, 0x400, own.expose_provenance(), 3), 53);
    assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    assert_eq!(ws2_DestroyWindow(theirs), 0);
    assert_eq!(ws2_GetLastError(), 5, "another thread's");
    assert_eq!(ws2_PostThreadMessageA(thread, 0x12, 0, 0), 1);
    other.join().unwrap();
    assert_eq!((ws2_PostThreadMessageA(thread, 0x400, 0, 0), ws2_GetLastError()), (0, 1444));
    ws2_DestroyWindow(own);
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

/// Ends its thread instead of answering.
unsafe extern "C" fn ending(window: HWND, message: u32, wparam: WPARAM, lparam: LPARAM) -> LRESULT {
    if message == 0x400 {
        ws2_ExitThread(7);
    }
    ws2_DefWindowProcA(window, message, wparam, lparam)
}

static ENDING: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn has_one_that_ends(ready: *mut std::ffi::c_void) -> u32 {
    let one = made(c"ending", message_only(), null_mut());
    ENDING.store(one.expose_provenance(), Ordering::Release);
    ws2_SetEvent(ready);
    get();
    0
}

/// Who has sent to a thread that ends in the procedure gets 0.
#[test]
fn the_procedure_ends_its_thread() {
    crate::support::process::watch();
    let given = class(Some(ending), c"ending", 0);
    // SAFETY: memory of this test; a function of such a kind.
    let (ready, thread) = unsafe {
        ws2_RegisterClassA(&raw const given);
        let ready = ws2_CreateEventA(null_mut(), 1, 0, std::ptr::null());
        (ready, ws2_CreateThread(null_mut(), 0, Some(has_one_that_ends), ready, 0, null_mut()))
    };
    assert_eq!(ws2_WaitForSingleObject(ready, u32::MAX), 0);
    let one = std::ptr::with_exposed_provenance_mut(ENDING.load(Ordering::Acquire));
    assert_eq!(ws2_SendMessageA(one, 0x400, 0, 0), 0);
    assert_eq!(ws2_WaitForSingleObject(thread, u32::MAX), 0);
    assert_eq!(ws2_IsWindow(one), 0);
    assert_eq!((ws2_CloseHandle(ready), ws2_CloseHandle(thread)), (1, 1));
}

unsafe extern "C" fn runs(_: HWND, message: u32, id: usize, _: u32) {
    assert_eq!(message, 0x113);
    RUNS.fetch_add(id, Ordering::Relaxed);
}

#[test]
fn timers_come_last_and_again() {
    let one = window();
    assert_eq!(ws2_SetTimer(one, 3, 1, None), 3);
    assert_eq!(get(), (one, 0x113, 3, 0));
    assert_eq!(get(), (one, 0x113, 3, 0), "again");
    assert_eq!(ws2_PostMessageA(one, 0x400, 0, 0), 1);
    assert_eq!(get(), (one, 0x400, 0, 0));
    assert_eq!(ws2_KillTimer(one, 3), 1);
    assert_eq!((ws2_KillTimer(one, 3), ws2_GetLastError()), (0, 87));
    let id = ws2_SetTimer(null_mut(), 99, 1, Some(runs));
    assert_ne!(id, 0);
    let mut msg = room();
    // SAFETY: memory of this test.
    unsafe {
        assert_eq!(ws2_GetMessageA(&raw mut msg, null_mut(), 0, 0), 1);
        assert_eq!((msg.message, msg.wParam), (0x113, id));
        ws2_DispatchMessageA(&raw const msg);
    }
    assert_eq!(RUNS.load(Ordering::Relaxed), id);
    assert_eq!(ws2_KillTimer(null_mut(), id), 1);
    ws2_DestroyWindow(one);
}

#[test]
fn waits_for_objects_and_for_messages() {
    crate::support::process::watch();
    let one = window();
    // SAFETY: NULL is allowed.
    let event = unsafe { ws2_CreateEventA(null_mut(), 0, 0, std::ptr::null()) };
    // SAFETY: memory of this test.
    let wait = |milliseconds, flags| unsafe {
        ws2_MsgWaitForMultipleObjectsEx(1, &raw const event, milliseconds, 0x4FF, flags)
    };
    assert_eq!(wait(0, 0), 258);
    ws2_SetEvent(event);
    assert_eq!(wait(60_000, 0), 0);
    ws2_PostMessageA(one, 0x400, 0, 0);
    assert_eq!(wait(60_000, 0), 1);
    assert_eq!(wait(0, 0), 258, "it is not new any more");
    assert_eq!(wait(60_000, 4), 1, "MWMO_INPUTAVAILABLE");
    assert_eq!(get(), (one, 0x400, 0, 0));
    assert_eq!(wait(0, 4), 258);
    // MWMO_WAITALL: both.
    ws2_PostMessageA(one, 0x400, 0, 0);
    assert_eq!(wait(1, 1), 258);
    ws2_PostMessageA(one, 0x401, 0, 0);
    ws2_SetEvent(event);
    assert_eq!(wait(60_000, 1), 0);
    while peek().is_some() {}
    // A timer is something new; another thread's message, too.
    ws2_SetTimer(one, 1, 1, None);
    assert_eq!(wait(60_000, 0), 1);
    ws2_KillTimer(one, 1);
    let to = one.expose_provenance();
    let other = std::thread::spawn(move || {
        assert_eq!(ws2_PostMessageA(std::ptr::with_exposed_provenance_mut(to), 0x402, 0, 0), 1);
    });
    assert_eq!(wait(60_000, 4), 1);
    other.join().unwrap();
    assert_eq!(get(), (one, 0x402, 0, 0));
    // SAFETY: no handles, and bad ones.
    unsafe {
        let bad = [std::ptr::without_provenance_mut(4)];
        assert_eq!(ws2_MsgWaitForMultipleObjects(0, null_mut(), 0, 0, 0x4FF), 258);
        assert_eq!(ws2_MsgWaitForMultipleObjects(1, bad.as_ptr(), 0, 0, 0x4FF), u32::MAX);
        assert_eq!(ws2_GetLastError(), 6);
        assert_eq!(ws2_MsgWaitForMultipleObjects(64, bad.as_ptr(), 0, 0, 0x4FF), u32::MAX);
        assert_eq!(ws2_GetLastError(), 87);
    }
    ws2_CloseHandle(event);
    ws2_DestroyWindow(one);
}
