//! Overlapped calls and network events.

use std::ptr::null_mut;

use ws2_32::ffi::types::OVERLAPPED;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::*;

use crate::support::calls::{self, listener, start, tcp_pair};
use crate::support::process::{alone, here};
use crate::walk::{NO_BUFFERS, NO_MEMORY, walk};

/// Without memory for the event of a wait there is the code of an object, too.
const CODES: &[i32] = &[NO_BUFFERS, NO_MEMORY];

fn count(value: i32) -> Result<i32, i32> {
    if value >= 0 { Ok(value) } else { Err(WSAGetLastError()) }
}

fn begun(value: i32) -> Result<(), i32> {
    match count(value) {
        Ok(_) | Err(997) => Ok(()),
        Err(code) => Err(code),
    }
}

fn over(event: *mut std::ffi::c_void) -> OVERLAPPED {
    OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: event }
}

#[test]
fn data() {
    alone(here!("data"), || {
        start();
        let event = WSACreateEvent();
        let mut over = over(event);
        let over = &raw mut over;
        let mut bytes = [b'x'; 20];
        let mut pieces = bytes.each_mut().map(|byte| WSABUF { len: 1, buf: std::ptr::from_mut(byte).cast() });
        let list = pieces.as_mut_ptr();
        let (mut moved, mut flags) = (0_u32, 0_u32);
        let (moved, flags) = (&raw mut moved, &raw mut flags);
        // A new socket in each walk: its first operation makes what belongs to it.
        for _ in 0..2 {
            let (near, far) = tcp_pair();
            let end = || {
                assert_eq!(unsafe { WSAGetOverlappedResult(near, over, moved, 1, flags) }, 1);
                assert_eq!(unsafe { moved.read() }, 20);
            };
            let receive = || begun(unsafe { WSARecv(near, list, 20, moved, flags, over, None) });
            walk("WSARecv", CODES, receive, |()| {
                assert_eq!(calls::send(far, &[b'x'; 20], 0), Ok(20));
                end();
            });
            let send = || begun(unsafe { WSASend(near, list, 20, moved, 0, over, None) });
            walk("WSASend", CODES, send, |()| {
                end();
                assert_eq!(calls::take(far).unwrap().len(), 20);
            });
            calls::close_all([near, far]);
        }
        WSACloseEvent(event);
    });
}

#[test]
fn network_events() {
    alone(here!("network_events"), || {
        start();
        let event = WSACreateEvent();
        let (listening, name) = listener();
        let select = || {
            let s = match ws2_socket(2, 1, 0) {
                usize::MAX => return Err(WSAGetLastError()),
                s => s,
            };
            let selected = count(WSAEventSelect(s, event, 0x3F));
            selected.map(|_| s).inspect_err(|_| assert_eq!(closesocket(s), 0))
        };
        walk("WSAEventSelect", CODES, select, |s| {
            let _ = calls::connect(s, &name);
            let accepted = crate::support::waiting::until("a connection", || calls::accept(listening).ok());
            calls::close_all([s, accepted]);
        });
        calls::close(listening).unwrap();
        WSACloseEvent(event);
    });
}

#[test]
fn changes_of_the_catalogue() {
    alone(here!("changes_of_the_catalogue"), || {
        start();
        let make = || {
            let mut place = null_mut();
            begun(unsafe { WSAProviderConfigChange(&raw mut place, null_mut(), None) }).map(|()| place)
        };
        walk("WSAProviderConfigChange", CODES, make, |handle| assert_eq!(ws2_CloseHandle(handle), 1));
        let mut over = over(null_mut());
        let over = &raw mut over;
        let wait = || {
            let mut place = make()?;
            let waits = begun(unsafe { WSAProviderConfigChange(&raw mut place, over, None) });
            waits.map(|()| place).inspect_err(|_| assert_eq!(ws2_CloseHandle(place), 1))
        };
        walk("WSAProviderConfigChange", CODES, wait, |handle| {
            assert_eq!(ws2_CloseHandle(handle), 1);
            let state = || unsafe { (&raw const (*over).Internal).read_volatile() };
            crate::support::waiting::wait_until("it ends", || state() != 0x103);
            assert_eq!(state(), 0xC000_0241);
        });
    });
}
