//! Sockets, sets and waiting for these tests.

use std::ptr::{null, null_mut};
use std::time::{Duration, Instant};

use ws2_32::ffi::types::select::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// Longer than anything here takes, in milliseconds.
pub(crate) const LONG: i32 = 20_000;

/// Winsock is started for the test and stays so.
pub(crate) fn start() {
    let mut data = std::mem::MaybeUninit::<WSADATA>::zeroed();
    // SAFETY: memory of this test.
    assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
}

pub(crate) fn tcp() -> SOCKET {
    let socket = ws2_socket(2, 1, 0);
    assert_ne!(socket, usize::MAX);
    socket
}

pub(crate) fn udp() -> SOCKET {
    let socket = ws2_socket(2, 2, 0);
    assert_ne!(socket, usize::MAX);
    socket
}

pub(crate) fn fd(socket: SOCKET) -> i32 {
    i32::try_from(socket).unwrap()
}

/// 127.0.0.1 in Windows' layout, which is Linux' here.
fn loopback(port: u16) -> ws2_sockaddr_in {
    ws2_sockaddr_in {
        sin_family: 2,
        sin_port: port.to_be(),
        sin_addr: ws2_in_addr { s_addr: u32::from_ne_bytes([127, 0, 0, 1]) },
        sin_zero: [0; 8],
    }
}

pub(crate) fn bind(socket: SOCKET) {
    let address = loopback(0);
    // SAFETY: memory of this test.
    assert_eq!(unsafe { ws2_bind(socket, (&raw const address).cast(), 16) }, 0);
}

pub(crate) fn port(socket: SOCKET) -> u16 {
    let (mut address, mut len) = (loopback(0), 16);
    // SAFETY: memory of this test.
    assert_eq!(unsafe { ws2_getsockname(socket, (&raw mut address).cast(), &raw mut len) }, 0);
    u16::from_be(address.sin_port)
}

/// The error code, 0 for success.
pub(crate) fn connect(socket: SOCKET, port: u16) -> i32 {
    let address = loopback(port);
    // SAFETY: memory of this test.
    match unsafe { ws2_connect(socket, (&raw const address).cast(), 16) } {
        0 => 0,
        _ => WSAGetLastError(),
    }
}

pub(crate) fn listener() -> SOCKET {
    let listener = tcp();
    bind(listener);
    assert_eq!(ws2_listen(listener, 16), 0);
    listener
}

pub(crate) fn accept(listener: SOCKET) -> SOCKET {
    // SAFETY: no address is asked for.
    let accepted = unsafe { ws2_accept(listener, null_mut(), null_mut()) };
    assert_ne!(accepted, usize::MAX);
    accepted
}

/// Both ends of a TCP connection.
pub(crate) fn pair() -> (SOCKET, SOCKET) {
    let listener = listener();
    let client = tcp();
    assert_eq!(connect(client, port(listener)), 0);
    let server = accept(listener);
    assert_eq!(closesocket(listener), 0);
    (client, server)
}

/// A port of this machine on which nobody listens, and the socket that keeps others off it.
pub(crate) fn dead_port() -> (SOCKET, u16) {
    let keeper = tcp();
    bind(keeper);
    (keeper, port(keeper))
}

pub(crate) fn set_nonblocking(socket: SOCKET) {
    // SAFETY: numbers only.
    assert_eq!(unsafe { libc::fcntl(fd(socket), libc::F_SETFL, libc::O_NONBLOCK) }, 0);
}

pub(crate) fn set_option<T>(socket: SOCKET, level: i32, name: i32, value: T) {
    let len = libc::socklen_t::try_from(size_of::<T>()).unwrap();
    // SAFETY: memory of this test.
    assert_eq!(unsafe { libc::setsockopt(fd(socket), level, name, (&raw const value).cast(), len) }, 0);
}

/// Closes with a reset.
pub(crate) fn reset(socket: SOCKET) {
    set_option(socket, libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
    assert_eq!(closesocket(socket), 0);
}

pub(crate) fn send(socket: SOCKET, data: &[u8], flags: i32) {
    let len = i32::try_from(data.len()).unwrap();
    // SAFETY: memory of this test.
    assert_eq!(unsafe { ws2_send(socket, data.as_ptr().cast(), len, flags) }, len);
}

pub(crate) fn recv(socket: SOCKET) -> i32 {
    let mut buffer = [0_u8; 64];
    // SAFETY: memory of this test.
    unsafe { ws2_recv(socket, buffer.as_mut_ptr().cast(), 64, 0) }
}

pub(crate) fn close(sockets: &[SOCKET]) {
    for &socket in sockets {
        assert_eq!(closesocket(socket), 0);
    }
}

/// A set of C with as much room as it has sockets: the count stands in the first word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set(pub(crate) Vec<usize>);

impl Set {
    pub(crate) fn of(sockets: &[SOCKET]) -> Self {
        Self([&[sockets.len()], sockets].concat())
    }

    pub(crate) fn at(&mut self) -> *mut ws2_fd_set {
        self.0.as_mut_ptr().cast()
    }

    pub(crate) fn sockets(&self) -> &[SOCKET] {
        &self.0[1..=self.0[0] & 0xffff_ffff]
    }
}

/// `select` with an error code for a failure.
pub(crate) fn select(
    read: Option<&mut Set>,
    write: Option<&mut Set>,
    except: Option<&mut Set>,
    milliseconds: i32,
) -> Result<i32, i32> {
    let at = |set: Option<&mut Set>| set.map_or(null_mut(), Set::at);
    raw_select(at(read), at(write), at(except), milliseconds)
}

/// The same with pointers. A negative time is for ever.
pub(crate) fn raw_select(
    read: *mut ws2_fd_set,
    write: *mut ws2_fd_set,
    except: *mut ws2_fd_set,
    milliseconds: i32,
) -> Result<i32, i32> {
    let time = ws2_timeval { tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000 };
    let time_at = if milliseconds < 0 { null() } else { &raw const time };
    // SAFETY: memory of this test, or pointers that the call has to refuse.
    match unsafe { ws2_select(0, read, write, except, time_at) } {
        -1 => Err(WSAGetLastError()),
        count => {
            assert_eq!(WSAGetLastError(), 0);
            Ok(count)
        }
    }
}

/// In which sets a socket is ready now, as letters.
pub(crate) fn ready(socket: SOCKET) -> String {
    let mut sets = [(); 3].map(|()| Set::of(&[socket]));
    let [read, write, except] = &mut sets;
    let count = select(Some(read), Some(write), Some(except), 0).unwrap();
    let letters: String =
        sets.iter().zip("RWX".chars()).filter(|(set, _)| !set.sockets().is_empty()).map(|(_, c)| c).collect();
    assert_eq!(usize::try_from(count).unwrap(), letters.len());
    letters
}

/// Looks again and again until a value is the expected one.
pub(crate) fn becomes<T: PartialEq + std::fmt::Debug>(expected: T, look: impl Fn() -> T) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let value = look();
        if value == expected {
            return;
        }
        assert!(Instant::now() < deadline, "still {value:?}, not {expected:?}");
        std::thread::yield_now();
    }
}

/// `WSAPoll` with an error code for a failure.
pub(crate) fn poll(entries: &mut [WSAPOLLFD], milliseconds: i32) -> Result<i32, i32> {
    // SAFETY: memory of this test.
    match unsafe { WSAPoll(entries.as_mut_ptr(), u32::try_from(entries.len()).unwrap(), milliseconds) } {
        -1 => Err(WSAGetLastError()),
        count => {
            assert_eq!(WSAGetLastError(), 0);
            Ok(count)
        }
    }
}

pub(crate) const fn entry(fd: SOCKET, events: i16) -> WSAPOLLFD {
    WSAPOLLFD { fd, events, revents: 0x5a5a }
}

/// What `WSAPoll` says about one socket now, asked for everything.
pub(crate) fn polled(socket: SOCKET) -> i16 {
    let mut entries = [entry(socket, 0x310)];
    let count = poll(&mut entries, 0).unwrap();
    assert_eq!(count, i32::from(entries[0].revents != 0));
    entries[0].revents
}

/// The kernel's number of the calling thread.
pub(crate) fn thread_number() -> i32 {
    // SAFETY: numbers only.
    unsafe { libc::gettid() }
}

/// Waits until a thread of this process sleeps in `poll`.
pub(crate) fn sleeps(thread: i32) {
    becomes(true, || {
        let text = std::fs::read_to_string(format!("/proc/self/task/{thread}/syscall")).unwrap();
        let stat = std::fs::read_to_string(format!("/proc/self/task/{thread}/stat")).unwrap();
        text.split(' ').next().and_then(|word| word.parse().ok()) == Some(libc::SYS_ppoll)
            && stat.contains(") S ")
    });
}
