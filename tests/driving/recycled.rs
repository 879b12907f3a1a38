//! Operations, cancels and closes race on descriptors that are used again at once, and the memory of an OVERLAPPED is given
//! back with its packet: no end is lost, none comes twice, and nothing is written to memory that was given back.
//!
//! `WS2_STRESS_SECONDS` says how long; 2 if it is not set.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::words::*;
use ws2_32::ffi::*;

const ROOM: usize = 200;
/// What stands in memory that was given back.
const GIVEN_BACK: u8 = 0xA5;

/// An operation. Its OVERLAPPED comes first: a packet leads to it.
#[repr(C)]
struct Operation {
    over: ws2_32::ffi::types::OVERLAPPED,
    room: [u8; ROOM],
    /// [`FREE`], [`BEGUN`] or [`TOLD`].
    state: AtomicU32,
}

const FREE: u32 = 0;
const BEGUN: u32 = 1;
const TOLD: u32 = 2;

/// Memory for operations. What was given back longest ago is used first.
struct Pool {
    free: Mutex<VecDeque<usize>>,
    begun: AtomicUsize,
    told: AtomicUsize,
}

fn bytes_of(at: *mut Operation) -> &'static mut [u8] {
    // The OVERLAPPED and the room behind it, without the state.
    unsafe { std::slice::from_raw_parts_mut(at.cast(), size_of::<ws2_32::ffi::types::OVERLAPPED>() + ROOM) }
}

impl Pool {
    fn new() -> Self {
        Self { free: Mutex::default(), begun: AtomicUsize::new(0), told: AtomicUsize::new(0) }
    }

    /// Memory that nobody uses. If it was given back, nothing has been written there since.
    fn take(&self) -> *mut Operation {
        let old = {
            let mut free = self.free.lock().unwrap();
            if free.len() > 500 { free.pop_front() } else { None }
        };
        if let Some(address) = old {
            let at: *mut Operation = std::ptr::with_exposed_provenance_mut(address);
            let written = bytes_of(at).iter().position(|byte| *byte != GIVEN_BACK);
            assert_eq!(written, None, "written to after it was given back");
            bytes_of(at).fill(0);
            return at;
        }
        Box::into_raw(Box::new(Operation {
            over: unsafe { std::mem::zeroed() },
            room: [0; ROOM],
            state: AtomicU32::new(FREE),
        }))
    }

    fn give_back(&self, at: *mut Operation) {
        bytes_of(at).fill(GIVEN_BACK);
        unsafe { (*at).state.store(FREE, Ordering::SeqCst) };
        self.free.lock().unwrap().push_back(at.expose_provenance());
    }

    /// Begins a receive, or a send.
    fn begin(&self, s: usize, sends: bool) {
        let at = self.take();
        let (over, room, state) =
            unsafe { (&raw mut (*at).over, (&raw mut (*at).room).cast::<u8>(), &(*at).state) };
        assert_eq!(state.swap(BEGUN, Ordering::SeqCst), FREE);
        self.begun.fetch_add(1, Ordering::SeqCst);
        let bytes = unsafe { std::slice::from_raw_parts_mut(room, ROOM) };
        let result = if sends {
            send_with(s, &mut [buf(bytes)], 0, over, None).0
        } else {
            recv_with(s, &mut [room_of(bytes)], 0, over, None).0
        };
        match result {
            Ok(_) | Err(E::WSA_IO_PENDING) => {}
            // The other side was closed, or this one: no packet comes.
            Err(_) => {
                assert_eq!(state.swap(FREE, Ordering::SeqCst), BEGUN, "refused, and told all the same");
                self.begun.fetch_sub(1, Ordering::SeqCst);
                self.give_back(at);
            }
        }
    }

    /// A packet has come for this OVERLAPPED.
    fn ended(&self, address: usize) {
        let at: *mut Operation = std::ptr::with_exposed_provenance_mut(address);
        let (state, status) = unsafe { (&(*at).state, (&raw const (*at).over.Internal).read_volatile()) };
        assert_ne!(status, PENDING, "told while it is pending");
        assert_eq!(state.swap(TOLD, Ordering::SeqCst), BEGUN, "told twice, or never begun");
        self.told.fetch_add(1, Ordering::SeqCst);
        self.give_back(at);
    }
}

fn room_of(bytes: &mut [u8]) -> ws2_32::ffi::types::message::WSABUF {
    room(bytes)
}

/// Takes packets until all is over and none is left.
fn take_packets(port: &Port, pool: &Pool, over: &AtomicBool) {
    loop {
        let is_over = over.load(Ordering::SeqCst);
        let got = port.get(20);
        if got.over != 0 {
            pool.ended(got.over);
        } else if is_over {
            return;
        }
    }
}

#[test]
fn memory_and_descriptors_are_used_again_at_once() {
    // Another test's socket may have the number that is cancelled on.
    let _alone = crate::alone();
    let seconds = std::env::var("WS2_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    let until = Instant::now() + Duration::from_secs(seconds);
    let (port, pool) = (Arc::new(Port::new(0)), Arc::new(Pool::new()));
    let over = Arc::new(AtomicBool::new(false));
    // A socket that somebody cancels on, or closes, whoever has it by then.
    let target = Arc::new(AtomicUsize::new(0));
    let takers: Vec<_> = (0..3)
        .map(|_| {
            let (port, pool, over) = (Arc::clone(&port), Arc::clone(&pool), Arc::clone(&over));
            thread::spawn(move || take_packets(&port, &pool, &over))
        })
        .collect();
    let canceller = {
        let (over, target) = (Arc::clone(&over), Arc::clone(&target));
        thread::spawn(move || {
            while !over.load(Ordering::SeqCst) {
                let s = target.load(Ordering::SeqCst);
                if s != 0 {
                    ws2_CancelIoEx(handle(s), std::ptr::null_mut());
                }
                thread::yield_now();
            }
        })
    };
    let makers: Vec<_> = (0..2_u64)
        .map(|seed| {
            let (port, pool, target) = (Arc::clone(&port), Arc::clone(&pool), Arc::clone(&target));
            thread::spawn(move || {
                let mut dice = seed + 77;
                let mut roll = |sides: u64| {
                    dice =
                        dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (dice >> 33) % sides
                };
                while Instant::now() < until {
                    let (near, far) = both();
                    port.add(near, near);
                    port.add(far, far);
                    target.store(if roll(2) == 0 { near } else { far }, Ordering::SeqCst);
                    for _ in 0..roll(20) {
                        let s = if roll(2) == 0 { near } else { far };
                        pool.begin(s, roll(3) == 0);
                    }
                    if roll(2) == 0 {
                        // Another thread closes one end while this one begins operations on it.
                        let closer = thread::spawn(move || close(far).unwrap());
                        for _ in 0..4 {
                            pool.begin(near, roll(3) == 0);
                        }
                        closer.join().unwrap();
                    } else {
                        close(far).unwrap();
                    }
                    close(near).unwrap();
                }
            })
        })
        .collect();
    makers.into_iter().for_each(|maker| maker.join().unwrap());
    over.store(true, Ordering::SeqCst);
    takers.into_iter().for_each(|taker| taker.join().unwrap());
    canceller.join().unwrap();
    assert!(port.is_empty());
    let (begun, told) = (pool.begun.load(Ordering::SeqCst), pool.told.load(Ordering::SeqCst));
    assert_eq!(begun, told, "an end is lost");
    eprintln!("{told} operations");
    let free = std::mem::take(&mut *pool.free.lock().unwrap());
    for address in free {
        let at: *mut Operation = std::ptr::with_exposed_provenance_mut(address);
        assert!(bytes_of(at).iter().all(|byte| *byte == GIVEN_BACK), "written to after it was given back");
        drop(unsafe { Box::from_raw(at) });
    }
}
