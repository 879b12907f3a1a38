//! Whole servers: echo over TCP by a completion port, and by `WSAEventSelect`, against the same written with epoll and
//! `recv` and `send` directly. Each server is a process of its own with one thread of its own; this program is the clients.
//!
//! The servers take turns of a quarter of a second, so that what else the machine does meets all of them. Of each turn
//! counts the CPU time of the whole server process per round trip, and the round trips per second. What is printed is the
//! quotient with epoll's of the turn beside it: its median, and the two quartiles.
//!
//! `cargo bench --bench servers`; WS2_TURNS says how many turns, 12 if it is not set.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    missing_docs,
    reason = "a benchmark may fail by panicking; small numbers"
)]

mod serve;
mod wine;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::fd::AsRawFd;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use wine::Wine;

const TURN: Duration = Duration::from_millis(250);

/// The CPU time of a process so far, in nanoseconds.
fn cpu_time(pid: i32) -> u64 {
    // SAFETY: zeros are a time; the C library writes to locals.
    unsafe {
        let (mut clock, mut time): (_, libc::timespec) = (0, std::mem::zeroed());
        assert_eq!(libc::clock_getcpuclockid(pid, &raw mut clock), 0, "no process {pid}");
        assert_eq!(libc::clock_gettime(clock, &raw mut time), 0);
        time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
    }
}

struct Server {
    child: Child,
    /// It is over when this is closed.
    input: ChildStdin,
    /// Kept open: what it would write to is there.
    _output: BufReader<ChildStdout>,
    /// Those whose time counts.
    processes: Vec<i32>,
    sockets: Vec<TcpStream>,
    epoll: i32,
}

impl Server {
    fn of_this_program(kind: &str, count: usize, size: usize) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["server", kind, &count.to_string(), &size.to_string()]);
        let mut server = Self::start(command, count);
        server.processes = vec![server.child.id() as i32];
        server
    }

    fn of_wine(wine: &Wine, count: usize, size: usize) -> Self {
        let mut server = Self::start(wine.command(count, size), count);
        server.processes = std::iter::once(server.child.id() as i32).chain(wine.server()).collect();
        server
    }

    fn start(mut command: Command, count: usize) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let port: u16 = line.trim().parse().unwrap();
        // SAFETY: numbers only.
        let epoll = unsafe { libc::epoll_create1(0) };
        let sockets: Vec<_> = (0..count)
            .map(|number| {
                let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
                stream.set_nodelay(true).unwrap();
                let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: number as u64 };
                // SAFETY: the kernel reads a local.
                unsafe { libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, stream.as_raw_fd(), &raw mut event) };
                stream
            })
            .collect();
        Self { child, input, _output: output, processes: Vec::new(), sockets, epoll }
    }

    /// The CPU time of its processes so far, in nanoseconds.
    fn cpu_time(&self) -> u64 {
        self.processes.iter().map(|pid| cpu_time(*pid)).sum()
    }

    /// A turn: CPU nanoseconds per round trip, and round trips per second.
    fn turn(&mut self, size: usize) -> [f64; 2] {
        let (load, mut room) = (vec![b'x'; size], vec![0_u8; size]);
        let mut missing = vec![size; self.sockets.len()];
        let (mut trips, mut under_way) = (0_u64, self.sockets.len());
        let (before, start) = (self.cpu_time(), Instant::now());
        self.sockets.iter_mut().for_each(|socket| socket.write_all(&load).unwrap());
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
        while under_way > 0 {
            // SAFETY: the kernel writes to a local.
            let count = unsafe { libc::epoll_wait(self.epoll, events.as_mut_ptr(), 64, -1) }.max(0);
            let over = start.elapsed() >= TURN;
            for event in &events[..count as usize] {
                let at = event.u64 as usize;
                let got = self.sockets[at].read(&mut room).unwrap();
                assert!(got > 0, "a server has closed a connection");
                missing[at] -= got;
                if missing[at] == 0 {
                    trips += 1;
                    missing[at] = size;
                    if over {
                        under_way -= 1;
                    } else {
                        self.sockets[at].write_all(&load).unwrap();
                    }
                }
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        let used = self.cpu_time() - before;
        [used as f64 / trips as f64, trips as f64 / seconds]
    }

    fn stop(mut self) {
        drop(self.input);
        self.child.wait().unwrap();
        // SAFETY: its own.
        unsafe { libc::close(self.epoll) };
    }
}

/// The quartiles.
fn quartiles(mut numbers: Vec<f64>) -> [f64; 3] {
    numbers.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| numbers[(numbers.len() - 1) * quarter / 4])
}

/// `other` is a server of `kind`.
fn compare(kind: &str, other: Server, size: usize, turns: usize) {
    let count = other.sockets.len();
    let mut servers = [Server::of_this_program("epoll", count, size), other];
    servers.iter_mut().for_each(|server| {
        server.turn(size);
    });
    let mut pairs = Vec::new();
    for number in 0..turns {
        // Whoever is first changes.
        let first = number % 2;
        let a = servers[first].turn(size);
        let b = servers[1 - first].turn(size);
        pairs.push(if first == 0 { [a, b] } else { [b, a] });
    }
    servers.into_iter().for_each(Server::stop);
    let cpu = quartiles(pairs.iter().map(|[epoll, ours]| epoll[0] / ours[0]).collect());
    let rate = quartiles(pairs.iter().map(|[epoll, ours]| ours[1] / epoll[1]).collect());
    let [other, own] = [0, 1].map(|at| quartiles(pairs.iter().map(|pair| pair[at][0] / 1000.0).collect())[1]);
    println!(
        "| {kind} | {count} | {size} | {own:.1} | {other:.1} | **{:.2}** ({:.2}-{:.2}) | {:.2} ({:.2}-{:.2}) |",
        cpu[1], cpu[0], cpu[2], rate[1], rate[0], rate[2]
    );
}

/// Bytes, and connections.
const SIZES: [(usize, usize); 6] = [(64, 1), (64, 64), (64, 1000), (16384, 1), (16384, 64), (16384, 1000)];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == "server") {
        return serve::serve(&arguments[2], arguments[3].parse().unwrap(), arguments[4].parse().unwrap());
    }
    let turns = std::env::var("WS2_TURNS").ok().and_then(|turns| turns.parse().ok()).unwrap_or(12);
    println!("| server | connections | bytes | CPU µs | epoll's | per CPU second | requests per second |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for kind in ["port", "several"] {
        for (size, count) in SIZES {
            compare(kind, Server::of_this_program(kind, count, size), size, turns);
        }
    }
    for size in [64, 16384] {
        compare("events", Server::of_this_program("events", 63, size), size, turns);
    }
    if let Some(wine) = Wine::find() {
        for (size, count) in SIZES {
            compare("Wine", Server::of_wine(&wine, count, size), size, turns);
        }
    }
}
