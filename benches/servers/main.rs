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

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, IntoRawFd};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::ptr::null_mut;
use std::time::{Duration, Instant};

use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{OVERLAPPED, OVERLAPPED_ENTRY, WSANETWORKEVENTS};
use ws2_32::ffi::*;

const TURN: Duration = Duration::from_millis(250);

// ---- The servers. Each accepts so many connections, then serves them until they are gone, and begins anew.

/// The CPU time of this process so far, in nanoseconds.
fn cpu_time() -> u64 {
    // SAFETY: zeros are a time; the kernel writes to a local.
    let time = unsafe {
        let mut time: libc::timespec = std::mem::zeroed();
        libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time);
        time
    };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn accept_all(listener: &TcpListener, count: usize) -> Vec<i32> {
    let accept = || {
        let stream = listener.accept().unwrap().0;
        stream.set_nodelay(true).unwrap();
        stream.into_raw_fd()
    };
    (0..count).map(|_| accept()).collect()
}

/// With epoll, `recv` and `send`; level-triggered, as most servers do it.
fn serve_by_epoll(sockets: &[i32], room: &mut [u8]) {
    // SAFETY: numbers, locals, and buffers with their lengths.
    unsafe {
        let epoll = libc::epoll_create1(0);
        for fd in sockets {
            let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: *fd as u64 };
            libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, *fd, &raw mut event);
        }
        let mut left = sockets.len();
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
        while left > 0 {
            let count = libc::epoll_wait(epoll, events.as_mut_ptr(), 64, -1).max(0);
            for event in &events[..count as usize] {
                let fd = event.u64 as i32;
                let got = libc::recv(fd, room.as_mut_ptr().cast(), room.len(), libc::MSG_DONTWAIT);
                if got > 0 {
                    assert_eq!(libc::send(fd, room.as_ptr().cast(), got as usize, libc::MSG_NOSIGNAL), got);
                } else if got == 0 || *libc::__errno_location() != libc::EAGAIN {
                    libc::close(fd);
                    left -= 1;
                }
            }
        }
        libc::close(epoll);
    }
}

#[repr(C)] // the OVERLAPPED first
struct Connection {
    overlapped: OVERLAPPED,
    socket: usize,
    sends: bool,
    room: Vec<u8>,
}

impl Connection {
    fn begin(&mut self, length: usize) -> bool {
        self.sends = length > 0;
        let length = if self.sends { length } else { self.room.len() };
        let mut buffer = WSABUF { len: length as u32, buf: self.room.as_mut_ptr().cast() };
        let mut flags = 0;
        // SAFETY: the buffer and the OVERLAPPED stay where they are until the operation has ended.
        let result = unsafe {
            if self.sends {
                WSASend(self.socket, &raw mut buffer, 1, null_mut(), 0, &raw mut self.overlapped, None)
            } else {
                WSARecv(
                    self.socket,
                    &raw mut buffer,
                    1,
                    null_mut(),
                    &raw mut flags,
                    &raw mut self.overlapped,
                    None,
                )
            }
        };
        result == 0 || WSAGetLastError() == 997
    }
}

/// By a completion port; `several` packets at a time at most.
fn serve_by_port(sockets: &[i32], size: usize, several: usize) {
    // SAFETY: out pointers to locals; an OVERLAPPED is zeros before its first operation.
    unsafe {
        let port = ws2_CreateIoCompletionPort(null_mut::<u8>().wrapping_sub(1).cast(), null_mut(), 0, 1);
        let mut connections: Vec<Box<Connection>> = sockets
            .iter()
            .map(|fd| {
                let socket = *fd as usize;
                let added = ws2_CreateIoCompletionPort(std::ptr::without_provenance_mut(socket), port, 0, 0);
                assert_eq!(added, port);
                let overlapped = std::mem::zeroed();
                Box::new(Connection { overlapped, socket, sends: false, room: vec![0; size] })
            })
            .collect();
        let mut left = connections.len();
        for connection in &mut connections {
            assert!(connection.begin(0));
        }
        let mut entries: Vec<OVERLAPPED_ENTRY> = (0..several).map(|_| std::mem::zeroed()).collect();
        while left > 0 {
            let mut count = 0;
            if several == 1 {
                let entry = &mut entries[0];
                let (bytes, key) =
                    (&raw mut entry.dwNumberOfBytesTransferred, &raw mut entry.lpCompletionKey);
                let over = &raw mut entry.lpOverlapped;
                let good = ws2_GetQueuedCompletionStatus(port, bytes, key, over, u32::MAX);
                if good == 0 {
                    (*bytes) = 0;
                }
                count = 1;
            } else {
                let most = several as u32;
                ws2_GetQueuedCompletionStatusEx(
                    port,
                    entries.as_mut_ptr(),
                    most,
                    &raw mut count,
                    u32::MAX,
                    0,
                );
            }
            for entry in &entries[..count as usize] {
                // The OVERLAPPED is the first of the connection's fields.
                let connection = &mut *entry.lpOverlapped.cast::<Connection>();
                let bytes = entry.dwNumberOfBytesTransferred as usize;
                let next = if connection.sends { 0 } else { bytes };
                if bytes == 0 || !connection.begin(next) {
                    closesocket(connection.socket);
                    left -= 1;
                }
            }
        }
        ws2_CloseHandle(port);
    }
}

/// By `WSAEventSelect`, one event for each socket, and `WSAWaitForMultipleEvents`.
fn serve_by_events(sockets: &[i32], room: &mut [u8]) {
    const FD_READ_CLOSE: i32 = 1 | 0x20;
    // SAFETY: out pointers to locals, buffers with their lengths.
    unsafe {
        let mut all: Vec<_> = sockets
            .iter()
            .map(|fd| {
                let event = WSACreateEvent();
                assert_eq!(WSAEventSelect(*fd as usize, event, FD_READ_CLOSE), 0);
                (event, *fd as usize)
            })
            .collect();
        while !all.is_empty() {
            let events: Vec<_> = all.iter().map(|(event, _)| *event).collect();
            let mut gone = None;
            while gone.is_none() {
                let first = WSAWaitForMultipleEvents(events.len() as u32, events.as_ptr(), 0, u32::MAX, 0);
                // Those behind the first may be signalled, too: each gets its turn.
                for at in first as usize..events.len() {
                    if at > first as usize && ws2_WaitForSingleObject(events[at], 0) != 0 {
                        continue;
                    }
                    let (event, socket) = all[at];
                    let mut report: WSANETWORKEVENTS = std::mem::zeroed();
                    assert_eq!(WSAEnumNetworkEvents(socket, event, &raw mut report), 0);
                    if report.lNetworkEvents == 0 {
                        continue;
                    }
                    let got = ws2_recv(socket, room.as_mut_ptr().cast(), room.len() as i32, 0);
                    if got > 0 {
                        assert_eq!(ws2_send(socket, room.as_ptr().cast(), got, 0), got);
                    } else if got == 0 || WSAGetLastError() != 10035 {
                        gone = Some(at);
                        break;
                    }
                }
            }
            let (event, socket) = all.swap_remove(gone.unwrap());
            closesocket(socket);
            WSACloseEvent(event);
        }
    }
}

fn serve(kind: &str, count: usize, size: usize) {
    let mut data = [0_u64; 64];
    // SAFETY: room enough for WSADATA.
    assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr().cast()) }, 0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    std::thread::spawn(|| {
        for line in std::io::stdin().lines() {
            let _ = line.unwrap();
            println!("{}", cpu_time());
        }
        std::process::exit(0);
    });
    let mut room = vec![0_u8; size];
    loop {
        let sockets = accept_all(&listener, count);
        match kind {
            "epoll" => serve_by_epoll(&sockets, &mut room),
            "port" => serve_by_port(&sockets, size, 1),
            "several" => serve_by_port(&sockets, size, 64),
            "events" => serve_by_events(&sockets, &mut room),
            other => panic!("{other}"),
        }
    }
}

// ---- The clients.

struct Server {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    sockets: Vec<TcpStream>,
    epoll: i32,
}

impl Server {
    fn start(kind: &str, count: usize, size: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["server", kind, &count.to_string(), &size.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (ask, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
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
        Self { child, ask, answers, sockets, epoll }
    }

    fn cpu_time(&mut self) -> u64 {
        self.ask.write_all(b"\n").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim().parse().unwrap()
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
        drop(self.ask);
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

fn compare(kind: &str, count: usize, size: usize, turns: usize) {
    let mut servers = [Server::start("epoll", count, size), Server::start(kind, count, size)];
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

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == "server") {
        return serve(&arguments[2], arguments[3].parse().unwrap(), arguments[4].parse().unwrap());
    }
    let turns = std::env::var("WS2_TURNS").ok().and_then(|turns| turns.parse().ok()).unwrap_or(12);
    println!("| server | connections | bytes | CPU µs | epoll's | per CPU second | requests per second |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for kind in ["port", "several"] {
        for size in [64, 16384] {
            for count in [1, 64, 1000] {
                compare(kind, count, size, turns);
            }
        }
    }
    for size in [64, 16384] {
        compare("events", 63, size, turns);
    }
}
