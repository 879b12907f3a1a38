//! Polls of the device of Windows' driver, and keyed events.

use std::ptr::null_mut;

use ws2_32::ffi::kernel::types::LARGE_INTEGER;
use ws2_32::ffi::*;

use crate::support::calls::{self, start, tcp_pair};
use crate::support::device::{self, CANCELLED, NEVER, PENDING, Poll, RECEIVE, SUCCESS};
use crate::support::process::{alone, here};
use crate::walk::walk;

/// `STATUS_NO_MEMORY`, `STATUS_INSUFFICIENT_RESOURCES`.
const CODES: &[i32] = &[0xC000_0017_u32.cast_signed(), 0xC000_009A_u32.cast_signed()];

fn status(status: u32) -> Result<u32, i32> {
    if status < 0x8000_0000 { Ok(status) } else { Err(status.cast_signed()) }
}

#[test]
fn polls() {
    alone(here!("polls"), || {
        start();
        walk(
            "NtOpenFile",
            CODES,
            || device::open().map_err(u32::cast_signed),
            |handle| {
                assert_eq!(ws2_NtClose(handle), 0);
            },
        );
        let device = device::open().unwrap();
        for timeout in [NEVER, -600_000_000_000] {
            let (near, far) = tcp_pair();
            let poll = std::cell::RefCell::new(Poll::new());
            let begin = || status(poll.borrow_mut().begin(device, near, RECEIVE, timeout));
            walk("NtDeviceIoControlFile", CODES, begin, |answer| {
                assert_eq!(answer, PENDING);
                let mut poll = poll.borrow_mut();
                assert_eq!((poll.cancel(device), poll.outcome()), (SUCCESS, (CANCELLED, 0)));
            });
            calls::close_all([near, far]);
        }
        assert_eq!(ws2_NtClose(device), 0);
    });
}

#[test]
fn keyed_events() {
    alone(here!("keyed_events"), || {
        start();
        let make = || {
            let mut handle = null_mut();
            let made = unsafe { ws2_NtCreateKeyedEvent(&raw mut handle, 0xF_0003, null_mut(), 0) };
            status(made.cast_unsigned()).map(|_| handle)
        };
        walk("NtCreateKeyedEvent", CODES, make, |handle| assert_eq!(ws2_NtClose(handle), 0));
        let wait = || {
            let mut soon = LARGE_INTEGER { QuadPart: -10_000 };
            let ended = unsafe { ws2_NtWaitForKeyedEvent(null_mut(), null_mut(), 0, &raw mut soon) };
            status(ended.cast_unsigned())
        };
        walk("NtWaitForKeyedEvent", CODES, wait, |ended| assert_eq!(ended, 0x102));
    });
}
