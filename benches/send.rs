//! This library's `send`, through the shared library, against libc's `send` and the bare system call.
//!
//! `cargo bench` measures each by itself with criterion, then all three in turn for the ratios: a machine that
//! gets slower or faster meanwhile does so for all. Only sending is timed: as much as the socket's buffers hold, and
//! then the same thread reads it, untimed, so that no scheduler has a say. libc's `send` is a cancellation point,
//! which costs from the second thread on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark may fail by panicking"
)]

use std::fmt::Debug;
use std::hint::black_box;
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use libloading::Library;

type Ws2Send = unsafe extern "C" fn(usize, *const u8, i32, i32) -> i32;

/// The ways to send; the last is this library's.
const WAYS: [&str; 3] = ["bare", "libc", "ws2_32"];

/// The shared library that was built together with this program.
struct Ours {
    send: Ws2Send,
    _library: Library,
}

impl Ours {
    fn load() -> Self {
        let path = std::env::current_exe().unwrap().with_file_name("libws2_32.so");
        // SAFETY: the library's initialisation has no demands; the types are those of its header.
        unsafe {
            let library = Library::new(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let start: libloading::Symbol<'_, unsafe extern "C" fn(u16, *mut u8) -> i32> =
                library.get("WSAStartup").unwrap();
            let mut data = [0_u64; 64];
            assert_eq!(start(0x0202, data.as_mut_ptr().cast()), 0);
            let send = *library.get::<Ws2Send>("ws2_send").unwrap();
            Self { send, _library: library }
        }
    }
}

/// A connected socket, and its other end.
struct Pair {
    socket: OwnedFd,
    other: OwnedFd,
}

impl Pair {
    fn new(kind: &str) -> Self {
        let (socket, other): (OwnedFd, OwnedFd) = match kind {
            "udp" => {
                let other = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
                let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
                socket.connect(other.local_addr().unwrap()).unwrap();
                (socket.into(), other.into())
            }
            "tcp" => {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
                let socket = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
                socket.set_nodelay(true).unwrap();
                (socket.into(), listener.accept().unwrap().0.into())
            }
            _ => {
                let (socket, other) = UnixStream::pair().unwrap();
                (socket.into(), other.into())
            }
        };
        Self { socket, other }
    }

    /// Reads all that was sent.
    fn drain(&self) {
        let mut room = [0_u8; 1 << 16];
        // SAFETY: the kernel writes to a local of that length.
        while unsafe {
            libc::recv(self.other.as_raw_fd(), room.as_mut_ptr().cast(), room.len(), libc::MSG_DONTWAIT)
        } > 0
        {}
    }

    /// Times `count` calls, in parts that the socket's buffers hold.
    fn repeat<T: TryFrom<i32, Error: Debug> + Copy + Debug + PartialEq>(
        &self,
        len: i32,
        count: u64,
        send: impl Fn() -> T,
    ) -> Duration {
        let expected = T::try_from(len).unwrap();
        let part = u64::from(((96 << 10) / len.unsigned_abs()).clamp(1, 64));
        let mut time = Duration::ZERO;
        let mut left = count;
        while left > 0 {
            let now = part.min(left);
            let start = Instant::now();
            for _ in 0..now {
                assert_eq!(black_box(send()), expected);
            }
            time += start.elapsed();
            left -= now;
            self.drain();
        }
        time
    }

    /// Sends `count` times.
    fn send(&self, way: &str, ours: &Ours, data: &[u8], count: u64) -> Duration {
        let fd = self.socket.as_raw_fd();
        let (pointer, len) = (data.as_ptr(), i32::try_from(data.len()).unwrap());
        let socket = usize::try_from(fd).unwrap();
        match way {
            "bare" => self.repeat(len, count, || {
                let flags = libc::MSG_NOSIGNAL.unsigned_abs() as usize;
                let sendto = syscalls::Sysno::sendto as usize;
                // SAFETY: the kernel reads from `data`, which lives until the call returns.
                unsafe { syscalls::raw::syscall6(sendto, socket, pointer as usize, data.len(), flags, 0, 0) }
            }),
            "libc" => self.repeat(len, count, || {
                // SAFETY: as above.
                unsafe { libc::send(fd, pointer.cast(), data.len(), libc::MSG_NOSIGNAL) }
            }),
            _ => self.repeat(len, count, || {
                // SAFETY: as above.
                unsafe { (ours.send)(socket, pointer, len, 0) }
            }),
        }
    }
}

fn sizes(kind: &str) -> [usize; 4] {
    [1, 64, 1400, if kind == "udp" { 65507 } else { 65536 }]
}

/// Times per call in nanoseconds, all ways in turn, in every order: the lower quartile of each, since whatever else
/// the machine does only makes a call slower.
fn in_turn(pair: &Pair, ours: &Ours, data: &[u8]) -> [f64; 3] {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]];
    const ROUNDS: usize = 120;
    let batch = if data.len() > 10_000 { 64 } else { 512 };
    let mut times = [const { Vec::new() }; 3];
    for round in 0..ROUNDS {
        for way in ORDERS[round % ORDERS.len()] {
            times[way].push(pair.send(WAYS[way], ours, data, batch).as_nanos() as f64 / batch as f64);
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 4]
    })
}

fn measure(criterion: &mut Criterion, ours: &Ours, threads: &str) {
    let mut table = Vec::new();
    for kind in ["udp", "tcp", "unix"] {
        for size in sizes(kind) {
            let data = vec![0; size];
            let pair = Pair::new(kind);
            let mut group = criterion.benchmark_group(format!("{kind}, {threads}"));
            group.throughput(Throughput::Bytes(size as u64));
            for way in WAYS {
                group.bench_function(BenchmarkId::new(way, size), |bencher| {
                    bencher.iter_custom(|count| pair.send(way, ours, &data, count));
                });
            }
            group.finish();
            let [bare, libc, ws2] = in_turn(&pair, ours, &data);
            table.push(format!(
                "| {kind} | {size} | {threads} | {bare:.0} | {libc:.0} | {ws2:.0} | {:.2} | {:.2} |",
                ws2 / libc,
                ws2 / bare
            ));
        }
    }
    println!("{}", table.join("\n"));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let ours = Ours::load();
    let heading =
        "| socket | bytes | threads | bare, ns | libc, ns | ws2_32, ns | ws2_32 : libc | ws2_32 : bare |";
    println!("{heading}\n{}", heading.replace(|c: char| c != '|', "-"));
    measure(&mut criterion, &ours, "one thread");
    let (stay, gone) = mpsc::channel::<()>();
    let second = std::thread::spawn(move || gone.recv().unwrap_err());
    measure(&mut criterion, &ours, "two threads");
    drop(stay);
    second.join().unwrap();
    criterion.final_summary();
}
