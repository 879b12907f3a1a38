//! Winsock's C interface as these tests call it: every call goes through the exported function, and a failure is
//! the code that `WSAGetLastError` gives.

use std::net::{Ipv4Addr, SocketAddrV4, SocketAddrV6};
use std::os::fd::RawFd;
use std::ptr::null_mut;
use std::sync::Once;
use std::time::{Duration, Instant};

use windows_sys::Win32::Networking::WinSock::{FIONBIO, SIO_UDP_CONNRESET};
use ws2_32::error::WsaError;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// What a call gives: its value, or the code.
pub(crate) type Outcome<T> = Result<T, WsaError>;

/// How long a test waits for something that must happen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Starts Winsock 2.2, for as long as the process lives.
pub(crate) fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| assert_eq!(startup(), 0));
}

/// One `WSAStartup` for Winsock 2.2.
pub(crate) fn startup() -> i32 {
    let mut data = std::mem::MaybeUninit::<WSADATA>::zeroed();
    // SAFETY: memory of this function.
    unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }
}

/// The result of a call that says -1 when it fails.
fn outcome(result: i32) -> Outcome<i32> {
    let code = WSAGetLastError();
    if result == -1 {
        assert_ne!(code, 0, "a call has failed without a code");
        return Err(WsaError::from_number(code));
    }
    assert_eq!(code, 0, "Q18: a call has succeeded and left a code");
    Ok(result)
}

/// `send` with arguments that need not make sense.
pub(crate) fn raw_send(socket: usize, buf: *const u8, len: i32, flags: i32) -> Outcome<i32> {
    // SAFETY: `send` takes any address at all.
    outcome(unsafe { ws2_send(socket, buf.cast(), len, flags) })
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
        let socket = ws2_socket(family, kind, 0);
        assert_ne!(socket, usize::MAX, "{}", WSAGetLastError());
        Self(socket)
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

    pub(crate) fn send(&self, data: &[u8], flags: i32) -> Outcome<i32> {
        raw_send(self.0, data.as_ptr(), i32::try_from(data.len()).unwrap(), flags)
    }

    pub(crate) fn recv(&self, room: &mut [u8]) -> Outcome<i32> {
        let len = i32::try_from(room.len()).unwrap();
        // SAFETY: the memory is as long as is said.
        outcome(unsafe { ws2_recv(self.0, room.as_mut_ptr().cast(), len, 0) })
    }

    pub(crate) fn connect(&self, to: SocketAddrV4) -> Outcome<i32> {
        let to = address(to);
        // SAFETY: a local, and its size.
        outcome(unsafe { ws2_connect(self.0, (&raw const to).cast(), 16) })
    }

    pub(crate) fn connect6(&self, to: SocketAddrV6) -> Outcome<i32> {
        let to = ws2_sockaddr_in6 {
            sin6_family: 23,
            sin6_port: to.port().to_be(),
            sin6_flowinfo: 0,
            sin6_addr: ws2_in6_addr { Byte: to.ip().octets() },
            sin6_scope_id: to.scope_id(),
        };
        // SAFETY: a local, and its size.
        outcome(unsafe { ws2_connect(self.0, (&raw const to).cast(), 28) })
    }

    pub(crate) fn bind(&self, to: Ipv4Addr) -> Outcome<i32> {
        let to = address(SocketAddrV4::new(to, 0));
        // SAFETY: a local, and its size.
        outcome(unsafe { ws2_bind(self.0, (&raw const to).cast(), 16) })
    }

    pub(crate) fn listen(&self) -> Outcome<i32> {
        outcome(ws2_listen(self.0, 1))
    }

    pub(crate) fn shutdown(&self, how: i32) -> Outcome<i32> {
        outcome(ws2_shutdown(self.0, how))
    }

    pub(crate) fn close(self) -> Outcome<i32> {
        let socket = self.0;
        std::mem::forget(self);
        outcome(closesocket(socket))
    }

    /// `setsockopt`, for an option that is an `int`.
    pub(crate) fn set(&self, level: i32, name: i32, value: i32) -> &Self {
        // SAFETY: a local, and its size.
        outcome(unsafe { ws2_setsockopt(self.0, level, name, (&raw const value).cast(), 4) }).unwrap();
        self
    }

    /// `getsockopt`, for an option that is an `int`.
    pub(crate) fn get(&self, level: i32, name: i32) -> i32 {
        let (mut value, mut len) = (0_i32, 4);
        // SAFETY: locals, and their size.
        outcome(unsafe { ws2_getsockopt(self.0, level, name, (&raw mut value).cast(), &raw mut len) })
            .unwrap();
        value
    }

    /// Sets one of the kernel's options, for those that Winsock does not have.
    pub(crate) fn set_kernel<T>(&self, level: i32, name: i32, value: T) -> &Self {
        let len = u32::try_from(size_of::<T>()).unwrap();
        // SAFETY: the kernel reads a local.
        let result = unsafe { libc::setsockopt(self.fd(), level, name, (&raw const value).cast(), len) };
        crate::support::network::must(result);
        self
    }

    /// How many keep-alive probes have got no answer: the fourth byte of the kernel's `TCP_INFO`.
    pub(crate) fn unanswered_probes(&self) -> u8 {
        let (mut info, mut len) = ([0_u8; 8], 8);
        let (level, at) = (libc::IPPROTO_TCP, info.as_mut_ptr().cast());
        // SAFETY: locals, and their size.
        crate::support::network::must(unsafe {
            libc::getsockopt(self.fd(), level, libc::TCP_INFO, at, &raw mut len)
        });
        info[3]
    }

    /// Non-blocking mode.
    pub(crate) fn nonblocking(self) -> Self {
        let mut yes = 1;
        // SAFETY: a local.
        outcome(unsafe { ioctlsocket(self.0, FIONBIO, &raw mut yes) }).unwrap();
        self
    }

    /// Whether a datagram socket reports "port unreachable": `SIO_UDP_CONNRESET`.
    pub(crate) fn report_port_unreachable(&self, report: i32) {
        let (report, mut written) = ((&raw const report).cast_mut().cast(), 0);
        // SAFETY: locals, and their sizes.
        outcome(unsafe {
            WSAIoctl(self.0, SIO_UDP_CONNRESET, report, 4, null_mut(), 0, &raw mut written, null_mut(), None)
        })
        .unwrap();
    }

    /// Waits for an event of poll; errors always end the wait.
    pub(crate) fn wait_for(&self, events: i16) -> i16 {
        let mut entry = libc::pollfd { fd: self.fd(), events, revents: 0 };
        let limit = i32::try_from(PATIENCE.as_millis()).unwrap();
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
        let end = until(|| self.send(data, 0).err());
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

fn address(of: SocketAddrV4) -> ws2_sockaddr_in {
    ws2_sockaddr_in {
        sin_family: 2,
        sin_port: of.port().to_be(),
        sin_addr: ws2_in_addr { s_addr: u32::from(*of.ip()).to_be() },
        sin_zero: [0; 8],
    }
}

/// Asks again and again, as fast as it goes, until there is an answer.
pub(crate) fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "it has not happened for a minute");
        std::thread::yield_now();
    }
}
