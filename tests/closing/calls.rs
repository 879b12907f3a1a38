//! Closing while other threads wait, recycled descriptors, `fork`: C1 to C7, CL5 to CL7, Q16.

use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::*;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::{WSACleanup, closesocket};

/// More than the buffers of two sockets take.
const MUCH: usize = 32 << 20;

/// A listener of POSIX code whose queue is full, so that a connect to it hangs; what fills it.
pub(super) fn full_listener() -> (socket2::Socket, Name, Vec<socket2::Socket>) {
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let fill = (0..4)
        .map(|_| {
            let one = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
            one.set_nonblocking(true).unwrap();
            let _ = one.connect(&address);
            one
        })
        .collect();
    (listener, Name::of(address.as_socket().unwrap()), fill)
}

/// The calls that wait, each on a socket of its own.
struct Waiters {
    blocked: Vec<(&'static str, Blocked<Outcome>)>,
    sockets: Vec<SOCKET>,
    _others: (Vec<Peer>, socket2::Socket, Vec<socket2::Socket>),
}

fn waiters() -> Waiters {
    let (mut blocked, mut sockets, mut peers) = (Vec::new(), Vec::new(), Vec::new());
    for speech in [Speech::Tcp4, Speech::UnixStream, Speech::Udp4] {
        let (s, peer) = pair(speech, Maker::Ours).unwrap().leave();
        blocked.push(("recv", Blocked::on(move || recv(s, &mut [0; 8], 0))));
        sockets.push(s);
        peers.push(peer);
    }
    for speech in [Speech::Tcp6, Speech::UnixStream] {
        let (s, peer) = pair(speech, Maker::Ours).unwrap().leave();
        blocked.push(("send", Blocked::on(move || send(s, &vec![0; MUCH], 0))));
        sockets.push(s);
        peers.push(peer);
    }
    let (s, _) = listener();
    blocked.push(("accept", Blocked::on(move || accept(s).map(|_| 0))));
    blocked.push(("accept", Blocked::on(move || accept(s).map(|_| 0))));
    sockets.push(s);
    let (listener, name, fill) = full_listener();
    let s = socket(AF_INET, STREAM);
    blocked.push(("connect", Blocked::on(move || connect(s, &name))));
    sockets.push(s);
    Waiters { blocked, sockets, _others: (peers, listener, fill) }
}

/// C1, Q16: closesocket in another thread ends every kind of wait. C2: a call that begins later finds no socket.
#[test]
fn c1_closesocket_wakes() {
    alone(here!("c1_closesocket_wakes"), || {
        start();
        let before = descriptors();
        let waiters = waiters();
        for &s in &waiters.sockets {
            assert_eq!(close(s), Ok(0));
            assert_eq!(send(s, b"x", 0), Err(E::WSAENOTSOCK));
            assert_eq!(close(s), Err(E::WSAENOTSOCK));
        }
        for (what, blocked) in waiters.blocked {
            assert_eq!(blocked.outcome(), Err(E::WSAEINTR), "{what}");
        }
        drop(waiters._others);
        assert_eq!(WSACleanup(), 0);
        assert_eq!(descriptors(), before);
    });
}

/// CL5 to CL7: so does the last WSACleanup, and it leaves no descriptor behind.
#[test]
fn cl6_cleanup_wakes() {
    alone(here!("cl6_cleanup_wakes"), || {
        let before = descriptors();
        for _ in 0..20 {
            start();
            start();
            let waiters = waiters();
            assert_eq!(WSACleanup(), 0);
            assert!(waiters.blocked.iter().all(|(_, blocked)| !blocked.has_returned()), "CL3");
            assert_eq!(WSACleanup(), 0);
            for (what, blocked) in waiters.blocked {
                assert_eq!(blocked.outcome(), Err(E::WSAEINTR), "{what}");
            }
            assert_eq!(close(waiters.sockets[0]), Err(E::WSANOTINITIALISED));
            drop(waiters._others);
            assert_eq!(descriptors(), before, "descriptors left over");
        }
    });
}

/// C7: closing one of two numbers of a socket leaves the other working, whichever is closed and by whomever.
#[test]
fn c7_duplicates() {
    start();
    for (closed_here, original) in [(true, true), (true, false), (false, true), (false, false)] {
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        // SAFETY: numbers only.
        let duplicate = SOCKET::try_from(unsafe { libc::dup(fd(s)) }).unwrap();
        let (gone, left) = if original { (s, duplicate) } else { (duplicate, s) };
        assert_eq!(send(gone, b"a", 0), Ok(1));
        if closed_here {
            assert_eq!(close(gone), Ok(0));
        } else {
            // SAFETY: the test's own.
            assert_eq!(unsafe { libc::close(fd(gone)) }, 0);
        }
        assert_eq!(send(left, b"b", 0), Ok(1), "{closed_here} {original}");
        assert_eq!(peer.read_exactly(2), b"ab");
        peer.write(b"c");
        wait_for(left, libc::POLLIN);
        assert_eq!(take(left), Ok(b"c".to_vec()));
        assert!(peer_name(left).is_ok() && local_name(left).is_ok());
        assert_eq!(shutdown(left, SD_SEND), Ok(0));
        assert_eq!(send(left, b"x", 0), Err(E::WSAESHUTDOWN));
        assert_eq!(close(left), Ok(0));
        assert_eq!(peer.read_all(), b"");
    }
}

/// A wait on a socket of POSIX code ends, too, and the socket stays open and blocking.
#[test]
fn cleanup_leaves_posix_sockets_open() {
    alone(here!("cleanup_leaves_posix_sockets_open"), || {
        start();
        let (s, peer) = pair(Speech::Tcp4, Maker::Posix).unwrap().leave();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let l = of(&listener);
        let receiver = Blocked::on(move || recv(s, &mut [0; 8], 0));
        let accepter = Blocked::on(move || accept(l).map(|_| 0));
        assert_eq!(WSACleanup(), 0);
        assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        assert_eq!(accepter.outcome(), Err(E::WSAEINTR));
        assert!(!is_nonblocking(s) && !is_nonblocking(l));
        start();
        peer.write(b"data");
        assert_eq!(take(s), Ok(b"data".to_vec()));
        assert_eq!(close(s), Ok(0));
    });
}

/// A woken call does not touch the socket that gets its number at once.
#[test]
fn woken_call_leaves_the_next_socket_alone() {
    alone(here!("woken_call_leaves_the_next_socket_alone"), || {
        start();
        for _ in 0..200 {
            let (s, peer) = pair(Speech::UnixStream, Maker::Posix).unwrap().leave();
            let sender = Blocked::on(move || send(s, &vec![b'a'; MUCH / 32], 0));
            let receiver = Blocked::on(move || recv(s, &mut [0; 8], 0));
            assert_eq!(close(s), Ok(0));
            let (new, other) = std::os::unix::net::UnixStream::pair().unwrap();
            assert!(of(&new) == s || of(&other) == s, "the number is used again");
            let (_new, other) = if of(&new) == s { (new, other) } else { (other, new) };
            std::io::Write::write_all(&mut &other, b"mine").unwrap();
            assert_eq!(sender.outcome(), Err(E::WSAEINTR));
            assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
            assert_eq!(events(other.as_raw_fd(), libc::POLLIN), 0, "bytes went to another socket");
            assert_eq!(take(s), Ok(b"mine".to_vec()));
            drop(peer);
        }
    });
}

/// C4: what is known of a socket is not told of the next one, though POSIX code closed the first.
#[test]
fn stale_records_are_noticed() {
    alone(here!("stale_records_are_noticed"), || {
        start();
        let (s, mut peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        shutdown(s, SD_BOTH).unwrap();
        assert_eq!(send(s, b"x", 0), Err(E::WSAESHUTDOWN));
        peer.close();
        // SAFETY: the test's own descriptor.
        assert_eq!(unsafe { libc::close(fd(s)) }, 0);
        let (new, other) = UnixDatagram::pair().unwrap();
        let (new, other) = if of(&new) == s { (new, other) } else { (other, new) };
        assert_eq!(of(&new), s, "the number is used again");
        assert_eq!(send(s, b"x", 0), Ok(1));
        other.send(b"y").unwrap();
        assert_eq!(take(s), Ok(b"y".to_vec()));
        drop((new, other));

        let again = socket(AF_INET, STREAM);
        assert_eq!(send(again, b"x", 0), Err(E::WSAENOTCONN), "not a word of the old socket");
        assert_eq!(close(again), Ok(0));
        assert_eq!(WSACleanup(), 0);
    });
}

/// C6: unread data, then closesocket: the peer sees a reset. B11: what was sent before arrives.
#[test]
fn c6_b11_what_the_peer_sees() {
    each(&TCP, |pair, what| {
        pair.peer.write(b"unread");
        wait_for(pair.s, libc::POLLIN);
        let peer = pair.close();
        wait_until(what, || events(peer.fd(), libc::POLLERR) & libc::POLLERR != 0);
    });
    each(&STREAMS, |pair, what| {
        assert_eq!(send(pair.s, b"last", 0), Ok(4));
        let peer = pair.close();
        assert_eq!(peer.read_all(), b"last", "{what}");
    });
}

/// After `fork` both sides work; the child's closing and cleaning up does not end the parent's connections.
#[test]
fn fork_both_sides_work() {
    alone(here!("fork_both_sides_work"), || {
        start();
        let pair = ours();
        let (s, l) = (pair.s, listener());
        let receivers: Vec<_> = (0..4)
            .map(|_| {
                let pair = ours();
                let s = pair.s;
                (Blocked::on(move || take(s)), pair)
            })
            .collect();
        let accepter = Blocked::on(move || accept(l.0));
        for round in 0..20 {
            let child = fork(|| {
                assert_eq!(send(s, b"from the child", 0), Ok(14));
                let other = ours();
                assert_eq!(send(other.s, b"x", 0), Ok(1));
                assert_eq!(other.peer.read(), b"x");
                let waiting = other.s;
                let receiver = Blocked::on(move || recv(waiting, &mut [0; 4], 0));
                if round % 2 == 0 {
                    close(receivers[0].1.s).unwrap();
                    close(s).unwrap();
                }
                assert_eq!(WSACleanup(), 0);
                assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
                assert_eq!(send(s, b"x", 0), Err(E::WSANOTINITIALISED));
                start();
                assert_eq!(send(s, b"x", 0), Err(E::WSAENOTSOCK));
                true
            });
            assert!(succeeded(child));
            assert_eq!(pair.peer.read_exactly(14), b"from the child");
            assert_eq!(send(s, b"from the parent", 0), Ok(15));
            assert_eq!(pair.peer.read_exactly(15), b"from the parent");
        }
        for (receiver, pair) in receivers {
            assert!(receiver.is_waiting());
            pair.peer.write(b"data");
            assert_eq!(receiver.outcome(), Ok(b"data".to_vec()));
        }
        let client = std::net::TcpStream::connect(("127.0.0.1", l.1.port())).unwrap();
        let accepted = accepter.outcome().unwrap();
        assert_eq!(closesocket(accepted), 0);
        drop(client);
        close(l.0).unwrap();
    });
}

/// `fork` while other threads take every lock of the library.
#[test]
fn fork_in_the_middle_of_calls() {
    alone(here!("fork_in_the_middle_of_calls"), || {
        start();
        let over = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let busy: Vec<_> = (0..3)
            .map(|_| {
                let over = std::sync::Arc::clone(&over);
                std::thread::spawn(move || {
                    while !over.load(std::sync::atomic::Ordering::Relaxed) {
                        let s = socket(AF_INET, DGRAM);
                        shutdown(s, SD_RECEIVE).unwrap();
                        assert_eq!(take(s), Err(E::WSAESHUTDOWN));
                        close(s).unwrap();
                    }
                })
            })
            .collect();
        crate::support::process::watch_for(std::time::Duration::from_secs(600));
        for _ in 0..crate::shared::how_many(100) {
            assert!(succeeded(fork(|| {
                let s = socket(AF_INET, DGRAM);
                assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN));
                assert_eq!(close(s), Ok(0));
                WSACleanup() == 0
            })));
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        busy.into_iter().for_each(|thread| thread.join().unwrap());
    });
}
