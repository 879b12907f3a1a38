//! XT14: waits for changes of the catalogue of protocols, which never come, and how they end.

use std::cell::Cell;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::SocketAddr;
use std::ptr::null_mut;

use crate::support::process::{Blocked, alone, here};
use crate::words::*;
use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// STATUS_CONNECTION_ABORTED (OE10).
const CLOSED: usize = 0xC000_0241;

type Routine = LPWSAOVERLAPPED_COMPLETION_ROUTINE;

fn change(place: *mut HANDLE, over: *mut OVERLAPPED, routine: Routine) -> Result<i32, E> {
    call(|| unsafe { WSAProviderConfigChange(place, over, routine) })
}

fn made() -> HANDLE {
    stay_started();
    let mut place = null_mut();
    assert_eq!(change(&raw mut place, null_mut(), None), Ok(0), "the first call does not wait");
    assert!(!place.is_null());
    place
}

fn wait(mut place: HANDLE, over: *mut OVERLAPPED, routine: Routine) -> Result<i32, E> {
    let before = place;
    let outcome = change(&raw mut place, over, routine);
    assert_eq!(place, before, "the handle stays");
    outcome
}

#[test]
fn xt14_with_an_event() {
    let (changes, set) = (made(), event(true, true));
    let over = Over::with(set);
    assert_eq!(wait(changes, over.ptr(), None), Err(E::WSA_IO_PENDING));
    assert!(over.is_pending() && !is_set(set));
    assert_eq!(outcome(changes.addr(), &over, false).0, Err(996));
    // Two waits at a time, of which one is called off.
    let second = Over::new();
    assert_eq!(wait(changes, second.ptr(), None), Err(E::WSA_IO_PENDING));
    assert_eq!(ws2_CancelIoEx(changes, over.ptr()), 1);
    wait_for(set);
    assert_eq!(over.ends(), (CANCELLED, 0));
    assert_eq!(outcome(changes.addr(), &over, true).0, Err(995));
    assert!(second.is_pending());
    close_handle(changes);
    assert_eq!(second.ends(), (CLOSED, 0));
    close_handle(set);
}

thread_local! {
    static TOLD: Cell<Option<(u32, u32, usize)>> = const { Cell::new(None) };
}

unsafe extern "C" fn told(error: DWORD, bytes: DWORD, over: *mut OVERLAPPED, _: DWORD) {
    TOLD.set(Some((error, bytes, over.addr())));
}

#[test]
fn xt14_with_a_routine_and_a_port() {
    let (changes, over) = (made(), Over::new());
    assert_eq!(wait(changes, over.ptr(), Some(told)), Err(E::WSA_IO_PENDING));
    close_handle(changes);
    wait_until("the routine runs", || ws2_SleepEx(0, 1) == 0xC0);
    assert_eq!(TOLD.take(), Some((10053, 0, over.ptr().addr())));

    let changes = made();
    let port = Port::of(&[changes.addr()]);
    assert_eq!(wait(changes, over.ptr(), None), Err(E::WSA_IO_PENDING));
    assert_eq!(wait(changes, Over::new().ptr(), Some(told)), Err(E::WSAEINVAL));
    close_handle(changes);
    assert_eq!(port.next(), failure(1236, 0, changes.addr(), over.ptr().addr()));
}

#[test]
fn xt14_a_call_that_waits() {
    let changes = made();
    let number = changes.addr();
    let waiter = Blocked::on(move || wait(handle(number), null_mut(), None));
    close_handle(changes);
    assert_eq!(waiter.outcome(), Err(E::WSAEINTR));
}

#[test]
fn xt14_the_end_of_winsock() {
    alone(here!("xt14_the_end_of_winsock"), || {
        let mut place = null_mut();
        assert_eq!(change(&raw mut place, null_mut(), None), Err(E::WSANOTINITIALISED));
        start();
        let mut place = null_mut();
        assert_eq!(change(&raw mut place, null_mut(), None), Ok(0));
        let over = Over::new();
        assert_eq!(wait(place, over.ptr(), None), Err(E::WSA_IO_PENDING));
        assert_eq!(WSACleanup(), 0);
        assert_eq!(over.ends(), (CLOSED, 0));
        start();
        assert_eq!(wait(place, over.ptr(), None), Err(E::WSA_INVALID_HANDLE), "it is closed");
    });
}

/// In a process of its own, where nobody gets the number meanwhile.
#[test]
fn xt14_a_handle_that_was_closed() {
    alone(here!("xt14_a_handle_that_was_closed"), || {
        start();
        let (closed, over) = (made(), Over::new());
        close_handle(closed);
        for over in [null_mut(), over.ptr()] {
            assert_eq!(wait(closed, over, None), Err(E::WSA_INVALID_HANDLE));
        }
    });
}

#[test]
fn xt14_what_is_refused() {
    stay_started();
    let over = Over::new();
    let datagrams = socket(AF_INET, DGRAM);
    let path = format!("xt14-{}", std::process::id());
    let path = <SocketAddr as SocketAddrExt>::from_abstract_name(path);
    let named = std::os::unix::net::UnixDatagram::bind_addr(&path.unwrap()).unwrap();
    let set = event(true, false);
    for wrong in [
        handle(datagrams),
        handle(usize::MAX),
        handle(std::os::fd::AsRawFd::as_raw_fd(&named) as usize),
        set,
        handle(0x7FFF_FFF0),
    ] {
        for over in [null_mut(), over.ptr()] {
            assert_eq!(wait(wrong, over, None), Err(E::WSA_INVALID_HANDLE), "{wrong:p}");
        }
    }
    assert_eq!(change(null_mut(), null_mut(), None), Err(E::WSAEFAULT));
    assert_eq!(change(handle(8).cast(), null_mut(), None), Err(E::WSAEFAULT));
    let changes = made();
    assert_eq!(wait(changes, handle(8).cast(), None), Err(E::WSAEFAULT));
    assert_eq!(wait(changes, Over::with(handle(0x7FFF_FFF0)).ptr(), None), Err(E::WSA_INVALID_HANDLE));
    close_handle(changes);
    close_handle(set);
    close(datagrams).unwrap();
}
