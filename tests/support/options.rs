//! Options and commands, and the calls around them, with the code as the result: 0, or the last error.

use std::ffi::{c_char, c_int};

use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

use super::calls;
pub(crate) use super::calls::{AF_INET, AF_INET6, DGRAM as DATAGRAM, RAW, STREAM, number};
use super::name::Name;
use super::waiting;

pub(crate) const WSAEACCES: c_int = 10013;
pub(crate) const WSAEFAULT: c_int = 10014;
pub(crate) const WSAEINVAL: c_int = 10022;
pub(crate) const WSAEWOULDBLOCK: c_int = 10035;
pub(crate) const WSAENOTSOCK: c_int = 10038;
pub(crate) const WSAENOPROTOOPT: c_int = 10042;
pub(crate) const WSAEOPNOTSUPP: c_int = 10045;
pub(crate) const WSAEADDRINUSE: c_int = 10048;
pub(crate) const WSAECONNREFUSED: c_int = 10061;

pub(crate) const LOOPBACK: [u8; 4] = [127, 0, 0, 1];
pub(crate) const ANY: [u8; 4] = [0; 4];

/// 0, or the last error of a call that was just made.
pub(crate) fn outcome(result: c_int) -> c_int {
    let outcome = calls::result(result);
    assert!(outcome.is_err() || result == 0, "{result}");
    number(outcome)
}

pub(crate) fn socket(family: c_int, kind: c_int) -> SOCKET {
    calls::stay_started();
    calls::socket(family, kind)
}

pub(crate) fn set_bytes(s: SOCKET, level: c_int, name: c_int, value: &[u8]) -> c_int {
    let len = c_int::try_from(value.len()).unwrap();
    // SAFETY: an in pointer to that many bytes.
    number(calls::call(|| unsafe { ws2_setsockopt(s, level, name, value.as_ptr().cast::<c_char>(), len) }))
}

pub(crate) fn set(s: SOCKET, level: c_int, name: c_int, value: u32) -> c_int {
    set_bytes(s, level, name, &value.to_ne_bytes())
}

/// What `getsockopt` writes for so much room, and the length it tells; the room is filled with 0xef first.
pub(crate) fn get_bytes(s: SOCKET, level: c_int, name: c_int, room: usize) -> (c_int, Vec<u8>, c_int) {
    let mut bytes = vec![0xef; room];
    let mut len = c_int::try_from(room).unwrap();
    let (at, len_at) = (bytes.as_mut_ptr().cast::<c_char>(), &raw mut len);
    // SAFETY: out pointers to a vector of that length and to a local.
    let code = number(calls::call(|| unsafe { ws2_getsockopt(s, level, name, at, len_at) }));
    (code, bytes, len)
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
    // SAFETY: out pointers to locals.
    let result =
        unsafe { libc::getsockopt(calls::fd(s), level, name, (&raw mut value).cast(), &raw mut len) };
    assert_eq!(result, 0, "level {level}, option {name}: {}", std::io::Error::last_os_error());
    value
}

/// An IPv4 address with this port, in Windows' form.
pub(crate) fn inet(host: [u8; 4], port: u16) -> [u8; 16] {
    Name::v4(host, port).bytes().try_into().unwrap()
}

pub(crate) fn bind(s: SOCKET, host: [u8; 4], port: u16) -> c_int {
    number(calls::bind(s, &Name::v4(host, port)))
}

pub(crate) fn listen(s: SOCKET) -> c_int {
    number(calls::listen(s, 5))
}

pub(crate) fn connect(s: SOCKET, host: [u8; 4], port: u16) -> c_int {
    number(calls::connect(s, &Name::v4(host, port)))
}

pub(crate) fn port(s: SOCKET) -> u16 {
    calls::local_name(s).unwrap().port()
}

pub(crate) fn accept(s: SOCKET) -> SOCKET {
    calls::accept(s).unwrap()
}

/// A listener on the loopback address.
pub(crate) fn listener() -> SOCKET {
    calls::stay_started();
    calls::listener().0
}

/// Two connected TCP sockets.
pub(crate) fn pair() -> (SOCKET, SOCKET) {
    calls::stay_started();
    calls::tcp_pair()
}

/// A port of the loopback address that nobody listens on.
pub(crate) fn refusing_port() -> (SOCKET, u16) {
    calls::stay_started();
    let (keeper, name) = calls::refusing_port();
    (keeper, name.port())
}

pub(crate) fn send(s: SOCKET, bytes: &[u8], flags: c_int) {
    assert_eq!(calls::send(s, bytes, flags), Ok(c_int::try_from(bytes.len()).unwrap()));
}

/// Receives up to so many bytes.
pub(crate) fn recv(s: SOCKET, room: usize, flags: c_int) -> Result<Vec<u8>, c_int> {
    let mut bytes = vec![0; room];
    let got = calls::recv(s, &mut bytes, flags).map_err(|code| code.number())?;
    bytes.truncate(usize::try_from(got).unwrap());
    Ok(bytes)
}

/// `ioctlsocket`: the code, and the number afterwards.
pub(crate) fn ioctl(s: SOCKET, command: i32, mut value: u32) -> (c_int, u32) {
    let at = &raw mut value;
    // SAFETY: an out pointer to a local.
    let code = number(calls::call(|| unsafe { ioctlsocket(s, command, at) }));
    (code, value)
}

pub(crate) fn close(s: SOCKET) {
    calls::close(s).unwrap();
}

pub(crate) use waiting::wait_until as until;
