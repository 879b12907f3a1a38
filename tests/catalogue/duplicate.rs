//! DS1 to DS3: a second socket for a connection, in this process and in another one.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::{SOCKET, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW};
use ws2_32::ffi::*;

use crate::support::calls::{
    AF_INET, DGRAM, INVALID_SOCKET, STREAM, accept, bound, call, call_for_socket, close, close_all, connect,
    listener, send, set_mode, shutdown, socket, start, stay_started, take, tcp_pair,
};

const SIZE: usize = size_of::<WSAPROTOCOL_INFOA>();

fn offered(s: SOCKET, process: u32) -> Result<[u8; SIZE], WsaError> {
    let mut info = [0_u8; SIZE];
    // SAFETY: memory of this test.
    call(|| unsafe { WSADuplicateSocketA(s, process, info.as_mut_ptr().cast()) }).map(|_| info)
}

fn taken(info: &mut [u8; SIZE]) -> Result<SOCKET, WsaError> {
    // SAFETY: memory of this test.
    call_for_socket(|| unsafe { WSASocketA(-1, -1, -1, info.as_mut_ptr().cast(), 0, 1) })
}

#[test]
fn ds1_the_order_of_checks() {
    stay_started();
    let s = socket(AF_INET, STREAM);
    let own = std::process::id();
    // SAFETY: NULL, or memory of this test.
    let ask =
        |s, process, to: *mut WSAPROTOCOL_INFOW| call(|| unsafe { WSADuplicateSocketW(s, process, to) });
    let mut room = [0_u8; 628];
    let to = room.as_mut_ptr().cast();
    for (s, process, to, expected) in [
        (INVALID_SOCKET, 0, null_mut(), WsaError::WSAENOTSOCK),
        (INVALID_SOCKET, own, to, WsaError::WSAENOTSOCK),
        (s, 0, null_mut(), WsaError::WSAEINVAL),
        (s, u32::MAX, to, WsaError::WSAEINVAL),
        (s, 0x7FFF_FFFE, to, WsaError::WSAEINVAL),
        (s, own, null_mut(), WsaError::WSAEFAULT),
    ] {
        assert_eq!(ask(s, process, to), Err(expected), "{s:#x}, {process}, {to:p}");
    }
    close(s).unwrap();
}

#[test]
fn ds2_two_sockets_for_one_connection() {
    stay_started();
    let (near, far) = tcp_pair();
    let mut info = offered(near, std::process::id()).unwrap();
    // SAFETY: any bytes are a value.
    let told = unsafe { info.as_ptr().cast::<WSAPROTOCOL_INFOA>().read_unaligned() };
    assert_eq!((told.iAddressFamily, told.iSocketType, told.iProtocol), (2, 1, 6));
    assert_ne!(told.dwProviderReserved, 0);
    let twin = taken(&mut info).unwrap();
    assert_ne!(twin, near);
    assert_eq!(taken(&mut info), Err(WsaError::WSAEINVAL), "once");
    send(far, b"to either", 0).unwrap();
    assert_eq!(take(twin).unwrap(), b"to either");
    send(twin, b"from the second", 0).unwrap();
    assert_eq!(take(far).unwrap(), b"from the second");
    close(near).unwrap();
    send(twin, b"still there", 0).unwrap();
    assert_eq!(take(far).unwrap(), b"still there");
    close(twin).unwrap();
    assert_eq!(take(far).unwrap(), b"", "the connection ends with the last");
    close(far).unwrap();
}

/// What is known of the socket holds for the second one as well.
#[test]
fn ds2_the_record_goes_with_it() {
    stay_started();
    let (near, far) = tcp_pair();
    shutdown(near, 1).unwrap();
    let twin = taken(&mut offered(near, std::process::id()).unwrap()).unwrap();
    assert_eq!(send(twin, b"x", 0), Err(WsaError::WSAESHUTDOWN));
    close_all([near, twin, far]);

    let (listening, name) = listener();
    let twin = taken(&mut offered(listening, std::process::id()).unwrap()).unwrap();
    close(listening).unwrap();
    let client = socket(AF_INET, STREAM);
    connect(client, &name).unwrap();
    let server = accept(twin).unwrap();
    set_mode(twin, true);
    assert_eq!(accept(twin), Err(WsaError::WSAEWOULDBLOCK));
    close_all([twin, client, server]);
}

#[test]
fn ds2_closed_before_it_is_taken() {
    stay_started();
    let s = socket(AF_INET, DGRAM);
    bound(s, AF_INET);
    let mut info = offered(s, std::process::id()).unwrap();
    close(s).unwrap();
    let twin = taken(&mut info).unwrap();
    assert_ne!(twin, s);
    close(twin).unwrap();
    // A changed secret is nobody's.
    let last = socket(AF_INET, DGRAM);
    let mut info = offered(last, std::process::id()).unwrap();
    info[SIZE - 1] ^= 1;
    assert_eq!(taken(&mut info), Err(WsaError::WSAEINVAL));
    close(last).unwrap();
}

/// Set in the other process.
const CHILD: &str = "WS2_TEST_DUPLICATE";

/// The other process: takes the duplicate from its input, and serves there.
#[test]
fn ds3_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    start();
    let mut info = [0_u8; SIZE];
    std::io::stdin().read_exact(&mut info).unwrap();
    let Ok(s) = taken(&mut info) else { std::process::exit(3) };
    assert_eq!(taken(&mut info), Err(WsaError::WSAEINVAL), "once");
    let words = take(s).unwrap();
    send(s, &words.iter().rev().copied().collect::<Vec<_>>(), 0).unwrap();
    close(s).unwrap();
    std::process::exit(0);
}

fn child() -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["duplicate::ds3_child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn ds3_served_in_another_process() {
    stay_started();
    let (near, far) = tcp_pair();
    let mut child = child();
    let info = offered(near, child.id()).unwrap();
    // The own socket is not needed any more.
    close(near).unwrap();
    child.stdin.take().unwrap().write_all(&info).unwrap();
    send(far, b"desserts", 0).unwrap();
    assert_eq!(take(far).unwrap(), b"stressed");
    assert!(child.wait().unwrap().success());
    assert_eq!(take(far).unwrap(), b"", "nobody has the connection any more");
    close(far).unwrap();
}

/// Who was not named gets nothing, and does not use the offer up; what is never taken ends with the process that was named.
#[test]
fn ds3_only_the_process_that_was_named() {
    stay_started();
    let (near, far) = tcp_pair();
    let (mut named, mut other) = (child(), child());
    let mut info = offered(near, named.id()).unwrap();
    close(near).unwrap();
    assert_eq!(taken(&mut info), Err(WsaError::WSAEINVAL), "this process was not named");
    other.stdin.take().unwrap().write_all(&info).unwrap();
    assert_eq!(other.wait().unwrap().code(), Some(3), "another one was named");
    named.kill().unwrap();
    named.wait().unwrap();
    assert_eq!(take(far).unwrap(), b"", "the offer ends with its process");
    close(far).unwrap();
}
