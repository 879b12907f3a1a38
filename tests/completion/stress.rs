//! Many operations, cancels, closes and recycled descriptors at once: each completion comes exactly once, and every byte is
//! accounted for.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::support::process::{alone, here};
use crate::words::*;
use ws2_32::ffi::*;

/// A small generator of numbers, so that a failure can be told apart by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Receives, sends, cancels and closes at random on connections that come and go; each operation that began must end once. Alone: a
/// cancel beside a closing may meet the socket that gets the number.
#[test]
fn each_operation_ends_once() {
    alone(here!("each_operation_ends_once"), operations_at_random);
}

fn operations_at_random() {
    stay_started();
    let rounds = std::env::var("WS2_STRESS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let port = Arc::new(Port::new(0));
    let begun = Arc::new(AtomicUsize::new(0));
    let done = Arc::new(AtomicBool::new(false));
    let takers: Vec<_> = (0..3)
        .map(|_| {
            let (port, begun, done) = (Arc::clone(&port), Arc::clone(&begun), Arc::clone(&done));
            thread::spawn(move || {
                let mut ended: HashMap<usize, u32> = HashMap::new();
                let mut count = 0_usize;
                loop {
                    let got = port.get(50);
                    if got.over == 0 {
                        assert_eq!(got.error, 258);
                        if done.load(Ordering::SeqCst) {
                            return (count, ended);
                        }
                        continue;
                    }
                    count += 1;
                    *ended.entry(got.over).or_default() += 1;
                    assert!(got.good || [995, 1236, 64].contains(&got.error), "{got:?}");
                    let _ = &begun;
                }
            })
        })
        .collect();
    let makers: Vec<_> = (0..3_u64)
        .map(|seed| {
            let (port, begun) = (Arc::clone(&port), Arc::clone(&begun));
            thread::spawn(move || {
                let mut dice = Dice(seed + 1);
                let mut kept = Vec::new();
                let load = vec![b'x'; 100_000];
                for _ in 0..rounds {
                    let (near, far) = both();
                    port.add(near, near);
                    port.add(far, far);
                    for _ in 0..dice.roll(30) {
                        let s = if dice.roll(2) == 0 { near } else { far };
                        let over = Over::new();
                        let mut room = vec![0_u8; 64 + dice.roll(5000)];
                        let result = match dice.roll(8) {
                            0..4 => recv_over(s, &mut room, &over).0,
                            4..7 => send_over(s, &load[..dice.roll(load.len())], &over).0,
                            _ => {
                                ws2_CancelIoEx(handle(s), std::ptr::null_mut());
                                continue;
                            }
                        };
                        match result {
                            Ok(0) | Err(E::WSA_IO_PENDING) => {
                                begun.fetch_add(1, Ordering::SeqCst);
                                kept.push((over, room));
                            }
                            other => panic!("{other:?}"),
                        }
                    }
                    let other = thread::spawn(move || ws2_CancelIoEx(handle(far), std::ptr::null_mut()));
                    close(near).unwrap();
                    close(far).unwrap();
                    other.join().unwrap();
                }
                kept
            })
        })
        .collect();
    let kept: Vec<_> = makers.into_iter().flat_map(|maker| maker.join().unwrap()).collect();
    done.store(true, Ordering::SeqCst);
    let mut total = 0;
    let mut ended: HashMap<usize, u32> = HashMap::new();
    for taker in takers {
        let (count, of_one) = taker.join().unwrap();
        total += count;
        of_one.into_iter().for_each(|(over, times)| *ended.entry(over).or_default() += times);
    }
    assert_eq!(total, begun.load(Ordering::SeqCst));
    for (over, _) in &kept {
        assert_eq!(ended.get(&over.ptr().addr()), Some(&1), "{:?}", over.state());
        assert!(!over.is_pending());
    }
}

/// Receives with cancels against a steady sender: not a byte is lost or comes twice.
#[test]
fn every_byte_is_accounted_for() {
    const BYTES: usize = 2_000_000;
    let (near, peer) = ours().leave();
    let port = Port::of(&[near]);
    let writer = thread::spawn(move || {
        let load: Vec<u8> = (0..BYTES).map(|n| (n % 251) as u8).collect();
        load.chunks(3001).for_each(|chunk| peer.write(chunk));
    });
    let mut dice = Dice(7);
    let mut waiting: std::collections::VecDeque<(Over, Vec<u8>)> = std::collections::VecDeque::new();
    let mut seen = 0_usize;
    let mut cancelled = 0;
    loop {
        while waiting.len() < 8 {
            let over = Over::new();
            let mut room = vec![0; 1 + dice.roll(2000)];
            let begun = recv_over(near, &mut room, &over).0;
            assert!(begun == Ok(0) || begun == Err(E::WSA_IO_PENDING), "{begun:?}");
            waiting.push_back((over, room));
        }
        if dice.roll(4) == 0 {
            let victim = dice.roll(8);
            ws2_CancelIoEx(handle(near), waiting[victim].0.ptr());
        }
        let got = port.next();
        let at = waiting.iter().position(|(over, _)| over.ptr().addr() == got.over).unwrap();
        let (_, room) = waiting.remove(at).unwrap();
        if !got.good {
            assert_eq!((got.error, got.bytes), (995, 0));
            cancelled += 1;
            continue;
        }
        if got.bytes == 0 {
            break;
        }
        for byte in &room[..got.bytes as usize] {
            assert_eq!(*byte, (seen % 251) as u8, "byte {seen}, after {cancelled} cancels");
            seen += 1;
        }
    }
    assert_eq!(seen, BYTES);
    close(near).unwrap();
    while port.get(0).over != 0 {}
    writer.join().unwrap();
}

/// 100,000 operations wait at a time on one socket; closing it ends each once.
#[test]
fn many_waiting_operations() {
    const MANY: usize = 100_000;
    let (near, far) = both();
    let port = Port::of(&[near]);
    let mut room = [0_u8; 4];
    let overs: Vec<_> = (0..MANY).map(|_| Over::new()).collect();
    for over in &overs {
        assert_eq!(recv_over(near, &mut room, over), IO_PENDING);
    }
    close(near).unwrap();
    for over in &overs {
        assert_eq!(port.get(0), failure(1236, 0, near, over.ptr().addr()));
    }
    assert!(port.is_empty());
    close(far).unwrap();
}
