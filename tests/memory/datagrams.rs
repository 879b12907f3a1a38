//! Messages with control data, groups, files that are sent, answers about many sockets; and all of it with a trace.

use std::ptr::null_mut;

use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET};
use ws2_32::ffi::*;

use crate::support::calls::{self, Name, start, tcp_pair};
use crate::support::process::{alone, here};
use crate::walk::{NO_BUFFERS, NO_MEMORY, walk};

const CODES: &[i32] = &[NO_BUFFERS];

fn count(value: i32) -> Result<i32, i32> {
    if value >= 0 { Ok(value) } else { Err(WSAGetLastError()) }
}

fn close(s: usize) {
    calls::close(s).unwrap();
}

/// A datagram socket on an address of the loopback, whose own datagrams stay there.
fn bound() -> SOCKET {
    let s = calls::socket(2, 2);
    let name = Name::v4([127, 0, 0, 1], 0);
    assert_eq!(count(unsafe { ws2_bind(s, name.ptr(), name.len) }), Ok(0));
    // IP_MULTICAST_IF.
    calls::set_number(s, 0, 9, u32::from_ne_bytes([127, 0, 0, 1]));
    s
}

fn pair() -> (SOCKET, SOCKET) {
    let (near, far) = (bound(), bound());
    let name = calls::local_name(near).unwrap();
    assert_eq!(count(unsafe { ws2_connect(far, name.ptr(), name.len) }), Ok(0));
    (near, far)
}

type ReceiveMessage = unsafe extern "C" fn(
    SOCKET,
    *mut WSAMSG,
    *mut u32,
    *mut OVERLAPPED,
    LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32;

const RECEIVE_MESSAGE: [u8; 16] =
    [0xc8, 0xd7, 0x89, 0xf6, 0x1f, 0x6f, 0x6b, 0x43, 0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22];

fn receiver(s: SOCKET) -> ReceiveMessage {
    let (mut at, mut told) = (0_usize, 0);
    let id = RECEIVE_MESSAGE.as_ptr().cast_mut().cast();
    let (place, told) = ((&raw mut at).cast(), &raw mut told);
    assert_eq!(count(unsafe { WSAIoctl(s, 0xC800_0006, id, 16, place, 8, told, null_mut(), None) }), Ok(0));
    unsafe { std::mem::transmute::<usize, ReceiveMessage>(at) }
}

/// What comes beside a datagram takes no memory: the datagram would be lost.
#[test]
fn messages() {
    alone(here!("messages"), || {
        start();
        let (near, far) = pair();
        calls::set_number(near, 0, 19, 1);
        let mut bytes = *b"data";
        let mut piece = WSABUF { len: 4, buf: bytes.as_mut_ptr().cast() };
        // IP_TTL and IP_TOS: length, level and kind, value.
        let mut control = [20_u64, 4 << 32, 7, 20, 3 << 32, 0];
        let mut message: WSAMSG = unsafe { std::mem::zeroed() };
        (message.lpBuffers, message.dwBufferCount) = (&raw mut piece, 1);
        message.Control = WSABUF { len: 48, buf: control.as_mut_ptr().cast() };
        let mut moved = 0;
        let (from, moved) = (&raw mut message, &raw mut moved);
        let send = || count(unsafe { WSASendMsg(far, from, 0, moved, null_mut(), None) });
        walk("WSASendMsg", CODES, send, |_| assert_eq!(calls::take(near).unwrap(), b"data"));
        let receive = receiver(near);
        let mut room = [0_u64; 16];
        let place = room.as_mut_ptr();
        let mut taken: WSAMSG = unsafe { std::mem::zeroed() };
        (taken.lpBuffers, taken.dwBufferCount) = (&raw mut piece, 1);
        let to = &raw mut taken;
        let fill = || assert_eq!(calls::send(far, b"data", 0), Ok(4));
        fill();
        let take = || {
            unsafe {
                (*to).Control = WSABUF { len: 128, buf: place.cast() };
                (*to).dwFlags = 0;
            }
            count(unsafe { receive(near, to, moved, null_mut(), None) })
        };
        walk("WSARecvMsg", CODES, take, |_| {
            assert_eq!(unsafe { (moved.read(), (*to).Control.len) }, (4, 24));
            fill();
        });
        calls::close_all([near, far]);
    });
}

/// Of many sockets, in another order than they become ready: the answer is there, and takes no memory.
#[test]
fn many_sockets() {
    alone(here!("many_sockets"), || {
        start();
        let pairs: Vec<_> = (0..40).map(|_| tcp_pair()).collect();
        pairs.iter().for_each(|(_, far)| assert_eq!(calls::send(*far, b"x", 0), Ok(1)));
        pairs.iter().for_each(|(near, _)| calls::wait_for(*near, libc::POLLIN));
        let mut set = [0_usize; 65];
        let at = set.as_mut_ptr();
        let soon = ws2_32::ffi::types::select::ws2_timeval { tv_sec: 0, tv_usec: 0 };
        let backwards = std::cell::Cell::new(false);
        let ask = || {
            unsafe { at.write(40) };
            for (place, (near, _)) in pairs.iter().enumerate() {
                let place = if backwards.get() { 39 - place } else { place };
                unsafe { at.add(1 + place).write(*near) };
            }
            count(unsafe { ws2_select(0, at.cast(), null_mut(), null_mut(), &raw const soon) })
        };
        for turned in [false, true, false] {
            backwards.set(turned);
            walk("select", CODES, ask, |ready| assert_eq!(ready, 40));
        }
        pairs.into_iter().for_each(|(near, far)| calls::close_all([near, far]));
    });
}

/// Groups and broadcasts, which a socket that is bound to one address hears by sockets of the library's own.
#[test]
fn groups() {
    alone(here!("groups"), || {
        start();
        let s = bound();
        // The group, and the interface of the loopback.
        let request = [[239_u8, 77, 0, 2], [127, 0, 0, 1]];
        let request = request.as_ptr().cast();
        let join = || count(unsafe { ws2_setsockopt(s, 0, 12, request, 8) });
        let leave = || count(unsafe { ws2_setsockopt(s, 0, 13, request, 8) });
        walk("IP_ADD_MEMBERSHIP", CODES, join, |_| {
            assert_eq!(leave(), Ok(0));
            assert!(leave().is_err(), "it is joined twice");
        });
        assert_eq!(join(), Ok(0));
        walk("IP_DROP_MEMBERSHIP", CODES, leave, |_| assert_eq!(join(), Ok(0)));
        let lo = unsafe { libc::if_nametoindex(c"lo".as_ptr()) };
        let number = |name: i32, value: u32| {
            count(unsafe { ws2_setsockopt(s, 0, name, (&raw const value).cast(), 4) })
        };
        walk("IP_IFLIST", CODES, || number(28, 1), |_| assert_eq!(number(28, 0), Ok(0)));
        assert_eq!(number(28, 1), Ok(0));
        walk("IP_ADD_IFLIST", CODES, || number(29, lo), |_| assert_eq!(number(30, lo), Ok(0)));
        close(s);
        let sockets = std::cell::Cell::new(bound());
        let renew = || close(sockets.replace(bound()));
        let on = 1_u32;
        let on = (&raw const on).cast();
        let hear = || count(unsafe { ws2_setsockopt(sockets.get(), 0xffff, 0x20, on, 4) });
        crate::walk::walk_prepared("SO_BROADCAST", CODES, renew, hear, |_| {});
        close(sockets.get());
    });
}

#[test]
fn files() {
    alone(here!("files"), || {
        use std::os::fd::AsRawFd;
        start();
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("file"), b"what is in it").unwrap();
        let file = std::fs::File::open(place.path().join("file")).unwrap();
        let handle = std::ptr::without_provenance_mut(file.as_raw_fd().unsigned_abs() as usize);
        let (near, far) = tcp_pair();
        let send = || {
            assert_eq!(unsafe { libc::lseek(file.as_raw_fd(), 0, libc::SEEK_SET) }, 0);
            match unsafe { ws2_TransmitFile(near, handle, 0, 0, null_mut(), null_mut(), 0) } {
                0 => Err(WSAGetLastError()),
                _ => Ok(()),
            }
        };
        walk("TransmitFile", &[NO_BUFFERS, NO_MEMORY], send, |()| {
            calls::wait_for(far, libc::POLLIN);
            assert_eq!(calls::take(far).unwrap(), b"what is in it");
        });
        calls::close_all([near, far]);
    });
}

/// A line of the trace that there is no memory for is left out, and the call goes on.
fn traced(test: &str, shape: &str) {
    alone(test, || {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("trace");
        unsafe { std::env::set_var("WS2_TRACE", format!("{shape},file:{}", file.display())) };
        start();
        let make = || match ws2_socket(2, 1, 0) {
            usize::MAX => Err(WSAGetLastError()),
            s => Ok(s),
        };
        walk("socket", CODES, make, close);
        let (near, far) = tcp_pair();
        let mut byte = [0_u8; 4];
        let mut piece = WSABUF { len: 4, buf: byte.as_mut_ptr().cast() };
        let (list, mut moved, mut flags) = (&raw mut piece, 0, 0);
        let (moved, flags) = (&raw mut moved, &raw mut flags);
        let mut over: OVERLAPPED = unsafe { std::mem::zeroed() };
        let over = &raw mut over;
        let receive = || match count(unsafe { WSARecv(near, list, 1, moved, flags, over, None) }) {
            Ok(_) | Err(997) => Ok(()),
            Err(code) => Err(code),
        };
        walk("WSARecv", &[NO_BUFFERS, NO_MEMORY], receive, |()| {
            assert_eq!(calls::send(far, b"x", 0), Ok(1));
            crate::support::waiting::wait_until("it ends", || {
                let state = unsafe { (&raw const (*over).Internal).read_volatile() };
                state == 0
            });
        });
        let wide: Vec<u16> = "no.number\0".encode_utf16().collect();
        let mut address = [0_u8; 4];
        let to = address.as_mut_ptr().cast();
        let read = || match unsafe { InetPtonW(2, wide.as_ptr(), to) } {
            0 => Ok(()),
            _ => Err(WSAGetLastError()),
        };
        walk("InetPtonW", &[NO_MEMORY], read, |()| {});
        let lines = std::fs::read_to_string(file).unwrap();
        assert!(lines.lines().count() > 3, "{lines}");
    });
}

#[test]
fn with_a_trace_in_json() {
    traced(here!("with_a_trace_in_json"), "json");
}

#[test]
fn with_a_trace_and_times() {
    traced(here!("with_a_trace_and_times"), "time,socket=3+4+5+6+7+8+9+10,calls=socket+WSARecv");
}
