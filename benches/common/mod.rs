//! What the benchmarks have in common: this library as C programs call it, sockets, and timing several ways in turn.
//!
//! Only the calls in question are timed: as many as the sockets' buffers hold. Then the same thread empties or fills
//! them, untimed, so that no scheduler has a say.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "every benchmark uses its part, and may fail by panicking"
)]

use std::fmt::Debug;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::ptr::null;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use libloading::Library;

/// The shared library as `make` makes it.
pub struct Ours {
    library: Library,
}

impl Ours {
    pub fn load() -> Self {
        // This program is target/release/deps/NAME.
        let program = std::env::current_exe().unwrap();
        let path = program.ancestors().nth(3).unwrap().join("made/libws2_32.so");
        assert!(path.exists(), "{} is not there: make libraries", path.display());
        // SAFETY: the library's initialisation has no demands; the types are those of its header.
        unsafe {
            let library = Library::new(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let start = *library.get::<unsafe extern "C" fn(u16, *mut u8) -> i32>("WSAStartup").unwrap();
            let mut data = [0_u64; 64];
            assert_eq!(start(0x0202, data.as_mut_ptr().cast()), 0);
            Self { library }
        }
    }

    /// A function of the interface.
    ///
    /// # Safety
    /// `F` is the function's type.
    pub unsafe fn function<F: Copy>(&self, name: &str) -> F {
        // SAFETY: passed on to the caller.
        unsafe { *self.library.get::<F>(name).unwrap() }
    }

    /// A TCP socket of this library's making, which is known to be a stream.
    fn stream_socket(&self) -> OwnedFd {
        // SAFETY: the function's type; numbers only; the descriptor is new.
        unsafe {
            let socket: unsafe extern "C" fn(i32, i32, i32) -> usize = self.function("ws2_socket");
            OwnedFd::from_raw_fd(i32::try_from(socket(libc::AF_INET, libc::SOCK_STREAM, 0)).unwrap())
        }
    }
}

/// An address in the kernel's form, and its length.
pub type Name = (libc::sockaddr_storage, libc::socklen_t);

/// The address that a socket is bound to.
pub fn name_of(socket: &impl AsRawFd) -> Name {
    // SAFETY: zeros are an address; the kernel writes to locals of the lengths it is told.
    unsafe {
        let mut name: libc::sockaddr_storage = std::mem::zeroed();
        let mut len = size_of_val(&name).try_into().unwrap();
        assert_eq!(libc::getsockname(socket.as_raw_fd(), (&raw mut name).cast(), &raw mut len), 0);
        (name, len)
    }
}

/// A socket, and the other end of what it sends and receives.
pub struct Pair {
    pub socket: OwnedFd,
    pub other: OwnedFd,
    is_stream: bool,
}

impl Pair {
    /// Connected, of one of the kinds `tcp`, `udp` and `unix`.
    pub fn new(ours: &Ours, kind: &str) -> Self {
        match kind {
            "tcp" => {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
                let socket = ours.stream_socket();
                let (name, len) = name_of(&listener);
                // SAFETY: the kernel reads a local.
                assert_eq!(unsafe { libc::connect(socket.as_raw_fd(), (&raw const name).cast(), len) }, 0);
                let socket = TcpStream::from(socket);
                let other = listener.accept().unwrap().0;
                socket.set_nodelay(true).unwrap();
                other.set_nodelay(true).unwrap();
                Self { socket: socket.into(), other: other.into(), is_stream: true }
            }
            "unix" => {
                let (socket, other) = UnixStream::pair().unwrap();
                Self { socket: socket.into(), other: other.into(), is_stream: true }
            }
            _ => {
                let [socket, other] = udp_sockets(Ipv4Addr::LOCALHOST.into());
                socket.connect(other.local_addr().unwrap()).unwrap();
                other.connect(socket.local_addr().unwrap()).unwrap();
                Self { socket: socket.into(), other: other.into(), is_stream: false }
            }
        }
    }

    /// Two UDP sockets that are not connected: the other one knows by `fill` alone where to send.
    pub fn unconnected(host: IpAddr) -> Self {
        let [socket, other] = udp_sockets(host);
        Self { socket: socket.into(), other: other.into(), is_stream: false }
    }

    /// Reads all that the socket sent.
    pub fn drain(&self) {
        let mut room = [0_u8; 1 << 16];
        // SAFETY: the kernel writes to a local of that length.
        while unsafe {
            libc::recv(self.other.as_raw_fd(), room.as_mut_ptr().cast(), room.len(), libc::MSG_DONTWAIT)
        } > 0
        {}
    }

    /// Sends `count` times `len` bytes to the socket.
    pub fn fill(&self, len: usize, count: u64) {
        let data = vec![0_u8; len];
        let (name, name_len) = name_of(&self.socket);
        let (to, to_len) = if self.is_stream { (null(), 0) } else { ((&raw const name).cast(), name_len) };
        for _ in 0..count {
            // SAFETY: the kernel reads from locals of these lengths.
            let sent =
                unsafe { libc::sendto(self.other.as_raw_fd(), data.as_ptr().cast(), len, 0, to, to_len) };
            assert_eq!(usize::try_from(sent), Ok(len));
        }
        let all = if self.is_stream { len * usize::try_from(count).unwrap() } else { len };
        let mut waiting = 0;
        while usize::try_from(waiting).unwrap() < all {
            // SAFETY: the kernel writes to a local.
            assert_eq!(unsafe { libc::ioctl(self.socket.as_raw_fd(), libc::FIONREAD, &raw mut waiting) }, 0);
        }
    }
}

fn udp_sockets(host: IpAddr) -> [UdpSocket; 2] {
    [(); 2].map(|()| UdpSocket::bind((host, 0)).unwrap())
}

/// How many messages of `len` bytes the sockets' buffers hold for sure.
pub fn at_once(len: usize) -> u64 {
    ((96 << 10) / len as u64).clamp(1, 64)
}

/// Times `count` calls, `part` of them at a time; `before` and `after` run between, untimed, and are told how many.
pub fn repeat<T: Debug + PartialEq>(
    count: u64,
    part: u64,
    expected: T,
    before: impl Fn(u64),
    mut call: impl FnMut() -> T,
    after: impl Fn(u64),
) -> Duration {
    let mut time = Duration::ZERO;
    let mut left = count;
    while left > 0 {
        let now = part.min(left);
        before(now);
        let start = Instant::now();
        for _ in 0..now {
            assert_eq!(black_box(call()), expected);
        }
        time += start.elapsed();
        left -= now;
        after(now);
    }
    time
}

/// A way to make a call: makes so many, and tells how long they took.
pub type Way<'a> = &'a mut dyn FnMut(u64) -> Duration;

/// Times per call in nanoseconds, up to three ways in turn, in every order: the lower quartile of each, since
/// whatever else the machine does only makes a call slower.
pub fn in_turn<const WAYS: usize>(ways: [Way<'_>; WAYS], batch: u64) -> [f64; WAYS] {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]];
    const ROUNDS: usize = 120;
    let mut times = [const { Vec::new() }; WAYS];
    for round in 0..ROUNDS {
        for way in ORDERS[round % ORDERS.len()].into_iter().filter(|way| *way < WAYS) {
            times[way].push(ways[way](batch).as_nanos() as f64 / batch as f64);
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 4]
    })
}

/// Prints the first lines of a Markdown table.
pub fn print_heading(heading: &str) {
    println!("{heading}\n{}", heading.replace(|c: char| c != '|', "-"));
}

/// Measures in a process with one thread, and again with a second one that waits.
pub fn with_one_and_two_threads(mut measure: impl FnMut(&str)) {
    measure("one thread");
    let (stay, gone) = mpsc::channel::<()>();
    let second = std::thread::spawn(move || gone.recv().unwrap_err());
    measure("two threads");
    drop(stay);
    second.join().unwrap();
}
