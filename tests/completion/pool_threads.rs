//! The threads of pools: their stacks, pools that cannot have as many as they are to have, and what a thread may still call when it
//! ends. Rows TP4, TP7, TP8.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::pool::{Told, environment, tell};
use crate::support::process::{alone, here};
use crate::words::*;
use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::*;

/// The size of the calling thread's stack in bytes.
fn own_stack() -> usize {
    let mut size = 0;
    unsafe {
        let mut attributes = std::mem::zeroed();
        assert_eq!(libc::pthread_getattr_np(libc::pthread_self(), &raw mut attributes), 0);
        assert_eq!(libc::pthread_attr_getstacksize(&raw const attributes, &raw mut size), 0);
        libc::pthread_attr_destroy(&raw mut attributes);
    }
    size
}

unsafe extern "C" fn tells_its_stack(_: PTP_CALLBACK_INSTANCE, context: *mut c_void) {
    tell(context, (0, 0, own_stack(), 0));
}

fn pool_with_stack(reserve: usize) -> PTP_POOL {
    let pool = ws2_CreateThreadpool(null_mut());
    let mut stack = TP_POOL_STACK_INFORMATION { StackReserve: reserve, StackCommit: 0 };
    assert_eq!(unsafe { ws2_SetThreadpoolStackInformation(pool, &raw mut stack) }, 1);
    pool
}

/// Starts many pools with stacks of that size, each with a thread, which has to have such a stack.
fn start_pools(size: usize) {
    let told = Told::new();
    for round in 0..200 {
        let pool = pool_with_stack(size);
        let mut wanted = environment(pool, null_mut());
        let wanted = &raw mut wanted;
        let submitted =
            unsafe { ws2_TrySubmitThreadpoolCallback(Some(tells_its_stack), told.context(), wanted) };
        assert_eq!(submitted, 1);
        let got = told.next().2;
        // The C library gives a stack once more that is at most four times as large.
        assert!((size..=size * 4).contains(&got), "{round}: {got} instead of {size}");
        ws2_CloseThreadpool(pool);
    }
}

/// TP4: each thread has the stack that its own pool has said, however many pools start threads at the same time.
#[test]
fn tp4_each_pool_has_its_own_threads() {
    thread::scope(|scope| {
        for size in [1 << 20, 8 << 20, 64 << 20] {
            scope.spawn(move || start_pools(size));
        }
    });
}

/// The process may have so many bytes more than it has.
fn limit_memory(more: u64) {
    let own = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = own.split(' ').next().unwrap().parse().unwrap();
    let most = pages * 4096 + more;
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) }, 0);
}

const NO_MEMORY: u32 = 8;

/// TP4: a pool that gets no thread takes none from others that start at the same time.
#[test]
fn tp4_a_pool_without_threads() {
    alone(here!("tp4_a_pool_without_threads"), || {
        limit_memory(8 << 30);
        let told = Told::new();
        let context = told.context().addr();
        let refused = move || {
            let pool = pool_with_stack(1 << 40);
            let mut wanted = environment(pool, null_mut());
            let wanted = &raw mut wanted;
            for _ in 0..2000 {
                let context = without_provenance_mut(context);
                let submitted = with_error(|| unsafe {
                    ws2_TrySubmitThreadpoolCallback(Some(tells_its_stack), context, wanted)
                });
                assert_eq!(submitted, (0, NO_MEMORY));
            }
            ws2_CloseThreadpool(pool);
        };
        thread::scope(|scope| {
            scope.spawn(refused);
            scope.spawn(|| start_pools(1 << 20));
        });
        assert!(told.is_empty());
    });
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

unsafe extern "C" fn may_run_long(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void) {
    tell(context, (0, ws2_CallbackMayRunLong(instance).cast_unsigned(), 0, 0));
}

/// TP4: a minimum that cannot be had leaves the pool as it was: minimum, maximum, threads.
#[test]
fn tp4_a_minimum_that_cannot_be() {
    alone(here!("tp4_a_minimum_that_cannot_be"), || {
        let told = Told::new();
        let pool = pool_with_stack(1 << 30);
        ws2_SetThreadpoolThreadMaximum(pool, 1);
        assert_eq!(ws2_SetThreadpoolThreadMinimum(pool, 1), 1);
        let before = threads();
        limit_memory(7 << 29);
        for _ in 0..3 {
            let begun = std::time::Instant::now();
            assert_eq!(with_error(|| ws2_SetThreadpoolThreadMinimum(pool, 100)), (0, NO_MEMORY));
            wait_until("the threads have gone", || threads() == before);
            // One that only has nothing to do stays for half a minute.
            assert!(begun.elapsed() < Duration::from_secs(25));
        }
        let mut wanted = environment(pool, null_mut());
        let wanted = &raw mut wanted;
        assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(may_run_long), told.context(), wanted) }, 1);
        assert_eq!(told.next().1, 0, "it has one thread, and gets no other");
        ws2_CloseThreadpool(pool);
    });
}

unsafe extern "C" fn ends_its_thread(_: PTP_CALLBACK_INSTANCE, _: *mut c_void, _: PTP_WORK) {
    ws2_ExitThread(7);
}

/// TP8: the last thread of a pool stays, whatever its callback has said, where no other can be started.
#[test]
fn tp8_the_last_thread_stays() {
    alone(here!("tp8_the_last_thread_stays"), || {
        let told = Told::new();
        let pool = pool_with_stack(1 << 30);
        let mut wanted = environment(pool, null_mut());
        let wanted = &raw mut wanted;
        let work = unsafe { ws2_CreateThreadpoolWork(Some(ends_its_thread), null_mut(), wanted) };
        limit_memory(1 << 29);
        (0..3).for_each(|_| ws2_SubmitThreadpoolWork(work));
        ws2_WaitForThreadpoolWorkCallbacks(work, 0);
        let submitted =
            unsafe { ws2_TrySubmitThreadpoolCallback(Some(tells_its_stack), told.context(), wanted) };
        assert_eq!(submitted, 1);
        assert!(told.next().2 >= 1 << 30);
        ws2_CloseThreadpoolWork(work);
        ws2_CloseThreadpool(pool);
    });
}

/// TP4, TP8: where a callback ends its thread another one takes the place, so that the pool has as many as it is to have.
#[test]
fn tp4_a_minimum_stays() {
    alone(here!("tp4_a_minimum_stays"), || {
        let pool = ws2_CreateThreadpool(null_mut());
        let before = threads();
        assert_eq!(ws2_SetThreadpoolThreadMinimum(pool, 3), 1);
        let mut wanted = environment(pool, null_mut());
        let work = unsafe { ws2_CreateThreadpoolWork(Some(ends_its_thread), null_mut(), &raw mut wanted) };
        for _ in 0..10 {
            ws2_SubmitThreadpoolWork(work);
            ws2_WaitForThreadpoolWorkCallbacks(work, 0);
            wait_until("there are as many as before", || threads() >= before + 3);
        }
        ws2_CloseThreadpoolWork(work);
        ws2_CloseThreadpool(pool);
        wait_until("they have gone", || threads() == before);
    });
}

unsafe extern "C" fn ends_without_a_callback(_: usize) {
    ws2_ExitThread(7);
}

unsafe extern "C" fn tells_work(_: PTP_CALLBACK_INSTANCE, context: *mut c_void, _: PTP_WORK) {
    tell(context, (0, 0, 0, 0));
}

/// Ends every other thread that the library knows: by `TerminateThread`, or by a routine.
fn end_all_others(by_routine: bool) {
    let own = unsafe { libc::gettid() }.cast_unsigned();
    for number in std::fs::read_dir("/proc/self/task").unwrap() {
        let number: u32 = number.unwrap().file_name().to_str().unwrap().parse().unwrap();
        let thread = if number == own { null_mut() } else { ws2_OpenThread(0x1F_FFFF, 0, number) };
        if thread.is_null() {
            continue;
        }
        if by_routine {
            unsafe { ws2_QueueUserAPC(Some(ends_without_a_callback), thread, 0) };
        } else {
            ws2_TerminateThread(thread, 3);
        }
        close_handle(thread);
    }
}

/// TP4, TP8: nor has a pool fewer threads where some are ended from outside, before they have begun or later.
#[test]
fn tp8_threads_that_are_ended() {
    alone(here!("tp8_threads_that_are_ended"), || {
        let told = Told::new();
        let before = threads();
        for round in 0..40 {
            let pool = ws2_CreateThreadpool(null_mut());
            let mut wanted = environment(pool, null_mut());
            let is_over = AtomicBool::new(false);
            thread::scope(|scope| {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        end_all_others(round % 2 == 0);
                    }
                });
                assert_eq!(ws2_SetThreadpoolThreadMinimum(pool, 20), 1);
                is_over.store(true, Ordering::Relaxed);
            });
            wait_until("there are as many as there are to be", || threads() >= before + 20);
            let work = unsafe { ws2_CreateThreadpoolWork(Some(tells_work), told.context(), &raw mut wanted) };
            (0..100).for_each(|_| ws2_SubmitThreadpoolWork(work));
            (0..100).for_each(|_| assert_eq!(told.next(), (0, 0, 0, 0)));
            wait_until("there are as many as there are to be", || threads() >= before + 20);
            ws2_CloseThreadpoolWork(work);
            ws2_CloseThreadpool(pool);
            wait_until("they have gone", || threads() == before);
        }
    });
}

static KEY: AtomicU32 = AtomicU32::new(0);
static INSTANCE: AtomicUsize = AtomicUsize::new(0);

/// The thread ends, and what has a destructor is gone.
unsafe extern "C" fn late(context: *mut c_void) {
    let instance: PTP_CALLBACK_INSTANCE = without_provenance_mut(INSTANCE.load(Ordering::Relaxed));
    let long = ws2_CallbackMayRunLong(instance);
    ws2_DisassociateCurrentThreadFromCallback(instance);
    ws2_SetEventWhenCallbackReturns(instance, null_mut());
    ws2_ReleaseMutexWhenCallbackReturns(instance, null_mut());
    ws2_ReleaseSemaphoreWhenCallbackReturns(instance, null_mut(), 1);
    unsafe {
        ws2_LeaveCriticalSectionWhenCallbackReturns(instance, null_mut());
        ws2_FreeLibraryWhenCallbackReturns(instance, null_mut());
        let submitted = ws2_TrySubmitThreadpoolCallback(Some(tells_its_stack), context, null_mut());
        assert_eq!((long, submitted), (0, 1));
    }
}

unsafe extern "C" fn ends_late(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void) {
    INSTANCE.store(instance.addr(), Ordering::Relaxed);
    assert_eq!(unsafe { libc::pthread_setspecific(KEY.load(Ordering::Relaxed), context) }, 0);
    ws2_ExitThread(7);
}

/// TP7: a destructor of a thread that ends may ask, too; there is no callback any more.
#[test]
fn tp7_a_destructor_of_a_callbacks_thread() {
    let told = Told::new();
    let mut key = 0;
    assert_eq!(unsafe { libc::pthread_key_create(&raw mut key, Some(late)) }, 0);
    KEY.store(key, Ordering::Relaxed);
    let submit = || unsafe { ws2_TrySubmitThreadpoolCallback(Some(ends_late), told.context(), null_mut()) };
    assert_eq!(submit(), 1);
    assert_ne!(told.next().2, 0);
}
