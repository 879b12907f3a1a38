//! Threads that wait for packets listen to sockets meanwhile. Each of these tests has the process for itself, so that it
//! is known which thread listens: the one that waits alone. What such a thread is woken by must wake it there, too; and what
//! comes for others must reach them, wherever it is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    dead_code,
    reason = "a test fails by panicking; small numbers; words of other tests"
)]
#![allow(clippy::undocumented_unsafe_blocks, reason = "addresses and buffers of the tests themselves")]

mod recycled;
#[path = "../support/mod.rs"]
mod support;
#[path = "../completion/words.rs"]
mod words;

use std::sync::{Arc, Mutex, MutexGuard, mpsc};
use std::thread;

use words::*;
use ws2_32::ffi::*;

static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    let guard = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    stay_started();
    guard
}

/// A thread that waits for packets, alone and for a while already: it listens.
struct Listening {
    port: Arc<Port>,
    near: usize,
    far: usize,
    got: mpsc::Receiver<Got>,
    thread: thread::JoinHandle<()>,
    number: u32,
}

impl Listening {
    /// It waits so long for each of so many packets.
    fn start(packets: usize, milliseconds: u32) -> Self {
        let (near, far) = both();
        let port = Arc::new(Port::of(&[near]));
        let (tell, got) = mpsc::channel();
        let (say, number) = mpsc::channel();
        let of_thread = Arc::clone(&port);
        let thread = thread::spawn(move || {
            say.send(ws2_GetCurrentThreadId()).unwrap();
            // The first is by the stand-in; then the thread is back, and listens.
            (0..=packets).for_each(|_| tell.send(of_thread.get(milliseconds)).unwrap());
        });
        let this = Self { port, near, far, got, thread, number: number.recv().unwrap() };
        let (over, mut room) = (Over::new(), [0; 4]);
        assert_eq!(recv_over(this.near, &mut room, &over), IO_PENDING);
        this.sleeps();
        assert_eq!(send(this.far, b"1", 0), Ok(1));
        assert_eq!(this.next(), success(1, this.near, over.ptr().addr()));
        this.sleeps();
        this
    }

    fn next(&self) -> Got {
        self.got.recv_timeout(std::time::Duration::from_secs(60)).unwrap()
    }

    /// Waits until the thread sleeps.
    fn sleeps(&self) {
        wait_until("the thread waits", || {
            let text =
                std::fs::read_to_string(format!("/proc/self/task/{}/stat", self.number)).unwrap_or_default();
            text.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('S'))
        });
    }

    fn end(self) {
        self.thread.join().unwrap();
        close(self.near).unwrap();
        close(self.far).unwrap();
    }
}

/// What comes for the thread itself, again and again.
#[test]
fn it_gets_its_own_packets() {
    let _alone = alone();
    const MANY: usize = 300;
    let one = Listening::start(MANY, LONG);
    for _ in 0..MANY {
        let (over, mut room) = (Over::new(), [0; 4]);
        let begun = recv_over(one.near, &mut room, &over);
        assert_eq!(begun, IO_PENDING);
        assert_eq!(send(one.far, b"ab", 0), Ok(2));
        assert_eq!(one.next(), success(2, one.near, over.ptr().addr()));
        assert_eq!(&room[..2], b"ab");
    }
    one.end();
}

/// CP16, CP9: a packet of the program's, and the port's closing.
#[test]
fn it_is_woken_by_posts_and_by_the_closing() {
    let _alone = alone();
    let one = Listening::start(2, LONG);
    one.port.post(5, 6, 7);
    assert_eq!(one.next(), success(5, 6, 7));
    one.sleeps();
    assert_eq!(ws2_CloseHandle(one.port.0), 1);
    assert_eq!(one.next().error, 735);
    one.end();
}

#[test]
fn its_time_runs_out() {
    let _alone = alone();
    let one = Listening::start(1, 1500);
    assert_eq!((one.next().error, one.port.get(0).error), (258, 258));
    one.end();
}

/// Events, routines and ports of others, while only this thread listens.
#[test]
fn others_are_told_by_it() {
    let _alone = alone();
    let one = Listening::start(1, LONG);
    // An event of an operation.
    let (near, far) = both();
    let set = event(true, false);
    let (over, mut room) = (Over::with(set), [0; 4]);
    assert_eq!(recv_over(near, &mut room, &over), IO_PENDING);
    assert_eq!(send(far, b"x", 0), Ok(1));
    wait_for(set);
    assert_eq!(over.state(), (0, 1));
    // A selected event.
    let selected = event(true, false);
    assert_eq!(WSAEventSelect(near, selected, 1), 0);
    assert_eq!(send(far, b"y", 0), Ok(1));
    wait_for(selected);
    // A port at which a second thread waits: that one does not get the role.
    let (third, fourth) = both();
    let other = Arc::new(Port::of(&[third]));
    let over = Over::new();
    assert_eq!(recv_over(third, &mut room, &over), IO_PENDING);
    let waits = {
        let other = Arc::clone(&other);
        thread::spawn(move || other.next())
    };
    thread::sleep(std::time::Duration::from_millis(u64::from(A_MOMENT)));
    assert_eq!(send(fourth, b"z", 0), Ok(1));
    assert_eq!(waits.join().unwrap(), success(1, third, over.ptr().addr()));
    one.port.post(0, 0, 1);
    one.next();
    shut_all([near, far, third, fourth]);
    [set, selected].into_iter().for_each(close_handle);
    one.end();
}

/// Threads that are busy with their packets never wait, and what comes for them is none of the stand-in's; what comes for others is.
#[test]
fn busy_threads_hold_nobody_up() {
    let _alone = alone();
    let (near, far) = both();
    let port = Port::of(&[near]);
    let (other, peer) = both();
    let set = event(false, false);
    let (mut room, mut others) = ([0; 4], [0; 4]);
    for round in 0..300 {
        // Data that is here already when the operation begins: the stand-in is told of it for nothing.
        assert_eq!(send(far, b"busy", 0), Ok(4));
        wait_until("it has come", || support::calls::events(support::calls::fd(near), libc::POLLIN) != 0);
        let over = Over::new();
        assert_eq!(recv_over(near, &mut room, &over), (Ok(0), 4));
        assert_eq!(port.next(), success(4, near, over.ptr().addr()));
        if round % 10 == 9 {
            let over = Over::with(set);
            assert_eq!(recv_over(other, &mut others, &over), IO_PENDING);
            assert_eq!(send(peer, b"else", 0), Ok(4));
            wait_for(set);
            assert_eq!((over.state(), &others), ((0, 4), b"else"));
        }
    }
    // And its own, once it does not look any more.
    let over = Over::new();
    assert_eq!(recv_over(near, &mut room, &over), IO_PENDING);
    assert_eq!(send(far, b"last", 0), Ok(4));
    wait_until("it is over", || over.state() == (0, 4));
    assert_eq!(port.next(), success(4, near, over.ptr().addr()));
    shut_all([near, far, other, peer]);
    close_handle(set);
}

/// It goes away with its packet, and works: the stand-in listens for those who wait otherwise.
#[test]
fn a_thread_that_stays_away_holds_up_nobody() {
    let _alone = alone();
    for _ in 0..20 {
        let one = Listening::start(1, LONG);
        let (near, far) = both();
        let set = event(true, false);
        let (over, mut room) = (Over::with(set), [0; 4]);
        assert_eq!(recv_over(near, &mut room, &over), IO_PENDING);
        one.port.post(0, 0, 1);
        one.next();
        // Its thread has ended, without having asked again.
        one.end();
        assert_eq!(send(far, b"x", 0), Ok(1));
        wait_for(set);
        close(near).unwrap();
        close(far).unwrap();
        close_handle(set);
    }
}

/// Several threads, each with its port: whoever listens serves all.
#[test]
fn many_threads_at_many_ports() {
    let _alone = alone();
    let pairs: Vec<_> = (0..4).map(|_| both()).collect();
    let threads: Vec<_> = pairs
        .iter()
        .map(|&(near, _)| {
            thread::spawn(move || {
                let port = Port::of(&[near]);
                let mut seen = 0_usize;
                loop {
                    let (over, mut room) = (Over::new(), [0; 3]);
                    let begun = recv_over(near, &mut room, &over).0;
                    assert!(begun == Ok(0) || begun == Err(E::WSA_IO_PENDING), "{begun:?}");
                    let got = port.next();
                    assert_eq!((got.good, got.over), (true, over.ptr().addr()));
                    if got.bytes == 0 {
                        return seen;
                    }
                    seen += got.bytes as usize;
                }
            })
        })
        .collect();
    for number in 0..400 {
        for (_, far) in &pairs {
            assert_eq!(send(*far, b"abcd", 0), Ok(4));
        }
        if number % 40 == 0 {
            thread::sleep(std::time::Duration::from_millis(3));
        }
    }
    pairs.iter().for_each(|(_, far)| assert_eq!(shutdown(*far, 1), Ok(0)));
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 1600);
    }
    pairs.into_iter().for_each(|(near, far)| shut_all([near, far]));
}

/// AL1: a routine for a thread that listens in an alertable wait.
#[test]
fn routines_reach_it() {
    let _alone = alone();
    let (near, far) = both();
    let port = Arc::new(Port::of(&[near]));
    let (tell, told) = mpsc::channel();
    let of_thread = Arc::clone(&port);
    let waits = thread::spawn(move || {
        let mut entries = Vec::new();
        tell.send(ws2_GetCurrentThreadId()).unwrap();
        for _ in 0..2 {
            entries.push(of_thread.several(4, LONG, true).1);
        }
        entries
    });
    let number = told.recv().unwrap();
    let sleeps = || {
        wait_until("the thread waits", || {
            let text = std::fs::read_to_string(format!("/proc/self/task/{number}/stat")).unwrap_or_default();
            text.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('S'))
        });
    };
    sleeps();
    let (over, mut room) = (Over::new(), [0; 4]);
    assert_eq!(recv_over(near, &mut room, &over), IO_PENDING);
    assert_eq!(send(far, b"1", 0), Ok(1));
    wait_until("the packet is taken", || !over.is_pending());
    sleeps();
    let thread = ws2_OpenThread(0x1F_FFFF, 0, number);
    let count = Box::into_raw(Box::new(0_u32));
    assert_eq!(unsafe { ws2_QueueUserAPC(Some(routine_of), thread, count.expose_provenance()) }, 1);
    assert_eq!(waits.join().unwrap(), [UNTOUCHED, 192]);
    assert_eq!(unsafe { *count }, 1);
    close_handle(thread);
    close(near).unwrap();
    close(far).unwrap();
}

unsafe extern "C" fn routine_of(count: usize) {
    let at: *mut u32 = std::ptr::with_exposed_provenance_mut(count);
    unsafe { *at += 1 };
}

/// WSACleanup has the thread let go of what it listens to; it goes on waiting, and a post still reaches it.
#[test]
fn the_library_comes_to_rest_under_it() {
    let _alone = alone();
    for _ in 0..5 {
        let one = Listening::start(1, LONG);
        while WSACleanup() == 0 {}
        one.port.post(1, 2, 3);
        assert_eq!(one.next(), success(1, 2, 3));
        one.thread.join().unwrap();
        assert_eq!(support::calls::start_version(0x0202), 0);
    }
    let again = Listening::start(1, LONG);
    again.port.post(1, 2, 3);
    again.next();
    again.end();
}

/// `fork` while a thread listens: both sides go on.
#[test]
fn fork_while_it_listens() {
    let _alone = alone();
    let one = Listening::start(2, LONG);
    let child = unsafe { libc::fork() };
    if child == 0 {
        let good = std::panic::catch_unwind(|| {
            let (near, far) = tcp_pair();
            let port = Port::of(&[near]);
            let (over, mut room) = (Over::new(), [0; 4]);
            let begun = recv_over(near, &mut room, &over) == IO_PENDING;
            begun && send(far, b"1", 0) == Ok(1) && port.next() == success(1, near, over.ptr().addr())
        });
        unsafe { libc::_exit(i32::from(!matches!(good, Ok(true)))) };
    }
    let mut status = 0;
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(status, 0);
    one.port.post(1, 2, 3);
    assert_eq!(one.next(), success(1, 2, 3));
    let (over, mut room) = (Over::new(), [0; 4]);
    assert_eq!(recv_over(one.near, &mut room, &over), IO_PENDING);
    assert_eq!(send(one.far, b"1", 0), Ok(1));
    assert_eq!(one.next(), success(1, one.near, over.ptr().addr()));
    one.end();
}
