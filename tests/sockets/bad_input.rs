//! Arguments that make no sense, for every function of the core: the documented code, never a crash, never a byte
//! sent. `bad_input_more` has the other functions.

use std::ffi::c_char;
use std::ptr::without_provenance_mut as at;

use crate::support::bad::*;
use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{self, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::ws2_sockaddr;
use ws2_32::ffi::*;

#[test]
fn no_socket_comes_first() {
    start();
    let (sockets, _owners) = no_sockets();
    for s in sockets {
        let no_socket = Err(E::WSAENOTSOCK);
        for wild in WILD {
            for len in [i32::MIN, -1, 0, 1, 16, i32::MAX] {
                for flags in [0, 1, 2, 8, 0x40, 0x8000, -1] {
                    // SAFETY: the functions refuse the socket before they look at the memory.
                    unsafe {
                        assert_eq!(call(|| ws2_send(s, at::<c_char>(wild), len, flags)), no_socket, "{s}");
                        assert_eq!(call(|| ws2_recv(s, at::<c_char>(wild), len, flags)), no_socket, "{s}");
                    }
                }
                // SAFETY: likewise.
                unsafe {
                    assert_eq!(call(|| ws2_bind(s, at(wild), len)), no_socket, "{s}");
                    assert_eq!(call(|| ws2_connect(s, at(wild), len)), no_socket, "{s}");
                }
                assert_eq!(call(|| ws2_listen(s, len)), no_socket, "{s}");
                assert_eq!(call(|| ws2_shutdown(s, len)), no_socket, "{s}");
            }
            // SAFETY: likewise.
            unsafe {
                assert_eq!(call(|| ws2_getsockname(s, at(wild), at(wild))), no_socket, "{s}");
                assert_eq!(call(|| ws2_getpeername(s, at(wild), at(wild))), no_socket, "{s}");
                let accepted = call_for_socket(|| ws2_accept(s, at(wild), at(wild)));
                assert_eq!(accepted, Err(E::WSAENOTSOCK), "{s}");
            }
        }
        assert_eq!(call(|| closesocket(s)), no_socket, "{s}");
    }
    assert!(std::fs::read_dir("/proc/self/fd").is_ok());
}

/// Every kind of socket, every bad buffer and length: nothing is sent.
#[test]
fn bad_buffers_send_nothing() {
    each(
        &[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::Udp6, Speech::UnixDatagram],
        |pair, what| {
            let s = pair.s;
            for wild in WILD {
                for len in [i32::MIN, -65536, -1, 1, 100] {
                    for flags in [0, MSG_DONTROUTE] {
                        // SAFETY: the kernel checks the buffer.
                        let sent = call(|| unsafe { ws2_send(s, at::<c_char>(wild), len, flags) });
                        assert_eq!(sent, Err(E::WSAEFAULT), "{what} {wild:#x} {len}");
                    }
                }
                for flags in [MSG_PEEK, MSG_WAITALL, 0x40, 0x8000, 0x2000_0000, i32::MIN, -1] {
                    for len in [-1, 0, 1] {
                        // SAFETY: likewise.
                        let sent = call(|| unsafe { ws2_send(s, at::<c_char>(wild), len, flags) });
                        assert!(
                            [Err(E::WSAEINVAL), Err(E::WSAEOPNOTSUPP)].contains(&sent),
                            "{what} {flags:#x}"
                        );
                    }
                }
            }
            assert!(pair.peer.has_nothing(), "{what}");
        },
    );
}

/// A length far beyond the memory there is: no byte of what lies behind it, and nothing of a datagram.
#[test]
fn lengths_beyond_the_memory() {
    let (page, good) = one_good_page();
    each(&[Speech::Tcp4, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram], |pair, what| {
        set_nonblocking(pair.s, true);
        for len in [i32::MAX, 1 << 20, 65_508] {
            // SAFETY: the kernel checks the buffer.
            let sent = call(|| unsafe { ws2_send(pair.s, at::<c_char>(page + good - 4), len, 0) });
            let codes = [Err(E::WSAEFAULT), Err(E::WSAEMSGSIZE), Err(E::WSAENOBUFS)];
            let stream = what.starts_with("Tcp") || what.starts_with("UnixStream");
            assert!(
                codes.contains(&sent) && (!stream || sent == Err(E::WSAEFAULT)),
                "{what} {len}: {sent:?}"
            );
            // SAFETY: likewise; a good page and what cannot be touched.
            let got = call(|| unsafe { ws2_recv(pair.s, at::<c_char>(page), len, 0) });
            assert_eq!(got, Err(E::WSAEWOULDBLOCK), "{what}");
        }
        let is_datagram = what.starts_with("Udp") || what.starts_with("UnixDatagram");
        assert!(!is_datagram || pair.peer.has_nothing(), "{what}");
        let peer = pair.close();
        assert!(is_datagram || peer.read_all().iter().all(|&byte| byte == b'g'), "{what}");
    });
}

/// Addresses that cannot be read or written, or whose length makes no sense.
#[test]
fn bad_addresses() {
    start();
    let (page, good) = one_good_page();
    let s = socket(AF_INET, STREAM);
    let (l, name) = listener();
    let fault = Err(E::WSAEFAULT);
    for wild in WILD.into_iter().chain([page + good - 8]) {
        for len in [i32::MIN, -1, 0, 1, 16, 128, i32::MAX] {
            // SAFETY: memory that the functions have to ask about first.
            unsafe {
                assert_eq!(call(|| ws2_bind(s, at(wild), len)), fault, "{wild:#x} {len}");
                assert_eq!(call(|| ws2_connect(s, at(wild), len)), fault, "{wild:#x} {len}");
            }
        }
        let mut len = 16;
        let mut address = [0_u8; 16];
        let bad_place: *mut ws2_sockaddr = at(wild);
        // SAFETY: likewise.
        unsafe {
            assert_eq!(call(|| ws2_getsockname(l, bad_place, &raw mut len)), fault, "{wild:#x}");
            let to = address.as_mut_ptr().cast();
            if wild != page + good - 8 {
                assert_eq!(call(|| ws2_getsockname(l, to, at(wild))), fault, "{wild:#x}");
            }
            len = -1;
            assert_eq!(call(|| ws2_getsockname(l, to, &raw mut len)), fault);
        }
        assert_eq!(address, [0; 16]);
    }
    // Code can be read and not written.
    let code = bad_addresses as fn() as usize;
    let mut len = 16;
    // SAFETY: likewise.
    assert_eq!(call(|| unsafe { ws2_getsockname(l, at(code), &raw mut len) }), fault);
    let client = std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap();
    // SAFETY: likewise.
    let accepted = call_for_socket(|| unsafe { ws2_accept(l, at(code), &raw mut len) });
    assert_eq!(accepted, Err(E::WSAEFAULT));
    drop(client);
    assert_eq!(local_name(s), Err(E::WSAEINVAL), "nothing was bound");
    for family in [3_u16, 10, 0xffff] {
        let mut name = loopback(1);
        name.bytes[..2].copy_from_slice(&family.to_ne_bytes());
        assert_eq!(bind(s, &name), Err(E::WSAEAFNOSUPPORT));
        assert_eq!(connect(s, &name), Err(E::WSAEAFNOSUPPORT));
    }
    close_all([s, l]);
}

/// Numbers of `socket`, `listen` and `shutdown` from end to end: no crash, and nothing is left open.
#[test]
fn bad_numbers() {
    process::alone(here!("bad_numbers"), || {
        start();
        // The first closing makes what the library keeps for closings and waits.
        close(ws2_socket(2, 1, 0)).unwrap();
        let before = process::descriptors();
        let numbers = [i32::MIN, -1, 0, 1, 2, 3, 6, 10, 17, 23, 255, 256, 0x800, 0x80000, i32::MAX];
        for family in numbers {
            for kind in numbers {
                for protocol in numbers {
                    if let Ok(s) = call_for_socket(|| ws2_socket(family, kind, protocol)) {
                        let _ = (listen(s, family), shutdown(s, protocol));
                        assert_eq!(close(s), Ok(0));
                    }
                }
            }
        }
        assert_eq!(process::descriptors(), before);
    });
}

/// T27: a socket under test is closed once; the second time it is none.
#[test]
fn closed_twice() {
    process::alone(here!("closed_twice"), || {
        start();
        let (s, _peer) = pair(Speech::UnixStream, Maker::Ours).unwrap().leave();
        assert_eq!(close(s), Ok(0));
        for _ in 0..3 {
            assert_eq!(close(s), Err(E::WSAENOTSOCK));
            assert_eq!(send(s, b"x", 0), Err(E::WSAENOTSOCK));
            assert_eq!(take(s), Err(E::WSAENOTSOCK));
        }
    });
}
