//! Events and their names: EO1, EO3, KO1, KO2.

use std::ptr::{null, null_mut};

use ws2_32::ffi::types::WSADATA;
use ws2_32::ffi::*;

use crate::words::*;

#[test]
fn eo1_wsacreateevent_is_a_manual_reset_event() {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    assert_eq!(unsafe { WSAStartup(0x0202, &raw mut data) }, 0);
    let event = WSACreateEvent();
    assert_eq!(wait(event, 0), TIMED_OUT);
    assert_eq!(ws2_SetEvent(event), 1);
    assert_eq!((wait(event, 0), wait(event, 0)), (0, 0));
    let mut flags = 9;
    assert_eq!(unsafe { ws2_GetHandleInformation(event, &raw mut flags) }, 1);
    assert_eq!(flags, 0, "not inheritable");
    assert_eq!(WSACloseEvent(event), 1);
    assert_eq!(WSACleanup(), 0);
}

#[test]
fn eo3_eo4_winsock_names_are_the_same_functions() {
    let event = event(true, false);
    let list = [event, mutex(false)];
    assert_eq!(WSASetEvent(event), 1);
    assert_eq!(unsafe { WSAWaitForMultipleEvents(2, list.as_ptr(), 1, 0, 0) }, 0);
    assert_eq!(WSAResetEvent(event), 1);
    assert_eq!(unsafe { WSAWaitForMultipleEvents(1, list.as_ptr(), 0, 0, 0) }, TIMED_OUT);
    assert_eq!(WSACloseEvent(event), 1);
    assert_eq!(with_error(|| WSACloseEvent(event)), (0, 6));
    assert_eq!(with_error(|| WSASetEvent(event)), (0, 6));
    assert_eq!(with_error(|| WSAResetEvent(event)), (0, 6));
}

#[test]
fn ko1_names() {
    let (name, other) = (text("ko1"), text("KO1"));
    let create = |name: &std::ffi::CString| unsafe { ws2_CreateEventA(null_mut(), 1, 0, name.as_ptr()) };
    let open = |name: *const _| with_error(|| unsafe { ws2_OpenEventA(0x001F_0003, 0, name) });
    let (first, code) = with_error(|| create(&name));
    assert_eq!((first.is_null(), code), (false, 0));
    let (second, code) = with_error(|| create(&name));
    assert_eq!((second.is_null(), second != first, code), (false, true, 183));
    assert_eq!(ws2_SetEvent(first), 1);
    assert_eq!(wait(second, 0), 0, "the same object");
    assert_eq!(ws2_CompareObjectHandles(first, second), 1);
    assert_eq!(open(other.as_ptr()).1, 2, "names are case-sensitive");
    assert_eq!(open(null()).1, 87);
    let wide: Vec<u16> = "Local\\ko1\0".encode_utf16().collect();
    let third = unsafe { ws2_OpenEventW(0x0010_0000, 0, wide.as_ptr()) };
    assert_eq!(wait(third, 0), 0, "the same name in 16 bits");
    assert_eq!(with_error(|| ws2_SetEvent(third)), (0, 5), "without the right to it");
    // An object of another kind.
    let refused = with_error(|| unsafe { ws2_CreateMutexA(null_mut(), 0, name.as_ptr()) });
    assert_eq!(refused, (null_mut(), 6));
    assert_eq!(with_error(|| unsafe { ws2_OpenSemaphoreA(0x001F_0003, 0, name.as_ptr()) }), (null_mut(), 6));
    for handle in [first, second, third] {
        close(handle);
    }
    assert_eq!(open(name.as_ptr()), (null_mut(), 2), "the name goes with the last handle");
}

#[test]
fn ko1_names_of_the_other_kinds() {
    let name = |kind: &str| text(&format!("ko1 {kind}"));
    let (mutex, semaphore, timer) = (name("mutex"), name("semaphore"), name("timer"));
    for (create, open) in [
        (unsafe { ws2_CreateMutexExA(null_mut(), mutex.as_ptr(), 0, 0x001F_0001) }, unsafe {
            ws2_OpenMutexA(0x001F_0001, 0, mutex.as_ptr())
        }),
        (unsafe { ws2_CreateSemaphoreExA(null_mut(), 0, 1, semaphore.as_ptr(), 0, 0x001F_0003) }, unsafe {
            ws2_OpenSemaphoreA(0x001F_0003, 0, semaphore.as_ptr())
        }),
        (unsafe { ws2_CreateWaitableTimerExA(null_mut(), timer.as_ptr(), 1, 0x001F_0003) }, unsafe {
            ws2_OpenWaitableTimerA(0x001F_0003, 0, timer.as_ptr())
        }),
    ] {
        assert_eq!(ws2_CompareObjectHandles(create, open), 1);
        close(create);
        close(open);
    }
}

#[test]
fn ko1_createeventex_flags() {
    for (flags, set, manual) in [(0, false, false), (1, false, true), (2, true, false), (3, true, true)] {
        let event = unsafe { ws2_CreateEventExW(null_mut(), null(), flags, 0x001F_0003) };
        assert_eq!(wait(event, 0) == 0, set, "{flags}");
        ws2_SetEvent(event);
        assert_eq!((wait(event, 0), wait(event, 0) == 0), (0, manual), "{flags}");
        close(event);
    }
    let refused = with_error(|| unsafe { ws2_CreateEventExA(null_mut(), null(), 4, 0x001F_0003) });
    assert_eq!(refused, (null_mut(), 87));
}

#[test]
fn ko2_set_and_reset() {
    let (manual, auto) = (event(true, false), event(false, false));
    for event in [manual, auto] {
        assert_eq!((ws2_SetEvent(event), ws2_SetEvent(event)), (1, 1));
    }
    assert_eq!((wait(manual, 0), wait(manual, 0)), (0, 0));
    assert_eq!((wait(auto, 0), wait(auto, 0)), (0, TIMED_OUT), "the second SetEvent is lost");
    assert_eq!((ws2_ResetEvent(manual), wait(manual, 0)), (1, TIMED_OUT));
}

#[test]
fn ko2_manual_releases_all_and_auto_one() {
    let (manual, auto) = (Shared::from(event(true, false)), Shared::from(event(false, false)));
    let waiters: Vec<_> = (0..4).map(|_| asleep(move || wait(manual.get(), INFINITE))).collect();
    ws2_SetEvent(manual.get());
    waiters.into_iter().for_each(|waiter| assert_eq!(join(waiter), 0));

    let waiters: Vec<_> = (0..3).map(|_| asleep(move || wait(auto.get(), INFINITE))).collect();
    for left in (0..3).rev() {
        ws2_SetEvent(auto.get());
        assert!(any(&waiters, INFINITE) < 3);
        let running = waiters.iter().filter(|waiter| exit_code(**waiter) == 259).count();
        assert!(running >= left, "{running} of {left}");
        if left > 0 {
            assert_eq!(all(&waiters, 0), TIMED_OUT);
        }
        // The event was consumed.
        while waiters.iter().filter(|waiter| exit_code(**waiter) == 259).count() > left {
            std::thread::yield_now();
        }
    }
    waiters.into_iter().for_each(|waiter| assert_eq!(join(waiter), 0));
    assert_eq!(wait(auto.get(), 0), TIMED_OUT);
}

#[test]
fn ko2_pulse_releases_those_that_wait() {
    for (manual, released) in [(true, 3), (false, 1)] {
        let event = Shared::from(event(manual, false));
        let waiters: Vec<_> = (0..3).map(|_| asleep(move || wait(event.get(), INFINITE))).collect();
        assert_eq!(ws2_PulseEvent(event.get()), 1);
        assert_eq!(wait(event.get(), 0), TIMED_OUT, "reset");
        let ended = || waiters.iter().filter(|waiter| exit_code(**waiter) == 0).count();
        while ended() < released {
            std::thread::yield_now();
        }
        assert_eq!(wait(event.get(), A_MOMENT), TIMED_OUT);
        assert_eq!(ended(), released);
        for _ in released..3 {
            ws2_PulseEvent(event.get());
        }
        waiters.into_iter().for_each(|waiter| assert_eq!(join(waiter), 0));
    }
}
