//! This library's `send`, through the shared library, against libc's `send` and the bare system call.
//!
//! `cargo bench` measures each by itself with criterion, then all three in turn for the ratios: a machine that
//! gets slower or faster meanwhile does so for all. Another process reads what is sent, so that this one can
//! have a single thread; libc's `send` is a cancellation point, which costs from the second thread on.

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
use std::process::{Child, Command, Stdio};
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

/// A connected socket, and the process that reads from its other end.
struct Pair {
    socket: OwnedFd,
    reader: Child,
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
        let reader = Command::new("cat").stdin(other).stdout(Stdio::null()).spawn().unwrap();
        Self { socket, reader }
    }

    /// Sends `count` times.
    fn send(&self, way: &str, ours: &Ours, data: &[u8], count: u64) -> Duration {
        let fd = self.socket.as_raw_fd();
        let (pointer, len) = (data.as_ptr(), i32::try_from(data.len()).unwrap());
        let socket = usize::try_from(fd).unwrap();
        match way {
            "bare" => repeat(len, count, || {
                let flags = libc::MSG_NOSIGNAL.unsigned_abs() as usize;
                let sendto = syscalls::Sysno::sendto as usize;
                // SAFETY: the kernel reads from `data`, which lives until the call returns.
                unsafe { syscalls::raw::syscall6(sendto, socket, pointer as usize, data.len(), flags, 0, 0) }
            }),
            "libc" => repeat(len, count, || {
                // SAFETY: as above.
                unsafe { libc::send(fd, pointer.cast(), data.len(), libc::MSG_NOSIGNAL) }
            }),
            _ => repeat(len, count, || {
                // SAFETY: as above.
                unsafe { (ours.send)(socket, pointer, len, 0) }
            }),
        }
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        self.reader.kill().unwrap();
        self.reader.wait().unwrap();
    }
}

#[inline(always)]
fn repeat<T: TryFrom<i32, Error: Debug> + Copy + Debug + PartialEq>(
    len: i32,
    count: u64,
    send: impl Fn() -> T,
) -> Duration {
    let len = T::try_from(len).unwrap();
    let start = Instant::now();
    for _ in 0..count {
        assert_eq!(black_box(send()), len);
    }
    start.elapsed()
}

fn sizes(kind: &str) -> [usize; 4] {
    [1, 64, 1400, if kind == "udp" { 65507 } else { 65536 }]
}

/// Times per call, all ways in turn, in batches: the median of each, in nanoseconds.
fn in_turn(pair: &Pair, ours: &Ours, data: &[u8]) -> [f64; 3] {
    const ROUNDS: usize = 41;
    let batch = if data.len() > 10_000 { 200 } else { 2000 };
    let mut times = [const { Vec::new() }; 3];
    for round in 0..ROUNDS {
        for turn in 0..WAYS.len() {
            let way = (turn + round) % WAYS.len();
            times[way].push(pair.send(WAYS[way], ours, data, batch).as_nanos() as f64 / batch as f64);
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
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
