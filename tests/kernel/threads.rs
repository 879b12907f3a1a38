//! Threads: KO8 to KO13, KO25, and what ends them.

use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, Ordering};

use ws2_32::ffi::*;

use crate::words::*;

unsafe extern "C" fn give_back(value: *mut c_void) -> u32 {
    value.addr() as u32
}

unsafe extern "C" fn sets_event(event: *mut c_void) {
    assert_eq!(ws2_SetEvent(event), 1);
}

#[test]
fn ko8_createthread() {
    let mut number = 0;
    let at = |value: usize| std::ptr::without_provenance_mut::<c_void>(value);
    for (stack, flags) in [(0, 0), (1, 0), (4096, 0x1_0000), (64 << 20, 0x1_0000), (3 << 20, 0)] {
        let handle =
            unsafe { ws2_CreateThread(null_mut(), stack, Some(give_back), at(12), flags, &raw mut number) };
        assert_eq!(ws2_GetThreadId(handle), number);
        assert_ne!(number, ws2_GetCurrentThreadId());
        assert_eq!(join(handle), 12, "{stack}");
    }
    let make = |stack, main| {
        with_error(|| unsafe { ws2_CreateThread(null_mut(), stack, main, at(0), 0, null_mut()) })
    };
    assert_eq!(make(0, None), (null_mut(), 87));
    assert_eq!(make(usize::MAX, Some(give_back)), (null_mut(), 8), "a stack that there is no memory for");
}

#[test]
fn ko8_a_stack_of_the_size_that_was_asked_for() {
    unsafe extern "C" fn uses_much(_: *mut c_void) -> u32 {
        // Written from the top on, as a stack grows.
        let mut room = [0_u8; 12 << 20];
        room.iter_mut().rev().step_by(4096).for_each(|byte| *byte = std::hint::black_box(1));
        u32::from(std::hint::black_box(&room)[0])
    }
    let thread =
        unsafe { ws2_CreateThread(null_mut(), 16 << 20, Some(uses_much), null_mut(), 0, null_mut()) };
    assert!(join(thread) <= 1);
}

#[test]
fn ko8_beginthread() {
    let event = event(false, false);
    let handle = unsafe { ws2__beginthread(Some(sets_event), 0, event) };
    assert_ne!(handle, usize::MAX);
    assert_eq!(wait(event, INFINITE), 0);
    // The handle closes itself.
    while wait(Shared(handle).get(), 1) != FAILED {}
    assert_eq!(with_error(|| ws2_CloseHandle(Shared(handle).get())), (0, 6));
    assert_eq!(unsafe { ws2__beginthread(None, 0, null_mut()) }, usize::MAX);
    assert_eq!(std::io::Error::last_os_error().raw_os_error(), Some(libc::EINVAL));
    unsafe extern "C" fn ends(code: *mut c_void) -> u32 {
        ws2__endthreadex(code.addr() as u32);
        0
    }
    let handle = unsafe {
        ws2__beginthreadex(null_mut(), 0, Some(ends), std::ptr::without_provenance_mut(8), 0, null_mut())
    };
    assert_eq!(join(Shared(handle).get()), 8);
    assert_eq!(unsafe { ws2__beginthreadex(null_mut(), 0, None, null_mut(), 0, null_mut()) }, 0);
}

#[test]
fn ko9_ko10_exit_codes_and_the_signalled_thread() {
    let go = Shared::from(event(true, false));
    let thread = asleep(move || wait(go.get(), INFINITE) + 5);
    assert_eq!((exit_code(thread), wait(thread, 0)), (259, TIMED_OUT));
    ws2_SetEvent(go.get());
    assert_eq!((wait(thread, INFINITE), wait(thread, 0)), (0, 0), "for ever");
    assert_eq!(exit_code(thread), 5);
    let ended = crate::words::thread(|| {
        ws2_ExitThread(6);
        7
    });
    assert_eq!(join(ended), 6);
    assert_eq!(with_error(|| unsafe { ws2_GetExitCodeThread(go.get(), &mut 0) }), (0, 6));
    assert_eq!(with_error(|| unsafe { ws2_GetExitCodeThread(thread, null_mut()) }), (0, 998));
}

/// The end is signalled after the destructors of thread-local values: a thread that was waited for runs no more code.
#[test]
fn ko10_signalled_last() {
    static DROPPED: AtomicBool = AtomicBool::new(false);
    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            ws2_Sleep(20);
            DROPPED.store(true, Ordering::SeqCst);
        }
    }
    thread_local! {
        static LATE: Late = const { Late };
    }
    let ended = thread(|| {
        LATE.with(|_| ());
        3
    });
    assert_eq!(join(ended), 3);
    assert!(DROPPED.load(Ordering::SeqCst));
}

#[test]
fn ko11_terminatethread() {
    let never = Shared::from(event(true, false));
    let held = Shared::from(mutex(false));
    let waiter = asleep(move || {
        assert_eq!(wait(held.get(), 0), 0);
        wait(never.get(), INFINITE)
    });
    // It may be asleep before the wait, too; then it ends in the wait.
    assert_eq!(ws2_TerminateThread(waiter, 33), 1);
    assert_eq!((wait(waiter, INFINITE), exit_code(waiter)), (0, 33));
    assert_eq!(with_error(|| ws2_TerminateThread(waiter, 1)), (0, 5), "it has ended");
    assert!(matches!(wait(held.get(), 0), 0 | ABANDONED));
    let (suspended, _) = thread_with(4, || panic!("never begins"));
    assert_eq!(ws2_TerminateThread(suspended, 34), 1);
    assert_eq!(join(suspended), 34);
    let itself = thread(|| {
        ws2_TerminateThread(ws2_GetCurrentThread(), 35);
        1
    });
    assert_eq!(join(itself), 35);
    let sleeper = asleep(|| ws2_SleepEx(INFINITE, 0));
    assert_eq!(ws2_TerminateThread(sleeper, 36), 1);
    assert_eq!(join(sleeper), 36);
}

#[test]
fn ko12_suspend_and_resume() {
    let (thread, _) = thread_with(4, || 9);
    assert_eq!(wait(thread, A_MOMENT), TIMED_OUT);
    assert_eq!((ws2_SuspendThread(thread), ws2_ResumeThread(thread)), (1, 2));
    assert_eq!((wait(thread, 1), ws2_ResumeThread(thread)), (TIMED_OUT, 1));
    assert_eq!((wait(thread, INFINITE), exit_code(thread)), (0, 9));
    assert_eq!(with_error(|| ws2_SuspendThread(thread)), (FAILED, 5), "it has ended");
    assert_eq!(ws2_ResumeThread(thread), 0);
    assert_eq!(with_error(|| ws2_SuspendThread(ws2_GetCurrentThread())), (FAILED, 120), "it runs");
    assert_eq!(with_error(|| ws2_ResumeThread(null_mut())), (FAILED, 6));
    let (many, _) = thread_with(4, || 0);
    (1..127).for_each(|count| assert_eq!(ws2_SuspendThread(many), count));
    assert_eq!(with_error(|| ws2_SuspendThread(many)), (FAILED, 156));
    (1..=127).rev().for_each(|count| assert_eq!(ws2_ResumeThread(many), count));
    assert_eq!(join(many), 0);
}

#[test]
fn ko13_pseudo_handles() {
    assert_eq!(ws2_GetCurrentThread().addr().cast_signed(), -2);
    assert_eq!(ws2_GetCurrentProcess().addr().cast_signed(), -1);
    let process = ws2_GetCurrentProcess();
    let mut real = null_mut();
    assert_eq!(
        unsafe { ws2_DuplicateHandle(process, ws2_GetCurrentThread(), process, &raw mut real, 0, 0, 2) },
        1
    );
    assert_eq!(ws2_GetThreadId(real), ws2_GetCurrentThreadId());
    let real = Shared::from(real);
    assert_eq!(join(thread(move || wait(real.get(), 0))), TIMED_OUT, "it means this thread elsewhere, too");
    assert_eq!(ws2_CloseHandle(ws2_GetCurrentThread()), 1, "does nothing");
}

#[test]
fn ko25_numbers() {
    assert_eq!(ws2_GetCurrentProcessId(), std::process::id());
    assert_eq!(ws2_GetCurrentThreadId().cast_signed(), unsafe { libc::gettid() });
    let (thread, number) = thread_with(4, || 0);
    let opened = ws2_OpenThread(0x0010_0000, 0, number);
    assert_eq!(ws2_CompareObjectHandles(opened, thread), 1);
    assert_eq!(with_error(|| ws2_ResumeThread(opened)), (FAILED, 5), "without the right to it");
    ws2_ResumeThread(thread);
    assert_eq!(join(opened_or(opened, thread)), 0);
    assert_eq!(with_error(|| ws2_OpenThread(0x0010_0000, 0, 0)), (null_mut(), 87));
}

/// Closes the first after the second has been waited for.
fn opened_or(opened: *mut c_void, thread: *mut c_void) -> *mut c_void {
    assert_eq!(wait(opened, INFINITE), 0);
    close(opened);
    thread
}

#[test]
fn threads_that_the_program_made_itself() {
    let (tell, told) = std::sync::mpsc::channel();
    let made = std::thread::spawn(move || {
        let process = ws2_GetCurrentProcess();
        let mut real = null_mut();
        let me = ws2_GetCurrentThread();
        assert_eq!(unsafe { ws2_DuplicateHandle(process, me, process, &raw mut real, 0, 0, 2) }, 1);
        tell.send(Shared::from(real)).unwrap();
        ws2_SleepEx(INFINITE, 1)
    });
    let handle = told.recv().unwrap().get();
    assert_eq!(with_error(|| ws2_TerminateThread(handle, 1)), (0, 5));
    unsafe extern "C" fn nothing(_: usize) {}
    assert_eq!(unsafe { ws2_QueueUserAPC(Some(nothing), handle, 0) }, 1);
    assert_eq!(wait(handle, INFINITE), 0);
    assert_eq!(made.join().unwrap(), IO_COMPLETION);
    assert_eq!(exit_code(handle), 0);
    close(handle);
}

#[test]
fn priorities_and_descriptions() {
    let me = ws2_GetCurrentThread();
    assert_eq!(ws2_GetThreadPriority(me), 0);
    for priority in [-15, -2, -1, 0, 1, 2, 15] {
        assert_eq!((ws2_SetThreadPriority(me, priority), ws2_GetThreadPriority(me)), (1, priority));
    }
    assert_eq!(with_error(|| ws2_SetThreadPriority(me, 3)), (0, 87));
    assert_eq!(with_error(|| ws2_GetThreadPriority(null_mut())), (0x7FFF_FFFF, 6));
    assert_eq!(ws2_SwitchToThread(), 1);
    let named = thread(|| {
        let name: Vec<u16> = "a name with ümlauts\0".encode_utf16().collect();
        assert_eq!(unsafe { ws2_SetThreadDescription(ws2_GetCurrentThread(), name.as_ptr()) }, 0);
        let shown = std::fs::read_to_string("/proc/thread-self/comm").unwrap();
        assert_eq!(shown, "a name with üm\n");
        0
    });
    assert_eq!(join(named), 0);
    assert_eq!(unsafe { ws2_SetThreadDescription(me, null()) }, 0x8007_03E6_u32.cast_signed());
}
