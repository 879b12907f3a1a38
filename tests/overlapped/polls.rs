//! Polls of the device of Windows' driver (PL): ends of every kind in a build that checks the order of locks, many threads at a time, and
//! `fork`. What holds of a socket in which state is a table in `tests/porting/programs/device.c`.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};

use ws2_32::ffi::kernel::types::LARGE_INTEGER;
use ws2_32::ffi::*;

use crate::support::calls::*;
use crate::support::device::{
    self, CANCELLED, LOCAL_CLOSE, NEVER, PENDING, Poll, RECEIVE, SEND, SUCCESS, TIMED_OUT,
};
use crate::support::process::{alone, here};

/// PL3, PL4, PL14, PL16, NT3.
#[test]
fn ends_of_polls() {
    stay_started();
    let device = device::open().unwrap();
    let (near, far) = tcp_pair();
    let mut poll = Poll::new();
    assert_eq!(poll.begin(device, near, SEND | RECEIVE, NEVER), SUCCESS);
    assert_eq!(poll.outcome(), (SUCCESS, SEND));
    assert_eq!(poll.begin(device, near, RECEIVE, 0), SUCCESS);
    assert_eq!(poll.outcome(), (SUCCESS, 0));
    assert_eq!(poll.begin(device, near, RECEIVE, NEVER), PENDING);
    assert_eq!(send(far, b"x", 0), Ok(1));
    assert_eq!(poll.ended(), (SUCCESS, RECEIVE));
    take(near).unwrap();
    assert_eq!(poll.begin(device, near, RECEIVE, -10_000), PENDING);
    assert_eq!(poll.ended(), (TIMED_OUT, 0));
    assert_eq!(poll.begin(device, near, RECEIVE, NEVER), PENDING);
    assert_eq!((poll.cancel(device), poll.outcome()), (SUCCESS, (CANCELLED, 0)));
    assert_eq!(poll.cancel(device), 0xC000_0225);
    let mut other = Poll::new();
    assert_eq!(poll.begin(device, near, RECEIVE, NEVER), PENDING);
    assert_eq!(other.begin(device, far, RECEIVE, NEVER), PENDING);
    close(near).unwrap();
    assert_eq!(poll.outcome(), (SUCCESS, LOCAL_CLOSE));
    // The peer's end is no data.
    assert_eq!(other.outcome().0, PENDING);
    assert_eq!(ws2_NtClose(device), 0);
    assert_eq!(other.outcome(), (CANCELLED, 0));
    close(far).unwrap();
}

/// KY2: a release and a wait meet, as often as they come.
#[test]
fn ky2_keyed_events_among_threads() {
    stay_started();
    let mut event = null_mut();
    assert_eq!(unsafe { ws2_NtCreateKeyedEvent(&raw mut event, 0xF_0003, null_mut(), 0) }, 0);
    let handle = event.addr();
    let threads: Vec<_> = (0..8_usize)
        .map(|at| {
            std::thread::spawn(move || {
                let (event, key) = (std::ptr::without_provenance_mut(handle), at / 4 * 2);
                for _ in 0..500 {
                    let key = std::ptr::without_provenance_mut(key);
                    let met = unsafe {
                        if at % 2 == 0 {
                            ws2_NtWaitForKeyedEvent(event, key, 0, null_mut())
                        } else {
                            ws2_NtReleaseKeyedEvent(event, key, 0, null_mut())
                        }
                    };
                    assert_eq!(met, 0);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let mut now = LARGE_INTEGER { QuadPart: 0 };
    let left = unsafe { ws2_NtReleaseKeyedEvent(event, null_mut(), 0, &raw mut now) };
    assert_eq!(left, 0x102, "nobody is left");
    assert_eq!(ws2_NtClose(event), 0);
}

/// Polls begin, end by data, by a closing and by cancelling, on several threads at a time; the memory of each is given back at once,
/// and each ends once.
#[test]
fn polls_and_closings_at_once() {
    alone(here!("polls_and_closings_at_once"), || {
        start();
        let device = device::open().unwrap().addr();
        let handle = move || std::ptr::without_provenance_mut(device);
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3)
                .map(|kind| {
                    scope.spawn(move || {
                        for round in 0..300 {
                            let (near, far) = tcp_pair();
                            let mut polls = [Poll::new(), Poll::new()];
                            for poll in &mut polls {
                                assert_eq!(poll.begin(handle(), near, RECEIVE, NEVER), PENDING);
                            }
                            let sender = std::thread::spawn(move || {
                                let _ = send(far, b"x", 0);
                                far
                            });
                            match (kind, round % 2) {
                                (0, _) => drop(close(near).unwrap()),
                                (1, 0) => drop(polls[0].cancel(handle())),
                                _ => {}
                            }
                            for poll in &polls {
                                let (status, events) = poll.ended();
                                let allowed: &[_] = match kind {
                                    0 => &[(SUCCESS, RECEIVE), (SUCCESS, LOCAL_CLOSE)],
                                    1 => &[(SUCCESS, RECEIVE), (CANCELLED, 0)],
                                    _ => &[(SUCCESS, RECEIVE)],
                                };
                                assert!(
                                    allowed.contains(&(status, events)),
                                    "{kind}: {status:#x} {events:#x}"
                                );
                            }
                            let far = sender.join().unwrap();
                            drop(polls);
                            close_all(if kind == 0 { vec![far] } else { vec![near, far] });
                        }
                    })
                })
                .collect();
            // Another one waits for one socket all the time, whose polls end by their time.
            let watcher = scope.spawn(|| {
                let (near, far) = tcp_pair();
                while !over.load(Ordering::Relaxed) {
                    let mut poll = Poll::new();
                    assert_eq!(poll.begin(handle(), near, RECEIVE, -1000), PENDING);
                    assert_eq!(poll.ended(), (TIMED_OUT, 0));
                }
                close_all([near, far]);
            });
            threads.into_iter().for_each(|thread| thread.join().unwrap());
            over.store(true, Ordering::Relaxed);
            watcher.join().unwrap();
        });
        assert_eq!(ws2_NtClose(handle()), 0);
    });
}

/// A child of `fork` has the device's handle and none of the polls.
#[test]
fn fork_leaves_polls_behind() {
    alone(here!("fork_leaves_polls_behind"), || {
        start();
        let device = device::open().unwrap();
        let (near, far) = tcp_pair();
        let mut poll = Poll::new();
        assert_eq!(poll.begin(device, near, RECEIVE, NEVER), PENDING);
        let child = unsafe { libc::fork() };
        if child == 0 {
            let mut own = Poll::new();
            let good = poll.cancel(device) == 0xC000_0225
                && own.begin(device, near, RECEIVE, NEVER) == PENDING
                && own.cancel(device) == SUCCESS
                && own.outcome() == (CANCELLED, 0)
                && own.begin(device, near, RECEIVE, NEVER) == PENDING
                && ws2_NtClose(device) == 0
                && own.outcome() == (CANCELLED, 0)
                && poll.outcome().0 == PENDING;
            unsafe { libc::_exit(i32::from(!good)) };
        }
        let mut status = -1;
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0);
        assert_eq!(poll.outcome().0, PENDING);
        assert_eq!(send(far, b"x", 0), Ok(1));
        assert_eq!(poll.ended(), (SUCCESS, RECEIVE));
        close_all([near, far]);
        assert_eq!(ws2_NtClose(device), 0);
    });
}
