//! What else looks at a socket while operations wait on it: `select`, `WSAPoll`, network events, the listener of an `AcceptEx`, POSIX
//! code, `fork`, a process without descriptors. Rows OD13, ES10, ES13, AX8, OE11, OE13, OE14, TR7, TR9.

use std::ptr::null_mut;

use crate::connections::{BEGUN, accept_ex};
use crate::support::process::{Blocked, alone, fork, here, succeeded};
use crate::words::*;
use ws2_32::ffi::types::select::WSAPOLLFD;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

const RDNORM: i16 = 0x100;

fn polls(s: SOCKET, milliseconds: i32) -> (i32, i16) {
    let mut one = WSAPOLLFD { fd: s, events: RDNORM, revents: 0 };
    (unsafe { WSAPoll(&raw mut one, 1, milliseconds) }, one.revents)
}

/// OD13: a thread in `WSAPoll` does not see what operations take, and sees what they leave.
#[test]
fn od13_wsapoll_does_not_see_it() {
    let (near, far) = both();
    let (over, mut bytes) = (Over::new(), [0; 4]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    let watcher = Blocked::on(move || polls(near, LONG as i32));
    for round in 0..300 {
        assert_eq!(send(far, b"abcd", 0), Ok(4));
        assert_eq!(over.ends(), (0, 4), "{round}");
        assert!(!watcher.has_returned(), "{round}");
        assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    }
    assert_eq!(send(far, b"abcdef", 0), Ok(6));
    assert_eq!(watcher.outcome(), (1, RDNORM));
    assert_eq!(over.ends(), (0, 4));
    assert_eq!(take(near).unwrap(), b"ef");
    shut_all([near, far]);
}

/// AX8: nor does one see a connection that an `AcceptEx` takes.
#[test]
fn ax8_wsapoll_does_not_see_it() {
    stay_started();
    let (listening, name) = listener();
    let mut buffer = [0; 64];
    let mut all = vec![];
    let over = Over::new();
    let mut next = || {
        let accept = socket(AF_INET, STREAM);
        assert_eq!(accept_ex(listening, accept, &mut buffer, [0, 32, 32], &over), BEGUN);
        accept
    };
    all.push(next());
    let watcher = Blocked::on(move || polls(listening, LONG as i32));
    for round in 0..50 {
        let client = socket(AF_INET, STREAM);
        connect(client, &name).unwrap();
        assert_eq!(over.ends(), (0, 0), "{round}");
        assert!(!watcher.has_returned(), "{round}");
        all.extend([client, next()]);
    }
    assert_eq!(ws2_CancelIoEx(handle(listening), null_mut()), 1);
    let client = socket(AF_INET, STREAM);
    connect(client, &name).unwrap();
    assert_eq!(watcher.outcome(), (1, RDNORM));
    close_all(all);
    shut_all([client, listening]);
}

fn events(s: SOCKET) -> i32 {
    let mut told = WSANETWORKEVENTS { lNetworkEvents: 0, iErrorCode: [0; 10] };
    assert_eq!(call(|| unsafe { WSAEnumNetworkEvents(s, null_mut(), &raw mut told) }), Ok(0));
    told.lNetworkEvents
}

const READ: i32 = 1;
const ACCEPT: i32 = 8;

/// ES16: what a receive leaves is an event again, whether it ends at once or later.
#[test]
fn es16_overlapped_receives_leave_data() {
    let (near, far) = both();
    let told = event(true, false);
    assert_eq!(call(|| WSAEventSelect(near, told, READ)), Ok(0));
    let (over, mut bytes) = (Over::new(), [0; 4]);
    assert_eq!(send(far, b"abcdef", 0), Ok(6));
    wait_for(told);
    assert_eq!(events(near), READ);
    assert_eq!(ws2_ResetEvent(told), 1);
    assert_ne!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(over.ends(), (0, 4));
    assert!(is_set(told) && events(near) == READ);
    assert_eq!(take(near).unwrap(), b"ef");
    assert_eq!((ws2_ResetEvent(told), events(near)), (1, 0));
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"abcdef", 0), Ok(6));
    assert_eq!(over.ends(), (0, 4));
    wait_for(told);
    assert_eq!(events(near), READ);
    assert_eq!(take(near).unwrap(), b"ef");
    shut_all([near, far]);
}

/// ES13: data that a receive takes makes no FD_READ, a connection that `AcceptEx` takes no FD_ACCEPT; what they leave does.
#[test]
fn es13_taken_makes_no_event() {
    let (near, far) = both();
    let told = event(true, false);
    assert_eq!(call(|| WSAEventSelect(near, told, READ)), Ok(0));
    let (over, mut bytes) = (Over::new(), [0; 4]);
    for _ in 0..500 {
        assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
        assert_eq!(send(far, b"abcd", 0), Ok(4));
        assert_eq!(over.ends(), (0, 4));
    }
    assert!(!is_set(told) && events(near) == 0);
    assert_eq!(send(far, b"more", 0), Ok(4));
    wait_for(told);
    assert_eq!(events(near), READ);
    shut_all([near, far]);
    let (listening, name) = listener();
    assert_eq!(ws2_ResetEvent(told), 1);
    assert_eq!(call(|| WSAEventSelect(listening, told, ACCEPT)), Ok(0));
    let (accept, mut buffer) = (socket(AF_INET, STREAM), [0; 64]);
    assert_eq!(accept_ex(listening, accept, &mut buffer, [0, 32, 32], &over), BEGUN);
    let clients = [socket(AF_INET, STREAM), socket(AF_INET, STREAM)];
    connect(clients[0], &name).unwrap();
    assert_eq!(over.ends(), (0, 0));
    assert!(!is_set(told) && events(listening) == 0);
    connect(clients[1], &name).unwrap();
    wait_for(told);
    assert_eq!(events(listening), ACCEPT);
    // ES10: the accepted socket has no selection before it is told whose it is.
    assert_eq!(send(clients[0], b"x", 0), Ok(1));
    wait_until("it has come", || polls(accept, 0).0 == 1);
    assert_eq!(events(accept), 0);
    close_handle(told);
    close_all(clients);
    shut_all([accept, listening]);
}

/// ES10, AX10: SO_UPDATE_ACCEPT_CONTEXT brings the listener's selection.
#[test]
fn es10_inherited_when_it_is_said() {
    stay_started();
    let (listening, name) = listener();
    let told = event(true, false);
    assert_eq!(call(|| WSAEventSelect(listening, told, READ | ACCEPT)), Ok(0));
    let (over, accept, mut buffer) = (Over::new(), socket(AF_INET, STREAM), [0; 64]);
    assert_eq!(accept_ex(listening, accept, &mut buffer, [0, 32, 32], &over), BEGUN);
    let client = socket(AF_INET, STREAM);
    connect(client, &name).unwrap();
    assert_eq!(over.ends(), (0, 0));
    assert_eq!(send(client, b"x", 0), Ok(1));
    wait_until("it has come", || polls(accept, 0).0 == 1);
    assert!(!is_set(told), "nothing is selected on it");
    let at = (&raw const listening).cast();
    assert_eq!(call(|| unsafe { ws2_setsockopt(accept, 0xFFFF, 0x700B, at, 8) }), Ok(0));
    wait_for(told);
    assert_eq!(events(accept), READ);
    assert!(is_nonblocking(accept));
    close_handle(told);
    shut_all([accept, client, listening]);
}

/// OE13, OE14, OE11: an `AcceptEx` that waits for first data is the listener's still: cancelled through that, not through the accept
/// socket, and it ends with either.
#[test]
fn oe13_accept_ex_that_waits_for_data() {
    stay_started();
    let (listening, name) = listener();
    let port = Port::of(&[listening]);
    let (over, mut buffer) = (Over::new(), [0; 80]);
    let begin = |buffer: &mut [u8]| {
        let (accept, client) = (socket(AF_INET, STREAM), socket(AF_INET, STREAM));
        assert_eq!(accept_ex(listening, accept, buffer, [8, 32, 32], &over), BEGUN);
        connect(client, &name).unwrap();
        wait_until("it is connected", || peer_name(accept).is_ok());
        assert!(over.is_pending());
        (accept, client)
    };
    let at = over.ptr().addr();
    let (accept, client) = begin(&mut buffer);
    // It may be on its way from one socket to the other.
    assert_eq!(ws2_CancelIo(handle(accept)), 1);
    assert_eq!(with_error(|| ws2_CancelIoEx(handle(accept), null_mut())), (0, 1168));
    assert!(over.is_pending());
    wait_until("it is cancelled", || ws2_CancelIoEx(handle(listening), over.ptr()) == 1);
    assert_eq!(port.next(), failure(995, 0, listening, at));
    shut_all([accept, client]);
    let (accept, client) = begin(&mut buffer);
    wait_until("it is cancelled", || {
        assert_eq!(ws2_CancelIo(handle(listening)), 1);
        !over.is_pending()
    });
    assert_eq!(port.next(), failure(995, 0, listening, at));
    shut_all([accept, client]);
    let (accept, client) = begin(&mut buffer);
    assert_eq!(send(client, b"abc", 0), Ok(3));
    assert_eq!(port.next(), success(3, listening, at));
    shut_all([accept, client]);
    // The accept socket ends.
    let (accept, client) = begin(&mut buffer);
    shut_all([accept]);
    let got = port.next();
    assert!([995, 1236].contains(&got.error) && !got.good && got.over == at, "{got:?}");
    shut_all([client]);
    // The listener ends.
    let (accept, client) = begin(&mut buffer);
    shut_all([listening]);
    assert_eq!(port.next(), failure(995, 0, listening, at));
    assert!(port.is_empty());
    shut_all([accept, client]);
}

/// TR7: POSIX code closes a socket under an operation: it ends once the number is another socket's.
#[test]
fn tr7_closed_by_posix_code() {
    alone(here!("tr7_closed_by_posix_code"), || {
        let (near, far) = both();
        let port = Port::of(&[near]);
        let (over, mut bytes) = (Over::new(), [0; 4]);
        assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
        must(unsafe { libc::close(fd(near)) });
        // Lower numbers may be free.
        let mut others = vec![];
        let next = loop {
            match socket(AF_INET, STREAM) {
                next if next == near => break next,
                other => others.push(other),
            }
        };
        close_all(others);
        assert_eq!(port.next(), failure(1236, 0, near, over.ptr().addr()));
        // Another one has nothing of it.
        let other = Port::new(0);
        other.add(next, 5);
        assert!(port.is_empty() && other.is_empty());
        shut_all([next, far]);
    });
}

/// TR9: a child of `fork` has none of the operations; the parent's go on and end once; the child begins its own.
#[test]
fn tr9_fork_with_operations() {
    alone(here!("tr9_fork_with_operations"), || {
        let (near, far) = both();
        let (other, peer) = both();
        let port = Port::of(&[near]);
        let (over, mut bytes) = (Over::new(), [0; 4]);
        assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
        let child = fork(|| {
            let none = with_error(|| ws2_CancelIoEx(handle(near), null_mut()));
            let (own, mut room) = (Over::new(), [0; 4]);
            let begun = recv_over(other, &mut room, &own);
            let sent = send(peer, b"abc", 0);
            none == (0, 1168)
                && begun == IO_PENDING
                && sent == Ok(3)
                && own.ends() == (0, 3)
                && port.is_empty()
        });
        assert!(succeeded(child));
        assert!(over.is_pending(), "the child's doing is not the parent's");
        assert_eq!(send(far, b"abcd", 0), Ok(4));
        assert_eq!(port.next(), success(4, near, over.ptr().addr()));
        assert!(port.is_empty());
        shut_all([near, far, other, peer]);
    });
}

/// Without descriptors an operation is refused, of which nobody is told; with them it begins.
#[test]
fn no_descriptor_to_listen_with() {
    alone(here!("no_descriptor_to_listen_with"), || {
        let (near, far) = both();
        let told = event(true, false);
        let limit = libc::rlimit { rlim_cur: 40, rlim_max: 40 };
        must(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) });
        let mut taken = vec![];
        loop {
            match unsafe { libc::dup(0) } {
                -1 => break,
                more => taken.push(more),
            }
        }
        let (over, mut bytes) = (Over::with(told), [0; 4]);
        let (refused, count) = recv_over(near, &mut bytes, &over);
        assert!([Err(E::WSAENOBUFS), Err(E::WSAEMFILE)].contains(&refused), "{refused:?}");
        assert!(count == COUNT && !is_set(told));
        for more in taken {
            must(unsafe { libc::close(more) });
        }
        assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
        assert_eq!(send(far, b"abcd", 0), Ok(4));
        assert_eq!(over.ends(), (0, 4));
        assert!(is_set(told));
        shut_all([near, far]);
    });
}

/// OE3, EO13: the event that `hEvent` named is closed while the operation goes on: that ends as any other.
#[test]
fn oe3_the_event_is_closed() {
    let (near, far) = both();
    let told = event(true, false);
    let (over, mut bytes) = (Over::with(told), [0; 4]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    close_handle(told);
    assert_eq!(send(far, b"abcd", 0), Ok(4));
    assert_eq!(over.ends(), (0, 4));
    let selected = event(true, false);
    assert_eq!(call(|| WSAEventSelect(near, selected, READ)), Ok(0));
    close_handle(selected);
    assert_eq!(send(far, b"x", 0), Ok(1));
    wait_until("it is recorded all the same", || events(near) == READ);
    shut_all([near, far]);
}
