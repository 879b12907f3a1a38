//! A soak of overlapped calls: many connections on one completion port, threads that serve it, bytes that are checked, and
//! connections that vanish with a receive under way and are made anew.
//!
//! `overlapped_soak [CONNECTIONS [OPERATIONS [SECONDS]]]`; 200, 200000 and 60 if left out. The long run is
//! `cargo run --release --example overlapped_soak -- 2000 10000000 3600`. It fails if a byte is wrong, an operation ends
//! otherwise than it must, or memory or descriptors grow.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::undocumented_unsafe_blocks,
    reason = "it fails by panicking; buffers and out pointers of its own"
)]

use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{OVERLAPPED, SOCKET, WSADATA};
use ws2_32::ffi::*;

const THREADS: usize = 4;
const ROOM: usize = 4096;
const CLOSED: u32 = 1236;
const NETNAME_DELETED: u32 = 64;

/// One end of a connection. It has one operation at a time, so whoever has its packet has it for itself.
#[repr(C)]
struct End {
    over: OVERLAPPED,
    socket: SOCKET,
    is_client: bool,
    /// It sends; else it receives.
    sends: bool,
    /// A client that has closed its socket with a receive under way.
    vanishes: bool,
    /// Of what a client has sent: how many bytes have not come back yet.
    missing: usize,
    /// The number of the next byte that a client sends, and of the next that it gets.
    out: u64,
    back: u64,
    dice: u64,
    room: [u8; ROOM],
}

struct Soak {
    port: usize,
    listener: Mutex<(SOCKET, [u8; 16])>,
    left: AtomicU64,
    done: AtomicU64,
    vanished: AtomicU64,
    ends: AtomicU64,
    over: AtomicBool,
}

const fn byte(number: u64) -> u8 {
    (number % 251) as u8
}

fn handle(value: usize) -> *mut std::ffi::c_void {
    std::ptr::with_exposed_provenance_mut(value)
}

impl End {
    fn roll(&mut self, sides: u64) -> u64 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) % sides
    }

    /// Begins to send so many bytes of its room, or, for 0, to receive. `false`: the connection is gone.
    fn begin(&mut self, length: usize) -> bool {
        self.sends = length > 0;
        let length = if self.sends { length } else { ROOM };
        let mut buffer = WSABUF { len: length as u32, buf: self.room.as_mut_ptr().cast() };
        let mut flags = 0;
        self.over.hEvent = null_mut();
        let over = &raw mut self.over;
        let begun = unsafe {
            if self.sends {
                WSASend(self.socket, &raw mut buffer, 1, null_mut(), 0, over, None)
            } else {
                WSARecv(self.socket, &raw mut buffer, 1, null_mut(), &raw mut flags, over, None)
            }
        };
        begun == 0 || WSAGetLastError() == 997
    }
}

impl Soak {
    fn add(&self, socket: SOCKET, is_client: bool, dice: u64) -> *mut End {
        assert_eq!(ws2_CreateIoCompletionPort(handle(socket), handle(self.port), 0, 0).addr(), self.port);
        self.ends.fetch_add(1, Ordering::SeqCst);
        Box::into_raw(Box::new(End {
            over: unsafe { std::mem::zeroed() },
            socket,
            is_client,
            sends: false,
            vanishes: false,
            missing: 0,
            out: dice % 251,
            back: dice % 251,
            dice,
            room: [0; ROOM],
        }))
    }

    /// A new connection, whose client begins.
    fn connect(&self, dice: u64) {
        let (client, server) = {
            let listener = self.listener.lock().unwrap();
            let client = ws2_socket(2, 1, 0);
            assert_eq!(unsafe { ws2_connect(client, listener.1.as_ptr().cast(), 16) }, 0);
            (client, unsafe { ws2_accept(listener.0, null_mut(), null_mut()) })
        };
        let server = self.add(server, false, dice);
        let client = self.add(client, true, dice);
        unsafe {
            assert!((*server).begin(0));
            self.client_goes_on(client);
        }
    }

    unsafe fn end(&self, end: *mut End) {
        closesocket(unsafe { (*end).socket });
        drop(unsafe { Box::from_raw(end) });
        self.ends.fetch_sub(1, Ordering::SeqCst);
    }

    /// All bytes have come back: a client sends again, vanishes, or ends.
    unsafe fn client_goes_on(&self, at: *mut End) {
        let end = unsafe { &mut *at };
        if self.over.load(Ordering::SeqCst) {
            return unsafe { self.end(at) };
        }
        if end.roll(2000) == 0 {
            end.vanishes = true;
            let socket = end.socket;
            assert!(end.begin(0));
            // From here on the memory may be gone: its packet comes with the closing.
            closesocket(socket);
            return;
        }
        let length = 1 + end.roll(ROOM as u64) as usize;
        for at in 0..length {
            end.room[at] = byte(end.out);
            end.out += 1;
        }
        end.missing = length;
        assert!(end.begin(length));
    }

    unsafe fn ended(&self, at: *mut End, error: u32, bytes: usize) {
        let end = unsafe { &mut *at };
        self.done.fetch_add(1, Ordering::Relaxed);
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.over.store(true, Ordering::SeqCst);
        }
        if end.vanishes {
            assert_eq!((error, bytes), (CLOSED, 0), "closing with a receive under way");
            let dice = end.dice;
            drop(unsafe { Box::from_raw(at) });
            self.ends.fetch_sub(1, Ordering::SeqCst);
            self.vanished.fetch_add(1, Ordering::Relaxed);
            if !self.over.load(Ordering::SeqCst) {
                self.connect(dice);
            }
            return;
        }
        match (end.is_client, end.sends) {
            (true, true) => {
                assert_eq!((error, bytes), (0, end.missing), "a client's send");
                assert!(end.begin(0));
            }
            (true, false) => {
                assert!(error == 0 && bytes > 0, "a client's receive: {error}, {bytes}");
                for at in 0..bytes {
                    assert_eq!(end.room[at], byte(end.back), "byte {}", end.back);
                    end.back += 1;
                }
                end.missing -= bytes;
                if end.missing > 0 {
                    assert!(end.begin(0));
                } else {
                    unsafe { self.client_goes_on(at) };
                }
            }
            (false, sends) => {
                assert!(error == 0 || error == NETNAME_DELETED, "a server's operation: {error}");
                let next = if sends { 0 } else { bytes };
                if error != 0 || bytes == 0 || !end.begin(next) {
                    unsafe { self.end(at) };
                }
            }
        }
    }

    fn serve(&self) {
        loop {
            let (mut bytes, mut key, mut over) = (0, 0, null_mut());
            let good = unsafe {
                ws2_GetQueuedCompletionStatus(
                    handle(self.port),
                    &raw mut bytes,
                    &raw mut key,
                    &raw mut over,
                    100,
                )
            };
            let error = if good == 1 { 0 } else { ws2_GetLastError() };
            if over.is_null() {
                assert_eq!(error, 258);
                if self.over.load(Ordering::SeqCst) && self.ends.load(Ordering::SeqCst) == 0 {
                    return;
                }
                continue;
            }
            unsafe { self.ended(over.cast(), error, bytes as usize) };
        }
    }
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// In KiB.
fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn main() {
    // One heap for all threads: what one thread frees, another takes, so memory that grows is not glibc's arenas.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
    let number = |at| std::env::args().nth(at).and_then(|number| number.parse::<u64>().ok());
    let connections = number(1).unwrap_or(200);
    let operations = number(2).unwrap_or(200_000);
    let seconds = number(3).unwrap_or(60);
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    assert_eq!(unsafe { WSAStartup(0x0202, &raw mut data) }, 0);
    let before = descriptors();
    let listener = ws2_socket(2, 1, 0);
    let mut name = [0_u8; 16];
    (name[0], name[4], name[7]) = (2, 127, 1);
    let mut len = 16;
    unsafe {
        assert_eq!(ws2_bind(listener, name.as_ptr().cast(), 16), 0);
        assert_eq!(ws2_listen(listener, 128), 0);
        assert_eq!(ws2_getsockname(listener, name.as_mut_ptr().cast(), &raw mut len), 0);
    }
    let port = ws2_CreateIoCompletionPort(handle(usize::MAX), null_mut(), 0, 0).expose_provenance();
    let soak = Soak {
        port,
        listener: Mutex::new((listener, name)),
        left: AtomicU64::new(operations),
        done: AtomicU64::new(0),
        vanished: AtomicU64::new(0),
        ends: AtomicU64::new(0),
        over: AtomicBool::new(false),
    };
    let start = Instant::now();
    let early = thread::scope(|scope| {
        (0..THREADS).for_each(|_| drop(scope.spawn(|| soak.serve())));
        (0..connections).for_each(|number| soak.connect(number * 977 + 1));
        let mut early = None;
        while soak.ends.load(Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_millis(100));
            if early.is_none() && soak.done.load(Ordering::Relaxed) > operations / 10 {
                early = Some((descriptors(), memory()));
                println!("early: {early:?} after {} operations", soak.done.load(Ordering::Relaxed));
            }
            if soak.left.load(Ordering::Relaxed) > operations / 20 || soak.over.load(Ordering::SeqCst) {
                if start.elapsed() > Duration::from_secs(seconds) {
                    soak.over.store(true, Ordering::SeqCst);
                }
            } else if let Some(early) = early {
                let late = (descriptors(), memory());
                println!("late: {late:?} after {} operations", soak.done.load(Ordering::Relaxed));
                assert!(late.0 <= early.0 + 8, "descriptors grow: {early:?}, {late:?}");
                assert!(late.1 < early.1 + early.1 / 5 + 2048, "memory grows: {early:?}, {late:?}");
                break;
            }
        }
        early
    });
    ws2_CloseHandle(handle(port));
    closesocket(listener);
    assert_eq!(WSACleanup(), 0);
    let (done, vanished) = (soak.done.into_inner(), soak.vanished.into_inner());
    println!(
        "{done} operations in {:.0} s, {vanished} connections vanished; descriptors {before} before, {} after; early {early:?}; {} KiB at the end",
        start.elapsed().as_secs_f64(),
        descriptors(),
        memory()
    );
    assert_eq!(descriptors(), before);
}
