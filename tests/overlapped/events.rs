//! Small words for these tests: a socket with its selection, and what it is told.

use std::ptr::null_mut;

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::{SOCKET, WSANETWORKEVENTS};
use ws2_32::ffi::*;

use crate::support::calls::{self, call};
use crate::support::pairs;
use crate::support::waiting::SOON;

pub(crate) const READ: i32 = 1;
pub(crate) const WRITE: i32 = 2;
pub(crate) const OOB: i32 = 4;
pub(crate) const ACCEPT: i32 = 8;
pub(crate) const CONNECT: i32 = 0x10;
pub(crate) const CLOSE: i32 = 0x20;
pub(crate) const ALL: i32 = 0x3FF;

/// What a code is before the call.
pub(crate) const UNTOUCHED: i32 = 0x5A5A_5A5A;

/// An event, closed in the end.
pub(crate) struct Event(pub(crate) HANDLE);

impl Event {
    /// One that stays set until it is reset.
    pub(crate) fn new() -> Self {
        calls::stay_started();
        let event = WSACreateEvent();
        assert!(!event.is_null());
        Self(event)
    }

    pub(crate) fn is_set(&self) -> bool {
        ws2_WaitForSingleObject(self.0, 0) == 0
    }

    pub(crate) fn wait(&self) {
        let limit = SOON.as_millis() as u32;
        assert_eq!(unsafe { WSAWaitForMultipleEvents(1, &raw const self.0, 0, limit, 0) }, 0, "never set");
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        WSACloseEvent(self.0);
    }
}

pub(crate) fn select(s: SOCKET, event: &Event, mask: i32) {
    select_handle(s, event.0, mask).unwrap();
}

pub(crate) fn select_handle(s: SOCKET, event: HANDLE, mask: i32) -> calls::Outcome {
    call(|| WSAEventSelect(s, event, mask))
}

/// What `WSAEnumNetworkEvents` tells, without resetting anything: the bits, and all codes.
pub(crate) fn told_with(s: SOCKET, event: HANDLE) -> (i32, [i32; 10]) {
    let mut told = WSANETWORKEVENTS { lNetworkEvents: UNTOUCHED, iErrorCode: [UNTOUCHED; 10] };
    call(|| unsafe { WSAEnumNetworkEvents(s, event, &raw mut told) }).unwrap();
    (told.lNetworkEvents, told.iErrorCode)
}

/// A bit and its code.
pub(crate) type Told = (i32, i32);

/// The bits that are told now, each with its code; checks that the other codes are left alone (EN4).
pub(crate) fn told(s: SOCKET) -> Vec<Told> {
    let (bits, codes) = told_with(s, null_mut());
    (0..10)
        .filter_map(|at| {
            let told = bits >> at & 1 != 0;
            assert_eq!(codes[at] == UNTOUCHED, !told, "code {at} of {bits:#x}");
            told.then_some((1 << at, codes[at]))
        })
        .collect()
}

/// Waits until these events have come, and no others, in any number of calls.
pub(crate) fn gets(s: SOCKET, event: &Event, expected: &[Told]) {
    let mut all: Vec<Told> = Vec::new();
    loop {
        event.wait();
        let (bits, codes) = told_with(s, event.0);
        all.extend((0..10).filter(|at| bits >> at & 1 != 0).map(|at| (1 << at, codes[at])));
        all.sort_unstable();
        all.dedup();
        for one in &all {
            assert!(expected.contains(one), "{one:?} came, not one of {expected:?}");
        }
        if all.len() == expected.len() {
            return;
        }
    }
}

/// These events come, each once, and nothing else.
pub(crate) fn gets_only(s: SOCKET, event: &Event, expected: &[Told]) {
    gets(s, event, expected);
    nothing(s, event);
}

/// Nothing happens that has not been told.
pub(crate) fn nothing(s: SOCKET, event: &Event) {
    later();
    assert_eq!(told(s), [], "nothing should have happened");
    assert!(!event.is_set(), "set for nothing");
}

/// Waits until everything has been told of that has happened until now.
pub(crate) fn later() {
    let event = Event::new();
    let pair = pairs::ours();
    select(pair.s, &event, READ);
    pair.peer.write(b"x");
    event.wait();
}

/// A connected socket whose events so far were told, its peer, and its event.
pub(crate) fn connected() -> (pairs::Pair, Event) {
    let event = Event::new();
    let pair = pairs::ours();
    select(pair.s, &event, ALL);
    gets_only(pair.s, &event, &[(CONNECT, 0), (WRITE, 0)]);
    (pair, event)
}
