//! Blocking, partial and timed `send`: B1 to B11, on sockets made here and by POSIX code. No test asserts
//! anything about times.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{Blocked, alone, here};
use crate::support::supervised::{Asked, Verdict, supervised};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::ws2_send;

/// More than the buffers of two sockets can grow to.
const MUCH: usize = 32 << 20;

/// Bytes of which every place can be told.
fn pattern(len: usize) -> Vec<u8> {
    let mut bytes = (0..251).collect::<Vec<u8>>().repeat(len / 251 + 1);
    bytes.truncate(len);
    bytes
}

/// The smallest buffer for sending that Linux gives, so that a call waits again and again.
fn small_buffer(pair: &Pair) {
    set_option(fd(pair.s), libc::SOL_SOCKET, libc::SO_SNDBUF, 1);
}

/// SO_SNDTIMEO as this library keeps it, in milliseconds.
fn limit(s: SOCKET, milliseconds: u32) {
    set_number(s, 0xffff, 0x1005, milliseconds);
}

/// B5, Q6: all of it, however small the buffers and slow the reader.
#[test]
fn b5_full_length() {
    each(&STREAMS, |pair, what| {
        let s = pair.s;
        let sender = Blocked::on(move || send(s, &pattern(MUCH), 0));
        assert!(pair.peer.read_exactly(MUCH) == pattern(MUCH), "{what}: not what was sent");
        assert_eq!(sender.outcome(), Ok(32 << 20), "{what}");
        assert!(pair.peer.has_nothing(), "{what}");

        small_buffer(&pair);
        let sender = Blocked::started(move || send(s, &pattern(1 << 18), 0));
        assert!(pair.peer.read_exactly(1 << 18) == pattern(1 << 18), "{what}: not what was sent");
        assert_eq!(sender.outcome(), Ok(1 << 18), "{what}");
    });
}

/// O3: where the program asks for no buffers, what it sends in small pieces without waiting goes out all the same, also to a
/// peer with little room.
#[test]
fn o3_no_buffer_slows_nothing_down() {
    each(&STREAMS, |pair, what| {
        for buffer in [0x1001, 0x1002] {
            set_number(pair.s, 0xffff, buffer, 0);
        }
        set_option(pair.peer.fd(), libc::SOL_SOCKET, libc::SO_RCVBUF, 1024);
        set_nonblocking(pair.s, true);
        for piece in 0..3 {
            assert_eq!(send(pair.s, &[piece; 4096], 0), Ok(4096), "{what}: piece {piece}");
        }
        assert_eq!(pair.peer.read_exactly(3 * 4096)[8192..], [2; 4096], "{what}");
    });
}

/// Q5: a non-blocking one takes a part, and then says that it would have to wait. What it took, arrives.
#[test]
fn b1_nonblocking() {
    each(&STREAMS, |pair, what| {
        set_nonblocking(pair.s, true);
        let bytes = pattern(MUCH);
        let mut taken = 0;
        loop {
            match send(pair.s, &bytes[taken..], 0) {
                Ok(count) => {
                    assert!(count > 0, "{what}");
                    taken += usize::try_from(count).unwrap();
                    assert!(taken < MUCH, "{what}: room for {MUCH} bytes?");
                }
                Err(code) => break assert_eq!(code, E::WSAEWOULDBLOCK, "{what}"),
            }
        }
        assert!(taken > 0, "{what}");
        let peer = pair.close();
        assert!(peer.read_exactly(taken) == bytes[..taken], "{what}");
        assert!(peer.read().is_empty(), "{what}: the end");
    });
}

/// B7, Q7: SO_SNDTIMEO ends a call that gets nowhere, by our option and by POSIX code's.
#[test]
fn b7_timeout() {
    for own in [true, false] {
        each(&STREAMS, |pair, what| {
            if own {
                limit(pair.s, 50);
            } else {
                posix_timeout(pair.s);
            }
            assert_eq!(send(pair.s, &pattern(MUCH), 0), Err(E::WSAETIMEDOUT), "{what}");
            assert_eq!(send(pair.s, &pattern(MUCH), 0), Err(E::WSAETIMEDOUT), "{what}, again");
        });
    }
}

fn posix_timeout(s: SOCKET) {
    let time = libc::timeval { tv_sec: 0, tv_usec: 50_000 };
    // SAFETY: a local of the right size.
    let done = unsafe {
        let at = (&raw const time).cast();
        libc::setsockopt(
            fd(s),
            libc::SOL_SOCKET,
            libc::SO_SNDTIMEO,
            at,
            size_of_val(&time).try_into().unwrap(),
        )
    };
    assert_eq!(done, 0);
}

/// B7: one deadline for the whole call; a reader that takes a byte at a time, for ever, does not put it off.
#[test]
fn b7_slow_reader_does_not_extend_the_deadline() {
    each(&STREAMS, |pair, what| {
        small_buffer(&pair);
        limit(pair.s, 200);
        let s = pair.s;
        let sender = Blocked::started(move || send(s, &pattern(MUCH), 0));
        while !sender.has_returned() {
            if !pair.peer.has_nothing() {
                pair.peer.read_exactly(1);
            }
        }
        assert_eq!(sender.outcome(), Err(E::WSAETIMEDOUT), "{what}");
    });
}

/// B7: a socket that has room again each time the call looks does not carry it beyond its time.
#[test]
fn b7_progress_does_not_extend_the_deadline() {
    alone(here!("b7_progress_does_not_extend_the_deadline"), || {
        start();
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        set_option(fd(s), libc::SOL_SOCKET, libc::SO_SNDBUF, 65536_i32);
        const LIMIT: u32 = 100;
        limit(s, LIMIT);
        let mut end = None;
        let outcome = supervised(
            move || send(s, &pattern(MUCH), 0),
            |asked: &Asked| {
                if matches!(asked.number, libc::SYS_poll | libc::SYS_ppoll) {
                    wait_until("there is room", || {
                        let room = events(fd(s), libc::POLLOUT) != 0;
                        if !room {
                            peer.read();
                        }
                        room
                    });
                    // From the second wait on the time is over.
                    let over = Instant::now() + Duration::from_millis((2 * LIMIT).into());
                    let over = *end.get_or_insert(over);
                    wait_until("the time is over", || Instant::now() > over);
                }
                Verdict::Goes
            },
        );
        assert!(matches!(outcome, None | Some(Err(E::WSAETIMEDOUT))), "{outcome:?}");
    });
}

/// Linux interrupts no attempt that does not wait; if it did, the attempt would be made again.
#[test]
fn an_interrupted_attempt_is_made_again() {
    alone(here!("an_interrupted_attempt_is_made_again"), || {
        start();
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let interrupt = |number: i64, job: fn(SOCKET) -> Outcome| {
            let mut interrupted = 0;
            let outcome = supervised(
                move || job(s),
                |asked: &Asked| {
                    if asked.number == number && interrupted < 3 {
                        interrupted += 1;
                        return Verdict::Gave(-i64::from(libc::EINTR));
                    }
                    Verdict::Goes
                },
            );
            assert!(outcome.is_none() || (outcome, interrupted) == (Some(Ok(4)), 3), "{outcome:?}");
        };
        interrupt(libc::SYS_sendto, |s| send(s, b"data", 0));
        peer.write(b"data");
        interrupt(libc::SYS_recvfrom, |s| recv(s, &mut [0; 4], 0));
    });
}

/// B9: time-outs are for blocking sockets.
#[test]
fn b9_nonblocking_has_no_timeout() {
    each(&STREAMS, |pair, what| {
        limit(pair.s, 1);
        set_nonblocking(pair.s, true);
        while send(pair.s, &pattern(1 << 16), 0).is_ok() {}
        assert_eq!(send(pair.s, b"x", 0).map(|_| ()), Err(E::WSAEWOULDBLOCK), "{what}");
    });
}

/// B6: the connection dies midway: no count, and the code stays.
#[test]
fn b6_reset_midway() {
    each(&STREAMS, |mut pair, what| {
        let s = pair.s;
        let sender = Blocked::on(move || send(s, &pattern(MUCH), 0));
        if what.starts_with("Unix") {
            pair.peer.close();
        } else {
            pair.peer.reset();
        }
        assert_eq!(sender.outcome(), Err(E::WSAECONNRESET), "{what}");
        assert_eq!(send(s, b"x", 0), Err(E::WSAECONNRESET), "{what}");
        assert_eq!(take(s), Err(E::WSAECONNRESET), "{what}");
    });
}

/// Another thread's shutdown ends a blocked send, and nobody takes the connection for broken.
#[test]
fn shutdown_midway() {
    each(&STREAMS, |pair, what| {
        let s = pair.s;
        let sender = Blocked::on(move || send(s, &pattern(MUCH), 0));
        shutdown(s, SD_SEND).unwrap();
        assert_eq!(sender.outcome(), Err(E::WSAESHUTDOWN), "{what}");
        pair.peer.read_all();
        pair.peer.write(b"still open");
        assert_eq!(take(s), Ok(b"still open".to_vec()), "{what}");
    });
}

/// Q17: the tail of the buffer cannot be read.
#[test]
fn q17_unreadable_tail() {
    let (start, page) = guarded();
    for (good, bad) in [(0, 4), (100, 10), (page - 1, 1), (page, page)] {
        let at = start + page - good;
        each(
            &[Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::UnixDatagram],
            |pair, what| {
                if good + bad > 65_507 && what.starts_with("Udp") {
                    return;
                }
                for nonblocking in [false, true] {
                    set_nonblocking(pair.s, nonblocking);
                    let len = (good + bad).try_into().unwrap();
                    let buf = std::ptr::with_exposed_provenance(at);
                    // SAFETY: the kernel checks the buffer.
                    let result = call(|| unsafe { ws2_send(pair.s, buf, len, 0) });
                    assert_eq!(result, Err(E::WSAEFAULT), "{what}, {good} good bytes");
                }
                if what.starts_with("Udp") || what.starts_with("UnixD") {
                    assert!(pair.peer.has_nothing(), "{what}: a part of a datagram");
                }
                let peer = pair.close();
                assert!(peer_sees_zeros(&peer, what), "{what}");
            },
        );
    }
}

/// On a stream the readable beginning may have gone out, and nothing else.
fn peer_sees_zeros(peer: &Peer, what: &str) -> bool {
    what.starts_with("Udp") || what.starts_with("UnixD") || peer.read_all().iter().all(|&byte| byte == 0)
}

/// Two pages, the second of which cannot be touched: where the first begins, and a page's length.
fn guarded() -> (usize, usize) {
    let page = 65536;
    // SAFETY: new memory, which the test keeps.
    unsafe {
        let (rw, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        let start = libc::mmap(std::ptr::null_mut(), 2 * page, rw, kind, -1, 0);
        assert_ne!(start, libc::MAP_FAILED);
        assert_eq!(libc::mprotect(start.byte_add(page), page, libc::PROT_NONE), 0);
        (start.expose_provenance(), page)
    }
}

/// Datagrams wait for room, too: a Unix datagram socket whose peer's queue is full.
#[test]
fn datagrams_wait_for_room() {
    each(&[Speech::UnixDatagram], |pair, what| {
        set_nonblocking(pair.s, true);
        let mut queued = 0;
        while send(pair.s, b"x", 0).is_ok() {
            queued += 1;
        }
        assert_eq!(send(pair.s, b"", 0), Err(E::WSAEWOULDBLOCK), "{what}: an empty datagram needs room");
        set_nonblocking(pair.s, false);
        let s = pair.s;
        let sender = Blocked::on(move || send(s, b"last", 0));
        for _ in 0..queued {
            assert_eq!(pair.peer.read(), b"x", "{what}");
        }
        assert_eq!(sender.outcome(), Ok(4), "{what}");
        assert_eq!(pair.peer.read(), b"last", "{what}");
    });
}

static SIGNALS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static BROKEN_PIPES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

extern "C" fn count_signal(number: i32) {
    let counter = if number == libc::SIGPIPE { &BROKEN_PIPES } else { &SIGNALS };
    counter.fetch_add(1, Ordering::Relaxed);
}

fn handle(signal: i32, flags: i32) {
    // SAFETY: zeros are a sigaction; the handler only counts.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = count_signal as extern "C" fn(i32) as usize;
        action.sa_flags = flags;
        assert_eq!(libc::sigaction(signal, &raw const action, std::ptr::null_mut()), 0);
    }
}

/// B10 as decided: signals neither end nor shorten a call, with and without SA_RESTART.
#[test]
fn signals_do_not_end_a_call() {
    alone(here!("signals_do_not_end_a_call"), || {
        for flags in [0, libc::SA_RESTART] {
            handle(libc::SIGUSR1, flags);
            each(&STREAMS, |pair, what| {
                let s = pair.s;
                let sender = Blocked::on(move || send(s, &pattern(MUCH), 0));
                let storm = Storm::on(sender.pthread());
                assert!(pair.peer.read_exactly(MUCH) == pattern(MUCH), "{what}");
                storm.end();
                assert_eq!(sender.outcome(), Ok(32 << 20), "{what}");

                let receiver = Blocked::on(move || take(s));
                let storm = Storm::on(receiver.pthread());
                let before = SIGNALS.load(Ordering::Relaxed);
                wait_until("a hundred signals", || SIGNALS.load(Ordering::Relaxed) > before + 100);
                assert!(!receiver.has_returned(), "{what}: ended by a signal");
                storm.end();
                pair.peer.write(b"data");
                assert_eq!(receiver.outcome(), Ok(b"data".to_vec()), "{what}");
            });
        }
    });
}

/// Signals at a thread, as many as it takes, until told to end; the thread must outlive this.
struct Storm {
    over: Arc<AtomicBool>,
    thread: std::thread::JoinHandle<()>,
}

impl Storm {
    fn on(target: libc::pthread_t) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            while !flag.load(Ordering::Relaxed) {
                // SAFETY: the target is joined only after this thread.
                unsafe { libc::pthread_kill(target, libc::SIGUSR1) };
                std::thread::yield_now();
            }
        });
        Self { over, thread }
    }

    fn end(self) {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
    }
}

/// SIGPIPE never rises: not from `send` in any state, not from `closesocket`.
#[test]
fn no_sigpipe() {
    alone(here!("no_sigpipe"), || {
        handle(libc::SIGPIPE, 0);
        start();
        let fresh = socket(AF_INET, STREAM);
        assert_eq!(send(fresh, b"x", 0), Err(E::WSAENOTCONN));
        assert_eq!(send(fresh, b"", 0), Err(E::WSAENOTCONN));
        close(fresh).unwrap();
        each(&STREAMS, |mut pair, what| {
            pair.peer.close();
            let codes = [E::WSAECONNABORTED, E::WSAECONNRESET];
            wait_until("the connection is dead", || send(pair.s, b"x", 0).is_err());
            for bytes in [&b"x"[..], b""] {
                for flags in [0, MSG_OOB, MSG_DONTROUTE] {
                    if bytes.is_empty() && flags == MSG_OOB {
                        continue;
                    }
                    assert!(codes.contains(&send(pair.s, bytes, flags).unwrap_err()), "{what}");
                }
            }
            pair.close();
        });
        each(&STREAMS, |pair, _| {
            shutdown(pair.s, SD_SEND).unwrap();
            assert_eq!(send(pair.s, b"x", 0), Err(E::WSAESHUTDOWN));
            pair.close();
        });
        each(&STREAMS, |mut pair, _| {
            let s = pair.s;
            let sender = Blocked::on(move || send(s, &pattern(MUCH), 0));
            pair.peer.close();
            assert!(sender.outcome().is_err());
            pair.close();
        });
        assert_eq!(BROKEN_PIPES.load(Ordering::Relaxed), 0);
    });
}
