//! The reactor in its process: sockets that end behind its back, descriptors that run out or are closed, `fork`,
//! `WSACleanup`, and ordinary sockets beside.

use std::net::{TcpListener, TcpStream};
use std::os::fd::IntoRawFd;
use std::sync::atomic::{AtomicUsize, Ordering};

use ws2_32::error::WsaError;
use ws2_32::ffi::*;

use crate::events::*;
use crate::support::calls::*;
use crate::support::pairs::{self, Peer};
use crate::support::process::{alone, descriptors, fork, here, succeeded};

fn threads() -> usize {
    let names = std::fs::read_dir("/proc/self/task").unwrap();
    let is_ours = |path: std::path::PathBuf| {
        std::fs::read_to_string(path.join("comm")).is_ok_and(|name| name.trim() == "ws2-io")
    };
    names.filter(|entry| is_ours(entry.as_ref().unwrap().path())).count()
}

/// One thread for all, three descriptors, and nothing of either after the last `WSACleanup`.
#[test]
fn the_last_cleanup_ends_the_thread() {
    alone(here!("the_last_cleanup_ends_the_thread"), || {
        for _ in 0..3 {
            let before = descriptors();
            start();
            assert_eq!(threads(), 0, "none before there is a need");
            let (l, name) = listener();
            let mut all = vec![l];
            let event = WSACreateEvent();
            for _ in 0..10 {
                let s = socket(AF_INET, STREAM);
                select_handle(s, event, ALL).unwrap();
                assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
                all.push(s);
            }
            wait_until("the thread has its name", || threads() == 1);
            let open = descriptors().len();
            assert!(open <= before.len() + all.len() + 10 + 5, "{open}");
            call(|| WSACleanup()).unwrap();
            // It has left the library; the kernel takes its number away a moment later.
            wait_until("the thread is gone", || threads() == 0);
            assert_eq!(WSACloseEvent(event), 1);
            // What is left are connections that nobody accepted: the kernel's.
            assert_eq!(descriptors(), before);
        }
    });
}

/// A socket that POSIX code closes has no selection any more, and the next one of that number none yet.
#[test]
fn tr7_closed_behind_our_back() {
    alone(here!("tr7_closed_behind_our_back"), || {
        start();
        for by_us in [false, true] {
            let (pair, event) = connected();
            let (s, peer) = pair.leave();
            must(unsafe { libc::close(fd(s)) });
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let next = if by_us {
                drop(listener);
                socket(AF_INET, STREAM)
            } else {
                let stranger = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
                must(unsafe { libc::dup2(stranger.into_raw_fd(), fd(s)) });
                s
            };
            assert_eq!(told(next), []);
            nothing(next, &event);
            // It can have one of its own.
            let own = Event::new();
            select(next, &own, ALL);
            drop(peer);
            later();
            assert!(!event.is_set());
            close(next).unwrap();
        }
    });
}

/// The registration goes with the descriptor, though a duplicate keeps the socket open (ED12, RG2).
#[test]
fn rg2_a_duplicate_is_not_told_of() {
    let (pair, event) = connected();
    let twin = must(unsafe { libc::dup(fd(pair.s)) });
    let peer = pair.close();
    peer.write(b"data");
    later();
    assert!(!event.is_set());
    let twin = usize::try_from(twin).unwrap();
    assert_eq!(told(twin), []);
    select(twin, &event, READ);
    gets(twin, &event, &[(READ, 0)]);
    peer.write(b"more");
    gets(twin, &event, &[(READ, 0)]);
    close(twin).unwrap();
}

/// Without descriptors the call is refused, and nothing is half done.
#[test]
fn no_descriptor_is_left() {
    alone(here!("no_descriptor_is_left"), || {
        start();
        let pair = pairs::ours();
        let event = Event::new();
        let mut taken = Vec::new();
        let limit = libc::rlimit { rlim_cur: 40, rlim_max: 40 };
        must(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) });
        loop {
            let more = unsafe { libc::dup(0) };
            if more < 0 {
                break;
            }
            taken.push(more);
        }
        for left in 0..3 {
            let refused = select_handle(pair.s, event.0, ALL).unwrap_err();
            assert!([WsaError::WSAEMFILE, WsaError::WSAENOBUFS].contains(&refused), "{left}: {refused:?}");
            assert!(!is_nonblocking(pair.s) && told(pair.s).is_empty());
            send(pair.s, b"data", 0).unwrap();
            must(unsafe { libc::close(taken.pop().unwrap()) });
        }
        select(pair.s, &event, ALL);
        gets(pair.s, &event, &[(CONNECT, 0), (WRITE, 0)]);
    });
}

/// Daemons close every descriptor that they do not know.
#[test]
fn the_programs_closes_our_descriptors() {
    alone(here!("the_programs_closes_our_descriptors"), || {
        start();
        let (pair, event) = connected();
        for _ in 0..3 {
            let open: Vec<i32> =
                descriptors().iter().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
            for number in open {
                if number > 2 && number != fd(pair.s) && number != pair.peer.fd() {
                    unsafe { libc::close(number) };
                }
            }
            // Strangers have the numbers now.
            let strangers: Vec<_> = (0..8).map(|_| unsafe { libc::epoll_create1(0) }).collect();
            let (second, own) = connected();
            second.peer.write(b"data");
            gets(second.s, &own, &[(READ, 0)]);
            pair.peer.write(b"data");
            gets(pair.s, &event, &[(READ, 0)]);
            for stranger in strangers {
                let mut events = libc::epoll_event { events: 0, u64: 0 };
                assert_eq!(unsafe { libc::epoll_wait(stranger, &raw mut events, 1, 0) }, 0);
                must(unsafe { libc::close(stranger) });
            }
        }
    });
}

/// A child has the selections, tells of them by a thread of its own, and does not disturb its parent's.
#[test]
fn tr9_fork() {
    alone(here!("tr9_fork"), || {
        start();
        let (pair, event) = connected();
        let (other, own) = connected();
        let child = fork(|| {
            // Waiting starts the thread.
            pair.peer.write(b"data");
            gets(pair.s, &event, &[(READ, 0)]);
            let (third, third_event) = connected();
            third.peer.write(b"data");
            gets(third.s, &third_event, &[(READ, 0)]);
            closesocket(other.s) == 0
        });
        assert!(succeeded(child));
        gets(pair.s, &event, &[(READ, 0)]);
        other.peer.write(b"data");
        gets(other.s, &own, &[(READ, 0)]);
    });
}

/// A socket that has selected nothing is not disturbed by those that have, and blocks.
#[test]
fn ordinary_sockets_go_on() {
    let (_pair, _event) = connected();
    pairs::each(&[pairs::Speech::Tcp4, pairs::Speech::Udp4], |pair, what| {
        let s = pair.s;
        let waiting = crate::support::process::Blocked::started(move || take(s));
        waiting.wait_until_it_waits();
        pair.peer.write(b"data");
        assert_eq!(waiting.outcome().unwrap(), b"data", "{what}");
        send(s, b"data", 0).unwrap();
        assert_eq!(pair.peer.read(), b"data", "{what}");
    });
}

/// Sockets that are selected and closed by many threads while data comes: nothing is told of a stranger.
#[test]
fn stress_recycled_numbers() {
    start();
    let rounds = 300;
    std::thread::scope(|scope| {
        for number in 0..4_u8 {
            scope.spawn(move || {
                for round in 0..rounds {
                    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
                    let name = Name::of(listener.local_addr().unwrap());
                    let (s, event) = (socket(AF_INET, STREAM), Event::new());
                    select(s, &event, ALL);
                    assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
                    let peer = Peer::of(listener.accept().unwrap().0);
                    gets(s, &event, &[(CONNECT, 0), (WRITE, 0)]);
                    if round % 3 > 0 {
                        peer.write(&[number]);
                    }
                    if round % 3 == 2 {
                        gets(s, &event, &[(READ, 0)]);
                        assert_eq!(take(s).unwrap(), [number]);
                    }
                    close(s).unwrap();
                }
            });
        }
    });
}

static TO_CLOSE: [AtomicUsize; 400] = [const { AtomicUsize::new(0) }; 400];
static NEXT: AtomicUsize = AtomicUsize::new(0);

extern "C" fn closes(_: i32) {
    let at = NEXT.fetch_add(1, Ordering::Relaxed);
    if let Some(s) = TO_CLOSE.get(at) {
        closesocket(s.load(Ordering::Relaxed));
    }
}

/// A signal handler may close a socket whose event the interrupted thread is using at that moment.
#[test]
fn closing_in_a_handler() {
    alone(here!("closing_in_a_handler"), || {
        start();
        let event = Event::new();
        let mut peers = Vec::new();
        for place in &TO_CLOSE {
            let (s, peer) = pairs::ours().leave();
            select(s, &event, ALL);
            place.store(s, Ordering::Relaxed);
            peers.push(peer);
        }
        // SAFETY: the handler calls a function that may be called there.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = closes as *const () as usize;
            must(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()));
        }
        let all = TO_CLOSE.len();
        let handle = event.0.addr();
        let user = crate::support::process::Blocked::started(move || {
            let handle = std::ptr::without_provenance_mut(handle);
            while NEXT.load(Ordering::Relaxed) < all {
                assert_eq!(WSASetEvent(handle), 1);
                assert_eq!(WSAResetEvent(handle), 1);
                assert_ne!(unsafe { WSAWaitForMultipleEvents(1, &raw const handle, 0, 0, 0) }, u32::MAX);
            }
        });
        for (at, peer) in peers.iter().enumerate() {
            peer.write(b"data");
            must(unsafe { libc::pthread_kill(user.pthread() as _, libc::SIGUSR1) });
            wait_until("the handler has run", || NEXT.load(Ordering::Relaxed) > at);
        }
        user.outcome();
        for place in &TO_CLOSE {
            let s = place.load(Ordering::Relaxed);
            wait_until("it is closed", || call(|| closesocket(s)) == Err(WsaError::WSAENOTSOCK));
        }
    });
}
