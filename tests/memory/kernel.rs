//! Windows' objects: handles, threads, waits, ports.

use std::ffi::c_void;
use std::ptr::{null, null_mut};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::*;

use crate::support::calls::start;
use crate::support::process::{alone, here};
use crate::walk::{NO_MEMORY, walk};

fn handle(value: HANDLE) -> Result<HANDLE, i32> {
    if value.is_null() { Err(ws2_GetLastError().cast_signed()) } else { Ok(value) }
}

fn truth(value: i32) -> Result<(), i32> {
    if value == 0 { Err(ws2_GetLastError().cast_signed()) } else { Ok(()) }
}

fn close(handle: HANDLE) {
    assert_eq!(ws2_CloseHandle(handle), 1);
}

const CODES: &[i32] = &[NO_MEMORY];

#[test]
fn objects() {
    alone(here!("objects"), || {
        start();
        let none = null_mut;
        let name: Vec<u16> = "Local\\a name\0".encode_utf16().collect();
        for text in [null(), c"a name".as_ptr()] {
            walk("CreateEventA", CODES, || handle(unsafe { ws2_CreateEventA(none(), 1, 0, text) }), close);
            walk(
                "CreateMutexA",
                CODES,
                || handle(unsafe { ws2_CreateMutexA(none(), 1, text) }),
                |mutex| {
                    assert_eq!(ws2_ReleaseMutex(mutex), 1);
                    close(mutex);
                },
            );
            let make = || handle(unsafe { ws2_CreateSemaphoreA(none(), 1, 2, text) });
            walk("CreateSemaphoreA", CODES, make, close);
            let make = || handle(unsafe { ws2_CreateWaitableTimerA(none(), 1, text) });
            walk("CreateWaitableTimerA", CODES, make, close);
        }
        let make = || handle(unsafe { ws2_CreateEventW(none(), 1, 0, name.as_ptr()) });
        walk("CreateEventW", CODES, make, close);
        let there = make().unwrap();
        let open = || handle(unsafe { ws2_OpenEventW(0x1F_0003, 0, name.as_ptr()) });
        walk("OpenEventW", CODES, open, close);
        walk("WSACreateEvent", CODES, || handle(WSACreateEvent()), close);
        let double = || {
            let (own, mut second) = (ws2_GetCurrentProcess(), null_mut());
            truth(unsafe { ws2_DuplicateHandle(own, there, own, &raw mut second, 0, 0, 2) }).map(|()| second)
        };
        walk("DuplicateHandle", CODES, double, close);
        close(there);
    });
}

unsafe extern "C" fn ends(_: *mut c_void) -> u32 {
    7
}

unsafe extern "C" fn routine(_: usize) {}

unsafe extern "C" fn due(_: *mut c_void, _: u32, _: u32) {}

#[test]
fn threads() {
    alone(here!("threads"), || {
        let make =
            || handle(unsafe { ws2_CreateThread(null_mut(), 0, Some(ends), null_mut(), 0, null_mut()) });
        walk("CreateThread", CODES, make, |thread| {
            assert_eq!(ws2_WaitForSingleObject(thread, 60_000), 0);
            close(thread);
        });
        let own = ws2_GetCurrentThread();
        let queue = || truth(unsafe { ws2_QueueUserAPC(Some(routine), own, 0) }.cast_signed());
        walk("QueueUserAPC", CODES, queue, |()| assert_eq!(ws2_SleepEx(0, 1), 0xC0));
        let open = || handle(ws2_OpenThread(0x1F_FFFF, 0, ws2_GetCurrentThreadId()));
        walk("OpenThread", CODES, open, close);
        let name: Vec<u16> = "a thread\0".encode_utf16().collect();
        const FROM_WINDOWS: i32 = 0x8007_0000_u32.cast_signed();
        let describe = || match unsafe { ws2_SetThreadDescription(own, name.as_ptr()) } {
            0 => Ok(()),
            code => Err(code & !FROM_WINDOWS),
        };
        walk("SetThreadDescription", CODES, describe, |()| {});
        let timer = unsafe { ws2_CreateWaitableTimerA(null_mut(), 0, null()) };
        let soon = ws2_32::ffi::kernel::types::LARGE_INTEGER { QuadPart: -1 };
        let set =
            || truth(unsafe { ws2_SetWaitableTimer(timer, &raw const soon, 0, Some(due), null_mut(), 0) });
        walk("SetWaitableTimer", CODES, set, |()| assert_eq!(ws2_SleepEx(60_000, 1), 0xC0));
        close(timer);
    });
}

#[test]
fn values_of_threads() {
    alone(here!("values_of_threads"), || {
        let allocate = || match ws2_TlsAlloc() {
            u32::MAX => Err(ws2_GetLastError().cast_signed()),
            index => Ok(index),
        };
        walk("TlsAlloc", CODES, allocate, |index| assert_eq!(ws2_TlsFree(index), 1));
        let index = allocate().unwrap();
        let store = || truth(ws2_TlsSetValue(index, std::ptr::without_provenance_mut(3)));
        walk("TlsSetValue", CODES, store, |()| {});
        let allocate = || match unsafe { ws2_FlsAlloc(None) } {
            u32::MAX => Err(ws2_GetLastError().cast_signed()),
            index => Ok(index),
        };
        walk("FlsAlloc", CODES, allocate, |index| assert_eq!(ws2_FlsFree(index), 1));
        let index = allocate().unwrap();
        let store = || truth(ws2_FlsSetValue(index, std::ptr::without_provenance_mut(3)));
        walk("FlsSetValue", CODES, store, |()| {});
    });
}

#[test]
fn waits() {
    alone(here!("waits"), || {
        start();
        let set = || unsafe { ws2_CreateEventA(null_mut(), 1, 1, null()) };
        let two = [set(), set()];
        let waited = |result: u32| match result {
            u32::MAX => Err(ws2_GetLastError().cast_signed()),
            other => {
                assert_eq!(other, 0);
                Ok(())
            }
        };
        walk("WaitForSingleObject", CODES, || waited(ws2_WaitForSingleObject(two[0], 0)), |()| {});
        for all in [0, 1] {
            let wait = || waited(unsafe { ws2_WaitForMultipleObjects(2, two.as_ptr(), all, 1000) });
            walk("WaitForMultipleObjects", CODES, wait, |()| {});
        }
        let wait = || waited(unsafe { WSAWaitForMultipleEvents(2, two.as_ptr(), 1, 1000, 0) });
        walk("WSAWaitForMultipleEvents", CODES, wait, |()| {});
        two.into_iter().for_each(close);
    });
}

#[test]
fn ports() {
    alone(here!("ports"), || {
        start();
        let no_file = std::ptr::without_provenance_mut(usize::MAX);
        let make = || handle(ws2_CreateIoCompletionPort(no_file, null_mut(), 0, 0));
        walk("CreateIoCompletionPort", CODES, make, close);
        let port = make().unwrap();
        // Windows has this code for a port that cannot take a packet.
        let post = || truth(ws2_PostQueuedCompletionStatus(port, 1, 2, null_mut()));
        walk("PostQueuedCompletionStatus", &[NO_MEMORY, 1450], post, |()| {
            let (mut bytes, mut key, mut over) = (0, 0, null_mut());
            let (bytes, key, over) = (&raw mut bytes, &raw mut key, &raw mut over);
            assert_eq!(unsafe { ws2_GetQueuedCompletionStatus(port, bytes, key, over, 60_000) }, 1);
        });
        let take = || {
            let (mut bytes, mut key, mut over) = (0, 0, null_mut());
            let (bytes, key, over) = (&raw mut bytes, &raw mut key, &raw mut over);
            match truth(unsafe { ws2_GetQueuedCompletionStatus(port, bytes, key, over, 1) }) {
                // Nothing came in time.
                Err(258) => Ok(()),
                other => other,
            }
        };
        walk("GetQueuedCompletionStatus", &[NO_MEMORY, 1450], take, |()| {});
        close(port);
    });
}
