//! Sets and entries for `select` and `WSAPoll`, and the few calls that their tests make beside them.

use std::ptr::null;

use ws2_32::ffi::types::select::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

use super::calls;
pub(crate) use super::calls::{accept as try_accept, becomes, fd, number, start, tcp_pair as pair};
use super::name::loopback;
pub(crate) use super::waiting::{sleeps, thread_number};

/// Longer than anything here takes, in milliseconds.
pub(crate) const LONG: i32 = 20_000;

pub(crate) fn tcp() -> SOCKET {
    calls::socket(calls::AF_INET, calls::STREAM)
}

pub(crate) fn udp() -> SOCKET {
    calls::socket(calls::AF_INET, calls::DGRAM)
}

pub(crate) fn bind(socket: SOCKET) {
    calls::bound(socket, calls::AF_INET);
}

pub(crate) fn port(socket: SOCKET) -> u16 {
    calls::local_name(socket).unwrap().port()
}

/// The error code, 0 for success.
pub(crate) fn connect(socket: SOCKET, port: u16) -> i32 {
    number(calls::connect(socket, &loopback(port)))
}

pub(crate) fn listener() -> SOCKET {
    calls::listener().0
}

pub(crate) fn accept(listener: SOCKET) -> SOCKET {
    try_accept(listener).unwrap()
}

/// A port of this machine on which nobody listens, and the socket that keeps others off it.
pub(crate) fn dead_port() -> (SOCKET, u16) {
    let (keeper, name) = calls::refusing_port();
    (keeper, name.port())
}

pub(crate) fn set_nonblocking(socket: SOCKET) {
    calls::set_nonblocking(socket, true);
}

pub(crate) fn set_option<T>(socket: SOCKET, level: i32, name: i32, value: T) {
    calls::set_option(fd(socket), level, name, value);
}

/// Closes with a reset.
pub(crate) fn reset(socket: SOCKET) {
    set_option(socket, libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
    calls::close(socket).unwrap();
}

pub(crate) fn send(socket: SOCKET, data: &[u8], flags: i32) {
    assert_eq!(calls::send(socket, data, flags), Ok(i32::try_from(data.len()).unwrap()));
}

pub(crate) fn recv(socket: SOCKET) -> i32 {
    calls::recv(socket, &mut [0; 64], 0).unwrap_or(-1)
}

pub(crate) fn close(sockets: &[SOCKET]) {
    calls::close_all(sockets.iter().copied());
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
    let at = |set: Option<&mut Set>| set.map_or(std::ptr::null_mut(), Set::at);
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
    calls::call(|| unsafe { ws2_select(0, read, write, except, time_at) }).map_err(|code| code.number())
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

/// `WSAPoll` with an error code for a failure.
pub(crate) fn poll(entries: &mut [WSAPOLLFD], milliseconds: i32) -> Result<i32, i32> {
    let (at, count) = (entries.as_mut_ptr(), u32::try_from(entries.len()).unwrap());
    // SAFETY: memory of this test.
    calls::call(|| unsafe { WSAPoll(at, count, milliseconds) }).map_err(|code| code.number())
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
