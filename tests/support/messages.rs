//! Small words for tests that use the interface as C does.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "addresses and buffers of the test itself")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]

use std::ffi::c_int;
use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

pub fn start() {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    assert_eq!(unsafe { WSAStartup(0x0202, &raw mut data) }, 0);
}

/// The result of a call that says SOCKET_ERROR; checks that success leaves the last error 0.
pub fn sent(result: c_int) -> Result<c_int, WsaError> {
    let last = WSAGetLastError();
    if result == -1 {
        return Err(WsaError::from_number(last));
    }
    assert_eq!(last, 0, "the last error after success (Q18)");
    Ok(result)
}

pub use sent as code;

/// A socket address as C has it, and its length.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct Name {
    pub bytes: [u8; 128],
    pub len: c_int,
}

impl Name {
    pub fn room() -> Self {
        Self { bytes: [0; 128], len: 128 }
    }

    pub fn raw(family: u16, len: c_int) -> Self {
        let mut name = Self { bytes: [0; 128], len };
        name.set_family(family);
        name.bytes[3] = 9;
        name
    }

    pub fn ipv4(host: [u8; 4], port: u16) -> Self {
        let mut name = Self::raw(2, 16);
        name.bytes[2..4].copy_from_slice(&port.to_be_bytes());
        name.bytes[4..8].copy_from_slice(&host);
        name
    }

    pub fn loopback(family: i32, port: u16) -> Self {
        if family == 2 {
            return Self::ipv4([127, 0, 0, 1], port);
        }
        let mut name = Self::raw(23, 28);
        name.bytes[2..4].copy_from_slice(&port.to_be_bytes());
        name.bytes[23] = 1;
        name
    }

    pub fn family(&self) -> u16 {
        u16::from_ne_bytes([self.bytes[0], self.bytes[1]])
    }

    pub fn port(&self) -> u16 {
        u16::from_be_bytes([self.bytes[2], self.bytes[3]])
    }

    pub fn set_family(&mut self, family: u16) {
        self.bytes[..2].copy_from_slice(&family.to_ne_bytes());
    }

    pub fn ptr(&self) -> *const ws2_sockaddr {
        self.bytes.as_ptr().cast()
    }

    pub fn mut_ptr(&mut self) -> *mut ws2_sockaddr {
        self.bytes.as_mut_ptr().cast()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        let bytes = |name: &Self| name.bytes[..name.len as usize].to_vec();
        self.len == other.len && bytes(self) == bytes(other)
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", &self.bytes[..self.len.clamp(0, 128) as usize])
    }
}

pub fn udp(family: i32) -> SOCKET {
    made(ws2_socket(family, 2, 0))
}

pub fn tcp() -> SOCKET {
    made(ws2_socket(2, 1, 0))
}

pub fn made(s: SOCKET) -> SOCKET {
    assert_ne!(s, SOCKET::MAX, "code {}", WSAGetLastError());
    s
}

pub fn close(s: SOCKET) {
    assert_eq!(code(closesocket(s)), Ok(0));
}

pub fn bind(s: SOCKET, family: i32) -> Name {
    let any = Name::loopback(family, 0);
    assert_eq!(code(unsafe { ws2_bind(s, any.ptr(), any.len) }), Ok(0));
    name_of(s)
}

pub fn connect(s: SOCKET, to: &Name) {
    assert_eq!(code(unsafe { ws2_connect(s, to.ptr(), to.len) }), Ok(0));
}

pub fn name_of(s: SOCKET) -> Name {
    let mut name = Name::room();
    assert_eq!(code(unsafe { ws2_getsockname(s, name.mut_ptr(), &raw mut name.len) }), Ok(0));
    name
}

pub fn ws2_getsockname_of(s: SOCKET) -> c_int {
    let mut name = Name::room();
    unsafe { ws2_getsockname(s, name.mut_ptr(), &raw mut name.len) }
}

pub fn listener() -> (SOCKET, Name) {
    let s = tcp();
    let name = bind(s, 2);
    assert_eq!(code(ws2_listen(s, 5)), Ok(0));
    (s, name)
}

pub fn tcp_pair() -> (SOCKET, SOCKET) {
    let (l, name) = listener();
    let a = tcp();
    connect(a, &name);
    let b = made(unsafe { ws2_accept(l, null_mut(), null_mut()) });
    close(l);
    (a, b)
}

/// Makes a socket non-blocking, as POSIX code does.
pub fn nonblocking(s: SOCKET, on: bool) {
    let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(s as i32) };
    socket2::SockRef::from(&borrowed).set_nonblocking(on).unwrap();
}

/// Nothing has arrived: loopback delivers before the sending call returns.
pub fn nothing_there(s: SOCKET) {
    nonblocking(s, true);
    let mut byte = 0_i8;
    let got = unsafe { ws2_recv(s, (&raw mut byte).cast(), 1, 0) };
    assert_eq!(sent(got), Err(WsaError::WSAEWOULDBLOCK));
    nonblocking(s, false);
}
