//! Sockets and options through the exported functions, with results that tests can compare.

use std::ffi::{c_char, c_int};
use std::sync::Once;
use std::time::{Duration, Instant};

use ws2_32::ffi::types::{SOCKET, WSADATA, ws2_sockaddr};
use ws2_32::ffi::*;

pub(crate) const AF_INET: c_int = 2;
pub(crate) const AF_INET6: c_int = 23;
pub(crate) const STREAM: c_int = 1;
pub(crate) const DATAGRAM: c_int = 2;
pub(crate) const RAW: c_int = 3;

pub(crate) const WSAEACCES: c_int = 10013;
pub(crate) const WSAEFAULT: c_int = 10014;
pub(crate) const WSAEINVAL: c_int = 10022;
pub(crate) const WSAEWOULDBLOCK: c_int = 10035;
pub(crate) const WSAENOTSOCK: c_int = 10038;
pub(crate) const WSAENOPROTOOPT: c_int = 10042;
pub(crate) const WSAEOPNOTSUPP: c_int = 10045;
pub(crate) const WSAEADDRINUSE: c_int = 10048;
pub(crate) const WSAECONNREFUSED: c_int = 10061;

/// 0, or the last error of a call that failed.
pub(crate) fn outcome(result: c_int) -> c_int {
    let code = WSAGetLastError();
    if result == 0 {
        assert_eq!(code, 0, "a successful call leaves 0");
        return 0;
    }
    assert_eq!(result, -1);
    code
}

pub(crate) fn socket(family: c_int, kind: c_int) -> SOCKET {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        // SAFETY: a structure of numbers, a pointer and strings, for which zero is a value.
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        // SAFETY: an out pointer to a local.
        assert_eq!(unsafe { WSAStartup(0x0202, &raw mut data) }, 0);
    });
    let s = ws2_socket(family, kind, 0);
    assert_ne!(s, usize::MAX, "socket: {}", WSAGetLastError());
    s
}

pub(crate) fn set_bytes(s: SOCKET, level: c_int, name: c_int, value: &[u8]) -> c_int {
    let len = c_int::try_from(value.len()).unwrap();
    // SAFETY: an in pointer to that many bytes.
    outcome(unsafe { ws2_setsockopt(s, level, name, value.as_ptr().cast::<c_char>(), len) })
}

pub(crate) fn set(s: SOCKET, level: c_int, name: c_int, value: u32) -> c_int {
    set_bytes(s, level, name, &value.to_ne_bytes())
}

/// What `getsockopt` writes for so much room, and the length it tells; the room is filled with 0xef first.
pub(crate) fn get_bytes(s: SOCKET, level: c_int, name: c_int, room: usize) -> (c_int, Vec<u8>, c_int) {
    let mut bytes = vec![0xef; room];
    let mut len = c_int::try_from(room).unwrap();
    // SAFETY: out pointers to a vector of that length and to a local.
    let result = unsafe { ws2_getsockopt(s, level, name, bytes.as_mut_ptr().cast::<c_char>(), &raw mut len) };
    (outcome(result), bytes, len)
}

/// An option's number, whether it comes as one byte or as four.
pub(crate) fn get(s: SOCKET, level: c_int, name: c_int) -> Result<u32, c_int> {
    let (code, bytes, len) = get_bytes(s, level, name, 4);
    match (code, len) {
        (0, 1) => Ok(bytes[0].into()),
        (0, 4) => Ok(u32::from_ne_bytes(bytes.try_into().unwrap())),
        (0, len) => panic!("length {len}"),
        (code, _) => Err(code),
    }
}

/// What the kernel says about an option, asked through libc.
pub(crate) fn kernel(s: SOCKET, level: c_int, name: c_int) -> i32 {
    let (mut value, mut len) = (0_i32, 4_u32);
    let fd = i32::try_from(s).unwrap();
    // SAFETY: out pointers to locals.
    let result = unsafe { libc::getsockopt(fd, level, name, (&raw mut value).cast(), &raw mut len) };
    assert_eq!(result, 0, "level {level}, option {name}: {}", std::io::Error::last_os_error());
    value
}

/// An IPv4 address with this port, in Windows' form.
pub(crate) fn inet(host: [u8; 4], port: u16) -> [u8; 16] {
    let ([high, low], [a, b, c, d]) = (port.to_be_bytes(), host);
    [2, 0, high, low, a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0]
}

pub(crate) const LOOPBACK: [u8; 4] = [127, 0, 0, 1];
pub(crate) const ANY: [u8; 4] = [0; 4];

pub(crate) fn bind(s: SOCKET, host: [u8; 4], port: u16) -> c_int {
    let address = inet(host, port);
    // SAFETY: an in pointer to 16 bytes.
    outcome(unsafe { ws2_bind(s, address.as_ptr().cast::<ws2_sockaddr>(), 16) })
}

pub(crate) fn listen(s: SOCKET) -> c_int {
    outcome(ws2_listen(s, 5))
}

pub(crate) fn connect(s: SOCKET, host: [u8; 4], port: u16) -> c_int {
    let address = inet(host, port);
    // SAFETY: an in pointer to 16 bytes.
    outcome(unsafe { ws2_connect(s, address.as_ptr().cast::<ws2_sockaddr>(), 16) })
}

pub(crate) fn port(s: SOCKET) -> u16 {
    let mut address = inet(ANY, 0);
    let mut len = 16;
    // SAFETY: out pointers to locals.
    let result = unsafe { ws2_getsockname(s, address.as_mut_ptr().cast::<ws2_sockaddr>(), &raw mut len) };
    assert_eq!(outcome(result), 0);
    u16::from_be_bytes([address[2], address[3]])
}

pub(crate) fn accept(s: SOCKET) -> SOCKET {
    // SAFETY: NULL is allowed.
    let new = unsafe { ws2_accept(s, std::ptr::null_mut(), std::ptr::null_mut()) };
    assert_ne!(new, usize::MAX, "accept: {}", WSAGetLastError());
    new
}

/// A listener on the loopback address.
pub(crate) fn listener() -> SOCKET {
    let s = socket(AF_INET, STREAM);
    assert_eq!((bind(s, LOOPBACK, 0), listen(s)), (0, 0));
    s
}

/// Two connected TCP sockets.
pub(crate) fn pair() -> (SOCKET, SOCKET) {
    let listener = listener();
    let near = socket(AF_INET, STREAM);
    assert_eq!(connect(near, LOOPBACK, port(listener)), 0);
    let far = accept(listener);
    close(listener);
    (near, far)
}

/// A port of the loopback address that nobody listens on.
pub(crate) fn refusing_port() -> (SOCKET, u16) {
    let holder = socket(AF_INET, STREAM);
    assert_eq!(bind(holder, LOOPBACK, 0), 0);
    (holder, port(holder))
}

pub(crate) fn send(s: SOCKET, bytes: &[u8], flags: c_int) {
    let len = c_int::try_from(bytes.len()).unwrap();
    // SAFETY: a buffer of that length.
    assert_eq!(unsafe { ws2_send(s, bytes.as_ptr().cast::<c_char>(), len, flags) }, len);
}

/// Receives up to so many bytes.
pub(crate) fn recv(s: SOCKET, room: usize, flags: c_int) -> Result<Vec<u8>, c_int> {
    let mut bytes = vec![0; room];
    let len = c_int::try_from(room).unwrap();
    // SAFETY: a buffer of that length.
    let got = unsafe { ws2_recv(s, bytes.as_mut_ptr().cast::<c_char>(), len, flags) };
    bytes.truncate(usize::try_from(got).map_err(|_| WSAGetLastError())?);
    Ok(bytes)
}

/// `ioctlsocket`: the code, and the number afterwards.
pub(crate) fn ioctl(s: SOCKET, command: i32, mut number: u32) -> (c_int, u32) {
    // SAFETY: an out pointer to a local.
    let code = outcome(unsafe { ioctlsocket(s, command, &raw mut number) });
    (code, number)
}

pub(crate) fn close(s: SOCKET) {
    assert_eq!(closesocket(s), 0);
}

/// Looks again until it is so.
pub(crate) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::yield_now();
    }
}
