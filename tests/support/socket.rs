//! A socket of the interface as a value that is closed in the end, with what can be done to it.

use std::net::{Ipv4Addr, SocketAddrV4, SocketAddrV6};
use std::os::fd::RawFd;
use std::ptr::null_mut;

use windows_sys::Win32::Networking::WinSock::{FIONBIO, SIO_UDP_CONNRESET};
use ws2_32::error::WsaError;
use ws2_32::ffi::*;

use super::calls::{self, call};
pub(crate) use super::calls::{Outcome, must, stay_started as start};
use super::name::Name;
use super::waiting::{SOON, until};

/// `send` with arguments that need not make sense.
pub(crate) fn raw_send(socket: usize, buf: *const u8, len: i32, flags: i32) -> Outcome {
    // SAFETY: `send` takes any address at all.
    call(|| unsafe { ws2_send(socket, buf.cast(), len, flags) })
}

/// A Winsock socket, closed in the end.
pub(crate) struct Socket(pub(crate) usize);

impl Socket {
    pub(crate) fn new(kind: i32) -> Self {
        Self::of_family(2, kind)
    }

    /// A socket of IPv6, as Windows numbers it.
    pub(crate) fn new6(kind: i32) -> Self {
        Self::of_family(23, kind)
    }

    fn of_family(family: i32, kind: i32) -> Self {
        start();
        Self(calls::socket(family, kind))
    }

    pub(crate) fn tcp() -> Self {
        Self::new(1)
    }

    pub(crate) fn udp() -> Self {
        Self::new(2)
    }

    pub(crate) fn fd(&self) -> RawFd {
        RawFd::try_from(self.0).unwrap()
    }

    pub(crate) fn send(&self, data: &[u8], flags: i32) -> Outcome {
        calls::send(self.0, data, flags)
    }

    pub(crate) fn recv(&self, room: &mut [u8]) -> Outcome {
        calls::recv(self.0, room, 0)
    }

    pub(crate) fn connect(&self, to: SocketAddrV4) -> Outcome {
        calls::connect(self.0, &Name::of(to.into()))
    }

    pub(crate) fn connect6(&self, to: SocketAddrV6) -> Outcome {
        calls::connect(self.0, &Name::of(to.into()))
    }

    pub(crate) fn bind(&self, to: Ipv4Addr) -> Outcome {
        calls::bind(self.0, &Name::v4(to.octets(), 0))
    }

    pub(crate) fn listen(&self) -> Outcome {
        calls::listen(self.0, 1)
    }

    pub(crate) fn shutdown(&self, how: i32) -> Outcome {
        calls::shutdown(self.0, how)
    }

    pub(crate) fn close(self) -> Outcome {
        let socket = self.0;
        std::mem::forget(self);
        calls::close(socket)
    }

    /// `setsockopt`, for an option that is an `int`.
    pub(crate) fn set(&self, level: i32, name: i32, value: i32) -> &Self {
        // SAFETY: a local, and its size.
        call(|| unsafe { ws2_setsockopt(self.0, level, name, (&raw const value).cast(), 4) }).unwrap();
        self
    }

    /// `getsockopt`, for an option that is an `int`.
    pub(crate) fn get(&self, level: i32, name: i32) -> i32 {
        let (mut value, mut len) = (0_i32, 4);
        let (at, len_at) = ((&raw mut value).cast(), &raw mut len);
        // SAFETY: locals, and their size.
        call(|| unsafe { ws2_getsockopt(self.0, level, name, at, len_at) }).unwrap();
        value
    }

    /// Sets one of the kernel's options, for those that Winsock does not have.
    pub(crate) fn set_kernel<T>(&self, level: i32, name: i32, value: T) -> &Self {
        calls::set_option(self.fd(), level, name, value);
        self
    }

    /// How many keep-alive probes have got no answer: the fourth byte of the kernel's `TCP_INFO`.
    pub(crate) fn unanswered_probes(&self) -> u8 {
        let (mut info, mut len) = ([0_u8; 8], 8);
        let (level, at) = (libc::IPPROTO_TCP, info.as_mut_ptr().cast());
        // SAFETY: locals, and their size.
        must(unsafe { libc::getsockopt(self.fd(), level, libc::TCP_INFO, at, &raw mut len) });
        info[3]
    }

    /// Non-blocking mode.
    pub(crate) fn nonblocking(self) -> Self {
        let mut yes = 1;
        let at = &raw mut yes;
        // SAFETY: a local.
        call(|| unsafe { ioctlsocket(self.0, FIONBIO, at) }).unwrap();
        self
    }

    /// Whether a datagram socket reports "port unreachable": `SIO_UDP_CONNRESET`.
    pub(crate) fn report_port_unreachable(&self, report: i32) {
        let (report, mut written) = ((&raw const report).cast_mut().cast(), 0);
        let count = &raw mut written;
        // SAFETY: locals, and their sizes.
        call(|| unsafe {
            WSAIoctl(self.0, SIO_UDP_CONNRESET, report, 4, null_mut(), 0, count, null_mut(), None)
        })
        .unwrap();
    }

    /// Waits for an event of poll; errors always end the wait.
    pub(crate) fn wait_for(&self, events: i16) -> i16 {
        let mut entry = libc::pollfd { fd: self.fd(), events, revents: 0 };
        let limit = i32::try_from(SOON.as_millis()).unwrap();
        // SAFETY: one entry.
        let ready = unsafe { libc::poll(&raw mut entry, 1, limit) };
        assert_eq!(ready, 1, "nothing has happened for a minute");
        entry.revents
    }

    /// Waits until the kernel has an error to tell, or the connection is over.
    pub(crate) fn wait_for_error(&self) {
        self.wait_for(0);
    }

    /// Sends until nothing fits any more.
    pub(crate) fn fill_with(&self, data: &[u8]) {
        let end = until("nothing fits any more", || self.send(data, 0).err());
        assert_eq!(end, WsaError::WSAEWOULDBLOCK);
    }

    /// From now on every `send` fails with the code, whatever its length.
    pub(crate) fn sends_fail_with(&self, code: WsaError) {
        for _ in 0..3 {
            assert_eq!(self.send(b"again", 0), Err(code), "stays");
        }
        assert_eq!(self.send(b"", 0), Err(code), "stays, for nothing to send");
    }

    /// From now on every `send` and `recv` fails with the code.
    pub(crate) fn is_dead(&self, code: WsaError) {
        self.sends_fail_with(code);
        for _ in 0..2 {
            assert_eq!(self.recv(&mut [0; 8]), Err(code), "stays, for recv");
        }
        self.sends_fail_with(code);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        closesocket(self.0);
    }
}
