//! What the tests of behaviour share: the interface's functions as Rust calls them, pairs of connected sockets,
//! waiting for events, and processes of their own.

use std::ffi::c_int;
use std::os::fd::{AsRawFd, RawFd};

use ws2_32::error::WsaError;
use ws2_32::ffi::types::{SOCKET, WSADATA, ws2_sockaddr};
use ws2_32::ffi::*;

pub use super::name::{Name, loopback};
pub use super::waiting::{SOON, becomes, until, wait_until};

pub const MSG_OOB: i32 = 1;
pub const MSG_PEEK: i32 = 2;
pub const MSG_DONTROUTE: i32 = 4;
pub const MSG_WAITALL: i32 = 8;
pub const MSG_INTERRUPT: i32 = 0x10;
pub const MSG_PUSH_IMMEDIATE: i32 = 0x20;
pub const MSG_PARTIAL: i32 = 0x8000;
pub const SD_RECEIVE: i32 = 0;
pub const SD_SEND: i32 = 1;
pub const SD_BOTH: i32 = 2;
pub const AF_INET: i32 = 2;
pub const AF_INET6: i32 = 23;
pub const STREAM: i32 = 1;
pub const DGRAM: i32 = 2;
pub const RAW: i32 = 3;
pub const INVALID_SOCKET: SOCKET = usize::MAX;

/// The result of a call: its value, or the thread's last error.
pub type Outcome = Result<i32, WsaError>;

/// A last error and an `errno` that no call sets.
const MARK: i32 = 0x1234_5678;

fn errno() -> &'static mut c_int {
    // SAFETY: the thread's own errno, used only for the moment.
    unsafe { &mut *libc::__errno_location() }
}

/// The result of a call that was just made: its value, or the last error. Success leaves 0 (Q18).
pub fn result(value: c_int) -> Outcome {
    let code = WSAGetLastError();
    if value == -1 {
        assert_ne!(code, 0, "failed with code 0");
        return Err(WsaError::from_number(code));
    }
    assert_eq!(code, 0, "the last error after a call that gave {value} (Q18)");
    Ok(value)
}

/// The code of an outcome, 0 for success.
pub fn number<T>(outcome: Result<T, WsaError>) -> c_int {
    outcome.map_or_else(WsaError::number, |_| 0)
}

/// Runs a call of the interface and checks what holds for all of them: the last error is 0 after success (LE2, LE3)
/// and a code after failure, and `errno` is left alone after success and has the code, too, after failure (Q23).
pub fn call(function: impl FnOnce() -> c_int) -> Outcome {
    WSASetLastError(MARK);
    *errno() = MARK;
    let result = function();
    let errno = *errno();
    let code = WSAGetLastError();
    let expected = if result == -1 { code } else { MARK };
    assert_eq!(errno, expected, "errno; the call gave {result}, last error {code} (Q23)");
    if result == -1 {
        assert_ne!(code, MARK, "failed without a code");
        assert_ne!(code, 0, "failed with code 0");
        return Err(WsaError::from_number(code));
    }
    assert_eq!(code, 0, "the last error after a call that gave {result} (LE2)");
    Ok(result)
}

/// Likewise for a call that makes a socket.
pub fn call_for_socket(function: impl FnOnce() -> SOCKET) -> Result<SOCKET, WsaError> {
    let mut made = INVALID_SOCKET;
    call(|| {
        made = function();
        if made == INVALID_SOCKET { -1 } else { 0 }
    })
    .map(|_| made)
}

/// Starts Winsock 2.2 once more.
pub fn start() {
    super::process::watch();
    assert_eq!(start_version(0x0202), 0);
}

/// Starts a version of Winsock, major in the low byte; what `WSAStartup` says.
pub fn start_version(version: u16) -> c_int {
    let mut data = std::mem::MaybeUninit::<WSADATA>::zeroed();
    // SAFETY: memory of this test.
    unsafe { WSAStartup(version, data.as_mut_ptr()) }
}

/// Starts Winsock 2.2 for as long as the process lives.
pub fn stay_started() {
    static STARTED: std::sync::Once = std::sync::Once::new();
    STARTED.call_once(start);
}

pub fn socket(family: i32, kind: i32) -> SOCKET {
    call_for_socket(|| ws2_socket(family, kind, 0)).unwrap()
}

pub fn send(s: SOCKET, bytes: &[u8], flags: i32) -> Outcome {
    // SAFETY: a slice of the test.
    call(|| unsafe { ws2_send(s, bytes.as_ptr().cast(), bytes.len().try_into().unwrap(), flags) })
}

pub fn recv(s: SOCKET, bytes: &mut [u8], flags: i32) -> Outcome {
    // SAFETY: a slice of the test.
    call(|| unsafe { ws2_recv(s, bytes.as_mut_ptr().cast(), bytes.len().try_into().unwrap(), flags) })
}

/// Receives up to 64 bytes.
pub fn take(s: SOCKET) -> Result<Vec<u8>, WsaError> {
    take_with(s, 0)
}

pub fn take_with(s: SOCKET, flags: i32) -> Result<Vec<u8>, WsaError> {
    let mut bytes = [0; 64];
    let len = recv(s, &mut bytes, flags)?;
    Ok(bytes[..usize::try_from(len).unwrap()].to_vec())
}

pub fn close(s: SOCKET) -> Outcome {
    call(|| closesocket(s))
}

pub fn close_all(sockets: impl IntoIterator<Item = SOCKET>) {
    for s in sockets {
        close(s).unwrap();
    }
}

pub fn shutdown(s: SOCKET, how: i32) -> Outcome {
    call(|| ws2_shutdown(s, how))
}

pub fn bind(s: SOCKET, name: &Name) -> Outcome {
    // SAFETY: memory of this test.
    call(|| unsafe { ws2_bind(s, name.ptr(), name.len) })
}

pub fn connect(s: SOCKET, name: &Name) -> Outcome {
    // SAFETY: memory of this test.
    call(|| unsafe { ws2_connect(s, name.ptr(), name.len) })
}

pub fn listen(s: SOCKET, backlog: i32) -> Outcome {
    call(|| ws2_listen(s, backlog))
}

pub fn accept(s: SOCKET) -> Result<SOCKET, WsaError> {
    // SAFETY: NULL is allowed.
    call_for_socket(|| unsafe { ws2_accept(s, std::ptr::null_mut(), std::ptr::null_mut()) })
}

pub fn local_name(s: SOCKET) -> Result<Name, WsaError> {
    name_with(|to, len| {
        // SAFETY: memory of this test.
        unsafe { ws2_getsockname(s, to, len) }
    })
}

pub fn peer_name(s: SOCKET) -> Result<Name, WsaError> {
    name_with(|to, len| {
        // SAFETY: memory of this test.
        unsafe { ws2_getpeername(s, to, len) }
    })
}

fn name_with(ask: impl FnOnce(*mut ws2_sockaddr, *mut c_int) -> c_int) -> Result<Name, WsaError> {
    let mut name = Name::room();
    let (at, len) = (name.mut_ptr(), &raw mut name.len);
    call(|| ask(at, len))?;
    Ok(name)
}

/// Binds to the loopback address of a family; the address with its port.
pub fn bound(s: SOCKET, family: i32) -> Name {
    bind(s, &Name::loopback(family, 0)).unwrap();
    local_name(s).unwrap()
}

/// A TCP socket of the interface that listens on 127.0.0.1, and its address.
pub fn listener() -> (SOCKET, Name) {
    let s = socket(AF_INET, STREAM);
    bind(s, &loopback(0)).unwrap();
    listen(s, 1024).unwrap();
    (s, local_name(s).unwrap())
}

/// Both ends of a TCP connection, made through the interface.
pub fn tcp_pair() -> (SOCKET, SOCKET) {
    let (listening, name) = listener();
    let near = socket(AF_INET, STREAM);
    connect(near, &name).unwrap();
    let far = accept(listening).unwrap();
    close(listening).unwrap();
    (near, far)
}

/// A TCP port of the loopback address that nobody listens on, and the socket that keeps others off it.
pub fn refusing_port() -> (SOCKET, Name) {
    let keeper = socket(AF_INET, STREAM);
    let name = bound(keeper, AF_INET);
    (keeper, name)
}

/// Nothing has arrived: loopback delivers before the sending call returns.
pub fn nothing_there(s: SOCKET) {
    set_nonblocking(s, true);
    assert_eq!(recv(s, &mut [0], 0), Err(WsaError::WSAEWOULDBLOCK));
    set_nonblocking(s, false);
}

/// The descriptor behind a socket.
pub fn fd(s: SOCKET) -> RawFd {
    s.try_into().unwrap()
}

/// The value of C's `SOCKET` for a descriptor that POSIX code has.
pub fn of(owner: &impl AsRawFd) -> SOCKET {
    owner.as_raw_fd().try_into().unwrap()
}

/// Sets an option of the kernel's, as POSIX code does.
pub fn set_option<T>(fd: RawFd, level: i32, name: i32, value: T) {
    let len = libc::socklen_t::try_from(size_of::<T>()).unwrap();
    // SAFETY: a local of that size.
    must(unsafe { libc::setsockopt(fd, level, name, (&raw const value).cast(), len) });
}

/// Sets an option of Windows' that is a number.
pub fn set_number(s: SOCKET, level: c_int, name: c_int, value: u32) {
    let at = (&raw const value).cast();
    // SAFETY: a local of that size.
    call(|| unsafe { ws2_32::ffi::ws2_setsockopt(s, level, name, at, 4) }).unwrap();
}

/// Makes a socket blocking or non-blocking by the interface.
pub fn set_mode(s: SOCKET, nonblocking: bool) {
    let mut value = u32::from(nonblocking);
    // SAFETY: a local.
    call(|| unsafe { ws2_32::ffi::ioctlsocket(s, 0x8004_667e_u32.cast_signed(), (&raw mut value).cast()) })
        .unwrap();
}

/// A plain kernel call that must succeed.
pub fn must(result: c_int) -> c_int {
    assert_ne!(result, -1, "{}", std::io::Error::last_os_error());
    result
}

/// Sets the mode as POSIX code does.
pub fn set_nonblocking(s: SOCKET, on: bool) {
    // SAFETY: numbers only.
    unsafe {
        let flags = libc::fcntl(fd(s), libc::F_GETFL);
        let wanted = if on { flags | libc::O_NONBLOCK } else { flags & !libc::O_NONBLOCK };
        assert_eq!(libc::fcntl(fd(s), libc::F_SETFL, wanted), 0);
    }
}

/// Whether the descriptor is in non-blocking mode, as POSIX code sees it.
pub fn is_nonblocking(s: SOCKET) -> bool {
    // SAFETY: numbers only.
    unsafe { libc::fcntl(fd(s), libc::F_GETFL) & libc::O_NONBLOCK != 0 }
}

/// What poll says about a descriptor now.
pub fn events(fd: RawFd, wanted: i16) -> i16 {
    let mut entry = libc::pollfd { fd, events: wanted, revents: 0 };
    // SAFETY: a local.
    unsafe { libc::poll(&raw mut entry, 1, 0) };
    entry.revents
}

/// Waits until poll reports one of these events.
pub fn wait_for(s: SOCKET, wanted: i16) {
    wait_until("an event of poll", || events(fd(s), wanted) & wanted != 0);
}
