//! Sockets: making, connecting, moving data, options, readiness.

use std::ptr::null_mut;

use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::*;

use crate::refusing::{Refusing, refusing};
use crate::support::calls::{self, Name, listener, start, tcp_pair};
use crate::support::process::{alone, here, succeeded};
use crate::walk::{NO_BUFFERS, walk, walk_prepared};

const NONBLOCKING: i32 = 0x8004_667e_u32.cast_signed();

const CODES: &[i32] = &[NO_BUFFERS];

fn count(value: i32) -> Result<i32, i32> {
    if value >= 0 { Ok(value) } else { Err(WSAGetLastError()) }
}

fn socket(value: usize) -> Result<usize, i32> {
    if value == usize::MAX { Err(WSAGetLastError()) } else { Ok(value) }
}

fn close(s: usize) {
    calls::close(s).unwrap();
}

#[test]
fn from_the_making_to_the_end() {
    alone(here!("from_the_making_to_the_end"), || {
        start();
        for (family, kind) in [(2, 1), (2, 2), (23, 1), (23, 2)] {
            walk("socket", CODES, || socket(ws2_socket(family, kind, 0)), close);
        }
        let any = Name::v4([127, 0, 0, 1], 0);
        let bound = || {
            let s = socket(ws2_socket(2, 1, 0))?;
            let outcome = count(unsafe { ws2_bind(s, any.ptr(), any.len) });
            let outcome = outcome.and_then(|_| count(ws2_listen(s, 1)));
            outcome.map(|_| s).inspect_err(|_| assert_eq!(closesocket(s), 0))
        };
        walk("bind and listen", CODES, bound, close);
        let (listening, name) = listener();
        let connected = || {
            let s = socket(ws2_socket(2, 1, 0))?;
            let outcome = count(unsafe { ws2_connect(s, name.ptr(), name.len) });
            outcome.map(|_| s).inspect_err(|_| assert_eq!(closesocket(s), 0))
        };
        walk("connect", CODES, connected, |s| calls::close_all([s, calls::accept(listening).unwrap()]));
        // Without memory for the note of it, too, a connection is gone, so that another one has to come.
        let clients = std::cell::RefCell::new(Vec::new());
        let prepare = || {
            if calls::events(calls::fd(listening), libc::POLLIN) == 0 {
                clients.borrow_mut().drain(..).for_each(close);
                clients.borrow_mut().push(connected().unwrap());
                calls::wait_for(listening, libc::POLLIN);
            }
        };
        let accept = || socket(unsafe { ws2_accept(listening, null_mut(), null_mut()) });
        walk_prepared("accept", CODES, prepare, accept, close);
        calls::close_all(clients.into_inner());
    });
}

/// An address that two sockets share: who stands in the way is looked up.
#[test]
fn an_address_that_is_shared() {
    alone(here!("an_address_that_is_shared"), || {
        start();
        let name = Name::v4([127, 0, 0, 1], 0);
        for kind in [1, 2] {
            let first = calls::socket(2, kind);
            calls::set_number(first, 0xffff, 4, 1);
            assert_eq!(count(unsafe { ws2_bind(first, name.ptr(), name.len) }), Ok(0));
            let taken = calls::local_name(first).unwrap();
            let make = || {
                let s = calls::socket(2, kind);
                calls::set_number(s, 0xffff, 4, 1);
                s
            };
            let sockets = std::cell::Cell::new(make());
            let renew = || close(sockets.replace(make()));
            let bind = || count(unsafe { ws2_bind(sockets.get(), taken.ptr(), taken.len) });
            walk_prepared("bind", CODES, renew, bind, |_| {});
            calls::close_all([first, sockets.get()]);
        }
    });
}

/// Whichever allocation of an `accept` is refused: its connection is the next call's.
#[test]
fn a_connection_waits_for_memory() {
    alone(here!("a_connection_waits_for_memory"), || {
        start();
        let (listening, name) = listener();
        let mut refused_once = false;
        for number in 0.. {
            let client = socket(ws2_socket(2, 1, 0)).unwrap();
            assert_eq!(count(unsafe { ws2_connect(client, name.ptr(), name.len) }), Ok(0));
            assert_eq!(calls::send(client, b"mine", 0), Ok(4));
            calls::wait_for(listening, libc::POLLIN);
            let accept = || socket(unsafe { ws2_accept(listening, null_mut(), null_mut()) });
            let (outcome, refused) = refusing(Refusing::One(number), accept);
            refused_once |= outcome.is_err();
            let accepted = match outcome {
                Ok(accepted) => accepted,
                Err(code) => {
                    assert_eq!(code, NO_BUFFERS, "allocation {number}");
                    let mut on = 1;
                    assert_eq!(unsafe { ioctlsocket(listening, NONBLOCKING, &raw mut on) }, 0);
                    accept()
                        .unwrap_or_else(|code| panic!("allocation {number}: the connection is lost: {code}"))
                }
            };
            calls::wait_for(accepted, libc::POLLIN);
            assert_eq!(calls::take(accepted).unwrap(), b"mine", "allocation {number}");
            calls::close_all([client, accepted]);
            if refused == 0 {
                break;
            }
        }
        assert!(refused_once);
        close(listening);
    });
}

#[test]
fn data() {
    alone(here!("data"), || {
        start();
        let (near, far) = tcp_pair();
        let mut bytes = [b'x'; 40];
        let mut pieces = bytes.each_mut().map(|byte| WSABUF { len: 1, buf: std::ptr::from_mut(byte).cast() });
        let (list, mut moved, mut flags) = (pieces.as_mut_ptr(), 0_u32, 0_u32);
        let (moved, flags) = (&raw mut moved, &raw mut flags);
        let send = || count(unsafe { WSASend(near, list, 40, moved, 0, null_mut(), None) });
        walk("WSASend", CODES, send, |_| assert_eq!(calls::take(far).unwrap(), [b'x'; 40]));
        let fill = || assert_eq!(calls::send(far, &[b'x'; 40], 0), Ok(40));
        fill();
        let receive = || count(unsafe { WSARecv(near, list, 40, moved, flags, null_mut(), None) });
        walk("WSARecv", CODES, receive, |_| fill());
        calls::set_number(near, 0xffff, 0x1006, 10);
        while calls::take(near).is_ok() {}
        let mut byte = [0_u8; 4];
        let to = byte.as_mut_ptr().cast();
        let wait = || match count(unsafe { ws2_recv(near, to, 4, 0) }) {
            Err(10060) => Ok(0),
            other => other,
        };
        walk("recv", CODES, wait, |_| {});
        let mut poll = [ws2_32::ffi::types::select::WSAPOLLFD { fd: near, events: 0x100, revents: 0 }];
        walk("WSAPoll", CODES, || count(unsafe { WSAPoll(poll.as_mut_ptr(), 1, 1) }), |_| {});
        // The count, and the socket.
        let mut set = [1_usize, near];
        let at = set.as_mut_ptr();
        let soon = ws2_32::ffi::types::select::ws2_timeval { tv_sec: 0, tv_usec: 1000 };
        let ask = || {
            unsafe { at.write(1) };
            unsafe { at.add(1).write(near) };
            count(unsafe { ws2_select(0, at.cast(), null_mut(), null_mut(), &raw const soon) })
        };
        walk("select", CODES, ask, |_| {});
        calls::close_all([near, far]);
    });
}

#[test]
fn options_and_commands() {
    alone(here!("options_and_commands"), || {
        start();
        let s = calls::socket(2, 2);
        let mut room = vec![0_u8; 4096];
        let to = room.as_mut_ptr();
        let mut len = 4096;
        let at = &raw mut len;
        for option in [0x2004, 0x2005, 0x1008] {
            let ask = || {
                unsafe { at.write(4096) };
                count(unsafe { ws2_getsockopt(s, 0xffff, option, to.cast(), at) })
            };
            walk("getsockopt", CODES, ask, |_| {});
        }
        let mut told = 0_u32;
        let told = &raw mut told;
        // SIO_GET_INTERFACE_LIST, SIO_ADDRESS_LIST_QUERY.
        for command in [0x4004_747f_u32, 0x4800_0016] {
            let ask = || {
                count(unsafe { WSAIoctl(s, command, null_mut(), 0, to.cast(), 4096, told, null_mut(), None) })
            };
            walk("WSAIoctl", CODES, ask, |_| {});
        }
        close(s);
    });
}

/// A fork needs no memory: both sides go on, and what the child makes works.
#[test]
fn a_fork() {
    alone(here!("a_fork"), || {
        start();
        let (near, far) = tcp_pair();
        for count in [0, 1, 2, 3] {
            for which in [Refusing::One(count), Refusing::From(count)] {
                let (child, _) = refusing(which, || unsafe { libc::fork() });
                assert!(child >= 0);
                if child == 0 {
                    let works = socket(ws2_socket(2, 1, 0)).is_ok_and(|s| closesocket(s) == 0);
                    unsafe {
                        libc::alarm(60);
                        libc::_exit(i32::from(!works))
                    };
                }
                assert!(succeeded(child), "{which:?}");
                assert_eq!(calls::send(near, b"x", 0), Ok(1));
                assert_eq!(calls::take(far).unwrap(), b"x");
            }
        }
        calls::close_all([near, far]);
    });
}
