//! `WSAEventSelect` and `WSAEnumNetworkEvents` as such: ES1 to ES15, EN1 to EN6.

use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::WSANETWORKEVENTS;
use ws2_32::ffi::*;

use crate::events::*;
use crate::support::calls::{self, *};
use crate::support::pairs::{self, Maker, Speech};
use crate::support::process::{alone, here};
use crate::support::stops::{Place, disturbed};

const FIONBIO: i32 = 0x8004_667e_u32.cast_signed();

fn mode(s: usize, nonblocking: u32) -> Outcome {
    let mut value = nonblocking;
    call(|| unsafe { ioctlsocket(s, FIONBIO, (&raw mut value).cast()) })
}

#[test]
fn es1_selecting_makes_non_blocking() {
    start();
    for mask in [0, READ, ALL, CONNECT] {
        let (s, event) = (socket(AF_INET, STREAM), Event::new());
        assert!(!is_nonblocking(s));
        select(s, &event, mask);
        assert!(is_nonblocking(s), "{mask:#x}");
        close(s).unwrap();
    }
}

#[test]
fn es2_ev1_no_blocking_mode_while_events_are_selected() {
    start();
    let (s, event) = (socket(AF_INET, STREAM), Event::new());
    select(s, &event, READ);
    assert_eq!(mode(s, 0), Err(WsaError::WSAEINVAL));
    mode(s, 1).unwrap();
    let (mut off, mut count) = (0_u32, 77);
    let mut by_command = || {
        let at = (&raw mut off).cast();
        call(|| unsafe {
            WSAIoctl(s, FIONBIO as u32, at, 4, null_mut(), 0, &raw mut count, null_mut(), None)
        })
    };
    assert_eq!(by_command(), Err(WsaError::WSAEINVAL));
    assert_eq!(count, 0);
    select_handle(s, event.0, 0).unwrap();
    assert!(is_nonblocking(s));
    mode(s, 0).unwrap();
    assert!(!is_nonblocking(s));
    close(s).unwrap();
}

#[test]
fn es3_which_handles_are_events() {
    start();
    let (s, event) = (socket(AF_INET, STREAM), Event::new());
    let mutex = unsafe { ws2_CreateMutexA(null_mut(), 0, std::ptr::null()) };
    let gone = Event::new();
    let gone = {
        WSACloseEvent(gone.0);
        gone.0
    };
    for handle in [
        null_mut(),
        mutex,
        gone,
        std::ptr::without_provenance_mut(s),
        std::ptr::without_provenance_mut(usize::MAX),
    ] {
        assert_eq!(select_handle(s, handle, READ), Err(WsaError::WSAEINVAL), "{handle:p}");
        assert!(!is_nonblocking(s), "nothing was done");
        assert_eq!(told(s), []);
    }
    select(s, &event, READ);
    select_handle(s, null_mut(), 0).unwrap();
    mode(s, 0).unwrap();
    // With no events, any handle will do.
    select_handle(s, mutex, 0).unwrap();
    assert!(is_nonblocking(s));
    ws2_CloseHandle(mutex);
    close(s).unwrap();
}

#[test]
fn es4_es5_a_selection_replaces_the_one_before() {
    let (pair, first) = connected();
    let second = Event::new();
    pair.peer.write(b"data");
    first.wait();
    assert!(first.is_set());
    select(pair.s, &second, READ);
    assert!(second.is_set(), "what is recorded sets the new event at once");
    assert!(first.is_set(), "the old one stays as it was");
    assert_eq!(told_with(pair.s, second.0).0, READ);
    assert!(!second.is_set());
    assert_eq!(ws2_ResetEvent(first.0), 1);
    pair.peer.write(b"more");
    gets_only(pair.s, &second, &[(READ, 0)]);
    assert!(!first.is_set());
    // Not in the new mask: the new event is not set, and the old one is left alone.
    pair.peer.write(b"more");
    second.wait();
    select(pair.s, &first, WRITE);
    assert!(second.is_set() && !first.is_set());
    assert_eq!(told(pair.s), []);
}

#[test]
fn es6_events_outside_the_mask_are_recorded() {
    let (pair, event) = connected();
    let mut pair = pair;
    select(pair.s, &event, CONNECT);
    pair.peer.write(b"data");
    pair.peer.write_urgent(b"u");
    pair.peer.shut(libc::SHUT_WR);
    nothing(pair.s, &event);
    select(pair.s, &event, READ | CLOSE);
    assert!(event.is_set());
    assert_eq!(told(pair.s), [(READ, 0), (CLOSE, 0)]);
    select(pair.s, &event, OOB);
    assert_eq!(told(pair.s), [(OOB, 0)]);
    pair.peer.close();
}

#[test]
fn es7_ev4_nothing_is_told_a_second_time() {
    let (pair, event) = connected();
    pair.peer.write(b"data");
    gets_only(pair.s, &event, &[(READ, 0)]);
    pair.peer.shut(libc::SHUT_WR);
    gets_only(pair.s, &event, &[(CLOSE, 0)]);
    for _ in 0..3 {
        select(pair.s, &event, ALL);
        nothing(pair.s, &event);
        select_handle(pair.s, null_mut(), 0).unwrap();
        select(pair.s, &event, ALL);
        nothing(pair.s, &event);
    }
}

#[test]
fn es8_what_happened_before_is_told() {
    pairs::each(&[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream], |pair, what| {
        pair.peer.write(b"data");
        pair.peer.shut(libc::SHUT_WR);
        wait_until("the end is there", || calls::events(fd(pair.s), libc::POLLRDHUP) & libc::POLLRDHUP != 0);
        let event = Event::new();
        select(pair.s, &event, ALL);
        assert!(event.is_set(), "{what}: at once");
        let mut seen: Vec<_> = told_with(pair.s, event.0).0.to_ne_bytes().to_vec();
        seen.truncate(1);
        let bits = i32::from(seen[0]);
        // Who connected it is not known of a socket of POSIX code's.
        assert_eq!(bits & !CONNECT, READ | WRITE | CLOSE, "{what}");
        if what.ends_with("by Ours") {
            assert_eq!(bits & CONNECT, CONNECT, "{what}");
        }
        if what.ends_with("by OursAccepted") {
            assert_eq!(bits & CONNECT, 0, "{what} (RE6)");
        }
        nothing(pair.s, &event);
    });
}

#[test]
fn es8_what_was_consumed_before_is_not_told() {
    start();
    let (pair, event) = (pairs::ours(), Event::new());
    pair.peer.write(b"data");
    assert_eq!(take(pair.s).unwrap(), b"data");
    select(pair.s, &event, READ);
    nothing(pair.s, &event);

    let (l, name) = listener();
    let near = socket(AF_INET, STREAM);
    connect(near, &name).unwrap();
    let far = accept(l).unwrap();
    select(l, &event, ACCEPT);
    nothing(l, &event);
    let second = socket(AF_INET, STREAM);
    connect(second, &name).unwrap();
    gets_only(l, &event, &[(ACCEPT, 0)]);
    close_all([l, near, far, second]);
}

#[test]
fn es8_a_connection_that_waits() {
    start();
    let ((l, name), event) = (listener(), Event::new());
    let near = socket(AF_INET, STREAM);
    connect(near, &name).unwrap();
    select(l, &event, ALL);
    assert!(event.is_set());
    gets_only(l, &event, &[(ACCEPT, 0)]);
    close_all([l, near]);
}

#[test]
fn es9_ev9_accepted_sockets_inherit() {
    start();
    let ((l, name), event) = (listener(), Event::new());
    select(l, &event, ACCEPT | READ | WRITE | CLOSE);
    let near = socket(AF_INET, STREAM);
    connect(near, &name).unwrap();
    gets_only(l, &event, &[(ACCEPT, 0)]);
    let far = accept(l).unwrap();
    assert!(event.is_set(), "by the new socket's FD_WRITE");
    assert_eq!(told(l), []);
    assert!(is_nonblocking(far));
    assert_eq!(mode(far, 0), Err(WsaError::WSAEINVAL));
    gets_only(far, &event, &[(WRITE, 0)]);
    send(near, b"data", 0).unwrap();
    gets_only(far, &event, &[(READ, 0)]);
    assert_eq!(told(l), []);
    // Its own selection replaces that.
    let own = Event::new();
    select(far, &own, READ);
    send(near, b"data", 0).unwrap();
    gets_only(far, &own, &[(READ, 0)]);
    assert!(!event.is_set());
    // Nothing selected: nothing inherited.
    select_handle(l, null_mut(), 0).unwrap();
    let third = socket(AF_INET, STREAM);
    connect(third, &name).unwrap();
    let fourth = accept(l).unwrap();
    assert_eq!(told(fourth), []);
    mode(fourth, 0).unwrap();
    close_all([l, near, far, third, fourth]);
}

#[test]
fn es11_en5_a_connect_that_fails() {
    start();
    let ((keeper, name), event) = (refusing_port(), Event::new());
    let s = socket(AF_INET, STREAM);
    select(s, &event, ALL);
    for _ in 0..2 {
        assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
        gets_only(s, &event, &[(CONNECT, 10061)]);
        select(s, &event, ALL);
        nothing(s, &event);
    }
    let (mut code, mut len) = (0_i32, 4);
    call(|| unsafe { ws2_getsockopt(s, 0xFFFF, 0x1007, (&raw mut code).cast(), &raw mut len) }).unwrap();
    assert_eq!(code, 10061, "SO_ERROR");
    close_all([keeper, s]);
}

#[test]
fn es11_a_connect_that_failed_before_the_selection() {
    start();
    let ((keeper, name), event) = (refusing_port(), Event::new());
    let s = socket(AF_INET, STREAM);
    set_mode(s, true);
    assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
    wait_for(s, libc::POLLERR | libc::POLLHUP);
    select(s, &event, ALL);
    gets_only(s, &event, &[(CONNECT, 10061)]);
    close_all([keeper, s]);
}

#[test]
fn es12_a_connection_that_is_reset_at_once() {
    start();
    let ((l, name), event) = (listener(), Event::new());
    let s = socket(AF_INET, STREAM);
    select(s, &event, CONNECT);
    assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
    gets_only(s, &event, &[(CONNECT, 0)]);
    let far = accept(l).unwrap();
    set_option(fd(far), libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
    close(far).unwrap();
    later();
    select(s, &event, ALL);
    assert_eq!(told(s), [(WRITE, 0), (CLOSE, 10053)]);
    close_all([l, s]);
}

#[test]
fn es14_closing_ends_the_selection_and_tells_nothing() {
    alone(here!("es14_closing_ends_the_selection_and_tells_nothing"), || {
        let (pair, event) = connected();
        let s = pair.s;
        let peer = pair.close();
        // Whoever gets the number next has no selection.
        let next =
            until("the lowest free number", || Some(socket(AF_INET, STREAM)).filter(|next| *next == s));
        later();
        assert!(!event.is_set());
        drop(peer);
        assert_eq!(told(next), []);
        mode(next, 0).unwrap();
        close(next).unwrap();
    });
}

#[test]
fn es15_re7_own_shutdown_ends_nothing() {
    for how in [SD_SEND, SD_RECEIVE, SD_BOTH] {
        let (pair, event) = connected();
        shutdown(pair.s, how).unwrap();
        nothing(pair.s, &event);
        pair.peer.shut(libc::SHUT_WR);
        gets_only(pair.s, &event, &[(CLOSE, 0)]);
    }
}

/// EN1, EV8.
#[test]
fn en1_outside_the_mask_and_after_failure_everything_stays() {
    let (pair, event) = connected();
    pair.peer.write(b"data");
    event.wait();
    // Refused: nothing is cleared or reset.
    let bad = call(|| unsafe { WSAEnumNetworkEvents(pair.s, event.0, null_mut()) });
    assert_eq!(bad, Err(WsaError::WSAEFAULT));
    let mut told_to = WSANETWORKEVENTS { lNetworkEvents: 3, iErrorCode: [UNTOUCHED; 10] };
    let wrong: *mut std::ffi::c_void = std::ptr::without_provenance_mut(0x7000_0000);
    let bad = call(|| unsafe { WSAEnumNetworkEvents(pair.s, wrong, &raw mut told_to) });
    assert_eq!((bad, told_to.lNetworkEvents), (Err(WsaError::WSAEINVAL), 3));
    assert!(event.is_set());
    select(pair.s, &event, CLOSE);
    assert_eq!(told(pair.s), []);
    select(pair.s, &event, READ);
    assert_eq!(told(pair.s), [(READ, 0)]);
    assert_eq!(told(pair.s), []);
}

#[test]
fn en2_en3_which_event_is_reset() {
    let (pair, event) = connected();
    pair.peer.write(b"data");
    event.wait();
    assert_eq!(told(pair.s), [(READ, 0)]);
    assert!(event.is_set(), "none given, none reset");
    let other = Event::new();
    assert_eq!(WSASetEvent(other.0), 1);
    assert_eq!(told_with(pair.s, other.0).0, 0);
    assert!(event.is_set() && !other.is_set(), "the one that was given");
    // Also on a socket that has selected nothing.
    let s = socket(AF_INET, STREAM);
    assert_eq!(told_with(s, event.0).0, 0);
    assert!(!event.is_set());
    close(s).unwrap();
}

#[test]
fn en6_without_a_selection_nothing_has_happened() {
    start();
    let pair = pairs::ours();
    pair.peer.write(b"data");
    assert_eq!(told(pair.s), []);
    for s in [usize::MAX, 0x7FFF_FFFF, 0x4000_0000, 1 << 40] {
        let mut told = WSANETWORKEVENTS { lNetworkEvents: 0, iErrorCode: [0; 10] };
        let outcome = call(|| unsafe { WSAEnumNetworkEvents(s, null_mut(), &raw mut told) });
        assert_eq!(outcome, Err(WsaError::WSAENOTSOCK), "{s:#x}");
        let nowhere = call(|| unsafe { WSAEnumNetworkEvents(s, null_mut(), null_mut()) });
        assert_eq!(nowhere, Err(WsaError::WSAENOTSOCK), "comes first, {s:#x}");
        for mask in [0, READ] {
            assert_eq!(select_handle(s, null_mut(), mask), Err(WsaError::WSAENOTSOCK), "{s:#x}");
        }
    }
}

#[test]
fn eo2_an_event_that_resets_itself() {
    start();
    let pair = pairs::pair(Speech::Tcp4, Maker::OursAccepted).unwrap();
    let event = Event(unsafe { ws2_CreateEventA(null_mut(), 0, 0, std::ptr::null()) });
    select(pair.s, &event, READ);
    pair.peer.write(b"data");
    event.wait();
    assert!(!event.is_set(), "one wait takes the signal");
    assert_eq!(told(pair.s), [(READ, 0)], "the record stays until it is told");
}

/// ES8, RE1: a datagram is told of at whatever moment of a selection it comes.
#[test]
fn es8_a_datagram_that_comes_meanwhile() {
    alone(here!("es8_a_datagram_that_comes_meanwhile"), || {
        start();
        // The thread that listens is there before, and is not stopped.
        let (first, own) = (socket(AF_INET, DGRAM), Event::new());
        select(first, &own, READ);
        let mut stops = 0;
        for place in Place::first(12) {
            let (s, event) = (socket(AF_INET, DGRAM), Event::new());
            let port = bound(s, AF_INET).port();
            let sender = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
            let handle = event.0.expose_provenance();
            let comes = move || assert_eq!(sender.send_to(b"x", ("127.0.0.1", port)).unwrap(), 1);
            let selects =
                move || call(|| WSAEventSelect(s, std::ptr::with_exposed_provenance_mut(handle), READ));
            let Some(round) = disturbed(libc::SYS_epoll_ctl, place, comes, selects) else { return };
            assert_eq!(round.answer, Ok(0));
            if round.disturbed {
                gets(s, &event, &[(READ, 0)]);
            }
            close(s).unwrap();
            stops += usize::from(round.stopped);
            if !round.stopped {
                break;
            }
        }
        assert!(stops > 0, "never stopped");
    });
}
