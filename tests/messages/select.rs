//! AS1 to AS10, AS12: network events as messages.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::{Mutex, PoisonError};

use ws2_32::error::WsaError;
use ws2_32::ffi::messages::types::HWND;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{OVERLAPPED, SOCKET};
use ws2_32::ffi::*;

use crate::support::calls::{
    AF_INET, DGRAM, INVALID_SOCKET, STREAM, accept, bound, call, close, close_all, connect, is_nonblocking,
    listener, refusing_port, send, set_mode, set_option, socket, stay_started, take, tcp_pair, wait_for,
};
use crate::support::process::{alone, here};
use crate::{get, peek, window};

const READ: i32 = 1;
const WRITE: i32 = 2;
const OOB: i32 = 4;
const ACCEPT: i32 = 8;
const CONNECT: i32 = 16;
const CLOSE: i32 = 32;
const ALL: i32 = 63;
const MESSAGE: u32 = 0x400;

fn select(s: SOCKET, window: HWND, mask: i32) -> Result<i32, WsaError> {
    call(|| WSAAsyncSelect(s, window, MESSAGE, mask))
}

/// The next message: the event and its code, of that socket.
fn event(window: HWND, s: SOCKET) -> (i32, i32) {
    let (to, message, wparam, lparam) = get();
    assert_eq!((to, message, wparam), (window, MESSAGE, s));
    ((lparam & 0xFFFF) as i32, (lparam >> 16) as i32)
}

/// Nothing has been posted: what happens on the loopback is told before this thread's own message can overtake it, since
/// the reactor reads of the marker's socket after it.
fn nothing_more(window: HWND) {
    let (near, far) = tcp_pair();
    call(|| WSAAsyncSelect(far, window, MESSAGE + 1, READ)).unwrap();
    send(near, b"x", 0).unwrap();
    let (_, message, wparam, _) = get();
    assert_eq!((message, wparam), (MESSAGE + 1, far), "another message came first");
    close_all([near, far]);
}

#[test]
fn as1_one_message_for_each_event_in_order() {
    stay_started();
    let window = window();
    let (listening, name) = listener();
    select(listening, window, ACCEPT).unwrap();
    let client = socket(AF_INET, STREAM);
    select(client, window, ALL).unwrap();
    assert_eq!(connect(client, &name), Err(WsaError::WSAEWOULDBLOCK));
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (_, _, wparam, lparam) = get();
        seen.push((wparam, lparam));
    }
    let own: Vec<_> = seen.iter().filter(|(s, _)| *s == client).map(|(_, event)| *event).collect();
    assert_eq!(own, [CONNECT as isize, WRITE as isize], "AS2: CONNECT before WRITE");
    assert!(seen.contains(&(listening, ACCEPT as isize)));
    let server = accept(listening).unwrap();
    send(server, b"data", 0).unwrap();
    assert_eq!(event(window, client), (READ, 0));
    close_all([server]);
    assert_eq!(event(window, client), (CLOSE, 0));
    close_all([client, listening]);
    ws2_DestroyWindow(window);
}

#[test]
fn as3_modes_and_cancelling() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    select(near, window, READ).unwrap();
    assert!(is_nonblocking(near));
    let mut zero = 0_u32;
    // SAFETY: memory of this test: FIONBIO.
    let blocking =
        |s, value: &mut u32| call(|| unsafe { ioctlsocket(s, 0x8004_667e_u32.cast_signed(), value) });
    assert_eq!(blocking(near, &mut zero), Err(WsaError::WSAEINVAL));
    send(far, b"one", 0).unwrap();
    wait_for(near, libc::POLLIN);
    let posted = get();
    // A posted message stays; nothing more comes.
    select(near, window, 0).unwrap();
    assert_eq!(posted.3, READ as isize);
    assert_eq!(take(near).unwrap(), b"one");
    send(far, b"two", 0).unwrap();
    nothing_more(window);
    blocking(near, &mut zero).unwrap();
    assert!(!is_nonblocking(near));
    // Mask 0 makes a socket non-blocking, too.
    set_mode(far, false);
    select(far, null_mut(), 0).unwrap();
    assert!(is_nonblocking(far));
    // A selection of the other kind takes the place of this one.
    select(near, window, READ).unwrap();
    assert_eq!(event(window, near), (READ, 0));
    let event_object = WSACreateEvent();
    // SAFETY: an event of this test.
    call(|| WSAEventSelect(near, event_object, READ)).unwrap();
    take(near).unwrap();
    send(far, b"three", 0).unwrap();
    // SAFETY: likewise.
    assert_eq!(unsafe { WSAWaitForMultipleEvents(1, &raw const event_object, 1, 60_000, 0) }, 0);
    nothing_more(window);
    WSACloseEvent(event_object);
    close_all([near, far]);
    ws2_DestroyWindow(window);
}

#[test]
fn as4_selecting_again_tells_again() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    send(far, b"data", 0).unwrap();
    wait_for(near, libc::POLLIN);
    for _ in 0..2 {
        select(near, window, ALL).unwrap();
        assert_eq!(event(window, near), (READ, 0));
        assert_eq!(event(window, near), (WRITE, 0), "and no CONNECT");
    }
    close(far).unwrap();
    assert_eq!(event(window, near), (CLOSE, 0));
    select(near, window, ALL).unwrap();
    let told = [event(window, near), event(window, near), event(window, near)];
    assert_eq!(told, [(READ, 0), (WRITE, 0), (CLOSE, 0)]);
    close(near).unwrap();
    ws2_DestroyWindow(window);
}

#[test]
fn as5_nothing_more_until_the_call_for_it() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    select(near, window, READ).unwrap();
    send(far, b"ab", 0).unwrap();
    assert_eq!(event(window, near), (READ, 0));
    send(far, b"cd", 0).unwrap();
    nothing_more(window);
    // A part is taken: the rest is told of.
    let mut byte = [0_u8; 1];
    assert_eq!(crate::support::calls::recv(near, &mut byte, 0), Ok(1));
    assert_eq!(event(window, near), (READ, 0));
    assert_eq!(take(near).unwrap(), b"bcd");
    nothing_more(window);
    // A failing call asks for more as well.
    assert_eq!(take(near), Err(WsaError::WSAEWOULDBLOCK));
    send(far, b"e", 0).unwrap();
    assert_eq!(event(window, near), (READ, 0));
    close_all([near, far]);

    let (listening, name) = listener();
    select(listening, window, ACCEPT).unwrap();
    let clients = [socket(AF_INET, STREAM), socket(AF_INET, STREAM)];
    connect(clients[0], &name).unwrap();
    assert_eq!(event(window, listening), (ACCEPT, 0));
    connect(clients[1], &name).unwrap();
    nothing_more(window);
    let first = accept(listening).unwrap();
    assert_eq!(event(window, listening), (ACCEPT, 0));
    let second = accept(listening).unwrap();
    nothing_more(window);
    close_all(clients);
    close_all([first, second, listening]);
    ws2_DestroyWindow(window);
}

#[test]
fn as6_datagrams() {
    stay_started();
    let window = window();
    let s = socket(AF_INET, DGRAM);
    select(s, window, ALL).unwrap();
    assert_eq!(event(window, s), (WRITE, 0), "unbound, too");
    let other = socket(AF_INET, DGRAM);
    let name = bound(other, AF_INET);
    connect(s, &name).unwrap();
    assert_eq!(event(window, s), (WRITE, 0), "and no CONNECT");
    let own = crate::support::calls::local_name(s).unwrap();
    connect(other, &own).unwrap();
    send(other, b"x", 0).unwrap();
    assert_eq!(event(window, s), (READ, 0));
    nothing_more(window);
    close_all([s, other]);
    ws2_DestroyWindow(window);
}

#[test]
fn as7_a_reset_and_a_refusal() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    select(near, window, CLOSE).unwrap();
    set_option(
        i32::try_from(far).unwrap(),
        libc::SOL_SOCKET,
        libc::SO_LINGER,
        libc::linger { l_onoff: 1, l_linger: 0 },
    );
    close(far).unwrap();
    assert_eq!(event(window, near), (CLOSE, 10053));
    close(near).unwrap();
    let (keeper, name) = refusing_port();
    let s = socket(AF_INET, STREAM);
    select(s, window, ALL).unwrap();
    let _ = connect(s, &name);
    assert_eq!(event(window, s), (CONNECT, 10061));
    close_all([s, keeper]);
    ws2_DestroyWindow(window);
}

#[test]
fn as8_accepted_sockets_inherit() {
    stay_started();
    let window = window();
    let (listening, name) = listener();
    select(listening, window, ACCEPT | READ | CLOSE).unwrap();
    let client = socket(AF_INET, STREAM);
    connect(client, &name).unwrap();
    assert_eq!(event(window, listening), (ACCEPT, 0));
    let server = accept(listening).unwrap();
    assert!(is_nonblocking(server));
    send(client, b"hello", 0).unwrap();
    assert_eq!(event(window, server), (READ, 0), "its own number");
    take(server).unwrap();
    send(client, b"!", 1).unwrap();
    close(client).unwrap();
    assert_eq!(event(window, server).0, CLOSE, "FD_OOB was not selected");
    close_all([server, listening]);
    ws2_DestroyWindow(window);
}

/// AS9: a pending receive takes the data, so that none is there to be told of.
#[test]
fn as9_a_pending_receive_takes_the_data() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    select(near, window, READ).unwrap();
    let event_object = WSACreateEvent();
    let nothing = OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: event_object };
    let mut over = Box::new(nothing);
    let mut bytes = [0_u8; 8];
    let mut buffer = WSABUF { len: 8, buf: bytes.as_mut_ptr().cast() };
    let (mut count, mut flags) = (0, 0);
    // SAFETY: memory of this test, which waits for the end below.
    let begun = call(|| unsafe {
        WSARecv(near, &raw mut buffer, 1, &raw mut count, &raw mut flags, &raw mut *over, None)
    });
    assert_eq!(begun, Err(WsaError::WSA_IO_PENDING));
    send(far, b"taken", 0).unwrap();
    // SAFETY: likewise.
    let ended = unsafe { WSAGetOverlappedResult(near, &raw mut *over, &raw mut count, 1, &raw mut flags) };
    assert_eq!((ended, count, &bytes[..5]), (1, 5, &b"taken"[..]));
    nothing_more(window);
    // What comes with no receive pending is told of.
    send(far, b"told", 0).unwrap();
    assert_eq!(event(window, near), (READ, 0));
    WSACloseEvent(event_object);
    close_all([near, far]);
    ws2_DestroyWindow(window);
}

#[test]
fn as9_nothing_after_closesocket() {
    stay_started();
    let window = window();
    let (near, far) = tcp_pair();
    select(near, window, ALL).unwrap();
    assert_eq!(event(window, near), (WRITE, 0));
    send(far, b"urgent", OOB).unwrap_or(0);
    close(near).unwrap();
    let _ = send(far, b"late", 0);
    while let Some((_, message, wparam, _)) = peek() {
        // What was posted before the closing stays.
        assert_eq!((message, wparam), (MESSAGE, near));
    }
    nothing_more(window);
    close(far).unwrap();
    ws2_DestroyWindow(window);
}

#[test]
fn as10_what_is_refused() {
    stay_started();
    let window = window();
    let s = socket(AF_INET, STREAM);
    for (s, to, mask, expected) in [
        (INVALID_SOCKET, window, READ, WsaError::WSAENOTSOCK),
        (INVALID_SOCKET, null_mut(), 0, WsaError::WSAENOTSOCK),
        (s, null_mut(), READ, WsaError::WSAEINVAL),
        (s, std::ptr::without_provenance_mut(4), READ, WsaError::WSAEINVAL),
        (s, std::ptr::without_provenance_mut((-3_isize).cast_unsigned()), READ, WsaError::WSAEINVAL),
    ] {
        assert_eq!(select(s, to, mask), Err(expected), "{to:p}, {mask}");
        assert!(s == INVALID_SOCKET || !is_nonblocking(s), "nothing was changed");
    }
    ws2_DestroyWindow(window);
    assert_eq!(select(s, window, READ), Err(WsaError::WSAEINVAL), "it is gone");
    close(s).unwrap();
}

static POSTED: Mutex<Vec<(usize, u32, usize, isize)>> = Mutex::new(Vec::new());

unsafe extern "C" fn post(window: HWND, message: u32, wparam: usize, lparam: isize) -> i32 {
    let mut posted = POSTED.lock().unwrap_or_else(PoisonError::into_inner);
    posted.push((window.addr(), message, wparam, lparam));
    1
}

/// The routine counts for the whole process.
#[test]
fn as12_the_program_posts() {
    alone(here!("as12_the_program_posts"), || {
        stay_started();
        // SAFETY: a function of this test.
        assert_eq!(unsafe { WSApSetPostRoutine(Some(post)) }, 0);
        let (near, far) = tcp_pair();
        let theirs: *mut c_void = std::ptr::without_provenance_mut(0x1234);
        select(near, theirs, READ).unwrap();
        send(far, b"x", 0).unwrap();
        crate::support::waiting::wait_until("the message", || {
            POSTED.lock().unwrap().contains(&(0x1234, MESSAGE, near, READ as isize))
        });
        // SAFETY: NULL takes it back.
        unsafe { WSApSetPostRoutine(None) };
        assert_eq!(select(near, theirs, READ), Err(WsaError::WSAEINVAL));
        close_all([near, far]);
    });
}
