//! The threads of pools: their stacks, pools that cannot have as many as they are to have, and what a thread may still call when it
//! ends. Rows TP4, TP7, TP8.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::thread;

use crate::pool::{Told, environment, tell};
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

/// TP4: each thread has the stack that its own pool has said, however many pools start threads at the same time.
#[test]
fn tp4_each_pool_has_its_own_threads() {
    const SIZES: [usize; 3] = [1 << 20, 8 << 20, 64 << 20];
    let run = |size: usize| {
        let told = Told::new();
        for round in 0..200 {
            let pool = pool_with_stack(size);
            let mut wanted = environment(pool, null_mut());
            let submitted = unsafe {
                ws2_TrySubmitThreadpoolCallback(Some(tells_its_stack), told.context(), &raw mut wanted)
            };
            assert_eq!(submitted, 1);
            let got = told.next().2;
            assert!((size / 2..size * 2).contains(&got), "{round}: {got} instead of {size}");
            ws2_CloseThreadpool(pool);
        }
    };
    thread::scope(|scope| {
        SIZES.map(|size| scope.spawn(move || run(size))).map(|thread| thread.join().unwrap())
    });
}
