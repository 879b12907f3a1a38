//! `ProcessSocketNotifications`: rows CP27, SN1 to SN9.

use std::ptr::{null_mut, without_provenance_mut};

use crate::support::process::Blocked;
use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

pub(crate) const IN: u16 = 1;
pub(crate) const OUT: u16 = 2;
const HANGUP: u16 = 4;
const ALL: u16 = 7;
const ERR: u32 = 0x40;
pub(crate) const REMOVED: u32 = 0x80;
pub(crate) const ENABLE: u8 = 1;
pub(crate) const DISABLE: u8 = 2;
pub(crate) const REMOVE: u8 = 4;
const ONE_SHOT: u8 = 1;
const PERSISTENT: u8 = 2;
pub(crate) const LEVEL: u8 = 4;
pub(crate) const EDGE: u8 = 8;

pub(crate) fn registration(
    socket: SOCKET,
    key: usize,
    filter: u16,
    operation: u8,
    flags: u8,
) -> SOCK_NOTIFY_REGISTRATION {
    SOCK_NOTIFY_REGISTRATION {
        socket,
        completionKey: without_provenance_mut(key),
        eventFilter: filter,
        operation,
        triggerFlags: flags,
        registrationResult: 0xAAAA,
    }
}

/// Registers; the registration's result.
pub(crate) fn register(port: &Port, s: SOCKET, filter: u16, operation: u8, flags: u8) -> u32 {
    let mut one = registration(s, s + 1000, filter, operation, flags);
    let got = unsafe { ProcessSocketNotifications(port.0, 1, &raw mut one, 0, 0, null_mut(), null_mut()) };
    assert_eq!(got, 0);
    one.registrationResult
}

pub(crate) fn watch(port: &Port, s: SOCKET, filter: u16, flags: u8) {
    assert_eq!(register(port, s, filter, ENABLE, flags), 0);
}

/// The packet of a socket with these events.
pub(crate) fn told(s: SOCKET, events: u32) -> Got {
    success(events, s + 1000, 0)
}

fn receive(s: SOCKET) -> Result<usize, E> {
    recv(s, &mut [0; 64], 0).map(|count| count as usize)
}

fn nonblocking(s: SOCKET) {
    set_nonblocking(s, true);
}

fn available(s: SOCKET) -> i32 {
    let mut count = 0;
    assert_eq!(unsafe { libc::ioctl(fd(s), libc::FIONREAD, &raw mut count) }, 0);
    count
}

/// SN3, SN4, CP27: level: a packet as long as it holds, and none afterwards.
#[test]
fn sn4_level() {
    let (near, far) = both();
    let port = Port::new(0);
    for flags in [LEVEL, LEVEL | PERSISTENT] {
        watch(&port, near, IN | HANGUP, flags);
        assert!(port.is_empty());
        assert_eq!(send(far, b"abc", 0), Ok(3));
        assert_eq!(port.next(), told(near, 1));
        assert_eq!(port.next(), told(near, 1), "it holds on");
        assert_eq!(recv(near, &mut [0; 1], 0), Ok(1));
        assert_eq!(port.next(), told(near, 1), "still");
        assert_eq!(receive(near), Ok(2));
        assert!(port.is_empty(), "what waited there has nothing to tell");
        // Once more: what was passed over does not keep the next one from coming.
        assert_eq!(send(far, b"d", 0), Ok(1));
        assert_eq!(port.next(), told(near, 1));
        assert_eq!(receive(near), Ok(1));
        assert!(port.is_empty());
    }
    // It holds when it is registered.
    watch(&port, near, OUT, LEVEL);
    assert_eq!(port.get(0), told(near, 2));
    assert_eq!(port.get(0), told(near, 2));
    watch(&port, near, 0, LEVEL);
    assert!(port.is_empty(), "SN8: replaced by a filter of nothing");
    shut_all([near, far]);
}

/// SN4: a level that ceases to hold while a thread waits lets it wait on.
#[test]
fn sn4_a_thread_waits_on() {
    let (near, far) = both();
    let port = std::sync::Arc::new(Port::new(0));
    watch(&port, near, IN, LEVEL);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(port.next(), told(near, 1));
    assert_eq!(receive(near), Ok(3));
    let waiter = {
        let port = std::sync::Arc::clone(&port);
        Blocked::on(move || port.next())
    };
    port.post(7, 8, 9);
    assert_eq!(waiter.outcome(), success(7, 8, 9));
    assert_eq!(port.get(A_MOMENT), NOTHING);
    shut_all([near, far]);
}

/// SN4: edge: what holds at the registration is not told of; what begins to hold is, once it had ceased to.
#[test]
fn sn4_edge() {
    let (near, far) = both();
    let port = Port::new(0);
    nonblocking(near);
    assert_eq!(send(far, b"before", 0), Ok(6));
    wait_until("it has come", || available(near) == 6);
    watch(&port, near, IN, EDGE);
    assert_eq!(port.get(A_MOMENT), NOTHING, "it held before");
    assert_eq!(receive(near), Ok(6));
    assert_eq!(receive(near), Err(E::WSAEWOULDBLOCK));
    for round in 0..3 {
        assert_eq!(send(far, b"x", 0), Ok(1));
        assert_eq!(port.next(), told(near, 1), "{round}");
        assert_eq!(port.get(0), NOTHING, "once");
        assert_eq!(send(far, b"y", 0), Ok(1));
        wait_until("both have come", || available(near) == 2);
        assert_eq!(port.get(A_MOMENT), NOTHING, "it held on");
        assert_eq!(receive(near), Ok(2));
        if round == 1 {
            assert_eq!(receive(near), Err(E::WSAEWOULDBLOCK));
        }
    }
    // The end is a condition of its own.
    watch(&port, near, ALL, EDGE);
    assert_eq!(send(far, b"z", 0), Ok(1));
    assert_eq!(port.next(), told(near, 1));
    shut_all([far]);
    assert_eq!(port.next(), told(near, 4));
    shut_all([near]);
}

/// SN4: room to send, for which a send has waited.
#[test]
fn sn4_room() {
    for flags in [EDGE, LEVEL] {
        let (near, far) = both();
        let port = Port::new(0);
        nonblocking(near);
        watch(&port, near, OUT, flags);
        if flags == LEVEL {
            assert_eq!(port.next(), told(near, 2));
        } else {
            assert_eq!(port.get(0), NOTHING, "there was room before");
        }
        let full = vec![0; 1 << 20];
        // The peer's kernel goes on taking for a while, which makes room anew.
        let rounds = (0..100).find(|_| {
            while send(near, &full, 0).is_ok() {}
            port.get(A_MOMENT) == NOTHING
        });
        assert!(rounds.is_some(), "told of room where there is none");
        let reader =
            std::thread::spawn(move || while recv(far, &mut [0; 65536], 0).is_ok_and(|count| count > 0) {});
        assert_eq!(port.next(), told(near, 2));
        shut_all([near]);
        reader.join().unwrap();
        shut_all([far]);
    }
}

/// SN5: one packet, until it is enabled again; and none while it is disabled.
#[test]
fn sn5_one_shot_and_disabled() {
    let (near, far) = both();
    let port = Port::new(0);
    watch(&port, near, IN, LEVEL | ONE_SHOT);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(port.next(), told(near, 1));
    assert_eq!(port.get(A_MOMENT), NOTHING, "it holds, but was told of");
    assert_eq!(send(far, b"def", 0), Ok(3));
    wait_until("all has come", || available(near) == 6);
    assert_eq!(port.get(0), NOTHING);
    watch(&port, near, IN, LEVEL | ONE_SHOT);
    assert_eq!(port.next(), told(near, 1));
    watch(&port, near, IN, LEVEL);
    assert_eq!(register(&port, near, 0, DISABLE, 0), 0);
    assert_eq!(port.get(A_MOMENT), NOTHING, "what waited there was suppressed");
    watch(&port, near, IN, LEVEL);
    assert_eq!(port.next(), told(near, 1));
    shut_all([near, far]);
}

/// SN6, SN9: what has come to one socket is one packet; the end is no data, a reset is an error.
#[test]
fn sn6_events_together() {
    let (near, far) = both();
    let port = Port::new(0);
    watch(&port, near, ALL, LEVEL | ONE_SHOT);
    assert_eq!(port.next(), told(near, 2));
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(shutdown(far, 1), Ok(0));
    wait_until("the end has come", || {
        watch(&port, near, IN | HANGUP, LEVEL | ONE_SHOT);
        port.get(0) == told(near, 1 | 4)
    });
    assert_eq!(receive(near), Ok(3));
    watch(&port, near, ALL, LEVEL | ONE_SHOT);
    assert_eq!(port.next(), told(near, 2 | 4));
    watch(&port, near, IN, LEVEL);
    assert_eq!(port.get(A_MOMENT), NOTHING, "the end of the stream is no data");
    shut_all([near, far]);

    let (near, far) = both();
    watch(&port, near, 0, LEVEL | ONE_SHOT);
    set_option(fd(far), libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
    shut_all([far]);
    assert_eq!(port.next(), told(near, ERR), "whatever was asked for");
    watch(&port, near, ALL, LEVEL | ONE_SHOT);
    assert_eq!(port.next(), told(near, ERR | 4));
    shut_all([near]);
}

/// SN7: the last packet; then nothing, and a new registration has a new key. Closing brings none.
#[test]
fn sn7_removed() {
    let (near, far) = both();
    let port = Port::new(0);
    watch(&port, near, IN, LEVEL);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(port.next(), told(near, 1));
    assert_eq!(register(&port, near, 0, REMOVE, 0), 0);
    assert_eq!(port.next(), told(near, REMOVED), "and not what waited before it");
    assert_eq!(port.get(A_MOMENT), NOTHING);
    assert_eq!(register(&port, near, 0, REMOVE, 0), 1168);
    assert_eq!(register(&port, near, 0, DISABLE, 0), 1168);
    let mut one = registration(near, 5, IN, ENABLE, LEVEL);
    let got = unsafe { ProcessSocketNotifications(port.0, 1, &raw mut one, 0, 0, null_mut(), null_mut()) };
    assert_eq!((got, one.registrationResult), (0, 0));
    assert_eq!(port.next(), success(1, 5, 0));
    // Removed, and closed at once: the packet comes all the same.
    assert_eq!(register(&port, near, 0, REMOVE, 0), 0);
    shut_all([near]);
    assert_eq!(port.next(), success(REMOVED, 5, 0));
    watch(&port, far, OUT, LEVEL);
    shut_all([far]);
    assert_eq!(port.get(A_MOMENT), NOTHING);
}

/// SN8: the key stays, the rest is replaced; a socket belongs to one port.
#[test]
fn sn8_registering_again() {
    let (near, far) = both();
    let (port, other) = (Port::new(0), Port::new(0));
    watch(&port, near, IN, LEVEL);
    let mut again = registration(near, 77, OUT, ENABLE, LEVEL | ONE_SHOT);
    let mut process = |port: &Port| unsafe {
        ProcessSocketNotifications(port.0, 1, &raw mut again, 0, 0, null_mut(), null_mut())
    };
    assert_eq!(process(&port), 0);
    assert_eq!(port.next(), told(near, 2));
    assert_eq!(process(&other), 0);
    assert_eq!(again.registrationResult, 87);
    assert_eq!(register(&other, near, 0, REMOVE, 0), 1168);
    other.add(far, 1);
    assert_eq!(register(&port, far, IN, ENABLE, LEVEL), 87, "CP3");
    watch(&other, far, IN, LEVEL);
    shut_all([near, far]);
}

/// SN9: connections, connects well and not, datagrams; what is not connected has nothing.
#[test]
fn sn9_kinds_of_sockets() {
    stay_started();
    let port = Port::new(0);
    let (listener, address) = listener();
    watch(&port, listener, ALL, LEVEL);
    assert_eq!(port.get(A_MOMENT), NOTHING);
    let fresh = socket(AF_INET, STREAM);
    watch(&port, fresh, ALL, EDGE);
    assert_eq!(port.get(A_MOMENT), NOTHING, "not connected");
    nonblocking(fresh);
    assert_eq!(connect(fresh, &address), Err(E::WSAEWOULDBLOCK));
    // In either order, and the listener's again as long as there is something to accept.
    let (mut made, mut come) = (None, None);
    while made.is_none() || come.is_none() {
        let got = port.next();
        let place = if got.key == fresh + 1000 { &mut made } else { &mut come };
        *place = Some(got);
    }
    assert_eq!([made, come], [Some(told(fresh, 2)), Some(told(listener, 1))]);
    let taken = accept(listener).unwrap();
    assert_eq!(port.get(A_MOMENT), NOTHING);
    shut_all([taken, listener]);
    let refused = socket(AF_INET, STREAM);
    nonblocking(refused);
    watch(&port, refused, ALL, LEVEL);
    assert!(connect(refused, &address).is_err());
    let got = loop {
        let got = port.next();
        if got.key == refused + 1000 {
            break got;
        }
    };
    assert_eq!(got, told(refused, ERR));
    let datagrams = socket(AF_INET, 2);
    let own = bound(datagrams, AF_INET);
    watch(&port, datagrams, ALL, LEVEL | ONE_SHOT);
    assert_eq!(next_of(&port, datagrams), 2);
    watch(&port, datagrams, IN, LEVEL);
    assert_eq!(connect(datagrams, &own), Ok(0));
    assert_eq!(send(datagrams, b"x", 0), Ok(1));
    assert_eq!(next_of(&port, datagrams), 1);
    shut_all([fresh, refused, datagrams]);
}

fn next_of(port: &Port, s: SOCKET) -> u32 {
    loop {
        let got = port.next();
        if got.key == s + 1000 {
            return got.bytes;
        }
    }
}

/// SN1, SN2: both parts in one call, with all packets; and what is refused.
#[test]
fn sn1_both_parts() {
    let (near, far) = both();
    let port = Port::new(0);
    let nothing = OVERLAPPED_ENTRY {
        lpCompletionKey: 0,
        lpOverlapped: null_mut(),
        Internal: 0,
        dwNumberOfBytesTransferred: 0,
    };
    let mut entries = [nothing; 8];
    let mut removed = COUNT;
    let mut two = [
        registration(near, 11, OUT, ENABLE, LEVEL | ONE_SHOT),
        registration(0x3FFF_FFF0, 0, IN, ENABLE, LEVEL),
    ];
    port.post(1, 2, 3);
    let got = unsafe {
        ProcessSocketNotifications(
            port.0,
            2,
            two.as_mut_ptr(),
            LONG,
            8,
            entries.as_mut_ptr(),
            &raw mut removed,
        )
    };
    assert_eq!((got, removed, two[0].registrationResult, two[1].registrationResult), (0, 2, 0, 6));
    let shown = entries.map(|e| (e.lpCompletionKey, e.lpOverlapped.addr(), e.dwNumberOfBytesTransferred));
    assert_eq!(shown[..2], [(2, 3, 1), (11, 0, 2)]);
    let got = unsafe {
        ProcessSocketNotifications(port.0, 0, null_mut(), 0, 8, entries.as_mut_ptr(), &raw mut removed)
    };
    assert_eq!((got, removed), (258, 0));
    let no_count =
        unsafe { ProcessSocketNotifications(port.0, 0, null_mut(), 1, 8, entries.as_mut_ptr(), null_mut()) };
    assert_eq!(no_count, 258);
    assert_eq!(unsafe { ProcessSocketNotifications(port.0, 0, null_mut(), 0, 0, null_mut(), null_mut()) }, 0);
    for (filter, operation, flags) in [
        (IN, ENABLE, 0),
        (IN, ENABLE, PERSISTENT),
        (IN, ENABLE, LEVEL | EDGE),
        (IN, ENABLE, LEVEL | ONE_SHOT | PERSISTENT),
        (8, ENABLE, LEVEL),
        (IN, ENABLE, 0x14),
        (IN, 3, LEVEL),
        (IN, 8, LEVEL),
    ] {
        assert_eq!(register(&port, near, filter, operation, flags), 87, "{filter} {operation} {flags}");
    }
    assert_eq!(register(&port, near, 99, 0, 99), 0, "nothing to do");
    let wild: *mut SOCK_NOTIFY_REGISTRATION = without_provenance_mut(8);
    let list = two.as_mut_ptr();
    let room = entries.as_mut_ptr();
    let event = event(true, false);
    for (what, port, count, list, ms, most, room, removed, code) in [
        ("a list of none", port.0, 0, list, 0, 0, null_mut(), null_mut(), 10022),
        ("a time without entries", port.0, 1, list, 1, 0, null_mut(), null_mut(), 10022),
        ("entries of none", port.0, 1, list, 0, 0, room, null_mut(), 10022),
        ("a count of none", port.0, 1, list, 0, 0, null_mut(), &raw mut removed, 10022),
        ("no list", port.0, 1, null_mut(), 0, 0, null_mut(), null_mut(), 10014),
        ("a wild list", port.0, 1, wild, 0, 0, null_mut(), null_mut(), 10014),
        ("a list without end", port.0, u32::MAX, list, 0, 0, null_mut(), null_mut(), 10014),
        ("no entries", port.0, 0, null_mut(), 0, 1, null_mut(), &raw mut removed, 10014),
        ("a wild count", port.0, 0, null_mut(), 0, 1, room, without_provenance_mut(8), 10014),
        ("no port", null_mut(), 1, list, 0, 0, null_mut(), null_mut(), 6),
        ("an event", event, 1, list, 0, 0, null_mut(), null_mut(), 6),
    ] {
        two_untouched(list);
        let got = unsafe { ProcessSocketNotifications(port, count, list, ms, most, room, removed) };
        assert_eq!((got, ws2_GetLastError()), (code, code), "{what}");
    }
    assert_eq!(two[0].registrationResult, 0xBBBB, "nothing was changed");
    close_handle(event);
    shut_all([near, far]);
}

fn two_untouched(list: *mut SOCK_NOTIFY_REGISTRATION) {
    if !list.is_null() && list.addr() > 4096 {
        unsafe { (*list).registrationResult = 0xBBBB };
    }
}

/// SN4 beside OD13: data that an overlapped receive waits for is nobody else's.
#[test]
fn sn4_beside_overlapped_receives() {
    let (near, far) = both();
    let port = Port::new(0);
    watch(&port, near, IN, LEVEL);
    let (over, mut bytes) = (Over::new(), [0; 8]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(over.ends(), (0, 3));
    assert_eq!(port.get(A_MOMENT), NOTHING);
    assert_eq!(send(far, b"def", 0), Ok(3));
    assert_eq!(port.next(), told(near, 1));
    shut_all([near, far]);
}
