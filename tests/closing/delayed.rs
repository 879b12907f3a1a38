//! A call that needs several attempts, stopped after each of its system calls in turn, while another thread closes the
//! socket and the number is given to another socket at once: no byte reaches that one, and none comes from it.

use std::os::fd::IntoRawFd;
use std::os::unix::net::UnixStream;

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{alone, here};
use crate::support::sets::{self, Set};
use crate::support::stops::{Place, Round, disturbed, put_under};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::types::message::WSABUF;

/// Runs `job`, and at a place after its first `attempt`: closes `s` in another thread, which puts
/// `next` under the number. If the closing waits for the call, the call goes on.
pub(super) fn stop_after<T: Send + 'static>(
    attempt: i64,
    place: Place,
    s: SOCKET,
    next: i32,
    job: impl FnOnce() -> T + Send + 'static,
) -> Option<Round<T>> {
    let closes = move || {
        close(s).unwrap();
        put_under(next, fd(s));
    };
    let round = disturbed(attempt, place, closes, job)?;
    if !round.disturbed {
        let _ = close(s);
    }
    Some(round)
}

/// A stranger: what is put under the number, and its other end.
pub(super) fn stranger() -> (i32, Peer) {
    let (near, far) = UnixStream::pair().unwrap();
    // Far above the numbers that the test gives out.
    // SAFETY: numbers only.
    let high = must(unsafe { libc::fcntl(near.into_raw_fd(), libc::F_DUPFD_CLOEXEC, 500) });
    (high, Peer::of(far))
}

/// How many system calls after the first attempt are tried.
pub(super) const MOST: usize = 12;

/// Tries a call on a TCP connection at every place; what the call's answers may be.
pub(super) fn each_place(
    attempt: i64,
    prepare: impl Fn(&Peer),
    job: impl Fn(SOCKET) -> Outcome + Send + Sync + Clone + 'static,
    allowed: impl Fn(Outcome) -> bool,
) {
    start();
    let mut stops = 0;
    for place in Place::first(MOST) {
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let (next, far) = stranger();
        far.write(b"a stranger's");
        prepare(&peer);
        let job = job.clone();
        // Where the place is never reached, something else has to end the call.
        let Some(round) = stop_after(attempt, place, s, next, move || job(s)) else { return };
        assert!(allowed(round.answer), "{place:?}: {:?}", round.answer);
        assert!(far.has_nothing(), "{place:?}: a byte went to another socket");
        let mut left = [0; 12];
        // SAFETY: a local.
        let read = unsafe { libc::recv(next, left.as_mut_ptr().cast(), 12, libc::MSG_DONTWAIT) };
        assert_eq!((read, &left), (12, b"a stranger's"), "{place:?}: another socket's bytes were taken");
        // SAFETY: the test's own.
        unsafe { (libc::close(fd(s)), libc::close(next)) };
        stops += usize::from(round.stopped);
        if !round.stopped {
            break;
        }
    }
    assert!(stops > 0, "the call was never stopped");
}

const MUCH: usize = 24 << 20;

pub(super) fn interrupted(answer: Outcome) -> bool {
    answer == Err(E::WSAEINTR)
}

#[test]
fn a_partial_send() {
    alone(here!("a_partial_send"), || {
        each_place(libc::SYS_sendto, |_| (), |s| send(s, &vec![b'a'; MUCH], 0), interrupted);
    });
}

#[test]
fn a_send_of_many_pieces() {
    alone(here!("a_send_of_many_pieces"), || {
        let job = |s| {
            let mut bytes = vec![b'a'; MUCH];
            let piece = MUCH / 20;
            let mut pieces: Vec<_> = bytes
                .chunks_mut(piece)
                .map(|piece| WSABUF { len: piece.len().try_into().unwrap(), buf: piece.as_mut_ptr().cast() })
                .collect();
            let (at, count, mut sent) = (pieces.as_mut_ptr(), pieces.len().try_into().unwrap(), 0);
            // SAFETY: locals.
            call(|| unsafe {
                ws2_32::ffi::WSASend(s, at, count, &raw mut sent, 0, std::ptr::null_mut(), None)
            })
        };
        each_place(libc::SYS_sendmsg, |_| (), job, interrupted);
    });
}

/// The last byte goes by itself, after the others.
#[test]
fn urgent_bytes() {
    alone(here!("urgent_bytes"), || {
        let all_or_nothing = |answer| interrupted(answer) || answer == Ok(3);
        each_place(libc::SYS_sendto, |_| (), |s| send(s, b"abc", MSG_OOB), all_or_nothing);
    });
}

#[test]
fn a_waiting_recv() {
    alone(here!("a_waiting_recv"), || {
        each_place(libc::SYS_recvfrom, |_| (), |s| recv(s, &mut [0; 12], 0), interrupted);
    });
}

/// The first half has arrived, and counts.
#[test]
fn waiting_for_all() {
    alone(here!("waiting_for_all"), || {
        let job = |s| {
            let mut bytes = [0; 20];
            let answer = recv(s, &mut bytes, MSG_WAITALL);
            assert!(bytes == [0; 20] || bytes.starts_with(b"first-half\0\0"), "{bytes:?}");
            answer
        };
        let part = |answer| interrupted(answer) || answer == Ok(10);
        each_place(libc::SYS_recvfrom, |peer| peer.write(b"first-half"), job, part);
    });
}

/// The next socket is a listener, too, and a connection waits there: it stays.
#[test]
fn a_waiting_accept() {
    alone(here!("a_waiting_accept"), || {
        start();
        for place in Place::first(MOST) {
            let (s, _) = listener();
            let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let _client = std::net::TcpStream::connect(other.local_addr().unwrap()).unwrap();
            // SAFETY: numbers only.
            let next = must(unsafe { libc::fcntl(other.into_raw_fd(), libc::F_DUPFD_CLOEXEC, 500) });
            let job = move || accept(s).map(|_| 0);
            let Some(round) = stop_after(libc::SYS_accept4, place, s, next, job) else { return };
            assert_eq!(round.answer, Err(E::WSAEINTR), "{place:?}");
            assert!(events(next, libc::POLLIN) != 0, "{place:?}: another listener's connection was taken");
            // SAFETY: the test's own.
            unsafe { (libc::close(fd(s)), libc::close(next)) };
            if !round.stopped {
                assert!(place != Place::After(0));
                break;
            }
        }
    });
}

/// The next socket is one that is not connected, and stays so.
#[test]
fn a_waiting_connect() {
    alone(here!("a_waiting_connect"), || {
        start();
        let (_full, name, _fill) = super::calls::full_listener();
        for place in Place::first(MOST) {
            let s = socket(AF_INET, STREAM);
            // SAFETY: numbers only.
            let next = unsafe {
                let other = must(libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0));
                must(libc::fcntl(other, libc::F_DUPFD_CLOEXEC, 500))
            };
            let Some(round) = stop_after(libc::SYS_connect, place, s, next, move || connect(s, &name)) else {
                return;
            };
            assert_eq!(round.answer, Err(E::WSAEINTR), "{place:?}");
            let mut taken: libc::tcp_info = unsafe_zeroed();
            let mut len = libc::socklen_t::try_from(size_of_val(&taken)).unwrap();
            let at = (&raw mut taken).cast();
            // SAFETY: a local of that size.
            must(unsafe { libc::getsockopt(next, libc::IPPROTO_TCP, libc::TCP_INFO, at, &raw mut len) });
            assert_eq!(taken.tcpi_state, 7, "{place:?}: another socket was connected");
            // SAFETY: the test's own.
            unsafe { (libc::close(fd(s)), libc::close(next)) };
            if !round.stopped {
                assert!(place != Place::After(0));
                break;
            }
        }
    });
}

fn unsafe_zeroed() -> libc::tcp_info {
    // SAFETY: numbers only.
    unsafe { std::mem::zeroed() }
}

/// `select` and `WSAPoll` wait for two sockets, of which one is closed: they tell of that one, and that it was closed,
/// and not of what came under its number, which has data.
#[test]
fn a_waiting_select_and_wsapoll() {
    alone(here!("a_waiting_select_and_wsapoll"), || {
        start();
        let quiet = sets::udp();
        sets::bind(quiet);
        for place in Place::first(MOST) {
            let (s, _peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
            let (next, far) = stranger();
            far.write(b"a stranger's");
            let job = move || {
                let mut entries = [sets::entry(quiet, 0x100), sets::entry(s, 0x100)];
                let count = sets::poll(&mut entries, sets::LONG);
                (count, entries.map(|entry| entry.revents))
            };
            let Some(round) = stop_after(libc::SYS_ppoll, place, s, next, job) else { return };
            assert_eq!(round.answer, (Ok(1), [0, 4]), "WSAPoll, {place:?}");
            // SAFETY: the test's own.
            unsafe { (libc::close(fd(s)), libc::close(next)) };
            if !round.stopped {
                break;
            }
            assert!(place != Place::Before(MOST));
        }
        for place in Place::first(MOST) {
            let (s, _peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
            let (next, _far) = stranger();
            let job = move || {
                let mut read = Set::of(&[quiet, s]);
                let count = sets::select(Some(&mut read), None, None, sets::LONG);
                (count, read.sockets().to_vec())
            };
            let Some(round) = stop_after(libc::SYS_ppoll, place, s, next, job) else { return };
            assert_eq!(round.answer, (Ok(1), vec![s]), "select, {place:?}");
            // SAFETY: the test's own.
            unsafe { (libc::close(fd(s)), libc::close(next)) };
            if !round.stopped {
                break;
            }
            assert!(place != Place::Before(MOST));
        }
    });
}

/// What a stranger's descriptor is like: its mode, whether it may still send and receive, and its keep-alive.
pub(super) fn untouched(next: i32, far: &Peer, what: &str) {
    // SAFETY: numbers, and locals of the length given.
    unsafe {
        assert_eq!(libc::fcntl(next, libc::F_GETFL) & libc::O_NONBLOCK, 0, "{what}: another socket's mode");
        let (mut value, mut len) = (7, 4);
        let at = (&raw mut value).cast();
        must(libc::getsockopt(next, libc::SOL_SOCKET, libc::SO_KEEPALIVE, at, &raw mut len));
        assert_eq!(value, 0, "{what}: another socket's option");
        assert_eq!(libc::send(next, b"on".as_ptr().cast(), 2, libc::MSG_NOSIGNAL), 2, "{what}");
        assert_eq!(far.read_exactly(2), b"on", "{what}: another socket was shut down for sending");
        far.write(b"in");
        let mut bytes = [0_u8; 2];
        assert_eq!(libc::recv(next, bytes.as_mut_ptr().cast(), 2, 0), 2, "{what}");
        assert_eq!(&bytes, b"in", "{what}: another socket was shut down for receiving");
    }
}

/// A call that changes a socket in several steps, stopped after each: no step meets the stranger.
fn changes_nothing_else(
    make: impl Fn() -> (SOCKET, Option<Peer>),
    first: i64,
    job: impl Fn(SOCKET) -> Outcome + Send + Sync + Clone + 'static,
) {
    start();
    let mut stops = 0;
    for place in Place::first(MOST) {
        let (s, _peer) = make();
        let (next, far) = stranger();
        let job = job.clone();
        let Some(round) = stop_after(first, place, s, next, move || job(s)) else { return };
        let allowed = [Ok(0), Err(E::WSAEINTR), Err(E::WSAENOTSOCK), Err(E::WSAEWOULDBLOCK)];
        assert!(allowed.contains(&round.answer), "{place:?}: {:?}", round.answer);
        untouched(next, &far, &format!("{place:?}"));
        if !round.stopped {
            break;
        }
        // SAFETY: the test's own.
        unsafe { (libc::close(fd(s)), libc::close(next)) };
        stops += 1;
    }
    assert!(stops > 0, "the call was never stopped");
}

fn connected() -> (SOCKET, Option<Peer>) {
    let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
    (s, Some(peer))
}

#[test]
fn a_shutdown() {
    alone(here!("a_shutdown"), || {
        changes_nothing_else(connected, libc::SYS_getsockopt, |s| shutdown(s, SD_BOTH));
    });
}

#[test]
fn an_option_and_a_mode() {
    alone(here!("an_option_and_a_mode"), || {
        changes_nothing_else(connected, libc::SYS_setsockopt, |s| {
            set_number(s, 0xffff, 8, 1);
            Ok(0)
        });
        let job = |s| {
            set_mode(s, true);
            Ok(0)
        };
        changes_nothing_else(connected, libc::SYS_ioctl, job);
    });
}

#[test]
fn a_listen_and_a_connect() {
    alone(here!("a_listen_and_a_connect"), || {
        let bound = || {
            let s = socket(AF_INET, STREAM);
            bind(s, &Name::loopback(AF_INET, 0)).unwrap();
            (s, None)
        };
        changes_nothing_else(bound, libc::SYS_getsockopt, |s| listen(s, 5));
        let (_l, name) = listener();
        let fresh = || {
            let s = socket(AF_INET, STREAM);
            set_mode(s, true);
            (s, None)
        };
        changes_nothing_else(fresh, libc::SYS_getsockopt, move |s| connect(s, &name));
    });
}
