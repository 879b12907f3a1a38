//! Connections that `WSAAccept`'s condition function puts off: whose they are, and what becomes of them. Row N4.

use std::io::Read;
use std::net::TcpStream;
use std::ptr::null_mut;

use crate::support::calls::*;
use crate::support::process::{alone, descriptors, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::types::message::{GROUP, LPCONDITIONPROC, QOS, WSABUF};
use ws2_32::ffi::{WSAAccept, WSACleanup, WSAGetLastError};

const CF_DEFER: i32 = 2;

/// Puts off; closes the socket first that its data names, if one is named.
unsafe extern "C" fn put_off(
    _: *mut WSABUF,
    _: *mut WSABUF,
    _: *mut QOS,
    _: *mut QOS,
    _: *mut WSABUF,
    _: *mut WSABUF,
    _: *mut GROUP,
    to_close: usize,
) -> i32 {
    if to_close != 0 {
        close(to_close).unwrap();
    }
    CF_DEFER
}

fn accept_if(l: SOCKET, to_close: usize) -> Result<SOCKET, E> {
    let function: LPCONDITIONPROC = Some(put_off);
    // SAFETY: such a function, no address.
    let s = unsafe { WSAAccept(l, null_mut(), null_mut(), function, to_close) };
    if s == SOCKET::MAX { Err(E::from_number(WSAGetLastError())) } else { Ok(s) }
}

fn client(name: &crate::support::name::Name) -> TcpStream {
    TcpStream::connect(("127.0.0.1", name.port())).unwrap()
}

/// How many sockets this process has.
fn sockets() -> usize {
    descriptors().iter().filter(|what| what.contains("socket:")).count()
}

/// A connection of which nobody but the client is left.
fn is_reset(mut client: TcpStream) {
    let error = client.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

fn is_open(fd: i32) -> bool {
    // SAFETY: changes nothing.
    unsafe { libc::fcntl(fd, libc::F_GETFD) != -1 }
}

/// It is accepted as any other: in the mode that the listener has by then, and closed by the last `WSACleanup`.
#[test]
fn a_connection_that_was_put_off() {
    alone(here!("a_connection_that_was_put_off"), || {
        start();
        let (l, name) = listener();
        for nonblocking in [true, false] {
            let _client = client(&name);
            assert_eq!(accept_if(l, 0), Err(E::WSATRY_AGAIN));
            set_mode(l, nonblocking);
            let s = accept(l).unwrap();
            assert_eq!(is_nonblocking(s), nonblocking);
            assert_eq!(shutdown(s, SD_RECEIVE), Ok(0));
            assert_eq!(take(s), Err(E::WSAESHUTDOWN));
            if nonblocking {
                close(s).unwrap();
                continue;
            }
            assert_eq!(WSACleanup(), 0);
            assert!(!is_open(fd(s)) && !is_open(fd(l)));
        }
    });
}

/// The closing of the listener resets it, by `closesocket` as by the last `WSACleanup`.
#[test]
fn the_listener_is_closed() {
    alone(here!("the_listener_is_closed"), || {
        for cleans_up in [false, true] {
            let before = sockets();
            start();
            let (l, name) = listener();
            let clients = [client(&name), client(&name)];
            // The one that was put off comes first again: so a second one is taken behind it.
            assert_eq!(accept_if(l, 0), Err(E::WSATRY_AGAIN));
            let first = accept(l).unwrap();
            assert_eq!(accept_if(l, 0), Err(E::WSATRY_AGAIN));
            if cleans_up {
                assert_eq!(WSACleanup(), 0);
            } else {
                close(l).unwrap();
                close(first).unwrap();
            }
            let [other, second] = clients;
            drop(other);
            is_reset(second);
            if !cleans_up {
                assert_eq!(WSACleanup(), 0);
            }
            assert_eq!(sockets(), before);
        }
    });
}

/// The condition function closes the listener: there is nobody left whom the connection could wait for.
#[test]
fn the_condition_closes_the_listener() {
    alone(here!("the_condition_closes_the_listener"), || {
        start();
        let before = sockets();
        let (l, name) = listener();
        let client = client(&name);
        assert_eq!(accept_if(l, l), Err(E::WSAENOTSOCK));
        is_reset(client);
        assert_eq!(sockets(), before);
    });
}

/// POSIX code closes the listener, and another one gets its number: what was put off is not that one's.
#[test]
fn the_next_listener_of_the_number() {
    alone(here!("the_next_listener_of_the_number"), || {
        start();
        let (l, name) = listener();
        let put_off = client(&name);
        assert_eq!(accept_if(l, 0), Err(E::WSATRY_AGAIN));
        // SAFETY: the test's own.
        must(unsafe { libc::close(fd(l)) });
        let (next, _) = listener();
        assert_eq!(next, l, "the lowest free number");
        set_mode(next, true);
        assert_eq!(accept(next), Err(E::WSAEWOULDBLOCK));
        is_reset(put_off);
        close(next).unwrap();
    });
}
