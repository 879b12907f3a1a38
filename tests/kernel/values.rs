//! `Tls…` and `Fls…`: KO24.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

use ws2_32::ffi::*;

use crate::words::*;

#[test]
fn ko24_a_value_for_every_thread() {
    let index = ws2_TlsAlloc();
    assert_eq!(with_error(|| ws2_TlsGetValue(index)), (null_mut(), 0));
    assert_eq!(ws2_TlsSetValue(index, without_provenance_mut(5)), 1);
    assert_eq!(with_error(|| ws2_TlsGetValue(index).addr()), (5, 0));
    assert_eq!(join(thread(move || ws2_TlsGetValue(index).addr() as u32)), 0);
    assert_eq!(ws2_TlsFree(index), 1);
    assert_eq!(with_error(|| ws2_TlsFree(index)), (0, 87));
    assert_eq!(with_error(|| ws2_TlsSetValue(index, null_mut())), (0, 87));
    assert_eq!(with_error(|| ws2_TlsGetValue(1088)), (null_mut(), 87));
    let mut all: Vec<u32> =
        std::iter::from_fn(|| Some(ws2_TlsAlloc()).filter(|index| *index != u32::MAX)).collect();
    assert_eq!(with_error(|| ws2_TlsAlloc()), (u32::MAX, 8));
    assert_eq!(ws2_TlsGetValue(index), null_mut(), "an index that is given out anew has no value");
    all.sort_unstable();
    all.dedup();
    assert!(all.len() > 1000 && all.contains(&index));
    all.into_iter().for_each(|index| assert_eq!(ws2_TlsFree(index), 1));
}

#[test]
fn ko24_fls_and_its_function() {
    static SUM: AtomicUsize = AtomicUsize::new(0);
    unsafe extern "C" fn add(value: *mut c_void) {
        SUM.fetch_add(value.addr(), Ordering::SeqCst);
    }
    let index = unsafe { ws2_FlsAlloc(Some(add)) };
    let other = unsafe { ws2_FlsAlloc(None) };
    assert_eq!(with_error(|| ws2_FlsGetValue(index)), (null_mut(), 0));
    assert_eq!(join(thread(move || ws2_FlsSetValue(index, without_provenance_mut(10)) as u32)), 1);
    assert_eq!(SUM.load(Ordering::SeqCst), 10, "at the thread's end");
    assert_eq!(ws2_FlsSetValue(index, without_provenance_mut(100)), 1);
    assert_eq!((ws2_FlsGetValue(index).addr(), ws2_FlsGetValue(other).addr()), (100, 0));
    let go = Shared::from(event(true, false));
    let holder = thread(move || {
        ws2_FlsSetValue(index, without_provenance_mut(1000));
        ws2_SignalObjectAndWait(go.get(), go.get(), 0, 0);
        wait(go.get(), 0);
        ws2_Sleep(30);
        0
    });
    assert_eq!(wait(go.get(), INFINITE), 0);
    assert_eq!(ws2_FlsFree(index), 1);
    assert_eq!(SUM.load(Ordering::SeqCst), 1110, "of all threads");
    assert_eq!(join(holder), 0);
    assert_eq!(SUM.load(Ordering::SeqCst), 1110);
    assert_eq!(with_error(|| ws2_FlsFree(index)), (0, 87));
    assert_eq!(with_error(|| ws2_FlsGetValue(4080)), (null_mut(), 87));
    assert_eq!(ws2_FlsFree(other), 1);
}
