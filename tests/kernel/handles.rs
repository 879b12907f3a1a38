//! Handles: KO7, KO14, KO15, and their table.

use std::os::fd::AsRawFd;
use std::ptr::null_mut;

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::WSADATA;
use ws2_32::ffi::*;

use crate::support::process::{alone, here};
use crate::words::*;

fn handle(value: usize) -> HANDLE {
    std::ptr::without_provenance_mut(value)
}

fn duplicate(source: HANDLE, access: u32, options: u32) -> (HANDLE, u32) {
    let process = ws2_GetCurrentProcess();
    let mut made = null_mut();
    let (done, code) = with_error(|| unsafe {
        ws2_DuplicateHandle(process, source, process, &raw mut made, access, 0, options)
    });
    assert_eq!(done == 1, !made.is_null());
    (made, code)
}

#[test]
fn ko7_closing() {
    for object in [event(true, true), mutex(true), semaphore(0, 1), timer(false), thread(|| 0)] {
        assert_eq!((ws2_CloseHandle(object), with_error(|| ws2_CloseHandle(object))), (1, (0, 6)));
    }
    for bad in [0, 0x4000_0000 + 0x3F_FFFC, 0x7FFF_FFFC, 0x8000_0000, usize::MAX - 2, 0x3FFF_FFFF] {
        assert_eq!(with_error(|| ws2_CloseHandle(handle(bad))), (0, 6), "{bad:#x}");
    }
    let go = Shared::from(event(true, false));
    let ended = Shared::from(event(true, false));
    close(asleep(move || {
        wait(go.get(), INFINITE);
        ws2_SetEvent(ended.get()).cast_unsigned()
    }));
    ws2_SetEvent(go.get());
    assert_eq!(wait(ended.get(), INFINITE), 0, "a thread goes on without its handle");
}

#[test]
fn ko7_closing_sockets_and_files() {
    alone(here!("ko7_closing_sockets_and_files"), || {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        assert_eq!(unsafe { WSAStartup(0x0202, &raw mut data) }, 0);
        let socket = ws2_socket(2, 2, 0);
        assert_eq!(with_error(|| wait(handle(socket), 0)), (TIMED_OUT, UNTOUCHED), "OE4: nothing has ended");
        assert_eq!(ws2_CloseHandle(handle(socket)), 1);
        assert_eq!((closesocket(socket), WSAGetLastError()), (-1, 10038));
        assert_eq!(with_error(|| ws2_CloseHandle(handle(socket))), (0, 6));
        let file = std::fs::File::open("/dev/null").unwrap();
        let number = std::os::fd::IntoRawFd::into_raw_fd(file);
        assert_eq!(ws2_CloseHandle(handle(number.cast_unsigned() as usize)), 1);
        assert_eq!(WSACleanup(), 0);
    });
}

#[test]
fn ko14_duplicates() {
    let event = event(true, false);
    let (second, _) = duplicate(event, 0, 2);
    assert_ne!(second, event);
    ws2_SetEvent(event);
    assert_eq!((wait(second, 0), ws2_CompareObjectHandles(event, second)), (0, 1));
    let (weak, _) = duplicate(event, 0x0010_0000, 0);
    assert_eq!((wait(weak, 0), with_error(|| ws2_SetEvent(weak))), (0, (0, 5)));
    let (third, _) = duplicate(event, 0, 3);
    assert_eq!(
        (with_error(|| ws2_SetEvent(event)), ws2_SetEvent(third)),
        ((0, 6), 1),
        "the first was closed"
    );
    assert_eq!(duplicate(event, 0, 2), (null_mut(), 6));
    assert_eq!(duplicate(second, 0, 4), (null_mut(), 87));
    let process = ws2_GetCurrentProcess();
    let to_nowhere =
        |options| unsafe { ws2_DuplicateHandle(process, second, process, null_mut(), 0, 0, options) };
    assert_eq!(with_error(|| to_nowhere(2)), (0, 87));
    assert_eq!(with_error(|| to_nowhere(1)), (1, UNTOUCHED));
    assert_eq!(with_error(|| ws2_SetEvent(second)), (0, 6));
    let foreign = unsafe { ws2_DuplicateHandle(third, third, process, &mut null_mut(), 0, 0, 2) };
    assert_eq!(foreign, 0, "an event is no process");
    assert_eq!(with_error(|| ws2_CompareObjectHandles(third, process)), (0, 1656));
}

#[test]
fn ko14_descriptors() {
    let file = std::fs::File::open("/dev/null").unwrap();
    let number = handle(file.as_raw_fd().cast_unsigned() as usize);
    let (second, code) = duplicate(number, 0, 2);
    assert_eq!(code, UNTOUCHED);
    assert_eq!(ws2_CompareObjectHandles(number, second), 1);
    assert_eq!(with_error(|| ws2_CompareObjectHandles(number, event(true, true))), (0, 1656));
    close(second);
}

#[test]
fn ko15_inheritance() {
    let information = |of: HANDLE| {
        let mut flags = 0;
        assert_eq!(unsafe { ws2_GetHandleInformation(of, &raw mut flags) }, 1);
        flags
    };
    let file = std::fs::File::open("/dev/null").unwrap();
    let number = file.as_raw_fd();
    let as_handle = handle(number.cast_unsigned() as usize);
    for (object, is_descriptor) in [(event(true, true), false), (as_handle, true)] {
        assert_eq!(information(object), 0);
        assert_eq!((ws2_SetHandleInformation(object, 1, 1), information(object)), (1, 1));
        if is_descriptor {
            assert_eq!(unsafe { libc::fcntl(number, libc::F_GETFD) }, 0);
        }
        assert_eq!((ws2_SetHandleInformation(object, 0, 0), information(object)), (1, 1));
        assert_eq!((ws2_SetHandleInformation(object, 1, 0), information(object)), (1, 0));
        assert_eq!(with_error(|| ws2_SetHandleInformation(object, 4, 4)), (0, 87));
    }
    assert_eq!(with_error(|| ws2_SetHandleInformation(as_handle, 2, 2)), (0, 50));
    let protected = event(true, true);
    assert_eq!(ws2_SetHandleInformation(protected, 2, 2), 1);
    assert_eq!(with_error(|| ws2_CloseHandle(protected)), (0, 6));
    assert_eq!((ws2_SetHandleInformation(protected, 2, 0), ws2_CloseHandle(protected)), (1, 1));
}

/// Values survive a cast to 32 bits, and a closed handle is not another object's soon.
#[test]
fn thousands_of_objects() {
    let mut handles: Vec<HANDLE> = (0..20_000).map(|_| event(true, false)).collect();
    for one in &handles {
        assert!((0x4000_0000..0x8000_0000).contains(&one.addr()) && one.addr().is_multiple_of(4));
        assert_eq!(ws2_SetEvent(*one), 1);
    }
    handles.iter().for_each(|one| assert_eq!(wait(*one, 0), 0));
    let first = handles[0];
    close(first);
    for _ in 0..20_000 {
        let another = event(true, false);
        assert_ne!(another, first);
        close(another);
    }
    handles.drain(1..).for_each(close);
}
