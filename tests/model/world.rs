//! A pair of real sockets on loopback, the library's calls on them, and the waiting for what the network still has
//! to do: the next step begins only when the last one's effect has arrived.

use std::ffi::{c_char, c_int};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use ws2_32::error::WsaError;
use ws2_32::ffi::types::{SOCKET, ws2_sockaddr};
use ws2_32::ffi::*;

use crate::rules::{Answer, Event, Model, pattern};
use crate::step::{Action, Kind, ROOM, Sending, Step};

const SOL_SOCKET: i32 = 0xffff;
const SO_LINGER: i32 = 0x80;
const SO_RCVTIMEO: i32 = 0x1006;
const FIONBIO: i32 = i32::from_ne_bytes(0x8004_667e_u32.to_ne_bytes());
/// How long a blocking `recv` with nothing to receive waits, in milliseconds.
const PATIENCE: u32 = 4;
/// How long an event may take that is sure to come.
const SOON: Duration = Duration::from_secs(10);
/// A last error and an `errno` that no call sets.
const MARK: i32 = 0x1234_5678;

/// An address in Windows' form.
type Name = [u8; 16];

pub(crate) struct World {
    kind: Kind,
    sockets: [SOCKET; 2],
    names: [Name; 2],
}

/// Any port of an address of loopback that is this process's own, so that no other process takes a port that is
/// let go.
fn loopback() -> Name {
    let [.., b, c, d] = std::process::id().to_be_bytes();
    let [a, b, c, d] = Ipv4Addr::new(127, b, c, d | 1).octets();
    [2, 0, 0, 0, a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0]
}

fn bound(kind: i32) -> (SOCKET, Name) {
    let s = ws2_socket(2, kind, 0);
    let mut name = loopback();
    let mut len = 16;
    // SAFETY: pointers to locals.
    unsafe {
        assert_eq!(ws2_bind(s, name.as_ptr().cast(), 16), 0, "{}", last_error());
        assert_eq!(ws2_getsockname(s, name.as_mut_ptr().cast(), &raw mut len), 0, "{}", last_error());
    }
    (s, name)
}

fn last_error() -> WsaError {
    WsaError::from_number(WSAGetLastError())
}

fn connect(s: SOCKET, name: &Name) -> c_int {
    // SAFETY: a pointer to a local.
    unsafe { ws2_connect(s, name.as_ptr().cast(), 16) }
}

fn set_option<T>(s: SOCKET, option: i32, value: &T) -> c_int {
    let len = c_int::try_from(size_of::<T>()).unwrap();
    // SAFETY: a pointer to a value of that size.
    unsafe { ws2_setsockopt(s, SOL_SOCKET, option, std::ptr::from_ref(value).cast(), len) }
}

impl World {
    pub(crate) fn new(kind: Kind) -> Self {
        let world = match kind {
            Kind::Udp => {
                let ((a, name_a), (b, name_b)) = (bound(2), bound(2));
                assert_eq!((connect(a, &name_b), connect(b, &name_a)), (0, 0), "{}", last_error());
                Self { kind, sockets: [a, b], names: [name_a, name_b] }
            }
            Kind::Tcp => {
                let (listener, _) = bound(1);
                assert_eq!(ws2_listen(listener, 1), 0);
                let (a, name_a) = bound(1);
                let listener_name = local_name(listener);
                assert_eq!(connect(a, &listener_name), 0, "{}", last_error());
                // SAFETY: NULL is allowed.
                let b = unsafe { ws2_accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
                assert_eq!(closesocket(listener), 0);
                Self { kind, sockets: [a, b], names: [name_a, listener_name] }
            }
        };
        for s in world.sockets {
            assert_eq!(set_option(s, SO_RCVTIMEO, &PATIENCE), 0, "{}", last_error());
        }
        world
    }

    /// Makes the step's call. What is wrong beyond the answer is an error: the last error after success, `errno`,
    /// bytes beside the buffer.
    pub(crate) fn act(&self, step: Step, model: &Model) -> Result<Answer, String> {
        let s = self.sockets[step.side];
        match step.action {
            Action::Send(sending) => call(|| send(s, step.side, sending, model)),
            Action::Recv(len, flags) => receive(s, step, len, flags, model),
            Action::Shutdown(how) => call(|| ws2_shutdown(s, how)),
            Action::Close => call(|| closesocket(s)),
            Action::Reset => {
                // struct linger of Windows: two 16-bit fields.
                if self.kind == Kind::Tcp {
                    set_option(s, SO_LINGER, &[1_u16, 0]);
                }
                call(|| closesocket(s))
            }
            Action::NonBlocking(on) => {
                let mut on = u32::from(on);
                // SAFETY: a pointer to a local.
                call(|| unsafe { ioctlsocket(s, FIONBIO, &raw mut on) })
            }
            Action::PeerName => self.peer_name(step.side),
            Action::Connect => call(|| connect(s, &self.names[1 - step.side])),
            // SAFETY: a pointer to a local.
            Action::Bind => call(|| unsafe { ws2_bind(s, loopback().as_ptr().cast(), 16) }),
            Action::Listen => call(|| ws2_listen(s, 1)),
            Action::Accept => {
                let null = std::ptr::null_mut();
                // SAFETY: NULL is allowed.
                let accept = || unsafe { ws2_accept(s, null, std::ptr::null_mut()) };
                call(|| if accept() == usize::MAX { -1 } else { 1 })
            }
            Action::Flood => Ok(Answer::Value(0)),
        }
    }

    fn peer_name(&self, side: usize) -> Result<Answer, String> {
        let mut name: Name = [0; 16];
        let mut len = 16;
        let at = name.as_mut_ptr().cast::<ws2_sockaddr>();
        // SAFETY: pointers to locals.
        let answer = call(|| unsafe { ws2_getpeername(self.sockets[side], at, &raw mut len) })?;
        if answer == Answer::Value(0) && name != self.names[1 - side] {
            return Err(format!("the peer's name is {name:?} instead of {:?}", self.names[1 - side]));
        }
        Ok(answer)
    }

    /// From one side until nothing fits, then to the other until all has arrived; the number of bytes.
    pub(crate) fn flood(&self, from: usize, model: &Model) -> Result<usize, String> {
        let start = model.sent(from);
        let chunk = |at: usize| (at..at + 40_000).map(|at| pattern(from, at)).collect::<Vec<u8>>();
        let mut sent = 0;
        loop {
            let bytes = chunk(start + sent);
            let answer = call(|| {
                // SAFETY: a buffer of that length.
                unsafe { ws2_send(self.sockets[from], bytes.as_ptr().cast(), 40_000, 0) }
            })?;
            match answer {
                Answer::Value(count) if (1..=40_000).contains(&count) => {
                    sent += usize::try_from(count).unwrap()
                }
                Answer::Fails(WsaError::WSAEWOULDBLOCK) if sent > 0 => break,
                other => {
                    return Err(format!("a non-blocking send of 40000 bytes gave {other:?} after {sent}"));
                }
            }
        }
        let mut expected = model.waiting(1 - from);
        expected.extend((start..start + sent).map(|at| pattern(from, at)));
        let mut received: Vec<u8> = Vec::new();
        let deadline = Instant::now() + SOON;
        let mut room = vec![0_u8; 100_000];
        while received.len() < expected.len() {
            let at = room.as_mut_ptr().cast::<c_char>();
            // SAFETY: a buffer of that length.
            match call(|| unsafe { ws2_recv(self.sockets[1 - from], at, 100_000, 0) })? {
                Answer::Value(count) if count > 0 => {
                    received.extend(&room[..usize::try_from(count).unwrap()])
                }
                Answer::Fails(WsaError::WSAEWOULDBLOCK | WsaError::WSAETIMEDOUT)
                    if Instant::now() < deadline => {}
                other => {
                    return Err(format!(
                        "recv gave {other:?} after {} of {}",
                        received.len(),
                        expected.len()
                    ));
                }
            }
        }
        if received == expected { Ok(sent) } else { Err("the bytes of a flood have changed".to_string()) }
    }

    /// Waits until the network has done its part.
    pub(crate) fn await_event(&self, side: usize, event: Event, before: u32) -> Result<(), String> {
        let fd = c_int::try_from(self.sockets[side]).unwrap();
        let deadline = Instant::now() + SOON;
        loop {
            let there = match event {
                Event::Queued(len) => c_int::try_from(len).unwrap() == queued(fd),
                Event::Datagram => memory_in_queue(fd) > before,
                // CLOSE, LAST_ACK, CLOSE_WAIT, CLOSING, TIME_WAIT.
                Event::PeerClosed => matches!(tcp_state(fd), 6..=9 | 11),
                Event::Over => tcp_state(fd) == 7,
                Event::Refused => has_error(fd),
            };
            if there {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(format!("{event:?} on side {side} has not come about"));
            }
            std::thread::yield_now();
        }
    }

    /// How much memory the side's waiting datagrams take now.
    pub(crate) fn level(&self, side: usize) -> u32 {
        memory_in_queue(c_int::try_from(self.sockets[side]).unwrap())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for s in self.sockets {
            closesocket(s);
        }
    }
}

fn local_name(s: SOCKET) -> Name {
    let mut name: Name = [0; 16];
    let mut len = 16;
    // SAFETY: pointers to locals.
    assert_eq!(unsafe { ws2_getsockname(s, name.as_mut_ptr().cast(), &raw mut len) }, 0);
    name
}

/// Runs a call, and checks what holds for every call.
fn call(act: impl FnOnce() -> c_int) -> Result<Answer, String> {
    WSASetLastError(MARK);
    // SAFETY: the thread's own errno.
    let errno = unsafe { &mut *libc::__errno_location() };
    *errno = MARK;
    let result = act();
    let errno = *errno;
    match (result, WSAGetLastError()) {
        // The code is in errno, too, after a failure, and nothing after success (Q23).
        (value, code) if errno != if value == -1 { code } else { MARK } => {
            Err(format!("the call gave {value}, and errno has become {errno}"))
        }
        (-1, code) => Ok(Answer::Fails(WsaError::from_number(code))),
        (value, 0) => Ok(Answer::Value(value)),
        (value, code) => Err(format!("the call gave {value} and left the last error at {code}")),
    }
}

fn send(s: SOCKET, side: usize, sending: Sending, model: &Model) -> c_int {
    let (len, flags) = match sending {
        Sending::Bytes(len) | Sending::Null(len) => (len, 0),
        Sending::Negative => (-1, 0),
        Sending::Flags(flags) => (4, flags),
    };
    let start = model.sent(side);
    let bytes: Vec<u8> =
        (start..start + usize::try_from(len).unwrap_or(0)).map(|at| pattern(side, at)).collect();
    let at = if matches!(sending, Sending::Null(_)) { std::ptr::null() } else { bytes.as_ptr() };
    // SAFETY: the kernel checks the buffer.
    unsafe { ws2_send(s, at.cast(), len, flags) }
}

fn receive(s: SOCKET, step: Step, len: i32, flags: i32, model: &Model) -> Result<Answer, String> {
    const UNTOUCHED: u8 = 0xee;
    let room = usize::try_from(len).unwrap_or(0);
    let mut bytes = vec![UNTOUCHED; room + 8];
    // SAFETY: a buffer of at least that length.
    let answer = call(|| unsafe { ws2_recv(s, bytes.as_mut_ptr().cast(), len, flags) })?;
    if bytes[room..] != [UNTOUCHED; 8] {
        return Err("recv wrote behind its buffer".to_string());
    }
    match answer {
        Answer::Value(count) if count > 0 => {
            bytes.truncate(usize::try_from(count).unwrap());
            Ok(Answer::Bytes(bytes))
        }
        Answer::Fails(WsaError::WSAEMSGSIZE) if bytes[..room] != model.cut(step.side, len) => {
            Err("WSAEMSGSIZE without the datagram's beginning".to_string())
        }
        answer => Ok(answer),
    }
}

fn queued(fd: c_int) -> c_int {
    let mut len = -1;
    // SAFETY: asks for a number.
    unsafe { libc::ioctl(fd, libc::FIONREAD, &raw mut len) };
    len
}

fn tcp_state(fd: c_int) -> u8 {
    let mut info = [0_u8; 256];
    let mut len = 256;
    // SAFETY: an array of that length.
    unsafe {
        libc::getsockopt(fd, libc::IPPROTO_TCP, libc::TCP_INFO, info.as_mut_ptr().cast(), &raw mut len)
    };
    info[0]
}

fn memory_in_queue(fd: c_int) -> u32 {
    const SO_MEMINFO: c_int = 55;
    let mut values = [0_u32; 9];
    let mut len = 36;
    // SAFETY: an array of that length.
    unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, SO_MEMINFO, values.as_mut_ptr().cast(), &raw mut len) };
    values[0]
}

fn has_error(fd: c_int) -> bool {
    let mut look = libc::pollfd { fd, events: 0, revents: 0 };
    // SAFETY: one structure.
    unsafe { libc::poll(&raw mut look, 1, 0) };
    look.revents & libc::POLLERR != 0
}

const _: () = assert!(ROOM > 0);
