//! Small words for these tests.

use std::ffi::{CString, c_void};
use std::ptr::{null, null_mut};
use std::sync::mpsc::{Receiver, channel};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::*;

pub(crate) const INFINITE: u32 = u32::MAX;
pub(crate) const TIMED_OUT: u32 = 0x102;
pub(crate) const ABANDONED: u32 = 0x80;
pub(crate) const IO_COMPLETION: u32 = 0xC0;
pub(crate) const FAILED: u32 = u32::MAX;
/// Long enough for a thread to be asleep, where nothing but the test's strength depends on it.
pub(crate) const A_MOMENT: u32 = 20;

/// A last error that no call sets.
pub(crate) const UNTOUCHED: u32 = 0xBEEF;

/// What a call returns, and the last error after it.
pub(crate) fn with_error<T>(call: impl FnOnce() -> T) -> (T, u32) {
    ws2_SetLastError(UNTOUCHED);
    let value = call();
    (value, ws2_GetLastError())
}

pub(crate) fn event(manual: bool, set: bool) -> HANDLE {
    let handle = unsafe { ws2_CreateEventA(null_mut(), manual.into(), set.into(), null()) };
    assert!(!handle.is_null());
    handle
}

pub(crate) fn semaphore(count: i32, maximum: i32) -> HANDLE {
    let handle = unsafe { ws2_CreateSemaphoreA(null_mut(), count, maximum, null()) };
    assert!(!handle.is_null());
    handle
}

pub(crate) fn mutex(owned: bool) -> HANDLE {
    let handle = unsafe { ws2_CreateMutexA(null_mut(), owned.into(), null()) };
    assert!(!handle.is_null());
    handle
}

pub(crate) fn timer(manual: bool) -> HANDLE {
    let handle = unsafe { ws2_CreateWaitableTimerA(null_mut(), manual.into(), null()) };
    assert!(!handle.is_null());
    handle
}

pub(crate) fn text(name: &str) -> CString {
    CString::new(name).unwrap()
}

pub(crate) fn wait(handle: HANDLE, milliseconds: u32) -> u32 {
    ws2_WaitForSingleObject(handle, milliseconds)
}

pub(crate) fn any(handles: &[HANDLE], milliseconds: u32) -> u32 {
    unsafe { ws2_WaitForMultipleObjects(handles.len() as u32, handles.as_ptr(), 0, milliseconds) }
}

pub(crate) fn all(handles: &[HANDLE], milliseconds: u32) -> u32 {
    unsafe { ws2_WaitForMultipleObjects(handles.len() as u32, handles.as_ptr(), 1, milliseconds) }
}

pub(crate) fn close(handle: HANDLE) {
    assert_eq!(ws2_CloseHandle(handle), 1);
}

pub(crate) fn exit_code(thread: HANDLE) -> u32 {
    let mut code = 0;
    assert_eq!(unsafe { ws2_GetExitCodeThread(thread, &raw mut code) }, 1);
    code
}

/// A handle as a value that threads may have.
#[derive(Clone, Copy)]
pub(crate) struct Shared(pub(crate) usize);

impl From<HANDLE> for Shared {
    fn from(handle: HANDLE) -> Self {
        Self(handle.addr())
    }
}

impl Shared {
    pub(crate) fn get(self) -> HANDLE {
        std::ptr::without_provenance_mut(self.0)
    }
}

unsafe extern "C" fn run_box(body: *mut c_void) -> u32 {
    let body = unsafe { Box::from_raw(body.cast::<Box<dyn FnOnce() -> u32>>()) };
    body()
}

/// A thread of `CreateThread` that runs a closure, and its number.
pub(crate) fn thread_with(flags: u32, body: impl FnOnce() -> u32 + Send + 'static) -> (HANDLE, u32) {
    let body: Box<Box<dyn FnOnce() -> u32>> = Box::new(Box::new(body));
    let mut number = 0;
    let handle = unsafe {
        ws2_CreateThread(null_mut(), 0, Some(run_box), Box::into_raw(body).cast(), flags, &raw mut number)
    };
    assert!(!handle.is_null(), "{}", ws2_GetLastError());
    (handle, number)
}

pub(crate) fn thread(body: impl FnOnce() -> u32 + Send + 'static) -> HANDLE {
    thread_with(0, body).0
}

/// Waits for a thread's end: its exit code.
pub(crate) fn join(thread: HANDLE) -> u32 {
    assert_eq!(wait(thread, INFINITE), 0);
    let code = exit_code(thread);
    close(thread);
    code
}

/// A thread that waits in the kernel when this returns: it was told to begin, and sleeps.
pub(crate) fn asleep(body: impl FnOnce() -> u32 + Send + 'static) -> HANDLE {
    let (tell, told): (_, Receiver<()>) = channel();
    let (handle, number) = thread_with(0, move || {
        tell.send(()).unwrap();
        body()
    });
    told.recv().unwrap();
    until_asleep(number);
    handle
}

/// Waits until a thread of this process sleeps.
pub(crate) fn until_asleep(number: u32) {
    let asleep = || {
        let stat = std::fs::read_to_string(format!("/proc/self/task/{number}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('S'))
    };
    while !asleep() {
        std::thread::yield_now();
    }
}
