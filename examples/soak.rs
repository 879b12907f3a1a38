//! A soak: many connections, threads that send, clients that receive, check every byte and sometimes vanish.
//!
//! `soak [CONNECTIONS [SENDS [SECONDS]]]`; 200, 200000 and 60 if left out. The long run is
//! `cargo run --release --example soak -- 2000 10000000 3600`. It fails if a byte is lost, doubled or wrong, or if
//! memory or descriptors grow.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "it fails by panicking")]

use std::collections::BTreeMap;
use std::ffi::c_int;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ws2_32::ffi::types::{SOCKET, WSADATA};
use ws2_32::ffi::*;

const THREADS: usize = 8;
const LONGEST: usize = 65536;
const SO_LINGER: i32 = 0x80;
const SO_SNDBUF: i32 = 0x1001;
const SO_RCVBUF: i32 = 0x1002;
const WOULD_BLOCK: i32 = 10035;
const ABORTED: i32 = 10053;
const RESET: i32 = 10054;
/// The bytes of every connection repeat after this many, which divides no size of a buffer.
const PERIOD: u64 = 251;

/// One connection, as both of its ends see it.
struct Connection {
    /// Where it begins in the pattern.
    phase: u64,
    sent: AtomicU64,
    received: AtomicU64,
    vanished: AtomicBool,
}

struct Client {
    socket: SOCKET,
    connection: Arc<Connection>,
}

/// What all threads share.
struct Soak {
    pattern: Vec<u8>,
    listener: SOCKET,
    listener_name: [u8; 16],
    deadline: Instant,
    sends_left: AtomicU64,
    sends: AtomicU64,
    would_block: AtomicU64,
    vanished: AtomicU64,
    senders_done: AtomicU64,
    codes: Mutex<BTreeMap<i32, u64>>,
    /// New clients, on their way to the thread that receives for them.
    new: Vec<Mutex<Vec<Client>>>,
    totals: Mutex<(u64, u64)>,
}

/// A generator of numbers without order (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

impl Soak {
    fn bytes(&self, connection: &Connection, at: u64, len: usize) -> &[u8] {
        let start = usize::try_from((connection.phase + at) % PERIOD).unwrap();
        &self.pattern[start..start + len]
    }

    /// A connection: the socket that sends; the other end goes to the thread that receives.
    fn connect(&self, thread: usize, dice: &mut Dice) -> (SOCKET, Arc<Connection>) {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let alone = ONE_AT_A_TIME.lock().unwrap();
        let client = ws2_socket(2, 1, 0);
        set_option(client, SO_RCVBUF, &16384_i32);
        // SAFETY: a name of 16 bytes; NULL is allowed.
        let server = unsafe {
            assert_eq!(
                ws2_connect(client, self.listener_name.as_ptr().cast(), 16),
                0,
                "{}",
                WSAGetLastError()
            );
            ws2_accept(self.listener, std::ptr::null_mut(), std::ptr::null_mut())
        };
        drop(alone);
        assert_ne!(server, usize::MAX, "accept: {}", WSAGetLastError());
        nonblocking(client);
        // Small, so that senders often meet full buffers.
        set_option(server, SO_SNDBUF, &16384_i32);
        if dice.roll(2) == 0 {
            nonblocking(server);
        }
        let connection = Arc::new(Connection {
            phase: dice.roll(PERIOD),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            vanished: AtomicBool::new(false),
        });
        self.new[thread].lock().unwrap().push(Client { socket: client, connection: Arc::clone(&connection) });
        (server, connection)
    }

    fn send_on_all(&self, thread: usize, connections: usize) {
        let mut dice = Dice(0x9e37_79b9 + thread as u64 * 77);
        let mut all: Vec<_> = (0..connections).map(|_| self.connect(thread, &mut dice)).collect();
        while self.take_one() {
            let which = usize::try_from(dice.roll(connections as u64)).unwrap();
            let limit = [64, 1500, 9000, LONGEST as u64]
                [[0, 0, 0, 0, 1, 1, 2, 3][usize::try_from(dice.roll(8)).unwrap()]];
            let len = usize::try_from(1 + dice.roll(limit)).unwrap();
            let (socket, connection) = &all[which];
            let at = connection.sent.load(Ordering::Relaxed);
            let bytes = self.bytes(connection, at, len);
            // SAFETY: a buffer of that length.
            let sent = unsafe { ws2_send(*socket, bytes.as_ptr().cast(), c_int::try_from(len).unwrap(), 0) };
            if let Ok(sent) = u64::try_from(sent) {
                assert!(sent > 0 && sent <= len as u64, "{sent} of {len}");
                connection.sent.store(at + sent, Ordering::Relaxed);
                self.sends.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            match WSAGetLastError() {
                WOULD_BLOCK => {
                    self.would_block.fetch_add(1, Ordering::Relaxed);
                    self.sends_left.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                }
                code @ (ABORTED | RESET) if connection.vanished.load(Ordering::Acquire) => {
                    *self.codes.lock().unwrap().entry(code).or_default() += 1;
                    assert_eq!(closesocket(*socket), 0);
                    all[which] = self.connect(thread, &mut dice);
                }
                code => panic!("send failed with {code}"),
            }
        }
        for (socket, _) in &all {
            ws2_shutdown(*socket, 1);
        }
        self.senders_done.fetch_add(1, Ordering::Release);
        // Not closed before the client has seen the end.
        for (socket, connection) in all {
            let complete = || {
                connection.vanished.load(Ordering::Acquire)
                    || connection.received.load(Ordering::Acquire) == connection.sent.load(Ordering::Relaxed)
            };
            while !complete() {
                assert!(Instant::now() < self.deadline + Duration::from_secs(60), "bytes are missing");
                thread::sleep(Duration::from_millis(1));
            }
            assert_eq!(closesocket(socket), 0);
        }
    }

    fn take_one(&self) -> bool {
        let counted = |left: u64| left.checked_sub(1);
        Instant::now() < self.deadline
            && self.sends_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, counted).is_ok()
    }

    fn receive_on_all(&self, thread: usize) {
        let mut dice = Dice(0x51_7cc1 + thread as u64 * 99);
        let mut room = vec![0_u8; LONGEST];
        let mut clients: Vec<Client> = Vec::new();
        loop {
            let done = self.senders_done.load(Ordering::Acquire) == THREADS as u64;
            clients.append(&mut self.new[thread].lock().unwrap());
            if clients.is_empty() && done {
                return;
            }
            let mut ready: Vec<_> = clients
                .iter()
                .map(|client| libc::pollfd {
                    fd: c_int::try_from(client.socket).unwrap(),
                    events: libc::POLLIN,
                    revents: 0,
                })
                .collect();
            // SAFETY: an array of that length.
            unsafe { libc::poll(ready.as_mut_ptr(), ready.len() as libc::nfds_t, 1) };
            for at in (0..ready.len()).rev().filter(|&at| ready[at].revents != 0) {
                if !self.receive(&clients[at], &mut room, done, &mut dice) {
                    clients.swap_remove(at);
                }
            }
        }
    }

    /// Receives once, or vanishes; whether there is more to come.
    fn receive(&self, client: &Client, room: &mut [u8], done: bool, dice: &mut Dice) -> bool {
        let connection = &client.connection;
        if !done && dice.roll(2000) == 0 {
            connection.vanished.store(true, Ordering::Release);
            self.vanished.fetch_add(1, Ordering::Relaxed);
            if dice.roll(2) == 0 {
                set_option(client.socket, SO_LINGER, &[1_u16, 0]);
            }
            self.finish(client);
            return false;
        }
        // SAFETY: room of that length.
        let got = unsafe {
            ws2_recv(client.socket, room.as_mut_ptr().cast(), c_int::try_from(room.len()).unwrap(), 0)
        };
        match usize::try_from(got) {
            Ok(0) => {
                self.finish(client);
                false
            }
            Ok(got) => {
                let before = connection.received.load(Ordering::Relaxed);
                assert!(room[..got] == *self.bytes(connection, before, got), "wrong bytes after {before}");
                connection.received.store(before + got as u64, Ordering::Release);
                true
            }
            Err(_) => {
                assert_eq!(WSAGetLastError(), WOULD_BLOCK);
                true
            }
        }
    }

    /// The books of one connection: all that was sent has arrived, unless the client vanished.
    fn finish(&self, client: &Client) {
        assert_eq!(closesocket(client.socket), 0);
        let connection = &client.connection;
        let received = connection.received.load(Ordering::Relaxed);
        if !connection.vanished.load(Ordering::Relaxed) {
            let sent = connection.sent.load(Ordering::Relaxed);
            assert_eq!(received, sent, "bytes received and sent");
            self.totals.lock().unwrap().0 += received;
        } else {
            self.totals.lock().unwrap().1 += received;
        }
    }
}

fn set_option<T>(socket: SOCKET, option: i32, value: &T) {
    let len = c_int::try_from(size_of::<T>()).unwrap();
    // SAFETY: a pointer to a value of that size.
    let done = unsafe { ws2_setsockopt(socket, 0xffff, option, std::ptr::from_ref(value).cast(), len) };
    assert_eq!(done, 0, "{}", WSAGetLastError());
}

fn nonblocking(socket: SOCKET) {
    let mut on = 1;
    // SAFETY: a pointer to a local.
    assert_eq!(unsafe { ioctlsocket(socket, 0x8004_667e_u32.cast_signed(), &raw mut on) }, 0);
}

fn listener() -> (SOCKET, [u8; 16]) {
    let listener = ws2_socket(2, 1, 0);
    let mut name = [2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut len = 16;
    // SAFETY: pointers to locals.
    unsafe {
        assert_eq!(ws2_bind(listener, name.as_ptr().cast(), 16), 0);
        assert_eq!(ws2_listen(listener, 128), 0);
        assert_eq!(ws2_getsockname(listener, name.as_mut_ptr().cast(), &raw mut len), 0);
    }
    (listener, name)
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// The memory that this process has, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn allow_descriptors(wanted: u64) {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: a local.
    unsafe {
        libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit);
        limit.rlim_cur = limit.rlim_max;
        libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit);
    }
    assert!(limit.rlim_max >= wanted, "{wanted} descriptors are needed, {} are allowed", limit.rlim_max);
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().unwrap());
    let connections = usize::try_from(arguments.next().unwrap_or(200)).unwrap();
    let sends = arguments.next().unwrap_or(200_000);
    let seconds = arguments.next().unwrap_or(60);
    allow_descriptors(connections as u64 * 2 + 100);
    let mut data = std::mem::MaybeUninit::<WSADATA>::zeroed();
    // SAFETY: memory of this program.
    assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    let descriptors_before = descriptors();
    let (listener, listener_name) = listener();
    let begun = Instant::now();
    let soak = Soak {
        pattern: (0..LONGEST as u64 + PERIOD).map(|at| u8::try_from(at % PERIOD).unwrap()).collect(),
        listener,
        listener_name,
        deadline: begun + Duration::from_secs(seconds),
        sends_left: AtomicU64::new(sends),
        sends: AtomicU64::new(0),
        would_block: AtomicU64::new(0),
        vanished: AtomicU64::new(0),
        senders_done: AtomicU64::new(0),
        codes: Mutex::default(),
        new: (0..THREADS).map(|_| Mutex::default()).collect(),
        totals: Mutex::default(),
    };
    let (mut early, mut late) = ((0, 0), (0, 0));
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let soak = &soak;
            scope.spawn(move || soak.send_on_all(thread, connections / THREADS));
            scope.spawn(move || soak.receive_on_all(thread));
        }
        // After a tenth, when all is warm, and near the end.
        while soak.senders_done.load(Ordering::Relaxed) == 0 {
            let left = soak.sends_left.load(Ordering::Relaxed);
            if early == (0, 0) && left < sends - sends / 10 {
                early = (descriptors(), resident());
            }
            if left > 0 {
                late = (descriptors(), resident());
            }
            thread::sleep(Duration::from_millis(20));
        }
    });
    let time = begun.elapsed().as_secs_f64();
    assert_eq!(closesocket(listener), 0);
    assert_eq!(WSACleanup(), 0);
    let after = descriptors();
    let (kept, cut) = *soak.totals.lock().unwrap();
    let done = soak.sends.load(Ordering::Relaxed);
    println!("{connections} connections, {THREADS} sending and {THREADS} receiving threads, {time:.1} s");
    println!(
        "{done} sends, {:.0} a second; {} times WSAEWOULDBLOCK",
        done as f64 / time,
        soak.would_block.into_inner()
    );
    println!(
        "{kept} bytes of complete connections, all received; {cut} of connections whose client vanished"
    );
    println!(
        "{} clients vanished; codes: {:?}",
        soak.vanished.into_inner(),
        soak.codes.into_inner().unwrap()
    );
    println!("descriptors: {descriptors_before} before, {} early, {} late, {after} after", early.0, late.0);
    println!("resident memory: {} KiB early, {} KiB late", early.1, late.1);
    assert_eq!(after, descriptors_before, "descriptors are left over");
    assert!(late.1 < early.1 + early.1 / 4 + 8192, "memory grows");
}
