//! Handles and pointers that make no sense: the documented code, never a crash.

use std::ptr::{null, null_mut, without_provenance_mut};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::*;

use crate::words::*;

type Call = (&'static str, fn(HANDLE) -> u32, u32);

/// Every function that takes a handle, what it returns for failure, and the kind that it takes.
const CALLS: &[(Call, &str)] = &[
    (("SetEvent", |h| ws2_SetEvent(h) as u32, 0), "event"),
    (("ResetEvent", |h| ws2_ResetEvent(h) as u32, 0), "event"),
    (("PulseEvent", |h| ws2_PulseEvent(h) as u32, 0), "event"),
    (("ReleaseMutex", |h| ws2_ReleaseMutex(h) as u32, 0), "mutex"),
    (("ReleaseSemaphore", |h| unsafe { ws2_ReleaseSemaphore(h, 1, null_mut()) as u32 }, 0), "semaphore"),
    (("CancelWaitableTimer", |h| ws2_CancelWaitableTimer(h) as u32, 0), "timer"),
    (("GetExitCodeThread", |h| unsafe { ws2_GetExitCodeThread(h, &mut 0) as u32 }, 0), "thread"),
    (("SuspendThread", ws2_SuspendThread_, FAILED), "thread"),
    (("ResumeThread", |h| ws2_ResumeThread(h), FAILED), "thread"),
    (("SetThreadPriority", |h| ws2_SetThreadPriority(h, 0) as u32, 0), "thread"),
    (("GetThreadPriority", |h| ws2_GetThreadPriority(h) as u32, 0x7FFF_FFFF), "thread"),
    (("GetThreadId", |h| ws2_GetThreadId(h), 0), "thread"),
    (("TerminateThread", |h| ws2_TerminateThread(h, 0) as u32, 0), "thread"),
];

#[allow(non_snake_case, reason = "Windows' name")]
fn ws2_SuspendThread_(handle: HANDLE) -> u32 {
    ws2_SuspendThread(handle)
}

#[test]
fn handles_that_are_none() {
    let closed = event(true, true);
    close(closed);
    let file = std::fs::File::open("/dev/null").unwrap();
    let descriptor = std::os::fd::AsRawFd::as_raw_fd(&file).cast_unsigned() as usize;
    let values = [0, closed.addr(), descriptor, 0x4FFF_FFFC, 0x8000_0000, 0xFFFF_FFFF, usize::MAX - 2];
    for value in values {
        let handle = without_provenance_mut(value);
        for ((name, call, failed), _) in CALLS {
            assert_eq!(with_error(|| call(handle)), (*failed, 6), "{name} {value:#x}");
        }
        assert_eq!(with_error(|| wait(handle, 0)), (FAILED, 6), "{value:#x}");
        assert_eq!(with_error(|| all(&[event(true, true), handle], 0)), (FAILED, 6), "{value:#x}");
    }
    drop(file);
}

#[test]
fn objects_of_another_kind() {
    let objects = [
        ("event", event(true, false)),
        ("mutex", mutex(false)),
        ("semaphore", semaphore(0, 1)),
        ("timer", timer(true)),
        ("process", ws2_GetCurrentProcess()),
    ];
    for (kind, object) in objects {
        for ((name, call, failed), wanted) in CALLS {
            if *wanted != kind {
                assert_eq!(with_error(|| call(object)), (*failed, 6), "{name} of {kind}");
            }
        }
    }
    let threads: Vec<_> = CALLS.iter().filter(|(_, wanted)| *wanted != "thread").collect();
    for ((name, call, failed), _) in threads {
        assert_eq!(with_error(|| call(ws2_GetCurrentThread())), (*failed, 6), "{name} of a thread");
    }
}

#[test]
fn pointers_that_are_none() {
    let bad = [1_usize, 0x10, usize::MAX, 0x10_0000_0000_0000];
    for address in bad {
        let text = without_provenance_mut(address);
        let wide = without_provenance_mut(address);
        let attributes = without_provenance_mut(address);
        assert_eq!(with_error(|| unsafe { ws2_CreateEventA(null_mut(), 0, 0, text) }), (null_mut(), 998));
        assert_eq!(with_error(|| unsafe { ws2_CreateMutexW(null_mut(), 0, wide) }), (null_mut(), 998));
        assert_eq!(
            with_error(|| unsafe { ws2_CreateSemaphoreA(attributes, 0, 1, null()) }),
            (null_mut(), 998)
        );
        let list = without_provenance_mut::<HANDLE>(address);
        assert_eq!(with_error(|| unsafe { ws2_WaitForMultipleObjects(1, list, 0, 0) }), (FAILED, 998));
        let previous = without_provenance_mut(address);
        let semaphore = semaphore(0, 1);
        assert_eq!(with_error(|| unsafe { ws2_ReleaseSemaphore(semaphore, 1, previous) }), (0, 998));
        assert_eq!(wait(semaphore, 0), TIMED_OUT, "nothing was added");
    }
    assert_eq!(with_error(|| unsafe { ws2_WaitForMultipleObjects(1, null(), 0, 0) }), (FAILED, 998));
    let long = text(&"x".repeat(261));
    assert_eq!(
        with_error(|| unsafe { ws2_CreateEventA(null_mut(), 0, 0, long.as_ptr()) }),
        (null_mut(), 206)
    );
    let path = text("a\\b");
    assert_eq!(with_error(|| unsafe { ws2_CreateEventA(null_mut(), 0, 0, path.as_ptr()) }), (null_mut(), 3));
}
