//! Registrations of `ProcessSocketNotifications` that are none, that end while others begin, and in a child of `fork`. Rows SN4, SN7,
//! SN8.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::notices::{
    DISABLE, EDGE, ENABLE, IN, LEVEL, REMOVE, REMOVED, register, registration, told, watch,
};
use crate::starts::readable;
use crate::support::process::{alone, here, succeeded};
use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

const NOT_FOUND: u32 = 1168;

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// SN8: asking for the end of what is not there begins nothing, not even the thread that listens.
#[test]
fn sn8_nothing_to_end() {
    alone(here!("sn8_nothing_to_end"), || {
        let (near, far) = both();
        let port = Port::new(0);
        let before = threads();
        for operation in [DISABLE, REMOVE] {
            assert_eq!(register(&port, near, IN, operation, 0), NOT_FOUND);
        }
        assert_eq!(threads(), before);
        watch(&port, near, IN, LEVEL);
        assert_eq!(threads(), before + 1, "now it listens");
        let other = Port::new(0);
        for operation in [DISABLE, REMOVE] {
            assert_eq!(register(&other, near, IN, operation, 0), NOT_FOUND, "it is at another port");
        }
        assert_eq!(send(far, b"x", 0), Ok(1));
        assert_eq!(port.next(), told(near, 1));
        shut_all([near, far]);
    });
}

/// SN7: what a registration has to tell comes before its last packet, and what the next one has, behind.
#[test]
fn sn7_one_behind_the_other() {
    const ROUNDS: usize = 3000;
    let (near, far) = both();
    let port = Port::new(0);
    assert_eq!(send(far, b"x", 0), Ok(1));
    wait_until("it has come", || readable(near));
    let is_over = AtomicBool::new(false);
    let (mut ended, mut events) = (0, 0);
    let removed = thread::scope(|scope| {
        scope.spawn(|| {
            for round in 1..=ROUNDS {
                assert_eq!(change(&port, near, round, ENABLE), 0);
            }
            is_over.store(true, Ordering::Release);
        });
        let remover = scope.spawn(|| {
            let mut count = 0;
            while !is_over.load(Ordering::Acquire) {
                count += usize::from(change(&port, near, 0, REMOVE) == 0);
            }
            count
        });
        let mut ended_key = 0;
        loop {
            let was_over = remover.is_finished();
            match port.get(0) {
                NOTHING if was_over => break,
                NOTHING => {}
                got => {
                    assert!(got.key > ended_key, "{} behind the end of {ended_key}", got.key);
                    if got.bytes == REMOVED {
                        (ended_key, ended) = (got.key, ended + 1);
                    } else {
                        assert_eq!(got.bytes, 1);
                        events += 1;
                    }
                }
            }
            if was_over && events > 0 && change(&port, near, 0, REMOVE) == 0 {
                ended -= 1;
            }
        }
        remover.join().unwrap()
    });
    assert_eq!(ended, removed, "each has a last packet");
    assert!(events > 0 && removed > 0);
    shut_all([near, far]);
}

/// Does something with a socket's registration; the registration's result.
fn change(port: &Port, s: SOCKET, key: usize, operation: u8) -> u32 {
    let mut one = registration(s, key, IN, operation, LEVEL);
    process(port, &mut one);
    one.registrationResult
}

fn process(port: &Port, one: &mut SOCK_NOTIFY_REGISTRATION) {
    let got = unsafe { ProcessSocketNotifications(port.0, 1, one, 0, 0, null_mut(), null_mut()) };
    assert_eq!(got, 0);
}

/// Runs something in a child; whether it ended well.
fn in_child(body: impl FnOnce() -> bool) -> bool {
    let child = unsafe { libc::fork() };
    if child == 0 {
        unsafe {
            libc::alarm(20);
            libc::_exit(i32::from(!body()));
        }
    }
    succeeded(child)
}

/// The next packet of `ProcessSocketNotifications`.
fn next_by_notifications(port: &Port) -> (usize, u32) {
    let mut entry: OVERLAPPED_ENTRY = unsafe { std::mem::zeroed() };
    let mut count = 0;
    let place = &raw mut entry;
    let got = unsafe { ProcessSocketNotifications(port.0, 0, null_mut(), LONG, 1, place, &raw mut count) };
    assert_eq!((got, count), (0, 1));
    (entry.lpCompletionKey, entry.dwNumberOfBytesTransferred)
}

/// Takes the next packet: its key and number of bytes.
type Next = fn(&Port) -> (usize, u32);

/// SN4, SN7: a child has the registrations; whatever waits for packets has it listen.
#[test]
fn sn4_in_a_child() {
    alone(here!("sn4_in_a_child"), || {
        let next: [Next; 3] = [
            |port| {
                let got = port.next();
                (got.key, got.bytes)
            },
            |port| {
                let (.., entries, _) = port.several(1, LONG, false);
                (entries[0].0, entries[0].3)
            },
            next_by_notifications,
        ];
        for (flags, next) in [LEVEL, EDGE].into_iter().flat_map(|flags| next.map(|next| (flags, next))) {
            let (near, far) = both();
            let port = Port::new(0);
            watch(&port, near, IN, flags);
            assert!(in_child(|| {
                assert_eq!(send(far, b"abc", 0), Ok(3));
                let told = (near + 1000, 1);
                assert_eq!(next(&port), told);
                assert_eq!(recv(near, &mut [0; 8], 0), Ok(3));
                assert_eq!(send(far, b"abc", 0), Ok(3));
                assert_eq!(next(&port), told);
                assert_eq!(register(&port, near, 0, REMOVE, 0), 0);
                next(&port) == (near + 1000, REMOVED)
            }));
            shut_all([near, far]);
        }
    });
}
